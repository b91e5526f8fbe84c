"""The word lists of a package: TOML files in its `data` folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wordlist(package: str, name: str) -> dict[str, Any]:
    """The file `data/NAME.toml` of a package, read once; callers leave it as it is."""
    return tomllib.loads(files(package).joinpath(f"data/{name}.toml").read_text(encoding="utf8"))
