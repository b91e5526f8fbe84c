"""The one cell of a table that explains the comparisons that fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, FORMULAS, SHARE, SUM, Formula, plain, printed_decimals, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import compared, is_doubtful, one_digit_away, shorten
from extract.checks.figures.verdict import nearest
from extract.checks.tables.grids import Grid
from extract.records import CheckKind, CheckVerdict, Finding

Cell = tuple[int, int]
_TAKEN: Final = (SUM, DIFFERENCE, SHARE)
_SPLIT: Final = 3  # a total and two parts
_SEVERAL: Final = 2  # comparisons that fail
_MOST_CELLS: Final = 20  # wrong cells of a table that are looked for


@dataclass(frozen=True, slots=True)
class _Equation:
    """A finding as one of the cells of its table; the cell it computes stands first."""

    made: Finding
    cells: tuple[Cell, ...]
    formula: Formula

    def holds(self, grid: Grid, cell: Cell, value: Decimal) -> bool:
        """Whether it holds where one of its cells has another value."""
        reported, *terms = (value if one == cell else grid.value(*one) or Decimal(0) for one in self.cells)
        computed = self.formula.value(terms)
        return computed is not None and compared(self.formula, reported, computed).verdict is not CheckVerdict.DIFFERS

    def needed(self, grid: Grid, cell: Cell) -> Decimal | None:
        """The value of one of its cells that makes it hold; None where there is not just one."""
        reported, *terms = (grid.value(*one) or Decimal(0) for one in self.cells)
        computed = self.formula.value(terms)
        if computed is None or cell == self.cells[0]:
            return computed and nearest(computed, printed_decimals(reported))
        if self.formula is SUM:
            return terms[self.cells.index(cell) - 1] + reported - computed
        if self.formula is DIFFERENCE:
            at = self.cells.index(cell) - 1
            return terms[1 - at] + reported if terms[at] >= terms[1 - at] else terms[1 - at] - reported
        return None


def explain(grid: Grid, made: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a table; where one cell, read otherwise, makes several that fail hold, they are of that cell.

    No comparison that holds may fail by it, and no other cell may explain as many. What computes the cell itself is
    then told, and not what follows from it. On a scanned page a cell that one digit confused or lost explains is
    `misread`; in print it still differs.
    """
    equations = [one for one in (_equation(grid, each) for each in made) if one is not None]
    failing = [one for one in equations if one.made.verdict.is_wrong]
    holding: dict[Cell, list[_Equation]] = {}
    for one in equations:
        for cell in () if one.made.verdict.is_wrong else one.cells:
            holding.setdefault(cell, []).append(one)
    said: dict[int, Finding | None] = {}
    for _ in range(_MOST_CELLS):
        if (found := _common(grid, failing, holding)) is None:
            break
        cell, needed = found
        solved = [one for one in failing if cell in one.cells and one.holds(grid, cell, needed)]
        failing = [one for one in failing if one not in solved]
        own = [one for one in solved if one.cells[0] == cell][:1]
        sums = [one for one in solved if one.made.kind is not CheckKind.RATIO]
        told = own or [one for one in sums if _is_split(one)][:1] or sums
        said |= {id(one.made): _named(grid, one, cell, needed) if one in told else None for one in solved}
    yield from (kept for each in made if (kept := said.get(id(each), each)) is not None)


def _named(grid: Grid, one: _Equation, cell: Cell, needed: Decimal) -> Finding:
    """A comparison that fails, its note naming the cell that explains it; of a split, as what one part leaves."""
    printed = grid.value(*cell) or Decimal(0)
    made = one.made
    if _is_split(one) and cell != one.cells[0]:
        made = _solved_for(grid, one, cell, needed)
    where = f"{grid.label(cell[0])} / {grid.head(cell[1])}"
    misread = one_digit_away(printed, needed) and (
        grid.is_scanned(*cell) or is_doubtful(grid.proof(*cell), grid.reading)
    )
    arithmetic = (made.note or "").split("; khớp nếu ", 1)[0]
    said = f"{arithmetic}; các phép tính đều khớp nếu ô {where} là {vn(needed)} (đọc được {vn(printed)})"
    return replace(made, verdict=CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS, note=said)


def _is_split(one: _Equation) -> bool:
    """Whether a total is parted in two, so that either part is what the other leaves of it."""
    return one.formula is SUM and len(one.cells) == _SPLIT


