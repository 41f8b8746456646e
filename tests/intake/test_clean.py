"""Cleaning: what each step takes out, what it leaves alone, and that the way back is exact."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from docmine.errors import SettingsError
from docmine.intake.clean import STEPS, clean
from docmine.schema.document import Block, Cell, CleanText, Reading, Table
from docmine.schema.spans import Span

# A minutes text of about one page, without noise.
DOCUMENT = """青溪县人民政府专题会议纪要
2023年5月16日，副县长梁文远在县政府三楼会议室主持召开专题会议，研究农村饮水安全问题整改工作。现将议定事项纪要如下：
一、关于水源保护
会议认为，前期整改工作取得了一定成效，但部分村组仍然存在水源地围网破损、标识牌缺失等问题，必须引起高度重视。
（一）由县水利局牵头，各乡镇配合，于6月20日前完成全县37处集中式水源地的围网修复和标识牌更换工作，并将完成情况报县政府办公室。
（二）市生态环境局青溪分局要加密水质监测，每月10日前通报监测结果；发现异常的，2小时内报告。
二、关于管网改造
1.县发改局要抓紧落实项目资金1,200万元，确保6月底前开工。
2.县财政局要加强资金监管，严禁截留挪用。
3.责任单位：县住建局，完成时限：2023年9月30日17:30前。
会议强调，各级各部门要压实责任，加强协调，凡因推诿扯皮影响群众饮水的，要严肃追究责任单位主要负责人的责任。
参加会议人员：马 雯 方晓梅 孙 婉
青溪县人民政府办公室
2023年5月18日
"""


def cleaned(text: str, *, layout: str = "lines", steps: list[str] | None = None) -> str:
    return clean(reading(text, layout=layout), steps=steps).text


def reading(text: str, *, layout: str = "lines") -> Reading:
    return Reading(text, "text/plain", "text", layout="lines" if layout == "lines" else "paragraphs")


def assert_exact(source: str, result: CleanText) -> None:
    """Every character is the source's at its origin, inserted ones aside; origins never decrease."""
    origin = result.map.origin
    assert len(result.text) == len(result.norm) == len(origin)
    assert all(a <= b for a, b in pairwise(origin))
    wrong = [c for c, o in zip(result.text, origin, strict=True) if c != source[o] and c not in "\n "]
    assert wrong == []


# --- near misses: nothing of this is noise ---------------------------------------------------------------------------

UNTOUCHED = {
    "minutes": DOCUMENT,
    "numbered list without final punctuation": "工作任务如下：\n1、开展排查\n2、建立台账\n3、限期销号\n4、上报结果\n",
    "numbered list of long items": (
        "会议议定以下事项。\n1、由县水利局牵头，各乡镇配合，对全县集中式供水工程开展一次全面排查，建立问题台账，逐项明确整改责任人和整改时限，责任单位：县水利局\n"
        "2、由县财政局负责统筹整合各类涉农资金，优先保障饮水工程维修养护，6月底前拨付到位，并加强对资金使用情况的跟踪监督检查，责任单位：县财政局\n"
        "3、由县卫健局负责每季度开展一次水质检测，检测结果在供水点公示，接受群众监督，发现水质不达标的要立即通报县水利局和属地乡镇，责任单位：县卫健局，配合单位：县疾控中心、各乡镇卫生院\n"
    ),
    "table of numbers": "序号\t任务\t完成数\n1\t清淤\t12\n2\t截污\t3/12\n3\t补植\t7\n",
    "pipe table": "| 序号 | 任务 | 责任单位 |\n| 1 | 清淤 | 水利局 |\n| 2 | 截污 | 城管局 |\n",
    "column of numbers": "各村上报数\n12\n13\n14\n合计39件。\n",
    "dates on lines of their own": "各镇人民政府：\n请按要求办理。\n青溪县信访局\n2023年5月18日\n2023-05-18\n",
    "phone numbers": "联系人：梁工，电话：0000-2860119、13900000000，传真：0000-2860120。\n",
    "signature block": "特此报告。\n投诉人：马 雯\n2022年3月4日\n附：照片3张\n",
    "names with gaps": "列席：马 雯 方晓梅 孙 婉 李 丽 周 舟 吴 宇\n",
    "markdown": "# 例会 2022-03-10\n## 议题\n- [ ] 王工：补充测试\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "agenda with dashes": "- 3 个单位发言 -\n——散会——\n",
    "quotation mark lines": "> 引用：各单位要及时上报\n",
    "questions": "请问领导：\n？？？为什么还不处理\n何时答复？\n",
    "emphatic question": "到底什么时候修路???请给个准话\n",
    "one page named in a sentence": "整改方案详见附件第3页，共5页材料另附。\n",
    "line breaks of short lines": "村里的路\n修了三年\n还没有修好\n请领导\n给个说法\n",
    "a ratio line": "完成情况\n3/12\n其余继续推进。\n",
    "publication line": "关于开展整治的通知\n发布日期：2021-04-19\n各单位要于5月底前完成整治工作，并将整治情况书面报县整治办，逾期未报的予以通报批评。\n",
    "words of web pages in prose": "请各单位登录平台下载文档模板，收藏、分享、举报渠道由县网信办统一公布，当前位置信息不得泄露，上一篇通报的问题限期整改。\n",
    "Russian": "Россия партнёр 的代表团将于5月访问。\n",
    "half-width dots as stops among others": "物业拒绝退款.理由是合同已签。我们多次反映.至今没有答复。请领导过问。\n",
    "bracketed English": "由OA(办公)系统推送，责任人(li)签收。\n",
    "cells with gaps": "13 来电 南湖区 噪声、大气污染 调查属实。 责成住建局立即整改，6月底前完成。\n",
    "uneven list of paragraphs": "\n\n".join(f"{i}、" + "各级要抓好落实，" * (6 + 5 * i) + "确保完成。" for i in range(1, 6)) .replace("\n\n", "\n") + "\n",
}  # fmt: skip


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_leaves_alone(text: str) -> None:
    result = clean(reading(text))
    assert result.text == text
    assert list(result.map.origin) == list(range(len(text)))


