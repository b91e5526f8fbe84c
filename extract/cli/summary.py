"""What a run says at its end, in words a person can read."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from extract.records import Status
from extract.run import Summary
from extract.sorting import Need, Sorted
from extract.store.archive import open_archive


def print_summary(summary: Summary, database: Path, paths: str) -> None:
    """Letters by status, failures with reasons, records by kind, findings, seconds, the next command."""
    counts = {status: summary.count(status) for status in Status}
    words = [f"{counts[status]} {status}" for status in Status if counts[status]]
    click.echo(f"{summary.files} files: {', '.join(words) or 'none read'}")
    if summary.new == 0 and not summary.interrupted:
        click.echo(f"nothing to do: all are in {database} unchanged ({summary.seconds:.1f} s)")
    else:
        rate = f", {summary.pages / summary.seconds:.1f} pages/s" if summary.pages and summary.seconds > 0 else ""
        click.echo(f"{summary.new} new or changed, {summary.pages} pages read in {summary.seconds:.1f} s{rate}")
    _print_troubles(summary)
    with open_archive(database, create=False) as archive:
        stored = archive.counts()
    click.echo("in the archive: " + ", ".join(f"{count} {kind}" for kind, count in stored.records.items() if count))
    findings = ", ".join(f"{count} {verdict}" for verdict, count in stored.findings.items() if count)
    click.echo(f"checks made: {findings or 'none'}")
    click.echo()
    name = shlex.quote(str(database))
    if summary.interrupted:
        click.echo(f"interrupted; go on with:  extract run {paths} -o {name}")
    elif counts[Status.FAILED]:
        click.echo(f"what failed and why:      extract status {name}")
    click.echo(f"which figures do not add up:  extract check {name}")
    click.echo(f"look and search:              extract browse {name} --open")


def _print_troubles(summary: Summary) -> None:
    for outcome in summary.troubles:
        click.echo(f"  {outcome.status}  {outcome.path}: {outcome.message}")
    more = summary.count(Status.FAILED) + summary.count(Status.PARTIAL) - len(summary.troubles)
    if more:
        click.echo(f"  … and {more} more")


def print_plan(plan: Iterable[Sorted], database: Path) -> None:
    """What a run would do."""
    todo = unchanged = 0
    for file in plan:
        if file.need is Need.NOTHING:
            unchanged += 1
            continue
        todo += 1
        click.echo(f"would {'read' if file.need is Need.READ else 'list'}  {file.found.shown}")
    click.echo(f"{todo} files to do, {unchanged} unchanged in {database}; nothing was written")
