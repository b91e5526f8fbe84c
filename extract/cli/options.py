"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from extract.settings import OcrMode
from gazetteer.scoring_models import ENVIRONMENT, ModelInvalid, load_models

OCR = click.option(
    "--ocr",
    type=click.Choice([mode.value for mode in OcrMode]),
    default=OcrMode.AUTO.value,
    help="Read page images: where the text layer cannot be trusted, always, or never.",
)
ENGINE = click.option(
    "--engine",
    type=click.Choice(["auto", "tesserocr", "pytesseract"]),
    default="auto",
    help="How Tesseract is called: in this process, or its program a page.",
)


def _use_models(_ctx: click.Context, _param: click.Parameter, folders: tuple[Path, ...]) -> None:
    """Let everything in this process and those it starts know the models in `folders`."""
    try:
        load_models(folders)
    except ModelInvalid as invalid:
        raise click.BadParameter(str(invalid)) from invalid
    os.environ[ENVIRONMENT] = os.pathsep.join(str(folder.absolute()) for folder in folders)


MODELS = click.option(
    "--models",
    "--folder",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar=ENVIRONMENT,
    show_default=False,
    expose_value=False,
    callback=_use_models,
    help=f"A folder with scoring models of your own (*.toml); can be given more than once.  [env var: {ENVIRONMENT}]",
)
