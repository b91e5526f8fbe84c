"""Words that units, names and stops of figures are told by (`data/figures.toml`)."""

from __future__ import annotations

from functools import cache

from extract.wordlists import wordlist
from gazetteer.keys import folded


@cache
def listed(key: str) -> frozenset[str]:
    """A list of the data file, as printed there."""
    data = wordlist("extract.components", "figures")
    return frozenset(data[key])


@cache
def units() -> frozenset[str]:
    """All units in lower case."""
    return frozenset(unit.lower() for unit in listed("units"))


@cache
def actors() -> frozenset[str]:
    """Bodies that act at the head of a clause, without marks."""
    return frozenset(map(folded, listed("actors")))


def is_unit(text: str) -> bool:
    """Whether a text is a unit or a counted noun, in any case."""
    return " ".join(text.lower().split()) in units()


def measures(unit: str) -> bool:
    """Whether a unit measures ("triệu đồng", "km/h"), and does not count."""
    return unit.split("/")[0].split()[-1].lower() in listed("measures")
