"""Reads and validates scoring models; every complaint names the file, the field and what to do."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from gazetteer.keys import folded
from gazetteer.scoring_models.model import Band, Denominator, Form, Indicator, Rule, ScoringModel

ENVIRONMENT: Final = "CONGVAN_MODELS"  # folders of models of the user's own, parted as in PATH
_HERE: Final = Path(__file__).parent
_MODEL_KEYS: Final = {
    "id": str, "name": str, "aliases": list, "document": str, "version": str, "valid_from": date, "valid_to": date,
    "total": Decimal, "unit": str, "change": str, "ranks": str, "bodies": str, "ties": bool, "classes": list,
    "source": str, "band": list, "denominator": list, "form": list, "indicator": list,
}  # fmt: skip
_BAND_KEYS: Final = {"name": str, "at_least": Decimal, "below": Decimal, "verified": bool}
_DENOMINATOR_KEYS: Final = {"of": int, "year": int, "source": str}
_FORM_KEYS: Final = {"name": str, "parts": list, "rule": str, "factor": Decimal, "tolerance": Decimal}
_INDICATOR_KEYS: Final = {
    "id": str, "name": str, "aliases": list, "max": Decimal, "min": Decimal, "weight": Decimal, "parent": str,
    "full_at": Decimal, "formula": str, "part": str, "whole": str, "verified": bool, "formula_verified": bool,
}  # fmt: skip
_NAMES: Final = {
    str: "text in quotes", list: "a list", date: "a date such as 2022-06-23", Decimal: "a number",
    bool: "true or false", int: "a whole number",
}  # fmt: skip


class ModelInvalid(ValueError):
    """A scoring model that cannot be used: which file, what is wrong, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy


def user_folders() -> tuple[Path, ...]:
    """The folders that `CONGVAN_MODELS` names."""
    return tuple(Path(name) for name in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if name)


def load_models(extra_folders: Sequence[Path | str] | None = None) -> tuple[ScoringModel, ...]:
    """The models that come with the toolkit and those in `extra_folders`, sorted by id.

    A model of a later folder replaces one with the same id. Without `extra_folders` the folders of `CONGVAN_MODELS`
    are read. Unchanged files are not parsed twice in a process.

    Raises:
        ModelInvalid: a file is no valid model, or a folder is not there.
    """
    folders = tuple(map(Path, user_folders() if extra_folders is None else extra_folders))
    if not folders:
        return _shipped()
    models = {model.id: model for several in (_shipped(), *map(_models_of, folders)) for model in several}
    return tuple(models[id_] for id_ in sorted(models))


@cache
def _shipped() -> tuple[ScoringModel, ...]:
    """The models that come with the toolkit; their files do not change in a process."""
    return _models_of(_HERE)


def _models_of(folder: Path) -> tuple[ScoringModel, ...]:
    """The models of one folder, sorted by id."""
    if not folder.is_dir():
        raise ModelInvalid(folder, "no such folder of scoring models", "check the path")
    models: dict[str, tuple[Path, ScoringModel]] = {}
    for path in sorted(folder.glob("*.toml")):
        status = path.stat()
        model = _read(path, status.st_mtime_ns, status.st_size)
        if model.id in models:
            first = models[model.id][0].name
            raise ModelInvalid(path, f"the id {model.id!r} is that of {first} too", "change one id")
        models[model.id] = path, model
    return tuple(models[id_][1] for id_ in sorted(models))


