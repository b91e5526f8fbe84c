"""What is left of a whole once a part of it is taken away: "427 ý kiến; đã giải quyết 389 ý kiến, còn 48 ý kiến".

A figure that words call a rest ("còn lại", "chưa …", "vắng", "dôi dư", "phải thu tiếp") is held against a whole and a
part told up to two sentences before it. That the two belong together is told by "107/128", "107 trong tổng số 128", a
share that the part makes of the whole, and by the words of whole, part and rest; the more of that, the less the rest
itself must look like a slip of the pen. Where any of the figures between whole and rest leave it, it is explained;
what words add to the whole ("bổ sung 500 triệu đồng") is counted with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Final

from extract.checks.changes.likely_rests import is_explained, likely_pair
from extract.checks.figures.arithmetic import DIFFERENCE, SHARE, SUM
from extract.checks.figures.complete import kind_of
from extract.checks.figures.cues import DENIED, holds
from extract.checks.figures.figures import Figure, Part, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.supplements import added_to, tells_of_more, tells_of_other_ends
from extract.checks.figures.terms import compared, quote, recompute
from extract.checks.shares.likelihood import chance_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_SPEAKS: Final = (
    "còn", "chưa", "thiếu", "tồn", "đang", "vắng", "dôi", "số dư", "tiếp", "không", "chênh", "hụt", "thêm", "sau",
)  # fmt: skip
_CLAUSE: Final = re.compile(r"[,.;:()]")
_OF_ALL: Final = re.compile(r"\b(?:trong|trên) (?:tổng )?(?:số )?\s*$")
_BARE_LEAD: Final = re.compile(r"\s*/\s*")
_LISTED: Final = re.compile(
    r"\s?[^\W\d_]{1,12}(?: [^\W\d_]{1,12})?, (?:xã|phường|thị|đơn vị|ban|ngành|thành phố|huyện|quận)\b"
)
_SIMPLY_LEFT: Final = re.compile(r"[,;]\s(?:hiện |nay |chỉ |số )*còn(?: lại)?(?: là)?\s*$")
_ALL_LEFT: Final = re.compile(r"\bcòn lại\b")
_TO_AIM: Final = re.compile(r"\bso với (?:tổng|định mức|nhu cầu|kế hoạch|biên chế|chỉ tiêu|quy định|yêu cầu)\b")
_OF_LAST: Final = re.compile(r"\btrong (?:đó|số)\b")
_ANY: Final = "any"  # what may stand for anything that is counted
_MEASURED: Final = re.compile(r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\b|(?:đồng|ha|km|m2|tấn|kg)$)")
_TEN: Final = 10
_TWO: Final = 2  # figures, of which one can be what the other is taken from
_AT_MOST: Final = re.compile(r"\b(?:tối đa|không quá)\s*$")
_BACK: Final = 2  # sentences
_MOST: Final = 14  # figures between a whole and its rest
_BEHIND: Final = 80  # characters behind a rest
_NEAR: Final = 60  # characters from a rest to the fraction behind it
# How much must tell that whole, part and rest belong together; each word that does counts one, a fraction or share
# three. At `_SURE` any thinkable rest that does not hold is wrong, below it only one that a slip explains.
_LIKELY: Final = 2
_SURE: Final = 4
_UNLIKELY: Final = Decimal("0.2")  # by chance so near a slip, of a pair with more than `_LIKELY`
_RARE: Final = Decimal("0.05")  # of one with no more than that
_THINKABLE: Final = Decimal("0.5")  # of the larger
_SHARES: Final = 3  # behind a part
_TOLD: Final = 24  # figures before a rest, that may be shares
_SHOWN: Final = 3  # digits of a share that hardly hold by chance


@cache
def _words(role: str) -> re.Pattern[str]:
    told: dict[str, str] = wordlist("extract.checks", "rests")
    patterns = {
        "taken": r"\b(?:{})\b(?: [^\W\d_]{{1,8}}|,){{0,8}}\s*:?\s*$",
        "left": r"(?:^|[\s,(])(?:{})(?:,? tức)?(?: là| chỉ| có)?\s*:?\s*$",
        "taken_behind": r"^\s?(?:[^\W\d_]{{1,8}} ){{1,4}}(?:{})\b",
        "left_behind": r"^\s?[^\d.,;()%]{{0,40}}?\b(?:{})\b",
    }
    return re.compile(patterns.get(role, r"\b(?:{})").format(told[role]))


def is_left(lead: str, behind: str) -> bool:
    """Whether the words before a figure or behind it, in lower case, say that it is left of a whole."""
    return bool(_words("left").search(lead) or _words("left_behind").search(behind))


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure, the number of its sentence, and whether it stands in brackets."""

    figure: Figure
    sentence: int
    inside: bool

    @property
    def value(self) -> Decimal:
        return self.figure.term.value


