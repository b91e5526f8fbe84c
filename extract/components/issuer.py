"""Who sends the letter, from the lines of its letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.components.capitals import spelled
from extract.components.lexicon import HEADS, body_names, head_names, tokens, unit_names
from extract.layout.letters import pattern
from gazetteer import Kind, load_gazetteer
from normalize.syllables import fold

_PLACE = re.compile(r"^(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s", re.IGNORECASE)
_HAS_PLACE = pattern(
    r"\b(?i:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s(?=[A-ZÀ-Ỹ\d])(?!Hội\b|HỘI\b)"
)
_GLUED = pattern(r"(UBND|HĐND|ỦY BAN NHÂN DÂN)\s?(TỈNH|THÀNH\s?PHỐ)\s?([A-ZÀ-Ỹ -]{4,20})")
_UNITS = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "THỊ XÃ", "QUẬN", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU", "XÃ")
_OPEN = re.compile(r"(?:[,–-]|\b(?:và|của|với|các|về))$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:văn phòng|thanh tra|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ủy ban kiểm tra|cơ quan|thường trực"
    r"|ban thường trực|ban thường vụ)\b"
)
_BARE_UNIT = re.compile(r"\s(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)$", re.IGNORECASE)
_COMMITTEE = re.compile(r"\b(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy$")
_COUNCIL = re.compile(r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)\s", re.IGNORECASE)
_STATE = re.compile(
    r"^(?:sở|phòng|trung tâm|thanh tra|ban|chi cục|công an|bộ chỉ huy|tòa án|viện kiểm sát)\b", re.IGNORECASE
)


def issuer_of(lines: Sequence[str], place: str | None) -> tuple[str | None, str | None]:
    """The body that issues the letter and the one above it.

    Args:
        lines: the lines of the letterhead's left column, as printed.
        place: where the letter was written, for a body whose place is not named.
    """
    names = [spelled(name) for name in _joined(lines, place)]
    if not names:
        return None, None
    issuer, parent = names[-1], names[-2] if len(names) > 1 else None
    return _placed(issuer, parent, place), parent


def _joined(lines: Sequence[str], place: str | None) -> list[str]:
    """The lines with those of one name put together."""
    names: list[str] = []
    for line in lines:
        text = _unglued(_without_specks(re.sub(r"\s+", " ", line).strip(" *_.·•~=|")), place)
        if sum(map(str.isalpha, text)) < 2:
            continue
        if names and (_OPEN.search(names[-1]) or _goes_on(names[-1], text)):
            names[-1] = f"{names[-1]} {text}"
        else:
            names.append(text)
    return names


def _without_specks(text: str) -> str:
    """A line in capitals without the short scraps in front of and behind it."""
    words = text.split(" ")
    is_scrap = [any(map(str.islower, word)) or not any(map(str.isalpha, word)) for word in words]
    if sum(is_scrap) == len(words) or not any(is_scrap):
        return text
    while words and is_scrap[0] and len(words[0]) <= 3:
        words, is_scrap = words[1:], is_scrap[1:]
    while words and is_scrap[-1] and len(words[-1]) <= 3 and not words[-1].isdigit():
        words, is_scrap = words[:-1], is_scrap[:-1]
    return " ".join(words)


def _unglued(text: str, place: str | None) -> str:
    """A name whose marks or blanks were lost: SỞ YTÊ is SỞ Y TẾ, UBNDTỈNHBẮCNINH is UBND TỈNH BẮC NINH."""
    if known := _bodies().get(_squeeze(re.sub(r"[^\w\s]", "", text))):
        return known.upper()
    match = _GLUED.fullmatch(text)
    if match is None:
        return _unit_unglued(text, place) or _head_mended(text)
    known = _squeezed().get(_squeeze(match[3]))
    if known is None:
        return text
    return f"{match[1]} {'THÀNH PHỐ' if match[2].startswith('TH') else match[2]} {known.upper()}"


def _unit_unglued(text: str, place: str | None) -> str | None:
    """The unit a line is whose blanks were lost: TINHLAMDONG is TỈNH LÂM ĐỒNG; XATRALENG, from Trà Leng, too."""
    if text.strip(" .-~'`").count(" ") > 1:
        return None
    key = _squeeze(text)
    for unit in _UNITS:
        head = _squeeze(unit)
        if not key.startswith(head):
            continue
        name = _squeezed().get(key[len(head) :]) if unit in _UNITS[:2] else None
        if name is None and place is not None and _squeeze(place) == key[len(head) :]:
            name = place
        if name is not None:
            return f"{unit} {name.upper()}"
    return None


def _head_mended(text: str) -> str:
    """A line in capitals that begins with the right marks, as names of bodies do: TỐNG CỤC is TỔNG CỤC."""
    words = text.split(" ")
    if len(words) < 3 or not text.isupper():
        return text
    head = _heads().get(fold(" ".join(words[:2])))
    return " ".join([head.upper(), *words[2:]]) if head is not None else text


@cache
def _heads() -> dict[str, str]:
    """Words of two syllables with which names of bodies begin, by their folded form."""
    return {fold(head): head for head in HEADS if head.count(" ") == 1}


def _squeeze(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


@cache
def _bodies() -> dict[str, str]:
    return {_squeeze(entry.name): entry.name for entry in load_gazetteer().entries(Kind.BODY)}


@cache
def _squeezed() -> dict[str, str]:
    return {_squeeze(entry.proper_name): entry.proper_name for entry in load_gazetteer().entries(Kind.PROVINCE)}


def _goes_on(before: str, text: str) -> bool:
    """Whether a line is the rest of the name above it."""
    if text.startswith(("-", "–", "&")) or fold(text).startswith("va "):
        return True
    if _PLACE.match(text):
        return not _HAS_PLACE.search(before)
    words = tokens(text)
    if unit_names().longest(text, words, 0) == len(words):
        return True
    together = f"{before} {text}"
    joined = tokens(together)
    found = body_names().longest(together, joined, 0)
    if found is not None and found > len(tokens(before)):
        return True
    return head_names().longest(text, words, 0) is None and body_names().longest(text, words, 0) is None


def _placed(issuer: str, parent: str | None, place: str | None) -> str:
    """The issuer with the place that its parent names."""
    if parent is None:
        if _COUNCIL.match(f"{issuer} ") and not _HAS_PLACE.search(issuer) and place:
            return f"{issuer} {place}" if len(tokens(issuer)) <= 4 and not _named_unit(issuer) else issuer
        return issuer
    if _BARE.fullmatch(issuer.lower()):
        return f"{issuer} {parent}"
    unit = _HAS_PLACE.search(parent)
    if bare := _BARE_UNIT.search(issuer):  # THANH TRA TỈNH under UBND TỈNH VĨNH LONG
        if unit and parent[unit.start() :].lower().startswith(bare[1].lower()):
            return f"{issuer} {parent[unit.end() :]}"
        return f"{issuer} {place}" if place else issuer
    if _COMMITTEE.search(issuer) and unit:  # Ban Tuyên giáo Tỉnh ủy under ĐẢNG BỘ TỈNH
        return f"{issuer} {parent[unit.end() :]}"
    if unit and _STATE.match(issuer) and not _HAS_PLACE.search(issuer) and not _named_unit(issuer):
        return f"{issuer} {parent[unit.start() :]}"
    return issuer


def _named_unit(name: str) -> bool:
    """Whether a name ends with the proper name of a unit."""
    words = tokens(name)
    return any(unit_names().longest(name, words, at) == len(words) for at in range(1, len(words) - 1))
