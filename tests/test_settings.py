from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from docmine.errors import SettingsError
from docmine.settings import Limits, Settings, load_settings, parse_anchors

FULL = """
date = 2021-08-25
include_text = true
models = false
lang = "zh"
counting = "petition"
calendar = "days.tsv"
clean_steps = ["page_marks", "hard_wraps"]

[anchors]
"接件" = 2021-08-22
"受理" = 2021-08-23T09:30:00

[limits]
seconds = 10
memory_mb = 512
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "docmine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_can_stand_in_the_file(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, FULL)) == Settings(
        date=dt.date(2021, 8, 25),
        include_text=True,
        models=False,
        lang="zh",
        counting="petition",
        calendar=str(tmp_path / "days.tsv"),
        clean_steps=("page_marks", "hard_wraps"),
        anchors={"接件": dt.date(2021, 8, 22), "受理": dt.datetime(2021, 8, 23, 9, 30)},
        limits=Limits(seconds=10, memory_mb=512),
    )


def test_the_working_folders_file_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    write(tmp_path, 'lang = "en"')
    assert load_settings().lang == "en"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour"),
        ('lang = "fr"', "lang"),
        ('date = "August"', "date"),
        ("include_text = 1", "include_text"),
        ('clean_steps = "all"', "clean_steps"),
        ("anchors = 3", "anchors"),
        ('anchors."接件" = "soon"', "接件"),
        ("limits.seconds = 0", "seconds"),
        ("limits.memory_mb = 1.5", "memory_mb"),
        ("limits.days = 1", "limits"),
        ("counting = 1", "counting"),
        ('counting = ""', "counting"),
        ("calendar = 2021-08-22", "calendar"),
        ('calendar = ""', "calendar"),
        ("date = ", "TOML"),
        ("接件 = 2021-08-22", "TOML"),
    ],
)
def test_a_wrong_setting_is_named_and_has_a_remedy(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        load_settings(write(tmp_path, text))
    assert caught.value.remedy


def test_the_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text("colour = 1", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"office\.toml: no setting is called 'colour'"):
        load_settings(path)


def test_files_lie_beside_the_settings_file_unless_their_path_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    loaded = load_settings(write(folder, 'counting = "county.toml"\ncalendar = "/days/2027.tsv"'))
    assert (loaded.counting, loaded.calendar) == (str(folder / "county.toml"), "/days/2027.tsv")


def test_settings_travel_to_other_processes() -> None:
    settings = Settings(counting="petition", calendar=Path("days.tsv"), anchors={"接件": dt.date(2021, 8, 22)})
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_a_missing_file_that_was_asked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be opened"):
        load_settings(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("接件=2021-08-22", {"接件": dt.date(2021, 8, 22)}),
        ("接件＝2021-08-22", {"接件": dt.date(2021, 8, 22)}),
        (" 受理 = 2021-08-22T14:00 ", {"受理": dt.datetime(2021, 8, 22, 14)}),
        ("受理=2021-08-22T24:00", {"受理": dt.datetime(2021, 8, 23)}),
        ("受理=2021-12-31 24:00", {"受理": dt.datetime(2022, 1, 1)}),
    ],
)
def test_anchors_of_the_command_line(pair: str, expected: dict[str, dt.date]) -> None:
    assert parse_anchors([pair]) == expected


@pytest.mark.parametrize(
    "pair",
    [
        "接件",
        "=2021-08-22",
        "接件=",
        "接件=22.8.2021",
        "接件=2021-08-22T10:00+08:00",
        "接件=2021-08-22T24:30",
        "接件=9999-12-31T24:00",
    ],
)
def test_wrong_anchors_are_refused(pair: str) -> None:
    with pytest.raises(SettingsError):
        parse_anchors([pair])


def test_an_event_with_two_dates_is_refused() -> None:
    assert parse_anchors(["接件=2021-08-22", "接件=2021-08-22"]) == {"接件": dt.date(2021, 8, 22)}
    with pytest.raises(SettingsError, match="接件=2021-08-23"):
        parse_anchors(["接件=2021-08-22", "接件=2021-08-23"])
