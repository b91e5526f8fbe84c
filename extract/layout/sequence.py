"""Marks of items that were damaged, told by the list they stand in: "2_Cải cách" behind "1." is its second item.

A mark that says nothing by itself is one where the list asks for it: the number or letter that follows the last one
of an open list, in other signs than it should have ("-3.", "2..", "1:", "l)"), or a dash between dashes (": Rà soát").
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout.landmarks import is_upper
from extract.layout.letters import pattern
from extract.layout.markers import Level, Marker, marker_of, waits_for_more
from normalize.syllables import is_syllable

_NUMBERED = pattern(
    r"(?:_|[^\w(]){0,5}(\d{1,2}|[^\W\d_]|[§\]|!])(?:\s?([-–.:,;_)]{1,3})['`’‘\"\s]{0,2}|\s)(?=[A-ZÀ-Ỹ“\"])"
)
_ARTICLE = pattern(r"(?:_|[^\w(]){0,5}(Điều\s(\d{1,3}))\s?[.:,;_]{1,3}\s?(?=[A-ZÀ-Ỹ\d])")
_DASHED = pattern(r"[:;.,_=~»>·'`]{1,2}\s{1,2}(?=[A-ZÀ-Ỹ][a-zà-ỹ])")
_READ_AS = {
    1: "lIi]|!tT", 2: "Zz", 3: "3", 4: "A", 5: "Ss§", 6: "Gbó", 7: "TỊ", 8: "B§", 9: "gq",
}  # fmt: skip
"""What figures are misread as."""
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of items in their order."""
_LETTERS_READ_AS = {"a": "äảâ", "c": "eé¢", "d": "đ", "đ": "dä", "e": "cè", "g": "ø8", "h": "b", "i": "l1", "b": "h6"}
_SIGNS = {"b": "6", "c": "©¢€3", "đ": "ðø", "e": "€", "g": "8", "h": "1"}
"""Signs that a letter and its bracket are read as together."""
_SIGN = pattern(r"[^\w(©¢€@]{0,5}([©¢€ðø\d])[)\s]{1,2}(?=[A-ZÀ-Ỹ])")
_SPECK = pattern(r"[^\s(]{1,4}\s{1,2}(?=(?:[a-zđ]\)\s|\d{1,2}[.)]{1,3}\s?|[-–©]\s)(?=[A-ZÀ-Ỹ]))")
_FIRST = pattern(r"([^\s\"“(]{1,3})\s{1,2}(?=[A-ZÀ-Ỹ][a-zà-ỹ])")  # what "1." was read as, before "2."
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROMANS_READ_AS = {"H": "II", "M": "III", "N": "IV", "HI": "III"}


def opens_list(text: str) -> bool:
    """Whether a line begins with a 1 in other signs than a point ("1: Sở Nội vụ", "1_Rà soát")."""
    match = _NUMBERED.match(text[:40])
    return match is not None and match[1] == "1" and match[2] is not None


def behind_speck(text: str) -> str | None:
    """What follows a speck of up to four signs that stands before the mark of an item: "i c) Rà soát", "IS - Lập"."""
    match = _SPECK.match(text[:40])
    if match is None or waits_for_more(match.group().rstrip()):
        return None
    return text[match.end() :]


def may_be_mark(text: str) -> bool:
    """Whether a line begins with what a number or letter of an item may have been read as: "2_Rà soát", "© Lập"."""
    numbered, sign = _NUMBERED.match(text[:40]), _SIGN.match(text[:40])
    if sign is not None and not sign[1].isdecimal():
        return True
    return numbered is not None and numbered[1].isdecimal() and numbered[2] is not None


def may_be_dash(text: str) -> bool:
    """Whether a line begins with a sign that a dash may have been read as: ": Rà soát", ".> Báo cáo"."""
    return _DASHED.match(text[:8]) is not None


def settle(texts: Sequence[str]) -> list[Marker | None]:
    """The marker of each block of running text, where it is not what `marker_of` says, settled by those before it.

    Args:
        texts: the blocks in reading order.
    """
    found: list[Marker | None] = []
    last: dict[Level, str] = {}  # the marker of each level that is open
    for index, text in enumerate(texts):
        before = found[-1] if found else None
        behind = texts[index + 1] if index + 1 < len(texts) else ""
        marker = _settled(text, last, before, texts[index - 1] if index else "", behind)
        if marker is None and (rest := behind_speck(text)) is not None:
            inner = _settled(rest, last, before, "", behind)
            if inner is not None and _is_next(inner, last, before):
                marker = Marker(inner.text, inner.level, len(text) - len(rest) + inner.length)
        found.append(marker)
        if marker is not None:
            last = {level: name for level, name in last.items() if level < marker.level}
            last[marker.level] = marker.text
    return found


