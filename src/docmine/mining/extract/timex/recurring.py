"""What repeats: 每周五, 每隔两天, 天天 as an ISO 8601 period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docmine.mining.extract.times.numbers import whole
from docmine.mining.extract.timex.composing import Composer, Found
from docmine.mining.extract.timex.intervals import Level
from docmine.mining.extract.timex.narrowing import POINTS, level_of
from docmine.rulebook.timewords import JOINTS, Token, time_words

_LEVELS = {"Y": Level.YEAR, "M": Level.MONTH, "W": Level.WEEK}
_PART_WORDS = ("上午", "下午", "中午", "晚上", "早上", "晨")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The period, and how coarse it is: finer words behind it say when in each period."""

    freq: str
    level: Level


def recurrence_of(token: Token) -> Recurrence | None:
    """The period of an `each` token."""
    tables = time_words().tables
    if token.get("rep"):
        freq = _repeat(token.get("rep"), tables["repeats"])
        return Recurrence(freq, _LEVELS.get(freq[-1], Level.DAY))
    unit = token.get("u")
    if unit in _PART_WORDS:
        return Recurrence("P1D", Level.PART)
    if not unit:
        return Recurrence("P1W", Level.DAY)
    designator, times = tables["units"][unit]
    text = token.get("n")
    number = 2 if text == "双" else 0.5 if text == "半" else whole(text) if text else 0 if "half" in token.caught else 1
    if number is None:
        return None
    count = number + 0.5 * ("half" in token.caught)
    if "skip" in token.caught and designator in "YMWD" and count == 1:
        count = 2  # 隔天 leaves one out; 每隔三天 is taken as every three days
    amount = f"{count * times:g}"
    freq = f"PT{amount}{designator[1:]}" if designator.startswith("T") else f"P{amount}{designator}"
    level = Level.DAY if token.get("wds") else Level.SEASON if times == 3 else _LEVELS.get(designator, Level.DAY)
    if unit in ("晚", "早", "夜"):
        level = Level.PART
    return Recurrence(freq, level)


def _repeat(word: str, repeats: Mapping[str, str]) -> str:
    return repeats.get(word) or repeats[word[-2:]]  # 逢双月 as 双月


class RecurringReader:
    """Reads the recurring sets of one text."""

    def __init__(self, words: Composer) -> None:
        self.words = words

    def read(self, position: int) -> Found | None:
        """What repeats, with when in each period: 每周五下午5点前."""
        token = next((t for t in self.words.tokens(position) if t.kind == "each"), None)
        recurrence: Recurrence | None = recurrence_of(token) if token else None
        if token is None or recurrence is None:
            return None
        end = self._extent(token.end, recurrence.level)
        joint = JOINTS.to.match(self.words.norm, end)
        if joint is not None and end > token.end:
            last = self._extent(joint.end(), Level.DAY if recurrence.level < Level.DAY else recurrence.level)
            end = last if last > joint.end() else end
        for name in ("around", "before", "after"):
            match = getattr(JOINTS, name).match(self.words.norm, end)
            if match is not None and end > token.end:
                end = match.end()
        return Found(token.start, end, "recurring", freq=recurrence.freq)

    def _extent(self, end: int, level: Level) -> int:
        """Where the words end that say when in each period."""
        while True:
            glue = JOINTS.glue.match(self.words.norm, end)
            position = glue.end() if glue else end
            token = next(
                (t for t in self.words.tokens(position) if t.kind in POINTS and t.kind != "bc" and level_of(t) > level),
                None,
            )
            if token is None:
                return end
            end, level = token.end, level_of(token)
