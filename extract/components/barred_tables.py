"""Tables whose cells a text layer parts by bars ("1 | Máy vi tính | 512"): cells of several lines are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.components.sheets import VALUE, CellText, Row, header_rows
from extract.records import Flow

_TOTAL = re.compile(r"\W{0,2}(?:Tổng|Cộng|Tỷ lệ|Tỉ lệ|Toàn|TỔNG|CỘNG|TỶ LỆ|TOÀN)\b")
_WORDS_AND_FIGURE = re.compile(r"[^\W\d_]\W{0,2}\s\d[\d.]{0,12}[.,]\d{1,4}%?$")
_TAIL = 24  # characters of a cell in which a figure at its end stands
_LEAST_COLUMNS = 3
_MOST_LINES = 0.7  # share of the lines with a first cell that have to have as many cells as most

Spans = list[tuple[int, int]]


def read_barred(flow: Flow, region: Sequence[int]) -> tuple[tuple[str, ...], tuple[Row, ...]] | None:
    """Names of the columns and the rows of table lines (blocks by index); None where bars do not part their cells."""
    blocks = [flow.blocks[index] for index in region]
    framed = sum(block.text.startswith("|") and block.text.endswith("|") for block in blocks) * 2 > len(blocks)
    lines = [_cells(block.text, block.start, framed) for block in blocks]
    begun = [len(line) for line in lines if line[0] is not None]
    width, agreeing = Counter(begun).most_common(1)[0] if begun else (0, 0)
    if width < _LEAST_COLUMNS or agreeing < max(2, _MOST_LINES * len(begun)) or max(map(len, lines)) > width:
        return None
    if 2 * sum(_lacks_a_bar(flow.text, line) for line in lines) > agreeing:
        return None
    of_figures = [_is_of_figures(flow.text, [line[at] for line in lines if len(line) == width]) for at in range(width)]
    rows: list[list[Spans]] = []
    for line in lines:
        cells = _under_their_columns(flow.text, line, of_figures)
        if rows and _goes_on(flow.text, cells):
            for column, span in enumerate(cells):
                rows[-1][column] += [span] if span is not None else []
        elif any(cells):
            rows.append([[span] if span is not None else [] for span in cells])
    read = [tuple(_cell(flow, spans) for spans in row) for row in rows]
    names, first = header_rows(read)
    columns = [" - ".join(dict.fromkeys(cell.text for row in read[:names] if (cell := row[at]))) for at in range(width)]
    return tuple(columns), tuple(read[first:])


def _cells(text: str, origin: int, framed: bool) -> list[tuple[int, int] | None]:
    """The spans of the cells of a line, None for an empty one; bars at both ends of a `framed` table part nothing."""
    bars = [match.start() for match in re.finditer(r"\|", text)]
    whole = framed and len(bars) > 1 and not text[: bars[0]].strip() and not text[bars[-1] + 1 :].strip()
    edges = bars if whole else [-1, *bars, len(text)]
    cells: list[tuple[int, int] | None] = []
    for low, high in pairwise(edges):
        inside = text[low + 1 : high]
        start = low + 1 + len(inside) - len(inside.lstrip())
        cells.append((origin + start, origin + start + len(inside.strip())) if inside.strip() else None)
    return cells


def _is_of_figures(text: str, column: Sequence[tuple[int, int] | None]) -> bool:
    """Whether most cells of a column are figures."""
    printed = [text[span[0] : span[1]] for span in column if span is not None]
    return 2 * sum(bool(VALUE.fullmatch(cell)) for cell in printed) > len(printed)


def _under_their_columns(
    text: str, line: Sequence[tuple[int, int] | None], of_figures: Sequence[bool]
) -> list[tuple[int, int] | None]:
    """A line with a cell for each column; a label that spans several ("Tổng cộng") stands in the last of these.

    A short line begins further right where its figures and words do not stand under figures and words otherwise.
    """
    missing = len(of_figures) - len(line)
    if missing > 0 and line[0] is not None and not VALUE.fullmatch(text[slice(*line[0])]):
        kinds = [(at, bool(VALUE.fullmatch(text[slice(*span)]))) for at, span in enumerate(line) if span and at]
        for by in range(missing + 1):
            if all(of_figures[at + by] == is_figure for at, is_figure in kinds):
                return [*([None] * by), *line, *([None] * (missing - by))]
    return [*line, *([None] * missing)]


def _lacks_a_bar(text: str, line: Sequence[tuple[int, int] | None]) -> bool:
    """Whether a cell of words closes in a figure with a mark: the rule between them was not read."""
    ends = (text[max(span[0], span[1] - _TAIL) : span[1]] for span in line if span is not None)
    return any(_WORDS_AND_FIGURE.search(end) for end in ends)


def _goes_on(text: str, cells: Sequence[tuple[int, int] | None]) -> bool:
    """Whether a line continues the cells of the row above: it has no number or label of its own and no figure."""
    printed = [text[span[0] : span[1]] if span is not None else "" for span in cells]
    if printed[0] or not any(printed) or _TOTAL.match(printed[1]):
        return False
    return not any(VALUE.fullmatch(cell) for cell in printed[1:])


def _cell(flow: Flow, spans: Spans) -> CellText | None:
    if not spans:
        return None
    text = " ".join(" ".join(flow.text[low:high].split()) for low, high in spans)
    return CellText(text, tuple(span for low, high in spans for span in flow.to_text(low, high)))
