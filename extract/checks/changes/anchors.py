"""What values are of and what differences are counted from: a time, an aim, a mean.

"so với kế hoạch", "vượt dự toán", "thấp hơn bình quân chung", "gấp 2,7 lần bảy tháng đầu năm 2022" name by what the
other value is told with somewhere else: "dự toán … 10.367,7 tỷ đồng", "bình quân chung toàn tỉnh là 65,0%".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.wordlists import wordlist

_CLAUSE: Final = re.compile(r"[;()]|\.\s")
_BEHIND_ENDS: Final = re.compile(r"[,;()]|\.(?:\s|$)|\svà\s")
_AROUND: Final = 120  # characters before a figure that say what it is of
_KEYS: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
UNTIMED: Final = frozenset({"aim", "mean"})  # what others are held against at any time


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    told = wordlist("extract.checks", "anchors")
    kinds = {name: re.compile(rf"\b(?:{pattern})") for name, pattern in told["anchors"].items()}
    return kinds, re.compile(told["leads_before"]), re.compile(told["leads_behind"]), re.compile(told["value_behind"])


def anchors_in(text: str) -> frozenset[str]:
    """The times, aims and means that words name, in lower case; periods with their number: "year 2023", "quarter 2"."""
    found = set()
    for name, pattern in _patterns()[0].items():
        for match in pattern.finditer(text):
            number = next((group for group in match.groups() if group), "") if match.groups() else ""
            found.add(f"{name} {_KEYS.get(number, number).lstrip('0')}".rstrip())
    return frozenset(found)


def of_value(lead: str, behind: str) -> frozenset[str]:
    """What a value is of, by the words of its clause before it and those that follow it at once."""
    told = _CLAUSE.split(lead[-_AROUND:].rstrip("( "))[-1]  # "so với kế hoạch (24.500 ha)"
    after = _patterns()[3].match(behind)
    return anchors_in(told) | (anchors_in(after[0]) if after is not None else frozenset())


def of_difference(lead: str, behind: str) -> frozenset[str]:
    """What a difference is counted from, by the words on either side of it; nothing where they do not say."""
    _, before, after, _ = _patterns()
    told = _CLAUSE.split(lead[-_AROUND:])[-1]
    opened = list(before.finditer(told))
    found = anchors_in(told[opened[-1].start() :]) if opened else frozenset()
    follows = _BEHIND_ENDS.split(behind.lstrip("% "), maxsplit=1)[0]
    if (match := after.search(follows)) is not None:
        found |= anchors_in(follows[match.start() :])
    return found


def period_of(keys: frozenset[str]) -> tuple[str, int] | None:
    """The one year, quarter or month among what a value is of; the smallest stretch where several are told."""
    for kind in ("month", "quarter", "year"):
        told = [int(key.rpartition(" ")[2]) for key in keys if key.startswith(f"{kind} ") and key[-1].isdigit()]
        if len(told) == 1:
            return kind, told[0]
    return None


def clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a value is told to be of something else than what a difference is counted from."""
    if not one or not other or one & other:
        return False
    periods = [keys - {"past"} for keys in (one, other)]
    past = "past" in one or "past" in other  # "hơn năm trước 2,40% (năm 2021: 71,15%)"
    return not (past and all(key[-1].isdigit() for keys in periods for key in keys))
