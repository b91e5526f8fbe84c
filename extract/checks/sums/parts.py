"""Wholes whose parts a sentence lists: "152 kiến nghị, trong đó có 9 …, 93 …, 50 …", "12 vụ, gồm 9 … và 3 …".

Any parts that make their whole agree. Parts that do not are only wrong where they are all of them (`complete`), or
where the whole is what they make with a slip of the pen in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.complete import (
    goes_on,
    has_rest,
    is_closed,
    is_ended,
    kind_of,
    of_its_kinds,
    one_unit,
)
from extract.checks.figures.figures import words
from extract.checks.figures.quantities import RUNNING, Meaning, Quantity, is_year, quantities
from extract.checks.figures.slips import is_explained, is_near, looks_complete
from extract.checks.sums.stages import STAGES, TIMED
from extract.records import Block, Finding, Reading

_MEASURES: Final = frozenset(
    {"tỷ", "tỉ", "triệu", "nghìn", "ngàn", "ha", "km", "km2", "km²", "tấn", "tạ", "m2", "m3", "m²", "điểm"}
)
_ALL_OF: Final = re.compile(
    r"\b(?:bao gồm|gồm có|gồm|chia ra|chia thành|(?:chia|phân|tính|xét) theo(?: [^\W\d_]+){1,3}:?"
    r"|phân bổ như sau)(?!\w)",
    re.IGNORECASE,
)
_AMONG: Final = re.compile(r"\b(?:trong đó|cụ thể|với (?:các )?hình thức)\b", re.IGNORECASE)
_BRACKET: Final = re.compile(r"^[^\d.;:()]{0,60}[(:]")
_EACH: Final = re.compile(r"\b(?:mỗi|từng|bình quân)\s+(?:[^\W\d_]+\s+){0,4}$", re.IGNORECASE)
_OF_THESE: Final = re.compile(r"(?:^|[.;]\s+)trong (?:tổng )?số\s*$", re.IGNORECASE)
_ASSIGNED: Final = re.compile(r"\b(?:được giao|tổng số)\b", re.IGNORECASE)
_BELOW: Final = (Meaning.RESOLVED, Meaning.PENDING, *TIMED)
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\s+(?:thêm\s+)?$", re.IGNORECASE)
_MOVED: Final = re.compile(r"\b(?:tăng|giảm)\b", re.IGNORECASE)
_OTHERWISE: Final = re.compile(r"\b(?:mỗi|từng|bình quân)\b|\bgồm cả\b", re.IGNORECASE)
_SHORT: Final = 4  # characters behind "gồm"
_JOINED: Final = re.compile(r"\b(?:ghép|gộp|tách|sáp nhập|hợp nhất)\b[^.;]{0,40}\bthành\s+\d", re.IGNORECASE)
_LEFT_OUT: Final = re.compile(r"\b(?:bỏ|cắt|lược)\b", re.IGNORECASE)
_ADDED: Final = re.compile(r"\b(?:bổ sung|thêm|mới)\b", re.IGNORECASE)
_NAMED_BEFORE: Final = re.compile(r"[^\d.;:]:\s*$")
_NEGATED: Final = re.compile(r"(?:không|chưa)\s*$", re.IGNORECASE)
_OPEN_END: Final = re.compile(r"^[^.;]{0,60}(?:\.\.|…|v\.\s?v)|^[^.;]{0,60}\b(?:như|chủ yếu|nhất là)\b")
_LIST_END: Final = re.compile(r"(?:(?!\bvà\b)[^\d.;:,()]){0,60}(?:[.;)](?:\W|$)|$)")
_UNCOUNTED: Final = re.compile(r"[^\W\d_][^;,]{2,60}[;,]")
_IN_WORDS: Final = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_SAID_BEFORE: Final = re.compile(
    r"(?:^|[.;]\s)[^.;\d]{0,40}\b(?:trên|này|nói trên|nêu trên|đó)(?: là)?\s*$", re.IGNORECASE
)
_BESIDES: Final = re.compile(
    r"\b(?:ngoài ra|bên cạnh(?: đó)?|chưa kể|cùng với đó|không kể|tuy nhiên|song song)\b", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[.;]\s")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|^[^()]*\)|\([^()]*$")
_AND: Final = re.compile(r"\bvà\b[^,;.:()]*$")
_FARTHEST_CUE: Final = 90
_MOST_PARTS: Final = 40
_LONGEST_LIST: Final = 150  # figures; more is no sentence
_FARTHEST_WHOLE: Final = 4  # figures back from "trong đó"
_TELLING: Final = 100  # a smaller whole is made by chance
_THINKABLE: Final = Decimal("0.5")
# A list of parts that misses its whole by more than this is no list of parts: names with numbers, another whole.
_PLAUSIBLE: Final = Decimal("0.15")


def check_points(reading: Reading) -> Iterator[Finding]:
    """Scores that a sentence makes of others: "84,25%, gồm 55,48 điểm thẩm định và 28,77 điểm điều tra"."""
    for block in reading.flow.of(*RUNNING):
        if "điểm" in block.text and _ALL_OF.search(block.text):
            items = quantities(block, reading, points=True)
            for index in range(1, len(items)):
                if items[index].unit.startswith("điểm") and items[index].term.decimals:
                    yield from _behind(items, index, block)


def check_parts(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Wholes before their parts."""
    for index in range(1, len(items)):
        yield from _behind(items, index, block)


