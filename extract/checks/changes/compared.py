"""A figure, the one before it and the change between them, in whatever order a sentence names the three.

The words say which is which: a change stands behind "tăng" or "giảm", the value before behind "cùng kỳ", "năm 2021",
or "từ". The three follow one another and are counted in one unit, or nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, RATE
from extract.checks.figures.figures import Figure, Part, figures, words
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import quote, recompute
from extract.checks.figures.verdict import nearest
from extract.components.context import UPPER, Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_FROM: Final = re.compile(r"\btừ(?: mức)?\s*$")
_SAYS_FROM: Final = re.compile(r"^[^,;]{0,60}[(,]\s*(?:tăng |giảm )?từ(?: mức)?\s*$")
_TO: Final = re.compile(r"\b(?:lên|xuống|còn|đến)(?: còn| tới| mức)?\s*$")
_RELATING: Final = frozenset({CheckKind.SUM, CheckKind.RATIO, CheckKind.DIFFERENCE, CheckKind.RATE_OF_CHANGE})
_BETWEEN: Final = 140  # characters from one figure to the next
_FACTOR: Final = 5  # times the other; more compares what does not belong together
_ANEW: Final = re.compile(rf"[^\W\d_A-Z]{{2}}\.[{UPPER}]")  # a sentence without the space before it
_STOP: Final = re.compile(r"[;]|\btrong đó\b|\briêng\b|\bkế hoạch\b|\bchỉ tiêu\b|\bdự toán\b")
_OF_PLAN: Final = re.compile(r"^\s?%\s(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)[^,;(.]{0,60},")  # of the figure before
_MOVES: Final = re.compile(r"tăng|giảm|vượt|hơn|hụt|sụt", re.IGNORECASE)
_YEAR: Final = re.compile(r"\bnăm (?:học )?(\d{4})\b")
_SHORT: Final = 16  # characters behind a change
_IN_BRACKET: Final = re.compile(r"\([^.,;()%\d]{0,25}$|so với [^.,;()%]{0,40} là\s*$")
_ELSE: Final = re.compile(r"\b(?:trong đó|riêng)\b")
_TO_DATE: Final = re.compile(r"\b(?:nâng|lũy kế|luỹ kế|cộng dồn|từ đầu)\b")
_NEAR: Final = Decimal("0.3")
_FAR: Final = Decimal("0.9")


def check_compared(reading: Reading) -> Iterator[Finding]:
    """Changes in sentences that name both values."""
    for block in reading.flow.of(*RUNNING):
        if not _MOVES.search(block.text):
            continue
        for sentence in sentences(block):
            found = figures(sentence, reading)
            for now, before, changes in _triples(found):
                for change in changes:
                    made = _of(now, before, change, sentence)
                    if made is not None:
                        yield made


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
        by_year = _by_year(found, at, end)
        if by_year is not None:
            yield *by_year, changes
        elif behind is not None and (behind.previous or behind.compared) and left and _is_now(left[-1], behind):
            yield left[-1], behind, changes
        elif len(left) == 2 and _FROM.search(left[0].lead) and _TO.search(left[1].lead):
            yield left[1], left[0], changes
        elif len(left) == 2 and _is_pair(*left):
            now, before = (left[0], left[1]) if _is_now(left[0], left[1]) else (left[1], left[0])
            yield now, before, changes
        elif end + 1 < len(found) and _SAYS_FROM.search(found[end].lead) and _TO.search(found[end + 1].lead):
            yield found[end + 1], found[end], changes


def _is_past(figure: Figure) -> bool:
    """Whether a figure is a change, or what another is compared with."""
    return figure.change is not None or figure.previous or figure.compared


def _is_pair(one: Figure, other: Figure) -> bool:
    """Whether one of two figures is of a time before the other's; "26 ca, nâng tổng số lên 79" are two stretches."""
    if one.change or other.change or bool(_TO_DATE.search(one.lead)) != bool(_TO_DATE.search(other.lead)):
        return False
    return _is_now(one, other) != _is_now(other, one)


