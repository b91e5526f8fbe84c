"""What a number counts or measures: the unit behind it, or the noun of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.components.figure_words import is_unit, listed, units
from extract.components.numbers import Number, find_numbers, scale_of
from normalize.syllables import is_syllable

_WORDS_BEHIND = 10
WORD = re.compile(r"\s?([^\W\d_]+[²³23]?(?:/[^\W\d_]{1,12}[²³23]?){0,3})")
SHARE = re.compile(r"\s?([%‰])")
_PER = re.compile(r"(?:/[^\W\d_]{1,12}[²³23]?){1,3}")
_RANGE = re.compile(r"\s?%?\s?(?:[-–]|đến|tới)\s?(?=\d)")
_VALUE_CUE = re.compile(
    r"(?:là|:|đạt|có|còn|được|gồm|khoảng|hơn|gần|trên|dưới|với|=|chiếm|tăng|giảm|thêm|lên|xuống|từ|đến|bằng|thành|đủ"
    r"|tới|bình quân)"
    r"\s*(?:khoảng|hơn|gần|trên|dưới|được|tới|đến)?\s*$",
    re.IGNORECASE,
)
_HANDLED = re.compile(
    r"\b(?:xử lý|giải quyết|hoàn thành|tiếp nhận|thực hiện|trả lời|trả kết quả|phê duyệt|trúng tuyển|đạt yêu cầu|có mặt"
    r"|vắng mặt|đúng hạn|trước hạn|quá hạn|trễ hạn|trong hạn|tồn đọng|kỳ trước chuyển sang"
    r"|trong kỳ|trực tuyến|trực tiếp|bưu chính|giao|mới|cũ|nam|nữ)\s$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s?(?:[,;()]|\.(?!\d)|$)")
_LIST_BEGINS = re.compile(r"[(:]|\b(?:gồm|bao gồm|trong đó|cụ thể)\b", re.IGNORECASE)
_ELEMENT = re.compile(
    r"\s?(?:và\s)?[^\W\d_]+(?:[\s-]{1,3}[^\W\d_]+){0,9}:?\s(\d[\d.,]*\d|\d)(?=\s?(?:$|[,;)]|\.(?!\d)|và\s))"
)
_EDGE = re.compile(r"[,;](?!\d)|(?<=\d)\s(?=và\s)")
_SHORT = re.compile(r"[A-ZĐƯƠÔÂĂÊ]{2,6}")  # "750 LĐ"
_LONGEST_LIST = 400  # characters
_SPELLED = (
    r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh|lẻ|phẩy|không)"
)
IN_WORDS = re.compile(rf"\s?\(\s?{_SPELLED}(?:\s{_SPELLED}){{0,9}}\s?\)(?=\s)", re.IGNORECASE)  # "05 (năm) ngày"
WORDS_BEFORE = re.compile(rf"{_SPELLED}\s\($", re.IGNORECASE)  # "hai mươi (20) hồ sơ"
_COUNTED_BEFORE = re.compile(r"(?:tổng số lượng|tổng số|số lượng|số|tổng)\s+", re.IGNORECASE)
_NOUN = re.compile(r"([^\W\d_]+)")
CLAUSE_END = re.compile(r"[,.](?!\d)|[;:()\n]|\s[-–]\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, None where the number stands alone."""

    text: str | None
    end: int  # offset behind the unit in the sentence
    behind: bool  # whether it stands behind the number
    stated: bool = True  # whether the number's own clause says it


def unit_of(text: str, number: Number, whole: str | None, last: str | None = None) -> Unit | None:
    """The unit of a number: what stands behind it, else the noun its clause counts; None where neither is there.

    A part that names no unit ("trung cấp: 100") has that of its `whole`; a number of a list of names and numbers
    ("Lào Cai 3, Yên Bái 12") that of the `last` number before the list.
    """
    stop = number.end
    if spelled := IN_WORDS.match(text, stop):
        stop = spelled.end()
    elif text.startswith(")", stop) and WORDS_BEFORE.search(text, max(number.start - 12, 0), number.start):
        stop += 1
    if across := _RANGE.match(text, stop):
        second = next(find_numbers(text, across.end(), across.end() + 24), None)
        stop = second.end if second is not None else stop
    elif text[number.end : number.end + 1] == "/" and text[number.end + 1 : number.end + 2].isdigit():
        second = next(find_numbers(text, number.end + 1, number.end + 24), None)
        stop = second.end if second is not None else stop
    if share := SHARE.match(text, stop):
        return Unit(share.group(1), share.end(), behind=True)
    words = words_behind(text, stop)
    if words and (found := _known_unit(text, stop, words)):
        return found
    if last is not None and _is_listed(text, number):
        return Unit(last, number.end, behind=False, stated=False)
    before = text[max(number.start - 120, 0) : number.start]
    handled = whole is not None and _HANDLED.search(before) and _ALONE.match(text, number.end)
    if not handled and not _VALUE_CUE.search(before) and not before.rstrip().endswith("("):
        return None
    clause = before[last_break(before) :]
    counted = _counted_since(before) or _counted(clause)
    unit = counted or whole or _named(clause) or _counted(before) or _named(before)
    return Unit(unit, number.end, behind=False, stated=counted is not None)


