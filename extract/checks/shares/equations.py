"""Products that are written out: "3 người x 4 ngày x 200 đồng = 2.400 đồng", "2.400 đồng (3 người x 800 đồng)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE, Formula, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.components.numbers import read_number, scale_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_BY: Final = re.compile(r"[x×*]\s?\d")  # found much faster than what stands before it
_TIMES: Final = re.compile(r"\d\s?%?\s?(?:[^\W\d_]++[\s/]?){0,8}\s?[x×*]\s?\d")
_FACTOR: Final = r"(\d[\d.,]{0,18}\d|\d)\s?((?:[^\W\d_]++[23²³]?[\s/]{0,2}){0,6})"
_EQUATION: Final = re.compile(
    rf"(?<![\w.,/=x×*+-])(?:{_FACTOR}\s?[x×*]\s?){{1,3}}{_FACTOR}=\s?{_FACTOR}", re.IGNORECASE
)
_WORKED_OUT: Final = re.compile(
    rf"(?<![\w.,/=x×*+-]){_FACTOR}\((?:=\s?)?(?:{_FACTOR}[x×*]\s?){{1,3}}{_FACTOR}\)", re.IGNORECASE
)
# "30% x 250 triệu đồng = 75 triệu đồng"
_OF_SHARE: Final = re.compile(
    rf"(?<![\w.,/=x×*+-])(\d{{1,3}}(?:,\d{{1,4}})?)\s?%\s?[x×*]\s?{_FACTOR}=\s?{_FACTOR}", re.IGNORECASE
)
_ONE_FACTOR: Final = re.compile(_FACTOR, re.IGNORECASE)
_JOINED: Final = frozenset("x×*+-/=)")
_VARIABLE: Final = re.compile(r"\s[a-z]\s?$")  # "25x4 Tôn b=3": what is before the mark is no factor's unit


def _product(values: Sequence[Decimal]) -> Decimal | None:
    made = Decimal(1)
    for value in values:
        made *= value
    return made


_SHARE_OF: Final = Formula(
    lambda values: values[0] * values[1] / 100, lambda values: f"{vn(values[0])}% x {vn(values[1])}", fewest=2
)
PRODUCT: Final = Formula(_product, lambda values: " x ".join(map(vn, values)))


def equations(block: Block, reading: Reading) -> Iterator[Finding]:
    """Products that are written out: "3 người x 4 ngày x 200 đồng = 2.400 đồng", "2.400 đồng (3 người x 800 đồng)"."""
    text = block.text
    if not _BY.search(text) or not _TIMES.search(text):
        return
    for match in _EQUATION.finditer(text, block.body):
        if _VARIABLE.search(text, match.start(), match.start() + match.group().index("=")):
            continue
        if text[: match.start()].rstrip()[-1:] not in _JOINED and text[match.end() :].lstrip()[:1] not in _JOINED:
            yield from _product_of(list(_ONE_FACTOR.finditer(text, match.start(), match.end())), match, block, reading)
    for match in _OF_SHARE.finditer(text, block.body):
        if text[: match.start()].rstrip()[-1:] in _JOINED - {"="} or text[match.end() :].lstrip()[:1] in _JOINED:
            continue
        yield from _share_of(match, block, reading)
    for match in _WORKED_OUT.finditer(text, block.body):
        if text[: match.start()].rstrip()[-1:] not in _JOINED:
            first, *others = _ONE_FACTOR.finditer(text, match.start(), match.end())
            # sizes, and "8 tổ máy (8 x 300 MW)", make nothing of what stands before them
            if "đồng" in first[2] and any("đồng" in other[2] for other in others):
                yield from _product_of([*others, first], match, block, reading)


def _product_of(
    factors: Sequence[re.Match[str]], match: re.Match[str], block: Block, reading: Reading
) -> Iterator[Finding]:
    """A product against what is printed for it, the last of the factors."""
    terms, by = [], Decimal(1)
    for factor in factors:
        value = read_number(factor[1])
        if value is None:
            return
        times = scale_of((factor[2].split() or [""])[0]) or Decimal(1)
        by = by / times if factor is factors[-1] else by * times
        start = block.start + factor.start(1)
        proof = reading.proof(start, start + len(factor[1]), "checks.product")
        terms.append(Term(factor[2].strip() or factor[1], value, proof, is_doubtful(proof, reading)))
    terms[0] = replace(terms[0], value=terms[0].value * by)
    made = recompute(CheckKind.CONSISTENCY, match.group().strip(), PRODUCT, terms[:-1], terms[-1])
    if made is not None and not (made.verdict is CheckVerdict.DIFFERS and _is_scaled(terms)):
        yield made


def _share_of(match: re.Match[str], block: Block, reading: Reading) -> Iterator[Finding]:
    """A share of an amount against what is printed for it."""
    terms = []
    for group, unit in ((1, ""), (2, match[3]), (4, match[5])):
        value = read_number(match[group])
        if value is None:
            return
        start = block.start + match.start(group)
        proof = reading.proof(start, start + len(match[group]), "checks.product")
        times = scale_of((unit.split() or [""])[0]) or Decimal(1)
        terms.append((Term(unit.strip() or match[group], value, proof, is_doubtful(proof, reading)), times))
    (share, _), (whole, by), (printed, to) = terms
    whole = replace(whole, value=whole.value * by / to)
    statement = match.group().strip()
    made = recompute(CheckKind.CONSISTENCY, statement, _SHARE_OF, [share, whole], printed)
    differs = made is not None and made.verdict is CheckVerdict.DIFFERS
    if made is None or (differs and _is_scaled([share, whole, printed])):
        return
    if differs and not is_slip(printed.value, Decimal(made.computed or 0)):
        right = printed.value / whole.value * 100 if whole.value else share.value
        if is_slip(share.value, right.normalize()):  # then the share is to blame
            made = recompute(CheckKind.RATIO, statement, SHARE, [printed, whole], share)
    if made is not None:
        yield made


def _is_scaled(terms: Sequence[Term]) -> bool:
    """Whether a product and what is printed for it only differ by what they count in."""
    made = _product([term.value for term in terms[:-1]])
    return not made or not terms[-1].value or (made / terms[-1].value).normalize().as_tuple().digits == (1,)
