"""Numbers that open parts: found where they stand, nested as they are meant."""

from __future__ import annotations

import pytest

from docmine.intake.numbering import Tree, line_markers, to_number
from docmine.schema.spans import Span
from structurecases import outline, structured

NUMERALS = {
    1: ["一", "1", "①", "〇一"],
    2: ["二", "两", "另一", "②"],
    10: ["十", "10", "⑩"],
    12: ["十二", "12", "⑫"],
    20: ["二十"],
    36: ["三十六"],
    105: ["一百零五"],
}

LINE_STARTS = [
    # style, number, line
    ("cn_comma", 1, "一、总体要求"),
    ("cn_comma", 12, "十二、严肃工作纪律"),
    ("cn_paren", 3, "（三）压实属地责任。"),
    ("arabic", 1, "1.摸清底数"),
    ("arabic", 4, "4、建立台账"),
    ("arabic", 2, "2．逐户走访"),
    ("arabic_paren", 2, "（2）夜间巡查不少于两次"),
    ("arabic_close", 1, "1）更换老化线路"),
    ("circle", 1, "①现场核实"),
    ("ordinal", 1, "第一，思想上要重视起来。"),
    ("ordinal", 2, "第二是抓紧落实。"),
    ("is", 1, "一是加强值守。"),
    ("must", 1, "一要完善预案，二要备足物资。"),
    ("side", 1, "一方面，要加快工程进度。"),
    ("chapter", 2, "第二章 职责分工"),
    ("article", 15, "第十五条 值班人员不得脱岗。"),
    ("article", 3, "第3条 本制度由办公室起草。"),
    ("bullet", 0, "- 周五前提交测试报告"),
    ("bullet", 0, "● 清理河道漂浮物"),
    ("bullet", 0, "- [ ] 补齐单元测试"),
    ("bullet", 0, "- [x] 下线旧服务"),
    ("phase", 1, "第一阶段：宣传发动（3月）"),
    ("phase", 0, "【部署会后一周】"),
]

NOT_NUMBERS = [
    pytest.param(
        "二、三产业协同发展，不断壮大集体经济。",
        marks=pytest.mark.xfail(strict=True, reason="at a line's start any number counts, also without a 一、 before"),
    ),
    "发展二、三产业，不断壮大集体经济。",
    "全年完成投资2.5亿元，同比增长3.1个百分点。",
    "2023年9月底前完成整改。",
    "第一书记要驻村开展工作。",
    "第三方检测机构出具了报告。",
    "依照第十二条的规定处理。",
    "做到说一是一，不能含糊其辞。",
    "3.15晚会曝光的问题要举一反三。",
    "会议在三楼第一会议室召开。",
    "这是一个重要的转折点。",
]

IN_LINES = [
    # line, numbers found in it
    ("主要抓好三件事：一是清淤，二是绿化，三是管护。", ["一是", "二是", "三是"]),
    ("要做到：（一）人员到位；（二）物资到位。", ["（一）", "（二）"]),
    ("请各单位：1.报名单；2.报方案。", ["1.", "2."]),
    ("首先统一思想。第一，提高站位；第二，落实责任。", ["第一，", "第二，"]),
    ("一要早部署，二要快行动。", ["一", "二"]),
    ("任务包括①排查②登记③整改。", []),
    ("任务包括：①排查；②登记；③整改。", ["①", "②", "③"]),
    ("涉及二、三季度的项目。", []),
    ("共有2.5万户，其中1.2万户已经签约。", []),
]

