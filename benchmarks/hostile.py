"""`make hostile [DIR=…]`: every file of a folder through a run; one outcome each, no traceback, no hang.

Without a folder the files are those that tests/hostile makes, with the slow ones, and broken copies of the sample
archive and of the public collections, where these lie beside the checkout.
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.places import CORPUS, PROGRAM, ROOT, SHARED
from extract.readers.find import find_files
from extract.store import storable

PAGE_SECONDS = 20
BROKEN_COPIES = 720
TOLD = 40  # failures that are printed, of each kind of end


def main(folder: Path | None) -> int:
    """Run the folder and compare its files with the outcomes; 0 where every file has one."""
    with tempfile.TemporaryDirectory() as scratch:
        if folder is not None:
            return check(folder, Path(scratch) / "hostile.db")
        made = Path(scratch) / "made"
        makers = ROOT / "tests" / "hostile"
        subprocess.run([sys.executable, makers / "make_files.py", "--slow", made], check=True)
        whole = [place for place in (CORPUS / "letters", SHARED / "nasty") if place.is_dir()]
        broken: list[str | Path] = [sys.executable, makers / "mutate.py", made / "broken", str(BROKEN_COPIES), *whole]
        subprocess.run(broken, check=True)
        try:
            return check(made, Path(scratch) / "hostile.db")
        finally:
            (made / "special" / "locked").chmod(0o700)


def check(folder: Path, database: Path) -> int:
    """Print how the files of `folder` ended; 1 where the run did not, or not each file once."""
    files = {storable(found.shown) for found in find_files([folder])}
    started = time.monotonic()
    ran = subprocess.run(
        [PROGRAM, "run", folder, "-o", database, "--page-seconds", str(PAGE_SECONDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with closing(sqlite3.connect(database)) as connection:
        outcomes = connection.execute("SELECT status, path, message FROM outcomes ORDER BY status, path").fetchall()
    counts = dict(sorted(Counter(status for status, _, _ in outcomes).items()))
    print(f"{len(files)} files, {len(outcomes)} outcomes in {seconds:.0f} s, at most {most:.0f} MB a process: {counts}")
    for kind in ("failed", "partial"):
        ended = [(path, message) for status, path, message in outcomes if status == kind]
        for path, message in ended[:TOLD]:
            print(f"  {kind}  {path}: {message}")
        if len(ended) > TOLD:
            print(f"  {kind}  … and {len(ended) - TOLD} more")
    complete = {path for _, path, _ in outcomes} == files and ran.returncode in (0, 3) and "Traceback" not in ran.stderr
    if not complete:
        print(f"NOT COMPLETE: exit status {ran.returncode}\n{ran.stderr[-2000:]}")
    return 0 if complete else 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if sys.argv[1:] else None))
