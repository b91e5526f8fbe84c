"""How many items a list has: by the marks before them, by what all begin with, or by names.

Commas and "và" stand inside names too ("Văn hóa, Thể thao và Du lịch"), so a number of items is certain only where
marks count them, each is a name, or all begin with one word or a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extract.checks.lists.words import NOUN, any_of, listed_words
from extract.components.context import UPPER
from gazetteer import load_gazetteer

_TYPED: Final = re.compile(
    r"^(?:tỉnh|thành phố|tp|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|sở|ban|chi cục|cục|phòng)\b", re.I
)
# A name by its capitals alone: "Tân Lập", "xã Hưng Vũ", "Bà Rịa - Vũng Tàu", "Phường 12".
_CAPITAL: Final = rf"[{UPPER}](?:[^\W\d_]|['’](?=[^\W\d_])){{0,11}}"
_PROPER: Final = re.compile(
    rf"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu"
    rf"|[Tt]hôn|[Bb]ản|[Ll]àng|[ÔôBb](?:ng|à)|[Đđ]ồng chí) |TP\. ?)?"
    rf"{_CAPITAL}(?:(?: | ?[-–] ?){_CAPITAL}){{0,5}}(?: \d{{1,2}})?"
)
# A unit by its kind, in capitals and with a name behind it: "Trung tâm Công tác xã hội", "Phòng Tổ chức - Hành chính".
_KINDS: Final = rf"(?:{any_of('kinds')})\s+"
_UNIT: Final = re.compile(rf"{_KINDS}(?:(?:[a-zà-ỹ]{{1,7}} ){{0,3}}[{UPPER}]|(?:tỉnh|thành phố|thị xã|huyện|xã)\b)")
_AND_UNIT: Final = re.compile(rf"\svà\s(?={_KINDS})")
_TALL: Final = re.compile(r"^l(?=a [A-ZĐ])")  # Ia Grai, Ia Pa: a capital that engines read as a small letter
_FEW: Final = 3  # items of a list without marks
_MOST: Final = 400
_GOES_ON: Final = re.compile(rf"(?:và|cùng)\b|các [^:;,.]{{2,24}}:|{_TYPED.pattern[1:]}", re.IGNORECASE)
_NEXT_COUNT: Final = re.compile(
    r"(?:[;,]\s+(?:và\s+)?|\s+(?:và|cùng|cùng với|với)\s+)(?:có\s|còn\s)?\d{1,4}\s+[^\W\d_]"
)
_KIND: Final = re.compile(rf"(?:các\s+)?({NOUN})\s*:\s*", re.IGNORECASE)  # "gồm các Sở: Y tế, Xây dựng"
_KIND_WITHIN: Final = re.compile(rf"(?:và\s+)?các\s+({NOUN})\s*:?\s+(?=[{UPPER}])", re.IGNORECASE)
# What shows that a list is not all there, or not one.
_OPEN: Final = re.compile(r"…|\.\.|\bv\.?\s?v\b|\bmột số\b|\bkhác$|\bcòn lại\b|,\W*$")
_NEXT_KIND: Final = re.compile(rf"\s+và\s+(?=các\s+(?:{NOUN})\s*:?\s+[{UPPER}])", re.IGNORECASE)
_LONGEST_ITEM: Final = 12  # words of an item between semicolons; a longer one is a sentence
_LONGEST_CLOSED: Final = 30  # … in a list that "; và" ends
_SHORT: Final = 6  # words of an item that is told from its neighbours by its commas only
_NO_ITEM: Final = re.compile(r"\b(?:các|những|cả|gồm)\s|[\"“”:]|^\d")
_LONGEST_THING: Final = 8  # words of an item between commas that is no name
_LONGEST_NAME: Final = 80  # characters
_COMMA: Final = re.compile(r"\s*[,;](?!\d)\s*")
# What a comma inside a name stands before, "Phòng Văn hóa, Thể thao": there it does not part two.
_SECOND: Final = re.compile(rf"(?:{any_of('second_halves')})\b")
_AND_OTHER: Final = re.compile(rf"\svà\s(?!{_SECOND.pattern})|\s(?:ở|tại|thuộc)\s")
_HEAD: Final = re.compile(rf"({NOUN}|ông|bà)\s", re.IGNORECASE)
# What says more of an item, and can hold commas of its own.
_WITHIN: Final = re.compile(r"\s(?:với|ở|tại|thuộc|do|là|đến|từ|bằng|của|và|theo|trong|trên)\s|:")
_TWO_NAMES: Final = re.compile(rf"\svà\s+[{UPPER}]")
_NOUNS: Final = re.compile(r"[,;]\s|\svà\s")
_PLACES: Final = frozenset(listed_words("bodies")) | frozenset(listed_words("places"))
_PREFIXES: Final = {"sở": "Sở ", "bộ": "Bộ "}
_APART: Final = re.compile(r"(?:và )?(?:riêng|còn|trong khi|ngoài ra|bên cạnh|đồng thời|các|những)\b", re.IGNORECASE)
_DETAIL: Final = re.compile(r"\s?\([^()]{1,80}\)")  # of a name in a list: "Cát Hải (Hải Phòng)", "Lạc Sơn (12 hồ sơ)"
_TOLD: Final = re.compile(
    r"[\s:–-]{0,4}(?:\b(?:có|với|đạt|còn|là|được)\s)?(?<![\d.,])\d[\d.,]{0,12}(?:\s?(?:%|[^\W\d_]{1,7}(?:\s[^\W\d_]{1,7}){0,3}))?$"
)
# What is said of all of them behind the last: "… và Chi Lăng đã gửi báo cáo".
_SAID: Final = re.compile(r"\s(?:đã|chưa|đạt|được|bị|còn|để|vẫn|chậm|đều|không|phải|khẩn trương)\s.*", re.DOTALL)
ANY_BODY: Final = frozenset(listed_words("any_body"))
"""Nouns for bodies of whatever type."""
# What goes before each item; a list has one style.
_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\((\d{1,2})\)",
        r"\(([ivx]{1,5})\)",
        r"(?:^|[;,.]\s?|\svà\s)(\d{1,2})\)(?:\s|(?=[^\W\d_]))",
        r"(?:^|[;,.]\s?|\svà\s)([IVX]{1,5})\.\s",
        r"(?:^|[;,.]\s?|\svà\s)\(?([a-hđ])\)\s",
        r"(?i:(?:^|[;,.]\s?|\svà\s)(?:thứ )?(nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?: là)?[,:]\s)",
    )
)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ROMAN_STYLES: Final = (1, 3)
_LETTERS: Final = "abcdđegh"
_WORDS: Final = (
    ("nhất", "một"),
    ("hai",),
    ("ba",),
    ("tư", "bốn"),
    ("năm",),
    ("sáu",),
    ("bảy",),
    ("tám",),
    ("chín",),
    ("mười",),
)


def count_items(listed: str, noun: str) -> tuple[frozenset[int], bool]:
    """How many items a list can have, and whether that is certain enough to call another count wrong.

    Marks count items themselves. Items between semicolons can end with one "và". Of items between commas only names
    and those that begin alike are certain.
    """
    marked = _marked(listed)
    if marked is not None:
        complete = marked > 1 and not listed.rstrip().endswith(";")
        return (frozenset({marked}), True) if complete else (frozenset(), False)
    kind = _KIND.match(listed)
    if kind is not None:
        listed, noun = listed[kind.end() :], kind[1].lower()
    listed = listed if "(" in listed else listed.partition(")")[0]
    text = _DETAIL.sub("", _NEXT_COUNT.split(listed, maxsplit=1)[0].strip())
    text = _own_part(text) if _is_place(noun) else text
    bare = text.strip(" .;:")
    pieces = [piece for piece in _COMMA.split(bare) if piece]
    if not pieces or len(pieces) > _MOST or _OPEN.search(text) or ")" in bare or "(" in bare or bare[0].isdigit():
        return frozenset(), False
    if ";" in bare and (found := _headed(bare)) is not None:
        return frozenset({found}), True
    for count in (_named, _begun_alike, _begun_with_capitals):
        if (found := count(pieces, noun)) is not None:
            return frozenset({found}), True
    if ";" in bare:
        return _between_semicolons(bare, noun)
    if (closed := _closed_by_and(pieces, noun)) is not None:
        return frozenset({closed}), True
    ands = sum(len(re.findall(r"\svà\s", piece)) for piece in pieces)
    return frozenset(range(len(pieces), len(pieces) + min(ands, 2) + 1)), False


def count_short(listed: str, noun: str) -> int | None:
    """How many short things brackets hold between commas alone, one word in each: "kinh tế số, xã hội số"."""
    parts = [part.split() for part in _COMMA.split(listed.strip(" .;:")) if part]
    if len(parts) < _FEW or _is_place(noun) or _OPEN.search(listed) or "(" in listed or " và " in listed:
        return None
    alike = len({part[0].lower() for part in parts}) == 1 or len({part[-1].lower() for part in parts}) == 1
    short = all(1 < len(part) <= _SHORT and not _NO_ITEM.search(" ".join(part)) for part in parts)
    return len(parts) if alike and short else None


def _marked(listed: str) -> int | None:
    """How many marks of one style count up from the first; 0 where they do not, None where there are none."""
    for style, pattern in enumerate(_MARKS):
        told = [_value(mark[1], style) for mark in pattern.finditer(listed)]
        if len(told) >= 2 and told[0] == 1:
            return len(told) if told == list(range(1, len(told) + 1)) else 0
        if len(told) >= 2 and style == 0:
            return 0
    return None


def _value(mark: str, style: int) -> int:
    """The number that a mark stands for; 0 for none."""
    if mark.isdigit():
        return int(mark)
    if mark.upper() in _ROMAN and style in _ROMAN_STYLES:
        return _ROMAN.index(mark.upper()) + 1
    if len(mark) == 1:
        return _LETTERS.find(mark) + 1
    return next((at for at, words in enumerate(_WORDS, 1) if mark.lower() in words), 0)


def _named(pieces: Sequence[str], noun: str) -> int | None:
    """How many names a list holds, None where an item is none.

    Names with commas ("Văn hóa, Thể thao và Du lịch") are put together from neighbours. What is told of a name
    ("Lạc Sơn 12 hồ sơ") does not count, nor the kind of what follows ("các huyện: Cao Lộc, …").
    """
    prefix = _PREFIXES.get(noun, "")
    bodies = is_any_body(noun)
    items: list[tuple[str, str]] = []
    for piece in (part for several in pieces for part in _NEXT_KIND.split(several)):
        kind = _KIND_WITHIN.match(piece)
        if kind and items and not bodies and kind[1].lower() not in noun:
            return None  # "5 huyện: Cao Lộc, … và các xã A, B"
        prefix = _PREFIXES.get(kind[1].lower(), "") if kind else prefix
        items.append((_bare(piece[kind.end() :] if kind else piece), prefix))
    items[-1] = (_SAID.sub("", items[-1][0]), prefix)
    count = at = 0
    while at < len(items):
        prefix = items[at][1]
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


def _is_place(noun: str) -> bool:
    """Whether a noun is a kind of places or bodies, which have names."""
    return noun in _PLACES or any(part in _PLACES for part in _NOUNS.split(noun))


def _are_one(items: Sequence[tuple[str, str]], prefix: str, noun: str, bodies: bool) -> bool:
    """Whether some neighbours are one name of what is counted."""
    name = ", ".join(_TALL.sub("I", item) for item, _ in items)
    if not name or _is_of_other_type(name, noun):
        return False
    unit = _UNIT.match(name) if len(items) == 1 else None
    if unit and (bodies or name.split()[0].lower() in noun) and not _AND_OTHER.search(name):
        return True
    return " và " in name and _is_known(name, prefix) if len(items) > 1 else _is_name(name, prefix)


def _bare(item: str) -> str:
    """An item without "và" before it and what is told behind it."""
    return _TOLD.sub("", item.removeprefix("và ")).strip(" .:–-")


def _begun_alike(pieces: Sequence[str], noun: str) -> int | None:
    """How many items a list holds that all begin with what they are: "nhóm đất cát, nhóm đất mặn và nhóm đất phèn"."""
    head = _HEAD.match(pieces[0].removeprefix("và "))
    if head is None:
        return None
    word = re.escape(head[1])
    parts = [part for piece in pieces for part in re.split(rf"\s+và\s+(?={word}\s)", piece.removeprefix("và "))]
    begins = re.compile(rf"{word}\s(?:(?!\svà\s).)+$", re.IGNORECASE)
    alike = len(parts) >= _FEW and all(begins.match(part) and len(part.split()) <= _LONGEST_THING for part in parts)
    return len(parts) if alike else None


def _headed(text: str) -> int | None:
    """How many items between semicolons begin with one kind of unit, however much is said of each.

    "Đảng bộ A kết nạp 21 đảng viên, đạt 105%; Đảng bộ B …; riêng Đảng bộ C …": what "riêng" begins is none of them.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if _APART.match(parts[-1]):
        parts.pop()
    head = _UNIT.match(parts[0]) or _HEAD.match(parts[0])
    if head is None or len(parts) < _FEW:
        return None
    word = parts[0].split()[0].lower()
    alike = all(part.removeprefix("và ").lower().startswith(f"{word} ") for part in parts)
    within = re.compile(rf"(?:,|\svà)\s{re.escape(word)}\s", re.IGNORECASE)
    return len(parts) if alike and not any(within.search(part) for part in parts) else None


