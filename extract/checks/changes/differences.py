"""A value, another one and the difference between them, in whatever order sentences name the three.

The difference stands behind "tăng", "thấp hơn", "chênh lệch"; of the figures counted in its unit (of those of each
unit, where it is a rate) the words say which it is between: "so với …", "cùng kỳ", two years, "từ … lên …". What lies
between two shares is told in points or as a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.changes.ends import End, Way, ends_of, pattern
from extract.checks.figures.arithmetic import DIFFERENCE, RATE
from extract.checks.figures.figures import Figure, words
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import compared, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.likelihood import chance_of
from extract.components.context import UPPER, Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_FROM: Final = re.compile(r"\btừ(?: mức)?\s*$")
_TO: Final = re.compile(r"\b(?:lên|xuống|còn|đến)(?: còn| tới| mức)?\s*$")
_BETWEEN: Final = 160  # characters from one figure to the next
_FACTOR: Final = 5  # times the other; more compares what does not belong together
_ANEW: Final = re.compile(rf"[^\W\d_A-Z]{{2}}\.[{UPPER}]")  # a sentence without the space before it
_OF_PLAN: Final = re.compile(r"^\s?%\s(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)[^,;(.]{0,60},")  # of the figure before
_YEAR: Final = re.compile(r"\bnăm (?:học )?(\d{4})\b")
_SHORT: Final = 16  # characters behind a difference
_ELSE: Final = re.compile(r"\b(?:trong đó|riêng)\b")
_TO_DATE: Final = re.compile(r"\b(?:nâng|lũy kế|luỹ kế|cộng dồn|từ đầu)\b")
_RUN: Final = 4  # words that name a value again
_SPLIT: Final = re.compile(r"[,.;:()]")
_NEAR: Final = Decimal("0.3")
_FAR: Final = Decimal("0.9")
_UNLIKELY: Final = Decimal("0.2")
_AT_ONCE: Final = re.compile(r";\s(?:và\s)?(?:[^\W\d_]+\s){1,4}$")  # "250 vụ; giảm 14 vụ"
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_MOST_TRIED: Final = 14  # values near a difference


@dataclass(frozen=True, slots=True)
class _Pair:
    """The value now and the other one.

    `sure`: words tie both to the difference and leave no others; `told`: they lead to both, if not alone to them.
    """

    now: End
    other: End
    sure: bool
    told: bool = True


def check_differences(reading: Reading) -> Iterator[Finding]:
    """Differences in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if not pattern("speaks").search(block.text.lower()):
            continue
        earlier: tuple[End, ...] = ()
        for sentence in sentences(block):
            found = ends_of(sentence, reading)
            for at, one in enumerate(found):
                if one.way is not None and not one.figure.approximate:
                    yield from _of(found, at, earlier, sentence)
            earlier = found or earlier


def _of(found: Sequence[End], at: int, earlier: Sequence[End], sentence: Sentence) -> Iterator[Finding]:
    """What the first pair of ends says whose difference it is; where it is none's, what the nearest to one says."""
    pairs = list(_pairs(found, at, earlier, sentence))
    made = [one for pair in pairs if (one := _compare(pair, found[at], sentence)) is not None]
    holds = [one for one in made if one.verdict is not CheckVerdict.DIFFERS]
    if holds:
        yield holds[0]
    elif made and not _is_explained(pairs, found, at, earlier):
        yield min(made, key=_apart)


def _apart(one: Finding) -> Decimal:
    """How far a difference is from the one that would hold, as a part of the larger."""
    printed, right = Decimal(one.reported or 0), Decimal(one.computed or 0)
    return abs(printed - right) / max(printed, right, Decimal(1).scaleb(-4))


def _pairs(found: Sequence[End], at: int, earlier: Sequence[End], sentence: Sentence) -> Iterator[_Pair]:
    kinds = dict.fromkeys(one.kind for one in (*found, *earlier) if one.way is None and _counts(one))
    for kind in kinds:
        if not _fits(found[at], kind):
            continue
        left = [one for one in found[:at] if one.way is None and one.kind in (kind, "")]
        right = [one for one in _in_reach(found, at, sentence) if one.kind in (kind, "")]
        back = [one for one in earlier if one.way is None and one.kind == kind and not one.compared]
        yield from _of_kind(found, at, left, right, back, sentence)


def _counts(one: End) -> bool:
    """Whether a figure can be an end: one without a unit is an index."""
    return bool(one.kind) or bool(one.figure.term.decimals)


def _fits(difference: End, kind: str) -> bool:
    """Whether a difference can be one of what is counted so: a rate of anything, points of shares."""
    if difference.kind == "điểm":
        return kind in ("điểm", "%")
    return difference.kind in ("%", "", kind)


