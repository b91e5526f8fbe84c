"""Places in a ranking as a sentence prints them: grammar only, no letter around it.

A place is a number behind a word of rank ("xếp thứ 22/63", "hạng 45", "lần lượt đứng thứ 58 và 56"), a fraction of
those ranked beside a value ("Gia Lai (62/63, 61,98 điểm)"), a word ("thứ nhất", "dẫn đầu"), or a group or end of
the table that names no number of its own ("nhóm 20 tỉnh", "xếp cuối cùng").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from extract.components.context import UPPER
from extract.components.standing_words import is_graded
from extract.components.subjects import subject_before

_WORDS = {
    "nhất": 1, "quán quân": 1, "á quân": 2, "một": 1, "đầu": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4,
    "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_SLASH = r"\s?[/⁄∕]\s?"
_OF = rf"(?:{_SLASH}(\d{{1,4}})|\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(\d{{1,4}})\b)?"
_NOT_LONGER = r"(?![\w/]|[.,]\d)"
_HEAD = (
    r"vị trí xếp hạng|vị trí thứ hạng|vị trí thứ|vị trí số|vị trí|vị thứ|thứ hạng|thứ bậc|xếp hạng thứ|xếp hạng"
    r"|xếp hạng thứ tự|xếp thứ tự|thứ tự xếp hạng|đứng hạng|xếp thứ hạng|xếp thứ|đứng thứ|xếp vị thứ|hạng thứ|hạng"
    r"|xếp số|ngôi vị thứ"
)
_VERB = (
    r"xếp|đứng|giữ|đạt|ở|vươn lên|vươn|lên|xuống|nằm ở|tụt xuống|tăng lên|rơi xuống|từ|còn|đang ở|trở lại|giành|duy trì"
)
_NUMBERED = re.compile(
    rf"\b(?:(?:tạm\s+)?(?:{_VERB})\s+)?(?P<head>{_HEAD})\s*(?:thứ\s+|là\s+|:\s*|số\s+)?"
    rf"(?P<rank>\d{{1,4}})(?!\w|[.,]\d){_OF}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:^|[\s(])(?:xếp|đứng|hạng|thứ)\s+(\d{{1,4}}){_SLASH}(\d{{1,4}}){_NOT_LONGER}", re.IGNORECASE)
_NTH = re.compile(
    r"(?P<before>\(|;\s|\b(?:lần lượt|đứng|xếp|ở|lên|xuống|giữ|từ)\s+)?\bthứ\s+(?P<rank>\d{1,3})(?![\w/]|[.,]\d)"
    r"(?P<all>\s+(?:cả nước|toàn quốc|toàn tỉnh|cả tỉnh|toàn thành phố|khu vực|trong|trên|toàn ngành|cả vùng|vùng))?",
    re.IGNORECASE,
)
_IN_TURN = re.compile(
    r"\blần lượt\s+(?:là\s+)?(?:(?:được\s+)?(?:xếp|đứng|ở|giữ)\s+)?"
    r"(?:(?:các\s+)?(?:vị trí|thứ hạng|vị thứ|hạng|thứ)\s+){1,3}(?:là\s+|:\s*)?"
    rf"(?P<all>\d{{1,3}}(?:{_SLASH}\d{{1,3}})?(?:(?:\s*,\s*|\s+và\s+|\s*,\s+và\s+)(?:(?:thứ|hạng)\s+)?"
    rf"\d{{1,3}}(?:{_SLASH}\d{{1,3}})?){{1,12}}){_NOT_LONGER}",
    re.IGNORECASE,
)
_ORDINALS = re.compile(
    r"\b(?:xếp|đứng|vị trí|hạng)\s+(?:vị trí\s+|hạng\s+)?thứ\s+(?P<first>\d{1,3}|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín)"
    r"\s+và\s+(?:thứ\s+)?(?P<second>\d{1,3}|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?=\s+(?:lần lượt\s+)?(?:là"
    r"|thuộc về)\b)",
    re.IGNORECASE,
)
_EACH = re.compile(rf"(\d{{1,3}})(?:{_SLASH}(\d{{1,3}}))?")
_BRACKET = re.compile(r"\(([^()]{3,80})\)")
_PART = re.compile(rf"(?:^|[;,(]\s*)(\d{{1,3}}){_SLASH}(\d{{1,3}})(?=\s*(?:$|[;,)]|tỉnh|địa phương))")
_BESIDE_SCORE = re.compile(
    rf"(?:điểm|%)\s*[,;–-]\s*(\d{{1,3}}){_SLASH}(\d{{1,3}})"
    r"(?=\s*(?:$|[.;,)]|\s(?:tỉnh|địa phương|sở|huyện|xã|đơn vị|bộ)\b))"
)
_WORDED = re.compile(
    r"\b(?:(?:xếp|đứng|ở|giữ|đạt|giành)\s+)?"
    r"(?:(?:hạng|vị trí|vị thứ|ngôi vị|ngôi)\s+(?:thứ\s+|số\s+)?|(?:xếp|đứng|giữ)\s+thứ\s+)"
    r"(nhất|quán quân|á quân|nhì|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b(?!\s+(?:là\s+)?\d)" + _OF,
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:(?:tiếp tục|vươn lên|luôn|là \S+ \S+|giữ|ở|vị trí)\s+){0,3}"
    r"(?:dẫn đầu|đứng đầu|đứng nhất|xếp nhất|xếp đầu|nhất bảng|đầu bảng|quán quân)\b"
    r"(?=\s+(?:bảng|cả nước|toàn quốc|toàn tỉnh|khu vực|khối|nhóm|vùng|là|với|thuộc về|toàn ngành"
    r"|trong|về|các|cả|xếp hạng|cấp|cụm|miền|ngành|danh sách|chỉ số|trụ cột|lĩnh vực|nội dung|tiêu chí|\d"
    r"|[A-Z]{3})|\s*[,.;(/:]|\s*$)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\bvị trí (?:cuối cùng|cuối bảng|áp chót|gần cuối)\b(?=\s*(?:,|là|thuộc|tiếp tục|\())|\b(?:xếp"
    r"|đứng)\s+(?:ở\s+)?(?:vị trí\s+)?(?:cuối cùng|cuối bảng|cuối|chót bảng|chót"
    r"|áp chót|gần cuối|kế cuối|bét bảng|bét)\b"
    r"(?!\s+(?:năm|tháng|kỳ)|\s+(?:trong\s+)?(?:các\s+)?(?:\d{1,2}\s+)?(?:chỉ số|tiêu chí|nội dung|lĩnh vực))",
    re.IGNORECASE,
)
_HEAD_OF_OFFICE = re.compile(
    r"(?:\b(?:do|đồng chí|ông|bà)\s[^.;,:]{0,60}|người|cấp trưởng|trách nhiệm|do|đồng chí|vai trò|ông|bà)\s+$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(  # "cao hơn đơn vị đứng cuối", "khoảng cách giữa địa phương đứng đầu và đứng cuối"
    r"\b(?:(?:giữa|so với|với|hơn|khoảng cách)\s(?:[^.;:,()\d]{0,40}\s)?(?:tỉnh|thành phố|sở|huyện|xã|bộ"
    r"|địa phương|đơn vị|cơ quan|nhóm|nơi)|của\s(?:địa phương|đơn vị|cơ quan|nhóm|nơi))\s(?:[^\W\d_]+\s){0,2}$"
    r"|\b(?:đứng đầu|dẫn đầu|cao nhất)\s(?:và|với)\s$",
    re.IGNORECASE,
)
_COUNTED = r"(?:(?<!thứ )\d{1,3}|các|những|nhóm|tốp|top|hai|ba|bốn|năm(?!\s\d)|một số|nhiều)"
_SOME = re.compile(
    rf"\b{_COUNTED}\s(?:[^.;:,]|,\s(?=thành|ban|ngành|thị|huyện|xã|phường|đơn vị|địa phương)){{0,30}}$", re.IGNORECASE
)  # several lead: no rank of one
_SOME_BEHIND = re.compile(rf"\s*(?:là|gồm|:|thuộc về)\s*:?\s*{_COUNTED}\s", re.IGNORECASE)
_LISTS = re.compile(r"\s*(?:gồm|là|:)")
_NAMES_WHO = re.compile(r"\s+là\s")
_MEASURED = re.compile(rf"\s+là\s+(?:tỉnh |thành phố |huyện |xã |phường )?[{UPPER}][^.;:]{{2,80}}?\d")
_RANKING = re.compile(r"xếp hạng|bảng|chỉ số|\d điểm|cả nước|toàn quốc", re.IGNORECASE)
_NOT_OFFICES = re.compile(r"\s*(?:các|cấp)?\s*(?:cơ quan|đơn vị|tổ chức|cấp ủy|chính quyền|cấp mình|Đảng)\b")
_GROUP = re.compile(
    r"\b(?:tạm\s+)?(?:(?:xếp|nằm|đứng|lọt|thuộc|vào|ở|ra|tụt|rơi|rớt)\s+)?(?:(?:trong|vào|khỏi)\s+)?(?:nhóm|top"
    r"|tốp)\s+(?:đầu\s+)?(\d{1,3})(?![.,]\d)"
    r"(?=\s+(?:tỉnh|địa phương|thành phố|đơn vị|bộ|sở|huyện|xã|cả nước|toàn quốc|của|có|với|dẫn"
    r"|cao|thấp|đầu|cuối|nước|doanh)|\s*[,.;(/]|\s*$)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:0?1|một) trong (?:tổng )?(?:số )?\d{1,3}\s+(?:tỉnh|địa phương|thành phố|đơn vị|bộ|sở|huyện|xã|cơ quan)\b"
    r"[^.;:\n]{0,120}?\b(?:cao nhất|thấp nhất|tốt nhất|dẫn đầu|đứng đầu|đứng cuối|xếp cuối|kém nhất|chậm nhất)\b",
    re.IGNORECASE,
)
_PLACE = r"(?:vị trí\s+|bậc\s+|thứ hạng\s+|hạng\s+|vị thứ\s+)?(?:thứ\s+)?"
_FROM_TO = re.compile(
    rf"\btừ\s+{_PLACE}(\d{{1,4}})(?:{_SLASH}(\d{{1,4}}))?(?:\s+\([^()]{{1,30}}\)|\s+(?:(?:trong|của|vào"
    rf"|ở)\s+)?năm\s+\d{{4}})?,?\s+(?:(?:vươn"
    rf"|tăng|tụt|rơi|giảm|nhảy)\s+)?"
    rf"(?:lên|xuống|đến|còn)\s+"
    rf"{_PLACE}(\d{{1,4}})(?:{_SLASH}(\d{{1,4}})(?!\w|[.,]\d)|(?!\w|\s?[%\w/]|[.,]\d)"
    r"|(?=\s(?:của|năm|trong|toàn|cả|về|so|theo|và|trên)\s))"
)
_PROMOTED = re.compile(r"\b(?:thăng hạng|chức danh|viên chức|nâng ngạch)\b", re.IGNORECASE)
_RANK_WORD = re.compile(r"\b(?:xếp|hạng|vị trí|vị thứ|thứ hạng|thứ bậc|đứng|bậc|dẫn đầu|bảng)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:lần|kỳ họp|phiên họp|phiên|khóa|hội nghị|kỳ|ngày|đợt|nhiệm kỳ|tuần|năm|giai đoạn|cấp|loại)\s*\(?$",
    re.IGNORECASE,
)
_NOT_RANKED = re.compile(
    r"\s*(?:di tích|sản phẩm|%|bậc|lần|tháng|ngày|điểm|giờ|việc làm|công tác|công chức|viên chức|trở lên|sao|tỷ|triệu)"
)
_SURE_BARE = re.compile(r"[(,]\s*$|\bso với\s+$|\b(?:và|còn|năm \d{4}|là)\s+$")
_ALL_BEHIND = re.compile(r"\s*(?:cả nước|toàn quốc|toàn tỉnh|khu vực|trong)")
_SAME = re.compile(
    rf"(?:\b(?:là|ở|còn|lên|xuống|năm \d{{4}})\s|[:(]\s?)(\d{{1,3}}){_SLASH}(\d{{1,3}})(?!\w|[/.,]\d|\s?(?:điểm|%))"
)
_COUNT_OF = re.compile(
    r"(?<![\d/.,])(?:\d{1,3}|các|nhiều|những)\s(?:cơ quan, đơn vị|đơn vị, địa phương|đơn vị|cơ quan|địa phương"
    r"|tập thể|sở, ngành|xã|huyện)"
    r"\s(?:được\s|cùng\s|đã\s)?$",
    re.IGNORECASE,
)
_LISTED_BEHIND = re.compile(r"[^.;:()\d]{0,90}\b(?:gồm|bao gồm|là)\s?(?::|(?=\s[A-Z]))")
_FEW = 5
_TABLE_OF = re.compile(r"\bbảng\s$", re.IGNORECASE)
_TOPIC = re.compile(r"(?:^|\b(?:theo đó|trong đó|cụ thể|còn|riêng),?\s)$", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"\s*(?:\(nhóm|[,.;]|$)")
_AT_ONCE = 6  # characters between the end of a table and its number
FIRST = "ranks.first"
IN_TURN = "ranks.in_turn"
CUE = re.compile(r"hạng|vị thứ|vị trí|xếp|đứng|top|tốp|nhóm|dẫn đầu|trong|thứ|bậc|/|⁄|∕", re.IGNORECASE)
"""What a sentence without any rank lacks."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rank at `start`..`end` of a sentence; `number` is where its digits are, None where it has none."""

    start: int
    end: int
    rank: int | None
    of: int | None
    rule: str
    change: int | None = None
    number: tuple[int, int] | None = None