def _begun_with_capitals(pieces: Sequence[str], noun: str) -> int | None:
    """How many items a list of things holds that all begin with a capital, none the second half of a name."""
    if _is_place(noun):
        return None
    last = re.split(rf"\s+và\s+(?=[{UPPER}])", pieces[-1].removeprefix("và "))
    parts = [*pieces[:-1], *last]
    if len(parts) < _FEW or len(last) > 2 or any(" và " in part for part in parts):
        return None
    plain = all(
        part[0].isupper() and len(part.split()) <= _LONGEST_THING and not _WITHIN.search(part) for part in parts
    )
    return len(parts) if plain and not any(_SECOND.match(part) for part in parts[1:]) else None


def _closed_by_and(pieces: Sequence[str], noun: str) -> int | None:
    """How many short things a list names that ends as lists do: "công khai, tiến độ và mức độ hài lòng"."""
    last = pieces[-1].removeprefix("và ")
    both = [last] if last != pieces[-1] else last.split(" và ")
    parts = [*pieces[:-1], *both]
    fits = len(parts) >= _FEW and len(parts) == len(pieces) + (last == pieces[-1]) and not parts[-1][0].isupper()
    short = all(len(part.split()) <= _SHORT and " và " not in part and not _NO_ITEM.search(part) for part in parts)
    return len(parts) if fits and short and not _is_place(noun) else None


