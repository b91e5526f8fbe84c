from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import BrokenFile, TooLarge
from extract.readers.limits import PAGE_CHARACTERS
from extract.readers.page import read_page
from extract.readers.text import read_text, split_pages
from extract.records import Source, VerdictKind
from extract.settings import ReadSettings

SETTINGS = ReadSettings()

PAGES = [
    ("one page", "a\nb", [["a", "b"]]),
    ("last line break", "a\n", [["a", ""]]),
    ("feed opens a page", "a\n\fb", [["a"], ["\fb"]]),
    ("feed closes a page", "a\f\nb", [["a\f"], ["b"]]),
    ("feed at the end", "a\n\f", [["a", "\f"]]),
    ("empty page between", "a\n\f\n\fb", [["a"], ["\f"], ["\fb"]]),
    ("feed inside a line", "a\nb\fc\nd", [["a"], ["b\fc", "d"]]),
    ("nothing", "", [[""]]),
]


@pytest.mark.parametrize(("label", "text", "pages"), PAGES)
def test_pages(label: str, text: str, pages: list[list[str]]) -> None:
    assert [list(page) for page in split_pages(text, "x")] == pages


@given(st.text(alphabet="ab \n\f\t", max_size=60))
def test_no_line_is_lost(text: str) -> None:
    pages = split_pages(text, "x")
    assert "\n".join(line for page in pages for line in page) == text
    assert all(pages)


ENCODINGS = [
    ("utf-8", "Sở Nội vụ\n".encode(), "Sở Nội vụ\n"),
    ("mark", b"\xef\xbb\xbf" + "Sở".encode(), "Sở"),
    ("utf-16", "Sở Nội vụ".encode("utf-16"), "Sở Nội vụ"),
    ("utf-16 big endian", b"\xfe\xff" + "Sở".encode("utf-16-be"), "Sở"),
    ("legacy bytes", b"C\xabng v\xa8n", "C«ng v¨n"),
    ("bytes outside Windows-1252", b"a\x81\xe5b", "a\x81åb"),
    ("Windows line breaks", b"a\r\nb\r\n", "a\nb\n"),
    ("old Mac line breaks", b"a\rb", "a\nb"),
    ("NFD is kept", "o\u0302\u0301".encode(), "o\u0302\u0301"),
]


@pytest.mark.parametrize(("label", "data", "text"), ENCODINGS)
def test_decoding_loses_nothing(tmp_path: Path, label: str, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt", SETTINGS) == text


def test_page_of_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "UBND TINH\n\fThuc hien chi dao cua UBND tinh tai Cong van so 12 ngay 3 thang 4 nam 2024 ve viec nay"
    )
    page = read_page(tmp_path / "a.txt", 2, SETTINGS)
    assert (page.source, page.number, page.width, page.verdict.kind) == (Source.TEXT, 2, None, VerdictKind.STRIPPED)
    assert page.lines[0].text.startswith("\fThuc hien") and page.lines[0].words == ()
    with pytest.raises(BrokenFile):
        read_page(tmp_path / "a.txt", 3, SETTINGS)


def test_a_page_has_a_largest_size() -> None:
    with pytest.raises(TooLarge):
        split_pages("a" * (PAGE_CHARACTERS + 1), "x")
