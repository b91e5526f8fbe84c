"""A letter read, repaired and laid out: what every component works on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extract.records.engine_pages import engine_pages
from extract.records.flow import Flow
from extract.records.found import Evidence, Proof
from extract.records.pages import Box, Letter, Line
from normalize.edits import Repaired


@dataclass(frozen=True, slots=True)
class Reading:
    """The letter, its repaired text (all lines joined by line breaks) and its flow of blocks.

    `engine_pages` are the numbers of the pages that an engine read from an image, by us or by whoever made the text.
    """

    letter: Letter
    repaired: Repaired
    flow: Flow
    engine_pages: frozenset[int] = field(init=False, repr=False, compare=False)
    _line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _raw_line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _line_pages: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _lines: tuple[Line, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_line_starts", _starts(self.repaired.text))
        object.__setattr__(self, "_raw_line_starts", _starts(self.repaired.raw))
        pages = tuple(page.number for page in self.letter.pages for _ in page.lines)
        object.__setattr__(self, "_line_pages", pages)
        object.__setattr__(self, "_lines", self.letter.lines)
        object.__setattr__(self, "engine_pages", engine_pages(self.letter, self.repaired))

    def proof(self, start: int, end: int, component: str) -> Proof:
        """Evidence for the flow span `start`..`end`: one entry a line it touches."""
        return tuple(
            entry for low, high in self.flow.to_text(start, end) for entry in self.proof_of_text(low, high, component)
        )

    def proof_of_text(self, start: int, end: int, component: str) -> Proof:
        """Evidence for a span of the repaired text: one entry a line it touches."""
        entries = []
        first = bisect_right(self._line_starts, start) - 1
        for index in range(first, len(self._line_starts)):
            line_start = self._line_starts[index]
            if line_start >= end:
                break
            next_start = self._line_starts[index + 1] if index + 1 < len(self._line_starts) else None
            line_end = len(self.repaired.text) if next_start is None else next_start - 1
            low, high = max(start, line_start), min(end, line_end)
            if low < high and index < len(self._lines):
                entries.append(self._entry(index, low, high, component))
        return tuple(entries)

    def _entry(self, index: int, start: int, end: int, component: str) -> Evidence:
        raw_start, raw_end = self.repaired.to_raw(start, end)
        line, origin = self._lines[index], self._raw_line_starts[index]
        box, confidence = _cover(line, raw_start - origin, raw_end - origin)
        return Evidence(
            page=self._line_pages[index],
            line=index + 1,
            box=box,
            raw=self.repaired.raw[raw_start:raw_end],
            text=self.repaired.text[start:end],
            start=start,
            end=end,
            component=component,
            confidence=confidence,
        )


def _starts(text: str) -> tuple[int, ...]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def _cover(line: Line, start: int, end: int) -> tuple[Box | None, float | None]:
    """Box and lowest confidence of the words of `line` between two offsets."""
    box, confidence, at = None, None, 0
    for word in line.words:
        stop = at + len(word.text)
        if at < end and start < stop:
            if word.box is not None:
                box = word.box if box is None else box.union(word.box)
            if word.confidence is not None:
                confidence = word.confidence if confidence is None else min(confidence, word.confidence)
        at = stop + 1
    return (box if line.words else line.box), confidence
