"""What a share can be of: the figures that words say are its whole, and those that are likely to be.

Surest is the whole behind it ("96% số phiếu thu về (204)"), the plan, the whole of what the count is by its meaning, or
by the words of `data/shares.toml`; less sure are figures that words name again, and those that stand near.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from extract.checks.figures.breaks import SENTENCE, STOP
from extract.checks.figures.quantities import Meaning, Quantity, is_rough
from extract.checks.figures.terms import Term, is_doubtful, merged
from extract.checks.shares.binding import (
    ORDINAL,
    TARGET,
    Bound,
    Of,
    alike,
    changes,
    head,
    is_target,
    scale,
)
from extract.checks.shares.likelihood import THINKABLE, UNLIKELY
from extract.checks.shares.rate_names import label, pairs_of
from extract.components.numbers import read_number
from extract.records import Block, Reading
from extract.wordlists import wordlist

_ALL: Final = Decimal(100)
_WINDOW: Final = 40  # figures before a share that can have to do with it
_MOST: Final = 5
_FEWEST: Final = 2  # counts that make all
_HALF: Final = Decimal("0.5")  # of a name
_MOST_OF_A_NAME: Final = Decimal("0.6")
_RARE: Final = Decimal("0.02")
_FARTHEST: Final = 12  # figures back from a share to its whole
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
# "% tổng số 204 phiếu", "% kế hoạch (1.200 ha)", "% số phiếu thu về (204)", "%) trên tổng số 204 phiếu"
_BEHIND: Final = re.compile(
    r"^%\s*(?:\)\s*)?(?:(?:[^\W\d_]+\s){0,3}(?=(?:trên|trong)\s+tổng số))?(?:so với\s+|trên\s+|trong\s+|của\s+)?"
    r"(?:(?:tổng số|tổng|số)(?:\s(?:(?!và\b)[^\d.;,()%]){3,30})?\s+"
    r"|(?:kế hoạch|chỉ tiêu|dự toán|tiêu chuẩn|chuẩn|định mức|mục tiêu)(?:\s(?:(?!và\b)[^\d.;,()%]){0,30})?\s+"
    r"|[^\d.;,()%]{3,70}\((?:[^\d.;,()%]{0,25}\s)?)$"
)
_IN_BRACKETS: Final = re.compile(
    r"\s?%\s*([^\d.;,()%]{3,70})\((?:là\s+)?(\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?)\)"
)
_CLOSING: Final = re.compile(r"\b(?:trong|trên) (?:tổng số|tổng)(?: [^\d.;,()%]{0,30})?\s*$|\btổng cộng(?: là)?:?\s*$")
_OF_ALL: Final = re.compile(r"(?:so với |trên |của |trong )?(?:tổng|cả (?:hai|ba|bốn))\b")
_AMONG: Final = re.compile(r"\b(?:trong đó|gồm|trong tổng số|trên tổng số|trong số (?:này|đó))\b", re.IGNORECASE)
_OF_A_NUMBER: Final = re.compile(
    r"\b(?:trong số|trong tổng số|trên tổng số|tổng số|qua (?:kiểm tra|rà soát))\s*$|(?:^|[.;,:]\s)trong\s*$"
)
_PREVIOUS: Final = re.compile(r"cùng kỳ|so với|năm trước|kỳ trước|(?<!tháng )(?<!từ )đầu năm")
_OF_AIM: Final = re.compile(r"so với (?:kế hoạch|chỉ tiêu|dự toán|tiêu chuẩn|chuẩn|định mức)")
_TOTAL: Final = re.compile(r"\b(?:tổng|toàn|cả|hiện có|phải|cần|giao|đăng ký|thuộc diện|trong độ tuổi|triệu tập)\b")
_BRACKETS: Final = re.compile(r"[()]")
_RESTATED: Final = re.compile(r"\(\s?(?:tương đương|tương ứng|tức|bằng|là)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.;)]\s")
_LEAD: Final = 120  # characters
_CUES: Final = frozenset({"gồm", "bao", "trong", "đó", "và", "còn", "riêng", "là", "cụ", "thể"})
_DONE: Final = frozenset({
    *("giải", "ngân", "đạt", "thực", "hiện", "được", "đã", "ước", "là", "thanh", "toán", "hoàn"),
    *("thành", "đến", "nay", "quyết", "có"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The figures near a share, those of the paragraphs before, and what shares in those were of.

    `closing` is a whole behind the share that ends its list: "… 14 người, chiếm 2,8% trong tổng số 499 người".
    """

    items: Sequence[Quantity]
    above: Sequence[Quantity]
    wholes: Sequence[Quantity]
    block: Block
    sentences: Mapping[int, int]
    closing: Quantity | None

    def has(self, item: Quantity) -> bool:
        """Whether a figure stands in the paragraph."""
        return self.block.start <= item.start < self.block.start + len(self.block.text)

    def one_sentence(self, one: Quantity, other: Quantity) -> bool:
        """Whether no sentence ends between two figures."""
        return self.sentences.get(one.start) == self.sentences.get(other.start, -1)