# --- steps -----------------------------------------------------------------------------------------------------------

LONG = "各级各部门要切实提高政治站位，压实工作责任，加强统筹协调，确保各项整改任务按时保质完成"

CASES: dict[str, list[tuple[str, str]]] = {
    "carriage_returns": [
        ("一、排查\r\n二、整改\r三、销号\r\n", "一、排查\n二、整改\n三、销号\n"),
        ("一、排查\u2028二、整改_x000D_\n三、销号", "一、排查\n二、整改\n三、销号"),
        ("现通知如下。Р一、抓排查。Р二、抓整改。", "现通知如下。\n一、抓排查。\n二、抓整改。"),
        ("公文处理。x0dx0ax0dx0a一、拟稿", "公文处理。\n\n一、拟稿"),
    ],
    "controls": [("\ufeff关于\u200b整改\u00ad的\x07通知\ufe0f", "关于整改的通知")],
    "markup": [
        ("<p>各村要&nbsp;排查</p><p style='x'>并<b>上报</b></p>", "\n各村要 排查\n\n并上报\n"),
        (".TRS_Editor P{margin-top:0;line-height:1.5;}\n各村要排查\n", "\n各村要排查\n"),
        ("| 清淤<br>截污 | 水利局 |\n", "| 清淤截污 | 水利局 |\n"),
    ],
    "lost_indents": [
        ("?同志们：\n?现在开会。\n??一、排查\n", "同志们：\n现在开会。\n一、排查\n"),
        ("(第3批 ????????2022年5月1日)", "(第3批 2022年5月1日)"),
    ],
    "sharing_site": [
        (
            "全镇防汛会议主持词.doc\n上传人:li***08 文档编号:30417712 上传时间:2021-03-02 格式:DOC 页数:3 大小:15KB\n"
            "下载 相关 举报\n全镇防汛会议主持词.doc_第1页\n第1页 / 共3页\n点击查看更多>>\n资源描述\n"
            f"《全镇防汛会议主持词.doc》由会员分享,可在线阅读,更多相关《全镇防汛会议主持词.doc》请在某文库上搜索。\n{LONG}。\n"
            "展开阅读全文\n相关资源\n本站为文档交易模式,本站只提供存储空间,若文档所含内容侵犯了您的版权,请立即通知本站。\n客服QQ:10001000\n© 2019 某文库\n",
            f"全镇防汛会议主持词.doc\n{LONG}。\n",
        ),
        # buttons only where nothing but the site's own lines stands before
        (f"{LONG}。\n下载 收藏 分享\n{LONG}。\n", f"{LONG}。\n下载 收藏 分享\n{LONG}。\n"),
    ],
    "web_boilerplate": [
        (
            f"某文网\n某文网 >主持词\n会议主持词\n2022-11-16 09:20:13 某文网\n{LONG}。\n【会议主持词】相关文章：\n1.防汛会议主持词10-08\n2.消防主持词\n",
            f"会议主持词\n2022-11-16 09:20:13 \n{LONG}。\n",
        ),
        (
            f"关于防汛的通知\n发布日期：2021-04-19 来源：县应急局 浏览次数：1203次 【字体：大 中 小】\n{LONG}。\n责任编辑：张某\n上一篇：没有了\n打印本页 关闭窗口\n",
            f"关于防汛的通知\n发布日期：2021-04-19 来源：县应急局  \n{LONG}。\n",
        ),
        # related links that prose follows end at their heading
        (f"{LONG}。\n相关阅读：\n{LONG}，并报县政府。\n", f"{LONG}。\n相关阅读：\n{LONG}，并报县政府。\n"),
        (f"[接上页] 三、{LONG}。\n", f"三、{LONG}。\n"),
        (f"當前位置：首頁 > 政務公開\n{LONG}。\n", f"{LONG}。\n"),
    ],
    "forum_junk": [
        (f"本帖最后由 yezhu01 于 2020-5-6 10:11 编辑\n{LONG}。\n使用道具 举报\n", f"{LONG}。\n"),
        (f"/ G- k; W% a% |( ^# n% J3 n I/ @\n{LONG}。x3 Q$ h; B! r@ ~ 9p {{ k^ w\n{LONG}\n", f"\n{LONG}。\n{LONG}\n"),
    ],
    "page_marks": [
        (f"{LONG}，并对新增\n\n— 2 —\n\n用地指标予以倾斜。\n", f"{LONG}，并对新增用地指标予以倾斜。\n"),
        (f"{LONG}。\n- 3 -\n二、各村要排查。\n", f"{LONG}。\n二、各村要排查。\n"),
        ("散会。第 4 页 共 4 页\n", "散会。\n"),
        (f"{LONG}，对新第 2 页 共 9 页增用地从严。\n", f"{LONG}，对新增用地从严。\n"),
        (f"{LONG}\f并报县政府。\f二、工作要求\n", f"{LONG}并报县政府。\n二、工作要求\n"),
        (f"{LONG}，于\n第2页\n\f6月底前完成。\n", f"{LONG}，于6月底前完成。\n"),
        (f"{LONG * 5}，于\n1/3\n6月底前完成。{LONG * 5}，于\n2/3\n7月底前完成。{LONG}\n", f"{LONG * 5}，于6月底前完成。{LONG * 5}，于7月底前完成。{LONG}\n"),
        # what begins anew after the page mark keeps its line
        (f"{LONG}\n— 5 —\n（二）加强督查。\n", f"{LONG}\n（二）加强督查。\n"),
        ("会议纪要\n— 1 —\n各镇人民政府：\n", "会议纪要\n各镇人民政府：\n"),
        (f"{LONG}\n— 5 —\n责任单位：县水利局\n", f"{LONG}\n责任单位：县水利局\n"),
        ("— 1 —\n会议纪要\n各镇：\n— 2 —\n", "会议纪要\n各镇：\n"),
    ],
    "pinyin_glosses": [
        ("系統(tǒng)安全生產(chǎn)，責任人應(yīng)當簽收", "系統安全生產，責任人應當簽收"),
        ("单(dān)位（dān wèi）要签收（qian）", "单位（dān wèi）要签收（qian）"),
        ("環(huán)保領(lǐng)導(dǎo)的(de)要求", "環保領導的要求"),
    ],
    "hard_wraps": [
        (
            "各镇人民政府，县政府各部门：\n"
            "为切实做好今年汛期防汛备汛各项工作，经县政府研究同意，现就\n"
            "有关事项通知如下，请各镇、各部门结合实际，认真抓好贯彻落\n"
            "实。\n"
            "一、各镇要在5月底前完成辖区内所有水库、山塘、堤防的隐患排\n"
            "查，建立问题台账，明确整改责任人和整改时限，并将排查情况于\n"
            "6月5日前报县防汛办。\n"
            "二、县水利局要加强调度。\n",
            "各镇人民政府，县政府各部门：\n"
            "为切实做好今年汛期防汛备汛各项工作，经县政府研究同意，现就有关事项通知如下，请各镇、各部门结合实际，认真抓好贯彻落实。\n"
            "一、各镇要在5月底前完成辖区内所有水库、山塘、堤防的隐患排查，建立问题台账，明确整改责任人和整改时限，并将排查情况于6月5日前报县防汛办。\n"
            "二、县水利局要加强调度。\n",
        ),
    ],
    "inner_spaces": [
        ("会 议 纪 要\n定于 2021 年 9 月 30 日 前完成", "会议纪要\n定于 2021年9月30日 前完成"),
        ("通 知", "通知"),
        ("督　办　通　知", "督办通知"),
        ("　　通　　报　　\n各科室：", "　　通报　　\n各科室："),
        ("交  办  单（第2号）", "交办单（第2号）"),
        ("各 村 要 立 即 排 查 ， 逐 级 上 报 。", "各村要立即排查，逐级上报。"),
        ("马 雯", "马 雯"),
    ],
    "blank_lines": [("\n\n一、排查\n\n \n二、整改\n\n", "一、排查\n二、整改\n")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "source", "expected"), [(step, *case) for step, cases in CASES.items() for case in cases]
)
def test_step(step: str, source: str, expected: str) -> None:
    result = clean(reading(source), steps=[step])
    assert result.text == expected
    assert_exact(source, result)


