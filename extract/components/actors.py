"""Who is ordered to do something: order words, the naming of actors, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.components.actor_ends import LONGEST, SHARED_HEAD, actors_end
from extract.components.context import UPPER
from extract.components.names import split_names
from extract.components.task_words import HEADS, actor_pattern, agent_pattern, data, order_pattern, starts_with_verb
from normalize.syllables import fold

_LATE_ONES = re.compile(
    r"(?:[Cc]ác|[Nn]hững)\s[^.;:]{3,60}?\s(?:chưa|còn|chậm)\s[^.;:]{3,80}?(?=\s(?:khẩn trương|nghiêm túc|phải"
    r"|có trách nhiệm|chịu trách nhiệm|kịp thời|tập trung)\s)"
)  # "Các huyện chưa gửi báo cáo khẩn trương …": who they are
_TOLD = re.compile(r"\s(?:đã|vừa|đang|chưa)\s")
_PASSED_ON = re.compile(r"\s*(giao|yêu cầu)\s")
_PLACE = rf"(?:(?:huyện|thành phố|thị xã|quận|xã|phường|thị trấn)\s)?[{UPPER}][^\W\d_]*(?:\s[{UPPER}][^\W\d_]*){{0,3}}"
_TOGETHER = re.compile(
    r"((?!Bộ\s)(?:(?!\svà\s)[^,;:]){2,60}\s)các\s(tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu)\s?:?\s"
    rf"({_PLACE}(?:(?:,\s+(?:và\s+)?|\s+và\s+){_PLACE})+)"
)
_OFFICES_OF_PLACES = ("UBND", "HĐND", "nhân dân", "Công an", "Tịch", "tịch")
_SHARED = {"sở": "Sở", "bộ": "Bộ", "ban": "Ban", "phòng": "Phòng", "cục": "Cục", "trường": "Trường", "đơn vị": ""}
_LONGEST_KIND = 14  # words of a naming of people of no kind we list
_PEOPLE = re.compile(
    r"(?:(?:các|mọi|toàn thể|những)(?=\s)|(?=(?:chủ|hộ|người dân|nhân dân|hội viên|đoàn viên)\s))\s?", re.IGNORECASE
)
_GENERIC = re.compile(
    r"(?:(?:các|quý|những|toàn thể|thủ trưởng|lãnh đạo|cá nhân|tổ chức|cơ quan|đơn vị|địa phương|ban|ngành|nêu trên"
    r"|trên|liên quan|có|nói"
    r"|và|ông|bà|anh|chị|đồng chí|thành viên|theo|,|/)\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,;:.]*(?:\b(?:căn cứ|trên cơ sở|theo chức năng|theo nhiệm vụ|theo thẩm quyền|tùy theo|(?:trong|theo) phạm vi"
    r" (?:chức năng|nhiệm vụ|quyền hạn|trách nhiệm|quản lý|thẩm quyền))\b[^;]{0,200})?"
    r"[\s,;:.]*(?:\b(?:có|được|để|(?:(?:sau|trước|ngay) )?khi|và|thì|sẽ|cùng|trong|tại)\b)?[\s,;:.]*$"
)
_LEADING = re.compile(r"^(?:cho|tới|đến|đối với|trách nhiệm của|về phía)?\s*", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s(?:để|nhằm|về (?:việc|kết quả|nội dung|tình hình|tiến độ)|theo(?!\s+dõi)|(?:thông )?qua|bằng|nếu"
    r"|(?:sau|trước|ngay) khi|(?:kể )?từ (?:ngày|tháng|quý|năm|nay|đầu)|trước (?:ngày|tháng|\d)"
    r"|trong (?:việc|quá trình|thời gian|thời hạn|vòng|công tác|tháng|quý|năm|phạm vi)"
    r"|tại (?:Công văn|Quyết định|Kế hoạch|Văn bản|Tờ trình|Thông báo))(?!\w).*"
)
_NOTE = re.compile(r"\s?\([^()]{0,200}\)")
_PERSON = re.compile(rf"(?i:đồng chí|đ/c|ông|bà)(?:\s[{UPPER}][^\W\d_]{{0,7}}){{2,5}}")
_POST = re.compile(r"(?:Phó|Ủy viên|Chủ tịch|Giám đốc|Bí thư|Trưởng|Chánh|Thường trực)\s")
_BARE_TITLES = ("Giám đốc", "Trưởng", "Chủ tịch", "Bộ trưởng", "Chánh")
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
    for match in order_pattern().finditer(text, start):
        before = text[max(match.start() - 24, 0) : match.start()].lower().split()
        if before and any(" ".join(before[-width:]) in data("not_orders") for width in (1, 2)):
            continue
        if not match.group(1)[0].isupper() and before and before[-1].endswith(("“", '"')):
            continue
        if match.group(1).lower() == "giao" and text.startswith("ban", match.end()):
            continue  # "giao ban" is a meeting
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
    match = actor_pattern().match(text)
    if match is None:
        return None
    which = _LATE_ONES.match(text)
    end = which.end() if which is not None else actors_end(text, 0)
    if which is None and _TOLD.search(text, 0, end):
        return None
    actors = read_actors(text[:end])
    return Order(0, end, actors) if actors and actors != ("Thường trực",) else None  # "Thường trực theo dõi": always


def unlisted_actors(text: str) -> Order | None:
    """The actors a text begins with where they are of no kind we list, told by what only people do.

    "Các nhà xuất bản tổ chức …", "Chủ các cơ sở kinh doanh:".
    """
    match = None if starts_with_verb(text) else _PEOPLE.match(text)
    if match is None or text[match.end() :].lower().startswith(tuple(data("plural_things"))):
        return None
    end = actors_end(text, 0)
    rest = text[end:].lstrip(" ,")
    alone = not rest.strip(" .:")
    if (
        len(text[:end].split()) > _LONGEST_KIND
        or not (alone or agent_pattern().match(rest))
        or _TOLD.search(text, 0, end)
    ):
        return None
    actors = read_actors(text[:end])
    return Order(0, end, actors) if actors else None


def read_actors(phrase: str) -> tuple[str, ...]:
    """The actors of a phrase, one each: "các Sở: Tài chính, Y tế; UBND cấp huyện" are three."""
    bare = _LEADING.sub("", _TRAILING.sub("", " ".join(_NOTE.sub("", phrase.replace("_", "")).split())))
    if not bare or len(bare) > LONGEST:
        return ()
    parts: list[str] = []
    at = 0
    for match in SHARED_HEAD.finditer(bare):
        if match.group(1).islower() and bare[at : match.start()].strip().endswith(_OFFICES_OF_PLACES):
            continue  # "UBND các huyện: …" is one name
        parts += _split(bare[at : match.start()])
        stop = bare.find(";", match.end())
        end = stop if stop >= 0 else _next_head(bare, match.end())
        head = match.group(1).lower()
        parts += split_names(bare[match.end() : end], _SHARED.get(head, head))
        at = end
    parts += _split(bare[at:])
    named = [one for part in parts for one in _one_each(_CLAUSE.sub("", part).strip(" ,;:."))]
    return tuple(dict.fromkeys(_capital(name) for name in named if name))


def _one_each(name: str) -> list[str]:
    """The offices of several places named together: "UBND các huyện Châu Thành, Lai Vung" are two."""
    together = _TOGETHER.fullmatch(name)
    if together is None:
        return [name]
    office, level, places = together.groups()
    ones = re.split(r",\s+(?:và\s+)?|\s+và\s+", places)
    return [f"{office}{place}" if place[0].islower() else f"{office}{level} {place}" for place in ones]


def is_generic(actors: Sequence[str]) -> bool:
    """Whether actors are only pointed at ("các đơn vị"): they are those the letter is sent to."""
    return bool(actors) and all(_GENERIC.fullmatch(actor) for actor in actors)


def _next_head(text: str, start: int) -> int:
    match = re.compile(
        r"(?:,|\svà)\s+(?=các\s|(?:cơ quan|địa phương|đơn vị)(?:,|\s|$))"
        r"|,\s+(?:và\s+)?(?=(?:các\s+)?(?:UBND|Ủy ban|Chủ tịch|Công an|Bộ Chỉ huy|Ban Quản lý|Công ty|Tập đoàn|Trường"
        r"|Bệnh viện|Hội|các cơ quan))"
    ).search(text, start)
    return match.start() if match else len(text)


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in _joint_pattern().split(text):
        bare = part.strip(" ,;:.")
        if parts and _goes_on(parts[-1], bare):
            parts[-1] = f"{parts[-1]}, {bare}"
        elif bare and bare.lower() not in ("và", "các", "cùng"):
            parts.append(_with_marks(bare))
    return parts


def _goes_on(name: str, behind: str) -> bool:
    """Whether words behind a comma belong to the name before it: a post to a person, a title to "Giám đốc"."""
    if _PERSON.fullmatch(name):
        return _POST.match(behind) is not None
    head = behind.lower().startswith("thủ trưởng")
    return head and (name in _BARE_TITLES or _DIRECTORS.fullmatch(name) is not None)


def _with_marks(name: str) -> str:
    """A name whose first word lost a mark, as it stands before a name ("Bao Đồng Tháp" is "Báo Đồng Tháp")."""
    first, _, rest = name.partition(" ")
    if first in HEADS or first.lower() in data("actors") or not rest[:1].isupper():
        return name
    heads = [head for head in HEADS if fold(head) == fold(first)]
    return f"{heads[0]} {rest}" if len(heads) == 1 and first[:1].isupper() and not rest.isupper() else name


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


@cache
def _joint_pattern() -> re.Pattern[str]:
    heads = (
        r"(?:các\s+)?(?:Sở\s+[^\s,]|UBND|Ủy ban|Uỷ ban|Chủ tịch|Giám đốc|Thủ trưởng|Công an|Ban\s|Văn phòng|Chánh"
        r"|Cục|Chi cục|Trung tâm"
        r"|Thanh tra|Bộ[\s,]|Kho bạc|Bảo hiểm|Hội\s|Đài|Báo|Trường"
        r"|VNPT|Viettel|MobiFone|BHXH|KBNN|Điện lực|Thuế|Hiệu trưởng|Thường trực|Đảng đoàn|Chi nhánh|Đội\s"
        r"|Tổng cục|Công đoàn|Tổ\s|Vụ\s|Tổng Giám đốc|Tổng giám đốc|Bộ trưởng|Tổng biên tập|Chánh án|Viện trưởng"
        r"|Viễn thông|Hạt\s|Bệnh viện|Hội đồng|Tỉnh ủy|Thị ủy|Quận ủy|chủ đầu tư|chủ rừng"
        r"|Viện|Phòng\s|Công ty|Tập đoàn|Tổng công ty|HĐND"
        r"|Mặt trận|Liên đoàn|Ngân hàng"
        r"|Tòa án|Viện kiểm sát|Bí thư|chủ tịch|giám đốc|thủ trưởng|các huyện|các xã|các địa phương|các cơ quan"
        r"|các đơn vị|các doanh nghiệp"
        r"|các tổ chức|các đoàn thể|lãnh đạo các|các ban|đại biểu|các chi nhánh|các trường|các thành viên|các hội"
        r"|các phòng|cơ quan, đơn vị|Tỉnh đoàn|Bưu điện|Đảng ủy|Huyện ủy|Thành ủy|Trưởng|Phó|Ông|Bà|ông|bà|đồng chí)"
    )
    return re.compile(
        rf"\s*;\s*(?:và\s+)?|\s*,\s+(?:và\s+)?(?={heads})|(?<!Văn phòng HĐND)(?<!Văn phòng Đoàn ĐBQH)"
        rf"\s+và\s+(?={heads})|\s+cùng\s+(?={heads})"
    )