@dataclass(frozen=True, slots=True)
class _Pair:
    """A whole and what is taken of it, with how much tells that they and the rest belong together.

    `at_once`: whole, part and rest stand side by side.
    """

    whole: _Told
    part: _Told
    weight: int
    at_once: bool


def check_rests(reading: Reading) -> Iterator[Finding]:
    """Rests in the paragraphs of a letter."""
    last: Block | None = None
    for block in reading.flow.of(*RUNNING):
        if holds(block.text, *_SPEAKS):
            found = list(_told(block, reading, 0))
            first = len(list(sentences(last))) if last is not None else 0
            rests = [(at, one) for at, one in enumerate(found) if _is_rest(one)]
            goes_on = last is not None and rests and _may_go_on(last, block, reading)
            earlier = list(_told(last, reading, -first)) if last is not None and goes_on else []
            told = [*earlier, *found]
            for at, rest in rests:
                low = bisect_left(told, rest.sentence - _BACK, key=attrgetter("sentence"))
                high = bisect_right(told, rest.sentence, key=attrgetter("sentence"))
                yield from _of(rest, told[low:high], len(earlier) + at - low, block)
        last = block


def _may_go_on(last: Block, block: Block, reading: Reading) -> bool:
    """Whether a paragraph can speak of the one before it: not one behind a list of what was done by each of several."""
    above = reading.flow.blocks[block.parent] if block.parent is not None else None
    return last.parent is None or last.parent == block.parent or above is last


def _told(block: Block, reading: Reading, first: int) -> Iterator[_Told]:
    for at, sentence in enumerate(sentences(block), first):
        low = depth = 0
        for one in figures(sentence, reading, wide=True):
            high = one.start - sentence.start
            between = sentence.text[low:high]
            depth = max(0, depth + between.count("(") - between.count(")"))
            low = high
            yield _Told(one, at, depth > 0)


def _is_rest(one: _Told) -> bool:
    figure = one.figure
    if figure.unit == "%" or figure.approximate or figure.change is not None:
        return False
    if _words("else").search(_TO_AIM.sub("", figure.lead)):
        return False
    if _BARE_LEAD.fullmatch(figure.lead) or _OF_ALL.search(figure.lead) or figure.behind.strip() == "/":
        return False
    return is_left(figure.lead, "" if one.inside else figure.behind)


def _of(rest: _Told, near: Sequence[_Told], at: int, block: Block) -> Iterator[Finding]:
    """What is told of a rest, the figures of its sentence and of those before it given, of which it is number `at`."""
    kind = _kind(rest)
    before, behind = near[:at], near[at + 1 :]
    alike = [one for one in before if _is_alike(one.figure, kind)][-_MOST:]
    more = [one for one in behind if _is_alike(one.figure, kind)][:2]
    pairs = [*_fractions(before, behind, rest), *_certified(alike, before[-_TOLD:], rest), *_beside(alike, rest)]
    tied = [pair for pair in pairs if pair.whole.value > pair.part.value]
    holds = [pair for pair in tied if _gap(pair, rest) == 0]
    if holds:
        yield from _made(holds[0], rest, block)
        return
    if is_explained(rest.value, [one.value for one in alike], [one.value for one in more]):
        return
    if not tied or not (made := list(_of_tied(tied, rest, before, alike, block))):
        made = list(_of_likely(rest, alike, block))
    yield from made


