"""Sentences of tasks: whether one tells to do something, tells of something done, or gives its ground first."""

from __future__ import annotations

import re

from extract.components.actors import Order, find_order, leading_actors, read_actors
from extract.components.context import UPPER
from extract.components.task_words import data, names_actor, starts_with_verb

MODAL = re.compile(
    r"\b(?:cần|phải|nghiêm túc|có trách nhiệm(?!\s(?:cao|hơn|lớn)\b)|chịu trách nhiệm|khẩn trương|yêu cầu|đề nghị)\b",
    re.IGNORECASE,
)
"""Words that bind whoever stands before them."""

PAST = re.compile(r"\b(?:đã|vừa|vừa qua|trong thời gian qua|thời gian qua|đạt được|kết quả đạt)\b", re.IGNORECASE)
"""Words that tell of what was done."""

_PAST_CLAUSE = re.compile(
    r"\b(?:đã(?!\s(?:được|có|nêu|đề ra|giao|ban hành|phê duyệt|duyệt|ký|cấp|công bố|quy định|chỉ ra|thống nhất|cam kết"
    r"|đăng ký|hết|quá|chuyển))|vừa|vừa qua|trong thời gian qua|thời gian qua|đạt được|kết quả đạt)\b",
    re.IGNORECASE,
)  # "Rà soát các chỉ tiêu đã được giao" tells to do something
ADVERBIAL = re.compile(
    r"^(?:căn cứ|trên cơ sở|đối với|trong|trước|sau|hàng|hằng|định kỳ|khi|nếu|trường hợp|để|theo(?! dõi)|với|ngoài"
    r"|bên cạnh"
    r"|từ(?! chối)|đồng thời|về|tại|vào"
    r"|đến|thông qua|qua|kể từ|nhằm|riêng|mỗi|ngay|cuối|đầu(?! tư)|chậm nhất|thường xuyên|song song|cùng với"
    r"|thời gian tới"
    r"|năm|tháng|quý|ngày|sáng|chiều|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\b",
    re.IGNORECASE,
)
"""Words with which a phrase of time, place or ground begins that stands before the verb."""

