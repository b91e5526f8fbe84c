"""A run that is killed or interrupted, at any moment, loses nothing and leaves nobody behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.stopping import Stopped, Stopping, exit_status

EXTRACT = Path(sys.executable).with_name("extract")
KILLED_RUN = Path(__file__).with_name("killed_run.py")
KILLS, SEED = 50, 7

RowsOf = Callable[[Path], dict[str, list[str]]]


def write_letters(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        cited = f"Công văn số {max(1, number - 3)}/SNV-VP ngày 14/3/2024"
        head = f"Số: {number}/SNV-VP Huế, ngày 14 tháng 3 năm 2024\n\nKính gửi: Sở Y tế.\n"
        text = f"{head}\nTheo {cited}, có {number} xã.\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def descendants_of(pid: int) -> list[int]:
    """The process and all it started, by the parents that /proc tells."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_fifty_kills_end_in_the_rows_of_one_run(tmp_path: Path, rows: RowsOf) -> None:
    write_letters(tmp_path / "letters", 120)
    database = tmp_path / "a.db"
    done = subprocess.run(
        [sys.executable, "-P", KILLED_RUN, tmp_path / "letters", database, str(KILLS), str(SEED)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split()
    stored = [int(line) for line in lines if line.isdigit()]
    assert len(lines) == KILLS and stored == sorted(stored)
    assert len(set(stored)) > 5, "the kills must land in the middle of the work"
    expected = rows(database.with_suffix(".whole"))
    assert len(expected["letters"]) == 120 and len(expected["links"]) > 100
    assert rows(database) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "a.whole", "letters"]


def test_runs_killed_with_their_workers_go_on(tmp_path: Path, rows: RowsOf) -> None:
    write_letters(tmp_path / "letters", 40)
    moments, database = random.Random(SEED), tmp_path / "a.db"
    command = [EXTRACT, "run", tmp_path / "letters", "-o", database, "--ocr", "never", "--jobs", "2"]
    for _ in range(3):
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 3.5))
        for pid in descendants_of(started.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        started.wait()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    whole = [tmp_path / "whole.db" if part == database else part for part in command]
    assert subprocess.run(whole, capture_output=True, check=False).returncode == 0
    assert rows(database) == rows(tmp_path / "whole.db")


@pytest.fixture
def _hears_signals() -> Iterator[None]:
    """Signals as in a terminal: a shell's background ignores SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_hears_signals")
def test_what_must_not_be_cut_in_two_is_done_before_the_signal_counts() -> None:
    stopping, done = Stopping(), []
    before = signal.getsignal(signal.SIGTERM)
    with stopping.listening():
        with pytest.raises(Stopped) as stopped, stopping.put_off():
            signal.raise_signal(signal.SIGTERM)
            done.append("whole")
        assert done == ["whole"] and exit_status(stopped.value) == 143
        with pytest.raises(Stopped, match="SIGINT"):
            signal.raise_signal(signal.SIGINT)
        stopping.ignore()
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_signal_that_was_lost_counts_after_the_next_letter() -> None:
    stopping = Stopping()
    with stopping.listening():
        with contextlib.suppress(Stopped):  # as in a callback of a library that swallows errors
            signal.raise_signal(signal.SIGTERM)
        with pytest.raises(Stopped, match="SIGTERM"), stopping.put_off():
            pass


def test_a_signal_that_is_to_be_ignored_is_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with Stopping().listening():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


def hear_interrupts() -> None:
    """A shell makes what it starts in the background deaf to SIGINT, and what that starts in turn."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_workers_end_with_their_run(tmp_path: Path, how: signal.Signals) -> None:
    write_letters(tmp_path / "letters", 60)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    log = tmp_path / "run.jsonl"
    started = subprocess.Popen(
        [EXTRACT, "run", tmp_path / "letters", "-o", tmp_path / "a.db", "--ocr", "never", "--log", log],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
        preexec_fn=hear_interrupts,
    )
    assert wait_for(lambda: log.exists() and '"event": "file"' in log.read_text(encoding="utf-8"), 120)
    family = descendants_of(started.pid)
    assert len(family) >= 3
    started.send_signal(how)
    said, complained = started.communicate(timeout=60)
    if how is not signal.SIGKILL:
        assert started.returncode == 128 + how and complained == ""
        assert "interrupted; go on with:" in said and "in the archive:" in said
        assert '"interrupted": true' in log.read_text(encoding="utf-8").splitlines()[-1]
        asked = subprocess.run([EXTRACT, "status", tmp_path / "a.db"], capture_output=True, text=True, check=False)
        assert "not finished" in asked.stdout and "did not end" in asked.stdout
    assert wait_for(lambda: not any(is_running(pid) for pid in family), 30)
    assert wait_for(lambda: not list(scratch.iterdir()), 5)
