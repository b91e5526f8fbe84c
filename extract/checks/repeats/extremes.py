"""The best or last of a ranking named twice with its total: "cao nhất là Sở A với 95,2 điểm … Sở A dẫn đầu với 92,5".

Compared are totals (50 points and more) of one named body, where neither sentence is about another year or index and
the letter does not list bests of several indices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, merged
from extract.components.context import Sentence
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Proof, Reading
from gazetteer.keys import folded

_BEST: Final = r"cao nhất|dẫn đầu|đứng đầu|đứng thứ nhất|xếp thứ nhất|xếp hạng nhất|vị trí thứ nhất"
_LAST: Final = r"thấp nhất|đứng cuối|xếp cuối|xếp cuối cùng|vị trí cuối"
_EXTREME: Final = re.compile(rf"\b(?:({_BEST})|({_LAST}))\b", re.IGNORECASE)
# What each of these holds, found much faster.
_SIGNS: Final = ("cao nhất", "dẫn đầu", "đứng đầu", "thứ nhất", "hạng nhất", "thấp nhất", "cuối")
_POINTS: Final = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{1,4})?)(?:\s?/\s?(\d{1,3}))?\s+điểm\b", re.IGNORECASE)
# "cao nhất là Sở Tài chính với": the name
_NAMED: Final = re.compile(
    r"^ ?(?:thuộc về|là|:|gồm)? ?:? ?([^\W\d_][^\d;:.()]{2,60}?) ?(?:,|\(|với|đạt|được)? ?(?:đạt|với|là)? ?$",
    re.I,
)
_COMPARED: Final = re.compile(r"so với|cùng kỳ|kỳ trước|năm trước|quý trước|tháng trước|trước đó|nếu|mục tiêu", re.I)
_OTHER_TOPIC: Final = re.compile(r"thành phần|tiêu chí|lĩnh vực|nội dung|nhóm|khối|tự chấm|tự đánh giá", re.I)
_TIME: Final = re.compile(r"\b(?:năm|quý|tháng)\s+(?:\d{1,4}|[IVX]+)(?:/\d{4})?|\b\d{1,2} tháng", re.IGNORECASE)
_LEAST: Final = Decimal(50)  # points; less is that of a component
_MOST: Final = 3  # bests of one letter
_FARTHEST: Final = 90  # characters between the words and the points


@dataclass(frozen=True, slots=True)
class _Extreme:
    """The points of the best (or last).

    `name` where the words give it, `clause` all words up to the points, folded, `text` as printed.
    """

    best: bool
    name: str | None
    clause: str
    text: str
    times: frozenset[str]
    value: Decimal
    of: str | None
    proof: Proof
    start: int


def check_extremes(reading: Reading) -> Iterator[Finding]:
    """Totals of the best and the last that a letter gives twice."""
    text = reading.flow.text.lower()
    if sum(map(text.count, _SIGNS)) < 2 or len(_EXTREME.findall(reading.flow.text)) < 2:
        return
    told = [one for block in reading.flow.of(*RUNNING) for each in sentences(block) for one in _told(each, reading)]
    for best in (True, False):
        alike = [one for one in told if one.best is best]
        if 2 <= len(alike) <= _MOST:
            yield from _compared(alike, reading)


def _told(sentence: Sentence, reading: Reading) -> Iterator[_Extreme]:
    text = sentence.text
    if _COMPARED.search(text) or _OTHER_TOPIC.search(text):
        return
    found = list(_EXTREME.finditer(text))
    for at, match in enumerate(found):
        stop = found[at + 1].start() if at + 1 < len(found) else len(text)
        points = _POINTS.search(text, match.end(), min(stop, match.end() + _FARTHEST))
        value = read_number(points.group(1)) if points is not None else None
        if points is None or value is None or value < _LEAST:
            continue
        between = text[match.end() : points.start()]
        if re.search(r"[;]|\d", between):
            continue
        named = _NAMED.match(" ".join(between.split()))
        begins = max(text.rfind(";", 0, match.start()), found[at - 1].end() if at else 0, 0)
        proof = reading.proof(sentence.start + points.start(1), sentence.start + points.end(1), "checks.extreme")
        yield _Extreme(
            best=match.group(1) is not None,
            name=_name(named.group(1)) if named is not None else None,
            clause=f" {folded(text[begins : points.start()])} ",
            text=text[begins : points.end()].strip(" ;,"),
            times=frozenset(folded(time) for time in _TIME.findall(text)),
            value=value,
            of=points.group(2),
            proof=proof,
            start=sentence.start,
        )  # fmt: skip


def _name(words: str) -> str | None:
    """A body's name: it has a capital letter."""
    name = words.strip(" ,")
    return folded(name) if any(letter.isupper() for letter in name) and len(name.split()) >= 2 else None


def _compared(alike: Sequence[_Extreme], reading: Reading) -> Iterator[Finding]:
    first = alike[0]
    for other in alike[1:]:
        names = [one.name for one in (first, other) if one.name is not None]
        if other.start == first.start or not names or not _one_body(first, other, names) or first.of != other.of:
            continue
        if first.times and other.times and first.times != other.times:
            continue
        agrees = first.value == other.value
        proof = merged(other.proof, first.proof)
        verdict = CheckVerdict.AGREES
        if not agrees:
            verdict = if_wrong(proof, reading)
        gap = "" if agrees else f": chênh {vn(abs(first.value - other.value))}"
        what = "cao nhất" if first.best else "thấp nhất"
        yield finding(
            CheckKind.CONSISTENCY,
            other.text,
            verdict,
            inputs=(("first", plain(first.value)), ("again", plain(other.value))),
            reported=plain(other.value),
            computed=plain(first.value),
            note=f"điểm {what}: dòng {first.proof[0].line} ghi {vn(first.value)}, dòng {other.proof[0].line} ghi "
            f"{vn(other.value)}{gap}",
            evidence=proof,
        )


def _one_body(first: _Extreme, other: _Extreme, names: Sequence[str]) -> bool:
    return all(f" {name} " in one.clause for name in names[:1] for one in (first, other))
