"""A figure told in two sentences, a slip of the pen in one of them: an opening and what spells it out, and so on.

Two figures are one where their clauses say the same of them and nothing tells them apart: no other time, body, level or
kind. The fewer digits a figure has, the more must say so; figures told one after the other in one wording are a series.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, if_wrong, merged, quote
from extract.checks.repeats.mentions import Hold, Mention, mentions
from extract.checks.repeats.taken_up import taken_up
from extract.checks.repeats.telling import data
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Role

_OF_PART: Final = re.compile(r"(?:trong đó|riêng|trong số đó|còn lại)\b", re.IGNORECASE)
# What speaks for two figures being one is added up, a syllable that both clauses share being one.
# Figures of few digits are often a slip apart by chance: one digit never suffices, each further one asks for less.
_PART_OF: Final = "trong đó"
# "mở rộng kho sách lên 70.000 loại"
_UP: Final = re.compile(r"\b(?:tăng|mở rộng|phát triển|đưa)\b[^,;.()]{0,40}\blên(?: tới| đến| thành| mức)?\s*$")
_DOWN: Final = re.compile(r"\b(?:giảm|rút|thu hẹp|hạ)\b[^,;.()]{0,40}\b(?:xuống|còn)(?: còn| mức)?\s*$")
# Each step of what is to be done has a limit of its own: "trong thời hạn 03 ngày", "trong thời hạn 07 ngày".
_LIMIT: Final = re.compile(r"\b(?:thời hạn|trong vòng|chậm nhất|không quá|tối đa)(?: là| trong| sau)?\s*$")
_THREE: Final = 3
_ONE_FORM: Final = 0.9  # of the syllables of two items
_NEAR: Final = 3  # paragraphs; one more for two that stand so near
_NEEDED: Final = {1: 10, 2: 9, 3: 5, 4: 3}  # what must speak for two figures of so many digits
_ENOUGH: Final = 2  # for longer ones
_MOST_SHARED: Final = 5
_SHARED: Final = 2  # syllables that two clauses must share
_UNSAID: Final = 3  # what a syllable that either sentence alone has speaks against
_ALIKE: Final = 3  # what two sentences that are nearly one speak for
_MOST_UNSAID: Final = 2
_HOLD: Final = 2  # what words do that take a figure up as known; twice that where they say so
_PAIRED: Final = 2  # where it is the one figure of its kind that either sentence has over the other
_OTHERS: Final = 2  # what names do that either sentence has for itself
_SHORT: Final = 2  # digits of a figure that needs more than words
_FEW: Final = 6  # syllables of a sentence that may be another's by chance
_MOSTLY: Final = 0.7
_NEARLY: Final = 0.6
_SAME: Final = 2  # what clauses of the same words do
_NAMED: Final = 1  # what a name that both sentences have speaks for
_BESIDE: Final = 3  # what another figure that both sentences tell speaks for
_MOST_BESIDE: Final = 2
_PART: Final = 3  # the part of a sentence's figures that another must tell, too
_WHOLE: Final = 4  # what the whole of two fractions speaks for
_SUMMARY: Final = 2  # what a title or heading above a paragraph does
_LONG: Final = 4  # digits of a figure that can lose one and be known again
_MOST_LIKE: Final = 6  # figures alike that one is compared with
_MOST_PAIRS: Final = 30  # of a letter
_SECTION: Final = 30  # paragraphs below a heading
_LONGEST: Final = 12  # characters


def check_retold(reading: Reading) -> Iterator[Finding]:
    """Figures of two sentences that are one, with a slip in one of them."""
    told: dict[str, list[Mention]] = {}
    counted: dict[str, list[Mention]] = {}
    every: list[Mention] = []
    pairs: list[tuple[Mention, Mention]] = []
    for here in mentions(reading):
        keys = [tuple(_keys(new)) for new in here]
        for new, own in zip(here, keys, strict=True):
            if (taken := taken_up(new, counted.get(new.kind, ()))) is not None:
                yield _of(taken.new, taken.old, reading)
                continue
            near = {id(old): old for key in own for old in told.get(key, ())[-_MOST_LIKE:] if old.value != new.value}
            same = [old for old in near.values() if is_slip(new.value, old.value) and _speaks_for(new, old, reading)]
            if len({old.value for old in same}) == 1 and len(pairs) < _MOST_PAIRS:
                pairs.append((new, same[0]))
        every += here
        for new, own in zip(here, keys, strict=True):
            counted.setdefault(new.kind, []).append(new)
            for key in own:
                told.setdefault(key, []).append(new)
    alone = [pair for pair in pairs if not _is_of_series(*pair, every, reading)]
    for new, old in alone:
        again = [other for other, first in alone if first is old and other.value == new.value]
        if again[0] is new:
            yield _of(old, new, reading) if len(again) > 1 else _of(new, old, reading)


def _keys(one: Mention) -> Iterator[str]:
    """What a figure and those a slip of the pen away from it have in common."""
    text = f"{one.value:f}".replace(".", "")
    if len(text) > _LONGEST:
        return
    for at, letter in enumerate(text):
        yield f"{one.kind} {text[:at]}?{text[at + 1 :]}"
        if at + 1 < len(text) and (behind := text[at + 1]) != letter:
            yield f"{one.kind} {text[:at]}<{min(letter, behind)}{max(letter, behind)}>{text[at + 2 :]}"
        if len(text) > _LONG:
            yield f"{one.kind} {text[:at]}{text[at + 1 :]}"
    if len(text) >= _LONG:
        yield f"{one.kind} {text}"


def _speaks_for(new: Mention, old: Mention, reading: Reading) -> bool:
    """Whether enough speaks for two figures being one, for those of so few digits."""
    if not _may_be_one(new, old, reading):
        return False
    beside = _beside(new, old)
    summary = old.said.summary is not new.said.summary
    whole = new.of is not None and new.of == old.of
    hold = max(Hold.NONE if one.under else one.hold for one in (new, old))
    if not (hold or whole) and _are_parallel(new.said.syllables, old.said.syllables):
        return False
    paired = beside > 0 and new.rest(old) == {new.value} and old.rest(new) == {old.value}
    digits = min(new.digits, old.digits) + _is_swapped(new.value, old.value)
    shared = len(new.words & old.words)
    if (shared < _SHARED and not beside) or (digits <= _SHORT and not (beside or hold or whole)) or digits < paired:
        return False
    score = min(shared, _MOST_SHARED) - _unsaid(new, old) + _BESIDE * beside + _PAIRED * paired + _HOLD * hold
    score += _WHOLE * whole + _SUMMARY * summary + _SAME * (new.words == old.words)
    score += _ALIKE * _are_alike(new.said.syllables, old.said.syllables)
    score += _NAMED * bool(new.said.names & old.said.names) - _OTHERS * _apart(new.said.names, old.said.names)
    score += abs(new.said.block - old.said.block) <= _NEAR
    return score >= _NEEDED.get(digits, _ENOUGH)


def _beside(new: Mention, old: Mention) -> int:
    """How many other figures both sentences tell; none where those are a few of many."""
    both = new.beside & old.beside
    if len(both) * _PART < min(len(new.beside), len(old.beside)):
        return 0
    return min(sum(_telling(value) > 1 for value, _ in both), _MOST_BESIDE)


def _unsaid(new: Mention, old: Mention) -> int:
    """What speaks against two figures: words behind one that the other's paragraph lacks, words that lead to it."""
    things = min(len(new.things - old.said.paragraph), len(old.things - new.said.paragraph))
    others = min(len(new.core - old.said.syllables), len(old.core - new.said.syllables))
    return _UNSAID * things + min(max(others - things, 0), _MOST_UNSAID)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one sentence says mostly what another does."""
    least = min(len(one), len(other))
    return least >= _FEW and len(one & other) >= _MOSTLY * least


def _are_parallel(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of two sentences that are nearly one says something that the other does not."""
    return _apart(one, other) and len(one & other) >= _NEARLY * len(one | other)


