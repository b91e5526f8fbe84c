from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.bodies import find_bodies
from extract.components.citations import find_citations
from extract.components.found import Found
from extract.components.symbols import find_codes, restore
from extract.layout import lay_out
from extract.records import Citation, Header, LayerVerdict, Letter, Line, Page, Reading, Source, VerdictKind
from normalize import Repaired

CASES = json.loads((Path(__file__).parent.parent / "cases" / "citations.json").read_text(encoding="utf8"))


def cited(text: str, header: Header | None = None) -> tuple[Citation, ...]:
    lines = tuple(map(Line, text.split("\n")))
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(text, text)
    reading = Reading(letter, repaired, lay_out(letter, repaired))
    found = Found(header=header or Header())
    found = Found(header=found.header, bodies=find_bodies(reading, found))
    return tuple(item.record for item in find_citations(reading, found))


def fields(citation: Citation) -> dict[str, str | None]:
    return {name: getattr(citation, name) for name in ("doc_type", "number", "symbol", "date", "issuer")}


def parameters(*kinds: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in CASES if case["kind"] in kinds]


@pytest.mark.parametrize("case", parameters("in-the-wild", "negative"))
def test_citations(case: dict[str, Any]) -> None:
    assert [fields(citation) for citation in cited(case["text"])] == case["expected"]


@pytest.mark.parametrize("case", parameters("known-failure"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any]) -> None:
    assert [fields(citation) for citation in cited(case["text"])] == case["expected"]


def test_the_letters_own_number_is_no_citation() -> None:
    text = "(Kèm theo Công văn số 88/SXD-QH ngày 05/6/2022 của Sở Xây dựng)"
    assert cited(text, Header(number="88", symbol="SXD-QH")) == ()
    assert len(cited(text, Header(number="89", symbol="SXD-QH"))) == 1


def test_evidence_names_the_rule_and_the_place() -> None:
    (citation,) = cited("Theo Quyết định số 12/QĐ-\nUBND ngày 03/02/2021, Sở báo cáo.")
    assert citation.symbol == "QĐ-UBND"
    assert [(entry.line, entry.text, entry.component) for entry in citation.evidence] == [
        (1, "Quyết định số 12/QĐ-", "citations.full"),
        (2, "UBND ngày 03/02/2021", "citations.full"),
    ]


@pytest.mark.parametrize(
    ("symbol", "doc_type", "whole"),
    [
        ("QP-TTg", None, "QĐ-TTg"),
        ("0P-VP", None, "QĐ-VP"),
        ("QB-UBND", None, "QĐ-UBND"),
        ("T1r-SYT", "Tờ trình", "TTr-SYT"),
        ("NP-CP", None, "NĐ-CP"),
        ("UBND-NC", None, "UBND-NC"),
        ("HD-BNV", None, "HD-BNV"),  # Hướng dẫn, no damage
        ("NQ/TU", None, "NQ/TU"),
        ("XYZ-ABC", None, "XYZ-ABC"),
    ],
)
def test_symbols_are_restored_only_where_one_reading_is_left(symbol: str, doc_type: str | None, whole: str) -> None:
    assert restore(symbol, doc_type) == whole


@given(st.text(alphabet="0123456789/-.QĐUBNDTg sốố[]|I ", max_size=80))
def test_a_number_is_printed_as_it_is_given(text: str) -> None:
    for code in find_codes(text):
        if code.number is not None:
            assert (
                code.number == text[code.start : code.start + len(code.number) + 4].replace(" ", "")[: len(code.number)]
            )


@pytest.mark.parametrize(
    "unit", ["số 1/", "1/A-", "Quyết định số ", "1-A/B", "12/QĐ-UBND, ", "Luật A ", "của UBND tỉnh ", "số [1 "]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        cited(text)
        return time.process_time() - start

    assert seconds(40_000) < 8
