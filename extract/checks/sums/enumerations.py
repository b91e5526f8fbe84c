"""Lists read whole: "99 đơn vị hành chính cấp xã, gồm 66 xã và 33 phường", "195 cư dân (128 nam, 67 nữ)".

A list is read between the words, bracket or colon that open it and its end. Each of its members must hold one count,
all named in one way, so that nothing stands in it that was not understood. Such a list is all of its whole; where it
misses it narrowly, or by a slip of the pen, one of the figures is wrong. Behind "trong đó" a list may leave something
out, so that only more than the whole is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.complete import goes_on, is_closed, kind_of, one_unit
from extract.checks.figures.figures import words
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_misprinted
from extract.checks.sums.parts import adds_up
from extract.checks.sums.stages import STAGES, TIMED
from extract.records import Block, CheckVerdict, Finding

_CUES: Final = (
    (
        "all",
        re.compile(r"\b(?:bao gồm|gồm có|gồm|chia ra|chia thành|chia theo)\b(?! cả)[^\d.,;()]{0,60}$", re.IGNORECASE),
    ),
    ("among", re.compile(r"\b(?:trong đó|trong số đó|trong số này)\b,?[^\d.,;()]{0,60}$", re.IGNORECASE)),
    ("all", re.compile(r"\b(?:cụ thể|như sau)\b,?[^\d.,;()]{0,60}$", re.IGNORECASE)),
    ("bracket", re.compile(r"\([^\d.,;()]{0,60}$")),
    (
        "by",
        re.compile(
            r"(?:^|[.;]\s+)(?:(?:xét|phân|chia|tính)\s+)?(?:theo|về)\s[^\d.,;:()]{2,40}:[^\d.,;:()]{0,40}$",
            re.IGNORECASE,
        ),
    ),
    ("all", re.compile(r":[^\d.,;:()]{0,60}$")),
)
_AMONG_IN_BRACKETS: Final = re.compile(
    r"\(\s*(?:trong đó|riêng|có|kể cả|tính cả|tăng|giảm|so với|chưa|không|chủ yếu)\b", re.IGNORECASE
)
_DETAIL: Final = re.compile(r"^\W*(?:chiếm|đạt|bằng|tương đương|tỷ lệ|tỉ lệ|tăng|giảm|so với)\b", re.IGNORECASE)
_CHANGE: Final = re.compile(
    r"\b(?:tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn|so với)\b[^.;]{0,40}$", re.IGNORECASE
)
_ROUGH: Final = re.compile(
    r"\b(?:khoảng|hơn|gần|trên|ước|dự kiến|xấp xỉ|chừng|không tính|chưa kể|ngoài ra|bên cạnh|mỗi|từng|không gồm"
    r"|không bao gồm|chủ yếu|riêng|nhất là)\b|\.\.\.|…",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^()]*\)|^[^()]*\)")
_AS_RESULT: Final = re.compile(r"[.;]\s+kết quả(?: [^\W\d_]+){0,3}:\s*$", re.IGNORECASE)
_YEARS: Final = range(1900, 2101)  # what a figure without a unit may be instead of a count
_LABELLED: Final = re.compile(r"[^\d.;:]:\s*$")
_UP_TO: Final = re.compile(
    r"\b(?:khoảng|hơn|gần|trên|ước|ước tính|dự kiến|tới|đến|chừng|xấp xỉ)(?:\s+[^\W\d_]+){0,3}\s*$", re.IGNORECASE
)
_EACH: Final = re.compile(r"\b(?:mỗi|từng|bình quân|trung bình|không|chưa)\s+(?:[^\W\d_]+\s+){0,4}$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"\.(?=\s|$)")
_ANEW: Final = re.compile(r"^[^.]{0,80}\.\s+$")
_IN_WORDS: Final = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+[^\W\d_]", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"[;,](?!\d)|\bvà\b(?!\s+(?:đúng|trước|sớm|trong)\s+hạn)")
# "…, 440 xã và 12 phường, chia thành 30 cụm": what stands behind the member with "và" is said of something else
_LAST: Final = re.compile(r"\d[^,;]{0,80}\bvà\b((?:(?!\bvà\b)[^,;]){1,120}),")
_PLAUSIBLE: Final = Decimal("0.15")  # of a whole that a list may miss by
_TELLING: Final = 20  # a whole from which slips tell
_FEWEST: Final = 3  # of a whole; less is made by chance
_FARTHEST: Final = 100  # characters between a whole and the list
_BACK: Final = 4  # figures before a list among which its whole is
_LONGEST: Final = 1200  # characters of a list


@dataclass(frozen=True, slots=True)
class _List:
    """A list with its whole.

    `opened` is "all" or "among" (some may be left out), `end` an offset in the block, `loose` members without a count.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    opened: str
    end: int
    loose: int


