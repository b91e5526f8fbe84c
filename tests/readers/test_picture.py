"""The picture of a scanned page in its own pixels: what drawing the page shows; nothing where it shows more."""

from __future__ import annotations

import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.readers import pdf
from extract.readers.picture import read_picture
from extract.settings import ReadSettings

SETTINGS = ReadSettings(dpi=200)
WIDTH, HEIGHT = 400, 600  # pixels at 200 dpi: 144 by 216 points
FULL = "q 144 0 0 216 0 0 cm /Im Do Q"


def _pixels(channels: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A page with a dark block, upper left, and a line of type; red where there are colours."""
    image = np.full((HEIGHT, WIDTH, channels), 255, np.uint8)
    image[40:160, 30:200] = 20
    cv2.putText(image, "So: 12/QD", (60, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, (0,) * channels, 3)
    if channels == 3:
        image[450:550, 250:350] = (220, 30, 30)
    return image


def _write(path: Path, image: bytes, about: str, content: str = FULL, page: str = "", size: str = "") -> Path:
    """A PDF of one page with one image of these bytes."""
    data, drawn = zlib.compress(image), content.encode()
    size = size or f"/Width {WIDTH} /Height {HEIGHT}"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 216]/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>"
        b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>" + page.encode() + b">>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        f"<</Type/XObject/Subtype/Image {size} {about}/Filter/FlateDecode/Length {len(data)}>>stream\n".encode()
        + data
        + b"\nendstream",
    ]
    written = b"%PDF-1.4\n"
    for number, held in enumerate(objects, 1):
        written += b"%d 0 obj%s endobj\n" % (number, held)
    path.write_bytes(written + b"trailer<</Root 1 0 R/Size 6>>")
    return path


GRAY = "/ColorSpace/DeviceGray/BitsPerComponent 8"
KINDS = {
    "gray": (_pixels(1).tobytes(), GRAY),
    "colours": (_pixels(3).tobytes(), "/ColorSpace/DeviceRGB/BitsPerComponent 8"),
    "black and white": (
        np.packbits(_pixels(1)[:, :, 0] > 128, axis=1).tobytes(),
        "/ColorSpace/DeviceGray/BitsPerComponent 1",
    ),
    "inverted": (
        np.packbits(_pixels(1)[:, :, 0] <= 128, axis=1).tobytes(),
        "/ColorSpace/DeviceGray/BitsPerComponent 1/Decode[1 0]",
    ),
}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_picture_is_what_drawing_the_page_shows(kind: str, rotation: int, tmp_path: Path) -> None:
    path = _write(tmp_path / "page.pdf", *KINDS[kind], page=f"/Rotate {rotation}")
    with pdf.open_sheet(path, 1) as (page, _):
        drawn = pdf.render(page, pdf.measure(page, "x"), "x", SETTINGS)
        picture = read_picture(page, SETTINGS)
    assert picture is not None
    assert picture.dpi == pytest.approx(200)
    assert (picture.width, picture.height) == pytest.approx((drawn.width, drawn.height), abs=0.5)
    image = picture.image if picture.image.ndim == 3 else np.repeat(picture.image[:, :, None], 3, axis=2)
    size = (drawn.image.shape[1] // 4, drawn.image.shape[0] // 4)
    small = [cv2.resize(one, size, interpolation=cv2.INTER_AREA).astype(int) for one in (image, drawn.image)]
    assert np.abs(small[0] - small[1]).mean() < 2


HIDDEN = f"{FULL} BT 3 Tr /F 12 Tf 20 100 Td (So: 12) Tj ET"
NOT_ONE = {
    "a stamp over the picture": (FULL + " q 20 0 0 20 10 10 cm /Im Do Q", GRAY, ""),
    "type over the picture": (FULL + " BT /F 12 Tf 20 100 Td (So: 12) Tj ET", GRAY, ""),
    "a line over the picture": (FULL + " 0 0 m 100 100 l S", GRAY, ""),
    "half a page": ("q 144 0 0 108 0 0 cm /Im Do Q", GRAY, ""),
    "upside down": ("q 144 0 0 -216 0 216 cm /Im Do Q", GRAY, ""),
    "finer than is read": (FULL, GRAY, f"/Width {WIDTH * 2} /Height {HEIGHT // 2}"),
    "a stencil": ("1 0 0 rg " + FULL, "/ImageMask true/BitsPerComponent 1", ""),
}


@pytest.mark.parametrize("case", list(NOT_ONE))
def test_a_page_that_shows_more_than_its_picture_is_drawn(case: str, tmp_path: Path) -> None:
    content, about, size = NOT_ONE[case]
    path = _write(tmp_path / "page.pdf", _pixels(1).tobytes(), about, content, size=size)
    with pdf.open_sheet(path, 1) as (page, _):
        assert read_picture(page, SETTINGS) is None


def test_text_that_is_not_shown_does_not_matter(tmp_path: Path) -> None:
    path = _write(tmp_path / "page.pdf", _pixels(1).tobytes(), GRAY, HIDDEN)
    with pdf.open_sheet(path, 1) as (page, _):
        assert pdf.layer_words(page, "x")
        assert read_picture(page, SETTINGS) is not None


def test_more_pixels_than_allowed_are_left_to_drawing(tmp_path: Path) -> None:
    path = _write(tmp_path / "page.pdf", _pixels(1).tobytes(), GRAY)
    with pdf.open_sheet(path, 1) as (page, _):
        assert read_picture(page, ReadSettings(page_megapixels=0.1)) is None
