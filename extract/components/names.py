"""Lists of bodies in running text, cut where one name ends and the next begins."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extract.components.context import UPPER
from extract.wordlists import wordlist

NOTE = re.compile(r"\s?\([^()]{0,160}\)")  # what stands in brackets behind a name
_CLOSING = re.compile(r"[\s.;,/…]+$")
_AND = re.compile(rf"\s+và\s+(?=(?:các\s+)?[{UPPER}])")


def split_names(text: str, head: str = "") -> tuple[str, ...]:
    """The names of a list ("Ngoại vụ, Văn hóa, Thể thao và Du lịch và Y tế"), each with `head` in front of it.

    Commas, "và", "-" and "&" inside a known name do not cut it. A name that brings a head of its own
    ("Văn phòng UBND tỉnh") gets none. Notes in brackets are left out.
    """
    rest = _CLOSING.sub("", " ".join(NOTE.sub("", text).split()))
    marks = ";" if ";" in rest else None
    names = []
    for part in rest.split(";") if marks else [rest]:
        names += _cut(part.strip(), commas=marks is None or "," in part)
    return tuple(_with_head(name, head) for name in names if any(letter.isalpha() for letter in name))


def _cut(text: str, *, commas: bool) -> list[str]:
    names, at = [], 0
    while at < len(text):
        known = _known_name(text, at)
        end = at + known if known else _next_cut(text, at, commas=commas)
        names.append(_CLOSING.sub("", text[at:end].strip()))
        at = end
        while at < len(text) and text[at] in " ,;":
            at += 1
        if text.startswith("và ", at):
            at += 3
    return names


def _next_cut(text: str, at: int, *, commas: bool) -> int:
    comma = text.find(",", at) if commas else -1
    joint = _AND.search(text, at, comma if comma >= 0 else len(text))
    stops = [stop for stop in (comma, joint.start() if joint else -1) if stop >= 0]
    return min(stops) if stops else len(text)


def _known_name(text: str, at: int) -> int:
    """Length of the known name at `at`, behind a head or not; 0 where none stands there."""
    head = _heads().match(text, at)
    start = head.end() if head else at
    while start < len(text) and text[start] == " ":
        start += 1
    best = 0
    folded, ends = _fold_with_ends(text[start : start + 60])
    for name in _known():
        if (
            folded.startswith(name)
            and ends[len(name) - 1] > best
            and folded[len(name) : len(name) + 1] in ("", " ", ",")
            and not _runs_into(name, folded)
        ):
            best = ends[len(name) - 1]
    return start - at + best if best else 0


def _runs_into(name: str, folded: str) -> bool:
    """Whether the last part of a known name begins a longer one: "Tài chính, Kế hoạch và Đầu tư" names two."""
    last = name.rfind(", ") + 2
    return last > 1 and any(folded.startswith(other, last) and last + len(other) > len(name) for other in _known())


def has_head(name: str) -> bool:
    """Whether a name begins with the word that says what kind of body it is ("Sở", "UBND", "Công an")."""
    return bool(_heads().match(name))


@cache
def known_names() -> re.Pattern[str]:
    """Finds the names of departments that a comma, a verb or "và" in them would make look like several words."""
    spelled = [
        re.sub(
            r"\\? và\\? ", r"\\s(?:và|&)\\s", re.escape(name).replace(",\\ ", r"(?:,\s|\s?[-–]\s?)").replace("\\ ", " ")
        )
        for name in sorted((*_data()["names"], *_data()["unsplit"]), key=len, reverse=True)
    ]
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _data()['heads']))})\b", re.IGNORECASE)


@cache
def _known() -> tuple[str, ...]:
    return tuple(sorted((_fold_with_ends(name)[0] for name in _data()["names"]), key=len, reverse=True))


@cache
def _data() -> dict[str, list[str]]:
    return wordlist("extract.components", "departments")


def _fold_with_ends(text: str) -> tuple[str, list[int]]:
    """Lower case without marks, "&" as "và", " - " as ", "; and for each folded letter the offset behind its source."""
    folded: list[str] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        step = next((width for old, _, width in _SPELLINGS if text.startswith(old, at)), 1)
        new = next((new for old, new, _ in _SPELLINGS if text.startswith(old, at)), text[at])
        for letter in new:
            for base in unicodedata.normalize("NFD", letter.lower()):
                if not unicodedata.combining(base):
                    folded.append("d" if base == "đ" else base)
                    ends.append(at + step)
        at += step
    return "".join(folded), ends


_SPELLINGS = (
    (" - ", ", ", 3),
    (" – ", ", ", 3),
    (" & ", " va ", 3),
    (" -", ", ", 2),
    ("- ", ", ", 2),
    ("-", ", ", 1),
    ("&", "va", 1),
)


def _with_head(name: str, head: str) -> str:
    if not head or has_head(name):
        return name[:1].upper() + name[1:]
    return f"{head} {name}"
