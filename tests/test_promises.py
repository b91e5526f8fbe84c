"""docs/promises.md names tests that exist, and one for every promise."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| ") and "proved by" not in line]
ROWS = [line.strip("| ").split(" | ") for line in LINES]


@cache
def names_in(path: Path) -> frozenset[str]:
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_a_promise_names_tests_that_exist(row: list[str]) -> None:
    promise, proof = row
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", proof)
    assert promise and named
    assert re.sub(r"`[^`]+`|[, ]", "", proof) == "", "only tests stand here"
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert name in names_in(ROOT / file), f"{file} has no {name}"


def test_there_are_promises() -> None:
    assert len(ROWS) > 40 and len({row[0] for row in ROWS}) == len(ROWS)
