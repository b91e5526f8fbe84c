"""No room, or somebody else at work: the run stops cleanly, no letter is charged, and the next one goes on."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extract import run
from extract.errors import DatabaseFull, DatabaseInUse, DatabaseNotWritable
from extract.run import RunSettings
from extract.store.archive import Archive, open_archive

EXTRACT = Path(sys.executable).with_name("extract")

RowsOf = Callable[[Path], dict[str, list[str]]]
OutcomesOf = Callable[[Path], dict[str, tuple[str, str]]]


@pytest.fixture
def many(folder: Path) -> Path:
    text = (folder / "412.txt").read_text(encoding="utf-8")
    for number in range(500, 530):
        (folder / f"{number}.txt").write_text(text.replace("412/SNV", f"{number}/SNV"), encoding="utf-8")
    return folder


def test_a_full_database_stops_the_run_and_it_goes_on_later(
    many: Path, tmp_path: Path, rows: RowsOf, outcomes: OutcomesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def small(path: Path, *, create: bool) -> Iterator[Archive]:
        with open_archive(path, create=create) as archive:
            archive.connection.execute("PRAGMA max_page_count = 180")
            yield archive

    with monkeypatch.context() as patch:
        patch.setattr(run, "open_archive", small)
        with pytest.raises(DatabaseFull) as full:
            run.run([many], tmp_path / "a.db", RunSettings())
    assert full.value.exit_status == 5
    found = outcomes(tmp_path / "a.db")
    assert 0 < len(found) < 35
    assert {name for name, (status, _) in found.items() if status == "failed"} <= {"empty.txt"}
    run.run([many], tmp_path / "a.db", RunSettings())
    run.run([many], tmp_path / "whole.db", RunSettings())
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))


def test_a_file_that_may_not_grow_stops_the_run_without_a_traceback(
    many: Path, tmp_path: Path, outcomes: OutcomesOf
) -> None:
    command = [EXTRACT, "run", many, "-o", tmp_path / "a.db", "--ocr", "never"]
    stopped = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit_files)
    assert stopped.returncode == 5 and "Traceback" not in stopped.stderr
    assert len(stopped.stderr.splitlines()) == 1
    assert len(outcomes(tmp_path / "a.db")) < 35
    assert subprocess.run(command, capture_output=True, check=False).returncode == 3  # empty.txt
    assert len(outcomes(tmp_path / "a.db")) == 35


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs root and the right to mount")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_stops_the_run_and_it_goes_on_with_more_room(
    many: Path, small_disk: Path, tmp_path: Path, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    database = small_disk / "a.db"
    with pytest.raises((DatabaseFull, DatabaseNotWritable)):
        run.run([many], database, RunSettings())
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert {name for name, (status, _) in outcomes(database).items() if status == "failed"} <= {"empty.txt"}
    run.run([many], database, RunSettings())
    run.run([many], tmp_path / "whole.db", RunSettings())
    assert rows(database) == rows(tmp_path / "whole.db")


def test_a_second_run_says_who_is_at_work(folder: Path, tmp_path: Path) -> None:
    with (
        open_archive(tmp_path / "a.db", create=True),
        pytest.raises(DatabaseInUse, match=f"process {os.getpid()} on .* since 20"),
    ):
        run.run([folder], tmp_path / "a.db", RunSettings())
