"""Rows of a table that are of one body or thing each, and the row of their mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from extract.checks.figures.breaks import YEAR
from extract.checks.tables.grids import Grid
from extract.wordlists import wordlist
from gazetteer.keys import folded

_MEAN: Final = re.compile(r"(?:(?:gia tri|diem|ty le|muc|chi so|so) )?(?:trung binh|binh quan|tb)\b")


_OTHER_TIME: Final = re.compile(
    r"\b(?:phấn đấu|mục tiêu|dự kiến|(?:năm|tháng|quý|kỳ|tuần) (?:trước|ngoái)|đến (?:cuối|hết) (?:quý|tháng)"
    r"|(?<!với )cùng kỳ(?: năm \w+)?(?: chỉ)? (?:có|là))\b",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(r"\bso (?:với|sánh)\b[^,;.()]{0,40}", re.IGNORECASE)  # says nothing of a figure behind
_SENT_WITH: Final = re.compile(r"\(?(?:kèm theo|ban hành theo)\b.*", re.IGNORECASE | re.DOTALL)


def bodies_of(grid: Grid) -> tuple[int, ...]:
    """The rows that are no total, share or mean of others."""
    return tuple(
        row for row in grid.rows if not grid.is_total(row) and not grid.is_share_row(row) and not is_mean(grid, row)
    )


def is_mean(grid: Grid, row: int) -> bool:
    """Whether a row is the mean of others: its words say so, and it has no number of its own."""
    return _MEAN.match(_name(grid, row)) is not None and grid.code(row) is None


def mean_of(grid: Grid) -> int | None:
    """The one row that is the mean of the others."""
    rows = [row for row in grid.rows if is_mean(grid, row)]
    return rows[0] if len(rows) == 1 else None


def has_gaps(grid: Grid, rows: Sequence[int]) -> bool:
    """Whether the numbers of rows do not count up: one was not read, or they are of several lists."""
    codes = [grid.code(row) for row in rows]
    numbers = [code[0] for code in codes if code is not None and len(code) == 1]
    if not numbers:
        return any(code is not None for code in codes)
    return len(numbers) < len(codes) or any(after != one + 1 for one, after in pairwise(numbers))


@cache
def body_kinds() -> tuple[str, ...]:
    """Kinds of bodies that stand in one table, folded."""
    return tuple(map(folded, wordlist("extract.checks", "counted_rows")["bodies"]))


def is_of_other_time(before: str, grid: Grid) -> bool:
    """Whether the words before a figure say that it is of a time before that of a table, or what is wanted."""
    if _OTHER_TIME.search(before):
        return True
    title = _SENT_WITH.sub("", grid.table.title or "")
    told, own = (
        YEAR.findall(_COMPARED.sub("", before)),
        YEAR.findall(" ".join((title, *(head or "" for head in grid.table.columns)))),
    )
    return bool(told and own) and max(told) < max(own)


def _name(grid: Grid, row: int) -> str:
    return folded(grid.label(row) or next(filter(None, grid.table.rows[row]), ""))
