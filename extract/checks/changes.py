"""Rises and falls: a score or a figure against the one it is compared to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.checks.arithmetic import DIFFERENCE, RATE
from extract.checks.links import link_score
from extract.checks.quantities import RUNNING
from extract.checks.terms import Term, is_doubtful, recompute
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Records, Score
from gazetteer.scoring_models import ScoringModel

_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
# "từ 71,5 lên 72,8 điểm, tăng 1,3 điểm"
_FROM_TO: Final = re.compile(
    rf"\btừ\s+({_NUMBER})\s*(%|điểm|hồ sơ)?\s*(?:\([^()]{{0,40}}\)\s*)?"
    rf"(?:lên|xuống|còn|tăng lên|giảm xuống|giảm còn)\s+(?:mức\s+)?({_NUMBER})(?!\s*/)\s*(%|điểm|hồ sơ)?"
    rf"[^\d.;]{{0,40}}?[,(;]\s*(?:tức\s+)?(tăng|giảm)\s+(?:thêm\s+)?({_NUMBER})\s*(%|điểm phần trăm|điểm|hồ sơ)"
)
# "tiếp nhận 1.204 hồ sơ, tăng 318 hồ sơ (35,9%) so với cùng kỳ (886 hồ sơ)"
_NOUN: Final = r"[^\W\d_][^\d.;,()%]{0,40}"
_AGAINST: Final = re.compile(
    rf"(?<![\w.,/-])({_NUMBER})\s*({_NOUN}),\s*(tăng|giảm)\s+({_NUMBER})\s*(%|{_NOUN}?)\s*"
    rf"(?:\(\s*(?:tăng\s+|giảm\s+|tương đương\s+)?({_NUMBER})\s*%\s*\)\s*)?"
    rf"so với\s+[^\d;.()]{{0,40}}(?:\d{{4}}\s*)?\(\s*(?:là\s+|đạt\s+)?({_NUMBER})\s*({_NOUN})?\)"
)


def check_changes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Changes of scores and of figures of running text."""
    for score in records.scores:
        made = _of_score(score, reading, models)
        if made is not None:
            yield made
    for block in reading.flow.of(*RUNNING):
        if "tăng" in block.text or "giảm" in block.text:
            yield from _from_to(block, reading)
            yield from _against(block, reading)


def _of_score(score: Score, reading: Reading, models: tuple[ScoringModel, ...]) -> Finding | None:
    """A score with its previous value and the change between them; "%" can be relative or points."""
    if score.previous is None or score.change is None:
        return None
    doubtful = is_doubtful(score.evidence, reading)
    terms = [
        Term("current", score.value, score.evidence, doubtful),
        Term("previous", score.previous, (), doubtful),
    ]
    reported = Term("change", abs(score.change), score.evidence, doubtful)
    statement = f"{score.indicator or 'điểm'}: {score.value}, trước đó {score.previous}, thay đổi {score.change}"
    if score.change_unit:
        statement += f" {score.change_unit}"
    if (score.change > 0) != (score.value > score.previous):
        return None  # the sign says that the figures are not those compared
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, reported)
    if score.change_unit != "%":
        return points
    linked = link_score(score, models, None)
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, reported)
    if linked is not None and linked.model.change_in_points:
        return points
    if points is not None and points.verdict is CheckVerdict.AGREES:
        return points
    return rate


def _from_to(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _FROM_TO.finditer(block.text):
        first, second, change = (_term(match, group, block, reading) for group in (1, 3, 6))
        if first is None or second is None or change is None:
            continue
        if (match.group(5) == "tăng") != (second.value > first.value) or first.value == second.value:
            continue
        yield from _change(match, second, first, change, match.group(7), match.group(2) or match.group(4) or "")


def _against(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _AGAINST.finditer(block.text):
        now, change, before = (_term(match, group, block, reading) for group in (1, 4, 7))
        if now is None or change is None or before is None:
            continue
        if (match.group(3) == "tăng") != (now.value > before.value):
            continue
        unit = match.group(5).strip()
        same = unit == "%" or unit.split()[:1] == match.group(2).split()[:1]
        if same:
            yield from _change(match, now, before, change, unit, match.group(2))
        rate = _term(match, 6, block, reading) if match.group(6) else None
        if rate is not None:
            yield from _change(match, now, before, rate, "%", match.group(2))


def _change(match: re.Match[str], now: Term, before: Term, change: Term, unit: str, counted: str) -> Iterator[Finding]:
    in_points = recompute(CheckKind.DIFFERENCE, match.group(), DIFFERENCE, [now, before], change)
    if unit != "%":
        if in_points is not None:
            yield in_points
        return
    relative = recompute(CheckKind.RATE_OF_CHANGE, match.group(), RATE, [now, before], change)
    shares = counted.strip() == "%"
    if shares and in_points is not None and (in_points.verdict is CheckVerdict.AGREES or relative is None):
        yield in_points
    elif relative is not None:
        yield relative


def _term(match: re.Match[str], group: int, block: Block, reading: Reading) -> Term | None:
    value = read_number(match.group(group))
    if value is None:
        return None
    proof = reading.proof(block.start + match.start(group), block.start + match.end(group), "checks.change")
    return Term(match.group(group), Decimal(value), proof, is_doubtful(proof, reading))
