"""Inline marks: what a letter's composer says about a stretch of its text.

A mark is `{kind fields|text}`, for example `{c|Quyết định số 766/QĐ-TTg}` or `{f w=hồ sơ tiếp nhận;u=hồ sơ|12.335}`.
Kinds are c (citation), d (date), s (score), r (rank), k (classification), f (figure). Marks do not nest.
`**bold**`, `__italic__` and `^1` (footnote mark) are typography and carry no record.
"""

import re
from dataclasses import dataclass

_MARK = re.compile(r"\{([cdsrkf])([^{}|]*)\|([^{}]*)\}")
_FOOTNOTE = re.compile(r"\^(\d)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class ContentError(ValueError):
    """A letter's content file says something the typesetter cannot set or believe."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of text that is a record.

    Attributes:
        kind: One letter: c, d, s, r, k or f.
        fields: What the composer says beyond the text; a bare word is kept with the value "yes".
        text: The stretch itself, typography removed.
    """

    kind: str
    fields: dict[str, str]
    text: str


def _fields(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in source.split(";"):
        key, sign, value = part.strip().partition("=")
        if key:
            found[key.strip()] = value.strip() if sign else "yes"
    return found


def read_marks(source: str) -> tuple[str, tuple[Mark, ...]]:
    """Separate text from marks.

    Args:
        source: Text of one block as composed.

    Returns:
        The text with its typography but without mark brackets, and the marks in reading order.

    Raises:
        ContentError: A brace is left over, so a mark was written wrongly.
    """
    marks = tuple(Mark(m[1], _fields(m[2]), plain(m[3])) for m in _MARK.finditer(source))
    text = _MARK.sub(lambda m: m[3], source)
    if "{" in text or "}" in text:
        raise ContentError(f"left-over brace in: {text[:90]}")
    return text, marks


def plain(text: str) -> str:
    """Remove typography: emphasis goes, a footnote mark becomes a raised digit.

    Args:
        text: Text without mark brackets.
    """
    bare = text.replace("**", "").replace("__", "")
    return _FOOTNOTE.sub(lambda m: m[1].translate(_RAISED), bare)


def without_notes(text: str) -> str:
    """Remove raised digits, as records quote a letter without its footnote marks.

    Args:
        text: Plain text.
    """
    return re.sub("[⁰¹²³⁴-⁹]", "", text)
