"""Figures of running text that a table tells too: those of a body it has a row of, and its totals.

What a figure counts is told by the words of its clause, what a cell counts by its row's name and its column's head. A
figure that fits one cell by both, and differs from it by a slip of the pen, is wrong; one that only the row's name or
other figures of the row lead to is so where it is a long one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, printed_decimals, vn
from extract.checks.figures.breaks import YEAR
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import are_exchanged, is_one_digit, is_slip
from extract.checks.figures.terms import finding, is_doubtful, merged, quote
from extract.checks.figures.verdict import compare
from extract.checks.tables.bodies import is_of_other_time
from extract.checks.tables.fits import Cell, Fit, Line, Told, data, fit_of, lines_of, words_in
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.named import Token, keys_in, place_of, tokens_of
from extract.components.context import UPPER, Sentence
from extract.components.figure_words import is_unit
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Proof, Reading, Records

Column = tuple[int, int]
"""Which table, and which of its columns."""

_MOST_ROWS: Final = 400  # of all tables of a letter
_NEAR: Final = 60  # characters from a name to the figure that no word leads to
_WORD: Final = 8  # characters that hold the word right before a name
_BEHIND: Final = 50  # characters from a figure to a name behind it
_TOTAL: Final = 100  # a total without decimals that is not another figure by chance
_LONG: Final = 1000  # a count that is not a digit off another by chance
_FEWEST: Final = 10
_CLAUSE: Final = re.compile(r"[,;:()]|(?<!hạn)(?<!đúng)(?<!trước)(?<!sớm)(?<!trong)\svà\s")
_PRINTED: Final = re.compile(r"\d+(?:[.,]\d+)*")
_BEHIND_NAME: Final = re.compile(r"[,)]")
_OTHER_NAME: Final = re.compile(
    rf"\b(?i:huyện|xã|sở|phường|tỉnh|thành phố|thị xã|thị trấn|ban|cục|phòng|trường) [{UPPER}]"
)
_TOGETHER: Final = re.compile(r"\b(?:tổng cộng|cả thảy|tất cả|cộng lại|cộng chung)\s*(?:là\s*)?$", re.IGNORECASE)
_OF_A_YEAR: Final = re.compile(r"\b(?:năm (?:20\d\d|trước|ngoái)|cùng kỳ[^.;()\d]{0,12}|kỳ trước)\s?\($", re.IGNORECASE)
_OF_NAME: Final = re.compile(rf"\b[{UPPER}][^\W\d_]*\s?\($")  # "Thanh Hà (84,8)" is no total
_CHANGES: Final = re.compile(r"\b(?:tăng|giảm|thêm|bớt)\s$", re.IGNORECASE)  # "tăng Điều dưỡng 20, Kế toán 30"
_SHARE: Final = re.compile(r"[^\d.;()]{0,60}[(,]\s?(?:(?:chiếm|đạt|bằng) )?(?:tỷ lệ )?(\d{1,3}(?:,\d{1,4})?)\s?%")


def check_quoted(records: Records, reading: Reading) -> Iterator[Finding]:
    """What running text says of the bodies that a table has rows of, and of its totals."""
    grids = grids_of(records, reading)
    lines = [line for grid in grids for line in lines_of(grid)][:_MOST_ROWS]
    if not lines:
        return
    named: dict[str, list[Line]] = {}
    for line in lines:
        if line.name is not None:
            named.setdefault(line.name.words[0], []).append(line)
    every = {cell.value for line in lines for cell in line.cells if _is_telling(cell.value)}
    blocks = reading.flow.of(*RUNNING)
    printed = {number for block in blocks for number in _PRINTED.findall(block.text)}
    whole = [(line, _repeated(line, printed)) for line in lines if line.name is None]
    for block in blocks:
        for sentence in sentences(block):
            told = list(_told(sentence, reading, named, [line for line, _ in whole]))
            made: list[tuple[Finding, Column]] = []
            for one in told:
                for line in one.lines:
                    if line.name is not None:
                        made += _against(one, line, told, set(), sentence)
                    elif one.one.term.value not in every - line.values:
                        repeated = next(cells for other, cells in whole if other is line)
                        made += _against(one, line, told, repeated, sentence)
            yield from _of_one_thing(made)


def _of_one_thing(made: Sequence[tuple[Finding, Column]]) -> Iterator[Finding]:
    """What a sentence tells as tables do or not; of another thing where it tells several cells of a column otherwise.

    "Đợt 2 giao 400 suất: xã A 75, xã B 45, …" below a table of what came of the first round.
    """
    wrong = Counter(column for one, column in made if one.verdict.is_wrong)
    for one, column in made:
        if wrong[column] <= 1 or not one.verdict.is_wrong:
            yield one


def _repeated(line: Line, printed: set[str]) -> set[str]:
    """The cells of a line that running text tells too."""
    cells = {line.grid.cell(cell.row, cell.column) or "" for cell in line.cells if _is_telling(cell.value)}
    return {cell.strip(" %") for cell in cells} & printed


def _told(sentence: Sentence, reading: Reading, named: dict[str, list[Line]], whole: Sequence[Line]) -> Iterator[Told]:
    """The figures of a sentence that a table may tell too."""
    here = [one for one in figures(sentence, reading, wide=True) if not (one.change or one.compared or one.approximate)]
    if not here:
        return
    text = sentence.text
    names = [] if named.keys().isdisjoint(keys_in(text)) else list(_names(tokens_of(text), named))
    changed = [start for start, *_ in names if _CHANGES.search(text[max(start - _WORD, 0) : start])]
    for last_one, one in zip((None, *here), here, strict=False):
        at, end = one.start - sentence.start, one.end - sentence.start
        lead, near = _near(one, last_one)
        of = text[max(at - 1, 0) : at] == "/"  # a month, or the most points there are
        opened = text.rfind("(", 0, at)
        if ")" not in text[opened:at] and _OF_A_YEAR.search(text, max(opened - _NEAR, 0), opened + 1):
            continue  # "Đặt cạnh năm 2022 (thụ lý 668, giải quyết 621)"
        dated = (of and (text[end : end + 1] == "/" or one.head == "điểm")) or YEAR.fullmatch(text[at:end])
        if dated or data().other.search(lead):
            continue
        before = [place for place in names if place[1] <= at]
        if any(start < at and ";" not in text[start:at] for start in changed):
            continue
        behind = [place for place in names if end < place[0] <= end + _BEHIND]
        behind = [place for place in behind if data().before_name.fullmatch(text[end : place[0]])]
        if behind:
            lines, close = [line for *_, line in behind], True
        elif before:
            last = max(stop for _, stop, _ in before)
            apart = any(stop == last and _is_left_out(text, start, text[last:at]) for start, stop, _ in before)
            lines = [line for _, stop, line in before if stop == last and not apart and _leads(text[last:at])]
            close = at - last <= _NEAR and not _PRINTED.search(text, last, at)
        elif _OF_NAME.search(text, max(at - _NEAR, 0), at):
            continue
        else:
            lines, close = list(whole), False
        if lines and not (close and _TOGETHER.search(lead)):
            said = words_in(f"{text[:at]} {_CLAUSE.split(one.behind)[0]}".lower())
            yield Told(one, near, words_in(near), said, tuple(lines), close)


def _names(tokens: Sequence[Token], named: dict[str, list[Line]]) -> Iterator[tuple[int, int, Line]]:
    """Where a sentence names rows."""
    for at, token in enumerate(tokens):
        for line in named.get(token.key, ()):
            if line.name is not None and (place := place_of(line.name, tokens, at)) is not None:
                yield *place, line


def _is_left_out(text: str, start: int, between: str) -> bool:
    """Whether what is named is only what a figure leaves out: "Không kể thuế tài nguyên (31.250), thu được 95.840"."""
    return (
        bool(_BEHIND_NAME.search(between)) and data().left_out.search(text[max(start - _NEAR, 0) : start]) is not None
    )


def _leads(between: str) -> bool:
    """Whether no other name stands between a name and a figure."""
    return ";" not in between and not _OTHER_NAME.search(between)


def _near(one: Figure, before: Figure | None) -> tuple[str, str]:
    """The words of a figure's own clause that lead to it, and all of them, but not what the figure before it counts."""
    text = one.lead
    if before is not None and is_unit(before.unit or before.head):
        text = text.lstrip().removeprefix(before.unit)
    parts = _CLAUSE.split(text)
    lead = parts[-1]
    if not lead.strip() and len(parts) > 1 and text.rstrip().endswith((":", "(")):
        lead = parts[-2]
    return lead, " ".join(f"{lead} {_CLAUSE.split(one.behind)[0]}".split())


