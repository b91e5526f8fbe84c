"""Keys derived from content, so that the same archive gives the same rows and a decision finds its record again."""

from __future__ import annotations

import hashlib
import re

from extract.records import Proof, Reading
from normalize.syllables import fold

_BLANK = re.compile(r"\s+")


def letter_key(sha256: str) -> str:
    """Key of the letter: 80 bits of the hash of its file."""
    return sha256[:20]


def search_row(sha256: str) -> int:
    """Row number of the letter in the full-text index: 63 bits of the hash of its file."""
    return int(sha256[:16], 16) >> 1


class RecordKeys:
    """Hands out the keys of one letter's records.

    A key is 48 bits of the letter's hash (rows of one letter lie together) and 48 bits of
    the hash of kind, span and ordinal among equals. The span is that of the raw text, because
    it stays where it is when the repair of words before it changes.
    """

    def __init__(self, sha256: str, reading: Reading | None) -> None:
        self._letter = sha256
        self._reading = reading
        self._seen: dict[str, int] = {}

    def key(self, kind: str, evidence: Proof, detail: str = "") -> str:
        """The key of the next record of `kind`; `detail` tells records apart that no span tells apart."""
        place = f"{self._letter}|{kind}|{self._span(evidence)}|{detail}"
        ordinal = self._seen[place] = self._seen.get(place, -1) + 1
        digest = hashlib.sha256(f"{place}|{ordinal}".encode("utf-8", "backslashreplace")).hexdigest()
        return self._letter[:12] + digest[:12]

    def _span(self, evidence: Proof) -> str:
        if not evidence:
            return ""
        start, end = min(entry.start for entry in evidence), max(entry.end for entry in evidence)
        if self._reading is not None:
            start, end = self._reading.repaired.to_raw(start, end)
        return f"{start},{end}"


def reference_key(number: str | None, symbol: str | None) -> str | None:
    """What two mentions of one document share, e.g. `3/nq/tu` for 03-NQ/TU; None without number or symbol."""
    if not number or not symbol:
        return None
    parts = _BLANK.sub("", number).split("/")
    return fold("/".join([parts[0].lstrip("0") or "0", *parts[1:], _BLANK.sub("", symbol)])).replace("-", "/")


def run_key(*parts: str) -> str:
    """Key of a run from what it was started with and when."""
    return hashlib.sha256("|".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:20]
