"""Thresholds that words behind a count tell, and how many rows of a table are beyond them in each column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import MEAN
from extract.checks.tables.bodies import mean_of
from extract.checks.tables.fits import data, words_in
from extract.checks.tables.grids import Grid
from extract.components.numbers import read_number

INDEX: Final = re.compile(r"^(?!.*\b(?:tang|giam)\b).*\b(?:so (?:voi )?|bang .*)(?:cung ky|nam truoc|nam 20\d\d)\b")
"""The head of shares of what there was before: above 100 it rose."""
_N: Final = r"\d{1,3}(?:,\d{1,3})?"
_BOUND: Final = re.compile(
    rf"\b(?P<word>dưới|trên|thấp hơn|cao hơn|vượt|hơn|từ|chưa đạt|không đạt)\s(?:mức\s)?(?P<low>{_N})(?![\d/.])"
    rf"\s?(?P<unit>%|điểm)?(?:\s(?:đến|tới)\s(?P<under>(?:dưới|cận)\s)?(?P<high>{_N})\s?(?P<other>%|điểm)?)?"
    r"(?P<more>(?:\s[^\W\d_]+){0,4}?\strở (?:lên|xuống))?",
    re.IGNORECASE,
)
_FULL: Final = re.compile(r"\b(?:đạt|hoàn thành)\s100\s?%", re.IGNORECASE)
_OF_MEAN: Final = re.compile(
    r"\b(?P<word>dưới|trên|thấp hơn|cao hơn|vượt)\s(?:so với\s)?(?:(?:mức|giá trị|điểm|số|tỷ lệ|chỉ số)\s){0,3}"
    r"(?:điểm\s)?(?:trung bình|bình quân)\b(?P<behind>[^,;.:]{0,40})",
    re.IGNORECASE,
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:cả nước|toàn|vùng|khu vực|khối|nhóm|cụm|năm|quý|kỳ|huyện|tỉnh|thành phố|ngành|chung của)\b", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"\d")
_BELOW: Final = frozenset({"dưới", "thấp hơn", "chưa đạt", "không đạt"})
_EMPTY: Final = frozenset({"so", "tỷ", "lệ", "đạt", "kết", "quả", "mức"})


@dataclass(frozen=True, slots=True)
class Beyond:
    """Words of a threshold, and for each column how many rows are beyond it: as told, and with what stands on it."""

    what: str
    counts: dict[int, tuple[int, frozenset[int]]]


def beyond(rest: str, said: str, grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Beyond | None:
    """How many rows are beyond the threshold told in the words behind a count, in each column that can be meant.

    Args:
        rest: the words behind the count.
        said: the words of its sentence, which may name the column.
        grid: the table.
        rows: its rows.
        columns: those of its columns that measure.
    """
    told = _of_bound(rest, grid) or _of_mean(rest)
    if told is None:
        return None
    what, fits, passes = told
    counts = {}
    for column in _named([column for column in columns if fits(column)], said, grid):
        values = [value for row in rows if (value := grid.value(row, column)) is not None]
        if len(values) == len(rows) and (found := passes(grid, column, values)) is not None:
            counts[column] = found
    return Beyond(what, counts) if any(0 < found[0] < len(rows) for found in counts.values()) else None


_Passes = Callable[[Grid, int, Sequence[Decimal]], tuple[int, frozenset[int]] | None]
_Told = tuple[str, Callable[[int], bool], _Passes]


def _of_bound(rest: str, grid: Grid) -> _Told | None:
    """The threshold told as a figure: "trên 75%", "từ 50% dự toán trở lên", "từ 70% đến dưới 80%", "đạt 100%"."""
    full, match = _FULL.search(rest), _BOUND.search(rest)
    low: Decimal | None
    high: Decimal | None
    if full is not None and (match is None or full.start() < match.start()):
        low, high, what, unit, match = Decimal(100), None, full[0], "%", None
        strict = False
    else:
        if match is None:
            return None
        full, word, unit, what = match, match["word"].lower(), match["unit"] or match["other"], match[0].strip()
        bound, other = read_number(match["low"]), read_number(match["high"] or "")
        if bound is None or not unit or (word == "từ" and not (match["high"] or (match["more"] or "").endswith("lên"))):
            return None
        below = word in _BELOW or (match["more"] or "").endswith("xuống")
        if match["high"] and (word != "từ" or other is None or re.match(r"\s*trở", rest[match.end() :])):
            return None
        low, high = (None, bound) if below else (bound, other)
        strict = word != "từ"
    if _FIGURE.search(rest[: full.start()]) or (full.re is _FULL and "," in rest[: full.start()]):
        return None  # "giải quyết 02 vụ, đạt 100%"

    def passes(grid: Grid, column: int, values: Sequence[Decimal]) -> tuple[int, frozenset[int]]:
        at = sum(value in (low, high) for value in values)
        inside = [value for value in values if (low is None or value > low) and (high is None or value < high)]
        upto = sum(value == high for value in values) if high is not None and low is not None else 0
        told = len(inside) + (0 if strict else sum(value == low for value in values))
        told += upto if match is not None and match["high"] and not match["under"] else 0
        return told, frozenset(range(len(inside), len(inside) + at + 1))

    return what, lambda column: grid.is_share_column(column) == (unit == "%"), passes


def _of_mean(rest: str) -> _Told | None:
    """The threshold that is the mean of the table: "cao hơn giá trị trung bình", "dưới mức bình quân chung"."""
    match = _OF_MEAN.search(rest)
    if match is None or _FIGURE.search(rest[: match.start()]) or _OF_OTHERS.search(match["behind"]):
        return None
    above = match["word"].lower() not in _BELOW

    def passes(grid: Grid, column: int, values: Sequence[Decimal]) -> tuple[int, frozenset[int]] | None:
        mean = _mean(grid, column, values)
        if mean is None:
            return None
        told = sum(value > mean if above else value < mean for value in values)
        return told, frozenset({told, told + sum(value == mean for value in values)})

    return match[0].removesuffix(match["behind"]), lambda _: True, passes


def _mean(grid: Grid, column: int, values: Sequence[Decimal]) -> Decimal | None:
    """The mean of a column: as its row tells it; of shares as that of all does; else as the rows make it."""
    if (row := mean_of(grid)) is not None:
        return grid.value(row, column)
    total = next((row for row in grid.rows if grid.is_total(row)), None)
    if total is not None and grid.is_share_column(column):
        return grid.value(total, column)
    return MEAN.value(values)


def _named(columns: Sequence[int], said: str, grid: Grid) -> Iterator[int]:
    """Those of some columns that a sentence names best, all but those of what there was before where it names none."""
    words = words_in(said.lower())
    named = {column: words_in(grid.head(column).lower()) - data().common - _EMPTY for column in columns}
    most = max((len(head) for head in named.values() if head and head <= words), default=0)
    for column, head in named.items():
        if (not most and not INDEX.search(grid.folded_head(column))) or (most and head <= words and len(head) == most):
            yield column
