"""Ranks: a place among others ("vị thứ 22/63, tăng 22 bậc", "xếp hạng 57 toàn quốc", "nhóm 20", "dẫn đầu")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.components.context import Context, Sentence
from extract.components.found import Found, Located
from extract.components.indicators import Indicators, find_indicators
from extract.components.models import link
from extract.components.rank_places import CUE, FIRST, IN_TURN, Place, places
from extract.components.standing_bodies import Bodies
from extract.components.standing_words import is_wanted, readable
from extract.components.subjects import subject_before
from extract.records import Rank, Reading

_CHANGE = re.compile(
    r"\b(tăng|giảm|tụt|lùi|lên|xuống|cải thiện|thăng|rớt|nâng|hạ|sụt|nhảy|vượt|mất)\s+"
    r"(?:\d{1,3}(?:[.,]\d{1,4})?\s?(?:điểm|%)\s*(?:và|,)\s+(?:tăng\s+|giảm\s+)?)?"
    r"(?:(?:thêm|được|tới|đến|hạng|bậc|nhẹ|mạnh|những|tối thiểu)\s+){0,2}"
    r"(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:bậc|hạng|vị trí|thứ hạng|thứ bậc|vị thứ)\b",
    re.IGNORECASE,
)
_FALLS = ("giảm", "tụt", "lùi", "xuống", "rớt", "hạ", "sụt", "mất")
_COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_TAIL = re.compile(r"[,.;:()]|\s(?:tăng|giảm|so|và|với|nhưng|trong khi|có|được|đạt|cải thiện|tụt|năm|lên|xuống|\d)\b")
_LONGEST_TAIL = 90
_MOST = 3  # scores before a place among which its own is looked for


def find_ranks(reading: Reading, found: Found) -> tuple[Located[Rank], ...]:
    """The ranks of a letter, in reading order; "nhóm 20 tỉnh" has no rank but keeps its words."""
    context = Context(reading, found)
    indicators, bodies = Indicators(context), Bodies(context)
    ranks: list[Located[Rank]] = []
    for sentence in context.sentences():
        if CUE.search(sentence.text):
            ranks += _of_sentence(sentence, context, indicators, bodies)
    return tuple(ranks)


def _of_sentence(
    sentence: Sentence, context: Context, indicators: Indicators, bodies: Bodies
) -> Iterator[Located[Rank]]:
    text = readable(sentence.text)
    hits = [hit for hit in places(text) if not _is_doubtful(hit, sentence, context) and not is_wanted(text, hit.start)]
    owners = _owners_in_turn(sentence, hits, bodies)
    for index, hit in enumerate(hits):
        low = hits[index - 1].end if index else 0
        high = hits[index + 1].start if index + 1 < len(hits) else len(text)
        start, end = sentence.start + hit.start, sentence.start + _tail(text, hit.end, high)
        name = _component(text, hit) or _of_score(sentence, hit, context)
        name = name or indicators.of(
            sentence, end if hit.rank is None or hit.rule == FIRST else start, sentence.start + low
        )
        linked = link(name, None, context.found.header.date)
        record = Rank(
            text=" ".join(context.reading.flow.text[start:end].split()),
            rank=hit.rank,
            of=hit.of,
            change=_change(text, low, hit, high, index + 1 == len(hits)) or hit.change,
            indicator=name,
            indicator_id=linked.indicator if linked is not None else None,
            model=linked.model if linked is not None else None,
            org=owners.get(hit.start) or bodies.of(sentence, hit.start, hit.end, turned=True),
            period=context.period(sentence, start),
            evidence=context.reading.proof(start, end, hit.rule),
        )
        yield Located(start, end, record)


def _component(text: str, hit: Place) -> str | None:
    """The component of an index right before a place ("Cải cách thể chế xếp thứ 20/63")."""
    subject = subject_before(text, hit.start)
    return subject.name if subject is not None and not subject.is_body else None


def _of_score(sentence: Sentence, hit: Place, context: Context) -> str | None:
    """The name of the score a place stands behind: "Cải cách tài chính công 8,37/12 điểm, đứng áp chót"."""
    scores = context.found.scores
    text = sentence.text
    at = bisect_left(scores, sentence.start + hit.start, key=lambda one: one.start)
    for one in reversed(scores[max(at - _MOST, 0) : at]):
        between = text[one.end - sentence.start : hit.start] if one.start >= sentence.start else ";"
        if ";" in between or find_indicators(between):
            return None
        if between.count(")") <= between.count("("):
            return one.record.indicator
    return None


def _owners_in_turn(sentence: Sentence, hits: Sequence[Place], bodies: Bodies) -> dict[int, str]:
    """The body of each of several places told in turn: "thứ hai và ba là Bộ A và Bộ B"."""
    told = [hit for hit in hits if hit.rule == IN_TURN]
    names = bodies.in_turn(sentence, told[0].start, told[-1].end, len(told)) if len(told) > 1 else ()
    return {hit.start: name for hit, name in zip(told, names, strict=False)}


def _is_doubtful(hit: Place, sentence: Sentence, context: Context) -> bool:
    """Whether the number of a place is in doubt; the words around it may be damaged and still tell what it is."""
    low, high = hit.number or (hit.start, hit.end)
    return context.damaged(sentence.start + low, sentence.start + high)


def _tail(text: str, end: int, high: int) -> int:
    """The end of the words that belong to the rank ("57 toàn quốc")."""
    limit = min(high, end + _LONGEST_TAIL)
    stop = _TAIL.search(text, end, limit)
    return end + len(text[end : stop.start() if stop else limit].rstrip())


def _change(text: str, low: int, hit: Place, high: int, last: bool) -> int | None:
    """Places gained (> 0) or lost, stated behind the rank, or before it where nothing else claims them."""
    match = _CHANGE.search(text, hit.end, high) or (_CHANGE.search(text, low, hit.start) if low == 0 and last else None)
    if match is None:
        return None
    word = match.group(2).lower()
    count = _COUNTS[word] if word in _COUNTS else int(word)
    return -count if match.group(1).lower() in _FALLS else count
