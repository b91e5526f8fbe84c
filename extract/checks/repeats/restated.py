"""One figure stated twice in a letter: a score, a rank or a count of one body for one period, in two paragraphs.

Only figures whose words say all of that are compared. Two values in one paragraph are a value and what it is compared
with; a count whose own sentence says no period, or told by few words, is that of another line of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.places import paragraphs, place_of
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, if_wrong, merged
from extract.records import CheckKind, CheckVerdict, Figure, Finding, Proof, Rank, Reading, Records, Score
from gazetteer.keys import folded

_TELLING: Final = 5  # words a count must be described by
_LETTERS: Final = re.compile(r"\b[A-Z]{2,}(?: INDEX)?\b|\b\d{3,}\b")  # "PAR INDEX", "PAPI", "766"
_DIGITS: Final = 3  # of a count that is not another's with a slip in it by chance
_MEAN: Final = re.compile(r"\b(?:trung binh|binh quan)\b")
_FAR: Final = re.compile(r"frames\.period\.(?:paragraph|section|title|letter|planned_)")
"""The rules by which a period comes from outside the sentence: every line of a list has that one."""
_OPEN: Final = frozenset({"tang", "giam", "so", "con", "them"})  # what begins a change, not a count


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with where it stands: the paragraph it is in."""

    what: str
    org: str
    period: str
    value: Decimal
    proof: Proof
    place: int
    counted: bool

    @property
    def is_mean(self) -> bool:
        """Whether it is a mean: a letter tells such of several groups in the same words."""
        return _MEAN.search(folded(self.what)) is not None


def check_restated(records: Records, reading: Reading) -> Iterator[Finding]:
    """Figures stated in two paragraphs of a letter, with one value or two."""
    told: dict[tuple[str, ...], list[_Told]] = {}
    places = paragraphs(reading)
    stated: tuple[Score | Rank | Figure, ...] = (*records.scores, *records.ranks, *records.figures)
    for record in stated:
        key = _key(record)
        value = record.rank if isinstance(record, Rank) else record.value
        place = place_of(places, record.evidence) if key is not None else None
        if key is None or value is None or place is None:
            continue
        if isinstance(record, Rank) and not _is_named(record.indicator or "", reading.flow.blocks[place].text):
            continue
        counted = isinstance(record, Figure)
        what = record.what if isinstance(record, Figure) else record.indicator
        one = _Told(what or "", record.org or "", key[-1], Decimal(value), record.evidence, place, counted)
        told.setdefault(key, []).append(one)
    for same in told.values():
        first = same[0]
        if len({one.place for one in same}) != len(same):
            continue  # two in one paragraph: the words do not tell them apart
        for other in same[1:]:
            alike = first.value == other.value or _is_misprint(first.value, other.value)
            if alike or not (first.counted or first.is_mean):
                yield _compared(first, other, reading)


def _key(record: Score | Rank | Figure) -> tuple[str, ...] | None:
    """What a figure must share with another to be the same; None where its words do not say enough."""
    if isinstance(record, Figure):
        what = folded(record.what or "")
        words = what.split()
        if record.org is None or record.period is None or len(words) < _TELLING or words[0] in _OPEN:
            return None
        if any(_FAR.search(one.component) for one in record.evidence):
            return None
        return "figure", what, folded(record.unit or ""), folded(record.org), record.period
    when = (record.as_of if isinstance(record, Score) else None) or record.period
    if record.indicator_id is None or record.org is None or when is None:
        return None
    if isinstance(record, Score):
        return "score", record.indicator_id, str(record.max), folded(record.org), when
    return "rank", record.indicator_id, str(record.of), folded(record.org), when


def _is_named(indicator: str, text: str) -> bool:
    """Whether a paragraph names the index that a rank in it is read as one of, by its name or its letters."""
    letters = _LETTERS.findall(indicator)
    said = folded(text)
    return folded(indicator) in said or any(folded(one) in said for one in letters)


def _is_misprint(one: Decimal, other: Decimal) -> bool:
    """Whether two values of a count are one with a slip of the pen in it: lines of a list share their words too."""
    digits = min(len(f"{value:f}".replace(".", "").strip("0")) for value in (one, other))
    return digits >= _DIGITS and is_slip(one, other)


def _compared(first: _Told, other: _Told, reading: Reading) -> Finding:
    agrees = first.value == other.value
    proof = merged(other.proof, first.proof)
    verdict = CheckVerdict.AGREES
    if not agrees:
        verdict = if_wrong(proof, reading)
    lines = f"dòng {first.proof[0].line} ghi {vn(first.value)}, dòng {other.proof[0].line} ghi {vn(other.value)}"
    gap = "" if agrees else f": chênh {vn(abs(first.value - other.value))}"
    return finding(
        CheckKind.CONSISTENCY,
        f"{', '.join(part for part in (other.what, other.org, other.period) if part)}: {vn(other.value)}",
        verdict,
        inputs=(("first", plain(first.value)), ("again", plain(other.value))),
        reported=plain(other.value),
        computed=plain(first.value),
        note=f"{lines}{gap}",
        evidence=proof,
    )
