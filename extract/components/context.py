"""Where in the letter something is said: sentences, the body and the period a statement is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic

from extract.components.found import Body, BodyKind, Found, Located, R
from extract.records import Block, DateMention, DateRole, Precision, Reading, Role

RUNNING = (Role.PARAGRAPH, Role.ITEM, Role.HEADING, Role.FOOTNOTE)
"""Roles of blocks that hold sentences."""

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
"""Capital letters of Vietnamese, for a character class."""

_END = re.compile(
    rf"[.!…?](?:(?:(?<!\?)|(?!\s+\d))[”\")]{{0,2}}\s+(?=[\"“(]?[{UPPER}0-9+*-])"  # "thứ? 5": a speck
    rf"|(?<=[^\W\d_{UPPER}]{{3}}\.)(?=[{UPPER}][^\W\d_{UPPER}]+\s))"  # "3.140 ha đất rừng.Công tác"
)
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TS|ThS|PGS|GS|BS|KT|TM|TL|TUQ|[Đđ]/c|TX|Tx|[A-Z])$")
_NAME = rf"[{UPPER}][^\W\d_]{{0,7}}"
_PLACE = re.compile(rf"\b([Tt]ỉnh|TỈNH|[Tt]hành phố|THÀNH PHỐ)\s+({_NAME}(?:(?:\s|\s?-\s?){_NAME}){{0,3}})")
_PROPER = re.compile(rf"\s[{UPPER}]")  # a capital behind the first word
_CLASS_OF_BODIES = re.compile(r"\b(khối\s[^.;:()\d]{2,40}?)\s(?:là|đạt|có|được)\b")
_UNREAD = 0.2  # confidence of a reading below which a word is noise
_NEAR = 160  # characters before a statement in which a class of bodies is looked for
_FOOTNOTE_CALL = re.compile(r"[¹²³⁰⁴-⁹]{1,3}|\d{1,2}")
_FOOTNOTE_MARK = re.compile(r"(?:[¹²³⁰⁴-⁹]{1,3}|\d{1,2})\s?$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of a sentence in the flow text, the block it stands in, and its text."""

    start: int
    end: int
    block: Block
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = self.block.text[self.start - self.block.start : self.end - self.block.start]
        object.__setattr__(self, "text", text)


