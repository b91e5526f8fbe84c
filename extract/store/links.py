"""Links between letters of the archive: who cites whom, and which files are scans of one letter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from normalize.syllables import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation: who makes it, and what it says of the document besides number and symbol."""

    citation: str
    letter: str
    letter_date: str | None
    date: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A letter of the archive with the cited number and symbol."""

    letter: str
    date: str | None
    issuer: str | None
    parent_issuer: str | None


def choose(mention: Mention, candidates: Sequence[Candidate]) -> tuple[Candidate, str] | None:
    """The letter a citation means, with the reason; None where none fits or more than one does.

    Numbers start anew every year and in every office, so number and symbol alone prove
    nothing: the dates must agree, or the cited issuer must be the letter's. Several scans of one letter
    count as one (the first by key).
    """
    fitting = [(candidate, reason) for candidate in candidates if (reason := _fits(mention, candidate))]
    if not fitting:
        return None
    first = min(fitting, key=lambda pair: pair[0].letter)
    same = {(candidate.date, fold(candidate.issuer or "")) for candidate, _ in fitting}
    return first if len(same) == 1 else None


def _fits(mention: Mention, candidate: Candidate) -> str | None:
    if candidate.letter == mention.letter:
        return None
    if mention.date and candidate.date:
        short, long = sorted((mention.date, candidate.date), key=len)
        if not long.startswith(short) or len(short) < len("2023-11"):
            return None
        return "number, symbol and date" if len(short) == len("2023-11-27") else "number, symbol and month"
    if mention.letter_date and candidate.date and candidate.date[: len(mention.letter_date)] > mention.letter_date:
        return None  # nobody cites a letter that is not written yet
    issuers = {fold(name) for name in (candidate.issuer, candidate.parent_issuer) if name}
    return "number, symbol and issuer" if mention.issuer and fold(mention.issuer) in issuers else None


_MENTIONS = """
SELECT citations.id, citing.id, citing.date, citations.date, citations.issuer,
       cited.id, cited.date, cited.issuer, cited.parent_issuer
FROM citations
JOIN letters AS cited ON cited.reference = citations.reference
JOIN letters AS citing ON citing.id = citations.letter
-- Another scan of the citing letter is no letter that it cites.
WHERE NOT (citing.reference IS cited.reference AND citing.date IS cited.date)
  AND citing.superseded_by IS NULL AND cited.superseded_by IS NULL
ORDER BY citations.id, cited.id
"""

_SAME_LETTER = """
INSERT INTO links (letter, record, kind, target, target_letter, reason)
SELECT id, id, 'same_letter', first, first, 'number, symbol, date and issuer'
FROM (
  SELECT id, min(id) OVER (PARTITION BY reference, date, issuer) AS first
  FROM letters
  WHERE superseded_by IS NULL AND reference IS NOT NULL AND date IS NOT NULL AND issuer IS NOT NULL
)
WHERE id <> first
"""


def relate(connection: sqlite3.Connection) -> int:
    """Set `citations.cited_letter` and the links between letters anew; how many citations have their letter.

    Runs inside the caller's transaction.
    """
    chosen = list(_chosen(connection.execute(_MENTIONS)))
    connection.execute("UPDATE citations SET cited_letter = NULL WHERE cited_letter IS NOT NULL")
    connection.execute("DELETE FROM links WHERE kind IN ('cites', 'same_letter')")
    connection.executemany("UPDATE citations SET cited_letter = ? WHERE id = ?", [(to, by) for by, _, to, _ in chosen])
    connection.executemany(
        "INSERT INTO links (letter, record, kind, target, target_letter, reason) VALUES (?, ?, 'cites', ?, ?, ?)",
        [(letter, citation, target, target, reason) for citation, letter, target, reason in chosen],
    )
    connection.execute(_SAME_LETTER)
    return len(chosen)


def _chosen(rows: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, str, str, str]]:
    """Citation, citing letter, cited letter and reason of every citation that found its letter."""
    for first, group in groupby(rows, key=lambda row: row[:5]):
        mention = Mention(*first)
        found = choose(mention, [Candidate(*row[5:]) for row in group])
        if found is not None:
            yield mention.citation, mention.letter, found[0].letter, found[1]
