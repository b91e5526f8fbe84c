"""Hostile images, written chunk by chunk. Used by make_files.py."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image


def png(width: int, height: int, data: bytes, *extra: tuple[bytes, bytes], bits: int = 1, end: bool = True) -> bytes:
    """A PNG in gray."""
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), *extra, (b"IDAT", data), *([(b"IEND", b"")] if end else [])]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def tiff(*directories: dict[int, tuple[int, int]], next_of: tuple[int, ...] = (), pixels: bytes = bytes(8)) -> bytes:
    """A TIFF of directories {tag: (type, value)}; `next_of[i]` is the index of the one behind the i-th."""
    size = 2 + 12 * 16 + 4
    places = [8 + len(pixels) + size * number for number in range(len(directories))]
    out = b"II*\x00" + struct.pack("<I", places[0]) + pixels
    for number, tags in enumerate(directories):
        body = struct.pack("<H", len(tags))
        for tag, (kind, value) in sorted(tags.items()):
            body += struct.pack("<HHII", tag, kind, 1, value)
        follows = next_of[number] if number < len(next_of) else -1
        body += struct.pack("<I", places[follows] if follows >= 0 else 0)
        out += body.ljust(size, b"\x00")
    return out


def directory(width: int = 8, height: int = 8, *, at: int = 8, length: int = 8) -> dict[int, tuple[int, int]]:
    """A black and white image in one strip."""
    return {
        256: (4, width),
        257: (4, height),
        258: (3, 1),
        259: (3, 1),
        262: (3, 1),
        273: (4, at),
        277: (3, 1),
        278: (4, height),
        279: (4, length),
    }


def make(made: Any, *, slow: bool) -> Iterator[Any]:
    """The hostile images, each as `made(name, content, ends, says)`."""
    failed = frozenset({"failed"})
    row = zlib.compress(bytes(9 * 64))
    yield made(b"image/absurd.png", png(2**31 - 1, 2**31 - 1, row), failed)
    yield made(b"image/wide.png", png(10**9, 1, row), failed)
    side = 100_000 if slow else 20_000
    yield made(b"image/bomb.png", png(side, side, zlib.compress(bytes(side * (side // 8 + 1)), 9)), failed, "larger")
    bomb = zlib.compress(bytes(200_000_000 if slow else 20_000_000), 9)
    yield made(b"image/bomb-in-text.png", png(64, 64, row, (b"zTXt", b"Comment\x00\x00" + bomb)))
    yield made(b"image/bomb-in-profile.png", png(64, 64, row, (b"iCCP", b"x\x00\x00" + bomb)))
    yield made(b"image/no-size.png", png(0, 0, row), failed)
    yield made(b"image/no-end.png", png(64, 64, row, end=False))
    yield made(b"image/no-data.png", png(64, 64, b""))
    whole = io.BytesIO()
    Image.linear_gradient("L").resize((300, 400)).save(whole, "PNG")
    for cut in (20, 40, 200):
        yield made(b"image/cut-%d.png" % cut, whole.getvalue()[:cut], failed)
    yield made(b"image/wrong-sum.png", whole.getvalue().replace(b"IDAT", b"IDAT\x00", 1))
    whole = io.BytesIO()
    Image.linear_gradient("L").resize((300, 400)).save(whole, "JPEG")
    jpeg = whole.getvalue()
    for percent in (1, 30, 60, 95):
        yield made(b"image/cut-%d.jpg" % percent, jpeg[: len(jpeg) * percent // 100])
    at = jpeg.index(b"\xff\xc0")
    yield made(b"image/absurd.jpg", jpeg[: at + 5] + b"\xff\xff\xff\xff" + jpeg[at + 9 :], failed)
    yield made(b"image/no-size.jpg", jpeg[: at + 5] + bytes(4) + jpeg[at + 9 :], failed)
    exif = b"Exif\x00\x00" + tiff({34665: (4, 16)}, pixels=bytes(8)) + b"\xff" * 100
    yield made(b"image/loop-in-exif.jpg", jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    yield from _tiffs(made, slow=slow)
    for kind in ("GIF", "BMP", "WEBP", "PPM", "EPS", "PCX", "ICO", "TGA"):
        other = io.BytesIO()
        Image.new("RGB", (32, 32), "white").save(other, kind)
        yield made(b"image/other-%s.png" % kind.lower().encode(), other.getvalue(), failed, "named as PNG, holds")


def _tiffs(made: Any, *, slow: bool) -> Iterator[Any]:
    failed, some = frozenset({"failed"}), frozenset({"failed", "done", "partial"})
    one = directory()
    yield made(b"image/loop-self.tif", tiff(one, next_of=(0,)), some)
    yield made(b"image/loop-two.tif", tiff(one, one, next_of=(1, 0)), some)
    yield made(b"image/loop-back.tif", tiff(one, one, one, next_of=(1, 2, 1)), some)
    yield made(b"image/absurd.tif", tiff(directory(2**31, 2**31)), failed)
    yield made(b"image/wide.tif", tiff(directory(400_000_000, 1)), failed)
    yield made(b"image/past-end.tif", tiff(directory(at=2**31, length=2**31)))
    yield made(b"image/no-tags.tif", tiff({}), failed)
    yield made(b"image/no-directory.tif", b"II*\x00\xff\xff\xff\x7f", failed)
    yield made(b"image/big-tiff-cut.tif", b"II+\x00\x08\x00\x00\x00" + bytes(8), failed)
    yield made(b"image/tags-without-end.tif", b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(200), failed)
    frames = 500 if slow else 20
    yield made(b"image/frames.tif", tiff(*[one] * frames, next_of=tuple(range(1, frames))))
    yield made(
        b"image/frames-3000.tif", tiff(*[one] * 3000, next_of=tuple(range(1, 3000))), failed, "more than 2000 pages"
    )
