"""Those a task names outside its order ("(Sở Nội vụ chủ trì)", "Đơn vị chủ trì: …"), and whom a letter asks.

Plans tell behind or below what is to be done who is in charge of it and who helps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.components.actor_ends import actors_end
from extract.components.actors import leading_actors, read_actors
from extract.components.task_words import starts_with_verb

_WHO = r"(?:cơ quan|đơn vị|phòng|bộ phận|người|cá nhân|lãnh đạo)(?:,\s(?:đơn vị|cá nhân|bộ phận))?\s+"
_IN_CHARGE = re.compile(
    rf"(?:^|[.;,(]\s*)(?:{_WHO})?(?:(?P<lead>chủ trì|đầu mối|chịu trách nhiệm|phụ trách)"
    r"(?:\s+(?:thực hiện|tham mưu|chính))?"
    r"|(?P<helps>phối hợp)(?:\s+thực hiện)?|(?P<does>(?<=cơ quan )thực hiện|(?<=đơn vị )thực hiện"
    r"|(?<=phận )thực hiện|(?<=người )thực hiện|(?<=nhân )thực hiện|phân công thực hiện|phân công))\s*:\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.;)](?:\s|$)|,?\s+(?:(?:cơ quan|đơn vị)\s+)?(?:phối hợp|thời (?:gian|hạn)|chủ trì)\b[^:]{0,20}:", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s(?:chủ trì|thực hiện|phụ trách|làm đầu mối|là đầu mối|là cơ quan chủ trì|chịu trách nhiệm|đảm nhiệm|tham mưu)\b"
)
_REQUEST = re.compile(
    r"(?:(?:trân trọng|kính)\s+)?(?:kiến nghị|đề xuất|kính trình|kính mong|kêu gọi|kính báo cáo"
    r"|phân công(?=\s(?:đồng chí|đ/c|ông|bà)\s)|khuyến khích|báo cáo(?=[^.;]{0,80}\s(?:xem xét|cho ý kiến|chỉ đạo)))"
    r"(?:\s*:|\s+với|\s+đến)?\s+",
    re.IGNORECASE,
)
_FOR_NOTICE = re.compile(r"[\s,]*(?:(?:để|xem xét|chỉ đạo|cho ý kiến|biết|theo dõi|và|,)\s*)+[./\s]*", re.IGNORECASE)
"""What a report ends with that only is handed in: "kính báo cáo … xem xét, chỉ đạo"."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is in charge of a task and who helps, as told at its end or below it; `leads` where they are said to lead."""

    actors: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    leads: bool = False


def find_charge(text: str) -> Charge:
    """Who a text puts in charge behind labels ("Đơn vị chủ trì: …"), in brackets or by "do … chủ trì".

    Who leads comes before who carries out, whichever is named first.
    """
    leaders: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    for match in _IN_CHARGE.finditer(text):
        stop = _END.search(text, match.end(), match.end() + _LONGEST)
        end = stop.start() if stop else min(len(text), match.end() + _LONGEST)
        named = _known(text[match.end() : end])
        if match.group("helps"):
            helpers = helpers or named
        elif match.group("lead"):
            leaders = leaders or named
        else:
            doers = doers or named
    return Charge(leaders or doers or _in_brackets(text), helpers, leads=bool(leaders))


def is_charge_line(text: str) -> bool:
    """Whether a line only tells who is in charge of what stands above it."""
    return _IN_CHARGE.match(text) is not None


def find_request(text: str, issuer: str | None) -> tuple[int, tuple[str, ...]] | None:
    """Where a sentence asks or proposes to somebody, and whom: it begins with the request, or with the sender."""
    at = 0
    sender = leading_actors(text)
    if sender is not None and issuer and issuer.lower().startswith(sender.actors[0].lower()):
        at = sender.end
        while at < len(text) and text[at] == " ":
            at += 1
    match = _REQUEST.match(text, at)
    if match is None:
        return None
    end = actors_end(text, match.end())
    named = leading_actors(text[match.end() :])
    if named is None or not starts_with_verb(text[end:].lstrip(" ,:")):
        return None
    if "báo cáo" in match.group().lower() and _FOR_NOTICE.fullmatch(text, end):
        return None
    return end, read_actors(text[match.end() : end])


def find_asked(text: str) -> tuple[str, ...]:
    """Those a lead-in recommends or proposes something to, where it names nothing else: "Kiến nghị Chủ tịch …:"."""
    match = _REQUEST.match(text)
    if match is None:
        return ()
    end = actors_end(text, match.end())
    if text[end:].strip(" :.;") or leading_actors(text[match.end() :]) is None:
        return ()
    return read_actors(text[match.end() : end])


def _in_brackets(text: str) -> tuple[str, ...]:
    """Those named in "(Sở Nội vụ chủ trì)", "(giao Sở Y tế thực hiện)" or "do Sở Y tế chủ trì"."""
    for match in re.finditer(r"\((?:giao\s+|do\s+)?(?=[^\W\d_])|\b(?:do|giao cho)\s+(?=[^\W\d_])", text):
        high = min(match.end() + _LONGEST, len(text))
        close = text.find(")", match.end(), high)
        high = close if close >= 0 and match.group().startswith("(") else high
        behind = _BEHIND.search(text, match.end(), high)
        if behind is not None and (named := _known(text[match.end() : behind.start()])):
            return named
    return ()


def _known(phrase: str) -> tuple[str, ...]:
    """The actors of a phrase that names some from its beginning on; none where it holds anything else."""
    bare = phrase.strip(" .;,")
    if not bare or leading_actors(bare) is None or actors_end(bare, 0) < len(bare):
        return ()
    return read_actors(bare)