def test_every_step_but_furniture_has_cases() -> None:
    assert set(STEPS) - set(CASES) == {"furniture", "running_numbers"}


# --- running numbers -------------------------------------------------------------------------------------------------

RUNNING = (
    (DOCUMENT.replace("\n", "") + DOCUMENT.replace("\n", "")).replace("1.", "").replace("2.", "").replace("3.", "")
)


def chunked(text: str, size: int, *, first: bool = True) -> str:
    """The text as sharing sites print it: a running number before each chunk, a blank line between."""
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    return "\n\n".join(f"{i}、{chunk}" if first or i > 1 else chunk for i, chunk in enumerate(chunks, 1))


@pytest.mark.parametrize("size", [97, 150, 203, 300])
@pytest.mark.parametrize("first", [True, False])
def test_running_numbers_of_even_chunks(size: int, first: bool) -> None:
    source = chunked(RUNNING, size, first=first)
    result = clean(reading(source), steps=["running_numbers"])
    assert result.text.replace("\n", "") == RUNNING
    assert_exact(source, result)


def test_running_numbers_among_genuine_items() -> None:
    body = f"会议主持词{LONG}，一是排查\n\n1、{LONG}。\n\n2、{LONG}。\n\n3、{LONG}。\n\n最后，{LONG}，要于6月"
    source = f"1、{body}\n\n2、底前完成整改，{LONG}；{LONG}；对整改不力\n\n3、的单位要通报批评。"
    text = clean(reading(source), steps=["running_numbers"]).text
    assert text == f"{body}底前完成整改，{LONG}；{LONG}；对整改不力的单位要通报批评。"