def _behind(items: Sequence[Quantity], index: int, block: Block) -> Iterator[Finding]:
    """The parts that begin with a figure, of a whole before it."""
    between = items[index].between
    of_these = _OF_THESE.search(items[index - 1].between) if not re.search(r"[.;]\s", between) else None
    cue = _ALL_OF.search(between) or _AMONG.search(between) or _BRACKET.match(between) or _comes_to(items, index)
    if cue is None and of_these is None:
        return
    lead = between[: cue.start()] if cue is not None else ""
    said_before = _SAID_BEFORE.search(lead) is not None  # "… kết quả trên gồm 55,48 điểm … và 28,77 điểm …"
    if not said_before and not _may_list(lead):
        return
    parts = _parts(items[index : index + _LONGEST_LIST], between[cue.end() :] if cue is not None else between)
    if len(parts) < 2:
        return
    if said_before:
        meant = _meant(items[max(index - _MOST_PARTS, 0) : index], parts)
    elif cue is None:
        meant = items[index - 1]
    else:
        meant = _whole_of(items[max(index - _FARTHEST_WHOLE, 0) : index], parts)
        if _BRACKET.match(between) and ":" in cue.group() and _NAMED_BEFORE.search(meant.between):
            return  # "Xã A: 1.420 người, Xã B: 315 người": the one is an item of a list as the other is
    if meant is None or meant.approximate or _EACH.search(meant.between) or is_year(meant):
        return
    of_points = meant.unit == "%" and all(part.unit.startswith("điểm") for part in parts)
    if adds_up(meant) or of_points:
        yield from _made(meant, parts, cue, between, block)


def _may_list(lead: str) -> bool:
    """Whether what stands between a whole and "gồm" or "trong đó" leaves these to the whole."""
    anew = re.search(r"\.\s+$", lead)  # "… 1.598 hồ sơ. Trong đó, có 61 …"
    if _NEGATED.search(lead) or len(lead) > _FARTHEST_CUE:
        return False
    return bool(anew) or not _BREAK.search(f"{lead.rstrip(' .;')} ")


def _made(
    whole: Quantity, parts: Sequence[Quantity], cue: re.Match[str] | None, between: str, block: Block
) -> Iterator[Finding]:
    for several in _makings(whole, parts):
        made = sum_of(whole, several, block)
        if made is not None:
            yield made
    if any(True for _ in _makings(whole, parts)) or any(part.approximate for part in parts):
        return
    if whole.meaning in STAGES and any(part.meaning in _BELOW for part in parts):
        return  # stages know better which belongs to which
    made = sum_of(whole, parts, block)
    gap = abs(whole.value - sum(part.value for part in parts))
    if made is None or gap > _THINKABLE * whole.value:
        return
    if any(part.value >= whole.value for part in parts):
        return
    if ";" in parts[-1].between and block.text.endswith(";") and whole.value > sum(part.value for part in parts):
        return  # the list goes on where a new line was taken for a new paragraph
    ended = not _OPEN_END.search(block.text[parts[-1].end - block.start :])
    told = block.text[parts[0].end - block.start :].split(". ", 1)[0]
    if whole.unit and re.search(rf"\b{_IN_WORDS}\s+{re.escape(whole.unit.split()[0])}\b", told):
        return  # "… 9 vụ, 2 vụ và một vụ": a part in words
    loose = sum(max(part.between.count(",") - 1, 0) for part in parts[1:])
    if 0 < whole.value - sum(part.value for part in parts) <= loose:
        return  # "6 trưởng phòng, thư ký, 3 kế toán": what has no figure may count one
    lead = between[: cue.end() + _SHORT] if cue is not None else between
    if _OTHERWISE.search(lead):
        return
    if goes_on(parts, block, at_once=True) or _is_reshaped(whole, parts, block):
        return
    uncounted = cue is not None and _UNCOUNTED.search(between[cue.end() :])  # "gồm: Chủ tịch; 7 Phó Chủ tịch"
    listed = cue is not None and bool(_ALL_OF.fullmatch(cue.group())) and ended and not uncounted
    whole_list = cue is not None and is_ended(between, cue, parts, block)
    complete = listed and (one_unit(whole, parts) or of_its_kinds(whole, parts, ended=whole_list))
    bare = not any(part.unit for part in parts)
    complete = complete or (listed and bare and bool(whole.unit))
    complete = complete and gap <= _PLAUSIBLE * whole.value
    complete = complete or ((one_unit(whole, parts) or bare) and cue is not None and _is_list(cue, whole, parts, block))
    rest = (
        gap <= _PLAUSIBLE * whole.value
        and has_rest(parts)
        and (is_near(whole.value, whole.value + gap) or is_explained(whole.value, [part.value for part in parts]))
        and not goes_on(parts, block, at_once=False)
        and (one_unit(whole, parts) or bare)
    )
    if complete or rest or is_closed(parts, block) or (ended and looks_complete(whole, parts, block)):
        yield made


