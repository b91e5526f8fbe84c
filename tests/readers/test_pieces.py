"""Long strokes and connected pieces of nearly empty masks: the same as OpenCV finds in the whole mask."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.readers.pieces import pieces_of, strokes_across


def _mask(seed: int) -> NDArray[np.uint8]:
    """A mask with strokes, specks and a stroke that falls a little; margins empty."""
    chance = np.random.default_rng(seed)
    mask = np.zeros((120, 160), np.uint8)
    for _ in range(12):
        top, left, long = (int(chance.integers(8, most)) for most in (110, 90, 70))
        mask[top : top + int(chance.integers(1, 3)), left : left + long] = 1
    mask[10 + chance.integers(0, 90, 25), 10 + chance.integers(0, 140, 25)] = 1
    cv2.line(mask, (20, 60), (140, 62), 1)
    return mask


@pytest.mark.parametrize("seed", range(8))
def test_pieces_are_those_of_the_whole_mask(seed: int) -> None:
    mask = _mask(seed)
    count, labels, facts, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = pieces_of(mask)
    assert pieces.count == count
    told = sorted(
        (*fact.tolist(), *middle.round(6).tolist()) for fact, middle in zip(facts[1:], middles[1:], strict=True)
    )
    assert told == sorted(
        (*fact.tolist(), *middle.round(6).tolist())
        for fact, middle in zip(pieces.facts[1:], pieces.middles[1:], strict=True)
    )
    for number in range(1, count):
        left, top, width, height = pieces.facts[number, :4]
        rows, columns = pieces.pixels(number)
        only = np.zeros(count, np.uint8)
        only[number] = 1
        whole = labels == labels[top + rows[0], left + columns[0]]
        assert (pieces.kept(only).astype(bool) == whole).all()
        assert len(rows) == whole.sum()
        assert (rows.max() + 1, columns.max() + 1) == (height, width)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("length", [8, 13, 60])
def test_strokes_are_those_of_an_opening(seed: int, length: int) -> None:
    mask = _mask(seed)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.dilate(opened, np.ones((3, 1), np.uint8))
    assert (
        strokes_across(mask, length, 5) == cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    ).all()


def test_an_empty_mask_has_no_pieces() -> None:
    empty = np.zeros((40, 30), np.uint8)
    assert pieces_of(empty).count == 1
    assert not pieces_of(empty).kept(np.ones(1, np.uint8)).any()
    assert not strokes_across(empty, 60, 5).any()
