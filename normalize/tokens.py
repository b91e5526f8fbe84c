"""Cuts raw text into words that can be repaired and stretches that are locked.

OCR text mixes letters, digits and signs in one word (`s6`, `S&`, `h0so`, `ctia`, `tu’`),
so a word here is a stretch between blanks and plain punctuation. Numbers,
dates, codes and addresses are locked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"  # digits and their punctuation
    CODE = "code"  # 7478/UBND-NCKS
    ADDRESS = "address"  # URL, e-mail


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch `start`..`end` of the text; `opens` marks the first token of a sentence, heading or item.

    `comma`: a comma stands behind it. `blank`: one blank and nothing else stands between it and the next.
    """

    start: int
    end: int
    text: str
    kind: TokenKind
    opens: bool
    comma: bool = False
    blank: bool = False


MOST_LETTERS = 30
"""Longer words are locked: nothing in the language is as long."""

_CHUNK = re.compile(r"\S+")
_LEADING = "([{\"'“”‘’«»*•–—-+.,:;…/_<>|?!~="
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # footnote marks, km²
_TRAILING = _SUPERSCRIPTS + ')}"“”»*•–—-+.,:;?!…/_<>|~='
_ADDRESS = re.compile(r"^(?:https?:|www\.)|\w@\w{2,}\.|\.(?:vn|com|org|net)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.,/%:()+\-–]+$")
# A slash or hyphen with a digit part before it: 03-NQ/TU, 42/2022/NĐ-CP, 15/QD; the digits may be misread too.
_CODE = re.compile(r"^[\dOolITSB]{0,5}\d[\d./]{0,12}[-/]\S*[^\W\d_]")
# D()NG: an Ộ that an engine read as two brackets.
_PART = re.compile(r"(?:[^-–/,;:.()\[\]\"“”+…<>|]|(?<=[^\W\d_])\(\)(?=[^\W\d_]))+")
_SIGN_WORD = re.compile(r"^(?:[&$§£€¢@¥]\d?|\d[&€¢£§@])$")  # &, ¢6, $6, 1€: misread short words
_HOOKED = re.compile(r"[bcdghknstv]{0,3}[tiuvr]", re.IGNORECASE)  # before "?": cứ, thứ, tử, sử, từ
_STOPS = frozenset(".;:!?…")
_ITEM = re.compile(
    r"^\s*(?:[-+•*–~]+\s|[-+•–](?=[^\W\d_])|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s|[a-zđA-ZĐ][).]\s|[IVX]{1,5}\.\s)"
)
_WORDLIKE = re.compile(r"[^\W\d_]")


def tokenize(text: str) -> list[Token]:
    """The tokens of `text` in order; stretches of punctuation alone are no tokens."""
    tokens: list[Token] = []
    at, blank, shout, ended = 0, True, False, False
    for line in re.split("[\n\f]", text):
        content = line.strip()
        if not content:
            blank = True
        else:
            loud = content.isupper()
            opens = blank or ended or loud != shout or _ITEM.match(line) is not None
            ended = _cut_line(line, at, opens, tokens)
            blank, shout = False, loud
        at += len(line) + 1
    return tokens


def _cut_line(line: str, offset: int, opens: bool, tokens: list[Token]) -> bool:
    """Append the tokens of one line, of which the first `opens` a sentence; returns whether what follows opens one."""
    for chunk in _CHUNK.finditer(line):
        raw = chunk.group()
        if raw.isalpha() and len(raw) <= MOST_LETTERS:
            start, end = chunk.span()
            blank = line[end : end + 1] == " "
            tokens.append(Token(offset + start, offset + end, raw, TokenKind.WORD, opens, blank=blank))
            opens = False
            continue
        if _ADDRESS.search(raw):
            blank = line[chunk.end() : chunk.end() + 1] == " "
            tokens.append(
                Token(offset + chunk.start(), offset + chunk.end(), raw, TokenKind.ADDRESS, opens, blank=blank)
            )
            opens = False
            continue
        core = raw.lstrip(_LEADING)
        start = offset + chunk.start() + len(raw) - len(core)
        core = core.rstrip(_TRAILING + "]" if "[" in raw else _TRAILING)
        if raw[-1] == "?" and core and _goes_on(core, line[chunk.end() : chunk.end() + 2].strip()):
            core = raw[start - offset - chunk.start() :]
        quoted = start > offset + chunk.start() and line[start - offset - 1] in "'‘’"
        core = core.rstrip("'’‘") if quoted or not core.rstrip("'’‘")[-1:].isalpha() else core
        if core:
            end = start + len(core) - offset
            opens = _cut_core(core, start, (opens, line[end : end + 1] == " "), raw.rstrip('"”)»’')[-1:] == ",", tokens)
        if raw[-1] in _STOPS and not core.endswith("?"):
            opens = True
    return opens


def _goes_on(word: str, follower: str) -> bool:
    """Whether "?" behind a word is a part of it: no question ends before a small letter ("ct? theo" is "cứ theo").

    Before anything else ("thi? 9/63", "Can ct? Luật") only behind what engines make of a word with ứ or ử.
    """
    return follower.islower() or (bool(follower) and _HOOKED.fullmatch(word) is not None)


def _cut_core(core: str, start: int, state: tuple[bool, bool], comma: bool, tokens: list[Token]) -> bool:
    """Append the tokens of one stretch, of which `state` says whether it opens a sentence and stands before a blank.

    Returns whether the next token still opens.
    """
    opens, blank = state
    if _NUMBER.match(core):
        tokens.append(Token(start, start + len(core), core, TokenKind.NUMBER, opens, comma, blank))
        return False
    if _CODE.match(core) or len(core) > 4 * MOST_LETTERS:
        tokens.append(Token(start, start + len(core), core, TokenKind.CODE, opens, comma, blank))
        return False
    for part in _PART.finditer(core):
        text = part.group()
        if not _WORDLIKE.search(text) and not _SIGN_WORD.match(text):
            kind = TokenKind.NUMBER
            if not any(map(str.isdigit, text)):
                continue
        else:
            kind = TokenKind.WORD if len(text) <= MOST_LETTERS else TokenKind.CODE
        behind = core[part.end() : part.end() + 1]
        stands = behind == "," or (comma and not behind)
        tokens.append(Token(start + part.start(), start + part.end(), text, kind, opens, stands, blank and not behind))
        opens = False
    return opens
