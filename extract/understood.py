"""A letter with everything found in it."""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Finding, Flow, Letter, Reading, Records
from normalize import Repaired


@dataclass(frozen=True, slots=True)
class Understood:
    """A letter with everything found in it."""

    reading: Reading
    records: Records
    findings: tuple[Finding, ...]
    bodies: dict[str, str]
    """Gazetteer entry (id) of each body named in the records, where it is known and unambiguous."""
    failures: tuple[str, ...] = ()
    """What checks of other packages failed on, by name; what they would have found is missing."""

    @property
    def letter(self) -> Letter:
        """The letter as read."""
        return self.reading.letter


def as_read(letter: Letter) -> Understood:
    """The letter without repair or records, for when understanding it failed."""
    return Understood(Reading(letter, Repaired(letter.raw, letter.raw), Flow("", ())), Records(), (), {})