_EVERY_TIME = re.compile(
    r"(?:\S{1,8}\s+){0,4}?(?:của\s+)?(?:hàng|hằng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)\b[\s,:]*",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(?:dự kiến|sau đó|tiếp đó|tiếp theo|trước hết|trước mắt),?\s+", re.IGNORECASE)
_TIME_OR_GROUND = re.compile(
    r"(?:trước|trong|từ|đến|vào|ngày|sáng|chiều|chậm nhất|muộn nhất|hằng|hàng|định kỳ|quý|tháng|năm|cuối|đầu|căn cứ"
    r"|trên cơ sở|tiếp theo|sau khi|ngay sau khi|khi|để|nhằm|đối với"
    r"|thực hiện (?:nhiệm vụ|chức năng|chỉ đạo|ý kiến|kết luận)|theo (?:chức năng|nhiệm vụ|phân công))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:thứ\s(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là)\s?[,:]\s+"
    r"(?:yêu cầu:\s+)?",
    re.IGNORECASE,
)
_SPECKS = re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\s?)?[-–—.,:;~+*•|_'’\s]{{1,6}}(?=[{UPPER}])")
_WITHIN = re.compile(
    r"[,;]\s+(?:chậm nhất\s+)?(?:trong(?:\s(?:vòng|thời hạn|thời gian))?|không quá|tối đa)\s+"
    r"(?:(?:không quá|tối đa)\s+)?\d{1,3}\s+(?:\([^()]{1,20}\)\s+)?(?:giờ|ngày|tuần|tháng)(?:\s+làm việc)?,?\s+",
    re.IGNORECASE,
)  # a term between the ground and who is to act: ", trong vòng 10 ngày làm việc "
_FROM_WHEN = ("kể từ", "tính từ", "từ ngày", "trên cơ sở", "căn cứ", "theo ")
_PURPOSES = ("để", "nhằm")
_SHORT_TIMES = ("trước", "trong", "từ", "đến", "vào", "ngày", "sáng", "chiều", "quý", "tháng", "năm", "cuối", "đầu")
_ANSWER = re.compile(
    r"^(?:(?:báo cáo|gửi|định kỳ|mọi vướng mắc)\b|(?:kết quả|văn bản|ý kiến|hồ sơ|danh sách|số liệu|tài liệu|phiếu|bản"
    r"|nội dung)\s[^.]{0,120}?(?:báo cáo|gửi)\b)",
    re.IGNORECASE,
)
_PASSES_ON = re.compile(r"[\s,]*(?:cũng\s)?(?:chỉ đạo|đôn đốc)\s+")
_SENDER = re.compile(r"[^.:;]{0,80}?\scủa\s([^.:;()]{3,120}?)\s(?:đề nghị )?gửi\s")
_COURTESY = re.compile(
    r"(?:rất |kính )?mong (?:(?:được |tiếp tục )?nhận được|(?:quý|các)\s[^.;]{0,80}(?:đến dự|có mặt|tham dự)\b)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:có ý kiến|ý kiến chỉ đạo|kết luận|chỉ đạo|yêu cầu|đề nghị|giao|triển khai|hướng dẫn|thực hiện|tập trung"
    r"|lưu ý|nhiệm vụ|nội dung)"
    r"[^.;]{0,160}(?:như sau|sau đây|sau|dưới đây)\s?:?\s*$|(?:đề nghị|yêu cầu|chỉ đạo|kiến nghị|có ý kiến"
    r"|kết luận|chỉ thị|phân công(?:\s(?:chuẩn bị|thực hiện|nhiệm vụ|trách nhiệm|công việc|công tác))?)\s?:?\s*$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:đã|vừa)\s+(?!được\b|nêu\b|đề ra\b)(?:\w+\s+){0,3}?(?:chỉ đạo|triển khai|thực hiện|tổ chức|tập trung|ban hành"
    r"|hoàn thành|đạt)\b[^.;,]{0,160}\s?:?\s*$",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:kết quả|tình hình|báo cáo|công bố|thông báo|giải trình)\b", re.IGNORECASE)
_ORDERING = re.compile(
    r"(?<!ý kiến )(?<!thực hiện )\b(?:có ý kiến|kết luận|chỉ đạo|yêu cầu|đề nghị|giao|phân công"
    r"|chỉ thị(?!\s+(?:số|này|\d)))\b(?!\s+(?:của|tại))",
    re.IGNORECASE,
)
_LONGEST_GROUND = 400
_REACH = 100  # characters behind a body in which "đã" tells of what it did
_CLAUSE = 4  # words of the shortest clause
_TAIL = 220  # characters at the end of a text that can announce a list
_AT_ONCE = re.compile(r"^(?:hàng|hằng|định kỳ|đồng thời|thường xuyên|ngay)\b", re.IGNORECASE)
_CHARGED = re.compile(r"[\s,]*(?:có trách nhiệm(?!\s(?:cao|hơn|lớn)\b)|chịu trách nhiệm|chủ trì|làm đầu mối)\b")
_COUNTED = re.compile(
    r"(?:có|còn|gồm|là|đạt)\b(?!\s+(?:trách nhiệm|kế hoạch|giải pháp|biện pháp|phương án|văn bản|báo cáo|ý kiến))"
)
_STATE = re.compile(r"(?:có(?! trách nhiệm)|là|gồm|được|không|chịu sự)\b")
_COLON = re.compile(r"\s*:\s*(?:\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*)?")
_NO_VERB = re.compile(
    r"(?:có|là|gồm|được|bị|không|chưa|còn|đạt|đã|đang|của|và|thuộc|trực thuộc|thì|tại|trên|trong|với|theo|do|từ|để|như"
    r"|nêu|nói|năm|tháng|quý|ngày|chiếm|tăng|giảm|xếp|đứng|dẫn|hiện|vẫn|cũng|bằng|hoặc|liên quan|này|đó|khác)\b"
)
_PREDICATES = (
    "chủ trì",
    "thực hiện",
    "tổ chức",
    "phối hợp",
    "triển khai",
    "chỉ đạo",
    "hướng dẫn",
    "phụ trách",
    "cần",
    "phải",
)
_OPINION = re.compile(
    r"(?:(?:cơ bản|cũng|nhất trí|đã)\s+){0,2}(?:thống nhất(?!\s+giao)|nhất trí|đồng ý|ghi nhận|đánh giá cao|biểu dương"
    r"|hoan nghênh|nhận thấy|cho rằng|cơ bản|thẳng thắn|ghi nhận)\b"
)  # what those who conclude think of what they heard
_OFFICE = re.compile(r"(?:lãnh đạo|là (?:cơ quan|đơn vị|đầu mối|bộ phận))\b")
_EXECUTED = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện|triển khai|tổ chức)|có trách nhiệm(?!\s(?:cao|hơn|lớn)\b)"
    r"|căn cứ (?:quyết định|kế hoạch) này"
)
_TO_KNOW = re.compile(r"^[\s,]*kính|\b(?:để|đến|tới)\b[^.;]{0,160}\b(?:biết|theo dõi, chỉ đạo)\b")
_SENDS = re.compile(r"[\s,]*(?:thông báo|công bố|gửi|báo cáo|trân trọng|kính|xin|thông tin|trả lời|cung cấp)\b")
_ROLE = re.compile(
    r"là\s(?:cơ quan|đơn vị|đầu mối|bộ phận)\b[^.;]{0,80}?\b(?:chủ trì|thường trực|tham mưu|tiếp nhận"
    r"|chịu trách nhiệm)\b",
    re.IGNORECASE,
)  # "Là cơ quan thường trực, chủ trì tham mưu …" below the name of an office
_STATED = re.compile(
    r"(?:có|còn)\s+\d|không\s+(?:có|còn|phát sinh|xảy ra|ghi nhận|[^,.;:]{1,40}\snào\b)"
    r"|hoàn thành\s+(?:xuất sắc\s+|tốt\s+)?nhiệm vụ\s*[:(]",
    re.IGNORECASE,
)  # verbs that open what is so, and classes of merit
_FAREWELL = re.compile(
    r"(?:xin\s+)?(?:trân trọng|kính chào|chân thành)\b(?!\s+(?:đề nghị|kính đề nghị|kính mời|mời|yêu cầu))"
    r"|trên đây là\b(?![^.;]*\b(?:đề nghị|yêu cầu|kính mong)\b)"
    r"|[^.;:]{3,120}?\s(?:xin |trân trọng |kính )?thông báo\b[^.;]{0,200}\b(?:biết|thực hiện)\b[^.;]{0,60}[./]*$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:quyết định|kế hoạch|thông báo|báo cáo|hướng dẫn|quy định) (?:này|số)\b", re.IGNORECASE
)  # no verbs
_TOLD = re.compile(r"\b(?:đã|từng|từ khi|sau khi|việc|mà)\b[^,.;]{0,30}$")
_GROUND = re.compile(
    r"(?:căn cứ|xét|theo (?:đề nghị|báo cáo|nội dung|ý kiến)|trên cơ sở|tiếp theo|phúc đáp"
    r"|thực hiện (?:nội dung |ý kiến |chỉ đạo |các )?(?:của|công văn|quyết định|kế hoạch|chỉ thị|nghị quyết"
    r"|thông báo))\b",
    re.IGNORECASE,
)
_GROUND_END = re.compile(r"[,;]\s+(?=[^,;]{0,90}$)")


