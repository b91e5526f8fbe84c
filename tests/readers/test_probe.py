from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedPdf,
    FileFailure,
    FileUnreadable,
    NotARegularFile,
    TooLarge,
    UnsupportedKind,
    WrongContent,
)
from extract.readers.page import read_page
from extract.readers.probe import probe
from extract.settings import OcrMode, ReadSettings

SETTINGS = ReadSettings(ocr=OcrMode.NEVER)


def picture(kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, kind, **options)
    return stream.getvalue()


HOCR = b"""<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page' title='bbox 0 0 100 100'>
</div></body></html>"""
ALTO = (
    b"""<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page/></Layout></alto>"""
)

KINDS = [
    ("a.txt", "Công văn\n".encode(), "text/plain"),
    ("a.txt", "Công văn\n".encode("utf-16"), "text/plain"),
    ("a.txt", "C«ng v¨n".encode("cp1252"), "text/plain"),
    ("a.png", picture("PNG"), "image/png"),
    ("a.jpg", picture("JPEG"), "image/jpeg"),
    ("a.jpg", picture("PNG"), "image/png"),
    ("a.tif", picture("TIFF"), "image/tiff"),
    ("a.hocr", HOCR, "text/vnd.hocr+html"),
    ("a.html", HOCR, "text/vnd.hocr+html"),
    ("a.xml", ALTO, "application/alto+xml"),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_kind_is_told_by_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = probe(tmp_path / name, SETTINGS)
    assert (found.media_type, found.pages, found.sha256) == (kind, 1, hashlib.sha256(data).hexdigest())


FAILURES = [
    ("empty.pdf", b"", EmptyFile, "0 bytes"),
    ("text.pdf", b"day la mot bai van", WrongContent, "named as PDF, holds plain text"),
    ("picture.pdf", picture("PNG"), WrongContent, "named as PDF, holds PNG"),
    ("pdf.txt", b"%PDF-1.4\n", WrongContent, "named as plain text, holds PDF"),
    ("noise.txt", bytes(range(256)) * 4, WrongContent, "holds binary data"),
    ("broken.txt", b"\xff\xfea", WrongContent, "binary data"),
    ("text.png", b"xin chao", WrongContent, "named as PNG, holds plain text"),
    ("broken.pdf", b"%PDF-1.4\nnothing here", BrokenFile, "damaged"),
    ("headless.pdf", b"1 0 obj\n<<>>\nendobj\ntrailer\n", BrokenFile, "without its first line"),
    ("a.docx", b"PK\x03\x04rest", UnsupportedKind, "Office"),
    ("a.bin", b"\x00\x01\x02", UnsupportedKind, "binary data"),
    ("a.md", b"# text", UnsupportedKind, "plain text"),
    ("page.html", b"<html><body>hello</body></html>", UnsupportedKind, "neither hOCR nor ALTO"),
    ("broken.xml", b"<?xml version='1.0'?><alto><Layout>", BrokenFile, "damaged"),
    (
        "bomb.xml",
        b"<?xml version='1.0'?><!DOCTYPE alto [<!ENTITY a 'aa'>]><alto><Page>&a;</Page></alto>",
        BrokenFile,
        "entities",
    ),
    ("cut.png", picture("PNG")[:20], BrokenFile, "damaged"),
]


@pytest.mark.parametrize(("name", "data", "failure", "says"), FAILURES)
def test_failures_are_named(tmp_path: Path, name: str, data: bytes, failure: type[FileFailure], says: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(failure) as caught:
        probe(tmp_path / name, SETTINGS)
    assert type(caught.value) is failure
    assert says in str(caught.value) and str(tmp_path / name) in str(caught.value)


def test_size_limit_and_page_limit(tmp_path: Path, letter: Callable[..., Path]) -> None:
    (tmp_path / "large.txt").write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(TooLarge, match="1 MB"):
        probe(tmp_path / "large.txt", ReadSettings(file_mb=1))
    with pytest.raises(TooLarge, match="3 pages"):
        probe(letter(pages=3), ReadSettings(max_pages=2))


def test_special_files_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(NotARegularFile):
        probe(tmp_path / "pipe.txt", SETTINGS)
    with pytest.raises(FileUnreadable):
        probe(tmp_path / ("x" * 300 + ".txt"), SETTINGS)


def test_passwords(tmp_path: Path, letter: Callable[..., Path]) -> None:
    locked = letter("locked.pdf", encryption=StandardEncryption("user", "owner"))
    with pytest.raises(EncryptedPdf):
        probe(locked, SETTINGS)
    owner_only = letter("owner.pdf", encryption=StandardEncryption("", "owner", canPrint=0))
    assert probe(owner_only, SETTINGS).pages == 1
    assert "Sở Nội vụ" in " ".join(line.text for line in read_page(owner_only, 1, SETTINGS).lines)


def test_every_cut_of_a_pdf_ends_with_an_outcome(tmp_path: Path, letter: Callable[..., Path]) -> None:
    whole = letter(pages=2).read_bytes()
    cut = tmp_path / "cut.pdf"
    outcomes = set()
    for tenth in range(1, 10):
        cut.write_bytes(whole[: len(whole) * tenth // 10])
        try:
            pages = probe(cut, SETTINGS).pages
            outcomes.add("opened")
            for number in range(1, pages + 1):
                read_page(cut, number, SETTINGS)
        except FileFailure as failure:
            outcomes.add(type(failure).__name__)
    assert outcomes <= {"opened", "BrokenFile"} and "BrokenFile" in outcomes


def test_frames_of_a_tiff_are_pages(tmp_path: Path) -> None:
    frames = [Image.new("L", (50 + 10 * index, 70), 255) for index in range(3)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], dpi=(100, 100))
    assert probe(tmp_path / "a.tif", SETTINGS).pages == 3
    widths = [read_page(tmp_path / "a.tif", number, SETTINGS).width for number in (1, 2, 3)]
    assert widths == pytest.approx([36.0, 43.2, 50.4])


def test_truncated_and_giant_images(tmp_path: Path) -> None:
    noise = Image.effect_noise((300, 300), 80)
    noise.save(tmp_path / "whole.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:20_000])
    assert probe(tmp_path / "cut.png", SETTINGS).pages == 1
    with pytest.raises(BrokenFile):
        read_page(tmp_path / "cut.png", 1, SETTINGS)
    Image.new("1", (9000, 9000)).save(tmp_path / "giant.png")
    with pytest.raises(TooLarge, match="9000 x 9000"):
        probe(tmp_path / "giant.png", SETTINGS)
