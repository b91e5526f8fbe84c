"""Lines of a table put together to rows: wrapped labels, units, figures under the columns they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.figure_words import is_unit, measures
from extract.components.flat_lines import Line, Span, grade_of
from extract.components.sheets import CellText, Row
from extract.records import Flow

TOTAL = re.compile(r"^\W{0,2}(?:t[oôổốồộ]ng|cộng|c[oôốồổ]ng$|tỷ lệ|tỉ lệ|toàn)\b", re.IGNORECASE)
_FULL_LINE = 0.75  # of the longest line of a label: what follows may be its rest
_TORN = re.compile(r"(?<=\d[.,]) (?=\d)")
_MOST = 0.6  # share of the rows that end in a unit where there is a column of units
_UNIT_WORDS = 3


def join_lines(lines: Sequence[Line], text: str) -> list[Line]:
    """Lines without figures put to the row they belong to."""
    rows: list[Line] = []
    waiting: list[Span] = []
    number: Span | None = None
    full = _FULL_LINE * max((_length(line) for line in lines), default=0)
    wrapped = False  # whether the line before was as long as labels can be
    for index, line in enumerate(lines):
        if waiting and line.number is not None and _is_wrap(text, line, rows):
            line.label, line.number = [(line.number[0], line.label[0][1]), *line.label[1:]], None
        if (
            number is not None
            and not rows
            and line.number is not None
            and text[slice(*number)] == text[slice(*line.number)]
        ):
            waiting, number = [], None  # heads that a speck before them made look like the first row
        if number is not None and line.number is not None and _follows(text, number, line.number):
            rows.append(Line(number, waiting, []))
            waiting, number = [], None
        if line.values and (line.label or line.number or waiting or number):
            if waiting and number is None and rows and line.label and TOTAL.match(text[slice(*line.label[0])]):
                rows[-1].label += waiting
                waiting = []
            line.label = [*waiting, *line.label]
            line.number = line.number or number
            rows.append(line)
            waiting, number = [], None
        elif line.label:
            if rows and not waiting and _goes_on(rows[-1], line, text, lines[index + 1 : index + 2], wrapped=wrapped):
                rows[-1].label += line.label
                rows[-1].number = rows[-1].number or line.number
            else:
                waiting += line.label
                number = number or line.number
        elif line.number is not None and rows and rows[-1].number is None:
            rows[-1].number = line.number
        wrapped = _length(line) >= full
    return rows


def _is_wrap(text: str, line: Line, rows: Sequence[Line]) -> bool:
    """Whether the number a line begins with is a word of a label ("đường tỉnh / 295 đoạn qua thị trấn")."""
    if not line.label or not text[line.label[0][0]].islower() or line.number is None:
        return False
    above = next((row.number for row in reversed(rows) if row.number is not None), None)
    before = text[slice(*above)].strip(" .)") if above is not None else "0"
    number = text[slice(*line.number)].strip(" .)")
    return number.isdecimal() and not (before.isdecimal() and int(number) == int(before) + 1)


def _follows(text: str, above: Span, below: Span) -> bool:
    """Whether two numbers, the upper of a line without figures, are those of two rows."""
    first, second = text[slice(*above)].strip(" .)"), text[slice(*below)].strip(" .)")
    if first.isdecimal() and second.isdecimal():
        return int(second) == int(first) + 1
    return first.isalpha() != second.isalpha()


def _is_speck(above: Span, number: Span) -> bool:
    """Whether the number before a wrapped label is dirt: far shorter than that of the row it would follow."""
    return number[1] - number[0] < above[1] - above[0] - 1


def _length(line: Line) -> int:
    """Characters of the last line of a label."""
    return line.label[-1][1] - line.label[-1][0] if line.label else 0


def _goes_on(row: Line, line: Line, text: str, after: Sequence[Line], *, wrapped: bool) -> bool:
    """Whether a line without figures goes on with the label of the row above: small letters, or a full line above.

    Behind a full line a word with a capital goes on only where the next row is whole: number, label and figures.
    """
    opening = text[line.label[0][0]]
    if opening.islower() or not opening.isalpha():
        return line.number is None or row.number is None or (opening.islower() and _is_speck(row.number, line.number))
    if not wrapped or line.number is not None or TOTAL.match(text[slice(*line.label[0])]):
        return False
    if row.number is None and not any(one.number is not None for one in after):
        return False
    return all(
        one.values and one.label and (one.number is not None or TOTAL.match(text[slice(*one.label[0])]))
        for one in after
    )


def has_units(flow: Flow, rows: Sequence[Line], *, named: bool) -> bool:
    """Whether the labels of most rows end in a unit; where no head says so, in several, of which one measures."""
    valued = [row for row in rows if row.values and row.label and not TOTAL.match(flow.text[slice(*row.label[0])])]
    found = [unit for row in valued if (unit := _cut_unit(flow, row.label)[1])]
    printed = {flow.text[slice(*unit[0])].lower() for unit in found}
    if len(found) < max(2, _MOST * len(valued)):
        return False
    return named or (len(printed) > 1 and any(unit == "%" or measures(unit) for unit in printed))


def to_row(flow: Flow, line: Line, width: int, *, with_unit: bool, with_remark: bool) -> Row:
    """The cells of a row: number, label, unit, figures, remark."""
    values = list(line.values)
    label = list(line.label)
    label += [value for value in values[: len(values) - width] if value is not None] if len(values) > width else []
    values = values[-width:]
    unit: list[Span] = []
    if with_unit and label and values:
        label, unit = _cut_unit(flow, label)
    cells = [_cell(flow, [line.number] if line.number else [], numbers=True), _cell(flow, label)]
    if with_unit:
        cells.append(_cell(flow, unit))
    cells += [_figure(_cell(flow, [value] if value is not None else [])) for value in values]
    cells += [None] * (width - len(values))
    if with_remark:
        cells.append(_cell(flow, [line.remark] if line.remark else []))
    return tuple(cells)


def _cut_unit(flow: Flow, label: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """A label and the unit of measure at the end of one of its lines."""
    for at in range(len(label) - 1, -1, -1):
        low, high = label[at]
        words = list(re.finditer(r"\S+", flow.text[low:high]))
        for width in range(min(_UNIT_WORDS, len(words)), 0, -1):
            start = words[-width].start()
            printed = flow.text[low + start : high].strip("|")
            if is_unit(printed.split("/")[0]) and (len(words) > width or len(label) > 1):
                rest = (low, low + len(flow.text[low : low + start].rstrip(" |")))
                return [*label[:at], *([rest] if rest[1] > rest[0] else []), *label[at + 1 :]], [
                    (high - len(printed), high)
                ]
    return list(label), []


def _figure(cell: CellText | None) -> CellText | None:
    """A cell of a figure that was torn behind its mark, as it was printed: "2.596, 1" is "2.596,1"."""
    return cell and CellText(_TORN.sub("", cell.text), cell.spans)


def _cell(flow: Flow, spans: Sequence[Span], *, numbers: bool = False) -> CellText | None:
    if not spans:
        return None
    text = " ".join(" ".join(flow.text[low:high].replace("|", " ").split()) for low, high in spans)
    bare = text.strip(" .)_:–-/[]{}") if numbers else text
    return CellText(grade_of(bare or text), tuple(span for low, high in spans for span in flow.to_text(low, high)))
