"""Full-text search with and without accents, safe for whatever a person types."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from unidecode import unidecode

from normalize.syllables import fold, has_mark

_TOKEN = re.compile(r"\w")
_LONGEST = 1000  # characters of a query that are looked at


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter that was found, with an excerpt around the first place."""

    letter: str
    path: str
    number: str | None
    symbol: str | None
    date: str | None
    subject: str | None
    excerpt: str


def match_expression(query: str, *, exact: bool = False) -> str | None:
    """What to hand to `letters_fts MATCH` for the text a person typed; None where it has no word.

    Every run of characters between blanks becomes a quoted phrase, so `766/QĐ-TTg` and `NOT "`
    are words, never syntax; a query in quotes is one phrase. Words are looked for in the
    folded text, with `exact` in the text with its marks.
    """
    query = unicodedata.normalize("NFC", query[:_LONGEST]).encode("utf-8", "replace").decode().strip()
    whole = len(query) > 1 and query[0] == query[-1] == '"'
    words = [query.strip('"')] if whole else query.split()
    column, shape = ("exact", str) if exact else ("folded", without_marks)
    phrases = [
        '"{}"'.format(shape(word).replace("\x00", " ").replace('"', " ")) for word in words if _TOKEN.search(word)
    ]
    return f"{{{column}}} : ({' AND '.join(phrases)})" if phrases else None


def without_marks(text: str) -> str:
    """`text` in lower case and plain letters (đ as d, ü as u), in which words with and without accents meet."""
    return unidecode(text).lower()


_SEARCH = """
WITH found AS (
  SELECT rowid AS search_row, 0 AS tier, bm25(letters_fts) AS score FROM letters_fts WHERE letters_fts MATCH :exact
  UNION ALL
  SELECT rowid, 1, bm25(letters_fts) FROM letters_fts WHERE letters_fts MATCH :folded
), best AS (
  SELECT search_row, min(tier) AS tier, min(score) AS score FROM found GROUP BY search_row
)
SELECT letters.id, path, number, symbol, date, subject, letters_fts.exact
FROM best
JOIN letters USING (search_row)
JOIN letters_fts ON letters_fts.rowid = best.search_row
WHERE letters.superseded_by IS NULL
ORDER BY best.tier, best.score, letters.id
LIMIT :limit
"""


def search(connection: sqlite3.Connection, query: str, limit: int = 50) -> tuple[Hit, ...]:
    """Letters that hold all words of `query`, best first.

    A query without marks finds words with any; one with marks finds the words as typed
    before those that differ in their marks only.
    """
    folded = match_expression(query)
    if folded is None:
        return ()
    # Without marks "exact" would only find letters that lost theirs.
    exact = (match_expression(query, exact=True) if has_mark(unicodedata.normalize("NFC", query)) else None) or folded
    rows = connection.execute(_SEARCH, {"exact": exact, "folded": folded, "limit": limit})
    return tuple(
        Hit(letter, path, number, symbol, date, subject, excerpt(text, query))
        for letter, path, number, symbol, date, subject, text in rows
    )


def excerpt(text: str, query: str, around: int = 80) -> str:
    """The piece of `text` around the first word of `query` that is in it, on one line, with that word in brackets."""
    flat = " ".join(text.split())
    folded = "".join(fold(letter)[:1] or letter for letter in unicodedata.normalize("NFC", flat))
    flat = unicodedata.normalize("NFC", flat)
    for word in sorted(
        fold(unicodedata.normalize("NFC", query)[:_LONGEST]).replace('"', " ").split(), key=len, reverse=True
    ):
        at = folded.find(word)
        if at >= 0:
            low, high = max(0, at - around), min(len(flat), at + len(word) + around)
            start, end = "…" if low else "", "…" if high < len(flat) else ""
            return f"{start}{flat[low:at]}[{flat[at : at + len(word)]}]{flat[at + len(word) : high]}{end}"
    return flat[: 2 * around] + ("…" if len(flat) > 2 * around else "")
