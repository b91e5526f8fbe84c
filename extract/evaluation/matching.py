"""Records found against records wanted: one-to-one, each kind by what makes two of it the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extract.evaluation.text import words

Record = Mapping[str, Any]
Same = Callable[[Record, Record], bool]

HEADER_FIELDS = ("number", "symbol", "doc_type", "issuer", "place", "date", "subject", "signer", "sign_authority")
_EXACT_FIELDS = ("number", "symbol", "date", "sign_authority")


@dataclass(slots=True)
class Tally:
    """How many records were found right, wanted, and claimed; what was missed and what was invented."""

    right: int = 0
    wanted: int = 0
    claimed: int = 0
    missed: tuple[Record, ...] = ()
    invented: tuple[Record, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wanted + other.wanted,
            self.claimed + other.claimed,
            self.missed + other.missed,
            self.invented + other.invented,
        )

    @property
    def precision(self) -> float:
        """Share of what was claimed that is right; 1 where nothing was claimed."""
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def compare_letter(have: Record, want: Record) -> dict[str, Tally]:
    """The tallies of one letter by kind of record; both sides are letters as JSON."""
    tallies = {"header": _header(have.get("header") or {}, want.get("header") or {})}
    for kind, same in _SAME.items():
        if kind in want:
            pairs, tallies[kind] = _match(have.get(kind) or [], want[kind], same)
            if kind == "tasks":
                tallies |= _task_parts(pairs, tallies[kind].wanted)
    if want.get("tables"):
        tallies["table cells"] = _cells(have.get("tables") or [], want["tables"])
    if "checks" in want:
        tallies["discrepancies"] = _discrepancies(have.get("checks") or [], want["checks"])
    return tallies


def match_records(kind: str, have: Sequence[Record], want: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Pairs of (found, wanted) records of a kind of `docs/contract.md` that are the same; no optional ones."""
    return _match(have, want, _SAME[kind])[0]


def _header(have: Record, want: Record) -> Tally:
    fields = [name for name in HEADER_FIELDS if want.get(name) is not None]
    wrong = [name for name in fields if not _same_field(name, have.get(name), want[name])]
    missed = tuple({"field": name, "have": have.get(name), "want": want[name]} for name in wrong)
    return Tally(len(fields) - len(wrong), len(fields), len(fields), missed)


def _same_field(name: str, have: object, want: object) -> bool:
    return as_code(have) == as_code(want) if name in _EXACT_FIELDS else alike(have, want, 85)


def _match(have: Sequence[Record], want: Sequence[Record], same: Same) -> tuple[list[tuple[Record, Record]], Tally]:
    """Pairs of (found, wanted) and the tally; optional gold is neither required nor held against the finder."""
    left, pairs, missed = list(have), [], []
    for gold in sorted(want, key=lambda record: bool(record.get("optional"))):
        found = next((record for record in left if same(record, gold)), None)
        if found is not None:
            left.remove(found)
        if gold.get("optional"):
            continue
        if found is None:
            missed.append(gold)
        else:
            pairs.append((found, gold))
    right = len(pairs)
    return pairs, Tally(right, right + len(missed), right + len(left), tuple(missed), tuple(left))


def _task_parts(pairs: Sequence[tuple[Record, Record]], wanted: int) -> dict[str, Tally]:
    deadlines = sum(found.get("deadline") == gold.get("deadline") for found, gold in pairs)
    assignees = sum(
        bool(gold.get("assignees"))
        and all(any(alike(name, other, 80) for other in found.get("assignees") or []) for name in gold["assignees"])
        for found, gold in pairs
    )
    return {"task deadlines": Tally(deadlines, wanted, wanted), "task assignees": Tally(assignees, wanted, wanted)}


def _cells(have: Sequence[Record], want: Sequence[Record]) -> Tally:
    left, right, wanted = _labelled(have), 0, _labelled(want)
    claimed = len(left)
    for label, value in wanted:
        found = next((cell for cell in left if cell[1] == value and fuzz.ratio(cell[0], label) >= 70), None)
        if found:
            left.remove(found)
            right += 1
    return Tally(right, len(wanted), claimed)


