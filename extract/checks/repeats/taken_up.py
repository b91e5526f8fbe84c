"""A figure that words take up as known: "86 hồ sơ nêu trên", "trong 585 nhiệm vụ", "xin lỗi đối với 37 hồ sơ quá hạn".

Who speaks of such things as known has told them before. What is taken up is the figure of the same things whose clause,
sentence or paragraph says most of what the words behind the figure say; where none of those has its value and one is a
slip of the pen away, one of both is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.slips import is_misprint, is_slip
from extract.checks.repeats.mentions import Hold, Mention
from extract.checks.repeats.telling import data

_FAR: Final = 80  # figures of one kind before, among which one is looked for
_NEAR: Final = 3  # paragraphs before in which one is looked for whose words say nothing but its kind
_SHORT: Final = 2  # digits of a figure that is another's by chance
_CLAUSE: Final = 4  # what a word counts for that a figure's own clause says, against its sentence and its paragraph
_SENTENCE: Final = 2
_LEEWAY: Final = 6  # what fits nearly as well may be what is taken up
_FEW: Final = 2  # figures that fit nearly as well, one of them a short one
_BEGINNING: Final = 5  # characters of "Với" or "Trong" before a figure
_TOLD_ABOVE: Final = re.compile(r"\b(?:nêu|kể|nói) trên\b")  # "03 công trình này" may be a few of those told
_OF_SERIES: Final = re.compile(r"[^,;.()]{1,40}\b(?:này|đó),\s$")  # "trong số 11 xã này, 17 thôn và 2 bản …"
_MANY: Final = 3  # words of which one may be left out


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure with the one that it takes up."""

    new: Mention
    old: Mention


def taken_up(new: Mention, before: Sequence[Mention]) -> Taken | None:
    """What a figure takes up of those of its kind told before, the last of them last; None where that is not sure."""
    if new.hold is Hold.NONE or _is_named_before(new) or (new.digits <= _SHORT and _opens_series(new)):
        return None
    if new.digits < _SHORT and not (new.hold is Hold.NAMED and _TOLD_ABOVE.search(new.one.behind)):
        return None
    near = [one for one in before[-_FAR:] if one.said is not new.said and _may_be(new, one)]
    fits = [(fit, one) for one in near if (fit := _fit(new, one)) is not None]
    same = next((one for _, one in reversed(fits) if one.value == new.value), None)
    if same is not None:
        return Taken(new, same) if new.digits > _SHORT or not new.under else None
    if any(one.value == new.value for one in before) or not fits:
        return None
    least = max(fit for fit, _ in fits) - _LEEWAY
    most = {one.value: one for fit, one in fits if fit >= least}
    alike = is_misprint if new.under or new.digits <= _SHORT else is_slip
    slips = [one for one in most.values() if alike(new.value, one.value)]
    if len(slips) != 1 or new.is_part_with_another(slips[0]) or _is_made_of(new.value, before):
        return None
    if new.hold is Hold.NAMED:
        told = new.digits > _SHORT or not new.things or bool(new.things & slips[0].words)
    else:
        told = _is_telling(new, slips[0], most, before)
    if not told:
        return None
    return Taken(new, slips[0])


def _opens_series(new: Mention) -> bool:
    """Whether figures of other things stand right behind it: "trong số 11 xã này, 17 thôn và 2 bản thuộc vùng cao"."""
    after = new.said.figures[new.at + 1 :][:1]
    return bool(_OF_SERIES.match(new.one.behind)) and any(one.unit and one.head != new.one.head for one in after)


def _is_named_before(new: Mention) -> bool:
    """Whether its paragraph tells the same behind its name: "giáo viên 74, nhân viên 10. Trong 74 giáo viên"."""
    sentence = new.said.sentence
    block, at = sentence.block, new.one.start
    printed = re.escape(block.text[at - block.start : new.one.end - block.start])
    named = rf"\b{re.escape(new.one.unit)}\b[\s:]*(?:là |có )?{printed}(?![\d.,]*\d)"
    return bool(new.one.unit) and re.search(named, block.text[: at - block.start].lower()) is not None


def _is_telling(new: Mention, old: Mention, most: Mapping[Decimal, Mention], before: Sequence[Mention]) -> bool:
    """Whether digits and words tell the figure that is taken up from others."""
    if new.digits > _SHORT:
        return min(new.significant, old.significant) > 1
    rivals = [value for value in most if value.adjusted() == new.value.adjusted()]
    if new.under or len(rivals) > _FEW or new.digits < _SHORT:
        return False
    if all(one.value == old.value for one in before):  # the one figure of its kind
        return new.one.start - new.said.sentence.start <= _BEGINNING or len(new.things & old.words) >= _FEW
    return len(_says(new) & old.words) >= _FEW and any(not _says(new) <= one.words for one in before)


def _may_be(new: Mention, one: Mention) -> bool:
    """Whether nothing tells the figure before from the one that takes it up."""
    if one.one.change is not None or one.one.term.decimals != new.one.term.decimals or one.one.compared:
        return False
    if new.owners and one.owners and not new.owners & one.owners:
        return False
    if new.things <= new.noun and not new.demanded:
        known = len(new.whole) > 1 and new.whole <= one.words  # the whole of a fraction, told in the same words
        far = new.said.block - one.said.block > _NEAR and (new.under or not new.noun) and not known
        if far or not new.noun <= one.words | one.noun:
            return False
    return new.kinds <= one.kinds | one.said.kinds and not data().other.search(" ".join(one.kinds - new.said.kinds))


def _says(new: Mention) -> frozenset[str]:
    """The words that say what a figure takes up: those of its sentence, where none stand behind it."""
    return new.said.syllables if new.things <= new.noun and new.demanded else new.things


def _fit(new: Mention, one: Mention) -> int | None:
    """How well the words of one figure tell another; None where too many of them are not said of it."""
    said = new.things
    paragraph = len(said & one.said.paragraph)
    if len(said) - paragraph > (len(said) >= _MANY):
        return None
    clause, sentence = len((_says(new) | new.whole) & one.words), len(said & one.said.syllables)
    apart = len(one.core - new.said.syllables) + _CLAUSE * bool(one.owners - new.said.names)
    apart += _CLAUSE * len(one.kinds - new.said.kinds)
    apart += _CLAUSE * (None not in (new.meaning, one.meaning) and not new.means(one.meaning))
    return _CLAUSE * clause + _SENTENCE * sentence + paragraph - apart


def _is_made_of(value: Decimal, before: Sequence[Mention]) -> bool:
    """Whether a figure is the sum or difference of two of one paragraph before, or the sum of all."""
    told: dict[int, set[Decimal]] = {}
    for one in before[-_FAR:]:
        told.setdefault(one.said.block, set()).add(one.value)
    return any(
        value == sum(values)
        or any((value - one in values and value != 2 * one) or value + one in values for one in values)
        for values in told.values()
    )
