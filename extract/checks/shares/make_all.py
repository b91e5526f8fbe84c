"""Shares of kinds that leave nothing out make 100 %: "trước hạn chiếm 71,2%, đúng hạn 27,9%, quá hạn 0,9%".

What leaves nothing out are the kinds of one set, an affirmation and its negation, online and direct, and lists that
words open as all of something ("cơ cấu lao động: …"). A slip of the pen in one share must explain why they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from typing import Final

from extract.checks.figures.arithmetic import SHARE, SUM, vn
from extract.checks.figures.breaks import SENTENCE
from extract.checks.figures.complete import is_closed
from extract.checks.figures.cues import DENIED
from extract.checks.figures.kinds import are_all_kinds
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_misprint
from extract.checks.figures.terms import Term, quote, recompute
from extract.checks.shares.binding import Of, changes, head, said_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_ALL: Final = Decimal(100)
_HALF: Final = Decimal("0.5")
_TEN: Final = Decimal(10)
_SLIPS: Final = 10  # of a digit
_CHANCE: Final = Decimal("0.1")
_FEWEST: Final = 2
_LISTED: Final = 3  # shares of a list that words open
_MOST: Final = 8
_LONGEST: Final = 40  # shares of a sentence; more are no list of kinds
_FARTHEST: Final = 200  # characters from one share to the next
_BEHIND: Final = 110  # characters
_NEAR: Final = 20  # percent that some of the shares of a sentence miss 100 by
_LEAD: Final = 120
_CUT: Final = re.compile(r"[.,;:](?=\s)|[()]")
_ASIDE: Final = re.compile(r"\([^()]{0,160}\)")
_CLAUSE: Final = re.compile(r"[,;:.(]\s")
_NESTED: Final = re.compile(r"\(\s*trong đó\b|\btrong đó\b[^;:]{0,80}$", re.IGNORECASE)
_OPEN: Final = re.compile(r"^[^.]{0,120}\bcòn lại\b(?![^.]{0,60}%)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Share:
    """A share with the words that lead to it and those behind it."""

    item: Quantity
    before: str
    behind: str


def check_make_all(
    reading: Reading, found: Mapping[int, tuple[Quantity, ...]], told: Iterable[Finding]
) -> Iterator[Finding]:
    """Shares that make 100 % or should; `told` are the findings made of the letter's shares and counts."""
    of_shares = [one for one in told if one.kind is CheckKind.RATIO]
    wrong = {(entry.line, entry.start) for one in of_shares if one.verdict.is_wrong for entry in one.evidence}
    right = {(entry.line, entry.start) for one in of_shares if not one.verdict.is_wrong for entry in one.evidence}
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if block.text.count("%") < _FEWEST:
            continue
        for run in _runs(items, block):
            for shares in _closed(run, block):
                places = [(entry.line, entry.start) for one in shares for entry in one.item.term.proof]
                made = _made(shares, block)
                if made is None or (made.verdict.is_wrong and (wrong.intersection(places) or right.issuperset(places))):
                    continue
                yield (_of_counts(shares, items, block) if made.verdict.is_wrong else None) or made


def _of_counts(shares: Sequence[_Share], items: Sequence[Quantity], block: Block) -> Finding | None:
    """The one share that is not that of its count in all of the counts told with the shares; None where none is."""
    low = shares[0].item.start
    counts: list[Quantity] = []
    for one in shares:
        before = [item for item in items if item.unit != "%" and item.end <= one.item.start]
        if not before or (counts and before[-1].start < low) or not before[-1].is_count:
            return None
        counts.append(before[-1])
        low = one.item.end
    total = sum((count.value for count in counts), Decimal(0))
    if len({head(count) for count in counts}) > 1:
        return None
    made = []
    for count, one in zip(counts, shares, strict=True):
        statement = quote(block.text, count.start - block.start, one.item.end - block.start, block.body, behind=1)
        whole = Term(" + ".join(vn(each.value) for each in counts), total)
        made.append(recompute(CheckKind.RATIO, statement, SHARE, [count.term, whole], one.item.term))
    wrong = [one for one in made if one is not None and one.verdict.is_wrong]
    return wrong[0] if len(wrong) == 1 and None not in made else None


def _runs(items: Sequence[Quantity], block: Block) -> Iterator[list[_Share]]:
    """The shares of each sentence that tell how much of something each kind is."""
    shares = [item for item in items if item.unit == "%"]
    run: list[_Share] = []
    end = block.start + block.body
    for item, follower in zip_longest(shares, shares[1:]):
        between = block.text[end - block.start : item.start - block.start]
        high = follower.start - block.start if follower is not None else len(block.text)
        behind = block.text[item.end - block.start : high].lstrip()[1:][:_BEHIND]
        if run and (SENTENCE.search(between) or len(between) > _FARTHEST):
            yield run
            run = []
        between = _ASIDE.sub(" ", between)
        if _NESTED.search(between) and run:
            continue
        end = item.end
        if _is_one(item, between, behind):
            cut = _CUT.search(between) if run else None
            lead = between[cut.end() :] if cut is not None else between[-_LEAD:]
            stop = _CUT.search(behind)
            run.append(_Share(item, lead.lower(), (behind[: stop.start()] if stop else behind).lower()))
        else:
            yield run
            run = []
    yield run


