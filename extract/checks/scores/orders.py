"""Scores told in their order: "từ cao xuống thấp: A 71,25 điểm, B 70,94", "A dẫn đầu với 48,05 điểm; thứ hai là B".

Where all scores but one stand in the order that words say, that one is wrong. Of two neighbours that deny each other
it is the one whose digits changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from extract.checks.figures.arithmetic import vn
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import has_slip_within
from extract.checks.figures.terms import finding, if_wrong
from extract.components.context import UPPER
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_N: Final = r"\d{1,3}(?:,\d{1,4}|\.\d{1,2})"
_SCORE: Final = re.compile(rf"(?<![\w.,/-]){_N}(?![\d/]|[.,]\d)(?=\s?(?:điểm|%|\)|[;,.]|$|\s[^\W\d_]))")
# One of a list: a name and its score, in brackets or behind it.
_ITEM: Final = re.compile(
    rf"(?:và\s)?(?:[^\W\d_]{{2,7}}\s){{0,3}}[{UPPER}][^\d();,:]{{1,60}}?(?:\s?\(|:?\s(?:với |đạt |được )?)"
    rf"(?:(?:đạt|với|điểm)\s)?(?P<score>{_N})(?:\s?(?:điểm|%))?\)?(?:\s?[,;]\s?|\svà\s|(?=\.)|$)"
)
_OPENS: Final = 120  # characters from the words of an order to its list
_BEHIND: Final = 110  # … from the words of a place to its score
_FEWEST: Final = 3  # scores
_MOST: Final = 80
_LEAST: Final = Decimal(5)  # points that the first or last may be off
# Other times and other rankings: places of these do not stand in one order.
_APART: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:tăng|giảm|so với|chỉ số thành phần|lĩnh vực|tiêu chí|nội dung|nhóm)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A score, and where it stands in its block."""

    score: Decimal
    printed: str
    start: int
    end: int


def check_orders(reading: Reading) -> Iterator[Finding]:
    """Scores of a paragraph that are told in their order."""
    for block in reading.flow.of(*RUNNING):
        if not _may_order(block.text):
            continue
        for run in (*_listed(block), *_placed(block)):
            yield from _of_run(run, block, reading)


def _listed(block: Block) -> Iterator[list[_Placed]]:
    """Lists behind words that say their order."""
    for match in _order().finditer(block.text, block.body):
        first = _ITEM.search(block.text, match.end(), match.end() + _OPENS)
        run: list[_Placed] = []
        item = first
        while item is not None and len(run) < _MOST:
            run.append(_read(item["score"], item.start("score")))
            item = _ITEM.match(block.text, item.end())
        yield run[::-1] if match["rising"] else run


def _placed(block: Block) -> Iterator[list[_Placed]]:
    """Scores behind the words of their places, which count up from the first."""
    run: list[_Placed] = []
    cues = list(_place().finditer(block.text, block.body))
    for at, cue in enumerate(cues):
        end = min(cues[at + 1].start() if at + 1 < len(cues) else len(block.text), cue.end() + _BEHIND)
        place = _number(cue.group().lower(), len(run))
        score = _SCORE.search(block.text, cue.end(), end)
        fits = score is not None and not _APART.search(block.text, cue.end(), score.start())
        if place == 1 or place != len(run) + 1 or not fits or score is None:
            yield run
            run = []
        if fits and score is not None and place == len(run) + 1:
            run.append(_read(score.group(), score.start()))
    yield run


def _read(printed: str, start: int) -> _Placed:
    return _Placed(_decimal(printed), printed, start, start + len(printed))


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "."))


def _number(cue: str, told: int) -> int:
    """The place that words mean, behind so many told."""
    words = wordlist("extract.checks", "orders")
    if cue in words["first"]:
        return 1
    if cue in words["next"]:
        return told + 1 if told else 0
    return next((at for at, several in enumerate(words["numbered"], 2) if cue in several), 0)