def places(text: str) -> list[Place]:
    """The ranks of a sentence, left to right, none inside another."""
    hits: list[Place] = []
    taken = bytearray(len(text))
    sources = (_one_of, _groups, _in_turn, _ordinals, _from_to, _numbered, _worded, _nth, _beside, _firsts, _lasts)
    for hit in chain.from_iterable(source(text) for source in sources):
        if not _of_several(text, hit) and not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            hits.append(hit)
    for hit in _of_same_total(text, {hit.of for hit in hits if hit.of}):
        if not any(taken[hit.start : hit.end]):
            hits.append(hit)
    return _told_once(sorted(hits, key=lambda hit: hit.start))


def _of_several(text: str, hit: Place) -> bool:
    """Whether a place is said of a count of bodies ("8 đơn vị xếp thứ nhì"), of none by name."""
    return hit.rank is not None and bool(_COUNT_OF.search(text, max(hit.start - 60, 0), hit.start))


def _told_once(hits: list[Place]) -> list[Place]:
    """The ranks without an end of the table whose number follows at once ("đứng cuối bảng (19/19)")."""
    pairs = zip(hits, [*hits[1:], None], strict=False)
    return [
        hit
        for hit, behind in pairs
        if hit.rule != "ranks.last" or behind is None or behind.rank is None or behind.start - hit.end > _AT_ONCE
    ]


