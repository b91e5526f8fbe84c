"""Points against the most that the letter says there can be: "tối đa 100, gồm: hạ tầng số 25 điểm, …".

A list of points behind the words of a scale tells maxima where they make the whole scale. Points later told under the
very same name cannot be more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import vn
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import finding, if_wrong, quote
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_N: Final = r"\d{1,3}(?:,\d{1,3})?"
_SCALE: Final = re.compile(
    r"\b(?:thang điểm|(?:tổng )?điểm|tổng số điểm)[^\d.;:]{0,30}?"
    rf"\b(?:tối đa|cao nhất|chuẩn|là)\s(?:là\s)?({_N})(?![\d/%])"
    rf"|\btối đa\s(?:là\s)?({_N})\sđiểm\b"
    rf"|\bthang(?: điểm)?\s({_N})(?![\d/%])",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(
    rf"(?:^|(?<=[;:(.,])\s|(?<=[-+])\s)(?:và\s)?(?:(?:nhóm|tiêu chí|phần|nội dung|lĩnh vực|trụ cột|chỉ số)\s(?:về\s)?)?"
    rf"(?P<name>[^\W\d_][^\d;:(),.]{{4,60}}?)(?:\s(?:là|đạt|được|có|tối đa))?:?\s(?P<points>{_N})\sđiểm\b",
    re.IGNORECASE,
)
_AT_MOST: Final = re.compile(
    rf"(?:^|[;:(.,]\s|[-+]\s)(?:(?:nhóm|tiêu chí|phần|nội dung|lĩnh vực|trụ cột|chỉ số)\s(?:về\s)?)?"
    rf"(?P<name>[^\W\d_][^\d;:(),.]{{4,60}}?)\s\(?(?:điểm\s)?tối đa:?\s(?:là\s)?(?P<points>{_N})\sđiểm\b",
    re.IGNORECASE,
)
_ON_SCALE: Final = re.compile(
    rf"(?<![\d.,/])(?P<points>{_N})\s(?:điểm\s)?(?:trên|theo) thang(?: điểm)?\s"
    rf"(?P<top>{_N})(?![\d/%]|,\d|\s?[-–]\s?\d)",
    re.IGNORECASE,
)
_FEWEST: Final = 3  # points that make a scale
_LONGEST: Final = 1200  # characters from a scale to the end of its points
_MORE: Final = re.compile(
    r"\b(?:điểm thưởng|cộng thêm|điểm cộng|tăng thêm|giảm trừ|trừ|hệ số|nhân (?:với|hệ số|đôi)|quy đổi)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """Points with their name, and where the figure stands in its block."""

    name: str
    points: Decimal
    start: int
    end: int
    block: Block


def check_told_maxima(reading: Reading) -> Iterator[Finding]:
    """Points of running text against the maxima that running text tells."""
    blocks = [block for block in reading.flow.of(*RUNNING) if "điểm" in block.text]
    tops: dict[str, set[Decimal]] = {}
    within: set[tuple[int, int]] = set()  # points that are maxima themselves
    for block in blocks:
        for told in _maxima(block):
            tops.setdefault(told.name, set()).add(told.points)
            within.add((block.start, told.start))
    for block in blocks:
        for match in _ON_SCALE.finditer(block.text, block.body) if holds(block.text, "thang") else ():
            points = _decimal(match["points"])
            yield _of(_Told("", points, match.start(), match.end("points"), block), _decimal(match["top"]), reading)
    for block in blocks if tops else ():
        for told in _points(block, block.body, len(block.text)):
            top = tops.get(told.name, set())
            if len(top) == 1 and (block.start, told.start) not in within:
                yield _of(told, next(iter(top)), reading)


def _maxima(block: Block) -> Iterator[_Told]:
    """Points that are the most there can be, by their words or because they make a scale."""
    if holds(block.text, "tối đa"):
        yield from (_read(match, block) for match in _AT_MOST.finditer(block.text, block.body))
    for scale in _SCALE.finditer(block.text, block.body):
        top = _decimal(next(filter(None, scale.groups())))
        end = min(scale.end() + _LONGEST, len(block.text))
        run: list[_Told] = []
        for told in _points(block, scale.end(), end):
            run.append(told)
            made = sum((one.points for one in run), Decimal(0))
            if made == top and len(run) >= _FEWEST:
                yield from run
            if made >= top:
                break


def _points(block: Block, start: int, end: int) -> Iterator[_Told]:
    for match in _POINTS.finditer(block.text, start, end):
        if not _MORE.search(match["name"]):
            yield _read(match, block)


def _read(match: re.Match[str], block: Block) -> _Told:
    name = " ".join(match["name"].lower().split())
    return _Told(name, _decimal(match["points"]), match.start("points"), match.end("points"), block)


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "."))


def _of(told: _Told, top: Decimal, reading: Reading) -> Finding:
    block = told.block
    proof = reading.proof(block.start + told.start, block.start + told.end, "checks.maximum")
    inside = told.points <= top
    return finding(
        CheckKind.MAXIMUM,
        quote(block.text, told.start, told.end, block.body),
        CheckVerdict.AGREES if inside else if_wrong(proof, reading),
        inputs=(("value", f"{told.points:f}"), ("max", f"{top:f}")),
        reported=f"{told.points:f}",
        computed=f"{top:f}",
        note=f"{vn(told.points)} {'≤' if inside else 'vượt điểm tối đa'} {vn(top)}",
        evidence=proof,
    )
