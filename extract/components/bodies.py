"""Mentions of bodies, offices and places, by the names the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.components.found import Body, BodyKind, Found, Located
from extract.components.lexicon import JOINT, Token, body_names, province_names, title_names, tokens, unit_names
from extract.layout.letters import pattern
from extract.records import Block, Reading, Role
from gazetteer import Kind, load_gazetteer

_SEARCHED = (Role.SUBJECT, Role.RECIPIENTS, Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.FOOTNOTE)
_LEVEL = re.compile(
    r"\s(?P<level>các (?:huyện|quận|xã|phường|tỉnh)"
    r"(?:, (?:huyện|quận|thị xã|thành phố|phường|xã|thị trấn|đặc khu)){0,3}"
    r"|huyện, thị xã, thành phố|cấp (?:tỉnh|huyện|xã)|trung ương"
    r"|(?P<unit>tỉnh|thành phố|TP\.?|Tp\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu))(?!\w)",
    re.IGNORECASE,
)
_UNIT = pattern(r"(?<!\w)(?i:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s(?=[A-ZÀ-Ỹ])")


def find_bodies(reading: Reading, found: Found) -> tuple[Located[Body], ...]:
    """Bodies, offices held by persons and places in running text; resolved where the gazetteer is certain."""
    home = home_of(found)
    items: list[Located[Body]] = []
    for block in reading.flow.of(*_SEARCHED):
        for start, end, kind in mentions(block.text):
            items.append(_located(reading, block, start, end, kind, home))
    return tuple(items)


def home_of(found: Found) -> str | None:
    """The province the letter comes from: where "UBND tỉnh" is."""
    header = found.header
    for name in (header.issuer, header.parent_issuer, header.place):
        if name:
            match = re.search(r"(?:tỉnh|thành phố)\s.+$", name, re.IGNORECASE)
            query = match.group() if match else name if name == header.place else None
            if query and (province := _province(query)):
                return province
    return None


@lru_cache(maxsize=512)
def _province(name: str) -> str | None:
    chosen = load_gazetteer().resolve(name, kind=Kind.PROVINCE).chosen
    return chosen.name if chosen else None


def _located(reading: Reading, block: Block, start: int, end: int, kind: BodyKind, home: str | None) -> Located[Body]:
    text = block.text[start:end]
    name = text[:1].upper() + text[1:]
    entry = _resolve(name, home) if kind is not BodyKind.PERSON else None
    span = block.start + start, block.start + end
    return Located(*span, Body(name, kind, entry, reading.proof(*span, f"bodies.{kind.value}")))


@lru_cache(maxsize=4096)
def _resolve(name: str, home: str | None) -> str | None:
    chosen = load_gazetteer().resolve(name, within=home).chosen
    return chosen.id if chosen else None


def mentions(text: str) -> list[tuple[int, int, BodyKind]]:
    """Spans of mentions in `text`, left to right and apart: the longest name at each place."""
    words = tokens(text)
    found: list[tuple[int, int, BodyKind]] = []
    at = 0
    while at < len(words):
        office = title_names().longest(text, words, at)
        stop = body_names().longest(text, words, at)
        is_person = False
        behind = _body_behind(text, words, office) if office is not None else None
        if office is not None and (stop is None or office > stop or behind is not None):
            is_person, stop = behind is not None, behind
        if office is not None and stop is None:
            at = office
            continue
        if stop is not None:
            start, end = words[at][0], _with_place(text, words[stop - 1][1])
            if _is_named(text[start:end]) and not _in_code(text, start, end):
                found.append((start, end, BodyKind.PERSON if is_person else BodyKind.BODY))
            while at < len(words) and words[at][0] < end:
                at += 1
            continue
        unit = _UNIT.match(text, words[at][0])
        if unit and (behind := _proper_end(text, unit.end())):
            found.append((words[at][0], behind, BodyKind.PLACE))
            while at < len(words) and words[at][0] < behind:
                at += 1
            continue
        at += 1
    return found


def _body_behind(text: str, words: Sequence[Token], at: int) -> int | None:
    """Index behind the longest body that begins with word `at`, right behind the office before it."""
    if at >= len(words) or not JOINT.fullmatch(text[words[at - 1][1] : words[at][0]]):
        return None
    return body_names().longest(text, words, at)


def _in_code(text: str, start: int, end: int) -> bool:
    """Whether a short name is part of a symbol: UBND in 12/UBND-NC."""
    return text[start - 1 : start] in ("/", "-") or (
        text[end : end + 1] in ("-", "/") and text[end + 1 : end + 2].isupper()
    )


def _is_named(text: str) -> bool:
    """Whether a mention is written as a name: with a capital, and not a bare short word."""
    return any(letter.isupper() for letter in text) and (len(text) > 3 or text.isupper())


def _with_place(text: str, end: int) -> int:
    """The end of a mention with the place behind it: "UBND tỉnh Quảng Nam", "Sở Nội vụ tỉnh"."""
    level = _LEVEL.match(text, end)
    if level is None:
        if text[end : end + 1] == " " and (behind := _proper_end(text, end + 1, provinces_only=True)):
            return behind
        return end
    if level["unit"] is None:
        return level.end()
    return _proper_end(text, level.end() + 1) or level.end()


def _proper_end(text: str, start: int, *, provinces_only: bool = False) -> int | None:
    """The end of a unit's proper name that begins at `start`, spelled with capitals."""
    if not text[start : start + 1].isupper():
        return None
    window = text[start : start + 60]
    words = tokens(window)
    stop = (province_names() if provinces_only else unit_names()).longest(window, words, 0)
    return None if stop is None else start + words[stop - 1][1]
