"""Who is ordered to do something: order words, the naming of actors, and where it ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.components.context import UPPER
from extract.components.names import known_names, split_names
from normalize.syllables import fold

LONGEST = 700  # characters in which a naming of actors must end

_HEADS_OF_VERBS = (
    "[Bb]an|[Pp]hòng|[Tt]rung tâm|[Cc]ục|[Cc]hi cục|[Vv]ăn phòng|Quỹ|[Đđ]ội|Tổ|[Hh]ội đồng|Viện|[Nn]gười|[Bb]ộ phận"
    "|Trường|[ỦỤ]y ban"
)
_PART_OF_NAME = re.compile(rf"(?:^|[\s,])(?:{_HEADS_OF_VERBS})\s+$")
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
_ROLE = re.compile(r",?\slà\s(?:cơ quan|đơn vị|đầu mối|bộ phận)\b")
_TOLD = re.compile(r"\s(?:đã|vừa|đang|chưa)\s")
_PASSED_ON = re.compile(r"\s*(giao|yêu cầu)\s")
_NOUN_TO_CHUC = re.compile(r"(?:,|các|và|của|cơ quan|nhân)\s+$")
_NOUN_BEHIND = re.compile(r"\s*(?:[,;:.]|$|liên quan|có liên quan|chính trị|khác|và cá nhân|tín dụng|xã hội|đoàn thể)")
_WHICH_ONES = re.compile(r"(?:giảm|tăng|đạt|xếp|có|sụt)\s[^,;.:]{1,40}?\strở (?:lên|xuống)\b")  # part of who they are
_BREAK = re.compile(r"[;\n]|(?<!\s)\.|\.(?![^\W\d_])")  # " .tổ chức" has a speck before it
_NEXT_ACTOR = re.compile(
    r"\s*(?:và\s+)?(?:các\s+)?(?:Sở|UBND|Ủy ban|Chủ tịch|Giám đốc|Thủ trưởng|Công an|Ban|Văn phòng|Chánh|Cục"
    r"|Trung tâm|Thanh tra|Trưởng|Phó|Hiệu trưởng|Viện|Trường|Hội|Tỉnh đoàn|Bộ|Chi cục|Đảng ủy|Huyện ủy|Thành ủy"
    r"|Kho bạc|Bảo hiểm|BHXH|Liên đoàn|Mặt trận|Tòa án|Công ty|Tập đoàn|Tổng công ty|doanh nghiệp|đơn vị|cơ quan"
    r"|tổ chức|chủ tịch|thủ trưởng|giám đốc)\s"
)
_SHARED_HEAD = re.compile(r"\b[Cc]ác\s+(Sở|sở|Bộ|bộ|Ban|Phòng|phòng|huyện|xã|phường|Cục|đơn vị|Trường)\s*:\s*")
_SHARED = {"sở": "Sở", "bộ": "Bộ", "ban": "Ban", "phòng": "Phòng", "cục": "Cục", "trường": "Trường", "đơn vị": ""}
_GENERIC = re.compile(
    r"(?:(?:các|quý|những|toàn thể|thủ trưởng|lãnh đạo|cá nhân|tổ chức|cơ quan|đơn vị|địa phương|ban|ngành|nêu trên"
    r"|trên|liên quan|có|nói"
    r"|và|ông|bà|anh|chị|đồng chí|thành viên|theo|,|/)\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,;:.]*(?:\b(?:căn cứ|trên cơ sở|theo chức năng|theo nhiệm vụ|theo thẩm quyền|tùy theo)\b[^;]{0,200})?"
    r"[\s,;:.]*(?:\b(?:có|được|để|(?:(?:sau|trước|ngay) )?khi|và|thì|sẽ|cùng|trong|tại)\b)?[\s,;:.]*$"
)
_LEADING = re.compile(
    r"^(?:cho|tới|đến|đối với|trách nhiệm của|về phía|thủ trưởng các sở, ban, ngành và)?\s*", re.IGNORECASE
)
_PURPOSE = re.compile(r"\s(?:để|nhằm|về việc|với mục tiêu|với mục đích|sao cho)\s")
_CLAUSE = re.compile(
    r"\s(?:để|nhằm|về (?:việc|kết quả|nội dung|tình hình|tiến độ)|theo(?!\s+dõi)|(?:thông )?qua|bằng|nếu"
    r"|(?:sau|trước|ngay) khi|(?:kể )?từ (?:ngày|tháng|quý|năm|nay|đầu)|trước (?:ngày|tháng|\d)"
    r"|trong (?:việc|quá trình|thời gian|công tác|tháng|quý|năm)"
    r"|tại (?:Công văn|Quyết định|Kế hoạch|Văn bản|Tờ trình|Thông báo))(?!\w).*"
)
_FAMILIES = {
    family[0]: f"[{family}]"
    for family in ("aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ")
}
_NOTE = re.compile(r"\s?\([^()]{0,200}\)")
_HEADS = ("Báo", "Đài", "Sở", "Cục", "Hội", "Viện", "Trường", "Phòng", "Thuế")  # bodies told by one syllable
_PERSON = re.compile(rf"(?i:đồng chí|đ/c|ông|bà)(?:\s[{UPPER}][^\W\d_]{{0,7}}){{2,5}}")
_POST = re.compile(r"(?:Phó|Ủy viên|Chủ tịch|Giám đốc|Bí thư|Trưởng|Chánh|Thường trực)\s")
_DIRECTORS = re.compile(r"(?:các\s+)?giám đốc\s+(?:các\s+)?sở(?:, ban, ngành)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """An order word at `start`, the actors named behind it, and the offset `end` behind their naming."""

    start: int
    end: int
    actors: tuple[str, ...]


def find_order(text: str, start: int = 0, *, direct: bool = False) -> Order | None:
    """The first order of a text that names who is to act ("giao Sở Tài chính chủ trì …").

    Where it is passed on ("đề nghị UBND tỉnh giao Sở Tài chính"), the last in the chain acts; with `direct` it is not
    followed.
    """
    for match in _order_pattern().finditer(text, start):
        before = text[max(match.start() - 24, 0) : match.start()].lower().split()
        if before and any(" ".join(before[-width:]) in data("not_orders") for width in (1, 2)):
            continue
        if not match.group(1)[0].isupper() and before and before[-1].endswith(("“", '"')):
            continue
        end = actors_end(text, match.end())
        if not direct and (passed_on := _PASSED_ON.match(text, end)):
            inner = find_order(text, passed_on.start(1), direct=True)
            if inner is not None and inner.start == passed_on.start(1):
                return Order(match.start(), inner.end, inner.actors)
        actors = read_actors(text[match.end() : end])
        if actors:
            return Order(match.start(), end, actors)
    return None


def leading_actors(text: str) -> Order | None:
    """The actors a text begins with, where a verb or a colon follows ("Sở Nội vụ chủ trì", "UBND các huyện:").

    None where the text tells what they did or are doing ("Sở Nội vụ đã tham mưu").
    """
    match = _actor_pattern().match(text)
    if match is None:
        return None
    end = actors_end(text, 0)
    if _TOLD.search(text, 0, end):
        return None
    actors = read_actors(text[:end])
    return Order(0, end, actors) if actors else None


def actors_end(text: str, start: int) -> int:
    """Where the naming of actors that begins at `start` ends: at the verb of what they are to do, or a stop.

    What they are to do it for ("Sở Xây dựng để sớm mở lại đường") is a stop too.
    """
    limit = min(start + LONGEST, len(text))
    high = limit
    for stop in _BREAK.finditer(text, start, limit):
        goes_on = stop.group() == ";" and (
            _SHARED_HEAD.search(text, start, stop.start()) or _NEXT_ACTOR.match(text, stop.end())
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
    for match in _verb_pattern().finditer(text, start, high):
        if any(low <= match.start() < end for low, end in named):
            continue
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
        if not _SHARED_HEAD.search(text, max(start, colon - 14), colon + 1):
            return colon
        colon = text.find(":", colon + 1, high)
    return high


def _is_name_part(verb: str, before: str, behind: str) -> bool:
    """Whether what looks like a verb belongs to a name or noun ("Ban quản lý", "các tổ chức", "được giao")."""
    if verb == "tổ chức":
        return bool(_NOUN_TO_CHUC.search(before)) or bool(_NOUN_BEHIND.match(behind))
    if verb == "sử dụng":
        return behind.startswith(" ngân sách")
    if verb == "trực":
        return before.lower().endswith("thường ") or behind.startswith(" thuộc")
    if before.lower().endswith("các cơ quan "):
        return verb in _OFFICES
    if verb in data("always_verbs"):
        return bool(_NOT_DOING.search(before))
    return bool(_PART_OF_NAME.search(before)) or bool(_PASSIVE.search(before))


def starts_with_verb(text: str) -> bool:
    """Whether a text begins with a verb of a task ("Rà soát, khắc phục …")."""
    opening = text.lstrip(" “\"'")
    if not opening:
        return False
    if _opener_pattern().match(opening[0].lower() + opening[1:]):
        return True
    return fold(" ".join(opening[:40].split()[:2])) in _folded_verbs()  # "Bồ trí" is "Bố trí"


def read_actors(phrase: str) -> tuple[str, ...]:
    """The actors of a phrase, one each: "các Sở: Tài chính, Y tế; UBND cấp huyện" are three."""
    bare = _LEADING.sub("", _TRAILING.sub("", " ".join(_NOTE.sub("", phrase.replace("_", "")).split())))
    if not bare or len(bare) > LONGEST:
        return ()
    parts: list[str] = []
    at = 0
    for match in _SHARED_HEAD.finditer(bare):
        parts += _split(bare[at : match.start()])
        stop = bare.find(";", match.end())
        end = stop if stop >= 0 else _next_head(bare, match.end())
        head = match.group(1).lower()
        parts += split_names(bare[match.end() : end], _SHARED.get(head, head))
        at = end
    parts += _split(bare[at:])
    named = [_CLAUSE.sub("", part).strip(" ,;:.") for part in parts]
    return tuple(dict.fromkeys(_capital(name) for name in named if name))


def is_generic(actors: Sequence[str]) -> bool:
    """Whether actors are only pointed at ("các đơn vị"): they are those the letter is sent to."""
    return bool(actors) and all(_GENERIC.fullmatch(actor) for actor in actors)


def _next_head(text: str, start: int) -> int:
    match = re.compile(
        r",\s+(?:và\s+)?(?=(?:các\s+)?(?:UBND|Ủy ban|Chủ tịch|Công an|Bộ Chỉ huy|Ban Quản lý|Công ty|Tập đoàn|Trường"
        r"|Bệnh viện|Hội|các cơ quan))"
    ).search(text, start)
    return match.start() if match else len(text)


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in _joint_pattern().split(text):
        bare = part.strip(" ,;:.")
        if (parts and _PERSON.fullmatch(parts[-1]) and _POST.match(bare)) or (
            parts and bare.lower().startswith("thủ trưởng") and _DIRECTORS.fullmatch(parts[-1])
        ):
            parts[-1] = f"{parts[-1]}, {bare}"
        elif bare and bare.lower() not in ("và", "các", "cùng"):
            parts.append(_with_marks(bare))
    return parts


def _with_marks(name: str) -> str:
    """A name whose first word lost a mark, as it stands before a name ("Bao Đồng Tháp" is "Báo Đồng Tháp")."""
    first, _, rest = name.partition(" ")
    if first in _HEADS or first.lower() in data("actors") or not rest[:1].isupper():
        return name
    heads = [head for head in _HEADS if fold(head) == fold(first)]
    return f"{heads[0]} {rest}" if len(heads) == 1 and first[:1].isupper() and not rest.isupper() else name


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


@cache
def _joint_pattern() -> re.Pattern[str]:
    heads = (
        r"(?:các\s+)?(?:Sở\s+[^\s,]|UBND|Ủy ban|Uỷ ban|Chủ tịch|Giám đốc|Thủ trưởng|Công an|Ban\s|Văn phòng|Chánh"
        r"|Cục|Chi cục|Trung tâm"
        r"|Thanh tra|Bộ\s|Kho bạc|Bảo hiểm|Hội\s|Đài|Báo|Trường"
        r"|VNPT|Viettel|MobiFone|BHXH|KBNN|Điện lực|Thuế|Hiệu trưởng|Thường trực|Đảng đoàn|Chi nhánh|Đội\s"
        r"|Viện|Phòng\s|Công ty|Tập đoàn|Tổng công ty|HĐND"
        r"|Mặt trận|Liên đoàn|Ngân hàng"
        r"|Tòa án|Viện kiểm sát|Bí thư|chủ tịch|giám đốc|thủ trưởng|các huyện|các xã|các địa phương|các cơ quan"
        r"|các đơn vị|các doanh nghiệp"
        r"|các tổ chức|các đoàn thể|lãnh đạo các|các ban|đại biểu|các chi nhánh|các trường"
        r"|các phòng|cơ quan, đơn vị|Tỉnh đoàn|Bưu điện|Đảng ủy|Huyện ủy|Thành ủy|Trưởng|Phó|Ông|Bà|ông|bà|đồng chí)"
    )
    return re.compile(
        rf"\s*;\s*(?:và\s+)?|\s*,\s+(?:và\s+)?(?={heads})|(?<!Văn phòng HĐND)(?<!Văn phòng Đoàn ĐBQH)"
        rf"\s+và\s+(?={heads})|\s+cùng\s+(?={heads})"
    )


@cache
def _opener_pattern() -> re.Pattern[str]:
    return _words((data("verbs") | data("openers")) - {"kính"})


@cache
def _folded_verbs() -> frozenset[str]:
    """Verbs of two syllables without their marks: too long to be another word by chance."""
    return frozenset(fold(verb) for verb in data("verbs") if len(verb.split()) == 2)


@cache
def _verb_pattern() -> re.Pattern[str]:
    return _words(data("verbs"))


def _words(listed: frozenset[str]) -> re.Pattern[str]:
    verbs = sorted(listed, key=lambda verb: (-len(verb), verb))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, verbs))})(?!\w)")


@cache
def _actor_pattern() -> re.Pattern[str]:
    actors = sorted(data("actors"), key=lambda actor: (-len(actor), actor))
    others = "|".join(map(re.escape, sorted(data("not_actors"))))
    damaged = "|".join(head[0] + _any_marks(head[1:]) for head in _HEADS)
    return re.compile(
        rf"(?:(?:các|những|toàn thể)\s+)?(?:{'|'.join(map(re.escape, actors))}"
        rf"|(?-i:(?:{damaged})(?=\s[{UPPER}])))(?!\w)"
        rf"(?!,?\s+chống\b|\s+(?:{others}|(?-i:hội|hành|HÀNH))(?!\w))",
        re.IGNORECASE,
    )


def _loosely(phrase: str) -> str:
    """A pattern for words of several syllables whatever their marks are: "Yêu câu" was "Yêu cầu"."""
    if " " not in phrase:
        return re.escape(phrase)
    return _any_marks(phrase)


def _any_marks(letters: str) -> str:
    return "".join(_FAMILIES.get(fold(letter), re.escape(letter)) for letter in letters)


@cache
def _order_pattern() -> re.Pattern[str]:
    orders = "|".join(map(_loosely, sorted(data("orders"), key=lambda order: (-len(order), order))))
    return re.compile(
        rf"(?<!\w)({orders})[-.~]?(?:\s+cho|\s*:|\s+đến)?\s+(?=(?:{_actor_pattern().pattern}))",
        re.IGNORECASE,
    )


@cache
def data(key: str) -> frozenset[str]:
    """A list of words of `data/tasks.toml`."""
    listed = tomllib.loads(files("extract.components").joinpath("data/tasks.toml").read_text(encoding="utf8"))
    return frozenset(listed[key])
