"""Gold letters in a folder: answers and the letters they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LETTER_SUFFIXES = (".txt", ".pdf", ".png", ".jpg", ".tif", ".hocr", ".xml")
_NOT_LETTERS = (".restored", ".truth", ".gold")


@dataclass(frozen=True, slots=True)
class GoldLetter:
    """A letter with its right records and its right text; None where gold does not state them."""

    key: str
    path: Path
    records: dict[str, Any] | None
    text: str | None


def find_gold(folder: Path, letters: Path) -> Iterator[GoldLetter]:
    """The gold letters of `folder` whose letter lies in `letters`, sorted by key.

    Text in a folder of `folder` called like `letters` comes first: there it has the lines of that rendering.
    """
    names = {path.name.split(".")[0] for pattern in ("*.gold.json", "*.restored.txt") for path in folder.glob(pattern)}
    for key in sorted(names):
        records, aligned = folder / f"{key}.gold.json", folder / letters.name / f"{key}.restored.txt"
        text = aligned if aligned.exists() else folder / f"{key}.restored.txt"
        for path in sorted(letters.glob(f"{key}.*")):
            if path.suffix in LETTER_SUFFIXES and not any(mark in path.name for mark in _NOT_LETTERS):
                yield GoldLetter(
                    key,
                    path,
                    json.loads(records.read_text(encoding="utf-8")) if records.exists() else None,
                    text.read_text(encoding="utf-8").replace("\f\n", "") if text.exists() else None,
                )
