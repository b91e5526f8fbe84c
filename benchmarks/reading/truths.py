"""Right texts of real scans, by blocks: typed truths completed from the page images, and pages typed by us.

A file of `tests/gold_scans/words` says what stands on the pages of one scan (its README has the form). Where a truth
was typed by others, it lies beside the checkout and only its line numbers stand in the file: both are joined here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benchmarks.places import ROOT, SHARED
from benchmarks.repair.measured import words
from benchmarks.repair.scans import pages_of

FOLDER = ROOT / "tests" / "gold_scans" / "words"
GAP = "⟦⟧"
"""Stands among the words of a truth for something written by hand: whatever is read there is right."""

_PAGE = re.compile(r"\[page (\d{1,3})\]")
_BLOCK = re.compile(r"\[(head left|head right|body|foot left|foot right|mark|corrections)\]")
_TYPED = re.compile(r"@(\d{1,4})(?:-(\d{1,4}))?(?: (left|right))?")
_CORRECTION = re.compile(r"(\d{1,4}): (.+) -> (.+)")
_BY_HAND = re.compile(r"⟦[^⟦⟧\n]{0,80}⟧")
_GAPS = re.compile(r"\s{3,}")  # between two columns set on one line
_RIGHT = 30  # blanks: a typed line that begins after them is of the right column
_SIDES = {"head left": "head", "head right": "head", "foot left": "foot", "foot right": "foot"}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together on a page: `kind` is "body", or "head" or "foot" with `side` "left" or "right"."""

    page: int
    kind: str
    side: str
    text: str


@dataclass(frozen=True, slots=True)
class Truth:
    """All that stands on some pages of a scan, in reading order; `typed` where the most of it was typed by others.

    `marks` are the words of what stands across the text (watermarks, stamps of urgency) and may be read or not.
    """

    scan: str
    typed: bool
    blocks: tuple[Block, ...]
    marks: frozenset[str]
    pages: tuple[int, ...]

    @property
    def path(self) -> Path:
        """The scan."""
        return SHARED / "scans" / f"{self.scan}.pdf"

    def groups(self) -> list[list[Block]]:
        """The blocks in order; the two columns of a head or foot are one group."""
        return [list(group) for _, group in groupby(self.blocks, key=_place)]


def load_truths() -> tuple[Truth, ...]:
    """The truths of the scans that lie beside the checkout, by number.

    Raises:
        ValueError: a file of `FOLDER` is not in the form its README tells, or does not fit the typed truth.
    """
    found = (path for path in sorted(FOLDER.glob("*.txt")) if (SHARED / "scans" / f"{path.stem}.pdf").exists())
    return tuple(
        parse(path.stem, path.read_text(encoding="utf-8"), typed_lines(path.stem), _pages_typed(path)) for path in found
    )


def typed_lines(scan: str) -> list[str]:
    """The lines of the truth others typed for this scan; none where there is none."""
    for path in (SHARED / "scans" / f"{scan}.truth.txt", SHARED / "gold" / f"{scan}.restored.txt"):
        if path.exists():
            return path.read_text(encoding="utf-8").replace("\f", "").split("\n")
    return []


def parse(scan: str, text: str, typed: Sequence[str], pages: int = 0) -> Truth:
    """A truth from its file and the typed lines; a file that names typed lines tells all of its `pages`.

    Raises:
        ValueError: naming the line that cannot be understood.
    """
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    corrected = _corrected(typed, lines)
    blocks: list[Block] = []
    marks: set[str] = set()
    page, kind = 0, ""
    uses_typed = False
    for line in lines:
        if found := _PAGE.fullmatch(line):
            page, kind = int(found[1]), ""
        elif found := _BLOCK.fullmatch(line):
            kind = found[1]
        elif not page and kind != "corrections":
            raise ValueError(f"{scan}: before the first page: {line!r}")
        elif kind == "mark":
            marks.update(words(line))
        elif not kind:
            raise ValueError(f"{scan}: in no block: {line!r}")
        elif kind != "corrections":
            uses_typed = uses_typed or _TYPED.fullmatch(line) is not None
            blocks.append(Block(page, _SIDES.get(kind, kind), kind.split()[-1], _joined(scan, line, corrected)))
    merged = tuple(_merged(blocks))
    told = sorted({block.page for block in merged})
    if not uses_typed and told != sorted({block.page for block in merged if block.kind == "body"}):
        raise ValueError(f"{scan}: a page without its body")
    return Truth(scan, uses_typed, merged, frozenset(marks), tuple(range(1, pages + 1) if uses_typed else told))


def truth_words(text: str) -> list[str]:
    """The words of a truth, with a gap for each thing written by hand."""
    found: list[str] = []
    for number, part in enumerate(_BY_HAND.split(text)):
        found.extend([GAP] if number else [])
        found.extend(words(part))
    return found


def printed(text: str) -> str:
    """A truth without what is written by hand."""
    return _BY_HAND.sub("", text)


def without_marks(lines: Iterable[str], marks: frozenset[str]) -> list[str]:
    """Lines as read, those left out that consist of words of marks."""
    return [line for line in lines if not ((found := words(line)) and marks.issuperset(found))]


def _place(block: Block) -> tuple[int, str]:
    return block.page, block.kind


def _merged(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines of one block after another as one block."""
    for (page, kind, side), run in groupby(blocks, key=lambda block: (block.page, block.kind, block.side)):
        yield Block(page, kind, side, "\n".join(block.text for block in run))


def _joined(scan: str, line: str, typed: Sequence[str]) -> str:
    found = _TYPED.fullmatch(line)
    if found is None:
        return line
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(typed):
        raise ValueError(f"{scan}: the typed truth has no lines {line[1:]}")
    told = (line.strip() if found[3] is None else _column(line, found[3]) for line in typed[first - 1 : last])
    return "\n".join(line for line in told if line)


def _column(line: str, side: str) -> str:
    """What of a line set in two columns stands in one of them."""
    indent = len(line) - len(line.lstrip())
    left, *right = _GAPS.split(line.strip(), maxsplit=1)
    if not right and indent > _RIGHT:
        left, right = "", [left]
    return left if side == "left" else "".join(right)


def _corrected(typed: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The typed lines with what the file corrects in them.

    Raises:
        ValueError: what is to be corrected does not stand exactly once in its line.
    """
    fixed = list(typed)
    if "[corrections]" not in lines:
        return fixed
    for line in lines[lines.index("[corrections]") + 1 :]:
        found = _CORRECTION.fullmatch(line)
        if found is None:
            raise ValueError(f"no correction: {line!r}")
        at, wrong, right = int(found[1]) - 1, found[2], found[3]
        if not 0 <= at < len(fixed) or fixed[at].count(wrong) != 1:
            raise ValueError(f"{wrong!r} does not stand once in typed line {at + 1}")
        fixed[at] = fixed[at].replace(wrong, right)
    return fixed


def _pages_typed(path: Path) -> int:
    return len(pages_of(SHARED / "scans" / f"{path.stem}.pdf"))
