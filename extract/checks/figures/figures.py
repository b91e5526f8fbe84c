"""Figures of one sentence with what the words around them make of them: a change, a value before, a target, a whole.

Unlike the quantities of `quantities` points and marks count too; years, days and numbers of documents do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from extract.checks.figures.compound import amounts_in
from extract.checks.figures.cues import Cue, ending
from extract.checks.figures.quantities import counted
from extract.checks.figures.same import Same
from extract.checks.figures.terms import Term, is_doubtful
from extract.components.context import Sentence
from extract.components.numbers import Number, find_numbers
from extract.components.when import YEARS
from extract.records import Reading
from extract.wordlists import wordlist

_LONGEST: Final = 4000  # characters of a sentence; more is a list
_MOST: Final = 60  # figures of a sentence
_AROUND: Final = 100  # characters before a figure in which words speak of it
_CLAUSES: Final = re.compile(r";|\)[,:]?\s(?!so với)")  # what ends before them speaks of another figure
_LONG: Final = 160  # characters before a figure in which it is said what it is compared with
_SHOWN: Final = 60
_RIGHT_BEFORE: Final = 32  # characters that hold any word right before a figure, and the one before that
_NOT_A_FIGURE: Final = ending(
    r"ngày|tháng|năm|quý|khoản|điều|chương|mục|(?<!dứt )điểm|thứ|lần|phụ lục|biểu|mẫu|hạng|vị trí|khóa|quyết định"
    r"|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|văn bản|tuần|top|nhóm|số|loại|cấp|mức|mức độ|giai đoạn"
    r"|nhiệm kỳ|học kỳ|năm học|kỳ|đợt|báo cáo|tờ trình|thông báo|kết luận|hướng dẫn|quận",
    r"(?:\s+số)?\s*[-:]?\s*",
    "số",
)
_OF_TIME: Final = re.compile(r"\s{0,2}(?:tháng|quý|năm|ngày|giờ|phút|tuần|lần|kỳ|thứ)\b", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s{0,2}(?:ngày|giờ)\b(?!\s*\d)", re.IGNORECASE)
_MAY_BE_WIDE: Final = re.compile(r"\d\s?(?:/|ngày|giờ)", re.IGNORECASE)
_OVER: Final = re.compile(r"\s?/\s?\d[\d.]*\s[^\W\d_]{2,}")  # "27/36 đơn vị"
_IN_BRACKETS: Final = re.compile(r"\(\s?(?:(\d[\d.]*)\s?/\s?)?$")
_CLOSED: Final = re.compile(r"\s?/\s?(\d[\d.]*)\s?\)")
_UNDER: Final = re.compile(r"(?<![/\d.])\d[\d.]*\s?/\s?$")
_COUNTED_BEHIND: Final = re.compile(r"\s(?:vụ|người|hộ|ha|tấn|tỷ|triệu|hồ sơ|đơn|trường hợp|con|cây)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\s[^\W\d_]{2,}")
# "05 đoàn/75 người", "14.820 liều vắc-xin dịch tả lợn/18.500 liều"
_BESIDE: Final = re.compile(r"\d\s(?:[^\W\d_]{2,8}[ -]){0,6}[^\W\d_]{2,8}\s?/$")
_TOTAL: Final = re.compile(r"(?:tổng|trong|trên|con|dân|quân|thiểu|sĩ) số\s*$", re.IGNORECASE)
_LEVEL: Final = re.compile(r"(?:mức|cấp|loại|nhóm)\s*$", re.IGNORECASE)
_PLAN: Final = re.compile(r"(?:kế hoạch|(?:cả|vốn|toán|hoạch) năm)\s*$", re.IGNORECASE)
# "cùng kỳ năm trước 48 vụ", "năm 2023 285 vụ": more than there are days, months or quarters, and no year
_OF_CALENDAR: Final = re.compile(
    r"\b(ngày|tháng|quý|tuần|năm|quận|(?:cùng|trong|đầu|cuối) kỳ|trong năm)\s*:?\s*$", re.IGNORECASE
)
_CALENDAR: Final = {
    **{"ngày": 31, "tuần": 53, "tháng": 12, "quý": 4, "năm": 99, "quận": 30},
    **dict.fromkeys(("cùng kỳ", "trong kỳ", "đầu kỳ", "cuối kỳ", "trong năm"), -1),
}
# A verb in lower case, or a colon, where the name of a document has a capital and no colon.
_SAYING: Final = re.compile(
    r"(?<!\w)(?:(?:hướng dẫn|thông báo|báo cáo|kết luận)|(?:[Kk]ết luận|[Bb]áo cáo|[Tt]hông báo)\s?:)\s$"
)
_STRETCH: Final = re.compile(r"\b(?:đầu|cuối|cả|trong) (?:năm|kỳ)\s*$", re.IGNORECASE)
_OF_A_DATE: Final = re.compile(r"\d\s?/\s?(?:\d{1,2}\s?/\s?)?$")
_DAYS: Final = 31
_FROM_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\s[-–]\s$")  # "năm học 2021 - 2022"
# "so với vụ Đông Xuân 2021 - 2022", "vụ mùa 2023", "so với đầu nhiệm kỳ 2020": the year of a season or stretch
_OF_SEASON: Final = re.compile(r"\b(?:vụ|mùa|tết|cùng kỳ|nhiệm kỳ)\b(?:\s[^\W\d_]+){0,3}\s$", re.IGNORECASE)
_JOINTS: Final = ("/", "-", "–")
_A_LEVEL: Final = 100  # "mức 4" is a grade; "mức 98,12%", "đã cấp 604.288 thẻ" are figures
_UNIT: Final = re.compile(r"\s?(%|[^\W\d_]+(?: [^\W\d_]+)?)")
_SIGN: Final = re.compile(r"\(\s?[-–+]\s?$")
_APPROXIMATE: Final = re.compile(
    r"(?<!\w)(?:khoảng|gần|(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )(?<!nhỏ )(?<!kém )(?<!đông )(?<!rộng )"
    r"(?<!dài )(?<!nhỉnh )hơn|trên|dưới|tối thiểu|ít nhất|tối đa|không quá|đạt từ|đến|≥|>|<|≤|~|chừng|xấp xỉ|ước)\s*$",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"(?:khoảng|~|chừng|xấp xỉ|ước)\s*$", re.IGNORECASE)
_ALL_DIGITS: Final = 4  # of a figure that was not rounded


class Part(StrEnum):
    """What a figure is in a comparison."""

    RISE = "rise"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start`..`end` of the flow text.

    `unit` is "%" or the first two words behind it, "" where none stand there; `lead` all text of the sentence since the
    figure before it, in lower case; `behind` the text up to the next one. `previous`: it is of a time before;
    `compared`: words say that another figure is compared with it.
    """

    term: Term
    start: int
    end: int
    unit: str
    lead: str
    behind: str
    change: Part | None
    previous: bool
    compared: bool
    approximate: bool

    @property
    def head(self) -> str:
        """The first word of what is counted."""
        return self.unit.split()[0] if self.unit else ""


