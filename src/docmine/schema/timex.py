"""A time expression in the neutral form: the interval, duration or period that its words mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TimexType = Literal["date", "time", "datetime", "range", "duration", "recurring", "before", "after", "other"]


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression of a text.

    `start` and `end` are code points of the text. `value` is the local ISO 8601 start of the interval meant and
    `end_value` its *exclusive* end (2021年8月: 2021-08-01T00:00:00 to 2021-09-01T00:00:00; 9点半: one minute). `before`
    has no value, `after` no end value. `duration` is ISO 8601, working days written `P10BD`, a range `P5D/P7D`;
    `freq` is the period of a recurring set, in the same writing. What can't be known is null.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str | None = None
    end_value: str | None = None
    duration: str | None = None
    freq: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """The expression as plain data, its fields in order."""
        return {name: getattr(self, name) for name in self.__slots__}
