"""An archive as CSV and JSON lines."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from types import ModuleType

import pytest

from extract.export.tables import TABLES, VIEWS, FileWhereFolder, write_tables
from extract.records import Outcome, Status
from extract.store import open_archive


@pytest.fixture
def database(tmp_path: Path, make: ModuleType) -> Path:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
        archive.put_outcome(Outcome('a,"b"\nc.pdf', None, Status.FAILED, None, None, "đã hỏng"), "fp")
    return path


def test_every_table_is_written_whole(database: Path, tmp_path: Path) -> None:
    for form in ("csv", "jsonl"):
        folder = tmp_path / form / "deep"
        with open_archive(database, create=False) as archive:
            written = write_tables(archive, folder, form)
            again = {path.name: path.read_bytes() for path, _ in written}
            write_tables(archive, folder, form)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == again
        assert sorted(again) == sorted(f"{name}.{form}" for name in (*TABLES, *VIEWS))
        connection = sqlite3.connect(database)
        for path, rows in written:
            assert connection.execute(f"SELECT count(*) FROM {path.stem}").fetchone() == (rows,), path
        connection.close()


def test_values_come_back(database: Path, tmp_path: Path) -> None:
    with open_archive(database, create=False) as archive:
        write_tables(archive, tmp_path / "csv", "csv")
        write_tables(archive, tmp_path / "jsonl", "jsonl")
    with (tmp_path / "csv" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["path"], row["message"]) for row in rows] == [('a,"b"\nc.pdf', "đã hỏng"), ("letters/12.pdf", "")]
    lines = (tmp_path / "jsonl" / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["value"] == 67.9
    assert json.loads(lines[0])["previous"] is None


def test_tables_are_those_of_the_archive(database: Path) -> None:
    connection = sqlite3.connect(database)
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"))
    connection.close()
    inner = {"letter_records", "readings", "state", "tasks_with_deadline"}
    assert {name for name in kinds if not name.startswith("letters_fts")} - inner == {*TABLES, *VIEWS}


def test_a_folder_that_is_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with open_archive(database, create=False) as archive, pytest.raises(FileWhereFolder, match="taken"):
        write_tables(archive, tmp_path / "taken", "csv")
