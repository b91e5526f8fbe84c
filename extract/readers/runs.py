"""Runs and rows: words that stand side by side, found by their boxes alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.readers.levels import Levels
from extract.records import Box, Line, Word

WIDE_GAP = 1.5
"""A gap of this many word heights ends a run: blanks of justified type are narrower, gutters of columns wider."""

_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one visual line without a wide gap, left to right; every word has a box."""

    words: tuple[Word, ...]
    boxes: tuple[Box, ...]
    box: Box
    height: float  # median height of its words

    @property
    def text(self) -> str:
        """Its words joined by blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """Horizontal centre."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def level(self) -> float:
        """Vertical centre."""
        return (self.box.y0 + self.box.y1) / 2


def run_of(pairs: Sequence[tuple[Word, Box]]) -> Run:
    """A run of words with their boxes, in the order given; not empty."""
    box = pairs[0][1]
    for _, other in pairs[1:]:
        box = box.union(other)
    boxes = tuple(pair[1] for pair in pairs)
    return Run(tuple(pair[0] for pair in pairs), boxes, box, max(median(part.height for part in boxes), 1.0))


def runs_of_lines(lines: Iterable[Line]) -> list[Run]:
    """Lines as an engine found them, cut at wide gaps. Words without boxes are left out."""
    runs = []
    for line in lines:
        pairs = sorted(((word, word.box) for word in line.words if word.box is not None), key=lambda pair: pair[1].x0)
        if not pairs:
            continue
        height = max(median(box.height for _, box in pairs), 1.0)
        part = [pairs[0]]
        for pair in pairs[1:]:
            if pair[1].x0 - part[-1][1].x1 > WIDE_GAP * height:
                runs.append(run_of(part))
                part = []
            part.append(pair)
        runs.append(run_of(part))
    return runs


def runs_of_words(words: Iterable[Word]) -> list[Run]:
    """Runs grown word by word from left to right: each word joins the run that ends beside it at its height."""
    runs: list[list[tuple[Word, Box]]] = []
    pairs = sorted(
        ((word, word.box) for word in words if word.box is not None), key=lambda pair: (pair[1].x0, pair[1].y0)
    )
    growing = Levels([box for _, box in pairs])
    for pair in pairs:
        box = pair[1]
        beside = []
        for number in growing.near(box):
            run = runs[number]
            if box.x0 - run[-1][1].x1 > WIDE_GAP * _type_height(run):
                growing.drop(number, run[-1][1])  # the words that come stand further right still
            elif _beside(run[-1][1], box):
                beside.append(number)
        if beside:
            number = min(beside, key=lambda number: _apart(runs[number][-1][1], box))
            growing.drop(number, runs[number][-1][1])
            runs[number].append(pair)
        else:
            number = len(runs)
            runs.append([pair])
        growing.put(number, box)
    return [run_of(run) for run in runs]


def rows_of_runs(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """Rows from top to bottom, each of runs from left to right; skewed pages keep their rows."""
    rows: list[list[Run]] = []
    ordered = sorted(runs, key=lambda run: (run.box.x0, run.box.y0))
    ends = Levels([run.boxes[-1] for run in ordered])
    for run in ordered:
        first = run.boxes[0]
        beside = [number for number in ends.near(first) if _beside(rows[number][-1].boxes[-1], first, run.height)]
        if beside:
            number = min(beside, key=lambda number: _apart(rows[number][-1].boxes[-1], first))
            ends.drop(number, rows[number][-1].boxes[-1])
            rows[number].append(run)
        else:
            number = len(rows)
            rows.append([run])
        ends.put(number, run.boxes[-1])
    rows.sort(key=lambda row: sum(run.level * len(run.words) for run in row) / sum(len(run.words) for run in row))
    return [tuple(row) for row in rows]


def line_of(runs: Sequence[Run], column: int | None = None) -> Line:
    """One line of the words of some runs, in their order."""
    words = tuple(word for run in runs for word in run.words)
    box = runs[0].box
    for run in runs[1:]:
        box = box.union(run.box)
    return Line(" ".join(word.text for word in words), words, box, column)


def _type_height(run: Sequence[tuple[Word, Box]]) -> float:
    return max(max(box.height for _, box in run[-4:]), 1.0)


def _beside(left: Box, right: Box, slack: float | None = None) -> bool:
    """Whether `right` stands at the height of `left` and not before its end."""
    lower = min(left.height, right.height)
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return shared >= _OVERLAP * lower and right.x0 >= left.x1 - (slack or 0.6 * max(lower, 1.0))


def _apart(one: Box, other: Box) -> float:
    """How far the middles of two boxes lie above each other."""
    return abs(one.y0 + one.y1 - other.y0 - other.y1) / 2
