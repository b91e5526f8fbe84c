"""Shares with the figure they are of right behind them: "13 bản án, ứng với 1,3% của 1.000 vụ đã giải quyết".

The whole may be named there instead of told ("chiếm 6% số học sinh"): then it is the greatest that the paragraph counts
so. The part is a count told right before the share, or one of the paragraph that the words before the share name again
("trên 60 tuổi 54 đồng chí … Đảng viên trên 60 tuổi bằng 28,4% của 190 đảng viên").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, compared, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.likelihood import THINKABLE, UNLIKELY, chance_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

# Between a share and its whole.
_OF: Final = re.compile(
    r"%\s(?P<tie>của|trong|trên|so với)\s(?:(?:toàn bộ|tổng số|tổng|số)\s(?:[^\W\d_]+\s){0,3})?", re.IGNORECASE
)
# The same where words name the whole: "% số học sinh", "% của tổng số hồ sơ".
_OF_NAMED: Final = re.compile(
    r"%\s(?:của\s)?(?:tổng\s)?số\s(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)"
    r"\s?(?:$|[.,;:()]|(?:hiện|nêu)\b)"
)
_IS: Final = r"(?:chiếm|bằng|đạt|tức|là|ứng với|tương (?:đương|ứng)(?: với)?)(?: (?:tỷ|tỉ) lệ)?(?: (?:là|bằng|chiếm))?"
# Between a part and its share: "vụ bị sửa, bằng", " (chiếm"; words only.
_TIED: Final = re.compile(rf"[^\d.;()%,]{{0,60}}[,(]?\s(?:và )?{_IS}\s$", re.IGNORECASE)
_SUBJECT: Final = re.compile(rf"(?:^|[.;:,]\s)(?P<name>[^.;:,()%]{{6,60}}?),?\s{_IS}\s$", re.IGNORECASE)
_MOVES: Final = re.compile(
    r"\b(?:tăng|giảm|hơn|kém|vượt|hụt|phấn đấu|tối thiểu|ít nhất|trở lên|chỉ tiêu|mục tiêu|tán thành|biểu quyết|phiếu"
    r"|mức|hưởng|hỗ trợ|thuế|phạt|vốn điều lệ|cổ phần)\b",
    re.IGNORECASE,
)
_NAME_CUT: Final = re.compile(r"[,;.:()]")
_AGE: Final = "tuổi"
_AGES: Final = re.compile(r"(?:\d{1,3} (?:đến|-) )?\d{1,3} tuổi")  # "54 đảng viên trên 60 tuổi"
_TIME: Final = re.compile(r"(?:năm|tháng|quý|ngày|tuần|giờ)\b")
_AROUND: Final = 80  # characters before a share that say what it is
_NAMED: Final = 2  # words that name a part again
_FEWEST: Final = Decimal(10)  # of a whole
_MOST: Final = 40  # figures of the sentences before that a share may be of
_TOGETHER: Final = 4  # counts that a share may be of
_FAR: Final = Decimal("0.4")  # of the larger


def check_of_told(reading: Reading) -> Iterator[Finding]:
    """Shares of the figure right behind them in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if "%" not in block.text:
            continue
        passed: list[Figure] = []
        for sentence in sentences(block):
            found = [one for one in figures(sentence, reading) if one.head != _AGE]
            for at, share in enumerate(found):
                told = [*passed[-_MOST:], *found[:at]]
                if at + 1 < len(found) and _is_share_of(share, found[at + 1]):
                    yield from _of(share, found[at + 1], found[:at], told, block)
                elif at:
                    yield from _of_named(share, found[at - 1], told[:-1], block)
            passed += found


def _is_share_of(share: Figure, whole: Figure) -> bool:
    tie = _OF.fullmatch(whole.lead)
    if share.unit != "%" or tie is None or not whole.unit or whole.unit == "%" or _TIME.match(whole.unit):
        return False
    if share.change is not None or share.approximate or whole.approximate or whole.term.value < _FEWEST:
        return False
    if tie["tie"].lower() == "so với" and "tổng số" not in whole.lead:
        return False
    return _MOVES.search(share.lead[-_AROUND:]) is None


