"""Specks: dirt and strokes that were read as marks at the edges of lines and between words."""

from __future__ import annotations

import re

from extract.layout.letters import pattern
from normalize.syllables import has_mark, is_syllable

_AT_END = re.compile(
    r"(?:\s+[`'’‘´\"“”~,|_^°*•·<>=\\{}\[\]»«¬]{1,3}"  # standing apart, and no mark of a sentence
    r"|(?<=[^\W\d_][.;])[-–—_~|]{1,2}"  # against it
    r"|(?<=[.;:])\s+[^\s()\d]\W?)+$"  # behind the end of a sentence nothing of one letter follows
)
_LONGEST = 12  # characters at the end of a line that can be specks
_QUOTED = 120  # characters in which a quotation is closed
_SCRAP = re.compile(r"(?<=[^\W_]{2}[.;])(?:\s+[^\s\d.;]{1,4}){1,2}$")
_ALONE = pattern(r"(?<=\s)[`'’‘´\"“”„~|_^\\¬ˆ‹›][`'’‘´\"“”„~|_^\\¬ˆ‹›.,]{0,3}(?:\s|$)|(?<=\s)[.,]\s(?=[a-zà-ỹ])")
_BEFORE_NUMBER = re.compile(r"(?<=\s)[.,](?=\d|[a-zà-ỹđ]{2})|(?:(?<=ngày )|(?<=tháng )|(?<=quý ))[-–]\s(?=\d)")
_AT_BEGIN = pattern(r"^(?:[-–]\s(?=\d{1,2}/\d)|[-–]?[_.~=,]{1,2}\s(?=[a-zà-ỹ]))")
_SLASH = re.compile(r"(?<=\d)\s?[⁄∕]\s?(?=\d)")
_JOINT = re.compile(r"([^\W\d_]{2,7})[-.](?=([^\W\d_]{2,7})(?![\w@]|[./]\w))")
_BEFORE_FIGURE = re.compile(r"([^\W\d_]{2,7})(?:[.:;'’`](?=\d)|[-.'’`](?=[IVX]{1,4}\b))")
_BEFORE_DAY = re.compile(r"(?<=\w)-(?=ng[àa]y\s)")
_QUOTE = re.compile(r"([^\W\d_]{2,7})['’‘`„](?=[^\W\d_]{2})")
_LONE_STOP = pattern(
    r"(?:(?<=[^\W\d_]{2})|(?<=[à-ỹ]))\.{1,3}(?=\s[a-zà-ỹđ]{2})"
)  # no sentence goes on in small letters
_NEVER_STOPS = re.compile(
    r"\b(?:trước|hết|ngày|tháng|năm|quý|tại|của|theo|với|và)[:;.](?=[^\W_])|\b(?:ngày|tháng|năm|quý)-(?=\d)"
)
_OPENING = re.compile(r"(?<=\s)['‘`’„](?=[^\W\d_]{2})")
_DOUBLED = re.compile(r"(?<=[;:])[:;,.](?=\s|$)|(?<=[^\W_]\.)[;:,.](?=\s|$)")
_ADDRESS = re.compile(r"@|www|://|\.vn\b|\.com\b")


def without_specks(text: str) -> str:
    """`text` without the specks at its end; a line of nothing else stays as it is."""
    head, tail = text[:-_LONGEST], text[-_LONGEST:]
    return (head + _AT_END.sub("", tail)) or text


def end_of_words(text: str, *, closes: bool, begins: bool = True) -> int:
    """Where the words of a line of a worn page end; behind the end of a block (`closes`) scraps are specks too.

    "… trước ngày 5/4/2024. TP ca": no block goes on with two short words behind its full stop, unless it is a number
    and a short title (of which only a line that also `begins` its block can consist).
    """
    kept = without_specks(text)
    if closes and (scrap := _SCRAP.search(kept, 40 if begins else 0)) is not None:
        return scrap.start()
    return len(kept)


def specks_inside(text: str) -> list[tuple[int, int, str]]:
    """Spans of specks inside a line of a worn page, each with what stands there instead: a blank, or nothing.

    Points and hyphens between two syllables written small ("phân-công", "do.hạ"), points between a word and a
    figure ("đủ.18.750"), and quotes that nothing closes. Names with a quote behind one letter (R'lấp) keep it.
    """
    if _ADDRESS.search(text):
        return []
    found = [(*match.span(), "") for match in _ALONE.finditer(text)]
    found += [(*match.span(), "/") for match in _SLASH.finditer(text)]
    found += [(*match.span(), " ") for match in _BEFORE_DAY.finditer(text)]
    found += [
        (*match.span(), "")
        for shape in (_DOUBLED, _LONE_STOP, _BEFORE_NUMBER, _AT_BEGIN)
        for match in shape.finditer(text)
    ]
    found += [(match.end() - 1, match.end(), " ") for match in _NEVER_STOPS.finditer(text)]
    for match in _JOINT.finditer(text):
        if _are_words(match[1], match[2]):
            found.append((match.end(1), match.end(), " "))
    for shape in (_BEFORE_FIGURE, _QUOTE):
        found += [(match.end(1), match.end(), " ") for match in shape.finditer(text) if _is_word(match[1])]
    for match in _OPENING.finditer(text):
        if match.group() not in text[match.end() : match.end() + _QUOTED]:
            found.append((*match.span(), ""))
    apart: list[tuple[int, int, str]] = []
    for span in sorted(found):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def _is_word(word: str) -> bool:
    return is_syllable(word) and (has_mark(word) or len(word) > 2)


def _are_words(before: str, after: str) -> bool:
    """Whether two letters' runs are syllables of running text, and no name or code: "đơn" and "vị", "do" and "hà"."""
    if not (after.islower() and before[1:].islower() and (has_mark(before) or has_mark(after))):
        return False
    return is_syllable(before) and is_syllable(after)
