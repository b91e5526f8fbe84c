"""Where text breaks: sentences, what a semicolon ends too, and brackets without brackets in them."""

from __future__ import annotations

import re
from typing import Final

SENTENCE: Final = re.compile(r"[.]\s")
STOP: Final = re.compile(r"[.;]\s")
BRACKETS: Final = re.compile(r"\([^()]*\)")
WORD: Final = re.compile(r"[^\W\d_]+")
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
"""A year as it is printed."""