def _of_named(share: Figure, part: Figure, passed: Sequence[Figure], block: Block) -> Iterator[Finding]:
    """What is told of a share whose whole is named: one of what the paragraph counts so, or else the greatest."""
    named = _OF_NAMED.match(share.behind)
    if named is None or share.unit != "%" or share.change is not None or share.approximate:
        return
    if not part.unit or part.unit == "%" or not _is_tied(part, share, block) or _MOVES.search(share.lead[-_AROUND:]):
        return
    fewest = part.term.value if part.term.value > _FEWEST else _FEWEST
    wholes = [one for one in passed if one.unit == named["noun"] and one.term.value >= fewest]
    if not wholes or any(one.approximate or one.previous or one.compared for one in (part, *wholes)):
        return
    whole = next((one for one in wholes if _holds(part, one, share)), None)
    if whole is None:
        whole = max(wholes, key=lambda one: one.term.value)
        chance = chance_of(SHARE.value, [part.term.value, whole.term.value], share.term, near=False)
        counts = [one for one in (*passed, part) if one.unit != "%" and one.term.value <= whole.term.value]
        if chance is None or chance > THINKABLE or _is_sum(counts, whole, share):
            return
    yield from _made(part, whole, share, block)


def _of(
    share: Figure, whole: Figure, before: Sequence[Figure], passed: Sequence[Figure], block: Block
) -> Iterator[Finding]:
    counts = [one for one in passed if one.unit != "%" and 0 < one.term.value <= whole.term.value]
    holds = [one for one in counts if _holds(one, whole, share)]
    if holds:
        yield from _made(holds[-1], whole, share, block)
        return
    if before and before[-1] in counts and _is_tied(before[-1], share, block):
        if not _is_sum(counts, whole, share) and _is_thinkable(before[-1], whole, share):
            yield from _made(before[-1], whole, share, block)
        return
    named = [one for one in counts if _names(one, share, block)] if not before else []
    if len({one.term.value for one in named}) == 1 and _is_unlikely(named[-1], whole, share):
        yield from _made(named[-1], whole, share, block)


def _right(part: Figure, whole: Figure) -> Decimal:
    return part.term.value / whole.term.value * 100


def _holds(part: Figure, whole: Figure, share: Figure) -> bool:
    return compared(SHARE, share.term.value, _right(part, whole)).verdict is not CheckVerdict.DIFFERS


def _is_thinkable(part: Figure, whole: Figure, share: Figure) -> bool:
    """Whether the share could be that of the part but for a slip of the pen, or is near it and counts what it does."""
    right, printed = nearest(_right(part, whole), share.term.decimals), share.term.value
    alike = not part.unit or part.head == whole.head
    return is_slip(printed, right) or (alike and abs(printed - right) <= _FAR * max(printed, right))


def _is_unlikely(part: Figure, whole: Figure, share: Figure) -> bool:
    chance = chance_of(SHARE.value, [part.term.value, whole.term.value], share.term, near=False)
    return chance is not None and chance <= UNLIKELY


def _is_tied(part: Figure, share: Figure, block: Block) -> bool:
    """Whether words lead from a count to its share, with no figure between them but an age."""
    between = block.text[part.end - block.start : share.start - block.start]
    return not part.approximate and _TIED.fullmatch(_AGES.sub(_AGE, between)) is not None


def _is_sum(counts: Sequence[Figure], whole: Figure, share: Figure) -> bool:
    """Whether the share is of the last counts together."""
    last = [one.term for one in counts[-_TOGETHER:]]
    sums = [Term("", sum((one.value for one in last[at:]), Decimal(0))) for at in range(len(last) - 1)]
    return any(_holds(replace(counts[-1], term=one), whole, share) for one in sums)


def _names(part: Figure, share: Figure, block: Block) -> bool:
    """Whether the words before a share name a count again that was told before."""
    told = _SUBJECT.search(block.text[: share.start - block.start][-_AROUND:])
    if told is None:
        return False
    lead, behind = block.text[: part.start - block.start][-_AROUND:], part.behind.removeprefix(f" {part.unit}")
    names = (
        _NAME_CUT.split(lead)[-1].lower().split(),
        _NAME_CUT.split(behind)[0].split(),
    )
    subject = f" {' '.join(told['name'].lower().split())} "
    return any(len(name) >= _NAMED and f" {' '.join(name)} " in subject for name in names)


def _made(part: Figure, whole: Figure, share: Figure, block: Block) -> Iterator[Finding]:
    low = max(min(part.start, share.start) - block.start, share.start - block.start - _AROUND)
    statement = quote(block.text, low, max(whole.end, share.end) - block.start, block.body, behind=20)
    made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, whole.term], share.term)
    if made is not None:
        yield made
