"""Where Tesseract's models lie on this machine."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extract.errors import NoVietnameseModel

VARIABLES = {"textord_noise_rejrows": "0"}
"""Tesseract's own settings that are not its defaults: it takes short lines in clear type ("Kính gửi:") for noise."""

_PLACES = ("/usr/share/tesseract-ocr", "/usr/share", "/usr/local/share", "/opt/homebrew/share", "/usr/share/tesseract")
_LISTED = re.compile(r'"([^"]{1,4096})"')


@cache
def find_tessdata(language: str) -> Path:
    """The folder that holds the model of `language`.

    Raises:
        NoVietnameseModel: no folder does.
    """
    for folder in _folders():
        if all((folder / f"{part}.traineddata").is_file() for part in language.split("+")):
            return folder
    raise NoVietnameseModel("OCR", f"no {language}.traineddata")


@cache
def model_hash(language: str) -> str:
    """Hash of the model files of `language`, 16 hexadecimal digits."""
    folder = find_tessdata(language)
    digest = hashlib.sha256()
    for part in language.split("+"):
        digest.update((folder / f"{part}.traineddata").read_bytes())
    return digest.hexdigest()[:16]


def _folders() -> Iterator[Path]:
    named = os.environ.get("TESSDATA_PREFIX")
    if named:  # like Tesseract itself: whoever names a folder means that one
        yield Path(named)
        yield Path(named) / "tessdata"
        return
    for place in map(Path, _PLACES):
        yield from sorted(place.glob("*/tessdata"), reverse=True)  # the newest version first
        yield place / "tessdata"
    program = shutil.which("tesseract")
    if program:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL
        )
        yield from (Path(folder) for folder in _LISTED.findall(listed.stdout + listed.stderr)[:1])
