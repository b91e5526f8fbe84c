"""Held-out text: pages of paragraphs no model was trained on, and the ways they are damaged."""

from __future__ import annotations

import random
from collections.abc import Callable

from unidecode import unidecode

from benchmarks.places import SHARED
from normalize.tokens import TokenKind, tokenize
from normalize.train.corpus import paragraphs

TEXT = SHARED / "text"
SOURCES = {"administrative": ("tvpl_docs", "lvn_docs", "vbpl_toanvan"), "general": ("viwiki_vn",)}
PARAGRAPHS = 500
PAGE = 25
"""Paragraphs repaired together, about a page or two."""


def held_out_pages(kind: str) -> list[str]:
    """Pages of `SOURCES[kind]`, the same in every run."""
    pool = [text for name in SOURCES[kind] for text in paragraphs(TEXT, name, held=True)]
    random.Random(3).shuffle(pool)
    return ["\n".join(pool[start : start + PAGE]) for start in range(0, min(PARAGRAPHS, len(pool)), PAGE)]


def strip(text: str) -> str:
    """The text without a mark on any letter; signs stay."""
    return "".join(unidecode(letter) if letter.isalpha() else letter for letter in text)


def misread(text: str, damage_word: Callable[[str], str]) -> str:
    """The text with every word of letters alone put through `damage_word`."""
    parts, at = [], 0
    for token in tokenize(text):
        if token.kind is TokenKind.WORD and token.text.isalpha():
            parts += [text[at : token.start], damage_word(token.text)]
            at = token.end
    return "".join([*parts, text[at:]])