def _of_run(run: Sequence[_Placed], block: Block, reading: Reading) -> Iterator[Finding]:
    if len(run) < _FEWEST or len({len(re.split("[.,]", one.printed)[1]) for one in run}) > 1:
        return
    wrong = None if _in_order(run) else _wrong(run)
    if wrong is None and not _in_order(run):
        return
    for at, one in enumerate(run):
        if wrong is not None and at != wrong:
            continue
        above = run[at - 1].score if at else None
        below = run[at + 1].score if at + 1 < len(run) else None
        proof = reading.proof(block.start + one.start, block.start + one.end, "checks.order")
        bad = if_wrong(proof, reading)
        said = f"đứng thứ {at + 1} nên không quá {vn(above)}" if above is not None else "đứng đầu"
        said += f", không dưới {vn(below)}" if below is not None else ""
        yield finding(
            CheckKind.CONSISTENCY,
            " ".join(block.text[max(one.start - _BEHIND, block.body) : one.end].split()),
            bad if at == wrong else CheckVerdict.AGREES,
            inputs=tuple((f"hạng {place}", f"{other.score:f}") for place, other in enumerate(run, 1)),
            reported=f"{one.score:f}",
            computed=f"{one.score:f}" if at != wrong else f"{(below if above is None else above):f}",
            note=said if at != wrong else f"{said}; báo cáo ghi {vn(one.score)}",
            evidence=proof,
        )


def _in_order(run: Sequence[_Placed]) -> bool:
    return all(one.score >= other.score for one, other in pairwise(run))


def _wrong(run: Sequence[_Placed]) -> int | None:
    """The one score without which the others stand in order, and which a slip of the pen puts in its place.

    Of two neighbours that deny each other it is the one that two digits which changed places put there.
    """
    alone = [at for at in range(len(run)) if _in_order([*run[:at], *run[at + 1 :]])]
    if len(alone) == 1:
        return alone[0] if len(run) > _FEWEST or has_slip_within(run[alone[0]].score, *_room(run, alone[0])) else None
    fits = [at for at in alone if has_slip_within(run[at].score, *_room(run, at))]
    if len(fits) > 1:
        fits = [at for at in fits if any(_is_within(run, at, swapped) for swapped in _swaps(run[at].printed))]
    return fits[0] if len(fits) == 1 else None


def _swaps(printed: str) -> Iterator[Decimal]:
    """The figures that two neighbouring digits which changed places make of one."""
    places = [at for at, sign in enumerate(printed) if sign.isdigit()]
    for one, other in pairwise(places):
        told = list(printed)
        told[one], told[other] = told[other], told[one]
        if told[one] != told[other]:
            yield _decimal("".join(told))


def _is_within(run: Sequence[_Placed], at: int, score: Decimal) -> bool:
    low, high = _room(run, at)
    return low <= score < high


def _room(run: Sequence[_Placed], at: int) -> tuple[Decimal, Decimal]:
    """Between which scores one can stand: its neighbours, at an end twice as far off as all the others are apart."""
    others = [one.score for one in (*run[:at], *run[at + 1 :])]
    spread = max(2 * (max(others) - min(others)), _LEAST)
    low = run[at + 1].score if at + 1 < len(run) else run[at - 1].score - spread
    high = run[at - 1].score if at else run[at + 1].score + spread
    return low, high.next_plus()


def _may_order(text: str) -> bool:
    """Whether some words of an order stand in a text, far cheaper than looking for them."""
    if "hứ" not in text and "iếp" not in text and "dần" not in text and "từ " not in text:
        return False
    words, told = wordlist("extract.checks", "orders"), text.lower()
    if any(word in told for word in (*words["falling"], *words["rising"])):
        return True
    return any(word in told for word in words["first"])


@cache
def _order() -> re.Pattern[str]:
    words = wordlist("extract.checks", "orders")
    return re.compile(rf"\b(?:(?P<rising>{_any(words['rising'])})|{_any(words['falling'])})\b", re.IGNORECASE)


@cache
def _place() -> re.Pattern[str]:
    words = wordlist("extract.checks", "orders")
    numbered = [word for several in words["numbered"] for word in several]
    return re.compile(rf"\b(?:{_any([*words['first'], *words['next'], *numbered, *words['last']])})\b", re.IGNORECASE)


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