def _is_one(item: Quantity, between: str, behind: str) -> bool:
    """Whether a share says how much of something a kind is, and is no change, bound, or share of a plan."""
    clause = _CLAUSE.split(between)[-1]
    if not 0 < item.value < _ALL or item.approximate or changes(item) or _words("compared").search(clause):
        return False
    return said_of(f"%{behind}".lower()) in (Of.WHOLE, Of.NAMED)


def _closed(run: Sequence[_Share], block: Block) -> Iterator[Sequence[_Share]]:
    """The stretches of a run that are all there can be and make 100 %, or would but for a slip; longest first."""
    at = 0
    while at < len(run) <= _LONGEST:
        for high in range(min(len(run), at + _MOST), at + 1, -1):
            items = [one.item for one in run[at:high]]
            gap = _ALL - sum((item.value for item in items), Decimal(0))
            near = abs(gap) <= _NEAR or len(items) == len(run)
            made = abs(gap) <= _slack(items) or (near and _is_slip(items, gap))
            if made and _leave_nothing_out(run[at:high], run, block):
                yield run[at:high]
                at = high - 1
                break
        at += 1


def _slack(items: Sequence[Quantity]) -> Decimal:
    """How far from 100 % shares are at most because each is rounded."""
    return sum((_HALF.scaleb(-item.term.decimals) for item in items), Decimal(0))


def _leave_nothing_out(shares: Sequence[_Share], run: Sequence[_Share], block: Block) -> bool:
    if _OPEN.match(block.text, shares[-1].item.end - block.start):
        return False
    before, behind = [one.before for one in shares], [one.behind for one in shares]
    if any(are_all_kinds(names) or _deny(names) for names in (before, behind)):
        return True
    if is_closed([one.item for one in shares], block):
        return True
    if len(shares) < _LISTED or len(shares) < len(run):
        return False
    low = shares[0].item.start - block.start
    opened = _words("opened").search(block.text[max(low - _LEAD, block.body) : low].lower())
    named = [one.before if len(set(before)) == len(shares) else one.behind for one in shares]
    return opened is not None and len(set(named)) == len(shares) and not any(map(_words("overlapping").search, named))


def _deny(names: Sequence[str]) -> bool:
    """Whether one of two names denies what the other says: "đã thực hiện …", "số chưa thực hiện …"."""
    if len(names) != _FEWEST:
        return False
    denied = [DENIED.search(name) for name in names]
    return any(
        one is not None and other is None and one[1] in name
        for one, other, name in zip(denied, reversed(denied), reversed(names), strict=True)
    )


def _made(shares: Sequence[_Share], block: Block) -> Finding | None:
    """The finding that shares make 100 %; None where they do not and no slip in one of them is why."""
    items = [one.item for one in shares]
    gap = _ALL - sum((item.value for item in items), Decimal(0))
    slack = _slack(items)
    if slack < abs(gap) <= max(Decimal(1).scaleb(-item.term.decimals) for item in items):
        return None
    if abs(gap) > slack and not (_is_slip(items, gap) and (_is_told(items, block) or _is_unlikely(items))):
        return None
    low, high = items[0].start - block.start, items[-1].end - block.start
    statement = quote(block.text, low, high, block.body, behind=1)
    made = recompute(CheckKind.SUM, statement, SUM, [item.term for item in items], Term("tổng tỷ lệ", _ALL))
    if made is None or made.verdict is CheckVerdict.AGREES or abs(gap) > slack:
        return made
    return replace(made, verdict=CheckVerdict.ROUNDED, note=f"{made.note}; chênh do cắt hoặc làm tròn từng tỷ lệ")


def _is_slip(items: Sequence[Quantity], gap: Decimal) -> bool:
    """Whether another digit, or two that changed places, in one share is all that keeps them from 100 %."""
    return any(0 < item.value + gap < _ALL and is_misprint(item.value, item.value + gap) for item in items)


def _is_told(items: Sequence[Quantity], block: Block) -> bool:
    """Whether words say that shares are parts of something, and not each the rate of its own kind."""
    low, high = max(items[0].start - block.start - _LEAD, block.body), items[-1].end - block.start
    return _words("parted").search(block.text, low, high) is not None


def _is_unlikely(items: Sequence[Quantity]) -> bool:
    """Whether shares have so many digits that they hardly look like 100 % with a slip by chance."""
    return sum(_SLIPS * Decimal(digits) / _TEN**digits for digits in map(_digits, items)) <= _CHANCE


def _digits(item: Quantity) -> int:
    return len(item.value.as_tuple().digits)


@cache
def _words(name: str) -> re.Pattern[str]:
    """The words of a list of `data/shares.toml`."""
    return re.compile(rf"\b(?:{'|'.join(wordlist('extract.checks', 'shares')[name])})\b", re.IGNORECASE)
