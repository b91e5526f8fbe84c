"""Page numbers and footnotes: what interrupts running text at the edges of a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from statistics import median

from extract.layout.letters import pattern
from extract.layout.specks import without_specks
from extract.layout.strips import Strip

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}")
_NUMBERED = re.compile(r"(\d{1,2})\s?(?=[^\W\d_]|[“\"(])")
_GLUED = re.compile(r"(\d)(?=\d{2}\s[^\W\d_])")  # ¹ before "05 nhóm", read as 105
_DIRT = pattern(r"[!?'’‘`´\"“”*°º^|]{1,2}\s?(?=[A-ZÀ-Ỹa-zà-ỹ])")  # what a raised number is read as
_CALL = re.compile(r"\w[)”]?\s?(?:[!?'’‘`´\"“”*°º^]{1,2}|[⁰¹²³⁴-⁹]+)(?=[.,;:)]{0,3}(?:\s|$))")
_PAGE_NUMBER = re.compile(r"[-–—\s]{0,3}(?:trang\s)?\d{1,3}(?:\s?/\s?\d{1,3})?[-–—\s]{0,3}", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[-–\s]{0,2}\d{1,2}[-–\s]{0,2}")
_FIRST_ITEM = re.compile(r"(?:1[.)]|I\.|a\)|[-+–•])\s")
_WORDS_OF_PROSE = 6
_TERMINAL = (".", ";", ":", "!", "?", "./.", "”", ")")
_SMALL = 0.88  # height of a footnote's line to that of the body
_NEARLY = 1.0  # the same of its first line alone, whose letters may be tall


def page_numbers(strips: Sequence[Strip]) -> set[int]:
    """Indices of strips that are nothing but the page's number: first or last on it, or where text has no pages."""
    found = set()
    expected = 2
    for index, strip in enumerate(strips):
        first = strip.turn
        last = index + 1 == len(strips) or strips[index + 1].turn
        alone = index == 0 or strips[index - 1].page != strip.page
        if (first or last or alone) and _PAGE_NUMBER.fullmatch(strip.text) and strip.column is None:
            found.add(index)
        elif (
            _PLAIN_NUMBER.fullmatch(strip.text)
            and int(strip.text.strip(" -–")) == expected
            and _in_prose(strips, index)
        ):
            found.add(index)
            expected += 1
    return found


def _in_prose(strips: Sequence[Strip], index: int) -> bool:
    """Whether a line of text without boxes stands between lines too long for cells of a table set one a line."""
    beside = strips[index - 1 : index + 2 : 2]
    return (
        strips[index].box is None
        and len(beside) == 2
        and any(len(strip.text.split()) >= _WORDS_OF_PROSE or "|" in strip.text for strip in beside)
        and all(len(strip.text.split()) > 1 for strip in beside)
    )


def footnotes(strips: Sequence[Strip], skip: Collection[int] = ()) -> list[tuple[int, list[int]]]:
    """The footnotes as (number, indices of strips), each from its number to the next one or the end of its page.

    Args:
        strips: the strips of the running text.
        skip: indices of those that belong to tables.
    """
    found: list[tuple[int, list[int]]] = []
    expected = 1
    for whole in _pages(strips):
        page = [index for index in whole if index not in skip]
        body = [strips[index].box for index in page]
        heights = [box.height for box in body if box is not None]
        usual = median(heights) if heights else None
        notes = _notes_of(strips, page, expected, usual) or (_notes_of(strips, page, 1, usual) if expected > 1 else [])
        if notes:
            expected = notes[-1][0] + 1
            found += notes
    return found


def mark_length(text: str, number: int) -> int:
    """How many characters of a footnote's text are its number; none where it is raised, for flow text leaves it out."""
    match = re.match(rf"{number}\s?", text) or _DIRT.match(text)
    return match.end() if match else 0


def _pages(strips: Sequence[Strip]) -> list[list[int]]:
    pages: list[list[int]] = []
    for index, strip in enumerate(strips):
        if strip.turn or not pages:
            pages.append([])
        pages[-1].append(index)
    return pages


