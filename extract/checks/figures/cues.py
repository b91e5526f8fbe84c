"""Words that say what a figure is, found quickly: most figures have none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

DENIED: Final = re.compile(r"\b(?:chưa|không)(?: được)? ([^\W\d_]+ [^\W\d_]+)")
"""What a negation denies, in two words: "chưa được giải quyết xong"."""
DATE_LIKE: Final = re.compile(r"(?:ngày|tháng|từ|đến|số|thứ|hạng|vị trí|top|bậc|đứng|xếp)\s*$", re.IGNORECASE)
"""What makes of "12/40" behind it a day, a number or a place, and no part of a whole."""
_LONGEST: Final = 24  # characters of a word, or of a few
_NOT_BEFORE: Final = re.compile(r"\(\?<![^()]*\)|\\b")


@lru_cache(maxsize=256)
def _lowered(text: str) -> str:
    """A text in lower case, remembered for the checks that ask in turn."""
    return text.lower()


def holds(text: str, *signs: str) -> bool:
    """Whether a text holds one of some signs, in capitals or not: asked before what takes longer to find."""
    return any(map(_lowered(text).__contains__, signs))


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, and what every text that it is found in holds at least one of."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found in a text."""
        return any(map(text.__contains__, self.signs)) and self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Ending:
    """A pattern that reaches to the end of a text in lower case, and what there stands before any blanks and marks."""

    ends: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_at_end_of(self, text: str) -> bool:
        """Whether a text ends so."""
        last = text.rstrip().rstrip("-:.").rstrip()[-_LONGEST:].lower()
        return last.endswith(self.ends) and self.pattern.search(text.lower()) is not None


def ending(words: str, behind: str, *others: str) -> Ending:
    """Words at the end of a text, in capitals or not, told in lower case.

    Args:
        words: the words, parted by "|"; each may begin with a pattern of what must not stand before it.
        behind: a pattern of what may stand behind them: blanks, the marks "-:.", and `others`.
        others: words that may stand behind them.
    """
    ends = {_NOT_BEFORE.sub("", word) for word in words.split("|")}
    return Ending((*ends, *others), re.compile(rf"(?:{words}){behind}$"))
