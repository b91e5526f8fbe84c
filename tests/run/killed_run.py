"""Runs that are killed at random moments: a program for test_run_kill.py, no part of the package.

`python killed_run.py FOLDER DATABASE KILLS SEED`: forks a run KILLS times and kills each with all it
started, then lets one end. Letters are read and understood in the forked process itself: what is tested is the
archive, and loading the models 50 times would take minutes. Prints the number of letters stored after each kill.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from extract import jobs, run
from extract.checks.letters.between import between
from extract.readers import page, probe
from extract.readers.probed import Probe
from extract.records import Finding, Letter, Outcome, Page
from extract.settings import OcrMode, ReadSettings
from extract.store.archive import open_archive
from extract.understand import understand
from extract.understood import Understood

SETTINGS = run.RunSettings(read=ReadSettings(ocr=OcrMode.NEVER), jobs=2)


class Direct:
    """Reads and understands in this process."""

    is_closed = False

    def __init__(self, settings: ReadSettings) -> None:
        self.settings = settings

    def probe(self, path: Path) -> Probe:
        return probe.probe(path, self.settings)

    def read_page(self, path: Path, number: int) -> Page:
        return page.read_page(path, number, self.settings)

    def understand(self, letter: Letter) -> Understood:
        return understand(letter)

    def between(self, database: Path) -> tuple[tuple[str, Finding], ...]:
        with open_archive(database, create=False) as archive:
            return between(archive.records_for_between())

    def test(self) -> None: ...

    def close(self) -> None: ...


class First(run.Progress):
    """Notes when the first letter is stored."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.first = 0.0

    @property
    def seconds_to_first(self) -> float:
        return self.first - self.started

    def file_done(self, outcome: Outcome, pages: int) -> None:
        self.first = self.first or time.monotonic()


def fork_run(folder: Path, database: Path) -> int:
    child = os.fork()
    if child == 0:
        os.setsid()
        status = 1
        try:
            run.run([folder], database, SETTINGS)
            status = 0
        finally:
            os._exit(status)
    return child


def letters_in(database: Path) -> int | str:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM letters").fetchone()[0])
    except sqlite3.OperationalError:  # no tables yet, or a journal that only a writer may play back
        return "unknown"


def main(folder: Path, database: Path, kills: int, seed: int) -> None:
    jobs.readers = jobs.Pool(Direct)
    jobs.understanders = jobs.Pool(Direct)
    run.run([folder], database.with_suffix(".whole"), SETTINGS)  # loads the models, too
    database.with_suffix(".whole").unlink()
    clock = First()
    run.run([folder], database.with_suffix(".whole"), SETTINGS, clock)
    longest = 2 * clock.seconds_to_first + 4 * (time.monotonic() - clock.first) / kills
    moments = random.Random(seed)
    for _ in range(kills):
        child = fork_run(folder, database)
        time.sleep(moments.uniform(0, longest))
        os.killpg(child, signal.SIGKILL) if os.getpgid(child) == child else os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(letters_in(database), flush=True)
    _, status = os.waitpid(fork_run(folder, database), 0)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
