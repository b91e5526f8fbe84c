"""A value, another one and the difference between them, in whatever order sentences name the three.

The difference stands behind "tăng", "thấp hơn", "chênh lệch"; of the figures counted in its unit (of those of each
unit, where it is a rate) the words say which it is between: "so với …", "cùng kỳ", two years, "từ … lên …". What lies
between two shares is told in points or as a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from extract.checks.changes.anchors import clash
from extract.checks.changes.ends import End, Way, ends_of, pattern
from extract.checks.changes.pairs import Pair, alike, counts, in_reach, is_of_another_kind, named, outside, pairs_of
from extract.checks.figures.arithmetic import DIFFERENCE, RATE, SHARE, TIMES, Formula
from extract.checks.figures.cues import holds
from extract.checks.figures.figures import Figure, words
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import compared, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.likelihood import chance_of
from extract.components.context import UPPER, Sentence
from extract.records import CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_BETWEEN: Final = 160  # characters from one figure to the next
_FACTOR: Final = 5  # times the other; more compares what does not belong together
# A new sentence without its space; behind two letters, as "vụ.Công an", `sentences` keeps both as one.
_ANEW: Final = re.compile(rf"[^\W\d_A-Z]{{2}}\.[{UPPER}]")
_OF_PLAN: Final = re.compile(
    r"^\s?%\s(?:so (?:với )?)?(?:kế hoạch|chỉ tiêu|dự toán)[^,;(.]{0,60}[,;]"
)  # of the figure before
_YEAR: Final = re.compile(r"\bnăm (?:học )?(\d{4})\b")
_ELSE: Final = re.compile(r"\b(?:trong đó|riêng)\b")
# "giảm từ 950 xuống còn 410 hộ, nợ của hợp tác xã giảm tới 30%": another subject
_OF_ELSE: Final = re.compile(
    r",\s(?!(?:thêm|bớt|mất|nghĩa là|như thế|chỉ"
    r"|tăng|giảm|tương|tức|hay|đạt|bằng|cao|thấp|nhiều|ít|hơn|bị|đã|là|mức|tỷ lệ|tỉ lệ|tốc độ|với|vượt|chênh"
    r"|cắt|bình quân|qua đó|như vậy|lên|xuống|so|cụ thể|trong)\b)(?:[^\W\d_]+\s){3}[^,;()]*$"
    r"|;\s(?:còn |riêng )?(?:số|tỷ lệ|tỉ lệ)\s[^,;()]*$"
)
_PLANNED: Final = re.compile(r"\s?%\s(?:so (?:với )?)?(?:kế hoạch|chỉ tiêu|dự toán|kh)\b")
_AMOUNT: Final = re.compile(r"\s?(?:tỷ|tỉ|triệu|nghìn|ha|tấn)\b[^\d.;]*$")
_MOVES: Final = re.compile(r"\b(?:tăng|giảm)(?: thêm)?\s*$")
_REASON: Final = re.compile(r"\b(?:do|nhờ|vì|bởi)\s[^,;()]*$")  # "từ 12 lên 40 tỷ đồng do giá nông sản tăng 25%"
# Of the larger, which a printed difference is off by at most where no slip explains it: figures that words only lead to
# may belong to other values, which then make something much else; where words are sure ("từ … lên …") any error is one,
# but for figures of another size.
_NEAR: Final = Decimal("0.3")
_FAR: Final = Decimal("0.9")
_UNLIKELY: Final = Decimal("0.2")  # by chance so near a slip, where only the order of the figures tells
_AT_ONCE: Final = re.compile(
    r";\s(?:và\s)?(?:so với (?:cùng kỳ |kỳ |năm )[^,;()]{0,20},\s)?(?:[^\W\d_]+\s){1,4}$"
)  # "250 vụ; giảm 14 vụ"
_UNITS: Final = "đơn"  # "đơn vị" are of any type
_MOST_TRIED: Final = 14  # values near a difference


def check_differences(reading: Reading) -> Iterator[Finding]:
    """Differences in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if not holds(block.text, *_speaking()):
            continue
        earlier: tuple[End, ...] = ()
        passed: list[End] = []
        for sentence in sentences(block):
            found = ends_of(sentence, reading)
            for at, one in enumerate(found):
                if one.way is not None and not one.figure.approximate and not _is_of_parts(found, at, sentence):
                    yield from _of(found, at, earlier, passed[-_MOST_TRIED:], sentence)
            earlier = found or earlier
            passed += found


