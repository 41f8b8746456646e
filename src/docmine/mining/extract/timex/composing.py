"""Points of time: words composed from coarse to fine; the end of a range goes on from its beginning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from docmine.mining.extract.timex.context import Context
from docmine.mining.extract.timex.intervals import ONE_DAY, Interval, Level, NoSuchTime, later, months_later
from docmine.mining.extract.timex.narrowing import POINTS, level_of, narrow
from docmine.rulebook.timewords import JOINTS, Token, time_words
from docmine.schema.timex import TimexType

_OPEN_KINDS = {
    "年": ("year", "y"),
    "年代": ("decade", "y"),
    "季度": ("quarter", "q"),
    "月": ("month", "m"),
    "日": ("day", "d"),
    "号": ("day", "d"),
    "点": ("clock", "h"),
    "时": ("clock", "h"),
}
_MOST_DAYS = 31  # 30~90日 is an amount
# Ends of a range that may lie in the next day, week, month or year, since they don't say in which.
_ROLLED = frozenset(
    ("clock", "part", "weekday", "day", "bareday", "month", "monthday", "quarter", "festival", "lunar", "edge")
)
LEAD = 8  # characters to the left in which a word may stand that belongs to the expression


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch named by words from coarse to fine; `chain` has what each of them narrowed it to."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    chain: tuple[tuple[Level, Interval | None], ...]

    @property
    def level(self) -> Level:
        """How fine the last word is."""
        return self.chain[-1][0]

    @property
    def interval(self) -> Interval | None:
        """What the last word narrowed it to."""
        return self.chain[-1][1]

    def says(self, level: Level) -> bool:
        """Whether a word names something as coarse as `level` or coarser."""
        return self.chain[0][0] <= level


@dataclass(frozen=True, slots=True)
class Found:
    """An expression under way: where it stands, its type, its stretch, and the clock precision of its end."""

    start: int
    end: int
    type: TimexType
    low: dt.datetime | None = None
    high: dt.datetime | None = None
    level: Level = Level.DAY
    duration: str | None = None
    freq: str | None = None


class Composer:
    """The words of one text, and the points that they make."""

    def __init__(self, norm: str, context: Context) -> None:
        self.norm = norm
        self.context = context
        self.known: dict[int, list[Token]] = {}
        self.low = 0  # nothing before belongs to the next expression

    def tokens(self, position: int) -> list[Token]:
        """The words of time that begin at `position`, longest first."""
        if position >= len(self.norm):
            return []
        if position not in self.known:
            found = time_words().tokens_at(self.norm, position)
            may_open = bool(found) or self.norm[position] in "第0123456789"
            opened = JOINTS.open.match(self.norm, position) if may_open else None
            if opened is not None:
                kind, group = _OPEN_KINDS[opened["u"]]
                beyond = kind == "day" and opened["m"].isdecimal() and int(opened["m"]) > _MOST_DAYS
                if not beyond and (kind != "year" or len(opened["n"]) == 4):
                    found = [Token(kind, position, opened.end(), {group: opened["n"]}), *found]
            self.known[position] = found
        return self.known[position]

    def compose(self, position: int, origin: Point | None = None) -> Point | None:
        """The longest point whose words begin at `position`; `origin` is the beginning of a range that it ends."""
        best: Point | None = None
        for token in self.tokens(position):
            if token.kind not in POINTS:
                continue
            container = _container(origin, level_of(token))
            point = self.composed(token, container) or (self.composed(token, None) if container else None)
            if point is not None and (best is None or _better(point, best)):
                best = point
        return best

    def composed(self, token: Token, within: Interval | None) -> Point | None:
        """The longest point that begins with `token`, read inside `within`."""
        step = self._narrowed(token, within)
        if step is None:
            return None
        tokens, chain = [token], [step]
        end = token.end
        while (following := self._following(end, chain)) is not None:
            token, step = following
            end = token.end
            if step is not None:
                tokens.append(token)
                chain.append(step)
            else:
                end = self._closing(end)
        return Point(tokens[0].start, end, tuple(tokens), tuple(chain))

    def _narrowed(self, token: Token, within: Interval | None) -> tuple[Level, Interval | None] | None:
        try:
            return level_of(token), narrow(token, within, self.context)
        except NoSuchTime:
            return None

    def _following(
        self, end: int, chain: list[tuple[Level, Interval | None]]
    ) -> tuple[Token, tuple[Level, Interval | None] | None] | None:
        """The next finer word; a weekday or festival behind its own date adds nothing."""
        glue = JOINTS.glue.match(self.norm, end)
        position = glue.end() if glue else end
        for token in self.tokens(position):
            if token.kind not in POINTS:
                continue
            level = level_of(token)
            last, within = chain[-1]
            if level == Level.DAY == last and token.kind in ("weekday", "festival", "lunar", "week"):
                return token, None
            if level == Level.DAY == last and token.kind == "nthday" and within:
                step = self._narrowed(token, within)
                if step:
                    return token, step
            if level <= last:
                continue
            if within is None and token.kind != "decade":  # what isn't known stays so, however fine the words
                return token, (level, None)
            step = self._narrowed(token, within)
            if step is not None:
                return token, step
        return None

    def _closing(self, end: int) -> int:
        """Behind a bracketed weekday: its closing bracket."""
        closed = JOINTS.closing.match(self.norm, end)
        return closed.end() if closed and "（" in self.norm[max(0, end - 4) : end] else end

    def range_end(self, first: Point, position: int) -> Point | None:
        """The end at `position` of a range that `first` begins."""
        if self.norm.startswith(("今", "现在", "目前"), position) and not self.norm.startswith("今年", position):
            length = 1 if self.norm[position] == "今" else 2
            ref = self.context.ref
            now = Interval(ref, ref, Level.CLOCK) if ref else None
            if not self.tokens(position) or self.tokens(position)[0].kind == "now":
                return Point(position, position + length, (), ((Level.CLOCK, now),))
        saved = self.context.day, self.context.year
        if first.interval is not None:
            if first.level >= Level.DAY:
                self.context.day = first.interval.start
            self.context.year = first.interval.start.year
        last = self.compose(position, first)
        self.context.day, self.context.year = saved
        return last

    def lead(self, name: str, start: int) -> int:
        """`start`, or where the word begins that stands before it and belongs to it."""
        match = getattr(JOINTS, name).search(self.norm, max(self.low, start - LEAD), start)
        return match.start() if match else start


def _better(point: Point, than: Point) -> bool:
    """Whether a point is longer, or as long and of a known value: 第二天 after a named day."""
    return point.end > than.end or (point.end == than.end and than.interval is None and point.interval is not None)


def _container(origin: Point | None, level: Level) -> Interval | None:
    """What the end of a range goes on from: the last coarser stretch that its beginning named."""
    if origin is None:
        return None
    for above, interval in reversed(origin.chain):
        if above < level:
            return interval
    return None


def end_of(last: Point) -> dt.datetime | None:
    """Where a range ends whose last words are `last`: with a day or month, but at a clock time."""
    interval = last.interval
    if interval is None:
        return None
    return interval.start if last.level == Level.CLOCK else interval.end


def rolled(low: dt.datetime, last: Point, high: dt.datetime) -> dt.datetime:
    """The end moved behind the beginning: 晚上10点到早上6点 ends on the next day, 10月到3月 next year."""
    first = last.chain[0][0]
    if last.tokens and last.tokens[0].kind not in _ROLLED:
        return high
    if first >= Level.PART:
        return later(high, ONE_DAY)
    kind = last.tokens[0].kind if last.tokens else ""
    if kind == "weekday":
        return later(high, ONE_DAY * 7)
    if first in (Level.MONTH, Level.SEASON) or kind in ("monthday", "festival", "lunar"):
        return months_later(high, 12)
    return months_later(high, 1) if first == Level.DAY else high
