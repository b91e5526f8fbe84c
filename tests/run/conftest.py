"""What tests of the run share: a folder of letters, rows to compare, workers that stay for the next test."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extract import jobs

VARYING = {"runs"}
SHADOW = "letters_fts_"  # how FTS5 lays its index out depends on the order of insertion; what it finds does not

Rows = dict[str, list[str]]


@pytest.fixture(scope="session", autouse=True)
def _workers_stay() -> Iterator[None]:
    """Runs one after another use the same workers: starting them is most of what a small run costs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "close_workers", lambda: None)
        yield
    jobs.close_workers()


@pytest.fixture
def folder(letter_file: Path) -> Path:
    """Three letters, one of them citing another, and files that are none."""
    text = letter_file.read_text(encoding="utf-8")
    for number in ("413", "414"):
        content = text.replace("412/SNV", f"{number}/SNV").replace(
            "Kế hoạch số 35/KH-UBND ngày 02/02/2024", "Công văn số 412/SNV-CCHC ngày 14/3/2024"
        )
        letter_file.with_name(f"{number}.txt").write_text(content, encoding="utf-8")
    (letter_file.parent / "empty.txt").touch()
    (letter_file.parent / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return letter_file.parent


def rows_of(database: Path) -> Rows:
    """All rows of all tables, but those that hold times."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {
            name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            for name in names
            if name not in VARYING and not name.startswith(("sqlite_", SHADOW))
        }


def outcomes_of(database: Path) -> dict[str, tuple[str, str]]:
    """Status and message of every file, by its name."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return {
            Path(path).name: (status, message or "")
            for path, status, message in connection.execute("SELECT path, status, message FROM outcomes")
        }


@pytest.fixture
def rows() -> Callable[[Path], Rows]:
    return rows_of


@pytest.fixture
def outcomes() -> Callable[[Path], dict[str, tuple[str, str]]]:
    return outcomes_of
