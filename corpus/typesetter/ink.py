"""What is not type: seals, signatures and numbers written by hand, drawn as images with transparency."""

import json
import math
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from corpus.typesetter.faces import FILES, font_folder
from corpus.typesetter.sheet import Picture

_DPI = 160
_RED = (205, 24, 36)
_BLUE = (28, 44, 150)
_STROKES = Path(__file__).parent / "strokes.json"


def _size(picture: Picture) -> tuple[int, int]:
    return round(picture.width * _DPI / 72), round(picture.height * _DPI / 72)


def _letters_round(image: Image.Image, text: str, radius: float, font: ImageFont.FreeTypeFont) -> None:
    """Draw a text round the upper rim of a seal, its middle on top."""
    middle = image.width / 2
    widths = [font.getlength(letter) * 1.08 for letter in text]
    angle = -sum(widths) / radius / 2
    for letter, width in zip(text, widths, strict=True):
        angle += width / radius / 2
        tile = Image.new("L", (96, 96), 0)
        ImageDraw.Draw(tile).text((48, 48), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
        image.paste(255, (round(x) - 48, round(y) - 48), tile)
        angle += width / radius / 2


def _seal(picture: Picture) -> Image.Image:
    side = _size(picture)[0]
    cover = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(cover)
    middle, outer = side / 2, side / 2 - 3
    for share, width in ((1.0, 6), (0.93, 2), (0.60, 3)):
        radius = outer * share
        pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=width)
    star = [
        (
            middle + outer * (0.34 if tip % 2 == 0 else 0.13) * math.sin(math.pi * tip / 5),
            middle - outer * (0.34 if tip % 2 == 0 else 0.13) * math.cos(math.pi * tip / 5),
        )
        for tip in range(10)
    ]
    pen.polygon(star, fill=255)
    folder = font_folder()
    size = round(outer * 0.17)
    rim = 2 * math.pi * outer * 0.76 * 0.9
    font = ImageFont.truetype(str(folder / FILES["Serif-Bold"]), size)
    while font.getlength(picture.text) * 1.08 > rim and size > 8:
        size -= 1
        font = ImageFont.truetype(str(folder / FILES["Serif-Bold"]), size)
    _letters_round(cover, picture.text, outer * 0.76, font)
    rng = np.random.default_rng(crc32(picture.text.encode()))
    worn = rng.normal(0.78, 0.13, (side // 6 + 1, side // 6 + 1)).clip(0.25, 1.0)
    wear = Image.fromarray((worn * 255).astype(np.uint8)).resize((side, side), Image.Resampling.BILINEAR)
    alpha = np.asarray(cover, dtype=np.float32) * np.asarray(wear, dtype=np.float32) / 255
    image = Image.new("RGBA", (side, side), (*_RED, 0))
    image.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    return image.rotate(float(rng.uniform(-9, 9)), resample=Image.Resampling.BICUBIC)


def _curve(points: list[tuple[float, float]], steps: int = 14) -> list[tuple[float, float]]:
    """A smooth line through points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    out: list[tuple[float, float]] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5
                * (
                    2 * b[i]
                    + (c[i] - a[i]) * t
                    + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                    + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                )
                for i in (0, 1)
            )
            out.append((x, y))
    return [*out, points[-1]]


def _pen_line(image: Image.Image, points: list[tuple[float, float]], width: int) -> None:
    pen = ImageDraw.Draw(image)
    for start, end in pairwise(points):
        pen.line((start, end), fill=(*_BLUE, 235), width=width)
        pen.ellipse(
            (end[0] - width / 2, end[1] - width / 2, end[0] + width / 2, end[1] + width / 2), fill=(*_BLUE, 235)
        )


def _signature(picture: Picture) -> Image.Image:
    wide, high = _size(picture)
    image = Image.new("RGBA", (wide, high), (*_BLUE, 0))
    rng = np.random.default_rng(crc32(picture.text.encode()) + 1)
    xs = np.linspace(0.12, 0.72, 9) + rng.normal(0, 0.035, 9)
    ys = 0.5 + np.where(np.arange(9) % 2 == 0, -1, 1) * rng.uniform(0.08, 0.34, 9)
    body = [(float(x) * wide, float(y) * high) for x, y in zip(xs, ys, strict=True)]
    tail = [
        (0.78 * wide, 0.42 * high),
        (0.55 * wide, 0.86 * high),
        (0.2 * wide, 0.78 * high),
        (0.93 * wide, 0.62 * high),
    ]
    _pen_line(image, _curve(body + tail), 3)
    return image


def _handwriting(picture: Picture) -> Image.Image:
    wide, high = _size(picture)
    image = Image.new("RGBA", (wide, high), (*_BLUE, 0))
    strokes = json.loads(_STROKES.read_text(encoding="utf-8"))
    rng = np.random.default_rng(crc32(picture.text.encode()) + 2)
    each = wide / len(picture.text)
    for position, digit in enumerate(picture.text):
        lean, drop = float(rng.normal(0.14, 0.05)), float(rng.normal(0, 0.03))
        for stroke in strokes[digit]:
            points = [
                (
                    each * (position + 0.12 + 0.66 * x + lean * (1 - y)) + float(rng.normal(0, 0.8)),
                    high * (0.1 + drop + 0.78 * y) + float(rng.normal(0, 0.8)),
                )
                for x, y in stroke
            ]
            _pen_line(image, _curve(points), 4)
    return image


def picture_image(picture: Picture) -> Image.Image:
    """Draw a picture.

    Args:
        picture: What and how large; the drawing is seeded by its text.

    Returns:
        An RGBA image at 160 dpi.
    """
    draw = {"seal": _seal, "signature": _signature, "handwriting": _handwriting}[picture.kind]
    return draw(picture)
