"""Rises and falls: a score or a figure against the one it is compared to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, RATE, vn
from extract.checks.figures.places import paragraphs, place_of
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.checks.scores.links import link_score
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Records, Score
from gazetteer.scoring_models import ScoringModel

_FAR: Final = Decimal("0.8")
_YEAR_BEFORE: Final = re.compile(r"\bso với năm (\d{4})\b")
_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_COUNTED: Final = r"[^\W\d_][^\d.;,()%]{0,30}"
# "từ 71,5 lên 72,8 điểm, tăng 1,3 điểm"
_FROM_TO: Final = re.compile(
    rf"\btừ\s+({_NUMBER})\s*(%|(?!lên|xuống|còn|tăng|giảm){_COUNTED}?)?\s*(?:\([^()]{{0,40}}\)\s*|(?:vào\s+)?(?:cuối\s+)?năm\s+\d{{4}}\s+)?"
    rf"(?:lên|xuống còn|xuống|còn|tăng lên|giảm xuống|giảm còn)\s+(?:mức\s+)?({_NUMBER})(?!\s*/)"
    rf"\s*(%|[^\W\d_]+)?"
    rf"[^\d.;]{{0,40}}?[,(;]\s*(?:tức\s+)?(tăng|giảm)\s+(?:thêm\s+)?({_NUMBER})\s*(%|{_COUNTED})"
)
# "tiếp nhận 1.204 hồ sơ, tăng 318 hồ sơ (35,9%) so với cùng kỳ (886 hồ sơ)"
_NOUN: Final = r"[^\W\d_][^\d.;,()%]{0,40}"
_AGAINST: Final = re.compile(
    rf"(?<![\w.,/-])({_NUMBER})\s*(%|{_NOUN}),\s*(tăng|giảm)\s+({_NUMBER})\s*(%|{_NOUN}?)\s*"
    rf"(?:\(\s*(?:tăng\s+|giảm\s+|tương đương\s+)?({_NUMBER})\s*%\s*\)\s*)?"
    rf"so với\s+[^\d;.()]{{0,40}}(?:\d{{4}}\s*)?\(\s*(?:là\s+|đạt\s+)?({_NUMBER})\s*(%|{_NOUN})?\)"
)


# "tăng 420 hồ sơ so với quý II (từ 2.900 hồ sơ lên 3.320 hồ sơ)"
_CHANGED_FIRST: Final = re.compile(
    rf"\b(tăng|giảm)\s+({_NUMBER})\s*(%|{_COUNTED})(?:\d{{4}}\s?)?[(,]\s*từ\s+({_NUMBER})\s*(?:%|{_COUNTED}?)?\s*"
    rf"(?:lên|xuống còn|xuống|còn)\s+({_NUMBER})\s*(%|[^\W\d_]+)"
)
# "năm 2022 đạt 92,5%, năm 2023 đạt 94,1%, tăng 1,6 điểm phần trăm"
_YEAR_BY_YEAR: Final = re.compile(
    rf"\bnăm (\d{{4}}) (?:đạt|là) ({_NUMBER})\s?(%|điểm)[,;] (?:đến )?năm (\d{{4}}) (?:đạt|là) ({_NUMBER})\s?(?:%|điểm)"
    rf"[,;]? \(?(tăng|giảm) ({_NUMBER})\s?(%|điểm phần trăm|điểm)(?! so với)"
)


def check_changes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Changes of scores and of figures of running text."""
    told: set[tuple[str | None, int]] = set()
    for score in _with_previous(records.scores, reading):
        made = _of_score(score, reading, models)
        if made is not None:
            told.update((made.reported, entry.line) for entry in made.evidence)
            yield made
    for block in reading.flow.of(*RUNNING):
        if "tăng" not in block.text and "giảm" not in block.text:
            continue
        for made in (
            *_from_to(block, reading),
            *_against(block, reading),
            *_changed_first(block, reading),
            *_year_by_year(block, reading),
        ):
            if not any((made.reported, entry.line) in told for entry in made.evidence):
                yield made


