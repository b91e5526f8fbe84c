"""`python -m benchmarks [NAME…]`: run the benchmarks, print their figures as Markdown."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable

from benchmarks import altered, archive_run, batch, checking, corpus_accuracy, own_gold, real_letters, verdicts
from benchmarks.reading import report as reading
from benchmarks.repair import report

BENCHMARKS: dict[str, Callable[[], None]] = {
    "real": real_letters.main,
    "own": own_gold.main,
    "repair": report.main,
    "reading": reading.main,
    "verdicts": verdicts.main,
    "corpus": corpus_accuracy.main,
    "checking": checking.main,
    "altered": altered.main,
    "run": archive_run.main,
    "batch": batch.main,
}


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}\n")
    for name in names or BENCHMARKS:
        print(f"## {name}\n", flush=True)
        BENCHMARKS[name]()
        print(flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
