"""Values that a sentence lists by name, read as a table: "Toán 6,84 (tỉnh 6,47); Ngữ văn 6,92 (tỉnh 6,51); …".

What the sentences behind say of them is held against them: places, and how many are above what stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, quote
from extract.checks.tables.grids import Grid
from extract.components.context import UPPER, Sentence
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Table

_N: Final = r"\d{1,4}(?:,\d{1,3})"
_ITEM: Final = re.compile(
    rf"(?:và\s)?(?P<name>[{UPPER}][^\d();:,.]{{1,50}}?)\s(?:(?:đạt|là|được)\s)?(?P<value>{_N})\s?(?:điểm|%)?"
    rf"(?:\s?\((?P<of>[^\d(),;]{{2,24}}?)\s(?P<other>{_N})\s?(?:điểm|%)?\))?(?:[;,]\s|\svà\s|(?=\.(?:\s|$))|$)"
)
_OPENS: Final = re.compile(r":\s")
_FEWEST: Final = 4  # values
_MOST: Final = 40
_BEHIND: Final = 2  # paragraphs behind a list that can speak of it
_OFF_BY: Final = 2  # what a count can be wrong by
_BEYOND: Final = re.compile(
    r"(?<![\w.,/-])(?P<count>\d{1,2})(?:/\d{1,2})?\s[^\W\d_][^,;.:\d]{0,50}?\b"
    r"(?P<way>cao hơn|thấp hơn|trên|dưới|vượt)\s"
    r"(?:(?:mức|mặt bằng|điểm|bình quân|trung bình|chung|của|toàn)\s){0,4}(?P<of>[^,;.:()\d]{2,24})(?!\d)",
    re.IGNORECASE,
)
_SIZE: Final = re.compile(r"(?:\b(?:trong|trên)\s(?:tổng số\s|số\s)?|(?<![\w.,/-])\d{1,2}/)(\d{1,2})\s", re.IGNORECASE)
_BELOW: Final = frozenset({"thấp hơn", "dưới"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A list read as a table, the words that stand in its brackets, and what can speak of it."""

    grid: Grid
    of: str
    behind: tuple[Sentence, ...]


def lists_of_values(reading: Reading) -> Iterator[Listed]:
    """The lists of values by name in running text, with the sentences behind."""
    blocks = list(reading.flow.of(*RUNNING))
    for at, block in enumerate(blocks):
        if ":" not in block.text or "," not in block.text:
            continue
        for opens in _OPENS.finditer(block.text, block.body):
            items = _items(block, opens.end())
            labels = {(item["of"] or "").lower() for item in items}
            if len(items) < _FEWEST or len(labels) > 1:
                continue
            rows = tuple((item["name"], item["value"], item["other"]) for item in items)
            if len({row[0] for row in rows}) < len(rows):
                continue
            end = block.start + items[-1].end()
            near = [one for each in blocks[at : at + 1 + _BEHIND] for one in sentences(each)]
            behind = tuple(one for one in near if one.start >= end - 1)
            (label,) = labels
            columns = ("Tên", "Điểm", label)
            yield Listed(
                Grid(Table(None, columns if label else columns[:2], _cut(rows, label)), reading), label, behind
            )


def _cut(rows: Sequence[tuple[str, str, str | None]], label: str) -> tuple[tuple[str | None, ...], ...]:
    return tuple(row if label else row[:2] for row in rows)


def _items(block: Block, start: int) -> list[re.Match[str]]:
    """The items of a list from its colon on, each a name with its value."""
    found: list[re.Match[str]] = []
    item = _ITEM.match(block.text, start)
    while item is not None and len(found) < _MOST:
        found.append(item)
        item = _ITEM.match(block.text, item.end())
    return found


def check_listed_rows(reading: Reading) -> Iterator[Finding]:
    """Counts of listed values that are above or below what stands in brackets behind each."""
    for listed in lists_of_values(reading):
        if not listed.of:
            continue
        rows = [(listed.grid.value(row, 1), listed.grid.value(row, 2)) for row in range(len(listed.grid.table.rows))]
        for sentence in listed.behind:
            sizes = {int(match[1]) for match in _SIZE.finditer(sentence.text)}
            if sizes != {len(rows)}:
                continue
            for match in _BEYOND.finditer(sentence.text):
                if not holds(match["of"], listed.of.split()[-1]):
                    continue
                gaps = [one - other for one, other in rows if one is not None and other is not None]
                sign = -1 if match["way"].lower() in _BELOW else 1
                yield from _counted(match, sum(sign * gap > 0 for gap in gaps), len(rows), sentence, reading)


def _counted(match: re.Match[str], count: int, size: int, sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    stated = int(match["count"])
    if abs(stated - count) > _OFF_BY or count in (0, size):
        return
    start = sentence.start + match.start("count")
    proof = reading.proof(start, start + len(match["count"]), "checks.listed_rows")
    right = stated == count
    gap = "" if right else f", lời văn ghi {stated}: chênh {abs(stated - count)}"
    yield finding(
        CheckKind.COUNT_OF_LIST,
        quote(sentence.text, match.start(), match.end()),
        CheckVerdict.AGREES if right else if_wrong(proof, reading),
        inputs=(("rows", str(count)),),
        reported=str(stated),
        computed=str(count),
        note=f"danh sách nêu trên có {count}/{size} {match['way']} {match['of'].strip()}{gap}",
        evidence=proof,
    )
