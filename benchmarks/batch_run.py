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
from extract.run import RunSettings


def main(folder: str, database: str, jobs_at_a_time: str, rules: str | None = None) -> None:
    """Run and print seconds, processor seconds and peak memory."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    with patch.object(run, "understanding_fingerprint", lambda: rules) if rules else nullcontext():
        summary = run.run([Path(folder)], Path(database), RunSettings(jobs=int(jobs_at_a_time)))
    wall = time.monotonic() - started
    jobs.close_workers()
    after, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "seconds": wall,
                "files": summary.new,
                "pages": summary.pages,
                "parent_cpu": after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime,
                "workers_cpu": workers.ru_utime + workers.ru_stime,
                "parent_mb": _peak_kilobytes(after) / 1024,
            }
        )
    )


def _peak_kilobytes(usage: resource.struct_rusage) -> int:
    """The most memory that this process held; `ru_maxrss` has what the one that started it held then, too."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), usage.ru_maxrss)


if __name__ == "__main__":
    main(*sys.argv[1:])
