"""Mentions of other documents (viện dẫn): type, number, symbol, date, issuer, as far as stated there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.components.found import BodyKind, Found, Located
from extract.components.symbols import Code, crossed, find_codes, restore, type_of_symbol
from extract.components.when import find_when
from extract.layout.letters import pattern
from extract.records import Block, Citation, Header, Precision, Reading, Role
from gazetteer import doc_types
from normalize.syllables import fold

_SEARCHED = (Role.SUBJECT, Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.FOOTNOTE)
_REACH = 60  # characters in front of a code in which its type stands
_SO = r"(?:\s?\(?\s?(?:số|Số|so|sô|số:|s6|sé|sd|sb|só|số hiệu)\s{0,2}:?)?\s{0,2}"
_JOINT = re.compile(rf"\s?(?:,|;|và|và các|hoặc|, và|; và)?\s?(?:các\s)?{_SO}", re.IGNORECASE)
_SPLIT_NUMBER = re.compile(r"[sS][ốôoỐ6]\s?:?\s?(?P<digits>[\d\[\]|lIO.,]{1,6}\s)$")
_DATE_JOINT = re.compile(
    r"[\s,(:'`_„]{0,4}(?:[a-z]\s)?(?P<same>cùng\s|đều\s)?(?:(?:được\s)?(?:ký|ban hành|đề|ra|phát hành)\s)?(?:vào\s)?"
    r"(?:ng(?![àa]y\s)[^\W\d_]{1,2}\s{1,3}(?=\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}))?",  # "ngày" that was misread
    re.IGNORECASE,
)
_OF = re.compile(r"\s?[,(]?\s?của\s(?:các\s|đồng chí\s)?", re.IGNORECASE)
_IN = re.compile(
    r"\s(?:đã\s)?(?:được\s)?"
    r"(?:(?:giao|chỉ đạo|yêu cầu|đề nghị|ban hành|có ý kiến|kết luận|thông báo|quy định)\s)?(?:tại|theo|trong|ở)\s"
    r"(?:(?:khoản|điểm|mục|Điều|Mục|phần|Phần|gạch)[^;.]{0,60}\s)?(?:các\s)?"
)
_DOCUMENTS_OF = re.compile(r"(?:[Vv]ăn bản|[Kk]ế hoạch|[Qq]uyết định)[^.;:]{0,80}của\s$")
_LISTS = re.compile(r"\s?(?:bao\s)?gồm(?:\scó)?\s?:|:\s?$")
_FORM = re.compile(
    r"\b(?:mẫu|biểu|phụ lục|bảng|tờ khai|tiêu chuẩn|quy chuẩn|tài khoản)\s(?:số\s?:?\s?)?$", re.IGNORECASE
)
_FORM_REACH = 20
"""Characters in front of a code in which it is said that it is that of a form, and no document's."""
_SHORT_UNIT = re.compile(
    r"\s(?:năm|tháng|ngày|quý|giờ|nhiệm vụ|người|đơn vị|hồ sơ|nội dung|bản|lần|cấp|mục tiêu|%|văn bản|điểm"
    r"|huyện|xã|tỉnh|bước)\b"
)
_LAW = pattern(
    r"(?P<name>(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s(?:nước\s)?[A-ZÀ-Ỹ][^;.:()\n\d]{1,120}?)"
    r"(?=\s?(?:;|,?\sngày\s|,?\snăm\s\d{4}|\s\d{4}|$))"
)
_LAW_BEFORE = pattern(rf"((?:Bộ luật|Luật|Pháp lệnh)\s[A-ZÀ-Ỹ][^;.:()\n]{{1,120}}){_SO}$")
_UNNUMBERED = re.compile(
    r"\b(?:vừa|mới)\s(?:ký\s)?(?:ban hành\s)?(?P<type>[Qq]uyết định|[Kk]ế hoạch|[Cc]hỉ thị|[Cc]ông văn)"
    r"(?=\s(?:ban|phê|về|thành))"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation in a block's text."""

    start: int
    end: int
    record: Citation
    rule: str


def find_citations(reading: Reading, found: Found) -> tuple[Located[Citation], ...]:
    """Every mention of another document, in reading order; the letter's own number is none."""
    bodies = [
        (item.start, item.end, item.record.name) for item in found.bodies if item.record.kind is not BodyKind.PLACE
    ]
    items: list[Located[Citation]] = []
    known: dict[tuple[str, str], str] = {}
    for block in reading.flow.of(*_SEARCHED):
        here = _Bodies([(s - block.start, e - block.start, name) for s, e, name in _within(bodies, block)])
        for mention in _in_block(block.text, here, known):
            if _is_own(mention.record, found.header):
                continue
            span = block.start + mention.start, block.start + mention.end
            proof = reading.proof(*span, f"citations.{mention.rule}")
            items.append(Located(*span, replace(mention.record, evidence=proof)))
    return tuple(items)


def _within(bodies: Sequence[tuple[int, int, str]], block: Block) -> Sequence[tuple[int, int, str]]:
    low = bisect_left(bodies, (block.start,))
    return bodies[low : bisect_left(bodies, (block.start + len(block.text) + 1,))]


class _Bodies:
    """The bodies named in a block, by where they begin and end."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self.by_start = {start: (end, name) for start, end, name in spans}
        self.spans = spans
        self._ends = [end for _, end, _ in spans]

    def before(self, offset: int) -> tuple[int, str] | None:
        """End and name of the last body that ends at or before `offset`."""
        index = bisect_right(self._ends, offset) - 1
        return (self.spans[index][1], self.spans[index][2]) if index >= 0 else None


def _in_block(text: str, bodies: _Bodies, known: dict[tuple[str, str], str]) -> list[_Mention]:
    """The mentions in a block; `known` collects symbols by type and number over the letter."""
    coded = _coded(text, bodies)
    for mention in coded:
        record = mention.record
        if record.doc_type and record.number and record.symbol:
            known.setdefault((record.doc_type, record.number.split("/")[0].lstrip("0")), record.symbol)
    busy = bytearray(len(text) + 1)
    for mention in coded:
        busy[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    others = [
        mention
        for mention in (*_short(text, bodies, known), *_laws(text, bodies), *_unnumbered(text))
        if not any(busy[mention.start : mention.end])
    ]
    return sorted([*coded, *others], key=lambda mention: mention.start)


def _coded(text: str, bodies: _Bodies) -> list[_Mention]:
    """The mentions by number and symbol."""
    found: list[_Mention] = []
    lister = _lister(text, bodies)
    for code in find_codes(text):
        code = _whole(text, code)
        named = _type_before(text, code.start)
        joined = bool(found) and _JOINT.fullmatch(text[found[-1].end : code.start]) is not None
        is_form = _FORM.search(text[max(code.start - _FORM_REACH, 0) : code.start]) is not None
        if named is None and (is_form or not (joined or _stands_alone(text, code))):
            continue
        start, doc_type = named or (code.start, None)
        if doc_type is None and joined:
            doc_type = found[-1].record.doc_type
        symbol = restore(code.symbol, doc_type)
        if doc_type in (None, "Văn bản"):
            doc_type = type_of_symbol(symbol) or doc_type or "Công văn"
        end, date, is_same = _date_behind(text, code.end)
        if date and (is_same or joined or named is not None):
            _set_date(found, text, start, date, is_same=is_same)
        issuer = _issuer_behind(text, end, bodies) or _issuer_before(text, start, bodies)
        if issuer is None and lister is not None and start > lister[0]:
            issuer = lister[1]
        if behind := _OF.match(text, end):  # "Báo cáo số 7/BC-DTT của Trưởng Đoàn thanh tra"
            symbol = crossed(symbol, re.split(r"[,;.:()]", text[behind.end() : behind.end() + _REACH])[0])
        found.append(_Mention(start, end, Citation(doc_type, code.number, symbol, date, issuer), code.rule))
    return found


def _whole(text: str, code: Code) -> Code:
    """The code with the digits an unreadable sign parts from it ("số 2] 05/UBND-NC"): its number is not certain."""
    match = _SPLIT_NUMBER.search(text[max(code.start - 14, 0) : code.start])
    if match is None:
        return code
    return replace(code, start=max(code.start - 14, 0) + match.start("digits"), number=None, rule="damaged")


def _stands_alone(text: str, code: Code) -> bool:
    """Whether a code without a type in front of it is one all the same."""
    if re.search(r"(?:số|Số|so|s6|sé)\s?:?\s?$", text[max(code.start - 5, 0) : code.start]):
        return True
    return "-" in code.symbol or (code.rule == "party" and type_of_symbol(code.symbol) is not None)


@cache
def _types() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of folded names of types at the end of a text, and what each stands for."""
    names: dict[str, str] = {"van ban": "Văn bản", "cong van": "Công văn"}
    for kind in doc_types():
        names.setdefault(fold(kind.name), kind.name)
        for alias in kind.aliases:
            if len(alias) > 2:
                names.setdefault(fold(alias), kind.name)
    longest_first = sorted(names, key=len, reverse=True)
    folded_so = r"(?:\s?\(?\s?(?:so|s6|se|sd|sb|s0|s)\b\s{0,2}[:.-]?)?\s{0,2}"
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))}){folded_so}$"), names


