"""Every table of an archive as CSV or JSON lines, one file a table."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from extract.errors import UsageProblem
from extract.store import Archive

_TEXT = ("letters", "pages", "lines", "edits", "doubts", "evidence")
_RECORDS = ("citations", "dates", "scores", "ranks", "classifications", "figures", "tables", "table_cells")
_TASKS = ("tasks", "task_assignees", "findings", "finding_inputs", "links")
TABLES = (*_TEXT, *_RECORDS, *_TASKS, "outcomes", "runs", "decisions")
VIEWS = ("tasks_due", "tasks_overdue", "discrepancies", "scores_over_time", "citation_graph", "unread")

Cells = Iterable[Sequence[object]]


class FolderNotWritable(UsageProblem):
    """A folder that files cannot be written to."""

    problem = "cannot write here"
    remedy = "give a folder you may write to"


class FileWhereFolder(UsageProblem):
    """A file given where the folder should be."""

    problem = "is a file"
    remedy = "give a folder"


def make_folder(folder: Path) -> None:
    """Make `folder` where it is missing.

    Raises:
        FileWhereFolder: something there is no folder.
        OSError: the operating system does not let us.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as there:
        raise FileWhereFolder(str(_file_of(folder))) from there


def _file_of(folder: Path) -> Path:
    """What of a path is there and is no folder."""
    return next((path for path in (folder, *folder.parents) if path.exists()), folder)


def write_tables(archive: Archive, folder: Path, form: str) -> tuple[tuple[Path, int], ...]:
    """Write all tables and views into `folder` (made where missing); each file's path and number of rows.

    `form` is `csv` or `jsonl`. A file is either the old one or the whole new one, never a part.

    Raises:
        FileWhereFolder: `folder` is a file.
        FolderNotWritable: the operating system does not let us.
    """
    write = _WRITERS[form]
    try:
        make_folder(folder)
        with archive.snapshot():
            return tuple(_write_table(archive, name, folder / f"{name}.{form}", write) for name in (*TABLES, *VIEWS))
    except OSError as failure:
        raise FolderNotWritable(str(folder), failure.strerror) from failure


def _write_table(
    archive: Archive, name: str, path: Path, write: Callable[[IO[str], list[str], Cells], int]
) -> tuple[Path, int]:
    cursor = archive.connection.execute(f"SELECT * FROM {name}{order_of(archive, name)}")
    columns = [column[0] for column in cursor.description]
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        rows = write(file, columns, cursor)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return path, rows


def order_of(archive: Archive, name: str) -> str:
    """By key, so that the same archive gives the same file; views have their own order."""
    if name in VIEWS:
        return ""
    return " ORDER BY " + ", ".join(f'"{key}"' for key in archive.database[name].pks)


def _write_csv(file: IO[str], columns: list[str], rows: Cells) -> int:
    writer, count = csv.writer(file, lineterminator="\n"), 0
    writer.writerow(columns)
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _write_jsonl(file: IO[str], columns: list[str], rows: Cells) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n")
        count += 1
    return count


_WRITERS: dict[str, Callable[[IO[str], list[str], Cells], int]] = {"csv": _write_csv, "jsonl": _write_jsonl}
