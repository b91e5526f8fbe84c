"""Words that scores, ranks and classes are told by (`data/standings.toml`), looked for through damage."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.components.context import UPPER
from extract.wordlists import wordlist
from normalize.syllables import fold, is_syllable

_SPECK = re.compile(  # "thứ? 52/63": a tone mark read as a mark; "58 -và 56": dirt before a word
    r"(?<=[^\W\d_])[?'’`](?=\s+[\d(]|\s+[^\W\d_])|(?<=\d)\.(?=\sđiểm\b)"
    rf"|(?<=[a-zà-ỹ])\.(?=[{UPPER}][^\W\d_])|(?<=\w)-(?=và\s)|(?<=vị trí)-(?=th)"
    r"|(?<=\s)[-_~](?=(?:và|đạt|xếp|so|tăng|giảm)\b)"
)
_WORD = re.compile(r"(?<![\w/.-])[^\W\d_]{3,5}(?![\w/-])")
_IN_NAME = re.compile(rf"\b[{UPPER}][^\W\d_]{{0,7}}\s$")
_NTH = re.compile(r"(?:(?<=vị trí )|(?<=xếp vị )|(?<=đứng vị ))th[^\s\d]{1,3}(?=\s+\d)")
_STANDS = re.compile(r"\b[dđ][^\W\d_]{2,4}(?=\s(?:cuối|đầu|thứ|hạng|vị trí)\b)")
_REACHED = re.compile(r"\bd(?=ạt\s(?:\d|trên|mức|loại|tỷ lệ))")  # "SIPAS dạt 80,43%"
_CLASS = re.compile(  # "Xếp loại Tết", "+ T6ét (06): …": classes read wrong where only a class can stand
    r"((?:\A|\b(?:loại|mức|đơn vị)\s)[-+•*\s]{0,3})(T[o60ôốổồộéêếe]{1,3}t|Kha"
    r"|Kh[^\W\d_]{1,2}(?=\s\(\d{1,3}\)\s?:))(?=\s*[(:,;.]|\s+(?:có|gồm|là)\s|\s*$)"
)
_AS_IF = re.compile(
    r"\bnếu (?:như )?(?=(?:(?:ở |trong |vào )?(?:năm|tháng|quý)"
    r"|so)\s)",
    re.IGNORECASE,
)  # compares years
_LETTERS = re.compile(r"[^\W\d_]+")
_REACH = 120  # characters before a statement in which words that unsay it are looked for


def readable(text: str) -> str:
    """The text with damaged words that can only be one of the cues read as it; of the same length.

    >>> readable("xếp vị tht? 18/63")
    'xếp vị thứ  18/63'
    """
    if text.isascii() and "?" not in text:
        return text
    told = _WORD.sub(_mended, _SPECK.sub(" ", text))
    told = _NTH.sub(lambda match: "thứ".ljust(len(match.group())), told)
    told = _STANDS.sub(_stands, _REACHED.sub("đ", told))
    return _CLASS.sub(_class, told)


def is_wanted(text: str, start: int) -> bool:
    """Whether what stands at `start` is a target: words before it in its clause say so."""
    clause = text[max(start - _REACH, 0) : start]
    clause = clause[max(clause.rfind(";"), clause.rfind(". ")) + 1 :]
    return bool(_any_of("wanted").search(_AS_IF.sub(" ", clause)))


def is_exam(text: str) -> bool:
    """Whether a sentence is about the marks of people in an examination."""
    return bool(_any_of("exams").search(text))


def is_economy(name: str) -> bool:
    """Whether an index is one of the economy ("chỉ số giá tiêu dùng"), whose values are figures."""
    return bool(_any_of("economy").search(name))


def is_graded(text: str, start: int) -> bool:
    """Whether the words right before `start` name a person or thing that has grades ("thương binh hạng 1/4")."""
    before = text[max(start - 40, 0) : start].rstrip(" (")
    return any(before.endswith(f" {word}") or before.lower() == word for word in listed("graded"))


def is_plain(text: str) -> bool:
    """Whether a text says nothing but that something is reached: no word that could be what is counted."""
    told = text.lower().replace("tỷ lệ điểm", "điểm")
    return all(word in _plain() for word in _LETTERS.findall(told))


@cache
def _plain() -> frozenset[str]:
    return frozenset(listed("plain"))


@cache
def listed(key: str) -> tuple[str, ...]:
    """A list of the data file."""
    data = wordlist("extract.components", "standings")
    return tuple(data[key])


@cache
def _any_of(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed(key)))})\b", re.IGNORECASE)


def _stands(match: re.Match[str]) -> str:
    word = match.group()
    return word if is_syllable(word) else "đứng".ljust(len(word))


def _class(match: re.Match[str]) -> str:
    cue, word = match.groups()
    return cue + ("Khá" if word[0] == "K" else "Tốt").ljust(len(word))


def _mended(match: re.Match[str]) -> str:
    word = match.group()
    if word.isupper() or (
        word[0].isupper() and _IN_NAME.search(match.string, max(match.start() - 9, 0), match.start())
    ):
        return word  # "huyện Mang Yang"
    return _read_as(word)


@lru_cache(maxsize=4096)
def _read_as(word: str) -> str:
    if is_syllable(word):
        return word
    bare = fold(word)
    near = [cue for cue in listed("cues") if len(cue) == len(word) and _apart(fold(cue), bare) <= 1]
    if len(near) != 1:
        return word
    return near[0].capitalize() if word[0].isupper() else near[0]


def _apart(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True)) if len(first) == len(second) else len(first)
