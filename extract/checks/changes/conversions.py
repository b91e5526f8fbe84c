"""One measure told in two ways: a length and the kilometre posts it lies between, working days and their hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.figures.verdict import nearest
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_POST: Final = r"km\s?(\d{1,4})(?:\s?\+\s?(\d{1,3}))?"
_LONG: Final = r"dài\s(?:là\s|khoảng\s)?(?P<{}>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s?(?P<{}>km|m)\b"
_POSTS: Final = re.compile(
    rf"(?:{_LONG.format('before', 'unit')}\s?[,(]?\s?(?:đoạn\s)?(?:từ\s)?)?{_POST}\s?(?:đến|tới|-|–)\s?{_POST}\)?,?\s?"
    rf"(?:{_LONG.format('behind', 'measure')})?",
    re.IGNORECASE,
)
_DAYS: Final = r"(?P<days>\d{1,3}(?:,\d)?)\sngày(?:\slàm việc)?"
_HOURS: Final = r"(?P<hours>\d{1,4})\sgiờ(?P<working>\slàm việc)?"
_AS: Final = r"(?:\s?\(|,?\s(?=tương đương|tức|bằng))(?:(?:tương đương|tức|bằng)(?:\s(?:với|là))?\s)?"
_CUT: Final = r"(?P<cut>(?:cắt giảm|giảm|rút ngắn|tiết kiệm)(?:\sđược)?\s)?"
_WORKED: Final = (
    re.compile(
        rf"(?:(?P<first>\d{{1,3}})\sngày(?:\slàm việc)?\s(?:xuống\s)?còn\s)?(?<![\d.,/]){_DAYS}{_AS}{_CUT}{_HOURS}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d.,/]){_HOURS}{_AS}{_DAYS}\b(?!\s(?:tính|bằng|là|=))", re.IGNORECASE),
)
_OF_A_DAY: Final = (Decimal(8), Decimal(24))
_METRES: Final = Decimal(1000)
_LONG_ENOUGH: Final = 10  # whole units in which a slip shows
_FEWEST: Final = 2  # hours; "01 ngày (01 giờ = 40.000 đồng)" tells no length


def check_conversions(reading: Reading) -> Iterator[Finding]:
    """Lengths against the posts of a stretch of road, hours against working days."""
    for block in reading.flow.of(*RUNNING):
        lower = block.text.lower()
        if "km" in lower and "dài" in lower:
            yield from _lengths(block, reading)
        if " giờ" in lower and " ngày" in lower:
            yield from _hours(block, reading)


def _lengths(block: Block, reading: Reading) -> Iterator[Finding]:
    """A length that the posts make, or that a slip of the pen keeps from it: posts can leave out a part of the road."""
    for match in _POSTS.finditer(block.text, block.body):
        name, unit = ("behind", "measure") if match["behind"] else ("before", "unit")
        told = read_number(match[name]) if match[name] else None
        posts = [Decimal(km) + Decimal(metres or 0) / _METRES for km, metres in (match.group(3, 4), match.group(5, 6))]
        if told is None or posts[0] >= posts[1]:
            continue
        made = (posts[1] - posts[0]) * (1 if match[unit].lower() == "km" else _METRES)
        decimals = len(match[name].partition(",")[2])
        right = nearest(made, decimals)
        agrees = abs(told - made) < Decimal(1).scaleb(-decimals)
        if agrees or (is_slip(told, right) and (decimals or told >= _LONG_ENOUGH)):
            yield _of(block, match, name, reading, (told, right, agrees), match[unit])


def _hours(block: Block, reading: Reading) -> Iterator[Finding]:
    for pattern in _WORKED:
        for match in pattern.finditer(block.text, block.body):
            days, hours = read_number(match["days"]), read_number(match["hours"])
            if days is None or hours is None or hours < _FEWEST:
                continue
            named = match.groupdict()
            first = read_number(named["first"]) if named.get("first") else None
            lengths = [days] if first is None else [first - days, days] if named["cut"] else [days, first - days]
            agrees = any(hours == length * of for length in lengths for of in _OF_A_DAY)
            right = hours if agrees else lengths[0] * _OF_A_DAY[0]
            if right > 0:
                yield _of(block, match, "hours", reading, (hours, right, agrees), "giờ")


def _of(
    block: Block, match: re.Match[str], name: str, reading: Reading, values: tuple[Decimal, Decimal, bool], unit: str
) -> Finding:
    """A finding of what is told, what is right and whether they agree."""
    told, right, agrees = values
    proof = reading.proof(block.start + match.start(name), block.start + match.end(name), "checks.conversion")
    verdict = if_wrong(proof, reading)
    gap = "" if agrees else f", báo cáo ghi {vn(told)}: chênh {vn(abs(told - right))}"
    return finding(
        CheckKind.DIFFERENCE,
        match.group().strip(),
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("told", match.group().strip()),),
        reported=plain(told),
        computed=plain(right),
        note=f"{match.group().strip()}: {vn(right)} {unit}{gap}",
        evidence=proof,
    )
