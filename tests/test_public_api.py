from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import docmine

ORDER = "市水利局要于9月底前完成清淤，并将结果报市政府。"


@pytest.mark.parametrize("name", docmine.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(docmine, name) is not None
    assert name in dir(docmine)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'minne'"):
        _ = docmine.minne


def test_importing_docmine_loads_nothing_heavy() -> None:
    heavy = "spacy jieba rjieba numpy pydantic rich lxml pypdfium2 pdfplumber sklearn orjson docmine.pipeline docmine.settings"
    code = f"import sys, docmine; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_mining_a_text_needs_neither_spacy_nor_pydantic() -> None:
    heavy = "spacy pydantic rich sklearn pypdfium2 pdfplumber lxml"
    code = (
        f"import sys, docmine; docmine.mine_text({ORDER!r}); print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def test_mine_text_says_who_must_do_what_by_when() -> None:
    record = docmine.mine_text(ORDER, date="2021-08-25")
    (directive,) = record.directives
    assert (directive.force, directive.text) == ("obligation", ORDER.rstrip("。"))
    (deadline,) = record.deadlines_of(directive)
    assert (deadline.text, deadline.due) == ("9月底前", "2021-09-30")
    parties = {(each.party.name, each.role) for each in record.responsibilities_of(directive)}
    assert parties == {("市水利局", "responsible"), ("市政府", "report_to")}
    for place, text in [(directive.span, directive.text), (deadline.span, deadline.text)]:
        assert ORDER[place.start : place.end] == text


def test_the_date_may_be_an_object_or_text() -> None:
    assert docmine.mine_text(ORDER, date=dt.date(2021, 8, 25)) == docmine.mine_text(ORDER, date="2021-08-25")


@pytest.mark.parametrize("date", ["25.8.2021", "2021-13-01", "", "soon"])
def test_a_wrong_date_says_what_is_expected(date: str) -> None:
    with pytest.raises(docmine.DocmineError) as caught:
        docmine.mine_text(ORDER, date=date)
    assert "2021-08-22" in caught.value.remedy


def test_an_anchor_gives_a_relative_deadline_its_date() -> None:
    text = "承办单位必须于接件之日起5日内办结。"
    open_, known = docmine.mine_text(text), docmine.mine_text(text, anchors={"接件": "2021-08-22"})
    assert open_.deadlines[0].due is None
    assert known.deadlines[0].due == "2021-08-27"


def test_a_miner_keeps_its_settings() -> None:
    miner = docmine.Miner(docmine.Settings(date=dt.date(2021, 8, 25), include_text=True))
    record = miner.mine_text(ORDER)
    assert record.document.text == ORDER
    assert record.deadlines[0].due == "2021-09-30"
    assert miner.mine_text(ORDER, date="2023-01-10").deadlines[0].due == "2023-09-30"


def test_mine_reads_a_file_and_names_it(samples: Path) -> None:
    path = samples / "05_居民来信.txt"
    record = docmine.mine(path)
    assert record.source.name == path.name
    assert record.source.encoding == "gb18030"
    assert record.source.bytes == path.stat().st_size
    assert record == docmine.mine(str(path))


def test_mine_raises_a_named_error_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.touch()
    with pytest.raises(docmine.DocmineError) as caught:
        docmine.mine(path)
    assert caught.value.code == "empty"
    assert caught.value.remedy


def test_a_missing_file_is_an_access_error(tmp_path: Path) -> None:
    with pytest.raises(docmine.DocmineError) as caught:
        docmine.mine(tmp_path / "none.txt")
    assert caught.value.code == "access"


def test_mine_folder_gives_an_outcome_for_each_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(ORDER, encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    outcomes = list(docmine.mine_folder(tmp_path))
    assert [outcome.name for outcome in outcomes] == ["a.pdf", "b.txt"]
    assert outcomes[0].record is None
    assert outcomes[0].error is not None
    assert outcomes[0].error.code == "damaged"
    assert outcomes[1].record is not None
    assert len(outcomes[1].record.directives) == 1


COUNTED = "承办单位应于接件之日起5日内办结。"


def test_ways_of_counting_are_options_of_every_call(tmp_path: Path) -> None:
    anchors = {"接件": "2021-09-24"}
    path = tmp_path / "a.txt"
    path.write_text(COUNTED, encoding="utf-8")
    days = tmp_path / "days.csv"
    days.write_text("2021-09-30,放假\n", encoding="utf-8")
    for mine, source in ((docmine.mine, path), (docmine.mine_text, COUNTED)):
        assert mine(source, anchors=anchors).deadlines[0].due == "2021-09-29"  # type: ignore[operator]
        assert mine(source, anchors=anchors, counting="penalty").deadlines[0].due == "2021-09-30"  # type: ignore[operator]
        record = mine(source, anchors=anchors, counting="penalty", calendar=days)  # type: ignore[operator]
        assert record.deadlines[0].due == "2021-10-08"
    miner = docmine.Miner(docmine.Settings(counting="penalty"))
    assert miner.mine_text(COUNTED, anchors=anchors, counting="civil").deadlines[0].due == "2021-09-29"


@pytest.mark.parametrize(
    "settings",
    [docmine.Settings(counting="x"), docmine.Settings(counting="x.toml"), docmine.Settings(calendar="x.tsv")],
)
def test_what_settings_name_is_looked_for_at_once(settings: docmine.Settings) -> None:
    with pytest.raises(docmine.DocmineError):
        docmine.Miner(settings)
    with pytest.raises(docmine.DocmineError):
        docmine.mine_folder("samples", settings=settings)


def test_options_are_looked_at_before_the_text(tmp_path: Path) -> None:
    with pytest.raises(docmine.DocmineError, match="counting: x"):
        docmine.mine(tmp_path / "none.docx", counting="x")
