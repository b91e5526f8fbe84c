"""Times of procedures that are cut, with the share that is: "20 ngày, cắt giảm 15 ngày, tỷ lệ cắt giảm 75%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.checks.figures.arithmetic import RATE, SHARE
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, Finding, Reading

_TIME: Final = r"(\d{1,4}(?:,\d{1,2})?)\s(ngày|giờ)\b"
_NAMED: Final = (
    r"(?:đạt )?(?:tỷ lệ|tỉ lệ)(?: cắt giảm| giảm| rút ngắn)?(?: là| đạt)?|(?:tương đương|tương ứng)(?: với)?(?: giảm)?"
    r"|cắt giảm|giảm"
)
_CUT: Final = re.compile(
    rf"(?<!còn\s)(?<!xuống\s)\b{_TIME}[^\d.;%]{{0,50}}(?:cắt giảm|rút ngắn|giảm)(?: được| thời gian| (còn))?\s{_TIME}"
    r"(?:[^\d.;%]{0,40}\bcòn(?: lại)?\s\d{1,4}(?:,\d{1,2})?\s(?:ngày|giờ)\b)?"
    rf"(?:(?!so với|đạt)[^\d.;%(]){{0,40}}(?:\((?:{_NAMED})?|,?\s(?:{_NAMED}))\s?(\d{{1,3}}(?:,\d{{1,3}})?)\s?%",
    re.IGNORECASE,
)


def check_cuts(reading: Reading) -> Iterator[Finding]:
    """Shares of times that are cut, in running text."""
    for block in reading.flow.of(*RUNNING):
        if "%" not in block.text or not holds(block.text, "rút ngắn", "giảm"):
            continue
        for match in _CUT.finditer(block.text, block.body):
            whole, part, share = (_term(match, group, block, reading) for group in (1, 4, 6))
            if whole is None or part is None or share is None or match[2].lower() != match[5].lower():
                continue
            if part.value <= whole.value:  # "15 ngày giảm còn 10 ngày" cuts 5
                formula = RATE if match[3] else SHARE
                made = recompute(CheckKind.RATIO, match.group(), formula, [part, whole], share)
                if made is not None:
                    yield made


def _term(match: re.Match[str], group: int, block: Block, reading: Reading) -> Term | None:
    value = read_number(match[group])
    if value is None:
        return None
    start, end = block.start + match.start(group), block.start + match.end(group)
    proof = reading.proof(start, end, "checks.cut")
    return Term(match[group], value, proof, is_doubtful(proof, reading))
