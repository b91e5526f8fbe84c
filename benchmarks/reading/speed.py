"""What reading costs: pages with a good text layer, and the whole pipeline against OCRmyPDF on the same pages."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from benchmarks.places import CORPUS, PROGRAM
from extract.readers.page import read_page
from extract.readers.probe import probe
from extract.records import VerdictKind
from extract.settings import ReadSettings

_SETTINGS = ReadSettings()
_ROUNDS = 3


def layer_pages_per_second() -> tuple[int, float]:
    """Pages of the digital letters, and how many of them one core reads in a second, by the fastest of three rounds."""
    places = [
        (path, number)
        for path in sorted((CORPUS / "letters" / "digital").glob("*.pdf"))
        for number in range(1, probe(path, _SETTINGS).pages + 1)
    ]
    for path, number in places:
        if read_page(path, number, _SETTINGS).verdict.kind is not VerdictKind.CLEAN:
            raise ValueError(f"{path.name}, page {number}: not a good text layer")
    rounds = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        for path, number in places:
            read_page(path, number, _SETTINGS)
        rounds.append(time.process_time() - started)
    return len(places), len(places) / min(rounds)


def pipeline_seconds(paths: Sequence[Path]) -> tuple[int, float]:
    """Pages of some scans and seconds of `extract run --jobs 2` over them, from files to the database."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "letters"
        folder.mkdir()
        for path in paths:
            shutil.copy(path, folder / path.name)
        command: list[str | Path] = [PROGRAM, "run", folder, "-o", Path(scratch) / "archive.db", "--jobs", "2"]
        started = time.monotonic()
        subprocess.run([*command, "--ocr", "always"], capture_output=True, check=True)
        seconds = time.monotonic() - started
    return sum(probe(path, _SETTINGS).pages for path in paths), seconds


def ocrmypdf_seconds(paths: Sequence[Path]) -> float | None:
    """Seconds of `ocrmypdf --jobs 2 -l vie` over the same pages in one file; None where it is not installed.

    One file keeps both its processes busy and pays its start once. It is told to read every page anew, as
    our run is, and spared the making of PDF/A and the squeezing of images.
    """
    program = _ocrmypdf()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        merged, made = Path(scratch) / "all.pdf", Path(scratch) / "read.pdf"
        with pypdfium2.PdfDocument.new() as whole:
            for path in paths:
                with pypdfium2.PdfDocument(path) as part:
                    whole.import_pages(part)
            whole.save(merged)
        options = ["--jobs", "2", "-l", "vie", "--force-ocr", "--output-type", "pdf", "--optimize", "0"]
        started = time.monotonic()
        subprocess.run([*program, *options, merged, made], capture_output=True, check=True)
        return time.monotonic() - started


def _ocrmypdf() -> list[str] | None:
    found = shutil.which("ocrmypdf")
    if found:
        return [found]
    return [sys.executable, "-m", "ocrmypdf"] if importlib.util.find_spec("ocrmypdf") else None
