"""`extract doctor`: whether this machine has all that is needed."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from extract import __version__
from extract.cli.group import command
from extract.errors import MachineLacks

PACKAGES = (
    "spacy",
    "pypdfium2",
    "pillow",
    "opencv-python-headless",
    "rapidfuzz",
    "sqlite-utils",
    "datasette",
)
ENOUGH_DISK = 1 << 30
ENOUGH_MEMORY = 2 << 30


@dataclass(frozen=True, slots=True)
class Fact:
    """Something looked at: `good` is None where its lack only limits."""

    good: bool | None
    what: str
    detail: str


@command(short_help="Whether this machine has all that is needed.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say whether this machine has all that is needed, and how to get what it lacks.

    Exit status 4 where something is missing that reading scans needs.
    """
    facts = list(_facts())
    for fact in facts:
        sign, colour = {True: ("ok", "green"), False: ("missing", "red"), None: ("note", "yellow")}[fact.good]
        click.echo(f"{click.style(f'{sign:<8}', fg=colour)}{fact.what}: {fact.detail}")
    if any(fact.good is False for fact in facts):
        ctx.exit(MachineLacks.exit_status)


def _facts() -> Iterator[Fact]:
    yield Fact(True, "extract", f"{__version__}, Python {platform.python_version()}, {platform.platform()}")
    yield from _ocr()
    yield _sqlite()
    for name in PACKAGES:
        yield _package(name)
    yield from _models()
    yield _room()


def _ocr() -> Iterator[Fact]:
    from extract.readers.ocr import find_engine
    from extract.settings import ReadSettings

    for name in ("tesserocr", "pytesseract"):
        try:
            engine = find_engine(ReadSettings(engine=name))
        except MachineLacks as lack:
            yield Fact(None, f"OCR with {name}", str(lack))
        else:
            yield Fact(True, f"OCR with {name}", engine.name)
    try:
        find_engine(ReadSettings())
    except MachineLacks as lack:
        yield Fact(False, "OCR", str(lack))


def _sqlite() -> Fact:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        connection.execute("CREATE TABLE s (x INTEGER) STRICT")
    except sqlite3.OperationalError as failure:
        return Fact(
            False,
            "SQLite",
            f"{sqlite3.sqlite_version}: {failure}; a Python with SQLite 3.37 or later and FTS5 is needed",
        )
    finally:
        connection.close()
    return Fact(True, "SQLite", f"{sqlite3.sqlite_version} with FTS5")


def _package(name: str) -> Fact:
    try:
        return Fact(True, name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Fact(False, name, f"not installed; {sys.executable} -m pip install {name}")


def _models() -> Iterator[Fact]:
    from gazetteer import load_gazetteer
    from normalize.repairer import load_repairer

    yield Fact(True, "repair model", load_repairer().fingerprint)
    yield Fact(True, "gazetteer", load_gazetteer().fingerprint)


def _room() -> Fact:
    free = shutil.disk_usage(Path.cwd()).free
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    detail = f"{free >> 30} GiB of disk free here, {memory >> 30} GiB of memory, {os.cpu_count()} cores"
    return Fact(True if free >= ENOUGH_DISK and memory >= ENOUGH_MEMORY else None, "room", detail)