@cache
def _speaking() -> tuple[str, ...]:
    """The words of which every paragraph with a difference has one."""
    words: str = wordlist("extract.checks", "differences")["speaks"]
    return tuple(words.split("|"))


def _is_of_parts(found: Sequence[End], at: int, sentence: Sentence) -> bool:
    """Whether a change is one of the parts that a bracket behind a change tells: "giảm 3 vụ (đường bộ giảm 2, …"."""
    one = found[at]
    text = sentence.text[: one.start - sentence.start]
    opened = text.rfind("(")
    before = [end for end in found[:at] if end.start - sentence.start < opened]
    if opened <= text.rfind(")") or not before or before[-1].way is None:
        return False
    return before[-1].kind in (one.kind, *one.kind.split()[:1]) or not one.kind


def _of(
    found: Sequence[End], at: int, earlier: Sequence[End], passed: Sequence[End], sentence: Sentence
) -> Iterator[Finding]:
    """What the first pair of ends says whose difference it is; where it is none's, what the nearest to one says."""
    pairs = [*pairs_of(found, at, earlier, sentence), *named(found, at, passed, sentence)]
    pairs = [pair for pair in pairs if not is_of_another_kind(found, at, pair.now.kind, sentence)]
    made = [(pair, one) for pair in pairs if (one := _compare(pair, found[at], sentence)) is not None]
    if not made:
        pairs = [*in_reach(found, at, passed)]
        made = [(pair, one) for pair in pairs if (one := _compare(pair, found[at], sentence)) is not None]
    holds = [one for _, one in made if _holds(one)]
    if holds:
        yield holds[0]
    elif made and not _is_explained([pair for pair, _ in made if pair.sure] or pairs, found, at, passed):
        yield min((one for _, one in made), key=_apart)


def _apart(one: Finding) -> Decimal:
    """How far a difference is from the one that would hold, as a part of the larger."""
    printed, right = Decimal(one.reported or 0), Decimal(one.computed or 0)
    return abs(printed - right) / max(printed, right, Decimal(1).scaleb(-4))


def _compare(pair: Pair, difference: End, sentence: Sentence) -> Finding | None:
    now, other, change = pair.now.figure, pair.other.figure, difference.figure
    items = sorted((now, other, change), key=lambda item: item.start)
    if any(item.approximate for item in items) or not other.term.value or not now.term.value:
        return None
    if not _belong_together(pair, difference, sentence):
        return None
    if clash(difference.about, pair.other.about) or (not pair.sure and pair.now.value == pair.other.value):
        return None
    if not counts(pair.now) or _exceeds(pair, difference) or not alike(pair.other.kind, pair.now.kind):
        return None
    block = sentence.block
    statement = quote(block.text, items[0].start - block.start, items[-1].end - block.start, block.body, behind=12)
    made = [
        one
        for kind, formula in _formulas(pair, difference)
        if (one := recompute(kind, statement, formula, [now.term, other.term], change.term, far=pair.sure)) is not None
    ]
    leads, parted = _leads_there(pair, difference), pair.told and _is_parted(pair, difference, sentence)
    against = (not leads) + parted + (not pair.told)
    likely = (
        one
        for one in made
        if (leads and _holds(one)) or (against <= 1 and _thinkable(one, pair, difference, likely=not against))
    )
    return min(likely, key=lambda one: not _holds(one), default=None)


def _leads_there(pair: Pair, difference: End) -> bool:
    """Whether a difference leads from the other value up or down to the one now, and both are of one size."""
    low, high = sorted((pair.now.value, pair.other.value))
    if high > _FACTOR * low:
        return False
    return difference.way not in (Way.UP, Way.DOWN) or (difference.way is Way.UP) == (pair.now.value > pair.other.value)