def _may_be_one(new: Mention, old: Mention, reading: Reading) -> bool:
    """Whether nothing tells two figures apart but their values."""
    if new.kind != old.kind or new.one.change is not old.one.change:
        return False
    if new.one.term.decimals != old.one.term.decimals or new.one.approximate is not old.one.approximate:
        return False
    if new.of is not None and old.of is not None and new.of != old.of:
        return False
    if new.said.planned is not old.said.planned or (_is_ahead(new, reading) is not _is_ahead(old, reading)):
        return False
    if _becomes(new, old) or _tell_others(new, old) or (_LIMIT.search(new.one.lead) and _LIMIT.search(old.one.lead)):
        return False
    blocks = reading.flow.blocks
    first, second = blocks[old.said.block], blocks[new.said.block]
    if first is second and _OF_PART.match(new.said.sentence.text):
        return False
    if first is not second and first.role is second.role is Role.ITEM and first.parent == second.parent:
        return False
    if first is not second and _are_of_one_form(first, second, new, old):
        return False
    if new.kinds != old.kinds or (new.meaning is not old.meaning and None not in (new.meaning, old.meaning)):
        return False
    if new.said.label and old.said.label and not new.said.label & old.said.label:
        return False
    if new.owners and old.owners and not new.owners & old.owners:
        return False
    if new.is_part_with_another(old) or _changed_otherwise(new, old):
        return False
    if None not in (new.done, old.done) and new.done is not old.done:
        return False
    return not _apart(new.said.times, old.said.times)


def _are_of_one_form(first: Block, second: Block, new: Mention, old: Mention) -> bool:
    """Whether two items that bear one letter say the same of two things: "đ) … trong đó 80% có chứng chỉ"."""
    if first.marker is None or first.marker != second.marker or not any(map(str.isalnum, first.marker)):
        return False
    one, other = new.said.syllables, old.said.syllables
    return len(one & other) >= _ONE_FORM * len(one | other)


