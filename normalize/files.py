"""Writing model files: whole or not at all, for a running repairer has them mapped into memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt


def write_text(target: Path, text: str) -> None:
    """Write `text` as UTF-8 in place of `target`; who has the old file open keeps it."""
    waiting = target.with_name(f".{target.name}.part")
    waiting.write_text(text, encoding="utf8")
    waiting.replace(target)


def write_array(target: Path, array: npt.NDArray[np.generic]) -> None:
    """Write `array` in the format of numpy in place of `target`; who has the old file mapped keeps it."""
    waiting = target.with_name(f".{target.name}.part")
    with waiting.open("wb") as file:
        np.save(file, array, allow_pickle=False)
    waiting.replace(target)
