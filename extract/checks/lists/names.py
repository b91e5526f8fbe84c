"""Names in a list: of places and bodies, by the gazetteer, by their capitals or by the kind of unit they begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extract.checks.lists.words import NOUN, any_of, listed_words
from extract.components.context import UPPER
from gazetteer import load_gazetteer

TYPED: Final = rf"(?:{any_of('typed')})\b"
"""What names that say their type begin with."""
_TYPED: Final = re.compile(TYPED, re.IGNORECASE)
# A name by its capitals alone: "Tân Lập", "xã Hưng Vũ", "Bà Rịa - Vũng Tàu", "Phường 12".
_CAPITAL: Final = rf"[{UPPER}](?:[^\W\d_]|['’](?=[^\W\d_])){{0,11}}"
PROPER: Final = (
    rf"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu"
    rf"|[Tt]hôn|[Bb]ản|[Ll]àng|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Xx]óm|[ÔôBb](?:ng|à)|[Đđ]ồng chí) |TP\. ?)?"
    rf"{_CAPITAL}(?:(?: | ?[-–] ?){_CAPITAL}){{0,5}}(?: \d{{1,2}})?"
)
"""A pattern for a name by its capitals."""
_PROPER: Final = re.compile(PROPER)
_TWO: Final = re.compile(rf"{_CAPITAL} {_CAPITAL}(?: \d{{1,2}})?\svà\s{_CAPITAL} {_CAPITAL}(?: \d{{1,2}})?")
# The last name of a list and what is said behind it: "Minh Khai trong ngày 12/6", "Bình An thuộc huyện Hòa Vang".
_TAIL: Final = re.compile(
    rf"(?P<names>(?:{PROPER}\svà\s)?{PROPER})\s(?!và\s|cùng\s|[{UPPER}])(?=[^\W\d_])(?:(?!\svà\s(?:{TYPED}\s)?[{UPPER}]).)*",
    re.DOTALL,
)
# A unit by its kind, in capitals and with a name behind it: "Trung tâm Công tác xã hội", "Phòng Tổ chức - Hành chính".
_KINDS: Final = rf"(?:{any_of('kinds')})\s+"
UNIT: Final = re.compile(rf"{_KINDS}(?:(?:[a-zà-ỹ]{{1,7}} ){{0,3}}[{UPPER}]|(?:tỉnh|thành phố|thị xã|huyện|xã)\b)")
"""How the name of a unit begins."""
_AND_UNIT: Final = re.compile(rf"\svà\s(?={_KINDS})")
_TALL: Final = re.compile(r"^l(?=a [A-ZĐ])")  # Ia Grai, Ia Pa: a capital that engines read as a small letter
_KIND_WITHIN: Final = re.compile(rf"(?:và\s+)?các\s+({NOUN})\s*:?\s+(?=[{UPPER}])", re.IGNORECASE)
_NEXT_KIND: Final = re.compile(rf"\s+và\s+(?=các\s+(?:{NOUN})\s*:?\s+[{UPPER}])", re.IGNORECASE)
_LONGEST_NAME: Final = 80  # characters
# What a comma inside a name stands before, "Phòng Văn hóa, Thể thao": there it does not part two.
SECOND: Final = re.compile(rf"(?:{any_of('second_halves')})\b")
"""The second half of a name with a comma or "và" in it."""
_AND_OTHER: Final = re.compile(rf"\svà\s(?!{SECOND.pattern})|\s(?:ở|tại|thuộc)\s")
_NOUNS: Final = re.compile(r"[,;]\s|\svà\s")
_PLACES: Final = frozenset(listed_words("bodies")) | frozenset(listed_words("places"))
_PREFIXES: Final = {"sở": "Sở ", "bộ": "Bộ "}
_TOLD: Final = re.compile(
    r"[\s:–-]{0,4}(?:\b(?:có|với|đạt|còn|là|được)\s)?(?<![\d.,])\d[\d.,]{0,12}(?:\s?(?:%|[^\W\d_]{1,7}(?:\s[^\W\d_]{1,7}){0,3}))?$"
)
# What is said of all of them behind the last: "… và Chi Lăng đã gửi báo cáo".
_SAID: Final = re.compile(r"\s(?:đã|chưa|đạt|được|bị|còn|để|vẫn|chậm|đều|không|phải|khẩn trương)\s.*", re.DOTALL)
ANY_BODY: Final = frozenset(listed_words("any_body"))
"""Nouns for bodies of whatever type."""


def count_names(pieces: Sequence[str], noun: str) -> int | None:
    """How many names a list holds, None where an item is none.

    Names with commas ("Văn hóa, Thể thao và Du lịch") are put together from neighbours. What is told of a name
    ("Lạc Sơn 12 hồ sơ") does not count, nor the kind of what follows ("các huyện: Cao Lộc, …").
    """
    prefix = prefix_of(noun)
    bodies = is_any_body(noun)
    items: list[tuple[str, str]] = []
    for piece in (part for several in _without_tail(pieces, noun) for part in _NEXT_KIND.split(several)):
        kind = _KIND_WITHIN.match(piece)
        if kind and items and not bodies and (kind[1].lower() not in noun or kind[1].lower() == noun):
            return None  # "5 huyện: Cao Lộc, … và các xã A, B", "… và các huyện A, B"
        prefix = prefix_of(kind[1].lower()) if kind else prefix
        items.append((_bare(piece[kind.end() :] if kind else piece), prefix))
    items[-1] = (_SAID.sub("", items[-1][0]), prefix)
    count = at = 0
    while at < len(items):
        prefix = items[at][1]
        if _TWO.fullmatch(items[at][0]) and not is_of_other_type(items[at][0], noun):
            count += 2
            at += 1
            continue
        size = next((size for size in (3, 2, 1) if _are_one(items[at : at + size], prefix, noun, bodies)), 0)
        if size:
            count += 1
            at += size
            continue
        pair = _pair(items[at][0])
        if len(pair) != 2 or not all(_are_one([(one, prefix)], prefix, noun, bodies) for one in pair):
            return None
        count += 2
        at += 1
    return count if count > 1 else None


def _without_tail(pieces: Sequence[str], noun: str) -> Sequence[str]:
    """The items up to the first name with something said behind it, where none of that kind follows."""
    if not is_place(noun):
        return pieces
    for at, piece in enumerate(pieces):
        tail = _TAIL.fullmatch(piece.removeprefix("và "))
        if tail is None or is_known(piece, prefix_of(noun)) or _typed_otherwise(piece, noun):
            continue
        behind = pieces[at + 1 :]
        if " " not in tail["names"] and not is_known(tail["names"], prefix_of(noun)):
            return pieces
        ends = at and all(is_of_other_type(one, noun) or not _PROPER.match(one.removeprefix("và ")) for one in behind)
        return [*pieces[:at], tail["names"]] if ends else pieces
    return pieces


def _typed_otherwise(piece: str, noun: str) -> bool:
    """Whether the last name of an item is of another type: "Lâm Đồng và Thành phố Hồ Chí Minh" among provinces."""
    return is_of_other_type(re.split(r"\svà\s", piece)[-1], noun)


def prefix_of(noun: str) -> str:
    """What names of this noun leave out in a list: "Sở " in "các sở: Y tế, Tư pháp"."""
    return _PREFIXES.get(noun, "")


def _pair(item: str) -> list[str]:
    """The two names of an item, parted by its one "và" or by the last before a unit's kind."""
    halves = re.split(r"\svà\s", item)
    if len(halves) > 2:
        units = list(_AND_UNIT.finditer(item))
        return [item[: units[-1].start()], item[units[-1].end() :]] if units else []
    return halves


