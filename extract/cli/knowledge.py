"""`extract models` and `extract gazetteer`: what the toolkit knows of the world."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import click

from extract.cli.group import command
from extract.cli.options import MODELS
from extract.errors import UnknownModel
from gazetteer import Candidate, Entry, load_gazetteer
from gazetteer.scoring_models import ScoringModel, load_models

MOST_CANDIDATES = 10


@command(short_help="The scoring models and their indicators.")
@click.argument("name", required=False)
@MODELS
def models(name: str | None) -> None:
    """List the scoring models; with NAME its indicators, maxima, classes and source."""
    known = load_models()
    if name is None:
        for model in known:
            click.echo(f"{model.id:<20} {_span(model):<24} {_plain(model.total):>6} {model.unit:<6} {model.name}")
        return
    for model in known:
        if name.lower() == model.id.lower():
            _print_model(model)
            return
    raise UnknownModel(name, "there are " + ", ".join(model.id for model in known))


def _print_model(model: ScoringModel) -> None:
    click.echo(f"{model.name}\n  {_span(model)}; total {_plain(model.total)} {model.unit}; source: {model.source}")
    if model.aliases:
        click.echo(f"  also called: {'; '.join(model.aliases)}")
    if model.bands:
        unknown = ", ".join(band.name for band in model.bands if not band.verified)
        click.echo(f"  classes: {model.bands_in_words()}{f'  (unverified: {unknown})' if unknown else ''}")
    if model.classes:
        click.echo(f"  classes by place, not by score: {', '.join(model.classes)}")
    for one in model.denominators:
        click.echo(f"  ranked in {one.year}: {one.of}")
    for form in model.forms:
        click.echo(f"  total = {' + '.join(form.parts)}  ({form.name})")
    click.echo("  indicators:")
    for indicator in model.indicators:
        bounds = f"max {_plain(indicator.max)}" if indicator.max is not None else ""
        weight = f"weight {_plain(indicator.weight)}" if indicator.weight is not None else ""
        facts = ", ".join(fact for fact in (bounds, weight, "" if indicator.verified else "unverified") if fact)
        indent = "      " if indicator.parent else "    "
        click.echo(f"{indent}{indicator.id:<20} {indicator.name}{f'  ({facts})' if facts else ''}")
        if indicator.full_at is not None:
            share = f"full points at {_plain(indicator.full_at * 100)} %"
            click.echo(f"{indent}  {share}{'' if indicator.formula_verified else ', unverified'}")
        if indicator.formula is not None:
            click.echo(f"{indent}  {indicator.formula}")


@command(short_help="What a name resolves to, and why.")
@click.argument("query")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the letter: units as they stood then.")
@click.option("--within", help="The unit that must hold it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
def gazetteer(query: str, day: datetime | None, within: str | None, form: str) -> None:
    """Say what QUERY (a province, district, commune or body, with or without accents) resolves to, and why."""
    resolution = load_gazetteer().resolve(query, on=day.date() if day else None, within=within)
    if form == "json":
        answer = {
            "query": query,
            "chosen": _as_json(resolution.chosen) if resolution.chosen else None,
            "reason": resolution.reason,
            "margin": round(resolution.margin, 4),
            "successors": [_as_json(entry) for entry in resolution.successors],
            "candidates": [
                {**_as_json(each.entry), "score": round(each.score, 4), "how": each.how}
                for each in resolution.candidates[:MOST_CANDIDATES]
            ],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    chosen = resolution.chosen
    click.echo(f"{_described(chosen)}" if chosen else f"{query}: not resolved")
    click.echo(f"  why: {resolution.reason}")
    for entry in resolution.successors:
        click.echo(f"  since then: {_described(entry)}")
    for candidate in resolution.candidates[:MOST_CANDIDATES]:
        if candidate.entry != chosen:
            click.echo(f"  could be: {_scored(candidate)}")


def _scored(candidate: Candidate) -> str:
    return f"{_described(candidate.entry)}  {candidate.score:.2f} {candidate.how}"


def _described(entry: Entry) -> str:
    return f"{entry.name}  [{entry.id}, {entry.kind}, {_validity(entry.valid_from, entry.valid_to)}]"


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "name": entry.name,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "successors": list(entry.successors),
        "source": entry.source,
    }


def _span(model: ScoringModel) -> str:
    return _validity(model.valid_from, model.valid_to)


def _validity(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "no dates known"
    return f"{start.isoformat() if start else '…'} to {end.isoformat() if end else 'now'}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
