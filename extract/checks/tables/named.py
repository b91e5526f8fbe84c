"""Names of rows in running text: "huyện Tứ Kỳ", "UBND huyện Tứ Kỳ" and "Tứ Kỳ" are one, "thị xã Tứ Kỳ" is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gazetteer.keys import new_placement, strip_marks

WORD: Final = re.compile(r"\w+")
_TYPES: Final = {
    ("thành", "phố"): "thành phố", ("thị", "xã"): "thị xã", ("thị", "trấn"): "thị trấn", ("tp",): "thành phố",
    ("tx",): "thị xã", ("tt",): "thị trấn", ("huyện",): "huyện", ("quận",): "quận", ("phường",): "phường",
    ("xã",): "xã", ("tỉnh",): "tỉnh", ("sở",): "sở",
}  # fmt: skip
_OFFICES: Final = (("ủy", "ban", "nhân", "dân"), ("ubnd",))
_LONGEST: Final = 8  # words of a name; more is a description
_SHORTEST: Final = 3  # letters of a name that is one word


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in lower case and as a key, and its place."""

    word: str
    key: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a row's name without its type, which is "" where it has none; `proper` names have capitals."""

    words: tuple[str, ...]
    type: str
    proper: bool


def keys_in(text: str) -> set[str]:
    """The keys of a text's words."""
    return set(map(_key, WORD.findall(text)))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    return tuple(
        Token(new_placement(match[0].lower()), _key(match[0]), match.start(), match.end(), match[0][0].isupper())
        for match in WORD.finditer(text)
    )


@lru_cache(maxsize=4096)
def name_of(label: str) -> Name | None:
    """The name that a row's label is; None where it is a description, or one common word."""
    printed = WORD.findall(label.partition("(")[0])
    words = [new_placement(word.lower()) for word in printed]
    for office in _OFFICES:
        if tuple(words[: len(office)]) == office and len(words) > len(office):
            words, printed = words[len(office) :], printed[len(office) :]
    length = next((length for length in (2, 1) if tuple(words[:length]) in _TYPES and len(words) > length), 0)
    kind = _TYPES[tuple(words[:length])] if length else ""
    printed = printed[length:]
    if not printed or len(printed) > _LONGEST or printed[0].isdigit():
        return None
    capitals = [word for word in printed if word[0].isupper()]
    short = len(printed) == 1 and not kind and not (printed[0].isupper() and len(printed[0]) >= _SHORTEST)
    if short or not capitals:
        return None
    return Name(tuple(map(_key, printed)), kind, bool(kind) or len(capitals) > len(printed) / 2)


def place_of(name: Name, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Where the name whose first word stands at `at` begins, with its type, and ends; None where it is another."""
    end = at + len(name.words)
    if tuple(token.key for token in tokens[at:end]) != name.words or (name.proper and not tokens[at].capital):
        return None
    for length in (2, 1):
        kind = _TYPES.get(tuple(token.word for token in tokens[at - length : at])) if at >= length else None
        if kind is not None:
            fits = kind == name.type or not name.type
            return (tokens[at - length].start, tokens[end - 1].end) if fits else None
    if name.type and len(name.words) == 1:
        return None
    return tokens[at].start, tokens[end - 1].end


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    return strip_marks(new_placement(word.lower()))
