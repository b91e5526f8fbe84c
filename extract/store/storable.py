"""Text that SQLite and UTF-8 cannot hold, written so that they can, one to one."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
# A backslash run right before an escape (or what looks like one) is doubled: an odd run marks a real escape.
_AMBIGUOUS = re.compile(r"(?<!\\)\\++(?=u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000)|[\ud800-\udfff\x00])")


def storable(text: str) -> str:
    r"""`text` with lone surrogates and NUL written as `\udc80`, `\u0000`.

    Surrogates stand for the bytes of a file name that is no UTF-8, or come from a damaged
    PDF. Two different texts never become the same; text without either, and without
    such an escape written out, comes back unchanged.
    """
    if text.isascii():
        if "\x00" not in text and "\\u" not in text:
            return text
    elif "\\" not in text and not _UNSTORABLE.search(text):
        return text
    doubled = _AMBIGUOUS.sub(lambda run: run.group() * 2, text)
    return _UNSTORABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", doubled)