TREES = [
    (
        "official levels nest",
        "某县道路整治方案\n一、目标\n全面整治。\n二、任务\n（一）排查\n1.逐段登记，8月底前完成。\n（1）拍照留存，不得遗漏。\n2.汇总上报。\n（二）整改\n限期修复。\n三、保障\n加强领导。\n",
        [
            (1, "一、", "目标"), (1, "二、", "任务"), (2, "（一）", "排查"), (3, "1.", ""), (4, "（1）", ""),
            (3, "2.", ""), (2, "（二）", "整改"), (1, "三、", "保障"),
        ],
    ),
    (
        "arabic numbers first",
        "项目周例会纪要\n1.测试进展\n（1）补齐用例，周三前完成。\n（2）修复缺陷。\n2.发布计划\n（1）冻结代码。\n",
        [(1, "1.", "测试进展"), (2, "（1）", ""), (2, "（2）", ""), (1, "2.", "发布计划"), (2, "（1）", "")],
    ),
    (
        "spoken numbers lie below written ones",
        "某镇会议纪要\n一、抓好春耕生产\n一是备足农资，保障供应；二是检修农机。\n二、抓好森林防火\n一是加强巡护；二是严管火源。\n",
        [
            (1, "一、", "抓好春耕生产"), (2, "一是", ""), (2, "二是", ""),
            (1, "二、", "抓好森林防火"), (2, "一是", ""), (2, "二是", ""),
        ],
    ),
    (
        "chapters above articles",
        "某公司印章管理规定\n第一章 总则\n第一条 为规范印章使用，制定本规定。\n第二章 使用\n第二条 用印须经审批。\n第三条 印章由专人保管。\n",
        [
            (1, "第一章", "总则"), (2, "第一条", ""), (1, "第二章", "使用"), (2, "第二条", ""), (2, "第三条", ""),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "word"), [(value, word) for value, words in NUMERALS.items() for word in words])
def test_small_numerals(value: int, word: str) -> None:
    assert to_number(word) == value


@pytest.mark.parametrize(("style", "number", "line"), LINE_STARTS)
def test_a_number_opens_its_line(style: str, number: int, line: str) -> None:
    first = line_markers(line, Span(0, len(line)), {style: number - 1})[0]
    assert (first.style, first.number, first.inline) == (style, number, False)
    assert line.startswith(first.span.text(line))


@pytest.mark.parametrize("line", NOT_NUMBERS)
def test_no_number(line: str) -> None:
    assert line_markers(line, Span(0, len(line)), {}) == []


@pytest.mark.parametrize(("line", "wanted"), IN_LINES)
def test_numbers_in_running_text(line: str, wanted: list[str]) -> None:
    found = line_markers(line, Span(0, len(line)), {})
    assert [marker.span.text(line) for marker in found] == wanted


def test_a_number_in_a_line_goes_on_where_the_one_before_ended() -> None:
    first, second = "（一）排查阶段。", "随后进入（二）整改阶段。"
    seen: dict[str, int] = {}
    line_markers(first, Span(0, len(first)), seen)
    assert seen == {"cn_paren": 1}
    late = "整改到位。（二）整改阶段。"
    assert [m.number for m in line_markers(late, Span(0, len(late)), dict(seen))] == [2]
    assert line_markers(late, Span(0, len(late)), {}) == []
    assert line_markers(second, Span(0, len(second)), dict(seen)) == []


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in TREES], ids=[case[0] for case in TREES])
def test_the_tree_nests_as_meant(text: str, wanted: list[tuple[int, str, str]]) -> None:
    assert outline(structured(text)[1]) == wanted


def test_sections_span_their_descendants() -> None:
    norm, found = structured(TREES[0][1])
    spans = {section.id: section.span for section in found.sections}
    for section in found.sections:
        assert section.span.text(norm).startswith(section.marker)
        if section.parent is not None:
            assert section.span.within(spans[section.parent])


def test_a_shallower_number_closes_the_deeper_ones() -> None:
    tree = Tree()
    tree.open(style="cn_comma", marker="一、", start=0)
    deep = tree.open(style="arabic", marker="1.", start=10)
    after = tree.open(style="cn_comma", marker="二、", start=30)
    assert (deep.level, deep.span.end) == (2, 30)
    assert (after.level, after.parent) == (1, None)
    tree.close(0, 50)
    assert after.span == Span(30, 50)
    assert tree.current is None
