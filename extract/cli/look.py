"""`extract show` and `extract repair`: one letter, no database."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from extract.cli.group import command
from extract.cli.options import ENGINE, MODELS, OCR
from extract.errors import CongvanError
from extract.letter import read_letter
from extract.readers.kinds import HEAD_BYTES, MediaType, by_content
from extract.records import Letter, Source
from extract.settings import OcrMode, ReadSettings
from normalize import Edit, Repaired


@command(short_help="Everything found in one letter, no database.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="How to print it.")
@click.option("--all", "everything", is_flag=True, help="As text, list also the checks that agree.")
@MODELS
@OCR
@ENGINE
@click.pass_context
def show(ctx: click.Context, file: Path, form: str, everything: bool, ocr: OcrMode, engine: str) -> None:
    """Print everything found in FILE: header, checks, tasks, citations, figures, tables.

    Checks that agree are counted; --all lists them, and so do JSON and HTML.
    """
    from extract.export.letter_html import letter_html
    from extract.export.letter_json import letter_json
    from extract.export.letter_text import letter_text
    from extract.understand import understand

    letter = _read(ctx, file, ocr, engine)
    understood = understand(letter)
    for failure in understood.failures:
        click.echo(f"extract: {failure}", err=True)
    if understood.failures:
        ctx.call_on_close(lambda: ctx.exit(3))
    parts = (understood.letter, understood.reading, understood.records, understood.findings)
    if form == "json":
        click.echo(json.dumps(letter_json(*parts), ensure_ascii=False, indent=1))
    elif form == "html":
        click.echo(letter_html(*parts))
    else:
        click.echo(letter_text(*parts, how=None if everything else "--all lists them"))


@command(short_help="The repaired text of a readable file.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "diff", "json"]),
    default="text",
    help="The text, the edits in colour, or the edits as JSON.",
)
@OCR
@ENGINE
@click.pass_context
def repair(ctx: click.Context, file: Path, form: str, ocr: OcrMode, engine: str) -> None:
    """Print the repaired text of FILE (- is standard input).

    OCR text comes out line for line; a scan or PDF in reading order with a form
    feed between pages.
    """
    from extract.understand import repair_letter

    letter = _standard_input(ctx, ocr, engine) if str(file) == "-" else _read(ctx, file, ocr, engine)
    repaired = repair_letter(letter)
    if form == "json":
        edits = [
            {
                "line": line,
                "start": start,
                "end": end,
                "before": edit.before,
                "after": edit.after,
                "cause": edit.cause.value,
                "probability": round(edit.probability, 4),
            }
            for line, start, end, edit in _placed(repaired)
        ]
        click.echo(json.dumps({"text": _text(letter, repaired.text), "edits": edits}, ensure_ascii=False, indent=1))
    elif form == "diff":
        click.echo(_diff(repaired), nl=False)
    else:
        click.echo(_text(letter, repaired.text), nl=letter.pages[0].source is not Source.TEXT)


def _read(ctx: click.Context, file: Path, ocr: OcrMode, engine: str) -> Letter:
    def report(number: int, problem: CongvanError) -> None:
        click.echo(f"extract: page {number}: {problem}", err=True)
        ctx.call_on_close(lambda: ctx.exit(3))

    return read_letter(file, ReadSettings(ocr=OcrMode(ocr), engine=engine), report)


def _standard_input(ctx: click.Context, ocr: OcrMode, engine: str) -> Letter:
    """What comes on standard input, read like a file: text, or any kind that its first bytes tell."""
    content = sys.stdin.buffer.read()
    suffix = ".txt" if by_content(content[:HEAD_BYTES])[0] is MediaType.TEXT else ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(content)
        try:
            return _read(ctx, path, ocr, engine)
        except CongvanError as error:
            error.where = "standard input"
            raise


def _text(letter: Letter, text: str) -> str:
    """The repaired lines; pages that are not plain text are parted by a form feed line break."""
    if letter.pages[0].source is Source.TEXT:
        return text
    lines, pages, at = text.split("\n"), [], 0
    for page in letter.pages:
        pages.append("\n".join(lines[at : at + len(page.lines)]))
        at += len(page.lines)
    return "\n\f\n".join(pages)


def _placed(repaired: Repaired) -> Iterator[tuple[int, int, int, Edit]]:
    """Each edit with its line (from 1) and offsets in the raw line."""
    line, line_start, at = 1, 0, 0
    for edit in repaired.edits:
        while (at := repaired.raw.find("\n", line_start)) >= 0 and at < edit.start:
            line, line_start = line + 1, at + 1
        yield line, edit.start - line_start, edit.end - line_start, edit


def _diff(repaired: Repaired) -> str:
    """The text with what was taken out in red and what was put in in green; marked [-…-]{+…+} without colour."""
    parts, at = [], 0
    for edit in repaired.edits:
        parts += [
            repaired.raw[at : edit.start],
            click.style(f"[-{edit.before}-]", fg="red"),
            click.style(f"{{+{edit.after}+}}", fg="green"),
        ]
        at = edit.end
    return "".join([*parts, repaired.raw[at:]])
