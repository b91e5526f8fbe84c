"""Edits: what was changed, where and why, with offsets that map both ways.

A repair is never a new text alone. It is the raw text, an ordered list of
edits and the text they give; `revert` brings the raw text back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Cause(StrEnum):
    """Why an edit was made."""

    UNICODE = "unicode"  # composition to NFC, no letter changed
    CHARSET = "charset"  # TCVN3, VNI, VISCII or VPS bytes read as Unicode
    TONE_PLACEMENT = "tone_placement"
    CHANNEL = "channel"  # noisy channel and language model
    GAZETTEER = "gazetteer"  # a known name or abbreviation
    SPLIT = "split"
    MERGE = "merge"
    SYMBOL = "symbol"  # the symbol of a document, QP-TTg -> QĐ-TTg; the mark of an item, Il. -> II.
    NUMBER = "number"  # a digit, changed under a named proof


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement.

    `start` and `end` are offsets into the raw text; `before` is what stood
    there. `probability` (0..1) is the model's belief that the edit is right.
    """

    start: int
    end: int
    before: str
    after: str
    cause: Cause
    probability: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch of raw text that looks damaged and was left as read."""

    start: int
    end: int
    reason: str
    probability: float


@dataclass(frozen=True, slots=True)
class Repaired:
    """Raw text, the edits made and the text that results.

    Edits are sorted, do not overlap, and never touch a line break, so the
    number of lines is that of the raw text.
    """

    raw: str
    text: str
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    _raw_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _text_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text_starts, shift = [], 0
        for edit in self.edits:
            text_starts.append(edit.start + shift)
            shift += len(edit.after) - len(edit.before)
        object.__setattr__(self, "_raw_starts", tuple(edit.start for edit in self.edits))
        object.__setattr__(self, "_text_starts", tuple(text_starts))

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the text span `start`..`end`; an edit that is touched counts whole."""
        low = self._map(start, self._text_starts, from_raw=False, after=False)
        high = self._map(end, self._text_starts, from_raw=False, after=True)
        return low, max(low, high)

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """Text offsets of the raw span `start`..`end`; an edit that is touched counts whole."""
        low = self._map(start, self._raw_starts, from_raw=True, after=False)
        high = self._map(end, self._raw_starts, from_raw=True, after=True)
        return low, max(low, high)

    def _map(self, offset: int, starts: tuple[int, ...], *, from_raw: bool, after: bool) -> int:
        index = bisect_right(starts, offset) - 1
        if after and index >= 0 and starts[index] == offset:
            index -= 1  # an edit that begins where the span ends is not part of it
        if index < 0:
            return offset
        edit, start = self.edits[index], starts[index]
        here, there = (edit.before, edit.after) if from_raw else (edit.after, edit.before)
        origin = self._text_starts[index] if from_raw else edit.start
        if offset >= start + len(here):
            return origin + len(there) + offset - start - len(here)
        return origin + len(there) if after and offset > start else origin


def apply_edits(raw: str, edits: Iterable[Edit], doubts: Iterable[Doubt] = ()) -> Repaired:
    """The text that `edits` make of `raw`.

    Raises:
        ValueError: edits overlap, do not fit `raw`, or touch a line break.
    """
    ordered = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    parts, at = [], 0
    for edit in ordered:
        if edit.start < at or raw[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit does not fit the text: {edit}")
        if "\n" in edit.before or "\n" in edit.after:
            raise ValueError(f"edit touches a line break: {edit}")
        parts += [raw[at : edit.start], edit.after]
        at = edit.end
    return Repaired(raw, "".join([*parts, raw[at:]]), ordered, tuple(doubts))


def revert(repaired: Repaired) -> str:
    """The raw text again, rebuilt from the repaired text and its edits."""
    parts, at, shift = [], 0, 0
    for edit in repaired.edits:
        start = edit.start + shift
        parts += [repaired.text[at:start], edit.before]
        at = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    return "".join([*parts, repaired.text[at:]])


def concatenate(parts: Iterable[Repaired], separator: str = "\n") -> Repaired:
    """One repaired text of several, joined by `separator`; offsets of edits and doubts move along."""
    raws, texts, edits, doubts, at = [], [], [], [], 0
    for part in parts:
        raws.append(part.raw)
        texts.append(part.text)
        edits += [replace(edit, start=edit.start + at, end=edit.end + at) for edit in part.edits]
        doubts += [replace(doubt, start=doubt.start + at, end=doubt.end + at) for doubt in part.doubts]
        at += len(part.raw) + len(separator)
    return Repaired(separator.join(raws), separator.join(texts), tuple(edits), tuple(doubts))
