"""The two places where a letter has two columns: its head (issuer | motto) and its foot (recipients | signature).

Both are found by words that Decree 30/2020 prescribes, matched loosely enough for damaged
text, and bounded by geometry: a gutter that no word crosses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz

from extract.readers.runs import Run, run_of
from extract.records import Box
from normalize.syllables import fold

_MOTTOS = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")
_RECIPIENTS = "noinhan"
_ADDRESS = "kinhgui"
_ALIKE = 75.0
_CLOSE = 1.7  # in heights: a larger blank between lines ends a column
_GUTTER = 0.3  # in heights of its words
_SAME_LEVEL = 0.5  # in heights
_SIGNATURE_STARTS = 0.35  # of the width of the page
_OFF_CENTRE = 0.3  # of the width of the column


@dataclass(frozen=True, slots=True)
class Band:
    """Two columns side by side."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.box.y0 for run in (*self.left, *self.right))


def find_bands(runs: Sequence[Run], width: float) -> tuple[tuple[Band, ...], tuple[Run, ...]]:
    """The two-column bands of a page, and the runs that belong to none.

    Args:
        runs: all runs of the page outside its tables.
        width: of the page, in the unit of the boxes.
    """
    bands = []
    rest = list(runs)
    for find in (_find_head, _find_foot):
        found = find(rest, width)
        if found is not None:
            band, rest = found
            bands.append(band)
    return tuple(bands), tuple(rest)


def letters_of(text: str) -> str:
    """The letters of a text without marks, lower case: what survives of it in damaged layers."""
    return "".join(letter for letter in fold(text) if letter.isalpha())


def _find_head(runs: list[Run], width: float) -> tuple[Band, list[Run]] | None:
    anchored = _motto(runs)
    if anchored is None:
        return None
    motto, rest = anchored
    column = motto.box
    gutter = _Gutter(0.0, motto.box.x0)
    left: list[Run] = []
    right = [motto]
    taken: set[int] = set()
    floor = motto.box.y1
    complete = False
    for run in sorted(rest, key=lambda run: run.level):
        if run.box.y1 < motto.box.y0 - 2.5 * motto.height or _is_above(run, motto, rest):
            continue
        if letters_of(run.text).startswith(_ADDRESS):
            break
        last_left = max((other.box.y1 for other in left), default=motto.box.y1)
        last_right = max(other.box.y1 for other in right)
        close = _CLOSE * motto.height
        near_left = run.box.y0 - last_left <= (3 * close if _is_number(run) else close) or run.box.y0 < last_right
        near_right = run.box.y0 - last_right <= 3 * close
        parts = gutter.cut(run)
        if parts is None:
            if run.level > floor and _says_something(run):
                break
            continue
        on_left, on_right = parts
        if not _says_something(run):
            taken.add(id(run))
            (left if on_left is not None else right).append(run)
            continue
        dated = on_right is not None and _is_place_and_date(on_right)
        if on_right is not None and not (near_right and not complete and (dated or _centred(on_right, column))):
            if run.level > floor:
                break
            continue
        if on_left is not None and not near_left:
            break
        complete = complete or dated  # nothing stands below place and date
        gutter = gutter.beside(on_left, on_right)
        taken.add(id(run))
        if on_left is not None:
            left.append(on_left)
        if on_right is not None:
            right.append(on_right)
        floor = max(floor, run.box.y1)
    if not left:
        return None
    return Band(tuple(left), tuple(right)), [run for run in rest if id(run) not in taken]


def _is_above(run: Run, motto: Run, runs: list[Run]) -> bool:
    """Whether a run is (a part of) a line above both columns, such as what an annex is issued with."""
    if run.level >= motto.box.y0:
        return False
    return any(
        other.box.x1 > motto.box.x0 and abs(other.level - run.level) < _SAME_LEVEL * motto.height
        for other in runs
        if _says_something(other)
    )


def _motto(runs: list[Run]) -> tuple[Run, list[Run]] | None:
    """The run of the motto, cut free of what stands left of it, and all other runs."""
    for motto in _MOTTOS:
        for index, run in enumerate(runs):
            start = _start_of(run, motto)
            if start is None:
                continue
            pairs = list(zip(run.words, run.boxes, strict=True))
            before = [run_of(pairs[:start])] if start else []
            return run_of(pairs[start:]), [*runs[:index], *before, *runs[index + 1 :]]
    return None


