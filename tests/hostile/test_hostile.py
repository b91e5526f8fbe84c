"""A run over files that break programs: no traceback, no hang, one outcome each, good letters stored, nothing run."""

from __future__ import annotations

import hashlib
import json
import resource
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.readers.find import show_path
from extract.settings import ReadSettings
from extract.store import storable

PROGRAM = Path(sys.executable).with_name("extract")
PAGE_SECONDS = 10
LONGEST = 900  # seconds; for a machine that does much else


def load_maker() -> ModuleType:
    spec = spec_from_file_location("make_files", Path(__file__).with_name("make_files.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKER = load_maker()


@dataclass(frozen=True, slots=True)
class Night:
    """A run that is over."""

    folder: Path
    database: Path
    put: list[Any]
    status: int
    said: str
    complained: str
    outcomes: dict[str, dict[str, object]]
    visitors: int
    peak_mb: float


@contextmanager
def listening(port: int) -> Iterator[list[object]]:
    """Who connects to the port that the hostile files name; nobody can, where the port may not be had."""
    visitors: list[object] = []
    with socket.socket() as server:
        try:
            server.bind(("127.0.0.1", port))
        except OSError:
            yield visitors
            return
        server.listen()
        server.settimeout(0.2)
        done = threading.Event()

        def wait() -> None:
            while not done.is_set():
                try:
                    visitors.append(server.accept()[1])
                except TimeoutError:
                    continue

        waiting = threading.Thread(target=wait)
        waiting.start()
        try:
            yield visitors
        finally:
            done.set()
            waiting.join()


def shown(put: Any) -> str:
    """The path of a file as the archive has it."""
    return storable(show_path(put.path))


def run(folder: Path, database: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "run", folder, "-o", database, "--jobs", "2", "--page-seconds", str(PAGE_SECONDS)],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        cwd=database.parent,
        check=False,
    )


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    base = tmp_path_factory.mktemp("hostile")
    folder, database = base / "letters", base / "archive.db"
    put = MAKER.write_files(folder)
    with listening(9) as visitors:
        ran = run(folder, database)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        outcomes = {row["path"]: dict(row) for row in connection.execute("SELECT * FROM outcomes")}
    yield Night(folder, database, put, ran.returncode, ran.stdout, ran.stderr, outcomes, len(visitors), peak)
    (folder / "special" / "locked").chmod(0o700)


def test_the_files_are_the_same_every_time() -> None:
    def digest() -> str:
        total = hashlib.sha256()
        for made in MAKER.every_file(slow=False):
            total.update(made.name + b"\0" + hashlib.sha256(made.content).digest())
        return total.hexdigest()

    assert digest() == digest()


def test_the_run_ends_with_some_failed_and_no_traceback(night: Night) -> None:
    assert night.status == 3, night.complained[-2000:]
    assert "Traceback" not in night.complained + night.said


def test_every_file_has_one_outcome_and_nothing_else_has(night: Night) -> None:
    assert set(night.outcomes) == {shown(put) for put in night.put}
    assert len(night.put) > 200


def test_every_file_ends_as_it_should(night: Night) -> None:
    wrong = []
    for put in night.put:
        outcome = night.outcomes[shown(put)]
        message = str(outcome["message"] or "")
        slow = "longer than the limit" in message
        if outcome["status"] not in put.ends and not (slow and not put.good):
            wrong.append((put.path.name, outcome["status"], message))
        elif put.says and outcome["status"] == "failed" and put.says not in message and not slow:
            wrong.append((put.path.name, put.says, message))
        elif outcome["status"] in ("failed", "skipped") and "; " not in message:
            wrong.append((put.path.name, "says not what to do", message))
    assert wrong == []


def test_good_letters_among_them_are_stored(night: Night) -> None:
    with sqlite3.connect(night.database) as connection:
        stored = {path for (path,) in connection.execute("SELECT path FROM letters WHERE number IS NOT NULL")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    good = {shown(put) for put in night.put if put.good}
    assert len(good) > 20 and good <= stored


def test_nothing_was_run_or_fetched(night: Night) -> None:
    left = {path.name for path in night.database.parent.iterdir()}
    assert left == {"letters", "archive.db"}
    assert not [path for path in night.folder.rglob("*run-by-*") if path.suffix != ".txt"]
    assert not list(Path("/tmp").glob("run-by-*"))
    assert night.visitors == 0


def test_no_process_needed_more_memory_than_the_limit(night: Night) -> None:
    assert night.peak_mb < ReadSettings().memory_mb


def test_a_second_run_reads_no_page(night: Night) -> None:
    again = run(night.folder, night.database)
    assert "nothing to do" in again.stdout or " 0 pages read" in again.stdout, again.stdout + again.stderr
    said = subprocess.run(
        [PROGRAM, "status", night.database, "--format", "json", "--all"], capture_output=True, text=True, check=True
    )
    assert len(json.loads(said.stdout)) == len(night.put)
