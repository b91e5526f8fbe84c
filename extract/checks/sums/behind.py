"""Parts before their whole: "hoàn thành 19, chưa thực hiện 5 trong tổng số 24", "…, nâng tổng số lên 2.337 hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.breaks import SENTENCE
from extract.checks.figures.complete import STATUSES, adds_up, kind_of, of_classes, one_unit
from extract.checks.figures.kinds import are_all_kinds
from extract.checks.figures.quantities import RUNNING, Quantity, quantities
from extract.checks.figures.rough import is_bound, without_about
from extract.checks.figures.slips import is_misprint, is_misprinted, looks_complete
from extract.records import Block, CheckVerdict, Finding, Reading

_IN_ALL: Final = re.compile(r"\b(?:trong|trên) tổng số\s*$", re.IGNORECASE)
_ALTOGETHER: Final = re.compile(
    r"\b(?:tổng cộng|(?:tổng số|tất cả)(?: (?:đúng|vừa đúng|cả))?|cộng|cả thảy|gộp (?:chung|lại|cả)|toàn [^\W\d_]{2,8})"
    r"\s?(?:là|có|được|đoạt|giành)?\s?:?\s*$",
    re.IGNORECASE,
)
# "…, cách chức 06 người, cả thảy 89 người": all that the sentence told
_ALL_TOLD: Final = re.compile(
    r",\s(?:tổng cộng|cả thảy|cộng|gộp (?:chung|lại|cả))\s(?:(?:là|có|được|đoạt|giành)\s)?$", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[\d.;:()]")
# "… 967 triệu đồng. Cộng cả ba nguồn, huyện huy động được 4.046 triệu đồng"
_ADDED_UP: Final = re.compile(
    r"(?<!công )\b(?:(?:tổng )?cộng(?! (?:đồng|hòa|sản|tác|điểm|thêm))|(?:tính )?gộp)(?: (?:cả|chung|lại))?"
    r"(?: (?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy) [^\d.;,:]{2,20}?)?"
    r"(?:,? [^\d.;,:]{0,40}?)?(?:là|có|được|đạt|hết|:)?\s*$",
    re.IGNORECASE,
)
# "…; như vậy cả năm thu được 940 đơn vị máu", "…, nâng tổng số … lên 2.337 hồ sơ", "… Tổng số tiền thu được là …"
_COMES_TO: Final = re.compile(
    r"(?:^|[.,;:(]\s|\bvà\s|\s[-–]\s)\W{0,3}"
    r"(?:như vậy|tính chung|(?:(?:qua đó|từ đó|góp phần) )?(?:nâng|đưa)(?= [^.;]*\blên)|tổng|toàn|cả|l(?:ũy|uỹ) kế)"
    r"(?!\w)"
    r"[^.;]*?(?:\b(?:là|có|được|đạt|hết|tốn|lên|lên thành|còn)|:)\s*$",
    re.IGNORECASE,
)
# "… 25.000 người. … 4.500 người. Tổng cộng: 29.500 người": all that the sentences before told
_SUMMED_UP: Final = re.compile(
    r"(?:^|\.)\s{0,2}(?:tổng(?: cộng| số)?|cộng|cả thảy|tất cả)(?: (?:là|có))?\s?:?\s*$", re.IGNORECASE
)
_THUS: Final = re.compile(r"(?:^|[.;])\s{0,2}(?:như vậy|tính chung)\b(?![^.;]*\bcòn\b)[^.;]*$", re.IGNORECASE)
_RAISED: Final = re.compile(r"\b(?:nâng|đưa)\b[^.;]*\blên(?: thành| tới)?\s*$", re.IGNORECASE)
_TOTAL_OF: Final = re.compile(r"\btổng (?:số|cộng) ([^\d.,;:()]{4,40}?)(?: là)?\s?:?\s*$", re.IGNORECASE)
_IN_TURN: Final = re.compile(r"\blần lượt\b")
_EACH: Final = re.compile(r"\b(?:mỗi|từng|bình quân|trung bình)\b", re.IGNORECASE)
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\s+(?:thêm\s+)?$", re.IGNORECASE)
_BEFORE: Final = re.compile(r"\b(?:cùng kỳ|năm trước|kỳ trước|so với|kế hoạch|dự toán|chỉ tiêu)\b", re.IGNORECASE)
# "… đưa thêm một ngành. Như vậy, tổng cộng có 12 ngành"
_MORE: Final = re.compile(r" thêm ", re.IGNORECASE)
_DENIED: Final = re.compile(r"\b(?:chưa|không)\s+(?:được\s+)?([^\W\d_]+)")
_AMONG: Final = re.compile(r"\b(?:trong đó|trong số)\b", re.IGNORECASE)
_FARTHEST_CUE: Final = 90
_MOST_PARTS: Final = 40
_MOST_READ: Final = 12  # figures of a sentence; more is a list
_FURTHER: Final = 4  # sentences that one summed up goes back over
_NUMBERS: Final = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy")
_NAMED: Final = re.compile(r"[;,]\s(?:và\s)?[^\d;,.:()%]{2,40}\s")  # and its figure
_TELLING: Final = 100  # a smaller whole is made by chance
_LIST: Final = 3  # parts
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """How words lead to a whole behind its parts."""

    in_all: bool
    summed_up: bool
    raised: bool
    added: re.Match[str] | None
    altogether: bool
    comes_to: bool


def check_behind(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Wholes behind their parts in one paragraph."""
    for index in range(2, len(items)):
        whole = items[index]
        said = _said(whole)
        if (
            said is None
            or _MORE.search(whole.between)
            or is_bound(whole)
            or not (adds_up(whole) or whole.term.decimals)
        ):
            continue
        made = _of_sentence(whole, items[max(index - _MOST_PARTS, 0) : index], said, block) if whole.is_count else None
        made = made or _of_one_unit(whole, items[max(index - _MOST_READ, 0) : index], said, block)
        if made is not None:
            yield made


