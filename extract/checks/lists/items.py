"""How many items a list has: by the marks before them, by what all begin with, or by names.

Commas and "và" stand inside names too ("Văn hóa, Thể thao và Du lịch"), so a number of items is certain only where
marks count them, each is a name, or all begin with one word or a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.checks.lists.heads import count_alike
from extract.checks.lists.marks import count_marks
from extract.checks.lists.names import SECOND, TYPED, count_names, is_known, is_place, prefix_of
from extract.checks.lists.words import NOUN
from extract.components.context import UPPER

_FEW: Final = 3  # items of a list without marks
_PAIR: Final = 2
_FEW_WORDS: Final = 5  # of what is counted and is in no list of words, before things that begin with capitals
_MOST: Final = 400
_GOES_ON: Final = re.compile(rf"(?:và|cùng)\b|các [^:;,.]{{2,24}}:|{TYPED}", re.IGNORECASE)
_NEXT_COUNT: Final = re.compile(
    r"(?:[;,]\s+(?:và\s+)?|\s+(?:và|cùng|cùng với|với)\s+)(?:có\s|còn\s|với\s|tổng số\s)?\d{1,4}(?:\.\d{3})?\s+[^\W\d_]"
)
_KIND: Final = re.compile(rf"(?:các\s+)?({NOUN})\s*:\s*", re.IGNORECASE)  # "gồm các Sở: Y tế, Xây dựng"
# What shows that a list is not all there, or not one.
_OPEN: Final = re.compile(r"…|\.\.|\bv\.?\s?v\b|\bmột số\b|\bkhác$|\bcòn lại\b|,\W*$")
_LONGEST_ITEM: Final = 12  # words of an item between semicolons; a longer one is a sentence
_LONGEST_CLOSED: Final = 30  # … in a list that "; và" ends
_SHORT: Final = 6  # words of an item that is told from its neighbours by its commas only
_NO_ITEM: Final = re.compile(r"\b(?:các|những|cả|gồm)\s|[\"“”:]|^\d")
_LONGEST_THING: Final = 8  # words of an item between commas that is no name
_COMMA: Final = re.compile(r"\s*[,;](?!\d)\s*")
# What says more of an item, and can hold commas of its own.
_MAY_HIDE: Final = re.compile(r"\s(?:và|cùng|với|hoặc)\s|\s[-–+&/]|[\d(/+&]|\bnhư\b")  # another item
_FIGURE: Final = re.compile(r"\d")
_WITHIN: Final = re.compile(r"\s(?:với|ở|tại|thuộc|do|là|đến|từ|bằng|của|và|theo|trong|trên)\s|:")
_TWO_NAMES: Final = re.compile(rf"\svà\s+[{UPPER}]")
_QUOTED: Final = re.compile(r"(?:\bvà )?[“\"][^“”\"]{1,120}[”\"]")
# A name with its figure behind it, "Sở Xây dựng (82,0%)", and what makes several names of one.
_FIGURED: Final = re.compile(rf"(?:và )?([{UPPER}][^();]{{2,100}}?)\s?\((?:đạt |được )?\d[\d.,]*\s?(?:%|[^\W\d_]+)?\)")
_SEVERAL: Final = re.compile(
    rf"(?:,|\svà)\s(?:(?i:{TYPED}|các)\s|[{UPPER}][^\W\d_]*\s(?:[{UPPER}]|$))|^(?!Sở |Ban |Bộ |Phòng ).*,\s[{UPPER}]"
)
_DETAIL: Final = re.compile(r"\s?\([^()]{1,160}\)")  # of a name in a list: "Cát Hải (Hải Phòng)", "Lạc Sơn (12 hồ sơ)"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many items a list can have, whether that is certain, and whether marks count them."""

    possible: frozenset[int] = frozenset()
    certain: bool = False
    marked: bool = False


