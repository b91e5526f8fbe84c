"""Classes given to bodies ("xếp loại Tốt"), lists expanded to one record a body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from extract.components.context import Context, Sentence
from extract.components.found import Found, Located
from extract.components.names import has_head, split_names
from extract.records import Classification, Reading

_CUE = r"(?:x[eéẹêếềệ]p lo[aạ]i|đạt loại|phân loại|xếp mức|đạt mức|ở mức|thuộc nhóm|vào nhóm|loại|mức)"
_NOUN = (
    r"(sở, ban, ngành|sở, ngành|cơ quan, đơn vị|đơn vị|cơ quan|địa phương|sở|huyện, thị xã, thành phố"
    r"|huyện|thị xã|thành phố|xã, phường, thị trấn|xã, phường|xã|phường|tỉnh|UBND cấp huyện|UBND cấp xã|UBND huyện"
    r"|UBND xã|trường|phòng|bộ)"
)
_HEADED = {"sở": "Sở", "huyện": "huyện", "thị xã": "thị xã", "thành phố": "thành phố", "xã": "xã", "phường": "phường",
           "tỉnh": "tỉnh", "UBND huyện": "UBND huyện", "UBND xã": "UBND xã", "bộ": "Bộ", "phòng": "Phòng"}  # fmt: skip
_NOT_GIVEN = re.compile(
    r"(?:phấn đấu|mục tiêu|chỉ tiêu|tiêu chí|nếu|quy định|để được|tiêu chuẩn|phải|không có|chưa có"
    r"|từ \d[\d.,]* (?:điểm )?(?:đến|trở)|tỷ lệ|tỉ lệ|số lượng|tổng số|đề nghị|kết quả|điều kiện|trường hợp|việc|về"
    r"|đánh giá,)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:thấp hơn|cao hơn|dưới|trên|vượt|bằng|so với|theo)\s+$", re.IGNORECASE)
_BAND_BEHIND = re.compile(r"\s*(?:trở lên|trở xuống|:?\s*(?:từ|khi|nếu|dưới|trên)\s+\d|\(từ \d|khi\b)")
_COUNT = re.compile(rf"(\d{{1,4}})\s+{_NOUN}[^\d.;:]{{0,60}}$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:(?<![\d/.,])\d{{1,3}}(?:[.,]\d+)?\s?%?|các|những|nhiều|số|toàn bộ)\s+{_NOUN}[^.;:()]{{0,60}}$", re.IGNORECASE
)
_LIST = re.compile(
    rf"\s*(?:\(?\s*(?:\d{{1,4}}|có \d{{1,4}}|gồm \d{{1,4}})\s+{_NOUN}\s?\)?)?\s*(?:,\s*)?"
    r"(?:(?:bao gồm|gồm có|gồm|đó là|là|cụ thể|như sau)\s*(?:các\s+)?(\d{1,4}\s+)?"
    rf"(?:{_NOUN}\s?)?:?|:)\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\s*\(\s*(?:gồm\s*:?\s*)?(?:các\s+{_NOUN}\s*:?\s*)?(?=\D)", re.IGNORECASE)
_SCORED = re.compile(r"(?:đạt|điểm|xếp|đánh giá|kết quả)[^.;]{0,60}$", re.IGNORECASE)
_LIST_NOUN_BEFORE = re.compile(rf"{_NOUN}[^.;:()]{{0,40}}$", re.IGNORECASE)


def find_classifications(reading: Reading, found: Found) -> tuple[Located[Classification], ...]:
    """The classes a letter gives, in reading order; a mere count ("13 đơn vị xếp loại tốt") gives none."""
    context = Context(reading, found)
    given: list[Located[Classification]] = []
    for sentence in context.sentences():
        given += _of_sentence(sentence, context)
    return tuple(given)


def _of_sentence(sentence: Sentence, context: Context) -> Iterator[Located[Classification]]:
    text = sentence.text
    matches = list(_pattern().finditer(text))
    for index, match in enumerate(matches):
        high = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        before = text[max(match.start() - 160, 0) : match.start()]
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if context.damaged(start, end) or _BAND_BEHIND.match(text, match.end()):
            continue
        listed = _listed(text, match, before, high)
        period = context.period(sentence, start)
        proof = context.reading.proof(start, end, "classifications.listed" if listed else "classifications.stated")
        class_ = _canonical(match.group("class"))
        for org in listed:
            yield Located(start, end, Classification(org, class_, period, proof))
        if not listed and _is_given(match, before):
            yield Located(start, end, Classification(_org(sentence, context, match), class_, period, proof))


def _is_given(match: re.Match[str], before: str) -> bool:
    if _COMPARED.search(before) or _NOT_GIVEN.search(before) or _COUNTED.search(before):
        return False
    weak = match.group("cue").lower() in ("loại", "mức", "ở mức", "phân loại", "thuộc nhóm", "vào nhóm")
    return not weak or bool(_SCORED.search(before))


def _org(sentence: Sentence, context: Context, match: re.Match[str]) -> str | None:
    """Whom the class is given to: "tỉnh" right before it is the letter's own, else the body named last."""
    if sentence.text[: match.start()].rstrip().endswith(("tỉnh", "toàn tỉnh")):
        return context.home
    return context.org(sentence, sentence.start + match.start())


def _listed(text: str, match: re.Match[str], before: str, high: int) -> tuple[str, ...]:
    """The bodies of the list behind a class, with full names; empty where there is no list."""
    count = _COUNT.search(before)
    opening = _LIST.match(text, match.end(), high)
    bracket = None if opening else _BRACKETED.match(text, match.end(), high)
    if opening is None and bracket is None:
        return ()
    if opening is not None:
        noun = next((group for group in opening.groups() if group and not group.strip().isdigit()), None)
        end = _list_end(text, opening.end(), high)
        listed = text[opening.end() : end]
    elif bracket is not None and count is not None:
        noun = bracket.group(1)
        close = text.find(")", bracket.end(), high)
        listed = text[bracket.end() : close if close >= 0 else high]
    else:
        return ()
    if noun is None and (near := _LIST_NOUN_BEFORE.search(before)):
        noun = near.group(1)
    names = split_names(listed, _HEADED.get((noun or "").strip(), _HEADED.get((noun or "").strip().lower(), "")))
    if any(not name[0].isalpha() or len(name) > 80 or len(name.split()) > 14 for name in names):
        return ()
    if count is None and noun is None and not all(has_head(name) for name in names):
        return ()
    return names


def _list_end(text: str, start: int, high: int) -> int:
    """A list ends with its sentence, or before the count that opens the next list ("; 03 đơn vị xếp loại Khá")."""
    following = re.search(rf"[;,]\s*(?:và\s+)?(?:có\s+|còn\s+)?\d{{1,4}}\s+{_NOUN}\b", text[start:high])
    return start + following.start() if following else high


def _canonical(printed: str) -> str:
    folded = " ".join(printed.lower().split())
    for name in _classes()[0]:
        if name.lower() == folded:
            return name
    return folded[0].upper() + folded[1:]


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(r"\s".join(re.escape(word) for word in name.split()) for name in _classes()[1])
    mark = r"[“”\"'‘’`]?"  # quotes, and specks that look like them
    return re.compile(rf"\b(?P<cue>{_CUE})\s?:?\s?{mark}(?P<class>{names})\b{mark}", re.IGNORECASE)


@cache
def _classes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(files("extract.components").joinpath("data/classes.toml").read_text(encoding="utf8"))
    return tuple(data["canonical"]), tuple(data["known"])
