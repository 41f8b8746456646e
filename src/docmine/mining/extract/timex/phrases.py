"""Points and ranges with what bounds them: 8月25日至9月10日, 今晚八点以后, 截至6月底."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from docmine.mining.extract.timex.amounts import amount_of, point_after
from docmine.mining.extract.timex.composing import Composer, Found, Point, end_of, rolled
from docmine.mining.extract.timex.day_words import in_day
from docmine.mining.extract.timex.intervals import ONE_DAY, Level, later, week_of
from docmine.rulebook.timewords import JOINTS, Token
from docmine.schema.timex import TimexType

SOME_DAY = dt.datetime(4, 1, 1)  # stands for a day that isn't known


class PhraseReader:
    """Reads the points and ranges of one text."""

    def __init__(self, words: Composer) -> None:
        self.words = words

    def read(self, position: int) -> Found | None:
        """A point or range with what bounds it."""
        first = self.words.compose(position)
        if first is None or self._is_weak(first):
            return None
        if self.words.context.ref is None and first.interval is None and first.chain[0][0] >= Level.PART:
            return self._undated(position)
        found = self._range(first) or self._single(first)
        return self._bounded(found, first)

    def _undated(self, position: int) -> Found | None:
        """A clock time without any day: read as on some day, and told as a time."""
        self.words.context.day = SOME_DAY
        first = self.words.compose(position)
        found = self._bounded(self._range(first) or self._single(first), first) if first else None
        self.words.context.day = None
        return found

    def _is_weak(self, point: Point) -> bool:
        """Whether a lone 三点 is a number of points rather than a clock time."""
        if len(point.tokens) > 1 or point.tokens[0].kind != "clock" or self.words.context.day is not None:
            return False
        text = self.words.norm[point.start : point.end]
        if not JOINTS.weak_hour.match(text):
            return False
        led = JOINTS.hour_lead.search(self.words.norm, max(0, point.start - 4), point.start) is not None
        followed = JOINTS.hour_follow.match(self.words.norm, point.end) is not None
        return not (led and followed if JOINTS.weakest_hour.match(text) else led or followed)

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
            match = getattr(JOINTS, name).match(self.words.norm, found.end)
            if match is not None and point.level == Level.DAY:
                low = later(found.low, ONE_DAY * steps) if found.low else None
                return replace(found, end=match.end(), low=low, high=later(low, ONE_DAY) if low else None)
        away = JOINTS.away.match(self.words.norm, found.end)
        if away is not None and point.level == Level.DAY:
            return self._away(found, away)
        for name in ("nextworkday", "lastworkday"):
            match = getattr(JOINTS, name).match(self.words.norm, found.end)
            if match is not None and point.level == Level.DAY and found.low:
                calendar = self.words.context.calendar
                step = calendar.add if name == "nextworkday" else calendar.before
                low = dt.datetime.combine(step(found.low.date(), 1), dt.time())
                return replace(found, end=match.end(), low=low, high=later(low, ONE_DAY))
        evening = JOINTS.sameevening.match(self.words.norm, found.end)
        if evening is not None and point.tokens[-1].kind == "festival":
            part = in_day("晚", point.interval) if point.interval else None
            low, high = (part.start, part.end) if part else (None, None)
            return replace(found, end=evening.end(), type="datetime", low=low, high=high, level=Level.PART)
        match = JOINTS.during.match(self.words.norm, found.end)
        if match is not None:
            found = replace(found, end=match.end())
            return self._holiday(found) if point.tokens[-1].kind == "festival" else found
        same = JOINTS.sameperiod.match(self.words.norm, found.end)
        if same is not None and point.level <= Level.SEASON:
            return replace(found, end=same.end())
        match = JOINTS.sameday.match(self.words.norm, found.end)
        return replace(found, end=match.end()) if match and point.level == Level.DAY else found

    def _away(self, found: Found, away: re.Match[str]) -> Found:
        """So many days before or after a named day: 元旦前两天."""
        amount = amount_of(Token("amount", away.start("n"), away.end(), {"n": away["n"], "u": away["u"].lstrip("个")}))
        if found.low is None or amount is None:
            return replace(found, end=away.end())
        there = point_after(found.low, amount, 1 if away["side"] == "后" else -1, self.words.context.calendar)
        return replace(found, end=away.end(), low=there.start, high=there.end)

    def _holiday(self, found: Found) -> Found:
        """The days off around a festival."""
        calendar = self.words.context.calendar
        if found.low is None or calendar.is_workday(found.low.date()):
            return replace(found, type="range")
        festival = found.low.date()
        first, next_worked = calendar.before(festival, 1) + ONE_DAY, calendar.add(festival, 1)
        low, high = dt.datetime.combine(first, dt.time()), dt.datetime.combine(next_worked, dt.time())
        return replace(found, type="range", low=low, high=high)

    def _range(self, first: Point) -> Found | None:
        """A到B: the second goes on from what the first named."""
        start = self.words.lead("lead_from", first.start)
        joint = JOINTS.to.match(self.words.norm, first.end)
        if (
            joint is not None
            and first.tokens[0].kind == "weekday"
            and self.words.tokens(joint.end())
            and self.words.context.ref
        ):
            again = self.words.composed(first.tokens[0], week_of(self.words.context.ref))
            first = again if again and again.end == first.end else first
        if joint is None:
            return self._between(first)
        last = self.words.range_end(first, joint.end())
        if last is None:
            return None
        end = last.end
        between = JOINTS.between.match(self.words.norm, end)
        end = between.end() if between else end
        low = first.interval.start if first.interval else None
        high = end_of(last)
        if low and high and high <= low:
            high = rolled(low, last, high)
        return Found(start, end, "range", low, high, max(first.level, last.level))

    def _between(self, first: Point) -> Found | None:
        """A和B之间."""
        match = getattr(JOINTS, "and").match(self.words.norm, first.end)
        last = self.words.range_end(first, match.end()) if match else None
        closed = JOINTS.between.match(self.words.norm, last.end) if last else None
        if last is None or closed is None:
            return None
        low = first.interval.start if first.interval else None
        return Found(first.start, closed.end(), "range", low, end_of(last), max(first.level, last.level))

    def _bounded(self, found: Found, point: Point) -> Found:
        """With 左右, 以前, 以后, 起, 为止 behind it, and 截至, 从 before it."""
        around = JOINTS.around.match(self.words.norm, found.end)
        if around is not None:
            found = replace(found, end=around.end())
        found = replace(found, start=self.words.lead("lead_about", found.start))
        by = self.words.lead("lead_by", found.start)
        if by < found.start:
            until = JOINTS.until.match(self.words.norm, found.end)
            before = JOINTS.before.match(self.words.norm, found.end)
            end = (until or before).end() if (until or before) else found.end  # type: ignore[union-attr]
            high = found.low if found.level == Level.CLOCK else found.high
            return replace(found, start=by, end=end, type="before", low=None, high=high)
        later_than = self.words.lead("lead_after", found.start)
        if later_than < found.start:
            return replace(found, start=later_than, type="after", high=None)
        for name in ("since", "until", "before", "after", "within"):
            match = getattr(JOINTS, name).match(self.words.norm, found.end)
            if match is not None:
                return self._limited(found, name, match.end())
        beginning = JOINTS.beginning.match(self.words.norm, found.end)
        if beginning is not None and self.words.lead("lead_from", found.start) < found.start:
            return self._limited(found, "since", beginning.end())
        return found

    def _limited(self, found: Found, name: str, end: int) -> Found:
        clock = found.level >= Level.PART  # 中午之前 is before it begins
        if name == "since":
            start = self.words.lead("lead_from", found.start)
            return replace(found, start=start, end=end, type="after", high=None)
        if name == "after":
            return replace(found, start=self.words.lead("lead_from", found.start), end=end, type="after", high=None)
        if name == "until" and found.type == "range":
            return replace(found, end=end)
        if name == "until":
            start = self.words.lead("lead_until", found.start)
            return replace(
                found, start=start, end=end, type="before", low=None, high=found.low if clock else found.high
            )
        if name == "before":
            return replace(found, end=end, type="before", low=None, high=found.low if clock else found.high)
        return replace(found, end=end, type="range" if found.type != "range" else found.type)
