"""Marked-up files read as text and annotation, what is refused, and the way there and back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conftest import ROOT
from docmine.learning.corpus import ANNOTATION, load_documents
from docmine.learning.markup import FUNCTIONS, MarkupError, read_markup, write_markup

Plain = dict[str, Any]


def read(body: str) -> tuple[str, Plain]:
    marked = read_markup(f"name: a\n---\n{body}")
    return marked.text, marked.gold


def quoted(text: str, rows: list[Plain], *keys: str) -> list[tuple[Any, ...]]:
    """What each row covers, with some of its values."""
    return [(text[row["start"] : row["end"]], *(row.get(key) for key in keys)) for row in rows]


def owned(body: str, name: str) -> list[list[str]]:
    """The texts of each directive's parties or deadlines."""
    text, gold = read(body)
    return [[quote for (quote,) in quoted(text, directive[name])] for directive in gold["directives"]]


def in_order(gold: Plain) -> Plain:
    """An annotation with all lists there and each in the order of the text."""

    def sort(rows: list[Plain]) -> list[Plain]:
        return sorted(rows, key=lambda row: (row["start"], row["end"], repr(sorted(row.items(), key=str))))

    made = {name: sort(gold.get(name, [])) for name in ANNOTATION}
    parts = ("actors", "deadlines")
    made["directives"] = [{**row, **{part: sort(row.get(part, [])) for part in parts}} for row in made["directives"]]
    return made


def test_head_and_text() -> None:
    marked = read_markup("name: k01_清淤\ngenre:专题会议纪要\n\nsource: 虚构: 甲\n---\n会议纪要\n---\n正文。\n")
    assert marked.head == {"name": "k01_清淤", "genre": "专题会议纪要", "source": "虚构: 甲"}
    assert marked.text == "会议纪要\n---\n正文。\n"
    assert marked.gold == {"directives": [], "loose_deadlines": [], "ignore": [], "noise": [], "functions": []}


@pytest.mark.parametrize(
    ("code", "force"),
    [("o", "obligation"), ("p", "prohibition"), ("r", "recommendation"), ("q", "request"), ("c", "commitment")],
)
def test_force_and_heading(code: str, force: str) -> None:
    text, gold = read(f"一、⟦{code}h|压实责任⟧。\n会议要求，⟦{code}|市水利局完成清淤⟧。")
    assert text == "一、压实责任。\n会议要求，市水利局完成清淤。"
    assert quoted(text, gold["directives"], "force", "heading") == [
        ("压实责任", force, True),
        ("市水利局完成清淤", force, None),
    ]


@pytest.mark.parametrize(
    ("code", "role"),
    [("L", "lead"), ("R", "responsible"), ("S", "support"), ("V", "supervise"), ("T", "report_to"), ("X", "liable")],
)
def test_party(code: str, role: str) -> None:
    text, gold = read(f"⟦o|由⟨{code}|市住建局⟩落实排水改造⟧。")
    (directive,) = gold["directives"]
    assert quoted(text, directive["actors"]) == [("市住建局",)]
    assert directive["actors"][0]["role"] == role
    assert directive["deadlines"] == []


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("date 2021-09-30", {"kind": "date", "due": "2021-09-30"}),
        ("date 2021-09-30T18:00", {"kind": "date", "due": "2021-09-30T18:00"}),
        ("date 2021-09-30T24:00", {"kind": "date", "due": "2021-09-30T24:00"}),
        ("period 2021-09-01/2021-10-31", {"kind": "period", "begin": "2021-09-01", "due": "2021-10-31"}),
        ("period /2021-10-31", {"kind": "period", "begin": None, "due": "2021-10-31"}),
        ("rel 3 day", {"kind": "relative", "offset": {"value": 3, "unit": "day"}, "anchor": None, "due": None}),
        (
            "rel 1.5 hour 接报",
            {"kind": "relative", "offset": {"value": 1.5, "unit": "hour"}, "anchor": "接报", "due": None},
        ),
        (
            "rel 5 workday =2021-09-22 会议 结束",
            {"kind": "relative", "offset": {"value": 5, "unit": "workday"}, "anchor": "会议 结束", "due": "2021-09-22"},
        ),
        ("rel none 汛期来临", {"kind": "relative", "offset": None, "anchor": "汛期来临", "due": None}),
        ("rel none =2021-09-30 国庆节", {"kind": "relative", "offset": None, "anchor": "国庆节", "due": "2021-09-30"}),
        ("rec FREQ=MONTHLY;BYMONTHDAY=5", {"kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=5"}),
        ("imm", {"kind": "immediate"}),
        ("vague", {"kind": "vague"}),
    ],
)
def test_deadline(code: str, value: Plain) -> None:
    text, gold = read(f"⟦o|市水利局要在⟨{code}|规定的时限⟩完成清淤⟧。")
    (deadline,) = gold["directives"][0]["deadlines"]
    assert text[deadline.pop("start") : deadline.pop("end")] == "规定的时限"
    assert deadline == value