def _settled(text: str, last: dict[Level, str], before: Marker | None, above: str, behind: str) -> Marker | None:
    marker = marker_of(text)
    if marker is not None and marker.level is Level.LETTER:
        meant = _ROMANS_READ_AS.get(marker.text)
        if meant and last.get(Level.ROMAN) == _ROMANS[_ROMANS.index(meant) - 1] and Level.LETTER not in last:
            return Marker(meant, Level.ROMAN, marker.length)
        return marker
    if marker is not None and marker.level is Level.NUMBER and marker.text == "1" and is_upper(text):
        return _roman(marker, last, behind)
    if marker is not None and marker.level is not Level.DASH:
        return marker
    if marker is not None and is_upper(text) and (before is None or before.level is not Level.DASH):
        return None  # a speck before a title
    first = _FIRST.match(text[:8]) if marker is None and Level.NUMBER not in last and _is_second(behind) else None
    if first is not None and not is_syllable(first[1]):
        return Marker("1", Level.NUMBER, first.end())
    for find in (_article, _number, _small_letter):
        meant_here = find(text[:40], last)
        if meant_here is not None:
            return meant_here
    if marker is None and (dashed := _DASHED.match(text[:8])):
        beside = before is not None and before.level is Level.DASH
        opens = above.rstrip().endswith(":") and (marker_of(behind) or before) is not None
        if beside or (opens and _is_dash(behind)):
            return Marker("-", Level.DASH, dashed.end())
    return marker


def _is_next(marker: Marker, last: dict[Level, str], before: Marker | None) -> bool:
    """Whether a mark behind a speck is the one the list asks for."""
    if marker.level is Level.DASH:
        return before is not None and before.level is Level.DASH
    known = last.get(marker.level, "").strip("().")
    if marker.level is Level.NUMBER and known.isdecimal() and marker.text.isdecimal():
        return int(marker.text) == int(known) + 1
    if marker.level is Level.SMALL_LETTER and known and known in _LETTERS[:-1]:
        return marker.text == f"{_LETTERS[_LETTERS.index(known) + 1]})"
    return False


def _roman(marker: Marker, last: dict[Level, str], behind: str) -> Marker:
    """The Roman numeral that a 1 before capitals is, where a list begins with 1 below it once more."""
    below = marker_of(behind)
    if below is None or below.level is not Level.NUMBER or below.text != "1" or last.get(Level.ROMAN):
        return marker
    return Marker("I", Level.ROMAN, marker.length)


def _is_second(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.level is Level.NUMBER and marker.text == "2"


def _is_dash(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.level is Level.DASH


def _article(text: str, last: dict[Level, str]) -> Marker | None:
    match = _ARTICLE.match(text)
    if match is None:
        return None
    expected = int(last.get(Level.ARTICLE, "Điều 0").split()[1]) + 1
    return Marker(match[1], Level.ARTICLE, match.end()) if int(match[2]) == expected else None


def _number(text: str, last: dict[Level, str]) -> Marker | None:
    match = _NUMBERED.match(text)
    if match is None or ")" in (match[2] or ""):
        return None
    known = last.get(Level.NUMBER, "0")
    expected = int(known) + 1 if known.isdecimal() else 0
    if match[1].isdecimal():
        opening = expected == 1 and text[0].isdigit() and match[2] is not None
        good = int(match[1]) == expected and (expected > 1 or opening)
    else:
        good = expected > 1 and match[2] is not None and match[1] in _READ_AS.get(expected, "")
    return Marker(str(expected), Level.NUMBER, match.end()) if good else None


def _small_letter(text: str, last: dict[Level, str]) -> Marker | None:
    match = _NUMBERED.match(text)
    known = last.get(Level.SMALL_LETTER, "").strip("().")
    if known not in _LETTERS[:-1]:
        return None
    expected = _LETTERS[_LETTERS.index(known) + 1] if known else "a"
    if known and (sign := _SIGN.match(text)) and sign[1] in _SIGNS.get(expected, ""):
        return Marker(f"{expected})", Level.SMALL_LETTER, sign.end())
    if match is None or ")" not in (match[2] or ""):
        return None
    damaged = match[1] in _LETTERS_READ_AS.get(expected, "") or (match[1].isalpha() and not _plain(match[1]))
    if match[1] == expected or (known and damaged):
        return Marker(f"{expected})", Level.SMALL_LETTER, match.end())
    return None


def _plain(letter: str) -> bool:
    """Whether a letter can mark an item: no list counts with ở or é."""
    return letter in _LETTERS or letter.isascii()
