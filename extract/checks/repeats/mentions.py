"""Figures of running text with what they count: the words of their clause, whom they are of, what takes them up.

What a figure counts is read when it is asked for: most figures of a letter are like no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.cues import Cue, holds
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING, Meaning, meaning_of, says
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import Term, is_doubtful
from extract.checks.repeats.said import CLAUSE, Said
from extract.checks.repeats.telling import data, telling, told_in
from extract.components.context import Sentence
from extract.components.when import YEARS
from extract.records import Reading, Role

_BOUND: Final = Cue(
    ("từ ", "trên ", "dưới ", "quá ", "nhất ", "cứ ", "mốc ", "mức", "đến ", "tối ", "phạt ", "thuế suất", "hưởng"),
    re.compile(
        r"\b(?:từ|trên|dưới|không quá|ít nhất|cứ|mốc|mức|đến) $"
        r"|\b(?:tối đa|tối thi[ểề]u|mức phạt|phạt tiền|thuế suất|hưởng)\s[^,;]{0,40}$"
    ),
)
_RANKED: Final = re.compile(r"\b(?:xếp|đứng|hạng|vị trí)\b", re.IGNORECASE)
_RANK: Final = re.compile(
    r"\b(?:xếp|đứng|vị trí|thứ hạng|(?:lên|xuống|giữ)(?: vị trí| hạng)?)(?: hạng)?(?: thứ)? (?:hạng )?"
    r"(\d{2,3})(?![\d.,]*\d)(?:\s?/\s?(\d{2,3}))?"
)
# "trong số", "giải quyết dứt điểm 63 hồ sơ": nobody is asked to finish what was not told
_AMONG: Final = re.compile(
    r"(?:trong|trên)(?: tổng)? số\s$|trong tổng\s$|\b(?:dứt điểm|giải quyết hết|(?:xử lý|giải quyết) xong|làm sạch"
    r"|giải trình nguyên nhân)(?: đối với)?(?: toàn bộ| cả)?\s$"
)
_CITED: Final = re.compile(r"\s?(?:Điều|Khoản|Chương|Mục|Phụ lục)\b")  # "theo khoản 4, 5 và 6 Điều này"
_DIGIT: Final = re.compile(r"\d")
# What begins to say something of what was counted.
_PREDICATE: Final = re.compile(r"\b(?:bảo đảm|đảm bảo|được|có|đã|là|thì|theo|để|nhằm|trong|tại|của|với)\b")
_ASIDE_OF_DEMANDS: Final = re.compile(
    r"\b(?:cho|trước|sau|do|nêu|nói|trên|khắc phục|xong|trong|tại|của|với|để|nhằm|ngay)\b"
)
_ASIDE_OF_THINGS: Final = re.compile(rf"{_PREDICATE.pattern}|{_ASIDE_OF_DEMANDS.pattern}")
_RATE: Final = re.compile(r"(?:tỷ|tỉ) lệ\s([^\d]*)$")
_COPULA: Final = re.compile(r"(?:\b(?:là|đạt|còn)|:)\s?$")  # what is counted stands before it
_REST: Final = "còn lại"
_POINTS: Final = "điểm"
_CORE: Final = 4  # syllables on either side of a figure
_FEWEST: Final = 2
_MOST: Final = 600  # figures of a letter
_LONG: Final = 120  # characters around a fraction or rank
_BEHIND: Final = 9  # words behind a figure that belong to it
_UNDER: Final = re.compile(r"\d\s?/\s?$")
_NAMING: Final = ("trên", "này", "vừa nêu")  # words without which a figure is not named as told before
_SHORT: Final = 24  # characters before a figure that take it up
_DONE: Final = re.compile(r"\bđã\b")
_UNDER_WAY: Final = re.compile(r"\b(?:đã|đang)\b")
_LEFT: Final = re.compile(r"\b(?:còn|tồn|chưa|đang)\b")
_LIST_OF_NAMES: Final = re.compile(r";|,\s|\s-\s")
_TOLD: Final = (*RUNNING, Role.SUBJECT)


class Hold(IntEnum):
    """How surely words take a figure up as known."""

    NONE = 0
    KNOWN = 1  # "xin lỗi đối với 37 hồ sơ", "giải quyết dứt điểm 16 vụ việc", the whole of a fraction
    NAMED = 2  # "37 hồ sơ nêu trên"


@dataclass(frozen=True, eq=False)
class Mention:
    """A figure told in a sentence: the one at an index of its figures."""

    said: Said
    at: int

    @cached_property
    def one(self) -> Figure:
        """The figure."""
        return self.said.figures[self.at]

    @cached_property
    def value(self) -> Decimal:
        """What it is."""
        return self.one.term.value

    @cached_property
    def kind(self) -> str:
        """What is counted; the most points that there are ("8,18/12 điểm") are not shares."""
        kind = kind_of(self.one.unit)
        return f"/{kind}" if self.under and kind == _POINTS else kind

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling syllables of its clause."""
        return self.said.words(self.at)

    @cached_property
    def core(self) -> frozenset[str]:
        """Those of them next to the figure, which say what it counts."""
        if self.said.is_of_another(self.at):
            return self.words
        lead, behind = self.said.clause(self.at)
        before = told_in(lead)
        if not _COPULA.search(lead):
            before = before[-_CORE:]
        return self.words & {*before, *told_in(_PREDICATE.split(behind)[0])[:_CORE]}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Words of its clause that tell kinds apart, over figures that are no counts too: "1 ngày có 55 vụ"."""
        if self.under:
            return frozenset()  # they tell the part
        _, behind = self.said.clause(self.at)
        before = self.said.sentence.text[: self.one.start - self.said.sentence.start].lower()
        said = before.rpartition(";")[2] if self.said.is_of_another(self.at) else CLAUSE.split(before)[-1]
        found = frozenset(data().kinds.findall(f"{said} {behind}"))
        # "còn lại đang giải quyết" and "đang giải quyết" are one
        return found - {_REST} if self.meaning is Meaning.PENDING else found

    @cached_property
    def meaning(self) -> Meaning | None:
        """What it counts, where that is known."""
        lead, behind = self.said.clause(self.at)
        said = (lead, behind) if _COPULA.search(lead) else (behind, lead)
        return next((means for words in said if (means := meaning_of(words)) is not None), None)

    def means(self, meaning: Meaning | None) -> bool:
        """Whether its clause says so: "hồ sơ quá hạn đang giải quyết" are late, and pending."""
        return meaning is self.meaning or (meaning is not None and says(" ".join(self.said.clause(self.at)), meaning))

    @cached_property
    def done(self) -> bool | None:
        """Whether its clause says that they are done with, or that they are left; None where it says neither."""
        lead, _ = self.said.clause(self.at)
        done, left = bool(_DONE.search(lead)), bool(_LEFT.search(lead))
        return None if done is left else done

    @cached_property
    def whole(self) -> frozenset[str]:
        """The telling syllables behind the whole of a fraction, which may go on to tell the part."""
        return telling(" ".join(self.said.clause(self.at)[1].split()[:_CORE])) if self.under else frozenset()

    @cached_property
    def of(self) -> str | None:
        """What a fraction is of."""
        over = self.said.over(self.at)
        return over[1] if over is not None else None

    @cached_property
    def among(self) -> bool:
        """Whether words take it up as a whole that is known."""
        return bool(_AMONG.search(self.one.lead[-_LONG:]))

    @cached_property
    def digits(self) -> int:
        """The digits of the figure without the zeros at its end: round ones are more often alike by chance."""
        digits = f"{self.value:f}".replace(".", "")
        return max(len(digits.rstrip("0")), len(digits) - 1)

    @property
    def significant(self) -> int:
        """The digits of the figure without any zeros at its end."""
        return len(f"{self.value:f}".replace(".", "").rstrip("0"))

    @cached_property
    def under(self) -> bool:
        """Whether it is the whole of a fraction."""
        at = self.one.start - self.said.sentence.start
        return bool(_UNDER.search(self.said.sentence.text, max(at - 4, 0), at))

    @cached_property
    def demanded(self) -> bool:
        """Whether its part of the sentence says what somebody is to do about what was told."""
        text, at = self.said.plain, self.one.start - self.said.sentence.start
        end = text.find(";", at)
        return data().demands.is_in(text[text.rfind(";", 0, at) + 1 : end if end >= 0 else len(text)])

    @cached_property
    def hold(self) -> Hold:
        """How surely words take it up as known."""
        if any(word in self.one.behind for word in _NAMING) and data().named.match(self.one.behind):
            return Hold.NAMED
        if self.of is not None:
            return Hold.NONE
        lead = self.one.lead[-_LONG:]
        if self.one.start == self.said.sentence.start and data().all.search(self.one.behind):
            return Hold.KNOWN
        if self.under or self.among or data().known.search(lead[-_SHORT:]):
            return Hold.KNOWN
        asked = data().acted.search(lead) and not _UNDER_WAY.search(self.one.lead) and self.demanded
        return Hold.KNOWN if asked else Hold.NONE

    @cached_property
    def noun(self) -> frozenset[str]:
        """The telling syllables of its unit but the first: "vụ cháy" are no "vụ việc"."""
        return telling(self.one.unit) - telling(self.one.head)

    @cached_property
    def things(self) -> frozenset[str]:
        """The telling syllables behind it that say which things are counted."""
        if self.under:
            return self.noun
        behind = self.said.behind(self.at)
        if (named := data().named.match(behind)) is not None:
            return telling(named[0]) - telling(self.one.head)
        if self.one.unit == "%" and (rate := _RATE.search(self.said.lead(self.at))) is not None:
            return telling(_ASIDE_OF_THINGS.split(CLAUSE.split(rate[1], maxsplit=1)[0], maxsplit=1)[0])
        ends = _ASIDE_OF_DEMANDS if self.demanded else _ASIDE_OF_THINGS
        behind = ends.split(CLAUSE.split(behind, maxsplit=1)[0], maxsplit=1)[0]
        return telling(" ".join(behind.split()[:_BEHIND])) - telling(self.one.head)

    @cached_property
    def owners(self) -> frozenset[str]:
        """The names of its own clause; not of those who are to do something about it."""
        at, end = (place - self.said.sentence.start for place in (self.one.start, self.one.end))
        text = self.said.sentence.text
        lead = _LIST_OF_NAMES.split(text[at - len(self.one.lead) : at])[-1]
        low = at if self.demanded else at - len(lead)
        high = end + len(_LIST_OF_NAMES.split(text[end : end + len(self.one.behind)], maxsplit=1)[0])
        return frozenset(name for place, name in self.said.named if low <= place < high)

    def is_part_with_another(self, other: Mention) -> bool:
        """Whether the lesser of two makes the greater with another figure of its sentence."""
        part = min(self, other, key=lambda one: one.value)
        return (abs(self.value - other.value), part.kind) in part.said.pairs

    def rest(self, other: Mention) -> set[Decimal]:
        """The figures of its kind that its sentence has over the other's."""
        pairs = self.said.pairs - other.said.pairs
        return {value for value, kind in pairs if kind == self.kind}

    @cached_property
    def beside(self) -> frozenset[tuple[Decimal, str]]:
        """The other figures of the sentence with their kinds."""
        return frozenset(pair for pair in self.said.pairs if pair[0] != self.value)


