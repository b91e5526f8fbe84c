"""The training text: one paragraph a line in `*.txt.xz`, with blocks of each file held out for measuring."""

from __future__ import annotations

import lzma
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

SETS = {
    "tvpl_docs": 4,
    "lvn_docs": 3,
    "vbpl_toanvan": 2,
    "phapdien": 1,
    "tvpl_qa": 1,
    "viwiki_vn": 1,
    "tech_debian_vi": 1,
}
"""Names of the sets and how often each is counted: the nearer to an office's letters, the more."""

SHARES = {
    "tvpl_docs": 2.0,
    "lvn_docs": 2.0,
    "vbpl_toanvan": 1.0,
    "phapdien": 0.35,
    "tvpl_qa": 0.35,
    "viwiki_vn": 0.8,
    "tech_debian_vi": 0.5,
}
"""How often the context model reads each set; a part is a part of its sequences."""

BLOCK = 150
"""Paragraphs of a block; a block stands for a document: the held-out part shares none with the training part."""

_LEAST_ASCII_OR_VIETNAMESE = 0.97


def held_out(name: str, number: int) -> bool:
    """Whether paragraph `number` (from 0) of set `name` is kept for measuring: one block in eighty."""
    return zlib.crc32(f"{name}/{number // BLOCK}".encode()) % 80 == 7


def paragraphs(folder: Path, name: str, *, held: bool) -> Iterator[str]:
    """The paragraphs of a set in NFC: the held-out ones, or all others. Text in legacy encodings is left out."""
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf8") as lines:
        for number, line in enumerate(lines):
            if (
                held_out(name, number) == held
                and (text := unicodedata.normalize("NFC", line.strip()))
                and _readable(text)
            ):
                yield text


def _readable(text: str) -> bool:
    """Whether the letters are those of modern Vietnamese; TCVN3 text that was read as Latin-1 fails."""
    strange = sum(1 for letter in text if "\u00a0" < letter < "\u00c0" or letter in "ÆÇËÎÏÐÑÖ×ØÜÞßäåæçëîïðñö÷øüþÿ")
    return strange <= (1 - _LEAST_ASCII_OR_VIETNAMESE) * len(text)
