"""Rates of changes in running text, each against the values they can be of.

"312 vụ, làm chết 59 người … giảm 28 vụ (-8,24%), giảm 11 người chết (-15,71%)": a count and its rate give the value
before, so the rate needs the value now. A rate that some value of its paragraph explains is one of that; one that none
explains is wrong where a slip of the pen, which chance seldom makes, explains it of one value only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.changes.ends import GOES_ON
from extract.checks.figures.arithmetic import DIFFERENCE, RATE, SHARE, SUM, Formula
from extract.checks.figures.complete import kind_of
from extract.checks.figures.cues import holds
from extract.checks.figures.figures import Figure, Part, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, compared, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.likelihood import chance_of
from extract.components.context import Sentence
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_WORDS: Final = r"(?:tương ứng|tương đương|tức|hay|bằng|tăng|giảm|tỷ lệ|tỉ lệ|với|là|được|thêm)"
# "28 vụ (-8,24%)", "6,4% so với cùng kỳ (tương ứng tăng 37 hộ)"
_RESTATES: Final = re.compile(rf"%?[^\d.;()%]{{0,60}}(?:[(,]\s*|\s(?=hay\s|tức\s))(?:{_WORDS}\s*){{0,4}}[-–+]?\s?")
_SCALES: Final = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_MEASURES: Final = frozenset({"đồng", "usd", "ha", "km", "tấn", "m2", "m3", "kg", "lít", "tạ", "kwh"})
BEFORE: Final = "kỳ trước"  # the name of a value before that is printed nowhere
_PAST: Final = re.compile(r"cùng kỳ|so với|năm (?:trước|ngoái)|kỳ trước")
_BESIDE: Final = 2  # figures behind a change among which is the one that it is compared with
_BACK: Final = 2  # sentences from a change to the value now
_MOST: Final = 120  # figures of a paragraph
_UNLIKELY: Final = Decimal("0.2")
_FAR: Final = Decimal("0.3")  # of the larger; a rate farther from the right one is mostly of other values
_ROUGH: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change at `at` of a paragraph's figures, with the rate that restates it."""

    at: int
    count: Figure
    rate: Figure | None
    part: Part


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure, the number of its sentence, and whether the bracket it stands in tells of what is compared with."""

    figure: Figure
    sentence: int
    past: bool


def check_rises(reading: Reading) -> Iterator[Finding]:
    """Changes of counts in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if not holds(block.text, "tăng", "giảm", "hơn"):
            continue
        found = [told for at, sentence in enumerate(sentences(block)) for told in _told(sentence, at, reading)]
        if len(found) > _MOST:
            continue
        changes = list(_changes(found))
        moved = {id(figure) for change in changes for figure in (change.count, change.rate) if figure is not None}
        values = [one for one in found if id(one.figure) not in moved and one.figure.change is None]
        yield from _rates([change for change in changes if change.rate is not None], values, found, block)


def _told(sentence: Sentence, at: int, reading: Reading) -> Iterator[_Told]:
    """The figures of a sentence; a bracket goes on with the time it began with: "(thụ lý 857 vụ; giải quyết 783)"."""
    low, past = 0, False
    for one in figures(sentence, reading):
        between = sentence.text[low : one.start - sentence.start]
        low = one.end - sentence.start
        opened, closed = between.rfind("("), between.rfind(")")
        past = one.compared or one.previous if opened > closed else past and closed < 0
        yield _Told(one, at, past)


def _changes(found: Sequence[_Told]) -> Iterator[_Change]:
    """Changes in counts; one that goes on without a verb has the direction of the one before."""
    part: Part | None = None
    at = 0
    while at < len(found):
        one = found[at].figure
        follower = (
            found[at + 1].figure if at + 1 < len(found) and found[at + 1].sentence == found[at].sentence else None
        )
        goes_on = part is not None and one.change is None and bool(GOES_ON.fullmatch(one.lead)) and one.unit != "%"
        part = one.change or (part if goes_on else None)
        if part is None or not one.unit:
            at += 1
            continue
        pair = follower is not None and follower.change in (None, part) and bool(_RESTATES.fullmatch(follower.lead))
        if pair and follower is not None and (one.unit == "%") != (follower.unit == "%") and follower.unit:
            count, rate = (follower, one) if one.unit == "%" else (one, follower)
            yield _Change(at, count, rate, part)
            at += 2
            continue
        if one.unit != "%":
            yield _Change(at, one, None, part)
        at += 1