def _plain(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(c) if len(fold(c)) == 1 else c for c in text)


def _type_before(text: str, start: int) -> tuple[int, str] | None:
    """Where the type in front of a number begins, and the type."""
    low = max(start - _REACH, 0)
    shape, names = _types()
    match = shape.search(_plain(text[low:start]))
    if match:
        return low + match.start(), names[match[1]]
    law = _LAW_BEFORE.search(text[max(start - 160, 0) : start])
    if law and re.search(r"số\s?:?\s?$", text[max(start - 6, 0) : start]):
        return max(start - 160, 0) + law.start(), law[1].split()[0] if law[1][0] != "B" else "Bộ luật"
    return None


def _date_behind(text: str, end: int) -> tuple[int, str | None, bool]:
    """End and ISO form of the date right behind a code, and whether it is that of the ones before too."""
    window = text[end : end + 64]
    joint = _DATE_JOINT.match(window)
    if joint is None:
        return end, None, False
    for when in find_when(window):
        if when.start > joint.end():
            break
        if when.is_range or when.rule in ("year", "quarter"):
            continue
        if when.start >= joint.end() - len("n ") and (when.precision is Precision.DAY or when.rule == "blank_day"):
            return end + when.end, when.iso, joint["same"] is not None
    return end, None, False


def _set_date(found: list[_Mention], text: str, start: int, date: str, *, is_same: bool) -> None:
    """Gives a date to the mentions that share it: "cùng ngày …", or numbers that one type announces for all."""
    begin = start
    for index in range(len(found) - 1, -1, -1):
        mention = found[index]
        gap = text[mention.end : begin]
        if mention.record.date is not None or not re.fullmatch(r"\s?(?:,|;|và|,\svà)?\s?(?:số\s)?", gap):
            return
        if not is_same and not text[: mention.start].endswith(("các ", "Các ")) and index > 0:
            return
        found[index] = replace(mention, record=replace(mention.record, date=date))
        begin = mention.start


