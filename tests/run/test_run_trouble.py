"""Hostile letters cost themselves; a sick machine costs no letter anything."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extract import jobs, run
from extract.apart import wire, worker
from extract.apart.guard import Understander
from extract.breaker import MOST_IN_A_ROW, Breaker
from extract.errors import (
    CongvanError,
    FileUnreadable,
    InputGone,
    MachineTrouble,
    NoRoomToWork,
    PathMissing,
    SelfTestFailed,
    WorkersCannotStart,
)
from extract.jobs import Pool
from extract.readers.guard import Guard
from extract.records import CheckKind, CheckVerdict, Finding, Outcome, Status
from extract.run import Progress, RunSettings
from extract.settings import ReadSettings

FAULTY = (sys.executable, "-P", str(Path(__file__).with_name("faulty_workers.py")))
QUICK = ReadSettings(page_seconds=20.0, letter_seconds=3.0)

RowsOf = Callable[[Path], dict[str, list[str]]]
OutcomesOf = Callable[[Path], dict[str, tuple[str, str]]]


@pytest.fixture(scope="module")
def faulty_understanders() -> Iterator[Pool[Understander]]:
    """Their models are loaded once for all tests here."""
    pool = Pool(lambda settings: Understander(settings, worker=(*FAULTY, "understanding")))
    yield pool
    pool.close()


@pytest.fixture
def faulty(folder: Path, faulty_understanders: Pool[Understander], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers with faults that files and letters ask for."""
    readers = Pool(lambda settings: Guard(settings, worker=(*FAULTY, "reading", str(folder))))
    monkeypatch.setattr(jobs, "readers", readers)
    monkeypatch.setattr(jobs, "understanders", faulty_understanders)
    monkeypatch.setattr(jobs, "SICK_SECONDS", 0.0)
    yield
    readers.close()


