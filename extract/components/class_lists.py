"""Lists of bodies beside a class ("các sở: Y tế, Nội vụ; UBND các huyện A, B và thị xã C"), one full name each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.components.bodies import mentions
from extract.components.context import UPPER
from extract.components.lexicon import body_names, tokens, unit_names
from extract.components.names import NOTE, has_head, split_names

NOUN = (
    r"(?:sở, ban, ngành|sở, cơ quan ngang sở|sở, ngành|cơ quan, đơn vị|cơ quan, tổ chức|cơ quan ngang bộ|đơn vị|cơ quan"
    r"|địa phương|sở|huyện, thị xã, thành phố|huyện, thành phố|huyện, thị|huyện|thị xã|thành phố|quận"
    r"|xã, phường, thị trấn|xã, phường, đặc khu|xã, phường|xã, thị trấn|xã|phường|thị trấn|đặc khu"
    r"|tỉnh, thành phố|tỉnh, thành|tỉnh"
    r"|UBND cấp huyện|UBND cấp xã|UBND huyện|UBND xã|trường|phòng|bộ, ngành|bộ|ban|chi cục|cục|vụ|công ty|bệnh viện"
    r"|trung tâm|tổ chức|tập thể|chi bộ|đảng bộ|đảng ủy|huyện ủy|ban, ngành)"
)
"""What a list counts: a class of bodies."""

_HEADS = {
    "sở": "Sở", "sở, ban, ngành": "Sở", "sở, ngành": "Sở", "sở, cơ quan ngang sở": "Sở",
    "bộ": "Bộ", "bộ, ngành": "Bộ", "cơ quan ngang bộ": "Bộ", "ban": "Ban", "cục": "Cục", "chi cục": "Chi cục",
    "vụ": "Vụ", "huyện": "huyện", "thị xã": "thị xã", "thành phố": "thành phố", "quận": "quận", "xã": "xã",
    "phường": "phường", "thị trấn": "thị trấn", "đặc khu": "đặc khu", "tỉnh": "tỉnh", "UBND huyện": "UBND huyện",
    "UBND xã": "UBND xã",
    "phòng": "Phòng", "trường": "Trường", "bệnh viện": "Bệnh viện", "trung tâm": "Trung tâm", "công ty": "Công ty",
    "chi bộ": "Chi bộ", "đảng bộ": "Đảng bộ", "đảng ủy": "Đảng ủy",
}  # fmt: skip
_SWITCH = re.compile(
    rf"(?:^|(?<=[,;])\s*|\s+và\s+)(?i:(?:(UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)\s+)?(?:các|\d{{1,3}})\s+({NOUN})"
    rf"\s*:?)\s+(?=[{UPPER}])"
)
_JOINED = re.compile(
    rf"\s+và\s+(?=(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|[Cc]ông an|[Vv]ăn phòng)\s+[{UPPER}])"
)
_EACH = re.compile(r"^(?:(?:đơn vị|cơ quan|địa phương|gồm|bao gồm|là|có)\s*:?\s+)+", re.IGNORECASE)
_SCORE_BEHIND = re.compile(r"(?:\s*[:–-]\s*|\s+(?:đạt|với|được)\s+|\s+)\d[\d.,/]*\s*(?:điểm|%)?\s*$")
_OF_SEVERAL = re.compile(r"(\bBan [Qq]uản lý\s[^,;]{3,40}),(?=\s[a-zà-ỹđ])")  # "Ban Quản lý Khu kinh tế, công nghiệp"
_KEPT = "\u201a"  # stands for a comma inside a name
_POINTS = re.compile(
    r"(?:\s*[:–-]\s?|\s(?:đạt|với|được)\s|\s)\d{1,3}(?:[.,]\d{1,4})?(?:/\d{1,4})?\s?(?:điểm|%)(?=\s*(?:[,;.)]|$)"
    r"|\svà\b)"
)
_IN_BRACKETS = re.compile(r"\s?\((?:đạt\s)?\d{1,3}(?:[.,]\d{1,4})?(?:/\d{1,4})?\s?(?:điểm|%)?\)")
_BEGINS = re.compile(r"(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|các|công an|văn phòng)\s")
_PREDICATE = re.compile(
    r",?\s(?:dẫn đầu|đứng|xếp|đạt|được|bị|có|với|vẫn|tiếp tục|đều|chỉ số|thuộc nhóm|ở mức|vươn|tụt|tăng|giảm)\b"
)
_LONGEST = 14  # words of a name


def expand(text: str, noun: str | None) -> tuple[str, ...]:
    """The bodies of a list with full names; `noun` is what the list counts. Empty where it is no list of bodies."""
    names: list[str] = []
    for chunk, head in _chunks(text, head_of(noun)):
        for name in _names(_EACH.sub("", chunk.strip())):
            bare = without_score(name).strip(" .;,:")
            if bare and bare not in chunk and _is_phrase(bare, chunk):
                return ()
            if bare:
                names.append(_full(bare, head))
    return () if any(not _may_name(name) for name in names) else tuple(names)


def _names(chunk: str) -> Iterator[str]:
    for part in _JOINED.split(chunk):  # "và thành phố Sa Đéc" begins a name though with a small letter
        whole = _OF_SEVERAL.sub(rf"\1{_KEPT}", _POINTS.sub("", _IN_BRACKETS.sub("", part)))
        for name in split_names(whole, ""):
            yield name.replace(_KEPT, ",")


def head_of(noun: str | None) -> str:
    """The word that names of such bodies begin with, "" where they bring their own."""
    bare = (noun or "").strip()
    return _HEADS.get(bare) or _HEADS.get(bare.lower(), "")


def without_score(name: str) -> str:
    """A name without the points behind it ("Sở Y tế đạt 92,5 điểm")."""
    return _SCORE_BEHIND.sub("", name)


def is_body(name: str) -> bool:
    """Whether a name is that of one body or place, as a whole."""
    bare = NOTE.sub("", name).strip()
    if not bare or bare.startswith(("Bộ chỉ số", "Bộ tiêu chí")):
        return False
    if _PREDICATE.search(bare):
        return False  # "Sở Y tế dẫn đầu" goes on behind the name
    if any(start == 0 and end >= len(bare) for start, end, _ in mentions(bare)):
        return True
    if is_place(bare) or _is_known(bare):
        return True
    return has_head(bare) and len(bare.split()) <= 9 and bool(re.search(rf"\s(?:[{UPPER}]|tỉnh|huyện|xã)", bare))


def is_place(name: str) -> bool:
    """Whether a name is the proper name of a unit of territory ("Cà Mau")."""
    words = tokens(name)
    return bool(name[:1].isupper() and words) and unit_names().longest(name, words, 0) == len(words)


def _is_known(name: str) -> bool:
    words = tokens(name)
    return bool(words) and body_names().longest(name, words, 0) == len(words)


def _is_phrase(name: str, chunk: str) -> bool:
    """Whether what looks like a name was written with a small letter: words, no name ("tăng 01 đơn vị")."""
    small = name[:1].lower() + name[1:]
    return small in chunk and not (has_head(name) or _BEGINS.match(small) or _is_known(name))


def _chunks(text: str, head: str) -> Iterator[tuple[str, str]]:
    """The parts of a list that share a head: "các huyện A, B" and "các sở: C, D" of one list."""
    at = 0
    for match in _SWITCH.finditer(text):
        if text[at : match.start()].strip(" ,;"):
            yield text[at : match.start()], head
        at, head = match.end(), head_of(match.group(2))
        if match.group(1) and head:
            head = f"UBND {head}"
    yield text[at:], head


def _full(name: str, head: str) -> str:
    if head and _is_known(f"{head} {name}"):
        return f"{head} {name}"
    if (has_head(name) and not (head and is_place(name))) or _is_known(name):
        return name[:1].upper() + name[1:]
    if head:
        return f"{head} {name}"
    return next((f"{word} {name}" for word in ("Sở", "Bộ") if _is_known(f"{word} {name}")), name)


def _may_name(name: str) -> bool:
    return (
        name[0].isalpha() and len(name) <= 90 and len(name.split()) <= _LONGEST and bool(re.search(rf"[{UPPER}]", name))
    )
