"""A page known to be good: where it cannot be read, the machine is at fault and no letter is."""

from __future__ import annotations

import os
import tempfile

import cv2
import numpy as np

from extract.errors import SelfTestFailed
from extract.readers.pixels import Pixels
from extract.readers.scan import read_pixels
from extract.settings import OcrMode, ReadSettings

_TEXT = "UBND 2024"
_DPI = 200.0
_ROOM_BYTES = 1 << 20


def run(settings: ReadSettings) -> None:
    """Write a temporary file and read an image as a letter's are read.

    Raises:
        SelfTestFailed: the image holds no text for the engine.
        MachineLacks: no engine or no model.
        OSError: no room for temporary files.
    """
    with tempfile.TemporaryFile() as file:
        file.write(os.urandom(_ROOM_BYTES))
        file.flush()
    if settings.ocr is OcrMode.NEVER:
        return
    image = np.full((260, 900), 255, np.uint8)
    cv2.putText(image, _TEXT, (60, 150), cv2.FONT_HERSHEY_SIMPLEX, 3.0, 0, 6, cv2.LINE_AA)
    if not read_pixels(Pixels(image, _DPI), settings, "self-test").lines:
        raise SelfTestFailed(os.uname().nodename, "Tesseract finds no text in it")
