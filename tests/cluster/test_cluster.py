"""A real scheduler with workers in processes of their own, started by the commands of docs/cluster.md."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import run
from extract.records import Outcome, Status
from extract.run import RunSettings
from extract.store.moving import TABLES

pytest.importorskip("distributed")
DASK = Path(sys.executable).with_name("dask")
LETTERS = 24
WAIT = 120.0


def rows(path: Path) -> dict[str, list[str]]:
    """All rows of an archive but those of its runs, which hold times."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))
            for table in TABLES
            if table != "runs"
        }


@pytest.fixture
def folder(letter_file: Path) -> Path:
    """Letters of two pages, and files that are none."""
    text = letter_file.read_text(encoding="utf-8")
    for number in range(LETTERS):
        page = text.replace("412/SNV", f"{500 + number}/SNV")
        (letter_file.parent / f"{number:02d}.txt").write_text(f"{page}\fPhụ lục {number}\n", encoding="utf-8")
    (letter_file.parent / "empty.txt").touch()
    (letter_file.parent / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return letter_file.parent


class Cluster:
    """A scheduler and two workers."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._log = (folder / "dask.log").open("wb")
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.workers = [
            self._start("worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(2)
        ]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([DASK, *arguments], stdout=self._log, stderr=self._log, cwd=Path(self._log.name).parent)

    def wait(self) -> None:
        """Until both workers are there."""
        from distributed import Client

        end = time.monotonic() + WAIT
        while True:
            try:
                with Client(self.address, timeout=5) as client:
                    client.wait_for_workers(len(self.workers), timeout=WAIT)
                    return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    try:
        started.wait()
        yield started
    finally:
        started.stop()


class Killer(run.Progress):
    """Kills a worker, and all it has started, as a power cut would, when some files are done."""

    def __init__(self, victim: subprocess.Popen[bytes], after: int) -> None:
        self.victim, self.after, self.done = victim, after, 0

    def file_done(self, outcome: Outcome, pages: int = 0) -> None:
        self.done += 1
        if self.done == self.after:
            os.kill(self.victim.pid, signal.SIGKILL)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_worker_killed_in_the_middle_costs_nothing(folder: Path, tmp_path: Path, cluster: Cluster) -> None:
    killer = Killer(cluster.workers[0], after=5)
    summary = run.run([folder], tmp_path / "cluster.db", RunSettings(cluster=cluster.address), killer)
    assert cluster.workers[0].wait(timeout=10) == -signal.SIGKILL and cluster.workers[1].poll() is None
    assert (summary.count(Status.DONE), summary.count(Status.FAILED)) == (LETTERS + 1, 1)
    run.run([folder], tmp_path / "local.db", RunSettings())
    local = rows(tmp_path / "local.db")
    assert rows(tmp_path / "cluster.db") == local
    assert len(local["outcomes"]) == LETTERS + 3
    assert run.run([folder], tmp_path / "cluster.db", RunSettings()).new == 0
