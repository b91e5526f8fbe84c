"""Classes given to bodies ("xếp loại Tốt"), lists expanded to one record a body.

A class is told by a cue ("xếp loại", "đạt mức"), by brackets behind a count or a body ("05 đơn vị đạt từ 90% trở lên
(Tốt)"), or by the label of a list ("- Tốt: Sở A, Sở B"). It is given to the bodies of the list behind it (in its
sentence or in the items below), else to those of the list before it, else to the body named last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.components.class_lists import NOUN, expand, is_body, without_score
from extract.components.context import UPPER, Context, Sentence
from extract.components.found import Found, Located
from extract.components.standing_words import readable
from extract.components.subjects import full_name
from extract.records import Block, Classification, Reading, Role
from normalize.syllables import fold

_CUE = (
    r"(?:x[eéẹêếềệ]p lo[aạ]i(?: chất lượng| thi đua| mức)?|đạt loại|phân loại|xếp (?:ở )?mức(?: độ)?"
    r"|đạt (?:ở )?mức(?: độ)?|ở mức|thuộc nhóm|vào nhóm|xếp nhóm"
    r"|được (?:đánh giá|công nhận)(?: là| ở mức)?|thuộc loại|loại|mức|nhóm)"
)
_WEAK = frozenset({
    "loại", "mức", "ở mức", "phân loại", "thuộc nhóm", "vào nhóm", "nhóm", "thuộc loại", "được đánh giá",
    "được đánh giá là",
})  # fmt: skip
_FAR = (
    r"phấn đấu|mục tiêu|chỉ tiêu|tiêu chí|nếu|quy định|để được|tiêu chuẩn|phải|không có|chưa có|không để|không được"
    r"|để đạt|từ \d[\d.,]* (?:điểm )?(?:đến|trở)|tỷ lệ|tỉ lệ|điều kiện|trường hợp|đề nghị|căn cứ|viên chức|công chức"
    r"|nào|đối tượng|học sinh|học viên|sinh viên|phạm nhân|cá nhân|đảng viên|người lao động|giáo viên|thì"
)
_NOT_GIVEN = re.compile(
    rf"(?:\b(?:{_FAR})\b[^.;]{{0,80}}|\b(?:số lượng|tổng số|kết quả|việc|về|đánh giá,)\b[^.;,:]{{0,24}})$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:thấp hơn|cao hơn|dưới|trên|vượt|bằng|so với|theo)\s+$", re.IGNORECASE)
_BAND_BEHIND = re.compile(r"\s*(?:trở lên|trở xuống|:?\s*(?:từ|khi|nếu|dưới|trên)\s+\d|\(từ \d[^()]*\)\s*$|khi\b)")
_COUNT = re.compile(rf"(\d{{1,4}})\s+({NOUN})[^\d.;:]{{0,80}}$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:(?<![\d/.,])(?:\d{{1,3}}/)?\d{{1,3}}(?:[.,]\d+)?\s?%?|các|những|nhiều|số|toàn bộ)\s+{NOUN}[^.;:()]{{0,60}}$",
    re.IGNORECASE,
)
_COUNTED_UNREAD = re.compile(r"(?<![\d/.,])(?<!tháng )(?<!quý )(?:0\d|[1-9]\d)\s[^\W\d_]{1,6}\s(?:được\s|bị\s)?$")
_NOTE = r"(?:\s*\((?!gồm)[^()]{0,60}\d[^()]{0,60}\))?"
_ORDER = r"(?:,\s(?:xếp|sắp xếp|tính)\s(?:theo|từ)\s[^.;:,()\d]{3,40}(?=:))?"
_OPENS = re.compile(
    rf"{_NOTE}(?:\s(?!là\b|gồm\b|bao\b|đó\b|cụ\b)[^\s.;:,()]{{1,12}}){{0,9}}?{_NOTE}{_ORDER}\s*,?\s*"
    rf"(?:(?:có )?\d{{1,4}}\s+{NOUN}\s?,?\s?)?"
    r"(?:(?:trong đó có|bao gồm|gồm có|gồm|đó là|cụ thể|như sau)\s*:?\s*(?:\d{1,4}\s+)?(?:các\s+)?"
    rf"({NOUN}\s?:?\s)?|là\s*:?\s+|:\s*)"
    rf"(?:(?:có\s+)?\d{{1,4}}\s+({NOUN})\s*(?:,?\s*(?:bao gồm|gồm có|gồm|là)\s*:?|:|\()\s*)?",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(rf"\s*\(?\s*\d{{1,4}}\s+({NOUN})", re.IGNORECASE)
_BRACKETED = re.compile(rf"\s*\(\s*(?:gồm\s*:?\s*)?(?:các\s+({NOUN})\s*:?\s*)?(?=\D)", re.IGNORECASE)
_NEXT_COUNT = re.compile(
    rf"[;,]\s*(?:và\s+)?(?:có\s+|còn\s+|không có\s+)?(?:\d{{1,4}}\s+)?{NOUN}\s+(?:được\s+|bị\s+)?(?:xếp|đạt|có)\b"
    rf"|[;,]\s*(?:và\s+)?(?:có\s+|còn\s+)?\d{{1,4}}\s+{NOUN}\b|;\s*không có\b"
)
_SCORED = re.compile(r"(?:đạt|điểm|xếp|đánh giá|kết quả|loại)[^.;]{0,60}$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(rf"\b({NOUN})[^.;:()]{{0,60}}$", re.IGNORECASE)
_RATED = re.compile(
    r"xếp loại|chỉ số|vị thứ|(?:xếp|đứng) thứ|\d điểm|phân loại|đánh giá|xếp hạng|kết quả|chất lượng", re.IGNORECASE
)
_WHOM_WITHIN = 300  # characters before a class in which the body it is given to is looked for
_WHOM = re.compile(
    r"\b(?:tỉnh|thành phố|huyện|xã|phường|sở|bộ|cơ quan|đơn vị|địa phương|chỉ số"
    r"|đảng bộ|chi bộ|ban|cục|công ty|trường)\b"
    r"|\d điểm|\d%|/\d",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;:–-]\s")
_COUNTED_LISTS = re.compile(rf"\d{{1,4}}\s+({NOUN})\s*\(([^()]{{2,400}})\)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\s*(?:,\s*)?(?:(?:đều|cùng|được|bị|đã|tiếp tục|đánh giá|công nhận|năm \d{4}|quý \S{1,3}|tháng \d{1,2})\s*)*$"
)
_LABEL = re.compile(r"(?:^|[;.:,]\s+|[-+*•]\s*)(?:(?:Loại|Mức|Xếp loại|Nhóm)\s+)?$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:thuộc|xếp|nằm|đứng|vào|ở|đạt)\s+(?:loại\s+|mức\s+)?(?:vào\s+|trong\s+|ở\s+)?[Nn]hóm\s+([“\"]?(?:[A-E]|I{1,3}|IV)[”\"]?)(?![\w/-]|\.\w)"
)
_OTHER_GROUPS = re.compile(
    r"\b(?:bệnh|dịch|dự án|công trình|thuốc|chất|sản phẩm|hàng|đối tượng|hộ|đất|chuẩn|máu|quyền)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_GROUP_LABEL = re.compile(  # "2. Nhóm B (từ 80%) có 05 cơ quan: …"
    r"(?:^|[;.:]\s+|[-+*•]\s*)(?P<group>[Nn]hóm\s[“\"]?([A-E])[”\"]?)(?=\s?[(:]|\s)(?=[^.;:]{0,120}:\s)"
)
_LETTER = re.compile(r"\b[Xx]ếp (?:loại|hạng)\s+[“\"]?([A-D])[”\"]?(?![\w/-]|\.\w)")
_LISTED_BEHIND = re.compile(r"\s*(?:\([^()]{1,60}\)\s*)?(?::|,?\s*(?:gồm|bao gồm|là)\b)")
_COUNT_RIGHT_BEFORE = re.compile(rf"\d{{1,4}}\s+{NOUN}\s+(?:được\s+|xếp\s+|đã\s+){{0,2}}$", re.IGNORECASE)
_ENDS_OPEN = re.compile(r"(?:gồm|bao gồm|gồm có|như sau|:)\s*:?\s*$")
_GROUPS = frozenset({"Trung bình - Cao", "Trung bình - Thấp", "Cao nhất", "Thấp nhất"})
_ENDS = frozenset({"Cao nhất", "Thấp nhất"})  # a class only where written so, behind "nhóm"
_PLACE_BEFORE = re.compile(r"(?:hạng|thứ|vị trí|vị thứ|xếp|đứng)\s+(?:thứ\s+|số\s+)?$", re.IGNORECASE)
_AMONG = re.compile(rf"\s*,?\s*trong đó\s+(?:có\s+)?(?:các|\d{{1,3}})\s+({NOUN})\s*:?\s+(?=[{UPPER}])")
_TOLD_OF = re.compile(
    r"\s+(?:liên tục|tiếp tục|liền|nằm|đứng|xếp|vẫn|luôn|nhiều|đều|cần|có|bị|được|là|đã|chưa|không|còn|để"
    r"|(?:hai|ba|bốn|\d{1,2})\s(?:tháng|quý|năm|kỳ|lần))\b.*$"
)
_SUBJECT_ENDS = re.compile(r"\s*(?:,|\(|\b(?:dẫn đầu|đứng|xếp|đạt|được|bị|có|là|chỉ|với|vẫn|tiếp tục)\b)")
_SHORT = re.compile(
    r"(?<!cấp )\b(Sở|Cục|Chi cục|Trường|Công ty|Bệnh viện)(?=\s(?:đạt|được|bị|có|là|xếp|đứng|năm|chỉ)\b)"
)
_TIED = re.compile(r"(?:\s[-–]|:)\s*$")
_QUOTES = '“”"'
_LONGEST_CLAUSE = 600
_ABOVE = 6  # blocks before a list entry that may say what it lists
_LONGEST_LIST = 60  # items below a class that are looked at


@dataclass(frozen=True, slots=True)
class _Mention:
    """A class at `start`..`end` of a sentence; `cue` is what tells it, "" for brackets and labels."""

    start: int
    end: int
    cue: str
    class_: str


def find_classifications(reading: Reading, found: Found) -> tuple[Located[Classification], ...]:
    """The classes a letter gives, in reading order; a mere count ("13 đơn vị xếp loại tốt") gives none."""
    context = Context(reading, found)
    given: list[Located[Classification]] = []
    for sentence in context.sentences():
        given += _of_sentence(sentence, readable(sentence.text), context)
    return tuple(given)


def _of_sentence(sentence: Sentence, text: str, context: Context) -> Iterator[Located[Classification]]:
    rated = bool(_RATED.search(sentence.block.text) or _RATED.search(_above(sentence, context)))
    seen = _mentions(text, rated=rated)
    floor = 0
    for index, mention in enumerate(seen):
        high = seen[index + 1].start if index + 1 < len(seen) else len(text)
        before = text[max(mention.start - 160, 0) : mention.start]
        start, end = sentence.start + mention.start, sentence.start + mention.end
        if not (mention.cue or mention.class_) or _BAND_BEHIND.match(text, mention.end):
            continue
        listed: tuple[str | None, ...] = _behind(text, mention, before, high)
        listed = listed or _below(sentence, text, mention, before, context)
        rule = "classifications.listed"
        if not listed and not _NOT_GIVEN.search(before):
            listed = _before(text, mention, floor)
        if not listed and mention.cue and _is_given(mention, before) and _tells_whom(text, mention):
            listed, rule = (_org(text, sentence, context, mention),), "classifications.stated"
        elif not listed and not mention.cue and rated and (org := _body_before(text, mention)):
            listed, rule = (org,), "classifications.stated"
        if listed:
            floor = mention.end
        period = context.period(sentence, start)
        proof = context.reading.proof(start, end, rule)
        for org in listed:
            yield Located(start, end, Classification(org, mention.class_, period, proof))


def _mentions(text: str, *, rated: bool) -> list[_Mention]:
    """The classes of a sentence, left to right."""
    seen = [_Mention(m.start(), m.end(), m["cue"].lower(), _canonical(m["class"])) for m in _cued().finditer(text)]
    seen = [
        item for item in seen if item.class_ not in _ENDS or (item.cue.endswith("nhóm") and _is_capital(text, item))
    ]
    if rated:
        seen += _groups(text)
    seen += [_Mention(*m.span("group"), "", f"Nhóm {m[2]}") for m in _GROUP_LABEL.finditer(text)]
    seen += [_Mention(m.start(), m.end(), "xếp loại", m[1]) for m in _LETTER.finditer(text)]
    taken = bytearray(len(text))
    for item in seen:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    for match in _bare().finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        behind = text[match.end() : match.end() + 60]
        bracket = text[match.start() - 1 : match.start()] == "(" and behind.startswith(")")
        label = match["class"][0].isupper() and _LABEL.search(text, max(match.start() - 12, 0), match.start())
        labelled = label and re.match(rf"\s*(?:\([^()]{{1,50}}\)\s*)?:|\s*\(?\d{{1,3}}\s+{NOUN}", behind)
        tied = (
            rated
            and match["class"][0].isupper()
            and _TIED.search(text, max(match.start() - 4, 0), match.start())
            and re.match(r"\s*(?:[;,.]|$)", behind)
        )
        sure = rated or match["class"].lower().endswith("nhiệm vụ") or _COUNT_BEHIND.match(behind.lstrip(" :"))
        if bracket or tied or (labelled and sure) or _is_counted_list(text, match):
            shift = 1 if bracket else 0
            seen.append(_Mention(match.start() - shift, match.end() + shift, "", _canonical(match["class"])))
    return sorted(seen, key=lambda item: item.start)


def _is_counted_list(text: str, match: re.Match[str]) -> bool:
    """Whether a class of quality is told of a count whose list follows ("04 địa phương hoàn thành tốt nhiệm vụ: …")."""
    if not match["class"].lower().endswith("nhiệm vụ") or not _LISTED_BEHIND.match(text, match.end()):
        return False
    return bool(_COUNT_RIGHT_BEFORE.search(text, max(match.start() - 60, 0), match.start()))


def _is_capital(text: str, item: _Mention) -> bool:
    """Whether a class is written with a capital behind its cue."""
    return text[item.start + len(item.cue) : item.end].strip(f" :{_QUOTES}")[:1].isupper()


def _groups(text: str) -> list[_Mention]:
    """Groups with a letter or number that bodies are put into ("thuộc nhóm B"); diseases and projects have others."""
    return [
        _Mention(match.start(), match.end(), "xếp nhóm", f"Nhóm {match[1].strip(_QUOTES)}")
        for match in _GROUP.finditer(text)
        if not _OTHER_GROUPS.search(text, max(match.start() - 60, 0), match.start())
    ]


def _above(sentence: Sentence, context: Context) -> str:
    """The text of the block a list entry stands under."""
    parent = sentence.block.parent
    if parent is not None:
        return context.reading.flow.blocks[parent].text
    at = context.position(sentence.block)
    return "\n".join(block.text[-200:] for block in context.reading.flow.blocks[max(at - _ABOVE, 0) : at])


def _is_given(mention: _Mention, before: str) -> bool:
    if any(unsaid.search(before) for unsaid in (_COMPARED, _NOT_GIVEN, _COUNTED_UNREAD)):
        return False
    counted = _COUNTED.search(before)
    if counted is not None and not _PLACE_BEFORE.search(before, 0, counted.start()):
        return False
    return mention.cue not in _WEAK or mention.class_ in _GROUPS or bool(_SCORED.search(before))


def _tells_whom(text: str, mention: _Mention) -> bool:
    """Whether the sentence, up to a class, speaks of a body, place or score: a rule about classes does not."""
    before = text[max(mention.start - _WHOM_WITHIN, 0) : mention.start]
    return bool(_WHOM.search(before) or _named_before(before.rstrip()))


def _named_before(before: str) -> str | None:
    """The body or place right before a class."""
    near = _SEPARATOR.split(before[-120:])[-1]
    near = without_score(near[: stop.start()] if (stop := _GIVEN.search(near)) else near)
    return full_name(near) if is_body(near) and not near.islower() else None


def _org(text: str, sentence: Sentence, context: Context, mention: _Mention) -> str | None:
    """Whom the class is given to: "tỉnh" right before it is the letter's own, else the body named last."""
    before = text[: mention.start].rstrip()
    if before.endswith(("tỉnh", "toàn tỉnh")):
        return context.home
    if near := _named_before(before):
        return near
    start = sentence.start + mention.start
    opens = max(before.rfind("; "), before.rfind(". "))
    if opens >= 0 and context.org(sentence, start, sentence.start + opens) == context.home:
        clause = before[opens + 2 :]
        stop = _SUBJECT_ENDS.search(clause)
        if stop is not None and is_body(clause[: stop.start()]):
            return clause[: stop.start()].strip()
    return _short_for(before, start, context) or context.org(sentence, start)