@cache
def words(role: str) -> Cue:
    """The words that give a figure a role, in lower case: right before it, or anywhere around it."""
    told = wordlist("extract.checks", "roles")[role]
    pattern = rf"\b(?:{told['lead']})\s*$" if "lead" in told else told["around"]
    return Cue(tuple(told["signs"]), re.compile(pattern))


def figures(sentence: Sentence, reading: Reading, *, wide: bool = False) -> tuple[Figure, ...]:
    """The figures of a sentence, left to right; none of a sentence that is a list.

    Args:
        sentence: a sentence of running text.
        reading: the letter it is of.
        wide: both figures of "27/36 đơn vị" and lengths of time are wanted too.
    """
    known = _known(Same(reading))
    key = (sentence.start, sentence.text, wide)
    told = known.get(key)
    if told is None:
        if wide and _MAY_BE_WIDE.search(sentence.text) is None:
            told = figures(sentence, reading)
        else:
            told = _read(sentence, reading, wide=wide)
        known[key] = told
    return told


@lru_cache(maxsize=1)
def _known(letter: Same[Reading]) -> dict[tuple[int, str, bool], tuple[Figure, ...]]:
    return {}


def _read(sentence: Sentence, reading: Reading, *, wide: bool) -> tuple[Figure, ...]:
    text = sentence.text
    if len(text) > _LONGEST:
        return ()
    numbers = [number for number in amounts_in(text) if _is_figure(text, number, wide=wide)]
    if len(numbers) > _MOST:
        return ()
    narrow = _known(Same(reading)).get((sentence.start, text, False), ()) if wide else ()
    if [one.start - sentence.start for one in narrow] == [number.start for number in numbers]:
        return narrow
    return tuple(_figures(text, numbers, sentence, reading))


