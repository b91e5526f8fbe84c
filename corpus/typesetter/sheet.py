"""Pages being filled: where the next line goes, when a page is full, where its footnotes stand."""

from dataclasses import dataclass, field

from corpus.typesetter.wrap import SetLine, set_lines

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, WIDTH - 18 * MM, HEIGHT - 20 * MM, 20 * MM
ROOM = RIGHT - LEFT
BODY = 14.0
LEADING = 1.16
NOTE_SIZE = 10.0
INDENT = 12.7 * MM


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, ends in points from the lower left corner of the sheet."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Picture:
    """Something drawn as an image: a seal, a signature or a handwritten number.

    Attributes:
        kind: seal, signature or handwriting.
        text: Name on the seal, or what is written by hand.
        x: Left edge in points.
        y: Lower edge in points.
        width: Points.
        height: Points.
    """

    kind: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class SetPage:
    """One page as set.

    Attributes:
        drawn: Lines as drawn, table cells and header columns apart.
        texts: Lines as read, in reading order; a table row is one line.
        rules: Straight lines.
        pictures: Images over the text.
    """

    drawn: list[SetLine] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


class Sheet:
    """Fills pages from top to bottom.

    Args:
        notes: Footnotes of the letter, number to text with typography.
    """

    def __init__(self, notes: dict[int, str]) -> None:
        self._notes = {number: self._note(number, text) for number, text in notes.items()}
        self._here: list[int] = []
        self.pages = [SetPage()]
        self.y = TOP

    @property
    def page(self) -> SetPage:
        """The page being filled."""
        return self.pages[-1]

    def _note(self, number: int, text: str) -> list[SetLine]:
        return set_lines(f"^{number} {text}", LEFT, ROOM, NOTE_SIZE)

    def _note_height(self, numbers: list[int]) -> float:
        lines = sum(len(self._notes[number]) for number in numbers)
        return lines * NOTE_SIZE * 1.15 + 8 if lines else 0.0

    def _close_page(self) -> None:
        height = self._note_height(self._here)
        if not height:
            return
        y = BOTTOM + height
        self.page.rules.append(Rule(LEFT, y, LEFT + 50 * MM, y, 0.5))
        y -= 4
        for number in self._here:
            for line in self._notes[number]:
                y -= NOTE_SIZE * 1.15
                self.page.drawn.append(line.at(y))
                self.page.texts.append(line.text)
        self._here = []

    def turn(self) -> None:
        """Finish the page and begin the next, with its number in the top margin."""
        self._close_page()
        self.pages.append(SetPage())
        number = set_lines(str(len(self.pages)), LEFT, ROOM, 13, align="centre")[0].at(HEIGHT - 13 * MM)
        self.page.drawn.append(number)
        self.page.texts.append(number.text)
        self.y = TOP

    def has_room(self, height: float, notes: tuple[int, ...] = ()) -> bool:
        """Whether something of a height in points, with the footnotes it brings, still fits."""
        return self.y - height >= BOTTOM + self._note_height([*self._here, *notes])

    def add(self, lines: list[SetLine], size: float = BODY, before: float = 6.0, keep: bool = False) -> None:
        """Set lines under one another.

        Args:
            lines: The lines.
            size: Size of type in points, which gives their distance.
            before: Points above the first.
            keep: Turn the page rather than part them.
        """
        step = size * LEADING
        whole = step * len(lines) + before
        if keep and not self.has_room(whole):
            self.turn()
        if self.y < TOP:
            self.y -= before
        for line in lines:
            if not self.has_room(step, line.notes):
                self.turn()
            self.y -= step
            self._here += line.notes
            self.page.drawn.append(line.at(self.y + size * 0.22))
            self.page.texts.append(line.text)

    def finish(self) -> list[SetPage]:
        """Close the last page and hand over all."""
        self._close_page()
        return self.pages
