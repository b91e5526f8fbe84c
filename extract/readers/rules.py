"""Rules of tables on a page image: found by morphology, made upright, cut into cells.

Photocopies have long lines that rule nothing: dark edges, streaks of a dirty glass, folds. Rules are
thin, end at other rules, and pass between words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.readers.grids import Ruled, is_syllable_long, is_table, ruled_of_boxes, turned
from extract.readers.pieces import Pieces, pieces_of, strokes_across
from extract.readers.pixels import Image
from extract.records import Box, Word

_INK = 200  # gray below which a pixel of an evened page is ink
_RULE_INCHES = 0.3
_LONG_INCHES = 1.0
_SAME_RULE_INCHES = 0.04
_COVERED = 0.6
_LEAST_SKEW = 0.05  # degrees
_MOST_RULES = 200
_MOST_PIECES = 1000
_THICK_INCHES = 0.06  # bold rules are half as thick
_EDGE_INCHES = 0.15
_RULE_HIGH_INCHES = 0.03
_MOST_SLOPE = 0.02
_OVERHANG_INCHES = 0.12
_TOGETHER = 2  # other rules that end at the same height: a table cut by the end of its page
_CUT_SHARE = 0.25  # of the width of a word, on both sides
_LINE_INCHES = 0.25
_CUT_LINES = 0.2
_LEAST_CUT = 2
_LEAST_UPRIGHT = 2  # rules of a table: one on each side


@dataclass(frozen=True, slots=True)
class _Rules:
    across: Image  # mask of horizontal rules
    down: Image  # mask of vertical rules


@dataclass(frozen=True, slots=True)
class _Chain:
    """Pieces of one vertical rule, by their labels, and the box around them."""

    pieces: tuple[int, ...]
    left: int
    top: int
    right: int
    bottom: int

    def joined(self, other: _Chain) -> _Chain:
        return _Chain(
            (*self.pieces, *other.pieces),
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def find_tables(gray: Image, dpi: float, words: Sequence[Word] = ()) -> tuple[Ruled, ...]:
    """The ruled tables of an upright page, boxes in pixels of `gray`.

    Args:
        gray: page with even paper (`image.even_paper`).
        dpi: its resolution.
        words: what was read on the page, boxes in the same pixels; a line through many of them is a streak.
    """
    ink = _thin(gray, dpi)
    across = _rules(ink, dpi)
    slope = _slope(across, dpi)
    if slope is None:
        return ()
    if pieces_of(_rules(np.asarray(cv2.transpose(ink), np.uint8), dpi)).count - 1 < _LEAST_UPRIGHT:
        return ()  # most pages: turning them costs more than all the rest
    height, width = ink.shape
    pivot = (width / 2.0, height / 2.0)
    skew = math.degrees(math.atan(slope))
    if abs(skew) >= _LEAST_SKEW:
        turn = cv2.getRotationMatrix2D(pivot, skew, 1.0)
        ink = np.asarray(cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST), np.uint8)
        across = _rules(ink, dpi)
    else:
        skew = 0.0
    syllables = [turned(word.box, pivot, -skew) for word in words if word.box is not None and is_syllable_long(word)]
    across = _level(across, dpi)
    down = cv2.transpose(_level(_rules(np.asarray(cv2.transpose(ink), np.uint8), dpi), dpi))
    rules = _Rules(across, np.asarray(down, np.uint8))
    rules = _Rules(rules.across, _without_streaks(rules, syllables, dpi))
    found = []
    for x0, y0, x1, y1 in _regions(rules, dpi):
        area = _Rules(rules.across[y0:y1, x0:x1], rules.down[y0:y1, x0:x1])
        cells = [Box(box.x0 + x0, box.y0 + y0, box.x1 + x0, box.y1 + y0) for box in _cells(area, dpi)]
        table = ruled_of_boxes(cells, skew, pivot)
        if table is not None and is_table(table, words):
            found.append(table)
    return tuple(sorted(found, key=lambda table: (table.frame.y0, table.frame.x0)))


def _thin(gray: Image, dpi: float) -> Image:
    """The ink that may be type or rules: without dark edges and other solid patches."""
    ink = cv2.threshold(gray, _INK - 1, 1, cv2.THRESH_BINARY_INV)[1]
    side = max(3, round(_THICK_INCHES * dpi))
    solid = cv2.erode(ink, np.ones((side, side), np.uint8))
    places = np.flatnonzero(solid.max(axis=1))
    if places.size:
        rows = slice(max(0, int(places[0]) - 2 * side), int(places[-1]) + 2 * side)
        whole = np.ones((2 * side - 1, 2 * side - 1), np.uint8)  # what was eroded, and as much around it
        patches = cv2.dilate(solid[rows], whole, anchor=(side // 2 * 2, side // 2 * 2))
        ink[rows] = cv2.subtract(ink[rows], patches)
    edge = max(1, round(_EDGE_INCHES * dpi))
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 0, 0, 0, 0
    return np.asarray(ink, np.uint8)


def _level(across: Image, dpi: float) -> Image:
    """The horizontal rules that lie as the table lies, not as a stamp that was set on the page by hand."""
    pieces = pieces_of(across)
    keep = np.zeros(pieces.count, np.uint8)
    for index in range(1, pieces.count):
        width, height = int(pieces.facts[index, 2]), int(pieces.facts[index, 3])
        keep[index] = height <= _RULE_HIGH_INCHES * dpi + _MOST_SLOPE * width
    return pieces.kept(keep)


def _without_streaks(rules: _Rules, words: Sequence[Box], dpi: float) -> Image:
    """The vertical rules that end at horizontal ones, or where others end too, and pass between words."""
    near = max(2, round(_SAME_RULE_INCHES * dpi))
    over = _OVERHANG_INCHES * dpi
    pieces = pieces_of(rules.down)
    chains = _chains(pieces, near, round(_RULE_INCHES * dpi))
    keep = np.zeros(pieces.count, np.uint8)
    for chain in chains:
        met = rules.across[
            max(0, chain.top - near) : chain.bottom + near, max(0, chain.left - near) : chain.right + near
        ]
        places = np.nonzero(met.any(axis=1))[0] + max(0, chain.top - near)
        if not places.size or _cuts_words(chain, words, dpi):
            continue
        loose = [
            end
            for end, gap in ((chain.top, places[0] - chain.top), (chain.bottom, chain.bottom - places[-1]))
            if gap > over
        ]
        if all(
            sum(min(abs(other.top - end), abs(other.bottom - end)) <= 2 * near for other in chains) > _TOGETHER
            for end in loose
        ):
            keep[list(chain.pieces)] = 1
    return pieces.kept(keep)


def _chains(pieces: Pieces, near: int, gap: int) -> list[_Chain]:
    """Which pieces of vertical rules make one rule that faded toner has broken."""
    facts = pieces.facts
    chains: list[_Chain] = []
    for index in sorted(range(1, min(pieces.count, _MOST_PIECES)), key=lambda index: int(facts[index, 1])):
        x, y, width, height = (int(facts[index, part]) for part in range(4))
        piece = _Chain((index,), x, y, x + width, y + height)
        for place, chain in enumerate(chains):
            beside = piece.left - near <= chain.right and chain.left <= piece.right + near
            if beside and piece.top - chain.bottom <= gap:
                chains[place] = chain.joined(piece)
                break
        else:
            chains.append(piece)
    return chains


def _cuts_words(chain: _Chain, words: Sequence[Box], dpi: float) -> bool:
    """Whether a vertical line runs through the words of many of the lines it passes."""
    x = (chain.left + chain.right) / 2
    cut = sum(
        chain.top <= (box.y0 + box.y1) / 2 <= chain.bottom and min(x - box.x0, box.x1 - x) > _CUT_SHARE * box.width
        for box in words
    )
    return cut >= max(_LEAST_CUT, _CUT_LINES * (chain.bottom - chain.top) / (_LINE_INCHES * dpi))


def _rules(ink: Image, dpi: float) -> Image:
    """Horizontal rules, and whatever else is dark for so long."""
    return strokes_across(ink, max(8, round(_RULE_INCHES * dpi)), max(3, round(0.05 * dpi)) | 1)


def _slope(across: Image, dpi: float) -> float | None:
    """Fall of the long horizontal rules, pixels a pixel; None where there are not two of them."""
    pieces = pieces_of(across)
    slopes, weights = [], []
    for index in range(1, min(pieces.count, _MOST_RULES)):
        width, height = int(pieces.facts[index, 2]), int(pieces.facts[index, 3])
        if width < _LONG_INCHES * dpi or height > width / 8:
            continue
        rows, columns = pieces.pixels(index)
        slopes.append(float(np.polyfit(columns, rows, 1)[0]))
        weights.append(width)
    if len(slopes) < 2:
        return None
    order = np.argsort(slopes)
    share = np.cumsum(np.array(weights)[order]) / sum(weights)
    return slopes[int(order[int(np.searchsorted(share, 0.5))])]


def _regions(rules: _Rules, dpi: float) -> list[tuple[int, int, int, int]]:
    """Boxes of rules that touch each other, in both directions more than a line of type."""
    both = cv2.dilate(cv2.bitwise_or(rules.across, rules.down), np.ones((3, 3), np.uint8))
    pieces = pieces_of(np.asarray(both, np.uint8))
    boxes = []
    for index in range(1, pieces.count):
        x, y, width, height = (int(pieces.facts[index, part]) for part in range(4))
        if width >= _LONG_INCHES * dpi and height >= _RULE_INCHES * dpi:
            boxes.append((x, y, x + width, y + height))
    return boxes[:_MOST_RULES]


def _cells(area: _Rules, dpi: float) -> list[Box]:
    near = max(2, round(_SAME_RULE_INCHES * dpi))
    down = _positions(area.across, axis=0, near=near)
    across = _positions(area.down, axis=1, near=near)
    if not (2 < len(down) + 1 <= _MOST_RULES and 2 < len(across) + 1 <= _MOST_RULES):
        return []
    group = {(row, column): (row, column) for row in range(len(down) - 1) for column in range(len(across) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while group[cell] != cell:
            cell = group[cell]
        return cell

    for row, column in list(group):
        right, below = (row, column + 1), (row + 1, column)
        if right in group and not _covered(area.down, across[column + 1], down[row], down[row + 1], near):
            group[root(right)] = root((row, column))
        if below in group and not _covered(area.across.T, down[row + 1], across[column], across[column + 1], near):
            group[root(below)] = root((row, column))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in group:
        members.setdefault(root(cell), []).append(cell)
    return [box for cells in members.values() for box in _boxes(cells, across, down)]


def _positions(mask: Image, axis: int, near: int) -> list[int]:
    """Where long rules run: rows (axis 0) or columns (axis 1) of a mask."""
    pieces = pieces_of(mask)
    at = sorted(float(pieces.middles[index][1 - axis]) for index in range(1, pieces.count))
    groups: list[list[float]] = []
    for place in at:
        if groups and place - groups[-1][-1] <= near:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [round(sum(group) / len(group)) for group in groups]


def _covered(mask: Image, at: int, start: int, stop: int, near: int) -> bool:
    """Whether a rule of `mask` runs along column `at` from `start` to `stop`."""
    strip = mask[start + near : max(stop - near, start + near + 1), max(0, at - near) : at + near + 1]
    return bool(strip.size) and float(strip.any(axis=1).mean()) >= _COVERED


def _boxes(cells: Sequence[tuple[int, int]], across: Sequence[int], down: Sequence[int]) -> list[Box]:
    """One box for cells that make a rectangle, else one for each."""
    rows, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if (bottom - top) * (right - left) != len(cells):
        return [Box(across[column], down[row], across[column + 1], down[row + 1]) for row, column in sorted(cells)]
    return [Box(across[left], down[top], across[right], down[bottom])]
