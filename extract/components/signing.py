"""Who signs the letter, and by what authority."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from extract.components.capitals import spelled
from extract.components.lexicon import body_names, head_names, title_names, tokens
from extract.layout.landmarks import degree_length
from extract.layout.letters import pattern
from gazetteer import titles
from normalize.syllables import fold

_AUTHORITY = re.compile(r"^(t\s?/?\s?u\s?/?\s?q|[tk]\s?/?\s?[tml]|q)\s?(?:[.,:]\s{0,2}|\s{1,2})(?=[a-z])")
_LONGEST = 5  # words of an office
_BY_ORDER = ("TL.", "TUQ.")
_LIKE_KT = re.compile(r"K\s?/?\s?[A-Za-z1|][.,:]?\s{1,2}(?=[A-ZĐ])")  # no other authority begins with K
_NAME_WORD = r"(?:(?:[A-ZĐ]['’‘])?[A-ZÀ-Ỹ][a-zà-ỹ]{0,6}\.?|[A-ZÀ-Ỹ]{2,7})"
_NAME = pattern(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{1,4}}$")


@dataclass(frozen=True, slots=True)
class Signing:
    """Name, title and authority of the one who signs; None where the letter does not say or cannot be read."""

    name: str | None = None
    title: str | None = None
    authority: str | None = None
    lines: tuple[int, ...] = ()


def read_signing(lines: Sequence[str]) -> Signing:
    """What the lines of the signature say; `lines` of the result are the indices of those that were understood.

    A deputy below the head of the same office signs for that head (KT.), whatever is left of the line above. Who
    signs by order (TL., TUQ.) does so whether as head or for the head of the office that was ordered.
    """
    authority = title = name = None
    used: list[int] = []
    for index, line in enumerate(lines):
        text = re.sub(r"^(?:[^\w\s]+\s+|[a-z]\s+){1,4}", "", re.sub(r"\s+", " ", line))
        text = _behind_scraps(re.sub(r"^[\W_ˆ˜]+|[\W_ˆ˜]+$", "", text))
        match = _AUTHORITY.match(_plain(text))
        if match is None and (misread := _LIKE_KT.match(text)) and _is_office(text[misread.end() :]):
            authority, title = authority if authority in _BY_ORDER else "KT.", None
            used.append(index)
            continue
        if match:
            named = _written(match[1])  # the last one is that of the person who signs
            authority = authority if authority in _BY_ORDER else named
            title = None  # the office that signs stands on a line of its own below
            office = text[match.end() :]
            used.append(index)
            if authority == "Q." and _is_office(office):
                title = _title(office)
            continue
        if _is_office(text):
            above, title = title, _title(text)
            if above is not None and authority not in _BY_ORDER and title.lower() == f"phó {above.lower()}":
                authority = "KT."
            used.append(index)
        elif (found := _NAME.match(text, degree_length(text))) and not _says_something(found.group()):
            name = _person(found.group())
            used.append(index)
    return Signing(name, title, authority, tuple(used))


def _behind_scraps(text: str) -> str:
    """A line in capitals without what strokes of the pen in front of it were read as: "cất [5 KT GIÁM ĐỐC"."""
    if _AUTHORITY.match(_plain(text)) or _LIKE_KT.match(text):
        return text
    words = text.split()
    begins = (at for at in range(1, len(words)) if _is_office(" ".join(words[at:])))
    if not _is_office(text) and (at := next(begins, 0)) and all(len(word) <= 3 for word in words[:at]):
        return " ".join(words[at:])  # "VU BI PHÓ GIÁM ĐỐC"
    first = next((at for at, word in enumerate(words) if len(word.strip("./")) > 1 and word.isupper()), 0)
    rest = " ".join(words[first:])
    return rest if first and len(words) - first > 1 and rest.isupper() else text


def _plain(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) == len(text) else text.lower()


def _written(letters: str) -> str:
    return re.sub(r"[\s/]", "", letters).upper() + "."


def _is_office(text: str) -> bool:
    words = tokens(text)
    if not words or not text[:1].isupper():
        return False
    return title_names().longest(text, words, 0) is not None or _like(text) is not None


@cache
def _offices() -> dict[str, str]:
    return {fold(title.name): title.name for title in titles()}


def _like(text: str) -> str | None:
    """The office that a line in capitals with a misread letter is."""
    if not text.isupper():
        return None
    found = process.extractOne(fold(text), list(_offices()), scorer=fuzz.ratio, score_cutoff=88)
    if found:
        return _offices()[found[0]]
    words = text.split()
    for length in range(min(len(words) - 1, _LONGEST), 1, -1):  # "PHO CHU TỊCH UBND TINH"
        if name := _offices().get(fold(" ".join(words[:length]))):
            return f"{name} {spelled(' '.join(words[length:]))}"
    return None


def _title(text: str) -> str:
    text = text.upper() if sum(map(str.isupper, text)) > sum(map(str.islower, text)) else text  # PHÓ cục TRƯỞNG
    return _like(text) or spelled(text) if text.isupper() else text


def _says_something(text: str) -> bool:
    """Whether a line has the shape of a name, but holds words of an office or a body."""
    words = tokens(text)
    named = any(
        names.longest(text, words, at) is not None
        for at in range(len(words))
        for names in (title_names(), body_names())
    )
    offices = any(
        (end := head_names().longest(text, words, at)) is not None and end > at + 1 for at in range(len(words))
    )
    return named or offices or (text.isupper() and len(words) > 4) or head_names().longest(text, words, 0) == len(words)


def _person(text: str) -> str:
    return " ".join(word.capitalize() if word.isupper() else word for word in text.split())