def _is_listed(text: str, number: Number) -> bool:
    """Whether a number closes an element of a list of names with a number each: one at least beside it does too."""
    low = max(number.start - _LONGEST_LIST, 0)
    begins = [match.end() for match in _LIST_BEGINS.finditer(text, low, number.start)]
    if not begins:
        return False
    closing = text.find(")", number.end, number.end + _LONGEST_LIST)
    inside = text[begins[-1] : closing if closing > 0 else number.end + _LONGEST_LIST]
    edges = [*(match.start() for match in _EDGE.finditer(inside)), len(inside)]
    found = [
        _ELEMENT.match(inside, at, edge) for at, edge in zip([0, *(edge + 1 for edge in edges)], edges, strict=False)
    ]
    places = [begins[-1] + match.start(1) for match in found if match is not None]
    return number.start in places and len(places) > 1


def words_behind(text: str, start: int) -> list[re.Match[str]]:
    """The words right behind an offset, as matches whose first group is the word."""
    words: list[re.Match[str]] = []
    at = start
    while len(words) < _WORDS_BEHIND and (match := WORD.match(text, at)):
        words.append(match)
        at = match.end()
    return words


def _known_unit(text: str, start: int, words: list[re.Match[str]]) -> Unit | None:
    """The longest known unit behind a number; an unknown noun is its first two words."""
    first = words[0].group(1)
    skip = 1 if scale_of(first) is not None and len(words) > 1 else 0
    for width in range(min(5, len(words) - skip), 0, -1):
        phrase = " ".join(word.group(1) for word in words[skip : skip + width])
        if phrase.lower() in units():
            end = words[skip + width - 1].end()
            per = _PER.match(text, end)
            end = _whole_unit(text, end, per.end()) if per else end
            return Unit(" ".join(text[start:end].split()), end, behind=True)
    if skip:
        return Unit(first, words[0].end(), behind=True)
    base = first.split("/")[0].lower()
    if base in units():
        end = _whole_unit(text, words[0].start(1), words[0].end())
        return Unit(text[words[0].start(1) : end], end, behind=True)
    if first.lower() in listed("stops") or " ".join(word.group(1) for word in words[:2]).lower() in listed("stops"):
        return None
    if _SHORT.fullmatch(first):
        return Unit(first, words[0].end(), behind=True)
    if first[0].isupper():
        return None  # an item that begins, or a name
    taken = 2 if len(words) > 1 and words[1].group(1).lower() not in listed("stops") else 1
    noun = " ".join(word.group(1) for word in words[:taken])
    if not all(is_syllable(part) for part in re.findall(r"[^\W\d_]+", noun)):
        return None  # damage that repair could not mend
    return Unit(noun, words[taken - 1].end(), behind=True)


def _whole_unit(text: str, start: int, end: int) -> int:
    """Where a unit that was found at `start`..`end` ends when what it is counted by has two words: "phút/hồ sơ"."""
    low = text.rfind("/", start, end) + 1
    longer = WORD.match(text, end)
    whole = low > 0 and longer is not None and is_unit(text[low : longer.end()]) and not is_unit(text[low:end])
    return longer.end() if longer is not None and whole else end


def is_counted(text: str, number: Number) -> bool:
    """Whether a known unit stands behind a number."""
    words = words_behind(text, number.end)[:4]
    return any(is_unit(" ".join(word.group(1) for word in words[:width])) for width in range(1, len(words) + 1))


def _counted(clause: str) -> str | None:
    """The noun a clause says that it counts ("Số giấy phép đã cấp trong tuần là"): behind "số", or its first word."""
    for match in _COUNTED_BEFORE.finditer(clause):
        words = words_behind(clause, match.end() - 1)
        if words and (unit := _known_unit(clause, match.end() - 1, words)):
            return unit.text
    words = words_behind(clause, 0)[:4]
    for width in range(len(words), 0, -1):
        phrase = " ".join(word.group(1) for word in words[:width]).lower()
        if phrase in units() and phrase not in listed("rarely_counted"):
            return phrase
    return None


def _counted_since(before: str) -> str | None:
    """What a sentence says that it counts after the last number ("Số vụ việc khiếu nại, tố cáo đã nhận là")."""
    since = before[max((match.end() for match in re.finditer(r"\d|;", before)), default=0) :]
    match = _COUNTED_BEFORE.search(since)
    words = words_behind(since, match.end() - 1) if match is not None else []
    unit = _known_unit(since, match.end() - 1, words) if match is not None and words else None
    return unit.text if unit is not None and unit.text is not None and is_unit(unit.text) else None


def _named(clause: str) -> str | None:
    """The last known unit among the words of a clause, the longest that ends there ("nhiệm vụ", not "vụ")."""
    nouns = [match.group(1).lower() for match in _NOUN.finditer(clause)]
    for end in range(len(nouns), 0, -1):
        for width in range(min(4, end), 0, -1):
            phrase = " ".join(nouns[end - width : end])
            if phrase in units() and phrase not in listed("rarely_counted"):
                return phrase
    return None


def last_break(before: str) -> int:
    """Where the clause begins that a text ends in."""
    breaks = [match.end() for match in CLAUSE_END.finditer(before.rstrip(" :("))]
    return breaks[-1] if breaks else 0
