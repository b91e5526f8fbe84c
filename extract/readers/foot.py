"""The two columns of a letter's foot: who receives it on the left, the signature on the right."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extract.readers.band import CLOSE, Band, Gutter, letters_of, says_something
from extract.readers.runs import Run, rows_of_runs

_RECIPIENTS = "noinhan"
_SECOND = "nhan"
_LAST = "luu"
_TO_SIGN = ("ky", "chuky")
_ADDRESS = "kinhgui"
_ALIKE = 75.0
_SIGNATURE_STARTS = 0.35  # of the width of the page
_LIST_STARTS, _LIST_ENDS = 0.3, 0.65  # of the width of the page
_LIST_CLOSE = 0.9  # in heights: items of the list stand closer than paragraphs
_HEADING_CLOSE = 1.3  # in heights
_HEADING_WORDS, _HEADING_LETTERS = 3, 4  # at most, and at least
_MIDDLE = 0.55  # of the width of the page
_SIGNERS_APART, _SIGNED = 3.0, 10.0  # in heights: between two who sign, and the blank above their names
_LEAST_SIGNS = 2  # letters and digits of a run that can bound a column: a stroke of a pen reads as one


def find_foot(runs: list[Run], width: float) -> tuple[Band, list[Run]] | None:
    """The foot of a letter among the runs of a page of this width, and the runs that do not belong to it."""
    anchor = _anchor(runs, width)
    if anchor is None:
        return _find_signers(runs, width)
    height = anchor.height
    below = sorted((run for run in runs if run.level >= anchor.box.y0 - 0.3 * height), key=lambda run: run.level)
    starts = [
        run.box.x0 for run in below if run.box.x0 > max(anchor.box.x1, _SIGNATURE_STARTS * width) and _bounds(run)
    ]
    gutter = Gutter(anchor.box.x1, min(starts, default=width))
    left, right, taken, gutter = _parted(below, gutter, 3 * CLOSE * height)
    for run in sorted((run for run in runs if run.level < anchor.box.y0 - 0.3 * height), key=lambda run: -run.level):
        top = min(other.box.y0 for other in (*right, anchor))
        if run.box.x0 < gutter.high - 2 * height or run.text != run.text.upper() or top - run.box.y1 > CLOSE * height:
            break
        taken.add(id(run))
        right.append(run)
    if not right:
        return None
    return Band(tuple(left), tuple(right)), [run for run in runs if id(run) not in taken]


def _find_signers(runs: list[Run], width: float) -> tuple[Band, list[Run]] | None:
    """Two who sign side by side, as on forms: known by "(ký, ghi rõ họ tên)" below one of them."""
    for row, next_row in pairwise(rows_of_runs(run for run in runs if says_something(run))):
        if len(row) != 2 or not any(_is_told_to_sign(run) for run in next_row):
            continue
        left, right = row
        if left.box.x1 > _MIDDLE * width or right.box.x0 - left.box.x1 < _SIGNERS_APART * max(
            left.height, right.height
        ):
            continue
        top = min(left.level, right.level)
        below = sorted((run for run in runs if run.level >= top), key=lambda run: run.level)
        lefts, rights, taken, _ = _parted(below, Gutter(left.box.x1, right.box.x0), _SIGNED * left.height)
        return Band(tuple(lefts), tuple(rights)), [run for run in runs if id(run) not in taken]
    return None


def _is_told_to_sign(run: Run) -> bool:
    return run.text.startswith("(") and letters_of(run.text).startswith(_TO_SIGN)


def _parted(below: Iterable[Run], gutter: Gutter, reach: float) -> tuple[list[Run], list[Run], set[int], Gutter]:
    """Runs from top to bottom as left and right column, which of them are in these, and the strip between.

    They end with a run that crosses the strip, or more than `reach` below the last of the left column.
    """
    left: list[Run] = []
    right: list[Run] = []
    taken: set[int] = set()
    for run in below:
        parts = gutter.cut(run) if _bounds(run) else gutter.side(run)
        if parts is None:
            break
        on_left, on_right = parts
        if on_left is not None and left and on_left.box.y0 - left[-1].box.y1 > reach:
            break
        if _bounds(run):
            gutter = gutter.beside(on_left, on_right)
        taken.add(id(run))
        if on_left is not None:
            left.append(on_left)
        if on_right is not None:
            right.append(on_right)
    return left, right, taken, gutter


def _bounds(run: Run) -> bool:
    return sum(letter.isalnum() for letter in run.text) >= _LEAST_SIGNS


def _anchor(runs: list[Run], width: float) -> Run | None:
    """The run with which the recipients begin: their heading, or the first of them where a stamp covers it."""
    told = next((run for run in runs if _is_recipients(run, width)), None)
    if told is not None:
        return told
    starts = [run for run in runs if run.box.x0 < _LIST_STARTS * width and says_something(run)]
    starts.sort(key=lambda run: run.level)
    for heading, first in pairwise(starts):
        if _is_damaged_heading(heading) and _is_item(first) and _follows(heading, first, _HEADING_CLOSE):
            return heading
    ends = [at for at, run in enumerate(starts) if _is_item(run) and letters_of(run.text).startswith(_LAST)]
    return _top_of_list(starts[: ends[-1] + 1], width) if ends else None


def _top_of_list(starts: list[Run], width: float) -> Run | None:
    """The first line of the list that ends with the last of these runs; None where that stands alone."""
    top = last = starts[-1]
    edge, indent = last.box.x0, 2 * last.height
    for run in reversed(starts[:-1]):
        if not _follows(run, top) or run.box.x1 > _LIST_ENDS * width or run.text.endswith("/."):
            break
        if run.box.x0 > edge + indent:
            continue  # the rest of a line, or of a stamp
        if run.box.x0 < edge - indent or letters_of(run.text).startswith(_ADDRESS):
            break
        top = run
        if _is_item(run):
            edge = run.box.x0  # the list of a skewed page leans
        elif _is_heading(run):
            break
    return None if top is last else top


def _is_heading(run: Run) -> bool:
    return len(run.words) <= _HEADING_WORDS and run.text.endswith(":") and len(letters_of(run.text)) >= _HEADING_LETTERS


def _is_damaged_heading(run: Run) -> bool:
    """Whether a run is "Nơi nhận:" with its first word lost in a stamp."""
    return _is_heading(run) and Levenshtein.distance(letters_of(run.words[-1].text), _SECOND) <= 1


def _is_item(run: Run) -> bool:
    """Whether a run begins with a dash, or with what was read for one."""
    return not run.text[0].isalnum()


def _follows(run: Run, below: Run, close: float = _LIST_CLOSE) -> bool:
    """Whether no more than the blank between the lines of a list is between two runs."""
    return below.box.y0 - run.box.y1 <= close * min(run.height, below.height)


def _is_recipients(run: Run, width: float) -> bool:
    letters = letters_of(run.text)[: len(_RECIPIENTS)]
    return run.box.x0 < width / 2 and len(letters) >= 5 and fuzz.ratio(letters, _RECIPIENTS) >= _ALIKE