def check_points_behind(reading: Reading) -> Iterator[Finding]:
    """Points that add up to those told behind them: "… 3,4127 điểm; … 3,5340 điểm. Như vậy, tổng điểm … là 42,3104"."""
    for block in reading.flow.of(*RUNNING):
        if "điểm" in block.text and ("ổng" in block.text or "ộng" in block.text):
            items = [item for item in quantities(block, reading, points=True) if item.unit.startswith("điểm")]
            if any(item.term.decimals for item in items):
                yield from check_behind(items, block)


def _said(whole: Quantity) -> _Said | None:
    between = without_about(whole.between[-_FARTHEST_CUE:])
    in_all = _IN_ALL.search(between) is not None
    added = _ADDED_UP.search(between) if "ộng" in between or "ộp" in between else None
    altogether = _ALTOGETHER.search(between) is not None
    each = _EACH.search(between) is not None
    comes_to = _COMES_TO.search(between) is not None and not each
    summed_up = _SUMMED_UP.search(between) is not None or (_THUS.search(between) is not None and not each)
    if not (in_all or added or altogether or comes_to or summed_up):
        return None
    return _Said(in_all, summed_up, _RAISED.search(between) is not None, added, altogether, comes_to)


def _of_sentence(whole: Quantity, before: Sequence[Quantity], said: _Said, block: Block) -> Finding | None:
    """The whole against all counts of its sentence."""
    parts: list[Quantity] = []
    for item in reversed(before):
        if not item.is_count or is_bound(item):
            break
        parts.append(item)
        if SENTENCE.search(item.between):
            break
    parts.reverse()
    made = sum_of(whole, parts, block) if len(parts) >= 2 else None
    if made is None or not (said.in_all or said.added or said.altogether):
        return None
    meanings = {part.meaning for part in parts}
    alike = one_unit(whole, parts)
    closed = said.in_all and meanings in STATUSES and len(meanings) == len(parts) and alike
    too_many = said.in_all and sum(part.value for part in parts) > whole.value and alike and of_classes(parts)
    listed = alike or (bool(whole.unit) and _are_bare(parts))
    slip = not said.in_all and listed and len(parts) > 2 and looks_complete(whole, parts, block)
    slip = slip or (said.added is not None and _are_added(whole, parts, said.added["count"]))
    slip = slip or (_is_all_told(whole) and _are_all(whole, parts))
    return made if made.verdict is CheckVerdict.AGREES or closed or too_many or slip else None


