"""Whether comparisons that a table's structure suggests are ones that the table means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from extract.records import CheckVerdict, Finding

CONFIRMED: Final = 2 / 3  # of the comparisons of one structure must hold before the rest may be called wrong


def confirmed(
    made: Sequence[Finding], *, alone: bool, holds: Callable[[Finding], bool] | None = None
) -> Iterator[Finding]:
    """The findings of one structure, if enough of them hold to show that it is one.

    Args:
        made: one finding a row or column.
        alone: a single comparison is all there can be; the words alone must then do.
        holds: what counts as holding; by default whatever does not differ.
    """
    fits = [one for one in made if (holds(one) if holds is not None else one.verdict is not CheckVerdict.DIFFERS)]
    if (alone and len(made) == 1) or (len(fits) >= 2 and len(fits) >= CONFIRMED * len(made)):
        yield from made
    else:
        yield from (one for one in fits if one.verdict is CheckVerdict.AGREES)
