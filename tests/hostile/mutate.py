"""Broken copies of files that are whole, the same every time: `python mutate.py FOLDER COUNT SOURCE…`.

What accidents and fuzzers do: cut short, turned bits, pieces that change places, are lost, doubled, filled with
zeros or noise, and numbers that lie. Used by the slow set of `make hostile`.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx

LARGEST = 250_000
"""Larger sources are left out: hundreds of files are to be read in minutes."""

MARKUP_SHARE = 6
"""So many times are the two files made here among the sources, which are mostly PDF and images."""

_NUMBER = re.compile(rb"\d{1,12}")
_LIES = (b"0", b"-1", b"255", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e9")

Change = Callable[[bytes, random.Random], bytes]


def _piece(content: bytes, chance: random.Random) -> tuple[int, int]:
    """Start and end of a random piece."""
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice((1, 4, 64, 1024, 16_384)))


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def headless(content: bytes, chance: random.Random) -> bytes:
    return content[:8] + content[8 + chance.randrange(min(4096, len(content))) :]


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 8, 64, 512))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def flip_head(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(4):
        changed[chance.randrange(min(600, len(changed)))] = chance.randrange(256)
    return bytes(changed)


def swap(content: bytes, chance: random.Random) -> bytes:
    (first, second), (third, fourth) = sorted((_piece(content, chance), _piece(content, chance)))
    third = max(second, third)
    fourth = max(third, fourth)
    parts = (content[:first], content[third:fourth], content[second:third], content[first:second], content[fourth:])
    return b"".join(parts)


def lose(content: bytes, chance: random.Random) -> bytes:
    start, end = _piece(content, chance)
    return content[:start] + content[end:] or b"\0"


def double(content: bytes, chance: random.Random) -> bytes:
    start, end = _piece(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 3, 20)) + content[end:]


def insert(content: bytes, chance: random.Random) -> bytes:
    start, _ = _piece(content, chance)
    return content[:start] + chance.randbytes(chance.choice((1, 16, 4096))) + content[start:]


def blank(content: bytes, chance: random.Random) -> bytes:
    start, end = _piece(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def lie(content: bytes, chance: random.Random) -> bytes:
    changed = content
    for _ in range(chance.choice((1, 3, 10))):
        numbers = list(_NUMBER.finditer(changed))
        if not numbers:
            return flip(content, chance)
        number = chance.choice(numbers)
        changed = changed[: number.start()] + chance.choice(_LIES) + changed[number.end() :]
    return changed


CHANGES: tuple[Change, ...] = (cut, headless, flip, flip_head, swap, lose, double, insert, blank, lie)


def mutations(sources: Sequence[Path], count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """`count` broken copies, each with a name of its own; every change comes to every source in turn."""
    chance = random.Random(seed)
    usable = [source for source in sources if 0 < source.stat().st_size <= LARGEST]
    for number in range(count):
        source = usable[number % len(usable)]
        change = CHANGES[(number // len(usable) + number) % len(CHANGES)]
        yield f"{number:04d}-{change.__name__}-{source.name}"[-120:], change(source.read_bytes(), chance)


def whole_markup() -> dict[str, bytes]:
    """Whole files of the kinds that no collection here has: a Word document and hOCR."""
    document = docx.Document()
    for line in ("UBND TỈNH ĐÔNG HẢI", "Số: 12/SNV-CCHC", "Kính gửi: Ủy ban nhân dân các huyện.", "Trần Văn Bình"):
        document.add_paragraph(line)
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(table._cells):
        cell.text = f"{number},5%"
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.namelist():
            target.writestr(zipfile.ZipInfo(part), parts.read(part), zipfile.ZIP_DEFLATED)  # without the time of day
    words = "".join(
        f"<span class='ocrx_word' title='bbox {40 * n} 20 {40 * n + 35} 40; x_wconf 90'>Sở</span> " for n in range(30)
    )
    page = f"<div class='ocr_page' title='bbox 0 0 2000 900'><span class='ocr_line' title='bbox 0 20 1300 40'>{words}"
    hocr = f"<html><head><meta name='ocr-system' content='x'/></head><body>{page}</span></div></body></html>"
    return {"whole.docx": fixed.getvalue(), "whole.hocr": hocr.encode()}


def files_below(places: Sequence[Path]) -> list[Path]:
    """Regular files, by path."""
    return [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]


def write_mutations(folder: Path, count: int, places: Sequence[Path]) -> None:
    """Fill `folder` with `count` broken copies of what lies in `places` and of a Word document and hOCR."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, content in whole_markup().items():
            (Path(scratch) / name).write_bytes(content)
        sources = files_below([Path(scratch)]) * MARKUP_SHARE + files_below(places)
        for name, content in mutations(sources, count):
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    write_mutations(Path(sys.argv[1]), int(sys.argv[2]), [Path(place) for place in sys.argv[3:]])