def _is_list(cue: re.Match[str], whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether brackets or a colon right behind a whole hold nothing but its parts, each by its name."""
    end = _LIST_END.match(block.text[parts[-1].end - block.start :])
    if _AMONG.fullmatch(cue.group()) or end is None or (")" in end.group()) != cue.group().endswith("("):
        return False
    names = [part.term.name.lower() for part in parts]
    told = block.text[whole.end - block.start : parts[-1].end - block.start].lower().lstrip().removeprefix(whole.unit)
    if len(set(names)) < len(names) or words("overlapping").is_in(told):
        return False
    total = sum((part.value for part in parts), Decimal(0))
    return len(parts) > 2 or total > whole.value


def _is_reshaped(whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether parts are put together, or what is left out and what is new: "giảm 29 điều, bỏ 19, thêm 2"."""
    told = block.text[whole.end - block.start : parts[-1].start - block.start]
    moved = _MOVED.search(whole.between[-_FARTHEST_CUE:]) is not None
    return bool(_JOINED.search(told) or (moved and _LEFT_OUT.search(told) and _ADDED.search(told)))


def _makings(whole: Quantity, parts: Sequence[Quantity]) -> Iterator[Sequence[Quantity]]:
    """The runs of parts that make the whole, one behind the other: by place and then by sex."""
    first = 0
    while first + 1 < len(parts):
        total = Decimal(0)
        for last in range(first, len(parts)):
            total += parts[last].value
            if total >= whole.value:
                break
        if total != whole.value or last == first or (whole.value < _TELLING and last + 1 < len(parts)):
            return
        yield parts[first : last + 1]
        first = last + 1


def _whole_of(before: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity:
    """The figure that parts are parts of: the nearest in the sentence that is counted as they are and of their size.

    "1.250 hồ sơ tại 14 xã, trong đó 900 hồ sơ …" and "1.250 hồ sơ, tăng 12% so với cùng kỳ, trong đó …" count files.
    """
    heads = {kind_of(part.unit) for part in parts if part.unit}
    total = sum(part.value for part in parts)
    alike: list[Quantity] = []
    for item in reversed(before):
        same = heads == {kind_of(item.unit)} or ((not heads or not item.unit) and item.is_count)
        if same and not _CHANGE.search(item.between):
            alike.append(item)
        if _BREAK.search(item.between):
            break
    near = [item for item in alike if abs(item.value - total) <= _PLAUSIBLE * item.value]
    return next((item for item in near if item.value == total), (near or alike or [before[-1]])[0])


def _meant(before: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity | None:
    """The one figure said before that the parts make, or make but for a slip of the pen."""
    kinds = {kind_of(part.unit) for part in parts if part.unit}
    alike = [item for item in before if {kind_of(item.unit)} == kinds and not _CHANGE.search(item.between)]
    total = sum((part.value for part in parts), Decimal(0))
    same = [item for item in alike if item.value == total]
    near = [item for item in alike if is_near(item.value, total)]
    slips = [item for item in near if is_explained(item.value, [part.value for part in parts])]
    return (same or slips)[0] if len(same) == 1 or (not same and len(slips) == 1) else None


def _comes_to(items: Sequence[Quantity], index: int) -> re.Match[str] | None:
    """What stands between work that was assigned and what became of it: "được giao 320 nhiệm vụ; đã hoàn thành …"."""
    whole, first = items[index - 1], items[index]
    if first.meaning is not Meaning.DONE or whole.meaning is not None or not _ASSIGNED.search(whole.before):
        return None
    return re.match(r"[^\d.():]{0,60}?[,;]\s*", first.between) if one_unit(whole, [first]) else None


def adds_up(item: Quantity) -> bool:
    """Whether a figure is a count, or an amount in a measure."""
    return item.is_count or item.unit.split()[:1] in [[unit] for unit in _MEASURES]


def _parts(items: Sequence[Quantity], lead: str) -> list[Quantity]:
    """The counts of a list up to the end of its sentence or bracket, without those in brackets of their own.

    A list between commas ends with the part behind "và"; what a comma joins to that is said of something else.
    """
    depth = 0
    parts: list[Quantity] = []
    closed = False
    for index, item in enumerate(items):
        between = lead if index == 0 else item.between
        outside = _IN_BRACKETS.sub(" ", between)
        if index and (re.search(r"\.\s+[^\W\d_]", between) or _AMONG.search(outside) or _ALL_OF.search(outside)):
            break
        if _BESIDES.search(outside):
            break
        depth += between.count("(") - between.count(")")
        if depth < 0:
            break
        if depth or not adds_up(item):
            continue
        joined = bool(_AND.search(between)) and index > 0
        if closed and not joined and ";" not in between:
            break
        if not _CHANGE.search(between):
            parts.append(item)
            closed = joined and ";" not in between
    else:
        if len(items) == _LONGEST_LIST:
            return []
    return parts