def _labelled(tables: Sequence[Record]) -> list[tuple[str, str]]:
    """Every filled cell behind the first two columns, with those two as its label."""
    return [
        (_plain(" ".join(str(cell) for cell in row[:2] if cell)), _plain(cell))
        for table in tables
        for row in table.get("rows") or []
        for cell in row[2:]
        if cell not in (None, "")
    ]


def _discrepancies(have: Sequence[Record], want: Sequence[Record]) -> Tally:
    claimed = [check for check in have if check.get("verdict") in ("differs", "misread")]
    gold = [
        {**check, "optional": check.get("optional") or check.get("certain") is False or check["verdict"] == "rounded"}
        for check in want
        if check["verdict"] != "agrees"
    ]
    return _match(claimed, gold, _same_check)[1]


def _plain(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join([*words(text), *re.findall(r"\d+", text)])


def as_code(value: object) -> str:
    """What numbers, symbols and words of ours are compared by: plain letters with đ and digits, lower case."""
    return re.sub(r"[^a-z0-9đ]", "", "" if value is None else str(value).lower())


def as_number(value: object) -> float | None:
    """The value as a number; None where it is missing or none."""
    try:
        return None if value is None else round(float(str(value)), 4)
    except ValueError:
        return None


def alike(have: object, want: object, floor: float) -> bool:
    """Whether the words and digits of two texts are alike by `floor` (0 to 100), or both are missing."""
    if have is None or want is None:
        return have is want
    return fuzz.token_set_ratio(_plain(have), _plain(want)) >= floor


def _asked(have: Record, want: Record, field: str) -> bool:
    """Equal as numbers, where gold states the field."""
    return want.get(field) is None or as_number(have.get(field)) == as_number(want[field])


def _same_citation(have: Record, want: Record) -> bool:
    same = as_code(have.get("number")) + as_code(have.get("symbol")) == as_code(want.get("number")) + as_code(
        want.get("symbol")
    )
    return same and (want.get("date") is None or have.get("date") == want["date"])


def _same_date(have: Record, want: Record) -> bool:
    return have.get("iso") == want.get("iso")


def _same_score(have: Record, want: Record) -> bool:
    return (
        as_number(have.get("value")) == as_number(want.get("value"))
        and _asked(have, want, "max")
        and alike(have.get("indicator"), want.get("indicator"), 70)
    )


def _same_rank(have: Record, want: Record) -> bool:
    return (
        as_number(have.get("rank")) == as_number(want.get("rank"))
        and _asked(have, want, "of")
        and _asked(have, want, "change")
    )


def _same_class(have: Record, want: Record) -> bool:
    return _plain(have.get("class")) == _plain(want.get("class")) and alike(have.get("org"), want.get("org"), 80)


def _same_figure(have: Record, want: Record) -> bool:
    if as_number(have.get("value")) != as_number(want.get("value")):
        return False
    unit, gold = str(have.get("unit") or "").strip(), str(want.get("unit") or "").strip()
    if not _plain(gold):
        return unit == gold
    return alike(unit, gold, 60) or alike(f"{have.get('what')} {unit}", gold, 60)


def _same_task(have: Record, want: Record) -> bool:
    return fuzz.token_sort_ratio(_plain(have.get("action")), _plain(want.get("action"))) >= 75


def _same_check(have: Record, want: Record) -> bool:
    reported, gold = have.get("reported"), want.get("reported")
    if as_number(reported) is not None and as_number(gold) is not None:
        return as_number(reported) == as_number(gold)
    return alike(reported, gold, 80) or alike(have.get("statement"), want.get("statement"), 80)


_SAME: dict[str, Same] = {
    "citations": _same_citation,
    "dates": _same_date,
    "scores": _same_score,
    "ranks": _same_rank,
    "classifications": _same_class,
    "figures": _same_figure,
    "tasks": _same_task,
}
