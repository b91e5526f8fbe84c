"""Figures that go into a check, with what is known of their reading, and the one place that makes findings of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE, SUM, Formula, note, plain, printed_decimals, vn
from extract.checks.figures.verdict import Comparison, Rounding, compare
from extract.records import CheckKind, CheckVerdict, Evidence, Finding, Proof, Reading

LOW_CONFIDENCE: Final = 0.8
FARTHEST: Final = 20
# Digits that OCR and photocopies turn into each other.
CONFUSABLE: Final = {
    "0": "689", "1": "47", "2": "57", "3": "58", "4": "19", "5": "236", "6": "058", "7": "12", "8": "0369", "9": "048",
}  # fmt: skip
_STROKES: Final = frozenset("]!}")
_STROKE_BEHIND: Final = re.compile(r" ?l(?![\w.,])")
_DIGITS: Final = re.compile(r"\D")
_LONGEST_STATEMENT: Final = 220
_HUNDRED: Final = 100
_HAS_LOST: Final = 10  # a figure without its decimal mark has two digits or more
_LONGEST_FIGURE: Final = 15  # characters
_SENTENCE_START: Final = re.compile(r"[.;:] (?=\S)")


@dataclass(frozen=True, slots=True)
class Term:
    """A printed figure.

    `doubtful`: read with low confidence, or damaged, so one digit of it may be another. `scanned`: in a table cell of a
    page image, where a digit is easily lost at a rule.
    """

    name: str
    value: Decimal
    proof: Proof = ()
    doubtful: bool = False
    scanned: bool = False

    @property
    def decimals(self) -> int:
        """Decimals it is printed with."""
        return printed_decimals(self.value)


def is_doubtful(proof: Proof, reading: Reading | None = None) -> bool:
    """Whether a figure's reading is in question.

    Its confidence is low, repair changed a digit of it, a doubt was left on it, or a sign that engines read for 1
    stands against it ("]7", "1l").
    """
    for entry in proof:
        if entry.confidence is not None and entry.confidence < LOW_CONFIDENCE:
            return True
        if entry.raw != entry.text and _DIGITS.sub("", entry.raw) != _DIGITS.sub("", entry.text):
            return True
        if reading is not None and _has_stroke(entry, reading.repaired.text):
            return True
        if reading is not None and reading.repaired.doubts:
            start, end = reading.repaired.to_raw(entry.start, entry.end)
            if any(doubt.start < end and start < doubt.end for doubt in reading.repaired.doubts):
                return True
    return False


def if_wrong(proof: Proof, reading: Reading | None = None) -> CheckVerdict:
    """What a figure that does not hold is called: misread where its reading is in question."""
    return CheckVerdict.MISREAD if is_doubtful(proof, reading) else CheckVerdict.DIFFERS


def unsigned(made: Finding) -> tuple[str, str]:
    """What a finding reports and computes, a fall that a table tells with its sign without it."""
    reported, computed = made.reported or "", made.computed or ""
    falls = reported.startswith("-") and computed.startswith("-")
    return (reported[1:], computed[1:]) if falls else (reported, computed)


def _has_stroke(entry: Evidence, text: str) -> bool:
    before = text[max(entry.start - 1, 0) : entry.start]
    behind = text[entry.end : entry.end + 2]
    return before in _STROKES or ("l" in behind and _STROKE_BEHIND.match(text, entry.end) is not None)


def recompute(
    kind: CheckKind,
    statement: str,
    formula: Formula,
    terms: Sequence[Term],
    reported: Term,
    remark: str = "",
    *,
    far: bool = False,
) -> Finding | None:
    """The finding that compares what is printed with what follows from the terms; None where nothing follows.

    Counts that are more than `FARTHEST` times each other are not of one kind: no slip of a pen or an eye makes
    that, the figures do not belong together, and nothing is said. A comparison that fails and would hold if one
    doubtful digit were one it is known to be confused with, or one more digit stood in a scanned cell, is `misread`.
    A share that no part can be, and that holds without one of its digits, was read with a rule of its table: it agrees.

    Args:
        kind: what is checked.
        statement: the words that tell the figures.
        formula: what follows from the terms.
        terms: what it follows from.
        reported: what is printed.
        remark: what else is to be said.
        far: the words are sure that the figures belong together, however far they are from each other.
    """
    values = [term.value for term in terms]
    computed = formula.value(values)
    if computed is None:
        return None
    marked = _with_marks(formula, terms, reported)
    if formula.exact and not far and not _comparable(reported.value, computed) and marked is None:
        return None
    made = compared(formula, reported.value, computed)
    if made.verdict is CheckVerdict.DIFFERS and marked is not None:
        *values, printed = marked
        computed, made = formula.value(values) or computed, Comparison(CheckVerdict.AGREES, Rounding.EXACT)
        read = zip((*terms, reported), marked, strict=True)
        lost = ", ".join(f"{vn(figure.value)} đọc là {vn(value)}" for figure, value in read if figure.value != value)
        remark = f"{lost}, mất dấu thập phân{f'; {remark}' if remark else ''}"
        terms = [replace(term, value=value) for term, value in zip(terms, values, strict=True)]
        reported = replace(reported, value=printed)
    if made.verdict is CheckVerdict.DIFFERS and (ruled := _without_a_rule(formula, values, reported)) is not None:
        remark = f"{vn(reported.value)} đọc là {vn(ruled)}, nét kẻ đọc thành chữ số{f'; {remark}' if remark else ''}"
        made, reported = Comparison(CheckVerdict.AGREES, Rounding.EXACT), replace(reported, value=ruled)
    said = note(formula, values, computed, reported.value, made)
    if made.verdict is CheckVerdict.DIFFERS:
        other = _misreading(formula, terms, reported)
        if other is not None:
            made = Comparison(CheckVerdict.MISREAD, Rounding.NONE)
            said = f"{said}; {other}"
    return Finding(
        kind=kind,
        statement=shorten(statement),
        inputs=tuple((term.name, plain(term.value)) for term in terms),
        reported=plain(reported.value),
        computed=plain(computed),
        verdict=made.verdict,
        note=f"{said}; {remark}" if remark else said,
        evidence=merged(reported.proof, *(term.proof for term in terms)),
    )


def _comparable(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return low == 0 or high <= FARTHEST * low


def compared(formula: Formula, reported: Decimal, computed: Decimal) -> Comparison:
    """Whether a formula's result gives the printed figure; counts must be it, anything else may be rounded."""
    if not formula.exact:
        return compare(reported, computed, printed_decimals(reported))
    if reported == computed:
        return Comparison(CheckVerdict.AGREES, Rounding.EXACT)
    return Comparison(CheckVerdict.DIFFERS, Rounding.NONE)


