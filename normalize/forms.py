"""Candidates of the word forms that engines write most often, found once when the model is made.

A letter then starts warm: only forms seldom written are searched for.
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
"""Scores (natural logarithms) are stored as multiples of -STEP, 0..255."""
_MOST_STEPS = 255
_CASING_BITS = 2


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
    """Known forms: `rows` by form; the candidates of row r are those from `starts[r]` up to `starts[r + 1]`.

    `words` holds their numbers and, in the lowest bits, their casing; `scores` what they score.
    """

    rows: dict[str, int]
    starts: list[int]
    words: npt.NDArray[np.uint16]
    scores: npt.NDArray[np.uint8]

    def get(self, form: str) -> Scored | None:
        """What `form` may have been, None where it is not known."""
        row = self.rows.get(form)
        if row is None:
            return None
        places = slice(self.starts[row], self.starts[row + 1])
        return {
            (word >> _CASING_BITS, _CASINGS[word & ((1 << _CASING_BITS) - 1)]): -STEP * score
            for word, score in zip(self.words[places].tolist(), self.scores[places].tolist(), strict=True)
        }


NO_FORMS = Forms({}, [0], np.zeros(0, np.uint16), np.zeros(0, np.uint8))
"""For channels without kept forms."""


def load_forms(folder: Path, engine: str) -> Forms:
    """The forms of `engine` kept in `folder`; none where there is no such file."""
    listing = folder / f"forms_{engine}.txt"
    if not listing.exists():
        return NO_FORMS
    rows = {form: row for row, form in enumerate(listing.read_text(encoding="utf8").split("\n"))}
    counts, words, scores = (
        np.load(folder / f"forms_{engine}_{name}.npy", allow_pickle=False) for name in ("counts", "words", "scores")
    )
    return Forms(rows, [0, *np.cumsum(counts, dtype=np.int64).tolist()], words, scores)


def write_forms(found: Mapping[str, Scored], folder: Path, engine: str) -> None:
    """Keep the best candidates of each form in `folder`."""
    kept = [list(scored.items())[:MOST] for scored in found.values()]
    places = [place for scored in kept for place in scored]
    words = [number << _CASING_BITS | _CASINGS.index(casing) for (number, casing), _ in places]
    scores = [min(round(-score / STEP), _MOST_STEPS) for _, score in places]
    write_text(folder / f"forms_{engine}.txt", "\n".join(found))
    write_array(folder / f"forms_{engine}_counts.npy", np.array([len(scored) for scored in kept], dtype=np.uint8))
    write_array(folder / f"forms_{engine}_words.npy", np.array(words, dtype=np.uint16))
    write_array(folder / f"forms_{engine}_scores.npy", np.array(scores, dtype=np.uint8))
