"""The kinds of scan in the archive, each a recipe of degradations."""

from zlib import crc32

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from corpus.typesetter import degrade
from corpus.typesetter.degrade import Image8
from corpus.typesetter.faces import FILES, font_folder


def _rng(key: str, kind: str, page: int) -> np.random.Generator:
    return np.random.default_rng(crc32(f"{key}/{kind}/{page}".encode()))


def _stamp(key: str, angle: float) -> Image8:
    """The rectangle an office stamps on what comes in: ĐẾN, a number, a day."""
    seed = crc32(key.encode())
    image = Image.new("L", (430, 210), 0)
    pen = ImageDraw.Draw(image)
    folder = font_folder()
    large = ImageFont.truetype(str(folder / FILES["Serif-Bold"]), 40)
    small = ImageFont.truetype(str(folder / FILES["Serif"]), 32)
    pen.rectangle((14, 14, 415, 195), outline=255, width=4)
    pen.line((140, 14, 140, 195), fill=255, width=3)
    pen.text((77, 104), "ĐẾN", font=large, fill=255, anchor="mm")
    pen.text((152, 48), f"Số: {200 + seed % 4700}", font=small, fill=255)
    pen.text((152, 112), f"Ngày: {1 + seed % 27:02d}/{3 + seed % 9}", font=small, fill=255)
    return np.asarray(image.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True))


def _with_stamp(page: Image8, key: str, rng: np.random.Generator, colour: tuple[int, int, int]) -> Image8:
    stamp = _stamp(key, float(rng.uniform(-7, 7)))
    at = (int(page.shape[1] * rng.uniform(0.10, 0.18)), int(page.shape[0] * rng.uniform(0.20, 0.25)))
    return degrade.received_stamp(page, stamp, at, colour)


def clean(page: Image8, key: str, number: int) -> Image8:
    """A careful black-and-white scan.

    Args:
        page: RGB page.
        key: The letter.
        number: Page number, from 1.
    """
    rng = _rng(key, "clean", number)
    image = degrade.blur(degrade.grey(page), 0.8)
    return degrade.two_levels(degrade.grain(degrade.skew(image, float(rng.uniform(-0.2, 0.2))), rng, 14))


def office(page: Image8, back: Image8, key: str, number: int) -> Image8:
    """A colour scan from an office machine.

    Args:
        page: RGB page.
        back: What shines through, same shape.
        key: The letter.
        number: Page number, from 1.
    """
    rng = _rng(key, "office", number)
    image = page
    if number == 1 and int(key) % 2 == 0:
        image = _with_stamp(image, key, rng, (196, 30, 40))
    image = degrade.fade(image, int(rng.integers(20, 50)))
    image = degrade.show_through(image, back, float(rng.uniform(0.04, 0.09)))
    warm = int(rng.integers(0, 10))
    image = degrade.tint(image, (250 - warm // 3, 247 - warm, 236 - warm))
    image = degrade.blur(degrade.skew(image, float(rng.uniform(-0.7, 0.7))), float(rng.uniform(0.55, 0.8)))
    return degrade.grain(degrade.specks(image, rng, 40, 90), rng, 2.6)


def photocopy(page: Image8, key: str, number: int) -> Image8:
    """A bad photocopy, its seals and stamps black.

    Args:
        page: RGB page.
        key: The letter.
        number: Page number, from 1.
    """
    rng = _rng(key, "photocopy", number)
    image = _with_stamp(page, key, rng, (40, 40, 40)) if number == 1 else page
    image = degrade.fade(degrade.grey(image), int(rng.integers(35, 70)))
    image = degrade.uneven(image, rng, 26)
    image = degrade.blur(degrade.skew(image, float(rng.choice((-1, 1)) * rng.uniform(0.5, 1.2))), 0.9)
    image = degrade.specks(image, rng, 320, 40)
    image = degrade.streaks(image, rng, 4)
    return degrade.grain(degrade.dark_edge(image, rng), rng, 4.5)


def fax(page: Image8, key: str, number: int) -> Image8:
    """A black-and-white office scan, speckled and a little askew.

    Args:
        page: RGB page.
        key: The letter.
        number: Page number, from 1.
    """
    rng = _rng(key, "fax", number)
    image = degrade.blur(degrade.grey(page), 1.0)
    image = degrade.skew(image, float(rng.uniform(-0.6, 0.6)))
    image = degrade.specks(degrade.two_levels(degrade.grain(image, rng, 26)), rng, 150, 0)
    return degrade.two_levels(image)


def plain_grey(page: Image8, key: str, number: int, kind: str) -> Image8:
    """An ordinary grey scan without stamps.

    Args:
        page: RGB page.
        key: The letter.
        number: Page number, from 1.
        kind: Name of the rendering, which seeds it.
    """
    rng = _rng(key, kind, number)
    image = degrade.fade(degrade.grey(page), int(rng.integers(15, 40)))
    image = degrade.blur(degrade.skew(image, float(rng.uniform(-0.5, 0.5))), 0.6)
    return degrade.grain(degrade.specks(image, rng, 25, 110), rng, 2.2)