def _short_for(before: str, start: int, context: Context) -> str | None:
    """The body that a bare "Sở" or "Cục" stands for: the one of that kind named last."""
    bare = next(reversed(list(_SHORT.finditer(before))), None)
    if bare is None or re.search(rf"\b(?:Sở|Cục|Ban|tỉnh|huyện|xã)\s[{UPPER}]", before[bare.end() :]):
        return None
    named = [
        body.record.name
        for body in context.found.bodies
        if body.start < start and body.record.name.startswith(f"{bare[1]} ")
    ]
    return named[-1] if named else None


def _behind(text: str, mention: _Mention, before: str, high: int) -> tuple[str, ...]:
    """The bodies of the list behind a class, with full names; empty where there is no list."""
    count = _COUNT.search(before)
    near = _NOUN_BEFORE.search(before)
    if among := _AMONG.match(text, mention.end, high):
        return _checked(_TOLD_OF.sub("", text[among.end() : high].split(";")[0]), among.group(1), sure=True)
    opening = _OPENS.match(text, mention.end, high)
    if opening is not None:
        counted = _COUNT_BEHIND.match(text, mention.end, opening.end())
        noun = (
            opening.group(2)
            or (counted.group(1) if counted else None)
            or (opening.group(1) or "").strip(" :")
            or (near.group(1) if near else None)
        )
        return _checked(
            text[opening.end() : _list_end(text, opening.end(), high)].rstrip(" ("), noun, sure=bool(count or near)
        )
    bracket = _BRACKETED.match(text, mention.end, high)
    if bracket is not None and (count is not None or near is not None):
        close = text.find(")", bracket.end(), high)
        noun = bracket.group(1) or (near.group(1) if near else None)
        return _checked(text[bracket.end() : close if close >= 0 else high], noun, sure=True)
    return ()


