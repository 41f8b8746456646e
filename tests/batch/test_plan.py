from __future__ import annotations

from pathlib import Path

import pytest

from docmine.batch.plan import plan
from docmine.errors import SettingsError


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def names(root: Path, *inputs: Path) -> list[str]:
    return [item.name for item in plan(inputs or [root]).items]


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    make(tmp_path, "b/2.txt", "b/10.txt", "a.docx", "a.pdf", "c/d/e.md")
    assert names(tmp_path) == ["a.docx", "a.pdf", "b/10.txt", "b/2.txt", "c/d/e.md"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden", "hidden"),
        (".git/config", "hidden"),
        ("~$纪要.docx", "temporary"),
        (".~lock.纪要.odt#", "temporary"),
        ("~WRL0003.tmp", "temporary"),
        ("Thumbs.db", "temporary"),
    ],
)
def test_what_nobody_wants_read_is_skipped_and_told(tmp_path: Path, name: str, reason: str) -> None:
    make(tmp_path, "keep.txt", name)
    found = plan([tmp_path])
    assert [item.name for item in found.items] == ["keep.txt"]
    assert [(each.name, each.reason) for each in found.skipped] == [(name.split("/")[0], reason)]


@pytest.mark.parametrize("name", ["~纪要.docx", "a~$b.docx", "my.Thumbs.db.txt", "a.tmp"])
def test_names_that_only_look_temporary_are_read(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert names(tmp_path) == [name]


def test_a_file_named_by_the_user_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.txt")
    assert names(tmp_path, tmp_path / ".hidden.txt") == [".hidden.txt"]


def test_the_output_folder_inside_the_input_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "out/a.txt.json", "out/manifest.jsonl")
    found = plan([tmp_path], output=tmp_path / "out")
    assert [item.name for item in found.items] == ["a.txt"]
    assert [each.reason for each in found.skipped] == ["output"]


def test_several_folders_keep_apart_by_their_names(tmp_path: Path) -> None:
    make(tmp_path, "x/2021/a.txt", "y/2021/a.txt", "z.txt")
    found = plan([tmp_path / "x" / "2021", tmp_path / "y" / "2021", tmp_path / "z.txt"])
    assert [item.name for item in found.items] == ["2021/a.txt", "2021 (2)/a.txt", "z.txt"]


def test_files_of_one_name_get_numbers(tmp_path: Path) -> None:
    make(tmp_path, "x/a.docx", "y/a.docx", "y/README")
    inputs = [tmp_path / "x/a.docx", tmp_path / "y/a.docx", tmp_path / "y/README"]
    assert names(tmp_path, *inputs) == ["a.docx", "a (2).docx", "README"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert names(tmp_path, tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_links_are_not_followed_round_and_round(tmp_path: Path) -> None:
    make(tmp_path, "a/b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = plan([tmp_path])
    assert [item.name for item in found.items] == ["a/b.txt"]
    assert sorted((each.name, each.reason) for each in found.skipped) == [("a/up", "link"), ("gone.txt", "link")]


def test_a_missing_input_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        plan([tmp_path / "none"])
