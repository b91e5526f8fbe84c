"""`extract evaluate`: accuracy against gold letters."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from extract.cli.group import command
from extract.cli.options import MODELS
from extract.errors import NoGold, PathMissing
from extract.evaluation import Agreement, Tally, add_fields, compare_fields, compare_letter, count_word_errors
from extract.evaluation.gold import GoldLetter, find_gold
from extract.letter import read_letter
from extract.settings import ReadSettings


@command(short_help="Accuracy against gold letters, per kind of record.")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD-DIR")
@click.option("--letters", type=click.Path(path_type=Path), help="Where the letters are.  [default: GOLD-DIR]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@click.option("--verbose", is_flag=True, help="List what was missed and what was invented.")
@MODELS
def evaluate(gold: Path, letters: Path | None, form: str, verbose: bool) -> None:
    """Compare what is found in letters with the answers in GOLD-DIR.

    GOLD-DIR holds NN.gold.json (records as in `extract show --format json`) and
    NN.restored.txt (the text) for letters named NN.pdf, NN.txt, NN.png, NN.tif. Where it
    has a folder called like the folder of the letters, texts there come first.
    """
    if not gold.exists():
        raise PathMissing(str(gold))
    tallies: dict[str, Tally] = {}
    fields: dict[str, dict[str, Agreement]] = {}
    wrong = total = read = 0
    for letter in find_gold(gold, letters or gold):
        read += 1
        click.echo(letter.path, err=True) if sys.stderr.isatty() else None
        found, agreed, text = _evaluate(letter)
        for kind, tally in found.items():
            tallies[kind] = tallies.get(kind, Tally()) + tally
        fields = add_fields(fields, agreed)
        if text is not None:
            wrong, total = wrong + text[0], total + text[1]
        if verbose:
            _list_mistakes(letter.key, found, agreed)
    if not read:
        raise NoGold(str(gold))
    if form == "json":
        click.echo(json.dumps(_as_json(tallies, fields, read, wrong, total), ensure_ascii=False, indent=1))
    else:
        _print(tallies, read, wrong, total)
        _print_fields(fields)


def _evaluate(
    gold: GoldLetter,
) -> tuple[dict[str, Tally], dict[str, dict[str, Agreement]], tuple[int, int] | None]:
    from extract.export.letter_json import letter_json
    from extract.understand import understand

    understood = understand(read_letter(gold.path, ReadSettings()))
    tallies: dict[str, Tally] = {}
    fields: dict[str, dict[str, Agreement]] = {}
    if gold.records is not None:
        found = letter_json(understood.letter, understood.reading, understood.records, understood.findings)
        tallies, fields = compare_letter(found, gold.records), compare_fields(found, gold.records)
    errors = None if gold.text is None else count_word_errors(understood.reading.repaired.text, gold.text)
    return tallies, fields, errors


def _print(tallies: dict[str, Tally], read: int, wrong: int, total: int) -> None:
    if total:
        click.echo(
            f"{read} letters; words right in the repaired text: {1 - wrong / total:.4f} ({wrong} wrong of {total})"
        )
    click.echo(f"{'':<18}{'precision':>10}{'recall':>10}{'F1':>8}{'right':>8}{'wanted':>8}{'claimed':>9}")
    for kind, tally in tallies.items():
        click.echo(
            f"{kind:<18}{tally.precision:>10.3f}{tally.recall:>10.3f}{tally.f1:>8.3f}"
            f"{tally.right:>8}{tally.wanted:>8}{tally.claimed:>9}"
        )


def _print_fields(fields: dict[str, dict[str, Agreement]]) -> None:
    """Agreement of further fields, where records were matched whose gold states them."""
    click.echo()
    click.echo(f"{'matched records':<28}{'agree':>8}{'right':>8}{'of':>6}{'named':>9}{'right':>8}{'of':>6}")
    for kind, agreements in fields.items():
        for field, found in agreements.items():
            if found.of:
                click.echo(
                    f"{f'{kind}: {field}':<28}{found.share:>8.3f}{found.right:>8}{found.of:>6}"
                    f"{found.named_share:>9.3f}{found.named_right:>8}{found.named:>6}"
                )


def _as_json(
    tallies: dict[str, Tally], fields: dict[str, dict[str, Agreement]], read: int, wrong: int, total: int
) -> dict[str, object]:
    kinds = {
        kind: {
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
            "right": tally.right,
            "wanted": tally.wanted,
            "claimed": tally.claimed,
        }
        for kind, tally in tallies.items()
    }
    agreed = {
        kind: {
            field: {
                "agree": round(found.share, 4),
                "right": found.right,
                "of": found.of,
                "agree_named": round(found.named_share, 4),
                "right_named": found.named_right,
                "named": found.named,
            }
            for field, found in agreements.items()
            if found.of
        }
        for kind, agreements in fields.items()
    }
    return {"letters": read, "words": total, "wrong_words": wrong, "records": kinds, "fields": agreed}


def _list_mistakes(key: str, tallies: dict[str, Tally], fields: dict[str, dict[str, Agreement]]) -> None:
    for kind, tally in tallies.items():
        for name, records in (("missed", tally.missed), ("invented", tally.invented)):
            for record in records:
                shown = {field: value for field, value in record.items() if field != "evidence"}
                click.echo(f"{key} {kind} {name}: {json.dumps(shown, ensure_ascii=False)[:240]}")
    for kind, agreements in fields.items():
        for field, found in agreements.items():
            for have, want in found.wrong:
                values = (json.dumps(value, ensure_ascii=False)[:120] for value in (have, want))
                click.echo(f"{key} {kind} {field}: {' where gold has '.join(values)}")
