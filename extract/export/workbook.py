"""Every table and view of an archive as one Excel workbook, a sheet each."""

from __future__ import annotations

from pathlib import Path

from extract.errors import NoWorkbookSupport
from extract.export.tables import TABLES, VIEWS, FolderNotWritable, make_folder, order_of
from extract.store import Archive

NAME = "archive.xlsx"
_LONGEST_CELL = 32_767  # characters, a limit of the format
_FORMULA = "=+-@"


def write_workbook(archive: Archive, folder: Path) -> tuple[tuple[Path, int], ...]:
    """Write `archive.xlsx` into `folder` (made where missing); its path and number of rows.

    Text that a spreadsheet would take for a formula is written as text. Cells longer than
    the format allows are cut; the other formats hold them whole.

    Raises:
        NoWorkbookSupport: openpyxl is not installed.
        FileWhereFolder: `folder` is a file.
        FolderNotWritable: the operating system does not let us.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError as missing:
        raise NoWorkbookSupport(str(folder)) from missing
    try:
        make_folder(folder)  # first: a workbook that is begun and not saved complains when it is dropped
    except OSError as failure:
        raise FolderNotWritable(str(folder), failure.strerror) from failure
    workbook, rows = Workbook(write_only=True), 0
    with archive.snapshot():
        for name in (*TABLES, *VIEWS):
            sheet = workbook.create_sheet(name)
            cursor = archive.connection.execute(f"SELECT * FROM {name}{order_of(archive, name)}")
            sheet.append([column[0] for column in cursor.description])
            for row in cursor:
                cells = []
                for value in row:
                    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL] if isinstance(value, str) else value
                    cell = WriteOnlyCell(sheet, text)
                    if isinstance(text, str) and text[:1] in _FORMULA:
                        cell.data_type = "s"
                    cells.append(cell)
                sheet.append(cells)
                rows += 1
    path = folder / NAME
    temporary = path.with_name(f".{NAME}.part")
    try:
        workbook.save(temporary)
        temporary.replace(path)
    except OSError as failure:
        raise FolderNotWritable(str(folder), failure.strerror) from failure
    return ((path, rows),)