def count_items(listed: str, noun: str, counted: Sequence[str] = (), rest: str = "") -> Counted:
    """How many items a list can have, and whether that is certain enough to call another count wrong.

    Marks count items themselves. Items between semicolons can end with one "và". Of items between commas only names
    and those that begin alike are certain.

    Args:
        listed: the list, up to the end of its sentence or bracket.
        noun: what is counted, where it is a noun of `data/listed.toml`; "" where it is none of these, then only marks
            and items that begin with it count.
        counted: the words of what is counted, in small letters, also those behind the noun.
        rest: the paragraph from the list on, "" for a list in brackets: items with marks can be several sentences each.
    """
    marked = count_marks(listed)
    if marked is not None:
        marked = max(marked, count_marks(rest) or 0) if marked else 0
        complete = marked > 1 and not listed.rstrip().endswith(";")
        return Counted(frozenset({marked}), certain=True, marked=True) if complete else Counted()
    kind = _KIND.match(listed)
    if kind is not None:
        listed, noun, counted = listed[kind.end() :], kind[1].lower(), kind[1].lower().split()
    if (figured := _figured(listed)) is not None:
        return Counted(frozenset({figured}), certain=True)
    listed = listed if "(" in listed else listed.partition(")")[0]
    text = _DETAIL.sub("", _NEXT_COUNT.split(listed, maxsplit=1)[0].strip())
    text = _own_part(text) if is_place(noun) else text
    bare = text.strip(" .;:")
    pieces = [piece for piece in _COMMA.split(bare) if piece]
    if not pieces or len(pieces) > _MOST or _OPEN.search(text) or ")" in bare or "(" in bare or bare[0].isdigit():
        return Counted()
    found = _quoted(listed if noun else listed.partition(";")[0]) or count_alike(bare, pieces, counted)
    if found is None:
        found = count_names(pieces, noun) if noun else None
    if found is None and (noun or (rest and _is_closed(pieces) and len(counted) <= _FEW_WORDS)):
        found = _begun_with_capitals(pieces, noun)
    if found is None and noun and ";" in bare:
        return _between_semicolons(bare, noun)
    if found is None and noun:
        found = _closed_by_and(pieces, noun)
    if found is not None or not noun:
        return Counted(frozenset({found}), certain=True) if found is not None else Counted()
    ands = sum(len(re.findall(r"\svà\s", piece)) for piece in pieces)
    return Counted(frozenset(range(len(pieces), len(pieces) + min(ands, 2) + 1)))


def count_short(listed: str, noun: str) -> int | None:
    """How many short things brackets hold between commas alone, one word in each: "kinh tế số, xã hội số"."""
    parts = [part.split() for part in _COMMA.split(listed.strip(" .;:")) if part]
    if len(parts) < _FEW or is_place(noun) or _OPEN.search(listed) or "(" in listed or " và " in listed:
        return None
    alike = len({part[0].lower() for part in parts}) == 1 or len({part[-1].lower() for part in parts}) == 1
    short = all(1 < len(part) <= _SHORT and not _NO_ITEM.search(" ".join(part)) for part in parts)
    return len(parts) if alike and short else None


def count_at_most(listed: str) -> int | None:
    """How many short things with capitals brackets hold at most: commas can stand in names, so there may be fewer."""
    parts = [part for part in _COMMA.split(listed.strip(" .;:")) if part]
    if len(parts) < _FEW or _OPEN.search(listed) or _MAY_HIDE.search(listed):
        return None
    if any(". " in part for part in parts):
        return None  # a point that stands for a comma
    short = all(part[0].isupper() and len(part.split()) <= _FEW_WORDS and not _NO_ITEM.search(part) for part in parts)
    return len(parts) if short else None


def _figured(listed: str) -> int | None:
    """How many names with one figure each in brackets behind them stand between semicolons."""
    parts = [_FIGURED.fullmatch(part.strip()) for part in listed.strip(" .;:").split(";")]
    names = [part[1] for part in parts if part is not None]
    several = any(_SEVERAL.search(name) or f" và {name.split()[0].lower()} " in name for name in names)
    return len(names) if len(names) == len(parts) >= _FEW and not several else None


def _quoted(listed: str) -> int | None:
    """How many things in quotation marks a list is of."""
    count = len(_QUOTED.findall(listed))
    return count if count >= _PAIR and not _QUOTED.sub("", listed).strip(" ,;.") else None