def test_a_text_that_hangs_crashes_or_fills_the_memory_is_one_outcome(
    folder: Path, tmp_path: Path, faulty: None, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    text = (folder / "412.txt").read_text(encoding="utf-8")
    for fault in ("FAULT", "LOOP", "CRASH", "MEMORY"):
        (folder / f"{fault}.txt").write_text(f"{text}\nPLANTED {fault}\n", encoding="utf-8")
    run.run([folder], tmp_path / "a.db", RunSettings(read=QUICK, jobs=2))
    found = outcomes(tmp_path / "a.db")
    for fault, says in (
        ("FAULT", "ZeroDivisionError: planted"),
        ("LOOP", "3 s"),
        ("CRASH", "SIGSEGV"),
        ("MEMORY", "MemoryError"),
    ):
        status, message = found[f"{fault}.txt"]
        assert status == "partial" and says in message and "stored as read" in message
    assert found["412.txt"] == ("done", "")
    stored = rows(tmp_path / "a.db")
    assert len(stored["letters"]) == 7
    assert any("PLANTED LOOP" in line for line in stored["lines"])


def test_a_check_of_another_package_that_fails_is_named_and_the_rest_is_stored(
    folder: Path, tmp_path: Path, faulty: None, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    text = (folder / "412.txt").read_text(encoding="utf-8")
    (folder / "412.txt").write_text(f"{text}\nPLANTED CHECK\n", encoding="utf-8")
    run.run([folder / "412.txt"], tmp_path / "a.db", RunSettings(read=QUICK))
    status, message = outcomes(tmp_path / "a.db")["412.txt"]
    assert status == "partial" and "check mine (mine:check) failed: KeyError: 'planted'" in message
    stored = rows(tmp_path / "a.db")
    assert stored["citations"] and stored["dates"]


def test_a_page_that_two_workers_die_on_is_to_blame(
    folder: Path, tmp_path: Path, faulty: None, outcomes: OutcomesOf
) -> None:
    shutil.copy(folder / "412.txt", folder / "crash.txt")
    (folder / "crash.txt").open("a").write("\n1")
    (folder / "killed-once.txt").write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    run.run([folder], tmp_path / "a.db", RunSettings(read=QUICK))
    found = outcomes(tmp_path / "a.db")
    assert found["crash.txt"][0] == "failed" and "SIGSEGV" in found["crash.txt"][1]
    assert found["killed-once.txt"] == ("done", "")


@pytest.mark.parametrize(
    ("name", "error"), [("full", NoRoomToWork), ("sick", SelfTestFailed), ("engine-gone", SelfTestFailed)]
)
def test_a_sick_machine_stops_the_run_and_no_letter_is_charged(
    folder: Path,
    tmp_path: Path,
    faulty: None,
    rows: RowsOf,
    outcomes: OutcomesOf,
    name: str,
    error: type[MachineTrouble],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / f"{name}.txt").write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    settings = RunSettings(read=ReadSettings(page_seconds=1.5, letter_seconds=QUICK.letter_seconds))
    with pytest.raises(error) as stopped:
        run.run([folder], tmp_path / "a.db", settings)
    assert stopped.value.exit_status == 6
    assert set(outcomes(tmp_path / "a.db")) <= {"412.txt", "413.txt", "414.txt", "empty.txt", "logo.svg"}
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "close_workers", lambda: None)
    run.run([folder], tmp_path / "a.db", RunSettings())
    run.run([folder], tmp_path / "whole.db", RunSettings())
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


def test_the_command_ends_with_its_own_status_where_nothing_can_be_understood(folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from extract import cli, jobs\n"
        "from extract.apart.guard import Understander\n"
        "jobs.SICK_SECONDS = 0.0\n"
        "jobs.understanders = jobs.Pool(lambda s: Understander(s, worker=(sys.executable, '-c', 'exit(3)')))\n"
        "cli.main(sys.argv[1:])\n"
    )
    database, log = tmp_path / "a.db", tmp_path / "run.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", program, "run", str(folder), "-o", str(database), "--log", str(log)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 6
    assert "cannot start (ended with status 3)" in done.stderr and "Traceback" not in done.stderr
    assert '"event": "stopped"' in log.read_text(encoding="utf-8").splitlines()[-1]


def test_workers_that_cannot_start_are_not_the_letters_fault(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcomes: OutcomesOf
) -> None:
    monkeypatch.setattr(jobs, "SICK_SECONDS", 0.0)
    monkeypatch.setattr(jobs, "readers", Pool(lambda settings: Guard(settings, worker=("/no/such/program",))))
    with pytest.raises(NoRoomToWork):
        run.run([folder], tmp_path / "a.db", RunSettings())
    monkeypatch.setattr(
        jobs, "readers", Pool(lambda settings: Guard(settings, worker=(sys.executable, "-c", "print('no')")))
    )
    with pytest.raises(CongvanError) as refused:
        run.run([folder], tmp_path / "a.db", RunSettings())
    assert isinstance(refused.value, WorkersCannotStart)
    assert outcomes(tmp_path / "a.db") == {}


class Removing(Progress):
    """Progress during which the folder of the letters goes away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file_done(self, outcome: Outcome, pages: int) -> None:
        if self.folder.exists():
            self.folder.rename(self.folder.with_name("elsewhere"))


def test_letters_that_went_away_are_not_charged(
    folder: Path, tmp_path: Path, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    text = (folder / "412.txt").read_text(encoding="utf-8")
    for number in range(500, 580):
        (folder / f"{number}.txt").write_text(text.replace("412/SNV", f"{number}/SNV"), encoding="utf-8")
    with pytest.raises(InputGone):
        run.run([folder], tmp_path / "a.db", RunSettings(), Removing(folder))
    assert {status for status, _ in outcomes(tmp_path / "a.db").values()} == {"done"}
    folder.with_name("elsewhere").rename(folder)
    run.run([folder], tmp_path / "a.db", RunSettings())
    assert len(rows(tmp_path / "a.db")["letters"]) == 83


def outcome(name: str) -> Outcome:
    return Outcome(name, None, Status.FAILED)


def test_the_breaker_charges_what_something_read_later_clears(tmp_path: Path) -> None:
    charged: list[Outcome] = []
    (tmp_path / "letter.txt").touch()
    breaker = Breaker([tmp_path], charged.append)
    assert breaker.hold(outcome("gone"), PathMissing("gone"))
    assert breaker.hold(outcome("broken disk"), FileUnreadable("broken disk", "Input/output error"))
    assert charged == []
    assert not breaker.hold(outcome("locked"), FileUnreadable("locked", "Permission denied"))
    assert [one.path for one in charged] == ["gone", "broken disk"]
    with pytest.raises(InputGone, match="20 files in a row"):
        for number in range(MOST_IN_A_ROW):
            breaker.hold(outcome(str(number)), PathMissing("gone"))
    assert len(charged) == 2


def test_an_empty_place_is_one_that_is_gone(tmp_path: Path) -> None:
    breaker = Breaker([tmp_path], lambda outcome: pytest.fail("charged"))
    breaker.hold(outcome("gone"), PathMissing("gone"))
    with pytest.raises(InputGone, match="empty now"):
        breaker.settle()


def test_findings_between_letters_come_in_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However many an archive has, the run holds some hundreds at a time."""
    finding = Finding(CheckKind.CONSISTENCY, "", (), None, None, CheckVerdict.DIFFERS, None, ())
    pairs = [(f"{number:04}", finding) for number in range(1001)]
    monkeypatch.setattr(worker, "_findings_between", lambda database: iter(pairs))
    requests = [wire.Hello(QUICK), wire.BetweenRequest(b"a.db"), wire.MoreRequest(), wire.MoreRequest()]
    asked, told = io.BytesIO(b"".join(wire.encode(one) + b"\n" for one in requests)), io.BytesIO()
    monkeypatch.setattr(worker.confine, "limit", lambda *_, **__: None)
    worker.serve(asked, told)
    _, *replies = [wire.decode_reply.decode(line) for line in told.getvalue().splitlines()]
    assert [(len(reply.findings), reply.more) for reply in replies] == [(500, True), (500, True), (1, False)]
    assert [pair for reply in replies for pair in reply.findings] == pairs


class Idler:
    """A worker that does nothing."""

    is_closed = False

    def __init__(self, settings: ReadSettings) -> None:
        self.settings = settings

    def close(self) -> None:
        self.is_closed = True


def held(pool: Pool[Idler]) -> Idler:
    with pool.borrow(QUICK) as worker:
        return worker


def test_a_job_waits_for_a_worker_as_long_as_a_start_would_cost() -> None:
    pool = Pool(Idler, patience=0.4)
    with pool.borrow(QUICK) as first, pool.borrow(QUICK) as second:  # none has served: both start at once
        assert second is not first
    with ThreadPoolExecutor(1) as threads, pool.borrow(QUICK) as first:
        with pool.borrow(QUICK) as second:
            waiting = threads.submit(held, pool)
            time.sleep(0.1)
        assert waiting.result(timeout=5) is second
    with pool.borrow(QUICK) as first, pool.borrow(QUICK) as second, pool.borrow(QUICK) as third:
        assert len({id(one) for one in (first, second, third)}) == 3
        began = time.monotonic()
        assert held(pool) not in (first, second, third)
        assert time.monotonic() - began < 0.2, "its patience is used up"
    pool.close()


def test_a_job_waits_for_the_worker_that_is_starting() -> None:
    pool = Pool(Idler)
    with ThreadPoolExecutor(1) as threads:
        with pool.borrow(QUICK, to_start=True) as first:
            waiting = threads.submit(held, pool)
            time.sleep(0.1)
            assert not waiting.done()
        assert waiting.result(timeout=5) is first
    pool.close()


def test_a_job_that_waits_when_the_run_ends_gets_a_worker_that_is_closed() -> None:
    pool = Pool(Idler, patience=60.0)
    held(pool)
    with ThreadPoolExecutor(1) as threads, pool.borrow(QUICK):
        waiting = threads.submit(held, pool)
        time.sleep(0.1)
        pool.close()
        assert waiting.result(timeout=5).is_closed