def is_any_body(noun: str) -> bool:
    """Whether a noun stands for bodies of whatever type: "đơn vị", "phòng, cơ quan"."""
    return noun in ANY_BODY or any(part in ANY_BODY for part in _NOUNS.split(noun))


def is_place(noun: str) -> bool:
    """Whether a noun is a kind of places or bodies, which have names."""
    return noun in _PLACES or any(part in _PLACES for part in _NOUNS.split(noun))


def _are_one(items: Sequence[tuple[str, str]], prefix: str, noun: str, bodies: bool) -> bool:
    """Whether some neighbours are one name of what is counted."""
    name = ", ".join(_TALL.sub("I", item) for item, _ in items)
    if not name or is_of_other_type(name, noun):
        return False
    unit = UNIT.match(name) if len(items) == 1 else None
    if unit and (bodies or name.split()[0].lower() in noun) and not _AND_OTHER.search(name):
        return True
    return " và " in name and is_known(name, prefix) if len(items) > 1 else _is_name(name, prefix)


def _bare(item: str) -> str:
    """An item without "và" before it and what is told behind it."""
    return _TOLD.sub("", item.removeprefix("và ")).strip(" .:–-")


def is_of_other_type(item: str, noun: str) -> bool:
    """Whether an item names its type, and it is not that of the noun that is counted."""
    typed = _TYPED.match(item) if not is_any_body(noun) else None
    return typed is not None and typed.group().lower().replace("tp", "thành phố") not in noun


@lru_cache(maxsize=8192)
def _is_name(text: str, prefix: str) -> bool:
    if len(text) > _LONGEST_NAME:
        return False
    return (not prefix and bool(_PROPER.fullmatch(text))) or is_known(text, prefix)


@lru_cache(maxsize=8192)
def is_known(text: str, prefix: str) -> bool:
    """Whether the gazetteer has a name, as it stands or behind the word its list leaves out."""
    if len(text) > _LONGEST_NAME:
        return False
    gazetteer = load_gazetteer()
    names = [text, prefix + text] if prefix and not text.lower().startswith(prefix.lower()) else [text]
    for name in names:
        found = gazetteer.resolve(name)
        if any(candidate.how in ("exact", "folded") for candidate in found.candidates):
            return True
    return False
