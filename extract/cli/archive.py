"""Commands that look into an archive: check, status, browse, export."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from extract.cli.group import command
from extract.store.archive import open_archive
from extract.store.contents import StoredFinding

_DATABASE = click.argument("database", type=click.Path(path_type=Path))
_VERDICTS = ("differs", "misread", "rounded", "agrees")
_FIGURE = re.compile(r"-?\d{1,20}(?:\.\d{1,10})?")
Row = dict[str, object]


@command(short_help="The findings: which figures do not add up.")
@_DATABASE
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", help="How to print them."
)
@click.option("--all", "everything", is_flag=True, help="Also what agrees or is rounded.")
@click.pass_context
def check(ctx: click.Context, database: Path, form: str, everything: bool) -> None:
    """Print the findings of DATABASE, the weightiest first; exit status 1 where something differs."""
    with open_archive(database, create=False) as archive:
        findings = sorted(archive.findings(everything=everything), key=_lightness)
    rows: list[Row] = [
        {
            "verdict": finding.verdict,
            "letter": finding.letter_title,
            "line": finding.line,
            "kind": finding.kind,
            "statement": finding.statement,
            "reported": finding.reported,
            "computed": finding.computed,
            "note": finding.note,
        }
        for finding in findings
    ]
    if form == "table":
        _print_findings(rows)
    else:
        _print(rows, form, "")
    if any(row["verdict"] == "differs" for row in rows):
        ctx.exit(1)


@command(short_help="What happened to every file.")
@_DATABASE
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", help="How to print it.")
@click.option("--all", "everything", is_flag=True, help="Also the files that are done.")
def status(database: Path, form: str, everything: bool) -> None:
    """Print what happened to the files of DATABASE: how many are done, which failed and why, the last run."""
    with open_archive(database, create=False) as archive:
        outcomes, last = archive.outcomes(), archive.last_run()
    rows: list[Row] = [
        {
            "status": outcome.status.value,
            "path": outcome.path,
            "stage": outcome.stage.value if outcome.stage else None,
            "page": outcome.page,
            "message": outcome.message,
        }
        for outcome in outcomes
        if everything or form != "table" or outcome.status.value != "done"
    ]
    if form == "table":
        counts: dict[str, int] = {}
        for outcome in outcomes:
            counts[outcome.status.value] = counts.get(outcome.status.value, 0) + 1
        click.echo(f"{len(outcomes)} files: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
        if last is not None:
            click.echo(f"last run: {last.started} to {last.finished or 'not finished'}, version {last.version}")
    _print(rows, form, "all done")


@command(short_help="The archive in a web browser.")
@_DATABASE
@click.option("--port", type=click.IntRange(0, 65535), default=8001, help="Port on 127.0.0.1.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the default browser.")
def browse(database: Path, port: int, open_browser: bool) -> None:
    """Show DATABASE in a web browser with Datasette, on this machine only (127.0.0.1)."""
    from extract.browse.serve import serve

    with open_archive(database, create=False):
        pass
    serve(database, port=port, open_browser=open_browser)


@command(short_help="Hand-over formats.")
@_DATABASE
@click.option("--to", "form", type=click.Choice(["csv", "jsonl", "xlsx"]), required=True, help="The format.")
@click.argument("folder", type=click.Path(path_type=Path))
def export(database: Path, form: str, folder: Path) -> None:
    """Write every table and view of DATABASE into FOLDER: one file each, or one workbook (xlsx)."""
    from extract.export.tables import write_tables
    from extract.export.workbook import write_workbook

    with open_archive(database, create=False) as archive:
        written = write_workbook(archive, folder) if form == "xlsx" else write_tables(archive, folder, form)
    for path, rows in written:
        click.echo(f"{path}  {rows} rows")


def _lightness(finding: StoredFinding) -> tuple[int, bool]:
    """Order by weight: by verdict, then shares that are off by one in the last printed place behind all others."""
    verdict, told, made = _VERDICTS.index(finding.verdict), finding.reported or "", finding.computed or ""
    if finding.kind not in ("ratio", "rate_of_change") or not (_FIGURE.fullmatch(told) and _FIGURE.fullmatch(made)):
        return verdict, False
    unit = Decimal(1).scaleb(-len(told.partition(".")[2]))
    return verdict, abs(Decimal(told) - Decimal(made)) <= unit


def _print_findings(rows: Sequence[Row]) -> None:
    """A paragraph a finding: where, what the letter says, the arithmetic."""
    colours = {"differs": "red", "misread": "yellow"}
    for row in rows:
        verdict = str(row["verdict"])
        where = f"{row['letter']}, line {row['line']}" if row["line"] else row["letter"]
        click.echo(f"{click.style(f'{verdict:<8}', fg=colours.get(verdict, 'green'))}  {where}  [{row['kind']}]")
        click.echo(f"          {row['statement']}")
        if row["note"]:
            click.echo(f"          {row['note']}")
    counts = Counter(str(row["verdict"]) for row in rows)
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "nothing that differs")


def _print(rows: Sequence[Row], form: str, nothing: str) -> None:
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    elif rows:
        console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200)
        table = Table(*rows[0], show_lines=False, expand=False)
        for row in rows:
            table.add_row(*_cells(row.values()))
        console.print(table, markup=False, highlight=False)
    else:
        click.echo(nothing)


def _cells(values: Iterable[object]) -> list[str]:
    from rich.markup import escape

    return ["" if value is None else escape(str(value)) for value in values]


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()
