"""What the words around a place ask for: a small neural model read by onnxruntime.

Two recurrent networks read the text up to a place and, backwards, down to it;
what they say together gives every word of the vocabulary a score, without
having seen the word that stands there. Made by `python -m normalize.train`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

CONTEXT_FILE = "context.onnx"

CORE = 64
"""Places of a window that are scored in it."""
MARGIN = 16
"""Words a window shows on either side of its core."""

Ids = npt.NDArray[np.int64]


class ContextModel:
    """Scores words by their surroundings; one thread, deterministic."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def scores(self, words: Ids, places: Ids, options: Ids) -> npt.NDArray[np.float32]:
        """Log scores, up to a constant for each place, of words that may stand at places of a text.

        Args:
            words: the text as word numbers, sentence edges among them; shape (words,).
            places: the asked places, ascending; shape (places,).
            options: the words that may stand there; shape (places, options).

        Returns:
            An array of the shape of `options`.
        """
        windows, rows = np.unique(places // CORE, return_inverse=True)
        starts = np.maximum(windows * CORE - MARGIN, 0)
        ends = np.minimum((windows + 1) * CORE + MARGIN, len(words))
        block = np.zeros((int((ends - starts).max()), len(windows)), dtype=np.int64)
        for column, (start, end) in enumerate(zip(starts, ends, strict=True)):
            block[: end - start, column] = words[start:end]
        found: npt.NDArray[np.float32] = self._session.run(
            ["scores"],
            {
                "words": block,
                "lengths": (ends - starts).astype(np.int32),
                "places": np.stack((places - starts[rows], rows), axis=1),
                "options": options,
            },
        )[0]
        return found


def stream(sentences: Sequence[Sequence[int]], edge: int) -> tuple[Ids, list[int]]:
    """Sentences joined with `edge` before, between and after them, and where each begins."""
    joined, starts = [edge], list[int]()
    for sentence in sentences:
        starts.append(len(joined))
        joined += [*sentence, edge]
    return np.array(joined, dtype=np.int64), starts