@pytest.mark.parametrize(
    "source",
    [
        f"要求如下：\n\n1、{LONG}。\n\n2、{LONG}。\n\n3、{LONG}。\n",
        f"要求如下：\n\n1、{LONG}\n\n2、{LONG}\n\n3、{LONG}\n"[:40],
        f"{LONG}。\n\n1、{LONG}，责任单位：水利局\n\n2、{LONG * 2}，责任单位：住建局\n\n3、{LONG * 3}，责任单位：城管局\n",
        f"{LONG}\n\n2、{LONG}。\n",
        f"{LONG}\n\n2、{LONG}\n\n4、{LONG}。\n",
    ],
)
def test_genuine_numbers_stay(source: str) -> None:
    assert clean(reading(source), steps=["running_numbers"]).text == source


# --- layout ----------------------------------------------------------------------------------------------------------


def test_paragraph_layout_is_never_joined() -> None:
    source, _ = CASES["hard_wraps"][0]
    assert cleaned(source, layout="paragraphs", steps=["hard_wraps"]) == source


def test_wrapped_tables_are_not_joined() -> None:
    source, expected = CASES["hard_wraps"][0]
    start = source.index("一、")
    table = Table((Cell(Span(start, len(source)), 0, 0),))
    result = clean(Reading(source, "application/pdf", "pdf", tables=(table,)), steps=["hard_wraps"])
    assert result.text == expected[: expected.index("一、")] + source[start:]


def test_latin_words_are_joined_by_a_space() -> None:
    line = "本次发布评审的对象是操作系统社区新立项的软件包管理工具及其 release\n"
    source = line * 2 + line.replace("release", "package") + "manager 项目。\n"
    result = clean(reading(source), steps=["hard_wraps"])
    assert "package manager 项目" in result.text
    assert_exact(source, result)


# --- blocks and tables -----------------------------------------------------------------------------------------------


def test_furniture_that_splits_a_task_from_its_owner() -> None:
    head, foot, tail = f"{LONG}，由县水利", "青溪县政府办 第3页\n", "局牵头负责。\n"
    source = f"{head}\n{foot}{tail}"
    at = len(head) + 1
    blocks = (
        Block(Span(0, at)),
        Block(Span(at, at + len(foot)), "footer"),
        Block(Span(at + len(foot), len(source))),
    )
    result = clean(Reading(source, "application/pdf", "pdf", blocks=blocks))
    assert result.text == head + tail
    assert [b.span.text(result.text) for b in result.blocks] == [head, tail]
    assert_exact(source, result)


