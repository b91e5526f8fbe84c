"""Words that say what a figure is, found quickly: most figures have none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

DENIED: Final = re.compile(r"\b(?:chưa|không)(?: được)? ([^\W\d_]+ [^\W\d_]+)")
"""What a negation denies, in two words: "chưa được giải quyết xong"."""
DATE_LIKE: Final = re.compile(r"(?:ngày|tháng|từ|đến|số|thứ|hạng|vị trí|top|bậc|đứng|xếp)\s*$", re.IGNORECASE)
"""What makes of "12/40" behind it a day, a number or a place, and no part of a whole."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, and what every text that it is found in holds at least one of."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found in a text."""
        return any(sign in text for sign in self.signs) and self.pattern.search(text) is not None
