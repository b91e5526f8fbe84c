"""What the gazetteer knows, as lines of text: names of units and bodies in the company they keep in letters."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer import abbreviations, load_gazetteer

WEIGHT = 2
"""How often each line is counted beside the training text."""

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
