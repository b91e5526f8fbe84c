"""Two columns side by side: the strip between them, which no word crosses, and what stands on each side of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from extract.readers.runs import Run, run_of
from normalize.syllables import fold

CLOSE = 1.7
"""In heights: a larger blank between lines ends a column."""

_LEAST = 0.3  # in heights of its words: the width of the strip


@dataclass(frozen=True, slots=True)
class Band:
    """Two columns side by side."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.box.y0 for run in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Gutter:
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
            if stop - start >= _LEAST * run.height and (best is None or (stop, stop - start) > best[:2]):
                best = (stop, stop - start, split)
        if best is None:
            return None
        split = best[2]
        return (run_of(pairs[:split]) if split else None), (run_of(pairs[split:]) if split < len(pairs) else None)

    def side(self, run: Run) -> tuple[Run | None, Run | None]:
        """A run whole on the side of the strip to which it is nearer."""
        return (run, None) if run.middle < (self.low + self.high) / 2 else (None, run)

    def beside(self, left: Run | None, right: Run | None) -> Gutter:
        """The strip that is left beside two more runs."""
        return Gutter(
            max(self.low, left.box.x1) if left else self.low, min(self.high, right.box.x0) if right else self.high
        )


def letters_of(text: str) -> str:
    """The letters of a text without marks, lower case: what survives of it in damaged layers."""
    return "".join(letter for letter in fold(text) if letter.isalpha())


def says_something(run: Run) -> bool:
    """Whether a run holds a letter or a digit: rules and specks do not end a column."""
    return any(letter.isalnum() for letter in run.text)