def _of_tied(
    tied: Sequence[_Pair], rest: _Told, before: Sequence[_Told], alike: Sequence[_Told], block: Block
) -> Iterator[Finding]:
    """What is told of a rest that none of the pairs which words tie together leaves."""
    best = max(tied, key=lambda pair: pair.weight)
    if any(best.whole.value - one.figure.term.value == rest.figure.term.value for one in before):
        return  # "được giao 14, hiện có 13 người, gồm 07 thư ký, …; còn thiếu 01 thư ký"
    if best.whole.value < _TEN and len(alike) > _TWO:
        return  # one of many small figures side by side
    if best.whole.sentence < 0 and not (best.weight >= _SURE - 1 and _is_slip(best, rest)):
        return  # of the paragraph before
    text = _text([best.whole, best.part, rest], rest, block)
    if tells_of_other_ends(text):
        return
    if tells_of_more(text):
        added = added_to(best.whole.figure, best.part.figure, [one.figure for one in alike if not one.inside])
        yield from _balanced(best, [one for one in alike if one.figure in added], rest, block)
    elif _is_wrong(best, rest) and not any(one.value == _gap(best, rest) for one in alike if one is not best.whole):
        yield from _made(best, rest, block)


def _balanced(pair: _Pair, added: Sequence[_Told], rest: _Told, block: Block) -> Iterator[Finding]:
    """What is told of a rest of a whole to which something was added; a slip of the pen must explain it."""
    values = [pair.whole.value, *(one.value for one in added), -pair.part.value]
    found = chance_of(lambda terms: sum(terms, Decimal(0)), values, rest.figure.term)
    if added and (sum(values) == rest.value or (found is not None and found <= _RARE)):
        yield from _written([pair.whole, pair.part], rest, block, added)


def _text(told: Sequence[_Told], rest: _Told, block: Block) -> str:
    """The text from the first of some figures to a rest, and a little behind it."""
    low = max(min(one.figure.start for one in told) - block.start, block.body)
    return block.text[low : rest.figure.end - block.start + _BEHIND].lower()


def _of_likely(rest: _Told, alike: Sequence[_Told], block: Block) -> Iterator[Finding]:
    """What is told of a rest whose words hardly speak of anything else, by figures that no words tie to it."""
    if not _is_strong(rest) or rest.inside:
        return
    told = [one for one in alike if not (one.inside or one.figure.change or one.figure.compared)]
    pair = likely_pair(rest.figure.term, [one.figure.term for one in told])
    if pair is None:
        return
    whole, *parts = (next(one for one in told if one.figure.term is term) for term in (pair[0], *pair[1]))
    text = _text([whole, *parts], rest, block)
    if not (tells_of_other_ends(text) or tells_of_more(text)):
        yield from _written([whole, *parts], rest, block)


def _kind(one: _Told) -> str:
    unit = one.figure.unit
    if unit and _words("of_any").match(unit):
        return _ANY
    return "" if unit in ("", "%") else kind_of(unit)


def _is_alike(one: Figure, kind: str) -> bool:
    exact = not one.approximate or bool(_AT_MOST.search(one.lead) or _OF_ALL.search(one.lead))
    if not exact or one.unit == "%":
        return False
    if kind == _ANY:
        return not _MEASURED.match(one.unit)
    return not one.unit or not kind or bool(_words("of_any").match(one.unit)) or kind_of(one.unit) == kind