def models_fingerprint(extra_folders: Sequence[Path | str] | None = None) -> str:
    """A hash over the files of all models, in order; wherever the folders lie."""
    digest = hashlib.sha256()
    for folder in (_HERE, *map(Path, user_folders() if extra_folders is None else extra_folders)):
        for path in sorted(folder.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, _size: int) -> ScoringModel:
    try:
        data = tomllib.loads(path.read_text(encoding="utf8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelInvalid(path, f"not a TOML file ({error})", "correct the line named") from error
    return _Parser(path).model(data)


class _Parser:
    """Turns the tables of one file into a model, or says what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def model(self, data: dict[str, Any]) -> ScoringModel:
        data = self._table(data, _MODEL_KEYS, "the model", ("id", "name", "total", "source"))
        indicators = tuple(self._indicator(item) for item in data.get("indicator", ()))
        model = ScoringModel(
            id=data["id"],
            name=data["name"],
            total=data["total"],
            unit=data.get("unit", ""),
            source=data["source"],
            aliases=tuple(data.get("aliases", ())),
            document=data.get("document"),
            version=data.get("version"),
            valid_from=data.get("valid_from"),
            valid_to=data.get("valid_to"),
            ranks=data.get("ranks"),
            provinces_only=self._choice(data, "bodies", ("any", "provinces"), "any") == "provinces",
            ties=data.get("ties", False),
            change_in_points=self._choice(data, "change", ("points", "relative"), "relative") == "points",
            classes=tuple(data.get("classes", ())),
            bands=tuple(self._band(item) for item in data.get("band", ())),
            denominators=tuple(
                Denominator(**self._table(item, _DENOMINATOR_KEYS, "a denominator", ("of", "year", "source")))
                for item in data.get("denominator", ())
            ),
            indicators=indicators,
            forms=tuple(self._form(item) for item in data.get("form", ())),
            path=str(self._path),
        )
        self._check(model)
        return model

    def _band(self, item: dict[str, Any]) -> Band:
        item = self._table(item, _BAND_KEYS, "a band", ("name", "verified"))
        return Band(item["name"], item.get("at_least"), item.get("below"), item["verified"])

    def _form(self, item: dict[str, Any]) -> Form:
        item = self._table(item, _FORM_KEYS, "a form", ("name", "parts"))
        rule = Rule(self._choice(item, "rule", tuple(Rule), Rule.SUM))
        return Form(**(item | {"rule": rule, "parts": tuple(item["parts"])}))

    def _indicator(self, item: dict[str, Any]) -> Indicator:
        item = self._table(item, _INDICATOR_KEYS, f"indicator {item.get('id', '?')!r}", ("id", "name", "verified"))
        return Indicator(**(item | {"aliases": tuple(item.get("aliases", ()))}))

    def _choice(self, item: Mapping[str, Any], key: str, choices: Sequence[str], default: str) -> str:
        value = str(item.get(key, default))
        if value not in choices:
            raise self._wrong(f"{key} is {value!r}", f"write one of {', '.join(choices)}")
        return value

    def _table(
        self, item: dict[str, Any], keys: Mapping[str, type], what: str, required: Sequence[str]
    ) -> dict[str, Any]:
        """The table with its values as the types say."""
        if not isinstance(item, dict):
            raise self._wrong(f"{what} is not a table", "write it as [[name]] with keys below")
        out: dict[str, Any] = {}
        for key, value in item.items():
            if key not in keys:
                raise self._wrong(f"{what} has an unknown key {key!r}", f"use one of {', '.join(keys)}")
            if keys[key] is Decimal and isinstance(value, int | Decimal) and not isinstance(value, bool):
                out[key] = Decimal(value)
            elif type(value) is keys[key]:
                out[key] = value
            else:
                raise self._wrong(f"{what}: {key} is {value!r}", f"write {_NAMES[keys[key]]}")
        for key in required:
            if key not in out:
                raise self._wrong(f"{what} has no {key!r}", f"add {key} = {_NAMES[keys[key]]}")
        return out

    def _check(self, model: ScoringModel) -> None:
        if model.total <= 0:
            raise self._wrong(f"the total is {model.total}", "give the highest score as a number above 0")
        if model.valid_from and model.valid_to and model.valid_to < model.valid_from:
            raise self._wrong("valid_to is before valid_from", "swap or correct them")
        self._check_bands(model)
        self._check_indicators(model)
        for form in model.forms:
            self._check_form(model, form)

    def _check_bands(self, model: ScoringModel) -> None:
        ordered = sorted(model.bands, key=lambda band: Decimal(-1) if band.at_least is None else band.at_least)
        for lower, upper in pairwise(ordered):
            if lower.below != upper.at_least:
                raise self._wrong(
                    f"the bands {lower.name!r} (below {lower.below}) and {upper.name!r} (from {upper.at_least}) "
                    "leave a gap or overlap",
                    "let each begin where the one below it ends",
                )
        for band in model.bands:
            for edge in (band.at_least, band.below):
                if edge is not None and not 0 <= edge <= model.total:
                    raise self._wrong(f"band {band.name!r}: {edge} is outside 0 to {model.total}", "correct it")

    def _check_indicators(self, model: ScoringModel) -> None:
        seen: dict[str, str] = {}
        ids = {indicator.id for indicator in model.indicators}
        if len(ids) != len(model.indicators):
            raise self._wrong("two indicators have the same id", "give each its own")
        for indicator in model.indicators:
            for name in (indicator.name, *indicator.aliases):
                other = seen.setdefault(folded(name), indicator.id)
                if other != indicator.id:
                    raise self._wrong(f"{name!r} names both {other!r} and {indicator.id!r}", "drop one of the two")
            if (indicator.part is None) != (indicator.whole is None):
                raise self._wrong(f"{indicator.id!r} has only one of part and whole", "give both or none")
            if indicator.full_at is not None and not 0 < indicator.full_at <= 1:
                raise self._wrong(f"{indicator.id!r}: full_at is {indicator.full_at}", "write a share above 0, up to 1")
            if indicator.parent is not None and indicator.parent not in ids:
                raise self._wrong(f"{indicator.id!r} belongs to {indicator.parent!r}, which is not there", "correct it")
        for parent in model.indicators:
            parts = [one.max for one in model.indicators if one.parent == parent.id]
            known = [points for points in parts if points is not None]
            if parent.max is not None and known and len(known) == len(parts) and sum(known) != parent.max:
                raise self._wrong(
                    f"the parts of {parent.id!r} have {' + '.join(map(str, known))} = {sum(known)} points, "
                    f"it has {parent.max}",
                    "correct a figure or leave one out",
                )

    def _check_form(self, model: ScoringModel, form: Form) -> None:
        known = {indicator.id: indicator for indicator in model.indicators}
        for part in form.parts:
            if part not in known:
                raise self._wrong(f"form {form.name!r} names {part!r}, which is no indicator", "correct the id")
        if form.rule is Rule.WEIGHTED:
            weights = [known[part].weight for part in form.parts]
            if None in weights:
                raise self._wrong(f"form {form.name!r} is weighted, and a part has no weight", "add it")
            if sum(weight for weight in weights if weight is not None) != 1:
                raise self._wrong(f"the weights of form {form.name!r} do not add up to 1", "correct them")
            return
        maxima = [known[part].max for part in form.parts]
        stated = [points for points in maxima if points is not None]
        if len(stated) == len(maxima) and sum(stated) != model.total:
            raise self._wrong(
                f"form {form.name!r}: {' + '.join(map(str, stated))} = {sum(stated)}, the total is {model.total}",
                "correct a figure",
            )

    def _wrong(self, problem: str, remedy: str) -> ModelInvalid:
        return ModelInvalid(self._path, problem, remedy)
