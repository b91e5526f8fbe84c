"""One run that is measured: `python -m benchmarks.batch_run FOLDER DATABASE JOBS [RULES]` prints its cost as JSON.

With RULES the run believes that its rules are others than those of the last run.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from extract import jobs, run
from extract.records import Outcome
from extract.run import Progress, RunSettings


class Clock(Progress):
    """Notes when the first and the last file was done."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.last = 0.0
        self.files = 0

    def file_done(self, outcome: Outcome, pages: int) -> None:
        """Note the time."""
        self.last = time.monotonic()
        self.first = self.first or self.last
        self.files += 1


def main(folder: str, database: str, jobs_at_a_time: str, rules: str | None = None) -> None:
    """Run and print seconds, processor seconds and peak memory."""
    clock, own, started = Clock(), resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    with patch.object(run, "understanding_fingerprint", lambda: rules) if rules else nullcontext():
        summary = run.run([Path(folder)], Path(database), RunSettings(jobs=int(jobs_at_a_time)), clock)
    wall = time.monotonic() - started
    jobs.close_workers()
    after, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    between = (clock.last - clock.first) / max(1, clock.files - 1) if clock.first is not None else 0.0
    print(
        json.dumps(
            {
                "seconds": wall,
                "seconds_a_file": between,
                "files": clock.files,
                "pages": summary.pages,
                "parent_cpu": after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime,
                "workers_cpu": workers.ru_utime + workers.ru_stime,
                "parent_mb": after.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
