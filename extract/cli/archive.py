"""Commands that look into an archive: status, browse, export."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from extract.cli.group import command
from extract.cli.printing import Row, print_rows
from extract.store.archive import open_archive

_DATABASE = click.argument("database", type=click.Path(path_type=Path))


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
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        click.echo(f"{len(outcomes)} files: {told or 'none read'}")
        if last is not None:
            finished = _second(last.finished) if last.finished else "not finished"
            click.echo(f"last run: {_second(last.started)} to {finished} (UTC), version {last.version}")
    ended = last is not None and last.finished is not None
    print_rows(rows, form, "all done" if ended else "the last run did not end; the same command goes on with it")


def _second(moment: str) -> str:
    """A moment of the archive (UTC, ISO 8601) as people read it."""
    return dt.datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M:%S")


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
@click.option("--to", "form", type=click.Choice(["csv", "jsonl", "xlsx", "ics"]), required=True, help="The format.")
@click.argument("folder", type=click.Path(path_type=Path))
def export(database: Path, form: str, folder: Path) -> None:
    """Write every table and view of DATABASE into FOLDER: one file each, or one workbook (xlsx).

    As ics it is a calendar of the tasks that have a deadline, tasks.ics.
    """
    from extract.export.calendar import write_calendar
    from extract.export.tables import write_tables
    from extract.export.workbook import write_workbook

    with open_archive(database, create=False) as archive:
        if form == "ics":
            written = write_calendar(archive, folder)
        else:
            written = write_workbook(archive, folder) if form == "xlsx" else write_tables(archive, folder, form)
    for path, rows in written:
        click.echo(f"{path}  {rows} {'tasks' if form == 'ics' else 'rows'}")