def around(
    shares: Sequence[Bound],
    items: Sequence[Quantity],
    above: Sequence[Quantity],
    wholes: Sequence[Quantity],
    block: Block,
) -> Iterator[Told]:
    """What is told near each share; a list of hundreds of figures says nothing of it at its other end."""
    stops = [block.start + match.end() for match in SENTENCE.finditer(block.text, block.body)]
    sentences = {item.start: bisect_right(stops, item.start) for item in items}
    places = {item.start: at for at, item in enumerate(items)}
    closing = [at for at, item in enumerate(items) if item.unit != "%" and _CLOSING.search(item.between.lower())]
    ends = iter([*closing, len(items)])
    end = next(ends)
    for one in shares:
        at = places[one.share.start]
        while end <= at:
            end = next(ends)
        last = items[end] if end < min(len(items), at + _FARTHEST) else None
        near = items[max(at - _WINDOW, 0) : at + _MOST]
        yield Told(near, above[-_WINDOW:], wholes, block, sentences, last)


def sure(one: Bound, told: Told, reading: Reading) -> Quantity | None:
    """What words leave as the only whole of a share."""
    return one.whole or _behind(one, told.items, told.block, reading) or _meant(one, told)


def can_be_whole(item: Quantity, one: Bound) -> bool:
    """Whether a share of a count can hold of a figure."""
    part, share = one.part, one.share
    if item.start in (part.start, share.start) or item.unit == "%" or not item.value or changes(item):
        return False
    if is_rough(item):
        return False
    if one.of is Of.PLAN:
        return alike(item, part)
    larger = item.value * scale(item) > part.value * scale(part) or share.value == _ALL
    return larger and alike(item, part) and not _are_sisters(item, part)


def is_whole(item: Quantity, one: Bound) -> bool:
    """Whether a figure can be the whole of a count, which a slip may have made greater than it."""
    if item.unit == "%" or not item.value or changes(item) or is_rough(item):
        return False
    lead = _ENDS.split(item.between.lower())[-1]
    if _PREVIOUS.search(_OF_AIM.sub(" ", lead) if one.of is Of.PLAN else lead) or _are_sisters(item, one.part):
        return False
    return (one.of is Of.PLAN or not TARGET.search(item.before.lower())) and alike(item, one.part)


def closing(one: Bound, told: Told) -> Quantity | None:
    """The whole that ends the list a share stands in, in its sentence."""
    whole = told.closing
    return whole if whole is not None and can_be_whole(whole, one) and told.one_sentence(whole, one.share) else None


def before_part(one: Bound, items: Sequence[Quantity], block: Block, *, of_its_kind: bool = False) -> Quantity | None:
    """The count before that of a share; not one in brackets that are closed, nor a change.

    Args:
        one: the share.
        items: the figures near it.
        block: the paragraph.
        of_its_kind: only what counts the same things.
    """
    before = [item for item in items if item.start < one.part.start and item.unit != "%" and not changes(item)]
    if of_its_kind and head(one.part):
        before = [item for item in before if head(item) == head(one.part)]
    beside = (item for item in reversed(before) if not _is_aside(item, one.part, block))
    return next(beside, before[-1] if before else None)


def _is_aside(item: Quantity, part: Quantity, block: Block) -> bool:
    """Whether brackets around a figure close before a count."""
    low, high = item.end - block.start, part.start - block.start
    bracket = _BRACKETS.search(block.text, low, high)
    if bracket is None or bracket[0] == "(":
        return False
    return not _RESTATED.match(block.text, max(block.text.rfind("(", 0, low), 0))


