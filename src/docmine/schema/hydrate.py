"""Plain data → frozen dataclasses, by their type hints; for the few types that a record uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Build = Callable[[Any], Any]


def hydrate(cls: type[T], data: Mapping[str, Any]) -> T:
    """An object of a dataclass from a mapping of its fields; a nested mapping becomes its own dataclass."""
    part: Any = cls
    values = {name: build(data[name]) if build else data[name] for name, build in _plan(part) if name in data}
    return cls(**values)


@cache
def _plan(cls: Any) -> tuple[tuple[str, Build | None], ...]:
    hints = get_type_hints(cls)
    return tuple((f.name, _builder(hints[f.name])) for f in fields(cls))


def _builder(hint: Any) -> Build | None:
    """How a value of this type is built; None where plain data is the value already."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = [_builder(each) for each in get_args(hint) if each is not type(None)]
        build = inner[0] if len(inner) == 1 else None
        return None if build is None else lambda value: None if value is None else build(value)
    if origin is list:
        each = _builder(get_args(hint)[0])
        return None if each is None else lambda value: [each(item) for item in value]
    if origin is tuple:
        return tuple
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda value: hydrate(hint, value)
    return None
