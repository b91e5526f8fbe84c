"""What scanners, copiers and offices do to a page; every function is seeded and works on 8-bit images."""

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Image8 = NDArray[np.uint8]
Float = NDArray[np.float32]


def _clip(image: NDArray[np.floating[Any]]) -> Image8:
    return cast(Image8, np.clip(image, 0, 255).astype(np.uint8))


def grey(image: Image8) -> Image8:
    """Brightness of a colour image.

    Args:
        image: Height x width x 3, RGB.
    """
    return cast(Image8, cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def skew(image: Image8, degrees: float) -> Image8:
    """Turn a page about its middle; the corners fill with paper.

    Args:
        image: Grey or RGB.
        degrees: Anticlockwise.
    """
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    corner = tuple(float(one) for one in np.median(image[:40, :40].reshape(-1, *image.shape[2:]), axis=0).reshape(-1))
    return cast(Image8, cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=corner))


def blur(image: Image8, sigma: float) -> Image8:
    """Gaussian blur.

    Args:
        image: Grey or RGB.
        sigma: Pixels.
    """
    return cast(Image8, cv2.GaussianBlur(image, (0, 0), sigma))


def show_through(image: Image8, back: Image8, share: float) -> Image8:
    """The other side of the sheet shining through.

    Args:
        image: RGB.
        back: Another page, same shape; it is mirrored and blurred.
        share: How much of its ink shows, 0 to 1.
    """
    ink = 255 - cv2.GaussianBlur(back[:, ::-1], (0, 0), 3.0).astype(np.float32)
    return _clip(image.astype(np.float32) - share * ink)


def tint(image: Image8, paper: tuple[int, int, int]) -> Image8:
    """Paper that is not white.

    Args:
        image: RGB.
        paper: Colour of blank paper.
    """
    return _clip(image.astype(np.float32) * (np.array(paper, dtype=np.float32) / 255))


def fade(image: Image8, ink: int) -> Image8:
    """Ink that is not black.

    Args:
        image: Grey or RGB.
        ink: Value that black becomes.
    """
    return _clip(np.float32(ink) + image.astype(np.float32) * ((255 - ink) / 255))


def grain(image: Image8, rng: np.random.Generator, sigma: float) -> Image8:
    """Sensor noise, the same in all channels and a little coarser than a pixel.

    Args:
        image: Grey or RGB.
        rng: Seeded.
        sigma: Standard deviation in levels.
    """
    noise = cv2.GaussianBlur(rng.normal(0, sigma * 1.8, image.shape[:2]).astype(np.float32), (0, 0), 0.7)
    return _clip(image.astype(np.float32) + (noise[..., None] if image.ndim == 3 else noise))


def uneven(image: Image8, rng: np.random.Generator, depth: float) -> Image8:
    """Toner that lies thicker here than there.

    Args:
        image: Grey.
        rng: Seeded.
        depth: Most levels by which a region is darkened or lightened.
    """
    coarse = rng.normal(0, 1, (7, 5)).astype(np.float32)
    field = cv2.resize(coarse, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_CUBIC)
    return _clip(image.astype(np.float32) + field * (depth / 2))


def specks(image: Image8, rng: np.random.Generator, number: int, dark: int) -> Image8:
    """Dust and toner spots.

    Args:
        image: Grey or RGB; a copy is returned.
        rng: Seeded.
        number: How many.
        dark: Their grey level.
    """
    out = image.copy()
    height, width = image.shape[:2]
    for _ in range(number):
        centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        axes = (int(rng.integers(1, 3)), int(rng.integers(1, 3)))
        cv2.ellipse(out, centre, axes, float(rng.uniform(0, 180)), 0, 360, (dark, dark, dark), -1)
    return out


def streaks(image: Image8, rng: np.random.Generator, number: int) -> Image8:
    """Thin dark lines down the page, as a scratched drum leaves them.

    Args:
        image: Grey; a copy is returned.
        rng: Seeded.
        number: How many.
    """
    out = image.astype(np.float32)
    for _ in range(number):
        x = int(rng.integers(60, image.shape[1] - 60))
        start = int(rng.integers(0, image.shape[0] // 2))
        out[start : start + int(rng.integers(300, 1400)), x : x + int(rng.integers(1, 3))] -= float(rng.uniform(20, 70))
    return _clip(out)


def dark_edge(image: Image8, rng: np.random.Generator) -> Image8:
    """The shadow where the lid of a copier did not close.

    Args:
        image: Grey; a copy is returned.
        rng: Seeded.
    """
    out = image.astype(np.float32)
    width = int(rng.integers(14, 34))
    ramp = np.linspace(170, 0, width, dtype=np.float32)
    out[:, :width] -= ramp
    out[-width // 2 :, :] -= ramp[: width // 2 + width % 2][::-1, None][-(width // 2 + width % 2) :]
    return _clip(out)


def received_stamp(image: Image8, stamp: Image8, at: tuple[int, int], colour: tuple[int, int, int]) -> Image8:
    """A rubber stamp over the page, darkening what is under it.

    Args:
        image: RGB; a copy is returned.
        stamp: Grey cover, 255 where there is ink.
        at: Upper left corner, x then y, in pixels.
        colour: Its ink.
    """
    out = image.astype(np.float32)
    x, y = at
    height = min(stamp.shape[0], out.shape[0] - y)
    width = min(stamp.shape[1], out.shape[1] - x)
    cover = stamp[:height, :width, None].astype(np.float32) / 255 * 0.85
    ink = np.array(colour, dtype=np.float32)
    part = out[y : y + height, x : x + width]
    out[y : y + height, x : x + width] = part * (1 - cover) + np.minimum(part, ink) * cover
    return _clip(out)


def two_levels(image: Image8) -> Image8:
    """Black and white by Otsu's threshold.

    Args:
        image: Grey.
    """
    return cast(Image8, cv2.threshold(image, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1])