def _issuer_behind(text: str, end: int, bodies: _Bodies) -> str | None:
    of = _OF.match(text, end)
    if of is None:
        return None
    hit = bodies.by_start.get(of.end())
    return hit[1] if hit else None


def _issuer_before(text: str, start: int, bodies: _Bodies) -> str | None:
    """Who gave the order the document holds: "ý kiến của Bộ Xây dựng tại Công văn số …"."""
    hit = bodies.before(start)
    if hit is None or start - hit[0] > 110:
        return None
    return hit[1] if _IN.fullmatch(text[hit[0] : start]) else None


def _lister(text: str, bodies: _Bodies) -> tuple[int, str] | None:
    """Where a list of documents of one body begins, and the body: "Văn bản chỉ đạo của UBND tỉnh gồm: …"."""
    for start, end, name in bodies.spans:
        match = _LISTS.match(text, end)
        if match and _DOCUMENTS_OF.search(text[max(start - 120, 0) : start]):
            return match.end(), name
    return None


def _short(text: str, bodies: _Bodies, known: dict[tuple[str, str], str]) -> Iterator[_Mention]:
    """Later mentions by type and number alone: "Quyết định 766", "Đề án 06"."""
    for match in _short_pattern().finditer(text):
        if _SHORT_UNIT.match(text, match.end()):
            continue
        doc_type = match["type"][0] + match["type"][1:].lower()
        number = match["number"]
        symbol = known.get((doc_type, number.lstrip("0")))
        end, date, _ = _date_behind(text, match.end())
        issuer = _issuer_behind(text, end, bodies)
        yield _Mention(match.start(), end, Citation(doc_type, number, symbol, date, issuer), "short")


@cache
def _short_pattern() -> re.Pattern[str]:
    names = (
        "Quyết định", "Nghị quyết", "Nghị định", "Chỉ thị", "Thông tư", "Kết luận", "Kế hoạch", "Công văn", "Thông báo",
        "Đề án", "Công điện", "Hướng dẫn", "Báo cáo", "Tờ trình",
    )  # fmt: skip
    number = r"(?P<number>\d{1,4})(?![\w/%\[\]|]|[.,-]\d|\s?[-–/]\s?[A-ZĐ]|\s\d{1,6}/)"
    return re.compile(rf"\b(?P<type>{'|'.join(names)})\s(?:số\s)?{number}")


def _laws(text: str, bodies: _Bodies) -> Iterator[_Mention]:
    """Laws by their name, where it ends with a date or a year, or stands among the grounds (Căn cứ)."""
    for match in _LAW.finditer(text):
        name = match["name"].strip()
        end, date, _ = _date_behind(text, match.end())
        if date is None and (
            year := re.match(r",?\s(?:năm\s)?((?:19|20)\d\d)(?!\d)", text[match.end() : match.end() + 12])
        ):
            end, date = match.end() + year.end(), year[1]
        grounds = re.search(r"[Cc]ăn cứ\s(?:các\s)?$", text[max(match.start() - 12, 0) : match.start()]) is not None
        if date is not None or (grounds and len(name) <= 90):
            yield _Mention(
                match.start(), end, Citation(name, None, None, date, _issuer_behind(text, end, bodies)), "law"
            )


def _unnumbered(text: str) -> Iterator[_Mention]:
    """A document of which only is told that it was just signed."""
    for match in _UNNUMBERED.finditer(text):
        doc_type = match["type"][0].upper() + match["type"][1:]
        yield _Mention(match.start("type"), match.end(), Citation(doc_type, None, None, None, None), "unnumbered")


def _is_own(record: Citation, header: Header) -> bool:
    """Whether the number is that of the letter itself, as annexes repeat it."""
    if header.symbol is None or record.symbol != header.symbol:
        return False
    return record.number is None or record.number == header.number
