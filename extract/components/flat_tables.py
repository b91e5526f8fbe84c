"""Tables rebuilt from lines of text, where nothing but the words of the lines is known.

A row is a line with figures at its end (or after its number and label); a line without figures is part of the
label of the row before it where it goes on in small letters, else of the row behind it. How many figures a row
has, the table decides: most rows agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.components.barred_tables import read_barred
from extract.components.figure_words import is_unit
from extract.components.sheets import VALUE, CellText, Row
from extract.components.spaced_tables import read_spaced
from extract.components.stacked_tables import read_stacked
from extract.records import Block, Flow, Reading, Role

_HEAD = re.compile(r"^\W{0,3}(?:STT|TT|Số TT|S\.TT|(?:Thứ )?Hạng(?!\s*[\dIVX]))\b", re.IGNORECASE)
_TITLE = re.compile(r"^\W{0,3}(?:Biểu mẫu|Biểu số|Biểu|Phụ lục|Bảng)\s*(?:số\s*)?[\dIVX]", re.IGNORECASE)
_PROSE = re.compile(r"^\W{0,2}(?:Điều\s\d|\d{1,2}(?:\.\d{1,2})?\.?\s[^\d|]{3,160}(?::|đề nghị|yêu cầu)$)")
_TOKEN = re.compile(r"\||[^\s|]+")
_NUMBER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,2}){0,4}|[IVX]{1,4}|[A-HĐ])[.)]{0,2}")
_CLASS = re.compile(
    r"(?:Xuất sắc|T[^\W\d_]t|Kh[aáàảãạâ]|Trung bình khá|Trung bình|Yếu|Kém|Đạt|Không đạt|Giỏi|Hoàn thành|Chưa đạt"
    r"|Có|Không)$",
    re.IGNORECASE,
)
_FULL_LINE = 0.75  # of the longest line of a label: what follows may be its rest
_LONGEST_CLASS = 16  # characters, with a blank too many
_CLASS_WORDS = 3
_DIRT = "“”\"'‘’`°:;~*_^«»"  # at the edges of a figure
_UNIT_COLUMN = re.compile(r"đơn vị\s*(?:tính)?|đvt", re.IGNORECASE)
_TOTAL = re.compile(r"^\W{0,2}(?:tổng|cộng|tỷ lệ|tỉ lệ|toàn)\b", re.IGNORECASE)


Spans = list[tuple[int, int]]


@dataclass(slots=True)
class _Line:
    """A row in the making: flow spans of its number, its label, its figures and the words behind them."""

    number: tuple[int, int] | None
    label: list[tuple[int, int]]
    values: list[tuple[int, int]]
    remark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FlatSheet:
    """A table read from lines: `first` is the index of its first block; `start`..`end` its span of the flow text."""

    first: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int


def read_flat(reading: Reading, indices: Sequence[int]) -> Iterator[FlatSheet]:
    """The tables in the table lines (blocks by index) of a letter that no grid accounts for."""
    for region in _regions(reading.flow, indices):
        sheet = _sheet(reading, region)
        if sheet is not None:
            yield sheet


def _regions(flow: Flow, indices: Sequence[int]) -> Iterator[list[int]]:
    """Runs of table lines; a title or the heads of other columns begin a new one, the same heads again do not."""
    region: list[int] = []
    heads = ""
    for index in indices:
        text = flow.blocks[index].text
        apart = bool(region) and any(
            block.role is not Role.PAGE_NUMBER for block in flow.blocks[region[-1] + 1 : index]
        )
        head = _HEAD.match(text) is not None
        if head and region and " ".join(text.split()) == heads:
            apart = False
        elif head or _TITLE.match(text):
            apart = apart or any(_line(flow.blocks[at]).values for at in region[-3:])
        if apart:
            yield region
            region = []
        if head:
            heads = " ".join(text.split())
        if not _PROSE.match(text):
            region.append(index)
    if region:
        yield region


def _sheet(reading: Reading, region: Sequence[int]) -> FlatSheet | None:
    flow = reading.flow
    first, last = flow.blocks[region[0]], flow.blocks[region[-1]]
    if read := read_barred(flow, region) or read_spaced(reading, region) or read_stacked(flow, region):
        return FlatSheet(region[0], *read, start=first.start, end=last.start + len(last.text))
    head_lines, lines = _split_head(flow, region)
    rows = _join([_line(flow.blocks[index]) for index in lines], flow.text)
    counts = Counter(len(row.values) for row in rows if row.values)
    if not rows or not counts:
        return None
    width = max(counts, key=lambda count: (counts[count], count))
    if sum(counts.values()) < 2:
        return None
    heads = " ".join(flow.blocks[index].text for index in head_lines)
    if head_lines and not _HEAD.match(heads) and "|" not in heads:
        head_lines = []  # hardly read: names put to the wrong columns are worse than none
    with_remark = sum(row.remark is not None for row in rows) * 2 > len(rows)
    with_unit = bool(_UNIT_COLUMN.search(heads)) and width <= 2
    return FlatSheet(
        first=region[0],
        columns=_columns([flow.blocks[index].text for index in head_lines], width + 2 + with_unit + with_remark),
        rows=tuple(_row(flow, row, width, with_unit=with_unit, with_remark=with_remark) for row in rows),
        start=first.start,
        end=last.start + len(last.text),
    )


def _split_head(flow: Flow, region: Sequence[int]) -> tuple[list[int], list[int]]:
    """The lines that name columns (again on later pages), and those of rows."""
    heads: list[int] = []
    lines: list[int] = []
    naming = _HEAD.match(flow.blocks[region[0]].text) is not None or _is_unread_head(flow, region)
    repeated = False
    for index in region:
        text = flow.blocks[index].text
        if _HEAD.match(text):
            naming, repeated = True, bool(lines)
        elif naming and _begins_rows(flow.blocks[index], after_head=True):
            naming = False
        if not naming:
            lines.append(index)
        elif not repeated:
            heads.append(index)
    return heads, lines


def _is_unread_head(flow: Flow, region: Sequence[int]) -> bool:
    """Whether the first lines name columns, though their "STT" was not read: no figures, then a row of several."""
    for index in region[:4]:
        values = _line(flow.blocks[index]).values
        if values:
            return index != region[0] and len(values) >= 2
    return False


def _begins_rows(block: Block, *, after_head: bool) -> bool:
    line = _line(block)
    if line.values and (line.number is not None or _TOTAL.match(block.text) or len(line.values) > 2):
        return True
    return after_head and block.text[:1].isupper() and not block.text.endswith(("\n",)) and "," in block.text[-2:]


def _line(block: Block) -> _Line:
    """A line cut into number, label and figures."""
    tokens = [_cleaned(block.text, *match.span()) for match in _TOKEN.finditer(block.text)]
    tokens = [(low, high) for low, high in tokens if low < high]
    text, origin = block.text, block.start
    number = None
    if tokens and (match := _NUMBER.fullmatch(text[tokens[0][0] : tokens[0][1]])) and len(tokens) > 1:
        number = (origin + tokens[0][0], origin + tokens[0][0] + match.end())
        tokens = tokens[1:]
    tokens, values = _cut_values(text, tokens)
    behind: list[tuple[int, int]] = []
    if not values and number is not None:
        tokens, values, behind = _cut_remark(text, tokens)
    label = [(origin + tokens[0][0], origin + tokens[-1][1])] if tokens else []
    return _Line(number, label, _moved(values, origin), remark=(_moved(behind, origin)[0] if behind else None))


def _cut_values(text: str, tokens: Spans) -> tuple[Spans, Spans]:
    """Label, and the figures and classes that close a line; a class is one only behind a figure."""
    end = len(tokens)
    values: Spans = []
    while end:
        low, high = tokens[end - 1]
        if VALUE.fullmatch(text[low:high]):
            values.append((low, high))
            end -= 1
            continue
        kind = _CLASS.search(text, max(high - _LONGEST_CLASS, tokens[0][0]), high)
        inside = [token for token in tokens[max(end - _CLASS_WORDS, 0) : end] if kind and token[0] >= kind.start()]
        before = end - len(inside)
        if not inside or not before or not VALUE.fullmatch(text[slice(*tokens[before - 1])]):
            break
        values.append((inside[0][0], inside[-1][1]))
        end = before
    return tokens[:end], values[::-1]


def _cleaned(text: str, low: int, high: int) -> tuple[int, int]:
    """The span of a word without the dirt around a figure; an empty one for a bar or a speck."""
    word = text[low:high]
    bare = word.strip(_DIRT + "|")
    if bare and (bare == word or not VALUE.fullmatch(bare)):
        return low, high
    start = low + len(word) - len(word.lstrip(_DIRT + "|"))
    return start, start + len(bare)


def _moved(spans: Sequence[tuple[int, int]], origin: int) -> list[tuple[int, int]]:
    return [(origin + low, origin + high) for low, high in spans]


def _cut_remark(text: str, tokens: Spans) -> tuple[Spans, Spans, Spans]:
    """Label, figures and the words behind them ("1 Tập huấn 530 310 840 Sở Nội vụ"); two figures in a row at least."""
    marks = [bool(VALUE.fullmatch(text[low:high])) for low, high in tokens]
    for at in range(1, len(tokens) - 2):
        if marks[at] and marks[at + 1]:
            end = at
            while end < len(tokens) and marks[end]:
                end += 1
            if end < len(tokens):
                return tokens[:at], tokens[at:end], [(tokens[end][0], tokens[-1][1])]
    return tokens, [], []


def _join(lines: Sequence[_Line], text: str) -> list[_Line]:
    """Lines without figures put to the row they belong to."""
    rows: list[_Line] = []
    waiting: list[tuple[int, int]] = []
    number: tuple[int, int] | None = None
    full = _FULL_LINE * max((_length(line) for line in lines), default=0)
    wrapped = False  # whether the line before was as long as labels can be
    for index, line in enumerate(lines):
        if line.values and (line.label or line.number or waiting or number):
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


def _is_speck(above: tuple[int, int], number: tuple[int, int]) -> bool:
    """Whether the number before a wrapped label is dirt: far shorter than that of the row it would follow."""
    return number[1] - number[0] < above[1] - above[0] - 1


def _length(line: _Line) -> int:
    """Characters of the last line of a label."""
    return line.label[-1][1] - line.label[-1][0] if line.label else 0


def _goes_on(row: _Line, line: _Line, text: str, after: Sequence[_Line], *, wrapped: bool) -> bool:
    """Whether a line without figures goes on with the label of the row above: small letters, or a full line above.

    Behind a full line a word with a capital goes on only where the next row is whole: number, label and figures.
    """
    opening = text[line.label[0][0]]
    if opening.islower() or not opening.isalpha():
        return line.number is None or row.number is None or (opening.islower() and _is_speck(row.number, line.number))
    if not wrapped or line.number is not None or row.number is None or _TOTAL.match(text[slice(*line.label[0])]):
        return False
    return all(
        one.values and one.label and (one.number is not None or _TOTAL.match(text[slice(*one.label[0])]))
        for one in after
    )


def _row(flow: Flow, line: _Line, width: int, *, with_unit: bool, with_remark: bool) -> Row:
    values = list(line.values)
    label = list(line.label)
    while len(values) > width:
        label.append(values.pop(0))
    unit: list[tuple[int, int]] = []
    if with_unit and label:
        label, unit = _cut_unit(flow, label)
    cells = [_cell(flow, [line.number] if line.number else []), _cell(flow, label)]
    if with_unit:
        cells.append(_cell(flow, unit))
    cells += [_cell(flow, [value]) for value in values]
    cells += [None] * (width - len(values))
    if with_remark:
        cells.append(_cell(flow, [line.remark] if line.remark else []))
    return tuple(cells)


def _cut_unit(flow: Flow, label: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """A label and the unit of measure at the end of one of its lines."""
    for at in range(len(label) - 1, -1, -1):
        low, high = label[at]
        words = list(re.finditer(r"\S+", flow.text[low:high]))
        for width in (2, 1):
            if len(words) < width:
                continue
            start = words[-width].start()
            printed = flow.text[low + start : high]
            if is_unit(printed) and (len(words) > width or len(label) > 1) and not printed[:1].islower():
                rest = (low, low + len(flow.text[low : low + start].rstrip(" |")))
                return [*label[:at], *([rest] if rest[1] > rest[0] else []), *label[at + 1 :]], [(low + start, high)]
    return label, []


def _cell(flow: Flow, spans: Sequence[tuple[int, int]]) -> CellText | None:
    if not spans:
        return None
    text = " ".join(" ".join(flow.text[low:high].replace("|", " ").split()) for low, high in spans)
    return CellText(
        text.strip(" .") if len(spans) == 1 and _NUMBER.fullmatch(text) else text,
        tuple(span for low, high in spans for span in flow.to_text(low, high)),
    )


def _columns(heads: Sequence[str], width: int) -> tuple[str, ...]:
    """Names of the columns as far as the header lines tell them apart: by bars, else by capitals.

    Two header lines of which the second names as many columns as are left are merged; anything else that does not
    come out even leaves the names of the figures' columns empty.
    """
    if not heads:
        return ("",) * width
    if any("|" in head for head in heads):
        names = [" ".join(part.split()) for part in heads[0].split("|")]
    else:
        names = _by_capitals(" ".join(heads))
        if len(names) != width and len(heads) > 1:
            leaves = _by_capitals(heads[-1])
            names = [*_by_capitals(heads[0])[:2], *leaves] if len(leaves) == width - 2 else names
    names = [name for name in names if name]
    if len(names) == width:
        return tuple(names)
    return tuple([*names[:2], *[""] * width][:width])


def _by_capitals(text: str) -> list[str]:
    names: list[str] = []
    for word in text.split():
        if not names or (word[0].isupper() and not names[-1].endswith(("-", ",", "/", "("))):
            names.append(word)
        else:
            names[-1] += f" {word}"
    return names
