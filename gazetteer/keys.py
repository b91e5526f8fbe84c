"""Keys of names: how two spellings of one name are made equal.

`plain` keeps the marks (exact key), `folded` strips them (folded key). Both are lower case, with
old tone placement (`hoà`, `thuỷ`) brought to the new one (`hòa`, `thủy`), punctuation turned into blanks and
the usual short forms of type words written out (`TP.` -> `thành phố`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PLACEMENT: Final = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_PLACEMENT: Final = re.compile(rf"(?<!q)(?:{'|'.join(_PLACEMENT)})(?![^\W\d_])")
_NOT_WORD: Final = re.compile(r"[^\w]+|_+")
_GLUED_TYPE: Final = re.compile(r"\b(tp|tx|tt|q|p|h|x)\s*\.\s*(?=\w)")
_ABBREVIATED: Final = {
    "tp": "thành phố",
    "tx": "thị xã",
    "q": "quận",
    "p": "phường",
    "h": "huyện",
    "x": "xã",
    "t": "tỉnh",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "vp": "văn phòng",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc",
    "hcm": "hồ chí minh",
    "tw": "trung ương",
}
_LEADING_ONLY: Final = frozenset({"tp", "tx", "q", "p", "h", "x", "t"})


def new_placement(text: str) -> str:
    """Lower-case text with tone marks where the new rule puts them: `thuỷ` is `thủy`."""
    return _OLD_PLACEMENT.sub(lambda match: _PLACEMENT[match[0]], text)


def _unmarked() -> dict[int, str]:
    bases = {"a": "ăâ", "e": "ê", "i": "", "o": "ôơ", "u": "ư", "y": ""}
    table = {ord("đ"): "d"}
    for plain_letter, marked in bases.items():
        for letter in plain_letter + marked:
            for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"):
                table[ord(unicodedata.normalize("NFC", letter + tone))] = plain_letter
    return table


_UNMARKED: Final = _unmarked()


def strip_marks(text: str) -> str:
    """Lower-case NFC text without Vietnamese marks; đ becomes d."""
    return text.translate(_UNMARKED)


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The exact key of a name: `TP. Tuy Hoà` -> `thành phố tuy hòa`."""
    text = unicodedata.normalize("NFC", name).lower().replace("&", " và ")
    text = _GLUED_TYPE.sub(r"\1 ", text)
    words = _NOT_WORD.sub(" ", text).split()
    out = []
    for index, word in enumerate(words):
        last = index + 1 == len(words)
        if word in _LEADING_ONLY and (last or (index > 0 and len(word) == 1)):
            out.append(word)  # a letter alone inside a name is part of it: "A Lưới", "khu phố 2 P"
        else:
            out.append(_ABBREVIATED.get(word, word))
    return new_placement(" ".join(out))


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """The folded key of a name: `TP. Tuy Hoà` -> `thanh pho tuy hoa`."""
    return strip_marks(plain(name))
