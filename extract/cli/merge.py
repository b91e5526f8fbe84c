"""`extract merge`: shards into one archive."""

from __future__ import annotations

from pathlib import Path

import click

from extract import jobs
from extract.cli.group import command
from extract.settings import ReadSettings
from extract.store.archive import open_archive
from extract.store.merge import Merged, merge


@command("merge", short_help="Several databases into one.")
@click.argument("database", type=click.Path(path_type=Path), metavar="OUT")
@click.argument("shards", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DATABASE...")
def merge_command(database: Path, shards: tuple[Path, ...]) -> None:
    """Bring every DATABASE into OUT, which is made where it is missing and added to where it is not.

    The result is what one run over all the files would have stored, with the decisions of all. Merging again
    changes nothing, and adds what the shards gained meanwhile.
    """
    try:
        merge(database, shards, _print_shard, lambda merged: jobs.compare_letters(merged, ReadSettings()))
    finally:
        jobs.close_workers()
    with open_archive(database, create=False) as archive:
        stored = archive.counts().records
    click.echo(f"in {database}: " + ", ".join(f"{count} {kind}" for kind, count in stored.items() if count))


def _print_shard(merged: Merged) -> None:
    click.echo(
        f"{merged.shard}: {merged.new} letters new, {merged.replaced} replaced, "
        f"{merged.outcomes} outcomes, {merged.decisions} decisions",
        err=True,
    )