def _notes_of(
    strips: Sequence[Strip], page: Sequence[int], expected: int, usual: float | None
) -> list[tuple[int, list[int]]]:
    """The footnotes of a page as (number, indices), numbered from `expected`."""
    notes: list[tuple[int, list[int]]] = []
    for order, index in enumerate(page):
        above = strips[index - 1] if order else None
        number = _number(strips[index], above, expected, usual)
        if number is not None and usual is None and _is_a_count(strips, page[:order], index, number):
            number = None
        if number is None and order > 0 and _is_marked(strips, page, order, usual):
            number = expected
        if number is not None and order > 0:
            notes.append((number, [index]))
            expected = number + 1
        elif notes and _resumes(strips, page, notes, index):
            break
        elif notes:
            notes[-1][1].append(index)
    if not notes or (usual is not None and not _is_small(strips, notes, usual)):
        return []
    if usual is None and not _at_the_foot(strips, page, notes):
        return []
    return notes


def _number(strip: Strip, above: Strip | None, expected: int, usual: float | None) -> int | None:
    """The number a strip begins with, when it is the one a footnote would have here."""
    if usual is not None and strip.box is not None and strip.box.height > _NEARLY * usual:
        return None
    raised = _RAISED.match(strip.text)
    if raised:
        number = int(raised.group().translate(_SUPERSCRIPT))
        return number if number >= expected else None
    settled = usual is not None or strip.gap or above is None or without_specks(above.text).endswith(_TERMINAL)
    for shape in (_NUMBERED, _GLUED):
        match = shape.match(strip.text)
        if match and settled and int(match[1]) == expected:
            return expected
    return None


def _is_a_count(strips: Sequence[Strip], above: Sequence[int], index: int, number: int) -> bool:
    """Whether a line of text without sizes begins with a figure: "132 đơn", where no word above calls footnote 1."""
    if _GLUED.match(strips[index].text) is None or strips[index].text[1:2] == "0":
        return False  # "105 nhóm" is ¹ before "05 nhóm" as a rule
    call = re.compile(rf"[^\W\d_][)”]?{number}(?=[.,;:)]{{0,3}}(?:\s|$))")
    return not any(call.search(strips[at].text) for at in above)


def _is_marked(strips: Sequence[Strip], page: Sequence[int], order: int, usual: float | None) -> bool:
    """Whether a strip in the lower half of a page begins with what a raised number is read as.

    It must be set smaller than the page; where sizes are not known, a mark in the text above must call it.
    """
    strip = strips[page[order]]
    mark = _DIRT.match(strip.text)
    if mark is None or order < len(page) // 2 or (usual is None and not strip.gap):
        return False
    rest = " ".join(strips[index].text for index in page[order:])[mark.end() :]
    if mark.group()[0] in "'’‘\"“”" and re.search(r"[\"”’](?!\w)", rest[:200]):
        return False  # a quotation
    if usual is not None and strip.box is not None:
        return strip.box.height <= _SMALL * usual
    return any(_CALL.search(strips[index].text) for index in page[:order])


def _resumes(strips: Sequence[Strip], page: Sequence[int], notes: Sequence[tuple[int, list[int]]], index: int) -> bool:
    """Whether the text that the footnotes interrupt goes on here: its sentence, or the items it announces."""
    strip, first = strips[index], page.index(notes[0][1][0])
    interrupted = without_specks(strips[page[first - 1]].text)
    if not strip.gap or not without_specks(strips[index - 1].text).endswith((".", ";")):
        return False
    if strip.box is None and interrupted.endswith(":") and _FIRST_ITEM.match(strip.text):
        return True
    return strip.text[:1].islower() and not interrupted.endswith(_TERMINAL)


def _is_small(strips: Sequence[Strip], notes: Sequence[tuple[int, list[int]]], usual: float) -> bool:
    """Whether the lines of footnotes are set smaller than the page's."""
    boxes = [strips[index].box for _, indices in notes for index in indices]
    heights = [box.height for box in boxes if box is not None]
    return bool(heights) and median(heights) <= _SMALL * usual


def _at_the_foot(strips: Sequence[Strip], page: Sequence[int], notes: Sequence[tuple[int, list[int]]]) -> bool:
    """Whether the footnotes are raised numbers, or stand apart in the lower half of the page."""
    first = strips[notes[0][1][0]]
    if _RAISED.match(first.text):
        return True
    order = page.index(notes[0][1][0])
    return first.gap and order >= len(page) // 2 and not _referenced_as_list(strips, page[:order])


def _referenced_as_list(strips: Sequence[Strip], above: Sequence[int]) -> bool:
    """Whether the lines above announce a list, so that the numbers below are its items."""
    return bool(above) and without_specks(strips[above[-1]].text).endswith(":")
