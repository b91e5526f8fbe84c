"""Counts and shares in running text, each with the words that belong to it.

The text between two figures is shared out: what stands before the first comma, bracket or "và" says what the left
figure counts ("420 đơn còn tồn, …"), the rest leads to the right one ("… đã giải quyết 1.275").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise, zip_longest
from typing import Final

from extract.checks.figures.compound import amounts_in
from extract.checks.figures.cues import ending
from extract.checks.figures.same import Same
from extract.checks.figures.terms import Term, is_doubtful
from extract.components.numbers import Number
from extract.records import Block, Proof, Reading, Role
from extract.wordlists import wordlist

RUNNING: Final = (Role.PARAGRAPH, Role.ITEM, Role.HEADING, Role.FOOTNOTE)


class Meaning(StrEnum):
    """What a figure counts, where the relations between such counts are known."""

    RECEIVED = "tiếp nhận"
    FRESH = "mới tiếp nhận"
    CARRIED = "kỳ trước chuyển qua"
    RESOLVED = "đã giải quyết"
    PENDING = "đang giải quyết"
    EARLY_OR_ON_TIME = "trước hạn và đúng hạn"
    EARLY = "trước hạn"
    ON_TIME = "đúng hạn"
    LATE = "quá hạn"
    ONLINE = "trực tuyến"
    DIRECT = "trực tiếp"
    PROVINCE = "cấp tỉnh"
    DISTRICT = "cấp huyện"
    COMMUNE = "cấp xã"
    DONE = "đã hoàn thành"
    DOING = "đang thực hiện"
    NOT_BEGUN = "chưa thực hiện"
    NOT_DONE = "chưa hoàn thành"


_ORDINAL: Final = ending(
    r"ngày|tháng|năm|quý|khoản|điều|chương|mục|(?<!chấm )(?<!dứt )điểm|mức|mức độ|giai đoạn|thứ|lần|mũi|(?<!định )kỳ"
    r"|phụ lục|biểu|biểu mẫu|mẫu|hạng|vị trí|chỉ số|cấp độ|khóa|nhiệm kỳ|đề án|quyết định|nghị quyết|nghị định"
    r"|thông tư|chỉ thị|kế hoạch|văn bản|tuần|covid|top|nhóm|bước|(?<!một )phần|tiêu chí|nội dung|bảng|hình"
    r"|(?<!xếp )(?<!các )loại|đợt|ca|tổ|khu|khu phố|(?<!nông )thôn|đường|quốc lộ"
    r"|(?<!dự )(?<!quốc )(?<!văn )(?<!đề )(?<!trưởng )phòng|q|iso",
    r"(?:\s+số)?\s*[-:.]?\s*",
    "số",
)
# Who is counted, not what passes through: "của 20 cơ quan, đơn vị là 56.703 hồ sơ" received 56.703.
_WHO: Final = re.compile(
    r"(?:cơ quan|đơn vị|sở|ban|ngành|địa phương|tỉnh|huyện|xã|phường|thành phố|phòng|tổ chức|cá nhân|cán bộ|công chức"
    r"|viên chức|người|đại biểu|doanh nghiệp|hộ)\b",
    re.IGNORECASE,
)
# "phát sinh trong kỳ 1.870", "trợ cấp một lần 830"
_IN_TIME: Final = re.compile(r"\b(?:trong kỳ|một lần)\s*$", re.IGNORECASE)
_PLACE: Final = re.compile(r"\b(?:Hoa|Tam|Bắc|Trung|Nam) Kỳ\s*:?\s*$")  # "Hoa Kỳ 497.498": its name ends as a term does
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+$")  # "qua tài khoản 26.541 người": nothing has so many numbers
_TIME_UNIT: Final = re.compile(
    r"\s{0,3}(?:tháng|quý|năm|ngày|giờ|phút|tuần|lần"
    r"|điểm(?! (?:trường|cầu|bưu|bán|thi\b|ngập|sạt|du lịch|tham quan|đen|nóng|bỏ phiếu|bầu cử|dân cư"
    r"|giao dịch|kinh doanh|tiếp))|bậc|hạng(?! mục)|độ|kỳ|người/|thứ|tuổi|km/h|km/giờ|mm|in(?=\)))\b",
    re.IGNORECASE,
)
_APPROXIMATE: Final = ending(
    "khoảng|gần|hơn|trên|dưới|tối thiểu|ít nhất|tối đa|không quá|đạt từ|từ|đến|vượt|≥|>|<|≤|~|chừng|xấp xỉ", r"\s*"
)
# A mark, or a blank with such words behind it: what begins with characters of one class is found several times faster.
_CUT: Final = re.compile(
    r"[,.;:()\[\]–…\s](?:(?<!\s)|-\s|(?:còn|chiếm|đạt|trong đó|tương đương)\s"
    # "180 hồ sơ đúng và trước hạn" is one kind; "trước hạn 120 và đúng hạn 60" are two
    r"|và\s(?!(?:trước|đúng|trong|sớm) hạn\b(?![:\s]+(?:là\s+)?(?:\d|$)))"
    r"|(?<!hạn\s)(?<!đúng\s)(?<!trước\s)(?<!sớm\s)(?<!trong\s)và\s)"
)
_SPLIT: Final = re.compile(r"[,.;:()\[\]–…]|\s-\s")
_OF_A_YEAR: Final = re.compile(r"\b(?:dự toán|kế hoạch|chỉ tiêu|tổng số|cả|trong)(?: cả)? năm\s*$", re.IGNORECASE)
# What can stand behind a figure and counts nothing: "đã giải quyết là 9.412 và đang giải quyết là 344".
_NOT_COUNTED: Final = re.compile(
    r"(?:và|với|so|tại|ở|của|trên|theo|cho|để|tăng|giảm|chiếm|đạt|hoặc|vào|từ|đến|bằng(?! (?:khen|cấp))|nhưng"
    r"|thì|do|về|khi|đã|đang|được"
    r"|là|đúng|trước|quá|trong|còn|chưa|mới|tương|hay|như|không|có|gồm)\b"
)
_COUNTED: Final = re.compile(r"\s[^\W\d_]{2,}")
_BESIDE: Final = re.compile(r"\d\s[^\W\d_]{2,8}(?:\s[^\W\d_]{2,8})?/$")  # "259 lượt/316 người"
_DASHES: Final = ("-", "–")
_RANGE_BEHIND: Final = re.compile(r"[-–]\d")
_RANGE_BEFORE: Final = re.compile(r"\d\s?[-–]\s?$")
_LAST_YEAR: Final = 2200
_ABOUT: Final = re.compile(r"(?:khoảng|gần|xấp xỉ|chừng|~)\s*$")
_EXACT: Final = 3  # digits of a share that is told to the last
_TO_THE_LAST: Final = 4  # digits of a count that is
_LONGEST_LABEL: Final = 120


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in running text.

    `start` and `end` are offsets in the flow text, `unit` is "%" or the first words behind, `before` and `after` the
    words that lead to it and follow it, `between` all text since the figure before it in the block. `of` is what a
    fraction is of, and `of_proof` where that stands: 36 in "27/36 đơn vị", whose value is 27.
    """

    term: Term
    start: int
    end: int
    unit: str
    before: str
    after: str
    between: str
    meaning: Meaning | None
    approximate: bool
    of: Decimal | None = None
    of_proof: Proof = ()

    @property
    def value(self) -> Decimal:
        """The figure."""
        return self.term.value

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number of something, and no share or length."""
        return self.unit != "%" and self.unit.split()[:1] != ["km"] and self.term.decimals == 0


def quantities(
    block: Block, reading: Reading, *, points: bool = False, fractions: bool = False
) -> tuple[Quantity, ...]:
    """The counts and shares of a block, left to right; dates, numbers of documents and ordinals are none.

    Args:
        block: a block of running text.
        reading: the letter it is of.
        points: points and marks are wanted too.
        fractions: "27/36 đơn vị" is wanted too, and both of "259 lượt/316 người".
    """
    known = _known(Same(reading))
    key = (block.start, points, fractions)
    if key not in known:
        numbers, parted = _counted(block, points=points, fractions=fractions)
        plain = known.get((block.start, False, False))
        alike = plain is not None and not parted and plain[0] == numbers
        known[key] = plain if alike and plain is not None else (numbers, _read(block, reading, numbers, parted))
    return known[key][1]


_Known = dict[tuple[int, bool, bool], tuple[list[Number], tuple[Quantity, ...]]]


@lru_cache(maxsize=1)
def _known(letter: Same[Reading]) -> _Known:
    return {}


def _counted(block: Block, *, points: bool, fractions: bool) -> tuple[list[Number], dict[int, Number]]:
    """The numbers of a block that are wanted, and what those of fractions are of."""
    text = block.text
    printed = amounts_in(text, block.body)
    parted = _fractions(text, printed) if fractions else {}
    numbers = [
        number
        for number, follower in zip_longest(printed, printed[1:])
        # a number right before another is a word misread: "là 56.703" as "14 56.703"
        if (number.start in parted or _counts(text, number, points=points, fractions=fractions))
        and not (follower and not text[number.end : follower.start].strip())
    ]
    return numbers, parted


def _read(
    block: Block, reading: Reading, numbers: Sequence[Number], parted: Mapping[int, Number]
) -> tuple[Quantity, ...]:
    text = block.text
    ends = [parted[number.start].end if number.start in parted else number.end for number in numbers]
    edges = [block.body, *ends]
    starts = [*(number.start for number in numbers), len(text)]
    found = []
    led = ""  # words that lead over a count of bodies to the figure behind it
    for index, number in enumerate(numbers):
        if number.value is None:
            continue
        between = text[edges[index] : number.start]
        behind = text[ends[index] : starts[index + 1]]
        percent = behind.lstrip().startswith("%")
        after = _head(behind.lstrip().removeprefix("%"))
        before = _tail(between, first=index == 0)
        start, end = block.start + number.start, block.start + number.end
        proof = reading.proof(start, end, "checks.quantity")
        label = " ".join(f"{before} {after}".split())[:_LONGEST_LABEL]
        who = bool(_WHO.match(after))
        meaning = None if who else meaning_of(before) or meaning_of(after) or meaning_of(led)
        if meaning is Meaning.PENDING and meaning_of(after) is Meaning.CARRIED:
            meaning = Meaning.CARRIED  # "số còn lại 612 hồ sơ từ kỳ trước chuyển sang"
        led = before if who else ""
        under = parted.get(number.start)
        found.append(
            Quantity(
                term=Term(label or number.text, number.value, proof, is_doubtful(proof, reading)),
                start=start,
                end=end,
                unit="%" if percent else counted(after),
                before=before,
                after=after,
                between=between,
                meaning=meaning,
                approximate=_APPROXIMATE.is_at_end_of(between) or behind.startswith("+"),
                of=under.value if under is not None else None,
                of_proof=reading.proof(block.start + under.start, block.start + under.end, "checks.quantity")
                if under is not None
                else (),
            )
        )
    return tuple(found)


def _fractions(text: str, numbers: Sequence[Number]) -> dict[int, Number]:
    """What the counts of fractions are of, by where these begin: 36 for 27 in "27/36 đơn vị"; no dates."""
    found = {}
    for one, other in pairwise(numbers):
        if text[one.end : other.start] != "/" or not _COUNTED.match(text, other.end):
            continue
        if _ORDINAL.is_at_end_of(text[max(one.start - 24, 0) : one.start]) or one.whole is None or other.whole is None:
            continue
        if one.whole <= other.whole and text[max(one.start - 1, 0) : one.start] != "/":
            found[one.start] = other
    return found


def quantities_of(reading: Reading) -> dict[int, tuple[Quantity, ...]]:
    """The quantities of each block of running text, by its index."""
    blocks = enumerate(reading.flow.blocks)
    return {index: quantities(block, reading) for index, block in blocks if block.role in RUNNING}


@cache
def _patterns() -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    """The words of each meaning, most telling first."""
    kinds = wordlist("extract.checks", "meanings")
    return tuple((Meaning[name], re.compile(rf"\b(?:{'|'.join(several)})\b")) for name, several in kinds.items())


@lru_cache(maxsize=16384)
def meaning_of(label: str) -> Meaning | None:
    """What such words count; the words next to the figure decide where several fit."""
    text = " ".join(label.lower().replace("tỉ lệ", "tỷ lệ").split())
    best: tuple[int, Meaning] | None = None
    for meaning, pattern in _patterns():
        for match in pattern.finditer(text):
            if best is None or match.end() > best[0]:
                best = (match.end(), meaning)
    return best[1] if best else None


def says(label: str, meaning: Meaning) -> bool:
    """Whether words name a meaning, wherever they do."""
    text = " ".join(label.lower().split())
    return any(one is meaning and pattern.search(text) is not None for one, pattern in _patterns())


def counted(after: str) -> str:
    """The first two words behind a figure, in lower case, where they can name what is counted."""
    words = " ".join(after.lower().split()[:2])
    return "" if _NOT_COUNTED.match(words) else words


def is_rough(item: Quantity) -> bool:
    """Whether a figure is told roughly, or as a bound; "gần 388.550 người" is a count for all that."""
    digits = len(item.value.normalize().as_tuple().digits)
    return item.approximate and not (digits >= (_EXACT if item.unit == "%" else _TO_THE_LAST) and about(item))


def about(item: Quantity) -> bool:
    """Whether words say that a figure is near the right one, and no bound for others."""
    return bool(_ABOUT.search(item.between.lower()))


def _counts(text: str, number: Number, *, points: bool, fractions: bool) -> bool:
    before, after = text[max(number.start - 24, 0) : number.start], text[number.end : number.end + 12]
    under = before.endswith("/")
    beside = under and fractions and bool(_BESIDE.search(before)) and bool(_COUNTED.match(after))
    if (under and not beside) or after.startswith("/"):
        return False  # a date, the number of a document, a score, or a fraction
    if after[:1].isalpha() or (after.startswith(_DASHES) and _RANGE_BEHIND.match(after)):
        return False
    if before.rstrip().endswith(_DASHES) and _RANGE_BEFORE.search(before):
        return False
    ordinal = (
        not number.decimals
        and _ORDINAL.is_at_end_of(before)
        and not (_IN_TIME.search(before) or _PLACE.search(before))
        and not _is_no_year(before, number)
        and not ((_THOUSANDS.match(number.text) or before.rstrip().endswith(":")) and _COUNTED.match(after))
    )
    if (_TIME_UNIT.match(after) and not (points and after.lstrip().startswith("điểm"))) or ordinal:
        return False
    return not (before.endswith("(") and after.startswith(")")) or bool(_THOUSANDS.match(number.text))


def _is_no_year(before: str, number: Number) -> bool:
    """Whether "năm" before a figure ends what it counts: "dự toán năm 7.560 tỷ đồng"."""
    return number.value is not None and number.value > _LAST_YEAR and bool(_OF_A_YEAR.search(before))


def _head(behind: str) -> str:
    """The words behind a figure that say what it counts."""
    cut = _CUT.search(behind)
    return " ".join(behind[: cut.start() if cut else _LONGEST_LABEL].split())[:_LONGEST_LABEL]


def _tail(between: str, *, first: bool) -> str:
    """The words that lead to a figure."""
    text = between.rstrip(" :(")
    if not first:
        cut = _CUT.search(between)
        if cut is None:
            return ""
        text = text[cut.start() :]
    parts = _SPLIT.split(text)
    return " ".join(parts[-1].split())[-_LONGEST_LABEL:]
