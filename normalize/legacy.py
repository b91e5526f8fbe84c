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
LEAST_LOUD = 3
SYLLABLE_PROBABILITY = 0.99
OTHER_PROBABILITY = 0.97
"""Of a word that is no syllable once converted: a name, part of a code, a unit."""
LAST_OF_LATIN_1 = "\xff"
_PLAIN_WORD = re.compile(r"(?<!\S)[^\s\d/]+(?!\S)")
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


@cache
def _letters(encoding: str) -> frozenset[str]:
    """The letters and signs outside ASCII that `encoding` writes."""
    return frozenset(sign for codes in _tables()[encoding][1] for sign in codes)


def convert_word(word: str, encoding: str) -> str:
    """`word` of `encoding` (`tcvn3`, `vni`, `viscii`, `vps`) in Unicode, NFC.

    TCVN3 has no capitals with marks: a word whose plain letters are all capitals, or that goes on in capitals, was set
    in a capitals font.
    """
    pattern, table = _tables()[encoding]
    made = pattern.sub(lambda match: table[match.group()], word)
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    if plain and all(map(str.isupper, plain)) and (len(plain) > 1 or not made.startswith(plain[0])):
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

    Some words are legal in both readings (VNI `thò` is thị). They follow their line, and a line that holds no other
    words follows the lines before it. In a line of the encoding every word is converted, names and codes too
    (`Niª` is Niê, `24/2024/N§-CP` is NĐ-CP); in a line of Unicode only the strange ones are.
    """
    lines = text.split("\n")
    verdicts = [_is_encoded(line, encoding) for line in lines]
    inside = next((verdict for verdict in verdicts if verdict is not None), True)
    edits = []
    start = 0
    for line, verdict in zip(lines, verdicts, strict=True):
        inside = inside if verdict is None else verdict
        loud = inside and _is_loud(line)
        for match in _TOKEN.finditer(line):
            word = match.group()
            if _is_plain(word) or (not inside and is_syllable(word)) or _is_bullet(line, match):
                continue
            made = convert_word(word, encoding)
            made = made.upper() if loud else made
            if made != word and (inside or is_syllable(made)):
                probability = SYLLABLE_PROBABILITY if is_syllable(made) else OTHER_PROBABILITY
                edits.append(Edit(start + match.start(), start + match.end(), word, made, Cause.CHARSET, probability))
        start += len(line) + 1
    return edits


def _is_encoded(line: str, encoding: str) -> bool | None:
    """Whether `line` is in `encoding`; None where all its words are legal in both readings."""
    letters = _letters(encoding)
    words = [word for word in _TOKEN.findall(line) if not word.isascii()]
    strange = sum(not is_syllable(word) and is_syllable(convert_word(word, encoding)) for word in words)
    if any(letter > LAST_OF_LATIN_1 and letter.isalpha() and letter not in letters for letter in line):
        return 2 * strange > len(words)
    return True if strange else None


def _is_plain(word: str) -> bool:
    """Whether `word` is ASCII; control characters are letters of VPS."""
    return word.isascii() and word.isprintable()


def _is_bullet(line: str, match: re.Match[str]) -> bool:
    """Whether a word is a sign that opens a line: `·` before an item is no ã."""
    word = match.group()
    alone = len(word) == 1 and not line[match.end() : match.end() + 1].strip()
    return alone and not word.isalpha() and not line[: match.start()].strip()


def _is_loud(line: str) -> bool:
    """Whether the plain letters of the words of `line`, numbers and codes aside, are capitals."""
    letters = [sign for word in _PLAIN_WORD.findall(line) for sign in word if sign.isascii() and sign.isalpha()]
    return len(letters) >= LEAST_LOUD and all(map(str.isupper, letters))
