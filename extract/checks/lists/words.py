"""What lists are counted of, and how counts are written: the words of `data/listed.toml`."""

from __future__ import annotations

import re
from typing import Final

from extract.wordlists import wordlist

_NUMBERS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def listed_words(name: str) -> tuple[str, ...]:
    """A list of words by its name."""
    return tuple(wordlist("extract.checks", "listed")[name])


def any_of(*names: str) -> str:
    """A pattern for the words of some lists, the longest first; engines read a comma between nouns as a semicolon."""
    words = {word for name in names for word in listed_words(name)}
    return "|".join(re.escape(word).replace(",", "[,;]") for word in sorted(words, key=len, reverse=True))


NOUN: Final = any_of("bodies", "places", "others_named", "things", "titles")
"""What a list is counted of."""

# "năm" is a year unless something that has or counts stands before it.
COUNT: Final = (
    r"\d{1,3}|mười\s(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)(?=\s)|(?<!mười\s)(?<!mươi\s)(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)(?=\s)|(?<=có\s)năm(?=\s)|(?<=còn\s)năm(?=\s)|(?<=gồm\s)năm(?=\s)"
    r"|(?-i:Năm)(?=\s)"
)
"""A count in figures or in a word."""

# What a number behind them is the number of, and no count: "thi vào lớp 10 tỉnh A".
_ORDINAL: Final = re.compile(
    r"(?<!\w)(?:lớp|khối|khóa|khoá|quý|điều|khoản|mục|chương|phần|tiết|số|thứ|hạng|tháng|ngày|năm|tuần|đợt|kỳ|lần"
    r"|phụ lục|biểu|mẫu|bảng|vùng|cụm|khu vực|quận|phường|loại|bước|giai đoạn|cấp độ|mức độ|nhiệm kỳ|nghị quyết"
    r"|nghị định|thông tư|quyết định|kế hoạch|chỉ thị|đề án|quốc lộ|đường|(?-i:ĐA|NQ|CT|QĐ|NĐ|TT|QL))(?:\s+số)?\s+$",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(r"(?:\btổng|\btrong|\btrên|\bcó) số\s+$", re.IGNORECASE)
_BEFORE: Final = 24  # characters in which an ordinal's noun stands


def is_ordinal(before: str) -> bool:
    """Whether a number behind some text is that of a class, a quarter or an article; "tổng số 13 địa phương" counts."""
    near = before[-_BEFORE:]
    return bool(_ORDINAL.search(near)) and not _TOTAL.search(near)


def read_count(printed: str) -> int:
    """The value of a count in figures or in a word."""
    if printed.isdigit():
        return int(printed)
    *ten, last = printed.lower().replace("lăm", "năm").split()
    return (10 if ten else 0) + _NUMBERS.index(last) + 1
