"""The tables of time cases stay large: what they hold is counted, each sentence once."""

from __future__ import annotations

from mining.extract import test_times_absolute as absolute
from mining.extract import test_times_calendar as calendar
from mining.extract import test_times_dates as dates
from mining.extract import test_times_deadlines as deadlines
from mining.extract import test_times_directed as directed
from mining.extract import test_times_events as events
from mining.extract import test_times_false_friends as false_friends
from mining.extract import test_times_festivals as festivals
from mining.extract import test_times_mixed as mixed
from mining.extract import test_times_rarer as rarer
from mining.extract import test_times_recurring as recurring
from mining.extract import test_times_relative as relative
from mining.extract import test_times_repeating as repeating
from mining.extract import test_times_windows as windows
from timecases import Table, rows

TABLES = (
    absolute.DATES + absolute.CLOCKS + calendar.WEEKS + calendar.MONTHS + calendar.WORKDAYS + festivals.FESTIVALS,
    events.AFTER + events.LATER + windows.WINDOWS + mixed.VALUES,
)
GROUPS: tuple[Table, ...] = (
    dates.DATES,
    dates.PERIODS,
    recurring.RULES,
    relative.AMOUNTS,
    relative.EVENTS,
    repeating.RULES,
    rarer.VALUES,
    events.BEFORE,
    events.NAMED,
    festivals.SEASONS,
)
LISTS = (
    [sentence for sentence, _ in dates.BROKEN + dates.SEVERAL],
    [sentence for sentence, _ in relative.IMMEDIATE + relative.VAGUE],
    [sentence for sentence, _ in events.BOUNDS + absolute.PARTIAL],
    [sentence for _, sentence, _ in absolute.BROKEN],
    [sentence for sentence, _, _ in absolute.PARTIAL_WINDOWS],
    [sentence for _, _, sentence in calendar.SEVERAL],
    [sentence for sentence, _ in repeating.SEVERAL],
    [sentence for _, sentence, _ in directed.ROLLING + directed.STAYING],
    absolute.UNKNOWN,
    events.IMMEDIATE,
    events.VAGUE,
    deadlines.DEADLINES,
    directed.DIRECTED,
    mixed.DIRECTED,
    windows.PHASES,
)
NEGATIVE = (
    dates.NOTHING,
    recurring.NOT_RECURRING,
    relative.NO_AMOUNT,
    deadlines.NEAR_MISSES,
    mixed.NOT_DIRECTED,
    *false_friends.LIMITS_NOTHING.values(),
    *false_friends.NO_TIME.values(),
)


def test_the_tables_hold_many_cases() -> None:
    cases = {(str(reference), sentence) for tables in TABLES for reference, _, sentence in rows(tables)}
    cases |= {("", sentence) for table in GROUPS for group in table.values() for sentence in group}
    cases |= {("", sentence) for group in LISTS for sentence in group}
    assert len(cases) >= 800


def test_the_negative_corpus_is_large() -> None:
    assert len({sentence for group in NEGATIVE for sentence in group}) >= 200
