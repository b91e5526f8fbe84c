"""What is added to a whole before a part of it is taken away: "giao 52,4 tỷ đồng, bổ sung 3,1 tỷ đồng, đã chi 41,2".

A rest is what whole and additions leave together. Where words tell of additions without their figures, or of a whole
that was changed, no rest of it is known. What words say is in the whole already ("gồm cả 200 triệu đồng chuyển nguồn")
is no addition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.checks.figures.complete import OTHER_ENDS
from extract.checks.figures.figures import Figure
from extract.wordlists import wordlist

_CLAUSE: Final = re.compile(r"[,;:()]|\.\s|\bvà\b")
_IN_IT: Final = re.compile(
    r"\b(?:trong (?:đó|số)|(?:bao )?gồm|kể cả|tính cả)\b(?:(?!\b(?:đã|còn|(?:chưa|không) (?:kể|tính))\b|\.\s)[^;()])*+"
)
_DETAIL: Final = re.compile(r"\btrong (?:đó|số)\b[^.]*\.(?=\s)")  # of what was taken away


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wordlist('extract.checks', 'rests')[name]})\b")


def tells_of_more(text: str) -> bool:
    """Whether a text in lower case, from a whole to its rest, tells of what was added to the whole or changed it."""
    return _words("more").search(_IN_IT.sub(" ", text)) is not None


def tells_of_other_ends(text: str) -> bool:
    """Whether a text in lower case, from a whole to its rest, tells of what leaves a count in other ways, or votes."""
    told = _DETAIL.sub(" ", text)
    return bool(OTHER_ENDS.search(told) or _words("opinion").search(told))


def added_to(whole: Figure, part: Figure, told: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures between a whole and what is taken of it, where words say of each that it was added; else none."""
    between = [one for one in told if whole.start < one.start < part.start]
    return tuple(between) if all(map(_is_added, between)) else ()


def _is_added(one: Figure) -> bool:
    if one.change is not None and "thêm" not in one.lead[-len("tăng thêm ") :]:
        return False
    lead, behind = _CLAUSE.split(_IN_IT.sub(" ", one.lead))[-1], _CLAUSE.split(one.behind)[0]
    return _words("added").search(lead) is not None or _words("added").search(behind) is not None
