"""Ways of counting: the shipped profiles, and the files that users write."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from docmine.errors import RuleError, SettingsError
from docmine.rulebook.counting import (
    BASES,
    DEFAULT,
    CountingProfile,
    calendar_day_words,
    counting_profile,
    first_day_told,
    profile_names,
)

NAMES = ("as_written", "civil", "licensing", "penalty", "coercion", "litigation", "reconsideration", "petition")
SOURCE = 'source = "某市热线办法第八条"\n'


def write(folder: Path, text: str, name: str = "county.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_profiles_that_there_are() -> None:
    assert sorted(profile_names()) == sorted(NAMES)
    assert counting_profile().name == DEFAULT == "as_written"


@pytest.mark.parametrize("name", NAMES)
def test_every_profile_names_its_articles(name: str) -> None:
    profile = counting_profile(name)
    assert profile.name == name
    assert set(profile.basis) == set(BASES)
    assert all(re.search("第.+条|信访工作条例", text) for text in (*profile.basis.values(), profile.source))
    assert profile.fingerprint == ""


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_profile_moves_the_value(name: str) -> None:
    assert counting_profile(name).roll == "second"
    assert not counting_profile(name).first_day_counts


@pytest.mark.parametrize(
    ("name", "working", "calendar"),
    [
        ("as_written", (), (1, 2, 3, 5, 7, 10, 15, 30)),
        ("civil", (), (1, 3, 5, 7, 10, 15)),
        ("petition", (), (3, 5, 15, 30, 60)),
        ("litigation", (), (3, 5, 7, 10, 15)),
        ("licensing", (1, 2, 3, 5, 7, 10, 20, 45), ()),
        ("penalty", (2, 3, 5, 7), (1, 4, 6, 8, 10, 15, 60)),
        ("coercion", (1, 3, 7, 10), (11, 15, 30)),
        ("reconsideration", (3, 5, 7, 10), (1, 2, 4, 15, 30, 60)),
    ],
)
def test_which_days_are_working_days(name: str, working: tuple[int, ...], calendar: tuple[int, ...]) -> None:
    profile = counting_profile(name)
    assert all(profile.days_are_working(amount) for amount in working)
    assert not any(profile.days_are_working(amount) for amount in (0, *calendar))


@pytest.mark.parametrize("name", NAMES)
def test_hours_begin_with_the_next_one_where_procedure_law_holds(name: str) -> None:
    assert counting_profile(name).hours_from == ("next" if name in ("litigation", "reconsideration") else "stated")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("（含当日）", True),
        ("(含当天)", True),
        ("（包括受理当日）", True),
        ("（含接件之日）", True),
        ("（均含当日在内）", True),
        ("（不含当日）", False),
        ("（含法定节假日）", False),
        ("（含税）", False),
        ("报送（含当日）", False),
    ],
)
def test_what_says_that_the_first_day_counts(text: str, told: bool) -> None:
    assert bool(first_day_told().match(text)) is told


def test_natural_days_are_never_working_days() -> None:
    assert {"自然日", "日历日"} <= calendar_day_words()


def test_a_file_says_everything(tmp_path: Path) -> None:
    text = SOURCE + (
        'name = "热线"\nbase = "petition"\nworking_days = [3, 5]\nfirst_day_counts = true\nhours_from = "next"\n'
        'roll = "value"\n[basis]\nhour = "办法第九条"\n'
    )
    profile = counting_profile(write(tmp_path, text))
    assert (profile.name, profile.source) == ("热线", "某市热线办法第八条")
    assert (profile.working_amounts, profile.working_up_to) == (frozenset({3, 5}), 0)
    assert (profile.first_day_counts, profile.hours_from, profile.roll) == (True, "next", "value")
    assert profile.basis["day"] == profile.basis["rolled"] == "某市热线办法第八条"
    assert profile.basis["hour"] == "办法第九条"
    assert len(profile.fingerprint) == 16


def test_what_a_file_leaves_out_is_the_bases(tmp_path: Path) -> None:
    profile = counting_profile(write(tmp_path, SOURCE + 'base = "reconsideration"\n'))
    base = counting_profile("reconsideration")
    assert profile.name == "county"
    assert (profile.working_amounts, profile.hours_from, profile.basis) == (
        base.working_amounts,
        base.hours_from,
        base.basis,
    )


def test_without_a_base_it_is_the_text_as_written(tmp_path: Path) -> None:
    profile = counting_profile(write(tmp_path, SOURCE + "working_days = { up_to = 5 }"))
    assert [profile.days_are_working(amount) for amount in (1, 5, 6)] == [True, True, False]
    assert profile.basis["working_day"] == "某市热线办法第八条"
    assert profile.basis["rolled"] == counting_profile().basis["rolled"]


def test_a_working_rule_of_the_base_can_be_taken_back(tmp_path: Path) -> None:
    profile = counting_profile(write(tmp_path, SOURCE + 'base = "licensing"\nworking_days = "none"'))
    assert not profile.days_are_working(5)


def test_a_file_may_be_called_as_a_shipped_profile(tmp_path: Path) -> None:
    profile = counting_profile(write(tmp_path, SOURCE + "first_day_counts = true", "as_written.toml"))
    assert profile.first_day_counts
    assert profile.basis["month"] == "某市热线办法第八条"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    before = counting_profile(write(tmp_path, SOURCE))
    after = counting_profile(write(tmp_path, SOURCE + 'roll = "none"'))
    assert (before.roll, after.roll) == ("second", "none")
    assert before.fingerprint != after.fingerprint


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOURCE.encode())
    assert counting_profile(str(path)).name == "a"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "source is missing"),
        ('base = "civil"', "source is missing"),
        ("source = 3", "source: 3"),
        ('source = " "', "source"),
        (SOURCE + "name = 1", "name: 1"),
        (SOURCE + 'base = "roman"', "base: 'roman'"),
        (SOURCE + "base = 1", "base: 1"),
        (SOURCE + "base = []", "base"),
        (SOURCE + "colour = 1", "'colour'"),
        (SOURCE + 'working_days = "some"', "working_days: 'some'"),
        (SOURCE + "working_days = 5", "working_days: 5"),
        (SOURCE + "working_days = []", "working_days"),
        (SOURCE + "working_days = [0]", "working_days"),
        (SOURCE + "working_days = [3, true]", "working_days"),
        (SOURCE + "working_days = { up_to = -1 }", "working_days"),
        (SOURCE + "working_days = { to = 5 }", "working_days"),
        (SOURCE + "working_days = { up_to = 100000 }", "working_days"),
        (SOURCE + "first_day_counts = 1", "first_day_counts: 1"),
        (SOURCE + 'hours_from = "now"', "hours_from: 'now'"),
        (SOURCE + "hours_from = []", "hours_from"),
        (SOURCE + 'roll = "yes"', "roll: 'yes'"),
        (SOURCE + "roll = true", "roll: True"),
        (SOURCE + "basis = 1", "basis: 1"),
        (SOURCE + '[basis]\nweek = "x"', "basis.week"),
        (SOURCE + "[basis]\nday = 1", "basis.day"),
        (SOURCE + "roll = second", "TOML"),
        ("source =", "TOML"),
    ],
)
def test_a_wrong_file_is_named_with_the_place_and_a_remedy(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(RuleError) as caught:
        counting_profile(write(tmp_path, text))
    assert named in caught.value.message
    assert "county.toml" in caught.value.message
    assert str(tmp_path) not in caught.value.message
    assert caught.value.remedy


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_bytes(b'base = "civil"\n' + SOURCE.encode("gb18030"))
    with pytest.raises(RuleError, match="line 2: is not UTF-8"):
        counting_profile(str(path))


@pytest.mark.parametrize("word", ["roman", "", "As_Written", "民法典"])
def test_an_unknown_name_is_told_with_those_that_there_are(word: str) -> None:
    with pytest.raises(SettingsError) as caught:
        counting_profile(word)
    assert "petition" in caught.value.remedy


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be opened"):
        counting_profile(str(tmp_path / "none.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_profiles_travel_to_other_processes(name: str) -> None:
    profile = counting_profile(name)
    copy = pickle.loads(pickle.dumps(profile))
    assert isinstance(copy, CountingProfile)
    assert copy == profile