def is_imperative(text: str) -> bool:
    """Whether a sentence tells to do something: it begins with a verb, maybe behind an adverbial phrase."""
    if _OWN.match(text) or _STATED.match(text) or behind_time(text):
        return False
    if _ROLE.match(text):
        return True
    if opening := _FURTHER.match(text):
        return starts_with_verb(text[opening.end() :]) and not is_result(text)
    if (opening := _EVERY_TIME.match(text)) and starts_with_verb(text[opening.end() :]):
        return True
    if not ADVERBIAL.match(text):
        return starts_with_verb(text) and _PAST_CLAUSE.search(text[:60]) is None and not _done_behind(text)
    if _AT_ONCE.match(text):
        return True
    return any(starts_with_verb(text[match.end() :]) for match in re.finditer(r",\s+", text[:400]))


def _done_behind(text: str) -> bool:
    """Whether a ground is followed by what a body did: "Thực hiện nhiệm vụ được giao, Bộ Tài chính đã tích cực …"."""
    comma = text.find(", ", 0, 160)
    if comma < 0 or not _TIME_OR_GROUND.match(text):
        return False
    rest = text[comma + 2 : comma + _REACH]
    return names_actor(rest) and PAST.search(rest) is not None


def behind_time(text: str) -> int:
    """Where those who are to act are named behind a time or ground ("Trước ngày 10/5, Sở Tư pháp rà soát"), or 0.

    A body named in the ground ("Trên cơ sở đề nghị của các bộ, cơ quan liên quan, Bộ Tài chính …") is told by the
    small letter it goes on with, or by the term behind it (", trong vòng 10 ngày cơ quan chủ quản …").
    """
    opening = _FURTHER.match(text) or _EVERY_TIME.match(text)
    if opening is not None:
        return 0 if starts_with_verb(text[opening.end() :]) else opening.end()
    opening = _TIME_OR_GROUND.match(text)
    if opening is None:
        return 0
    term = _WITHIN.search(text, opening.end(), _LONGEST_GROUND)
    if term is not None and _begins_with_doer(text[term.end() :]):
        return term.end()
    commas = [match.end() for match in re.finditer(r"[,;]\s+", text[:_LONGEST_GROUND])]
    purpose = opening.group().lower() in _PURPOSES  # which verbs of its own may go on with
    found = 0
    short = opening.group().lower() in _SHORT_TIMES
    for at, end in enumerate(commas):
        rest = text[end:]
        if short and at and not text[commas[at - 1] :].startswith(_FROM_WHEN):
            return found
        if (starts_with_verb(rest) and not purpose) or (names_actor(rest) and PAST.search(rest[:_REACH])):
            return found
        named = leading_actors(rest)
        if named is not None and term is not None and end < term.start() < end + named.end:
            continue
        if named is not None and acts(rest[named.end :]):
            if rest[0].isupper():
                return end
            found = found or end
    return found


