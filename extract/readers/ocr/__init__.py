"""Reading pixels: one small protocol, two engines."""

from extract.readers.ocr.choose import find_engine
from extract.readers.ocr.engine import OcrEngine, Shape

__all__ = ["OcrEngine", "Shape", "find_engine"]
