"""Figures: every count, share and amount of the running text that is no score, rank, date or name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.components.context import UPPER, Context, Index, Sentence
from extract.components.figure_words import is_unit, listed, units
from extract.components.found import Found, Located
from extract.components.numbers import Number, find_numbers, scale_of
from extract.components.relations import FigureRelation, relate
from extract.records import Figure, Reading, Role
from normalize.syllables import is_syllable

_WORDS_BEHIND = 10
_WORD = re.compile(r"\s?([^\W\d_]+[²³23]?(?:/[^\W\d_]{1,12}){0,3})")
_SHARE = re.compile(r"\s?([%‰])")
_PER = re.compile(r"(?:/[^\W\d_]{1,12}){1,3}")
_RANGE = re.compile(r"\s?%?\s?(?:[-–]|đến|tới)\s?(?=\d)")
_SAME_LIST = re.compile(r"\s?(?:,|;|và|hoặc|-|–|đến|/)?\s?")
_CLAUSE_END = re.compile(r"[,.](?!\d)|[;:()\n]|\s[-–]\s")
_VALUE_CUE = re.compile(
    r"(?:là|:|đạt|có|còn|được|gồm|khoảng|hơn|gần|trên|dưới|với|=|chiếm|tăng|giảm|thêm|lên|xuống|từ|đến|bằng|thành|đủ"
    r"|tới|bình quân)"
    r"\s*(?:khoảng|hơn|gần|trên|dưới|được|tới|đến)?\s*$",
    re.IGNORECASE,
)
_SPELLED = (
    r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|linh|lẻ|phẩy|không)"
)
_IN_WORDS = re.compile(rf"\s?\(\s?{_SPELLED}(?:\s{_SPELLED}){{0,9}}\s?\)(?=\s)", re.IGNORECASE)  # "05 (năm) ngày"
_WORDS_BEFORE = re.compile(rf"{_SPELLED}\s\($", re.IGNORECASE)  # "hai mươi (20) hồ sơ"
_PART_OF = re.compile(r"/([2-9]|10)\s(?:tổng\s)?số\b")  # "2/3 số xã" counts nothing
_LONG_CODE = 7  # digits from which a number that is not grouped is a code
_CODE_BEHIND = re.compile(rf"\s?/\s?(?:\d{{4}}\s?/\s?)?[{UPPER}]|[-–][{UPPER}]{{2}}|:\d")
_CODE_BEFORE = re.compile(r"[^\s\d]{2,}[/.-]$|\d\s?[/⁄∕]\s?$|[@&=?#_]$|\d:$")
_TORN = re.compile(r"(?<!năm )(?<!/)\b(?!(?:19|20)\d\d\s$)\d{1,4}\s$")  # the other half of a torn number
_TORN_BEHIND = re.compile(r"\s\d{1,3}(?:[.,/⁄]\d|%|\s?(?:điểm|hồ sơ)\b)")
_FACTOR = re.compile(r"\bhệ số\s*$", re.IGNORECASE)
_DAY = re.compile(r"\s?/\s?\d{1,2}(?:\s?/\s?\d{4})?(?![\d.,]*\d)")
_NOTE_MARK = re.compile(rf"[1-9]\d?\s?[{UPPER}]")  # a raised footnote mark read as a digit
_DAY_CUE = re.compile(r"(?:ngày|từ|đến|hết|trước|sau|tới|và|[-–(,])\s*$", re.IGNORECASE)
_CLOCK = re.compile(
    r"\s?(?:giờ|h|g)\s?(?:\d{1,2}\b|(?:,)?\s?(?:ngày|sáng|chiều|tối|đêm|phút|thứ|hằng|hàng)|\s?[-–])", re.IGNORECASE
)
_CLOCK_CUE = re.compile(r"(?:lúc|hồi|giờ)\s*$", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s(?:tháng|quý|năm|tuần)\s(?:đầu|cuối|qua|gần|tới|năm|trước|của năm|thực hiện|liên tiếp|liền"
    r"|như sau)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\snăm\s(?:(?:19|20)\d\d)(?!\d)")
_EVERY = re.compile(r"(?:định kỳ|kết quả|báo cáo|sơ kết)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ANAPHOR = re.compile(
    r"^[^,;.:()]{1,60}?(?<!\smức)(?<!\sngưỡng)(?<!\shạn)\s(?:nêu trên|nói trên|kể trên|trên đây|trên này|này|đó)\b"
)
_ADDRESS = re.compile(r"https?:|www\.|@|\.vn\b|\.gov\b|\.com\b")
_CHANGED = re.compile(
    r"(?:tăng|giảm|tụt|lên|xuống|cải thiện|thăng|cao hơn|thấp hơn)\s+(?:thêm\s+|được\s+|tới\s+)?$", re.IGNORECASE
)
_PLACES = ("bậc", "hạng", "vị trí", "thứ hạng", "thứ bậc")
_COUNTED_BEFORE = re.compile(r"(?:tổng số lượng|tổng số|số lượng|số|tổng)\s+", re.IGNORECASE)
_TRAILING = re.compile(
    r"[\s,:(–-]*(?:chiếm tỷ lệ|chiếm tỉ lệ|đạt tỷ lệ|đạt tỉ lệ|chiếm|đạt|là|có|còn|được|gồm|khoảng|hơn|gần|trên|dưới"
    r"|với|tăng|giảm|thêm"
    r"|tối thiểu|tối đa|ít nhất|bằng|từ|lên|đến|bình quân|trong đó)?[\s,:(–-]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^[\s,;:()–-]*(?:và|trong đó|gồm|bao gồm|gồm có|cụ thể|như sau|đồng thời|với|thì|là)?[\s,;:()–-]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str | None
    end: int  # offset behind the unit in the sentence
    behind: bool  # whether it stands behind the number


def find_figures(reading: Reading, found: Found) -> tuple[Located[Figure], ...]:
    """The figures of a letter, in reading order, each with what it counts and its unit."""
    context = Context(reading, found)
    taken = _Taken(found)
    figures: list[Located[Figure]] = []
    for sentence in context.sentences():
        figures += _of_sentence(sentence, context, taken)
    return tuple(figures)


def find_relations(reading: Reading, figures: Sequence[Located[Figure]]) -> tuple[FigureRelation, ...]:
    """How the figures relate as the letter says it ("trong đó", "gồm", "chiếm"), by their indices in `figures`."""
    context = Context(reading, Found())
    index = Index(figures)
    positions = {id(item): position for position, item in enumerate(figures)}
    relations: list[FigureRelation] = []
    for sentence in context.sentences():
        inside = index.within(sentence.start, sentence.end)
        relations += relate(sentence, [(positions[id(item)], item) for item in inside])
    return tuple(relations)


class _Taken:
    """Numbers of the flow text that other records account for."""

    def __init__(self, found: Found) -> None:
        spans = [
            (item.start, item.end)
            for layer in (found.dates, found.periods, found.citation_dates, found.citations, found.ranks, found.scores)
            for item in layer
        ]
        self._spans = Index(Located(low, high, None) for low, high in spans)
        self._scores = Index(found.scores)

    def holds(self, start: int, end: int) -> bool:
        return any(span.end > start for span in self._spans.within(max(start - 400, 0), end))

    def is_change(self, sentence: Sentence, number: Number, before: str, unit: str | None) -> bool:
        """Whether a number is the rise or fall of a score or rank of the sentence."""
        if not _CHANGED.search(before):
            return False
        if unit in _PLACES:
            return True
        scores = self._scores.within(sentence.start, sentence.start + number.start)
        return any(
            item.record.change is not None and number.value is not None and abs(item.record.change) == number.value
            for item in scores
        )


def _of_sentence(sentence: Sentence, context: Context, taken: _Taken) -> Iterator[Located[Figure]]:
    text = sentence.text
    unit_before: str | None = None
    name_end: int | None = None  # where the last number that is part of a name ended
    for number in find_numbers(text):
        start, end = sentence.start + number.start, sentence.start + number.end
        before = text[max(number.start - 60, 0) : number.start]
        if number.start == 0 and _holds_mark(sentence, context):
            continue
        if name_end is not None and _SAME_LIST.fullmatch(text, name_end, number.start):
            name_end = number.end
            continue
        if taken.holds(start, end) or _is_name(text, number, before):
            name_end = number.end if _named_before(before) and not number.decimals else None
            continue
        name_end = None
        unit = _unit(text, number, unit_before)
        if number.value is None or unit is None or context.damaged(start, end):
            continue
        if taken.is_change(sentence, number, before, unit.text) or _ANAPHOR.match(text[number.end : number.end + 70]):
            continue
        unit_before = unit.text
        yield Located(
            start,
            sentence.start + unit.end,
            Figure(
                what=_what(text, number, unit),
                value=number.value,
                unit=unit.text,
                org=context.org(sentence, start),
                period=context.period(sentence, start),
                evidence=context.reading.proof(start, sentence.start + unit.end, "figures.counted"),
            ),
        )


def _holds_mark(sentence: Sentence, context: Context) -> bool:
    """Whether the number a block begins with is a footnote mark read as a digit, or has one glued to it ("¹05")."""
    block = sentence.block
    if sentence.start != block.start:
        return False
    if block.role is not Role.FOOTNOTE:
        return bool(_NOTE_MARK.match(sentence.text))
    text = context.reading.repaired.text
    start = block.pieces[0].text if block.pieces else 0
    return start == 0 or text[start - 1] in "\n" or bool(_NOTE_MARK.match(sentence.text))


def _is_name(text: str, number: Number, before: str) -> bool:
    """Whether a number is part of a name, code, date, time, address or list mark."""
    behind = text[number.end : number.end + 24]
    counted = bool(number.decimals or _SHARE.match(behind) or "." in number.text)
    if (
        (not counted and _named_before(before) and not _is_given(text, number, before))
        or _FACTOR.search(before)
        or _CODE_BEHIND.match(behind)
    ):
        return True
    if behind[:1] in ("]", "}", "|", "\\") and not before.endswith("["):
        return True  # the last digit was misread
    if _CODE_BEFORE.search(before) or (len(number.text) < 4 and _TORN.search(before)) or _TORN_BEHIND.match(behind):
        return True
    if behind.startswith(")") and before.rstrip().endswith("("):
        return _WORDS_BEFORE.search(before) is None
    if len(number.text) == 1 and _PART_OF.match(behind):
        return True
    if len(number.text) >= _LONG_CODE and number.text.isdecimal() and not _is_counted(text, number):
        return True
    if not before.strip() and behind[:1] in (".", ")") and behind[1:2] in (" ", ""):
        return True
    if _DAY.match(behind) and (_DAY_CUE.search(before) or behind.count("/") > 1):
        return True
    if _CLOCK.match(behind) and number.whole is not None and number.whole <= 24 and not before.endswith("trong "):
        return True
    if _CLOCK_CUE.search(before) and number.whole is not None and number.whole < 60 and "giờ" not in behind[:5]:
        return True
    if _PERIOD.match(behind) or _YEARS.match(behind) or (_EVERY.search(before) and _WORD.match(behind)):
        return True
    if _YEAR.fullmatch(number.text) and not is_unit(" ".join(word.group(1) for word in _words(text, number.end)[:1])):
        return True
    if number.text.startswith("0") and len(number.text.split(".")[0].split(",")[0]) > 2:
        return True  # a telephone number or code
    if behind[:1].isalpha() and not _glued_unit(behind):
        return True
    low = max(text.rfind(" ", 0, number.start) + 1, number.start - 200)
    return bool(_ADDRESS.search(text[low : number.end + 40].split(" ")[0]))


def _glued_unit(behind: str) -> bool:
    match = _WORD.match(behind)
    return match is not None and match.group(1).lower() in units()


def _named_before(before: str) -> bool:
    """Whether the words in front of a number make it a name ("khoản 2"), and do not count ("tổng số 25")."""
    words = re.findall(r"[\w:.]+", before.lower())
    if not words or before[-1:] not in (" ", ".") or before.rstrip()[-1:] in (";", ",", ")", "”", '"'):
        return False
    if words[-1] in ("số", "số:"):
        return words[-2:-1] not in (["tổng"], ["có"], ["trong"], ["một"])
    if words[-1].rstrip(".") == "điểm" and words[-2:-1] in (["đạt"], ["số"], ["tổng"]):
        return False
    return any(" ".join(words[-width:]) in listed("names_before") for width in (1, 2, 3))


def _is_given(text: str, number: Number, before: str) -> bool:
    """Whether "cấp" before a number is the verb ("cấp 48 giấy phép"), not a level ("cấp 2"): it counts something."""
    return before.lower().endswith("cấp ") and _is_counted(text, number)


def _is_counted(text: str, number: Number) -> bool:
    """Whether a known unit stands behind a number."""
    words = _words(text, number.end)[:4]
    return any(is_unit(" ".join(word.group(1) for word in words[:width])) for width in range(1, len(words) + 1))


def _unit(text: str, number: Number, unit_before: str | None) -> _Unit | None:
    """The unit of a number: what stands behind it, else the noun its clause counts; None where neither is there."""
    stop = number.end
    if words_behind := _IN_WORDS.match(text, stop):
        stop = words_behind.end()
    elif text.startswith(")", stop) and _WORDS_BEFORE.search(text, 0, number.start):
        stop += 1
    if across := _RANGE.match(text, stop):
        second = next(find_numbers(text, across.end(), across.end() + 24), None)
        stop = second.end if second is not None else stop
    elif text[number.end : number.end + 1] == "/" and text[number.end + 1 : number.end + 2].isdigit():
        second = next(find_numbers(text, number.end + 1, number.end + 24), None)
        stop = second.end if second is not None else stop
    if share := _SHARE.match(text, stop):
        return _Unit(share.group(1), share.end(), behind=True)
    words = _words(text, stop)
    if words and (found := _known_unit(text, stop, words)):
        return found
    before = text[max(number.start - 120, 0) : number.start]
    if not _VALUE_CUE.search(before) and not before.rstrip().endswith("("):
        return None
    clause = before[_last_break(before) :]
    return _Unit(_counted(clause) or _counted(before) or unit_before, number.end, behind=False)


def _words(text: str, start: int) -> list[re.Match[str]]:
    words: list[re.Match[str]] = []
    at = start
    while len(words) < _WORDS_BEHIND and (match := _WORD.match(text, at)):
        words.append(match)
        at = match.end()
    return words


def _known_unit(text: str, start: int, words: list[re.Match[str]]) -> _Unit | None:
    """The longest known unit behind a number; an unknown noun is its first two words."""
    first = words[0].group(1)
    skip = 1 if scale_of(first) is not None and len(words) > 1 else 0
    for width in range(min(5, len(words) - skip), 0, -1):
        phrase = " ".join(word.group(1) for word in words[skip : skip + width])
        if phrase.lower() in units():
            end = words[skip + width - 1].end()
            per = _PER.match(text, end)
            end = _whole_unit(text, end, per.end()) if per else end
            return _Unit(" ".join(text[start:end].split()), end, behind=True)
    if skip:
        return _Unit(first, words[0].end(), behind=True)
    base = first.split("/")[0].lower()
    if base in units():
        end = _whole_unit(text, words[0].start(1), words[0].end())
        return _Unit(text[words[0].start(1) : end], end, behind=True)
    if first.lower() in listed("stops") or " ".join(word.group(1) for word in words[:2]).lower() in listed("stops"):
        return None
    taken = 2 if len(words) > 1 and words[1].group(1).lower() not in listed("stops") else 1
    noun = " ".join(word.group(1) for word in words[:taken])
    if not all(is_syllable(part) for part in re.findall(r"[^\W\d_]+", noun)):
        return None  # damage that repair could not mend
    return _Unit(noun, words[taken - 1].end(), behind=True)


def _whole_unit(text: str, start: int, end: int) -> int:
    """Where a unit that was found at `start`..`end` ends when what it is counted by has two words: "phút/hồ sơ"."""
    low = text.rfind("/", start, end) + 1
    longer = _WORD.match(text, end)
    whole = low > 0 and longer is not None and is_unit(text[low : longer.end()]) and not is_unit(text[low:end])
    return longer.end() if longer is not None and whole else end


def _counted(clause: str) -> str | None:
    """The noun a clause counts ("Số giấy phép đã cấp trong tuần là"): behind "số", else the last known unit."""
    for match in _COUNTED_BEFORE.finditer(clause):
        words = _words(clause, match.end() - 1)
        if words and (unit := _known_unit(clause, match.end() - 1, words)):
            return unit.text
    nouns = [match.group(1).lower() for match in re.finditer(r"([^\W\d_]+)", clause)]
    for at in range(len(nouns) - 1, -1, -1):
        for width in (3, 2, 1):
            phrase = " ".join(nouns[at : at + width])
            if phrase in units() and phrase not in (
                "năm",
                "tháng",
                "ngày",
                "giờ",
                "bộ",
                "ban",
                "ca",
                "m",
                "bản",
                "điểm",
                "tổ",
            ):
                return phrase
    return None


def _what(text: str, number: Number, unit: _Unit) -> str | None:
    """The words that say what a number counts: the phrase behind it, or the clause it closes."""
    share = unit.text in ("%", "‰")
    measured = unit.text is not None and unit.text.split("/")[0].split()[-1].lower() in listed("measures")
    before = text[max(number.start - 240, 0) : number.start]
    clause = _tidy(before[_last_break(before) :])
    if measured and len(clause.split()) > 1:
        return clause
    if unit.behind and (not share or _words(text, unit.end)):
        low = unit.end if share or unit.text is None else unit.end - len(unit.text)
        stop = _CLAUSE_END.search(text, max(low, unit.end if not share else low), min(low + 160, len(text)))
        behind = _tidy(text[low : stop.start() if stop else min(low + 160, len(text))])
        if behind and (not share or behind.split()[0].lower() not in listed("stops")):
            return behind
    if len(clause.split()) < 2:
        whole = _TRAILING.sub("", before)
        clause = _tidy(whole[_last_break(whole) :]) or clause
    return clause or None


def _last_break(before: str) -> int:
    breaks = [match.end() for match in _CLAUSE_END.finditer(before.rstrip(" :("))]
    return breaks[-1] if breaks else 0


def _tidy(text: str) -> str:
    bare = _LEADING.sub("", text)
    return " ".join(_TRAILING.sub("", _TRAILING.sub("", bare)).split())
