"""The words of `data/days.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "data/days.toml"


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("extract.checks").joinpath(_FILE).read_text(encoding="utf8"))


def any_of(name: str) -> str:
    """A pattern for one of the words of a list, to be built into a larger one."""
    return f"(?:{_lists()[name]})"


@cache
def says(name: str) -> re.Pattern[str]:
    """One of the words of a list anywhere in a text, whole and in any case."""
    return re.compile(rf"(?<!\w){any_of(name)}(?!\w)", re.IGNORECASE)