def _between_semicolons(text: str, noun: str) -> tuple[frozenset[int], bool]:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    prefix = _PREFIXES.get(noun, "")
    joined = bool(re.search(r"\svà\s", parts[-1])) and not parts[-1].startswith("và ")
    joined = joined and not _is_known(parts[-1], prefix)
    several = _is_place(noun)
    joined = joined or (several and any(_TWO_NAMES.search(part) and not _is_known(part, prefix) for part in parts))
    plain = all(
        len(part.split()) <= _LONGEST_ITEM
        and not part[0].isdigit()
        and (not several or "," not in part or _is_known(part, prefix))
        for part in parts
    )
    closed = not several and parts[-1].startswith("và ") and all(len(part.split()) <= _LONGEST_CLOSED for part in parts)
    sure = (plain and not joined) or closed
    return frozenset({len(parts), len(parts) + joined}), sure and len(parts) > 2


def _own_part(listed: str) -> str:
    """A list between commas up to the semicolon behind which something else is said."""
    first, semicolon, rest = listed.partition(";")
    words = rest.strip()
    if not semicolon or "," not in first or not words or words[0].isupper() or _GOES_ON.match(words):
        return listed
    return first


def _is_of_other_type(item: str, noun: str) -> bool:
    """Whether an item names its type, and it is not that of the noun that is counted."""
    typed = _TYPED.match(item) if not is_any_body(noun) else None
    return typed is not None and typed.group().lower().replace("tp", "thành phố") not in noun


@lru_cache(maxsize=8192)
def _is_name(text: str, prefix: str) -> bool:
    if len(text) > _LONGEST_NAME:
        return False
    return (not prefix and bool(_PROPER.fullmatch(text))) or _is_known(text, prefix)


@lru_cache(maxsize=8192)
def _is_known(text: str, prefix: str) -> bool:
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
