"""Counts of one repair against what the text says: words, edits, honesty, numbers, a second repair."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache

from rapidfuzz.distance import LCSseq, Levenshtein

from normalize.edits import Cause, Edit, Repaired
from normalize.repairer import Damage, Repairer
from normalize.syllables import place_tone

SURE = 0.95
"""Edits claimed with at least this probability are held to it."""

_WORD = re.compile(r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NUMBER = re.compile(r"(?<![\w&$§£€¢@¥'’‘])\d+(?![\w&$§£€¢@¥'’‘])")
"""A number standing by itself; a digit beside a letter or such a sign (`s6`, `1€`, `v’6'i`) is in a misread word."""

_FIGURE = re.compile(r"[^\W_]*\d[^\W_]*")
_BY_RULE = (Cause.NUMBER, Cause.SYMBOL)


@dataclass(slots=True)
class Measured:
    """Counts over texts; they add up.

    `wrong` and `before` are distances in words to the truth, after repair and as read, case and tone placement
    aside. `sure` edits have a word of the truth opposite them, `unplaced` ones have none (a stamp, a line out of
    order). `digits` counts changes of digits that no rule names; `mended` and `harmed` are words with digits that
    repair made right and made wrong, by rule or not. `again` is what a second repair changes, in words. `seconds` is
    processor time.
    """

    words: int = 0
    before: int = 0
    wrong: int = 0
    edits: int = 0
    sure: int = 0
    sure_right: int = 0
    unplaced: int = 0
    digits: int = 0
    mended: int = 0
    harmed: int = 0
    again: int = 0
    seconds: float = 0.0

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def right(self) -> float:
        """Share of the words that is right after repair."""
        return 1 - self.wrong / max(self.words, 1)

    @property
    def right_before(self) -> float:
        """Share of the words that was right as read."""
        return 1 - self.before / max(self.words, 1)

    @property
    def ratio(self) -> float:
        """Wrong words after repair for one before it."""
        return self.wrong / max(self.before, 1)

    @property
    def honest(self) -> float | None:
        """Share of the sure edits that is right; None where there are none."""
        return self.sure_right / self.sure if self.sure else None

    def cells(self) -> str:
        """The columns of `HEADER` behind the name."""
        honest = "–" if self.honest is None else f"{self.honest:.4f}"
        speed = self.words / max(self.seconds, 1e-9)
        return (
            f"{self.words} | {self.right_before:.4f} | {self.right:.4f} | {self.edits} | {self.sure} | {honest} | "
            f"{self.unplaced} | {self.digits} | {self.mended} | {self.harmed} | {self.again} | {speed:,.0f} |"
        )


HEADER = (
    "| text | words | right as read | right | edits | claimed ≥ 0.95 | of these right | not to be judged | "
    "digits changed without a rule | numbers mended | numbers harmed | words a second repair changes | words/s |\n"
    + "|---" * 13
    + "|"
)


def total(counts: Iterable[Measured]) -> Measured:
    """All of them together."""
    return sum(counts, Measured())


def measure(repairer: Repairer, raw: str, truth: str, damage: Damage) -> Measured:
    """Repair `raw` and count; texts of as many lines are compared line by line, others whole."""
    started = time.process_time()
    repaired = repairer.repair(raw, damage)
    seconds = time.process_time() - started
    counted = compare(repaired, truth)
    counted.seconds = seconds
    counted.again = word_distance(repaired.text, repairer.repair(repaired.text, damage).text)
    return counted


def compare(repaired: Repaired, truth: str) -> Measured:
    """Count a repair that was made."""
    counted = Measured(edits=len(repaired.edits), digits=_digits_changed(repaired))
    judged: dict[int, bool | None] = {}
    spans: list[tuple[int, int]] = []
    for have, offset, want in _stretches(repaired.text, truth):
        have_words, want_words = word_spans(have), words(want)
        verdicts = _verdicts([word for word, _, _ in have_words], want_words)
        for (_, start, end), verdict in zip(have_words, verdicts, strict=True):
            judged[len(spans)] = verdict
            spans.append((offset + start, offset + end))
        counted.words += len(want_words)
        counted.wrong += Levenshtein.distance([word for word, _, _ in have_words], want_words)
    counted.before = sum(
        Levenshtein.distance(words(have), words(want)) for have, _, want in _stretches(repaired.raw, truth)
    )
    read, made = (list(_figures_right(text, truth)) for text in (repaired.raw, repaired.text))
    for was, now in zip(read, made, strict=True):
        counted.mended += max(now - was, 0)
        counted.harmed += max(was - now, 0)
    ends = [end for _, end in spans]
    for edit, low, high in _placed(repaired):
        if edit.probability < SURE or edit.cause is Cause.UNICODE:
            continue
        touched, at = [], bisect_left(ends, low + 1)
        while at < len(spans) and spans[at][0] < high:
            touched.append(judged[at])
            at += 1
        if not touched or None in touched:
            counted.unplaced += 1
        else:
            counted.sure += 1
            counted.sure_right += all(touched)
    return counted


def _placed(repaired: Repaired) -> Iterator[tuple[Edit, int, int]]:
    """Each edit with its start and end in the repaired text."""
    shift = 0
    for edit in repaired.edits:
        yield edit, edit.start + shift, edit.start + shift + len(edit.after)
        shift += len(edit.after) - len(edit.before)


def _stretches(have: str, truth: str) -> Iterator[tuple[str, int, str]]:
    """What is compared with what: lines where both have as many, else the whole; with the offset in `have`."""
    lines, wanted = have.split("\n"), truth.split("\n")
    if len(lines) != len(wanted):
        yield have, 0, truth
        return
    at = 0
    for line, want in zip(lines, wanted, strict=True):
        yield line, at, want
        at += len(line) + 1


def _figures_right(text: str, truth: str) -> Iterator[int]:
    """For each stretch how many of its words with digits stand so, and in this order, in the truth."""
    for have, _, want in _stretches(text, truth):
        yield LCSseq.similarity(_FIGURE.findall(have), _FIGURE.findall(want))


def _verdicts(have: list[str], want: list[str]) -> list[bool | None]:
    """For each word of `have` whether it is right; None where the truth has nothing opposite."""
    verdicts: list[bool | None] = [None] * len(have)
    for code in Levenshtein.opcodes(have, want):
        for place in range(code.src_start, code.src_end):
            verdicts[place] = {"equal": True, "replace": False}.get(code.tag)
    return verdicts


def words(text: str) -> list[str]:
    """The words of a text, lower case, one tone placement, without numbers."""
    return [word for word, _, _ in word_spans(text)]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words with their start and end."""
    return [(_settled(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


@cache
def _settled(word: str) -> str:
    return place_tone(word.lower())


def word_distance(have: str, want: str) -> int:
    """Words in which two texts differ, case included, line by line where both have as many."""
    return sum(
        Levenshtein.distance(line.split(), other.split()) for line, _, other in _stretches(have, want) if line != other
    )


def _digits_changed(repaired: Repaired) -> int:
    """Edits without a rule that change a number standing by itself, or write a digit that was not read."""
    standing = {place for found in _NUMBER.finditer(repaired.raw) for place in range(found.start(), found.end())}
    changed = 0
    for edit in repaired.edits:
        if edit.cause in _BY_RULE or edit.cause is Cause.UNICODE:
            continue
        kept = [letter for letter in edit.after if letter.isdecimal()]
        read = [edit.before[at - edit.start] for at in range(edit.start, edit.end) if at in standing]
        changed += bool(kept and not set(kept) <= set(edit.before)) or (bool(read) and kept != read)
    return changed
