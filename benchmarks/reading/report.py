"""`python -m benchmarks reading`: every table, then the figures beside what they are to reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from benchmarks.places import SHARED
from benchmarks.reading.speed import layer_pages_per_second, ocrmypdf_seconds, pipeline_seconds
from benchmarks.reading.tables import Cells, print_tables
from benchmarks.reading.words import Counts, print_words
from benchmarks.repair.scans import real_scans

GROUP = "scan"
Row = tuple[str, str, str, str]


def main() -> None:
    """Print all there is to say of reading; without the scans beside the checkout, what the corpus says."""
    words: dict[str, Counts] = {}
    if (SHARED / "scans").is_dir():
        words = print_words()
    else:
        print(f"(scans with typed truth are left out: there are none in {SHARED.name}/ beside this checkout)")
    tables = print_tables()
    print("\n### What is to be reached\n\n| measure | floor | aim | measured |\n|---|---|---|---|")
    for row in chain(_words(words), _tables(tables), _speed()):
        print(f"| {' | '.join(row)} |", flush=True)


def _words(found: dict[str, Counts]) -> Iterator[Row]:
    for group, of in found.items():
        bare = max(of.bare, 1)
        yield f"wrong words for one of bare Tesseract, {group}", "0.55", "0.35", f"{of.read / bare:.2f}"
        yield f"the same after repair, {group}", "0.45", "0.2", f"{of.read_repaired / bare:.2f}"
        lacks = max(of.bare_lacks, 1)
        both = f"{of.read_lacks / lacks:.2f}, repaired {of.repaired_lacks / lacks:.2f}"
        yield f"words of the truth lacking for one of bare Tesseract, any order, {group}", "", "", both
        right = f"{of.read_figures / max(of.figures, 1):.4f}, repaired {of.repaired_figures / max(of.figures, 1):.4f}"
        yield (
            f"digits in numbers and dates exact, {group}",
            "0.98",
            "0.999",
            f"{right} of {of.figures} (bare {of.bare_figures / max(of.figures, 1):.4f})",
        )
        own = of.own_seconds / max(of.engine_seconds, 1e-9)
        costs = (
            f"{own:.0%} ({of.own_seconds / max(of.pages, 1):.2f} s beside {of.engine_seconds / max(of.pages, 1):.2f} s)"
        )
        yield f"CPU seconds a page above the engine's own, {group}", "15 %", "5 %", costs


def _tables(found: dict[str, Cells]) -> Iterator[Row]:
    for group, floor, aim in (("office", "0.95", "0.99"), ("photocopy", "0.75", "0.9")):
        of = found[group]
        read, repaired = of.right / max(of.cells, 1), of.repaired / max(of.cells, 1)
        yield f"cells of ruled tables right, {group}", floor, aim, f"{read:.4f}, repaired {repaired:.4f} of {of.cells}"


def _speed() -> Iterator[Row]:
    pages, speed = layer_pages_per_second()
    yield "pages with a good text layer a second, one core", "20", "100", f"{speed:.1f} ({pages} pages)"
    if not (SHARED / "scans").is_dir():
        return
    paths = [scan.path for scan in real_scans() if scan.group == GROUP]
    count, ours = pipeline_seconds(paths)
    theirs = ocrmypdf_seconds(paths)
    said = f"{60 * count / ours:.1f}"
    if theirs is None:
        yield "pages a minute on 2 cores, whole pipeline", "", "", f"{said} (OCRmyPDF is not installed)"
    else:
        compared = f"{theirs / ours:.2f} times ({said} against {60 * count / theirs:.1f}, {count} pages)"
        yield "pages a minute on 2 cores against OCRmyPDF", "3 times", "5 times", compared
