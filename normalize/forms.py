"""Candidates of the word forms that engines write most often, found once when the model is made.

A letter then starts warm: only forms never seen on the set pages are searched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.files import write_array, write_text

MOST = 24
STEP = 1 / 12
"""Scores (natural logarithms) are stored as multiples of -STEP, 0..254; 255 marks an empty place."""
_EMPTY = 255


class Casing(StrEnum):
    """How a candidate is written."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"


_CASINGS = tuple(Casing)
Scored = dict[tuple[int, Casing], float]
"""By word number and casing: log P(read | word)."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Known forms: `rows` by form; `numbers`, `scores` and `casings` have shape (forms, MOST)."""

    rows: dict[str, int]
    numbers: npt.NDArray[np.uint16]
    scores: npt.NDArray[np.uint8]
    casings: npt.NDArray[np.uint8]

    def get(self, form: str) -> Scored | None:
        """What `form` may have been, None where it is not known."""
        row = self.rows.get(form)
        if row is None:
            return None
        places = zip(self.numbers[row].tolist(), self.scores[row].tolist(), self.casings[row].tolist(), strict=True)
        return {(number, _CASINGS[casing]): -STEP * score for number, score, casing in places if score != _EMPTY}


NO_FORMS = Forms({}, np.zeros((0, MOST), np.uint16), np.zeros((0, MOST), np.uint8), np.zeros((0, MOST), np.uint8))
"""For channels without kept forms."""


def load_forms(folder: Path) -> Forms:
    """The forms kept in `folder`; none where there is no such file."""
    listing = folder / "forms.txt"
    if not listing.exists():
        return NO_FORMS
    rows = {form: row for row, form in enumerate(listing.read_text(encoding="utf8").split("\n"))}
    arrays = [
        np.load(folder / f"forms_{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in ("numbers", "scores", "casings")
    ]
    return Forms(rows, *arrays)


def write_forms(found: Mapping[str, Scored], folder: Path) -> None:
    """Keep the best candidates of each form in `folder`."""
    numbers = np.zeros((len(found), MOST), dtype=np.uint16)
    scores = np.full((len(found), MOST), _EMPTY, dtype=np.uint8)
    casings = np.zeros((len(found), MOST), dtype=np.uint8)
    for row, scored in enumerate(found.values()):
        for place, ((number, casing), score) in enumerate(list(scored.items())[:MOST]):
            numbers[row, place] = number
            scores[row, place] = min(round(-score / STEP), _EMPTY - 1)
            casings[row, place] = _CASINGS.index(casing)
    write_text(folder / "forms.txt", "\n".join(found))
    for name, array in (("numbers", numbers), ("scores", scores), ("casings", casings)):
        write_array(folder / f"forms_{name}.npy", array)
