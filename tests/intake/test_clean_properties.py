"""Noise put into clean documents at random places goes without a trace, and the way back is exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docmine.intake.clean import STEPS, clean
from docmine.intake.cleaning.seams import is_open, own_line
from docmine.rulebook.folding import fold
from docmine.schema.document import CleanText, Reading
from docmine.schema.spans import Span

MINUTES = """云岭县安全生产委员会会议纪要
2022年8月3日上午，县委常委、常务副县长罗立新主持召开县安委会第三次全体会议，传达学习全市安全生产电视电话会议精神，研究部署下半年重点工作。现将会议议定事项纪要如下：
一、深入开展自建房安全专项整治
会议指出，近期个别乡镇排查不细、整改不力，仍有经营性自建房带病运行，教训十分深刻。各乡镇要逐户排查登记，建立问题、任务、责任三张清单，8月31日前全部完成；对存在重大隐患的，一律先停用、后整改。
二、切实抓好燃气安全
（一）由县住建局牵头，县市场监管局、县消防救援大队配合，每月开展一次燃气经营企业联合检查，检查情况于次月5日前报县安委办。
（二）各燃气企业要于9月底前完成老旧小区软管更换1,800户，确因客观原因不能完成的，须书面说明理由，并向县住建局报告。
三、工作要求
各级各部门主要负责同志要亲自抓、负总责，分管负责同志具体抓，坚决防止形式主义。县政府督查室要采取“四不两直”方式随机抽查，对责任不落实、措施不到位的单位，在全县范围内予以通报，造成严重后果的依规依纪追究责任。
会议还研究了其他事项。
"""
PETITION = """留言主题：请尽快解决清溪苑小区二次供水问题
留言时间：2021-06-11 09:31
尊敬的领导，您好！我是清溪苑小区12栋的业主，自去年底入住以来，高层住户家中经常停水，尤其是早晚用水高峰时段，水压低得连热水器都打不着火，物业公司先后答复过三次，每次都说正在联系供水公司，但至今没有任何进展。
我们多次向社区反映，社区工作人员也到现场看过，认为是二次供水水泵功率不足，需要更换设备，可是开发商以质保期已过为由拒绝出资。
恳请有关部门督促开发商和供水公司尽快更换水泵，并于7月15日前给业主一个明确的答复；同时建议住建部门对全市新建小区的二次供水设施开展一次集中检查，避免类似问题再次发生。
此致
敬礼
清溪苑业主代表：吴某
联系电话：138****0000
"""
SPEECH = """县長在全縣河長制工作推進會上的講話
同志們：今天召開全縣河長制工作推進會，主要任務是通報上半年巡河情況，安排部署下半年重點工作。剛才，縣水利局通報了有關情況，兩個鄉鎮作了表態發言，我都贊成，請大家認真抓好落實。
一是認識要再提高。河湖治理是政治任務，更是民生工程，各鄉鎮黨委、政府主要負責同志必須切實擔負起第一責任人責任，每月巡河不少於兩次，發現問題立即交辦，不得以會議落實會議、以文件落實文件。
二是整改要再加力。對省級暗訪交辦的12個問題，縣水利局要會同縣住建局、縣農業農村局逐一核實，9月20日前全部整改到位，並將銷號材料報縣河長辦；逾期未完成的，由縣紀委監委依規問責。
三是監督要再從嚴。縣河長辦每季度組織一次交叉檢查，結果在全縣通報。
"""
DOCUMENTS = (MINUTES, PETITION, SPEECH)
SITE_HEAD = (
    "文稿.doc_第1页\n第1页 / 共4页\n点击查看更多>>\n资源描述\n",
    "上传人:hao***1 文档编号:7731 上传时间:2022-01-02 格式:DOC 页数:4 大小:21KB\n返回 下载 相关 举报\n",
    "首页 政务公开 政务服务 互动交流\n当前位置：首页 > 政务公开 > 会议\n",
    "【字体：大 中 小】 打印 关闭\n",
)
SITE_FOOT = (
    "展开阅读全文\n相关资源\n客服QQ:10002000\n蜀ICP备10000000号 © 2021 某站\n",
    "责任编辑：王某\n上一篇：没有了\n下一篇：关于召开会议的通知\n打印本页 关闭窗口\n",
    "相关阅读：\n防汛会议纪要08-01\n消防会议纪要\n",
    "本站为文档交易模式，本站只提供存储空间，所有文档由用户上传，如有侵权请立即联系客服。\n",
)
PAGE_MARKS = ("\n\n— {} —\n\n", "\n第 {} 页 共 99 页\n", "\n- {} -\n\f", "\n\f\n", "\n第{}页\n")
HIDDEN = "\u200b\ufeff\u00ad\x07\u200e\ufe0f"
GLOSSES = ("(tǒng)", "(chǎn)", "（yīng）", "(lǐng)", "(jié)")

documents = st.sampled_from(DOCUMENTS)


def run(text: str, layout: str = "lines") -> CleanText:
    return clean(Reading(text, "text/plain", "text", layout="lines" if layout == "lines" else "paragraphs"))


def assert_restored(noisy: str, original: str, *, inserted: str = "") -> None:
    """The noisy text cleans to the original's norm; characters and spans lead back to where they came from."""
    result = run(noisy)
    assert result.norm == fold(original)
    origin = result.map.origin
    assert all(a <= b for a, b in pairwise(origin))
    assert all(c == noisy[o] or c in inserted for c, o in zip(result.text, origin, strict=True))


