from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import docmine
from docmine.settings import Settings

spacy = pytest.importorskip("spacy")

TEXT = "会议要求：\n市水利局要于9月底前完成清淤，  市城管局予以配合。\n\n严禁虚假整改。"


@pytest.fixture(scope="module")
def nlp():
    return docmine.load()


@pytest.mark.parametrize("text", [TEXT, "", " ", "  a  b\n\n c ", "𬱖某 x", "\u3000 　a ", "\ta\r\nb"])
def test_the_tokenizer_loses_no_character(nlp, text: str) -> None:
    assert nlp.make_doc(text).text == text


def test_spans_are_the_records_findings(nlp) -> None:
    record = docmine.mine_text(TEXT)
    doc = nlp(TEXT)
    assert doc._.docmine == record
    for group in ("directives", "deadlines", "responsibilities"):
        expected = [(e.id, e.span.start, e.span.end) for e in getattr(record, group)]
        assert [(s.id_, s.start_char, s.end_char) for s in doc.spans[group]] == expected
        assert expected
    assert [span.label_ for span in doc.spans["directives"]] == [d.force for d in record.directives]


def test_a_span_leads_to_its_entry(nlp) -> None:
    doc = nlp(TEXT)
    assert [s._.docmine["role"] for s in doc.spans["responsibilities"]] == [
        r.role for r in doc._.docmine.responsibilities
    ]


@pytest.mark.parametrize("name", ["01_污染防治调度会主持词.txt", "06_热线工单.txt"])
def test_whole_documents_agree_with_the_pipeline(nlp, samples: Path, name: str) -> None:
    text = (samples / name).read_text(encoding="utf-8")
    assert nlp(text)._.docmine == docmine.mine_text(text)


def test_a_docs_own_date_and_anchors(nlp) -> None:
    doc = nlp.make_doc("承办单位必须于接件之日起5日内办结。市水利局要于9月底前完成清淤。")
    doc._.docmine_date = "2021-08-25"
    doc._.docmine_anchors = {"接件": "2021-08-22"}
    assert [each.due for each in nlp(doc)._.docmine.deadlines] == ["2021-08-27", "2021-09-30"]


def test_settings_of_the_pipeline_survive_a_save(tmp_path: Path) -> None:
    nlp = docmine.load(Settings(date=dt.date(2021, 8, 25), include_text=True))
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert doc._.docmine.document.text == TEXT
    assert doc._.docmine.deadlines[0].due == "2021-09-30"


def test_counting_and_calendar_hold_in_a_pipeline(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_text("2021-09-27\tfree\t\n", encoding="utf-8")
    nlp = docmine.load(Settings(counting="penalty", calendar=table, anchors={"接件": dt.date(2021, 9, 24)}))
    record = nlp("承办单位应于接件之日起2日内办结。")._.docmine
    assert record.deadlines[0].due == "2021-09-28"
    assert (record.produced.counting, len(record.produced.calendar)) == ("penalty", 16)


def test_docs_can_be_stored_with_their_findings(nlp) -> None:
    from spacy.tokens import DocBin

    data = DocBin(docs=[nlp(TEXT)], store_user_data=True).to_bytes()
    (doc,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert doc._.docmine == docmine.mine_text(TEXT)
    assert len(doc.spans["directives"]) == len(doc._.docmine.directives)


def test_with_word_tokens_a_span_is_widened_to_whole_tokens() -> None:
    from spacy.tokens import Doc

    nlp = docmine.load()
    text = "市水利局要完成清淤。"
    doc = Doc(nlp.vocab, words=["市水利局要", "完成清淤", "。"], spaces=[False] * 3)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [span.text for span in doc.spans["responsibilities"]] == ["市水利局要"]
    assert [span._.docmine["party"]["text"] for span in doc.spans["responsibilities"]] == ["市水利局"]
    assert doc.text == text


def test_components_say_what_they_need(nlp) -> None:
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}
    lonely = spacy.blank("zh")
    lonely.add_pipe("docmine_findings")
    with pytest.raises(ValueError, match="docmine_structure"):
        lonely("市水利局要完成清淤。")


def test_words_as_tokens_hold_the_same_findings() -> None:
    text = "市水利局要于9月底前完成清淤，市城管局予以配合。"
    doc = docmine.load(words=True)(text)
    assert [token.text for token in doc][:2] == ["市", "水利局"]
    assert doc.text == text
    assert doc._.docmine == docmine.mine_text(text)
    assert [span.text for span in doc.spans["directives"]] == [text.rstrip("。")]