def _misreading(formula: Formula, terms: Sequence[Term], reported: Term) -> str | None:
    """The one figure in question that explains a difference, in words."""
    values = [term.value for term in terms]
    for index, term in enumerate([*terms, reported]):
        if not (term.doubtful or term.scanned):
            continue
        if formula is SUM:
            gap = reported.value - sum(values, Decimal(0))
            others = [term.value + gap if index < len(terms) else reported.value - gap]
        else:
            others = [*(neighbours(term.value) if term.doubtful else ()), *with_a_digit(term.value)]
        for value in others:
            if value < 0 or not (
                has_lost_a_digit(term.value, value) or (term.doubtful and is_confused(term.value, value))
            ):
                continue
            changed = [*values[:index], value, *values[index + 1 :]] if index < len(terms) else values
            computed = formula.value(changed)
            printed = reported.value if index < len(terms) else value
            if computed is not None and compared(formula, printed, computed).verdict is CheckVerdict.AGREES:
                return f"khớp nếu {vn(term.value)} đọc là {vn(value)}"
    return None


def _without_a_rule(formula: Formula, values: Sequence[Decimal], reported: Term) -> Decimal | None:
    """A share of a scanned cell that is more than its whole, without the rule that was read as one of its digits."""
    if formula is not SHARE or not reported.scanned or values[0] > values[1] or reported.value <= _HUNDRED:
        return None
    computed = formula.value(values)
    for value in _without_a_digit(reported.value):
        if computed is not None and compared(formula, value, computed).verdict is CheckVerdict.AGREES:
            return value
    return None


def _with_marks(formula: Formula, terms: Sequence[Term], reported: Term) -> list[Decimal] | None:
    """The figures, that of the report last, once those of scanned cells have the decimal marks they lost.

    In a sum, those without decimals among others with some; of a share, the share itself. None where that does not
    make them hold.
    """
    figures = [*terms, reported]
    if formula is SUM:
        decimals = max(figure.decimals for figure in figures)
        bare = [_may_lack_a_mark(figure) for figure in figures]
        if not decimals or not any(bare) or sum(bare) > len(figures) / 2:
            return None
        *values, printed = (
            figure.value.scaleb(-decimals) if lacks else figure.value
            for figure, lacks in zip(figures, bare, strict=True)
        )
        return [*values, printed] if sum(values, Decimal(0)) == printed else None
    if formula is not SHARE or not _may_lack_a_mark(reported):
        return None
    values = [term.value for term in terms]
    computed = formula.value(values)
    for decimals in (1, 2):
        printed = reported.value.scaleb(-decimals)
        if computed is not None and compared(formula, printed, computed).verdict is CheckVerdict.AGREES:
            return [*values, printed]
    return None


