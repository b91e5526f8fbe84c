"""Capital and small letters of Vietnamese for patterns.

In Unicode they alternate (Ạ ạ Ả ả …), so that no range holds the capitals alone.
"""

from __future__ import annotations

import re
from functools import cache

UPPER = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
"""Capital letters outside ASCII."""

LOWER = UPPER.lower()
"""Small letters outside ASCII."""


@cache
def pattern(shape: str) -> re.Pattern[str]:
    """A compiled pattern in which ``À-Ỹ`` inside a class is every capital outside ASCII, ``à-ỹ`` every small letter."""
    return re.compile(shape.replace("À-Ỹ", UPPER).replace("à-ỹ", LOWER))
