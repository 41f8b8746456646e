"""Automatic numbers of docx paragraphs: which list and level a paragraph is in, by itself or through its style.

A list level may be bound to a paragraph style (`pStyle`), and a definition may borrow its levels from a numbering
style (`numStyleLink`). The counting itself is `list_counter`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from docmine.intake.read.docx_styles import Styles, to_int, w_attribute, w_child, w_name, w_number, w_switch, w_value
from docmine.intake.read.list_counter import Level, ListCounter, ListInstance, Number
from docmine.intake.read.ooxml import Element, local_name


@dataclass(slots=True)
class ListDefinition:
    """An `abstractNum`."""

    levels: dict[int, Level] = field(default_factory=dict)
    borrows: str | None = None


class Numbering:
    """The lists of one document, with the state of their counters."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, ListDefinition] = {}
        self._instances: dict[str, ListInstance] = {}
        for element in () if root is None else root:
            if w_name(element) == "abstractNum":
                self._definitions[w_attribute(element, "abstractNumId") or ""] = _definition(element)
            elif w_name(element) == "num":
                self._instances[w_attribute(element, "numId") or ""] = _instance(element)
        self._counter = ListCounter()

    def next_number(self, num_pr: Element | None, style_id: str | None) -> Number | None:
        """Count a paragraph with this `numPr` and style; None if it is in no list."""
        num_id, ilvl = self._list_of(num_pr, style_id)
        if num_id is None or num_id not in self._instances:
            return None
        instance = self._instances[num_id]
        key, levels = self._levels(instance)
        return self._counter.next_number(num_id, ilvl, counter=key, levels=levels, starts=instance.starts)

    def _list_of(self, num_pr: Element | None, style_id: str | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph, from its own properties and its style's."""
        num_id, ilvl = w_value(num_pr, "numId"), w_number(num_pr, "ilvl")
        if num_id is not None:
            if num_id == "0":
                return None, 0
            return num_id, ilvl if ilvl is not None else self._bound_level(num_id, style_id) or 0
        chain = self._styles.chain(style_id)
        num_id = next((style.num_id for style in chain if style.num_id is not None), None)
        if num_id is None or num_id == "0":
            return None, 0
        if ilvl is None:
            ilvl = self._bound_level(num_id, style_id)
        if ilvl is None:
            ilvl = next((style.ilvl for style in chain if style.ilvl is not None), 0)
        return num_id, ilvl

    def _bound_level(self, num_id: str, style_id: str | None) -> int | None:
        """The level of the list that is bound to the style, or to one it is based on."""
        if num_id not in self._instances:
            return None
        _, levels = self._levels(self._instances[num_id])
        bound = {level.style: ilvl for ilvl, level in levels.items() if level.style}
        return next((bound[style.id] for style in self._styles.chain(style_id) if style.id in bound), None)

    def _levels(self, instance: ListInstance) -> tuple[str, dict[int, Level]]:
        """The definition that an instance counts in, and its levels with the overrides."""
        key = instance.definition
        for _ in range(len(self._definitions)):
            definition = self._definitions.get(key)
            if definition is None or definition.borrows is None:
                break
            lender = self._instances.get(self._styles.numbering_styles.get(definition.borrows, ""))
            if lender is None or lender.definition == key:
                break
            key = lender.definition
        found = self._definitions.get(key)
        levels = found.levels if found is not None else {}
        return key, {**levels, **instance.levels} if instance.levels else levels


def _definition(element: Element) -> ListDefinition:
    levels = {}
    for child in element:
        if w_name(child) == "lvl":
            levels[to_int(w_attribute(child, "ilvl")) or 0] = _level(child)
    return ListDefinition(levels, w_value(element, "numStyleLink"))


def _instance(element: Element) -> ListInstance:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for child in element:
        if w_name(child) != "lvlOverride":
            continue
        ilvl = to_int(w_attribute(child, "ilvl")) or 0
        level = w_child(child, "lvl")
        if level is not None:
            levels[ilvl] = _level(level)
        start = w_number(child, "startOverride")
        if start is not None:
            starts[ilvl] = start
    return ListInstance(w_value(element, "abstractNumId") or "", levels, starts)


def _level(element: Element) -> Level:
    format_element = _number_format(element)
    name = "decimal" if format_element is None else w_attribute(format_element, "val") or "decimal"
    padding = 0
    if name == "custom" and format_element is not None:
        padding = len((w_attribute(format_element, "format") or "").split(",")[0].strip())
        name = "decimal"
    start = w_number(element, "start")
    return Level(
        start=0 if start is None else start,
        format=name,
        pattern=w_value(element, "lvlText") or "",
        suffix=w_value(element, "suff") or "tab",
        style=w_value(element, "pStyle"),
        legal=bool(w_switch(element, "isLgl")),
        restart_after=w_number(element, "lvlRestart"),
        padding=padding,
    )


def _number_format(element: Element) -> Element | None:
    """The `numFmt` of a level; newer formats stand in an `mc:Choice` beside their fallback."""
    plain = w_child(element, "numFmt")
    if plain is not None:
        return plain
    for child in element:
        if local_name(child) == "AlternateContent":
            for branch in child:
                found = w_child(branch, "numFmt")
                if found is not None:
                    return found
    return None