def check_enumerations(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Wholes against the lists that follow them in a paragraph."""
    before: Quantity | None = None
    for index in range(1, len(items)):
        one = _read(items, index, block, before)
        if one is None:
            continue
        before = one.whole
        made = sum_of(one.whole, _all_of(one), block)
        if made is None:
            continue
        if made.verdict is CheckVerdict.AGREES:
            if one.whole.value >= _FEWEST:
                yield made
        elif _must_add_up(one, block):
            yield made


def _read(items: Sequence[Quantity], index: int, block: Block, before: Quantity | None) -> _List | None:
    first = items[index]
    opened, cue = next(((name, m) for name, cue in _CUES if (m := cue.search(first.between))), ("", None))
    if cue is None:
        return None
    whole = before if opened == "by" and before is not None else _whole_of(items, index, block)
    if whole is None or not _is_named(whole):
        return None
    text = block.text
    lead = first.between[: cue.start()]
    at = first.start - block.start
    if ":" in cue.group() and _LABELLED.search(whole.between):
        return None  # "Nùng: 158.114 người, Mông: 61.579 người": the one is a member of a list as the other is
    if opened == "bracket" or "(" in cue.group():
        if _AMONG_IN_BRACKETS.search(cue.group()):
            return None
        opened = "all"
        end = _closing(text, at)
    else:
        stop = _SENTENCE.search(text, at)
        end = min(stop.start() if stop else len(text), _closing(text, at))
    lead = _BRACKETS.sub(" ", lead)
    if opened == "by":
        opened, lead = "all", ""
    if _AS_RESULT.search(first.between):
        lead = ""
    if len(lead) > _FARTHEST or end - at > _LONGEST or (re.search(r"[.;]\s", lead) and not _ANEW.match(lead)):
        return None
    told, offset = text[at:end], at + block.start
    members = _members(items[index:], told, offset, ";") or _members(items[index:], told, offset, ",")
    if members is None:
        return None
    parts, loose = members
    if len(parts) < 2 or _EACH.search(lead[-40:]):
        return None
    return _List(whole, parts, opened, end, loose)


def _is_named(whole: Quantity) -> bool:
    """Whether words say what a whole counts."""
    if whole.unit:
        return whole.unit[0].isalpha()
    return len(whole.before.split()) > 1 and int(whole.value) not in _YEARS


def _whole_of(items: Sequence[Quantity], index: int, block: Block) -> Quantity | None:
    """The last figure before a list that is a count or an amount, and no change or share of one; none in brackets."""
    last = items[index].start - block.start
    for item in reversed(items[max(index - _BACK, 0) : index]):
        between = block.text[item.end - block.start : last]
        if between.count(")") > between.count("("):
            continue
        if item.unit != "%" and not _CHANGE.search(item.between[-50:]):
            return item if adds_up(item) and not item.approximate and item.value > 0 else None
        if re.search(r"[.;]\s", item.between):
            return None
    return None


def _closing(text: str, at: int) -> int:
    """Where the bracket ends that is open at a place; the end of the text where none is."""
    depth = 0
    for place in range(at, min(len(text), at + _LONGEST + 1)):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            if depth == 0:
                return place
            depth -= 1
    return len(text)


def _members(items: Sequence[Quantity], told: str, offset: int, by: str) -> tuple[tuple[Quantity, ...], int] | None:
    """The counts of a list, one of each member; None where a member holds none or several."""
    bare = list(told)
    depth = 0
    for place, letter in enumerate(told):
        depth += letter == "("
        if depth:
            bare[place] = " "
        depth -= letter == ")" and depth > 0
    open_text = "".join(bare)
    semis = by == ";"
    if semis and ";" not in open_text:
        return None
    ended = None if semis else _LAST.search(open_text)
    if ended is not None:
        open_text, told = open_text[: ended.end(1)], told[: ended.end(1)]
    cuts = (
        [0, *(m.end() for m in re.finditer(";", open_text))]
        if semis
        else [0, *(m.end() for m in _SEPARATOR.finditer(open_text))]
    )
    parts: list[Quantity] = []
    loose = 0
    inside = [item for item in items if item.end - offset <= len(told) and open_text[item.start - offset].strip()]
    for low, high in zip(cuts, [*cuts[1:], len(told)], strict=True):
        member = open_text[low:high].strip(" ;,")
        here = [item for item in inside if low <= item.start - offset < high]
        counts = [item for item in here if item.unit != "%" and not _CHANGE.search(item.between[-50:])]
        if not member or (parts and _DETAIL.match(member)):
            continue
        if not here and not semis and member[0].islower() and parts:
            loose += 1
        elif len(counts) != 1 or _ROUGH.search(member):
            return None
        else:
            parts.append(counts[0])
    return tuple(parts), loose


def _all_of(one: _List) -> tuple[Quantity, ...]:
    """The members that make the whole; all where no first ones do: "51 hồ sơ: 48 đúng hạn, 3 quá hạn; còn 28 …"."""
    total = Decimal(0)
    for at, part in enumerate(one.parts):
        total += part.value
        if total == one.whole.value and at and any(";" in other.between for other in one.parts[at + 1 : at + 2]):
            return one.parts[: at + 1]
    return one.parts


def _must_add_up(one: _List, block: Block) -> bool:
    whole, parts = one.whole, one.parts
    values = [part.value for part in parts]
    total = sum(values, Decimal(0))
    gap = abs(whole.value - total)
    near = gap <= _PLAUSIBLE * whole.value
    slip = whole.value >= _TELLING and is_misprinted(whole.value, values)
    told = block.text[whole.end - block.start : one.end]
    if 0 < whole.value - total <= one.loose:
        return False  # "gồm 6 phòng, văn phòng và 2 trung tâm": what has no figure may count one
    if total < whole.value and block.text[: one.end].rstrip().endswith((";", ":")):
        return False  # goes on in the lines below
    if whole.meaning in STAGES and any(part.meaning in (*TIMED, *STAGES) for part in parts):
        return False  # stages know better which belongs to which
    if not (near or slip) or any(part.approximate for part in parts) or not _named(parts):
        return False
    if (
        _ROUGH.search(told)
        or _UP_TO.search(whole.between)
        or _IN_WORDS.search(told)
        or goes_on(parts, block, at_once=True)
    ):
        return False
    if one.opened == "among":
        return is_closed(parts, block) or (
            total > whole.value and _one_kind(parts) and not words("overlapping", "around").search(told)
        )
    if one_unit(whole, parts) or _kinds(whole, parts):
        return True
    bare = not any(part.unit for part in parts)
    return bare and (len(parts) > 2 or total > whole.value or is_closed(parts, block))


def _kinds(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are things of different kinds, none of them what the whole counts."""
    units = [part.unit for part in parts]
    return (
        all(units)
        and bool(whole.unit)
        and len({kind_of(u) for u in units}) == len(units)
        and kind_of(whole.unit) not in {kind_of(u) for u in units}
    )


def _one_kind(parts: Sequence[Quantity]) -> bool:
    """Whether all parts that have a unit have the same."""
    return len({kind_of(part.unit) for part in parts if part.unit}) <= 1


def _named(parts: Sequence[Quantity]) -> bool:
    names = [part.term.name.lower() for part in parts]
    return len(set(names)) == len(names)