def likely(one: Bound, told: Told) -> Iterator[tuple[Sequence[Quantity], Decimal]]:
    """What a share can be of, most likely first, and how likely it may look so by chance."""
    before = [item for item in told.items if item.start < one.part.start and is_whole(item, one)]
    yield _namesakes(before, one), THINKABLE
    yield [item for item in before if told.one_sentence(item, one.part)], UNLIKELY
    yield before[-_FARTHEST:], UNLIKELY
    yield [item for item in told.wholes if is_whole(item, one)][-1:], UNLIKELY
    behind = [item for item in told.items if item.start > one.share.start and told.one_sentence(item, one.share)]
    yield [item for item in behind if is_whole(item, one) and _TOTAL.search(item.before.lower())][:1], THINKABLE
    own = counterpart(one, told)
    yield [own] if own is not None else [], THINKABLE
    above = [item for item in told.above[-_FARTHEST:] if is_whole(item, one) and head(item) == head(one.part)]
    above = [item for item in above if _shared(names(one), item) >= _MOST_OF_A_NAME]
    yield [item for item in above if _TOTAL.search(label(item))][-1:], THINKABLE
    yield above, UNLIKELY if len({item.value for item in above}) == 1 else _RARE


def _namesakes(before: Sequence[Quantity], one: Bound) -> list[Quantity]:
    """Of wholes that go by several names the last that goes by a count's own: "412 vụ khiếu nại và 57 vụ tố cáo"."""
    alike_ = [item for item in before if head(item) == head(one.part)]
    several = {item.unit for item in alike_}
    return [item for item in alike_ if item.unit == one.part.unit][-1:] if len(several) > 1 else []


def named(one: Bound, told: Told) -> list[Quantity]:
    """The figures that a name behind a share speaks of again: "chiếm 79% tổng số hồ sơ tiếp nhận"."""
    wanted = names(one)
    before = [item for item in told.items if item.start < one.part.start]
    above = [item for item in told.above if item.of is None or not _OF_ALL.match(one.behind)]
    for several, enough in ((before, _HALF), (above, _MOST_OF_A_NAME)):
        larger = [item for item in several if item.unit != "%" and alike(item, one.part)]
        larger = [item for item in larger if item.value * scale(item) > one.part.value * scale(one.part)]
        if again := [item for item in larger if wanted and _shared(wanted, item) >= enough]:
            return again
    return []


def _shared(wanted: frozenset[tuple[str, str]], item: Quantity) -> Decimal:
    """How much of a name the words of a figure have; of no name all."""
    return Decimal(len(wanted & pairs_of(label(item)))) / len(wanted) if wanted else Decimal(1)


def names(one: Bound) -> frozenset[tuple[str, str]]:
    """The words behind a share that can name its whole, two by two."""
    return pairs_of(re.split(r"[.;,()]|\d", one.behind)[0])


def of_above(one: Bound, told: Told) -> Quantity | None:
    """The whole of a count by its meaning in the paragraphs before."""
    wanted = _WHOLE_OF.get(one.part.meaning) if one.part.meaning is not None else None
    for item in reversed(told.above) if wanted else ():
        if item.meaning in (wanted or ()) and is_whole(item, one):
            return item
        if item.meaning is Meaning.RECEIVED:
            return None
    return None


def of_all_told(one: Bound, told: Told) -> Quantity | None:
    """The sum of the counts told side by side up to a part whose share is of all: "79,5% tổng số tiền chi trả"."""
    if one.of is not Of.NAMED or not _OF_ALL.match(one.behind):
        return None
    run = [one.part]
    for item in reversed([item for item in told.items if item.start < one.part.start]):
        if item.unit == "%" or changes(item) or is_rough(item) or not told.one_sentence(item, one.part):
            break
        if head(item) != head(one.part) or not head(item):
            break
        run.append(item)
    if not _FEWEST <= len(run) <= _MOST:
        return None
    if any(item.value * scale(item) >= one.part.value * scale(one.part) for item in run[1:]):
        return None  # one of them may be all there is
    total = sum((item.value * scale(item) for item in run), Decimal(0)) / scale(one.part)
    term = Term("cộng các phần", total, merged(*(item.term.proof for item in run)))
    return replace(one.part, term=term, start=run[-1].start)


def counterpart(one: Bound, told: Told) -> Quantity | None:
    """The figure that the words before a part name: "vốn địa phương" of "vốn địa phương giải ngân 574 tỷ đồng"."""
    words = _told_words(one.part)
    found = []
    for item in (*told.above, *told.items):
        name = _told_words(item) if item.start < one.part.start and is_whole(item, one) else []
        done = words[len(name) :] if words[: len(name)] == name else []
        if len(name) > 1 and done and _DONE.issuperset(done):
            found.append(item)
    return found[-1] if found and len({item.value for item in found}) == 1 else None


def _told_words(item: Quantity) -> list[str]:
    words = item.before.lower().split()
    while words and words[0] in _CUES:
        words.pop(0)
    return words