@pytest.mark.parametrize(
    ("body", "actors"),
    [
        # Behind what it belongs to, and before it.
        ("⟦o|完成清淤⟧（⟨R<1|水利局⟩）。", [["水利局"]]),
        ("⟦o|建台账⟧；⟦o|清淤⟧；⟦o|截污⟧。（⟨R<2|水利局⟩）", [[], ["水利局"], ["水利局"]]),
        ("⟨R>1|水利局⟩：⟦o|建台账⟧；⟦o|清淤⟧。", [["水利局"], []]),
        ("⟨R>2|水利局⟩：⟦o|建台账⟧；⟦o|清淤⟧；⟦o|截污⟧。", [["水利局"], ["水利局"], []]),
        # Headlines aren't counted.
        ("⟦o|建台账⟧。一、⟦oh|强化责任⟧。（⟨R<1|水利局⟩）", [["水利局"], []]),
        ("⟨R>1|水利局⟩一、⟦oh|强化责任⟧。⟦o|建台账⟧。⟦o|清淤⟧。", [[], ["水利局"], []]),
        # By number, before, behind and inside; headlines aren't numbered.
        ("⟨R#2|水利局⟩、⟨S#1,3|财政局⟩：⟦o|建台账⟧；⟦o|清淤⟧；⟦o|截污⟧。", [["财政局"], ["水利局"], ["财政局"]]),
        ("⟦oh|强化责任⟧。⟦o|建台账⟧；⟦o|清淤⟧（⟨R#1|水利局⟩）。", [[], ["水利局"], []]),
        ("⟦o|请⟨R#1,2|水利局⟩建台账⟧，⟦o|并清淤⟧。", [["水利局"], ["水利局"]]),
        # In the order of the text, whichever way they are given.
        ("⟨L>1|政府办⟩：⟦o|由⟨R|水利局⟩清淤⟧（⟨S<1|财政局⟩）。", [["政府办", "水利局", "财政局"]]),
        ("⟦o|由⟨R|水利局⟩清淤⟧，⟨S#1|财政局⟩配合，⟨V<1|督查室⟩督办。", [["水利局", "财政局", "督查室"]]),
        # A headline keeps what stands in it.
        ("⟦oh|⟨R|各单位⟩强化责任⟧。", [["各单位"]]),
    ],
)
def test_parties_of_directives(body: str, actors: list[list[str]]) -> None:
    assert owned(body, "actors") == actors


@pytest.mark.parametrize(
    ("body", "deadlines", "loose"),
    [
        ("⟦o|⟨imm|立即⟩清淤⟧。", [["立即"]], []),
        ("⟨date>2 2021-09-30|9月底前⟩：⟦o|建台账⟧；⟦o|清淤⟧。", [["9月底前"], ["9月底前"]], []),
        ("⟦o|建台账⟧；⟦o|清淤⟧。以上⟨date<2 2021-09-30|9月底前⟩完成。", [["9月底前"], ["9月底前"]], []),
        ("⟦o|建台账⟧；⟦o|清淤⟧。前者限⟨rel#1 3 day 会议|会后3日内⟩。", [["会后3日内"], []], []),
        ("⟦o|建台账⟧。⟨date 2021-09-30|9月底前⟩见成效。", [[]], ["9月底前"]),
    ],
)
def test_deadlines_of_directives(body: str, deadlines: list[list[str]], loose: list[str]) -> None:
    text, gold = read(body)
    assert owned(body, "deadlines") == deadlines
    assert [quote for (quote,) in quoted(text, gold["loose_deadlines"])] == loose


def test_entries_of_several_directives_are_apart() -> None:
    _, gold = read("⟦o|建台账⟧；⟦o|清淤⟧。（⟨R<2|水利局⟩）")
    one, two = (directive["actors"][0] for directive in gold["directives"])
    assert one == two
    assert one is not two


def test_ignore() -> None:
    text, gold = read("⟦i|希望大家共勉⟧。⟦o|各乡镇抓紧⟦i|，务求实效⟧⟧。⟦i|下一步，⟦o|市水利局清淤⟧⟧。")
    assert quoted(text, gold["ignore"]) == [("希望大家共勉",), ("，务求实效",), ("下一步，市水利局清淤",)]
    assert quoted(text, gold["directives"]) == [("各乡镇抓紧，务求实效",), ("市水利局清淤",)]


