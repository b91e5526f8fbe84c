"""Statistics forms read from lines: numbered labels, each with one unit of measure and one figure.

Number, unit and figure stand on the line in the middle of a wrapped label or on its first one. What parts the rows
is the word that a label begins with, once the row above has its figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extract.components.figure_words import is_unit
from extract.components.flat_lines import is_figure
from extract.components.form_numbers import restored
from extract.components.sheets import CellText, Row
from extract.records import Block, Flow
from normalize.syllables import fold, is_syllable

_WORD = re.compile(r"[^\s|]+")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.,_:)]{0,3}")
_UNREAD = re.compile(r"(?=[^\W_]{0,3}[\dLIl])[\dLIlàáo]{1,4}[.,]?")
_SPECK = re.compile(r"[\W_]{1,4}\d{0,2}[\W_]{0,2}|\d{1,2}|[A-Z]")
_LABEL = re.compile(r"\W{0,2}(?:Số|Sơ|Tổng|TỔNG|Tỷ|Tỉ|Mức|Thực hiện|Kết quả|Cung cấp|Hình thức|Công tác|Thời gian)\b")
_HEAD = re.compile(
    r"^\W{0,3}(?:s?tt\b|chỉ tiêu thống kê|kết quả thống kê|ghi chú|đơn vị tính|số liệu\W*$)", re.IGNORECASE
)
_NAMES = re.compile(r"chỉ tiêu|kết quả|ghi chú|đơn vị|số liệu|nội dung|\bstt\b", re.IGNORECASE)
_COLUMNS = (
    re.compile(r"Chỉ tiêu(?: thống kê)?|Nội dung"),
    re.compile(r"Đơn vị(?: tính)?|ĐVT"),
    re.compile(r"Số liệu|Kết quả(?: thống kê)?|Số lượng"),
    re.compile(r"Ghi chú"),
)
_COUNTED = frozenset(
    ("độ", "cấp", "năm", "quý", "tháng", "số", "khoản", "điều", "loại", "đoạn", "hạng", "nhóm", "và", "bước", "phần")
)
_RUNS_ON = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,4}[.)]?\s[a-zđà-öø-ÿ]")  # a number within a label begun above
_RATE = re.compile(r"\W{0,2}T[ỷỉ]\b")
_LEAST = 3  # rows with a unit and a figure
_MOST = 0.6  # share of the lines with a figure that have a unit before it
_UNIT_WORDS = 3
_ALIKE = 74  # per cent that a misread unit has in common with a printed one
_LONGEST_REMARK = 6  # words
_NUMBER_AND_FIGURE = 2  # words of a line between those of a wrapped label
_LABEL_LINES = 12
_LONGEST_SPECK = 3  # characters

Span = tuple[int, int]


@dataclass(slots=True)
class _Line:
    """A line in parts, as flow spans; `number` may be a mark that was not read."""

    number: Span | None = None
    label: Span | None = None
    unit: Span | None = None
    value: Span | None = None
    remark: Span | None = None


@dataclass(slots=True)
class _FormRow:
    """A row in the making."""

    number: Span | None = None
    label: list[Span] = field(default_factory=list)
    unit: Span | None = None
    value: Span | None = None
    remark: list[Span] = field(default_factory=list)


def read_form(flow: Flow, region: Sequence[int]) -> tuple[tuple[str, ...], tuple[Row, ...]] | None:
    """Names of the columns and the rows of table lines (blocks by index); None where they are no such form."""
    behind = flow.blocks[region[-1] + 1 : region[-1] + 2]
    blocks = [*(flow.blocks[index] for index in region), *(block for block in behind if _RUNS_ON.match(block.text))]
    units = _units(block.text for block in blocks)
    if not units:
        return None
    heads, lines = _parted([(block, _cut(block, units)) for block in blocks], flow.text)
    rows = [row for row in _rows(flow.text, lines) if row.label and (row.value or row.unit or row.number)]
    if sum(row.unit is not None and row.value is not None for row in rows) < _LEAST:
        return None
    numbers = restored([flow.text[slice(*row.number)] if row.number else None for row in rows])
    remarked = any(row.remark for row in rows)
    table = tuple(_to_row(flow, row, number, units, remarked) for row, number in zip(rows, numbers, strict=True))
    return _columns(" ".join(block.text for block in heads), remarked), table


def _units(texts: Iterable[str]) -> dict[str, str]:
    """The units of the column, folded and as they are written; none where no column of units stands before figures."""
    found: Counter[str] = Counter()
    figures = 0
    for text in texts:
        words = [match[0] for match in _WORD.finditer(text)]
        if len(words) < 2 or not is_figure(words[-1]):
            continue
        figures += words[-2].lower() not in _COUNTED
        if len(words) > 2 and is_figure(words[-2]):
            continue
        rate = words[-1].endswith("%")
        for width in range(_UNIT_WORDS, 0, -1):
            name = " ".join(words[-1 - width : -1])
            if len(words) > width and (name == "%" or (name[0].isupper() and is_unit(name) and not rate)):
                found[name] += 1
                break
    if sum(found.values()) < _LEAST or sum(found.values()) < _MOST * figures:
        return {}
    return {fold(name).replace(" ", ""): name for name in found}


def _parted(lines: Sequence[tuple[Block, _Line]], text: str) -> tuple[list[Block], list[_Line]]:
    """The lines that name columns, again at page breaks, and those of rows."""
    heads: list[Block] = []
    body: list[_Line] = []
    naming = True
    for block, line in lines:
        is_head = _HEAD.match(block.text) is not None or len({name.lower() for name in _NAMES.findall(block.text)}) > 1
        opens = line.label is not None and text[line.label[0]].isupper()
        if is_head and line.value is None:
            naming = True
        elif opens and (line.value or line.unit or (line.number and "," not in block.text[-3:]) or _opens(text, line)):
            naming = False
        if naming:
            heads += [block] if not body else []
        else:
            body.append(line)
    return heads, body


def _opens(text: str, line: _Line) -> bool:
    return line.label is not None and _LABEL.match(text, line.label[0]) is not None


def _cut(block: Block, units: dict[str, str]) -> _Line:
    """A line cut into what was read of a number, label, unit, figure and remark."""
    text, origin = block.text, block.start
    words = [match.span() for match in _WORD.finditer(text)]
    line = _Line()
    if len(words) > 1 and _is_mark(text, words):
        line.number = _moved(words[0], origin)
        words = words[1:]
    bare = 0
    while bare + 1 < len(words) and _is_speck(text, words[bare], words[bare + 1]):
        bare += 1
    words = words[bare:]
    begin, end = _value(text, words, units)
    if begin is not None:
        unit = _unit_before(text, words[:begin], units)
        line.value = _moved(words[begin], origin)
        if unit is not None:
            line.unit = _moved((words[unit][0], words[begin - 1][1]), origin)
        if end < len(words):
            line.remark = _moved((words[end][0], words[-1][1]), origin)
        words = words[: begin if unit is None else unit]
    else:
        kept = words[:-1] if len(words) > 2 and _is_torn(text[slice(*words[-1])]) else words
        unit = _unit_before(text, kept, units, alone=True)
        if unit is not None and (unit or line.number):
            line.unit = _moved((kept[unit][0], kept[-1][1]), origin)
            words = words[:unit]
    if any(is_syllable(text[low:high].strip("(),.;:").lower()) and high - low > 1 for low, high in words):
        line.label = _moved((words[0][0], words[-1][1]), origin)
    return line


def _is_torn(word: str) -> bool:
    """Whether a word is what was read of a figure: short, and nothing that Vietnamese writes."""
    return len(word) <= _LONGEST_SPECK and word != "%" and not is_syllable(word.lower().strip(")"))


def _is_mark(text: str, words: Sequence[Span]) -> bool:
    """Whether a line begins with the number of its row, or what was read of one; three figures do not."""
    first = text[slice(*words[0])]
    if _NUMBER.fullmatch(first):
        return len(words) == _NUMBER_AND_FIGURE or not all(is_figure(text[low:high]) for low, high in words)
    alone = len(first) == 1 and not first.isalnum() and "|" in text[: words[1][0]]
    return alone or _UNREAD.fullmatch(first) is not None


def _is_speck(text: str, word: Span, after: Span) -> bool:
    """Whether a line begins with dirt: a mark, or digits or a letter before words in small letters."""
    printed = text[slice(*word)]
    if len(printed) > _LONGEST_SPECK or not _SPECK.fullmatch(printed) or printed[0] in "(-+" or printed == "%":
        return False
    return not printed.isalnum() or (text[after[0]].islower() and text[slice(*after)] not in _COUNTED)


def _value(text: str, words: Sequence[Span], units: dict[str, str]) -> tuple[int | None, int]:
    """Where the figure stands among words, and where it ends: behind a unit, or at the end of the line."""
    for at in range(max(len(words) - 1 - _LONGEST_REMARK, 1), len(words)):
        printed = text[slice(*words[at])]
        if not is_figure(printed) or printed in "-–—":
            continue
        if _unit_before(text, words[:at], units, exact=True) is not None:
            return at, at + 1
    last = len(words) - 1
    if last < 0 or not is_figure(text[slice(*words[last])]) or text[slice(*words[last])] in "-–—":
        return None, 0
    if last and (text[slice(*words[last - 1])].lower().strip("(,") in _COUNTED or "=" in text[: words[last][0]][-4:]):
        return None, 0
    return (None, 0) if last and is_figure(text[slice(*words[last - 1])]) else (last, last + 1)


def _unit_before(
    text: str, words: Sequence[Span], units: dict[str, str], *, exact: bool = False, alone: bool = False
) -> int | None:
    """Which word the unit that closes some words begins with; None where none does."""
    for width in range(min(_UNIT_WORDS, len(words)), 0, -1):
        name = text[words[-width][0] : words[-1][1]]
        written = _written(" ".join(name.replace("|", " ").split()), units)
        if written and (not (exact or alone) or written == name or name == "%"):
            return len(words) - width
    return None


def _written(name: str, units: dict[str, str]) -> str | None:
    """The unit of the column that a name is, maybe misread; None for other words."""
    if not (name == "%" or name[:1].isupper()):
        return None
    bare = fold(name).replace(" ", "")
    if bare in units:
        return units[bare]
    alike = [written for key, written in units.items() if len(bare) > 2 and fuzz.ratio(bare, key) >= _ALIKE]
    return alike[0] if len(alike) == 1 and not is_syllable(name.lower()) and len(name.split()) < 3 else None


def _rows(text: str, lines: Sequence[_Line]) -> list[_FormRow]:
    rows: list[_FormRow] = []
    for at, line in enumerate(lines):
        if not rows or _begins(text, rows[-1], line, lines[at + 1 : at + 2]):
            rows.append(_FormRow())
        row = rows[-1]
        _join(text, row, line)
    return rows


def _begins(text: str, row: _FormRow, line: _Line, after: Sequence[_Line]) -> bool:
    """Whether a line begins a row: a label's capital, once the row above has a label of its own."""
    if line.label is None or not row.label:
        return False
    if not text[line.label[0]].isupper() or _opens(text, line):
        return text[line.label[0]].isupper()
    if _is_number(text, line):
        return row.number is None or row.value is not None or row.unit is not None
    below = after[0] if after else _Line()
    if below.number and _is_number(text, below) and not (below.label and text[below.label[0]].isupper()):
        return row.value is not None or row.number is not None
    return line.value is not None and row.value is not None