def _are_sisters(one: Quantity, other: Quantity) -> bool:
    return any(one.meaning in several and other.meaning in several for several in _SISTERS)


def _behind(one: Bound, items: Sequence[Quantity], block: Block, reading: Reading) -> Quantity | None:
    """The whole that stands behind a share of it."""
    follower = items[one.at + 1] if one.at + 1 < len(items) else None
    part = one.part
    if follower is not None and follower is not part and follower.unit != "%" and follower.value:
        text = ORDINAL.sub(r"\1", follower.between.lower().lstrip())
        known = bool(head(follower)) and head(follower) == head(part)
        if _BEHIND.match(text) and known and not re.search(r"tăng|giảm|cùng kỳ", text) and not is_rough(follower):
            return follower
    match = _IN_BRACKETS.match(block.text, one.share.end - block.start)
    if match is None or one.of not in (Of.NAMED, Of.PLAN) or re.search(r"tăng|giảm|cùng kỳ", match[1].lower()):
        return None
    value = read_number(match[2])
    if value is None or (one.of is Of.NAMED and value < part.value) or not value:
        return None
    start = block.start + match.start(2)
    proof = reading.proof(start, start + len(match[2]), "checks.quantity")
    term = Term(match[1].strip() or match[2], value, proof, is_doubtful(proof, reading))
    return Quantity(term, start, start + len(match[2]), part.unit, match[1], "", match[1], None, approximate=False)


def _meant(one: Bound, told: Told) -> Quantity | None:
    """The one figure before a count that words say is its whole; none where several are."""
    part, items = one.part, told.items
    before = [item for item in items if item.start < part.start and is_whole(item, one)]
    last = before_part(one, items, told.block)
    if one.of is Of.PLAN:
        aims = [item for item in before if is_target(item) and told.one_sentence(item, part)]
        if not aims or aims[-1] is not last or ";" in part.between:
            aims = aims if len(aims) == 1 else []
        return aims[-1] if aims and head(aims[-1]) == head(part) and not TARGET.search(part.before.lower()) else None
    if one.share.value == _ALL:
        return None
    if part.meaning in _WHOLE_OF:
        for item in reversed([item for item in items if item.start < part.start]):
            if item.meaning in _WHOLE_OF[part.meaning] and item in before:
                return item
            if item.meaning is Meaning.RECEIVED:
                break
    paired = _paired(one, before, told)
    if paired is not None:
        return paired
    if last is not None and last in before:
        among = _AMONG.search(part.between) or _OF_A_NUMBER.search(last.between.lower())
        # "trong đó có 8 tiểu đoàn, chiếm 41% tổng số tiểu đoàn của địch": of another total
        other = names(one) and last not in named(one, told) and not _is_led(one, last, told.block)
        beside = items.index(part) - items.index(last) == 1 and bool(head(last)) and alike(last, part)
        return last if among and not other and (not head(part) or head(last) == head(part) or beside) else None
    return None


def _is_led(one: Bound, whole: Quantity, block: Block) -> bool:
    """Whether the words that lead to a whole name what a share is of: "tỷ lệ hộ nghèo 11% (tương đương 669 hộ)"."""
    at = whole.start - block.start
    lead = STOP.split(block.text[max(at - _LEAD, 0) : at].lower())[-1]
    return len(names(one) & pairs_of(lead)) * 2 >= len(names(one))


def _paired(one: Bound, before: Sequence[Quantity], told: Told) -> Quantity | None:
    """The figure before a count that words name as its whole, in one sentence: forms sent out, forms that came back."""
    part = one.part
    if not head(part):
        return None
    near = [item for item in before if head(item) in ("", head(part)) and told.one_sentence(item, part)]
    for words, whole in _pairs():
        if not words.search(label(part)):
            continue
        several = [item for item in near if whole.search(label(item)) and not words.search(item.before.lower())]
        if len(several) > 1:  # "1.200 cử tri (nam: 590, nữ: 610), trong đó đã đi bầu 1.190"
            several = [item for item in several if not _is_in_brackets(item, told.block)]
        if len(several) == 1:
            return several[0]
    return None


def _is_in_brackets(item: Quantity, block: Block) -> bool:
    at = item.start - block.start
    return block.text.rfind("(", 0, at) > block.text.rfind(")", 0, at)


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(rf"\b(?:{one['part']})\b"), re.compile(rf"\b(?:{one['whole']})\b"))
        for one in wordlist("extract.checks", "shares")["pairs"]
    )
