"""What a run says at its end, in words a person can read."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from extract.records import Outcome, Status
from extract.run import Plan, Summary
from extract.store.archive import open_archive

LONGEST_LIST = 20


def print_summary(summary: Summary, database: Path, paths: str) -> None:
    """Letters by status, failures with reasons, records by kind, findings, seconds, the next command."""
    counts = {status: summary.count(status) for status in Status}
    words = [f"{counts[status]} {status}" for status in Status if counts[status]]
    click.echo(f"{len(summary.outcomes)} files: {', '.join(words) or 'none read'}")
    if summary.new == 0 and not summary.interrupted:
        click.echo(f"nothing to do: all are in {database} unchanged ({summary.seconds:.1f} s)")
    else:
        rate = f", {summary.pages / summary.seconds:.1f} pages/s" if summary.pages and summary.seconds > 0 else ""
        click.echo(f"{summary.new} new or changed, {summary.pages} pages read in {summary.seconds:.1f} s{rate}")
    _print_troubles(summary.outcomes)
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


def _print_troubles(outcomes: tuple[Outcome, ...]) -> None:
    troubles = [outcome for outcome in outcomes if outcome.status in (Status.FAILED, Status.PARTIAL)]
    for outcome in troubles[:LONGEST_LIST]:
        click.echo(f"  {outcome.status}  {outcome.path}: {outcome.message}")
    if len(troubles) > LONGEST_LIST:
        click.echo(f"  … and {len(troubles) - LONGEST_LIST} more")


def print_plan(plan: Plan, database: Path) -> None:
    """What a run would do."""
    for file in plan.todo:
        click.echo(f"would {'list' if file.problem else 'read'}  {file.shown}")
    click.echo(f"{len(plan.todo)} files to do, {len(plan.unchanged)} unchanged in {database}; nothing was written")
