"""What is drawn on a PDF page, object by object: how much of it is picture, and the lines that may rule tables."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.readers.limits import PAGE_OBJECTS
from extract.records import Box

_DEPTH = 4  # of forms within forms
_MOST_SEGMENTS = 50_000
_THIN = 3.0  # points
_STRAIGHT = 0.01  # points by which the ends of a rule may differ

Sides = tuple[float, float, float, float]
Place = Callable[[float, float, float, float], Sides]
_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pictures:
    """`share` (0..1) of the page under images, the finest resolution of large ones, and how many objects there are."""

    share: float
    finest: float | None
    objects: int


def placing(page: pdfium.PdfPage) -> Place:
    """How left, bottom, right, top in the page's own space become the sides of a box of the displayed page."""
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation():
        case 90:
            return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        case 180:
            return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
        case 270:
            return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
        case _:
            return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


def find_pictures(page: pdfium.PdfPage) -> Pictures:
    """The images of a page, without drawing it."""
    x0, y0, x1, y1 = page.get_bbox()
    area = max((x1 - x0) * (y1 - y0), 1.0)
    covered, finest, count = 0.0, None, 0
    for item, kind, matrix in _objects(page):
        count += 1
        if kind != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = _bounds(item, matrix)
        across = max(0.0, min(right, x1) - max(left, x0))
        down = max(0.0, min(top, y1) - max(bottom, y0))
        covered += across * down
        if across * down >= 0.05 * area and right > left:
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            pdfium_c.FPDFImageObj_GetImagePixelSize(item, wide, high)
            dpi = 72.0 * wide.value / (right - left)
            finest = dpi if finest is None else max(finest, dpi)
    return Pictures(min(1.0, covered / area), finest, count)


def find_rules(page: pdfium.PdfPage) -> tuple[tuple[Box, ...], ...]:
    """The level and upright sides of every line and frame, but not of the shades behind words.

    One tuple of boxes without width or height for each line or frame; none where a drawing has more
    segments than any table.
    """
    place = placing(page)
    found: list[tuple[Box, ...]] = []
    left = _MOST_SEGMENTS
    for item, kind, matrix in _objects(page):
        if kind != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        count = pdfium_c.FPDFPath_CountSegments(item)
        left -= max(count, 0)
        if left < 0:
            return ()
        stroked = _is_stroked(item)
        whole = _joined(_matrix(item), matrix)
        for points in _outlines(item, count):
            displayed = [place(x, y, x, y)[:2] for x, y in (_moved(point, whole) for point in points)]
            if stroked or len(displayed) == 2 or _is_thin(displayed):
                found.append(tuple(_sides(displayed)))
    return tuple(found)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, int, _Matrix | None]]:
    """Handle, kind and, within forms, matrix of the objects of a page: no more of them than are looked at."""
    left = PAGE_OBJECTS
    waiting: list[tuple[Any, int, _Matrix | None]] = [(None, 1, None)]
    get_type, form_kind = pdfium_c.FPDFPageObj_GetType, pdfium_c.FPDF_PAGEOBJ_FORM
    while waiting:
        form, depth, matrix = waiting.pop()
        owner = page.raw if form is None else form
        count = (pdfium_c.FPDFPage_CountObjects if form is None else pdfium_c.FPDFFormObj_CountObjects)(owner)
        get_object = pdfium_c.FPDFPage_GetObject if form is None else pdfium_c.FPDFFormObj_GetObject
        for index in range(min(count, left)):
            item = get_object(owner, index)
            kind = get_type(item)
            yield item, kind, matrix
            if kind == form_kind and depth < _DEPTH:
                waiting.append((item, depth + 1, _joined(_matrix(item), matrix)))
        left -= max(count, 0)
        if left <= 0:
            return


def _bounds(item: Any, matrix: _Matrix | None) -> Sides:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
    if matrix is None:
        return x0, y0, x1, y1
    corners = [_moved(corner, matrix) for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _matrix(item: Any) -> _Matrix:
    given = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, given):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return given.a, given.b, given.c, given.d, given.e, given.f


def _joined(first: _Matrix, then: _Matrix | None) -> _Matrix:
    if then is None:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _outlines(path: Any, count: int) -> Iterator[list[_Point]]:
    """The corners of each part of a path, the first again at the end of a closed one; parts with curves left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    bent = False
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not bent:
                yield points
            points, bent = [], False
        points.append((x.value, y.value))
        bent = bent or kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 2 and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1 and not bent:
        yield points


def _is_thin(points: list[_Point]) -> bool:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(max(across) - min(across), max(down) - min(down)) <= _THIN


def _sides(points: list[_Point]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= _STRAIGHT:
            yield Box(x0, min(y0, y1), x0, max(y0, y1))
        elif abs(y1 - y0) <= _STRAIGHT:
            yield Box(min(x0, x1), y0, max(x0, x1), y0)
