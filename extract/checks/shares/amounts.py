"""Figures of a text with what they measure, and those that tell so much of one thing for each of another.

"62,4 tạ/ha", "mỗi suất 500 nghìn đồng", "bình quân 1,74 người trên một đại biểu", "trung bình mỗi ngày 38 vụ, 27 người
chết", "9,5 bác sĩ/10.000 dân": each is a rate; the words say of what and for each of what.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.same import Same
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import Term, is_doubtful
from extract.components.numbers import Number, find_numbers, read_number, scale_of
from extract.records import Block, Reading
from extract.wordlists import wordlist

_AVERAGE: Final = r"(?:bình quân|trung bình|tính ra|như vậy|như thế)"
_SCALES: Final = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
_UNIT: Final = re.compile(
    rf"\s{{0,2}}({_SCALES}\b(?:\s{_SCALES}\b)?)?\s?([^\W\d_]+[23²³]?)?((?:\s[^\W\d_]+){{0,4}})", re.I
)
# "/xã", "/1 xã", "/10.000 dân", " trên một đại biểu", " cho mỗi đơn vị", " mỗi căn"
_FOR_EACH: Final = re.compile(
    r"(?:\s(?!và\b)[^\W\d_]+){0,5}?"
    r"(?:\s?/\s?(?:(10{0,2}|10{0,2}\.?000|vạn|nghìn|một|mỗi|01)\s)?"
    r"|\s(?:(?:trên|cho|đối với)\s)?(?:mỗi|một|01|1)\s(?!số|phần|lần|trong|cách|nửa|năm))"
    r"([^\W\d_]+[23²³]?(?:\s[^\W\d_]+)?)(?!\s?/)",
    re.IGNORECASE,
)
_EACH: Final = re.compile(
    rf"(?:\bmỗi|\b{_AVERAGE}[^\d.;%]{{0,12}}?\s(?:cứ\s)?(?:mỗi|một|01|1))\s"
    r"([^\W\d_]+(?:\s[^\W\d_]+)?)(?:,?\s(?:[^\W\d_,]+|(?:19|20)\d\d)){0,9}?[\s:]{1,2}$",
    re.IGNORECASE,
)
_AMONG: Final = re.compile(
    rf"\b{_AVERAGE}(?:\s(?:chung|cộng))?(?:\scủa)?(?:\s(?:cả|tất cả))?\s(\d{{1,3}}|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s"
    r"([^\W\d_]+(?:\s[^\W\d_]+)?)(?:,?\s(?:[^\W\d_,]+|(?:19|20)\d\d)){0,9}?[\s:]{1,2}$",
    re.IGNORECASE,
)
# "Cộng tổng điểm của sáu đơn vị rồi chia đều, điểm bình quân là …"
_DIVIDED: Final = re.compile(
    r"\b(?:cộng|lấy)\s[^\d.;]{0,30}?\bcủa\s(?:cả\s)?(\d{1,3}|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s"
    r"([^\W\d_]+(?:\s[^\W\d_]+)?)[^\d.;]{0,12}\bchia (?:đều|trung bình|bình quân)\b[^\d.;]{0,40}$",
    re.IGNORECASE,
)
_ROUGH: Final = re.compile(r"\b(?:khoảng|gần|hơn|trên|dưới|xấp xỉ|chừng|tối đa|tối thiểu|ít nhất|không quá)\s$", re.I)
_ABOUT: Final = re.compile(r"\b(?:khoảng|gần|xấp xỉ|chừng)\s$", re.IGNORECASE)
_RECKONED: Final = 4  # digits
_SPREAD: Final = re.compile(r"\s[^\W\d_]+(?:\s[^\W\d_]+){0,3}\strên\s$")  # "1.260 giáo viên trên 700 lớp"
_BOUND: Final = re.compile(
    r"\b(?:từ|đến|tối đa|tối thiểu|ít nhất|thấp nhất|cao nhất|không quá|dưới|chỉ tiêu|phấn đấu)\s(?:(?:là|bằng)\s)?$"
    r"|\b(?:kế hoạch|chỉ tiêu|dự toán)(?:\s(?:giao|năm(?:\s(?:19|20)\d\d)?))?\s?\((?:là\s)?$",
    re.I,
)
_OR_MORE: Final = re.compile(r"(?:\s[^\W\d_]+){0,3}\strở (?:lên|xuống)\b")
_CHANGED: Final = re.compile(
    r"\b(?:tăng|giảm|hơn|kém|thấp hơn|cao hơn|nhiều hơn|ít hơn|vượt|thêm|bớt)(?: thêm| được| tới| khoảng)?\s$", re.I
)
_SERIES: Final = re.compile(rf"\b{_AVERAGE}\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"\b(?:so với|tổng|cùng kỳ|tăng|giảm|trong khi)\b|[.;:%(]", re.IGNORECASE)
_WORDS: Final = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_IN_WORDS: Final = re.compile(
    rf"(?<!mươi )(?<!mười )(?<!trăm )(?<!linh )(?<!giải )(?<!thứ )(?<!hạng )\b({'|'.join(_WORDS)})\s([^\W\d_]+)",
    re.IGNORECASE,
)
_AND_A_HALF: Final = "rưỡi"  # "2 phút rưỡi" are more than 2
_FEW: Final = 3  # words of a unit
_UNDER: Final = re.compile(r"\d/$")
_OVER: Final = re.compile(r"/\d{1,6}(?![\d/.,-])")
_YEARLY: Final = re.compile(r"năm $", re.IGNORECASE)
_IS_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_QUARTER: Final = re.compile(r"\bquý (?:I|II|III|IV|[1-4])[ /]", re.IGNORECASE)
_OF_MONTH: Final = re.compile(r"(0?[1-9]|1[0-2])(?:/| năm )((?:19|20)\d\d)(?!\d)")
_NAMED: Final = re.compile(r"\b(?:tổng số|số)\s((?:[^\W\d_]+\s){0,3}[^\W\d_]+?)(?:\slà)?\s?:?\s$", re.IGNORECASE)
_SPANS: Final = {"ngày": (Decimal(365), Decimal(91)), "tháng": (Decimal(12), Decimal(3))}  # of a year, a quarter
_NEAR: Final = 16
_BEHIND: Final = re.compile(r"[^.;]{0,60}")  # the last figure of a product
_LOOKED_AT: Final = 90  # characters before a figure
_MONTH: Final = re.compile(r"(?<!mỗi )(?<!một )(?<!\s1 )\b(?:ngày|tháng|quý|tuần|lúc|thứ)\s$", re.IGNORECASE)
_YEAR: Final = frozenset({"năm"})
_DAYS: Final = frozenset({"ngày", "tháng", "tuần"})
_PAST: Final = re.compile(
    r"\b(?:so với|cùng kỳ|(?:năm|vụ|kỳ|quý|tháng) (?:[^\W\d_]+ ){0,3}(?:trước|ngoái))\b[^.;()]{0,50}\([^\d.;()]{0,30}$",
    re.IGNORECASE,
)
LEADS_TO_TOTAL: Final = re.compile(
    r"\b(?:tổng|tổng cộng|cộng|thành tiền|số tiền|kinh phí|trị giá|hết|cần|tương đương|tham gia|tất cả|cả thảy)\b"
    r"[^.;:(]{0,24}$",
    re.IGNORECASE,
)
"""Right before a total of so many times so much."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with what it measures.

    `base` is a measure ("đồng", "kg", "ha") or the first word of what is counted, `scale` how many of those one of
    its own unit is, `words` those behind it, `lead` the text before it. `each` is what a rate is for each of, empty
    where the figure is none, and `by` how many of those: 10.000 of "bác sĩ/10.000 dân". `among` is how many the
    words of an average say share it. `is_span`: it is the days or months of a year, or a quarter, that words name.
    `is_average`: words call it one; a yield is measured, whatever they say.
    """

    number: Number
    value: Decimal
    base: str
    scale: Decimal
    words: str
    lead: str
    sentence: int
    block: Block
    each: str = ""
    by: Decimal = Decimal(1)
    among: int | None = None
    is_span: bool = False
    is_average: bool = False

    @property
    def start(self) -> int:
        """Where it stands in the letter."""
        return self.block.start + self.number.start

    @property
    def is_rough(self) -> bool:
        """Whether words say that it is near the right figure."""
        if _AND_A_HALF in self.words.split()[:_FEW]:
            return True
        return _ROUGH.search(self.lead) is not None and not _SPREAD.match(self.lead)

    @property
    def is_counted(self) -> bool:
        """Whether so many digits are printed that it was reckoned, whatever words say: "khoảng 341.630 tấn"."""
        return _ABOUT.search(self.lead) is not None and len(self.value.normalize().as_tuple().digits) >= _RECKONED

    @property
    def is_bound(self) -> bool:
        """Whether words make it a bound, an aim or one end of a span."""
        return _BOUND.search(self.lead) is not None or _OR_MORE.match(self.block.text, self.number.end) is not None

    @property
    def is_past(self) -> bool:
        """Whether it stands in brackets behind the time that another figure is compared with."""
        before = self.block.text[max(self.number.start - _LOOKED_AT, self.block.body) : self.number.start]
        return _PAST.search(before) is not None

    @property
    def is_change(self) -> bool:
        """Whether it says by how much another figure changed."""
        return _CHANGED.search(self.lead) is not None


def takes_in_more(figures: Sequence[Amount]) -> bool:
    """Whether words between the figures of one product, or right behind them, say that more or less is in its total."""
    block = figures[0].block
    own = [one for one in figures if one.block is block]
    low, high = min(one.number.start for one in own), max(one.number.end for one in own)
    behind = _BEHIND.match(block.text, high)
    return _beyond().search(block.text, low, behind.end() if behind is not None else high) is not None


@cache
def _beyond() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wordlist('extract.checks', 'amounts')['beyond']['words']})\b", re.IGNORECASE)


def term_of(amount: Amount, reading: Reading, value: Decimal | None = None) -> Term:
    """A figure as a term of a check; `value` where it goes into it in another unit."""
    proof = reading.proof(amount.start, amount.block.start + amount.number.end, "checks.product")
    return Term(amount.words, amount.value if value is None else value, proof, is_doubtful(proof, reading))


def amounts(block: Block, *, before: bool = False) -> tuple[Amount, ...]:
    """The figures of a block, left to right, with the numbers that stand in words before a noun.

    Args:
        block: a block of running text.
        before: its last sentence is counted as 0, the one before the first of the block behind it.
    """
    return _amounts(Same(block), before)


@lru_cache(maxsize=256)
def _amounts(of: Same[Block], before: bool) -> tuple[Amount, ...]:
    block, text = of.one, of.one.text
    starts = [sentence.start - block.start for sentence in sentences(block)]
    back = len(starts) if before else 0
    found: list[Amount] = []
    end = block.body
    for number in _numbers(block):
        if number.value is None or number.start < end:
            continue
        lead = text[max(end, number.start - _LOOKED_AT) : number.start]
        if _YEARLY.search(text, max(number.start - 4, 0), number.start) and _IS_YEAR.fullmatch(number.text):
            found += _spans(number, block, sentence=bisect_right(starts, number.start) - back)
            continue
        if (month := _OF_MONTH.match(text, number.start)) is not None and _MONTH.search(lead):
            days = Decimal(monthrange(int(month[2]), int(month[1]))[1])
            sentence = bisect_right(starts, number.start) - back
            found.append(Amount(number, days, "ngày", Decimal(1), "", "", sentence, block, is_span=True))
            end = month.end()
            continue
        if _UNDER.search(text, max(number.start - 2, 0), number.start) or _MONTH.search(lead):
            continue
        sentence = bisect_right(starts, number.start) - back
        one, end = _amount(number, number.value, block, lead, sentence)
        last = found[-1] if found else None
        if not one.each and last is not None and last.each and _goes_on(last, one, text):
            one = replace(one, each=last.each, by=last.by, among=last.among, is_average=last.is_average)
        found.append(one)
    return tuple(found)


def _spans(number: Number, block: Block, sentence: int) -> Iterator[Amount]:
    """The days and months of the year, or the quarter of it, that words name."""
    quarter = _QUARTER.search(block.text, max(number.start - _NEAR, 0), number.start)
    for base, several in _SPANS.items():
        yield Amount(number, several[quarter is not None], base, Decimal(1), "", "", sentence, block, is_span=True)


def _numbers(block: Block) -> list[Number]:
    text = block.text
    told = list(find_numbers(text, block.body))
    for match in _IN_WORDS.finditer(text, block.body):
        word = match[1].lower()
        told.append(Number(match.start(1), match.end(1), match[1], Decimal(_WORDS[word])))
    return sorted(told, key=lambda number: number.start)


def _amount(number: Number, value: Decimal, block: Block, lead: str, sentence: int) -> tuple[Amount, int]:
    """A figure, and where what says of what it is ends."""
    text = block.text
    over = _OVER.match(text, number.end)
    base, scale, words = _measured(text, over.end() if over is not None else number.end)
    if not base and not words and (named := _NAMED.search(lead)) is not None:  # "tổng số trẻ: 6.720, số nhóm lớp: 224"
        base, words = kind_alike(named[1].lower()), named[1].lower()
    one = Amount(number, value, base, scale, words, lead, sentence, block)
    if not base or base == "%":
        return one, number.end
    before = text[max(number.start - _LOOKED_AT, 0) : number.start]
    if (among := _AMONG.search(before) or _DIVIDED.search(before)) is not None and for_each(among[2].lower()) != base:
        many = _WORDS.get(among[1].lower()) or int(among[1])
        return replace(one, each=for_each(among[2].lower()), among=many, is_average=base != "kg"), number.end
    behind = _FOR_EACH.match(text, number.end)
    if behind is not None and for_each(behind[2].lower()) == base and "/" not in behind[0]:
        return one, number.end  # "40 suất quà, mỗi suất …"
    if behind is not None and behind[2].lower().split()[0] not in _YEAR:
        by = _times(behind[1])
        return (_with(one, behind[2].lower(), by), behind.end()) if by is not None else (one, number.end)
    if (each := _EACH.search(before)) is not None and for_each(each[1].lower()) != base:
        return _with(one, each[1].lower(), Decimal(1)), number.end
    return one, number.end


def _with(one: Amount, each: str, by: Decimal) -> Amount:
    average = one.base != "kg" and _SERIES.search(one.lead) is not None
    return replace(one, each=for_each(each), by=by, is_average=average)


def for_each(words: str) -> str:
    """What a rate is for each of, as `base` names it."""
    first = words.split()[0]
    return _units()[first][0] if first in _units() else kind_alike(words)


def _goes_on(last: Amount, one: Amount, text: str) -> bool:
    """Whether a figure goes on a list of averages: "trung bình mỗi ngày xảy ra 38 vụ, làm chết 27 người"."""
    between = text[last.number.end : one.number.start]
    if one.base in ("", "%", "đồng", last.each) or one.sentence != last.sentence or _OTHER.search(between):
        return False
    return last.is_average or last.each in _DAYS


def _times(word: str | None) -> Decimal | None:
    """How many of a thing a rate is for."""
    if word is None or word.lower() in ("một", "mỗi"):
        return Decimal(1)
    return scale_of(word) or read_number(word)


def _measured(text: str, at: int) -> tuple[str, Decimal, str]:
    """What a figure measures, how many of it one is, and the words behind."""
    if text[at : at + 1] == "%" or text[at : at + 2] == " %":
        return "%", Decimal(1), ""
    match = _UNIT.match(text, at)
    if match is None:
        return "", Decimal(1), ""
    scale, noun, more = Decimal(1), (match[2] or "").lower(), match[3].lower()
    for word in (match[1] or "").lower().split():
        scale *= scale_of(word) or 1
    words = f"{noun}{more}"
    if not noun or (scale > 1 and noun not in _units() and not _is_noun(noun)):
        return ("đồng" if scale >= _MILLION else ""), scale, words
    if noun in ("đồng",) and more.strip().split()[:1] in (["chí"], ["bào"], ["nghiệp"]):
        return "người", scale, words
    base, times = _units().get(noun, (kind_alike(words), Decimal(1)))
    return base, scale * times, words


_MILLION: Final = Decimal(1_000_000)
_EMPTY: Final = frozenset(
    {"và", "với", "là", "để", "cho", "của", "trên", "từ", "đến", "đạt", "bằng", "so", "được", "đã"}
)


def _is_noun(word: str) -> bool:
    return word not in _EMPTY


def kind_alike(words: str) -> str:
    """What is counted, by one word for all that mean the same: "nhà" of houses and flats."""
    first = kind_of(words.removeprefix("lượt "))
    return _same().get(first, first)


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    """Measures by their names: what they measure in, and how many of it."""
    return {
        name: (base, Decimal(times))
        for base, several in wordlist("extract.checks", "amounts")["measures"].items()
        for name, times in (one.split("=") for one in several.split())
    }


@cache
def _same() -> dict[str, str]:
    """First words of things counted, by the word that stands for all that mean the same."""
    return {
        word: one for one, several in wordlist("extract.checks", "amounts")["same"].items() for word in several.split()
    }
