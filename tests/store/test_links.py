"""Citations meet their letters only where number, symbol and date or issuer prove it."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from extract.store import open_archive
from extract.store.keys import reference_key
from extract.store.links import Candidate, Mention, choose

HERE = Candidate("l1", "2022-06-23", "Thủ tướng Chính phủ", None)
SCAN = Candidate("l2", "2022-06-23", "Thủ tướng Chính phủ", None)
LATER = Candidate("l3", "2023-06-23", "Thủ tướng Chính phủ", None)
OTHER = Candidate("l4", "2022-06-23", "UBND tỉnh Bình An", "UBND")


@pytest.mark.parametrize(
    ("label", "date", "issuer", "candidates", "chosen"),
    [
        ("same day", "2022-06-23", None, [HERE], "l1"),
        ("month only", "2022-06", None, [HERE], "l1"),
        ("another day", "2022-06-24", None, [HERE], None),
        ("year proves nothing", "2022", None, [HERE], None),
        ("issuer without date", None, "thủ tướng chính phủ", [HERE], "l1"),
        ("parent without date", None, "UBND", [OTHER], "l4"),
        ("neither date nor issuer", None, None, [HERE], None),
        ("another issuer", None, "Bộ Nội vụ", [HERE], None),
        ("not written yet", None, "Thủ tướng Chính phủ", [LATER], None),
        ("two scans of one letter", "2022-06-23", None, [SCAN, HERE], "l1"),
        ("two letters of that day", "2022-06-23", None, [HERE, OTHER], None),
        ("itself", "2022-06-23", None, [Candidate("me", "2022-06-23", None, None)], None),
        ("none", "2022-06-23", None, [], None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_choose(
    label: str, date: str | None, issuer: str | None, candidates: list[Candidate], chosen: str | None
) -> None:
    found = choose(Mention("c", "me", "2023-01-01", date, issuer), candidates)
    assert (found[0].letter if found else None) == chosen, label


@pytest.mark.parametrize(
    ("number", "symbol", "expected"),
    [
        ("766", "QĐ-TTg", "766/qd/ttg"),
        ("03", "NQ/TU", "3/nq/tu"),
        ("3", "NQ-TU", "3/nq/tu"),
        ("42/2022", "NĐ-CP", "42/2022/nd/cp"),
        ("00", "A", "0/a"),
        (None, "A", None),
        ("1", None, None),
        ("", "", None),
    ],
)
def test_reference_key(number: str | None, symbol: str | None, expected: str | None) -> None:
    assert reference_key(number, symbol) == expected


def test_citations_and_scans_are_tied(tmp_path: Path, make: ModuleType) -> None:
    cited = {"number": "766", "symbol": "QĐ-TTg", "date": "2022-06-23", "issuer": "Thủ tướng Chính phủ"}
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(*make.make_all("citing", "1"), "fp")
        assert archive.link_citations() == 0
        for seed in ("2", "3"):
            archive.put_letter(*make.make_all(f"cited-{seed}", seed, **cited), "fp")
        for _ in range(2):  # again gives the same
            assert archive.link_citations() == 1  # the cited ones do not cite themselves or their other scan
            ask = archive.connection.execute
            rows = ask("SELECT path FROM citations JOIN letters ON letters.id = cited_letter").fetchall()
            assert rows in ([("cited-2",)], [("cited-3",)])
            kinds = ask("SELECT kind, count(*) FROM links GROUP BY kind ORDER BY kind").fetchall()
            assert kinds == [("cites", 1), ("same_letter", 1)]
        graph = ask(
            "SELECT cited_number, mentions, cited_path FROM citation_graph WHERE letter_number = '12'"
        ).fetchall()
        assert graph == [("766", 1, rows[0][0])]
