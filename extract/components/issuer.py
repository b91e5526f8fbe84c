"""Who sends the letter, from the lines of its letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.capitals import spelled
from extract.components.lexicon import body_names, head_names, tokens, unit_names
from normalize.syllables import fold

_PLACE = re.compile(r"^(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s", re.IGNORECASE)
_HAS_PLACE = re.compile(
    r"\b(?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s(?=\S)", re.IGNORECASE
)
_OPEN = re.compile(r"(?:[,–-]|\b(?:và|của|với|các|về))$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:văn phòng|thanh tra|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ủy ban kiểm tra|cơ quan)\b"
)
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
    names = [spelled(name) for name in _joined(lines)]
    if not names:
        return None, None
    issuer, parent = names[-1], names[-2] if len(names) > 1 else None
    return _placed(issuer, parent, place), parent


def _joined(lines: Sequence[str]) -> list[str]:
    """The lines with those of one name put together."""
    names: list[str] = []
    for line in lines:
        text = re.sub(r"\s+", " ", line).strip(" *_.·•~=|")
        if sum(map(str.isalpha, text)) < 2:
            continue
        if names and (_OPEN.search(names[-1]) or _goes_on(names[-1], text)):
            names[-1] = f"{names[-1]} {text}"
        else:
            names.append(text)
    return names


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
    if unit and _STATE.match(issuer) and not _HAS_PLACE.search(issuer) and not _named_unit(issuer):
        return f"{issuer} {parent[unit.start() :]}"
    return issuer


def _named_unit(name: str) -> bool:
    """Whether a name ends with the proper name of a unit."""
    words = tokens(name)
    return any(unit_names().longest(name, words, at) == len(words) for at in range(1, len(words)))
