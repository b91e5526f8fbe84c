"""What is left of a whole once a part of it is taken away: "427 ý kiến; đã giải quyết 389 ý kiến, còn 48 ý kiến".

The figure that words call a rest ("còn", "còn lại", "chưa …", "thiếu") is counted in one unit with the whole and the
part before it. Where any of the figures between whole and rest leave it, it is explained; where none do and it is a
slip of the pen away from what the two figures right before it leave, it is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE
from extract.checks.figures.complete import OTHER_ENDS, kind_of
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import quote, recompute
from extract.checks.shares.likelihood import chance_of
from extract.components.context import sentences
from extract.records import Block, CheckKind, Finding, Reading

_SPEAKS: Final = re.compile(r"còn|chưa|thiếu|tồn|đang", re.IGNORECASE)
_TAKEN_BEHIND: Final = re.compile(r"^\s?(?:[^\W\d_]{1,8} ){1,4}(?:đã|được)\b")
_LEFT_OVER: Final = re.compile(r"\bcòn lại\b")
_DENIED: Final = re.compile(r"\bchưa ([^\W\d_]+ [^\W\d_]+)")
_CLAUSE: Final = re.compile(r"[,.;:()]")
_ALL: Final = re.compile(r"\b(?:tổng|trong số|trên số)\b")
_DONE: Final = re.compile(r"\b(?:đã|đạt|được|hoàn thành)\b")
_AT_MOST: Final = re.compile(r"\b(?:tối đa|không quá)\s*$")
_BACK: Final = 1  # sentences
_MOST: Final = 8  # figures between a whole and its rest
_BEHIND: Final = 80  # characters behind a rest
_UNLIKELY: Final = Decimal("0.2")
_THINKABLE: Final = Decimal("0.5")  # of the larger


@cache
def _words(role: str) -> re.Pattern[str]:
    told: dict[str, str] = tomllib.loads(files("extract.checks").joinpath("data/rests.toml").read_text(encoding="utf8"))
    patterns = {
        "taken": r"\b(?:{})\b(?: [^\W\d_]{{1,8}}|,){{0,8}}\s*:?\s*$",
        "left": r"(?:^|[\s,(])(?:{})(?: là| chỉ| có)?\s*:?\s*$",
        "left_behind": r"^\s?[^\d.,;()%]{{0,40}}?\b(?:{})\b",
    }
    return re.compile(patterns.get(role, "{}").format(told[role]))


def is_left(lead: str, behind: str) -> bool:
    """Whether the words before a figure or behind it, in lower case, say that it is left of a whole."""
    return bool(_words("left").search(lead) or _words("left_behind").search(behind))


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure, the number of its sentence, and whether it stands in brackets."""

    figure: Figure
    sentence: int
    inside: bool


