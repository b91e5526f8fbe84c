"""A letter on its pages: the two-column head, the body, the closing block, as Decree 30/2020 lays them out."""

from corpus.typesetter.body import Block, Look
from corpus.typesetter.content import Head, LetterContent
from corpus.typesetter.grid import set_table
from corpus.typesetter.sheet import (
    BODY,
    INDENT,
    LEADING,
    LEFT,
    MM,
    ROOM,
    TOP,
    Picture,
    Rule,
    SetPage,
    Sheet,
)
from corpus.typesetter.wrap import SetLine, set_lines

_LEFT_ROOM = ROOM * 0.40
_RIGHT_LEFT = LEFT + ROOM * 0.41
_RIGHT_ROOM = ROOM * 0.59
_SMALL = 12.0


# A gap that neither breaks nor shrinks, for what is written in by hand.
_GAP = "\u00a0"


def printed_date(head: Head) -> str:
    """The letter's place and date as printed, with a gap where the day is written by hand.

    Args:
        head: Head of a letter.
    """
    month = f"{head.date.month:02d}" if head.date.month < 3 else str(head.date.month)
    shown = _GAP * 7 if head.handwritten else f"{head.date.day:02d}"
    return f"{head.place}, ngày {shown} tháng {month} năm {head.date.year}"


def printed_number(head: Head) -> str:
    """The "Số:" line as printed, with a gap where the number is written by hand.

    Args:
        head: Head of a letter.
    """
    if head.party:
        return f"Số {head.number}-{head.symbol}"
    shown = _GAP * 9 if head.handwritten else head.number
    return f"Số: {shown}/{head.symbol}"


class _Column:
    """Lines set under one another in one column of the head or foot."""

    def __init__(self, left: float, room: float, y: float) -> None:
        self.left, self.room, self.y = left, room, y
        self.lines: list[SetLine] = []

    def add(self, text: str, size: float, bold: bool = False, italic: bool = False, align: str = "centre") -> None:
        for line in set_lines(text, self.left, self.room, size, align=align, bold=bold, italic=italic):
            self.y -= size * LEADING
            self.lines.append(line.at(self.y))

    def rule(self, page: SetPage, share: float) -> None:
        middle = self.left + self.room / 2
        half = self.room * share / 2
        page.rules.append(Rule(middle - half, self.y - 4, middle + half, self.y - 4))
        self.y -= 5


def _handwriting(page: SetPage, line: SetLine, text: str) -> None:
    x = next(piece.x for piece in line.pieces if piece.text.startswith(_GAP))
    page.pictures.append(Picture("handwriting", text, x + 1, line.y - 5, 8.4 * len(text), 20.0))


def _head(sheet: Sheet, head: Head) -> None:
    page = sheet.page
    left = _Column(LEFT - 4 * MM, _LEFT_ROOM, TOP)
    right = _Column(_RIGHT_LEFT, _RIGHT_ROOM, TOP)
    for text in head.above:
        left.add(text, _SMALL)
    for text in head.issuers:
        left.add(text, _SMALL, bold=True)
    if head.party:
        left.add("*", _SMALL)
        right.add("ĐẢNG CỘNG SẢN VIỆT NAM", 14, bold=True)
        right.rule(page, 0.68)
    else:
        left.rule(page, 0.3)
        right.add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _SMALL, bold=True)
        right.add("Độc lập - Tự do - Hạnh phúc", 13, bold=True)
        right.rule(page, 0.58)
    left.y = right.y = min(left.y, right.y) - 4
    left.add(printed_number(head), 13)
    number_line = left.lines[-1]
    right.add(printed_date(head), 13, italic=True)
    if head.handwritten:
        _handwriting(page, number_line, head.number)
        _handwriting(page, right.lines[-1], f"{head.date.day:02d}")
    if head.title is None:
        left.y -= 4
        left.add(f"V/v {head.subject}", _SMALL)
    for column in (left, right):
        page.drawn += column.lines
        page.texts += [line.text for line in column.lines]
    sheet.y = min(left.y, right.y) - 4