def mentions(reading: Reading) -> Iterator[list[Mention]]:
    """The figures of each sentence that another sentence may tell again: no bounds, years, or small counts.

    It stops behind 600 figures of a letter, so that one of thousands takes no more time: what follows is not compared.
    """
    count = 0
    for index, block in enumerate(reading.flow.blocks):
        if block.role not in _TOLD or not _DIGIT.search(block.text, block.body):
            continue
        for sentence in sentences(block):
            here = [one for one in figures(sentence, reading, wide=True) if _is_told(one, sentence)]
            if holds(sentence.text, "xếp", "đứng", "hạng", "vị trí") and _RANKED.search(sentence.text):
                here = sorted((*here, *_ranks(sentence, reading)), key=lambda one: one.start)
            said = Said(sentence, index, tuple(here))
            found = [Mention(said, at) for at, one in enumerate(here) if _may_be_again(one)]
            count += len(found)
            if count > _MOST:
                return
            if found:
                yield found


def _may_be_again(one: Figure) -> bool:
    return bool(one.unit) and one.term.value >= _FEWEST and not one.compared and not _BOUND.is_in(one.lead)


def _ranks(sentence: Sentence, reading: Reading) -> Iterator[Figure]:
    """The ranks of a sentence, as figures whose unit is "hạng"."""
    text = sentence.text.lower()
    for match in _RANK.finditer(text):
        start, end = sentence.start + match.start(1), sentence.start + match.end(1)
        proof = reading.proof(start, end, "checks.rank")
        term = Term("hạng", Decimal(match[1]), proof, is_doubtful(proof, reading))
        lead = text[max(match.start() - _LONG, 0) : match.start()]
        behind = text[match.end(1) : match.end() + _LONG]
        yield Figure(term, start, end, "hạng", lead, behind, None, previous=False, compared=False, approximate=False)


def _is_told(one: Figure, sentence: Sentence) -> bool:
    """Whether a figure is none printed as a year ("Bộ luật Hình sự 2015"), and no number of a paragraph."""
    if one.end - one.start == len("2024") and not one.term.decimals and int(one.term.value) in YEARS:
        return False
    behind = sentence.text[one.end - sentence.start :].lstrip()
    if _CITED.match(behind):
        return False
    return one.start > sentence.start or not behind[:1].isupper()