def _with_previous(scores: Sequence[Score], reading: Reading) -> Iterator[Score]:
    """Scores; one whose change is "so với năm 2022" has the score of that year in its paragraph as previous value."""
    places = paragraphs(reading)
    for score in scores:
        place = place_of(places, score.evidence)
        if score.change is None or score.indicator_id is None or place is None:
            yield score
            continue
        years = _YEAR_BEFORE.findall(reading.flow.blocks[place].text)
        others = [
            other
            for other in scores
            if (other.indicator_id, other.org, other.max) == (score.indicator_id, score.org, score.max)
            and place_of(places, other.evidence) == place
        ]
        earlier = {other.value for other in others if other.period in years}
        if score.previous is None and len(years) == len(earlier) == 1 and score.period == str(int(years[0]) + 1):
            yield replace(score, previous=earlier.pop())
        elif len(years) == 1 and any(other.value == score.previous and other.period not in years for other in others):
            yield replace(score, previous=None)  # the score of another year than the one compared with
        else:
            yield score


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
    told = f"{vn(score.value)}, trước đó {vn(score.previous)}, thay đổi {vn(score.change)}"
    statement = f"{score.indicator or 'điểm'}: {told}"
    if score.change_unit:
        statement += f" {score.change_unit}"
    if (score.change > 0) != (score.value > score.previous):
        return None  # the sign says that the figures are not those compared
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, reported)
    if points is not None and points.verdict is CheckVerdict.DIFFERS and not _may_be_meant(score, reported.value):
        return None
    if score.change_unit != "%":
        return points
    linked = link_score(score, models, None)
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, reported)
    if linked is not None and linked.model.change_in_points:
        return points
    if points is not None and points.verdict is CheckVerdict.AGREES:
        return points
    differs = rate is not None and rate.verdict is CheckVerdict.DIFFERS
    return points if differs and is_slip(reported.value, abs(score.value - score.previous)) else rate


def _may_be_meant(score: Score, change: Decimal) -> bool:
    """Whether a change that does not hold is of the size of the one between the values, or that with a slip in it."""
    right = abs(score.value - (score.previous or score.value))
    return abs(right - change) <= _FAR * max(right, change) or is_slip(change, right)


def _from_to(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _FROM_TO.finditer(block.text):
        first, second, change = (_term(match, group, block, reading) for group in (1, 3, 6))
        if first is None or second is None or change is None:
            continue
        if (match.group(5) == "tăng") != (second.value > first.value) or first.value == second.value:
            continue
        unit, counted = match.group(7).strip(), (match.group(4) or match.group(2) or "").strip()
        in_points = unit.startswith("điểm") and counted in ("%", "")
        if unit == "%" or in_points or unit.split()[:1] == counted.split()[:1]:
            yield from _change(match, second, first, change, unit, counted)


def _changed_first(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _CHANGED_FIRST.finditer(block.text):
        change, first, second = (_term(match, group, block, reading) for group in (2, 4, 5))
        if first is None or second is None or change is None or first.value == second.value:
            continue
        unit = match.group(3).strip()
        same = unit == "%" or unit.split()[:1] == [match.group(6)]
        if same and (match.group(1) == "tăng") == (second.value > first.value):
            yield from _change(match, second, first, change, unit, match.group(6))


def _year_by_year(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _YEAR_BY_YEAR.finditer(block.text):
        first, second, change = (_term(match, group, block, reading) for group in (2, 5, 7))
        if first is None or second is None or change is None or int(match.group(4)) != int(match.group(1)) + 1:
            continue
        if first.value != second.value and (match.group(6) == "tăng") == (second.value > first.value):
            yield from _change(match, second, first, change, match.group(8), match.group(3))


def _against(block: Block, reading: Reading) -> Iterator[Finding]:
    for match in _AGAINST.finditer(block.text):
        now, change, before = (_term(match, group, block, reading) for group in (1, 4, 7))
        if now is None or change is None or before is None:
            continue
        if (match.group(3) == "tăng") != (now.value > before.value):
            continue
        unit = match.group(5).strip()
        in_points = match.group(2) == "%" and unit.startswith("điểm")
        shares = (match.group(2) == "%") == (match.group(8) == "%") or match.group(8) is None
        if shares and (in_points or unit == "%" or unit.split()[:1] == match.group(2).split()[:1]):
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
