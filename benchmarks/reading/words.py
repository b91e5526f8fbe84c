"""Scans with typed truth: wrong words and right digits, of the bare engine and of the readers, before and after repair.

Words are compared in reading order, case and tone placement aside, without numbers; the digits of numbers and dates
are compared by themselves, in the order they come in. Typed truths leave out letterheads and set forms in another
order, which both readings are charged with; the words of the truth that a reading lacks, whatever the order, are
counted beside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields

from rapidfuzz.distance import Levenshtein

from benchmarks.reading.one_letter import read_here
from benchmarks.repair.measured import words
from benchmarks.repair.scans import SETTINGS, Scan, pages_of, read_bare, real_scans
from normalize.repairer import Damage, load_repairer

# A number with its symbol (766/QĐ-TTg, 42/2022/NĐ-CP, 03-NQ/TU), and days, months and years as letters write them.
_IN_NUMBERS = re.compile(r"\b\d{1,5}\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{1,6}\d{0,2}\b")
_IN_DATES = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\b|\b\d{1,2}/\d{4}\b"
    r"|\b(?:ngày|tháng|quý|năm)\s{1,3}\d{1,4}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")
HEADER = (
    "| scan | pages | words | bare engine | repaired | readers | repaired | readers for bare | repaired for bare | "
    "lacking in any order, bare | readers | repaired | "
    "digits in numbers and dates | right, bare | right, readers | repaired |\n" + "|---" * 16 + "|"
)


@dataclass(slots=True)
class Counts:
    """Of one scan or several: wrong words by who read them, figures and how many are right; seconds of CPU."""

    pages: int = 0
    words: int = 0
    bare: int = 0
    bare_repaired: int = 0
    read: int = 0
    read_repaired: int = 0
    bare_lacks: int = 0
    read_lacks: int = 0
    repaired_lacks: int = 0
    figures: int = 0
    bare_figures: int = 0
    read_figures: int = 0
    repaired_figures: int = 0
    engine_seconds: float = 0.0
    own_seconds: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def print_words() -> dict[str, Counts]:
    """Print the table; gives the counts by group of scans."""
    scans = list(real_scans())
    totals: dict[str, Counts] = {}
    print(HEADER)
    with ProcessPoolExecutor(2) as pool:
        for scan, counted in zip(scans, pool.map(count, scans), strict=True):
            _print_row(f"{scan.group} {scan.path.stem}", counted)
            totals[scan.group] = totals.get(scan.group, Counts()) + counted
    for group, counted in totals.items():
        _print_row(f"{group}, all", counted)
    return totals


def count(scan: Scan) -> Counts:
    """Read one scan both ways."""
    truth = scan.truth.read_text(encoding="utf-8").replace("\f", "\n")
    bare = "\n".join(read_bare(scan.path, page) for page in pages_of(scan.path))
    done = read_here(scan.path, SETTINGS)
    repaired = done.understood.reading.repaired
    texts = bare, load_repairer().repair(bare, Damage.OCR).text, repaired.raw, repaired.text
    want = words(truth)
    bare_wrong, bare_repaired, read_wrong, read_repaired = (Levenshtein.distance(words(text), want) for text in texts)
    bare_right, _, read_right, repaired_right = (figures_right(text, truth) for text in texts)
    bare_lacks, _, read_lacks, repaired_lacks = ((Counter(want) - Counter(words(text))).total() for text in texts)
    return Counts(
        pages=done.pages,
        words=len(want),
        bare=bare_wrong,
        bare_repaired=bare_repaired,
        read=read_wrong,
        read_repaired=read_repaired,
        bare_lacks=bare_lacks,
        read_lacks=read_lacks,
        repaired_lacks=repaired_lacks,
        figures=len(_told(truth)),
        bare_figures=bare_right,
        read_figures=read_right,
        repaired_figures=repaired_right,
        engine_seconds=done.engine_seconds,
        own_seconds=done.own_seconds,
    )


def figures_right(text: str, truth: str) -> int:
    """How many of the figures inside the truth's numbers and dates `text` has in their place."""
    told = _told(truth)
    have = _FIGURE.findall(text)
    want = [match.group() for match in _FIGURE.finditer(truth)]
    starts = [match.start() for match in _FIGURE.finditer(truth)]
    return sum(
        starts[place] in told
        for code in Levenshtein.opcodes(have, want)
        if code.tag == "equal"
        for place in range(code.dest_start, code.dest_end)
    )


def _told(truth: str) -> set[int]:
    """Where the figures of the numbers and dates of a text begin."""
    return {found.start() + figure.start() for found in _spans(truth) for figure in _FIGURE.finditer(found.group())}


def _spans(truth: str) -> Iterable[re.Match[str]]:
    yield from _IN_NUMBERS.finditer(truth)
    yield from _IN_DATES.finditer(truth)


def _print_row(name: str, of: Counts) -> None:
    shares = (of.bare, of.bare_repaired, of.read, of.read_repaired)
    ratios = (of.read / max(of.bare, 1), of.read_repaired / max(of.bare, 1))
    cells = [f"{share / max(of.words, 1):.4f}" for share in shares] + [f"{ratio:.2f}" for ratio in ratios]
    cells += [f"{lacks / max(of.words, 1):.4f}" for lacks in (of.bare_lacks, of.read_lacks, of.repaired_lacks)]
    right = [str(number) for number in (of.figures, of.bare_figures, of.read_figures, of.repaired_figures)]
    print(f"| {name} | {of.pages} | {of.words} | {' | '.join([*cells, *right])} |", flush=True)
