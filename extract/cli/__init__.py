"""The command `extract`. Results go to standard output, progress and messages to standard error."""

from __future__ import annotations

from extract.cli.group import Group

main = Group(
    name="extract",
    help="Turn scanned Vietnamese administrative letters into a checked database.",
    lazy={
        "run": "extract.cli.run:run_command",
        "show": "extract.cli.look:show",
        "repair": "extract.cli.look:repair",
        "check": "extract.cli.check:check",
        "status": "extract.cli.archive:status",
        "browse": "extract.cli.archive:browse",
        "export": "extract.cli.archive:export",
        "merge": "extract.cli.merge:merge_command",
        "models": "extract.cli.knowledge:models",
        "gazetteer": "extract.cli.knowledge:gazetteer",
        "evaluate": "extract.cli.evaluate:evaluate",
        "doctor": "extract.cli.doctor:doctor",
    },
)

__all__ = ["main"]
