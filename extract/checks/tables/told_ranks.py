"""Places that text tells of a table's rows: "huyện A đứng thứ tư", "Chi bộ B đạt 84 điểm, xếp thứ hai".

Where a table has a column of ranks, that tells the place of a row that the sentence tells a figure of, or "thứ 3/8" of
eight rows. Else one column, best or least first, must hold of two other places of the sentence, or show the figure that
it tells of the row beside one other place or beside "thứ 3/8"; all other places of the sentence hold in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.breaks import YEAR
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, quote
from extract.checks.tables.bodies import bodies_of, is_of_other_time
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.listed_rows import lists_of_values
from extract.checks.tables.named import Name, keys_in, name_of, place_of, tokens_of
from extract.components.context import Sentence
from extract.components.numbers import find_numbers
from extract.records import CheckKind, Finding, Reading, Records

_WORDS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINAL: Final = rf"(?:{'|'.join(_WORDS)}|nhì|bốn|\d{{1,2}})"
_PLACE: Final = re.compile(
    r"\b(?:(?:đứng|xếp|vị trí|hạng)(?: (?:ở|hạng|vị trí)){0,2} thứ|(?:đứng|xếp) (?:vị trí|hạng))"
    rf"\s(?P<place>{_ORDINAL})\b(?:/(?P<of>\d{{1,3}}))?(?!/?\d)"
    rf"|(?:^|[,;:]\s|\bvà\s)thứ\s(?P<next>{_ORDINAL})(?P<names>\s(?:là|thuộc về)\s)"
    r"|\b(?P<first>dẫn đầu|đứng đầu)\b|\b(?P<last>đứng cuối|xếp cuối|cuối bảng)\b",
    re.IGNORECASE,
)
_SIGNS: Final = ("thứ", "xếp", "đứng", "dẫn đầu", "cuối bảng")  # every place has one of these
# Places among some of the rows, or in other rankings.
_OF_OTHERS: Final = re.compile(
    r"\b(?:trong|của) (?:cụm|khối|nhóm|số|các|những|toàn|cả|huyện|tỉnh|ngành)\b|\bkhối\b|\btừ dưới\b|\blần lượt\b"
    r"|(?:nhất|nhì|hai|ba|tư|năm|\d)\s(?:toàn|về|huyện|tỉnh|cụm|ngành)\s"
    r"|\b(?:hơn|kém|cách)\s[^,;.]{0,30}(?:đơn vị|xếp|vị trí|hạng)\b"
    r"|\b(?:toàn quốc|cả nước|vùng|thứ (?:hai|ba|tư|năm|sáu|bảy),? ngày"
    r"|đồng hạng|cùng (?:đứng|xếp|hạng))\b",
    re.IGNORECASE,
)
# Places before, and moves.
_BEFORE: Final = re.compile(
    r"\b(?:năm (?:trước|ngoái)|cùng kỳ|(?:tăng|giảm)(?!\s[^,;.()]{0,30},)|từ vị trí|từ thứ|so với)\b|\btừ\s?$",
    re.IGNORECASE,
)
_RANKS: Final = re.compile(r"^(?:xep |thu |vi tri )?(?:hang|thu|thu hang|thu bac|vi tri|xep thu|xep hang)(?: nam)?\b")
_LEADS: Final = re.compile(r"\s(?:là|thuộc về)\s")
_CLAUSE: Final = re.compile(r"[;:]|\s(?:và|còn|tiếp đến)\s(?=[^\W\d_])")
_FEWEST: Final = 4  # rows
_BESIDE: Final = 6  # characters from a name to the words of the first place or the last
_SURE: Final = 2  # other places that hold
_LETTERS: Final = 3  # of a name that is one word
_SHORT: Final = 2  # characters of a figure that other things can have too


@dataclass(frozen=True, slots=True)
class _Told:
    """A place that a sentence tells of a row: -1 is the last."""

    row: int
    place: int
    printed: str
    of: int | None
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
    for listed in lists_of_values(reading):
        for sentence in listed.behind:
            if holds(sentence.text, *_SIGNS) and not _OF_OTHERS.search(sentence.text):
                yield from _of_sentence(sentence, listed.grid, reading)


def _bodies(grid: Grid) -> list[int]:
    return [row for row in bodies_of(grid) if _name(grid, row) is not None]


def _name(grid: Grid, row: int) -> Name | None:
    """The name of a row; in a list of running text one word with a capital is one: "Toán"."""
    label = grid.label(row)
    alone = not grid.table.cell_evidence and len(label) >= _LETTERS and label.isalpha() and label[0].isupper()
    return Name((keys_in(label).pop(),), "", proper=True) if alone else name_of(label)


def _of_sentence(sentence: Sentence, grid: Grid, reading: Reading) -> Iterator[Finding]:
    rows, wrong = _bodies(grid), []
    told = [one for one in _places(sentence, grid) if one.of in (None, len(rows)) and one.place <= len(rows)]
    if not any(one.printed for one in told):
        return
    if (ranks := _ranks(grid, rows, sentence.text)) is not None:
        for one in told:
            if one.printed and one.place != ranks[one.row] and _tells(one, grid, sentence):
                yield _made(one, ranks[one.row], sentence, reading)
        return
    for column in grid.columns:
        values = {row: value for row in rows if (value := grid.value(row, column)) is not None}
        if len(values) < len(rows) or len(set(values.values())) < _FEWEST:
            continue
        for sign in (1, -1):
            places = {row: _rank(row, values, sign) for row in dict.fromkeys(one.row for one in told)}
            off = [one for one in told if not _holds(one, places[one.row], len(rows))]
            if not off and (len(told) >= _SURE or told[0].of is not None):
                return
            if len(off) == 1 and off[0].printed and _is_sure(off[0], told, values, sentence):
                wrong.append((off[0], places[off[0].row][0]))
    if len(set(wrong)) == 1:
        yield _made(*wrong[0], sentence, reading)


def _ranks(grid: Grid, rows: Sequence[int], text: str) -> dict[int, int] | None:
    """The ranks that a table gives its rows, each once; of the year that a text names, else of the last one."""
    found: dict[str, dict[int, int]] = {}
    for column, head in enumerate(grid.heads):
        if not _RANKS.match(head):
            continue
        told = {row: int(cell) for row in rows if (cell := (grid.cell(row, column) or "").strip()).isdigit()}
        if sorted(told.values()) == list(range(1, len(rows) + 1)):
            year = max(YEAR.findall(head), default="")
            if year in found:
                return None
            found[year] = told
    return found[max(found)] if found else None


def _tells(one: _Told, grid: Grid, sentence: Sentence) -> bool:
    """Whether a place is sure to be of a row: it tells how many there are, or a figure of the row stands before it."""
    if one.of is not None:
        return True
    told = {number.text for number in find_numbers(sentence.text[one.since : one.start])}
    cells = {(grid.cell(one.row, column) or "").strip(" %") for column in grid.columns}
    return any(len(cell) > _SHORT for cell in told & cells)


def _is_sure(off: _Told, told: Sequence[_Told], values: dict[int, Decimal], sentence: Sentence) -> bool:
    others = len({one.row for one in told if one.row != off.row})
    clause = sentence.text[off.since : off.start]
    shown = any(number.value == values[off.row] for number in find_numbers(clause))
    return others >= _SURE or ((others > 0 or off.of is not None) and shown)


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
        leads = _LEADS.match(text, match.end())
        if match["names"] or leads is not None:
            ends = leads.end() if leads is not None else match.end()
            row = next((row for row, start, _ in named if 0 <= start - ends <= 1), None)
        else:
            nearest = match.start() - (_BESIDE if place in (1, -1) and not word else len(text))
            before = [(row, end) for row, start, end in named if begins <= start and end <= match.start()]
            row = next((row for row, end in reversed(before) if end >= nearest), None)
        clause = text[begins : match.start()]
        opened = clause.rfind("(")
        other = _BEFORE.search(clause) or (opened >= 0 and YEAR.search(clause, opened))
        if row is not None and not other and not is_of_other_time(text[: match.start()], grid):
            of = int(match["of"]) if match["of"] else None
            yield _Told(row, place, word, of, match.start(), match.end(), begins)
        since = match.end()


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _WORDS.index({"nhì": "hai", "bốn": "tư"}.get(word, word)) + 1


def _named(text: str, grid: Grid) -> Iterator[tuple[int, int, int]]:
    """The rows that a text names, and where."""
    tokens = tokens_of(text)
    for row in _bodies(grid):
        name = _name(grid, row)
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
