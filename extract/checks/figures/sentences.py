"""The sentences of a block, found once for all checks of its letter."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from extract.checks.figures.same import Same
from extract.components import context
from extract.components.context import Sentence
from extract.records import Block

_KEPT: Final = 512  # blocks; a longer letter is read again


def sentences(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block behind its marker."""
    return _sentences(Same(block))


@lru_cache(maxsize=_KEPT)
def _sentences(of: Same[Block]) -> tuple[Sentence, ...]:
    return context.sentences(of.one)
