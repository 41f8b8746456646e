"""--anchor, --counting and --calendar, and the settings of the same names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clirun import Cli, Done
from conftest import ROOT
from docmine.rulebook.counting import counting_profile, profile_names

ORDER = "承办单位应于接件之日起10日内办结。"
HOURS = "值班人员应在接报后2小时内上报。"
LOCAL = 'source = "某市热线办法第八条"\nfirst_day_counts = true\nroll = "value"\n'


def first(done: Done) -> dict[str, Any]:
    assert done.status == 0, done.err
    record = json.loads(done.out)
    deadline: dict[str, Any] = record["deadlines"][0]
    return deadline


def record(cli: Cli, *options: object, text: str = ORDER) -> Done:
    return cli("run", "-", "-q", "-o", "-", *options, stdin=text.encode())


@pytest.mark.parametrize(
    ("counting", "due", "rolled"),
    [(None, "2021-10-04", "2021-10-08"), ("petition", "2021-10-04", "2021-10-08"), ("coercion", "2021-10-13", None)],
)
def test_counting_by_name(cli: Cli, counting: str | None, due: str, rolled: str | None) -> None:
    options = ["--counting", counting] if counting else []
    deadline = first(record(cli, "--anchor", "接件=2021-09-24", *options))
    assert (deadline["due"], deadline["rolled_due"]) == (due, rolled)


def test_counting_by_a_file(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_text(LOCAL, encoding="utf-8")
    deadline = first(record(cli, "--anchor", "接件=2021-09-24", "--counting", path))
    assert (deadline["due"], deadline["legal_basis"]) == ("2021-10-08", "某市热线办法第八条")


@pytest.mark.parametrize("command", ["run", "show", "explain"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_way_of_counting_is_wrong_usage(cli: Cli, tmp_path: Path, command: str, lang: str) -> None:
    words = [command, "-", *(["-o", str(tmp_path)] if command == "run" else [])]
    done = cli(*words, "--counting", "roman", "--lang", lang, stdin=ORDER.encode())
    assert (done.status, done.out) == (2, "")
    assert ("counting: roman" if lang == "en" else "没有名为“roman”的计算方式") in done.err
    assert "petition" in done.err
    assert ("办法：" in done.err or "办法:" in done.err) is (lang == "zh")


@pytest.mark.parametrize(
    ("name", "text", "english", "chinese"),
    [
        ("county.toml", 'source = "x"\nroll = "yes"', "county.toml: roll: 'yes'", "county.toml：roll 不能是 yes"),
        ("county.toml", "roll = value", "county.toml: is not valid TOML", "county.toml：不是有效的 TOML"),
        ("county.toml", 'roll = "none"', "source is missing", "缺少 source"),
        ("county.toml", 'source = "x"\nrol = 1', "no setting is called 'rol'", "没有“rol”这一项"),
        ("days.tsv", "2027-02-30 free", "days.tsv, line 1: '2027-02-30' is no date", "第 1 行：“2027-02-30”不是日期"),
        ("days.tsv", "\n2027-01-01\toff", "line 2: 'off' is neither work", "第 2 行：“off”既不是上班也不是放假"),
        (
            "days.tsv",
            "2027-01-01 班\n2027-01-01 休",
            "line 2: 2027-01-01 is free here",
            "第 2 行：2027-01-01 与第 1 行矛盾",
        ),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_file_is_told_once_before_any_document(
    cli: Cli, samples: Path, tmp_path: Path, name: str, text: str, english: str, chinese: str, lang: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    option = "--calendar" if name == "days.tsv" else "--counting"
    done = cli("run", samples, "-o", tmp_path / "out", option, path, "--lang", lang)
    assert done.status == 2
    assert done.err.count(chinese if lang == "zh" else english) == 1
    assert ("办法" in done.err) if lang == "zh" else ("remedy" in done.err)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--counting", "--calendar"])
def test_a_missing_file_is_wrong_usage(cli: Cli, tmp_path: Path, option: str) -> None:
    done = record(cli, option, tmp_path / "none.toml")
    assert done.status == 2
    assert "can't be opened" in done.err


def test_the_calendar_takes_the_doubt_away(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "days.tsv"
    path.write_text("2031-03-08\twork\t调休\n", encoding="utf-8")
    text = "各单位应于5个工作日内报送。"
    without = record(cli, "--date", "2031-03-03", text=text)
    assert first(without)["due"] == "2031-03-10"
    assert "provisional_calendar" in without.out
    deadline = first(record(cli, "--date", "2031-03-03", "--calendar", path, text=text))
    assert deadline["due"] == "2031-03-08"


def test_days_not_announced_are_shown_in_both_languages(cli: Cli) -> None:
    text = "各单位应于5个工作日内报送。".encode()
    assert "--calendar" in cli("show", "-", "--date", "2031-03-03", stdin=text).out
    assert "日历中没有所涉年份的放假安排" in cli("show", "-", "--date", "2031-03-03", "--lang", "zh", stdin=text).out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_years_before_the_calendar_are_not_said_to_be_to_come(cli: Cli, lang: str) -> None:
    text = "各单位应于5个工作日内报送。".encode()
    for command in ("show", "explain"):
        out = cli(command, "-", "--date", "2003-03-03", "--lang", lang, stdin=text).out
        assert "provisional_calendar" in out
        assert "尚未公布" not in out
        assert "announced" not in out


@pytest.mark.parametrize(("lang", "told"), [("zh", "2031-10-01–2031-10-03"), ("en", "2031-10-01–2031-10-03")])
def test_a_partial_calendar_says_what_it_lacks(cli: Cli, tmp_path: Path, lang: str, told: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text("2031-01-01,放假,元旦\n", encoding="utf-8")
    for command in ("show", "explain"):
        done = cli(command, "-", "--calendar", path, "--lang", lang, stdin=ORDER.encode())
        assert told in done.err
        assert "2031-01-01" not in done.err
    quiet = cli("run", "-", "-q", "-o", "-", "--calendar", path, stdin=ORDER.encode())
    assert quiet.err == ""


def test_doubtful_days_do_not_make_a_file_doubtful(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("各单位应于5个工作日内报送。", encoding="utf-8")
    cli("run", path, "-q", "-o", tmp_path / "out", "--date", "2031-03-03")
    row = json.loads((tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8"))
    assert (row["outcome"], "provisional_calendar" in row["warnings"]) == ("ok", True)


@pytest.mark.parametrize(
    ("text", "anchor", "due"),
    [
        (ORDER, "接件=2021-08-22", "2021-09-01"),
        ("承办单位应于接件之日起3个工作日内办结。", "接件＝2021-09-24", "2021-09-28"),
        (HOURS, "接报=2021-08-22T09:30", "2021-08-22T11:30"),
        (HOURS, "接报=2021-08-22 09:30", "2021-08-22T11:30"),
        (HOURS, "接报=2021-08-22", None),
    ],
)
def test_anchors(cli: Cli, text: str, anchor: str, due: str | None) -> None:
    assert first(record(cli, "--anchor", anchor, text=text))["due"] == due


def test_open_events_are_named_in_both_languages(cli: Cli) -> None:
    text = (ORDER + HOURS).encode()
    english, chinese = (cli("show", "-", "--lang", lang, stdin=text).out for lang in ("en", "zh"))
    assert "--anchor 接件=YYYY-MM-DD)" in english
    assert "--anchor 接报=YYYY-MM-DDTHH:MM)" in english
    assert "：接件、接报" in chinese
    assert "--anchor" in chinese


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_anchor_that_dates_nothing_is_told(cli: Cli, lang: str) -> None:
    for command in ("show", "explain"):
        options = ("--anchor", "收件=2021-08-22", "--anchor", "接报=2021-08-22T09:00", "--lang", lang)
        out = cli(command, "-", *options, stdin=(ORDER + HOURS).encode()).out
        (line,) = [line for line in out.splitlines() if "--anchor" in line and "收件" in line]
        assert "接件" in line
        assert "unresolved_anchor" in out


def test_an_anchor_that_dates_something_is_not(cli: Cli) -> None:
    out = cli("show", "-", "--anchor", "接件之日=2021-08-22", "--lang", "zh", stdin=ORDER.encode()).out
    assert "没有用到" not in out
    assert "→ 2021-09-01（周三）" in out


@pytest.mark.parametrize(
    "anchors",
    [
        ("接件=2021-08-22", "接件=2021-08-23"),
        ("会=2021-08-22", "本次会议=2021-08-23"),
        ("接件=2021-08-22", "接件之日=2021-08-22T09:00"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_dates_of_one_event_are_refused(cli: Cli, anchors: tuple[str, str], lang: str) -> None:
    done = record(cli, "--anchor", anchors[0], "--anchor", anchors[1], "--lang", lang)
    assert done.status == 2
    assert all(each.partition("=")[0] in done.err for each in anchors)


def test_the_same_anchor_twice_is_no_matter(cli: Cli) -> None:
    assert first(record(cli, "--anchor", "接件=2021-08-22", "--anchor", "接件=2021-08-22"))["due"] == "2021-09-01"


def test_an_option_takes_the_place_of_the_settings_anchor(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text('[anchors]\n"接件" = 2021-01-01\n', encoding="utf-8")
    done = record(cli, "--config", path, "--anchor", "接件之日=2021-08-22")
    assert first(done)["due"] == "2021-09-01"


def test_several_anchors(cli: Cli) -> None:
    done = record(cli, "--anchor", "接件=2021-08-22", "--anchor", "接报=2021-08-22T09:30", text=ORDER + HOURS)
    assert [d["due"] for d in json.loads(done.out)["deadlines"]] == ["2021-09-01", "2021-08-22T11:30"]
    assert "unresolved_anchor" not in done.out


def test_settings_of_a_folder(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "docmine.toml").write_text(
        'counting = "county.toml"\ncalendar = "days.tsv"\n[anchors]\n"接件" = 2021-09-24\n', encoding="utf-8"
    )
    (folder / "county.toml").write_text(LOCAL, encoding="utf-8")
    (folder / "days.tsv").write_text("2021-10-08\tfree\t\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = record(cli, "--config", folder / "docmine.toml")  # the files lie beside the settings file
    assert first(done)["due"] == "2021-10-09"
    produced = json.loads(done.out)["produced"]
    assert produced["counting"] == f"county {counting_profile(str(folder / 'county.toml')).fingerprint}"
    assert len(produced["calendar"]) == 16
    deadline = first(record(cli, "--config", folder / "docmine.toml", "--counting", "petition"))
    assert (deadline["due"], deadline["rolled_due"]) == ("2021-10-04", "2021-10-09")


def test_what_made_the_record_is_told(cli: Cli) -> None:
    produced = json.loads(record(cli, "--counting", "penalty").out)["produced"]
    assert (produced["counting"], produced["calendar"]) == ("penalty", None)


def test_a_stored_record_shows_again(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ORDER, encoding="utf-8")
    options = ["--anchor", "接件=2021-09-24", "--counting", "coercion"]
    cli("run", path, "-q", "-o", tmp_path / "out", *options)
    assert cli("show", tmp_path / "out" / "a.txt.json").out == cli("show", path, *options).out


def test_explain_names_the_article(cli: Cli) -> None:
    done = cli("explain", ORDER, "--anchor", "接件=2021-09-24", "--counting", "coercion")
    assert "basis=行政强制法第六十九条" in done.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_way_of_counting(cli: Cli, lang: str) -> None:
    shown = " ".join(cli("show", "--help", "--lang", lang).out.split())
    assert all(name in shown for name in profile_names())


def test_the_readme_lists_every_way_of_counting_and_its_example_file_is_valid(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}`" in readme for name in profile_names())
    path = tmp_path / "readme.toml"
    path.write_text(readme.split("```ini\n")[1].split("```")[0], encoding="utf-8")
    profile = counting_profile(str(path))
    assert (profile.roll, profile.first_day_counts, sorted(profile.working_amounts)) == ("value", True, [3, 5])
