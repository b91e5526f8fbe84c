"""How figures of a sentence relate where the letter says so: wholes and parts, and the shares of the parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.components.context import Sentence
from extract.components.found import Located
from extract.records import Figure

_PARTS = re.compile(r"\b(?:trong đó|trong số đó|bao gồm|gồm có|gồm|chia ra|cụ thể)\b", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:chiếm tỷ lệ|chiếm tỉ lệ|đạt tỷ lệ|đạt tỉ lệ|tỷ lệ|tỉ lệ|chiếm|đạt)\b|\($", re.IGNORECASE)
_FAR = 24  # figures before the words among which the whole is looked for


@dataclass(frozen=True, slots=True)
class FigureRelation:
    """Parts of a whole, by index into the figures of the letter.

    `words` are those that state it ("trong đó", "gồm", "chiếm"). `shares[n]` is the figure that gives the share of
    `parts[n]` in percent, None where none is given.
    """

    whole: int
    parts: tuple[int, ...]
    words: str
    shares: tuple[int | None, ...] = ()


def relate(sentence: Sentence, figures: Sequence[tuple[int, Located[Figure]]]) -> Iterator[FigureRelation]:
    """The relations a sentence states between its figures (index, record), in the order of the words that state them.

    The whole is the last count before the words; the parts are the counts behind them that have its unit, up to a
    semicolon, the end of the bracket it opened in, or the next such words.
    """
    if len(figures) < 2:
        return
    text, origin = sentence.text, sentence.start
    depths = _depths(text)
    starts = [item.start for _, item in figures]
    cues = list(_PARTS.finditer(text))
    for order, cue in enumerate(cues):
        first = bisect_left(starts, origin + cue.start())
        whole = _whole_before(figures[max(first - _FAR, 0) : first])
        if whole is None:
            continue
        stop = _stop(text, depths, cue.end(), cues[order + 1].start() if order + 1 < len(cues) else len(text))
        last = bisect_left(starts, origin + stop)
        level = depths[cue.start()]
        parts = [
            at
            for at in range(first, last)
            if not _is_share(figures[at][1])
            and depths[starts[at] - origin] == level
            and _same_unit(figures[at][1], whole[1])
        ]
        if parts:
            shares = tuple(_share_of(figures, at, last, text, origin) for at in parts)
            yield FigureRelation(whole[0], tuple(figures[at][0] for at in parts), cue.group().lower(), shares)
    yield from _split_by_shares(figures, text, origin, depths)


def _split_by_shares(
    figures: Sequence[tuple[int, Located[Figure]]], text: str, origin: int, depths: Sequence[int]
) -> Iterator[FigureRelation]:
    """A count with its division in brackets: "40 xe (xe tải 62,5%; xe khách 37,5%)"."""
    at = 0
    while at < len(figures):
        index, item = figures[at]
        inside = at + 1
        level = depths[item.start - origin]
        while (
            inside < len(figures)
            and depths[figures[inside][1].start - origin] > level
            and _is_share(figures[inside][1])
        ):
            inside += 1
        if not _is_share(item) and inside - at > 2:
            yield FigureRelation(index, tuple(pair[0] for pair in figures[at + 1 : inside]), "chiếm")
        at = max(inside, at + 1)


def _whole_before(figures: Sequence[tuple[int, Located[Figure]]]) -> tuple[int, Located[Figure]] | None:
    """The last count among figures."""
    return next((pair for pair in reversed(figures) if not _is_share(pair[1])), None)


def _share_of(figures: Sequence[tuple[int, Located[Figure]]], at: int, last: int, text: str, origin: int) -> int | None:
    """The percentage stated right behind a part: "40 hồ sơ, chiếm tỷ lệ 0,1%", "40 hồ sơ (0,1%)"."""
    if at + 1 >= last or not _is_share(figures[at + 1][1]):
        return None
    between = text[figures[at][1].end - origin : figures[at + 1][1].start - origin]
    return figures[at + 1][0] if _SHARE.search(between.rstrip()) else None


def _stop(text: str, depths: Sequence[int], start: int, high: int) -> int:
    level = depths[start] if start < len(depths) else 0
    for at in range(start, high):
        if depths[at] < level or (text[at] == ";" and depths[at] == level):
            return at
    return high


def _depths(text: str) -> list[int]:
    """For each offset, how many brackets are open there."""
    depths, open_ = [], 0
    for letter in text:
        if letter == ")":
            open_ = max(open_ - 1, 0)
        depths.append(open_)
        if letter == "(":
            open_ += 1
    return [*depths, open_]


def _is_share(item: Located[Figure]) -> bool:
    return item.record.unit in ("%", "‰")


def _same_unit(part: Located[Figure], whole: Located[Figure]) -> bool:
    mine, other = (part.record.unit or "").lower().split(), (whole.record.unit or "").lower().split()
    return not mine or not other or mine[0] == other[0]
