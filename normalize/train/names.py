"""What the gazetteer and the list of terms know, as lines of text: names in the company they keep in letters."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from gazetteer import abbreviations, load_gazetteer

WEIGHT = 2
"""How often each line is counted beside the training text."""

TERM_WEIGHT = 20
"""How often each term of office work is counted; 10 to 40 measured alike."""

_FRAMES = ("{}", "Ủy ban nhân dân {}", "UBND {}", "trên địa bàn {}", "của {}")
_PARENT_KINDS = ("province", "district")


def short_forms() -> list[str]:
    """Abbreviations in lower case, for the vocabulary."""
    return sorted({entry.short.lower() for entry in abbreviations() if entry.short.isalpha()})


def name_lines() -> Iterator[str]:
    """Lines that hold every name of the gazetteer."""
    gazetteer = load_gazetteer()
    names = {entry.id: entry.name for entry in gazetteer.entries()}
    for entry in gazetteer.entries():
        for frame in _FRAMES if entry.unit_type else _FRAMES[:1]:
            yield frame.format(entry.name)
        if entry.parent in names and entry.kind.value in _PARENT_KINDS:
            yield f"{entry.name}, {names[entry.parent]}"
        yield from entry.short_names
    for abbreviation in abbreviations():
        yield f"{abbreviation.full} ({abbreviation.short})"


def term_lines() -> Iterator[str]:
    """The terms of office work (`data/terms.txt`), each a stretch from within a sentence."""
    for line in files("normalize").joinpath("data/terms.txt").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield line
