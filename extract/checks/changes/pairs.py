"""Between which two figures words say that a difference is.

Figures of one unit are read in their order, whatever stands between them: the value before a difference, what "so với",
a bracket or a year behind it names, "từ … lên …", values of the sentence before that words take up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.checks.changes.anchors import UNTIMED, of_value, period_of
from extract.checks.changes.ends import FROM, TO, End, Way, pattern
from extract.checks.figures.breaks import BRACKETS
from extract.components.context import Sentence
from extract.components.when import YEARS

_SHORT: Final = 16  # characters behind a difference
_TO_DATE: Final = re.compile(r"\b(?:nâng|lũy kế|luỹ kế|cộng dồn|từ đầu)\b")
_CASES: Final = "trường hợp"
_OPENED: Final = re.compile(r"%?\s?\((?:từ |so với |cùng kỳ |năm trước |năm \d{4}:? ?|là |có ){0,3}")
_MONEY: Final = frozenset({"đồng", "nghìn", "ngàn", "triệu", "tỷ", "tỉ"})
_MANY: Final = 1000
_TWO: Final = 2
_BEFORE: Final = UNTIMED | {"past", "start"}
_FEW: Final = 4  # values near a difference
_NEAR: Final = 4  # words from a difference to the bracket behind it
_RUN: Final = 4  # words that name a value again
_SPLIT: Final = re.compile(r"[,.;:()]")
_WORDS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pair:
    """The value now and the other one.

    `sure`: words tie both to the difference and leave no others; `told`: they lead to both, if not alone to them.
    """

    now: End
    other: End
    sure: bool
    told: bool = True


def pairs_of(found: Sequence[End], at: int, earlier: Sequence[End], sentence: Sentence) -> Iterator[Pair]:
    """The pairs that words give a difference.

    Args:
        found: the figures of its sentence.
        at: its place among them.
        earlier: the figures of the sentence before.
        sentence: where it stands.
    """
    kinds = dict.fromkeys(one.kind for one in (*found, *earlier) if one.way is None and counts(one))
    for kind in kinds:
        if not fits(found[at], kind):
            continue
        left = [one for one in found[:at] if one.way is None and alike(one.kind, kind)]
        right = [one for one in _in_reach(found, at, sentence) if alike(one.kind, kind)]
        back = [one for one in earlier if one.way is None and one.kind and alike(one.kind, kind) and not one.compared]
        yield from _of_kind(found, at, left, right, back, sentence)


def counts(one: End) -> bool:
    """Whether a figure can be an end: one without a unit is an index."""
    return bool(one.kind) or bool(one.figure.term.decimals) or (one.value >= _MANY and one.value not in YEARS)


def alike(one: str, kind: str) -> bool:
    """Whether a figure can be counted so: some leave out what they count, cases are of whatever was told."""
    return one in (kind, "") or (_CASES in (one, kind) and not {one, kind} & {"%", ""})


def fits(difference: End, kind: str) -> bool:
    """Whether a difference can be one of what is counted so: a rate of anything, points of shares."""
    if difference.way is not None and difference.way.is_part:
        return True
    if difference.rate_of is not None:
        return kind == difference.rate_of.kind
    if difference.kind == "điểm":
        return kind in ("điểm", "%")
    return difference.kind == "%" or alike(difference.kind, kind)


def is_of_another_kind(found: Sequence[End], at: int, kind: str, sentence: Sentence) -> bool:
    """Whether the bracket behind a rate is of another kind: "số người chết giảm 4,9% (306 người)"."""
    one, follower = found[at], found[at + 1] if at + 1 < len(found) else None
    if one.kind != "%" or follower is None or follower.bracket in (-1, one.bracket):
        return False
    opened = _between(one, follower, sentence)
    return _OPENED.fullmatch(opened) is not None and "%" not in (kind, follower.kind) and not _same(follower, kind)


def _same(one: End, kind: str) -> bool:
    """Whether a figure may be counted so, amounts of money in any unit alike."""
    return alike(one.kind, kind) or (one.kind in _MONEY and kind in _MONEY)


def _of_kind(
    found: Sequence[End], at: int, left: list[End], right: list[End], back: list[End], sentence: Sentence
) -> Iterator[Pair]:
    """The pairs that words make of figures of one kind before and behind a difference, and of the sentence before."""
    one = found[at]
    open_ = [end for end in left if not end.compared and end.bracket in (-1, one.bracket)]
    if one.way is Way.EITHER:
        if len(left) > 1:
            yield Pair(left[-2], left[-1], sure=True)
        return
    if left and left[-1] is found[at - 1] and _is_behind(left[-1], one):
        yield from _from_now([end for end in open_ if end is not left[-1]], back, one, left[-1], sentence)
        return
    by_period = _by_period(left[-2:], one, before=True) or _by_period(right[:2], one, before=False)
    if (at_once := next(_of_fraction(found, at, right), None)) is not None:
        yield at_once
    elif by_period is not None:
        yield Pair(*by_period, sure=True)
    elif len(right) > 1 and _leads_to(right[0], right[1], one, sentence):
        yield Pair(right[1], right[0], sure=True)
    elif right and _is_told(right[0], one, sentence):
        yield from _from_now(open_, back, one, right[0], sentence)
    elif len(left) > 1 and FROM.search(left[-2].figure.lead) and TO.search(left[-1].figure.lead):
        yield Pair(left[-1], left[-2], sure=True)
    elif open_ and right and pattern("from_behind").search(_between(one, right[0], sentence)):
        yield Pair(open_[-1], right[0], sure=True)
    elif len(open_) > 1 and pattern("becomes").search(open_[-1].figure.lead):
        yield Pair(open_[-1], open_[-2], sure=False)
    elif len(left) > 1 and _is_pair(left[-2], left[-1]) and not _has_its_own(left[-2], left[-1], found):
        now, other = (left[-2], left[-1]) if _is_now(left[-2], left[-1]) else (left[-1], left[-2])
        yield Pair(now, other, sure=False)
    elif left and all(end.compared for end in left) and pattern("points_back").search(sentence.text.lower()):
        yield from _side_by_side(found, one, left, back)


def _side_by_side(found: Sequence[End], difference: End, left: Sequence[End], back: Sequence[End]) -> Iterator[Pair]:
    """The pair at a difference's place where values now, values before and differences stand in one order each."""
    counted = difference.rate_of or difference
    rows = [end for end in found if end.way is not None and end.kind == counted.kind and end.rate_of is None]
    if len(left) == len(back) == len(rows) and any(end.figure is counted.figure for end in rows):
        at = next(at for at, end in enumerate(rows) if end.figure is counted.figure)
        yield Pair(back[at], left[at], sure=False)


