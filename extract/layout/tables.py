"""Lines inside tables: by the ruled grids the reader found, else by what tabular lines look like."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from extract.layout.landmarks import is_annex, is_upper, plain
from extract.layout.markers import Level, marker_of
from extract.layout.spaced import spaced_tables
from extract.layout.stacked import CLASS, stacked_tables
from extract.layout.strips import Strip
from extract.records import Letter

_HEAD = re.compile(r"\W{0,3}(?:stt|tt|s6 tt|so tt)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\W{0,3}(?:chi tieu|ket qua|don vi tinh|so lieu|ghi chu)(?: thong ke)?\b.{0,30}"
)  # of a form's column
_CELL = re.compile(r"(?<![\w/])\d[\d.,]*%?(?![\w/])|(?<=\s)[-–](?=\s|$)|\|")
_WEAK_ROW = re.compile(r"^\W{0,2}\d{1,2}(?:\.\d{1,2}){1,3}\b|(?<!năm)(?<!tháng)(?<!ngày)\s[\d.,]{1,12}%?$")
_NUMBERED_ROW = re.compile(r"\W{0,2}\d{1,2}(?:\.\d{1,2}){1,3}\b.*\s[\d.,]{1,12}%?$")
_FIGURE = r"(?:(?:\s[^\w\s]{1,2})?\s[^\w\s]{0,2}\d[\d.,/]*+%?[^\w\s]?)"  # with the specks around it
_GRADED = _FIGURE + r"(?:\s" + CLASS.pattern + ")?"
_FULL_ROW = re.compile(
    r"\W{0,2}\d{1,3}(?:\.\d{1,2}){0,3}[.)]?\s?\|?\s?[^\W\d].{0,120}?" + _GRADED + _FIGURE, re.IGNORECASE
)
_BARE_ROW = re.compile(r"\W{0,2}[^\W\d].{0,80}?" + _FIGURE + "{3,10}$")
_CLOSED = re.compile(r"(?:\s[-+−]?\d[\d.,]{0,14}%?){1,10}$")
_COUNT = re.compile(r"\W{0,2}(\d{1,3})\b\W{0,4}(?=[^\W\d])")
_NO_HEAD = re.compile(r"(?:don vi(?: tinh)?|dvt)\s?:|\(")
_ENDED = re.compile(r"[.;:]\W{0,3}$")
_FULL = 58  # characters from which a line can be one of running text
_LONGEST = 85  # characters of a row at most
_BARS = 3  # strokes of dirt that go through one line hardly ever
_MANY = 9  # words of a full line of running text at least
_MOST = 0.6  # share of the counted lines that hold a figure
_NAMES = 9  # lines below "STT" that may name the columns of a form, a line each
_FAR = 6  # lines without figures that a cell of several lines may take


def table_strips(strips: Sequence[Strip], letter: Letter) -> set[int]:
    """Indices of the strips that belong to tables."""
    tight = [replace(strip, text=" ".join(strip.text.split())) for strip in strips]
    spaced = _spaced(strips)
    return _in_grids(strips, letter) | _tabular(tight, _ended(strips, spaced)) | _stacked(tight) | spaced


def _ended(strips: Sequence[Strip], spaced: set[int]) -> set[int]:
    """The lines behind tables of blanks where text begins: below a blank line, long, and without such blanks."""
    behind = (at for at in sorted(index + 1 for index in spaced) if at not in spaced and at < len(strips))
    return {at for at in behind if strips[at].gap and len(strips[at].text) >= _FULL and "  " not in strips[at].text}


def _in_grids(strips: Sequence[Strip], letter: Letter) -> set[int]:
    boxes = {page.number: [grid.box for grid in page.grids if grid.box is not None] for page in letter.pages}
    of_words = _lines_of_cells(letter)
    found = set()
    for index, strip in enumerate(strips):
        box = strip.box
        if box is None:
            if strip.line in of_words:
                found.add(index)
            continue
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if any(grid.x0 <= x <= grid.x1 and grid.y0 <= y <= grid.y1 for grid in boxes[strip.page]):
            found.add(index)
    return found


def _lines_of_cells(letter: Letter) -> set[int]:
    """The lines of the letter, counted from 0, that hold cells of grids without boxes."""
    found: set[int] = set()
    first = 0
    for page in letter.pages:
        for grid in page.grids:
            if grid.box is None:
                found.update(first + ref.line for cell in grid.cells for ref in cell.words)
        first += len(page.lines)
    return found


def _stacked(strips: Sequence[Strip]) -> set[int]:
    tables = stacked_tables([strip.text for strip in strips])
    return {index for table in tables for index in range(table.first, table.last + 1)}


def _spaced(strips: Sequence[Strip]) -> set[int]:
    lines = [" " * int(strip.indent if strip.box is None else 0) + strip.text for strip in strips]
    gaps = [strip.gap for strip in strips]
    return {index for table in spaced_tables(lines, gaps) for index in range(table.first, table.last + 1)}


def _tabular(strips: Sequence[Strip], ended: Set[int]) -> set[int]:
    """Regions that begin with a line of column heads ("STT …"), of cells between bars, or with rows alone.

    None goes on over a line of `ended`.
    """
    found: set[int] = set()
    at = 0
    while at < len(strips):
        if not _begins(strips, at):
            at += 1
            continue
        first = _head_above(strips, at, max(found, default=-1) + 1)
        last, index = max([at, *_counted(strips, at)]), at + 1
        head = at if _HEAD.match(strips[at].text) else -_NAMES
        while index < len(strips) and index - last <= _FAR:
            text = strips[index].text
            if index in ended:
                break
            head = index if _HEAD.match(text) else head
            named = index - head <= _NAMES and _NAME.fullmatch(plain(text)) is not None
            if _is_row(text) or head == index or named or _closing(text) > 1:
                last = max(last, index)
            elif index > last and (is_annex(text) or _is_prose(strips, index) or _is_heading(strips, index)):
                break
            elif _is_weak_row(text):
                last = max(last, index)
            index += 1
        if last > at:
            while last + 1 < len(strips) and strips[last + 1].text[:1].islower() and len(strips[last + 1].text) < 30:
                last += 1
            found.update(range(first, last + 1))
        at = last + 1
    return found


def _begins(strips: Sequence[Strip], at: int) -> bool:
    text = strips[at].text
    if text.count("|") >= 2:
        return _is_barred(text)
    if _NUMBERED_ROW.match(text[:200]):
        return any(_NUMBERED_ROW.match(strip.text[:200]) for strip in strips[at + 1 : at + 9])
    if _is_full_row(text):
        return sum(_is_full_row(strip.text) for strip in strips[at + 1 : at + 6]) >= 2
    if _is_even(strips, at):
        return True
    if not _HEAD.match(text) or len(plain(text).split()) < 3:
        return False
    return any(_is_row(strip.text) for strip in strips[at + 1 : at + 9]) or bool(_counted(strips, at))


def _counted(strips: Sequence[Strip], at: int) -> list[int]:
    """The lines below column heads ("STT …") that count up from 1, where most of them hold a figure as well."""
    if not _HEAD.match(strips[at].text):
        return []
    rows: list[int] = []
    number = 0
    for index in range(at + 1, len(strips)):
        if index - (rows[-1] if rows else at) > _FAR or _is_heading(strips, index):
            break
        match = _COUNT.match(strips[index].text)
        if match and number < int(match[1]) <= number + 2 and not _ENDED.search(strips[index].text):
            rows.append(index)
            number = int(match[1])
    figures = sum(_CELL.search(strips[index].text[4:]) is not None for index in rows)
    return rows if len(rows) > 2 and figures >= _MOST * len(rows) else []


def _is_even(strips: Sequence[Strip], at: int) -> bool:
    """Whether words and as many figures stand on a line as on two of the next three: such lines no sentence has."""
    figures = _closing(strips[at].text)
    return figures > 1 and sum(_closing(strip.text) == figures for strip in strips[at + 1 : at + 4]) > 1


def _closing(text: str) -> int:
    """How many figures close a line that begins with words; 0 for a full line of running text."""
    match = _CLOSED.search(text[-_LONGEST:]) if len(text) <= _LONGEST else None
    return len(match[0].split()) if match and match.start() > 0 else 0


def _head_above(strips: Sequence[Strip], at: int, floor: int) -> int:
    """Where the column heads begin above rows whose "STT" could not be read."""
    if not _is_full_row(strips[at].text):
        return at
    first = at
    for index in range(at - 1, max(at - 4, floor - 1), -1):
        text = strips[index].text
        if _ENDED.search(text) or _NO_HEAD.match(plain(text)) or len(text) > _LONGEST:
            break
        if is_annex(text) or is_upper(text) or marker_of(text) or _fills(text):
            break
        first = index
    return first


def _is_full_row(text: str) -> bool:
    """Whether a line is a number, words and two figures, or words and at least three figures."""
    return _is_row(text) and bool(_FULL_ROW.match(text[:160]) or _BARE_ROW.match(text[:160]))


def _is_weak_row(text: str) -> bool:
    """Whether a short line may be a row: numbered like one, or with a figure at its end."""
    return len(text) < _FULL and _WEAK_ROW.search(text) is not None


def _is_heading(strips: Sequence[Strip], index: int) -> bool:
    """Whether a numbered line is a heading or lead-in of the text: no figures of a row follow it."""
    text = strips[index].text
    marker = marker_of(text)
    if marker is None or marker.level > Level.SMALL_LETTER or _CELL.search(text[marker.length :]):
        return False
    for strip in strips[index + 1 : index + 4]:
        if _is_row(strip.text) or _is_weak_row(strip.text):
            return False
        if not strip.text[:1].islower():
            return True
    return True


def _is_row(text: str) -> bool:
    """Whether a line holds several cells: bars, or figures that no words connect."""
    cells = len(_CELL.findall(text))
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    if ("|" in text and len(text) <= _LONGEST and _is_barred(text)) or re.fullmatch(r"\d{1,3}", text):
        return True
    if cells >= 3 and words <= 2 * cells:
        return True
    numbered = re.match(r"\(?[\dIVX]{1,4}(?:\.\d{1,2}){0,3}[.)]?\s+\S", text)
    return bool(numbered) and cells >= 2 and words <= 14 and bool(re.search(r"[\d%)]$|[-–]$", text))


def _is_barred(text: str) -> bool:
    """Whether the bars of a line part cells, and are no strokes through a full line of running text."""
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    figures = sum(cell != "|" for cell in _CELL.findall(text))
    return len(text) < _FULL or words < _MANY or figures > 1 or text.count(" | ") >= _BARS


def _is_prose(strips: Sequence[Strip], index: int) -> bool:
    """Whether a line is running text again."""
    text = strips[index].text
    if len(text) > _LONGEST:
        return True
    marker = marker_of(text)
    if marker is not None and marker.level <= Level.ARTICLE and len(text.split()) >= 5:
        return True
    if marker is not None and strips[index].gap and len(text) > 40 and not _CELL.search(text[marker.length :]):
        return True
    following = strips[index + 1].text if index + 1 < len(strips) else ""
    return _fills(text) and (_fills(following) or text.endswith(("./.", ".", ":")))


def _fills(text: str) -> bool:
    """Whether a line is as long as those of running text, and has few figures among its words."""
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    return len(text) >= _FULL and 4 * len(_CELL.findall(text)) <= words and "|" not in text and not _is_row(text)
