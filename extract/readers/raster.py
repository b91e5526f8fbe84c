"""Image files: PNG, JPEG and TIFF with many frames, decoded by Pillow and by nothing else."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from extract.errors import BrokenFile, TooLarge
from extract.readers.find import show_path
from extract.readers.limits import SIDE_PIXELS
from extract.readers.opened import open_regular
from extract.readers.pixels import Pixels
from extract.settings import ReadSettings

_FORMATS = ("PNG", "JPEG", "TIFF")
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
_PLAUSIBLE_DPI = (70.0, 1300.0)
_ASSUMED_DPI = 300.0
_A4_INCHES = (8.27, 11.69)


def count_frames(path: Path, settings: ReadSettings) -> int:
    """Number of frames of an image file (more than one in TIFF only).

    Raises:
        BrokenFile: the header cannot be read.
        TooLarge: more frames than `max_pages`, or pixels over the limit.
    """
    with _open(path, settings) as image:
        frames = 1
        try:
            while image.format == "TIFF":
                image.seek(frames)
                frames += 1
                if frames > settings.max_pages:
                    raise TooLarge(show_path(path), f"more than {settings.max_pages} pages")
        except EOFError:
            return frames
        except _DAMAGE as error:
            raise BrokenFile(show_path(path), f"frame {frames + 1}: {error}") from error
        return frames


def read_frame(path: Path, number: int, settings: ReadSettings) -> Pixels:
    """Frame `number` (from 1) upright as its metadata says, transparent parts white.

    Raises:
        BrokenFile: damaged or cut short.
        TooLarge: over the limit on pixels; nothing is decoded then.
    """
    where = f"{show_path(path)}, page {number}"
    with _open(path, settings) as image:
        try:
            if number > 1:
                image.seek(number - 1)
            _check_size(image, where, settings)
            dpi = _dpi(image)
            image.load()
            upright = ImageOps.exif_transpose(image)
            pixels = np.array(_plain(upright), dtype=np.uint8)
        except _DAMAGE as error:
            raise BrokenFile(where, f"{type(error).__name__}: {error}") from error
    return Pixels(pixels, dpi)


@contextmanager
def _open(path: Path, settings: ReadSettings) -> Iterator[Pillow.Image]:
    """The opened, undecoded image; Pillow's own alarm is replaced by the limit of the settings."""
    pillow_limit, Pillow.MAX_IMAGE_PIXELS = Pillow.MAX_IMAGE_PIXELS, None
    try:
        with open_regular(path, settings) as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                image = Pillow.open(stream, formats=_FORMATS)
            except _DAMAGE as error:
                raise BrokenFile(show_path(path), f"{type(error).__name__}: {error}") from error
            with image:
                _check_size(image, show_path(path), settings)
                yield image
    finally:
        Pillow.MAX_IMAGE_PIXELS = pillow_limit


def _check_size(image: Pillow.Image, where: str, settings: ReadSettings) -> None:
    width, height = image.size
    if width * height > settings.page_megapixels * 1e6 or max(width, height) > SIDE_PIXELS:
        raise TooLarge(where, f"{width} x {height} pixels, the limit is {settings.page_megapixels:g} megapixels")


def _dpi(image: Pillow.Image) -> float:
    """Resolution from the metadata; where it is missing or absurd, that at which the page is A4, else 300."""
    stated = image.info.get("dpi")
    low, high = _PLAUSIBLE_DPI
    if isinstance(stated, tuple) and stated:
        try:
            dpi = float(stated[0])
        except (TypeError, ValueError, ZeroDivisionError):
            dpi = 0.0
        if low < dpi < high and dpi != 72.0:
            return dpi
    short, long = sorted(image.size)
    if abs(long / short - _A4_INCHES[1] / _A4_INCHES[0]) < 0.06:
        return min(max(short / _A4_INCHES[0], low), high)
    return _ASSUMED_DPI


def _plain(image: Pillow.Image) -> Pillow.Image:
    """The image in gray or RGB of 8 bits."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        return Pillow.fromarray((np.clip(values, 0, top) * (255.0 / top)).astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Pillow.new("RGBA", layered.size, "white")
        return Pillow.alpha_composite(white, layered).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
