from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.dates import find_dates
from extract.components.found import Found, Located
from extract.components.when import find_when
from extract.layout import lay_out
from extract.records import (
    Citation,
    DateRole,
    Header,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Precision,
    Reading,
    Source,
    VerdictKind,
)
from normalize import Repaired

CASES = json.loads((Path(__file__).parent.parent / "cases" / "dates.json").read_text(encoding="utf8"))


def reading_of(text: str) -> Reading:
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(map(Line, text.split("\n"))))
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(text, text)
    return Reading(letter, repaired, lay_out(letter, repaired))


def parameters(*kinds: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in CASES if case["kind"] in kinds]


def found_in(text: str) -> list[dict[str, str]]:
    items = find_dates(reading_of(text), Found(header=Header(date="2023-05-10")))
    return [{"iso": item.record.iso, "text": item.record.text, "role": item.record.role.value} for item in items]


@pytest.mark.parametrize("case", parameters("in-the-wild", "negative"))
def test_dates(case: dict[str, Any]) -> None:
    assert found_in(case["text"]) == case["expected"]


@pytest.mark.parametrize("case", parameters("known-failure"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any]) -> None:
    assert found_in(case["text"]) == case["expected"]


def test_a_date_without_year_says_where_it_was_taken_from() -> None:
    (with_year,) = find_when("ngày 20/6", 2023)
    assert (with_year.iso, with_year.note) == ("2023-06-20", "year taken from the letter")
    assert list(find_when("ngày 20/6")) == []


def test_the_date_of_a_citation_belongs_to_it() -> None:
    text = "Theo Quyết định số 12/QĐ-UBND ngày 03/02/2021, hoàn thành trước ngày 05/3/2021."
    cited = Located(5, 45, Citation("Quyết định", "12", "QĐ-UBND", "2021-02-03", None))
    items = find_dates(reading_of(text), Found(citations=(cited,)))
    assert [item.record.role for item in items] == [DateRole.CITATION, DateRole.DEADLINE]


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_printed_dates_are_read(day: date) -> None:
    for text in (
        f"ngày {day.day:02d}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month:02d} năm {day.year}",
        f"{day.day}/{day.month}/{day.year}",
    ):
        (when,) = find_when(text)
        assert (when.iso, when.precision, when.text) == (day.isoformat(), Precision.DAY, text)


@given(st.text(alphabet="0123456789/- .ngàythángămquýIđế", max_size=60))
def test_every_date_is_one_that_can_be(text: str) -> None:
    for when in find_when(text, 2024):
        assert text[when.start : when.end] == when.text
        if when.precision is Precision.DAY:
            for part in when.iso.split("/"):
                date.fromisoformat(part)


@pytest.mark.parametrize(
    "unit", ["1/", "ngày ", "ngày 1/1", "tháng 1 ", "1-", "năm 2020 ", "15/3 - ", "quý I", "từ ngày 1 đến "]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    start = time.process_time()
    list(find_when(text, 2020))
    assert time.process_time() - start < 5