def test_noise_inside_a_directive() -> None:
    text, gold = read("⟦o|⟨R|市水利局⟩要完成⟦n|\n— 2 —\n⟧清淤⟧。")
    assert quoted(text, gold["noise"]) == [("\n— 2 —\n",)]
    assert quoted(text, gold["directives"]) == [("市水利局要完成\n— 2 —\n清淤",)]
    assert gold["ignore"] == []


@pytest.mark.parametrize(
    ("body", "functions"),
    [
        # From the switch to the end of the text, white space at the ends left out.
        ("序言。⟪report⟫ 上月清淤三条。\n", [("上月清淤三条。", "report")]),
        # From switch to switch.
        ("⟪heading⟫会议纪要\n⟪report⟫上月清淤三条。", [("会议纪要", "heading"), ("上月清淤三条。", "report")]),
        # Directives and headlines split them, inside or at either end.
        (
            "⟪report⟫上月清淤三条。⟦o|各乡镇抓紧⟧。现有台账五本。⟦o|建全台账⟧。",
            [("上月清淤三条。", "report"), ("。现有台账五本。", "report")],
        ),
        ("⟪finding⟫⟦o|各乡镇抓紧⟧，进度偏慢。", [("，进度偏慢。", "finding")]),
        ("⟪measure⟫一、⟦oh|强化责任⟧。已立案。", [("一、", "measure"), ("。已立案。", "measure")]),
        # A switch inside a directive holds behind it.
        ("⟪report⟫已清淤，⟦o|各乡镇⟪finding⟫抓紧⟧，进度偏慢。", [("已清淤，", "report"), ("，进度偏慢。", "finding")]),
        # Without a letter or a digit there is none.
        ("⟪noise⟫——\n⟪etiquette⟫谢谢大家！", [("谢谢大家！", "etiquette")]),
    ],
)  # fmt: skip
def test_functions(body: str, functions: list[tuple[str, str]]) -> None:
    text, gold = read(body)
    assert quoted(text, gold["functions"], "function") == functions


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function(function: str) -> None:
    _, gold = read(f"⟪{function}⟫上月清淤三条。")
    assert [row["function"] for row in gold["functions"]] == [function]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("⟦o|完成清淤", "not closed: '完成清淤'"),
        ("⟦o|由⟨R|水利局清淤", "not closed: '水利局清淤'"),
        ("完成清淤⟧", "closed but never opened"),
        ("⟦o|完成清淤⟩", "closed by the wrong bracket"),
        ("⟦o|⟨imm|立即⟧清淤⟩", "closed by the wrong bracket"),
        ("⟦o|⟧", "an empty mark"),
        ("⟦o|由⟨R|⟩清淤⟧", "an empty mark"),
        ("⟦x|完成清淤⟧", "unknown mark ⟦x|"),
        ("⟦oo|完成清淤⟧", "unknown mark ⟦oo|"),
        ("⟦ih|完成清淤⟧", "unknown mark ⟦ih|"),
        ("⟦o|由⟨Z|水利局⟩清淤⟧", "unknown mark Z"),
        ("⟪gossip⟫听说如此。", "unknown function gossip"),
        ("⟦o|要清淤，⟦o|要截污⟧⟧", "a directive inside a directive: '⟦o|要截污⟧⟧'"),
        ("⟦o|要清淤，⟦i|并⟦p|不得停工⟧⟧⟧", "a directive inside a directive"),
        # Parties and deadlines without the directives that they ask for.
        ("⟨R|水利局⟩汇报。", "a party outside directives without <N or >N"),
        ("⟦o|清淤⟧（⟨R<2|水利局⟩）", "fewer than 2 directives before"),
        ("⟦oh|强化责任⟧（⟨R<1|水利局⟩）", "fewer than 1 directives before"),
        ("⟨R>2|水利局⟩：⟦o|清淤⟧。", "1 directives too few behind actors"),
        ("⟨imm>1|即刻⟩：⟦oh|强化责任⟧。", "1 directives too few behind deadlines"),
        ("⟦o|请⟨R<1|水利局⟩清淤⟧", "<1 inside a directive"),
        ("⟦o|清淤⟧（⟨R#2|水利局⟩）", "no directive 2: '水利局）'"),
        ("⟦o|清淤⟧（⟨R#0|水利局⟩）", "no directive 0"),
        # Values.
        ("⟦o|⟨date|9月底前⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: ''"),
        ("⟦o|⟨date 2021-9-30|9月底前⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: '2021-9-30'"),
        ("⟦o|⟨date 2021-02-30|2月底前⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: '2021-02-30'"),
        ("⟦o|⟨date 2021-02-28T25:00|2月底前⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: '2021-02-28T25:00'"),
        ("⟦o|⟨date 2021-02-30T24:00|2月底前⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: '2021-02-30T24:00'"),
        ("⟦o|⟨period 2021-09-01|9月⟩清淤⟧", "period needs BEGIN/DUE"),
        ("⟦o|⟨period 2021-09-01/|9月起⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: ''"),
        ("⟦o|⟨rel|3日内⟩清淤⟧", "rel needs AMOUNT UNIT or none"),
        ("⟦o|⟨rel 3 days|3日内⟩清淤⟧", "rel needs AMOUNT UNIT or none"),
        ("⟦o|⟨rel 三 day|3日内⟩清淤⟧", "rel needs AMOUNT UNIT or none"),
        ("⟦o|⟨rel 3 day =9-30 会议|3日内⟩清淤⟧", "not a day YYYY-MM-DD[THH:MM]: '9-30'"),
        ("⟦o|⟨rec MONTHLY|每月⟩清淤⟧", "rec needs FREQ=…"),
        ("⟦o|⟨imm 2021-09-30|立即⟩清淤⟧", "imm takes no value"),
        ("⟦o|⟨vague soon|尽快⟩清淤⟧", "vague takes no value"),
        # Marks that aren't any.
        ("⟪report上月清淤三条。", "a mark that can't be read: '⟪report上月清淤三条。'"),
        ("上月⟨清淤三条。", "a mark that can't be read"),
    ],
)
def test_error(body: str, told: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(told)):
        read(body)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("name: a\n会议纪要\n", "no line '---' behind the head"),
        ("name a\n---\n会议纪要\n", "head line without a colon: 'name a'"),
    ],
)
def test_error_in_the_head(source: str, told: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(told)):
        read_markup(source)


