"""Whom a value, place or class is said of: the bodies and places a sentence names, and the part each plays in it.

A name may be the subject ("Sở Y tế đạt …"), what others are compared to ("sau Hà Nội"), who judged ("do Sở Nội vụ
thẩm định") or where something lies ("xã A, huyện B"). A statement is about the last subject before it, the name right
before its bracket, the one behind it where the order is turned ("đứng thứ hai là Sở Y tế"), or the topic of its
paragraph; only then about the letter's own place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain

from extract.components.context import UPPER, Context, Sentence, names_one
from extract.components.found import BodyKind
from extract.components.lexicon import province_names, tokens
from extract.components.standing_words import listed
from extract.components.subjects import full_name, subject_before
from extract.records import Role

_SHORT_UNIT = re.compile(r"^(TP|Tp|tp|TX|Tx|tx)\.?\s?(?=\S)")
_UNITS = {"tp": "thành phố", "tx": "thị xã"}
_GENERIC = re.compile(
    r"\b(tỉnh|thành phố|huyện|thị xã|xã|phường|Tỉnh|Thành phố|Huyện|Thị xã|Xã|Phường)"
    r"(?=\s(?:ta|nhà|đạt|xếp|đứng|ở|có|được|tăng|giảm|chỉ|mới|nằm|thuộc|vẫn|tiếp tục|đã|năm|tháng|quý|trong|là|vươn|tụt"
    r"|giữ|dẫn|tạm|còn|luôn)\b)"
)
_NOT_GENERIC = re.compile(rf"(?:\d|các|cấp|toàn|UBND|HĐND|thuộc|những|nhiều|mỗi|[,/]|[{UPPER}]\S*)\s?$")
_GROUP = re.compile(
    r"\b((?:khối|(?<=bình )cấp|(?<=bình của )cấp|(?<=quân )cấp)\s[^.;:()\d]{2,60}?|trung bình (?:cả nước|toàn quốc"
    r"|toàn tỉnh))"
    r"(?=\s(?:là|đạt|có|được|với|năm)\b|\s\()"
)
_SHORT_FOR = re.compile(
    r"(?<!cấp )(?<!các )\b(Sở|Cục|Chi cục|Trường|Công ty|Bệnh viện|Ban|Đảng bộ|Chi bộ|Phòng)"
    r"(?=\s(?:đạt|được|bị|có|là|xếp|đứng|năm|chỉ|đã|vẫn)\b)"
)
_COMPARED = re.compile(
    r"\b(?:so với|sau|xếp trên|đứng trên|trên|dưới|hơn|kém|vượt|vượt xa|bằng|vượt qua)"
    r"\s+(?:mức\s|của\s|tỉnh\s|cả\s|trung bình\s)*$"
)
_JUDGE_BEFORE = re.compile(
    r"\b(?:theo|do|bởi|trình|gửi|(?:quyết định|báo cáo|công văn|thông báo|kết quả|công bố|đánh giá|thẩm định"
    r"|đề nghị|xếp hạng|nghị quyết|nghị định|chỉ thị|kết luận|chương trình|đề án|tờ trình|hướng dẫn|thông tư"
    r"|kế hoạch|chỉ đạo|văn bản)\s(?:[^.;,]|,\s(?=ngày\s)){0,70}?của)\s+$",
    re.IGNORECASE,
)
_JUDGE_BEHIND = re.compile(
    r"\s(?:(?:đã|vừa|cũng|mới)\s)?(?:ban hành|công bố|tổ chức|phê duyệt|công nhận|đánh giá|chấm|thẩm định|chỉ đạo|giao"
    r"|xếp loại (?:cho|đối với|chất lượng các)|quyết định|thông báo|trích|kiểm tra|biểu dương|phê bình|yêu cầu"
    r"|đề nghị|báo cáo)\b"
)
_PASSIVE = re.compile(r"\b(?:được|bị)\s+$")
_INSIDE = re.compile(r"\b(?:thuộc|trực thuộc|trên địa bàn|tại)\s+$")
_AMONG = re.compile(
    r"(?:nhất|đầu|cuối|chót|bét|bảng|trong|hạng|nhì|cuối cùng|\d)\s(?:toàn\s)?$"
)  # "xếp hạng nhất khối sở, ban, ngành"
_LEVELS = (("xã", "phường", "thị trấn"), ("huyện", "quận", "thị xã", "thành phố", "tp", "tx"), ("tỉnh",))
_UNIT = re.compile(r"(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tp|tx|tỉnh)\b", re.IGNORECASE)
_OWN = re.compile(rf"\b(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã)\s([{UPPER}][^,;]{{1,40}})$", re.IGNORECASE)
_LINK = (
    r"(?:\s(?:trong|của|ở|trên)?\s?(?:bảng xếp hạng|xếp hạng|bảng tổng sắp|bảng|danh sách|cả nước|toàn quốc"
    r"|toàn tỉnh|khu vực|toàn ngành))?"
    r"(?:\s(?!và\b|nhưng\b|còn\b|là\b|thuộc về\b)[^\s.,;:()]{1,12}){0,12}?"
)
_TURNED = re.compile(
    rf"{_LINK}(?:\s(?:vẫn|tiếp tục|lần lượt|đều|năm \d{{4}}))?\s*(?:là|thuộc về|gọi tên|:)\s*:?\s*"
    r"(?:các (?:đơn vị|địa phương)\s?:?\s|tỉnh\s|đơn vị\s)?"
)
_BELONGS = re.compile(r"\s(?:thuộc về|là của)\s(?:tỉnh\s|đơn vị\s)?")
_NEXT_TO = re.compile(r",?\s")
_HAS_VALUE = re.compile(r"\s*(?:\((?:đạt\s)?\d|,?\s(?:đạt|với)\s)")
_UNKNOWN = re.compile(
    rf"\b((?i:xã|phường|thị trấn|đặc khu|huyện|quận"
    rf"|thị xã))\s[{UPPER}][^\W\d_]{{0,7}}(?:\s[{UPPER}][^\W\d_]{{0,7}}){{0,3}}"
)
_OF_PARTY = re.compile(rf"^(?i:(tỉnh|thành|huyện|quận|thị)) (?i:ủy|uỷ)\s([{UPPER}][^,;]{{1,40}})$")
_PARTY_UNITS = {"thành": "thành phố", "thị": "thị xã"}
_AVERAGE = re.compile(
    r"\b(?:[Bb]ình quân|[Tt]rung bình)\s(?:chung\s)?(?:của\s)?(?:cả\s|toàn\s)?((?:nhóm|khối|cụm)\b[^.;:()\d]{0,40}?)"
    r"(?:\snăm\s\d{4})?\s(?:là|đạt|ở mức)\s$"
)
_LABEL = re.compile(r"(?:[-+*•\d.)\s]{0,6})([Nn]hóm|[Kk]hối|[Cc]ụm)\s(\S{1,6})")
_HEADED = re.compile(  # bodies no list knows: "…; Đoàn Thanh niên đứng thứ ba", "Bệnh viện Đa khoa tỉnh đạt …"
    r"(?:^|[;:,]\s|\b(?:riêng|còn|là)\s)(?P<name>(?:Đoàn|Hội|Bệnh viện|Trường(?: (?:mầm non|tiểu học|phổ thông))?"
    rf"|Trung tâm|Trạm|Liên đoàn|Công đoàn|Thôn|Khoa|Đội)\s[{UPPER}][^.;:,()\d]{{1,60}}?)"
    r"(?=\s(?:đạt|đứng|xếp|dẫn đầu|tiếp tục|giữ|với|được|bị|chỉ|có|vẫn|đều|vươn|tụt|tự chấm|năm|tháng|quý)\b|\s\()"
)
_OPEN_BRACKET = re.compile(r"[(][^()]{0,160}$")
_JOINED = re.compile(r"\s?(?:,|;|và|,\svà|cùng với)\s(?:các\s)?")
_SCORED = re.compile(  # "Sở A đạt 89 điểm, Sở B đạt 86 điểm, xếp loại Tốt"
    r"\s(?:đạt\s|được\s|với\s)?\(?\d{1,3}(?:[.,]\d{1,4})?(?:/\d{1,4})?\s?(?:điểm|%)?\)?(?:,\s|\svà\s|,\svà\s)(?:các\s)?"
)
_BETWEEN = re.compile(r"[^.;\d]{0,40}")
_KIND = 8  # characters of a word of kind ("tỉnh", "đơn vị") that a name may hold
_LINKED = 40  # characters of words that may link a body to what is said of it
_SHORT_BLOCK = 120  # characters of a heading that is about one body
_BLANKS = re.compile(r"\s+")


class Part(StrEnum):
    """What a named body does in its sentence."""

    SUBJECT = "subject"
    COMPARED = "compared"
    JUDGE = "judge"
    INSIDE = "inside"  # where the subject lies


@dataclass(frozen=True, slots=True)
class Named:
    """A body or place at `start`..`end` of a sentence, with its full name."""

    start: int
    end: int
    name: str
    part: Part


class Bodies:
    """The bodies a letter names, asked whom a statement is about."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[int, tuple[Named, ...]] = {}
        self._topics: dict[int, str] = {}

    def named(self, sentence: Sentence) -> tuple[Named, ...]:
        """The bodies and places of a sentence, left to right."""
        if sentence.start not in self._seen:
            self._seen[sentence.start] = self._find(sentence)
        return self._seen[sentence.start]

    def of(self, sentence: Sentence, start: int, end: int, *, turned: bool = False) -> str | None:
        """Whom the statement at `start`..`end` of a sentence is about.

        `turned`: the order may be turned, the subject stand behind ("dẫn đầu là Sở Y tế").
        """
        found = self._of(sentence, start, end, turned=turned)
        if found is not None:
            self._topics[sentence.block.start] = found
            return found
        return self._topics.get(sentence.block.start) or self._above(sentence) or self.home

    def stated(self, sentence: Sentence, start: int, end: int) -> str | None:
        """Whom the sentence itself says the statement at `start`..`end` of; None where it names nobody."""
        return self._of(sentence, start, end, turned=False)

    def all_of(self, sentence: Sentence, start: int, end: int) -> tuple[str | None, ...]:
        """All that the statement at `start`..`end` is about: the last subject and those it is joined to by "và"."""
        last = self.of(sentence, start, end)
        run: list[Named] = []
        for one in self._subjects_before(sentence, start):
            between = (one.end, run[-1].start) if run else (0, 0)
            if run and not (_JOINED.fullmatch(sentence.text, *between) or _SCORED.fullmatch(sentence.text, *between)):
                break
            run.append(one)
        return tuple(one.name for one in reversed(run)) if run and run[0].name == last else (last,)

    def in_turn(self, sentence: Sentence, start: int, end: int, count: int) -> tuple[str, ...]:
        """The `count` bodies that values told in turn at `start`..`end` belong to; empty where they are not certain."""
        named = self.named(sentence)
        behind = [one.name for one in named if one.start >= end and one.start - end <= 20 + 60 * count][:count]
        before = [one.name for one in named if one.end <= start and one.part is Part.SUBJECT][-count:]
        if _TURNED.match(sentence.text, end) and len(behind) == count:
            return tuple(behind)
        return tuple(before) if len(before) == count else ()

    @property
    def home(self) -> str | None:
        """The place the letter speaks of where it names none: the issuer's own, else its province."""
        header = self._context.found.header
        own = _OWN.search(header.issuer or "")
        if own is not None:
            return f"{own[1].lower()} {own[2]}"
        party = _OF_PARTY.search(header.issuer or "") or _OF_PARTY.search(header.parent_issuer or "")
        if party is not None:
            kind = party[1].lower()
            return f"{_PARTY_UNITS.get(kind, kind)} {party[2]}"
        return self._context.home

    def _subjects_before(self, sentence: Sentence, start: int) -> Iterator[Named]:
        """The subjects that end before `start`, the nearest first."""
        named = self.named(sentence)
        for at in range(bisect_right(named, start, key=lambda one: one.end) - 1, -1, -1):
            if named[at].part is Part.SUBJECT:
                yield named[at]

    def _of(self, sentence: Sentence, start: int, end: int, *, turned: bool) -> str | None:
        text, named = sentence.text, self.named(sentence)
        if average := _AVERAGE.search(text, max(start - 120, 0), start):
            return _group(average[1], sentence)
        at = bisect_right(named, start, key=lambda one: one.end)
        nearest = named[at - 1] if at else None
        bracket = _OPEN_BRACKET.search(text, max(start - 170, 0), start) if nearest is not None else None
        if nearest is not None and bracket is not None:
            opened = bracket.start()
            if opened < nearest.start or _BETWEEN.fullmatch(text, nearest.end, opened):
                return nearest.name
        if (match := _BELONGS.match(text, end)) and (one := _at(named, match.end())):
            return one.name
        if turned:
            if (match := _TURNED.match(text, end)) and (one := _at(named, match.end())):
                return one.name
            beside = _NEXT_TO.match(text, end)
            one = _at(named, beside.end()) if beside else None
            if one is not None and _HAS_VALUE.match(text, one.end):
                return one.name
        subject = next(self._subjects_before(sentence, start), None)
        near = subject_before(text, start)
        if near is not None and near.is_body and (subject is None or subject.end < start - len(near.name) - _LINKED):
            return near.name  # a body no list knows, told by its kind and capitals
        return subject.name if subject is not None else None

    def _above(self, sentence: Sentence) -> str | None:
        """The body that the heading or entry over a sentence is about."""
        blocks = self._context.reading.flow.blocks
        parent = sentence.block.parent
        while parent is not None:
            block = blocks[parent]
            if len(block.text) <= _SHORT_BLOCK or block.role is Role.HEADING:
                over = Sentence(block.start + block.body, block.start + len(block.text), block)
                subjects = [one for one in self.named(over) if one.part is Part.SUBJECT]
                if len(subjects) == 1:
                    return subjects[0].name
            parent = block.parent
        return None

    def _find(self, sentence: Sentence) -> tuple[Named, ...]:
        text = sentence.text
        spans = [
            (body.start - sentence.start, body.end - sentence.start, _spelled(body.record.name, body.record.kind))
            for body in self._context.named(sentence.start, sentence.end)
            if names_one(body.record)
        ]
        taken = bytearray(len(text))
        for start, end, _ in spans:
            taken[start:end] = b"\1" * (end - start)
        sources = (_headed, _unknown, _regions, _provinces, _groups, self._generic)
        told = chain.from_iterable(source(text) for source in sources)
        for start, end, name in chain(told, self._short_for(sentence)):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end, name))
        spans.sort()
        return tuple(
            Named(start, end, name, _part(text, start, end, spans[at - 1] if at else None))
            for at, (start, end, name) in enumerate(spans)
        )

    def _generic(self, text: str) -> Iterator[tuple[int, int, str]]:
        """A bare "tỉnh", "huyện" or "xã" that is the letter's own."""
        own = [place for place in (self.home, self._context.home) if place]
        for match in _GENERIC.finditer(text):
            meant = next((place for place in own if place.startswith(f"{match[1].lower()} ")), None)
            if meant and not _NOT_GENERIC.search(text, max(match.start() - 40, 0), match.start()):
                yield *match.span(), meant

    def _short_for(self, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
        """What a bare "Sở" or "Cục" stands for: the body of that kind named last."""
        for match in _SHORT_FOR.finditer(sentence.text):
            named = self._context.named(0, sentence.start + match.start())
            meant = next((one for one in reversed(named) if one.record.name.startswith(f"{match[1]} ")), None)
            if meant is not None:
                yield *match.span(), meant.record.name


def _group(told: str, sentence: Sentence) -> str:
    """The group an average is of, by its name in the label of the block where the sentence has none ("của nhóm")."""
    label = None if " " in told else _LABEL.match(sentence.block.text)
    return f"{label[1]} {label[2]}" if label is not None and label[1].lower() == told.lower() else told


def _at(named: Sequence[Named], start: int) -> Named | None:
    """The name that begins at `start`, a word of kind before it or not."""
    at = bisect_left(named, start - _KIND, key=lambda one: one.start)
    one = next((one for one in named[at : at + 2] if one.end > start), None)
    return one if one is not None and one.start <= start + 1 and one.part is not Part.INSIDE else None


def _part(text: str, start: int, end: int, before: tuple[int, int, str] | None) -> Part:
    lead = text[max(start - 80, 0) : start]
    if _COMPARED.search(lead):
        return Part.COMPARED
    if _JUDGE_BEFORE.search(lead) or (_JUDGE_BEHIND.match(text, end) and not _PASSIVE.search(text[end : end + 8])):
        return Part.JUDGE
    if _PASSIVE.search(lead):
        return Part.JUDGE
    if _INSIDE.search(lead) or (_AMONG.search(lead) and _is_wide(text[start:end])):
        return Part.INSIDE
    beside = before is not None and text[before[1] : start].strip() in (",", "")
    if before is not None and beside and 0 < _level(before[2]) < _level(text[start:end]):
        return Part.INSIDE
    return Part.SUBJECT


def _is_wide(name: str) -> bool:
    """Whether a name is that of a class of bodies or a region, in which one is placed."""
    return name.startswith("khối") or _region().fullmatch(name) is not None


def _level(name: str) -> int:
    """How wide a unit is by its first word, 0 where it is none."""
    match = _UNIT.match(name)
    return 0 if match is None else next(at for at, words in enumerate(_LEVELS, 1) if match[1].lower() in words)


def _spelled(name: str, kind: BodyKind) -> str:
    """A place as it is written inside a sentence ("huyện Lấp Vò"), its unit in full."""
    if kind is not BodyKind.PLACE:
        return name
    short = _SHORT_UNIT.match(name)
    if short:
        return f"{_UNITS[short[1].lower()]} {name[short.end() :]}"
    return name[0].lower() + name[1:]


def _provinces(text: str) -> Iterator[tuple[int, int, str]]:
    """Provinces called by their bare name ("Quảng Ninh đạt …"), not inside the name of a person."""
    words = tokens(text)
    at = 0
    while at < len(words):
        start = words[at][0]
        stop = province_names().longest(text, words, at) if text[start].isupper() else None
        if stop is None or not text[words[stop - 1][0]].isupper() or _in_name(text, words, at, stop):
            at += 1
            continue
        end = words[stop - 1][1]
        yield start, end, full_name(_BLANKS.sub(" ", text[start:end]))
        at = stop


def _in_name(text: str, words: Sequence[tuple[int, int, str]], at: int, stop: int) -> bool:
    """Whether a bare name goes on with capitals before or behind it ("Nguyễn Thái Bình")."""
    before = at > 0 and text[words[at - 1][1] : words[at][0]] == " " and text[words[at - 1][0]].isupper()
    behind = (
        stop < len(words)
        and text[words[stop - 1][1] : words[stop][0]] == " "
        and text[words[stop][0]].isupper()
        and not text[words[stop][0] : words[stop][1]].isupper()
    )
    return behind or (before and at > 1)


def _headed(text: str) -> Iterator[tuple[int, int, str]]:
    """Bodies no list knows by the word they begin with and the verb or bracket behind them."""
    for match in _HEADED.finditer(text):
        yield *match.span("name"), _BLANKS.sub(" ", match["name"])


def _unknown(text: str) -> Iterator[tuple[int, int, str]]:
    """Units of territory the gazetteer does not know by their kind and capitals."""
    for match in _UNKNOWN.finditer(text):
        yield *match.span(), match[1].lower() + match[0][len(match[1]) :]


def _regions(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _region().finditer(text):
        yield *match.span(), _BLANKS.sub(" ", match.group())


@cache
def _region() -> re.Pattern[str]:
    return re.compile(rf"\b(?:[Vv]ùng\s)?(?:{'|'.join(map(re.escape, listed('regions')))})\b")


def _groups(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _GROUP.finditer(text):
        yield match.start(1), match.end(1), match[1]
