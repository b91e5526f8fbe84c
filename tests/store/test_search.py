"""Search: with and without accents, signs of documents, and nothing typed is syntax."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.store import Archive, open_archive
from extract.store.search import excerpt, match_expression
from normalize import apply_edits

CASES = json.loads((Path(__file__).parents[1] / "cases" / "search.json").read_text(encoding="utf-8"))
TEXTS = {
    "a": "Ủy ban nhân dân tỉnh\nQuyết định số 766/QĐ-TTg đạt 67,9/100 điểm",
    "b": "các bạn, theo 766/QĐ-TTg ngày 23/6/2022, điểm, Hồ Quang Bửu",
    "c": "Uỷ ban ỦY BAN NHÂN DÂN 42/2022/NĐ-CP, 03-NQ/TU",
    "d": "ĐIỂM\ndanh",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, make: ModuleType) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("search") / "a.db", create=True) as opened:
        for name, text in TEXTS.items():
            lines = tuple(make.Line(line) for line in text.split("\n"))
            verdict = make.LayerVerdict(make.VerdictKind.CLEAN)
            pages = (make.Page(1, None, None, make.Source.TEXT, verdict, lines),)
            letter = make.Letter(name, make.make_letter(seed=name).sha256, "text/plain", pages)
            reading = make.Reading(letter, apply_edits(letter.raw, ()), make.Flow("", ()))
            for _ in range(2):  # the second replaces the first in the index too
                opened.put_letter(letter, reading, make.Records(), (), make.outcome_of(letter), "fp")
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_search(archive: Archive, case: dict[str, Any]) -> None:
    found = [hit.path for hit in archive.search(case["input"])]
    if case.get("any_order"):
        assert sorted(found) == sorted(case["expected"])
    else:
        # What matches the accents comes first; inside a tier the rank of SQLite decides.
        assert found[:1] == case["expected"][:1] or sorted(found) == sorted(case["expected"])
        assert sorted(found) == sorted(case["expected"])


def test_accents_as_typed_come_first(archive: Archive) -> None:
    assert archive.search("bạn")[0].path == "b"
    assert {hit.path for hit in archive.search("bàn")} == {"a", "b", "c"}


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_nothing_typed_is_syntax(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (exact, folded)")
    for exact in (True, False):
        expression = match_expression(query, exact=exact)
        if expression is not None:
            connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (expression,))


def test_lone_surrogates_break_nothing(archive: Archive) -> None:
    assert len(archive.search("\udcff uy")) == 2
    assert len(archive.search("uy\udcff")) == 2


def test_limit_and_length(archive: Archive) -> None:
    assert len(archive.search("ban", limit=1)) == 1
    assert archive.search("ban " * 100_000) != ()


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Ủy ban\n  nhân dân", "uy ban nhan", "Ủy ban [nhân] dân"),
        ("x" * 100 + " đích " + "y" * 100, "đích", "…" + "x" * 79 + " [đích] " + "y" * 79 + "…"),
        ("không có", "đích", "không có"),
        ("", "a", ""),
        ("İstanbul", "đ", "İstanbul"),
    ],
)
def test_excerpt(text: str, query: str, expected: str) -> None:
    assert excerpt(text, query) == expected
