"""A page is read again after what reads it changed, and after nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.readers import fingerprint
from extract.settings import OcrMode, ReadSettings

ROOT = Path(__file__).parents[2]
NEVER = ReadSettings(ocr=OcrMode.NEVER)


@pytest.fixture
def after_change_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """The fingerprint when a line more stands in a file."""
    for folder in ("extract/readers", "extract/records", "normalize"):
        (tmp_path / folder).mkdir(parents=True)
        for path in (ROOT / folder).glob("*.py"):
            shutil.copy(path, tmp_path / folder)
    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
    monkeypatch.setattr(fingerprint, "_code", fingerprint._code.__wrapped__)

    def changed(name: str) -> str:
        path = tmp_path / name
        whole = path.read_bytes()
        path.write_bytes(whole + b"\n# another line\n")
        found = fingerprint.reading_fingerprint(NEVER)
        path.write_bytes(whole)
        return found

    return changed


@pytest.mark.parametrize("name", ["scan", "page", "probe", "pdf", "opened", "columns", "raster", "second"])
def test_what_reads_decides(name: str, after_change_of: Callable[[str], str]) -> None:
    assert after_change_of(f"extract/readers/{name}.py") != fingerprint.reading_fingerprint(NEVER)


@pytest.mark.parametrize("name", ["normalize/judge.py", "extract/records/pages.py"])
def test_what_judges_a_layer_decides(name: str, after_change_of: Callable[[str], str]) -> None:
    assert after_change_of(name) != fingerprint.reading_fingerprint(NEVER)


@pytest.mark.parametrize("name", sorted(fingerprint._LEFT_OUT))
def test_what_only_guards_does_not(name: str, after_change_of: Callable[[str], str]) -> None:
    assert (ROOT / f"extract/readers/{name}.py").exists()
    assert after_change_of(f"extract/readers/{name}.py") == fingerprint.reading_fingerprint(NEVER)
