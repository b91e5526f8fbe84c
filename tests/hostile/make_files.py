"""Files that break programs, made from nothing: the same bytes every time. `python make_files.py FOLDER [--slow]`.

Each says how a run may end with it. Nothing is copied from collections of others; the ideas are those of their
file names.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

DONE, FAILED, SKIPPED, PARTIAL = "done", "failed", "skipped", "partial"
ANY = frozenset({DONE, FAILED, PARTIAL, SKIPPED})
LETTER = """UBND TỈNH ĐÔNG HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc

Số: {number}/SNV-CCHC Đông Hải, ngày 14 tháng 3 năm 2024
V/v rà soát hồ sơ

Kính gửi: Ủy ban nhân dân các huyện.

Sở Nội vụ đề nghị Ủy ban nhân dân các huyện rà soát hồ sơ và báo cáo trước ngày 25/3/2024.

Nơi nhận: GIÁM ĐỐC
- Như trên;
- Lưu: VT.
Trần Văn Bình
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A file, how a run may end with it, and a piece of what it must say then.

    `good` is a letter that must be stored whatever lies beside it.
    """

    name: bytes
    content: bytes
    ends: frozenset[str] = ANY
    says: str | None = None
    good: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """What lies in the folder: where, and how a run may end with it (nothing: it has no outcome)."""

    path: Path
    ends: frozenset[str]
    says: str | None = None
    good: bool = False


def ends(*statuses: str) -> frozenset[str]:
    return frozenset(statuses)


def good_letters() -> Iterator[Made]:
    """Plain letters under names that break programs."""
    names = (
        b"0 good.txt",
        "tie\u0302\u0301ng Vie\u0323\u0302t (NFD).txt".encode(),
        "tiếng Việt (NFC).txt".encode(),
        b"b\xe1o c\xe1o latin-1.txt",
        b"two\nlines.txt",
        b"tab\tand\x1b[31mred.txt",
        b"'; DROP TABLE letters;--.txt",
        b'"quoted".txt',
        b"<script>alert(1)<%2Fscript>.txt",
        b"-rf.txt",
        b"--output=stolen.db.txt",
        b"$(touch run-by-name).txt",
        b"`touch run-by-name`.txt",
        b"; touch run-by-name ;.txt",
        b"back\\slash \\udc80.txt",
        b"%2f..%2f..%2fetc.txt",
        "‮txt.fdp.txt".encode(),
        b"x" * 251 + b".txt",
        b" .txt",
        b"UPPER.TXT",
        b"file:evil?mode=rwc.txt",
    )
    for number, name in enumerate(names, 1):
        yield Made(name, LETTER.format(number=number).encode(), ends(DONE), good=True)
    text = LETTER.format(number=98)
    yield Made(b"good-utf16.txt", text.encode("utf-16"), ends(DONE), good=True)
    yield Made(b"good-crlf.txt", text.replace("98/", "99/").replace("\n", "\r\n").encode(), ends(DONE), good=True)


def texts(*, slow: bool) -> Iterator[Made]:
    """Texts that cost too much, and bytes that are none."""
    rng = random.Random(7)
    size = 20 if slow else 1
    onsets, rhymes = ("ng", "th", "kh", "tr", "b", "đ", "qu", ""), ("ướng", "iệt", "oài", "uyễn", "ằng", "ịch", "ủy")
    syllables = [onset + rhyme for onset in onsets for rhyme in rhymes]
    tokens = [rng.choice(syllables) for _ in range(3000 * size)]
    yield Made(b"text/random-syllables.txt", _wrapped(tokens), ends(DONE, PARTIAL))
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ0123456789/-.,%"
    noise = ["".join(rng.choices(letters, k=rng.randint(1, 12))) for _ in range(3000 * size)]
    yield Made(b"text/random-letters.txt", _wrapped(noise), ends(DONE, PARTIAL))
    stripped = [
        rng.choice(["Thue hién", "chi dao", "ctia UBND", "tinh tai", "Cong vin sé"]) for _ in range(1500 * size)
    ]
    yield Made(b"text/garbled.txt", _wrapped(stripped), ends(DONE, PARTIAL))
    yield Made(b"text/one-line-10MB.txt", b"a " * (5 * 1024 * 1024), ends(FAILED), "characters on a page")
    yield Made(b"text/one-word.txt", b"a" * (20_000 * size), ends(DONE, PARTIAL))
    yield Made(b"text/digits.txt", b"1" * (10_000 * size), ends(DONE, PARTIAL))
    yield Made(b"text/dots.txt", b"1.234." * (2000 * size), ends(DONE, PARTIAL))
    yield Made(b"text/items.txt", b"1. a) - + * 1.1.1. I.\n" * (500 * size), ends(DONE, PARTIAL))
    yield Made(b"text/brackets.txt", b"(" * (10_000 * size), ends(DONE, PARTIAL))
    yield Made(
        b"text/numbers-of-letters.txt", "Số: 12/UBND-NC ngày 1/1/2024; ".encode() * (200 * size), ends(DONE, PARTIAL)
    )
    yield Made(b"text/table-bars.txt", b"| 1 | 2 | 3 |\n" * (500 * size), ends(DONE, PARTIAL))
    yield Made(b"text/combining.txt", ("a" + "\u0301" * 2000).encode(), ends(DONE, PARTIAL))
    yield Made(b"text/blank.txt", b" \n\t\n" * 1000, ends(DONE, FAILED))
    yield Made(b"text/form-feeds.txt", b"\f" * 50_000, ends(DONE, FAILED))
    yield Made(b"text/pages-3000.txt", b"trang\n\f" * 3000, ends(FAILED), "the limit is")
    yield Made(b"text/nul.txt", b"Cong van\x00so 12\n" * 20, ends(FAILED), "binary data")
    yield Made(b"text/nul-far-in.txt", b"Cong van so 12\n" * 6000 + b"\x00", ends(FAILED), "binary data")
    yield Made(b"text/binary.txt", bytes(range(256)) * 16, ends(FAILED), "binary data")
    yield Made(b"text/half-utf16.txt", b"\xff\xfeabc", ends(FAILED), "binary data")
    yield Made(b"text/lone-surrogates.txt", "\ud835 thư \udc80\n".encode("utf-8", "surrogatepass") * 5, ends(DONE))
    yield Made(b"text/bidi.txt", "\u202eSố: 12/UBND\u202c \u2066x\u2069 \ufeff \u200b\n".encode() * 50, ends(DONE))
    yield Made(
        b"text/html.txt", b"<script>alert('run')</script>{{7*7}}${7*7}=cmd|'/c calc'!A1\n", ends(FAILED, SKIPPED, DONE)
    )
    yield Made(b"text/images.txt", b"/etc/passwd\nhttp://127.0.0.1:9/x.png\n", ends(DONE))


def _wrapped(tokens: list[str]) -> bytes:
    return "\n".join(" ".join(tokens[at : at + 14]) for at in range(0, len(tokens), 14)).encode()


def kinds() -> Iterator[Made]:
    """Names that lie, kinds that are not read, files of no bytes."""
    letter = LETTER.format(number=97).encode()
    zipped = b"PK\x03\x04" + bytes(60) + b"word/document.xml"
    for suffix in (b"pdf", b"png", b"jpg", b"tif", b"txt", b"hocr", b"xml"):
        yield Made(b"kind/empty." + suffix, b"", ends(FAILED), "0 bytes")
    yield Made(b"kind/text.pdf", letter, ends(FAILED), "named as PDF, holds plain text")
    yield Made(b"kind/text.png", letter + b"\n", ends(FAILED), "holds plain text")
    yield Made(b"kind/pdf.txt", b"%PDF-1.4\n%\xe2\xe3\n", ends(FAILED), "holds PDF")
    yield Made(b"kind/zip.pdf", zipped, ends(FAILED), "holds a Word document")
    yield Made(b"kind/program.pdf", b"\x7fELF" + bytes(64), ends(FAILED), "a program")
    yield Made(b"kind/postscript.pdf", b"%!PS\n(run) (w) file\n", ends(FAILED), "PostScript")
    yield Made(b"kind/letter.docx", zipped + b"2", ends(FAILED), "damaged")
    yield Made(b"kind/archive.zip", zipped + b"3", ends(SKIPPED), "zip")
    yield Made(b"kind/archive.tar.gz", b"\x1f\x8b\x08" + bytes(20), ends(SKIPPED), "gzip")
    yield Made(b"kind/database.pdf", b"SQLite format 3\x00" + bytes(84), ends(FAILED), "a database")
    yield Made(b"kind/no-suffix", letter + b"\n\n", ends(SKIPPED))
    yield Made(b"kind/picture.svg", b"<svg onload='alert(1)'/>", ends(SKIPPED))
    yield Made(b"kind/run.sh", b"#!/bin/sh\ntouch run-by-content\n", ends(SKIPPED))


def every_file(*, slow: bool) -> Iterator[Made]:
    """All files by content; with `slow` also those that take a page's limit or more."""
    parts = Path(__file__).parent
    yield from good_letters()
    yield from texts(slow=slow)
    yield from kinds()
    for name in ("make_pdfs", "make_images", "make_markup"):
        yield from load(parts / f"{name}.py").make(Made, slow=slow)


