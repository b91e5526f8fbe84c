"""Tinos, the free face with the forms and widths of Times New Roman that the layout rules ask for.

Liberation Serif, its sister, lacks the Vietnamese vowels with two marks (U+1EA0 to U+1EF9).
"""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = (
    Path("/usr/share/fonts/truetype/croscore"),
    Path("/usr/share/fonts/croscore"),
    Path("/usr/share/fonts/google-croscore"),
    Path("/usr/share/fonts/google-tinos-fonts"),
)
FILES = {
    "Serif": "Tinos-Regular.ttf",
    "Serif-Bold": "Tinos-Bold.ttf",
    "Serif-Italic": "Tinos-Italic.ttf",
    "Serif-BoldItalic": "Tinos-BoldItalic.ttf",
}


class FontMissingError(RuntimeError):
    """Tinos is not installed; on Debian: apt-get install fonts-croscore."""


def font_folder() -> Path:
    """Find the folder with the four files.

    Raises:
        FontMissingError: It is in none of the usual places.
    """
    for folder in FOLDERS:
        if all((folder / name).is_file() for name in FILES.values()):
            return folder
    raise FontMissingError("the font Tinos is not installed; on Debian: apt-get install fonts-croscore")


def register_fonts() -> None:
    """Make the four faces known to reportlab under the names of `FILES`; safe to call again.

    Raises:
        FontMissingError: Tinos is not installed.
    """
    folder = font_folder()
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in FILES.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def face(bold: bool = False, italic: bool = False) -> str:
    """Name a face.

    Args:
        bold: Bold weight.
        italic: Italic slope.
    """
    style = ("Bold" if bold else "") + ("Italic" if italic else "")
    return f"Serif-{style}" if style else "Serif"


def width_of(text: str, font: str, size: float) -> float:
    """Width of a text in points.

    Args:
        text: The text.
        font: A registered face.
        size: Size in points.
    """
    return float(pdfmetrics.stringWidth(text, font, size))