def named(found: Sequence[End], at: int, passed: Sequence[End], sentence: Sentence) -> Iterator[Pair]:
    """The pairs of a value with the one of the time, aim or mean that a difference is counted from.

    Args:
        found: the figures of its sentence.
        at: its place among them.
        passed: the figures of its paragraph up to its sentence.
        sentence: where it stands.
    """
    one = found[at]
    yield from _of_sides(found, at, passed)
    if not one.about:
        if one.way in (Way.UP, Way.DOWN) and pattern("sums_up").search(sentence.text.lower()):
            yield from _of_two(found, at, passed)
        return
    kinds = dict.fromkeys(end.kind for end in reversed((*passed, *found)) if end.way is None and counts(end))
    for kind in kinds:
        if not fits(one, kind):
            continue
        here = [end for end in found if _is_value(end, kind)]
        before = [end for end in passed if _is_value(end, kind)]
        others = [end for end in here if end.about & one.about]
        told = bool(others)
        others = others or [end for end in before if end.about & one.about][-1:]
        open_ = [end for end in here if end.start < one.start and not end.compared and not end.about & one.about]
        now = open_[-1:] or [end for end in before if not end.compared and not end.about & one.about][-1:]
        if now and others and others[0].value != one.value:
            nearest = min(others, key=lambda end: abs(end.start - one.start))
            yield Pair(now[0], nearest, sure=False, told=told and bool(open_))


