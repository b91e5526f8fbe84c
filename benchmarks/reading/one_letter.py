"""One letter read and understood in this process, with the processor seconds of the engine and of all the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from extract.readers import scan
from extract.readers.ocr import OcrEngine, Shape, find_engine
from extract.readers.page import read_page
from extract.readers.pixels import Image
from extract.readers.probe import probe
from extract.records import LayerVerdict, Letter, Line, Page, Source, VerdictKind
from extract.settings import ReadSettings
from extract.understand import understand
from extract.understood import Understood


class TimedEngine:
    """An engine that counts the processor seconds spent in it."""

    def __init__(self, engine: OcrEngine) -> None:
        self.name = engine.name
        self.seconds = 0.0
        self._engine = engine

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        """See `OcrEngine`."""
        started = time.process_time()
        try:
            return self._engine.read(image, dpi, shape)
        finally:
            self.seconds += time.process_time() - started

    def close(self) -> None:
        """See `OcrEngine`."""
        self._engine.close()


@dataclass(frozen=True, slots=True)
class Read:
    """A letter, and the processor seconds it took: in the engine, and beside it from file to findings."""

    understood: Understood
    engine_seconds: float
    own_seconds: float

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.understood.reading.letter.pages)


_KNOWN = Letter(
    "loading",
    "0" * 64,
    "text/plain",
    (Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.STRIPPED), (Line("Kinh gui: So Noi vu."),)),),
)


@cache
def loading_seconds() -> float:
    """Processor seconds this process takes to load what letters are understood with, once."""
    started = time.process_time()
    understand(_KNOWN)
    return time.process_time() - started


def read_here(path: Path, settings: ReadSettings, numbers: Sequence[int] = ()) -> Read:
    """Read and understand the letter at `path`, or only the pages of these numbers, in this process."""
    engine = TimedEngine(find_engine(settings))
    loading_seconds()  # before the clock starts: a run pays for it once in a process, not for every letter
    started = time.process_time()
    with patch.object(scan, "find_engine", lambda _: engine):
        seen = probe(path, settings)
        pages = tuple(read_page(path, number, settings) for number in numbers or range(1, seen.pages + 1))
    understood = understand(Letter(str(path), seen.sha256, seen.media_type, pages))
    return Read(understood, engine.seconds, time.process_time() - started - engine.seconds)