def _of_same_total(text: str, totals: set[int]) -> Iterator[Place]:
    """Fractions of as many as another rank of the sentence is of: "xếp thứ 16/19, năm 2013 là 19/19"."""
    for match in _SAME.finditer(text) if totals else ():
        rank, of = int(match[1]), int(match[2])
        if of in totals and 0 < rank <= of:
            yield Place(match.start(1), match.end(2), rank, of, "ranks.beside", number=(match.start(1), match.end(2)))


def _ordinals(text: str) -> Iterator[Place]:
    """Two places told together: "xếp thứ hai và ba là Bộ A và Bộ B"."""
    for match in _ORDINALS.finditer(text):
        for name in ("first", "second"):
            word = match[name].lower()
            rank = int(word) if word.isdigit() else _WORDS[word]
            yield Place(*match.span(name), rank, None, IN_TURN, number=match.span(name))


def _one_of(text: str) -> Iterator[Place]:
    for match in _ONE_OF.finditer(text):
        yield Place(match.start(), match.end(), None, None, "ranks.one_of")


def _groups(text: str) -> Iterator[Place]:
    for match in _GROUP.finditer(text):
        if _LISTED_BEHIND.match(text, match.end()):
            continue  # "top 5 địa phương dẫn đầu gồm: …" lists bodies, it places none
        if match.group().lower().startswith(("ở ", "trong ")) and _TOPIC.search(text[: match.start()][-12:]):
            continue  # "Ở nhóm 17 bộ, Bộ A xếp thứ nhất": among whom, no place
        numbered = int(match[1]) <= _FEW and _OWN_NUMBER.match(text, match.end())  # "nhóm 4 (nhóm thấp nhất)"
        if not numbered and (len(match.group().split()) > 2 or match.group().lower().startswith("t")):
            yield Place(match.start(), match.end(), None, None, "ranks.group")


