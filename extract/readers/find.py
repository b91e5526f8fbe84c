"""Finding the files of a run: sorted, regular files only, nothing outside the folders that were named."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from extract.errors import CongvanError, FileUnreadable, NotARegularFile, PathMissing

IGNORE_FILE = ".extractignore"
_DATABASE = re.compile(r"\.(?:db|sqlite3?)(?:-wal|-shm|-journal|\.lock)?$", re.IGNORECASE)
_SQLITE_MAGIC = b"SQLite format 3\x00"
_LETTER_SUFFIXES = frozenset(
    [
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".txt",
        ".html",
        ".htm",
        ".hocr",
        ".xml",
        ".alto",
        ".page",
        ".docx",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `shown` is the path in printable Unicode; `problem` says why it cannot be opened."""

    path: Path
    shown: str
    problem: CongvanError | None = None


@dataclass(frozen=True, slots=True)
class _Ignore:
    folder: bytes
    spec: GitIgnoreSpec


def show_path(path: Path | str) -> str:
    """The path in printable Unicode: bytes that are no UTF-8 and control characters are written as escapes."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


def find_files(paths: Sequence[Path]) -> Iterator[Found]:
    """Every file below `paths`, each once, in an order that depends on names alone.

    Hidden files, databases and what `.extractignore` names (gitignore patterns, in any
    folder) are left out; a path given by name is taken whatever its name is. Files of
    unknown kinds are returned too. Links that stay below the path given are followed to
    files, never to folders; a link that leaves it, a FIFO or a device has a `problem`.
    """
    if len(paths) == 1:  # no file is found twice, and an archive may be too large to remember all
        yield from _from_argument(paths[0])
        return
    seen: set[bytes] = set()
    for path in paths:
        for found in _from_argument(path):
            key = os.fsencode(found.path.absolute())
            if key not in seen:
                seen.add(key)
                yield found


def _from_argument(path: Path) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield _problem(path, PathMissing(show_path(path)))
        return
    except (OSError, ValueError) as error:
        yield _problem(path, FileUnreadable(show_path(path), str(error)))
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, Path(os.path.realpath(path)), ())
    elif stat.S_ISREG(mode):
        yield Found(path, show_path(path))
    else:
        yield _problem(path, NotARegularFile(show_path(path), _kind(mode)))


def _walk(folder: Path, root: Path, ignores: tuple[_Ignore, ...]) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _problem(folder, FileUnreadable(show_path(folder), error.strerror))
        return
    try:
        ignores += _ignore_of(folder, entries)
    except OSError as error:
        yield _problem(folder / IGNORE_FILE, FileUnreadable(show_path(folder / IGNORE_FILE), error.strerror))
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or _DATABASE.search(entry.name):
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if _ignored(path, is_folder, ignores):
            continue
        if is_folder:
            yield from _walk(path, root, ignores)
        else:
            yield from _from_entry(path, root)


def _from_entry(path: Path, root: Path) -> Iterator[Found]:
    shown = show_path(path)
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(root):
                yield _problem(path, NotARegularFile(shown, "a link that leaves the folder"))
                return
            mode = target.stat().st_mode
            if stat.S_ISDIR(mode):
                return  # its files are found where they are
    except OSError as error:
        yield _problem(path, FileUnreadable(shown, error.strerror))
        return
    if not stat.S_ISREG(mode):
        yield _problem(path, NotARegularFile(shown, _kind(mode)))
    elif not _is_database(path):
        yield Found(path, shown)


def _is_database(path: Path) -> bool:
    if path.suffix.lower() in _LETTER_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE_MAGIC)) == _SQLITE_MAGIC
    except OSError:
        return False


def _ignore_of(folder: Path, entries: list[os.DirEntry[str]]) -> tuple[_Ignore, ...]:
    for entry in entries:
        if entry.name == IGNORE_FILE and entry.is_file(follow_symlinks=False):
            text = Path(entry.path).read_text(encoding="utf-8", errors="surrogateescape")
            return (_Ignore(os.fsencode(folder), GitIgnoreSpec.from_lines(text.splitlines())),)
    return ()


def _ignored(path: Path, is_folder: bool, ignores: tuple[_Ignore, ...]) -> bool:
    for ignore in reversed(ignores):
        relative = os.fsdecode(os.path.relpath(os.fsencode(path), ignore.folder))
        include = ignore.spec.check_file(relative + "/" if is_folder else relative).include
        if include is not None:
            return include
    return False


def _kind(mode: int) -> str:
    names = (
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in names if test(mode)), "neither file nor folder")


def _problem(path: Path, problem: CongvanError) -> Found:
    return Found(path, show_path(path), problem)
