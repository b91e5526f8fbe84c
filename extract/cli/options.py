"""Options that several commands share."""

from __future__ import annotations

import click

from extract.settings import OcrMode

OCR = click.option(
    "--ocr",
    type=click.Choice(list(OcrMode)),
    default=OcrMode.AUTO,
    help="Read page images: where the text layer cannot be trusted, always, or never.",
)
ENGINE = click.option(
    "--engine",
    type=click.Choice(["auto", "tesserocr", "pytesseract"]),
    default="auto",
    help="How Tesseract is called: in this process, or its program a page.",
)