@pytest.mark.parametrize(
    "body",
    [
        "一、⟦oh|压实责任⟧。⟦o|由⟨R|市水利局⟩于⟨date 2021-09-30|9月底前⟩清淤⟧。\n",
        "⟦p|⟨R|各乡镇⟩不得停工⟧，⟦r|可建台账⟧，⟦q|请支持⟧，⟦c|我局将整改⟧。",
        "⟦o|⟨imm|立即⟩建台账⟧；⟦o|⟨vague|尽快⟩清淤⟧；⟦o|⟨rec FREQ=WEEKLY|每周⟩报一次⟧。",
        "⟦o|⟨period 2021-09-01/2021-10-31|9月至10月⟩清淤⟧；⟦o|⟨period /2021-10-31|10月前⟩截污⟧。",
        "⟦o|⟨rel 3 day|3日内⟩清淤⟧；⟦o|⟨rel none =2021-09-30 国庆|国庆前⟩截污⟧；⟦o|⟨rel 1.5 hour 接报|接报后一个半小时内⟩到场⟧。",
        "⟨R>2|水利局⟩：⟦o|建台账⟧；⟦o|清淤⟧（⟨date<1 2021-09-30|9月底前⟩）；⟦o|截污⟧。⟨S#1,3|财政局⟩配合，⟨imm|即刻⟩起算。",
        "⟦o|请⟨R#1,2|水利局⟩建台账⟧，⟦o|并清淤⟧。",
        "⟪report⟫已清淤⟦n|\n— 2 —\n⟧三条。⟦o|抓紧⟦n|\n— 3 —\n⟧截污⟦i|，务求实效⟧⟧。⟪etiquette⟫谢谢！",
        "⟦o|由⟨R|⟨T|督查室⟩⟩汇总⟧。",
    ],
)
def test_written_as_it_was_read(body: str) -> None:
    source = f"name: a\ngenre: 会议纪要\n---\n{body}"
    marked = read_markup(source)
    again = read_markup(write_markup(marked.head, marked.text, marked.gold))
    assert (again.head, again.text) == (marked.head, marked.text)
    assert in_order(again.gold) == in_order(marked.gold)


def test_corpus_there_and_back() -> None:
    for document in load_documents(ROOT / "corpus" / "documents"):
        again = read_markup(write_markup({"name": document.name, **document.about}, document.text, document.gold))
        assert again.head == {"name": document.name, **document.about}, document.name
        assert again.text == document.text, document.name
        assert in_order(again.gold) == in_order(dict(document.gold)), document.name
