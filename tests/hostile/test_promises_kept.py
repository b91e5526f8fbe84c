"""Nothing from a letter is executed, nothing is fetched, nothing is decoded that is not read."""

from __future__ import annotations

import gzip
import importlib.metadata
import os
import pickle
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image, ImageDraw

from extract.apart.guard import Understander
from extract.errors import BrokenFile, CongvanError, LetterNotUnderstood, WorkerDied
from extract.readers import raster
from extract.readers.guard import Guard
from extract.readers.offline import forbid_network
from extract.records import LayerVerdict, Letter, Line, Page, Source, VerdictKind
from extract.settings import ReadSettings

HERE = Path(__file__).parent
OFFLINE = (sys.executable, "-P", str(HERE / "offline_worker.py"))
READ = {"PNG", "JPEG", "TIFF"}
SETTINGS = ReadSettings(page_seconds=60.0)


def load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"kept_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def needs_numbers() -> None:
    if platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("the numbers of system calls are known for x86_64 and aarch64")


@pytest.fixture(scope="module")
def offline() -> Iterator[Guard]:
    needs_numbers()
    with Guard(SETTINGS, worker=(*OFFLINE, "reading", "killed")) as guard:
        yield guard


def letter_that_says(text: str) -> Letter:
    verdict = LayerVerdict(VerdictKind.STRIPPED)
    return Letter("a.txt", "0" * 64, "text/plain", (Page(1, None, None, Source.TEXT, verdict, (Line(text),)),))


def test_a_worker_that_opens_a_socket_would_be_seen(tmp_path: Path, offline: Guard) -> None:
    path = tmp_path / "calls-home.txt"
    path.write_text("Kính gửi: Sở Nội vụ.")
    with pytest.raises(WorkerDied, match="SIGSYS"):
        offline.read_page(path, 1)


def test_a_socket_is_refused_to_workers_as_they_are(tmp_path: Path) -> None:
    needs_numbers()
    path = tmp_path / "calls-home.txt"
    path.write_text("Kính gửi: Sở Nội vụ.")
    worker = (*OFFLINE, "reading", "as-is")
    with Guard(SETTINGS, worker=worker) as guard, pytest.raises(BrokenFile, match="PermissionError"):
        guard.read_page(path, 1)
    worker = (*OFFLINE, "understanding", "as-is")
    with Understander(SETTINGS, worker=worker) as other, pytest.raises(LetterNotUnderstood, match="PermissionError"):
        other.understand(letter_that_says("CALLS HOME"))


def test_no_network_in_understanding() -> None:
    needs_numbers()
    with Understander(SETTINGS, worker=(*OFFLINE, "understanding", "killed")) as understander:
        assert understander.understand(letter_that_says("Kinh gui: So Noi vu.")).reading.repaired.edits
        with pytest.raises(WorkerDied, match="SIGSYS"):
            understander.understand(letter_that_says("CALLS HOME"))


@pytest.mark.parametrize("machine", ["riscv64", "i686"])
def test_where_no_filter_can_be_had_nothing_fails(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=machine))
    assert forbid_network() is False


def test_no_network_in_workers(tmp_path: Path, offline: Guard) -> None:
    """Every file that names an address, a letter of each kind, and a page that is read with Tesseract."""
    maker, read = load("make_files"), 0
    pages = Image.new("RGB", (900, 400), "white")
    ImageDraw.Draw(pages).text((60, 60), "Kinh gui: So Noi vu", fill="black", font_size=40)
    pages.save(tmp_path / "scan.png", dpi=(200, 200))
    for made in maker.every_file(slow=False):
        if b"127.0.0.1" in made.content or b"SYSTEM" in made.content or made.name in (b"pdf/good.pdf", b"0 good.txt"):
            path = tmp_path / made.name.decode().replace("/", "-")
            path.write_bytes(made.content)
    for path in sorted(tmp_path.iterdir()):
        try:
            offline.probe(path)
            offline.read_page(path, 1)
            read += 1
        except WorkerDied as died:
            pytest.fail(str(died))
        except CongvanError:
            continue
    assert read >= 8 and len(list(tmp_path.iterdir())) >= 14
    assert "Noi" in " ".join(line.text for line in offline.read_page(tmp_path / "scan.png", 1).lines)


class Attack:
    """What unpickling it would do: leave a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.touch, (self.mark,))


def test_a_font_that_names_a_pickled_map_is_not_obeyed(tmp_path: Path) -> None:
    """CVE-2025-64512: before pdfminer.six 20251107 the map of codes was unpickled from whatever path a font named."""
    mark = tmp_path / "executed"
    (tmp_path / "evil.pickle.gz").write_bytes(gzip.compress(pickle.dumps(Attack(mark))))
    name = str(tmp_path / "evil").replace("/", "#2F").encode()
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (B) >> >>"
    )
    maker = load("make_pdfs")
    content = maker.one_page(
        b"BT /F 12 Tf 50 700 Td (words) Tj ET",
        resources=b"<< /Font << /F 6 0 R >> >>",
        more={
            6: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /%s /DescendantFonts [7 0 R] >>" % name,
            7: descendant,
        },
    )
    (tmp_path / "evil.pdf").write_bytes(content)
    assert b"#2Fevil" in content
    with Guard(SETTINGS) as guard:
        guard.read_page(tmp_path / "evil.pdf", 1)
    assert not mark.exists()
    pickle.loads(gzip.decompress((tmp_path / "evil.pickle.gz").read_bytes()))
    assert mark.exists(), "the attack is none"


def test_the_pdf_parser_is_one_that_executes_nothing() -> None:
    """pdfium reads; pdfminer, which once unpickled, is not loaded, and comes mended with pdfplumber for the tests."""
    loaded = "import sys, extract.readers.worker; print(sorted({'pdfminer', 'pdfplumber'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    required = [name for name in importlib.metadata.requires("congvan") or [] if name.startswith("pdfplumber")]
    assert len(required) == 1 and "pdfplumber>=0.11.10" in required[0] and "extra" in required[0]


def written() -> list[str]:
    Image.init()
    return sorted(Image.SAVE)


@pytest.mark.parametrize("kind", written())
def test_only_png_jpeg_and_tiff_are_decoded(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the first bytes, which tell the kind: Pillow is asked for these three and no other."""
    monkeypatch.setattr(Image, "EXTENSION", dict(Image.EXTENSION))  # SPIDER claims the extension it is written to
    path = tmp_path / "image.png"
    try:
        Image.new("RGB", (64, 64), "white").save(path, kind)
    except (OSError, KeyError, ValueError):
        try:
            Image.new("1", (64, 64), 1).save(path, kind)
        except (OSError, KeyError, ValueError):
            pytest.skip(f"Pillow here cannot write {kind}")
    if kind in READ or path.read_bytes().startswith((b"\xff\xd8\xff", b"\x89PNG")):
        assert raster.count_frames(path, SETTINGS) == 1
    else:
        with pytest.raises(BrokenFile):
            raster.count_frames(path, SETTINGS)
