"""Pages of which it is known what their text layer is worth: by how each was made, or by looking at it."""

from __future__ import annotations

import io
import json
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.places import CORPUS, ROOT, SHARED
from benchmarks.repair.samples import SOURCES, TEXT, held_out_pages, strip
from benchmarks.repair.set_pages import FONTS, set_page_texts
from extract.readers.page import read_page
from extract.readers.probe import probe
from extract.readers.verdict import judge_layer
from extract.records import LayerVerdict, Line, VerdictKind
from extract.settings import OcrMode, ReadSettings

_SETTINGS = ReadSettings(ocr=OcrMode.NEVER)
_CLEAN, _EMPTY, _GARBLED = VerdictKind.CLEAN, VerdictKind.EMPTY, VerdictKind.GARBLED
_NOT_JUDGED = VerdictKind.NOT_JUDGED
_ENCODINGS = ("tcvn3", "vni", "viscii", "vps")
_TEXT_LINES = 40
_DIGITAL_SCANS = frozenset({"104", "124", "125"})
_GARBLED_LETTERS = ("000", "002", "003")
# Of the hostile files, those with text of a letter's length; all English, French, Spanish or tables of English.
_FOREIGN_FILES = (
    "pdfjs--bug1883609.pdf",
    "pdfjs--issue12295.pdf",
    "pdfjs--issue14497.pdf",
    "pdfplumber--2023-06-20-PV.pdf",
    "pdfplumber--issue-463-example.pdf",
    "pdfplumber--issue-53-example.pdf",
    "pdfplumber--la-precinct-bulletin-2014-p1.pdf",
    "pdfplumber--pr-138-example.pdf",
)
_PAGE = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A page: of which set and document it is, what the verdict must be, what it is."""

    group: str
    document: str
    label: VerdictKind
    verdict: LayerVerdict


def judged_pages(scratch: Path) -> Iterator[Judged]:
    """All pages that can be had; those beside the checkout only where they are.

    Args:
        scratch: an empty folder.
    """
    yield from _corpus()
    yield from _composed(scratch)
    if SHARED.is_dir():
        yield from _real()
        yield from _of_text()


def _corpus() -> Iterator[Judged]:
    letters = CORPUS / "letters"
    labels = {"digital": _CLEAN, "english-layer": _GARBLED, "ocr-text": _GARBLED}
    labels |= dict.fromkeys(("office", "photocopy", "tiff", "png"), _EMPTY)
    for group, label in labels.items():
        for path in sorted((letters / group).iterdir()):
            pages = range(1, 2 if label is _EMPTY else probe(path, _SETTINGS).pages + 1)
            for number in pages:
                yield Judged(f"corpus, {group}", f"corpus {path.stem}", label, _verdict(path, number))


def _composed(scratch: Path) -> Iterator[Judged]:
    """Texts of our own: as plain text, and stamps as the layer of a scanned page."""
    texts = tomllib.loads(Path(__file__).with_name("verdict_texts.toml").read_text(encoding="utf-8"))
    for kind, label in (
        ("short", _NOT_JUDGED),
        ("figures", _NOT_JUDGED),
        ("foreign", _NOT_JUDGED),
        ("bilingual", _CLEAN),
        ("lists", _CLEAN),
    ):
        for number, text in enumerate(texts[kind]):
            yield Judged(f"composed, {kind}", f"{kind} {number}", label, _of_lines(text))
    for number, text in enumerate(texts["stamps"]):
        path = scratch / f"stamp{number}.pdf"
        _scan_with_layer(path, text)
        yield Judged("composed, stamps on scans", f"stamp {number}", _EMPTY, _verdict(path, 1))
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n")
    for start in range(0, 4 * _TEXT_LINES, _TEXT_LINES):
        page = "\n".join(licence[start : start + _TEXT_LINES])
        yield Judged("English text", f"licence {start}", _NOT_JUDGED, _of_lines(page))
    for path in sorted((CORPUS / "truth").glob("*.gold.json")):
        for table in json.loads(path.read_text(encoding="utf-8"))["tables"]:
            rows = [" ".join(cell for cell in row if cell and not any(map(str.isalpha, cell))) for row in table["rows"]]
            yield Judged("columns of figures", f"corpus {path.stem[:2]}", _NOT_JUDGED, _of_lines("\n".join(rows)))


def _real() -> Iterator[Judged]:
    """Scans (looked at: no layer, a stamp or the mark of a site, but for the digital ones), letters, foreign files."""
    for path in sorted((SHARED / "scans").glob("*.pdf")):
        label = _CLEAN if path.stem in _DIGITAL_SCANS else _EMPTY
        for number in range(1, min(probe(path, _SETTINGS).pages, 2) + 1):
            yield Judged(f"real scans, {label}", f"scan {path.stem}", label, _verdict(path, number))
    for key in _GARBLED_LETTERS:
        lines = (SHARED / "letters" / f"{key}.txt").read_text(encoding="utf-8").split("\n")
        for start in range(0, len(lines) - _TEXT_LINES // 2, _TEXT_LINES):
            page = "\n".join(lines[start : start + _TEXT_LINES])
            yield Judged("real letters, read as English", f"letter {key}", _GARBLED, _of_lines(page))
    clean = (SHARED / "letters" / "004.txt").read_text(encoding="utf-8")
    yield Judged("real letters, clean", "letter 004", _CLEAN, _of_lines(clean))
    for name in _FOREIGN_FILES:
        path = SHARED / "nasty" / name
        if path.exists():
            for number in range(1, min(probe(path, _SETTINGS).pages, 2) + 1):
                yield Judged("foreign files", name, _NOT_JUDGED, _verdict(path, number))


def _of_text() -> Iterator[Judged]:
    """Held-out text: clean, without its marks, in old encodings, and set, worn and read by Tesseract."""
    if not TEXT.is_dir():
        return
    for kind in SOURCES:
        for number, page in enumerate(held_out_pages(kind)[:12]):
            # From a page's worth down to a few lines: short pages are the hard ones.
            text = page[: 3000 >> (number % 4)]
            document = f"{kind} {number}"
            yield Judged(f"{kind} text", document, _CLEAN, _of_lines(text))
            yield Judged(f"{kind} text, stripped", document, VerdictKind.STRIPPED, _of_lines(strip(text)))
            encoding = _ENCODINGS[number % len(_ENCODINGS)]
            legacy = _of_lines(_encoded(text, encoding))
            yield Judged(f"{kind} text, {encoding}", document, VerdictKind.LEGACY, legacy)
    for number, (english, vietnamese) in enumerate(set_page_texts()):
        yield Judged("set pages, read as English", f"set {number}", _GARBLED, _of_lines(english))
        yield Judged("set pages, read as Vietnamese", f"set {number}", _CLEAN, _of_lines(vietnamese))


def _of_lines(text: str) -> LayerVerdict:
    return judge_layer([Line(line) for line in text.split("\n")])


def _verdict(path: Path, number: int) -> LayerVerdict:
    return read_page(path, number, _SETTINGS).verdict


@cache
def _codes(encoding: str) -> dict[str, str]:
    """What each letter looks like where text of an old encoding is read as Latin-1."""
    codes: dict[str, str] = {}
    for row in (ROOT / "normalize" / "data" / "legacy.tsv").read_text(encoding="utf-8").splitlines():
        name, _, rest = row.partition("\t")
        if name == encoding:
            points, letter = rest.split("\t")
            codes.setdefault(letter, "".join(chr(int(point, 16)) for point in points.split()))
    return codes


def _encoded(text: str, encoding: str) -> str:
    """Text as it looks in an old encoding; TCVN3 sets capitals with marks as small letters of a capitals font."""
    codes = _codes(encoding)
    return "".join(
        codes.get(letter) or codes.get(letter.lower(), letter) for letter in unicodedata.normalize("NFC", text)
    )


def _scan_with_layer(path: Path, text: str) -> None:
    """A page of pixels, and the stamp of an electronic signature over it as its only text."""
    face = str(FONTS / "Tinos-Regular.ttf")
    picture = Image.new("L", (1240, 1754), 245)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(face, 30)
    for line in range(30):
        pen.text(
            (180, 150 + 45 * line), "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", 30, font
        )
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=50)
    pdfmetrics.registerFont(TTFont("Tinos", face))
    canvas = Canvas(str(path), pagesize=_PAGE, invariant=1)
    canvas.drawImage(ImageReader(packed), 0, 0, *_PAGE)
    canvas.setFont("Tinos", 8)
    for row, stamped in enumerate(text.split("\n")):
        canvas.drawString(380, 810 - 10 * row, stamped)
    canvas.save()
