"""Plain text: decoded without loss, one page a form feed."""

from __future__ import annotations

from pathlib import Path

from extract.errors import TooLarge, WrongContent
from extract.readers.find import show_path
from extract.readers.kinds import is_text
from extract.readers.limits import PAGE_CHARACTERS
from extract.readers.opened import open_regular
from extract.settings import ReadSettings

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_text(path: Path, settings: ReadSettings) -> str:
    """The text of a file with line breaks as newlines.

    Bytes that are no Unicode become letters one for one (Windows-1252, else Latin-1), which
    is how text in TCVN3, VNI or Windows-1258 shows; the verdict on the page recognises it.

    Raises:
        WrongContent: binary data, or text broken by its own encoding mark.
    """
    with open_regular(path, settings) as stream:
        data = stream.read()
    text = _decode(data)
    if text is None:
        raise WrongContent(show_path(path), "named as plain text, holds binary data")
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _decode(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return None
            return None if "\x00" in text else text
    if not is_text(data):
        return None
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def split_pages(text: str, where: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each page; all lines of all pages joined by newlines are `text` again.

    A form feed stays in its line: at its end the next line opens a page, elsewhere this line does.

    Raises:
        TooLarge: a page of more than `PAGE_CHARACTERS` characters.
    """
    pages: list[list[str]] = [[]]
    opens_next = False
    for line in text.split("\n"):
        before, feed, after = line.rpartition("\f")
        opens = opens_next or (bool(feed) and not (before.strip("\f \t") and not after.strip()))
        if opens and pages[-1]:
            pages.append([])
        pages[-1].append(line)
        opens_next = bool(feed) and bool(before.strip("\f \t")) and not after.strip()
    if len(pages) > 1 and not "".join(pages[-1]).strip():
        trailing = pages.pop()
        pages[-1].extend(trailing)
    for number, lines in enumerate(pages, 1):
        if sum(map(len, lines)) > PAGE_CHARACTERS:
            raise TooLarge(f"{where}, page {number}", f"more than {PAGE_CHARACTERS} characters on a page")
    return tuple(tuple(lines) for lines in pages)