def insert(text: str, places: dict[int, str]) -> str:
    at = 0
    pieces = []
    for place in sorted(places):
        pieces += [text[at:place], places[place]]
        at = place
    return "".join((*pieces, text[at:]))


def cuttable(text: str) -> list[int]:
    """Places inside sentences, well inside a line, where a page may end."""
    folded = fold(text)
    return [
        i
        for i in range(1, len(text))
        if i - text.rfind("\n", 0, i) > 25
        and is_open(folded, i)
        and text[i] not in "\n "
        and re.search("[，。；：]", folded[folded.rfind("\n", 0, i) + 1 : i])
        and not own_line().match(folded, i)
        and not re.match(r"\d[\d,:]*|[A-Za-z]", folded[i - 1 : i + 1])
    ]


def line_ends(text: str) -> list[int]:
    """Ends of lines that end a sentence, and are followed by another line."""
    return [m.start() for m in re.finditer(r"(?<=[。：！])\n(?=.)", text)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_clean_documents_stay(document: str) -> None:
    result = run(document)
    assert result.text == document
    assert list(result.map.origin) == list(range(len(document)))


@given(documents, st.data())
def test_hidden_characters(document: str, data: st.DataObject) -> None:
    places = data.draw(st.dictionaries(st.integers(0, len(document)), st.text(HIDDEN, min_size=1, max_size=3)))
    assert_restored(insert(document, places), document)


@given(documents, st.sampled_from(["\r\n", "\r", "\u2028", "\v", "_x000D_\n", "\n\n", "\n \n\n", "\n\u3000\n"]))
def test_line_ends(document: str, end: str) -> None:
    assert_restored(document.replace("\n", end).rstrip("\n \u3000") + end[:0] + "\n", document, inserted="\n")


@given(documents, st.data())
def test_glosses(document: str, data: st.DataObject) -> None:
    han = [m.end() for m in re.finditer(r"[\u4e00-\u9fff](?![（(])", document)]
    places = data.draw(st.dictionaries(st.sampled_from(han), st.sampled_from(GLOSSES), max_size=20))
    assert_restored(insert(document, places), document)


@given(documents, st.data())
def test_page_marks_inside_sentences(document: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(PAGE_MARKS))
    places = sorted(data.draw(st.lists(st.sampled_from(cuttable(document)), max_size=4, unique=True)))
    places = [p for i, p in enumerate(places) if not i or p - places[i - 1] > 25]
    noisy = insert(document, {place: mark.format(i) for i, place in enumerate(places, 2)})
    assert_restored(noisy, document, inserted="\n")


@given(documents, st.data())
def test_page_marks_between_lines(document: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(PAGE_MARKS))
    places = sorted(data.draw(st.lists(st.sampled_from(line_ends(document)), max_size=4, unique=True)))
    noisy = insert(document, {place: mark.format(i).rstrip("\n") for i, place in enumerate(places, 2)})
    assert_restored(noisy, document, inserted="\n")


@given(documents, st.lists(st.sampled_from(SITE_HEAD), max_size=4, unique=True), st.lists(st.sampled_from(SITE_FOOT), max_size=4, unique=True))  # fmt: skip
def test_site_lines(document: str, head: list[str], foot: list[str]) -> None:
    assert_restored("".join((*head, document, *foot)), document)


@given(documents, st.integers(90, 320), st.booleans())
def test_running_numbers(document: str, size: int, first: bool) -> None:
    """Sites print the text as one paragraph, cut after so many characters."""
    flat = re.sub(r"\n", "", document)
    chunks = [flat[i : i + size] for i in range(0, len(flat), size)]
    if len(chunks) < 4 or not is_open(fold(flat), size):
        return
    noisy = "\n\n".join(f"{i}、{chunk}" if first or i > 1 else chunk for i, chunk in enumerate(chunks, 1))
    result = run(noisy)
    cuts = [is_open(fold(flat), i) for i in range(size, len(flat), size)]
    if all(cuts):
        assert result.norm.replace("\n", "") == fold(flat)
    assert all(c == noisy[o] or c in "\n " for c, o in zip(result.text, result.map.origin, strict=True))


@given(documents, st.integers(22, 40))
def test_hard_wraps(document: str, width: int) -> None:
    """A page of `width` Han characters; a line may end in the middle of a word. Only sentence ends may stay broken."""
    lines = [line for paragraph in document.rstrip("\n").split("\n") for line in wrapped(paragraph, 2 * width)]
    noisy = "\n".join(lines) + "\n"
    result = run(noisy)
    assert result.text.replace("\n", "").replace(" ", "") == document.replace("\n", "").replace(" ", "")
    folded = fold(document)
    for paragraph in folded.split("\n"):
        if len(paragraph) > 3 * width:
            sentences = [s for s in re.split(r"(?<=[。；：])", paragraph) if s]
            broken = [s for s in sentences if s not in result.norm and not own_break(s, width)]
            assert broken == []


def own_break(sentence: str, width: int) -> bool:
    """Whether the sentence may stay broken: some place in it looks like the start of a line of its own."""
    return any(own_line().match(sentence, i) for i in range(1, len(sentence))) or len(sentence) < width


def wrapped(paragraph: str, columns: int) -> list[str]:
    lines, line, used = [], "", 0
    for char in paragraph:
        wide = 1 if char.isascii() else 2
        if used + wide > columns:
            lines.append(line)
            line, used = "", 0
        line += char
        used += wide
    return [*lines, line]


@settings(max_examples=60)
@given(documents, st.data())
def test_all_at_once(document: str, data: st.DataObject) -> None:
    pages = sorted(data.draw(st.lists(st.sampled_from(cuttable(document)), max_size=3, unique=True)))
    pages = [p for i, p in enumerate(pages) if not i or p - pages[i - 1] > 25]
    hidden = data.draw(st.lists(st.integers(0, len(document)), max_size=5))
    places = dict.fromkeys(hidden, "\u200b") | {p: f"\n\n— {i} —\n\n" for i, p in enumerate(pages, 2)}
    noisy = insert(document, places).replace("\n", "\r\n")
    noisy = data.draw(st.sampled_from(SITE_HEAD)) + noisy + data.draw(st.sampled_from(SITE_FOOT))
    assert_restored(noisy, document, inserted="\n")


ANY = st.text(alphabet="同志们要于9月，。\n\n 　1、2一二（）()—-页第共/\r\f\t|ǒt?_*XＡ：>&;\u200b", max_size=160)


@settings(max_examples=300)
@given(ANY)
def test_any_text_maps_exactly(text: str) -> None:
    result = run(text)
    origin = result.map.origin
    assert len(result.text) == len(result.norm) == len(origin)
    assert all(a <= b for a, b in pairwise(origin))
    assert all(c == text[o] or c in "\n " for c, o in zip(result.text, origin, strict=True))
    assert all(0 <= o < len(text) for o in origin)


@given(documents, st.data())
def test_spans_lead_there_and_back(document: str, data: st.DataObject) -> None:
    places = data.draw(st.dictionaries(st.integers(0, len(document)), st.text(HIDDEN, min_size=1, max_size=2)))
    noisy = insert(document, places)
    result = run(noisy)
    start = data.draw(st.integers(0, len(result.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(result.text))))
    source = result.map.to_source(span)
    assert result.map.to_clean(source) == span
    assert source.text(noisy)[0] == span.text(result.text)[0]
    assert source.text(noisy)[-1] == span.text(result.text)[-1]


@given(documents, st.sampled_from(SITE_HEAD), st.sampled_from(SITE_FOOT), st.sampled_from(["\r\n", "\n\n", "\n"]))
def test_cleaning_twice_changes_nothing(document: str, head: str, foot: str, end: str) -> None:
    once = run(head + document.replace("\n", end) + foot).text
    assert run(once).text == once


@pytest.mark.parametrize("step", STEPS)
def test_each_step_alone_leaves_clean_documents(step: str) -> None:
    step_only: Callable[[str], str] = lambda t: clean(Reading(t, "text/plain", "text"), steps=[step]).text  # noqa: E731
    assert [step_only(document) for document in DOCUMENTS] == list(DOCUMENTS)