def _changed_otherwise(new: Mention, old: Mention) -> bool:
    """Whether two figures rose or fell by other figures, told right behind each of them."""
    behind = [one.said.figures[one.at + 1 : one.at + 3] for one in (new, old)]
    moved = [next((one for one in several if one.change is not None), None) for several in behind]
    one, other = moved
    if one is None or other is None or one.unit != other.unit or one.term.value == other.term.value:
        return False
    return not is_slip(one.term.value, other.term.value)


def _becomes(new: Mention, old: Mention) -> bool:
    """Whether words say that what was told before has become the later figure: "mở rộng kho sách lên 70.000 loại"."""
    first, then = sorted((new, old), key=lambda one: one.one.start)
    way = _UP if then.value > first.value else _DOWN
    return bool(way.search(then.one.lead)) and not way.search(first.one.lead)


def _tell_others(new: Mention, old: Mention) -> bool:
    """Whether two sentences each tell one figure of another kind, and these are plainly not one: "nặng 1.400 tấn"."""
    if Hold.NAMED in (new.hold, old.hold):
        return False
    told = [_alone(one) for one in (new, old)]
    return any(
        value != told[1].get(kind, value) and not is_slip(value, told[1][kind]) for kind, value in told[0].items()
    )


def _alone(one: Mention) -> dict[str, Decimal]:
    """The figures of a sentence that are the only ones of their kind in it, and not of the kind of its own."""
    pairs = [pair for pair in one.said.pairs if pair[1] not in ("", "điểm", one.kind)]
    kinds = Counter(kind for _, kind in pairs)
    return {kind: value for value, kind in pairs if kinds[kind] == 1}


def _is_ahead(one: Mention, reading: Reading) -> bool:
    """Whether a heading above a figure that takes up none says that it is still to come."""
    before = reading.flow.blocks[max(one.said.block - _SECTION, 0) : one.said.block]
    heading = next((block.text.lower() for block in reversed(before) if block.role is Role.HEADING), "")
    return one.hold is Hold.NONE and bool(data().planned.search(heading)) and not data().judged.search(heading)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences each name something of a kind that the other does not."""
    return bool(one - other and other - one)


def _is_of_series(new: Mention, old: Mention, every: Sequence[Mention], reading: Reading) -> bool:
    """Whether others are told in the same words, or either sentence tells the figure of the other too."""
    if any(value == old.value for value, _ in new.beside) or any(value == new.value for value, _ in old.beside):
        return True
    least = len(new.words & old.words)
    alone = _beside(new, old) > 0  # the two sentences tell the same: what others tell is of others
    for other in every:
        if other is new or other is old or other.kind != new.kind:
            continue
        again = other.value in (new.value, old.value)
        together = again and _is_of_one_paragraph(new, old, other)
        if again and not together:
            continue
        if _PART_OF in other.one.lead:
            continue
        beside = new.said.block == old.said.block == other.said.block
        if alone and not (together or beside) and other.said is not new.said and other.said is not old.said:
            continue
        if (other.of is None) is not (new.of is None):
            continue
        for one in (new, old):
            if len(other.words & one.words) >= least and (together or _may_be_one(other, one, reading)):
                return True
    return False


def _is_of_one_paragraph(new: Mention, old: Mention, other: Mention) -> bool:
    """Whether three sentences of one paragraph tell their figures: it tells several things in one form, none thrice."""
    apart = len({id(one.said) for one in (new, old, other)}) == _THREE
    return apart and new.said.block == old.said.block == other.said.block


def _telling(value: Decimal) -> int:
    """The digits of a figure without the zeros at its end: round ones are more often alike by chance."""
    digits = f"{value:f}".replace(".", "")
    return max(len(digits.rstrip("0")), len(digits) - 1)


def _is_swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are made of the same digits."""
    return sorted(f"{one:f}") == sorted(f"{other:f}")


def _of(new: Mention, old: Mention, reading: Reading) -> Finding:
    value, other = new.value, old.value
    proof = merged(new.one.term.proof, old.one.term.proof)
    verdict = if_wrong(proof, reading)
    text, start = new.said.sentence.text, new.said.sentence.start
    where = "trên" if old.one.start < new.one.start else "dưới"
    gap = f": chênh {vn(abs(value - other))}" if value != other else ""
    return finding(
        CheckKind.CONSISTENCY,
        quote(text, new.one.start - start, new.one.end - start, behind=60),
        verdict if gap else CheckVerdict.AGREES,
        inputs=(("first", plain(other)), ("again", plain(value))),
        reported=plain(value),
        computed=plain(other),
        note=f"{where} ghi {vn(other)}, đây ghi {vn(value)}{gap}",
        evidence=proof,
    )