def in_reach(found: Sequence[End], at: int, passed: Sequence[End]) -> Iterator[Pair]:
    """All pairs of a value near a difference with one near it that words say is of a time before or an aim.

    Args:
        found: the figures of its sentence.
        at: its place among them.
        passed: the figures of its paragraph up to its sentence.
    """
    one = found[at]
    if one.kind in ("", "%") or one.way not in (Way.UP, Way.DOWN):
        return
    values = [end for end in (*passed, *found) if end.way is None and end.kind == one.kind]
    values.sort(key=lambda end: abs(end.start - one.start))
    others = [end for end in values if end.past or end.compared or end.about & (_BEFORE | one.about)]
    rest = [end for end in values if end not in others]
    if any(end.figure.approximate for end in (*others[:_FEW], *rest[:_FEW])):
        return
    for other in others[:_FEW]:
        for now in rest[:_FEW]:
            yield Pair(now, other, sure=False, told=False)


def _of_sides(found: Sequence[End], at: int, passed: Sequence[End]) -> Iterator[Pair]:
    """The last values of both sides that a distance names: exports and imports, the highest and the lowest."""
    one = found[at]
    for name in ("trade", "ends"):
        if not pattern(f"{name}_by").search(one.figure.lead):
            continue
        sides: dict[str, End] = {}
        side = ""
        for end in (*passed, *found[:at]):
            if told := list(pattern(f"{name}_sides").finditer(end.figure.lead)):
                side = told[-1].lastgroup or ""
            if side and end.way is None and not end.compared and fits(one, end.kind):
                sides[side] = end
        sides.pop("other", None)
        if len(sides) == _TWO:
            high, low = sorted(sides.values(), key=lambda end: end.value, reverse=True)
            yield Pair(high, low, sure=False, told=False)


def _of_two(found: Sequence[End], at: int, passed: Sequence[End]) -> Iterator[Pair]:
    """The only two values told before a difference that sums them up: "Như vậy, khối huyện nhiều hơn 12 hồ sơ"."""
    told = [end for end in (*passed, *found[:at]) if end.way is None and end.kind and end.kind == found[at].kind]
    if len(told) == _TWO:
        one, other = sorted(told, key=lambda end: end.value, reverse=found[at].way is Way.UP)
        yield Pair(one, other, sure=False, told=False)


def _is_value(end: End, kind: str) -> bool:
    return end.way is None and alike(end.kind, kind) and counts(end)


def _of_fraction(found: Sequence[End], at: int, right: Sequence[End]) -> Iterator[Pair]:
    """The pair that "1.388/1.500 người" tells at once: before a difference to an aim, in brackets behind a change."""
    one, before = found[at], found[at - 1] if at else None
    if "aim" in one.about and before is not None and before.of is not None and fits(one, before.kind):
        yield Pair(before, replace(before, figure=before.of, of=None), sure=False)
    elif right and right[0].of is not None and right[0].bracket not in (-1, one.bracket):
        yield Pair(right[0], replace(right[0], figure=right[0].of, of=None), sure=False)


def _in_reach(found: Sequence[End], at: int, sentence: Sentence) -> Iterator[End]:
    """The figures behind a difference up to where another begins, or the sentence goes on with something else."""
    low = found[at].figure.end - sentence.start
    for one in found[at + 1 :]:
        between = sentence.text[low : one.start - sentence.start].lower()
        closed = found[at].bracket not in (-1, one.bracket)
        opens = _opens(between.partition(")")[2] if closed else between)
        if closed and opens is None:
            return  # "(tăng 214 con so với hôm trước) tại 12 xã (có 3.506 con …)"
        if ";" in outside(between) or (opens is None and one.way is None and ")" in between):
            return
        if one.way is None:
            yield one
        elif opens is not None:
            return


def outside(between: str) -> str:
    """Words between two figures without those in brackets, that one of them may stand in too."""
    return BRACKETS.sub("", between).split("(")[0]


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
    if pattern("past").search(inside) or pattern("against").search(outside):
        return True
    alone = not _WORDS.search(inside.lstrip("(")) and outside.count(" ") <= _NEAR
    if not alone or difference.kind != other.kind:
        return False
    # "So với năm 2023, … giảm 5 (12)", "nhiều hơn năm 2023 24 đảng viên (162 đảng viên)"
    return text.startswith("so với ") or (bool(difference.about) and other.bracket > difference.start - sentence.start)


