"""Places that text tells of a table's rows: "huyện A đứng thứ tư", "Chi bộ B đạt 84 điểm, xếp thứ hai".

One column, best or least first, must hold of two other places of the sentence, or show the figure that it tells of the
row beside one other place; all other places of the sentence hold in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, quote
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.named import name_of, place_of, tokens_of
from extract.components.context import Sentence
from extract.components.numbers import find_numbers
from extract.records import CheckKind, Finding, Reading, Records

_WORDS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINAL: Final = rf"(?:{'|'.join(_WORDS)}|nhì|bốn|\d{{1,2}})"
_PLACE: Final = re.compile(
    r"\b(?:(?:đứng|xếp|vị trí|hạng)(?: (?:ở|hạng|vị trí)){0,2} thứ|(?:đứng|xếp) (?:vị trí|hạng))"
    rf"\s(?P<place>{_ORDINAL})\b(?!/\d)"
    rf"|(?:^|[,;:]\s|\bvà\s)thứ\s(?P<next>{_ORDINAL})(?P<names>\s(?:là|thuộc về)\s)"
    r"|\b(?P<first>dẫn đầu|đứng đầu)\b|\b(?P<last>đứng cuối|xếp cuối|cuối bảng)\b",
    re.IGNORECASE,
)
_SIGNS: Final = ("thứ", "xếp", "đứng", "dẫn đầu", "cuối bảng")  # every place has one of these
# Places among some of the rows, in other rankings, or before.
_OF_OTHERS: Final = re.compile(
    r"\btrong (?:cụm|khối|nhóm|số)\b|\b(?:toàn quốc|cả nước|vùng|năm (?:trước|ngoái)|cùng kỳ|tăng|giảm"
    r"|từ vị trí|thứ (?:hai|ba|tư|năm|sáu|bảy),? ngày|đồng hạng|cùng (?:đứng|xếp|hạng))\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:]|\s(?:và|còn|tiếp đến)\s(?=[^\W\d_])")
_FEWEST: Final = 4  # rows
_BESIDE: Final = 6  # characters from a name to the words of the first place or the last
_SURE: Final = 2  # other places that hold


@dataclass(frozen=True, slots=True)
class _Told:
    """A place that a sentence tells of a row: -1 is the last."""

    row: int
    place: int
    printed: str
    start: int
    end: int
    since: int


def check_told_ranks(records: Records, reading: Reading) -> Iterator[Finding]:
    """Places told in running text against the columns of tables."""
    grids = [grid for grid in grids_of(records, reading) if len(_bodies(grid)) >= _FEWEST]
    for block in reading.flow.of(*RUNNING) if grids else ():
        if not holds(block.text, *_SIGNS) or not _PLACE.search(block.text):
            continue
        for sentence in sentences(block):
            if not _OF_OTHERS.search(sentence.text):
                for grid in grids:
                    yield from _of_sentence(sentence, grid, reading)


def _bodies(grid: Grid) -> list[int]:
    rows = [row for row in grid.rows if not grid.is_total(row) and not grid.is_share_row(row)]
    return [row for row in rows if name_of(grid.label(row)) is not None]


def _of_sentence(sentence: Sentence, grid: Grid, reading: Reading) -> Iterator[Finding]:
    told = list(_places(sentence, grid))
    if not any(one.printed for one in told):
        return
    rows, wrong = _bodies(grid), []
    for column in grid.columns:
        values = {row: value for row in rows if (value := grid.value(row, column)) is not None}
        if len(values) < len(rows) or len(set(values.values())) < _FEWEST:
            continue
        for sign in (1, -1):
            ranks = {row: _rank(row, values, sign) for row in dict.fromkeys(one.row for one in told)}
            off = [one for one in told if not _holds(one, ranks[one.row], len(rows))]
            if not off and len(told) >= _SURE:
                return
            if len(off) == 1 and off[0].printed and _is_sure(off[0], told, values, sentence):
                wrong.append((off[0], ranks[off[0].row][0]))
    if len(set(wrong)) == 1:
        yield _made(*wrong[0], sentence, reading)


def _is_sure(off: _Told, told: Sequence[_Told], values: dict[int, Decimal], sentence: Sentence) -> bool:
    others = len({one.row for one in told if one.row != off.row})
    clause = sentence.text[off.since : off.start]
    shown = any(number.value == values[off.row] for number in find_numbers(clause))
    return others >= _SURE or (others > 0 and shown)


def _rank(row: int, values: dict[int, Decimal], sign: int) -> tuple[int, int]:
    """The first and the last place that a row can have."""
    own = sign * values[row]
    above = sum(sign * value > own for value in values.values())
    return above + 1, above + sum(sign * value == own for value in values.values())


def _holds(one: _Told, rank: tuple[int, int], rows: int) -> bool:
    place = rows if one.place < 0 else one.place
    return rank[0] <= place <= rank[1]


def _places(sentence: Sentence, grid: Grid) -> Iterator[_Told]:
    """The places of a sentence with the rows they are of: named right behind, or last before in its clause."""
    text = sentence.text
    named = sorted(_named(text, grid), key=lambda one: one[1])
    since = 0
    for match in _PLACE.finditer(text):
        word = (match["place"] or match["next"] or "").lower()
        place = 1 if match["first"] else -1 if match["last"] else _number(word)
        begins = max((clause.end() for clause in _CLAUSE.finditer(text, since, match.start())), default=since)
        if match["names"]:
            row = next((row for row, start, _ in named if 0 <= start - match.end() <= 1), None)
        else:
            nearest = match.start() - (_BESIDE if place in (1, -1) and not word else len(text))
            before = [(row, end) for row, start, end in named if begins <= start and end <= match.start()]
            row = next((row for row, end in reversed(before) if end >= nearest), None)
        if row is not None:
            yield _Told(row, place, word, match.start(), match.end(), begins)
        since = match.end()


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _WORDS.index({"nhì": "hai", "bốn": "tư"}.get(word, word)) + 1


def _named(text: str, grid: Grid) -> Iterator[tuple[int, int, int]]:
    """The rows that a text names, and where."""
    tokens = tokens_of(text)
    for row in _bodies(grid):
        name = name_of(grid.label(row))
        for at in range(len(tokens)) if name is not None else ():
            if name is not None and tokens[at].key == name.words[0] and (place := place_of(name, tokens, at)):
                yield row, *place


def _made(one: _Told, right: int, sentence: Sentence, reading: Reading) -> Finding:
    proof = reading.proof(sentence.start + one.start, sentence.start + one.end, "checks.rank")
    return finding(
        CheckKind.CONSISTENCY,
        quote(sentence.text, one.start, one.end),
        if_wrong(proof, reading),
        inputs=(("rank", str(one.place)),),
        reported=str(one.place),
        computed=str(right),
        note=f"đứng thứ {right} trong bảng, báo cáo ghi thứ {one.printed}",
        evidence=proof,
    )
