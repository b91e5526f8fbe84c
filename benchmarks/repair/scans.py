"""Scans read by Tesseract with `vie`: bare, and by the toolkit's readers; wrong words after repair for one before.

Reading order counts: the words of a letter are compared in the order they come in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import CORPUS, SHARED
from benchmarks.reading.bare import SETTINGS, read_bare
from benchmarks.repair.measured import Measured, compare, measure
from extract.letter import read_letter
from extract.readers import pdf
from extract.readers.probe import probe
from extract.understand import repair_letter
from normalize.repairer import Damage, Repairer

RENDERINGS = ("photocopy", "office")
HEADER = (
    "| scan | words | wrong, bare engine | after repair | ratio | wrong, as the readers read | after repair | ratio | "
    "claimed ≥ 0.95 | of these right | not to be judged | digits changed without a rule |\n" + "|---" * 12 + "|"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan and its right text."""

    group: str
    path: Path
    truth: Path


def print_scans(repairer: Repairer) -> dict[str, tuple[Measured, Measured]]:
    """Print the table; gives for each group the counts of the bare engine's text and of the readers'."""
    scans = [*real_scans(), *_sample()]
    totals: dict[str, tuple[Measured, Measured]] = {}
    print(f"\n### Scans read with `vie`\n\n{HEADER}")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        bare = [[pool.submit(read_bare, scan.path, page) for page in pages_of(scan.path)] for scan in scans]
        texts = ["\n".join(line for page in pages for line in page.result()) for pages in bare]
    for scan, text in zip(scans, texts, strict=True):
        truth = scan.truth.read_text(encoding="utf-8").replace("\f", "\n")
        plain = measure(repairer, text, truth, Damage.OCR)
        full = compare(repair_letter(read_letter(scan.path, SETTINGS)), truth)
        _print_row(f"{scan.group} {scan.path.stem}", plain, full)
        before = totals.get(scan.group, (Measured(), Measured()))
        totals[scan.group] = before[0] + plain, before[1] + full
    for group, (plain, full) in totals.items():
        _print_row(f"{group}, all", plain, full)
    return totals


def real_scans() -> Iterator[Scan]:
    """The scans beside the checkout whose right text is known."""
    found = [*(SHARED / "scans").glob("*.truth.txt"), *(SHARED / "gold").glob("*.restored.txt")]
    for truth in sorted(found, key=lambda path: path.name):
        path = SHARED / "scans" / f"{truth.name.split('.')[0]}.pdf"
        if path.exists():
            yield Scan("digital, drawn" if _has_text(path) else "scan", path, truth)


def _has_text(path: Path) -> bool:
    """Whether the first page's own text is long enough to be the letter's: such a page is drawn and then read."""
    with pdf.open_sheet(path, 1) as (page, _):
        return len(page.get_textpage().get_text_bounded()) > 600


def _sample() -> Iterator[Scan]:
    for group in RENDERINGS:
        for path in sorted((CORPUS / "letters" / group).glob("*.pdf")):
            yield Scan(group, path, CORPUS / "truth" / f"{path.stem}.restored.txt")


def pages_of(path: Path) -> range:
    """Numbers of the pages of a scan."""
    return range(1, probe(path, SETTINGS).pages + 1)


def _print_row(name: str, plain: Measured, full: Measured) -> None:
    honest = "–" if full.honest is None else f"{full.honest:.4f}"
    print(
        f"| {name} | {full.words} | {plain.before} | {plain.wrong} | {plain.ratio:.2f} | {full.before} | "
        f"{full.wrong} | {full.ratio:.2f} | {full.sure} | {honest} | {full.unplaced} | {full.digits} |",
        flush=True,
    )