def _is_behind(other: End, difference: End) -> bool:
    """Whether a difference stands right behind what it is counted from: "hơn năm 2021 (74,35%) 2,18%"."""
    over = pattern("over" if difference.way is Way.UP else "under")
    return difference.figure.change is None and bool(over.search(other.figure.lead))


def _from_now(
    open_: Sequence[End], back: Sequence[End], difference: End, other: End, sentence: Sentence
) -> Iterator[Pair]:
    """The pairs of the figure that a difference is counted from with the value that it leads to."""
    if open_:
        yield Pair(open_[-1], other, sure=other.compared or other.bracket != -1)
        return
    named = [one for one in back if _is_named_again(one, difference)]
    if not named and len(back) == 1 and pattern("points_back").search(sentence.text.lower()):
        named = list(back)
    if named:
        yield Pair(named[-1], other, sure=True)
        return
    for one in reversed(back):
        yield Pair(one, other, sure=False, told=False)


def _is_named_again(now: End, difference: End) -> bool:
    """Whether a sentence begins with the words that a value was told with: "… là 13 vụ. Số vụ tai nạn giảm 5 vụ"."""
    again, told = (_SPLIT.split(one.figure.lead)[-1].split() for one in (difference, now))
    told += _SPLIT.split(now.figure.behind)[0].split()
    runs = {tuple(told[at : at + _RUN]) for at in range(len(told) - _RUN + 1)}
    return any(tuple(again[at : at + _RUN]) in runs for at in range(len(again) - _RUN + 1))


def _leads_to(one: End, other: End, difference: End, sentence: Sentence) -> bool:
    """Whether words behind a difference tell what a value was and what it became: "(12.640 ha lên 12.800 ha)"."""
    if TO.search(other.figure.lead) is None:
        return False
    alone = one.bracket == other.bracket != -1 and one.figure.lead.endswith("(")
    return alone or _says_from(one, difference, sentence)


def _between(difference: End, one: End, sentence: Sentence) -> str:
    """The words from a difference to a figure behind it."""
    return sentence.text[difference.figure.end - sentence.start : one.start - sentence.start].lower()


def _says_from(one: End, difference: End, sentence: Sentence) -> bool:
    between = _between(difference, one, sentence)
    return bool(re.search(r"^[^;]{0,60}[(,]\s*(?:tăng |giảm )?từ(?: mức)?\s*$", between))


def _is_pair(one: End, other: End) -> bool:
    """Whether one of two figures is of a time before the other's; "26 ca, nâng tổng số lên 79" are two stretches."""
    if bool(_TO_DATE.search(one.figure.lead)) != bool(_TO_DATE.search(other.figure.lead)):
        return False
    return _is_now(one, other) != _is_now(other, one)


def _has_its_own(one: End, other: End, found: Sequence[End]) -> bool:
    """Whether a figure is told with a difference of its own before a semicolon parts it from the next."""
    if ";" not in outside(other.figure.lead):
        return False
    return any(end.way is not None and one.start < end.start < other.start for end in found)


def _is_now(now: End, before: End) -> bool:
    """Whether a figure can be the value that another is the one before of; a year alone makes neither of them past."""
    opened = "start" in before.about and "start" not in now.about  # "đầu năm 4,61%; cuối năm 3,72%"
    if now.compared or not (before.past or before.compared or before.about & UNTIMED or opened):
        return False
    return before.compared or not (now.past or now.about & UNTIMED)


def _by_period(pair: Sequence[End], difference: End, *, before: bool) -> tuple[End, End] | None:
    """The figures of two periods in a row before a difference or in brackets behind it; the later first."""
    if len(pair) < 2 or (before and "so với" in difference.figure.behind[:_SHORT]):
        return None
    if not before and (pair[0].bracket != pair[1].bracket or pair[0].bracket == -1):
        return None
    one, other = (period_of(end.about) for end in pair)
    if one is None or other is None or one[0] != other[0] or abs(one[1] - other[1]) != 1:
        return None
    own = period_of(of_value(difference.figure.lead, ""))
    if not before and own is not None and own not in (one, other):
        return None  # "Năm 2023 giảm 121 người (năm 2022 – 212 người, năm 2021 – 532 người)": a change in each year
    return (pair[1], pair[0]) if other[1] > one[1] else (pair[0], pair[1])
