"""The stages as spaCy components, over the same functions as the pipeline.

    nlp = docmine.load()
    doc = nlp("市水利局要于9月底前完成清淤。")
    doc.spans["directives"], doc.spans["deadlines"], doc.spans["responsibilities"]
    doc._.docmine                      # the Record

`docmine_structure` cleans the text and finds its structure, `docmine_findings` mines it, `docmine_record` makes the
record and the spans. They may be added to any pipeline for Chinese; with a tokenizer that cuts words, a span is
widened to whole tokens. The tokenizer of `load()` makes each character a token, so that spans are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from docmine import pipeline
from docmine.schema.document import CleanText, Reading, Structure
from docmine.schema.facts import facts_of_bytes
from docmine.schema.findings import Findings
from docmine.schema.record import Record
from docmine.settings import Settings, settings_from

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKENIZER = "docmine.characters.v1"
WORD_TOKENIZER = "docmine.words.v1"
COMPONENTS = ("docmine_structure", "docmine_findings", "docmine_record")
_RECORD, _STAGES = "docmine_record", "docmine_stages"


@dataclass(slots=True)
class Stages:
    """What the components of one document hand on; dropped once the record is made, so that a Doc can be saved."""

    settings: Settings
    reading: Reading
    clean: CleanText
    structure: Structure
    findings: Findings | None = None


class CharacterTokenizer:
    """Each character its own token; white space too, so that no offset is lost."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose text is exactly `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in self.cut(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def cut(self, text: str) -> Iterable[str]:
        """The tokens, white space among them."""
        return text

    def to_bytes(self, **_: Any) -> bytes:
        """There is nothing to save."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> CharacterTokenizer:
        """There is nothing to load."""
        return self

    def to_disk(self, _: str | Path, **__: Any) -> None:
        """There is nothing to save."""

    def from_disk(self, _: str | Path, **__: Any) -> CharacterTokenizer:
        """There is nothing to load."""
        return self


class WordTokenizer(CharacterTokenizer):
    """The words of jieba's dictionary as tokens; a finding's span is widened to whole words."""

    def cut(self, text: str) -> Iterable[str]:
        """The words, white space among them."""
        from docmine.rulebook.words import cut

        return cut(text)


@registry.tokenizers(WORD_TOKENIZER)  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """The tokenizer's factory, as configurations name it."""
    return lambda nlp: WordTokenizer(nlp.vocab)


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def character_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """The tokenizer's factory, as configurations name it."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


@Language.factory("docmine_structure", default_config={"settings": {}}, assigns=["doc.user_data"])
def make_structure(nlp: Language, name: str, settings: dict[str, Any]) -> Callable[[Doc], Doc]:
    """Cleaning and structure. `settings` holds the fields of a settings file; a doc's own are laid over them."""
    base = settings_from(settings)

    def docmine_structure(doc: Doc) -> Doc:
        from docmine.intake.clean import clean

        chosen = base.with_options(date=doc._.docmine_date, anchors=doc._.docmine_anchors)
        reading = pipeline.text_reading(doc.text)
        cleaned = clean(reading, steps=chosen.clean_steps)
        found = pipeline.structure_of(cleaned, name=None, settings=chosen, source=reading.text)
        doc.user_data[_STAGES] = Stages(chosen, reading, cleaned, found)
        return doc

    return docmine_structure