def _exceeds(pair: Pair, difference: End) -> bool:
    """Whether words may lead to what is exceeded, no distance: "vượt 30.000 đồng"."""
    aimed = difference.about or "aim" in pair.other.about
    return not aimed and difference.figure.lead.rstrip().endswith("vượt")


def _formulas(pair: Pair, difference: End) -> Iterator[tuple[CheckKind, Formula]]:
    """What a difference can be of its ends: what lies between two shares is told in points or as a rate."""
    if difference.way is Way.TIMES:
        yield CheckKind.RATIO, TIMES
    elif difference.way is Way.SHARE:
        yield CheckKind.RATIO, SHARE
    elif not _is_of_the_amount(pair, difference):
        is_rate = difference.figure.unit == "%"
        if not is_rate or pair.now.figure.unit == "%":
            yield CheckKind.DIFFERENCE, DIFFERENCE
        if is_rate:
            yield CheckKind.RATE_OF_CHANGE, RATE


def _is_of_the_amount(pair: Pair, difference: End) -> bool:
    """Whether a rate is of the amount before a share of a plan: "thu 408 tỷ đồng, bằng 32,3% dự toán, giảm 3,7%"."""
    if difference.figure.unit != "%" or not _PLANNED.match(pair.now.figure.behind):
        return False
    return bool(_AMOUNT.match(pair.now.figure.lead) and _MOVES.search(difference.figure.lead))


def _holds(made: Finding) -> bool:
    return made.verdict is not CheckVerdict.DIFFERS


def _belong_together(pair: Pair, difference: End, sentence: Sentence) -> bool:
    """Whether figures of a sentence stand near each other, and nothing else is spoken of between them."""
    items = sorted((pair.now, pair.other, difference), key=lambda item: item.start)
    for one, item in pairwise(item for item in items if item.start >= sentence.start):
        between = sentence.text[one.figure.end - sentence.start : item.start - sentence.start]
        if len(between) > _BETWEEN or _ANEW.search(between) or outside(between).count(";") > 1:
            return False
        if item is difference and (_REASON.search(between) or (_fell(pair) and _OF_ELSE.search(between))):
            return False
        lead = between.lower() if item is pair.other else item.figure.lead
        anew = _is_of_another(lead) and "aim" not in difference.about & pair.other.about
        if anew or (_stops(_OF_PLAN.sub("", lead), pair, difference) and not _is_tied(item.figure)):
            return False
    return True


def _is_parted(pair: Pair, difference: End, sentence: Sentence) -> bool:
    """Whether a semicolon stands between a difference and the value before it."""
    before = max((one.figure.end for one in (pair.now, pair.other) if one.start < difference.start), default=0)
    between = sentence.text[max(before - sentence.start, 0) : difference.start - sentence.start]
    if ";" not in outside(between) or _AT_ONCE.search(between):
        return False
    return not pattern("balance").search(difference.figure.lead)


def _stops(lead: str, pair: Pair, difference: End) -> bool:
    """Whether words before a figure lead to something else than is compared."""
    if pattern("stop").search(lead):
        return True
    return "aim" not in difference.about | pair.other.about and bool(pattern("stop_aim").search(lead))


def _fell(pair: Pair) -> bool:
    """Whether a value is told with the one that it rose or fell from."""
    return pair.other.figure.lead.rstrip().endswith(("từ", "từ mức"))


def _is_tied(item: Figure) -> bool:
    """Whether words tie a figure to the one before it, whatever they speak of: "so với chỉ tiêu (38%)", a year each."""
    if _ELSE.search(item.lead):
        return False
    return (item.compared and ";" not in item.lead) or bool(_YEAR.search(item.lead))


def _is_of_another(lead: str) -> bool:
    """Whether a bracket names an aim where a time is compared with, or the other way: "so với cùng kỳ (kế hoạch …"."""
    told, bracket, inside = lead.rpartition("(")
    if not bracket or ")" in inside:
        return False
    aim, time = words("target"), words("previous")
    if aim.is_in(inside):
        return not aim.is_in(told)
    return time.is_in(inside) and aim.is_in(told) and not time.is_in(told)