def _may_lack_a_mark(figure: Term) -> bool:
    return figure.scanned and not figure.decimals and figure.value >= _HAS_LOST


def neighbours(value: Decimal) -> Iterator[Decimal]:
    """Figures that differ in one digit of those OCR confuses, first digit first."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return
    for place, digit in enumerate(digits):
        for other in CONFUSABLE[str(digit)]:
            yield Decimal((sign, (*digits[:place], int(other), *digits[place + 1 :]), exponent))


def with_a_digit(value: Decimal) -> Iterator[Decimal]:
    """Figures that are printed with one digit more, at the end first."""
    text = f"{value:f}"
    if len(text) > _LONGEST_FIGURE or value < 0:
        return
    for place in range(len(text), -1, -1):
        for digit in range(0 if place else 1, 10):
            yield Decimal(f"{text[:place]}{digit}{text[place:]}")


def _without_a_digit(value: Decimal) -> Iterator[Decimal]:
    text = f"{value:f}"
    rests = (f"{text[:place]}{text[place + 1 :]}" for place in range(len(text)) if text[place] != ".")
    return (Decimal(rest) for rest in rests if rest.strip(".") and len(text) <= _LONGEST_FIGURE)


def one_digit_away(printed: Decimal, right: Decimal) -> bool:
    """Whether a printed figure is the right one with one digit confused or lost."""
    return is_confused(printed, right) or has_lost_a_digit(printed, right)


def is_confused(printed: Decimal, right: Decimal) -> bool:
    """Whether two figures differ in one digit, of those OCR confuses."""
    one, other = f"{printed:f}", f"{right:f}"
    if len(one) != len(other):
        return False
    changed = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    return len(changed) == 1 and changed[0][1] in CONFUSABLE.get(changed[0][0], "")


def has_lost_a_digit(printed: Decimal, right: Decimal) -> bool:
    """Whether a printed figure is the right one without one of its digits."""
    one, other = f"{printed:f}", f"{right:f}"
    return len(other) == len(one) + 1 and any(other[:at] + other[at + 1 :] == one for at in range(len(other)))


def merged(*proofs: Proof) -> Proof:
    """Evidence of several figures, each place once, the first figure's first."""
    seen: dict[tuple[int, int], Evidence] = {}
    for proof in proofs:
        for entry in proof:
            seen.setdefault((entry.start, entry.end), entry)
    return tuple(seen.values())


def finding(
    kind: CheckKind,
    statement: str,
    verdict: CheckVerdict,
    *,
    inputs: Sequence[tuple[str, str]] = (),
    reported: str | None = None,
    computed: str | None = None,
    note: str | None = None,
    evidence: Proof = (),
) -> Finding:
    """A finding that is no arithmetic: a bound, a class, a date."""
    return Finding(kind, shorten(statement), tuple(inputs), reported, computed, verdict, note, evidence)


def quote(text: str, low: int, high: int, floor: int = 0, *, before: int = 60, behind: int = 20) -> str:
    """The words around `low`..`high` in `text`: from the sentence's start where it is near, never a part of a word.

    Args:
        text: what is quoted from.
        low: where the quotation must begin at the latest.
        high: where it must end at the earliest.
        floor: where it may begin at the earliest.
        before: characters to look back.
        behind: characters to look ahead.
    """
    start, end = max(low - before, floor), min(high + behind, len(text))
    opening = ""
    if sentences := [match.end() for match in _SENTENCE_START.finditer(text, start, low)]:
        start = sentences[-1]
    elif start > floor:
        blank = text.find(" ", start, low)
        start, opening = blank + 1 if blank >= 0 else low, "… "
    if end < len(text):
        blank = text.rfind(" ", high, end)
        end = blank if blank >= 0 else high
    return f"{opening}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def shorten(text: str) -> str:
    """A statement on one line, cut in the middle where it is long."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_STATEMENT:
        return line
    half = _LONGEST_STATEMENT // 2 - 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
