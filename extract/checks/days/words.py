"""The words of `data/days.toml`."""

from __future__ import annotations

import re
from functools import cache

from extract.wordlists import wordlist


def any_of(name: str) -> str:
    """A pattern for one of the words of a list, to be built into a larger one."""
    words: str = wordlist("extract.checks", "days")[name]
    return f"(?:{words})"


def signs_of(name: str) -> tuple[str, ...]:
    """What every text that holds one of the words of a list holds at least one of, in lower case."""
    words: str = wordlist("extract.checks", "days")[f"{name}_signs"]
    return tuple(words.split("|"))


@cache
def says(name: str) -> re.Pattern[str]:
    """One of the words of a list anywhere in a text, whole and in any case."""
    return re.compile(rf"(?<!\w){any_of(name)}(?!\w)", re.IGNORECASE)
