"""The wheel carries what docmine needs, and nothing of the workshop."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import docmine
from conftest import ROOT
from docmine.rulebook import paths

pytest.importorskip("build")

PROBE = """
import docmine, sys
from docmine.rulebook.paths import models_dir, resources_dir
assert docmine.__file__.startswith(sys.argv[1]), docmine.__file__
assert models_dir() is not None and str(models_dir()).startswith(sys.argv[1])
assert resources_dir().is_dir()
record = docmine.mine_text("市水利局要于9月底前完成清淤。", date="2021-08-25")
print(record.deadlines[0].due)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    if "Missing dependencies" in done.stdout + done.stderr:
        pytest.skip("the build backend isn't installed here")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_module_and_resource(wheel: Path) -> None:
    package = ROOT / "src" / "docmine"
    expected = {
        f"docmine/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= names(wheel)
    assert "docmine/py.typed" in expected


def test_the_wheel_holds_the_models(wheel: Path) -> None:
    models = ROOT / "models"
    expected = {f"docmine/models/{p.relative_to(models).as_posix()}" for p in models.rglob("*") if p.is_file()}
    assert expected
    assert expected <= names(wheel)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert tops == {"docmine", f"docmine-{docmine.__version__}.dist-info"}


def test_the_metadata_is_complete(wheel: Path) -> None:
    folder = f"docmine-{docmine.__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read(f"{folder}/METADATA").decode())
        scripts = archive.read(f"{folder}/entry_points.txt").decode()
    assert metadata["Version"] == docmine.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert {f"{folder}/licenses/LICENSE", f"{folder}/licenses/NOTICE"} <= names(wheel)
    assert "docmine = docmine.cli:main" in scripts
    assert "docmine_record = docmine.spacy:make_record" in scripts


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    words = [sys.executable, "-c", PROBE, str(tmp_path)]
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "2021-09-30"


def test_the_checkout_finds_its_models_and_resources() -> None:
    assert paths.models_dir() == ROOT / "models"
    assert (paths.resources_dir() / "common" / "messages.toml").is_file()
    assert paths.model_dir("no-such-model") is None


def test_fingerprints_follow_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = paths.rules_fingerprint()
    (tmp_path / "own.toml").write_text("x = 1", encoding="utf-8")
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    paths.rules_fingerprint.cache_clear()
    first = paths.rules_fingerprint()
    (tmp_path / "own.toml").write_text("x = 2", encoding="utf-8")
    paths.rules_fingerprint.cache_clear()
    assert len({before, first, paths.rules_fingerprint()}) == 3
    paths.rules_fingerprint.cache_clear()


@pytest.mark.parametrize("script", ["scripts/setup", "scripts/check", ".ci/run"])
def test_scripts_are_sound_and_executable(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