def _checked(listed: str, noun: str | None, *, sure: bool) -> tuple[str, ...]:
    names = expand(listed, noun) if listed.strip() else ()
    return names if names and (sure or noun is not None or all(is_body(name) for name in names)) else ()


def _below(sentence: Sentence, text: str, mention: _Mention, before: str, context: Context) -> tuple[str, ...]:
    """The bodies of the items below a class whose list begins there ("- Xếp loại Tốt, gồm:")."""
    if sentence.end < sentence.block.start + len(sentence.block.text.rstrip()) or not _ENDS_OPEN.search(
        text, mention.end
    ):
        return ()
    near = _NOUN_BEFORE.search(before)
    names: list[str] = []
    for block in _following(sentence.block, context):
        entry = expand(block.text[block.body :].rstrip(" .;,"), near.group(1) if near else None)
        if not entry or not all(is_body(name) for name in entry):
            break
        names += entry
    return tuple(names)


def _following(block: Block, context: Context) -> tuple[Block, ...]:
    at = context.position(block)
    behind = context.reading.flow.blocks[at + 1 : at + 1 + _LONGEST_LIST]
    return tuple(item for item in behind if item.role in (Role.ITEM, Role.PARAGRAPH))


def _before(text: str, mention: _Mention, floor: int) -> tuple[str, ...]:
    """The bodies of a list right before a class ("Sở A, Sở B và Sở C được xếp loại Tốt"); one alone is no list."""
    clause = text[max(floor, mention.start - _LONGEST_CLAUSE) : mention.start]
    counted = list(_COUNTED_LISTS.finditer(clause))
    if counted and _GIVEN.fullmatch(clause, counted[-1].end()):
        return tuple(name for match in counted for name in expand(match.group(2), match.group(1)))
    clause = clause[max(clause.rfind(mark) for mark in (";", ")", ". ")) + 1 :]
    stop = _GIVEN.search(clause)
    names = expand(clause[: stop.start() if stop else len(clause)].strip(" ,"), None)
    return names if len(names) > 1 and all(is_body(name) for name in names) else ()