def _of_kind(
    found: Sequence[End], at: int, left: list[End], right: list[End], back: list[End], sentence: Sentence
) -> Iterator[_Pair]:
    """The pairs that words make of figures of one kind before and behind a difference, and of the sentence before."""
    one = found[at]
    open_ = [end for end in left if not end.compared and end.bracket in (-1, one.bracket)]
    if one.way is Way.EITHER:
        if len(left) > 1:
            yield _Pair(left[-2], left[-1], sure=True)
        return
    if left and left[-1] is found[at - 1] and _is_behind(left[-1], one):
        yield from _from_now([end for end in open_ if end is not left[-1]], back, one, left[-1], sentence)
        return
    by_year = _by_year(left[-2:], one, before=True) or _by_year(right[:2], one, before=False)
    if by_year is not None:
        yield _Pair(*by_year, sure=True)
    elif len(right) > 1 and _says_from(right[0], one, sentence) and _TO.search(right[1].figure.lead):
        yield _Pair(right[1], right[0], sure=True)
    elif right and _is_told(right[0], one, sentence):
        yield from _from_now(open_, back, one, right[0], sentence)
    elif len(left) > 1 and _FROM.search(left[-2].figure.lead) and _TO.search(left[-1].figure.lead):
        yield _Pair(left[-1], left[-2], sure=True)
    elif len(left) > 1 and _is_pair(left[-2], left[-1]):
        now, other = (left[-2], left[-1]) if _is_now(left[-2], left[-1]) else (left[-1], left[-2])
        yield _Pair(now, other, sure=False)
    elif len(left) == len(back) == 1 and left[0].compared and pattern("points_back").search(sentence.text.lower()):
        yield _Pair(back[0], left[0], sure=False)
    elif open_ and (year := pattern("from_year").search(one.figure.behind)):
        named = [end for end in (*back, *left[:-1]) if year[1] in _YEAR.findall(end.figure.lead)[-1:]]
        if named:
            yield _Pair(open_[-1], named[-1], sure=False, told=False)


def _in_reach(found: Sequence[End], at: int, sentence: Sentence) -> Iterator[End]:
    """The figures behind a difference up to where another begins, or the sentence goes on with something else."""
    low = found[at].figure.end - sentence.start
    for one in found[at + 1 :]:
        between = sentence.text[low : one.start - sentence.start].lower()
        opens = _opens(between)
        if ";" in _outside(between) or (opens is None and one.way is None and ")" in between):
            return
        if one.way is None:
            yield one
        elif opens is not None:
            return


def _outside(between: str) -> str:
    """Words between two figures without those in brackets, that one of them may stand in too."""
    return _BRACKETS.sub("", between).split("(")[0]


def _opens(between: str) -> int | None:
    """Where the words begin that lead from a difference to what it is counted from."""
    match = pattern("against").search(between)
    return match.start() if match is not None else None


def _is_told(other: End, difference: End, sentence: Sentence) -> bool:
    """Whether words behind a difference say that it is counted from a figure."""
    if other.compared:
        return True
    if other.bracket in (-1, difference.bracket):
        return other.past and other.figure.lead.strip(" %") != ","
    text = sentence.text.lower()
    inside = text[other.bracket : other.start - sentence.start]
    outside = text[difference.figure.end - sentence.start : other.bracket]
    return bool(pattern("past").search(inside) or pattern("against").search(outside))


def _is_behind(other: End, difference: End) -> bool:
    """Whether a difference stands right behind what it is counted from: "hơn năm 2022 (86,62%) 1,71%"."""
    over = pattern("over" if difference.way is Way.UP else "under")
    return difference.figure.change is None and bool(over.search(other.figure.lead))


def _from_now(
    open_: Sequence[End], back: Sequence[End], difference: End, other: End, sentence: Sentence
) -> Iterator[_Pair]:
    """The pairs of the figure that a difference is counted from with the value that it leads to."""
    if open_:
        yield _Pair(open_[-1], other, sure=other.compared or other.bracket != -1)
        return
    named = [one for one in back if _is_named_again(one, difference)]
    if not named and len(back) == 1 and pattern("points_back").search(sentence.text.lower()):
        named = list(back)
    if named:
        yield _Pair(named[-1], other, sure=True)
        return
    for one in reversed(back):
        yield _Pair(one, other, sure=False, told=False)


def _is_named_again(now: End, difference: End) -> bool:
    """Whether a sentence begins with the words that a value was told with: "… là 13 vụ. Số vụ tai nạn giảm 5 vụ"."""
    again, told = (_SPLIT.split(one.figure.lead)[-1].split() for one in (difference, now))
    told += _SPLIT.split(now.figure.behind)[0].split()
    runs = {tuple(told[at : at + _RUN]) for at in range(len(told) - _RUN + 1)}
    return any(tuple(again[at : at + _RUN]) in runs for at in range(len(again) - _RUN + 1))


def _says_from(one: End, difference: End, sentence: Sentence) -> bool:
    between = sentence.text[difference.figure.end - sentence.start : one.start - sentence.start].lower()
    return bool(re.search(r"^[^;]{0,60}[(,]\s*(?:tăng |giảm )?từ(?: mức)?\s*$", between))


def _is_pair(one: End, other: End) -> bool:
    """Whether one of two figures is of a time before the other's; "26 ca, nâng tổng số lên 79" are two stretches."""
    if bool(_TO_DATE.search(one.figure.lead)) != bool(_TO_DATE.search(other.figure.lead)):
        return False
    return _is_now(one, other) != _is_now(other, one)