def _start_of(run: Run, motto: str) -> int | None:
    """Index of the word at which `motto` begins in a run, the best if several are alike."""
    words = [letters_of(word.text) for word in run.words]
    best, place = _ALIKE, None
    for start in range(len(words)):
        score = fuzz.ratio("".join(words[start:]), motto)
        if score > best:
            best, place = score, start
    return place


def _find_foot(runs: list[Run], width: float) -> tuple[Band, list[Run]] | None:
    anchor = next((run for run in runs if _is_recipients(run, width)), None)
    if anchor is None:
        return None
    height = anchor.height
    left: list[Run] = []
    right: list[Run] = []
    taken: set[int] = set()
    below = sorted((run for run in runs if run.level >= anchor.box.y0 - 0.3 * height), key=lambda run: run.level)
    starts = [
        run.box.x0
        for run in below
        if run.box.x0 > max(anchor.box.x1, _SIGNATURE_STARTS * width) and _says_something(run)
    ]
    gutter = _Gutter(anchor.box.x1, min(starts, default=width))
    for run in below:
        parts = gutter.cut(run)
        if parts is None:
            break
        on_left, on_right = parts
        if on_left is not None and left and on_left.box.y0 - left[-1].box.y1 > 3 * _CLOSE * height:
            break
        if _says_something(run):
            gutter = gutter.beside(on_left, on_right)
        taken.add(id(run))
        if on_left is not None:
            left.append(on_left)
        if on_right is not None:
            right.append(on_right)
    for run in sorted((run for run in runs if run.level < anchor.box.y0 - 0.3 * height), key=lambda run: -run.level):
        top = min(other.box.y0 for other in (*right, anchor))
        if run.box.x0 < gutter.high - 2 * height or run.text != run.text.upper() or top - run.box.y1 > _CLOSE * height:
            break
        taken.add(id(run))
        right.append(run)
    if not right:
        return None
    return Band(tuple(left), tuple(right)), [run for run in runs if id(run) not in taken]


def _is_recipients(run: Run, width: float) -> bool:
    letters = letters_of(run.text)[: len(_RECIPIENTS)]
    return run.box.x0 < width / 2 and len(letters) >= 5 and fuzz.ratio(letters, _RECIPIENTS) >= _ALIKE


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The strip between two columns as far as it is known."""

    low: float
    high: float

    def cut(self, run: Run) -> tuple[Run | None, Run | None] | None:
        """The parts of a run left and right of the strip; None where the run crosses it."""
        pairs = list(zip(run.words, run.boxes, strict=True))
        starts = list(accumulate((box.x1 for box in run.boxes), max, initial=self.low))
        stops = list(accumulate((box.x0 for box in reversed(run.boxes)), min, initial=self.high))[::-1]
        best: tuple[float, float, int] | None = None
        for split, (start, stop) in enumerate(zip(starts, stops, strict=True)):
            # The strip furthest right: the margin left of the left column is blank too.
            if stop - start >= _GUTTER * run.height and (best is None or (stop, stop - start) > best[:2]):
                best = (stop, stop - start, split)
        if best is None:
            return None
        split = best[2]
        return (run_of(pairs[:split]) if split else None), (run_of(pairs[split:]) if split < len(pairs) else None)

    def beside(self, left: Run | None, right: Run | None) -> _Gutter:
        """The strip that is left beside two more runs."""
        return _Gutter(
            max(self.low, left.box.x1) if left else self.low, min(self.high, right.box.x0) if right else self.high
        )


def _says_something(run: Run) -> bool:
    """Whether a run holds a letter or a digit: rules and specks do not end a column."""
    return any(letter.isalnum() for letter in run.text)


def _is_place_and_date(run: Run) -> bool:
    letters = letters_of(run.text)
    return "ngay" in letters and ("thang" in letters or "nam" in letters)


def _is_number(run: Run) -> bool:
    """Whether a run is the line of number and symbol, or a part of it beside a handwritten number."""
    return letters_of(run.text).startswith("so") or "/" in run.text


def _centred(run: Run, column: Box) -> bool:
    return abs(run.middle - (column.x0 + column.x1) / 2) <= _OFF_CENTRE * column.width
