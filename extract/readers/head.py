"""The two columns of a letter's head: who issues it on the left, the motto on the right."""

from __future__ import annotations

from rapidfuzz import fuzz

from extract.readers.band import CLOSE, Band, Gutter, letters_of, says_something
from extract.readers.runs import Run, rows_of_runs, run_of
from extract.records import Box

_MOTTOS = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")
_ADDRESS = "kinhgui"
_ALIKE = 75.0
_DATED = 8.0  # in heights of the motto: place and date stand no lower
_SAME_LEVEL = 0.5  # in heights
_OFF_CENTRE = 0.3  # of the width of the column


def find_head(runs: list[Run], width: float) -> tuple[Band, list[Run]] | None:
    """The head of a letter among the runs of a page of this width, and the runs that do not belong to it."""
    anchored = _motto(runs)
    if anchored is None:
        return None
    motto, rest = anchored
    rest = _with_whole_date(rest, motto)
    column = motto.box
    gutter = Gutter(0.0, motto.box.x0)
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
        close = CLOSE * motto.height
        near_left = run.box.y0 - last_left <= (3 * close if _is_number(run) else close) or run.box.y0 < last_right
        near_right = run.box.y0 - last_right <= 3 * close
        parts = gutter.cut(run)
        if parts is None:
            if run.level > floor and says_something(run):
                break
            continue
        on_left, on_right = parts
        if not says_something(run):
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


def _with_whole_date(runs: list[Run], motto: Run) -> list[Run]:
    """The runs, with place and date below the motto as one: dots and handwriting leave wide gaps in them."""
    near = [run for run in runs if run.box.x0 > motto.box.x0 and 0 < run.level - motto.level < _DATED * motto.height]
    for row in rows_of_runs(near):
        whole = run_of([pair for run in row for pair in zip(run.words, run.boxes, strict=True)])
        if len(row) > 1 and _is_place_and_date(whole):
            parts = {id(run) for run in row}
            return [*(run for run in runs if id(run) not in parts), whole]
    return runs


def _is_above(run: Run, motto: Run, runs: list[Run]) -> bool:
    """Whether a run is (a part of) a line above both columns, such as what an annex is issued with."""
    if run.level >= motto.box.y0:
        return False
    return any(
        other.box.x1 > motto.box.x0 and abs(other.level - run.level) < _SAME_LEVEL * motto.height
        for other in runs
        if says_something(other)
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


def _is_place_and_date(run: Run) -> bool:
    letters = letters_of(run.text)
    return "ngay" in letters and ("thang" in letters or "nam" in letters)


def _is_number(run: Run) -> bool:
    """Whether a run is the line of number and symbol, or a part of it beside a handwritten number."""
    return letters_of(run.text).startswith("so") or "/" in run.text


def _centred(run: Run, column: Box) -> bool:
    return abs(run.middle - (column.x0 + column.x1) / 2) <= _OFF_CENTRE * column.width
