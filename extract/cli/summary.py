"""What a run says at its end, in words a person can read."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from extract.records import Outcome, Status
from extract.run import Summary
from extract.sorting import Need, Sorted, Why
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
        click.echo(f"{_told(summary.worked_on)}, {summary.pages} pages read in {summary.seconds:.1f} s{rate}")
    name = shlex.quote(str(database))
    _print_named(summary.failures, summary.count(Status.FAILED) + summary.count(Status.PARTIAL), name)
    _print_named(summary.skips, summary.count(Status.SKIPPED), name)
    with open_archive(database, create=False) as archive:
        stored = archive.counts()
    held = ", ".join(f"{count} {kind}" for kind, count in stored.records.items() if count)
    if held:
        findings = ", ".join(f"{count} {verdict}" for verdict, count in stored.findings.items() if count)
        click.echo(f"in the archive: {held}")
        click.echo(f"checks made: {findings or 'none'}")
    advice = []
    if summary.interrupted:
        advice.append(f"interrupted; go on with:  extract run {paths} -o {name}")
    elif counts[Status.FAILED] or counts[Status.PARTIAL]:
        advice.append(f"what failed and why:      extract status {name}")
    if held:
        advice.append(f"which figures do not add up:  extract check {name}")
        advice.append(f"look and search:              extract browse {name} --open")
    for line in ["", *advice] if advice else []:
        click.echo(line)


def _told(worked_on: Mapping[Why, int]) -> str:
    return ", ".join(f"{worked_on[why]} {why}" for why in Why if worked_on.get(why)) or "nothing done yet"


def _print_named(outcomes: Sequence[Outcome], count: int, database: str) -> None:
    """Files that were not read as they should be, each with its reason; where the others are listed."""
    for outcome in outcomes:
        click.echo(f"  {outcome.status}  {outcome.path}: {outcome.message}")
    if count > len(outcomes):
        kinds = " or ".join(dict.fromkeys(outcome.status for outcome in outcomes))
        click.echo(f"  … and {count - len(outcomes)} more {kinds}; to list all:  extract status {database}")


def print_plan(plan: Iterable[Sorted], database: Path) -> None:
    """What a run would do."""
    todo: Counter[Why] = Counter()
    unchanged = 0
    for file in plan:
        if file.need is Need.NOTHING:
            unchanged += 1
            continue
        todo[file.why] += 1
        click.echo(f"would {'read' if file.need is Need.READ else 'list'}  {file.found.shown}")
    why = f" ({_told(todo)})" if todo else ""
    click.echo(f"{todo.total()} files to do{why}, {unchanged} unchanged in {database}; nothing was written")