def test_blocks_and_cells_move_with_the_text() -> None:
    source = "\ufeff标题\r\n任务\t时限\r\n清淤(yū)\t\r\n\u200b\r\n"
    cells = tuple(Cell(Span(source.index(w), source.index(w) + len(w)), r, c) for w, r, c in (("任务", 0, 0), ("时限", 0, 1), ("清淤(yū)", 1, 0)))  # fmt: skip
    empty = Cell(Span(source.rindex("\t") + 1, source.rindex("\t") + 1), 1, 1)
    zero_width = source.index("\u200b")
    blocks = (Block(Span(1, 3), "heading", 1), Block(Span(zero_width, zero_width + 1)))
    result = clean(Reading(source, "text/html", "html", blocks=blocks, tables=(Table((*cells, empty)),)))
    assert result.text == "标题\n任务\t时限\n清淤\t\n"
    assert [(b.kind, b.span.text(result.text)) for b in result.blocks] == [("heading", "标题")]
    assert [c.span.text(result.text) for c in result.tables[0].cells] == ["任务", "时限", "清淤", ""]


def test_a_table_without_text_is_dropped() -> None:
    table = Table((Cell(Span(0, 1), 0, 0),))
    assert clean(Reading("\u200b通知", "text/html", "html", tables=(table,))).tables == ()


# --- redaction -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("由_市政府和___同志负责", ["_", "___"]),
        ("third_party_软件和shidi_snow", []),
        ("请**同志通报，**局长讲话", ["**", "**"]),
        ("20**年138****1234", ["**", "****"]),
        ("# 议题\n**结论**：同意", []),
        ("**一、会议要求**\n请**同志发言", ["**"]),
        ("XX镇××村X月X日报告，尺寸3×5米，XML文件", ["XX", "××", "X", "X"]),
        ("村民吴某某反映某村，某些单位、某种原因", ["某某", "某"]),
        ("■■县■选项", ["■■"]),
        ("ＸＸ县", ["ＸＸ"]),
    ],
)
def test_redactions(text: str, marks: list[str]) -> None:
    result = clean(reading(text))
    assert [span.text(result.text) for span in result.redacted] == marks


# --- the whole -------------------------------------------------------------------------------------------------------


def test_steps_can_be_switched() -> None:
    source = "会 议 纪 要\r\n\r\n一、排查\r\n"
    assert cleaned(source, steps=[]) == source
    assert cleaned(source, steps=["blank_lines", "carriage_returns"]) == "会 议 纪 要\n一、排查\n"


def test_unknown_steps_are_named() -> None:
    with pytest.raises(SettingsError, match="polish"):
        clean(reading("通知"), steps=["controls", "polish"])


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\f", "— 1 —", "1、", "<p>", "?"])
def test_texts_of_next_to_nothing(text: str) -> None:
    result = clean(reading(text))
    assert len(result.text) == len(result.norm) == len(result.map.origin)


def test_a_document_about_web_pages_is_kept() -> None:
    source = "相关阅读：\n上一篇：没有了\n打印本页\n"
    result = clean(reading(source), steps=["web_boilerplate"])
    assert result.text == source
    assert [warning.code for warning in result.warnings] == ["boilerplate_kept"]


def test_lost_characters_are_reported() -> None:
    (warning,) = clean(reading("\ufeff县政府\ufffd\ufffd要求")).warnings
    assert (warning.code, warning.span) == ("lost_characters", Span(4, 5))


def test_norm_is_folded_after_cleaning() -> None:
    result = clean(reading("應(yīng)於９月３０日\u300012:00前報送,逾期通報(市督查室)"))
    assert result.text == "應於９月３０日\u300012:00前報送,逾期通報(市督查室)"
    assert result.norm == "应于9月30日 12:00前报送，逾期通报（市督查室）"


# --- time ------------------------------------------------------------------------------------------------------------

HARD = [
    "?",
    "\u3000\n",
    "\r\n",
    "\f同",
    "x0dx0a",
    "上传人：",
    "第 1 页 ",
    "扫一扫",
    "\n2、",
    "\n\n2、同",
    "_",
    "**",
    "（",
    "一 ",
    "a(",
]


@pytest.mark.parametrize("piece", HARD, ids=repr)
def test_time_grows_with_length_only(piece: str) -> None:
    source = (piece * 40_000)[:40_000] + "!"
    started = time.perf_counter()
    clean(reading(source))
    assert time.perf_counter() - started < 5  # seconds; a step of quadratic time takes tens
