"""Shares of counts and amounts in running text: each against what it can be of.

A share that some figure of its paragraph explains is a share of that. One that none explains is wrong where the words
leave one figure it can be of: the whole behind it ("96% số phiếu thu về (204)"), the plan, the whole of what the count
is by its meaning, or by the words of `data/shares.toml`. Where only nearness, other shares or a repeated name say so,
the figures must also look like those that hold, with a slip of the pen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.quantities import Meaning, Quantity, meaning_of
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.checks.shares.binding import Bound, Of, alike, bound, changes, head, scale
from extract.checks.shares.likelihood import chance, may_be, of_several, verdict
from extract.checks.shares.siblings import Pair, of_what_they_make
from extract.checks.shares.untold import of_untold
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_ALL: Final = Decimal(100)
_WINDOW: Final = 40  # figures before a share that can have to do with it
_MOST: Final = 5
_FARTHEST: Final = 12  # figures back from a share to its whole
_PARAGRAPHS: Final = 6  # back to a whole that words name again
_NEXT: Final = 2  # shares away
_FEWEST: Final = 10  # of a whole; "2/3" of something is a figure of speech
_TELLING: Final = 20  # of a whole; a share of fewer is found by chance
_UNLIKELY: Final = Decimal("0.06")
_THINKABLE: Final = Decimal("0.35")
_FAR: Final = 20  # times the right share
_WHOLE_OF: Final = {
    Meaning.EARLY_OR_ON_TIME: (Meaning.RESOLVED, Meaning.PENDING),
    Meaning.EARLY: (Meaning.RESOLVED, Meaning.PENDING),
    Meaning.ON_TIME: (Meaning.RESOLVED, Meaning.PENDING),
    Meaning.LATE: (Meaning.RESOLVED, Meaning.PENDING),
    Meaning.RESOLVED: (Meaning.RECEIVED,),
    Meaning.PENDING: (Meaning.RECEIVED,),
}  # fmt: skip
# Parts of one whole, none of which is the whole of another.
_SISTERS: Final = (
    frozenset({Meaning.EARLY_OR_ON_TIME, Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE}),
    frozenset({Meaning.ONLINE, Meaning.DIRECT}),
    frozenset({Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE}),
)
# "% tổng số 204 phiếu", "% kế hoạch (1.200 ha)", "% số phiếu thu về (204)"
_BEHIND: Final = re.compile(
    r"^%\s*(?:so với\s+|trên\s+|trong\s+|của\s+)?"
    r"(?:(?:tổng số|tổng|số)\s+|[^\d.;,()%]{3,70}\((?:[^\d.;,()%]{0,25}\s)?)$"
)
_IN_BRACKETS: Final = re.compile(
    r"^\s?%\s*([^\d.;,()%]{3,70})\((?:là\s+)?(\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?)\)"
)
_AMONG: Final = re.compile(r"\b(?:trong đó|gồm|trong tổng số|trên tổng số|trong số (?:này|đó))\b", re.IGNORECASE)
_OF_A_NUMBER: Final = re.compile(r"\b(?:trong số|trong tổng số|trên tổng số|tổng số|qua (?:kiểm tra|rà soát))\s*$")
_TARGET: Final = re.compile(r"kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|\bkh\b")
# The share of a vote is one of all who could vote.
_VOTE: Final = re.compile(r"tán thành|biểu quyết")
_REACHED: Final = re.compile(r"\b(?:đạt|vượt|ước|thực hiện được)\b")
_PREVIOUS: Final = re.compile(r"cùng kỳ|so với|năm trước|kỳ trước|đầu năm")
_SENTENCE: Final = re.compile(r"[.]\s")
_CLAUSES: Final = re.compile(r"[.;]\s")
_LEAD: Final = 120  # characters
_EMPTY: Final = frozenset({
    *("tổng", "số", "của", "toàn", "trong", "trên", "cả", "so"), *("với", "các", "là", "và", "được", "đã", "có", "tại"),
})  # fmt: skip


def check_shares(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Shares in the running text of a letter; `found` are the quantities of each block."""
    explained: dict[int, list[Quantity]] = {}
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if "%" not in block.text:
            continue
        told = range(max(index - _PARAGRAPHS, 0), index)
        above = [one for other in told for one in found.get(other, ())]
        wholes = [one for other in told for one in explained.get(other, ())]
        shares = [(one, _Told.around(one, items, above, wholes, block)) for one in bound(items, block)]
        pairs = []
        for one, of in shares:
            near = replace(one, at=of.items.index(one.share))
            whole = _explaining(near, of, reading)
            pairs.append(Pair(one.part, one.share, whole))
            if whole is not None and (of.has(whole) or one.of is Of.NAMED or whole in of.wholes):
                yield from _made(one, whole, block)
        of_each_other = list(of_what_they_make(pairs, items, block))
        yield from of_each_other
        for at, (one, of) in enumerate(shares):
            if pairs[at].whole is None and not of_each_other:
                near = replace(one, at=of.items.index(one.share))
                around = (*shares[max(at - _FARTHEST, 0) : at], *shares[at + 1 : at + _FARTHEST])
                others = [other for other, _ in around]
                wrong = _wrong(near, of, _beside(at, near, pairs), reading)
                if wrong is not None and not of_untold(near, wrong, others, block):
                    yield from _made(one, wrong, block)
        explained[index] = [pair.whole for pair in pairs if pair.whole is not None]


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures of a paragraph, those of the ones before it, and what shares in those were of."""

    items: Sequence[Quantity]
    above: Sequence[Quantity]
    wholes: Sequence[Quantity]
    block: Block

    @classmethod
    def around(
        cls, one: Bound, items: Sequence[Quantity], above: Sequence[Quantity], wholes: Sequence[Quantity], block: Block
    ) -> _Told:
        """What is told near a share; a list of hundreds of figures says nothing of it at its other end."""
        return cls(items[max(one.at - _WINDOW, 0) : one.at + _MOST], above[-_WINDOW:], wholes[-_MOST:], block)

    def has(self, item: Quantity) -> bool:
        """Whether a figure stands in the paragraph."""
        return self.block.start <= item.start < self.block.start + len(self.block.text)


def _beside(at: int, one: Bound, pairs: Sequence[Pair]) -> list[Quantity]:
    """What the shares next to one are of, nearest before it first, where it can be the whole of all of them."""
    near = [*reversed(pairs[max(at - _NEXT, 0) : at]), *pairs[at + 1 : at + 1 + _NEXT]]
    others = [pair.part for pair in pairs[max(at - _FARTHEST, 0) : at + _FARTHEST] if pair.part is not one.part]
    largest = max((other.value * scale(other) for other in others if alike(other, one.part)), default=Decimal(0))
    wholes = [pair.whole for pair in near if pair.whole is not None and pair.whole.start < one.share.start]
    return [whole for whole in wholes if _is_whole(whole, one) and whole.value * scale(whole) >= largest]


def _sure(one: Bound, told: _Told, reading: Reading) -> Quantity | None:
    """What words leave as the only whole of a share."""
    return _behind(one, told.items, told.block, reading) or _meant(one, told)


def _explaining(one: Bound, told: _Told, reading: Reading) -> Quantity | None:
    """The figure that a share holds of, likeliest first."""
    part, share = one.part, one.share
    sure = _sure(one, told, reading)
    near = [item for item in told.items[max(one.at - _FARTHEST, 0) :] if _can_be_whole(item, one)]
    far = [item for item in (*told.wholes, *reversed(told.above)) if sure is None and _can_be_whole(item, one)]
    several = [*([sure] if sure is not None else []), *reversed(near)]
    holding = [whole for whole in several if verdict(part, whole, share) is not CheckVerdict.DIFFERS]
    exact = [whole for whole in [*holding, *far] if verdict(part, whole, share) is CheckVerdict.AGREES]
    return next(iter((*exact, *holding)), None)


def _wrong(one: Bound, told: _Told, beside: Sequence[Quantity], reading: Reading) -> Quantity | None:
    """What a share that nothing explains is meant to be of; None where it may be of something else."""
    part, share = one.part, one.share
    sure = _sure(one, told, reading)
    if sure is not None:
        larger = sure.value * scale(sure) > part.value * scale(part) or one.of is Of.PLAN
        return sure if _is_meant(one, sure, sure=larger) and not may_be(part, sure, share) else None
    if share.value == _ALL or any(may_be(part, item, share) for item in told.items if _can_be_whole(item, one)):
        return None  # "1.361 hồ sơ, đạt 100%" is of the count itself
    if beside and _is_meant(one, beside[0]):
        return beside[0]
    if of_several(part, share, told.items):
        return None
    named = _named(one, told)
    if len({item.value for item in named}) == 1:
        same = meaning_of(re.split(r"[.;,()]|\d", one.behind)[0])
        alone = one.of is Of.NAMED and (
            _names(one) <= _bigrams(named[-1]) or (same is not None and same is named[-1].meaning)
        )
        return named[-1] if _is_meant(one, named[-1], sure=alone) else None
    at = told.items.index(part)
    last = told.items[at - 1] if at else None
    if one.of is Of.PLAN or _VOTE.search(told.block.text.lower()):
        return None
    if last is not None and head(last) == head(part) and _is_whole(last, one) and _in_sentence(last, one, told.items):
        return last if _is_meant(one, last) else None
    for several in _likely(one, told):
        chances = [(item, found) for item in several if (found := chance(part, item, share)) is not None]
        if chances:
            alone = len({item.value * scale(item) for item, _ in chances}) == 1
            enough = chances[-1][0].value * scale(chances[-1][0]) >= _TELLING
            return chances[-1][0] if alone and enough and chances[-1][1] * len(several) <= _UNLIKELY else None
    return None


def _is_meant(one: Bound, whole: Quantity, *, sure: bool = False) -> bool:
    """Whether a share that does not hold of a whole is meant of it: words leave no other, or a slip explains it."""
    part, share = one.part, one.share
    if whole.value * scale(whole) < _FEWEST or not share.value or part.start == whole.start:
        return False
    right = part.value * scale(part) / (whole.value * scale(whole)) * _ALL
    if sure:
        return max(right, share.value) <= _FAR * min(right, share.value)
    found = chance(part, whole, share)
    return found is not None and found <= _THINKABLE


def _made(one: Bound, whole: Quantity, block: Block) -> Iterator[Finding]:
    inside = block.start <= whole.start < block.start + len(block.text)
    ends = [one.part, one.share] + ([whole] if inside and whole.start > one.share.start else [])
    low, high = min(item.start for item in ends) - block.start, max(item.end for item in ends) - block.start
    statement = quote(block.text, low, high, block.body, behind=1)
    made = recompute(CheckKind.RATIO, statement, SHARE, list(_terms(one.part, whole)), one.share.term)
    if made is not None:
        yield made


def _terms(part: Quantity, whole: Quantity) -> tuple[Term, Term]:
    """Both figures in one scale."""
    by = scale(part) / scale(whole)
    if by == 1:
        return part.term, whole.term
    left, right = (part.value * by, whole.value) if by > 1 else (part.value, whole.value / by)
    return (
        Term(part.term.name, left, part.term.proof, part.term.doubtful),
        Term(whole.term.name, right, whole.term.proof, whole.term.doubtful),
    )


def _can_be_whole(item: Quantity, one: Bound) -> bool:
    part, share = one.part, one.share
    if item.start in (part.start, share.start) or item.unit == "%" or not item.value or changes(item):
        return False
    if item.approximate or item.start > share.start:
        return False
    if one.of is Of.PLAN:
        return alike(item, part)
    larger = item.value * scale(item) > part.value * scale(part) or share.value == _ALL
    return larger and alike(item, part) and not _are_sisters(item, part)


def _are_sisters(one: Quantity, other: Quantity) -> bool:
    return any(one.meaning in several and other.meaning in several for several in _SISTERS)


def _behind(one: Bound, items: Sequence[Quantity], block: Block, reading: Reading) -> Quantity | None:
    """The whole that stands behind a share of it."""
    follower = items[one.at + 1] if one.at + 1 < len(items) else None
    part = one.part
    if follower is not None and follower is not part and follower.unit != "%" and follower.value:
        text = follower.between.lower().lstrip()
        known = bool(head(follower)) and head(follower) == head(part)
        if _BEHIND.match(text) and known and not re.search(r"tăng|giảm|cùng kỳ", text) and not follower.approximate:
            larger = follower.value * scale(follower) >= part.value * scale(part)
            return follower if larger or one.of is Of.PLAN else None
    text = block.text[one.share.end - block.start :]
    match = _IN_BRACKETS.match(text)
    if match is None or one.of not in (Of.NAMED, Of.PLAN) or re.search(r"tăng|giảm|cùng kỳ", match[1].lower()):
        return None
    value = read_number(match[2])
    if value is None or (one.of is Of.NAMED and value < part.value) or not value:
        return None
    start = one.share.end + match.start(2)
    proof = reading.proof(start, start + len(match[2]), "checks.quantity")
    term = Term(match[1].strip() or match[2], value, proof, is_doubtful(proof, reading))
    return Quantity(term, start, start + len(match[2]), part.unit, match[1], "", match[1], None, approximate=False)


def _meant(one: Bound, told: _Told) -> Quantity | None:
    """The one figure before a count that words say is its whole; none where several are."""
    part, items = one.part, told.items
    before = [item for item in items if item.start < part.start and _is_whole(item, one)]
    if one.of is Of.PLAN:
        aims = [item for item in before if _is_target(item) and _in_sentence(item, one, items)]
        alone = len(aims) == 1 and head(aims[0]) == head(part) and not _TARGET.search(part.before.lower())
        return aims[0] if alone else None
    if one.share.value == _ALL:
        return None
    if part.meaning in _WHOLE_OF:
        for item in reversed([item for item in items if item.start < part.start]):
            if item.meaning in _WHOLE_OF[part.meaning] and item in before:
                return item
            if item.meaning is Meaning.RECEIVED:
                break
    paired = _paired(one, before, items)
    if paired is not None:
        return paired
    at = items.index(part)
    last = items[at - 1] if at else None
    if last is not None and last in before:
        among = _AMONG.search(part.between) or _OF_A_NUMBER.search(last.between.lower())
        # "trong đó có 8 tiểu đoàn, chiếm 41% tổng số tiểu đoàn của địch": of another total
        other = _names(one) and last not in _named(one, told) and not _is_led(one, last, told.block)
        return last if among and not other and (not part.unit or head(last) == head(part)) else None
    return None


def _is_led(one: Bound, whole: Quantity, block: Block) -> bool:
    """Whether the words that lead to a whole name what a share is of: "tỷ lệ hộ nghèo 11% (tương đương 669 hộ)"."""
    at = whole.start - block.start
    lead = _CLAUSES.split(block.text[max(at - _LEAD, 0) : at].lower())[-1]
    return len(_names(one) & _pairs_of(lead)) * 2 >= len(_names(one))


def _is_target(item: Quantity) -> bool:
    """Whether a figure is what was planned; "đạt kế hoạch như: tôm 368.000 tấn" is what was reached."""
    return bool(_TARGET.search(_lead(item))) and not _REACHED.search(item.between.lower())


def _paired(one: Bound, before: Sequence[Quantity], items: Sequence[Quantity]) -> Quantity | None:
    """The figure before a count that words name as its whole, in one sentence: forms sent out, forms that came back."""
    part = one.part
    if not head(part):
        return None
    near = [item for item in before if head(item) == head(part) and _in_sentence(item, one, items)]
    for words, whole in _pairs():
        if not words.search(_lead(part)):
            continue
        named = [item for item in near if whole.search(_lead(item)) and not words.search(item.before.lower())]
        if len(named) == 1 and not _PREVIOUS.search(named[0].between.lower()):
            return named[0]
    return None


def _lead(item: Quantity) -> str:
    return f"{item.before} {item.after}".lower()


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    text = files("extract.checks").joinpath("data/shares.toml").read_text(encoding="utf8")
    return tuple(
        (re.compile(rf"\b(?:{one['part']})\b"), re.compile(rf"\b(?:{one['whole']})\b"))
        for one in tomllib.loads(text)["pairs"]
    )


def _in_sentence(item: Quantity, one: Bound, items: Sequence[Quantity]) -> bool:
    """Whether no sentence ends between a figure and the count behind it."""
    return not any(_SENTENCE.search(other.between) for other in items if item.start < other.start <= one.part.start)


def _likely(one: Bound, told: _Told) -> Iterator[Sequence[Quantity]]:
    """What a share can be of, most likely first: what a name repeats, what its sentence tells, what stands before."""
    before = [item for item in told.items if item.start < one.part.start and _is_whole(item, one)]
    yield [item for item in before if _in_sentence(item, one, told.items)]
    yield before[-_FARTHEST:]
    yield [item for item in told.wholes if _is_whole(item, one)][-1:]


def _is_whole(item: Quantity, one: Bound) -> bool:
    """Whether a figure can be the whole of a count, which a slip may have made greater than it."""
    if item.unit == "%" or not item.value or changes(item) or item.approximate:
        return False
    if _PREVIOUS.search(item.between.lower()) or _are_sisters(item, one.part):
        return False
    return (one.of is Of.PLAN or not _TARGET.search(item.before.lower())) and alike(item, one.part)


def _named(one: Bound, told: _Told) -> list[Quantity]:
    """The figures that a name behind a share speaks of again: "chiếm 79% tổng số hồ sơ tiếp nhận"."""
    wanted = _names(one)
    before = [item for item in told.items if item.start < one.part.start]
    for several in (before, told.above):
        larger = [item for item in several if item.unit != "%" and alike(item, one.part)]
        larger = [item for item in larger if item.value * scale(item) > one.part.value * scale(one.part)]
        if named := [item for item in larger if wanted and len(wanted & _bigrams(item)) * 2 >= len(wanted)]:
            return named
    return []


def _names(one: Bound) -> set[tuple[str, str]]:
    """The words behind a share that can name its whole, two by two."""
    named = re.split(r"[.;,()]|\d", one.behind)[0]
    return _pairs_of(named)


def _bigrams(item: Quantity) -> set[tuple[str, str]]:
    return _pairs_of(_lead(item))


def _pairs_of(text: str) -> set[tuple[str, str]]:
    return set(pairwise(word for word in re.findall(r"[^\W\d_]+", text) if word not in _EMPTY))
