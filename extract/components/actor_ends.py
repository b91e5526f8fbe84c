"""Where the naming of those who are to act ends: at the verb of what they are to do, or a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.components.context import UPPER
from extract.components.names import known_names
from extract.components.task_words import data, department_pattern, starts_with_verb, verb_pattern

LONGEST = 700  # characters in which a naming of actors must end

_HEADS_OF_VERBS = (
    "[Bb]an|[Pp]hòng|[Tt]rung tâm|[Cc]ục|[Cc]hi cục|[Vv]ăn phòng|Quỹ|[Đđ]ội|Tổ|[Hh]ội đồng|Viện|[Nn]gười|[Bb]ộ phận"
    "|Trường|[ỦỤ]y ban"
)
_PART_OF_NAME = re.compile(rf"(?:^|(?<!dự)(?<!Quốc)(?<!quốc)[\s,])(?:{_HEADS_OF_VERBS})\s+$")
_PASSIVE = re.compile(r"(?:được|đã|bị|để|không|chưa|cơ quan|(?<!các )cấp|việc|về|công tác|dự án|chủ|đề án|vốn)\s+$")
_NOT_DOING = re.compile(r"\b(?:được|đã|bị|để|không|chưa|việc|các|những)\s+$")
_PARTY = re.compile(r"(?:(?:[Cc]ác\s+)?(?:[Bb]an|[Đđ]ảng|[Hh]uyện|[Tt]hị|[Tt]hành|[Tt]ỉnh|[Qq]uận|[Cc]ấp|[Cc]hi)\s)")
_LEADS = re.compile(r"(?<=[^\W\d_])\slãnh đạo(?=[\s,])")
_BUILDING = ("xây dựng", "phát triển")  # "dự án đầu tư xây dựng"
_OFFICES = (
    "quản lý",
    "thi hành",
    "thông tin",
    "điều tra",
    "thanh tra",
    "kiểm tra",
    "giám sát",
    "bảo vệ",
    "truyền thông",
)
_AND_OFFICES = re.compile(r"(?:,|\bcác|\bvà)\scơ quan\s$", re.IGNORECASE)
_ROLE = re.compile(r",?\slà\s(?:cơ quan|đơn vị|đầu mối|bộ phận)\b")
_NOUN_TO_CHUC = re.compile(r"(?:,|các|và|của|cơ quan|nhân)\s+$")
_NOUN_BEHIND = re.compile(r"\s*(?:[,;:.]|$|liên quan|có liên quan|chính trị|khác|và cá nhân|tín dụng|xã hội|đoàn thể)")
_WHICH_ONES = re.compile(r"(?:giảm|tăng|đạt|xếp|có|sụt)\s[^,;.:]{1,40}?\strở (?:lên|xuống)\b")  # part of who they are
_BREAK = re.compile(r"[;\n]|(?<!\s)\.|\.(?![^\W\d_])")  # " .tổ chức" has a speck before it
_NEXT_ACTOR = re.compile(
    r"\s*(?:và\s+)?(?:các\s+)?(?:Sở|UBND|Ủy ban|Chủ tịch|Giám đốc|Thủ trưởng|Công an|Ban|Văn phòng|Chánh|Cục"
    r"|Trung tâm|Thanh tra|Trưởng|Phó|Hiệu trưởng|Viện|Trường|Hội|Tỉnh đoàn|Bộ|Chi cục|Đảng ủy|Huyện ủy|Thành ủy"
    r"|Kho bạc|Bảo hiểm|BHXH|Liên đoàn|Công đoàn|Tổng cục|Mặt trận|Tòa án|Công ty|Tập đoàn|Tổng công ty|doanh nghiệp"
    r"|đơn vị|cơ quan|tổ chức|chủ tịch|thủ trưởng|giám đốc)\s"
)
_PLACES = re.compile(
    r"\b[Cc]ác\s+(?:tỉnh|thành phố|quận|thị xã|huyện|xã|phường|địa phương)(?:,\s(?:thành phố|thị xã|phường|thị trấn))*"
    rf"\s?:\s(?=[{UPPER}][^\W\d_]*\s[{UPPER}])"
)
_ANCHOR = re.compile(
    r"\bcác\s(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu)"
    r"(?:,\s(?:và\s)?(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu))*(?!\w)"
)
_WHICH = re.compile(
    r"\s(?:có|được|chưa|đang|thuộc|trực thuộc|trên|trong|nêu|nói|chậm|đã|để|tại|ở|với|theo|liên quan|quản lý|là|đóng"
    r"|các|tỉnh|thành|huyện|xã|phường|quận|thị|cấp|khu|miền|vùng|còn|khi|mà|như|về|bị|do|của|và|hoặc|cùng)(?!\w)"
)
_LONG_TAIL = 6  # words that are more than a name goes on with
_DEPARTMENT_TAIL = 4  # such words behind a department named whole
_PURPOSE = re.compile(r"\s(?:để|nhằm|về việc|với mục tiêu|với mục đích|sao cho)\s")
SHARED_HEAD = re.compile(
    r"\b[Cc]ác\s+(Sở|sở|Bộ|bộ|Ban|Phòng|phòng|huyện|xã|phường|Cục|đơn vị|Trường)(?:,\s(?:cơ quan|ban|ngành|đơn vị))*"
    r"\s*:\s*"
)


def actors_end(text: str, start: int) -> int:
    """Where the naming of actors that begins at `start` ends: at the verb of what they are to do, or a stop.

    What they are to do it for ("Sở Xây dựng để sớm mở lại đường") is a stop too.
    """
    limit = min(start + LONGEST, len(text))
    high = limit
    for stop in _BREAK.finditer(text, start, limit):
        goes_on = stop.group() == ";" and (
            SHARED_HEAD.search(text, start, stop.start()) or _NEXT_ACTOR.match(text, stop.end())
        )
        if not goes_on:
            high = stop.start()
            break
    named = [match.span() for names in (known_names(), _WHICH_ONES) for match in names.finditer(text, start, high)]
    if purpose := _PURPOSE.search(text, start, high):
        high = purpose.start()
    if role := _ROLE.search(text, start, high):
        high = role.start()
    if _PARTY.match(text, start) and (leads := _LEADS.search(text, start, high)):
        high = leads.start()  # "Đảng ủy Công an tỉnh lãnh đạo …"
    part = -1
    for match in _verbs_outside(text, start, high, named):
        before = text[max(start, match.start() - 24) : match.start()]
        building = match.group() in _BUILDING
        whole = building and (match.start() == part + 1 or text.endswith("Đầu tư ", start, match.start()))
        behind = text[match.end() : match.end() + 16]
        if not before.strip() or not (whole or _is_name_part(match.group(), before, behind)):
            high = match.start()
            break
        part = match.end()
    colon = text.find(":", start, high)
    while colon >= 0:
        if not _opens_names(text, start, colon):
            high = colon
            break
        colon = text.find(":", colon + 1, high)
    return _without_clause(text, start, high, [end for low, end in named if start <= low and end <= high])


def _verbs_outside(text: str, start: int, end: int, named: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The verbs of a text that begin in none of the names in it: "Sở Thông tin và Truyền thông báo cáo" has one."""
    at = start
    while (match := verb_pattern().search(text, at, end)) is not None:
        inside = next((high for low, high in named if low <= match.start() < high), None)
        if inside is None:
            yield match
        at = max(inside or match.end(), match.start() + 1)


