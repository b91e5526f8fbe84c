"""Figures of running text with what they count: the words of their clause, whom they are of, and when.

What a figure counts is read when it is asked for: most figures of a letter are like no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING, Meaning, meaning_of
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import Term, is_doubtful
from extract.components.context import UPPER, Sentence
from extract.components.when import YEARS
from extract.records import Reading, Role
from extract.wordlists import wordlist

_BOUND: Final = re.compile(
    r"\b(?:từ|trên|dưới|không quá|ít nhất|cứ|mốc|mức|đến)\s$"
    r"|\b(?:tối đa|tối thi[ểề]u|mức phạt|phạt tiền|thuế suất|hưởng)\s[^,;]{0,40}$"
)
_CLAUSE: Final = re.compile(r"[,;:()](?!\d)|\s(?:trong đó|và)\s")
_SYLLABLE: Final = re.compile(r"[^\W\d_]+")
# Words with capitals, one alone with the word behind it; at the beginning of a sentence two.
_NAME: Final = re.compile(
    rf"(?<![-–:(\"“.] )(?<=\s)[{UPPER}][^\W\d_]*(?:(?:\s[{UPPER}][^\W\d_]*){{1,4}}|(?:\s[^\W\d_]+)?)"
    rf"|^[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+){{1,4}}"
)
_ROMAN: Final = re.compile(r"(?:\b(?:Q|q)uý )?\b[IVX]+\b")
_RANKED: Final = re.compile(r"\b(?:xếp|đứng|hạng|vị trí)\b", re.IGNORECASE)
_RANK: Final = re.compile(
    r"\b(?:xếp|đứng|vị trí|thứ hạng|(?:lên|xuống|giữ)(?: vị trí| hạng)?)(?: hạng)?(?: thứ)? (?:hạng )?"
    r"(\d{2,3})(?![\d.,]*\d)(?:\s?/\s?(\d{2,3}))?"
)
_OF: Final = re.compile(r"\s?/\s?(\d[\d.]*)(?=\s)")
# "trong số", "giải quyết dứt điểm 63 hồ sơ": nobody is asked to finish what was not told
_AMONG: Final = re.compile(
    r"(?:trong|trên)(?: tổng)? số\s$|trong tổng\s$|\b(?:dứt điểm|giải quyết hết|(?:xử lý|giải quyết) xong|làm sạch"
    r"|giải trình nguyên nhân)(?: đối với)?(?: toàn bộ| cả)?\s$"
)
_LABEL: Final = re.compile(r"[^.;:\d]{3,60}:")
_ITS_SHARE: Final = re.compile(r"[^.;\d]{0,24}[,(]?\s?(?:chiếm|đạt|bằng|tỷ lệ|tăng|giảm)?[^.;,\d]{0,16}\s?$")
_DIGIT: Final = re.compile(r"\d")
# What begins to say something of what was counted.
_PREDICATE: Final = re.compile(r"\b(?:bảo đảm|đảm bảo|được|có|đã|là|thì|theo|để|nhằm|trong|tại|của|với)\b")
_COPULA: Final = re.compile(r"(?:\b(?:là|đạt|còn)|:)\s?$")  # what is counted stands before it
_REST: Final = "còn lại"
_CORE: Final = 4  # syllables on either side of a figure
_FEWEST: Final = 10  # a smaller count is another's by chance
_MOST: Final = 600  # figures of a letter
_LEAD: Final = 2  # syllables that a clause must have to say what is counted
_LONG: Final = 120  # characters around a fraction or rank
_FAR: Final = 400  # characters before a figure or sentence in which it is said what and when it is of
_BEHIND: Final = 9  # words behind a figure that belong to it
_SUMMARY: Final = (Role.SUBJECT, Role.HEADING)
_TOLD: Final = (*RUNNING, Role.SUBJECT)


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence with its figures, in the paragraph at an index of the flow."""

    sentence: Sentence
    block: int
    figures: tuple[Figure, ...]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """The telling syllables of the sentence."""
        return telling(self.sentence.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """What has a capital in it."""
        return _names(self.sentence.text)

    @cached_property
    def label(self) -> frozenset[str]:
        """What has a capital before the colon that the paragraph begins with."""
        block = self.sentence.block
        match = _LABEL.match(block.text, block.body)
        return _names(f" {match[0]}") if match is not None else frozenset()

    @cached_property
    def times(self) -> frozenset[str]:
        """The times that the sentence names, else the last one before it in its paragraph."""
        found = data().times.findall(self.sentence.text.lower())
        if not found:
            block = self.sentence.block
            at = self.sentence.start - block.start
            found = data().times.findall(block.text[max(at - _FAR, 0) : at].lower())[-1:]
        return frozenset(time.strip(".,") for time in found)

    @cached_property
    def pairs(self) -> frozenset[tuple[Decimal, str]]:
        """The figures with their kinds."""
        return frozenset((one.term.value, kind_of(one.unit)) for one in self.figures if one.unit)

    @cached_property
    def summary(self) -> bool:
        """Whether it is a title or heading."""
        return self.sentence.block.role in _SUMMARY

    @cached_property
    def planned(self) -> bool:
        """Whether it says that what it counts is still to come."""
        return bool(data().planned.search(self.sentence.text.lower()))

    def words(self, at: int) -> frozenset[str]:
        """The telling syllables of the clause of a figure; a share or change has those of what it is of, too."""
        one = self.figures[at]
        lead, behind = self.clause(at)
        named = frozenset(syllable for name in self.names for syllable in name.split())
        words = telling(f"{lead} {behind}") - telling(one.head) - named
        if self.is_of_another(at):
            told = self.sentence.text[: one.start - self.sentence.start].rpartition(";")[2]
            words |= telling(told[-_FAR:]) - named
        return words

    def is_of_another(self, at: int) -> bool:
        """Whether a figure is the change or share of what is told before it."""
        one = self.figures[at]
        return one.change is not None or (one.unit == "%" and bool(_ITS_SHARE.fullmatch(one.lead)))

    def clause(self, at: int) -> tuple[str, str]:
        """The words that lead to a figure in its clause, and those behind it."""
        one, text = self.figures[at], self.sentence.text
        parts = _CLAUSE.split(one.lead)
        lead = parts.pop()
        while parts and len(telling(lead)) < _LEAD:
            lead = f"{parts.pop()} {lead}"
        over = self.over(at)
        behind = text[over.end() : over.end() + _LONG].lower() if over is not None else one.behind
        behind = _CLAUSE.split(behind.lstrip(" /%"), maxsplit=1)[0]
        return lead, " ".join(_DIGIT.split(behind, maxsplit=1)[0].split()[:_BEHIND])

    def over(self, at: int) -> re.Match[str] | None:
        """What stands behind a fraction's stroke."""
        return _OF.match(self.sentence.text, self.figures[at].end - self.sentence.start)


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
        """What is counted."""
        return kind_of(self.one.unit)

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
        before = _SYLLABLE.findall(data().empty.sub(" ", lead.lower()))
        if not _COPULA.search(lead):
            before = before[-_CORE:]
        return self.words & {*before, *_SYLLABLE.findall(data().empty.sub(" ", _PREDICATE.split(behind)[0]))[:_CORE]}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Words of its clause that tell kinds apart, over figures that are no counts too: "1 ngày có 55 vụ"."""
        _, behind = self.said.clause(self.at)
        before = self.said.sentence.text[: self.one.start - self.said.sentence.start].lower()
        found = frozenset(data().kinds.findall(f"{_CLAUSE.split(before)[-1]} {behind}"))
        # "còn lại đang giải quyết" and "đang giải quyết" are one
        return found - {_REST} if self.meaning is Meaning.PENDING else found

    @cached_property
    def meaning(self) -> Meaning | None:
        """What it counts, where that is known."""
        lead, behind = self.said.clause(self.at)
        said = (lead, behind) if _COPULA.search(lead) else (behind, lead)
        return next((means for words in said if (means := meaning_of(words)) is not None), None)

    @cached_property
    def of(self) -> str | None:
        """What a fraction is of."""
        over = self.said.over(self.at)
        return over[1] if over is not None else None

    @cached_property
    def among(self) -> bool:
        """Whether words take it up as a whole that is known."""
        return bool(_AMONG.search(self.one.lead))

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
            if _RANKED.search(sentence.text):
                here = sorted((*here, *_ranks(sentence, reading)), key=lambda one: one.start)
            said = Said(sentence, index, tuple(here))
            found = [Mention(said, at) for at, one in enumerate(here) if _may_be_again(one)]
            count += len(found)
            if count > _MOST:
                return
            if found:
                yield found


def _may_be_again(one: Figure) -> bool:
    return bool(one.unit) and one.term.value >= _FEWEST and not one.compared and not _BOUND.search(one.lead)


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
    return one.start > sentence.start or not behind[:1].isupper()


def _names(text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in _NAME.findall(_ROMAN.sub("", text)))


def telling(text: str) -> frozenset[str]:
    """The syllables of a text that say what is counted, in lower case."""
    return frozenset(_SYLLABLE.findall(data().empty.sub(" ", text.lower())))


@dataclass(frozen=True, slots=True)
class Data:
    """The words of `data/told.toml`."""

    empty: re.Pattern[str]
    kinds: re.Pattern[str]
    times: re.Pattern[str]
    planned: re.Pattern[str]


@cache
def data() -> Data:
    """The words, as they stand in the data."""
    known = wordlist("extract.checks", "told")
    empty = re.compile(rf"\b(?:{'|'.join(known['empty'])})\b")
    kinds, planned = (re.compile(rf"\b{known[name]}\b") for name in ("kinds", "planned"))
    return Data(empty, kinds, re.compile(rf"\b{known['times']}"), planned)
