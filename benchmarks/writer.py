"""What the one writer can take, and a merge: letters and rows a second of processor time, bytes a letter.

Letters of the sample archive are read and understood once; copies of them under other hashes are stored.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.places import CORPUS
from extract.letter import read_letter
from extract.records import Outcome, Stage, Status
from extract.settings import ReadSettings
from extract.store import open_archive
from extract.store.merge import merge
from extract.store.moving import TABLES
from extract.understand import understand
from extract.understood import Understood

LETTERS = 2000
STEP = 500
SHARDS = 4


def main() -> None:
    """Print what a letter costs the writer as the archive grows, and what it costs to merge."""
    files = sorted((CORPUS / "letters" / "ocr-text").iterdir())
    originals = [understand(read_letter(path, ReadSettings())) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        print("| letters in the archive | letters/s | rows/s | KB a letter |\n|---|---|---|---|")
        whole = Path(folder) / "whole.db"
        for first in range(0, LETTERS, STEP):
            _print(first + STEP, _store(whole, originals, range(first, first + STEP)), STEP, whole)
        shards = [Path(folder) / f"{shard}.db" for shard in range(SHARDS)]
        for shard, path in enumerate(shards):
            _store(path, originals, range(shard, LETTERS, SHARDS))
        started, merged = time.process_time(), Path(folder) / "merged.db"
        merge(merged, shards)
        print(f"\nmerge of {SHARDS} shards of {LETTERS // SHARDS} letters, ties between letters made anew:\n")
        print("| letters in the archive | letters/s | rows/s | KB a letter |\n|---|---|---|---|")
        _print(LETTERS, time.process_time() - started, LETTERS, merged)
        print(f"\nheld in memory while letters are compared: {_compared_kilobytes(merged):.1f} KB a letter", flush=True)


def _store(path: Path, originals: Sequence[Understood], numbers: range) -> float:
    """Store copies as a run does, a letter a transaction; processor seconds, with those of its close."""
    started = time.process_time()
    with open_archive(path, create=True) as archive:
        for number in numbers:
            original = originals[number % len(originals)]
            sha256 = hashlib.sha256(str(number).encode()).hexdigest()
            letter = replace(original.letter, sha256=sha256, path=f"letters/{number:09d}.txt")
            reading = replace(original.reading, letter=letter)
            outcome = Outcome(letter.path, sha256, Status.DONE, Stage.STORE)
            with archive.transaction():
                for page in letter.pages:
                    archive.put_page(sha256, page, "benchmark")
                archive.put_letter(
                    letter, reading, original.records, original.findings, outcome, "benchmark", original.bodies
                )
    return time.process_time() - started


def _compared_kilobytes(path: Path) -> float:
    """What the checks between letters need of each letter, all of which they hold at a time."""
    with open_archive(path, create=False) as archive:
        tracemalloc.start()
        held = archive.records_for_between()
        kilobytes = tracemalloc.get_traced_memory()[0] / len(held) / 1024
        tracemalloc.stop()
    return kilobytes


def _print(held: int, seconds: float, letters: int, path: Path) -> None:
    with open_archive(path, create=False) as archive:
        rows = sum(archive.database[table].count for table in TABLES)
    kilobytes = path.stat().st_size / held / 1024
    print(f"| {held} | {letters / seconds:.0f} | {rows / held * letters / seconds:.0f} | {kilobytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