def _title(sheet: Sheet, head: Head) -> None:
    if head.title is None:
        return
    sheet.add(set_lines(head.title, LEFT, ROOM, BODY, align="centre", bold=True), before=14)
    room = ROOM * 0.82
    lines = set_lines(head.subject, LEFT + (ROOM - room) / 2, room, BODY, align="centre", bold=True)
    sheet.add(lines, before=2)
    middle = LEFT + ROOM / 2
    sheet.page.rules.append(Rule(middle - 40, sheet.y - 3, middle + 40, sheet.y - 3))
    sheet.y -= 8


def _addressees(sheet: Sheet, head: Head) -> None:
    names = head.recipients
    if not names:
        return
    if len(names) == 1:
        sheet.add(set_lines(f"Kính gửi: {names[0]}.", LEFT, ROOM, BODY, align="centre"), before=12)
        return
    sheet.add(set_lines("Kính gửi:", LEFT, ROOM, BODY, indent=30 * MM), before=12)
    for position, name in enumerate(names):
        end = "." if position == len(names) - 1 else ";"
        left = LEFT + 50 * MM
        sheet.add(set_lines(f"- {name}{end}", left, ROOM - 50 * MM, BODY, align="left"), before=0)


def _block(sheet: Sheet, block: Block, letter: LetterContent) -> None:
    match block.look:
        case Look.BREAK:
            sheet.turn()
        case Look.TABLE:
            set_table(sheet, letter.tables[block.text])
        case Look.CENTRED:
            sheet.add(set_lines(block.text, LEFT, ROOM, BODY, align="centre", bold=True), before=6, keep=True)
        case Look.RIGHT:
            sheet.add(set_lines(block.text, LEFT, ROOM, 12, align="right", italic=True), size=12, before=4, keep=True)
        case Look.HEADING:
            sheet.add(set_lines(block.text, LEFT, ROOM, BODY, indent=INDENT, bold=True), keep=True)
        case Look.ITALIC:
            sheet.add(set_lines(block.text, LEFT, ROOM, BODY, indent=INDENT, italic=True))
        case Look.NOTE:
            return
        case _:
            sheet.add(set_lines(block.text, LEFT, ROOM, BODY, indent=INDENT))


def _foot(sheet: Sheet, head: Head) -> None:
    if not sheet.has_room(max(len(head.copies) * 13.0 + 30, 140.0)):
        sheet.turn()
    top = sheet.y - 12
    left = _Column(LEFT, ROOM * 0.46, top)
    right = _Column(LEFT + ROOM * 0.48, ROOM * 0.52, top)
    left.add("**Nơi nhận:**", _SMALL, italic=True, align="left")
    for position, name in enumerate(head.copies):
        left.add(f"- {name}" + ("." if position == len(head.copies) - 1 else ";"), 11, align="left")
    for title in head.sign:
        right.add(title, BODY, bold=True)
    below = right.y
    right.y -= 66
    right.add(head.signer, BODY, bold=True)
    page = sheet.page
    middle = right.left + right.room / 2
    page.pictures.append(Picture("signature", head.signer, middle - 50, right.y + 10, 110, 56))
    seal = 36 * MM
    page.pictures.append(Picture("seal", head.seal, middle - seal + 6, below - seal + 8, seal, seal))
    for column in (left, right):
        page.drawn += column.lines
        page.texts += [line.text for line in column.lines]
    sheet.y = min(left.y, right.y) - 6


def set_letter(letter: LetterContent) -> list[SetPage]:
    """Set a letter.

    Args:
        letter: Its content; blocks after a first `@break` that follows the end sign "./." stand behind the signature.

    Returns:
        Its pages, in order.
    """
    notes = {block.note: block.text for block in letter.blocks if block.note is not None}
    sheet = Sheet(notes)
    _head(sheet, letter.head)
    _title(sheet, letter.head)
    _addressees(sheet, letter.head)
    signed = False
    for block in letter.blocks:
        _block(sheet, block, letter)
        if not signed and block.plain.endswith("./."):
            _foot(sheet, letter.head)
            signed = True
    return sheet.finish()