def check_rests(reading: Reading) -> Iterator[Finding]:
    """Rests in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if not _SPEAKS.search(block.text):
            continue
        found = list(_told(block, reading))
        for at, rest in enumerate(found):
            if _is_rest(rest):
                yield from _of(rest, found, at, block)


def _told(block: Block, reading: Reading) -> Iterator[_Told]:
    for at, sentence in enumerate(sentences(block)):
        low = depth = 0
        for one in figures(sentence, reading, wide=True):
            high = one.start - sentence.start
            between = sentence.text[low:high]
            depth = max(0, depth + between.count("(") - between.count(")"))
            low = high
            yield _Told(one, at, depth > 0)


def _is_rest(one: _Told) -> bool:
    figure = one.figure
    if figure.unit == "%" or figure.approximate or figure.change is not None or _words("else").search(figure.lead):
        return False
    return bool(_words("left").search(figure.lead)) or (
        bool(_words("left_behind").search(figure.behind)) and not one.inside
    )


def _of(rest: _Told, found: Sequence[_Told], at: int, block: Block) -> Iterator[Finding]:
    before, after = found[:at], found[at + 1 :]
    kind = kind_of(rest.figure.unit)
    alike = [one for one in before if rest.sentence - one.sentence <= _BACK and _is_alike(one.figure, kind)][-_MOST:]
    more = [one for one in after if one.sentence == rest.sentence and _is_alike(one.figure, kind)][:2]
    outside = [one for one in alike if not one.inside]
    if len(outside) < 2:
        return
    whole, part = outside[-2:]
    if part.figure.lead.strip() == "/":
        whole, part = part, whole  # "107/128 vụ việc"
    if part.sentence != rest.sentence or not _are_tied(whole, part, rest):
        return
    explained = _is_explained(rest, alike, more)
    holds = whole.figure.term.value - part.figure.term.value == rest.figure.term.value
    if explained and not holds:
        return
    low = min(whole.figure.start, part.figure.start) - block.start
    told = block.text[low : rest.figure.end - block.start + _BEHIND].lower()
    likely = _is_chain(whole, part, rest, found) or _is_slip(whole, part, rest)
    if not holds and (not likely or OTHER_ENDS.search(told)):
        return
    statement = quote(block.text, low, rest.figure.end - block.start, block.body, behind=30)
    made = recompute(
        CheckKind.DIFFERENCE, statement, DIFFERENCE, [whole.figure.term, part.figure.term], rest.figure.term
    )
    if made is not None:
        yield made


def _is_alike(one: Figure, kind: str) -> bool:
    exact = not one.approximate or bool(_AT_MOST.search(one.lead))
    return exact and one.unit != "%" and (not one.unit or not kind or kind_of(one.unit) == kind)


def _are_tied(whole: _Told, part: _Told, rest: _Told) -> bool:
    """Whether words say that a part was taken away, of a whole told before it."""
    if whole.figure.term.value <= part.figure.term.value or _words("else").search(part.figure.lead):
        return False
    if part.figure.behind.strip() == "/":
        return True
    denied = _DENIED.search(rest.figure.lead)
    if denied is not None and denied[1] in part.figure.lead:
        return False  # "đã hoàn thành 180, chưa hoàn thành 34" are two kinds
    if not _is_whole(whole.figure):
        return False
    if _LEFT_OVER.search(rest.figure.lead) or _LEFT_OVER.search(_CLAUSE.split(rest.figure.behind)[0]):
        return True
    return bool(_words("taken").search(part.figure.lead)) or bool(
        _TAKEN_BEHIND.search(_CLAUSE.split(part.figure.behind)[0])
    )


def _is_whole(one: Figure) -> bool:
    told = list(_words("whole").finditer(one.lead))
    if not told or _words("taken").search(one.lead[told[-1].end() :]):
        return False
    return bool(_ALL.search(one.lead)) or not _DONE.search(_CLAUSE.split(one.behind)[0])


def _is_explained(rest: _Told, alike: Sequence[_Told], more: Sequence[_Told]) -> bool:
    """Whether the rest is what some figures leave of one before them."""
    for at, whole in enumerate(alike):
        others = [one.figure.term.value for one in (*alike[at + 1 :], *more)]
        gap = whole.figure.term.value - rest.figure.term.value
        if gap == 0 or any(
            sum(some) == gap for size in range(1, len(others) + 1) for some in combinations(others, size)
        ):
            return True
    return False


def _is_chain(whole: _Told, part: _Told, rest: _Told, found: Sequence[_Told]) -> bool:
    """Whether a sentence tells the three side by side, the last as the rest: no other words leave it."""
    told = [one for one in found if one.figure.unit != "%" and not one.inside]
    at = told.index(rest)
    right, printed = whole.figure.term.value - part.figure.term.value, rest.figure.term.value
    if abs(right - printed) > _THINKABLE * max(right, printed) and not is_slip(printed, right):
        return False
    beside = {id(one) for one in told[max(at - 2, 0) : at]} == {id(whole), id(part)}
    return beside and whole.sentence == rest.sentence and bool(_words("left").search(rest.figure.lead))


def _is_slip(whole: _Told, part: _Told, rest: _Told) -> bool:
    def left(values: Sequence[Decimal]) -> Decimal | None:
        return values[0] - values[1] if values[0] > values[1] else None

    found = chance_of(left, [whole.figure.term.value, part.figure.term.value], rest.figure.term)
    return found is not None and found <= _UNLIKELY


def without_rests(made: Iterable[Finding], rests: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but sums of the figures of a rest."""
    told = [_figures(one) for one in rests]
    return (one for one in made if one.kind is not CheckKind.SUM or not any(_figures(one) <= others for others in told))


def _figures(one: Finding) -> frozenset[tuple[int, int]]:
    """Where the figures of a finding stand in the repaired text."""
    return frozenset((entry.start, entry.end) for entry in one.evidence)
