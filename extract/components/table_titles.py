"""What a table is called: the heading lines above it, or the sentence that announces it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.sheets import VALUE
from extract.records import Block, Role

_NOUNS = (
    r"(?:bảng|biểu|danh sách|danh mục|điểm|kết quả|thống kê|tổng hợp|chi tiết|số liệu|phân loại|phân công|cơ cấu|số)"
)
_SUBJECT = re.compile(
    rf"(?:^|\b(?:công bố|thông báo|báo cáo|tổng hợp|nêu|có|với|đạt)\s)({_NOUNS}\s(?!\d|hiệu\b|:).*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_TITLE = re.compile(r"^\W*(?:\(|đơn vị tính|đvt|ban hành kèm|kèm theo|cộng hòa|độc lập|ngày|số:)", re.IGNORECASE)
_ATTACHED = re.compile(
    r"\s*(?:tại|như|theo)?\s*(?:Phụ lục|Biểu|Bảng)\s[^.;:]{0,40}(?:kèm theo)?[\s.:]*$"
    r"|(?:,?\s?(?:được\s)?(?:thể hiện|trình bày|tổng hợp|nêu)?\s?(?:chi tiết|cụ thể|lần lượt)?"
    r"\s?(?:ở|tại|trong|theo|như)?\s?"
    r"(?:bảng|biểu|phụ lục)?\s?(?:như sau|sau đây|dưới đây|sau|là|gồm|cụ thể|chi tiết)?\s?[:.]?\s?)$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r":\s*$|(?:như sau|sau đây|dưới đây|chi tiết|cụ thể|kèm theo)\W*$|(?:Phụ lục|Biểu|Bảng)\s[^.;:]{0,40}$"
)
_SENTENCE = re.compile(r"(?:[.;](?=\s+[^\W\d_a-zđ])|\n)\s*")
_FRAME = re.compile(
    r"^(?:phụ lục|biểu mẫu|biểu|mẫu)\s*(?:số\s*)?[\dIVXLH]{1,4}[a-z]?[.:\s]+"
    r"|\s*\((?:ban hành\s)?kèm theo.*$",
    re.IGNORECASE,
)
_MOST_LINES = 4
_LONGEST = 180  # characters of a title
_LONGEST_BLOCK = 2000


def title_before(blocks: Sequence[Block], index: int) -> str | None:
    """The title of a table that begins at block `index`; None where nothing above it says what it is."""
    lines: list[str] = []
    at = index - 1
    while at >= 0 and index - at <= _MOST_LINES + 4 and len(lines) < _MOST_LINES:
        block = blocks[at]
        text = block.text.strip()
        at -= 1
        if block.role in (Role.SIGNATURE, Role.COPIES):
            break
        if block.role is Role.PAGE_NUMBER or _NOT_TITLE.match(text):
            continue
        headed = block.role in (Role.HEADING, Role.TITLE) or text.isupper()
        if headed or (block.role is Role.TABLE and not VALUE.search(text[-6:])):
            lines.insert(0, block.text[block.body :].strip() if headed else text)
        elif not lines and block.role in (Role.ITEM, Role.PARAGRAPH):
            return _announced(block.text[block.body :].strip())
        else:
            break
    joined = _FRAME.sub("", " ".join(" ".join(lines).split())).strip()
    return joined or None


def _announced(text: str) -> str | None:
    """What the last sentence of a paragraph says that the table holds; None where it says nothing of the kind."""
    if len(text) > _LONGEST_BLOCK or not _ANNOUNCES.search(text[-60:]):
        return None
    sentence = " ".join(_SENTENCE.split(text)[-1].split())
    bare = _ATTACHED.sub("", sentence[-4 * _LONGEST :]).strip(" ,:")
    match = _SUBJECT.search(bare)
    title = match[1] if match else None
    if title is None or len(title) > _LONGEST:
        return None
    return title[0].upper() + title[1:]
