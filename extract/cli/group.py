"""How commands are loaded, and how errors reach a person: one line on standard error and an exit status."""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from extract import __version__
from extract.errors import CongvanError, OutputFailed
from extract.stopping import exit_status


class Command(click.Command):
    """A command that takes `--debug` and turns our errors into one line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_set_debug,
                help="Show tracebacks and log lines.",
            )
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a `CongvanError` becomes its line and its exit status."""
        try:
            return super().invoke(ctx)
        except CongvanError as error:
            if ctx.meta.get("debug"):
                raise
            click.echo(f"extract: {error}", err=True)
            ctx.exit(error.exit_status)
        except KeyboardInterrupt as stopped:
            click.echo("extract: interrupted", err=True)
            ctx.exit(exit_status(stopped))
        except BrokenPipeError:
            _drop_output()
            ctx.exit(0)


def command(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Decorator for a command of `extract`."""
    return click.command(name, cls=Command, context_settings={"show_default": True}, **attributes)


class Group(click.Group):
    """The commands by name, each imported when it is asked for."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy
        self.params.append(
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_show_version,
                help="Show the version and exit.",
            )
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order people need them."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Start; standard output and error take any character whatever the locale says."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().main(args, *rest, **extra)
        except OSError as failure:
            if failure.errno not in (errno.ENOSPC, errno.EIO):
                raise
            _drop_output()
            error = OutputFailed("standard output", failure.strerror)
            print(f"extract: {error}", file=sys.stderr)
            sys.exit(error.exit_status)


def _drop_output() -> None:
    """Send what is still to be printed nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _set_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta["debug"] = value
    logging.basicConfig(
        level=logging.DEBUG if value else logging.CRITICAL,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )
    for noisy in ("pdfminer", "PIL", "asyncio", "distributed"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"extract {__version__}")
        ctx.exit()
