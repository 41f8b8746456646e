"""Amounts of time in a text: durations, and points and windows counted from the reference."""

from __future__ import annotations

import re
from dataclasses import replace

from docmine.mining.extract.timex import amounts
from docmine.mining.extract.timex.amounts import Amount
from docmine.mining.extract.timex.composing import LEAD, Composer, Found, Point, end_of, rolled
from docmine.mining.extract.timex.intervals import ONE_DAY, Interval, Level, NoSuchTime, at, later
from docmine.mining.extract.timex.narrowing import POINTS, level_of
from docmine.rulebook.timewords import JOINTS, Token
from docmine.schema.timex import TimexType

_YEAR_NUMBER = re.compile("(?:1[0-9]|20|21)[0-9]{2}")


class AmountReader:
    """Reads the amounts of one text."""

    def __init__(self, words: Composer) -> None:
        self.words = words

    def read(self, position: int) -> Found | None:
        """An amount of time: a duration, or a point or window counted from the reference."""
        token = next((t for t in self.words.tokens(position) if t.kind == "amount"), None) or self.day_amount(position)
        if token is None or JOINTS.not_amount.match(self.words.norm, position):
            return None
        if token.get("u") in ("年", "天") and _YEAR_NUMBER.fullmatch(token.get("n")):
            return None
        amount = amounts.amount_of(token)
        end = token.end
        while amount is not None and (more := self._more(end, amount)) is not None:
            amount, end = more
        often = JOINTS.times_a.match(self.words.norm, end)
        if often is not None and token.get("n") in ("一", "1", "每") and amount is not None:
            return Found(position, often.end(), "recurring", freq=amount.iso())
        for name in ("nights", "around"):
            tail = getattr(JOINTS, name).match(self.words.norm, end)
            end = tail.end() if tail is not None and (name == "around" or token.get("u") == "天") else end
        try:
            return self._counted(token, amount, end)
        except NoSuchTime:
            return None

    def day_amount(self, position: int) -> Token | None:
        """三日后, 3日内: a day of the month by its writing, an amount by what follows."""
        token = next((t for t in self.words.tokens(position) if t.kind == "day"), None)
        if token is None:
            days = JOINTS.many_days.match(self.words.norm, position)
            if days is not None and int(days["n"]) > 31:
                return Token("amount", position, days.end(), {"lo": days["lo"], "n": days["n"], "u": "日"})
            match = JOINTS.days_within.match(self.words.norm, position)
            before = self.words.norm[position - 1 : position]
            if match is None or before in "第0123456789月.":
                return None
            return Token("amount", position, match.end(), {"n": match["n"], "u": "日"})
        chinese = not token.get("d").isascii()
        counted = JOINTS.within.match(self.words.norm, token.end) or JOINTS.after.match(self.words.norm, token.end)
        lead = JOINTS.lead_days.search(self.words.norm, max(0, position - LEAD), position)
        if not counted and not lead and not (chinese and JOINTS.before.match(self.words.norm, token.end)):
            return None
        if self.words.norm[token.end - 1] == "号" or self.words.norm[position - 1 : position] == "月":
            return None
        return Token("amount", position, token.end, {"n": token.get("d"), "u": "日"})

    def _more(self, end: int, amount: Amount) -> tuple[Amount, int] | None:
        joint = JOINTS.chain.match(self.words.norm, end)
        position = joint.end() if joint else end
        following = next((t for t in self.words.tokens(position) if t.kind == "amount"), None)
        second = amounts.amount_of(following) if following else None
        if following is None and amount.unit == "TH":
            match = JOINTS.short_minutes.match(self.words.norm, position)
            if match is not None:
                following = Token("amount", position, match.end(), {"n": match["n"], "u": "分"})
                second = amounts.amount_of(following)
        both = amounts.joined(amount, second) if second else None
        return (both, following.end) if both and following else None

    def _counted(self, token: Token, amount: Amount | None, end: int) -> Found | None:
        start = token.start
        for name, sign in (("before", -1), ("after", 1)):
            match = getattr(JOINTS, name).match(self.words.norm, end)
            if match is not None:
                start = self.words.lead("lead_in", start) if sign > 0 else start
                return self._point_away(start, match.end(), amount, sign)
        match = JOINTS.within.match(self.words.norm, end)
        if match is not None:
            return self._window(self.words.lead("lead_next", start), match.end(), amount, 1, from_now=True)
        since = JOINTS.so_long.match(self.words.norm, end)
        if since is not None:
            past = self.words.lead("lead_past", start)
            found = self._window(past, since.end(), amount, -1)
            return replace(found, type="after", high=None) if found.low else found
        ago = self.words.lead("lead_in", start)
        if ago < start:
            return self._point_away(ago, end, amount, 1)
        ahead = self.words.lead("lead_next", start)
        if ahead < start:
            return self._window(ahead, end, amount, 1)
        past = self.words.lead("lead_past", start)
        if past < start:
            return self._window(past, end, amount, -1)
        start = self.words.lead("lead_ago", start)
        return Found(start, end, "duration", duration=amount.iso() if amount else None)

    def _point_away(self, start: int, end: int, amount: Amount | None, sign: int) -> Found:
        ref = self.words.context.ref
        if ref is None or amount is None:
            return Found(start, end, "other" if amount is None else "date")
        there = amounts.point_after(ref, amount, sign, self.words.context.calendar)
        kind: TimexType = "datetime" if there.level == Level.CLOCK else "date"
        tail = self._tail(end, there) if there.level < Level.CLOCK else None
        if tail is not None and tail.low and tail.high:
            there, end, kind = Interval(tail.low, tail.high, tail.level), tail.end, tail.type
        joint = JOINTS.to.match(self.words.norm, end)
        point = Point(start, end, (), ((there.level, there),))
        last = self.words.range_end(point, joint.end()) if joint else None
        high = end_of(last) if last else None
        if last is not None and high is not None:
            high = rolled(there.start, last, high) if high <= there.start else high
            return Found(start, last.end, "range", there.start, high, there.level)
        return Found(start, end, kind, there.start, there.end, there.level)

    def _tail(self, end: int, there: Interval) -> Found | None:
        """三天后|下午三点: a part of the day or clock time behind the day."""
        glue = JOINTS.glue.match(self.words.norm, end)
        position = glue.end() if glue else end
        for token in self.words.tokens(position):
            if token.kind in POINTS and level_of(token) > there.level:
                point = self.words.composed(token, there)
                if point is not None and point.interval is not None:
                    kind: TimexType = "datetime" if point.level >= Level.PART else "date"
                    return Found(position, point.end, kind, point.interval.start, point.interval.end, point.level)
        return None

    def _window(self, start: int, end: int, amount: Amount | None, sign: int, *, from_now: bool = False) -> Found:
        """The stretch of so much time after (sign 1) or before the reference."""
        ref = self.words.context.ref
        if ref is None or amount is None:
            return Found(start, end, "range")
        calendar = self.words.context.calendar
        if amount.unit.startswith("T"):
            other = amounts.moved(ref, amount, sign, calendar)
            low, high = (ref, other) if sign > 0 else (other, ref)
            return Found(start, end, "range", low, high, Level.CLOCK)
        today = at(ref.year, ref.month, ref.day)
        other = amounts.moved(today, amount, sign, calendar)
        if sign < 0:
            return Found(start, end, "range", other, today)
        return Found(start, end, "range", today if from_now else later(today, ONE_DAY), later(other, ONE_DAY))