def _against(
    told: Told, line: Line, beside: Sequence[Told], repeated: set[str], sentence: Sentence
) -> Iterator[tuple[Finding, Column]]:
    """A figure against the cells of a line that it fits, with the column that it is held against."""
    value = told.one.term.value
    if is_of_other_time(sentence.text[: told.one.start - sentence.start], line.grid):
        return
    cells = [cell for cell in line.cells if cell.share] if told.one.unit == "%" else []
    fits = {cell: fit for cell in cells or line.cells if (fit := fit_of(cell, told))[0] > Fit.AGAINST}
    same = [cell for cell in fits if cell.value == value]
    if same:
        if _is_telling(value):
            cell = max(same, key=lambda cell: fits[cell])
            yield _of(told.one, sentence, line.grid, cell, CheckVerdict.AGREES), (id(line.grid), cell.column)
        return
    best = max(fits.values(), default=(Fit.AGAINST, 0))
    exchanged = line.name is not None and told.close
    right = [cell for cell, fit in fits.items() if fit == best and _is_slip(value, cell.value, exchanged=exchanged)]
    if value in line.values or not right:
        return
    others = [one for one in beside if one is not told]
    column = {cell.column: _in_column(cell.column, line, told, others) for cell in right}
    most = max(column.values())
    right = [cell for cell in right if column[cell.column] == most]
    if len(right) != 1:
        return
    (cell,) = right
    if value < _LONG and any(line in one.lines and one.one.term.value == cell.value for one in others):
        return
    row = sum(line in one.lines and one.one.term.value in line.values for one in others)
    if not row and not repeated and line.name is None and any(_contradicts(one, line) for one in others):
        return
    alone = sum(fit == best for fit in fits.values()) == 1
    if (value >= _LONG or value % 1) and (line.grid.cell(cell.row, cell.column) or "").strip() in repeated:
        return  # the text tells the total too: this is what led to it, or what was made of it
    if best[0] < Fit.SAID and line.grid.is_scanned(cell.row, cell.column) and is_one_digit(value, cell.value):
        return  # misread, more likely
    if _is_part_of(told.one, cell.value, [one.one.term.value for one in others], sentence):
        return
    if _is_sure(told, line, best[0], max(row, most), len(repeated), alone=alone):
        yield _of(told.one, sentence, line.grid, cell, _wrong(told.one, line.grid, cell)), (id(line.grid), cell.column)


