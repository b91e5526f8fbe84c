"""A figure, the one before it and the change between them, in whatever order a sentence names the three.

The words say which is which: a change stands behind "tăng" or "giảm", the value before behind "cùng kỳ", "năm 2021",
or "từ". The three follow one another and are counted in one unit, or nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.arithmetic import DIFFERENCE, RATE
from extract.checks.figures import Figure, Part, figures
from extract.checks.quantities import RUNNING
from extract.checks.slips import is_slip
from extract.checks.terms import Term, is_doubtful, quote, recompute
from extract.components.context import Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_FROM: Final = re.compile(r"\btừ(?: mức)?\s*$")
_SAYS_FROM: Final = re.compile(r"^[^,;]{0,60}[(,]\s*(?:tăng |giảm )?từ(?: mức)?\s*$")
_TO: Final = re.compile(r"\b(?:lên|xuống|còn|đến)(?: còn| tới| mức)?\s*$")
_PLACE: Final = re.compile(
    r"\b(?:hạng|thứ hạng|thứ|vị trí(?: thứ)?)\s+(\d{1,3})\b(?!\s?(?:/\s?\d{1,2}/|tháng))", re.IGNORECASE
)
_MOVED: Final = re.compile(
    r"\b(tăng|giảm|tụt|lên|xuống|cải thiện|thăng)\s+(?:được\s+|thêm\s+)?(\d{1,3})\s+(?:bậc|hạng|thứ hạng|vị trí)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = 140  # characters from one figure to the next
_FACTOR: Final = 5  # times the other; more compares what does not belong together
_STOP: Final = re.compile(r"[;]|\btrong đó\b|\briêng\b|\bkế hoạch\b|\bchỉ tiêu\b|\bdự toán\b")
_NEAR: Final = Decimal("0.3")


def check_compared(reading: Reading) -> Iterator[Finding]:
    """Changes in sentences that name both values."""
    for block in reading.flow.of(*RUNNING):
        if not re.search(r"tăng|giảm|bậc|hạng", block.text, re.IGNORECASE):
            continue
        for sentence in sentences(block):
            found = figures(sentence, reading)
            yield from _restated(found, sentence)
            for now, before, changes in _triples(found):
                for change in changes:
                    made = _of(now, before, change, sentence)
                    if made is not None:
                        yield made
            yield from _places(sentence, reading)


def _triples(found: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, list[Figure]]]:
    """Value, value before, and the changes between them that a sentence names side by side."""
    for at, change in enumerate(found):
        if change.change is None:
            continue
        changes = [change]
        end = at + 1
        if (end < len(found) and found[end].unit == "%" != change.unit and _same_bracket(found[end])) or (
            end < len(found)
            and found[end].unit != "%" == change.unit
            and _same_bracket(found[end])
            and not found[end].previous
        ):
            changes.append(found[end])
            end += 1
        behind = found[end] if end < len(found) else None
        left = found[max(at - 2, 0) : at]
        if behind is not None and behind.previous and left and not (left[-1].previous or left[-1].change):
            yield left[-1], behind, changes
        elif len(left) == 2 and _FROM.search(left[0].lead) and _TO.search(left[1].lead):
            yield left[1], left[0], changes
        elif len(left) == 2 and not left[0].change and not left[1].change and left[0].previous != left[1].previous:
            now, before = (left[0], left[1]) if left[1].previous else (left[1], left[0])
            yield now, before, changes
        elif end + 1 < len(found) and _SAYS_FROM.search(found[end].lead) and _TO.search(found[end + 1].lead):
            yield found[end + 1], found[end], changes


def _restated(found: Sequence[Figure], sentence: Sentence) -> Iterator[Finding]:
    """One change told as a count and as a rate, the value before left out: "1.848 tỷ đồng, tăng 168 tỷ đồng (10%)"."""
    for now, one, other in zip(found, found[1:], found[2:], strict=False):
        if (
            one.change is None
            or now.change is not None
            or not _same_bracket(other)
            or other.change not in (None, one.change)
        ):
            continue
        change, rate = (other, one) if one.unit == "%" else (one, other)
        if rate.unit != "%" or change.unit == "%" or not now.unit or now.unit != change.unit or now.previous:
            continue
        items = (now, one, other)
        if any(item.approximate for item in items) or len(one.lead) > _BETWEEN or _STOP.search(one.lead):
            continue
        moved = change.term.value if one.change is Part.RISE else -change.term.value
        before = now.term.value - moved
        if before <= 0 or not now.term.value or abs(moved) >= _FACTOR * before:
            continue
        low, high = now.start - sentence.block.start, other.end - sentence.block.start
        statement = quote(sentence.block.text, low, high, sentence.block.body, behind=12)
        made = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, [now.term, Term("kỳ trước", before)], rate.term)
        if made is None or not _thinkable(made, rate):
            continue
        # both counts are rounded where they are printed
        half = Decimal("0.5").scaleb(-min(now.term.decimals, change.term.decimals))
        slack = half / before * 200 + Decimal(1).scaleb(-rate.term.decimals)
        gap = abs(Decimal(made.computed or 0) - rate.term.value)
        if made.verdict is not CheckVerdict.DIFFERS or gap > slack:
            yield made


def _same_bracket(figure: Figure) -> bool:
    """Whether a figure restates the one right before it: "168 tỷ đồng (12%)", "12%, tương đương 168 tỷ đồng"."""
    return bool(
        re.fullmatch(
            r"[^\d.;()]{0,30}[(,]\s*(?:tăng |giảm |tương đương |tương ứng |hay |bằng |tỷ lệ )*(?:với )?", figure.lead
        )
    )


def _of(now: Figure, before: Figure, change: Figure, sentence: Sentence) -> Finding | None:
    items = sorted((now, before, change), key=lambda item: item.start)
    if any(item.approximate for item in items) or not before.term.value or not now.term.value:
        return None
    if any(len(item.lead) > _BETWEEN or _STOP.search(item.lead) for item in items[1:]):
        return None
    if not now.unit or (before.head != now.head and before.unit):
        return None
    if (change.change is Part.RISE) != (now.term.value > before.term.value) and change.change is not None:
        return None
    low, high = sorted((now.term.value, before.term.value))
    if high > _FACTOR * low:
        return None
    statement = quote(
        sentence.block.text, items[0].start - sentence.block.start, items[-1].end - sentence.block.start,
        sentence.block.body, behind=12,
    )  # fmt: skip
    terms = [now.term, before.term]
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, change.term)
    if change.unit != "%":
        alike = change.head == now.head or (now.unit == "%" and change.head == "điểm") or not change.unit
        return points if points is not None and alike and _thinkable(points, change) else None
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, change.term)
    if now.unit == "%" and points is not None and points.verdict is CheckVerdict.AGREES:
        return points
    return rate if rate is not None and _thinkable(rate, change) else None


def _thinkable(made: Finding, change: Figure) -> bool:
    """Whether a change that does not hold looks like the one that would, with a slip in it."""
    if made.verdict is not CheckVerdict.DIFFERS or made.computed is None:
        return True
    right, printed = Decimal(made.computed), change.term.value
    slip = change.unit != "%" and is_slip(printed, right)
    return slip or abs(printed - right) <= _NEAR * max(printed, right)


def _places(sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    """Two places and the move between them, alone in their sentence or one part of it."""
    text = sentence.text
    moves = list(_MOVED.finditer(text))
    if not moves:
        return
    cuts = [0, *(match.end() for match in re.finditer(r";", text)), len(text)]
    for low, high in pairwise(cuts):
        places = list(_PLACE.finditer(text, low, high))
        moved = [match for match in moves if low <= match.start() < high]
        if len(places) != 2 or len(moved) != 1:
            continue
        one, other = (_term(sentence, match, 1, reading) for match in places)
        if not re.search(r"\btừ\b|so với|năm|trước", text[low:high].lower()):
            continue
        made = recompute(
            CheckKind.DIFFERENCE,
            text[low:high].strip(),
            DIFFERENCE,
            [one, other],
            _term(sentence, moved[0], 2, reading),
        )
        if made is not None:
            yield made


def _term(sentence: Sentence, match: re.Match[str], group: int, reading: Reading) -> Term:
    proof = reading.proof(sentence.start + match.start(group), sentence.start + match.end(group), "checks.place")
    return Term(match.group(), Decimal(match.group(group)), proof, is_doubtful(proof, reading))


def without_told(made: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about figures that nothing was said of yet."""
    said = list(told)
    known = {_key(one) for one in said}
    lines = {(one.reported, one.computed, entry.line) for one in said for entry in one.evidence}
    for one in made:
        again = any((one.reported, one.computed, entry.line) in lines for entry in one.evidence)
        if _key(one) not in known and not again:
            known.add(_key(one))
            yield one


def _key(one: Finding) -> tuple[str | None, int, int]:
    first = one.evidence[0] if one.evidence else None
    return (one.reported, first.line, first.start) if first is not None else (one.reported, -1, -1)