def _is_now(now: Figure, before: Figure) -> bool:
    """Whether a figure can be the value that another is the one before of; a year alone makes neither of them past."""
    if now.change is not None or now.compared or not _is_past(before):
        return False
    return before.compared or not now.previous


def _by_year(found: Sequence[Figure], at: int, end: int) -> tuple[Figure, Figure] | None:
    """The figures of two years in a row that stand right before a change or in brackets behind it; the later first."""
    pairs = [found[at - 2 : at]] if at >= 2 and "so với" not in found[at].behind[:_SHORT] else []
    if end + 1 < len(found) and "(" in found[end].lead and ")" not in found[end + 1].lead:
        pairs.append(found[end : end + 2])
    for pair in pairs:
        years = [int(named[-1]) if (named := _YEAR.findall(one.lead)) else 0 for one in pair]
        if any(one.change is not None for one in pair) or not all(years) or abs(years[0] - years[1]) != 1:
            continue
        return (pair[1], pair[0]) if years[1] > years[0] else (pair[0], pair[1])
    return None


def _same_bracket(figure: Figure) -> bool:
    """Whether a figure restates the one right before it: "168 tỷ đồng (12%)", "12%, tương đương 168 tỷ đồng"."""
    return bool(
        re.fullmatch(
            r"[^\d.;()]{0,30}[(,]\s*(?:tăng |giảm |tương đương |tương ứng |hay |bằng |tỷ lệ )*(?:với )?[-–+]?\s?",
            figure.lead,
        )
    )


def _of(now: Figure, before: Figure, change: Figure, sentence: Sentence) -> Finding | None:
    items = sorted((now, before, change), key=lambda item: item.start)
    if any(item.approximate for item in items) or not before.term.value or not now.term.value:
        return None
    if any(
        len(item.lead) > _BETWEEN or (_STOP.search(_OF_PLAN.sub("", item.lead)) and not _is_told(item))
        for item in items[1:]
    ):
        return None
    if any(_is_of_another(item.lead) or _ANEW.search(item.lead) for item in items[1:]):
        return None
    if (not now.unit and not now.term.decimals) or (before.head != now.head and before.unit):
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
    told = before.compared and _IN_BRACKET.search(before.lead) is not None
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, change.term)
    if change.unit != "%":
        alike = change.head == now.head or (now.unit == "%" and change.head == "điểm") or not change.unit
        return points if points is not None and alike and _thinkable(points, change, told=told) else None
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, change.term)
    if now.unit == "%" and points is not None and (points.verdict is CheckVerdict.AGREES or before.compared):
        return points if _thinkable(points, change, told=told) else None
    return rate if rate is not None and _thinkable(rate, change, told=told) else None


def _is_told(item: Figure) -> bool:
    """Whether words tie a figure to the one before it, whatever they speak of: "so với chỉ tiêu (38%)", a year each."""
    if _ELSE.search(item.lead):
        return False
    return (item.compared and ";" not in item.lead) or bool(_YEAR.search(item.lead))


def _is_of_another(lead: str) -> bool:
    """Whether a bracket names an aim where a time is compared with, or the other way: "so với cùng kỳ (kế hoạch …"."""
    told, bracket, inside = lead.rpartition("(")
    if not bracket or ")" in inside:
        return False
    aim, time = words("target", "around"), words("previous", "around")
    if aim.search(inside):
        return not aim.search(told)
    return bool(time.search(inside) and aim.search(told) and not time.search(told))


def _thinkable(made: Finding, change: Figure, *, told: bool = False) -> bool:
    """Whether a change that does not hold looks like the one that would, with a slip in it.

    `told`: words tie all three figures to each other, so that it may be off by more.
    """
    if made.verdict is not CheckVerdict.DIFFERS or made.computed is None:
        return True
    right, printed = Decimal(made.computed), change.term.value
    if is_slip(printed, nearest(right, change.term.decimals)):
        return True
    return abs(printed - right) <= (_FAR if told else _NEAR) * max(printed, right)


def without_told(made: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about figures that nothing was said of yet."""
    said = [one for one in told if one.kind in _RELATING]
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