def _begun_with_capitals(pieces: Sequence[str], noun: str) -> int | None:
    """How many items a list of things holds that all begin with a capital, none the second half of a name."""
    if is_place(noun):
        return None
    last = re.split(rf"\s+và\s+(?=[{UPPER}])", pieces[-1].removeprefix("và "))
    parts = [*pieces[:-1], *last]
    pair = len(pieces) == 1 and len(parts) == _PAIR and bool(noun) and all(" " in part for part in parts)
    if (len(parts) < _FEW and not pair) or len(last) > 2 or any(" và " in part for part in parts):
        return None
    plain = all(
        part[0].isupper() and len(part.split()) <= _LONGEST_THING and not _WITHIN.search(part) for part in parts
    )
    return len(parts) if plain and not any(SECOND.match(part) for part in parts[1:]) else None


def _closed_by_and(pieces: Sequence[str], noun: str) -> int | None:
    """How many short things a list names that ends as lists do: "công khai, tiến độ và mức độ hài lòng"."""
    last = pieces[-1].removeprefix("và ")
    both = [last] if last != pieces[-1] else last.split(" và ")
    if all(_FIGURE.search(part) for part in (*pieces[:-1], both[-1])) and not _FIGURE.search(both[0]):
        return None  # "giống 30 triệu đồng, công và vật tư 20 triệu đồng": one item with its figure
    parts = [*pieces[:-1], *both]
    if len(pieces) == 1 and len(parts) == _PAIR and not is_place(noun):
        return _PAIR if _are_alike(*(part.lower().split() for part in parts)) else None
    fits = len(parts) >= _FEW and len(parts) == len(pieces) + (last == pieces[-1]) and not parts[-1][0].isupper()
    short = all(len(part.split()) <= _SHORT and " và " not in part and not _NO_ITEM.search(part) for part in parts)
    return len(parts) if fits and short and not is_place(noun) else None


def _is_closed(pieces: Sequence[str]) -> bool:
    """Whether a list ends as lists do, with "và" before its last."""
    return len(re.split(r"(?:^|\s)và\s", pieces[-1])) == _PAIR


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two things of few words begin or end with one word: "tất nam và tất nữ", "khí nhạc và thanh nhạc"."""
    few = max(len(one), len(other)) <= _LONGEST_THING and min(len(one), len(other)) >= _PAIR
    return few and (one[0] == other[0] or one[-1] == other[-1])


def _between_semicolons(text: str, noun: str) -> Counted:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    prefix = prefix_of(noun)
    joined = bool(re.search(r"\svà\s", parts[-1])) and not parts[-1].startswith("và ")
    joined = joined and not is_known(parts[-1], prefix)
    if all(part[0].isupper() for part in parts):
        joined = joined and _TWO_NAMES.search(parts[-1]) is not None
    several = is_place(noun)
    joined = joined or (several and any(_TWO_NAMES.search(part) and not is_known(part, prefix) for part in parts))
    plain = all(
        len(part.split()) <= _LONGEST_ITEM
        and not part[0].isdigit()
        and (not several or "," not in part or is_known(part, prefix))
        for part in parts
    )
    closed = not several and parts[-1].startswith("và ") and all(len(part.split()) <= _LONGEST_CLOSED for part in parts)
    # "Tốt từ 80 điểm; Khá từ 70 điểm; …; dưới 50 điểm không xếp loại": what begins otherwise may be none of them
    odd = all(part[0].isupper() for part in parts[:-1]) and parts[-1][0].islower() and not closed
    sure = ((plain and not joined) or closed) and not odd
    return Counted(frozenset({len(parts), len(parts) + joined}), certain=sure and len(parts) > 2)


def _own_part(listed: str) -> str:
    """A list between commas up to the semicolon behind which something else is said."""
    first, semicolon, rest = listed.partition(";")
    words = rest.strip()
    if not semicolon or "," not in first or not words or words[0].isupper() or _GOES_ON.match(words):
        return listed
    return first
