"""`extract check`: which figures do not add up, the weightiest first, and which indicators no scoring model knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import click

from extract.cli.group import command
from extract.cli.printing import Row, print_rows
from extract.export.letter_json import named_inputs
from extract.store.archive import open_archive
from extract.store.contents import TITLE, Archive, StoredFinding

_VERDICTS: Final = ("differs", "misread", "rounded", "agrees")
_OUTRIGHT: Final = ("maximum", "rank_bound", "class_band")  # no rounding and no other way of counting explains these
_SHARES: Final = ("ratio", "rate_of_change")
_FIGURE: Final = re.compile(r"-?\d{1,20}(?:\.\d{1,10})?")
_UNLINKED: Final = f"""
SELECT {TITLE},
       (SELECT min(line) FROM evidence WHERE evidence.record = mention.id), mention.record, mention.indicator
FROM (SELECT id, letter, indicator, 'score' AS record FROM scores WHERE indicator IS NOT NULL AND indicator_id IS NULL
      UNION ALL
      SELECT id, letter, indicator, 'rank' FROM ranks WHERE indicator IS NOT NULL AND indicator_id IS NULL) AS mention
JOIN letters ON letters.id = mention.letter
WHERE letters.superseded_by IS NULL
ORDER BY letters.path, 2, mention.id
"""
_NAMED: Final = """
SELECT (SELECT count(indicator) FROM scores) + (SELECT count(indicator) FROM ranks)
"""
_MADE: Final = "SELECT count(*) FROM findings"
_HEADS: Final = (
    "verdict", "letter", "page", "line", "kind", "statement", "reported", "inputs", "computed", "note",
)  # fmt: skip
_GAPS: Final = "SELECT count(*) FROM outcomes WHERE status IN ('failed', 'partial')"


@command(short_help="The findings: which figures do not add up.")
@click.argument("database", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", help="How to print them."
)
@click.option("--all", "everything", is_flag=True, help="Also what agrees or is rounded.")
@click.option("--by-letter", is_flag=True, help="Letter by letter, that with the weightiest finding first.")
@click.option("--unlinked", is_flag=True, help="Instead the indicators of scores and ranks that no scoring model has.")
@click.pass_context
def check(ctx: click.Context, database: Path, form: str, everything: bool, by_letter: bool, unlinked: bool) -> None:
    """Print the findings of DATABASE, the weightiest first; exit status 1 where something differs.

    By weight: what differs, then what may be misread; within each what breaks a
    bound or rule outright, then by the size of the error against the figure; a share
    that is off by one in its last printed place comes last.
    """
    with open_archive(database, create=False) as archive:
        if unlinked:
            (named,) = archive.connection.execute(_NAMED).fetchone()
            all_known = "every indicator is one of a scoring model" if named else "no score or rank names an indicator"
            print_rows(_unlinked(archive), form, all_known, ("letter", "line", "record", "indicator"))
            return
        findings = sorted(archive.findings(everything=everything), key=_lightness)
        mentions = _unlinked(archive) if form == "table" else []
        inputs = _inputs_by_finding(archive) if form != "table" else {}
        (gaps,) = archive.connection.execute(_GAPS).fetchone()
        (made,) = archive.connection.execute(_MADE).fetchone()
        last = archive.last_run()
    if by_letter:
        heaviest = {finding.letter: place for place, finding in reversed(list(enumerate(findings)))}
        findings.sort(key=lambda finding: heaviest[finding.letter])
    rows: list[Row] = [
        {
            "verdict": finding.verdict,
            "letter": finding.letter_title,
            "page": finding.page,
            "line": finding.line,
            "kind": finding.kind,
            "statement": finding.statement,
            "reported": finding.reported,
            "inputs": _inputs(inputs.get(finding.id, ()), form),
            "computed": finding.computed,
            "note": finding.note,
        }
        for finding in findings
    ]
    if form == "table":
        _print_findings(rows, made)
        if mentions:
            names = len({mention["indicator"] for mention in mentions})
            click.echo(f"not checked against a scoring model: {len(mentions)} scores and ranks of {names} indicators")
            click.echo(f"that no model has; to list them: extract check {database} --unlinked")
    else:
        print_rows(rows, form, "", _HEADS)
    if last is not None and last.finished is None:
        click.echo("the last run did not end, letters may be missing: the same extract run goes on with it", err=True)
    if gaps:
        click.echo(f"files not read or not checked in full: {gaps}; to list them: extract status {database}", err=True)
    if any(row["verdict"] == "differs" for row in rows):
        ctx.exit(1)


def _inputs_by_finding(archive: Archive) -> dict[str, tuple[tuple[str, str], ...]]:
    """Names and values of what findings were computed with, by finding, in the order they were told."""
    rows = archive.connection.execute("SELECT finding, name, value FROM finding_inputs ORDER BY finding, ordinal")
    return {key: tuple(row[1:] for row in of_one) for key, of_one in groupby(rows, key=itemgetter(0))}


def _inputs(inputs: Sequence[tuple[str, str]], form: str) -> object:
    """What was computed with: names and values, as one cell in CSV."""
    return "; ".join(f"{name} = {value}" for name, value in inputs) if form == "csv" else named_inputs(inputs)


def _unlinked(archive: Archive) -> list[Row]:
    """The scores and ranks whose indicator is named and belongs to no scoring model, in the order of the letters."""
    return [
        {"letter": letter, "line": line, "record": record, "indicator": indicator}
        for letter, line, record, indicator in archive.connection.execute(_UNLINKED)
    ]


def _lightness(finding: StoredFinding) -> tuple[int, bool, Decimal]:
    """Order by weight, heaviest first: verdict, off by one in the last place, size of the error."""
    verdict, told, made = _VERDICTS.index(finding.verdict), finding.reported or "", finding.computed or ""
    if finding.kind in _OUTRIGHT or not (_FIGURE.fullmatch(told) and _FIGURE.fullmatch(made)):
        return verdict, False, Decimal(-1)
    gap, larger = abs(Decimal(told) - Decimal(made)), max(abs(Decimal(told)), abs(Decimal(made)))
    decimals = len(told.partition(".")[2])
    rounded = len(made.partition(".")[2]) > decimals  # else the figure could have been printed in full
    last = finding.kind in _SHARES and rounded and gap <= Decimal(1).scaleb(-decimals)
    return verdict, last, -gap / larger if larger else Decimal(0)


def _print_findings(rows: Sequence[Row], made: int) -> None:
    """A paragraph a finding: where, what the letter says, the arithmetic."""
    colours = {"differs": "red", "misread": "yellow"}
    for row in rows:
        verdict = str(row["verdict"])
        places = [f"{name} {row[name]}" for name in ("page", "line") if row[name]]
        where = ", ".join([str(row["letter"]), *places])
        click.echo(f"{click.style(f'{verdict:<8}', fg=colours.get(verdict, 'green'))}  {where}  [{row['kind']}]")
        click.echo(f"          {row['statement']}")
        if row["note"]:
            click.echo(f"          {row['note']}")
    none = "nothing that differs" if made else "no figure could be checked"
    counts = Counter(str(row["verdict"]) for row in rows)
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or none)
