"""Scoring models and checks of a user's own, as docs/using.md shows them, through the command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USING = (ROOT / "docs" / "using.md").read_text(encoding="utf-8")
LETTER = """UBND TỈNH LÂM ĐỒNG

Lâm Đồng, ngày 12 tháng 3 năm 2024

BÁO CÁO

Kết quả năm 2023

Bộ chỉ số phục vụ nhân dân: huyện Di Linh đạt 64,5 điểm, được xếp loại Tốt trong năm 2023.
"""


def example(start: str) -> str:
    """The indented example of docs/using.md that begins with `start`."""
    for block in re.findall(r"(?:^ {4}.*\n|^\n)+", USING, re.M):
        text = re.sub(r"^ {4}", "", block, flags=re.M).strip("\n")
        if text.startswith(start):
            return text
    raise AssertionError(start)


def extract(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("extract"), *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    models, package = tmp_path / "models", tmp_path / "mine-1.0.dist-info"
    models.mkdir()
    package.mkdir()
    (models / "phuc-vu.toml").write_text(example('id = "phuc-vu"'), encoding="utf-8")
    (tmp_path / "mine.py").write_text(example("from datetime import date"), encoding="utf-8")
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n", encoding="utf-8")
    (package / "entry_points.txt").write_text("[congvan.checks]\nsundays = mine:sundays\n", encoding="utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    return tmp_path


def test_a_letter_is_checked_by_a_users_model_and_check(folder: Path) -> None:
    done = extract("show", folder / "letter.txt", "--format", "json", "--models", folder / "models",
                   PYTHONPATH=f"{ROOT}{os.pathsep}{folder}")  # fmt: skip
    assert done.returncode == 0, done.stderr
    checks = json.loads(done.stdout)["checks"]
    classes = [(one["reported"], one["computed"], one["verdict"]) for one in checks if one["kind"] == "class_band"]
    assert classes == [("Tốt", "Khá", "differs")]
    assert [one["note"] for one in checks if one["statement"].startswith("Văn bản ký")] == ["ngày 12/03/2024 là thứ 3"]


def test_a_folder_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    for command in (["models"], ["show", folder / "letter.txt"], ["run", folder / "letter.txt"]):
        done = extract(*command, "--models", folder / "none")
        assert done.returncode == 2
        assert "no such folder of scoring models" in done.stderr and "Traceback" not in done.stderr


def test_models_are_listed_from_the_environment(folder: Path) -> None:
    done = extract("models", "phuc-vu", CONGVAN_MODELS=str(folder / "models"))
    assert done.returncode == 0, done.stderr
    assert "Bộ chỉ số phục vụ nhân dân" in done.stdout


def test_an_archive_is_checked_by_a_users_model_and_anew_when_it_changes(folder: Path) -> None:
    run = ("run", folder / "letter.txt", "-o", folder / "a.db", "--models", folder / "models")
    assert extract(*run).returncode == 0
    found = extract("check", folder / "a.db", "--format", "json")
    assert [(one["reported"], one["computed"]) for one in json.loads(found.stdout)] == [("Tốt", "Khá")]
    assert found.returncode == 1
    model = folder / "models" / "phuc-vu.toml"
    model.write_text(model.read_text(encoding="utf-8").replace("= 80", "= 60"), encoding="utf-8")
    assert extract(*run).returncode == 0
    found = extract("check", folder / "a.db", "--format", "json")
    assert (found.returncode, json.loads(found.stdout)) == (0, [])


def test_a_users_check_that_fails_is_named(folder: Path) -> None:
    (folder / "mine.py").write_text("def sundays(records, reading):\n    return records.deadline\n", encoding="utf-8")
    shown = extract("show", folder / "letter.txt", PYTHONPATH=f"{ROOT}{os.pathsep}{folder}")
    assert shown.returncode == 3
    assert "check sundays (mine:sundays) failed: AttributeError" in shown.stderr


def test_the_package_is_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "extract", "--version"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("extract")
