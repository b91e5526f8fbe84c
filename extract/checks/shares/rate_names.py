"""Counts that a share speaks of by name: "tỷ lệ giải quyết đúng hạn đạt 97,7%", "Vốn tỉnh hỗ trợ chiếm 45%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from extract.checks.figures.breaks import WORD
from extract.checks.figures.quantities import Meaning, Quantity, meaning_of
from extract.checks.figures.terms import merged

_RATE: Final = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng) ([^\d,;:.()%]{3,80})$")
_OWN_RATE: Final = re.compile(r"\b(?:đạt|chiếm|với|có)(?: một)?\s*$")
_SUBJECT: Final = re.compile(r"^([^\d,;:.()%]{3,80}?)\s(?:chiếm|đạt|bằng)(?: (?:tỷ|tỉ) lệ)?$")
_VERBS: Final = frozenset({"đạt", "là", "chiếm", "bằng", "được", "ước", "mức", "ở", "tới", "khoảng", "tương", "đương"})
_EMPTY: Final = frozenset({
    *("tổng", "số", "của", "toàn", "trong", "trên", "cả", "so"), *("với", "các", "là", "và", "được", "đã", "có", "tại"),
})  # fmt: skip
_FAR: Final = 12  # figures from a rate back to the count it names
_LONG: Final = 90  # characters before a share in which it is named


def rate_name(between: str) -> tuple[str, str]:
    """The words before a rate's name, and the name: "hồ sơ; ", "hồ sơ đúng hạn"; no name where it has none.

    Args:
        between: what stands between a share and the figure before it, in lower case.
    """
    match = _RATE.search(between, max(len(between) - _LONG, 0))
    if match is None:
        return between, ""
    named = match[1].split()
    while named and named[-1] in _VERBS:
        named.pop()
    return (between[: match.start()], " ".join(named)) if len(named) > 1 else (between, "")


def owns(item: Quantity, lead: str, name: str) -> bool:
    """Whether a rate of a name behind a count is that count's: "đạt tỷ lệ bao phủ", "298 hộ nghèo; tỷ lệ hộ nghèo"."""
    meaning = meaning_of(name)
    if _OWN_RATE.search(lead):
        return meaning is None or meaning is item.meaning
    return _is_named(item, name, meaning)


def named_count(items: Sequence[Quantity], at: int, name: str) -> Quantity | None:
    """The one count before a share that a name, or the subject of its clause, speaks of."""
    subject = "" if name else _subject(items[at])
    wanted = name or subject
    if not wanted:
        return None
    meaning = meaning_of(wanted)
    several = [one for one in items[max(at - _FAR, 0) : at] if one.unit != "%"]
    alike = [one for one in several if _is_named(one, wanted, meaning) or (subject and _begins(one, subject))]
    if not alike and meaning is Meaning.EARLY_OR_ON_TIME:
        return _both_in_time(several)
    return alike[-1] if alike and len({one.value for one in alike}) == 1 else None


def label(item: Quantity) -> str:
    """The words that lead to a figure and those behind it."""
    return f"{item.before} {item.after}".lower()


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """The words of a text that mean something, two by two."""
    return frozenset(pairwise(word for word in WORD.findall(text) if word not in _EMPTY))


def _subject(share: Quantity) -> str:
    """What stands before the verb of a share, where a clause begins with it."""
    match = _SUBJECT.match(share.before.lower())
    return match[1] if match is not None else ""


def _begins(item: Quantity, subject: str) -> bool:
    """Whether the words that lead to a count are those a subject begins with: "vốn tỉnh" of "vốn tỉnh hỗ trợ"."""
    words = item.before.lower().split()
    return len(words) > 1 and subject.split()[: len(words)] == words


def _is_named(item: Quantity, name: str, meaning: Meaning | None) -> bool:
    if meaning is not None:
        return item.meaning is meaning
    words = pairs_of(name)
    return bool(words) and words <= pairs_of(label(item))


def _both_in_time(items: Sequence[Quantity]) -> Quantity | None:
    """Counts told side by side that were done early and on time, as one."""
    for one, other in pairwise(reversed(items)):
        if {one.meaning, other.meaning} == {Meaning.EARLY, Meaning.ON_TIME} and one.unit == other.unit:
            term = replace(
                one.term,
                name=Meaning.EARLY_OR_ON_TIME.value,
                value=one.value + other.value,
                proof=merged(other.term.proof, one.term.proof),
                doubtful=one.term.doubtful or other.term.doubtful,
            )
            return replace(one, term=term, start=other.start, meaning=Meaning.EARLY_OR_ON_TIME)
    return None
