"""Pages set from held-out text, worn, and read by Tesseract: with `eng` as by an engine set wrong, and with `vie`.

`python -m benchmarks.repair.set_pages SEED FILE` sets and reads the pages of one seed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.places import ROOT
from benchmarks.repair.measured import HEADER, Measured, measure, total
from benchmarks.repair.samples import TEXT
from extract.readers.ocr.tessdata import find_tessdata
from normalize.repairer import Damage, Repairer
from normalize.train.pairs import LINES, Pair, make_pairs, read_pairs, write_pairs

SEEDS = (101, 102)
"""A process for each; the pages the models learned from have another seed and other paragraphs."""

PAGES = 20
"""Pages for each seed."""

FACE = "Tinos-*.ttf"
FONTS = Path("/usr/share/fonts/truetype/croscore")
"""The face of offices (Times New Roman's measures), which setting up the project installs."""


def print_set_pages(repairer: Repairer) -> dict[str, Measured]:
    """Print the table; gives the rows by engine."""
    pages = [page for made in _read_pages() for page in _sheets(made)]
    rows: dict[str, Measured] = {}
    print(f"\n### {len(SEEDS) * PAGES} pages set from held-out text and read by Tesseract\n\n{HEADER}")
    for engine, damage in (("eng", Damage.GARBLED), ("vie", Damage.OCR)):
        rows[engine] = total(
            measure(
                repairer,
                "\n".join(getattr(pair, engine) for pair in page),
                "\n".join(pair.truth for pair in page),
                damage,
            )
            for page in pages
        )
        print(f"| read with `{engine}` | {rows[engine].cells()}", flush=True)
    return rows


def set_page_texts() -> list[tuple[str, str]]:
    """The text of each page as read with `eng` and with `vie`."""
    return [
        ("\n".join(pair.eng for pair in page), "\n".join(pair.vie for pair in page))
        for made in _read_pages()
        for page in _sheets(made)
    ]


def _read_pages() -> list[list[Pair]]:
    """The pairs of each seed, made in processes that were told before they start where Tesseract's models lie."""
    environment = os.environ | {"TESSDATA_PREFIX": str(find_tessdata("vie")), "OMP_THREAD_LIMIT": "1"}
    command = [sys.executable, "-m", "benchmarks.repair.set_pages"]
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder) / f"{seed}.jsonl" for seed in SEEDS]
        running = [
            subprocess.Popen([*command, str(seed), target], cwd=ROOT, env=environment)
            for seed, target in zip(SEEDS, made, strict=True)
        ]
        for process in running:
            if process.wait():
                raise subprocess.CalledProcessError(process.returncode, command)
        return [read_pairs(target) for target in made]


def _set_and_read(seed: int, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for face in sorted(FONTS.glob(FACE)):
            (Path(folder) / face.name).symlink_to(face)
        write_pairs(make_pairs(TEXT, Path(folder), PAGES, seed=seed, held=True), target)


def _sheets(pairs: list[Pair]) -> Iterator[list[Pair]]:
    for start in range(0, len(pairs), LINES):
        yield pairs[start : start + LINES]


if __name__ == "__main__":
    _set_and_read(int(sys.argv[1]), Path(sys.argv[2]))