def _begins_with_doer(text: str) -> bool:
    """Whether a text begins with who does something: "cơ quan chủ quản trình …"."""
    named = leading_actors(text)
    return named is not None and acts(text[named.end :])


def is_farewell(text: str) -> bool:
    """Whether a sentence only takes leave: "Trân trọng./.", "Văn phòng … thông báo để các cơ quan biết, thực hiện"."""
    return _FAREWELL.match(text) is not None


def is_courtesy(text: str) -> bool:
    """Whether a sentence only is polite: "Rất mong Quý vị đến dự đúng thời gian", "mong nhận được sự quan tâm"."""
    return _COURTESY.match(text) is not None


def has_subject(rest: str) -> bool:
    """Whether behind the naming of actors stands what they are to see to (": chỉ số nội dung …, làm rõ …")."""
    told = _behind_colon(rest)
    named = len(told.split()) >= _CLAUSE and not told[0].isdigit()
    return named and not (_COUNTED.match(told) or PAST.search(told) or is_result(told))


def _behind_colon(rest: str) -> str:
    """What a colon opens, behind the number of its first part (": (1) Rà soát …"); nothing where there is no colon."""
    opening = _COLON.match(rest)
    return rest[opening.end() :] if opening is not None else ""


def is_charged(rest: str) -> bool:
    """Whether what follows the naming of actors charges them behind a colon ("Sở Y tế: Kiểm tra …")."""
    charge = _behind_colon(rest)
    return not _COUNTED.match(charge) and (is_imperative(charge) or bool(MODAL.search(charge[:120])))


def is_in_charge(text: str, named: Order) -> bool:
    """Whether a sentence puts those it names first in charge: "Sở Tài chính có trách nhiệm …"."""
    return _CHARGED.match(text, named.end) is not None


def is_predicate(rest: str) -> bool:
    """Whether words begin with a verb that is in no name of a body: "chủ trì", "có trách nhiệm"."""
    return rest.lower().startswith(tuple(data("always_verbs")) + _PREDICATES)


def acts(rest: str) -> bool:
    """Whether what follows the naming of a body says what it does ("chủ trì …", "lãnh đạo …", "là đầu mối …")."""
    bare = rest.lstrip(" ,:")
    return (starts_with_verb(bare) or _OFFICE.match(bare) is not None) and not _OPINION.match(bare)


def does_anything(rest: str) -> bool:
    """Whether what follows the naming of a body can be a verb that no list of ours holds: it tells no state."""
    bare = rest.lstrip(" ,")
    first = bare.split(maxsplit=1)[0] if bare else ""
    stated = _NO_VERB.match(bare) or _OPINION.match(bare)
    return len(bare.split()) >= _CLAUSE and first.isalpha() and first.islower() and not stated


def does(text: str, named: Order) -> bool:
    """Whether a sentence says what the body it names first does, not what it is, has or did."""
    rest = text[named.end :].lstrip(" ,")
    return acts(rest) and not _STATE.match(rest) and len(named.actors[0].split()) > 1 and not PAST.search(text)


def is_executor(text: str, named: Order) -> bool:
    """Whether those a sentence names first are to carry out the document: "… chịu trách nhiệm thi hành"."""
    return _EXECUTED.search(text, named.end, named.end + 80) is not None


def passed_on(text: str, named: Order) -> tuple[str, ...]:
    """Those whom the body a sentence names first directs ("UBND tỉnh chỉ đạo Sở Nội vụ rà soát …")."""
    verb = _PASSES_ON.match(text, named.end)
    rest = text[verb.end() :] if verb is not None else ""
    inner = leading_actors(rest)
    return inner.actors if inner is not None and acts(rest[inner.end :]) else ()


