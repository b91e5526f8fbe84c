"""Numbers and dates as Vietnamese letters print them: a comma before decimals, points between thousands, day first."""

import re
from datetime import date
from decimal import Decimal

from corpus.typesetter.marks import ContentError

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SPOKEN = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_MONTH = re.compile(r"tháng (\d{1,2})(?:/| năm )(\d{4})")


def read_number(text: str) -> Decimal:
    """The first number of a text.

    Args:
        text: Printed text, such as "12.335 hồ sơ" or "67,9%".

    Raises:
        ContentError: There is none.
    """
    found = _NUMBER.search(text)
    if found is None:
        raise ContentError(f"no number in: {text}")
    return Decimal(found[0].replace(".", "").replace(",", "."))


def read_date(text: str) -> str | None:
    """The date of a text in ISO form, to the month where no day is printed; None where there is no date.

    Args:
        text: Printed text, such as "ngày 23/6/2022" or "tháng 7 năm 2020".
    """
    day = _SLASHED.search(text) or _SPOKEN.search(text)
    if day:
        return date(int(day[3]), int(day[2]), int(day[1])).isoformat()
    month = _MONTH.search(text)
    return f"{month[2]}-{int(month[1]):02d}" if month else None


def as_json(value: Decimal) -> int | float:
    """A number as it stands in JSON.

    Args:
        value: The number.
    """
    return int(value) if value == value.to_integral_value() else float(value)
