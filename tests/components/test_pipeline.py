from __future__ import annotations

import subprocess
import sys

import pytest

from extract.components import find_records, pipe_names
from extract.records import (
    Block,
    Flow,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Reading,
    Records,
    Role,
    Source,
    VerdictKind,
)
from normalize.edits import Repaired


def reading_of(text: str) -> Reading:
    lines = tuple(Line(line) for line in text.split("\n"))
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(Role.PARAGRAPH, line.text, at, ()))
        at += len(line.text) + 1
    return Reading(Letter("a.txt", "0" * 64, "text/plain", (page,)), Repaired(text, text), Flow(text, tuple(blocks)))


def test_nothing_is_found_in_an_empty_letter() -> None:
    assert find_records(reading_of("")) == Records()


def test_an_unknown_pipe_cannot_be_switched_off() -> None:
    with pytest.raises(ValueError, match="no such pipe: weather"):
        find_records(reading_of(""), disable=("weather",))


def test_all_pipes_can_be_switched_off() -> None:
    text = "Thực hiện Quyết định số 12/QĐ-UBND ngày 03/02/2021 của UBND tỉnh."
    assert find_records(reading_of(text), disable=pipe_names()) == Records()


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, extract.components as c; c.pipe_names(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