def _body_before(text: str, mention: _Mention) -> str | None:
    """The body right before a class in brackets: "Sở Y tế (Tốt)"."""
    clause = text[max(mention.start - 90, 0) : mention.start].rstrip()
    part = without_score(re.split(r"[,;:()]\s|\svà\s", clause.rstrip(" -–:"))[-1].strip())
    return part if is_body(part) else None


def _list_end(text: str, start: int, high: int) -> int:
    """A list ends with its sentence, or before the count that opens the next list ("; 03 đơn vị xếp loại Khá")."""
    following = _NEXT_COUNT.search(text, start, high)
    return following.start() if following else high


def _canonical(printed: str) -> str:
    plain = " ".join(re.sub(r"\s?[-–]\s?", " - ", printed.lower()).split())
    if plain.isascii():
        plain = next((name for name in _classes()[1] if _bare_of(name) == plain), plain)
    return next((name for name in _classes()[0] if name.lower() == plain), plain[0].upper() + plain[1:])


def _bare_of(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


@cache
def _cued() -> re.Pattern[str]:
    mark = r"[“”\"'‘’`]?"  # quotes, and specks that look like them
    return re.compile(
        rf"\b(?P<cue>{_CUE})\s?:?\s?{mark}(?P<class>{_names()}|{_names(bare=True)})\b(?! nghiệp){mark}", re.IGNORECASE
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<class>{_names()})\b", re.IGNORECASE)


def _names(*, bare: bool = False) -> str:
    """The classes as one alternation, `bare` of the marks that reading may have lost."""
    names = (name.split() for name in _classes()[1])
    told = "|".join(r"\s".join(re.escape(fold(word) if bare else word) for word in words) for words in names)
    return told.replace(r"\s\-\s", r"\s?[-–]\s?")


@cache
def _classes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(files("extract.components").joinpath("data/classes.toml").read_text(encoding="utf8"))
    return tuple(data["canonical"]), tuple(data["known"])