def _is_part_of(one: Figure, total: Decimal, others: Sequence[Decimal], sentence: Sentence) -> bool:
    """Whether a figure is a part of a cell's: by its share, or what is left of it beside: "1.389 em (99,3%), 10 em"."""
    value = one.term.value
    if value < total and total - value in others:
        return True
    share = _SHARE.match(sentence.text, one.end - sentence.start)
    printed = read_number(share[1]) if share is not None else None
    if printed is None or not 0 < value < total:
        return False
    return compare(printed, value / total * 100, printed_decimals(printed)).verdict is not CheckVerdict.DIFFERS


def _contradicts(told: Told, line: Line) -> bool:
    """Whether a figure of the same sentence is plainly another than a line tells."""
    fits = {cell.value for cell in line.cells if fit_of(cell, told)[0] is Fit.PLAIN} if line in told.lines else set()
    return bool(fits) and told.one.term.value not in fits


def _in_column(column: int, line: Line, told: Told, others: Sequence[Told]) -> int:
    """How many other figures of the sentence are of a column, in the rows of their own names, and of one unit."""
    if line.name is None:
        return 0
    return sum(
        any(
            cell.column == column and cell.value == one.one.term.value
            for other in one.lines
            if other.grid is line.grid
            for cell in other.cells
        )
        for one in others
        if one.one.unit == told.one.unit
    )


def _is_sure(told: Told, line: Line, fit: Fit, beside: int, repeated: int, *, alone: bool) -> bool:
    """Whether a figure that a slip explains is the cell's: by its words, its length, and the figures beside it."""
    value = told.one.term.value
    long = value >= _LONG or bool(value % 1)
    if fit is Fit.UNSAID:
        return line.name is not None and (beside > 1 or (long and beside > 0))
    if line.name is None:
        of_all = bool(told.words & data().all)
        telling = long or (value >= _TOTAL and alone and (fit is Fit.PLAIN or beside > 0 or (of_all and repeated > 0)))
        return telling and max(beside, repeated, of_all) > 0
    if fit is Fit.PLAIN:
        return alone or long
    return (long and told.close) or beside > 0 or (fit is Fit.SAID and told.close and alone)


def _wrong(one: Figure, grid: Grid, cell: Cell) -> CheckVerdict:
    proof: Proof = merged(one.term.proof, grid.proof(cell.row, cell.column))
    doubtful = is_doubtful(proof, grid.reading) or grid.is_scanned(cell.row, cell.column)
    return CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS


def _is_telling(value: Decimal) -> bool:
    """Whether a figure is so long that two that are alike are one."""
    return value >= _TOTAL or bool(value % 1)


def _is_slip(value: Decimal, right: Decimal, *, exchanged: bool = False) -> bool:
    """Whether a slip of the pen makes one figure of another; a digit is lost or doubled in long ones only.

    `exchanged`: two digits that do not stand side by side may have changed places too, "75,06" for 76,05.
    """
    if exchanged and bool(value % 1) and are_exchanged(value, right):
        return True
    if min(value, right) < _FEWEST or not is_slip(value, right):
        return False
    return value.adjusted() == right.adjusted() or min(value, right) >= _LONG


def _of(told: Figure, sentence: Sentence, grid: Grid, cell: Cell, verdict: CheckVerdict) -> Finding:
    value = told.term.value
    gap = "" if verdict is CheckVerdict.AGREES else f": chênh {vn(abs(cell.value - value))}"
    where = f"{grid.label(cell.row)}, {grid.head(cell.column)}"
    return finding(
        CheckKind.CONSISTENCY,
        quote(sentence.text, told.start - sentence.start, told.end - sentence.start),
        verdict,
        inputs=(("table", plain(cell.value)), ("text", plain(value))),
        reported=plain(value),
        computed=plain(cell.value),
        note=f"lời văn ghi {vn(value)}, bảng ghi {vn(cell.value)} ({where}){gap}",
        evidence=merged(told.term.proof, grid.proof(cell.row, cell.column)),
    )
