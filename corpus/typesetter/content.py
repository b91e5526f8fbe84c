"""A composed letter, loaded from `letters/NN.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from corpus.typesetter.body import Block, read_body
from corpus.typesetter.marks import ContentError

LETTERS = Path(__file__).parent / "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above and below the body, and defaults for its records.

    Attributes:
        number: Number of the letter.
        symbol: Its symbol.
        doc_type: Kind of document.
        issuer: Issuing body in full.
        issuers: Lines of the issuing body as printed, bold.
        place: Place of issue.
        date: Date of issue.
        subject: What it is about, without "V/v".
        copies: The lines under "Nơi nhận:", without dashes.
        sign: The lines above the signature.
        signer: Who signed.
        signer_title: The signer's own title.
        seal: Name round the seal.
        org: Whom records are about where a mark does not say.
        parent_issuer: The body above, or None.
        above: Lines of the body above as printed.
        title: Kind of document as printed over the subject; None for a công văn, whose subject stands under the number.
        recipients: The names after "Kính gửi:".
        sign_authority: TM., KT., TL., … or None.
        signed_for: For whom it is signed (after KT. or TL.), or None.
        party: True for a body of the Party, whose head has another form.
        handwritten: True where number and day were left blank and written in by hand.
        indicator: Which indicator scores and ranks are about where a mark does not say.
        period: Which period records are about where a mark does not say.
    """

    number: str
    symbol: str
    doc_type: str
    issuer: str
    issuers: tuple[str, ...]
    place: str
    date: date
    subject: str
    copies: tuple[str, ...]
    sign: tuple[str, ...]
    signer: str
    signer_title: str
    seal: str
    org: str
    parent_issuer: str | None = None
    above: tuple[str, ...] = ()
    title: str | None = None
    recipients: tuple[str, ...] = ()
    sign_authority: str | None = None
    signed_for: str | None = None
    party: bool = False
    handwritten: bool = False
    indicator: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSum:
    """What the cells of a table promise to add up to; rows and columns count from 0.

    Attributes:
        kind: column (rows add up to a row), row (cells add up to a cell) or ratio (a cell is the share of two others).
        rows: For column: the rows added. For row and ratio: the rows it holds in.
        total: For column: the row of totals. For row: the column of the total. For ratio: the column of the share.
        cells: Columns it holds in (column), that are added (row), or part and whole (ratio).
        planted: Columns (column) or rows (row, ratio) in which it was made not to hold, with what was planted.
    """

    kind: str
    rows: tuple[int, ...]
    total: int
    cells: tuple[int, ...]
    planted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContent:
    """A ruled table.

    Attributes:
        title: What it is called in the truth.
        columns: Column names; "A / B" stands under a group A.
        widths: Relative widths.
        lines: Rows as printed, one a line, cells parted by "|".
        bold: Numbers of the rows set bold.
        sums: What adds up.
        size: Size of type, in points.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    lines: str
    bold: tuple[int, ...] = ()
    sums: tuple[TableSum, ...] = ()
    size: float = 12.0

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Cells as printed; an empty cell is ""."""
        found = tuple(
            tuple(cell.strip() for cell in line.split("|")) for line in self.lines.splitlines() if line.strip()
        )
        for row in found:
            if len(row) != len(self.columns):
                raise ContentError(f"{len(row)} cells for {len(self.columns)} columns: {row}")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContent:
    """A relation between numbers of the text that the composer states.

    Attributes:
        kind: Kind of check as in the contract.
        statement: The words of the letter that claim it.
        inputs: What it is computed from.
        reported: What the letter says: a printed number ("97,5"), a word, or None.
        planted: What was planted there, in words, or None where the letter is right.
        note: A remark for people, or None.
        other: The other letter, where two letters disagree, else None.
    """

    kind: str
    statement: str
    inputs: dict[str, Any]
    reported: str | None = None
    planted: str | None = None
    note: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class LetterContent:
    """Everything a composer says of one letter.

    Attributes:
        key: Two digits.
        head: What stands above and below the body, and defaults for records.
        blocks: The body.
        tables: Tables by name.
        checks: Relations between numbers of the text.
        renderings: The folders of `letters/` it is rendered into.
    """

    key: str
    head: Head
    blocks: tuple[Block, ...]
    tables: dict[str, TableContent]
    checks: tuple[CheckContent, ...]
    renderings: tuple[str, ...]


def load_letter(path: Path) -> LetterContent:
    """Load one letter.

    Args:
        path: Its TOML file, named for its key.

    Raises:
        ContentError: It cannot be set as written.
    """
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return LetterContent(
            key=path.stem,
            head=msgspec.convert(said["head"], Head),
            blocks=read_body(said["text"]["body"]),
            tables=msgspec.convert(said.get("tables", {}), dict[str, TableContent]),
            checks=msgspec.convert(said.get("checks", []), tuple[CheckContent, ...]),
            renderings=tuple(said["renderings"]),
        )
    except (msgspec.ValidationError, KeyError, ContentError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def load_letters(only: frozenset[str] = frozenset()) -> tuple[LetterContent, ...]:
    """Load the letters of the archive in order.

    Args:
        only: Keys to load; empty for all.
    """
    paths = sorted(LETTERS.glob("*.toml"))
    return tuple(load_letter(path) for path in paths if not only or path.stem in only)
