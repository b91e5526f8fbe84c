"""A relation that fails, told of the one figure of it that is wrong: as what the others make of that figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.checks.blame.relations import Place, Relation
from extract.checks.figures.arithmetic import DIFFERENCE, SUM, plain, vn
from extract.checks.figures.terms import is_doubtful, one_digit_away, shorten
from extract.records import CheckKind, CheckVerdict, Finding, Reading


def solved_for(one: Relation, place: Place, right: Decimal) -> Finding:
    """A sum or a difference as the arithmetic that gives one of its inputs: "36 - 20 = 16, báo cáo ghi 15: chênh 1".

    Args:
        one: the relation that fails.
        place: the figure that is wrong, not the one that the relation computes.
        right: what it must be.
    """
    at = one.places.index(place)
    if one.formula is DIFFERENCE:
        other = 3 - at
        signs = {other: 1, 0: -1 if right < one.values[other] else 1}
    else:
        sign = -1 if place in one.taken else 1
        others = [index for index in range(1, len(one.places)) if index != at]
        signs = {0: sign, **{index: sign if one.places[index] in one.taken else -sign for index in others}}
    order = sorted(signs, key=lambda index: -signs[index])
    left = SUM.written([signs[index] * one.values[index] for index in order])
    taken = [signs[index] for index in order]
    kind = {1: CheckKind.DIFFERENCE, len(taken): CheckKind.SUM}.get(taken.count(1), one.made.kind)
    proof, printed = one.made.evidence, one.values[at]
    names = [proof[0].text, *(name for name, _ in one.made.inputs)]
    shown = [one.values[index] * (signs[index] if kind is one.made.kind else 1) for index in order]
    return replace(
        one.made,
        kind=kind,
        inputs=tuple((names[index], plain(value)) for index, value in zip(order, shown, strict=True)),
        reported=plain(printed),
        computed=plain(right),
        note=f"{left} = {vn(right)}, báo cáo ghi {vn(printed)}: chênh {vn(abs(right - printed))}",
        evidence=(proof[at], *(proof[index] for index in order)),
    )


def of_cell(one: Relation, place: Place, right: Decimal, reading: Reading) -> Finding:
    """A relation of a table told of one cell of it; `misread` where one digit of a page image explains it.

    Args:
        one: the relation that fails.
        place: the cell that is wrong.
        right: what it must be.
        reading: the letter.
    """
    printed = one.values[one.places.index(place)]
    made = one.made
    if place != one.places[0]:
        made = solved_for(one, place, right)
        label = made.statement.split(": ", 1)[0]
        made = replace(made, statement=shorten(f"{label}: {(made.note or '').split(' = ')[0]} = {vn(printed)}"))
    read = one.entry(place).page in reading.engine_pages
    return _judged(made, one, place, right, reading, read=read)


def of_end(one: Relation, place: Place, right: Decimal, reading: Reading) -> Finding:
    """A difference of running text told of one of its ends, which is wrong; see `of_cell`."""
    return _judged(solved_for(one, place, right), one, place, right, reading, read=False)


def _judged(made: Finding, one: Relation, place: Place, right: Decimal, reading: Reading, *, read: bool) -> Finding:
    """A finding, `misread` where its figure was read from an image and one digit explains it."""
    doubtful = read or is_doubtful((one.entry(place),), reading)
    misread = doubtful and one_digit_away(one.values[one.places.index(place)], right)
    return replace(made, verdict=CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS)
