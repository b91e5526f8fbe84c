"""A move of places against the two places it leads from and to: "tụt 7 bậc: từ 19/63 xuống 28/63".

The words say which places belong to a move: "từ" stands before the one it begins at, "lên", "xuống" or "còn" before the
one it ends at; a place in "so với …" is the earlier one; of two years in a row each has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.changes.anchors import anchors_in, of_difference
from extract.checks.figures.arithmetic import DIFFERENCE, vn
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.components.context import Sentence
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_NAMED: Final = r"(?:thứ hạng|thứ bậc|vị trí|vị thứ|hạng|thứ|xếp|đứng)"
_PLACE: Final = re.compile(
    rf"(?:\b{_NAMED}(?: thứ)?|\b(?:từ|lên|xuống|còn|sang|về))\s+(\d{{1,3}}|nhất|nhì)(?:\s?/\s?(\d{{1,3}}))?\b"
    r"(?!\s?(?:[/%,.]\s?\d|bậc|tháng|hạng|vị trí|thứ hạng|điểm|%|năm(?! trước| ngoái| \d)|lần|ngày))",
    re.IGNORECASE,
)
_MOVED: Final = re.compile(
    r"\b(?:tăng|giảm|tụt|lên|xuống|cải thiện|thăng|nhảy|lùi|rớt|sụt|rơi|vượt|vươn|tiến|hạ|leo|mất|cao hơn|thấp hơn)"
    r"(?:\s+(?:được|thêm|tới|đến|lên|hạng|bậc|đi|liền|mạnh|vọt|xuống|tổng cộng)){0,2}\s+"
    r"(\d{1,3})\s+(?:bậc|hạng|thứ hạng|vị trí|thứ bậc)\b",
    re.IGNORECASE,
)
_UP: Final = re.compile(r"(?:tăng|lên|cải thiện|thăng|nhảy|vươn|tiến|leo|cao hơn)\b")
_DOWN: Final = re.compile(r"(?:giảm|tụt|xuống|lùi|rớt|sụt|rơi|hạ|thấp hơn)\b")
_FROM: Final = re.compile(rf"\btừ(?:\s+(?:mức|chỗ|{_NAMED}))*\s*$", re.IGNORECASE)
_TO: Final = re.compile(
    rf"\b(?:lên|xuống|còn|sang|về|đến|tới|thành)(?:\s+(?:mức|còn|{_NAMED}|tới|đến))*\s*$", re.IGNORECASE
)
_AGAINST: Final = re.compile(r"^[\s,]{0,3}so với [^(),;:.\n]{0,50}(?:\([^();:.\n]{0,40})?$", re.IGNORECASE)
# "xếp hạng 17/63, tăng 04 bậc (tháng 5 năm 2024 xếp hạng 21/63)"
_TOLD_BEHIND: Final = re.compile(r"^\s?\([^();:.\n]{0,30}\b(?:tháng|quý|năm|kỳ)\b[^();:.\n]{0,40}$", re.IGNORECASE)
_BY_YEAR: Final = re.compile(r"năm (\d{4})(?!.*năm \d{4})", re.IGNORECASE | re.DOTALL)
# "so với vị trí 21 của kỳ thi năm 2022", "từ vị trí 36 của tháng 5"
_MARKED: Final = re.compile(r"\b(?:từ|so với|cùng kỳ|(?:năm|năm học|tháng|quý|kỳ) (?:trước|ngoái))\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"[,;)]")
_ORDINALS: Final = {"nhất": 1, "nhì": 2}
_BOTH: Final = 2
_PARTS: Final = re.compile(r";")
# Characters between a move and a place that belongs to it: farther where there are just two places and words mark one
# of them as of another time, since no other place can be meant.
_FARTHEST: Final = 90
_FARTHER: Final = 160
_LEAD: Final = 400  # before a place in which its year is told
_MOST: Final = 60  # moves between two semicolons; more is a list
_NEAR: Final = 24  # between words and the place or move they belong to
_BETWEEN: Final = 60  # between the places it leads from and to


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a ranking: offsets of its figure in the sentence, how many were ranked, the words around it."""

    start: int
    end: int
    value: int
    of: str | None
    lead: str
    behind: str

    @property
    def about(self) -> frozenset[str]:
        """The times that the words right before and behind it name."""
        return anchors_in(_ENDS.split(self.lead)[-1]) | anchors_in(
            _ENDS.split(self.behind.partition("(")[0], maxsplit=1)[0]
        )