@Language.factory("docmine_findings", requires=["doc.user_data"])
def make_findings(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Directives, deadlines and responsibilities of the structured text."""

    def docmine_findings(doc: Doc) -> Doc:
        stages = _stages(doc)
        stages.findings = pipeline.mine_structure(stages.clean, stages.structure, settings=stages.settings)
        return doc

    return docmine_findings


@Language.factory("docmine_record", requires=["doc.user_data"], assigns=["doc.spans"])
def make_record(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The record, and its findings as span groups."""

    def docmine_record(doc: Doc) -> Doc:
        from docmine.output.record import build_record

        stages = _stages(doc)
        if stages.findings is None:
            raise ValueError("docmine_record needs docmine_findings before it in the pipeline")
        data = build_record(
            stages.reading,
            stages.clean,
            stages.structure,
            stages.findings,
            facts=facts_of_bytes(doc.text.encode(errors="surrogatepass"), shown=pipeline.TEXT_NAME),
            produced=pipeline.produced(stages.settings),
            include_text=stages.settings.include_text,
        )
        del doc.user_data[_STAGES]
        doc.user_data[_RECORD] = data
        set_spans(doc, data)
        return doc

    return docmine_record


def set_spans(doc: Doc, data: Mapping[str, Any]) -> None:
    """The findings of a record as `doc.spans`, each with its id and a label: force, kind of deadline, or role."""
    for group, label in (("directives", "force"), ("deadlines", "kind"), ("responsibilities", "role")):
        spans = [_span(doc, each["span"], label=each[label], span_id=each["id"]) for each in data[group]]
        doc.spans[group] = [span for span in spans if span is not None]


def load(settings: Settings | None = None, *, words: bool = False) -> Language:
    """A spaCy pipeline for Chinese that mines each text it is given.

    Each character is a token, so that spans are exact; with `words` the tokens are jieba's words, for pipelines that
    go on with words.
    """
    from spacy import blank

    nlp = blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": WORD_TOKENIZER if words else TOKENIZER}}})
    nlp.add_pipe("docmine_structure", config={"settings": as_config(settings) if settings else {}})
    nlp.add_pipe("docmine_findings")
    nlp.add_pipe("docmine_record")
    return nlp


def as_config(settings: Settings) -> dict[str, Any]:
    """Settings as plain values that a spaCy configuration can hold."""
    plain: dict[str, Any] = {
        "include_text": settings.include_text,
        "models": settings.models,
        "counting": settings.counting,
        "anchors": {event: when.isoformat() for event, when in settings.anchors.items()},
    }
    if settings.calendar is not None:
        plain["calendar"] = str(settings.calendar)
    if settings.date is not None:
        plain["date"] = settings.date.isoformat()
    if settings.clean_steps is not None:
        plain["clean_steps"] = list(settings.clean_steps)
    return plain


def _stages(doc: Doc) -> Stages:
    stages = doc.user_data.get(_STAGES)
    if not isinstance(stages, Stages):
        raise ValueError("this component needs docmine_structure before it in the pipeline")
    return stages


def _span(doc: Doc, place: Mapping[str, int], *, label: str, span_id: str) -> Span | None:
    return doc.char_span(place["start"], place["end"], label=label, span_id=span_id, alignment_mode="expand")


def _record_of(doc: Doc) -> Record | None:
    data = doc.user_data.get(_RECORD)
    return None if data is None else Record(_with_lists(data))


def _with_lists(data: Any) -> Any:
    """The record's data; in a Doc that was stored and loaded, spaCy has made its lists tuples."""
    if isinstance(data, dict) and isinstance(data.get("segments"), list):
        return data
    if isinstance(data, dict):
        return {name: _with_lists(value) for name, value in data.items()}
    return [_with_lists(each) for each in data] if isinstance(data, list | tuple) else data


def _finding_of(span: Span) -> Any:
    """The record's entry that a span stands for."""
    data = span.doc.user_data.get(_RECORD) or {}
    for group in ("directives", "deadlines", "responsibilities"):
        for each in data.get(group, ()):
            if each["id"] == span.id_:
                return each
    return None


def _register() -> None:
    """The extensions: a doc's record and its own options, a span's entry in the record."""
    Doc.set_extension("docmine", getter=_record_of, force=True)
    Doc.set_extension("docmine_date", default=None, force=True)
    Doc.set_extension("docmine_anchors", default=None, force=True)
    Span.set_extension("docmine", getter=_finding_of, force=True)


_register()