def _fractions(before: Sequence[_Told], behind: Sequence[_Told], rest: _Told) -> Iterator[_Pair]:
    """The nearest "107/128 vụ việc" or "107 vụ trong tổng số 128" before a rest, or right behind it in brackets."""
    for one, other in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        whole = _whole_of(one, other)
        if whole is not None and _is_alike(whole.figure, _kind(rest)):
            at_once = other is before[-1] and bool(_words("left").search(rest.figure.lead)) and not rest.inside
            yield _Pair(whole, one, _SURE - 1 + _is_strong(rest), at_once and other.sentence == rest.sentence)
            return
    if len(behind) > 1 and behind[0].inside and behind[0].figure.start - rest.figure.end <= _NEAR:
        whole = _whole_of(behind[0], behind[1])
        if whole is not None and not rest.inside:
            yield _Pair(whole, behind[0], _SURE - 1, at_once=False)


def _whole_of(one: _Told, other: _Told) -> _Told | None:
    if one.figure.behind.strip() == "/" and _BARE_LEAD.fullmatch(other.figure.lead):
        return other
    lead, kind = other.figure.lead.strip(), _kind(one)
    if kind and lead.endswith("/") and kind == _kind(other) and not _CLAUSE.search(lead):
        return other  # "150.320 triệu đồng/240.600 triệu đồng", "6.420 cây đô thị/8.000 cây"
    if one.figure.unit and one.sentence == other.sentence and _OF_ALL.search(other.figure.lead):
        return other if _CLAUSE.search(other.figure.lead) is None else None
    return None


def _certified(alike: Sequence[_Told], before: Sequence[_Told], rest: _Told) -> Iterator[_Pair]:
    """The pairs whose share is told: "tổng kế hoạch 612,4 tỷ đồng … giải ngân 421,8 tỷ đồng, đạt 68,88%"."""
    told = [one for one in before if is_share(one.figure)]
    for part in reversed(alike):
        if part.inside or (_words("else").search(part.figure.lead) and not _denied(rest)):
            continue
        shares = [one for one in told if one.figure.start > part.figure.start]
        for share in reversed(shares[:_SHARES]):
            for whole in alike:
                made = SHARE.value([part.value, whole.value]) if whole.value > part.value else None
                if made is not None and compared(SHARE, share.value, made).verdict is not CheckVerdict.DIFFERS:
                    yield _Pair(whole, part, _SURE - 1 + _is_strong(rest), at_once=False)
                    return


def is_share(one: Figure) -> bool:
    """Whether a figure is a share that hardly holds by chance."""
    return one.unit == "%" and one.change is None and len(one.term.value.as_tuple().digits) >= _SHOWN


def _beside(alike: Sequence[_Told], rest: _Told) -> Iterator[_Pair]:
    """The figure right before a rest and the nearest that it can be a part of, weighed by their words."""
    outside = [one for one in alike if not one.inside]
    denied = _denied(rest)
    if not denied:
        outside = _without_detail(outside)
    if len(outside) < 2:
        return
    part = outside[-1]
    whole = next((one for one in reversed(outside[:-1]) if one.value >= part.value), None)
    if whole is None:
        return
    if part.figure.behind.strip() == "/" or _BARE_LEAD.fullmatch(part.figure.lead):
        return
    opposite = bool(denied) and denied in f"{part.figure.lead} {_clause_behind(part)}"
    if not opposite and _words("else").search(part.figure.lead):
        return
    done = opposite or _is_taken(part.figure)
    simply = bool(_SIMPLY_LEFT.search(rest.figure.lead) or _ALL_LEFT.search(_clause_behind(rest)))
    row = done and simply and whole is outside[-2] and rest.sentence - whole.sentence <= 1
    if not (opposite or row or _is_whole(whole.figure)) or (_is_listed(whole) and not _is_listed(part)):
        return
    weight = max(_is_whole(whole.figure), row) + done + (_is_strong(rest) or simply)
    kinds = opposite and denied in rest.figure.lead and denied in part.figure.lead
    if kinds and part.sentence == rest.sentence:
        return  # "đã hoàn thành 180, chưa hoàn thành 34" are two kinds, that a sum is of
    if kinds:
        weight = min(weight, _LIKELY)
    beside = whole is outside[-2] and whole.sentence == rest.sentence and not kinds
    at_once = beside and bool(_words("left").search(rest.figure.lead))
    if weight >= _LIKELY and whole.figure.change is None and part.figure.change is not Part.RISE:
        yield _Pair(whole, part, weight, at_once)


