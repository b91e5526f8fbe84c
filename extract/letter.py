"""One letter without a database: read it, and say what was wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from extract import jobs
from extract.errors import CongvanError, FileUnreadable, FolderGiven, PathMissing
from extract.intake import Workplace, read_in_order
from extract.readers.find import Found, show_path
from extract.records import Letter
from extract.settings import ReadSettings


def read_letter(
    path: Path, settings: ReadSettings, on_problem: Callable[[int, CongvanError], None] = lambda number, problem: None
) -> Letter:
    """The letter in the file at `path`; pages that cannot be read go to `on_problem`.

    Raises:
        PathMissing, FolderGiven: no such file.
        FileFailure: nothing of it can be read.
        MachineLacks: OCR is needed and is not installed.
    """
    if not path.exists():
        raise PathMissing(str(path))
    if path.is_dir():
        raise FolderGiven(str(path))
    width = os.cpu_count() or 1
    with ThreadPoolExecutor(width) as threads:
        try:
            found = Found(path, show_path(path))
            place = Workplace(threads, width)
            intake = next(read_in_order([found], place, settings, from_cache=lambda *_: None, understand=False))
        finally:
            jobs.close_workers()
    if intake.letter is None:
        raise intake.problem or FileUnreadable(str(path))
    for number, problem in intake.page_problems:
        on_problem(number, problem)
    return intake.letter
