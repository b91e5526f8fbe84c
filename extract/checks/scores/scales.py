"""Classes by scores, and which of them a letter goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extract.checks.figures.places import span_of
from extract.checks.scores.links import link
from extract.records import Reading, Records
from gazetteer.keys import folded
from gazetteer.scoring_models import Band, ScoringModel

_FEWEST: Final = 2  # bands of a scale
_TELLING: Final = 3  # words of a name that stands for its index anywhere in a letter


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes by scores.

    `told` are the bands in words, `total` the most a score can be, `own` says that the letter gives them, `verified`
    that each was read in its source, `percent` that they are shares of the maximum.
    """

    name: str
    bands: tuple[Band, ...]
    total: Decimal
    told: str
    own: bool = False
    percent: bool = False

    def band_of(self, score: Decimal) -> Band | None:
        """The class a score falls into; None where it falls between two."""
        return next((band for band in self.bands if band.holds(score)), None)

    def band_named(self, name: str) -> Band | None:
        """The band of that class, compared without marks, case and lead ("loại Tốt")."""
        key = class_key(name)
        return next((band for band in self.bands if class_key(band.name) == key), None)


def scale_of(model: ScoringModel) -> Scale:
    """The bands of a scoring model."""
    return Scale(model.document or model.name, model.bands, model.total, model.bands_in_words())


@lru_cache(maxsize=1024)
def class_key(name: str) -> str:
    """A class without marks, case, lead and "nhiệm vụ": "Loại Hoàn thành tốt nhiệm vụ" is "hoan thanh tot"."""
    words = folded(name).split()
    while len(words) > 1 and words[0] in ("xep", "loai", "muc", "hang", "dat"):
        words = words[1:]
    return " ".join(words).removesuffix(" nhiem vu")


def spoken_of(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> tuple[Scale, ...]:
    """The scales of the models that scores or places belong to, or that the letter names, in their order."""
    day = span_of(records.header.date)
    told = {one.indicator for one in records.scores} | {one.indicator for one in records.ranks}
    matches = [link(name, None, models, day[1] if day else None) for name in sorted(filter(None, told))]
    meant = {match.model.id for match in matches if match is not None}
    meant |= {model.id for model in named_in(reading.flow.text, models)}
    return tuple(scale_of(model) for model in models if model.id in meant and len(model.bands) >= _FEWEST)


def named_in(text: str, models: Iterable[ScoringModel]) -> tuple[ScoringModel, ...]:
    """The models that a text names: the number of the document they rest on, or a name of several words."""
    words = f" {_words(text)} "
    return tuple(model for model in models if any(f" {name} " in words for name in _names(model)))


@lru_cache(maxsize=256)
def _names(model: ScoringModel) -> tuple[str, ...]:
    names = [folded(name) for name in (model.name, *model.aliases)]
    found = [name for name in names if len(name.split()) >= _TELLING]
    return (*found, _words(model.document)) if model.document is not None else tuple(found)


@lru_cache(maxsize=16)
def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def remark_on(scale: Scale, *bands: Band | None) -> str:
    """What the note of a finding says of where its bands are from, "" where they were read in the source."""
    if scale.own:
        return f"theo ngưỡng nêu trong văn bản: {scale.told}"
    return "" if all(band is None or band.verified for band in bands) else "ngưỡng chưa kiểm chứng từ văn bản gốc"
