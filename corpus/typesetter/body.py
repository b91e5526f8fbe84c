"""The body of a letter: one source line a block, told apart by how the line begins.

`# ` centred bold, `* ` bold heading, `~ ` italic (grounds of a decision), `> ` right-aligned italic, `^1 ` footnote,
`@name` a table, `@break` a new page, `! ` a task read from the block above, `!lead ` actor and section of the tasks
that follow; anything else, list items included, is a paragraph.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.typesetter.marks import ContentError, Mark, plain, read_marks


class Look(StrEnum):
    """How a block is set."""

    PARAGRAPH = "paragraph"
    CENTRED = "centred"
    HEADING = "heading"
    ITALIC = "italic"
    RIGHT = "right"
    NOTE = "note"
    TABLE = "table"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Order:
    """A task as the composer states it, before truth is written.

    Attributes:
        section: Number of the part it stands in.
        assignees: Who has to act.
        coordinators: Who has to help.
        deadline: ISO date or None.
        deadline_text: The words that set the deadline, as they stand in the letter.
        relation: One of the relations of the contract, or None.
        recurrence: monthly, quarterly, …, or None.
        report_to: Who gets the report.
        start: Words the action starts with, where a block holds several.
        stop: Words before which the action ends, where a block holds several.
        optional: True where a reader may well not count it.
    """

    section: str | None
    assignees: tuple[str, ...]
    coordinators: tuple[str, ...]
    deadline: str | None
    deadline_text: str | None
    relation: str | None
    recurrence: str | None
    report_to: str | None
    start: str | None
    stop: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body.

    Attributes:
        look: How it is set.
        text: Its text with typography, or a table's name.
        marks: Its records.
        orders: Its tasks.
        note: Number of a footnote, else None.
    """

    look: Look
    text: str
    marks: tuple[Mark, ...] = ()
    orders: tuple[Order, ...] = ()
    note: int | None = None

    @property
    def plain(self) -> str:
        """The text as it reads, without typography."""
        return plain(self.text)


_LOOKS = {"# ": Look.CENTRED, "* ": Look.HEADING, "~ ": Look.ITALIC, "> ": Look.RIGHT}


def _settings(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in source.split("|"):
        key, _, value = part.strip().partition("=")
        if key:
            found[key.strip()] = value.strip() or "yes"
    return found


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";")) if value else ()


def _order(said: dict[str, str], lead: dict[str, str]) -> Order:
    unknown = set(said) - {"a", "sec", "with", "due", "txt", "rel", "rec", "to", "from", "upto", "opt"}
    if unknown:
        raise ContentError(f"unknown task settings {sorted(unknown)}")
    return Order(
        section=said.get("sec", lead.get("sec")),
        assignees=_several(said.get("a", lead.get("a"))),
        coordinators=_several(said.get("with")),
        deadline=said.get("due", lead.get("due")),
        deadline_text=said.get("txt", lead.get("txt")),
        relation=said.get("rel", lead.get("rel")),
        recurrence=said.get("rec"),
        report_to=said.get("to"),
        start=said.get("from"),
        stop=said.get("upto"),
        optional="opt" in said,
    )


def _block(line: str) -> Block:
    if line == "@break":
        return Block(Look.BREAK, "")
    if line.startswith("@"):
        return Block(Look.TABLE, line[1:].strip())
    if line.startswith("^") and line[1:2].isdigit() and line[2:3] == " ":
        text, marks = read_marks(line[3:])
        return Block(Look.NOTE, text, marks, note=int(line[1]))
    look = _LOOKS.get(line[:2], Look.PARAGRAPH)
    text, marks = read_marks(line if look is Look.PARAGRAPH else line[2:])
    return Block(look, text, marks)


def read_body(source: str) -> tuple[Block, ...]:
    """Read the blocks of a body.

    Args:
        source: The body as composed, one block a line; blank lines mean nothing.

    Raises:
        ContentError: A task stands before any block, or a setting is unknown.
    """
    blocks: list[Block] = []
    lead: dict[str, str] = {}
    for line in (raw.strip() for raw in source.splitlines()):
        if not line:
            continue
        if line.startswith("!lead"):
            lead = _settings(line[5:])
        elif line.startswith("!"):
            if not blocks:
                raise ContentError("a task needs a block above it")
            last = blocks[-1]
            order = _order(_settings(line[1:]), lead)
            blocks[-1] = Block(last.look, last.text, last.marks, (*last.orders, order), last.note)
        else:
            blocks.append(_block(line))
    return tuple(blocks)