def check_moves(reading: Reading) -> Iterator[Finding]:
    """Moves in sentences that name both places."""
    for block in reading.flow.of(*RUNNING):
        if not holds(block.text, "bậc", "hạng", "vị trí"):
            continue
        last: Sentence | None = None
        for sentence in sentences(block):
            for low, high in _parts(sentence.text):
                yield from _of_part(sentence, low, high, reading)
            if last is not None:
                yield from _of_two(last, sentence, reading)
            last = sentence


def _of_two(last: Sentence, sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    """A move from the only place of the sentence before, told of the time that the move is counted from."""
    text = sentence.text
    moves = list(_MOVED.finditer(text))
    if len(moves) != 1:
        return
    places = _places(text, 0, len(text), frozenset({moves[0].start(1)}))
    before = _places(last.text, 0, len(last.text), frozenset())
    if len(places) != 1 or len(before) != 1 or places[0].start > moves[0].start() or _MOVED.search(last.text):
        return
    behind = text[moves[0].end() :].lower()
    if (places[0].of and before[0].of and places[0].of != before[0].of) or not before[0].about & of_difference(
        "", behind
    ):
        return
    one, other = (
        _term(last, before[0].start, before[0].end, reading),
        _term(sentence, places[0].start, places[0].end, reading),
    )
    moved = _term(sentence, moves[0].start(1), moves[0].end(1), reading)
    statement = quote(text, places[0].start, moves[0].end(), before=40)
    made = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [one, other], moved)
    if made is not None:
        yield made


