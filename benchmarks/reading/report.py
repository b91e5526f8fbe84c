"""`python -m benchmarks reading`: every table, then the figures beside what they are to reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from benchmarks.places import SHARED
from benchmarks.reading.one_letter import loading_seconds
from benchmarks.reading.speed import layer_pages_per_second, ocrmypdf_seconds, pipeline_seconds
from benchmarks.reading.tables import Cells, print_tables
from benchmarks.reading.words import ALL, TYPED, Scans, print_words
from benchmarks.repair.scans import real_scans

GROUP = "scan"
Row = tuple[str, str, str, str]


def main() -> None:
    """Print all there is to say of reading; without the scans beside the checkout, what the corpus says."""
    scans = Scans()
    if (SHARED / "scans").is_dir():
        scans = print_words()
    else:
        print(f"(real scans are left out: there are none in {SHARED.name}/ beside this checkout)")
    tables = print_tables()
    print("\n### What is to be reached\n\n| measure | floor | aim | measured |\n|---|---|---|---|")
    for row in chain(_words(scans), _order(scans), _tables(tables), _speed()):
        print(f"| {' | '.join(row)} |", flush=True)


def _words(scans: Scans) -> Iterator[Row]:
    for group, of in scans.groups():
        if not of.pages:
            continue
        where = f"{group}, {of.pages} pages"
        yield f"wrong words for one of bare Tesseract, {where}", "0.55", "0.35", _ratio(of.wrong.read, of.wrong.bare)
        yield f"the same after repair, {where}", "0.45", "0.2", _ratio(of.wrong.repaired, of.wrong.bare)
        loose = of.any_order
        both = f"{_ratio(loose.read, loose.bare)}, repaired {_ratio(loose.repaired, loose.bare)}"
        yield f"the same two in any order, {where}", "", "", both
        if group == TYPED:
            plain = of.typed
            both = f"{_ratio(plain.read, plain.bare)}, repaired {_ratio(plain.repaired, plain.bare)}"
            yield f"the same two, typed truth as it is (heads and feet lacking), {where}", "", "", both
        figures, right = max(of.figures, 1), of.figures_right
        shares = f"{right.read / figures:.4f}, repaired {right.repaired / figures:.4f} of {of.figures}"
        yield (
            f"digits in numbers and dates exact, {where}",
            "0.98",
            "0.999",
            f"{shares} (bare {right.bare / figures:.4f})",
        )
    every = dict(scans.groups())[ALL]
    if every.pages:
        own = every.own_seconds / max(every.engine_seconds, 1e-9)
        costs = f"{own:.0%} ({every.own_seconds / every.pages:.2f} s beside {every.engine_seconds / every.pages:.2f} s)"
        yield f"CPU seconds a page above the engine's own, {every.pages} pages", "15 %", "5 %", costs


def _ratio(one: int, other: int) -> str:
    return f"{one / max(other, 1):.2f}"


def _order(scans: Scans) -> Iterator[Row]:
    for group, of in scans.groups():
        if not of.ordered_pages:
            continue
        share = 1 - len(of.unordered) / of.ordered_pages
        bare = 1 - len(of.unordered_bare) / of.ordered_pages
        said = f"{share:.3f} (bare {bare:.3f})"
        yield f"head, body, foot never interleaved, {group}, {of.ordered_pages} pages", "0.95", "1.0", said


def _tables(found: dict[str, Cells]) -> Iterator[Row]:
    for group, floor, aim in (("office", "0.95", "0.99"), ("photocopy", "0.75", "0.9")):
        of = found[group]
        read, repaired = of.right / max(of.cells, 1), of.repaired / max(of.cells, 1)
        yield f"cells of ruled tables right, {group}", floor, aim, f"{read:.4f}, repaired {repaired:.4f} of {of.cells}"


def _speed() -> Iterator[Row]:
    yield "CPU seconds a process takes to load its models", "", "", f"{loading_seconds():.1f}"
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
