"""Rates whose words name part and whole, each told before by the same words.

"Tổng số cử tri: 62.313. Số cử tri đi bầu: 62.010. Tỷ lệ cử tri đi bầu so với tổng số cử tri: 99,51%", in one paragraph
or a line each, as minutes and forms tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.breaks import WORD
from extract.checks.figures.quantities import RUNNING, Quantity, is_rough, quantities
from extract.checks.figures.terms import quote, recompute
from extract.checks.shares.likelihood import THINKABLE, chance_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_RATE: Final = re.compile(
    r"(?:^|[.;:,(]\s|[-+–]\s)\s{0,3}(?:tỷ|tỉ) lệ(?: %)? (?P<part>[^.;:,()%\d]{4,90}?) (?:so với|trên|trong)"
    r" (?P<whole>[^.;:,()%\d]{4,70}?)(?:,? (?:là|đạt|bằng|chiếm|ở mức))?\s?:?\s*$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[.;:,()]\s|[-+–]\s|\b(?:là|có|gồm|được)\s*$")
_CUT: Final = re.compile(r"[.;:,()]|\s(?:và|trong đó|chiếm|đạt)\s")
# Words that a name is told with or without.
_EMPTY: Final = frozenset(
    [*("tổng", "số", "của", "các", "những", "đã", "được", "có", "là", "hiện", "nay", "trên", "địa", "bàn"), "toàn"]
)
_ALL: Final = "tổng"
_BACK: Final = 10  # paragraphs
_MOST: Final = 60  # counts told in them
_FEWEST: Final = 10  # of a whole
_FEWEST_WORDS: Final = 2  # of a name


def check_named_rates(reading: Reading) -> Iterator[Finding]:
    """Rates of a letter that name part and whole."""
    blocks = list(reading.flow.of(*RUNNING))
    for at, block in enumerate(blocks):
        if "%" not in block.text or ("ỷ lệ" not in block.text and "ỉ lệ" not in block.text):
            continue
        items = quantities(block, reading)
        above: list[Quantity] | None = None
        for place, share in enumerate(items):
            rate = _RATE.search(share.between) if share.unit == "%" and not share.approximate else None
            if rate is None:
                continue
            if above is None:
                above = [one for other in blocks[max(at - _BACK, 0) : at] for one in quantities(other, reading)]
            told = [*above, *items[:place]][-_MOST:]
            part, whole = _named(told, rate["part"]), _named(told, rate["whole"])
            if part is not None and whole is not None and part is not whole:
                yield from _made(part, whole, share, block)


def _named(told: Sequence[Quantity], name: str) -> Quantity | None:
    """The one count that the same words were said of."""
    words = _words(name)
    if len(words) < _FEWEST_WORDS:
        return None
    found = [one for one in told if one.unit != "%" and words in _names(one)]
    return found[-1] if found and len({one.value for one in found}) == 1 else None


def _names(one: Quantity) -> tuple[frozenset[str], ...]:
    """What words call a count: those before it, or what it counts."""
    before = next((part for part in reversed(_LABEL.split(f"{one.between.rstrip(' :')} ")) if part.strip()), "")
    return _words(before), _words(_CUT.split(one.after)[0])


def _words(text: str) -> frozenset[str]:
    told = WORD.findall(text.lower())
    name = frozenset(told) - _EMPTY
    return name | {_ALL} if len(name) < _FEWEST_WORDS and _ALL in told else name  # "tổng số hộ"


def _made(part: Quantity, whole: Quantity, share: Quantity, block: Block) -> Iterator[Finding]:
    if is_rough(part) or is_rough(whole) or whole.value < _FEWEST:
        return
    inside = [item for item in (part, whole) if block.start <= item.start]
    low = min(item.start for item in (*inside, share)) - block.start
    statement = quote(block.text, low, share.end - block.start, block.body, behind=1)
    made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, whole.term], share.term)
    if made is None or made.verdict is not CheckVerdict.DIFFERS:
        yield from [made] if made is not None else []
        return
    chance = chance_of(SHARE.value, [part.value, whole.value], share.term)
    if chance is not None and chance <= THINKABLE:
        yield made