def _places(text: str, low: int, high: int, taken: frozenset[int]) -> list[_Place]:
    return [
        _Place(
            match.start(1),
            match.end(),
            _ORDINALS.get(match[1].lower()) or int(match[1]),
            match[2],
            text[max(low, match.start(1) - _LEAD) : match.start(1)].lower(),
            text[match.end() : match.end() + _NEAR].lower(),
        )
        for match in _PLACE.finditer(text, low, high)
        if match.start(1) not in taken
    ]


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons; one part where it names two places in all, and one move."""
    moves = list(_MOVED.finditer(text))
    if len(moves) == 1 and len(_places(text, 0, len(text), frozenset({moves[0].start(1)}))) == 2:
        yield 0, len(text)
    else:
        yield from pairwise([0, *(match.end() for match in _PARTS.finditer(text)), len(text)])


def _of_part(sentence: Sentence, low: int, high: int, reading: Reading) -> Iterator[Finding]:
    text = sentence.text
    moves = list(_MOVED.finditer(text, low, high))
    if not moves or len(moves) > _MOST:
        return
    places = _places(text, low, high, frozenset(match.start(1) for match in moves))
    for at, move in enumerate(moves):
        floor = moves[at - 1].end() if at else low
        ceiling = moves[at + 1].start() if at + 1 < len(moves) else high
        pair = _pair(move, [place for place in places if floor <= place.start and place.end <= ceiling], text)
        if pair is None or (pair[0].of and pair[1].of and pair[0].of != pair[1].of):
            continue
        one, other = (_term(sentence, place.start, place.end, reading) for place in pair)
        moved = _term(sentence, move.start(1), move.end(1), reading)
        first, last = min(move.start(), pair[0].start, pair[1].start), max(move.end(), pair[0].end, pair[1].end)
        statement = quote(text, first, last, before=40)
        made = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [one, other], moved)
        if made is not None:
            yield _turned(made, move, one.value, other.value) if made.verdict is CheckVerdict.AGREES else made


def _turned(made: Finding, move: re.Match[str], before: Decimal, now: Decimal) -> Finding:
    """A move that leads the other way than its verb says: "từ 28 … tăng 4 bậc … 32"."""
    verb = move[0].lower()
    up = bool(_UP.match(verb))
    if up == bool(_DOWN.match(verb)) or up == (now < before) or now == before:
        return made
    said, right = ("tăng", "giảm") if up else ("giảm", "tăng")
    note = f"từ {vn(before)} đến {vn(now)} là {right} {made.computed} bậc, báo cáo ghi {said}"
    return replace(made, computed=f"-{made.computed}", verdict=CheckVerdict.DIFFERS, note=note)


def _pair(move: re.Match[str], places: list[_Place], text: str) -> tuple[_Place, _Place] | None:
    """The places a move leads from and to, the earlier first; None where the words do not say."""
    before = [place for place in places if place.end <= move.start() and move.start() - place.end <= _FARTHEST]
    behind = [place for place in places if place.start >= move.end()]
    if behind and behind[0].start - move.end() <= _FARTHEST:
        first = behind[0]
        if _FROM.search(first.lead):
            if len(behind) > 1 and _TO.search(behind[1].lead) and behind[1].start - first.end <= _BETWEEN:
                return first, behind[1]
            return (first, before[-1]) if before else None
        between = text[move.end() : first.start]
        told = bool(_TOLD_BEHIND.match(between))
        if told and len(behind) > 1 and ")" not in text[first.start : behind[1].start]:
            return _in_time(first, behind[1]) if _are_of_two_years(first, behind[1]) else None
        if before and (_AGAINST.match(between) or told):
            return first, before[-1]
    for one, other in pairwise(before[-2:]):
        if _FROM.search(one.lead) and _TO.search(other.lead) and other.start - one.end <= _BETWEEN:
            return one, other
        years = [int(match[1]) for place in (one, other) if (match := _BY_YEAR.search(place.lead))]
        follows = other.end <= move.start() <= other.end + _NEAR
        apart = abs(years[0] - years[1]) if len(years) == 2 else 0
        if apart and (apart == 1 or follows) and "so với" not in text[other.end :]:
            return _in_time(one, other)
    return _of_marked(move, places)


def _of_marked(move: re.Match[str], places: list[_Place]) -> tuple[_Place, _Place] | None:
    """The only two places beside a move, one of another time by its words; the verb tells which came first."""
    if len(places) != _BOTH or any(abs(place.start - move.start()) > _FARTHER for place in places):
        return None
    marks = [bool(_MARKED.search(_ENDS.split(place.lead)[-1])) for place in places]
    one, other = places
    if sum(marks) != 1 and (sum(marks) or one.about == other.about or not (one.about or other.about)):
        return None
    rises = bool(_UP.match(move[0].lower()))
    return (one, other) if rises == (one.value > other.value) else (other, one)


def _in_time(one: _Place, other: _Place) -> tuple[_Place, _Place]:
    """Two places, that of the earlier year first."""
    years = [match[1] if (match := _BY_YEAR.search(place.lead)) else "" for place in (one, other)]
    return (other, one) if years[1] < years[0] else (one, other)


def _are_of_two_years(one: _Place, other: _Place) -> bool:
    years = {match[1] for place in (one, other) if (match := _BY_YEAR.search(place.lead))}
    return len(years) == 2


def _term(sentence: Sentence, start: int, end: int, reading: Reading) -> Term:
    proof = reading.proof(sentence.start + start, sentence.start + end, "checks.place")
    text = sentence.text[start:end]
    value = _ORDINALS.get(text.lower()) or re.split(r"\D", text)[0]
    return Term(text, Decimal(value), proof, is_doubtful(proof, reading))
