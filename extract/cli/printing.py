"""Rows as a table, JSON or CSV on standard output."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table

Row = dict[str, object]


def print_rows(rows: Sequence[Row], form: str, nothing: str, heads: Sequence[str] = ()) -> None:
    """Print rows with the keys of the first as heads.

    Args:
        rows: what to print; all have the same keys.
        form: "json", "csv", or anything else for a table.
        nothing: what a table without rows says.
        heads: the heads of CSV without rows.
    """
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(rows, heads), nl=False)
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


def _csv(rows: Sequence[Row], heads: Sequence[str]) -> str:
    out = io.StringIO()
    if names := list(rows[0]) if rows else heads:
        writer = csv.DictWriter(out, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()
