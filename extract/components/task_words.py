"""The words tasks are told by: verbs, words that order, words for those who can be ordered."""

from __future__ import annotations

import re
from functools import cache

from extract.components.context import UPPER
from extract.wordlists import wordlist
from normalize.syllables import fold

HEADS = ("Báo", "Đài", "Sở", "Cục", "Hội", "Viện", "Trường", "Phòng", "Thuế")  # bodies told by one syllable
"""Words for bodies that are one syllable."""

_FAMILIES = {
    family[0]: f"[{family}]"
    for family in ("aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ")
}


def starts_with_verb(text: str) -> bool:
    """Whether a text begins with a verb of a task ("Rà soát, khắc phục …")."""
    opening = text.lstrip(" “\"'")
    if not opening:
        return False
    if _opener_pattern().match(opening[0].lower() + opening[1:]):
        return True
    return fold(" ".join(opening[:40].split()[:2])) in _folded_verbs()  # "Bồ trí" is "Bố trí"


def names_actor(text: str) -> bool:
    """Whether a text begins with a word for those who can be given a task."""
    return actor_pattern().match(text) is not None


@cache
def _opener_pattern() -> re.Pattern[str]:
    return _words((data("verbs") | data("openers")) - {"kính"})


@cache
def _folded_verbs() -> frozenset[str]:
    """Verbs of two syllables without their marks: too long to be another word by chance."""
    return frozenset(fold(verb) for verb in data("verbs") if len(verb.split()) == 2)


@cache
def department_pattern() -> re.Pattern[str]:
    """Names of departments of one word, which nothing but a level of administration or a clause follows."""
    return re.compile(rf"\b(?:Sở|Bộ|Phòng|Ban)\s(?:{'|'.join(sorted(data('departments')))})(?!\w)")


@cache
def agent_pattern() -> re.Pattern[str]:
    """Finds verbs of what only people do."""
    return _words(data("agent_verbs"))


@cache
def verb_pattern() -> re.Pattern[str]:
    """Finds the words that end the naming of actors."""
    return _words(data("verbs") | data("ends"))


def _words(listed: frozenset[str]) -> re.Pattern[str]:
    verbs = sorted(listed, key=lambda verb: (-len(verb), verb))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, verbs))})(?!\w)")


@cache
def actor_pattern() -> re.Pattern[str]:
    """Finds the first words of those who can be given a task."""
    actors = sorted(data("actors"), key=lambda actor: (-len(actor), actor))
    others = "|".join(map(re.escape, sorted(data("not_actors"))))
    damaged = "|".join(head[0] + _any_marks(head[1:]) for head in HEADS)
    return re.compile(
        rf"(?:(?:các|những|toàn thể)\s+)?(?:{'|'.join(map(re.escape, actors))}"
        rf"|(?-i:(?:{damaged})(?=\s[{UPPER}])))(?!\w)"
        rf"(?!,?\s+chống\b|\s+(?:{others}|(?-i:hội|hành|HÀNH|vệ|bộ))(?!\w))",
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
def order_pattern() -> re.Pattern[str]:
    """Finds words that order or ask, before those they order."""
    orders = "|".join(map(_loosely, sorted(data("orders"), key=lambda order: (-len(order), order))))
    return re.compile(
        rf"(?<!\w)({orders})[-.~]?(?:\s+cho|\s*:|\s+đến)?\s+(?=(?:{actor_pattern().pattern}))",
        re.IGNORECASE,
    )


@cache
def data(key: str) -> frozenset[str]:
    """A list of words of `data/tasks.toml`."""
    listed = wordlist("extract.components", "tasks")
    return frozenset(listed[key])
