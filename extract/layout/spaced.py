"""Tables whose columns stand apart by blanks, as `pdftotext -layout` prints them.

What makes such lines a table are blanks that go down through all rows: between two columns no row has a word.
Heads and the further lines of wrapped cells are put to the columns that the rows show. Lines come with the blanks
they begin with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.layout.stacked import CLASS

FIGURE = re.compile(
    r"[-+−<>≤≥]?\s?\d[\d.,]{0,20}(?:\s?[/–-]\s?\d[\d.,]{0,20})?\s?%?|[-–—]|\(\d[\d.,]{0,20}\)|" + CLASS.pattern,
    re.IGNORECASE,
)
NUMBER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-HĐ]|[a-zđ](?=\)))[.)]{0,2}")
TOTAL = re.compile(r"\W{0,2}(?:tổng|cộng|tỷ lệ|tỉ lệ|toàn|bình quân)\b", re.IGNORECASE)
HEAD = re.compile(r"\W{0,3}(?:stt|tt|số tt|s\.tt|số thứ tự|hạng|thứ hạng)\W{0,2}", re.IGNORECASE)
_INDEX = re.compile(r"\(?(?:\d{1,2}|[A-C])\)?(?:\s?=.{0,30})?")
_COLUMN = re.compile(r"\((\d{1,2})\)$")
_MADE = re.compile(r"\(?(\d{1,2})\)?\s?=\s?[\d(]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CELL = re.compile(r"\S+(?: \S+)*")
_DIGIT = re.compile(r"\d")
_DASH = re.compile(r"[-+*•–]\s?\w")
_LONGEST = 400  # characters of a line at most
_RUNNING = 60  # characters of a line of running text
_APART = 6  # lines between two rows that a cell of several lines may take
_TOUCHING = 1  # characters that a cell may stand over the next column
_MOST = 0.6  # share of the rows that part two columns
_FEWEST = 3  # rows of a table that the order of its cells tells
_MISSING = 3  # cells that a total has fewer
_HEADS = 7  # lines of column heads at most

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpacedRow:
    """A row: for each column the cells of its lines, as (line, start, end)."""

    cells: tuple[tuple[tuple[int, int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Spaced:
    """A table on the lines `first`..`last`.

    `names` holds for each column the parts of its name from top to bottom, each as the cells of its lines; a head over
    several columns is a part of its own.
    """

    first: int
    last: int
    names: tuple[tuple[tuple[tuple[int, int, int], ...], ...], ...]
    rows: tuple[SpacedRow, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where columns begin and end, and whether the first of them numbers the rows."""

    columns: tuple[Span, ...]
    numbered: bool

    def over(self, span: Span) -> list[int]:
        """The columns that a cell lies over; the nearest one where it lies between two."""
        hit = [at for at, (low, high) in enumerate(self.columns) if span[0] < high and span[1] > low]
        if len(hit) > 1 and span[1] - self.columns[hit[-1]][0] <= _TOUCHING:
            del hit[-1]
        if hit:
            return hit
        return [min(range(len(self.columns)), key=lambda at: abs(sum(self.columns[at]) - sum(span)))]


def spaced_tables(lines: Sequence[str], gaps: Sequence[bool]) -> Iterator[Spaced]:
    """The tables among lines of text whose columns stand apart by blanks.

    Args:
        lines: lines of text, with the blanks they begin with.
        gaps: whether there is room above each line.
    """
    cells = [_cells(line) for line in lines]
    at = 0
    while at < len(lines):
        run = _run(lines, cells, gaps, at)
        if not run:
            at += 1
            continue
        table = _table(lines, cells, gaps, run)
        if table is not None:
            yield table
        at = max(run[-1], table.last if table is not None else 0) + 1


def _cells(line: str) -> list[Span]:
    return [match.span() for match in _CELL.finditer(line)] if len(line) <= _LONGEST else []


def _run(lines: Sequence[str], cells: Sequence[list[Span]], gaps: Sequence[bool], at: int) -> list[int]:
    """The rows that follow each other from line `at` on: three cells or more, one of them a figure or row number.

    A paragraph of running text below a blank line ends them.
    """
    rows: list[int] = []
    for index in range(at, len(lines)):
        if rows and (index - rows[-1] > _APART or (gaps[index] and _is_running(cells[index], cells[rows[0]][0][0]))):
            break
        if _is_row(lines[index], cells[index]) and not is_index(lines[index], cells[index]):
            if not rows and _names_classes(lines, cells, index):
                break
            rows.append(index)
        elif not rows:
            break
    return rows if len(rows) > 1 else []