def _rates(
    changes: Sequence[_Change], values: Sequence[_Told], found: Sequence[_Told], block: Block
) -> Iterator[Finding]:
    """Rates against what the change makes of the value now."""
    taken: set[int] = set()
    open_: list[_Change] = []
    for change in changes:
        now = [one for one in _now(change, values, found) if _rate(change, one) is not None]
        holds = [one for one in now if _verdict(change, one) is not CheckVerdict.DIFFERS]
        if not holds:
            open_.append(change)
            continue
        taken.add(id(holds[0]))
        yield from _made(change, holds[0], block)
    for change in open_:
        now = [one for one in _now(change, values, found) if id(one) not in taken]
        if any(_roughly(change, one) or _is_from(change, one) for one in now) or _is_of_told(change, now, values):
            continue
        if now and (before := _before(change, found)) is not None:
            if not _is_told(change, before, found):
                yield from _denied(change, now[0], before, block)
            continue
        if _is_of_printed(change, now, values):
            continue
        likely = [one for one in now if _is_slip(change, one)]
        beside = found[change.at - 1].figure if change.at and ";" not in found[change.at].figure.lead else None
        left = [one for one in now[:1] if one is beside or (len(now) == 1 and taken)]
        if len(likely) != 1 and left and _is_thinkable(change, left[0]):
            likely = left  # its place or the other changes leave no other
        if len(likely) == 1:
            yield from _made(change, likely[0], block)


def _now(change: _Change, values: Sequence[_Told], found: Sequence[_Told]) -> list[Figure]:
    """The figures before a change that count what it counts, nearest first."""
    place = found[change.at]
    return [
        one.figure
        for one in reversed(values)
        if one.figure.start < place.figure.start
        and place.sentence - one.sentence <= _BACK
        and _alike(one.figure, change.count)
        and not one.figure.approximate
        and not (one.figure.compared or one.past)
        and not _PAST.search(re.split(r"[;)]", one.figure.lead)[-1])
    ]


def _is_of_printed(change: _Change, now: Sequence[Figure], values: Sequence[_Told]) -> bool:
    """Whether a rate is that of two values of its paragraph, whichever way, or of its change and one compared with."""
    if change.rate is None:
        return False
    for one in now if change.rate.term.decimals else ():
        for other in values:
            if other.figure is not one and _alike(other.figure, change.count):
                rate = RATE.value([scaled(one), scaled(other.figure)])
                if rate and compared(RATE, change.rate.term.value, rate).verdict is CheckVerdict.AGREES:
                    return True
    printed = change.rate.term.value
    before = [one.figure for one in values if one.figure.compared and _alike(one.figure, change.count)]
    rates = (SHARE.value([scaled(change.count), scaled(one)]) for one in before)
    if not change.rate.term.decimals:
        return printed in rates
    return any(rate and compared(SHARE, printed, rate).verdict is CheckVerdict.AGREES for rate in rates)


def _before(change: _Change, found: Sequence[_Told]) -> Figure | None:
    """The figure right behind a change that it is compared with, where its rate is of that figure."""
    behind = [
        one.figure
        for one in found[change.at + 2 : change.at + 2 + _BESIDE]
        if one.sentence == found[change.at].sentence
    ]
    for one in behind:
        if one.compared and _alike(one, change.count) and not one.approximate and change.rate is not None:
            rate = SHARE.value([scaled(change.count), scaled(one)])
            fits = rate is not None and compared(SHARE, change.rate.term.value, rate).verdict is CheckVerdict.AGREES
            return one if fits else None
    return None


def _is_told(change: _Change, before: Figure, found: Sequence[_Told]) -> bool:
    """Whether the paragraph tells what a change makes of the value before, if not where it was looked for."""
    moved = scaled(change.count) if change.part is Part.RISE else -scaled(change.count)
    return any(_alike(one.figure, change.count) and scaled(one.figure) == scaled(before) + moved for one in found)


def _denied(change: _Change, now: Figure, before: Figure, block: Block) -> Iterator[Finding]:
    """The value now, which the change, its rate and the value before deny together."""
    formula, kind = (SUM, CheckKind.SUM) if change.part is Part.RISE else (DIFFERENCE, CheckKind.DIFFERENCE)
    if len({one.head for one in (now, before, change.count)} & _SCALES.keys()) <= 1:
        low, high = now.start - block.start, before.end - block.start
        statement = quote(block.text, low, high, block.body, behind=12)
        made = recompute(kind, statement, formula, [before.term, change.count.term], now.term)
        if made is not None and made.verdict is not CheckVerdict.AGREES:
            yield made


def _alike(one: Figure, other: Figure) -> bool:
    return bool(measure(one)) and one.unit != "%" and measure(one) == measure(other)


def measure(one: Figure) -> str:
    """What a figure counts, amounts of money in any unit alike."""
    words = one.unit.split()
    if words and words[0] in _SCALES:
        words = words[1:] or ["đồng"]
    kind = kind_of(" ".join(words))
    return "người" if kind == "dân" else kind