def sends(actors: tuple[str, ...], rest: str, issuer: str) -> bool:
    """Whether the actors only send the letter ("thông báo để các đơn vị biết"); `issuer` is theirs in lower case."""
    told = _SENDS.match(rest)
    return told is not None and (issuer.startswith(actors[0].lower()) or bool(_TO_KNOW.search(rest[:300])))


def is_told(text: str, start: int) -> bool:
    """Whether an order only is told of: "đã giao", "mà Bộ giao cho" stand close before its place in the text."""
    return bool(_TOLD.search(text[max(start - 60, 0) : start]))


def is_answer(text: str) -> bool:
    """Whether a closing line says what is to be sent back: "Báo cáo gửi về …", "Ý kiến của các đơn vị gửi về …"."""
    return _ANSWER.match(text) is not None


def answering(text: str) -> tuple[str, ...]:
    """Who is to send what a closing line awaits, where it names them: "Ý kiến của các sở, ban, ngành gửi về …"."""
    sender = _SENDER.match(text)
    named = read_actors(sender.group(1)) if sender is not None else ()
    return named if named and leading_actors(f"{named[0]} ") is not None else ()


def behind_specks(text: str) -> int:
    """Where the words of a sentence begin behind "Thứ nhất," or a mark that was misread ("-.Chủ trì"), or 0."""
    mark = _ORDINAL.match(text) or _SPECKS.match(text)
    return mark.end() if mark else 0


def behind_ground(text: str) -> int:
    """Where an order begins in a sentence that gives its ground first ("Theo đề nghị của …, Sở A giao …"), or 0."""
    if not _GROUND.match(text):
        return 0
    order = find_order(text)
    if order is None or order.start < 40:
        return 0
    end = _GROUND_END.search(text, max(order.start - 100, 0), order.start)
    clause = text[end.end() : order.start] if end else ""
    return end.end() if end and (not clause or clause[0].isupper()) else order.start


def announces(text: str) -> bool:
    """Whether a text ends with the announcement of a list: "… thực hiện các nhiệm vụ sau:"."""
    return _ANNOUNCED.search(text[-_TAIL:]) is not None


def announces_done(text: str) -> bool:
    """Whether the list is one of what was done: "… đã tập trung thực hiện một số nhiệm vụ sau:"."""
    return _DONE.search(text[-_TAIL:]) is not None


def announces_orders(text: str) -> bool:
    """Whether the list is one of what is to be done: it is announced, and last by a word that orders."""
    tail = text[-_TAIL:]
    return announces(text) and _last_place(_ORDERING, tail) >= _last_place(_REPORTED, tail)


def _last_place(pattern: re.Pattern[str], text: str) -> int:
    """Where a pattern is found last, -1 where it is not."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


_RESULT = re.compile(
    r"\b(?:đạt|chiếm|tăng|giảm|bằng|xếp (?:thứ|hạng|vị)|đứng thứ)\s[^,;.]{0,40}?\d[\d.,]*\s?(?:%|điểm|bậc|hạng|so với)"
    r"|\bso với (?:cùng kỳ|năm|tháng|quý)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(r"\b(?:phấn đấu|bảo đảm|đảm bảo|tối thiểu|ít nhất|trở lên|phải|mục tiêu)\b", re.IGNORECASE)
_ABBREVIATIONS = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Bảo hiểm xã hội", "BHXH"),
    ("Kho bạc Nhà nước", "KBNN"),
    ("Liên đoàn Lao động", "LĐLĐ"),
)


def is_result(text: str) -> bool:
    """Whether a text tells what was reached ("đạt 95%, tăng 2% so với cùng kỳ"), not what is to be."""
    return bool(_RESULT.search(text)) and not _GOAL.search(text)


def is_clause(text: str) -> bool:
    """Whether an item under the name of who is to act says what is to be done, by a verb in no list of ours.

    It is a clause, not the name of a thing, and tells of nothing done or reached.
    """
    opening = text.split(maxsplit=2)
    if len(text.split()) < _CLAUSE or not opening[0][0].isupper() or ADVERBIAL.match(text):
        return False
    first, second = opening[0].lower(), " ".join(opening[:2]).lower()
    named = first in data("things") or second in data("things")
    return not named and not PAST.search(text) and not is_result(text) and leading_actors(text) is None


def called(issuer: str, text: str) -> str:
    """What a letter calls its issuer where it names it in short ("BHXH tỉnh"), else the issuer in full."""
    for full, short in _ABBREVIATIONS:
        if issuer.lower().startswith(full.lower()):
            unit = issuer[len(full) :].split()[:1]
            name = " ".join((short, *unit))
            if re.search(rf"\b{re.escape(name)}(?!\s[A-ZĐ])", text):
                return name
    return issuer