def _is_running(found: Sequence[Span], edge: int) -> bool:
    """Whether a line is one long cell from the edge of the table on."""
    return len(found) == 1 and found[0][0] <= edge and found[0][1] - found[0][0] >= _RUNNING


def _is_row(line: str, cells: Sequence[Span]) -> bool:
    if len(cells) < 3 or "|" in line or HEAD.fullmatch(line[slice(*cells[0])]):
        return False
    if _closes_heads(line, cells):
        return False
    if NUMBER.fullmatch(line[slice(*cells[0])]):
        return True
    printed = [line[low:high] for low, high in cells[1:]]
    return sum(FIGURE.fullmatch(text) is not None and not _YEAR.fullmatch(text) for text in printed) >= 2


def _names_classes(lines: Sequence[str], cells: Sequence[list[Span]], at: int) -> bool:
    """Whether the classes on a line are heads: figures stand below them ("Giỏi  Khá  Trung bình")."""
    below = range(at + 1, min(at + _HEADS, len(lines)))
    behind = next((index for index in below if _is_row(lines[index], cells[index])), at)
    return (
        not re.search(r"\d", lines[at]) and sum(letter.isdigit() for letter in lines[behind]) > len(cells[behind]) / 2
    )


def _closes_heads(line: str, cells: Sequence[Span]) -> bool:
    """Whether the figures of a line are the numbers of columns below their names: "mới (1)  (2)  (3)=(1)+(2)"."""
    printed = [line[low:high] for low, high in cells]
    numbers = [int(match[1]) for text in printed if (match := _MADE.match(text) or _COLUMN.search(text))]
    figures = sum(FIGURE.fullmatch(line[low:high]) is not None for low, high in cells)
    bare = sum(_COLUMN.fullmatch(line[low:high]) is not None for low, high in cells)
    return len(numbers) > 1 and bare == figures and numbers == sorted(set(numbers))


def is_index(line: str, cells: Sequence[Span]) -> bool:
    """Whether a line only numbers the columns: "A B 1 2 3=2/1"."""
    printed = [line[low:high] for low, high in cells]
    if len(printed) < 3 or not all(_INDEX.fullmatch(text) for text in printed):
        return False
    numbers = [int(found[0]) for text in printed if (found := re.findall(r"^\(?(\d{1,2})", text))]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 4


def _table(
    lines: Sequence[str], cells: Sequence[list[Span]], gaps: Sequence[bool], run: Sequence[int]
) -> Spaced | None:
    if (even := _even(lines, cells, run)) is not None:
        return even
    columns = _columns([cells[index] for index in run])
    if len(columns) < 3:
        return None
    first_cells = [lines[index][slice(*cells[index][0])] for index in run if cells[index][0][0] < columns[0][1]]
    numbers = [text for text in first_cells if NUMBER.fullmatch(text)]
    # rows that begin under the labels are totals and groups: they say nothing of the column before
    grid = _Grid(columns, len(numbers) > 1 and 2 * len(numbers) > len(first_cells))
    if not grid.numbered and len(run) < 3:
        return None
    figures = sum(FIGURE.fullmatch(lines[row][low:high]) is not None for row in run for low, high in cells[row][1:])
    if not figures and not _counts(numbers):
        return None
    last = _last(lines, cells, run[-1], grid)
    heads = _heads(lines, cells, run[0], grid)
    body = range(run[0] if not heads else heads[-1] + 1, last + 1)
    rows = _rows(lines, cells, gaps, body, grid)
    if len(rows) < 2:
        return None
    return Spaced(heads[0] if heads else body[0], last, _names(lines, cells, heads, grid), rows)


