"""Aligned pairs for the channel: text is set on a page, the page is worn, and Tesseract reads it.

`eng` gives the damage of an engine set to the wrong language, `vie` that of the
right one. Only paragraphs of the training part are set.
"""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tesserocr
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from normalize.train.corpus import paragraphs

SOURCES = (("tvpl_docs", 5), ("vbpl_toanvan", 2), ("lvn_docs", 1), ("viwiki_vn", 2))
"""Sets the pages are set from, and how many pages in ten come from each."""

PLAIN_SHARE = 0.7
"""Share of the pages that are set in a plain face; the others are bold or italic."""

HARSH_SHARE = 0.4
"""Share of the pages that are worn nearly twice as hard: third copies, faint toner."""

LINES = 38
_A4_INCHES = (8.27, 11.69)
_DEBIAN_MODELS = Path("/usr/share/tesseract-ocr")


@dataclass(frozen=True, slots=True)
class Pair:
    """One line as set and as the two engines read it; `eng` is empty where only `vie` did."""

    truth: str
    eng: str
    vie: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as set; `pitch` and `top` in pixels say where its lines stand."""

    lines: list[str]
    image: Image.Image
    dpi: int
    pitch: float
    top: float


def find_fonts(folder: Path) -> tuple[list[Path], list[Path]]:
    """Plain faces and all others of `folder` that have the Vietnamese letters.

    Raises:
        FileNotFoundError: there is no plain face with ệ (Liberation has it from version 2 on).
    """
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".ttf", ".otf") and _is_vietnamese(path))
    styled = [path for path in found if any(style in path.stem.lower() for style in ("bold", "italic"))]
    plain = [path for path in found if path not in styled]
    if not plain:
        raise FileNotFoundError(f"no font with the Vietnamese letters in {folder}")
    return plain, styled or plain


def _is_vietnamese(path: Path) -> bool:
    font = ImageFont.truetype(path, 24)
    return bytes(font.getmask("ệ")) != bytes(font.getmask("ự"))


def make_pairs(text: Path, fonts: Path, pages: int, *, seed: int = 11, held: bool = False) -> Iterator[Pair]:
    """Set, wear and read `pages` pages; the same seed and fonts give the same pages.

    `held` sets the held-out paragraphs instead of those of the training part, to measure with.
    """
    rng = random.Random(seed)
    with _engine("eng") as eng, _engine("vie") as vie:
        for sheet in _sheets(text, fonts, pages, rng, held=held):
            worn = _wear(sheet.image, sheet.dpi, rng)
            read = [_read(api, worn, sheet) for api in (eng, vie)]
            yield from (Pair(*row) for row in zip(sheet.lines, *read, strict=True) if all(row))


def make_copies(text: Path, fonts: Path, pages: int, *, seed: int = 12, held: bool = False) -> Iterator[Pair]:
    """As `make_pairs`, of pages worn as copies of copies and read by `vie` alone."""
    rng = random.Random(seed)
    with _engine("vie") as vie:
        for sheet in _sheets(text, fonts, pages, rng, held=held):
            read = _read(vie, _copy(sheet.image, sheet.dpi, rng), sheet)
            yield from (Pair(line, "", row) for line, row in zip(sheet.lines, read, strict=True) if row)


def _engine(language: str) -> tesserocr.PyTessBaseAPI:
    """Tesseract with the models of TESSDATA_PREFIX or of Debian; by itself tesserocr looks in the working folder."""
    debian = sorted(_DEBIAN_MODELS.glob("*/tessdata"))
    folder = os.environ.get("TESSDATA_PREFIX") or (str(debian[-1]) if debian else "")
    return tesserocr.PyTessBaseAPI(path=folder, lang=language, psm=tesserocr.PSM.SINGLE_BLOCK)


def _sheets(text: Path, fonts: Path, pages: int, rng: random.Random, *, held: bool) -> Iterator[_Sheet]:
    faces = find_fonts(fonts)
    feeds = {name: _sample(text, name, rng, held=held) for name, _ in SOURCES}
    names = [name for name, share in SOURCES for _ in range(share)]
    for number in range(pages):
        dpi = rng.choice((120, 150, 200, 200, 250, 300))
        yield _set_page(feeds[names[number % len(names)]], dpi, faces, rng)


def _sample(text: Path, name: str, rng: random.Random, *, held: bool) -> Iterator[str]:
    pool = [line for line in paragraphs(text, name, held=held) if 20 < len(line) < 900]
    while True:
        yield rng.choice(pool)


def _set_page(feed: Iterator[str], dpi: int, faces: tuple[list[Path], list[Path]], rng: random.Random) -> _Sheet:
    size = tuple(round(inches * dpi) for inches in _A4_INCHES)
    points = rng.choice((12.0, 13.0, 13.0, 14.0))
    font = ImageFont.truetype(rng.choice(faces[rng.random() > PLAIN_SHARE]), round(points * dpi / 72))
    left, width = round(1.1 * dpi), size[0] - round(1.8 * dpi)
    lines: list[str] = []
    while len(lines) < LINES:
        paragraph = next(feed)
        if len(paragraph) < 90 and rng.random() < 0.3:
            paragraph = paragraph.upper()
        lines += _wrap(paragraph, font, width)
    lines = lines[:LINES]
    image = Image.new("L", (size[0], size[1]), 255)
    draw = ImageDraw.Draw(image)
    pitch, top = points * dpi / 72 * 1.32, 0.8 * dpi
    for number, line in enumerate(lines):
        draw.text((left, top + number * pitch), line, font=font, fill=rng.choice((0, 0, 20, 50)))
    return _Sheet(lines, image, dpi, pitch, top)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _wear(image: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    noise = np.random.default_rng(rng.getrandbits(32))
    harsh = 1.8 if rng.random() < HARSH_SHARE else 1.0
    worn = image.rotate(rng.uniform(-0.25, 0.25), Image.Resampling.BICUBIC, fillcolor=255)
    worn = worn.filter(ImageFilter.GaussianBlur(harsh * rng.uniform(0.2, 0.9) * dpi / 250))
    grey = np.asarray(worn, dtype=np.float32) + noise.normal(0, harsh * rng.uniform(2, 22), (worn.height, worn.width))
    if rng.random() < 0.4:
        grey = np.where(grey > rng.uniform(110, 190), 255.0, 0.0)
    return _packed(grey, rng.randint(35, 85))


def _copy(image: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """A copy of a copy: blurred, toner thicker here than there, grainy, mostly black and white with specks."""
    noise = np.random.default_rng(rng.getrandbits(32))
    level = rng.uniform(0.7, 1.4)
    worn = image.rotate(rng.uniform(-0.25, 0.25), Image.Resampling.BICUBIC, fillcolor=255)
    worn = worn.filter(ImageFilter.GaussianBlur(level * rng.uniform(0.4, 1.0) * dpi / 250))
    patches = Image.fromarray(noise.normal(0, 1, (9, 7)).astype(np.float32))
    toner = np.asarray(patches.resize((worn.width, worn.height), Image.Resampling.BICUBIC))
    grain = noise.normal(0, level * rng.uniform(8, 28), (worn.height, worn.width))
    grey = np.asarray(worn, dtype=np.float32) + toner * level * rng.uniform(5, 35) + grain
    if rng.random() < 0.7:
        grey = np.where(grey > rng.uniform(95, 185), 255.0, 0.0)
        for _ in range(rng.randint(0, 300)):
            y, x = noise.integers(0, worn.height - 3), noise.integers(0, worn.width - 3)
            grey[y : y + noise.integers(1, 4), x : x + noise.integers(1, 4)] = 0
    return _packed(grey, rng.randint(25, 75))


def _packed(grey: npt.NDArray[np.floating], quality: int) -> Image.Image:
    packed = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(packed, "JPEG", quality=quality)
    return Image.open(packed)


def _read(api: tesserocr.PyTessBaseAPI, image: Image.Image, sheet: _Sheet) -> list[str]:
    api.SetImage(image)
    api.SetSourceResolution(sheet.dpi)
    count = len(sheet.lines)
    rows = [""] * count
    api.Recognize()
    for line in tesserocr.iterate_level(api.GetIterator(), tesserocr.RIL.TEXTLINE):
        box = line.BoundingBox(tesserocr.RIL.TEXTLINE)
        if box is None:
            continue
        number = round(((box[1] + box[3]) / 2 - sheet.top) / sheet.pitch - 0.5)
        if 0 <= number < count:
            rows[number] = f"{rows[number]} {line.GetUTF8Text(tesserocr.RIL.TEXTLINE).strip()}".strip()
    return rows


def write_pairs(pairs: Iterator[Pair], target: Path) -> int:
    """Write pairs as JSON lines; returns their number."""
    with target.open("w", encoding="utf8") as file:
        count = 0
        for pair in pairs:
            file.write(json.dumps([pair.truth, pair.eng, pair.vie], ensure_ascii=False) + "\n")
            file.flush()
            count += 1
    return count


def read_pairs(source: Path) -> list[Pair]:
    """The pairs of a file that `write_pairs` made."""
    return [Pair(*json.loads(line)) for line in source.read_text(encoding="utf8").splitlines()]
