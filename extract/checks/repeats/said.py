"""Sentences with their figures: what they say of time, names and kinds, and the words of each figure's clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.figures import Figure
from extract.checks.repeats.telling import data, telling
from extract.components.context import UPPER, Sentence
from extract.records import Role

CLAUSE: Final = re.compile(r"[,;:()](?!\d)|\s(?:trong đó|và)\s")
# Words with capitals, one alone with the word behind it; at the beginning of a sentence two.
_NAME: Final = re.compile(
    rf"(?<![-–:(\"“.] )(?<=\s)[{UPPER}][^\W\d_]*(?:(?:\s[{UPPER}][^\W\d_]*){{1,4}}|(?:\s[^\W\d_]+)?)"
    rf"|^[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+){{1,4}}"
)
_ROMAN: Final = re.compile(r"(?:\b(?:Q|q)uý )?\b[IVX]+\b")
_OF: Final = re.compile(r"\s?/\s?(\d[\d.]*)(?=\s)")
_LABEL: Final = re.compile(r"[^.;:\d]{3,60}:")
_ITS_SHARE: Final = re.compile(r"[^.;\d]{0,24}[,(]?\s?(?:chiếm|đạt|bằng|tỷ lệ|tăng|giảm)?[^.;,\d]{0,16}\s?$")
_DIGIT: Final = re.compile(r"\d")
_LEAD: Final = 2  # syllables that a clause must have to say what is counted
_LONG: Final = 120  # characters around a fraction or rank
_FAR: Final = 400  # characters before a figure or sentence in which it is said what and when it is of
_BEHIND: Final = 9  # words behind a figure that belong to it
_ASIDE: Final = 40  # characters before a time
_LINE: Final = 160  # characters of a line that may be a title
_PARAGRAPH: Final = 1500  # characters of a paragraph
_SUMMARY: Final = (Role.SUBJECT, Role.HEADING)


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
    def named(self) -> tuple[tuple[int, str], ...]:
        """What has a capital in it, and where."""
        text = _ROMAN.sub(lambda found: " " * len(found[0]), self.sentence.text)
        return tuple((found.start(), found[0].lower()) for found in _NAME.finditer(text))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the sentence."""
        return frozenset(name for _, name in self.named)

    @cached_property
    def plain(self) -> str:
        """The sentence in lower case, blank where its names stand."""
        text = self.sentence.text.lower()
        for start, name in self.named:
            text = f"{text[:start]}{' ' * len(name)}{text[start + len(name) :]}"
        return text

    def lead(self, at: int) -> str:
        """What leads to a figure since the one before it, without names."""
        end = self.figures[at].start - self.sentence.start
        return self.plain[end - len(self.figures[at].lead) : end]

    def behind(self, at: int) -> str:
        """What stands behind a figure until the next one, without names."""
        start = self.figures[at].end - self.sentence.start
        return self.plain[start : start + len(self.figures[at].behind)]

    @cached_property
    def label(self) -> frozenset[str]:
        """What has a capital before the colon that the paragraph begins with."""
        block = self.sentence.block
        match = _LABEL.match(block.text, block.body)
        return _names(f" {match[0]}") if match is not None else frozenset()

    @cached_property
    def times(self) -> frozenset[str]:
        """The times that the sentence names, else the last one before it in its paragraph."""
        text = self.sentence.text.lower()
        found = [match[0] for match in data().times.finditer(text) if not _is_aside(text, match.start())]
        if not found:
            block = self.sentence.block
            at = self.sentence.start - block.start
            found = data().times.findall(block.text[max(at - _FAR, 0) : at].lower())[-1:]
        return frozenset(time.strip(".,") for time in found)

    @cached_property
    def paragraph(self) -> frozenset[str]:
        """The telling syllables of the paragraph, as far as the sentence."""
        block = self.sentence.block
        end = self.sentence.end - block.start
        return telling(block.text[max(end - _PARAGRAPH, 0) : end])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All words that tell kinds apart."""
        return frozenset(data().kinds.findall(self.sentence.text.lower()))

    @cached_property
    def pairs(self) -> frozenset[tuple[Decimal, str]]:
        """The figures with their kinds."""
        return frozenset((one.term.value, kind_of(one.unit)) for one in self.figures if one.unit)

    @cached_property
    def summary(self) -> bool:
        """Whether it is a title or heading, or a line like one."""
        block = self.sentence.block
        return block.role in _SUMMARY or (len(block.text) <= _LINE and block.text.rstrip()[-1:].isalpha())

    @cached_property
    def planned(self) -> bool:
        """Whether it says that what it counts is still to come."""
        return bool(data().planned.search(self.sentence.text.lower()))

    def words(self, at: int) -> frozenset[str]:
        """The telling syllables of the clause of a figure; a share or change has those of what it is of, too."""
        one = self.figures[at]
        words = telling(" ".join(self.clause(at)))
        if self.is_of_another(at):
            words |= telling(self.plain[: one.start - self.sentence.start].rpartition(";")[2][-_FAR:])
        return words - telling(one.head)

    def is_of_another(self, at: int) -> bool:
        """Whether a figure is the change or share of what is told before it."""
        one = self.figures[at]
        return one.change is not None or (one.unit == "%" and bool(_ITS_SHARE.fullmatch(one.lead)))

    def clause(self, at: int) -> tuple[str, str]:
        """The words that lead to a figure in its clause, and those behind it."""
        parts = CLAUSE.split(self.lead(at))
        lead = parts.pop()
        while parts and len(telling(lead)) < _LEAD:
            lead = f"{parts.pop()} {lead}"
        over = self.over(at)
        behind = self.plain[over.end() : over.end() + _LONG] if over is not None else self.behind(at)
        behind = CLAUSE.split(behind.lstrip(" /%"), maxsplit=1)[0]
        return lead, " ".join(_DIGIT.split(behind, maxsplit=1)[0].split()[:_BEHIND])

    def over(self, at: int) -> re.Match[str] | None:
        """What stands behind a fraction's stroke."""
        return _OF.match(self.sentence.text, self.figures[at].end - self.sentence.start)


def _is_aside(text: str, at: int) -> bool:
    """Whether a time is a deadline, or of what is compared."""
    return bool(data().aside.search(text, max(at - _ASIDE, 0), at))


def _names(text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in _NAME.findall(_ROMAN.sub("", text)))