def _is_now(now: End, before: End) -> bool:
    """Whether a figure can be the value that another is the one before of; a year alone makes neither of them past."""
    if now.compared or not (before.past or before.compared):
        return False
    return before.compared or not now.past


def _by_year(pair: Sequence[End], difference: End, *, before: bool) -> tuple[End, End] | None:
    """The figures of two years in a row that stand before a difference or in brackets behind it; the later first."""
    if len(pair) < 2 or (before and "so với" in difference.figure.behind[:_SHORT]):
        return None
    if not before and (pair[0].bracket != pair[1].bracket or pair[0].bracket == -1):
        return None
    years = [int(named[-1]) if (named := _YEAR.findall(one.figure.lead)) else 0 for one in pair]
    if not all(years) or abs(years[0] - years[1]) != 1:
        return None
    return (pair[1], pair[0]) if years[1] > years[0] else (pair[0], pair[1])


def _compare(pair: _Pair, difference: End, sentence: Sentence) -> Finding | None:
    now, other, change = pair.now.figure, pair.other.figure, difference.figure
    items = sorted((now, other, change), key=lambda item: item.start)
    if any(item.approximate for item in items) or not other.term.value or not now.term.value:
        return None
    if not _belong_together(pair, difference, sentence):
        return None
    if not _counts(pair.now) or pair.other.kind not in (pair.now.kind, ""):
        return None
    low, high = sorted((now.term.value, other.term.value))
    if high > _FACTOR * low:
        return None
    block = sentence.block
    statement = quote(block.text, items[0].start - block.start, items[-1].end - block.start, block.body, behind=12)
    terms = [now.term, other.term]
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, change.term)
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, change.term) if change.unit == "%" else None
    made = [one for one in (points if change.unit != "%" or now.unit == "%" else None, rate) if one is not None]
    if difference.way is not Way.EITHER and (difference.way is Way.UP) != (now.term.value > other.term.value):
        return None
    return min(
        (one for one in made if _thinkable(one, pair, difference)), key=lambda one: not _holds(one), default=None
    )


def _holds(made: Finding) -> bool:
    return made.verdict is not CheckVerdict.DIFFERS


def _belong_together(pair: _Pair, difference: End, sentence: Sentence) -> bool:
    """Whether figures of a sentence stand near each other, and nothing else is spoken of between them."""
    items = sorted((pair.now, pair.other, difference), key=lambda item: item.start)
    for one, item in pairwise(item for item in items if item.start >= sentence.start):
        between = sentence.text[one.figure.end - sentence.start : item.start - sentence.start]
        apart = item is difference and ";" in _outside(between) and not _AT_ONCE.search(between)
        if len(between) > _BETWEEN or (pair.told and apart) or _ANEW.search(between):
            return False
        lead = between.lower() if item is pair.other else item.figure.lead
        if _is_of_another(lead) or (pattern("stop").search(_OF_PLAN.sub("", lead)) and not _is_tied(item.figure)):
            return False
    return True


def _is_tied(item: Figure) -> bool:
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


def _thinkable(made: Finding, pair: _Pair, difference: End) -> bool:
    """Whether a difference that does not hold looks like the one that would, with a slip in it."""
    if made.verdict is not CheckVerdict.DIFFERS or made.computed is None:
        return True
    right, printed = Decimal(made.computed), difference.figure.term.value
    if not pair.told:
        formula = DIFFERENCE if made.kind is CheckKind.DIFFERENCE else RATE
        found = chance_of(
            formula.value, [pair.now.figure.term.value, pair.other.figure.term.value], difference.figure.term
        )
        return found is not None and found <= _UNLIKELY
    if is_slip(printed, nearest(right, difference.figure.term.decimals)):
        return True
    return abs(printed - right) <= (_FAR if pair.sure else _NEAR) * max(printed, right)


def _is_explained(pairs: Sequence[_Pair], found: Sequence[End], at: int, earlier: Sequence[End]) -> bool:
    """Whether a difference is one between an end that words lead to and another value near it."""
    values = [one for one in (*earlier, *found) if one.way is None and _counts(one) and not one.figure.approximate]
    values = sorted(values, key=lambda one: abs(one.start - found[at].start))[:_MOST_TRIED]
    return any(
        _makes(now, other, found[at])
        for pair in pairs
        for one in values
        for now, other in ((one, pair.other), (pair.now, one))
        if now.kind == other.kind
    )


def _makes(now: End, other: End, difference: End) -> bool:
    change, values = difference.figure, [now.figure.term.value, other.figure.term.value]
    if difference.way is not Way.EITHER and (values[0] > values[1]) != (difference.way is Way.UP):
        return False
    if abs(values[0] - values[1]) == change.term.value and (change.unit != "%" or now.kind == "%"):
        return True
    rate = RATE.value(values) if change.unit == "%" else None
    return rate is not None and compared(RATE, change.term.value, rate).verdict is not CheckVerdict.DIFFERS
