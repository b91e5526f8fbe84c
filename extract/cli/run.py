"""`extract run`: read a folder of letters into a database."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from extract.cli.group import command
from extract.cli.options import ENGINE, MODELS, OCR
from extract.errors import NothingToRead
from extract.records import Status
from extract.settings import OcrMode, ReadSettings


@command("run", short_help="Read every letter under PATH into the database.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("-o", "--output", "database", default="archive.db", type=click.Path(path_type=Path), help="The database.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="cores",
    help="Pages read at a time.",
)
@click.option("--cluster", metavar="ADDRESS", help="Read pages on the Dask scheduler at ADDRESS (tcp://host:8786).")
@MODELS
@OCR
@ENGINE
@click.option(
    "--page-seconds", type=click.FloatRange(min=1), default=ReadSettings().page_seconds, help="Time limit a page."
)
@click.option("--retry", type=click.Choice(["failed"]), help="Try again what failed though it did not change.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), help="Append what happens to this file, one JSON a line."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done and do nothing.")
@click.pass_context
def run_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    database: Path,
    jobs: int,
    cluster: str | None,
    ocr: OcrMode,
    engine: str,
    page_seconds: float,
    retry: str | None,
    log_file: Path | None,
    dry_run: bool,
) -> None:
    """Read every letter under PATH (files or folders) into the database.

    Runs again only what changed. A file that fails is listed with its reason and
    never stops the run. Exit status 3 says that some files failed, 6 that the run was
    stopped because this machine cannot work; then no file is charged with it.
    """
    from extract.cli import summary
    from extract.cli.log import RunLog
    from extract.cli.progress import Bar, Both
    from extract.run import RunSettings, plan_run, run

    read = ReadSettings(ocr=OcrMode(ocr), engine=engine, page_seconds=page_seconds)
    settings = RunSettings(read, jobs, cluster, retry == "failed")
    if dry_run:
        summary.print_plan(plan_run(paths, database, settings), database)
        return
    with RunLog(log_file) as log, Bar(sys.stderr) as bar:
        done = run(paths, database, settings, Both(bar, log))
        log.end(done)
    shown = " ".join(shlex.quote(str(path)) for path in paths)
    summary.print_summary(done, database, shown)
    if done.exit_status is not None:
        ctx.exit(done.exit_status)
    if done.count(Status.SKIPPED) == done.files:
        raise NothingToRead(shown, f"files there: {done.files}, of kinds that are read: 0")
    if done.count(Status.FAILED) or done.count(Status.PARTIAL):
        ctx.exit(3)
