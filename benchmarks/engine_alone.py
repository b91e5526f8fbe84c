"""What two cores of this machine can give: the engine alone on page images, once and twice at a time."""

from __future__ import annotations

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.places import CORPUS

_PAGES = 8
_COMMAND = ("tesseract", "-l", "vie", "--psm", "3")


def seconds_alone(at_a_time: int) -> float:
    """Seconds in which so many copies of the engine, side by side, each read the same page images on one thread."""
    pages = [path for name in ("png", "tiff") for path in sorted((CORPUS / "letters" / name).iterdir())][:_PAGES]
    started = time.monotonic()
    with ThreadPoolExecutor(at_a_time) as threads:
        for done in [threads.submit(_read, pages) for _ in range(at_a_time)]:
            done.result()
    return time.monotonic() - started


def _read(pages: list[Path]) -> None:
    for page in pages:
        command = [_COMMAND[0], str(page), "-", *_COMMAND[1:]]
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
