"""The repaired letter laid out: blocks of running text in reading order.

Components never see line breaks or columns: they see blocks, whose text is
the repaired lines joined. Pieces tie each character back to the repaired
text, and through it to raw words and boxes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a block is in the layout of Decree 30/2020/NĐ-CP (Nghị định 30/2020/NĐ-CP)."""

    ISSUER = "issuer"  # tên cơ quan ban hành, one block a line
    MOTTO = "motto"  # quốc hiệu, tiêu ngữ
    NUMBER = "number"  # số, ký hiệu
    PLACE_DATE = "place_date"  # địa danh, ngày tháng năm
    TITLE = "title"  # tên loại văn bản: BÁO CÁO, QUYẾT ĐỊNH
    SUBJECT = "subject"  # trích yếu, V/v
    RECIPIENTS = "recipients"  # kính gửi, one block a recipient
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # numbered or bulleted
    FOOTNOTE = "footnote"
    TABLE = "table"  # lines inside a table, not running text
    COPIES = "copies"  # nơi nhận, one block an entry
    SIGNATURE = "signature"  # chức vụ, quyền hạn, họ tên
    PAGE_NUMBER = "page_number"
    NOISE = "noise"  # stamps, specks


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of flow text from `flow` are those of the repaired text from `text`."""

    flow: int
    text: int
    length: int


def _begin_of(piece: Piece) -> int:
    return piece.flow


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item, heading … of the letter.

    `start` is the offset of its text in `Flow.text`. `marker` is the number or bullet it
    begins with ("3.1", "-", "a)"), which stays part of `text`; `body` is the offset in `text`
    behind the marker. `parent` is the index of the block it is nested under.
    """

    role: Role
    text: str
    start: int
    pieces: tuple[Piece, ...]
    marker: str | None = None
    body: int = 0
    parent: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a letter in reading order; `text` is their texts joined by line breaks."""

    text: str
    blocks: tuple[Block, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(block.start for block in self.blocks))

    def to_text(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The spans of the repaired text that the flow span `start`..`end` was made of, in order."""
        spans = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self.blocks) and self.blocks[index].start < end:
            pieces = self.blocks[index].pieces
            at = max(bisect_right(pieces, start, key=_begin_of) - 1, 0) if len(pieces) > 1 else 0
            while at < len(pieces) and pieces[at].flow < end:
                piece = pieces[at]
                low, high = max(start, piece.flow), min(end, piece.flow + piece.length)
                if low < high:
                    spans.append((piece.text + low - piece.flow, piece.text + high - piece.flow))
                at += 1
            index += 1
        return tuple(spans)

    def of(self, *roles: Role) -> tuple[Block, ...]:
        """The blocks with one of `roles`, in order."""
        return tuple(block for block in self.blocks if block.role in roles)
