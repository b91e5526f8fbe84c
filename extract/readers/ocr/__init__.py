"""Reading pixels: one small protocol, two engines."""

from extract.readers.ocr.choose import find_engine
from extract.readers.ocr.engine import OcrEngine

__all__ = ["OcrEngine", "find_engine"]
