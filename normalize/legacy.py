"""Legacy encodings: TCVN3, VNI, VISCII and VPS text that was read as Latin-1.

The conversion is a table (`data/legacy.tsv`); the work is to recognise which
one applies, which the closed set of syllables decides. The library viparse
has the same tables (they were taken from it, MIT licence, and completed by VNI ẳ and the
CP1252 forms of VISCII and VPS) but converts whole texts without
offsets and never recognises VPS, so a repair made by it could not be recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalize.edits import Cause, Edit
from normalize.syllables import is_syllable

LEAST_WORDS = 8
LEAST_SHARE = 0.75
LEAST_STRANGE = 0.3
_TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A legacy encoding found in a text.

    `words` non-ASCII words were looked at; `share` (0..1) of them are legal
    syllables after conversion.
    """

    name: str
    words: int
    share: float


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    maps: dict[str, dict[str, str]] = {}
    for row in files("normalize").joinpath("data/legacy.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            name, codes, letter = row.split("\t")
            maps.setdefault(name, {})["".join(chr(int(code, 16)) for code in codes.split())] = letter
    return {
        name: (re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table)
        for name, table in maps.items()
    }


def convert_word(word: str, encoding: str) -> str:
    """`word` of `encoding` (`tcvn3`, `vni`, `viscii`, `vps`) in Unicode, NFC.

    TCVN3 has no capitals with marks: a word whose plain letters are all capitals was set in a capitals font.
    """
    pattern, table = _tables()[encoding]
    made = pattern.sub(lambda match: table[match.group()], word)
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    if len(plain) > 1 and all(map(str.isupper, plain)):
        return made.upper()
    return made


def detect(text: str) -> Encoding | None:
    """The legacy encoding `text` is in, or None.

    The words outside ASCII that are no syllables as they stand decide: converted they are.
    """
    words = [word for word in _TOKEN.findall(text) if not word.isascii() and any(map(str.isalpha, word))]
    if len(words) < LEAST_WORDS:
        return None
    strange = [word for word in words if not is_syllable(word)]
    if len(strange) < max(LEAST_WORDS, LEAST_STRANGE * len(words)):
        return None
    found = [Encoding(name, len(strange), _share(strange, name)) for name in _tables()]
    best = max(found, key=lambda encoding: encoding.share)
    return best if best.share >= LEAST_SHARE else None


def _share(words: list[str], encoding: str) -> float:
    return sum(is_syllable(convert_word(word, encoding)) for word in words) / len(words)


def convert(text: str, encoding: str) -> list[Edit]:
    """The edits that turn `text` of `encoding` into Unicode, one a word, in order.

    Some words are legal in both readings (VNI `thò` is thị). They follow their line: where most words outside ASCII
    are no syllables as they stand, all are converted; in a line of Unicode only the strange ones are.
    """
    edits = []
    start = 0
    for line in text.split("\n"):
        found = [match for match in _TOKEN.finditer(line) if not match.group().isascii()]
        strange = sum(not is_syllable(match.group()) for match in found)
        for match in found:
            word = match.group()
            made = convert_word(word, encoding)
            if made != word and is_syllable(made) and (2 * strange > len(found) or not is_syllable(word)):
                edits.append(Edit(start + match.start(), start + match.end(), word, made, Cause.CHARSET, 0.99))
        start += len(line) + 1
    return edits