def _solved_for(grid: Grid, one: _Equation, cell: Cell, needed: Decimal) -> Finding:
    """A sum as the difference between its total and its other parts, which one of its parts should be."""
    total = grid.value(*one.cells[0]) or Decimal(0)
    printed = grid.value(*cell) or Decimal(0)
    others = [at for at, other in enumerate(one.cells) if at and other != cell]
    values = [grid.value(*one.cells[at]) or Decimal(0) for at in others]
    left = " - ".join(vn(value) for value in (total, *values))
    label = one.made.statement.split(": ", 1)[0]
    proof = one.made.evidence
    return replace(
        one.made,
        kind=CheckKind.DIFFERENCE,
        statement=shorten(f"{label}: {left} = {vn(printed)}"),
        inputs=(("tổng", plain(total)), *(one.made.inputs[at - 1] for at in others)),
        evidence=(proof[one.cells.index(cell)], proof[0], *(proof[at] for at in others)),
        reported=plain(printed),
        computed=plain(needed),
        note=f"{left} = {vn(needed)}, báo cáo ghi {vn(printed)}: chênh {vn(abs(needed - printed))}",
    )


def read_rightly(grid: Grid, made: Iterable[Finding]) -> Iterator[Finding]:
    """Findings but those that a misread digit explains, where cells of theirs, or many of the table, were misread."""
    return (one for one in made if one.verdict is not CheckVerdict.MISREAD or not _is_misread(grid, one))


def _is_misread(grid: Grid, made: Finding) -> bool:
    cells = (grid.cell_at((entry.start, entry.end)) for entry in made.evidence)
    return grid.is_worn or any(cell is not None and grid.is_torn(*cell) for cell in cells)


def is_unread_sum(grid: Grid, made: Finding | None, cells: Sequence[Cell]) -> bool:
    """Whether a sum that fails tells of a cell of a page image that was not read rightly, and of nothing else.

    It falls short where a cell shows nothing; or thousands lost their point, and no digit of the other figures
    explains it.

    Args:
        grid: the table.
        made: the comparison, None where there is none.
        cells: the total, then the cells that make it.
    """
    if made is None or made.verdict is CheckVerdict.AGREES:
        return False
    gap = Decimal(made.reported or 0) - Decimal(made.computed or 0)
    if gap > 0 and any(grid.is_lost(row, column) for row, column in cells[1:]):
        return True
    if not any(grid.is_suspect(row, column) for row, column in cells):
        return False
    read = [(at, grid.value(*cell)) for at, cell in enumerate(cells) if not grid.is_suspect(*cell)]
    return not any(_is_one_slip(value, value + (gap if at else -gap)) for at, value in read if value is not None)


def _is_one_slip(printed: Decimal, right: Decimal) -> bool:
    return len(f"{printed:f}") == len(f"{right:f}") and is_slip(printed, right)


def _equation(grid: Grid, made: Finding) -> _Equation | None:
    formula = FORMULAS.get(made.kind)
    cells = [grid.cell_at((entry.start, entry.end)) for entry in made.evidence]
    read = tuple(cell for cell in cells if cell is not None)
    return (
        _Equation(made, read, formula)
        if formula in _TAKEN and formula is not None and len(read) == len(cells) > 1
        else None
    )


def _common(
    grid: Grid, failing: Sequence[_Equation], holding: Mapping[Cell, Sequence[_Equation]]
) -> tuple[Cell, Decimal] | None:
    """The one cell, with the value it needs, that makes most of what fails hold, two at least."""
    ways: dict[tuple[Cell, Decimal], int] = {}
    touching: dict[Cell, list[_Equation]] = {}
    for one in failing:
        for cell in one.cells:
            touching.setdefault(cell, []).append(one)
    for cell, ones in touching.items():
        if len(ones) < _SEVERAL:
            continue
        for value in {needed for one in ones if (needed := one.needed(grid, cell)) is not None and needed >= 0}:
            if all(one.holds(grid, cell, value) for one in holding.get(cell, ())):
                ways[cell, _whole(value)] = sum(one.holds(grid, cell, value) for one in ones)
    most = max(ways.values(), default=0)
    best = [way for way, count in ways.items() if count == most]
    return best[0] if most >= _SEVERAL and len(best) == 1 else None


def _whole(value: Decimal) -> Decimal:
    """One way of writing equal figures, so that they compare as members of a set."""
    return Decimal(plain(value))
