"""From a block's text to lines of placed pieces: emphasis, footnote marks, line breaks, justification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.typesetter.faces import face, width_of
from corpus.typesetter.marks import plain

_TOKENS = re.compile(r"\*\*|__|\^\d|[ \t\n]+|[^ \t\n*_^]+|.")
_BREAKS = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one face, placed.

    Attributes:
        x: Left end in points from the left edge of the sheet.
        rise: Points above the line's baseline.
        font: Face.
        size: Size in points.
        text: What is drawn.
    """

    x: float
    rise: float
    font: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line as set.

    Attributes:
        text: How it reads.
        pieces: What is drawn.
        notes: Footnotes whose marks stand in it.
        y: Baseline in points from the foot of the sheet.
    """

    text: str
    pieces: tuple[Piece, ...]
    notes: tuple[int, ...] = ()
    y: float = 0.0

    def at(self, y: float) -> "SetLine":
        """The same line on another baseline.

        Args:
            y: Points from the foot of the sheet.
        """
        return replace(self, y=y)


@dataclass(frozen=True, slots=True)
class _Span:
    text: str
    bold: bool
    italic: bool
    note: int | None


_Chunk = tuple[tuple[_Span, ...], bool]


def _chunks(text: str, bold: bool, italic: bool) -> Iterator[_Chunk]:
    """Unbreakable stretches in order, each with whether a blank stands before it."""
    spans: list[_Span] = []
    blank = False
    for token in _TOKENS.findall(text):
        if token == "**":
            bold = not bold
        elif token == "__":
            italic = not italic
        elif not token.strip(" \t\n"):
            if spans:
                yield tuple(spans), blank
            spans, blank = [], True
        elif token[0] == "^" and len(token) == 2:
            spans.append(_Span(token[1], bold, italic, int(token[1])))
        else:
            parts = _BREAKS.split(token)
            for position, part in enumerate(parts):
                last = position == len(parts) - 1
                spans.append(_Span(part if last else part + "-", bold, italic, None))
                if not last:
                    yield tuple(spans), blank
                    spans, blank = [], False
    if spans:
        yield tuple(spans), blank


def _placed(spans: tuple[_Span, ...], x: float, size: float) -> tuple[list[Piece], float]:
    pieces = []
    for span in spans:
        font = face(span.bold, span.italic)
        own, rise = (size * 0.62, size * 0.35) if span.note else (size, 0.0)
        pieces.append(Piece(x, rise, font, own, span.text))
        x += width_of(span.text, font, own)
    return pieces, x


def _line(chunks: list[_Chunk], left: float, room: float, size: float, align: str, last: bool) -> SetLine:
    blank_width = width_of(" ", "Serif", size)
    natural = sum(_placed(spans, 0.0, size)[1] for spans, _ in chunks)
    gaps = sum(blank for _, blank in chunks[1:])
    natural += gaps * blank_width
    stretch = (room - natural) / gaps if align == "justify" and not last and gaps else 0.0
    x = left + {"centre": (room - natural) / 2, "right": room - natural}.get(align, 0.0)
    pieces: list[Piece] = []
    words: list[str] = []
    notes: list[int] = []
    for position, (spans, blank) in enumerate(chunks):
        if position and blank:
            pieces.append(Piece(x, 0.0, "Serif", size, " "))
            x += blank_width + stretch
            words.append(" ")
        placed, x = _placed(spans, x, size)
        pieces += placed
        words += [f"^{span.note}" if span.note else span.text for span in spans]
        notes += [span.note for span in spans if span.note]
    return SetLine(" ".join(plain("".join(words)).split()), tuple(pieces), tuple(notes))


def set_lines(
    text: str,
    left: float,
    room: float,
    size: float,
    *,
    align: str = "justify",
    indent: float = 0.0,
    bold: bool = False,
    italic: bool = False,
) -> list[SetLine]:
    """Break a text into lines no wider than there is room.

    Args:
        text: Text with typography; a word may break after an inner hyphen, as word processors do.
        left: Left edge in points.
        room: Width in points.
        size: Size of type in points.
        align: justify, left, centre or right.
        indent: Further indentation of the first line in points.
        bold: Bold to begin with.
        italic: Italic to begin with.
    """
    lines: list[SetLine] = []
    held: list[_Chunk] = []
    used = 0.0
    shift = indent
    blank_width = width_of(" ", "Serif", size)
    for chunk in _chunks(text, bold, italic):
        spans, blank = chunk
        need = _placed(spans, 0.0, size)[1]
        gap = blank_width if held and blank else 0.0
        if held and used + gap + need > room - shift + 0.01:
            lines.append(_line(held, left + shift, room - shift, size, align, last=False))
            held, used, gap, shift = [], 0.0, 0.0, 0.0
        held.append(chunk)
        used += gap + need
    if held:
        lines.append(_line(held, left + shift, room - shift, size, align, last=True))
    return lines
