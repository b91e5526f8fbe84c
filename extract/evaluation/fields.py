"""How often further fields of the matched records agree: what makes two records the same says nothing of these."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extract.evaluation.matching import Record, alike, as_code, as_number, match_records
from gazetteer.keys import plain

_TEXT_FLOOR = 70  # the floor at which indicators are the same where records are matched
_LIMITS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q([1-4])|-H([12]))?")
_UNITS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã", "thị trấn", "đặc khu")
_COMMITTEE = "ủy ban nhân dân "


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `of` matched records whose gold states a field, `right` agree; of these gold names a value in `named`.

    Gold that states the field as missing is an answer too: it agrees with a record that leaves the field empty.
    `wrong` are the (found, wanted) values that do not agree.
    """

    right: int = 0
    of: int = 0
    named_right: int = 0
    named: int = 0
    wrong: tuple[tuple[object, object], ...] = ()

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.right + other.right,
            self.of + other.of,
            self.named_right + other.named_right,
            self.named + other.named,
            self.wrong + other.wrong,
        )

    @property
    def share(self) -> float:
        """Share that agrees; 1 where nothing was compared."""
        return self.right / self.of if self.of else 1.0

    @property
    def named_share(self) -> float:
        """Share that agrees where gold names a value; 1 where it names none."""
        return self.named_right / self.named if self.named else 1.0


Fields = Mapping[str, Mapping[str, Agreement]]


def compare_fields(have: Record, want: Record) -> dict[str, dict[str, Agreement]]:
    """Agreement by kind and field of one letter; both sides are letters as JSON.

    Records are matched as for their tallies; fields that gold leaves out are not compared.
    """
    found: dict[str, dict[str, Agreement]] = {}
    for kind, fields in FIELDS.items():
        pairs = match_records(kind, have.get(kind) or [], want.get(kind) or [])
        found[kind] = {field: _agreement(pairs, field, same) for field, same in fields.items()}
    return found


def add_fields(one: Fields, other: Fields) -> dict[str, dict[str, Agreement]]:
    """The agreements of both."""
    return {
        kind: {
            field: one.get(kind, {}).get(field, Agreement()) + other.get(kind, {}).get(field, Agreement())
            for field in fields
        }
        for kind, fields in FIELDS.items()
    }


def _agreement(pairs: Sequence[tuple[Record, Record]], field: str, same: Callable[[object, object], bool]) -> Agreement:
    total = Agreement()
    for found, gold in pairs:
        if field not in gold:
            continue
        have, want = found.get(field), gold[field]
        named = want not in (None, "", [])
        right = same(have, want) if named and have not in (None, "", []) else not named and have in (None, "", [])
        total += Agreement(right, 1, named and right, named, () if right else ((have, want),))
    return total


def same_period(have: object, want: object) -> bool:
    """Whether two periods are the same days: 2023-H1 is 2023-01/2023-06, 2024-Q1 is 2024-01/2024-03."""
    one, other = _days(str(have)), _days(str(want))
    return have == want if one is None or other is None else one == other


def _days(period: str) -> tuple[date, date] | None:
    """First and last day; None for what is no period or in no calendar."""
    start, _, end = period.partition("/")
    first, last = _limits(start), _limits(end or start)
    return None if first is None or last is None else (first[0], last[1])


def _limits(text: str) -> tuple[date, date] | None:
    match = _LIMITS.fullmatch(text)
    if match is None:
        return None
    year = int(match[1])
    low, high = 1, 12
    if match[2]:
        low = high = int(match[2])
    elif match[4]:
        low, high = 3 * int(match[4]) - 2, 3 * int(match[4])
    elif match[5]:
        low, high = 6 * int(match[5]) - 5, 6 * int(match[5])
    try:
        if match[3]:
            return (date(year, low, int(match[3])),) * 2
        return date(year, low, 1), date(year, high, calendar.monthrange(year, high)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def same_body(have: object, want: object) -> bool:
    """Whether two names are one body, whatever is abbreviated.

    A committee stands for its unit, and a unit may be left unnamed (Sở Nội vụ, UBND tỉnh) or lack its type
    (Đồng Tháp). Any other word too many or too few makes another body, which likeness of words would not see.
    """
    one, other = sorted((_body(have), _body(want)), key=len)
    if one == other or any(other == f"{unit} {one}" for unit in _UNITS):
        return True
    return other.startswith(f"{one} ") and (one in _UNITS or other[len(one) + 1 :].startswith(_UNITS))


def _body(name: object) -> str:
    return plain(str(name)).removeprefix(_COMMITTEE)


def _same_text(have: object, want: object) -> bool:
    return alike(have, want, _TEXT_FLOOR)


def _same_number(have: object, want: object) -> bool:
    return as_number(have) == as_number(want)


def _same_code(have: object, want: object) -> bool:
    return as_code(have) == as_code(want)


def _same_bodies(have: object, want: object) -> bool:
    """Whether two lists name the same bodies, each once, in any order."""
    if not isinstance(have, list) or not isinstance(want, list):
        return False
    left = list(have)
    for name in want:
        found = next((other for other in left if same_body(other, name)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


FIELDS: Mapping[str, Mapping[str, Callable[[object, object], bool]]] = {
    "citations": {"issuer": same_body},
    "dates": {"role": _same_code},
    "scores": {"org": same_body, "period": same_period, "indicator": _same_text, "change": _same_number},
    "ranks": {"org": same_body, "period": same_period, "indicator": _same_text, "change": _same_number},
    "classifications": {"org": same_body, "period": same_period},
    "figures": {"what": _same_text, "org": same_body, "period": same_period},
    "tasks": {"coordinators": _same_bodies, "recurrence": _same_code, "report_to": same_body},
}
"""The fields compared, by kind of record, each with what makes two values of it the same."""
