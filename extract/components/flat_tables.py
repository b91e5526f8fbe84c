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

from rapidfuzz import fuzz

from extract.components.barred_tables import read_barred
from extract.components.flat_fit import settle, spread
from extract.components.flat_lines import Line, cut_line, fitted, is_noise, with_remarks, without_hyphen
from extract.components.flat_rows import TOTAL, has_units, join_lines, to_row
from extract.components.forms import read_form
from extract.components.sheets import Row
from extract.components.spaced_tables import read_spaced
from extract.components.stacked_tables import read_stacked
from extract.layout.spaced import is_index
from extract.records import Block, Flow, Reading, Role

_HEAD = re.compile(r"^\W{0,3}(?:STT|TT|Số TT|S\.TT|(?:Thứ )?Hạng(?!\s*[\dIVX]))\b", re.IGNORECASE)
_TITLE = re.compile(r"^\W{0,3}(?:Biểu mẫu|Biểu số|Biểu|Phụ lục|Bảng)\s*(?:số\s*)?[\dIVX]", re.IGNORECASE)
_PROSE = re.compile(r"^\W{0,2}(?:Điều\s\d|\d{1,2}(?:\.\d{1,2})?\.?\s[^\d|]{3,160}(?::|đề nghị|yêu cầu)$)")
_UNIT_COLUMN = re.compile(r"đơn vị tính|đvt|đ\.vị|chỉ tiêu đơn vị", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST = re.compile(r"\W{0,2}(?:1|I|A)\W{0,2}")
_HEAD_LINES = 7  # at most
_SHORTEST_HEAD = 20  # characters of a line of heads that is told again by likeness
_ALIKE = 75  # per cent
_LONGEST_INDEX = 120  # characters of a line of column numbers


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
        if head and region and _names_the_same(" ".join(text.split()), heads):
            between = flow.blocks[region[-1] + 1 : index]
            apart = any(_TITLE.match(block.text) or block.role is Role.TITLE for block in between)
        elif head or _TITLE.match(text):
            apart = apart or any(_has_figures(flow, at) for at in region[-3:])
        if apart:
            yield region
            region = []
        if head:
            heads = " ".join(text.split())
        if not _PROSE.match(text):
            region.append(index)
    if region:
        yield region


def _names_the_same(head: str, above: str) -> bool:
    """Whether a line of heads is the one above again, at a page break, whatever was misread in either.

    "STT" alone on a line, its columns named below it, is taken for that.
    """
    return (
        head == above
        or _HEAD.fullmatch(head) is not None
        or (
            min(len(head), len(above)) >= _SHORTEST_HEAD
            and fuzz.ratio(head[:_LONGEST_INDEX], above[:_LONGEST_INDEX]) >= _ALIKE
        )
    )


def _has_figures(flow: Flow, at: int) -> bool:
    """Whether a line closes in figures that are no years: those stand in heads as well."""
    values = cut_line(flow.blocks[at]).values
    return any(value is not None and not _YEAR.fullmatch(flow.text[slice(*value)]) for value in values)


def _sheet(reading: Reading, region: Sequence[int]) -> FlatSheet | None:
    flow = reading.flow
    first, last = flow.blocks[region[0]], flow.blocks[region[-1]]
    by_lines = read_barred(flow, region) or read_form(flow, region)
    if read := by_lines or read_spaced(reading, region) or read_stacked(flow, region):
        return FlatSheet(region[0], *read, start=first.start, end=last.start + len(last.text))
    head_lines, body = _split_head(flow, region)
    lines = [without_hyphen(flow.text, cut_line(flow.blocks[index])) for index in body]
    lines = with_remarks(flow.text, lines)
    counts = Counter(len(line.values) for line in lines if line.values)
    if sum(counts.values()) < 2:
        return None
    width = max(counts, key=lambda count: (counts[count], count))
    kept = [line for line in lines if not is_noise(flow.text, line, width)]
    rows = join_lines(spread(flow.text, [fitted(flow.text, line, width) for line in kept], width), flow.text)
    heads = " ".join(flow.blocks[index].text for index in head_lines)
    if head_lines and not _HEAD.match(heads) and "|" not in heads:
        head_lines = []  # hardly read: names put to the wrong columns are worse than none
    with_remark = any(row.remark is not None for row in rows)
    with_unit = has_units(flow, rows, named=_UNIT_COLUMN.search(heads) is not None)
    numbered = _HEAD.match(heads) is not None or any(row.number is not None for row in rows)
    table = settle(
        [to_row(flow, row, width, with_unit=with_unit, with_remark=with_remark) for row in rows], 2 + with_unit, width
    )
    columns = _columns([flow.blocks[index].text for index in head_lines], width + 2 + with_unit + with_remark)
    return FlatSheet(
        first=region[0],
        columns=columns if numbered else columns[1:],
        rows=tuple(table if numbered else [row[1:] for row in table]),
        start=first.start,
        end=last.start + len(last.text),
    )


def _split_head(flow: Flow, region: Sequence[int]) -> tuple[list[int], list[int]]:
    """The lines that name columns (again on later pages), and those of rows; lines of column numbers are neither."""
    heads: list[int] = []
    lines: list[int] = []
    naming = _HEAD.match(flow.blocks[region[0]].text) is not None or _is_unread_head(flow, region)
    begins = next((at for at in region[:_HEAD_LINES] if _numbers_columns(flow.blocks[at].text)), None)
    repeated = False
    for index in region:
        text = flow.blocks[index].text
        if begins is not None and index <= begins:
            heads += [index] if index < begins else []
            naming = False
            continue
        if _numbers_columns(text):
            continue
        if _HEAD.match(text):
            naming, repeated = True, bool(lines)
        elif naming and _begins_rows(flow.blocks[index], after_head=True):
            naming = False
        if not naming:
            lines.append(index)
        elif not repeated:
            heads.append(index)
    return heads, lines


def _numbers_columns(text: str) -> bool:
    """Whether a line only numbers the columns, maybe with one number misread: "A B 1 2 s 4=3/2"."""
    if len(text) > _LONGEST_INDEX:
        return False
    words = [match.span() for match in re.finditer(r"[^\s|]+", text)]
    lettered = [text[low:high] for low, high in words[:2]] == ["A", "B"]
    return is_index(text, words) or (
        lettered and len(words) > 3 and all("=" in word or len(word) < 3 for word in text.split())
    )


def _is_unread_head(flow: Flow, region: Sequence[int]) -> bool:
    """Whether the first lines name columns, though their "STT" was not read: the first row stands below them."""
    lines = [cut_line(flow.blocks[index]) for index in region[:_HEAD_LINES]]
    for at, line in enumerate(lines):
        if line.number is not None and _FIRST.fullmatch(flow.text[slice(*line.number)]) and line.values:
            return at > 0 and not any(above.number is not None for above in lines[:at])
    return next((at > 0 and len(line.values) >= 2 for at, line in enumerate(lines[:4]) if line.values), False)


def _begins_rows(block: Block, *, after_head: bool) -> bool:
    line = cut_line(block)
    if line.values and (line.number is not None or TOTAL.match(block.text) or len(line.values) > 2):
        return True
    return _is_group(line, block) or (after_head and block.text[:1].isupper() and "," in block.text[-2:])


def _is_group(line: Line, block: Block) -> bool:
    """Whether a line heads a group of rows: "I Chỉ tiêu kinh tế"."""
    return line.number is not None and _FIRST.fullmatch(block.text.split()[0]) is not None and bool(line.label)


def _columns(heads: Sequence[str], width: int) -> tuple[str, ...]:
    """Names of the columns as far as the header lines tell them apart: by bars, where all were read, else by capitals.

    Two header lines of which the second names as many columns as are left are merged; anything else that does not
    come out even leaves the names of the figures' columns empty.
    """
    if not heads:
        return ("",) * width
    names = [name for part in heads[0].split("|") if (name := " ".join(part.split()))]
    if not any("|" in head for head in heads) or len(names) != width:
        names = _by_capitals(" ".join(heads).replace("|", " "))
        if len(names) != width and len(heads) > 1:
            leaves = _by_capitals(heads[-1])
            names = [*_by_capitals(heads[0])[:2], *leaves] if len(leaves) == width - 2 else names
    if len(names) == width:
        return tuple(names)
    if not _HEAD.match(names[0] if names else ""):
        return ("",) * width
    return tuple([*names[:2], *[""] * width][:width])


def _by_capitals(text: str) -> list[str]:
    names: list[str] = []
    for word in text.split():
        if not names or (word[0].isupper() and not names[-1].endswith(("-", ",", "/", "("))):
            names.append(word)
        else:
            names[-1] += f" {word}"
    return names