def _even(lines: Sequence[str], cells: Sequence[list[Span]], run: Sequence[int]) -> Spaced | None:
    """The table whose rows and heads have as many cells each: their order tells the columns, wherever they stand.

    Totals have fewer: those of numbered rows bear no number, and nothing stands behind them in columns of ranks.
    """
    first, last, head = run[0], run[-1], run[0] - 1
    width = len(cells[first])
    full = [index for index in run if len(cells[index]) == width]
    if len(full) < _FEWEST - 1 or last - first + 1 != len(run) or len(run) < _FEWEST:
        return None
    if head < 0 or len(cells[head]) != width or is_index(lines[head], cells[head]):
        return None
    if any(FIGURE.fullmatch(lines[head][low:high]) for low, high in cells[head]):
        return None
    numbered = all(NUMBER.fullmatch(lines[index][slice(*cells[index][0])]) for index in full)
    rows = []
    for index in run:
        found = cells[index]
        missing = width - len(found)
        if missing and not (0 < missing <= _MISSING and TOTAL.match(lines[index][slice(*found[0])])):
            return None
        before = min(missing, int(numbered))
        placed = [*[None] * before, *found, *[None] * (missing - before)]
        if missing and not all(
            _is_of_form(lines, cells, full, at, lines[index][slice(*span)]) for at, span in _shown(placed)
        ):
            return None
        rows.append(SpacedRow(tuple(((index, *span),) if span is not None else () for span in placed)))
    names = tuple((((head, low, high),),) for low, high in cells[head])
    return Spaced(head, last, names, tuple(rows))


def _shown(placed: Sequence[Span | None]) -> Iterator[tuple[int, Span]]:
    return ((at, span) for at, span in enumerate(placed) if span is not None)


def _is_of_form(lines: Sequence[str], cells: Sequence[list[Span]], rows: Sequence[int], at: int, text: str) -> bool:
    """Whether a cell shows a share where the others of its column do, and none where they do not."""
    others = {lines[row][slice(*cells[row][at])].endswith("%") for row in rows}
    return len(others) > 1 or text.endswith("%") in others


def _counts(numbers: Sequence[str]) -> bool:
    plain = [int(text.strip(" .)(")) for text in numbers if text.strip(" .)(").isdecimal()]
    return len(plain) >= 2 and plain == list(range(plain[0], plain[0] + len(plain)))