def _of_one_unit(whole: Quantity, before: Sequence[Quantity], said: _Said, block: Block) -> Finding | None:
    """The whole against what its sentence counts as it does, where they make it or would but for a slip of the pen."""
    parts: list[Quantity] = []
    unit = whole.unit or _unit_of(whole)
    stops = int(SENTENCE.search(whole.between) is None)
    further = _FURTHER if said.summed_up else int(said.raised)
    for item in reversed(before):
        alike = bool(unit) and kind_of(item.unit) == kind_of(unit) and item.of is None
        if alike and (is_bound(item) or _CHANGE.search(item.between) or _BEFORE.search(item.between)):
            return None
        if alike and (adds_up(item) or item.term.decimals):
            parts.append(item)
        if SENTENCE.search(item.between):
            if not further or not alike or len(parts) == _MOST_READ:
                break
            further -= 1
        elif said.raised and stops == 0:
            break
    parts.reverse()
    if not stops or len(parts) > _PAIR:
        parts = _of_that_name(whole, parts)
    in_turn = bool(parts) and _IN_TURN.search(parts[0].between) is not None
    if len(parts) < 2 or (len({part.term.name for part in parts}) < len(parts) and not in_turn):
        return None
    values = [part.value for part in parts]
    made = sum_of(whole, parts, block)
    if made is None or made.verdict is CheckVerdict.AGREES:
        return made if whole.value >= _TELLING or whole.term.decimals else None
    total = sum(values, Decimal(0))
    slip = is_misprint(whole.value.normalize(), total.normalize()) or is_misprinted(whole.value, values)
    if any(value >= whole.value for value in values) or not slip:
        return None
    told = block.text[parts[0].start - block.start : whole.start - block.start]
    closed = said.in_all and _are_denied(parts, whole, block)
    likely = (whole.value >= _TELLING or whole.term.decimals) and (len(parts) >= _LIST or stops or said.summed_up)
    likely = likely or (len(parts) >= _LIST and _is_all_told(whole))
    return made if closed or (likely and not said.in_all and not _AMONG.search(told)) else None


def _are_all(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether several parts are all that a slip of the pen keeps from a whole, whatever each of them is called."""
    values = [part.value for part in parts]
    telling = whole.value >= _TELLING or are_all_kinds([part.term.name for part in parts])
    few = len(parts) < _LIST or not telling or max(values) >= whole.value
    other = sum(values, Decimal(0)) - whole.value in values  # "3 nghĩa trang …, mỗi nghĩa trang có …"
    return not (few or other) and not any(part.of for part in parts) and is_misprinted(whole.value, values)


def _unit_of(whole: Quantity) -> str:
    """What a bare whole counts by the words before it: "tổng số đại biểu dự hội nghị là 357"."""
    match = _TOTAL_OF.search(whole.between)
    return match[1].lower() if match is not None else ""


def _of_that_name(whole: Quantity, parts: Sequence[Quantity]) -> list[Quantity]:
    """The parts that words name as they do their whole: "tổng số người dôi dư" is of those that are "dôi dư"."""
    match = _TOTAL_OF.search(whole.between)
    name = match[1].lower().removeprefix(kind_of(whole.unit or match[1])).strip() if match is not None else ""
    named = [part for part in parts if name and name in part.term.name.lower()]
    return named if len(named) > 1 else list(parts)


def _is_all_told(whole: Quantity) -> bool:
    """Whether words right before a whole say that it is all that the sentence told."""
    return _ALL_TOLD.search(whole.between) is not None and _BREAK.search(whole.between) is None


def _are_bare(parts: Sequence[Quantity]) -> bool:
    """Whether figures stand behind a name each, all without what they count: "Tân An 18; Tân Bình 14; Tân Hòa 13"."""
    return all(not part.unit and part.before for part in parts) and all(_NAMED.match(one.between) for one in parts[1:])


def _are_denied(parts: Sequence[Quantity], whole: Quantity, block: Block) -> bool:
    """Whether one of two counts is of those that do not what the other's do: "24 Bộ gửi báo cáo, 07 Bộ chưa gửi"."""
    ends = [part.start - block.start for part in (*parts[1:], whole)]
    told = [block.text[part.end - block.start : end].lower() for part, end in zip(parts, ends, strict=True)]
    denied = [_DENIED.search(text) for text in told]
    if len(parts) != _PAIR or all(denied) or not any(denied):
        return False
    verb = next(match[1] for match in denied if match is not None)
    return any(re.search(rf"\b{verb}\b", text) for text, match in zip(told, denied, strict=True) if match is None)


def _are_added(whole: Quantity, parts: Sequence[Quantity], count: str | None) -> bool:
    """Whether words add up just these parts: all in the unit of the whole, as many as are told, or but for a slip."""
    if not whole.unit or any(part.unit and kind_of(part.unit) != kind_of(whole.unit) for part in parts):
        return False
    told = int(count) if count and count.isdigit() else _NUMBERS.index((count or "").lower())
    return told == len(parts) or (not told and is_misprinted(whole.value, [part.value for part in parts]))