def _thinkable(made: Finding, pair: Pair, difference: End, *, likely: bool) -> bool:
    """Whether a difference that does not hold looks like the one that would, with a slip in it.

    Args:
        made: the difference against two values.
        pair: the two.
        difference: the difference as it was read.
        likely: words lead to both values, so that no slip need explain it.
    """
    part = difference.way is not None and difference.way.is_part
    if made.computed is None or (part and not _leads_there(pair, difference)):
        return False
    right, printed = Decimal(made.computed), difference.figure.term.value
    if not likely:
        formula = next(formula for kind, formula in _formulas(pair, difference) if kind is made.kind)

        def leads(values: Sequence[Decimal]) -> Decimal | None:
            rises = values[0] > values[1]
            against = difference.way in (Way.UP, Way.DOWN) and rises != (difference.way is Way.UP)
            return None if against else formula.value(values)

        found = chance_of(leads, [pair.now.value, pair.other.value], difference.figure.term)
        return found is not None and (pair.sure or found <= _UNLIKELY)
    if is_slip(printed, nearest(right, difference.figure.term.decimals)):
        return True
    return abs(printed - right) <= (_FAR if pair.sure else _NEAR) * max(printed, right)


def _is_explained(pairs: Sequence[Pair], found: Sequence[End], at: int, passed: Sequence[End]) -> bool:
    """Whether a difference is one between an end that words lead to and another value near it.

    What a sentence begins with may be called otherwise: "35 bài: …, 15 giải ba; tăng 5 giải so với … (30 giải)".
    """
    values = [one for one in (*passed, *found) if one.way is None and counts(one) and not one.figure.approximate]
    values = sorted(values, key=lambda one: abs(one.start - found[at].start))[:_MOST_TRIED]
    if _restates(found, at, values):
        return True
    if any(_is_of_sum(pair, values, found[at]) for pair in pairs if not pair.sure or pair.now in passed):
        return True
    return any(
        _makes(now, other, found[at])
        for pair in pairs
        for one in values
        for now, other in ((one, pair.other), *([] if pair.sure else [(pair.now, one)]))
        if (now.kind == other.kind or now is found[0]) and (not pair.sure or one.start < found[at].start)
    )


def _restates(found: Sequence[End], at: int, values: Sequence[End]) -> bool:
    """Whether a rate is that of the change right before it, of a value near it: "giảm 171 đơn vị, tương ứng 62,64%"."""
    one, change = found[at], found[at - 1] if at else None
    if one.kind != "%" or change is None or change.way is not one.way or change.kind == "%":
        return False
    kinds = [before for before in values if alike(before.kind, change.kind) or change.kind == _UNITS]
    made = [SHARE.value([change.value, before.value]) for before in kinds if before.value > change.value]
    return any(
        share is not None and compared(SHARE, one.value, share).verdict is not CheckVerdict.DIFFERS for share in made
    )


def _is_of_sum(pair: Pair, values: Sequence[End], difference: End) -> bool:
    """Whether figures side by side make the value now: "38 tập thể, 96 cá nhân được khen, … giảm 21 (155)"."""
    if difference.way not in (Way.UP, Way.DOWN) or difference.kind == "%":
        return False
    now = pair.other.value + (difference.value if difference.way is Way.UP else -difference.value)
    before = sorted((one for one in values if one.start < difference.start), key=lambda one: one.start)
    return any(
        one.value + other.value == now and (pair.now in (one, other) or not difference.kind)
        for one, other in pairwise(before)
    )


def _makes(now: End, other: End, difference: End) -> bool:
    change, values = difference.figure, [now.figure.term.value, other.figure.term.value]
    if difference.way in (Way.UP, Way.DOWN) and (values[0] > values[1]) != (difference.way is Way.UP):
        return False
    return any(
        (right := formula.value(values)) is not None
        and compared(formula, change.term.value, right).verdict is not CheckVerdict.DIFFERS
        for _, formula in _formulas(Pair(now, other, sure=False), difference)
    )