def _figures(text: str, numbers: list[Number], sentence: Sentence, reading: Reading) -> Iterator[Figure]:
    ends = [0, *(number.end for number in numbers)]
    starts = [*(number.start for number in numbers), len(text)]
    for index, number in enumerate(numbers):
        if number.value is None:
            continue
        lead = text[ends[index] : number.start].lower()
        behind = text[number.end : starts[index + 1]].lower()
        match = _UNIT.match(behind)
        unit = ("%" if match[1] == "%" else counted(match[1])) if match else ""
        others = numbers[index + 1 :][:1]
        if others and behind.strip() == "/" and (over := _UNIT.match(text, others[0].end)):
            unit = counted(over[1].lower())
        near = lead[-_AROUND:]
        change = Part.RISE if words("rise").is_in(near) else None
        change = change or (Part.FALL if words("fall").is_in(near) else None)
        start, end = sentence.start + number.start, sentence.start + number.end
        proof = reading.proof(start, end, "checks.figure")
        name = " ".join(f"{lead[-_SHOWN:]} {unit}".split())
        yield Figure(
            term=Term(name or number.text, number.value, proof, is_doubtful(proof, reading)),
            start=start,
            end=end,
            unit=unit,
            lead=lead,
            behind=behind,
            change=change,
            previous=change is None and words("previous").is_in(_CLAUSES.split(near)[-1]),
            compared=change is None and words("compared").is_in(lead.split(";")[-1][-_LONG:]),
            approximate=_is_rough(near[-_RIGHT_BEFORE:], number),
        )


def _is_rough(before: str, number: Number) -> bool:
    """Whether words call a figure rough or a bound; "khoảng 36.132 hộ" tells all its digits whatever they say."""
    match = _APPROXIMATE.search(before)
    if match is None or number.value is None:
        return match is not None
    digits = len(number.value.normalize().as_tuple().digits)
    return digits < _ALL_DIGITS or _ABOUT.match(match[0]) is None


def _is_whole(number: Number) -> bool:
    """Whether the second figure of "(97/150)" can be no day, month or year."""
    return not number.decimals and number.value is not None and number.value > _DAYS and number.value not in YEARS


def _stands_alone(text: str, number: Number, before: str, after: str) -> bool:
    """Whether a figure behind a stroke or dash is one of its own: "(-18,7%)", "05 đoàn/75 người"."""
    if _SIGN.search(before):
        return True
    near = text[max(number.start - _SHOWN, 0) : number.start]
    beside = before.endswith("/") and number.whole != 1 and _COUNTED.match(after)
    return bool(beside and _BESIDE.search(near))


def _is_no_date(before: str, number: Number) -> bool:
    """Whether a number behind "tháng" or "năm" can name none."""
    match = _OF_CALENDAR.search(before)
    if match is None or number.value is None or number.value in YEARS:
        return False
    return number.value > _CALENDAR[match[1].lower()]


def _is_of_season(before: str, behind: str) -> bool:
    """Whether a number names the year of a season; of "vụ" alone it counts cases."""
    match = _OF_SEASON.search(before)
    return match is not None and (match[0].lower() != "vụ ") and _COUNTED_BEHIND.match(behind) is None


def _is_figure(text: str, number: Number, *, wide: bool) -> bool:
    before, after = text[max(number.start - 24, 0) : number.start], text[number.end : number.end + 12]
    if wide and (_OVER.match(after) or ("/" in before and _UNDER.search(before))):
        if _OF_A_DATE.search(before) and (after[:1] == "/" or before.count("/") > 1):
            return False
        if (under := _UNDER.search(before)) is not None and _NOT_A_FIGURE.is_at_end_of(before[: under.start()]):
            return False  # "tháng 11/2021"
        if _OVER.match(after) or _COUNTED.match(after):
            return not _NOT_A_FIGURE.is_at_end_of(before)
        return after[:1] == ")" and bool(_IN_BRACKETS.search(before)) and _is_whole(number)
    if wide and (match := _CLOSED.match(after)) and _IN_BRACKETS.search(before):
        return _is_whole(next(find_numbers(match[1], 0), number))  # "(97/150)"
    if after[:1] in _JOINTS or (before[-1:] in _JOINTS and not _stands_alone(text, number, before, after)):
        return False
    if after[:1].isalpha() or (_OF_TIME.match(after) and not (wide and _LENGTH.match(after))):
        return False
    if number.value in YEARS and not number.decimals and _FROM_YEAR.search(before):
        return False
    if number.value in YEARS and number.text.isdigit() and _is_of_season(before, text[number.end :]):
        return False
    if not _NOT_A_FIGURE.is_at_end_of(before) or _TOTAL.search(before):
        return True
    if _LEVEL.search(before):
        return bool(number.decimals) or after.lstrip()[:1] == "%" or (number.value or 0) >= _A_LEVEL
    unit = _UNIT.match(text, number.end)
    ends = _PLAN.search(before) or _SAYING.search(before) or _is_no_date(before, number)
    ends = bool(ends or (number.decimals and _STRETCH.search(before)))
    return bool(
        ends and unit is not None and counted(unit[1])
    )  # "vượt kế hoạch 35 người", "dự toán năm 1.250 triệu", "bố trí đầu năm 12,6 tỷ đồng", "hướng dẫn 37 cơ sở"
