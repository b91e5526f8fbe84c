"""Where in a letter a task stands: the number of its part, lists it is in, and what is only quoted or cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.context import RUNNING
from extract.components.task_drafts import ancestors
from extract.components.task_sentences import is_imperative
from extract.records import Block, Citation, Role

_ROMAN = re.compile(r"[IVX]{1,5}")
_LETTERED = re.compile(r"[A-H]")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_AMENDED = re.compile(
    r"\b(?:sửa đổi|bổ sung|thay thế|thay cụm từ|đính chính)\b[^“\"]{0,300}\b(?:như sau|thành)\s?:?\s*(?=[“\"]|$)",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 80  # blocks


def section_of(blocks: Sequence[Block], index: int) -> str | None:
    """The nearest number above a block, its own first, behind those of its parts ("3.1", "C.II.4", "Điều 2")."""
    number = roman = None
    for at in (index, *ancestors(blocks, index)):
        marker = (blocks[at].marker or "").strip("(.)")
        if marker.lower().startswith("điều"):
            return _joined(marker, roman, number)
        if number is None and roman is None and _NUMBERED.fullmatch(marker):
            number = marker
        elif roman is None and _ROMAN.fullmatch(marker):
            roman = marker
        elif _LETTERED.fullmatch(marker) and blocks[at].role is Role.HEADING:
            return _joined(marker, roman, number)
    return _joined(roman, number) or None


def _joined(*parts: str | None) -> str:
    return ".".join(part for part in parts if part)


def has_sister_below(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next block is an item of the same list: a colon before it is a semicolon misread."""
    block = blocks[index]
    below = next((other for other in blocks[index + 1 :] if other.role in RUNNING), None)
    return (
        block.role is Role.ITEM
        and below is not None
        and below.role is Role.ITEM
        and below.parent == block.parent
        and (below.marker or "")[:1].isalnum() == (block.marker or "")[:1].isalnum()
    )


def goes_on(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether an item is no heading but a sentence that a page break cut in two."""
    below = next((block for block in blocks[index + 1 :] if block.role in RUNNING), None)
    plain = below is not None and below.parent == index and below.role is Role.PARAGRAPH
    return plain and ";" in text and is_imperative(text)


def quoted_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Blocks that amend a text, up to the end of what they quote: its words order nothing here.

    "Sửa đổi khoản 4 Điều 2 như sau: “4. …”". Where the quotation never ends, only the block that opens it is one.
    """
    quoted: set[int] = set()
    for index, block in enumerate(blocks):
        if index in quoted or block.role not in RUNNING:
            continue
        amended = _AMENDED.search(block.text)
        if amended is None:
            continue
        quoted.add(index)
        rest = block.text[amended.end() :]
        if not rest and index + 1 < len(blocks) and not blocks[index + 1].text.lstrip().startswith(("“", '"')):
            continue
        open_marks = 0
        for at in range(index, min(index + _LONGEST_QUOTE, len(blocks))):
            words = rest if at == index else blocks[at].text
            open_marks += words.count("“") - words.count("”")
            straight = words.rstrip(" .;").endswith('"')
            if (open_marks <= 0 and "”" in words) or straight:
                quoted.update(range(index, at + 1))
                break
    return frozenset(quoted)


def code_of(citation: Citation) -> str | None:
    """Number and symbol as printed: 766/QĐ-TTg, and 03-NQ/TU with the party's hyphen."""
    if citation.number is None or citation.symbol is None:
        return None
    return f"{citation.number}{'-' if '/' in citation.symbol else '/'}{citation.symbol}"
