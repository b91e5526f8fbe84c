"""Vietnamese figures in text: the one place where printed digits become values.

A point groups thousands and a comma marks decimals ("1.204,5"). A point that
cannot group thousands ("73.2", "0.6077") is read as a decimal mark, several
commas ("1,204,500") as grouping. Anything else ("12..5", "1.20.456", "1l3") is
damage and has no value: figures are never guessed and digits never joined over
blanks or cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 24  # characters of a printed number; a longer run of digits is an account number or noise

_TORN = re.compile(r"\d;\d")  # a decimal comma misread: neither side is a number of its own
_RUN = re.compile(r"\d+(?:[.,]{1,3}\d+)*")
_GROUPED = re.compile(r"(?!0\d*\.)\d{1,3}(?:\.\d{3})+(,\d+)?")
_COMMA = re.compile(r"\d+,(\d+)")
_POINT = re.compile(r"\d+\.(\d+)")
_COMMA_GROUPED = re.compile(r"(?!0\d*,)\d{1,3}(?:,\d{3}){2,}(?:\.(\d+))?")
_SCALES = {
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number at `start`..`end` of the searched text.

    `value` is None where the notation is damaged; `decimals` counts printed decimals.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    decimals: int = 0

    @property
    def whole(self) -> int | None:
        """The value as an int, None where it is no whole number or damaged."""
        if self.value is None or self.decimals or self.value != self.value.to_integral_value():
            return None
        return int(self.value)


def read_number(text: str) -> Decimal | None:
    """The value of a printed number without its unit; None where it cannot be read one way only.

    >>> read_number("1.204,5")
    Decimal('1204.5')
    """
    return _read(text.strip())[0]


def read_cell(text: str | None) -> Decimal | None:
    """The value of a table cell: a number, maybe negative or with a percent sign; None for anything else."""
    if text is None:
        return None
    bare = text.strip().removesuffix("%").strip()
    negative = bare.startswith(("-", "−"))
    value = read_number(bare[1:].strip() if negative else bare)
    return None if value is None else -value if negative else value


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers printed in `text[start:end]`, left to right.

    Runs that touch a letter before them ("T1", "O5") are names or damage and are left out;
    what follows ("%", "m2", "/100") is for the caller to judge.
    """
    stop = len(text) if end is None else end
    may_be_torn = ";" in text
    for match in _RUN.finditer(text, start, stop):
        low, high = match.span()
        if low > 0 and (text[low - 1].isalpha() or text[low - 1] == "_"):
            continue
        torn = may_be_torn and ";" in text[max(low - 2, 0) : high + 2]
        torn = torn and _TORN.search(text, max(low - 2, 0), min(high + 2, len(text))) is not None
        value, decimals = _read(match.group()) if high - low <= LONGEST and not torn else (None, 0)
        yield Number(low, high, match.group(), value, decimals)


def scale_of(word: str) -> Decimal | None:
    """The factor of a scale word (nghìn, triệu, tỷ …), None for any other word."""
    return _SCALES.get(word.lower())


def _read(text: str) -> tuple[Decimal | None, int]:
    if len(text) > LONGEST:
        return None, 0
    if text.isdecimal():
        return Decimal(text), 0
    if match := _GROUPED.fullmatch(text):
        fraction = match.group(1) or ""
        return Decimal(text.replace(".", "").replace(",", ".")), max(len(fraction) - 1, 0)
    if match := _COMMA.fullmatch(text):
        return Decimal(text.replace(",", ".")), len(match.group(1))
    if match := _COMMA_GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), len(match.group(1) or "")
    if match := _POINT.fullmatch(text):
        return Decimal(text), len(match.group(1))
    return None, 0
