"""Names in capitals spelled as Nghị định 30/2020/NĐ-CP, Phụ lục II, asks.

SỞ NỘI VỤ TỈNH BẮC NINH is Sở Nội vụ tỉnh Bắc Ninh.
"""

from __future__ import annotations

import re

from extract.components.lexicon import Token, body_names, head_names, title_names, tokens, unit_names
from extract.components.symbols import is_abbreviation
from normalize.syllables import is_syllable

_UNIT_TYPES = (
    ("thành", "phố"), ("thị", "xã"), ("thị", "trấn"), ("đặc", "khu"), ("tỉnh",), ("huyện",), ("quận",), ("phường",),
    ("xã",), ("tp",),
)  # fmt: skip
_COUNTRY = ("việt", "nam")
_NUMERAL = re.compile(r"[IVX]{1,4}")
_SMALL = frozenset({"và", "của", "các", "về", "với", "tại", "thuộc", "cấp"})


def spelled(text: str) -> str:
    """A name of a body or office that is printed in capitals, with the capitals it should have.

    Text that is not all capitals is returned as it is.
    """
    if any(letter.islower() for letter in text):
        return text
    words = tokens(text)
    parts: list[str] = []
    at = last = 0
    while at < len(words):
        parts.append(text[last : words[at][0]])
        stop, name = _next(text, words, at)
        parts.append(name)
        at, last = stop, words[stop - 1][1]
    parts.append(text[last:])
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _next(text: str, words: list[Token], at: int) -> tuple[int, str]:
    """Index behind the next name or word, and how it is spelled."""
    for names in (title_names(), body_names()):
        found = names.find(text, words, at)
        if found and found[0] - at > 1:
            return found
    if tuple(word for _, _, word in words[at : at + 2]) == _COUNTRY:
        return at + 2, "Việt Nam"
    for unit in _UNIT_TYPES:
        if tuple(word for _, _, word in words[at : at + len(unit)]) == unit:
            return _unit(text, words, at, len(unit))
    found = (
        body_names().find(text, words, at) or title_names().find(text, words, at) or head_names().find(text, words, at)
    )
    if found:
        return found
    place = unit_names().find(text, words, at)
    if place and at > 0 and place[0] == len(words):
        return place
    word = text[words[at][0] : words[at][1]]
    if is_abbreviation(word) and not is_syllable(word):  # ĐA is đa in BỆNH VIỆN ĐA KHOA
        return at + 1, word
    if at > 0 and at + 1 == len(words) and _NUMERAL.fullmatch(word):
        return at + 1, word
    low = word.lower()
    begins = at == 0 or words[at - 1][2] in _SMALL or head_names().find(text, words, at - 1) is not None
    return at + 1, low if low in _SMALL or not begins else low.capitalize()


def _unit(text: str, words: list[Token], at: int, length: int) -> tuple[int, str]:
    """A unit with its proper name: TỈNH BẮC NINH is tỉnh Bắc Ninh, QUẬN 1 is Quận 1."""
    kind = text[words[at][0] : words[at + length - 1][1]].lower()
    behind = at + length
    if behind >= len(words):
        return behind, kind
    found = unit_names().find(text, words, behind)
    stop, name = found or (behind + 1, words[behind][2].capitalize())
    if found is None:  # a name nobody knows: all words to the end
        stop, name = len(words), " ".join(word.capitalize() for _, _, word in words[behind:])
    is_capital = name[:1].isdigit() or name == "Hồ Chí Minh"
    return stop, f"{kind.capitalize() if is_capital else kind} {name}"