def scaled(one: Figure) -> Decimal:
    """A figure in the smallest unit of what it counts."""
    return one.term.value.scaleb(_SCALES.get(one.head, 0))


def _terms(change: _Change, now: Figure) -> tuple[Term, Term] | None:
    """The value now and the one before that the change makes of it; None where there can be none."""
    moved = scaled(change.count) if change.part is Part.RISE else -scaled(change.count)
    before = scaled(now) - moved
    unit = -_SCALES.get(now.head, 0)
    return (now.term, Term(BEFORE, before.scaleb(unit).normalize() + 0)) if before > 0 and now.term.value else None


def _rate(change: _Change, now: Figure) -> Decimal | None:
    terms = _terms(change, now)
    return RATE.value([term.value for term in terms]) if terms is not None else None


def _verdict(change: _Change, now: Figure) -> CheckVerdict:
    right = _rate(change, now)
    if right is None or change.rate is None:
        return CheckVerdict.DIFFERS
    return compared(RATE, change.rate.term.value, right).verdict


def _roughly(change: _Change, now: Figure) -> bool:
    """Whether a rate holds within the rounding of amounts as they are printed."""
    right = _rate(change, now)
    if right is None or change.rate is None:
        return False
    if not (now.term.decimals or change.count.term.decimals or now.head in _SCALES or measure(now) in _MEASURES):
        return False
    by = [_ROUGH.scaleb(-one.term.decimals) / max(one.term.value, Decimal(1)) for one in (now, change.count)]
    slack = right * sum(by) * 2 + Decimal(1).scaleb(-change.rate.term.decimals)
    return abs(right - change.rate.term.value) <= slack


def _is_from(change: _Change, now: Figure) -> bool:
    """Whether the figure in brackets behind a rate is the value before: "số người chết tăng 12,5% (8 người)"."""
    if change.rate is None or change.count.start < change.rate.start or not change.count.lead.rstrip().endswith("("):
        return False
    before = scaled(change.count)
    rises = scaled(now) > before
    made = RATE.value([scaled(now), before])
    if made is None or rises is not (change.part is Part.RISE):
        return False
    return compared(RATE, change.rate.term.value, made).verdict is not CheckVerdict.DIFFERS


def _is_of_told(change: _Change, now: Sequence[Figure], values: Sequence[_Told]) -> bool:
    """Whether a rate is right between two values that are told, so that the change beside it is wrong."""
    told = [one.figure for one in values if _alike(one.figure, change.count)]
    return change.rate is not None and any(
        (scaled(one) > scaled(before)) is (change.part is Part.RISE)
        and (made := RATE.value([scaled(one), scaled(before)])) is not None
        and compared(RATE, change.rate.term.value, made).verdict is not CheckVerdict.DIFFERS
        for one in now
        for before in told
    )


def _is_slip(change: _Change, now: Figure) -> bool:
    if change.rate is None or change.rate.approximate or change.count.approximate or not now.term.value:
        return False
    sign = 1 if change.part is Part.RISE else -1
    scale = scaled(change.count) / change.count.term.value if change.count.term.value else Decimal(1)
    unit = scaled(now) / now.term.value

    def rate(values: Sequence[Decimal]) -> Decimal | None:
        before = values[0] * unit - sign * values[1] * scale
        return values[1] * scale / before * 100 if before > 0 else None

    found = chance_of(rate, [now.term.value, change.count.term.value], change.rate.term)
    return found is not None and found <= _UNLIKELY


def _is_thinkable(change: _Change, now: Figure) -> bool:
    """Whether a rate is of the size of the right one, or a slip away from it."""
    right = _rate(change, now)
    if right is None or change.rate is None or change.rate.approximate or change.count.approximate:
        return False
    printed = change.rate.term
    of_now = scaled(change.count) / scaled(now) * 100
    if nearest(of_now, printed.decimals) == printed.value and printed.decimals:
        return True  # of the value now instead of the one before
    return is_slip(printed.value, nearest(right, printed.decimals)) or abs(printed.value - right) <= _FAR * max(
        printed.value, right
    )


def _made(change: _Change, now: Figure, block: Block) -> Iterator[Finding]:
    terms = _terms(change, now)
    if terms is not None and change.rate is not None:
        yield from _finding(change, change.rate, terms, RATE, CheckKind.RATE_OF_CHANGE, block)


def _finding(
    change: _Change, reported: Figure, terms: tuple[Term, Term], formula: Formula, kind: CheckKind, block: Block
) -> Iterator[Finding]:
    low, high = min(change.count.start, reported.start) - block.start, max(change.count.end, reported.end) - block.start
    statement = quote(block.text, low, high, block.body, before=80, behind=12)
    made = recompute(kind, statement, formula, list(terms), reported.term)
    if made is not None:
        yield made
