"""Numbers that count nothing: parts of names, codes, dates, clock times, addresses and list marks."""

from __future__ import annotations

import re

from extract.components.context import UPPER
from extract.components.figure_units import SHARE, WORD, WORDS_BEFORE, is_counted, words_behind
from extract.components.figure_words import is_unit, listed, units
from extract.components.numbers import Number

_LAST_DAY = 31
_LAST_MONTH = 12
_LONG_CODE = 7  # digits from which a number that is not grouped is a code
_CODE_BEHIND = re.compile(rf"\s?/\s?(?:\d{{4}}\s?/\s?)?[{UPPER}]|[-–][{UPPER}]{{2}}|:\d")
_CODE_BEFORE = re.compile(r"[^\s\d]{2,}[/.-]$|\d\s?[/⁄∕]\s?$|[@&=?#_]$|\d:$")
_TORN = re.compile(r"(?<!năm )(?<!/)\b(?!(?:19|20)\d\d\s$)\d{1,4}\s$")  # the other half of a torn number
_TORN_BEHIND = re.compile(r"\s\d{1,3}(?:[.,/⁄]\d|%|\s?(?:điểm|hồ sơ)\b)")
_FACTOR = re.compile(r"\bhệ số\s*$", re.IGNORECASE)
_DAY = re.compile(r"\s?/\s?\d{1,2}(?:\s?/\s?\d{4})?(?![\d.,]*\d)")
_DAY_CUE = re.compile(r"(?:ngày|từ|đến|hết|trước|sau|tới|và|[-–(,])\s*$", re.IGNORECASE)
_CLOCK = re.compile(
    r"\s?(?:giờ|h|g)\s?(?:\d{1,2}\b|(?:,)?\s?(?:ngày|sáng|chiều|tối|đêm|phút|thứ|hằng|hàng|cùng ngày|hôm)|\s?[-–]"
    r"|(?:và|đến)\s\d{1,2}\s?(?:giờ|h)\b)",
    re.IGNORECASE,
)
_CLOCK_CUE = re.compile(r"(?:lúc|hồi|giờ)\s*$", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s(?:tháng|quý|năm|tuần)\s(?:đầu|cuối|qua|gần|tới|năm|trước|của năm|thực hiện|liên tiếp|liền"
    r"|như sau)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\snăm\s(?:(?:19|20)\d\d)(?!\d)")
_EVERY = re.compile(r"(?:định kỳ|kết quả|báo cáo|sơ kết)\s*$", re.IGNORECASE)
_TIME = re.compile(r"\s(?:ngày|tuần|tháng|quý|năm|giờ)\b")
_NO_NAME = re.compile(r"\b(?:(?:kỷ|pháp|kỉ)\sluật|hạ\stầng)\s$", re.IGNORECASE)  # "kỷ luật 30 trường hợp" names no law
_LEVELS = re.compile(r"\scấp\b(?!\s(?:ủy|uỷ|phó|trưởng))")  # "ở 3 cấp" counts nothing that is reported
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(r"https?:|www\.|@|\.vn\b|\.gov\b|\.com\b")
_TERM = re.compile(
    r"\s(?:giờ|ngày|tháng)(?:\slàm việc)?,?\s(?:kể\s)?từ\s(?:ngày|khi|thời điểm|lúc)\b", re.IGNORECASE
)  # a time limit: it belongs to its deadline
_MONTHS_ON = re.compile(r"\s(?:tháng|quý|tuần)\s(?:đã|toàn|cả|tỉnh|thành phố|các)\b", re.IGNORECASE)
_SPAN_CUE = re.compile(r"(?:trong|qua|sau|lũy kế|tính chung)\s$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:sau|qua|hơn|gần)\s(?:gần|hơn|khoảng|tròn)?\s?$", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:trong|suốt|qua)\s(?:gần|hơn|khoảng|tròn)?\s?$", re.IGNORECASE)
_YEARS_SPANNED = re.compile(r"\snăm\s\(")
_DOT_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")
_DOT_DAY_CUE = re.compile(r"\b(?:ngày|sáng|chiều|tối|từ|đến|hết|trước)\s$", re.IGNORECASE)
_BASE_CUE = re.compile(r"\b(?:trên|/)\s?$", re.IGNORECASE)
_BASE = re.compile(r"(?:\s(?:vạn|nghìn|triệu))?\s(?:dân|người dân|trẻ đẻ sống|dân số)\b")  # "trên 1 vạn dân"
_ELAPSED = re.compile(
    r"\s(?:năm|tháng|tuần)\s(?:đi vào|triển khai|thực hiện|hoạt động|kể từ|vận hành|thi hành|tái lập|thành lập)\b"
)
_PART_OF = re.compile(r"/([2-9]|10)\s(?:tổng\s)?số\b")  # "2/3 số xã" counts nothing


def is_name(text: str, number: Number, before: str) -> bool:
    """Whether a number is part of a name, code, date, time, address or list mark."""
    behind = text[number.end : number.end + 24]
    counted = bool(number.decimals or SHARE.match(behind) or "." in number.text)
    if (
        (not counted and is_named_before(before) and not _is_given(text, number, before))
        or _FACTOR.search(before)
        or _CODE_BEHIND.match(behind)
    ):
        return True
    if behind[:1] in ("]", "}", "|", "\\") and not before.endswith("["):
        return True  # the last digit was misread
    if _CODE_BEFORE.search(before) or (len(number.text) < 4 and _TORN.search(before)) or _TORN_BEHIND.match(behind):
        return True
    if behind.startswith(")") and before.rstrip().endswith("("):
        return WORDS_BEFORE.search(before) is None
    if number.text == "24" and before.endswith("24/"):
        return True  # round the clock
    if len(number.text) == 1 and _PART_OF.match(behind):
        return True
    if len(number.text) >= _LONG_CODE and number.text.isdecimal() and not is_counted(text, number):
        return True
    if not before.strip() and behind[:1] in (".", ")") and behind[1:2] in (" ", ""):
        return True
    if _is_day(number, behind) and (_DAY_CUE.search(before) or behind.count("/") > 1):
        return True
    if _DOT_DAY.fullmatch(number.text) and _DOT_DAY_CUE.search(before) and not SHARE.match(behind):
        return not is_counted(text, number)
    if (_SPAN.search(before) and _YEARS_SPANNED.match(behind)) or (_BASE_CUE.search(before) and _BASE.match(behind)):
        return True
    if (_SINCE.search(before) and _ELAPSED.match(behind)) or (len(number.text) < 3 and _LEVELS.match(behind)):
        return True
    if _CLOCK.match(behind) and number.whole is not None and number.whole <= 24 and not before.endswith("trong "):
        return True
    if _CLOCK_CUE.search(before) and number.whole is not None and number.whole < 60 and "giờ" not in behind[:5]:
        return True
    if _TERM.match(text, number.end) or (_MONTHS_ON.match(behind) and _SPAN_CUE.search(before)):
        return True
    if _PERIOD.match(behind) or _YEARS.match(behind) or (_EVERY.search(before) and _TIME.match(behind)):
        return True
    if _YEAR.fullmatch(number.text) and not is_unit(
        " ".join(word.group(1) for word in words_behind(text, number.end)[:1])
    ):
        return True
    if number.text.startswith("0") and len(number.text.split(".")[0].split(",")[0]) > 2:
        return True  # a telephone number or code
    if behind[:1].isalpha() and not _glued_unit(behind):
        return True
    low = max(text.rfind(" ", 0, number.start) + 1, number.start - 200)
    return bool(_ADDRESS.search(text[low : number.end + 40].split(" ")[0]))


def _is_day(number: Number, behind: str) -> bool:
    """Whether a number and what stands behind it can be a day of a month: "12/3", and not "53/55 vụ"."""
    match = _DAY.match(behind)
    if match is None or number.whole is None or number.whole > _LAST_DAY:
        return False
    month = re.search(r"\d{1,2}", behind)
    return month is not None and int(month[0]) <= _LAST_MONTH


def _glued_unit(behind: str) -> bool:
    match = WORD.match(behind)
    return match is not None and match.group(1).lower() in units()


def is_named_before(before: str) -> bool:
    """Whether the words in front of a number make it a name ("khoản 2"), and do not count ("tổng số 25")."""
    words = re.findall(r"[\w:.]+", before.lower())
    if not words or before[-1:] not in (" ", ".") or before.rstrip()[-1:] in (";", ",", ")", "”", '"'):
        return False
    if _NO_NAME.search(before):
        return False
    if words[-1] in ("số", "số:"):
        return words[-2:-1] not in (["tổng"], ["có"], ["trong"], ["một"], ["dân"], ["đa"])
    if words[-1].rstrip(".") == "điểm" and words[-2:-1] in (["đạt"], ["số"], ["tổng"]):
        return False
    return any(" ".join(words[-width:]) in listed("names_before") for width in (1, 2, 3))


def _is_given(text: str, number: Number, before: str) -> bool:
    """Whether "cấp" before a number is the verb ("cấp 48 giấy phép"), not a level ("cấp 2"): it counts something."""
    return before.lower().endswith("cấp ") and is_counted(text, number)
