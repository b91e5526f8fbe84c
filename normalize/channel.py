"""The channel: how likely an engine reads one stretch of letters where another was set.

The learned counts (`data/channel_*.tsv`) come from pages that were set, worn and
read. Below them lies a floor for what the pages did not show: marks lost or
exchanged over the same base letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalize.syllables import fold, without_tone

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
"""Every letter of the vocabulary, lower case."""

Edits = dict[str, dict[str, list[tuple[str, float]]]]
"""By what was read, then by the first letter set (lower case): the second letter set or nothing, log P(read | set)."""

LEAST = -9.5
"""Edits less likely than this are left out."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Least log probabilities: `same` for a letter read as it is, `bare` for its marks lost, `marks` for other marks.

    `tone` is for the tone alone lost over a hat, breve or horn: ẩ read as â, the least ink of all that goes.

    Letters lost, changed or added are for words no candidate fits; `shapes` adds what engines without Vietnamese
    see, `noise` is for signs that belong to no letter, `unknown` for each letter of a word outside the vocabulary.
    """

    same: float
    bare: float
    marks: float
    tone: float
    letter_lost: float
    sign_added: float
    letter_changed: float
    shapes: bool
    noise: float
    unknown: float


GARBLED_FLOOR = Floor(
    same=-4.5,
    bare=-3.5,
    marks=-6.0,
    tone=-6.0,
    letter_lost=-8.5,
    sign_added=-8.0,
    letter_changed=-9.0,
    shapes=True,
    noise=-5.5,
    unknown=-3.2,
)
OCR_FLOOR = Floor(
    same=-0.2,
    bare=-6.5,
    marks=-6.5,
    tone=-5.0,
    letter_lost=-8.0,
    sign_added=-8.0,
    letter_changed=-8.5,
    shapes=False,
    noise=-5.5,
    unknown=-1.0,
)


@dataclass(frozen=True, slots=True)
class Channel:
    """One engine: edits for letters set in lower case and in capitals, and the floor for what was never seen."""

    lower: Edits
    upper: Edits
    floor: Floor


def _learned(name: str) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    lower: dict[tuple[str, str], float] = {}
    upper: dict[tuple[str, str], float] = {}
    for row in files("normalize").joinpath(f"data/channel_{name}.tsv").read_text(encoding="utf8").splitlines():
        if not row or row.startswith("#"):
            continue
        source, read, value = row.split("\t")
        if source.isupper():
            upper[source.lower(), read] = float(value)
        elif source.islower():
            lower[source, read] = float(value)
    return lower, upper


@cache
def _shapes() -> tuple[tuple[str, str, float], ...]:
    """(letter, what is read for it, log probability) of `shapes.tsv`, for each letter it speaks of."""
    found = []
    for row in files("normalize").joinpath("data/shapes.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            base, read, value = row.split("\t")
            found += [(letter, read, float(value)) for letter in LETTERS if _belongs(letter, base)]
    return tuple(found)


def _belongs(letter: str, base: str) -> bool:
    if base.endswith("="):
        return letter == base[:-1]
    return letter != fold(letter) and ("đ" if letter == "đ" else fold(letter)) == base


_VOWEL_OF_CAPITALS = -2.0
"""The shapes are those of small letters; capital vowels with marks resemble other letters less: TT is not TỪ."""


def _with_floor(learned: dict[tuple[str, str], float], floor: Floor, *, capitals: bool) -> dict[tuple[str, str], float]:
    values = dict(learned)
    for letter in LETTERS:
        for other in LETTERS:
            if fold(other) != fold(letter):
                continue
            least = floor.marks
            if other == letter:
                least = floor.same
            elif other == fold(letter):
                least = floor.bare
            elif other == without_tone(letter):
                least = floor.tone
            read = other.upper() if capitals else other
            values[letter, read] = max(values.get((letter, read), least), least)
    if floor.shapes:
        for letter, shape, least in _shapes():
            read = shape
            if capitals and shape.isalpha() and len(shape) == 1:
                read = shape.upper()
                least += _VOWEL_OF_CAPITALS if fold(letter) in "aeiouy" else 0.0
            values[letter, read] = max(values.get((letter, read), least), least)
    return values


def _indexed(values: dict[tuple[str, str], float]) -> Edits:
    table: Edits = {}
    for (source, read), value in sorted(values.items()):
        if value >= LEAST and all(letter in LETTERS for letter in source):
            table.setdefault(read, {}).setdefault(source[0], []).append((source[1:], value))
    return table


_MIXED_CASE = -2.5


@cache
def load_channel(name: str) -> Channel:
    """The channel of the engine `eng` or `vie`."""
    floor = GARBLED_FLOOR if name == "eng" else OCR_FLOOR
    lower, upper = _learned(name)
    small = _with_floor(lower, floor, capitals=False)
    large = _with_floor(upper, floor, capitals=True)
    capital_reads = {read for _, read in large}
    for (source, read), value in small.items():  # small letters among capitals: NGHiA
        if read not in capital_reads:
            large[source, read] = value + _MIXED_CASE
    return Channel(_indexed(small), _indexed(large), floor)