def _is_number(text: str, line: _Line) -> bool:
    return line.number is not None and _NUMBER.fullmatch(text[slice(*line.number)]) is not None


def _join(text: str, row: _FormRow, line: _Line) -> None:
    if row.number is None and line.value and not (line.label or line.unit or line.number):
        line.number, line.value = line.value, None
    if line.number is not None and (row.number is None or not _NUMBER.fullmatch(text[slice(*row.number)])):
        row.number = line.number
    if line.label is not None:
        closed = text.find(")", *line.label) + 1 if row.remark and _is_open(text, row.label) else 0
        if closed and text[closed : line.label[1]].strip():
            row.remark.append((closed, line.label[1]))
            row.label.append((line.label[0], closed))
        else:
            row.label.append(line.label)
    if line.value is not None:
        rate = bool(row.label) and _RATE.match(text, row.label[0][0]) is not None
        if row.value is None or (rate and text[line.value[1] - 1] == "%"):
            row.value = line.value
    row.unit = row.unit or line.unit
    row.remark += [line.remark] if line.remark is not None else []


def _is_open(text: str, label: Sequence[Span]) -> bool:
    joined = " ".join(text[low:high] for low, high in label[:_LABEL_LINES])
    return joined.count("(") > joined.count(")")


def _to_row(flow: Flow, row: _FormRow, number: str | None, units: dict[str, str], remarked: bool) -> Row:
    unit = _cell(flow, [row.unit] if row.unit else [])
    if unit is not None:
        unit = CellText(_written(unit.text, units) or unit.text, unit.spans)
    numbered = CellText(number, flow.to_text(*row.number) if row.number else ()) if number else None
    cells = [numbered, _cell(flow, row.label), unit, _cell(flow, [row.value] if row.value else [])]
    return tuple([*cells, _cell(flow, row.remark)] if remarked else cells)


def _cell(flow: Flow, spans: Sequence[Span]) -> CellText | None:
    if not spans:
        return None
    text = " ".join(" ".join(flow.text[low:high].replace("|", " ").split()) for low, high in spans)
    return CellText(text, tuple(span for low, high in spans for span in flow.to_text(low, high)))


def _columns(heads: str, remarked: bool) -> tuple[str, ...]:
    names = [found[0] if (found := pattern.search(heads)) else "" for pattern in _COLUMNS]
    return ("STT" if heads else "", *names[: 4 if remarked else 3])


def _moved(span: Span, origin: int) -> Span:
    return span[0] + origin, span[1] + origin