def _without_detail(told: Sequence[_Told]) -> list[_Told]:
    """Figures but those that a "trong đó" among them lists, where two are left."""
    for at, one in enumerate(told):
        if at > 1 and _OF_LAST.search(one.figure.lead):
            return [*told[:at], *(other for other in told[at:] if other.sentence > one.sentence)]
    return list(told)


def _is_listed(one: _Told) -> bool:
    """Whether several kinds of units are counted together: "138 xã, phường, thị trấn"."""
    return bool(_LISTED.match(one.figure.behind))


def _denied(rest: _Told) -> str:
    match = DENIED.search(f"{rest.figure.lead[-_NEAR:]} | {_clause_behind(rest)}")
    return match[1] if match is not None else ""


def _is_strong(rest: _Told) -> bool:
    """Whether the words of a rest hardly speak of anything else."""
    return bool(_words("strong").search(rest.figure.lead) or _words("strong").search(_clause_behind(rest)))


def _clause_behind(one: _Told) -> str:
    return _CLAUSE.split(one.figure.behind)[0]


def _is_taken(part: Figure) -> bool:
    return bool(_words("taken").search(part.lead) or _words("taken_behind").search(f"{_CLAUSE.split(part.behind)[0]} "))


def _is_whole(one: Figure) -> bool:
    told = [*_words("whole").finditer(one.lead), *_words("whole_behind").finditer(_CLAUSE.split(one.behind)[0])]
    lead = list(_words("whole").finditer(one.lead))
    if lead and lead[-1][0] in ("phải ", "cần "):
        return True
    return bool(told) and not (lead and _words("taken").search(one.lead[lead[-1].end() :]))


def _gap(pair: _Pair, rest: _Told) -> Decimal:
    return abs(pair.whole.value - pair.part.value - rest.value)


def _is_wrong(pair: _Pair, rest: _Told) -> bool:
    """Whether a rest that the pair does not leave is wrong: its words tell enough, or it is a slip of the pen away."""
    right, printed = pair.whole.value - pair.part.value, rest.value
    thinkable = abs(right - printed) <= _THINKABLE * max(right, printed) or is_slip(printed, right)
    if thinkable and (pair.weight >= _SURE or pair.at_once):
        return True
    return _is_slip(pair, rest)


def _is_slip(pair: _Pair, rest: _Told) -> bool:
    found = chance_of(_left, [pair.whole.value, pair.part.value], rest.figure.term)
    return found is not None and found <= (_UNLIKELY if pair.weight > _LIKELY else _RARE)


def _left(values: Sequence[Decimal]) -> Decimal | None:
    return values[0] - values[1] if values[0] > values[1] else None


def _made(pair: _Pair, rest: _Told, block: Block) -> Iterator[Finding]:
    yield from _written([pair.whole, pair.part], rest, block)


def _written(given: Sequence[_Told], rest: _Told, block: Block, added: Sequence[_Told] = ()) -> Iterator[Finding]:
    """A rest against a whole, what is added to it and what is taken of it."""
    items = [one.figure for one in (*given, *added, rest)]
    low = max(min(one.start for one in items) - block.start, block.body)
    high = max(one.end for one in items) - block.start
    statement = quote(block.text, low, high, block.body, behind=30)
    terms, formula = [one.figure.term for one in given], DIFFERENCE
    if len(terms) > _TWO or added:
        taken = [replace(term, value=-term.value) for term in terms[1:]]
        terms, formula = [terms[0], *(one.figure.term for one in added), *taken], SUM
    made = recompute(
        CheckKind.DIFFERENCE if formula is DIFFERENCE else CheckKind.SUM, statement, formula, terms, rest.figure.term
    )
    if made is not None:
        yield made
