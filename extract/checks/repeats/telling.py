"""The words that tell two mentions of one figure from figures of two things, as `data/told.toml` holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.checks.figures.breaks import WORD
from extract.checks.figures.cues import Cue
from extract.wordlists import wordlist


def telling(text: str) -> frozenset[str]:
    """The syllables of a text that say what is counted, in lower case."""
    return frozenset(told_in(text))


def told_in(text: str) -> list[str]:
    """The same as they stand, one for all that say the same."""
    alike = data().alike
    return [alike.get(word, word) for word in WORD.findall(data().empty.sub(" ", text.lower()))]


@dataclass(frozen=True, slots=True)
class Data:
    """The words of `data/told.toml`."""

    empty: re.Pattern[str]
    kinds: re.Pattern[str]
    times: re.Pattern[str]
    planned: re.Pattern[str]
    judged: re.Pattern[str]
    other: re.Pattern[str]
    named: re.Pattern[str]
    known: re.Pattern[str]
    all: re.Pattern[str]
    acted: re.Pattern[str]
    demands: Cue
    aside: re.Pattern[str]
    alike: dict[str, str]


@cache
def data() -> Data:
    """The words, as they stand in the data."""
    known = wordlist("extract.checks", "told")
    empty = re.compile(rf"\b(?:{'|'.join(known['empty'])})\b")
    kinds, planned = (re.compile(rf"\b{known[name]}\b") for name in ("kinds", "planned"))
    return Data(
        empty,
        kinds,
        times=re.compile(rf"\b{known['times']}"),
        planned=planned,
        judged=re.compile(rf"\b{known['judged']}\b"),
        other=re.compile(rf"\b{known['other']}\b"),
        named=re.compile(rf"{known['named']}\b"),
        known=re.compile(rf"(?:^|\b|\s){known['known']}\s$"),
        all=re.compile(rf"\b{known['all']}\b"),
        acted=re.compile(rf"\b{known['acted']}\b[^.;,\d]{{0,60}}$"),
        demands=Cue(tuple(known["demands_signs"]), re.compile(rf"\b{known['demands']}\b")),
        aside=re.compile(rf"\b{known['aside']}\b[^.;]{{0,24}}$"),
        alike={word: words[0] for words in known["alike"] for word in words},
    )
