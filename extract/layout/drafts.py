"""Drafts of blocks, and the flow they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.layout.markers import Marker, nest
from extract.layout.specks import end_of_words, specks_inside
from extract.layout.strips import Strip
from extract.records import Block, Flow, Piece, Role
from normalize.syllables import is_syllable

_RUNNING = (Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.FOOTNOTE)
_CLEANED = (*_RUNNING, Role.PLACE_DATE, Role.SUBJECT)
_REFERENCE = re.compile(r"^[⁰¹²³⁴-⁹]+\s?|[⁰¹²³⁴-⁹]+")
_CODE_END = re.compile(r"(?:[\d/][\w/]{0,20}|\b[A-ZĐ]{2,8})-$|(?<=\w)/$|\d{1,6}[/-]$")
_OPENING = 240  # characters that tell the mark of a block, and whether it is in capitals
_CODE_BEGIN = re.compile(r"[/-][A-ZĐ]{2}|/\d{4}")


@dataclass(slots=True)
class Draft:
    """A block in the making: its role and the strips it is made of.

    `mark` is how long the number is that a footnote begins with, `calls` the numbers of the footnotes of its pages;
    `marker` is the number or bullet of a block of running text; `worn` says that its pages were read from images, so
    that specks stand among their words.
    """

    role: Role
    strips: list[Strip] = field(default_factory=list)
    mark: int = 0
    calls: tuple[int, ...] = ()
    marker: Marker | None = None
    worn: bool = False

    @property
    def text(self) -> str:
        """The strips joined."""
        return "".join(part for part, _ in parts(self.strips))

    @property
    def opening(self) -> str:
        """The first strips joined, enough for `_OPENING` characters: what the block begins with, however long it is."""
        count, length = 0, 0
        while count < len(self.strips) and length < _OPENING:
            length += len(self.strips[count].text)
            count += 1
        return "".join(part for part, _ in parts(self.strips[:count]))

    @property
    def last(self) -> Strip:
        """The strip that was added last."""
        return self.strips[-1]


def parts(strips: Sequence[Strip]) -> list[tuple[str, int | None]]:
    """The strips with what joins them; each with its offset in the repaired text, None for a joint."""
    made: list[tuple[str, int | None]] = []
    for index, strip in enumerate(strips):
        if index and not _joins_bare(strips[index - 1].text, strip.text):
            made.append((" ", None))
        made.append((strip.text, strip.start))
    return made


def _joins_bare(before: str, after: str) -> bool:
    """Whether a word or code was broken between two lines: "766/QĐ-" and "TTg"."""
    if _CODE_END.search(before[-24:]):
        return after[:1].isalnum()
    return bool(_CODE_BEGIN.match(after)) and before[-1:].isalnum()


def to_flow(drafts: Sequence[Draft]) -> Flow:
    """The flow of blocks."""
    made = [(draft, *_pieces(draft)) for draft in drafts]
    markers = [draft.marker if draft.role in (Role.HEADING, Role.ITEM) else None for draft in drafts]
    body = [
        index for index, (draft, _, _) in enumerate(made) if draft.role in (Role.HEADING, Role.PARAGRAPH, Role.ITEM)
    ]
    leads = [made[index][1].rstrip().endswith(":") for index in body]
    parents = dict(zip(body, nest([markers[index] for index in body], leads), strict=True))
    blocks, at = [], 0
    for index, (draft, text, pieces) in enumerate(made):
        marker, parent = markers[index], parents.get(index)
        blocks.append(
            Block(
                role=draft.role,
                text=text,
                start=at,
                pieces=tuple(Piece(at + flow, source, length) for flow, source, length in pieces),
                marker=marker.text if marker else None,
                body=marker.length if marker else draft.mark,
                parent=None if parent is None else body[parent],
                page=draft.strips[0].page,
            )
        )
        at += len(text) + 1
    return Flow("\n".join(block.text for block in blocks), tuple(blocks))


def _pieces(draft: Draft) -> tuple[str, list[tuple[int, int, int]]]:
    """Text of a draft and its pieces (offset in it, offset in the repaired text, length), without references."""
    texts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0

    def add(text: str, source: int | None) -> None:
        nonlocal at
        if text and source is not None:
            pieces.append((at, source, len(text)))
        texts.append(text)
        at += len(text)

    for text, source in parts(draft.strips):
        if source is None or draft.role not in _CLEANED:
            add(text, source)
            continue
        low = 0
        first = max(draft.mark, draft.marker.length if draft.marker else 1) if not pieces else 0
        if draft.worn:
            closes, begins = source == draft.last.start, source == draft.strips[0].start
            text = text[: max(end_of_words(text, closes=closes, begins=begins), first)]
        for start, end, instead in _left_out(text, draft, first):
            add(text[low:start], source + low)
            add(instead, None)
            low = end
        add(text[low:], source + low)
    return "".join(texts), pieces


def _left_out(text: str, draft: Draft, first: int) -> list[tuple[int, int, str]]:
    """Spans of a line that the flow leaves out with what it has instead: calls of footnotes, specks of worn pages.

    Specks before `first` are left to those who read the marker that begins the block.
    """
    found = [(start, end, "") for start, end in _references(text, draft.calls)] if draft.role in _RUNNING else []
    if draft.worn:
        found += [span for span in specks_inside(text) if span[0] >= first]
    apart: list[tuple[int, int, str]] = []
    for span in sorted(found):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def _references(text: str, calls: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of the raised numbers in a line that call footnotes, also where they came as plain digits behind a word."""
    spans = [match.span() for match in _REFERENCE.finditer(text)]
    for number in calls:
        call = rf"(?:([^\W\d_]{{2,7}})|(?<![\d/])\d{{1,2}}/\d\d(?={number}\s[.,;])|[)”]){number}(?=\s?[.,;:)]|\s|$)"
        for match in re.finditer(call, text):
            if match[1] is None or (match[1].islower() and is_syllable(match[1])):
                spans.append((match.end() - len(str(number)), match.end()))
    return sorted(spans)
