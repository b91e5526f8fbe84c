"""Words that say what a figure is, found quickly: most figures have none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, and what every text that it is found in holds at least one of."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found in a text."""
        return any(sign in text for sign in self.signs) and self.pattern.search(text) is not None