def load(path: Path) -> ModuleType:
    """A module by its file: tests are no package."""
    import importlib.util
    import sys

    spec = importlib.util.spec_from_file_location(f"hostile_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_files(folder: Path, *, slow: bool = False) -> list[Put]:
    """Fill an empty folder; all that lies in it that a run must account for."""
    folder.mkdir(parents=True, exist_ok=True)
    placed = []
    for made in every_file(slow=slow):
        path = folder / os.fsdecode(made.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
        placed.append(Put(path, made.ends, made.says, made.good))
    return placed + list(_special(folder / "special"))


def _special(folder: Path) -> Iterator[Put]:
    """Links, pipes, devices, and what may not be read."""
    folder.mkdir()
    no_file = ends(FAILED)
    (folder / "out.txt").symlink_to("/etc/passwd")
    yield Put(folder / "out.txt", no_file, "a link that leaves the folder")
    (folder / "up.txt").symlink_to("../../" * 40 + "etc/hostname")
    yield Put(folder / "up.txt", no_file, "a link that leaves the folder")
    for one, other in (("loop-a.txt", "loop-b.txt"), ("loop-b.txt", "loop-a.txt")):
        (folder / one).symlink_to(other)
        yield Put(folder / one, no_file)
    (folder / "self.txt").symlink_to("self.txt")
    yield Put(folder / "self.txt", no_file)
    (folder / "dangling.txt").symlink_to("not-there.txt")
    yield Put(folder / "dangling.txt", no_file)
    (folder / "here").symlink_to(".")  # a folder: its files are found where they are
    (folder / "stays.txt").symlink_to("../0 good.txt")
    yield Put(folder / "stays.txt", ends(DONE), "same content as")
    os.mkfifo(folder / "pipe.pdf")
    yield Put(folder / "pipe.pdf", no_file, "a FIFO")
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(folder)  # the name of a socket is at most 107 bytes long
        server.bind("socket.pdf")
        os.chdir(before)
    yield Put(folder / "socket.pdf", no_file, "a socket")
    try:
        os.mknod(folder / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pass
    else:
        yield Put(folder / "zero.txt", no_file, "a device")
    (folder / "locked.txt").write_text(LETTER.format(number=96))
    (folder / "locked.txt").chmod(0)
    yield Put(folder / "locked.txt", ends(DONE) if os.geteuid() == 0 else no_file)
    (folder / "locked").mkdir(mode=0)
    if os.geteuid() != 0:
        yield Put(folder / "locked", no_file)
    (folder / "folder.pdf").mkdir()
    deep = folder
    for level in range(60):
        deep = deep / f"{level}"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(LETTER.format(number=95))
    yield Put(deep / "deep.txt", ends(DONE), good=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write files that break programs into FOLDER.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--slow", action="store_true", help="also those that take a page's limit or more")
    wanted = parser.parse_args()
    print(f"{len(write_files(wanted.folder, slow=wanted.slow))} files in {wanted.folder}")


if __name__ == "__main__":
    main()