def _opens_names(text: str, start: int, colon: int) -> bool:
    """Whether a colon stands before names ("các Sở: Tài chính, Y tế"), not before what is to be done."""
    if starts_with_verb(text[colon + 1 : colon + 60]):
        return False
    return bool(
        SHARED_HEAD.search(text, max(start, colon - 40), colon + 2)
        or _PLACES.search(text, max(start, colon - 40), min(colon + 24, len(text)))
    )


def _without_clause(text: str, start: int, end: int, names: Sequence[int]) -> int:
    """Where a naming ends that a clause follows whose verb no list of ours holds ("UBND các xã mổ xẻ nguyên nhân …").

    It is behind the last level of administration, or the last of the `names` known, where a long run of words follows,
    unless that tells which ones are meant ("UBND các xã có hồ sơ trễ hạn …").
    """
    departments = [(match.end(), _DEPARTMENT_TAIL) for match in department_pattern().finditer(text, start, end)]
    places = [(match.end(), _LONG_TAIL) for match in _ANCHOR.finditer(text, start, end)]
    for anchor, longest in sorted((*departments, *places, *((name, _LONG_TAIL) for name in names))):
        tail = text[anchor:end]
        clause = len(tail.split()) >= longest and tail[0] == " " and tail[1].islower()
        if clause and not _WHICH.match(tail):
            return anchor
    return end


def _is_name_part(verb: str, before: str, behind: str) -> bool:
    """Whether what looks like a verb belongs to a name or noun ("Ban quản lý", "các tổ chức", "được giao")."""
    if verb == "tổ chức":
        return bool(_NOUN_TO_CHUC.search(before)) or bool(_NOUN_BEHIND.match(behind))
    if verb == "sử dụng":
        return behind.startswith(" ngân sách")
    if verb == "trực":
        return before.lower().endswith("thường ") or behind.startswith(" thuộc")
    if before.lower().endswith(("quý cơ quan ", "quý đơn vị ")):
        return False
    if _AND_OFFICES.search(before):
        return verb in _OFFICES
    if verb in data("always_verbs"):
        return bool(_NOT_DOING.search(before))
    return bool(_PART_OF_NAME.search(before)) or bool(_PASSIVE.search(before))