def sentences(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block behind its marker."""
    cuts = [block.body]
    for match in _END.finditer(block.text, block.body):
        if not _ABBREVIATION.search(block.text, max(match.start() - 8, block.body), match.start()):
            cuts.append(match.end())
    spans = zip(cuts, [*cuts[1:], len(block.text)], strict=True)
    return tuple(
        Sentence(block.start + low, block.start + low + len(block.text[low:high].rstrip()), block)
        for low, high in spans
        if block.text[low:high].strip()
    )


@dataclass(frozen=True)
class Context:
    """A reading with what was found before, asked for what surrounds an offset of the flow text."""

    reading: Reading
    found: Found

    def sentences(self) -> Iterator[Sentence]:
        """All sentences of the running text, in order."""
        for block in self.reading.flow.of(*RUNNING):
            yield from sentences(block)

    def period(self, sentence: Sentence, start: int, low: int | None = None) -> str | None:
        """The stretch of time a statement at `start` is about, as ISO text.

        The last one named before it in its sentence (from `low`), else the first behind it in the sentence, else the
        last named before the sentence in the same block.
        """
        floor = sentence.start if low is None else low
        before = self._times.last(floor, start)
        if before is not None:
            return before.record.iso
        behind = self._times.first(start, sentence.end)
        if behind is not None and behind.record.role is not DateRole.DEADLINE:
            return behind.record.iso
        earlier = self._times.last(sentence.block.start, sentence.start)
        return earlier.record.iso if earlier is not None else None

    def org(self, sentence: Sentence, start: int, low: int | None = None) -> str | None:
        """The body or place a statement at `start` is about: the last named before it, else the letter's own place.

        A class of bodies whose average is given ("khối huyện") counts as one where it is named last.
        """
        floor = sentence.start if low is None else low
        named = self._named.last(floor, start)
        behind = max(named.end if named is not None else 0, floor, start - _NEAR)
        origin = sentence.block.start
        if classes := list(_CLASS_OF_BODIES.finditer(sentence.block.text, behind - origin, start - origin)):
            return classes[-1].group(1)
        return _plain(named.record) if named is not None else self.home

    def named(self, low: int, high: int) -> Sequence[Located[Body]]:
        """The bodies and places named in `low`..`high` of the flow text, those of citations apart."""
        return self._named.within(low, high)

    def position(self, block: Block) -> int:
        """The place of a block among those of the letter."""
        return self._positions[block.start]

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {block.start: at for at, block in enumerate(self.reading.flow.blocks)}

    def as_of(self, low: int, high: int) -> str | None:
        """The last day (or month) named in `low`..`high` of the flow text to which figures are counted."""
        stated = self._as_of.last(low, high)
        return stated.record.iso if stated is not None else None

    @cached_property
    def home(self) -> str | None:
        """The province the letter speaks of: that of its issuer, else the one it names most ("tỉnh Quảng Nam")."""
        header = self.found.header
        for stated in (header.issuer, header.parent_issuer):
            if stated and (match := _PLACE.search(stated)):
                return f"{match.group(1).lower()} {match.group(2)}"
        text = self.reading.flow.text
        if header.place and re.search(rf"\btỉnh\s+{re.escape(header.place)}\b", text):
            return f"tỉnh {header.place}"
        names = Counter(match.group(2) for match in _PLACE.finditer(text) if match.group(1) == "tỉnh")
        return f"tỉnh {min(names, key=lambda name: (-names[name], name))}" if names else None

    def anchor(self, block: Block) -> int | None:
        """The offset in the running text at which a footnote is called; None where the call is not found."""
        if block.role is not Role.FOOTNOTE or not block.pieces:
            return None
        start = block.pieces[0].text + block.body
        mark = _FOOTNOTE_MARK.search(self.reading.repaired.text, max(start - 8, 0), start)
        return self._calls.get(mark.group().strip()) if mark is not None else None

    def damaged(self, start: int, end: int) -> bool:
        """Whether the span of the flow text touches what repair left in doubt, or a word hardly read at all."""
        proof = self.reading.proof(start, end, "")
        if any(entry.confidence is not None and entry.confidence < _UNREAD for entry in proof):
            return True
        if not self._doubts:
            return False
        repaired = self.reading.repaired
        for low, high in self.reading.flow.to_text(start, end):
            raw_low, raw_high = repaired.to_raw(low, high)
            index = bisect_left(self._doubts, (raw_high, 0))
            if any(stop > raw_low for _, stop in self._doubts[max(index - 4, 0) : index]):
                return True
        return False

    @cached_property
    def _doubts(self) -> list[tuple[int, int]]:
        return sorted((doubt.start, doubt.end) for doubt in self.reading.repaired.doubts)

    @cached_property
    def _calls(self) -> dict[str, int]:
        """Footnote marks and where the running text, from which layout leaves them out, has them."""
        calls: dict[str, int] = {}
        for block in self.reading.flow.of(Role.PARAGRAPH, Role.ITEM, Role.HEADING):
            for piece in block.pieces:
                behind = piece.text + piece.length
                if call := _FOOTNOTE_CALL.match(self.reading.repaired.text, behind):
                    calls.setdefault(call.group(), piece.flow + piece.length)
        return calls

    @cached_property
    def _times(self) -> Index[DateMention]:
        wide = [item for item in self.found.dates if item.record.precision is not Precision.DAY]
        return Index((*self.found.periods, *wide))

    @cached_property
    def _as_of(self) -> Index[DateMention]:
        return Index(item for item in self.found.dates if item.record.role is DateRole.AS_OF)

    @cached_property
    def _named(self) -> Index[Body]:
        cited = [(item.start, item.end) for item in self.found.citations]
        named = (item for item in self.found.bodies if names_one(item.record))
        return Index(item for item in named if not _inside(item.start, cited))


class Index(Generic[R]):
    """Located records by their place."""

    def __init__(self, items: Iterable[Located[R]]) -> None:
        self.items = sorted(items, key=lambda item: (item.start, item.end))
        self._starts = [item.start for item in self.items]

    def within(self, low: int, high: int) -> Sequence[Located[R]]:
        """The records that begin in `low`..`high`, in order."""
        return self.items[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def first(self, low: int, high: int) -> Located[R] | None:
        """The first record that begins in `low`..`high`."""
        index = bisect_left(self._starts, low)
        return self.items[index] if index < len(self.items) and self._starts[index] < high else None

    def last(self, low: int, high: int) -> Located[R] | None:
        """The last record that begins in `low`..`high`."""
        index = bisect_left(self._starts, high) - 1
        return self.items[index] if index >= 0 and self._starts[index] >= low else None


def _plain(body: Body) -> str:
    """A place as it is written inside a sentence ("huyện Lấp Vò"); a body keeps its capital."""
    return body.name[0].lower() + body.name[1:] if body.kind is BodyKind.PLACE else body.name


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the sorted spans."""
    index = bisect_left(spans, (offset + 1, 0)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def names_one(body: Body) -> bool:
    """Whether a mention names one body or place ("Sở Nội vụ", "tỉnh Hậu Giang"), not a class of them ("các sở")."""
    if body.kind is BodyKind.PERSON or body.name.startswith(("Cổng", "Hệ thống", "Trang")):
        return False
    return body.entry is not None or bool(_PROPER.search(body.name))
