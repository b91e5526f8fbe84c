"""How long a stretch is said to be: "từ ngày 01/3 đến hết ngày 15/5/2024 (76 ngày)", "trong 05 năm (2021-2025)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.checks.days.stretches import Grain, Stretch, lengths, stretches
from extract.checks.days.words import any_of, says
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.lists.words import read_count
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_NUMBER: Final = (
    r"(?<![\w.,/+-])(?<!tháng )(?<!ngày )(?<!quý )(?<!khóa )(?<!lần )(?<!\d năm )(?<!\d tháng )"
    r"(?:\d{1,3}|hai|ba|bốn|sáu|bảy|tám|chín|mười)"
)
_UNIT: Final = (
    r"(?:ngày|tuần|tháng|năm)(?!\s?/)"
    r"(?! (?:làm việc|công|học|tuổi|tù|trước|sau đó|một lần|một kỳ|\d{1,2}(?!\d)|(?:19|20)\d{2}(?!\s?[-–])))"
)
_LENGTH: Final = rf"(?P<length>{_NUMBER})\s(?P<unit>{_UNIT})\b(?!\s(?:và\s)?\d{{1,2}}\s(?:tháng|ngày|năm))"
_LENGTHS: Final = re.compile(_LENGTH, re.IGNORECASE)
_WINDOW: Final = 160  # characters before a stretch in which its length stands
_ABOUT: Final = 12  # and before a length that words say it is not meant to the day
_NEAR: Final = 5  # words between that need no others to tie them
# The last length before a stretch, and nothing but words between.
_BEFORE: Final = re.compile(
    rf"{_LENGTH}(?P<words>(?:[^\d;:()\n]|(?<=\s)(?:19|20)\d{{2}}){{0,110}}?)(?P<mark>[(,:]?)\s?"
    r"(?:(?:được |đã )?(?:kể|tính|bắt đầu|diễn ra|thực hiện|tổ chức|cụ thể|tức|là|giai đoạn|dự kiến|gồm)\s){0,2}$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"\s?(?:\((?:[^\W\d_]+\s){{0,3}}|,?\s{any_of('then')}\s|(?P<loose>[,=–]\s)){_LENGTH}"
    r"(?=(?P<rest>(?:\sliên tục|\sliên tiếp|\sliền)?\s?[(),;.][^)]{0,60}))",
    re.IGNORECASE,
)
_NEARLY: Final = 5  # a length that only a comma ties to its stretch misses it by less than such a part
_CLOSE: Final = 2  # years by which a length can miss its stretch, where no slip explains more
# What has the number behind it: "Khối 5 năm 2025 - 2026".
_NUMBERED: Final = re.compile(r"\b(?:khối|lớp|khoá|bậc|cấp|hạng|nhóm|loại|số|tập|vòng|mức)\s$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;]\s|\n")


def check_lengths(reading: Reading) -> Iterator[Finding]:
    """Lengths before and behind the stretches they are of."""
    text = reading.flow.text
    for stretch in stretches(text):
        behind = _BEHIND.match(text, stretch.end)
        start = _clause(text, stretch.start)
        before = _before(text[start : stretch.start], stretch)
        for match, offset in ((behind, 0), (before, start)):
            if match is None:
                continue
            low, high = match.start("length") + offset, match.end("unit") + offset
            made = _of(match, stretch, text, reading, (min(low, stretch.start), max(high, stretch.end)))
            if made is not None:
                yield made


def _clause(text: str, end: int) -> int:
    """Where the words before a stretch begin that can tell its length."""
    start = max(end - _WINDOW, 0)
    return max((mark.end() for mark in _SENTENCE.finditer(text, start, end)), default=start)


def _before(own: str, stretch: Stretch) -> re.Match[str] | None:
    """The length that stands before a stretch, in the same clause, and tied to it by brackets, words or nearness."""
    found = list(_LENGTHS.finditer(own))
    match = _BEFORE.match(own, found[-1].start()) if found else None
    if match is None or _NUMBERED.search(own, 0, match.start()) or says("apart").search(match["words"]):
        return None
    if says("about").search(own, max(match.start() - _ABOUT, 0), match.start()):
        return None
    words = match["words"].split()
    if stretch.bare and match["mark"] != "(" and words:
        return None
    tied = len(words) <= _NEAR or (match["mark"] == "(" and bool(says("spans_of").search(own)))
    return match if tied else None


def _of(match: re.Match[str], stretch: Stretch, text: str, reading: Reading, place: tuple[int, int]) -> Finding | None:
    unit, told = match["unit"].lower(), read_count(match["length"])
    around = text[max(place[0] - 40, 0) : place[1] + 60]
    anniversary = unit == "năm" and says("anniversary").search(around) is not None
    known = lengths(
        stretch,
        unit,
        told,
        exact=says("both_ends").search(around) is not None,
        between=says("between").search(text[max(place[0] - 20, 0) : place[1]]) is not None,
    )
    if known is None:
        return None
    possible, right = known
    if anniversary and stretch.grain is not Grain.MONTH:
        right = stretch.spans[0][1].year - stretch.spans[0][0].year
        possible = frozenset({right})
    agrees = told in possible
    slip = is_slip(Decimal(told), Decimal(right))
    if match.groupdict().get("loose") and not (slip or abs(told - right) * _NEARLY <= right):
        return None
    sure = anniversary or unit != "năm" or abs(told - right) <= _CLOSE or slip
    if not agrees and not sure:
        return None
    first, last = stretch.spans[0]
    proof = reading.proof(*place, "checks.length")
    verdict = if_wrong(proof, reading)
    right = told if agrees else right
    return finding(
        CheckKind.CONSISTENCY,
        " ".join(text[place[0] : place[1]].split()),
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("first", first.isoformat()), ("last", last.isoformat())),
        reported=str(told),
        computed=str(right),
        note=f"{' '.join(text[stretch.start : stretch.end].split())} là {right} {unit}"
        + ("" if agrees else f", báo cáo ghi {told}"),
        evidence=proof,
    )
