"""`python -m benchmarks verdicts`: the verdict on text layers, over a labelled set split by document."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from benchmarks.verdict_pages import Judged, judged_pages
from extract.records import VerdictKind

PARTS = ("looked at", "held back")
"""Documents on which rules may be mended, and documents on which they are only measured."""


def part_of(document: str) -> str:
    """The part a document belongs to, with all its pages and renderings."""
    return PARTS[crc32(document.encode()) % 2]


def main() -> None:
    """Print the share right, by part and by set, the confusion and each page judged wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        pages = list(judged_pages(Path(scratch)))
    print("| pages | documents | right | floor | aim |\n|---|---|---|---|---|")
    for part in PARTS:
        _print_share(part, [page for page in pages if part_of(page.document) == part])
    _print_share("all", pages)
    print("\n| set | pages | right |\n|---|---|---|")
    for group in dict.fromkeys(page.group for page in pages):
        held = [page for page in pages if page.group == group]
        print(f"| {group} | {len(held)} | {_right(held)} |")
    counts = Counter((page.label, page.verdict.kind) for page in pages)
    print(f"\n| is, judged as | {' | '.join(VerdictKind)} |\n{'|---' * (len(VerdictKind) + 1)}|")
    for label in VerdictKind:
        print(f"| {label} | {' | '.join(str(counts[label, kind]) for kind in VerdictKind)} |")
    for page in pages:
        if page.verdict.kind is not page.label:
            part = part_of(page.document)
            said = "; ".join(page.verdict.reasons)
            print(f"\n- {part}: {page.group}, {page.document}: {page.label}, judged {page.verdict.kind}: {said}")


def _right(pages: Sequence[Judged]) -> int:
    return sum(page.verdict.kind is page.label for page in pages)


def _print_share(name: str, pages: Sequence[Judged]) -> None:
    documents = len({page.document for page in pages})
    share = _right(pages) / max(len(pages), 1)
    print(f"| {name}: {len(pages)} | {documents} | {share:.4f} | 0.99 | 1.0 |")
