"""Numbers that name something and count nothing: "bảng 2.22", "các khoản 3, 4 và 10", "bão số 15", "16°54’15”"."""

from __future__ import annotations

import re
from typing import Final

from extract.components.numbers import Number

_BEFORE: Final = 64  # characters before a number in which words name it
_BEHIND: Final = 24
_WORDS: Final = 3
# What has a number for a name, right before it …
_NAMED: Final = frozenset({"bảng", "trang", "thửa", "quyển", "vành đai", "đồi"})
# … but not as a syllable of another word, or where something is measured.
_OTHER_WORDS: Final = frozenset({"vũ trang", "khẩu trang", "nghĩa trang", "thời trang", "hóa trang", "nông trang"})
_MEASURED: Final = re.compile(r"\s?(?:ha|m2|m²|km2|km²|km|m|hécta|héc-ta|mét)\b", re.IGNORECASE)
# … and with "số" between; two words where one would say too little.
_NUMBERED: Final = frozenset(
    {"bão", "nhà", "ngõ", "ngách", "hẻm", "kiệt", "tàu", "xe", "lô", "đội", "trạm", "cơ sở", "trụ sở", "áp thấp"}
    | {"công điện", "gói thầu", "hợp phần", "điện thoại", "quốc lộ", "tỉnh lộ", "bản đồ", "địa chỉ", "tiểu khu"}
)
_LABELLED: Final = frozenset({"cơ sở", "phương án", "địa điểm", "ví dụ", "trường hợp"})  # "Cơ sở 2: …"
_STREET: Final = re.compile(r"[A-Z]?\s?,?\s(?:đường|phố|ngõ|ngách|hẻm|đại lộ|quốc lộ)\b", re.IGNORECASE)
_FORCES: Final = frozenset({"giật", "gió", "sóng", "mạnh", "bão", "đạt"})  # "giật cấp 14": of the wind
_JOINING: Final = ("và", "hoặc", "đến")
_LISTED: Final = re.compile(
    r"\b(?:khoản|điều|điểm|mục|chương|phụ lục|bảng|biểu|mẫu|tiết)\s"
    r"(?:\d{1,3}[a-zđ]?(?:,|;| và| hoặc| đến|,? khoản|,? điều|,? mục)\s){1,16}$",
    re.IGNORECASE,
)
_ENDS_A_LIST: Final = re.compile(
    r"[a-zđ]?\s*(?:$|[,;.)\]]|(?:và|hoặc|đến|mục|điều|khoản|điểm|chương|phần|phụ lục|của|này|nêu|kèm|ban hành"
    r"|luật|nghị|thông tư|quyết định|quy định|quy chế)\b)",
    re.IGNORECASE,
)
# The words right before a number of which one is there wherever it is a name.
_LAST: Final = frozenset(words.split()[-1] for words in (*_NAMED, *_LABELLED, *_JOINING, "số", "cấp"))
_CODE: Final = re.compile(r"[A-ZĐ]{2}[.+]$")  # "CC.42200", "GMT+7"
_DEGREE: Final = "°"
_ANGLES: Final = tuple("°′″’”'\"")


def is_named(text: str, number: Number) -> bool:
    """Whether the words around a number make it a name.

    Args:
        text: what the number stands in.
        number: one of its numbers.
    """
    before = text[max(number.start - _BEFORE, 0) : number.start]
    if _DEGREE in text and (before[-1:] in _ANGLES or text[number.end : number.end + 1] in _ANGLES):
        return True
    if not before[-1:].isspace():
        return _CODE.search(before) is not None
    last = before[before.rstrip().rfind(" ") + 1 :].strip(" :").lower()
    if last not in _LAST and not last.endswith((",", ";")):
        return False
    words = [word.strip(":").lower() for word in before.split()[-_WORDS:]]
    two = " ".join(words[-2:])
    if (last in _NAMED or two in _NAMED) and two not in _OTHER_WORDS:
        return _MEASURED.match(text, number.end) is None
    if number.decimals:
        return False
    if last == "số":
        of = (" ".join(words[:-1]), "".join(words[-2:-1]))
        return not _NUMBERED.isdisjoint(of) or _STREET.match(text, number.end) is not None
    if last == "cấp":
        return not _FORCES.isdisjoint(words)
    if two in _LABELLED:
        return text[number.end : number.end + 1] == ":"
    if last in _JOINING or last.endswith((",", ";")):
        return bool(_LISTED.search(before) and _ENDS_A_LIST.match(text[number.end : number.end + _BEHIND]))
    return False