def _columns(rows: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """The stretches of a line where some row has a word, parted by two blanks at least in all of them."""
    merged: list[Span] = []
    for low, high in sorted(span for row in rows for span in row):
        if merged and low - merged[-1][1] < 2:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(part for column in merged for part in _parted(column, rows))


def _parted(column: Span, rows: Sequence[Sequence[Span]]) -> Iterator[Span]:
    """The columns in a stretch that most rows have two cells in: one cell of another row is a word too long."""
    low, high = column
    seconds = []
    for row in rows:
        inside = [span for span in row if low <= span[0] < high]
        seconds += [inside[1][0]] if len(inside) > 1 else []
    if len(seconds) < max(2, _MOST * len(rows)):
        yield column
        return
    begin = Counter(seconds).most_common(1)[0][0]
    yield low, begin - 1
    yield from _parted((begin, high), rows)


def _last(lines: Sequence[str], cells: Sequence[list[Span]], last: int, grid: _Grid) -> int:
    """The last line of the last row: what follows in the columns, and not at the edge where text runs."""
    for index in range(last + 1, min(last + 1 + _APART, len(lines))):
        found = cells[index]
        if not found or any(len(grid.over(span)) > 1 for span in found) or "|" in lines[index]:
            break
        opening = lines[index][found[0][0]]
        if _is_total(lines[index], found, grid):
            last = index
            continue
        edge = 0 in grid.over(found[0])
        if (edge and grid.numbered) or not (
            opening.islower() or (not edge and (len(found) > 1 or not opening.isalpha()))
        ):
            break
        last = index
    return last


def _is_total(line: str, found: Sequence[Span], grid: _Grid) -> bool:
    return len(found) > 1 and TOTAL.match(line[slice(*found[0])]) is not None


def _heads(lines: Sequence[str], cells: Sequence[list[Span]], first: int, grid: _Grid) -> list[int]:
    """The lines above the rows that name columns; rows of a single cell behind them are none."""
    top = bottom = first
    passed: int | None = None  # a line of words alone above the rows: it begins a row that the heads stand above
    for index in range(first - 1, max(first - 1 - _HEADS, -1), -1):
        found = cells[index]
        if not found or "|" in lines[index]:
            break
        crossing = sum(len(grid.over(span)) > 1 for span in found)
        if len(found) == 1 and (crossing or (lines[index][found[0][0]].isupper() and 0 in grid.over(found[0]))):
            break
        if HEAD.fullmatch(lines[index][slice(*found[0])]):
            top, bottom, passed = index, passed or bottom, None
        elif grid.numbered and _is_anchor(lines[index], found, grid) and not is_index(lines[index], found):
            bottom = index
        elif len(found) == 1 and lines[index][found[0][0]].isupper():
            passed = index
        elif len(found) > 1 and passed is None:
            top = index
    return list(range(top, bottom)) if top < bottom else []


def _names(
    lines: Sequence[str], cells: Sequence[list[Span]], heads: Sequence[int], grid: _Grid
) -> tuple[tuple[tuple[tuple[int, int, int], ...], ...], ...]:
    names: list[list[list[tuple[int, int, int]]]] = [[] for _ in grid.columns]
    under: list[list[int]] = [[] for _ in grid.columns]  # the columns that the last part of each name stands over
    for index in heads:
        if is_index(lines[index], cells[index]):
            continue
        for span in cells[index]:
            over = grid.over(span)
            for column in over:
                if not names[column] or under[column] != over:
                    names[column].append([])
                    under[column] = over
                names[column][-1].append((index, *span))
    return tuple(tuple(tuple(part) for part in name) for name in names)


def _rows(
    lines: Sequence[str], cells: Sequence[list[Span]], gaps: Sequence[bool], body: range, grid: _Grid
) -> tuple[SpacedRow, ...]:
    kept = [
        index
        for index in body
        if cells[index] and not HEAD.fullmatch(lines[index][slice(*cells[index][0])]) and not _is_page(lines[index])
    ]
    anchors = [at for at, index in enumerate(kept) if _is_anchor(lines[index], cells[index], grid)]
    if not anchors:
        return ()
    opening = [_opens(lines[index], cells[index], grid) for index in kept]
    centred = anchors[0] > 0 or any(opening[at] is not True for at in anchors)
    cuts = [0]
    for before, after in pairwise(anchors):
        parted = [at for at in range(before + 1, after + 1) if gaps[kept[at]]]
        cuts.append(
            _cut(opening, parted or range(before + 1, after + 1), before, after) if centred or parted else after
        )
    cuts.append(len(kept))
    rows = []
    for low, high in pairwise(cuts):
        row: list[list[tuple[int, int, int]]] = [[] for _ in grid.columns]
        for index in kept[low:high]:
            for span in cells[index]:
                at = grid.over(span)[0]
                named = grid.numbered and at == 0 and not NUMBER.fullmatch(lines[index][slice(*span)])
                row[1 if named else at].append((index, *span))
        rows.append(SpacedRow(tuple(tuple(cell) for cell in row)))
    return tuple(rows)


def _is_page(line: str) -> bool:
    """Whether a line is a page number: a number that stands alone, away from the edge."""
    return line.strip().isdecimal() and line[:8].isspace()


def _is_anchor(line: str, found: Sequence[Span], grid: _Grid) -> bool:
    """Whether a line is the one of its row that holds the row's number, or its figures."""
    first = line[slice(*found[0])]
    at = grid.over(found[0])[0]
    if grid.numbered:
        if at == 0:
            return bool(NUMBER.fullmatch(first) or TOTAL.match(first))
        if at > 1:
            return False
        filled = sum(FIGURE.fullmatch(line[low:high]) is not None for low, high in found[1:])
        return filled > 0 and (TOTAL.match(first) is not None or _DASH.match(first) is not None or filled > 1)
    filled = any(FIGURE.fullmatch(line[low:high]) for low, high in found[1:])
    return at == 0 and len(found) > 1 and (filled or not first[0].islower())


def _opens(line: str, found: Sequence[Span], grid: _Grid) -> bool | None:
    """Whether the words of a line in the column of labels begin one; None where it has none there."""
    label = 1 if grid.numbered else 0
    for low, high in found:
        if grid.over((low, high))[0] == label and not NUMBER.fullmatch(line[low:high]):
            return line[low].isupper() or _DASH.match(line[low:high]) is not None
    return None


def _cut(opening: Sequence[bool | None], places: Sequence[int], before: int, after: int) -> int:
    """Where the lines of two rows part: words that go on in small letters stay with those above them."""
    best, cheapest = after, 99
    for cut in reversed(places):
        begins = next((told for told in opening[cut : after + 1] if told is not None), None)
        cost = 2 * (begins is not True) + sum(told is True for told in opening[before + 1 : cut])
        if cost < cheapest:
            best, cheapest = cut, cost
    return best
