"""Every time expression of a text: words of time are composed from coarse to fine, joined to ranges and bounded."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from docmine.mining.extract.timex import amounts
from docmine.mining.extract.timex.amounts import Amount
from docmine.mining.extract.timex.intervals import ONE_DAY, Interval, Level, NoSuchTime, at, later, months_later, week_of
from docmine.mining.extract.timex.narrowing import POINTS, Context, level_of, narrow
from docmine.mining.extract.timex.recurring import Recurrence, recurrence_of
from docmine.rulebook.timewords import JOINTS, Token, time_words
from docmine.schema.timex import Timex, TimexType

_SENTENCE = re.compile("[。！？；\n]")
_OPEN_KINDS = {"年": ("year", "y"), "月": ("month", "m"), "日": ("day", "d"), "号": ("day", "d"), "点": ("clock", "h")}
_OPEN_KINDS |= {"时": ("clock", "h"), "季度": ("quarter", "q"), "年代": ("decade", "y")}
_SOME_DAY = dt.datetime(2000, 1, 1)
_LEAD = 8  # characters to the left in which a word may stand that belongs to the expression


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


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(char) for char in sorted(time_words().by_char)) + "]")


def find_timex(norm: str, reference: dt.datetime | None) -> list[Timex]:
    """All time expressions of `norm` (folded), in order and not overlapping.

    `reference` is the moment of speaking, to which 明天 is relative; without it such words have no value. A year left
    out is the one named last, else the reference's.
    """
    return [_timex(norm, found, dated=reference is not None) for found in _Reader(norm, reference).read()]


def _timex(norm: str, found: Found, *, dated: bool) -> Timex:
    text = norm[found.start : found.end]
    low, high = (_iso(moment, dated=dated or found.type != "time") for moment in (found.low, found.high))
    return Timex(found.start, found.end, text, found.type, low, high, found.duration, found.freq)


def _iso(moment: dt.datetime | None, *, dated: bool) -> str | None:
    """The moment as ISO 8601, of a clock time on an unknown day the time alone: T09:30:00."""
    if moment is None:
        return None
    return moment.isoformat(timespec="seconds") if dated else f"T{moment.time().isoformat(timespec='seconds')}"


class _Reader:
    """One pass over a text."""

    def __init__(self, norm: str, reference: dt.datetime | None) -> None:
        self.norm = norm
        self.context = Context(reference)
        self.known: dict[int, list[Token]] = {}
        self.low = 0  # nothing before belongs to the next expression

    def read(self) -> Iterator[Found]:
        sentence_end = -1
        position = 0
        while (match := _candidates().search(self.norm, position)) is not None:
            position = match.start()
            if position >= sentence_end:
                sentence_end = self._enter_sentence(position)
            found = self._expression(position)
            if found is None:
                position += 1
                continue
            yield found
            self._remember(found)
            position = self.low = max(found.end, position + 1)

    def _enter_sentence(self, position: int) -> int:
        end = _SENTENCE.search(self.norm, position)
        high = end.end() if end else len(self.norm)
        begin = max((self.norm.rfind(mark, 0, position) for mark in "。！？；\n"), default=-1) + 1
        self.context.past = JOINTS.past_tense.search(self.norm, begin, high) is not None
        self.context.day = None
        return high

    def _remember(self, found: Found) -> None:
        if found.low is None or found.type in ("recurring", "duration"):
            return
        if found.level >= Level.DAY and found.type in ("date", "datetime", "range", "after"):
            self.context.day = found.low

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def tokens(self, position: int) -> list[Token]:
        """The words of time that begin at `position`, longest first."""
        if position >= len(self.norm):
            return []
        if position not in self.known:
            found = time_words().tokens_at(self.norm, position)
            if found or self.norm[position] == "第":
                opened = JOINTS.open.match(self.norm, position)
            else:
                opened = JOINTS.open.match(self.norm, position) if self.norm[position] in "0123456789" else None
            if opened is not None:
                kind, group = _OPEN_KINDS[opened["u"]]
                if kind != "year" or len(opened["n"]) == 4:
                    found = [Token(kind, position, opened.end(), {group: opened["n"]}), *found]
            self.known[position] = found
        return self.known[position]

    def _expression(self, position: int) -> Found | None:
        """The longest expression that begins at `position`."""
        best: Found | None = None
        if not self.tokens(position) and self.norm[position] not in "0123456789":
            return None
        for read in (self._recurring, self._amount, self._phrase, self._word):
            found = read(position)
            if found is not None and (best is None or found.end > best.end):
                best = found
        return best

    def _word(self, position: int) -> Found | None:
        for token in self.tokens(position):
            if token.kind == "now":
                ref = self.context.ref
                high = later(ref, dt.timedelta(seconds=1)) if ref else None
                return Found(token.start, token.end, "datetime", ref, high, Level.CLOCK)
            if token.kind == "vague":
                return Found(token.start, token.end, "other")
        return None

    # ── points ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self, position: int, origin: Point | None = None) -> Point | None:
        """The longest point whose words begin at `position`; `origin` is the beginning of a range that it ends."""
        best: Point | None = None
        for token in self.tokens(position):
            if token.kind not in POINTS:
                continue
            point = self._composed(token, _container(origin, level_of(token)))
            if point is not None and (best is None or point.end > best.end):
                best = point
        return best

    def _composed(self, token: Token, within: Interval | None) -> Point | None:
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
            if within is None and not _fits_unknown(chain[0][0], level):
                continue
            step = self._narrowed(token, within)
            if step is not None:
                return token, step
        return None

    def _closing(self, end: int) -> int:
        """Behind a bracketed weekday: its closing bracket."""
        closed = JOINTS.closing.match(self.norm, end)
        return closed.end() if closed and "（" in self.norm[max(0, end - 4) : end] else end

    # ── phrases ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _phrase(self, position: int) -> Found | None:
        """A point or range with what bounds it."""
        first = self.compose(position)
        if first is None or self._is_weak(first):
            return None
        if self.context.ref is None and first.interval is None and first.chain[0][0] >= Level.PART:
            return self._undated(position)
        found = self._range(first) or self._single(first)
        return self._bounded(found, first)

    def _undated(self, position: int) -> Found | None:
        """A clock time without any day: read as on some day, and told as a time."""
        self.context.day = _SOME_DAY
        first = self.compose(position)
        found = self._bounded(self._range(first) or self._single(first), first) if first else None
        self.context.day = None
        return replace(found, level=Level.CLOCK, low=None, high=None) if found and found.type != "time" else found

    def _is_weak(self, point: Point) -> bool:
        """Whether a lone 三点 is a number of points rather than a clock time."""
        if len(point.tokens) > 1 or point.tokens[0].kind != "clock" or self.context.day is not None:
            return False
        text = self.norm[point.start : point.end]
        if not JOINTS.weak_hour.match(text):
            return False
        led = JOINTS.hour_lead.search(self.norm, max(0, point.start - 4), point.start) is not None
        followed = JOINTS.hour_follow.match(self.norm, point.end) is not None
        return not (followed and (led or not text.startswith(("一",))) or (led and not text.startswith("一")))

    def _single(self, point: Point) -> Found:
        interval = point.interval
        kind: TimexType = "date"
        if point.level >= Level.PART:
            said = point.says(Level.DAY) or point.tokens[0].kind in ("dayword", "stamp")
            kind = "datetime" if said else "time"
        low, high = (interval.start, interval.end) if interval else (None, None)
        found = Found(point.start, point.end, kind, low, high, point.level)
        return self._shifted(found, point)

    def _shifted(self, found: Found, point: Point) -> Found:
        """With 前一天, 第二天, 期间 behind a day."""
        for name, steps in (("daybefore", -1), ("dayafter", 1)):
            match = getattr(JOINTS, name).match(self.norm, found.end)
            if match is not None and point.level == Level.DAY:
                low = later(found.low, ONE_DAY * steps) if found.low else None
                return replace(found, end=match.end(), low=low, high=later(low, ONE_DAY) if low else None)
        for name in ("nextworkday", "lastworkday"):
            match = getattr(JOINTS, name).match(self.norm, found.end)
            if match is not None and point.level == Level.DAY and found.low:
                calendar = self.context.calendar
                step = calendar.add if name == "nextworkday" else calendar.before
                low = dt.datetime.combine(step(found.low.date(), 1), dt.time())
                return replace(found, end=match.end(), low=low, high=later(low, ONE_DAY))
        match = JOINTS.during.match(self.norm, found.end)
        if match is not None:
            found = replace(found, end=match.end())
            return self._holiday(found) if point.tokens[-1].kind == "festival" else found
        same = JOINTS.sameperiod.match(self.norm, found.end)
        if same is not None and point.level <= Level.SEASON:
            return replace(found, end=same.end())
        match = JOINTS.sameday.match(self.norm, found.end)
        return replace(found, end=match.end()) if match and point.level == Level.DAY else found

    def _holiday(self, found: Found) -> Found:
        """The days off around a festival."""
        calendar = self.context.calendar
        if found.low is None or calendar.is_workday(found.low.date()):
            return replace(found, type="range")
        first = last = found.low.date()
        while not calendar.is_workday(first - ONE_DAY):
            first -= ONE_DAY
        while not calendar.is_workday(last + ONE_DAY):
            last += ONE_DAY
        low, high = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last + ONE_DAY, dt.time())
        return replace(found, type="range", low=low, high=high)

    def _range(self, first: Point) -> Found | None:
        """A到B: the second goes on from what the first named."""
        start = self._lead("lead_from", first.start)
        joint = JOINTS.to.match(self.norm, first.end)
        if joint is not None and first.tokens[0].kind == "weekday" and self.tokens(joint.end()) and self.context.ref:
            again = self._composed(first.tokens[0], week_of(self.context.ref))
            first = again if again and again.end == first.end else first
        if joint is None:
            return self._between(first)
        last = self._range_end(first, joint.end())
        if last is None:
            return None
        end = last.end
        between = JOINTS.between.match(self.norm, end)
        end = between.end() if between else end
        low = first.interval.start if first.interval else None
        high = _end_of(last)
        if low and high and high <= low:
            high = _rolled(low, last, high)
        return Found(start, end, "range", low, high, max(first.level, last.level))

    def _between(self, first: Point) -> Found | None:
        """A和B之间."""
        match = getattr(JOINTS, "and").match(self.norm, first.end)
        last = self._range_end(first, match.end()) if match else None
        closed = JOINTS.between.match(self.norm, last.end) if last else None
        if last is None or closed is None:
            return None
        low = first.interval.start if first.interval else None
        return Found(first.start, closed.end(), "range", low, _end_of(last), max(first.level, last.level))

    def _range_end(self, first: Point, position: int) -> Point | None:
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

    def _lead(self, name: str, start: int) -> int:
        """`start`, or where the word begins that stands before it and belongs to it."""
        match = getattr(JOINTS, name).search(self.norm, max(self.low, start - _LEAD), start)
        return match.start() if match else start

    def _bounded(self, found: Found, point: Point) -> Found:
        """With 左右, 以前, 以后, 起, 为止 behind it, and 截至, 从 before it."""
        around = JOINTS.around.match(self.norm, found.end)
        if around is not None:
            found = replace(found, end=around.end())
        found = replace(found, start=self._lead("lead_about", found.start))
        by = self._lead("lead_by", found.start)
        if by < found.start:
            until = JOINTS.until.match(self.norm, found.end)
            before = JOINTS.before.match(self.norm, found.end)
            end = (until or before).end() if (until or before) else found.end  # type: ignore[union-attr]
            high = found.low if found.level == Level.CLOCK else found.high
            return replace(found, start=by, end=end, type="before", low=None, high=high)
        later_than = self._lead("lead_after", found.start)
        if later_than < found.start:
            return replace(found, start=later_than, type="after", high=None)
        for name in ("since", "until", "before", "after", "within"):
            match = getattr(JOINTS, name).match(self.norm, found.end)
            if match is not None:
                return self._limited(found, name, match.end())
        beginning = JOINTS.beginning.match(self.norm, found.end)
        if beginning is not None and self._lead("lead_from", found.start) < found.start:
            return self._limited(found, "since", beginning.end())
        return found

    def _limited(self, found: Found, name: str, end: int) -> Found:
        clock = found.level == Level.CLOCK
        if name == "since":
            start = self._lead("lead_from", found.start)
            return replace(found, start=start, end=end, type="after", high=None)
        if name == "after":
            return replace(found, start=self._lead("lead_from", found.start), end=end, type="after", high=None)
        if name == "until":
            start = self._lead("lead_until", found.start)
            return replace(found, start=start, end=end, type="before", low=None, high=found.low if clock else found.high)
        if name == "before":
            return replace(found, end=end, type="before", low=None, high=found.low if clock else found.high)
        return replace(found, end=end, type="range" if found.type != "range" else found.type)

    # ── amounts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _amount(self, position: int) -> Found | None:
        """An amount of time: a duration, or a point or window counted from the reference."""
        token = next((t for t in self.tokens(position) if t.kind == "amount"), None) or self._day_amount(position)
        if token is None or JOINTS.not_amount.match(self.norm, position):
            return None
        if token.get("u") in ("年", "天") and re.fullmatch("(?:1[0-9]|20|21)[0-9]{2}", token.get("n")):
            return None
        amount = amounts.amount_of(token)
        end = token.end
        while amount is not None and (more := self._more(end, amount)) is not None:
            amount, end = more
        for name in ("nights", "around"):
            tail = getattr(JOINTS, name).match(self.norm, end)
            end = tail.end() if tail is not None and (name == "around" or token.get("u") == "天") else end
        try:
            return self._counted(token, amount, end)
        except NoSuchTime:
            return None

    def _day_amount(self, position: int) -> Token | None:
        """三日后, 3日内: a day of the month by its writing, an amount by what follows."""
        token = next((t for t in self.tokens(position) if t.kind == "day"), None)
        if token is None:
            match = re.compile(r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[ ]{0,2}日(?=以?内|之内)").match(self.norm, position)
            before = self.norm[position - 1 : position]
            if match is None or before in "第0123456789月.":
                return None
            return Token("amount", position, match.end(), {"n": match["n"], "u": "日"})
        chinese = not token.get("d").isascii()
        counted = JOINTS.within.match(self.norm, token.end) or JOINTS.after.match(self.norm, token.end)
        lead = JOINTS.lead_days.search(self.norm, max(0, position - _LEAD), position)
        if not counted and not lead and not (chinese and JOINTS.before.match(self.norm, token.end)):
            return None
        if self.norm[token.end - 1] == "号" or self.norm[position - 1 : position] == "月":
            return None
        return Token("amount", position, token.end, {"n": token.get("d"), "u": "日"})

    def _more(self, end: int, amount: Amount) -> tuple[Amount, int] | None:
        joint = JOINTS.chain.match(self.norm, end)
        position = joint.end() if joint else end
        following = next((t for t in self.tokens(position) if t.kind == "amount"), None)
        second = amounts.amount_of(following) if following else None
        if following is None and amount.unit == "TH":
            match = JOINTS.short_minutes.match(self.norm, position)
            if match is not None:
                following = Token("amount", position, match.end(), {"n": match["n"], "u": "分"})
                second = amounts.amount_of(following)
        both = amounts.joined(amount, second) if second else None
        return (both, following.end) if both and following else None

    def _counted(self, token: Token, amount: Amount | None, end: int) -> Found | None:
        start = token.start
        for name, sign in (("before", -1), ("after", 1)):
            match = getattr(JOINTS, name).match(self.norm, end)
            if match is not None:
                start = self._lead("lead_in", start) if sign > 0 else start
                return self._point_away(start, match.end(), amount, sign)
        match = JOINTS.within.match(self.norm, end)
        if match is not None:
            return self._window(self._lead("lead_next", start), match.end(), amount, 1, from_now=True)
        since = re.compile("以来|来(?!自|源|到|回|访|信|电|了|的)").match(self.norm, end)
        if since is not None:
            past = self._lead("lead_past", start)
            return self._window(past, since.end(), amount, -1)
        ago = self._lead("lead_in", start)
        if ago < start:
            return self._point_away(ago, end, amount, 1)
        ahead = self._lead("lead_next", start)
        if ahead < start:
            return self._window(ahead, end, amount, 1)
        past = self._lead("lead_past", start)
        if past < start:
            return self._window(past, end, amount, -1)
        start = self._lead("lead_ago", start)
        return Found(start, end, "duration", duration=amount.iso() if amount else None)

    def _point_away(self, start: int, end: int, amount: Amount | None, sign: int) -> Found:
        ref = self.context.ref
        if ref is None or amount is None:
            return Found(start, end, "other" if amount is None else "date")
        there = amounts.point_after(ref, amount, sign, self.context.calendar)
        kind: TimexType = "datetime" if there.level == Level.CLOCK else "date"
        tail = self._tail(end, there) if there.level == Level.DAY else None
        if tail is not None:
            return replace(tail, start=start)
        joint = JOINTS.to.match(self.norm, end)
        point = Point(start, end, (), ((there.level, there),))
        last = self._range_end(point, joint.end()) if joint else None
        if last is not None and last.interval:
            return Found(start, last.end, "range", there.start, _end_of(last), there.level)
        return Found(start, end, kind, there.start, there.end, there.level)

    def _tail(self, end: int, there: Interval) -> Found | None:
        """三天后|下午三点: a part of the day or clock time behind the day."""
        glue = JOINTS.glue.match(self.norm, end)
        position = glue.end() if glue else end
        for token in self.tokens(position):
            if token.kind in ("part", "clock"):
                point = self._composed(token, there)
                if point is not None and point.interval is not None:
                    return Found(position, point.end, "datetime", point.interval.start, point.interval.end, point.level)
        return None

    def _window(self, start: int, end: int, amount: Amount | None, sign: int, *, from_now: bool = False) -> Found:
        """The stretch of so much time after (sign 1) or before the reference."""
        ref = self.context.ref
        if ref is None or amount is None:
            return Found(start, end, "range")
        calendar = self.context.calendar
        if amount.unit.startswith("T"):
            other = amounts.moved(ref, amount, sign, calendar)
            low, high = (ref, other) if sign > 0 else (other, ref)
            return Found(start, end, "range", low, high, Level.CLOCK)
        today = at(ref.year, ref.month, ref.day)
        other = amounts.moved(today, amount, sign, calendar)
        if sign < 0:
            return Found(start, end, "range", other, today)
        return Found(start, end, "range", today if from_now else later(today, ONE_DAY), later(other, ONE_DAY))

    # ── recurring ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _recurring(self, position: int) -> Found | None:
        token = next((t for t in self.tokens(position) if t.kind == "each"), None)
        recurrence: Recurrence | None = recurrence_of(token) if token else None
        if token is None or recurrence is None:
            return None
        end = self._extent(token.end, recurrence.level)
        joint = JOINTS.to.match(self.norm, end)
        if joint is not None and end > token.end:
            last = self._extent(joint.end(), Level.DAY if recurrence.level < Level.DAY else recurrence.level)
            end = last if last > joint.end() else end
        for name in ("around", "before", "after"):
            match = getattr(JOINTS, name).match(self.norm, end)
            if match is not None and end > token.end:
                end = match.end()
        return Found(token.start, end, "recurring", freq=recurrence.freq)

    def _extent(self, end: int, level: Level) -> int:
        """Where the words end that say when in each period."""
        while True:
            glue = JOINTS.glue.match(self.norm, end)
            position = glue.end() if glue else end
            token = next(
                (t for t in self.tokens(position) if t.kind in POINTS and t.kind != "bc" and level_of(t) > level), None
            )
            if token is None:
                return end
            end, level = token.end, level_of(token)


def _fits_unknown(first: Level, level: Level) -> bool:
    """Whether a word may narrow what has no value: without a reference any may."""
    return level > first


def _container(origin: Point | None, level: Level) -> Interval | None:
    """What the end of a range goes on from: the last coarser stretch that its beginning named."""
    if origin is None:
        return None
    for above, interval in reversed(origin.chain):
        if above < level:
            return interval
    return None


def _end_of(last: Point) -> dt.datetime | None:
    interval = last.interval
    if interval is None:
        return None
    return interval.start if last.level == Level.CLOCK else interval.end


def _rolled(low: dt.datetime, last: Point, high: dt.datetime) -> dt.datetime:
    """The end moved behind the beginning: 晚上10点到早上6点 ends on the next day, 10月到3月 next year."""
    first = last.chain[0][0]
    if first >= Level.PART:
        return later(high, ONE_DAY)
    kind = last.tokens[0].kind if last.tokens else ""
    if kind == "weekday":
        return later(high, ONE_DAY * 7)
    if first in (Level.MONTH, Level.SEASON) or kind in ("monthday", "festival", "lunar"):
        return months_later(high, 12)
    return months_later(high, 1) if first == Level.DAY else high