def _in_turn(text: str) -> Iterator[Place]:
    for match in _IN_TURN.finditer(text):
        for each in _EACH.finditer(text, match.start("all"), match.end("all")):
            yield Place(*each.span(), int(each[1]), _int(each[2]), IN_TURN, number=each.span())


def _from_to(text: str) -> Iterator[Place]:
    for match in _FROM_TO.finditer(text):
        if _RANK_WORD.search(text, max(match.start() - 60, 0), match.end()):
            first, second = int(match[1]), int(match[3])
            if first and second and not _PROMOTED.search(text, max(match.start() - 90, 0), match.start()):
                yield Place(*match.span(1), first, _int(match[2]), "ranks.from_to", number=match.span(1))
                span = match.start(3), match.end()
                yield Place(*span, second, _int(match[4]), "ranks.from_to", first - second, match.span(3))


def _numbered(text: str) -> Iterator[Place]:
    for match in _NUMBERED.finditer(text):
        rank, of = int(match["rank"]), _int(match[3] or match[4])
        if not rank or _NOT_RANKED.match(text, match.end()) or is_graded(text, match.start()):
            continue
        if match.group().lower().startswith("hạng ") and of is None and not _is_sure(text, match):
            continue
        if of is None and _TABLE_OF.search(text, max(match.start() - 6, 0), match.start()):
            continue  # "bảng xếp hạng 63 tỉnh"
        if match["head"].lower() == "vị trí" and text[match.end() :].lstrip().startswith(("việc", "công")):
            continue
        yield Place(*match.span(), rank, of, "ranks.numbered", number=(match.start("rank"), match.end()))
    for match in _BARE.finditer(text):
        if not is_graded(text, match.start()) and int(match[1]) > 0 and int(match[2]) > 1:
            yield Place(
                match.start(1),
                match.end(),
                int(match[1]),
                int(match[2]),
                "ranks.numbered",
                number=(match.start(1), match.end()),
            )


