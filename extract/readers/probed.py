"""What a first look at a file says, apart from all it takes to look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is: the hash of its bytes, its media type by content, its number of pages."""

    sha256: str
    media_type: str
    pages: int
