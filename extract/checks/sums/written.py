"""Sums that are written out with their signs: "3.500.000 đồng + 600.000 đồng = 4.100.000 đồng"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Final

from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.components.numbers import read_number, scale_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_FIGURE: Final = r"\d(?:[\d.,]{0,18}\d)?(?:\s?%)?"
_UNIT: Final = r"(?:\s?[^\W\d_]{1,8}+(?![^\W\d_])[23²³]?){0,4}+"  # whole words: one way to read them
_WORDS: Final = r"(?:\s?[^\W\d_]{1,8}+(?![^\W\d_])[23²³]?){0,4}?"  # of which the last may lead to a formula
_TERM: Final = re.compile(rf"(?P<sign>[+–-])?\s?(?P<figure>{_FIGURE})(?P<unit>{_UNIT})")
_OF: Final = rf"(?<![\w.,/=x×*+–-]){_FIGURE}{_UNIT}\s?(?:[+–-]\s?{_FIGURE}{_UNIT}\s?){{1,12}}+"
_SIGN: Final = re.compile(r"[+–-]\s?\d")  # found much faster than what stands before it
_MADE: Final = re.compile(rf"(?P<terms>{_OF})(?P<closed>\)\s?)?=\s?(?P<made>{_FIGURE}{_UNIT})")
# "1.550 triệu đồng (1.200 + 350)", "538 theo công thức 100 + 435 + 3"
_WORKED_OUT: Final = re.compile(
    rf"(?<![\w.,/=x×*+–-])(?P<made>{_FIGURE}{_WORDS})\s?(?:\(\s?=?|theo công thức:?)\s?"
    rf"(?P<terms>{_FIGURE}{_UNIT}\s?(?:\+\s?{_FIGURE}{_UNIT}\s?){{1,12}}+)(?=[).;,]|$)"
)
_JOINED: Final = tuple("x×*+–-/^")
_POST: Final = re.compile(r"\b(?:km|lý trình|cọc)\s*$", re.IGNORECASE)
_HALF: Final = Decimal("0.5")
_FEWEST: Final = 10  # of what a sum makes; less stands for any sum ("2+3=7")


def written_sums(block: Block, reading: Reading) -> Iterator[Finding]:
    """The sums of a paragraph that are written out with "+" or "-" and what they make."""
    text = block.text
    if ("=" not in text and "+" not in text) or not _SIGN.search(text):
        return
    told: set[int] = set()
    for match in _MADE.finditer(text, block.body) if "=" in text else ():
        before = text[: match.start()].rstrip()
        if match["closed"]:
            before = before.removesuffix("(").rstrip() if before.endswith("(") else _JOINED[0]
        if before.endswith(_JOINED) or text[match.end() :].lstrip().startswith(_JOINED) or _POST.search(before):
            continue
        told.add(match.start("terms"))
        yield from _made(match, block, reading)
    for match in _WORKED_OUT.finditer(text, block.body) if "+" in text else ():
        before = text[: match.start()].rstrip()
        if match.start("terms") not in told and not before.endswith(_JOINED) and not _POST.search(before):
            yield from _made(match, block, reading)


def _made(match: re.Match[str], block: Block, reading: Reading) -> Iterator[Finding]:
    """A sum against what is printed for it: terms in one unit, or in units that are told of each."""
    terms: list[Term] = []
    scales: list[Decimal | None] = []
    places = [_TERM.finditer(block.text, *match.span(group)) for group in ("terms", "made")]
    for part in chain.from_iterable(places):
        value = read_number(part["figure"].rstrip(" %"))
        if value is None:
            return
        start = block.start + part.start("figure")
        proof = reading.proof(start, start + len(part["figure"].rstrip(" %")), "checks.sum")
        value = -value if part["sign"] not in (None, "+") else value
        terms.append(Term(part["unit"].strip() or part["figure"], value, proof, is_doubtful(proof, reading)))
        scales.append(scale_of((part["unit"].split() or [""])[0]))
    terms = _in_one_unit(terms, scales)
    if not terms:
        return
    *parts, whole = terms
    total = sum((term.value for term in parts), Decimal(0))
    if total <= 0 or whole.value < _FEWEST:
        return
    gap = total - whole.value
    slack = sum((_HALF.scaleb(-term.decimals) for term in terms if term.decimals), Decimal(0))
    if gap and (abs(gap) <= slack or not _is_explained(parts, whole, gap)):
        return
    made = recompute(CheckKind.SUM, match.group().strip(), SUM, parts, whole)
    if made is not None and (made.verdict is not CheckVerdict.AGREES or not gap):
        yield made


def _in_one_unit(terms: Sequence[Term], scales: Sequence[Decimal | None]) -> list[Term]:
    """The terms of a sum, the last what it makes, as they count in the unit of the last; none where that is not told.

    "1,2 tỷ đồng + 350 triệu đồng = 1.550 triệu đồng"; of "1.200 + 350 = 1.550 triệu đồng" all are in millions.
    """
    if any(scale is None for scale in scales[:-1]):
        alike = all(scale in (None, scales[-1]) for scale in scales)
        return list(terms) if alike else []
    to = scales[-1]
    if to is None:
        return []
    return [
        replace(term, value=term.value * scale / to) if scale is not None and scale != to else term
        for term, scale in zip(terms, scales, strict=True)
    ]


def _is_explained(parts: Sequence[Term], whole: Term, gap: Decimal) -> bool:
    """Whether a slip of the pen in one figure is all that keeps a sum from what it makes."""
    pairs = [(whole.value, whole.value + gap), *((abs(term.value), abs(term.value - gap)) for term in parts)]
    return any(right > 0 and is_slip(printed.normalize(), right.normalize()) for printed, right in pairs)