def _is_sure(text: str, match: re.Match[str]) -> bool:
    """Whether "hạng 45" alone is a place: in brackets or behind a value, in a sentence that ranks."""
    if _ALL_BEHIND.match(text, match.end()):
        return True
    if _SURE_BARE.search(text, max(match.start() - 12, 0), match.start()):
        return True
    subject = subject_before(text, match.start())
    return subject is not None and subject.is_body


def _worded(text: str) -> Iterator[Place]:
    for match in _WORDED.finditer(text):
        if match.group().lower().startswith("hạng") and not _ALL_BEHIND.match(text, match.end()):
            continue
        yield Place(*match.span(), _WORDS[match[1].lower()], _int(match[2] or match[3]), "ranks.worded")


def _nth(text: str) -> Iterator[Place]:
    for match in _NTH.finditer(text):
        before = text[max(match.start() - 24, 0) : match.start()]
        if _ORDINAL.search(before) or not (match["before"] or match["all"]) or not int(match["rank"]):
            continue
        if (
            match["before"]
            and match["before"][0] in "(;"
            and not _RANK_WORD.search(text, max(match.start() - 240, 0), match.start())
        ):
            continue
        span = match.start("rank") - 4, match.end("rank")
        yield Place(*span, int(match["rank"]), None, "ranks.nth", number=match.span("rank"))


def _beside(text: str) -> Iterator[Place]:
    """Fractions beside a value, in a sentence that ranks: "(61/63, 63,15 điểm)", "(0,5486; 55/63)"."""
    ranks = _RANK_WORD.search(text) is not None
    for bracket in _BRACKET.finditer(text) if ranks else ():
        inside = bracket.group(1)
        valued = re.search(r"\d[.,]\d|điểm|%", inside) is not None
        if not valued and not _RANK_WORD.search(text, max(bracket.start() - 160, 0), bracket.start()):
            continue
        for match in _PART.finditer(text, bracket.start(), bracket.end()):
            yield from _fraction(match)
    for match in _BESIDE_SCORE.finditer(text):
        yield from _fraction(match)


def _fraction(match: re.Match[str]) -> Iterator[Place]:
    rank, of = int(match[1]), int(match[2])
    if 0 < rank <= of and of > 12:  # a smaller one may be a date or a share of tasks
        yield Place(match.start(1), match.end(2), rank, of, "ranks.beside", number=(match.start(1), match.end(2)))


def _firsts(text: str) -> Iterator[Place]:
    ranking = _RANKING.search(text) is not None
    for match in _FIRST.finditer(text):
        if _HEAD_OF_OFFICE.search(text, max(match.start() - 80, 0), match.start()):
            continue
        before = text[max(match.start() - 40, 0) : match.start()]
        if _ATTRIBUTE.search(before):
            continue
        if _NOT_OFFICES.match(text, match.end()) or _SOME.search(before) or _SOME_BEHIND.match(text, match.end()):
            continue
        if _NAMES_WHO.match(text, match.end()) and not (_MEASURED.match(text, match.end()) or ranking):
            continue  # "tổ chức đứng đầu là ông …": an office, no ranking
        yield Place(*match.span(), 1, None, FIRST)


def _lasts(text: str) -> Iterator[Place]:
    for match in _LAST.finditer(text):
        before = text[max(match.start() - 60, 0) : match.start()]
        if _ATTRIBUTE.search(before) or (_SOME.search(before[-40:]) and _LISTS.match(text, match.end())):
            continue  # "ba địa phương đứng cuối gồm": each of them follows
        yield Place(*match.span(), None, None, "ranks.last")


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)
