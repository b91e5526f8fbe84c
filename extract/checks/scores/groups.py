"""Classes with their bodies and scores behind them: "- Tốt: A (88,7), B (80,2); - Khá: C (78,1), D (86,8)".

A better class has higher scores: where all but one score stand so, that one is in the wrong class. Bands that the
letter tells, or those of a model it speaks of, say so too, where all the other scores fall into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.scores.bands import class_names, own_scales, place_of_class
from extract.checks.scores.scales import Scale, spoken_of
from extract.components.context import UPPER
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.scoring_models import ScoringModel

_COUNT: Final = r"(?:\s?\(\s?\d{1,3}[^()\d]{0,40}\))?"
_LABEL: Final = re.compile(
    rf"(?:^|[:;.]\s|[-+*•–)]\s)(?:\d{{1,3}}\s(?:[^\W\d_]+,?\s){{1,6}}?)?"
    rf"(?:(?:được )?(?:xếp |đạt )?(?:loại|mức|nhóm)\s)?"
    rf"(?P<name>{class_names()}){_COUNT}\s?(?::|(?:,\s|\s)?gồm:?)",
    re.IGNORECASE,
)
_SCORE: Final = re.compile(
    rf"(?P<name>[{UPPER}][^\W\d_]*(?:\s[^\W\d_]+){{0,5}})\s?"
    r"(?:\((?:đạt )?(?P<bare>\d{1,3}(?:,\d{1,4})?)\s?(?:điểm|%)?\)"
    r"|(?::|\sđạt)?\s(?P<told>\d{1,3}(?:,\d{1,4})?)\s?(?:điểm|%))"
)
_MOST: Final = 200  # scores of a letter
_FEWEST: Final = 5  # scores of all classes together


@dataclass(frozen=True, slots=True)
class _Given:
    """A body with its score in a class, and where the score stands in the text of the flow."""

    body: str
    score: Decimal
    name: str
    place: int
    start: int
    end: int


def check_groups(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """The scores of bodies told behind their class."""
    for run in _runs(reading):
        if not _FEWEST <= len(run) <= _MOST or len({one.place for one in run}) == 1:
            continue
        scales = [*own_scales(reading), *spoken_of(records, reading, models)]
        wrong, right = _wrong(run, scales)
        for one in run:
            if wrong is None or one is wrong:
                yield _of(one, right if one is wrong else None, reading)


def _runs(reading: Reading) -> Iterator[list[_Given]]:
    """Scores behind classes that are told one behind the other, each class once."""
    run: list[_Given] = []
    told: set[int] = set()
    for block in reading.flow.blocks:
        labels = list(_LABEL.finditer(block.text)) if block.role in RUNNING and ":" in block.text else []
        if not labels:
            yield run
            run, told = [], set()
            continue
        for at, label in enumerate(labels):
            end = labels[at + 1].start() if at + 1 < len(labels) else len(block.text)
            name, place = label["name"], place_of_class(label["name"])
            if place in told:
                yield run
                run, told = [], set()
            told.add(place)
            for match in islice(_SCORE.finditer(block.text, label.end(), end), _MOST):
                group = "bare" if match["bare"] else "told"
                score = read_number(match[group])
                if score is not None:
                    start = block.start + match.start(group)
                    run.append(_Given(match["name"], score, name, place, start, block.start + match.end(group)))
    yield run


def _wrong(run: Sequence[_Given], scales: Sequence[Scale]) -> tuple[_Given | None, str | None]:
    """The one score that its class cannot have, and the class it is of; None where there is none, or are several."""
    for scale in scales:
        bands = [(one, scale.band_of(one.score), scale.band_named(one.name)) for one in run]
        if any(band is None or named is None for _, band, named in bands):
            continue
        out = [(one, band) for one, band, named in bands if band != named]
        if len(out) == 1 and out[0][1] is not None:
            return out[0][0], out[0][1].name
    if _stand(run):
        return None, None
    alone = [one for one in run if _stand([other for other in run if other is not one])]
    if len(alone) != 1:
        return None, None
    others = [other for other in run if other.place != alone[0].place]
    low = [other for other in others if other.score <= alone[0].score]
    high = [other for other in others if other.score >= alone[0].score]
    around = {max(low, key=_score).name if low else "", min(high, key=_score).name if high else ""} - {""}
    return (alone[0], around.pop()) if len(around) == 1 else (None, None)


def _score(one: _Given) -> Decimal:
    return one.score


def _stand(run: Sequence[_Given]) -> bool:
    """Whether no score of a class is as high as one of a better class."""
    places = sorted({one.place for one in run})
    least: Decimal | None = None
    for place in places:
        scores = [one.score for one in run if one.place == place]
        if least is not None and max(scores) >= least:
            return False
        least = min(scores)
    return True


def _of(one: _Given, right: str | None, reading: Reading) -> Finding:
    proof = reading.proof(one.start, one.end, "checks.group")
    verdict = if_wrong(proof, reading)
    return finding(
        CheckKind.CLASS_BAND,
        f"{one.body} {vn(one.score)} điểm, xếp loại {one.name}",
        CheckVerdict.AGREES if right is None else verdict,
        inputs=(("score", plain(one.score)),),
        reported=one.name,
        computed=one.name if right is None else right,
        note=f"{vn(one.score)} điểm đứng giữa điểm của loại {right or one.name}"
        + ("" if right is None else f", báo cáo xếp loại {one.name}"),
        evidence=proof,
    )
