"""One letter as JSON, text and HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.export.letter_html import letter_html
from extract.export.letter_json import json_number, letter_json
from extract.export.letter_text import letter_text, safe_line
from extract.export.sections import in_full, in_words
from extract.records import CheckVerdict, HeaderRule

GOLDEN = Path(__file__).with_name("letter.json")
HOSTILE = "<script>alert('x')</script>\x1b[2J\"&\u202e\udcff\x00"


def parts_of(make: ModuleType) -> tuple[Any, Any, Any, Any]:
    letter, reading, records, findings, _ = make.make_all()
    return letter, reading, records, findings


def hostile_parts(make: ModuleType) -> tuple[Any, Any, Any, Any]:
    letter = make.make_letter(HOSTILE, "x", extra=HOSTILE)
    reading = make.make_reading(letter)
    records = make.make_records(reading)
    records = replace(
        records,
        header=replace(records.header, number=HOSTILE, subject=HOSTILE, recipients=(HOSTILE,)),
        citations=(replace(records.citations[0], issuer=HOSTILE),),
        tables=(replace(records.tables[0], title=HOSTILE, columns=(HOSTILE,), rows=((HOSTILE,),)),),
        tasks=(replace(records.tasks[0], action=HOSTILE, assignees=(HOSTILE,)),),
        figures=(replace(records.figures[0], what=HOSTILE, unit=HOSTILE),),
    )
    findings = (replace(make.make_findings(reading)[0], statement=HOSTILE, inputs=((HOSTILE, HOSTILE),) * 2),)
    return letter, reading, records, findings


def test_golden_json(make: ModuleType) -> None:
    """The public form, field by field; a change here is a change of the contract."""
    found = json.loads(json.dumps(letter_json(*parts_of(make)), ensure_ascii=False, allow_nan=False))
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_offsets_of_edits_point_into_the_raw_line(make: ModuleType) -> None:
    parts = parts_of(make)
    lines = [line.text for line in parts[0].lines]
    edits: Any = letter_json(*parts)["edits"]
    assert len(edits) == 5
    for edit in edits:
        assert lines[edit["line"] - 1][edit["start"] : edit["end"]] == edit["before"]


def test_json_holds_whatever_was_read(make: ModuleType) -> None:
    text = json.dumps(letter_json(*hostile_parts(make)), ensure_ascii=False, allow_nan=False)
    assert json.loads(text.encode("utf-8"))["checks"][0]["inputs"].keys() == {
        "<script>alert('x')</script>\x1b[2J\"&\u202e\\udcff\\u0000",
        "<script>alert('x')</script>\x1b[2J\"&\u202e\\udcff\\u0000 (2)",
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("67.9", 67.9),
        ("12335", 12335),
        ("12335.0", 12335),
        ("-22", -22),
        ("0", 0),
        ("1E+3", 1000),
        ("123456789012345678", 123456789012345678),
        ("1E+400", None),
        ("NaN", None),
        ("Infinity", None),
        (None, None),
    ],
)
def test_json_number(value: str | None, expected: float | None) -> None:
    found = json_number(None if value is None else Decimal(value))
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("12335", "12.335"), ("67.90", "67,90"), ("-1234.5", "-1.234,5"), ("1E+99", "1E+99"), ("NaN", "NaN")],
)
def test_in_words(value: str, expected: str) -> None:
    assert in_words(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("number", "symbol", "printed", "shown"),
    [
        ("766", "QĐ-TTg", ("Quyết định số 766/QĐ-TTg",), "766/QĐ-TTg"),
        ("03", "NQ/TU", ("Nghị quyết số 03-NQ/TU",), "03-NQ/TU"),
        ("03", "NQ/TU", ("Nghị quyết số 03-", "NQ/TU ngày 02/02/2024"), "03-NQ/TU"),
        ("118", "BC/BCSĐ", ("Số: 118 – BC/BCSĐ",), "118-BC/BCSĐ"),
        ("3434", "TCT/CS", ("Công văn số 3434/TCT/CS",), "3434/TCT/CS"),
        ("03", "NQ/TU", ("Nghị quyết số 03",), "03-NQ/TU"),
        ("12", "UBND-NC", ("Công văn số 12",), "12/UBND-NC"),
        (None, "NQ/TU", (), "NQ/TU"),
        ("12", None, (), "12"),
        (None, None, (), ""),
    ],
)
def test_a_number_joins_its_symbol_as_the_letter_prints_it(
    make: ModuleType, number: str | None, symbol: str | None, printed: tuple[str, ...], shown: str
) -> None:
    entry = parts_of(make)[2].citations[0].evidence[0]
    assert in_full(number, symbol, tuple(replace(entry, text=line) for line in printed)) == shown


def test_text_counts_what_agrees_where_it_says_how_to_see_it(make: ModuleType) -> None:
    letter, reading, records, findings = parts_of(make)
    agree = [finding for finding in findings if finding.verdict is CheckVerdict.AGREES]
    assert len(agree) == 1
    whole, short = letter_text(*parts_of(make)), letter_text(*parts_of(make), how="ask")
    assert "1 check agrees (listed below)" in whole and "WHAT AGREES" in whole
    assert "1 check agrees (ask)" in short and "AGREES" not in short and "DIFFERS" in short
    assert "2 checks agree (ask)" in letter_text(letter, reading, records, (*findings, *agree), how="ask")
    assert " agree" not in letter_text(letter, reading, records, (), how="ask").partition("HEADER")[2]


def test_text_has_every_record(make: ModuleType) -> None:
    text = letter_text(*parts_of(make))
    for piece in (
        "12/UBND-NC",
        "DIFFERS  7 trong 36 là 19,5 %: reported 19.5, computed 19.4 — 7 / 36 = 19,4 %",
        "Sở Nội vụ (with Sở Tài chính): báo cáo [2030-11-01, before]",
        "Quyết định, 766/QĐ-TTg, 2022-06-23",
        "67,9/100, Bộ chỉ số, tỉnh Bình An, 2024",
        "22 of 63",
        "Khá, tỉnh Bình An, 2024",
        "19,5 %, trễ hạn",
        "1 | Đúng hạn | 29",
        "5 edits",
    ):
        assert piece in text
    assert text.index("DIFFERS") < text.index("AGREES")


@pytest.mark.parametrize(
    ("number", "date", "rule", "shown"),
    [
        (None, "2030-09-05", HeaderRule.NUMBER_NOT_READ, "(not read)/UBND-NC"),
        (None, "2030-09-05", HeaderRule.NUMBER_BLANK, "(blank)/UBND-NC"),
        ("12", "2030-09", HeaderRule.DAY_NOT_READ, "2030-09 (day not read)"),
        ("12", "2030-09-05", HeaderRule.SIGNATURE_STAMP, "2030-09-05 (day from the stamp of the signature)"),
    ],
)
def test_text_marks_what_is_not_certain(
    make: ModuleType, number: str | None, date: str, rule: HeaderRule, shown: str
) -> None:
    letter, reading, records, findings = parts_of(make)
    proof = tuple(replace(entry, component=rule) for entry in records.citations[0].evidence)
    header = replace(records.header, number=number, symbol="UBND-NC", date=date, evidence=proof)
    assert shown in letter_text(letter, reading, replace(records, header=header), findings)


def test_text_cannot_steer_the_terminal(make: ModuleType) -> None:
    text = letter_text(*hostile_parts(make))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    assert "\\x1b[2J" in text
    assert safe_line("a\tb\nc\r") == "a b c\\r"


class Strict(HTMLParser):
    """Collects tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_html_is_one_page_without_scripts_and_links(make: ModuleType) -> None:
    for parts in (parts_of(make), hostile_parts(make)):
        page = letter_html(*parts)
        parser = Strict()
        parser.feed(page)
        assert not parser.tags & {"script", "a", "img", "link", "iframe", "form"}
        assert parser.attributes <= {"lang", "charset", "http-equiv", "content", "scope", "title", "class"}
        assert page.encode("utf-8")
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page


def test_html_shows_the_text_with_its_edits(make: ModuleType) -> None:
    page = letter_html(*parts_of(make))
    assert '<ins title="tinh dat (channel)">tỉnh đạt</ins> 67,9/100 điểm' in page
    assert '<mark title="symbol not known">NC</mark>' in page
    body = page[page.index("<pre>") + 5 : page.index("</pre>")]
    assert re.sub("<[^>]*>", "", body) == parts_of(make)[1].repaired.text


def test_a_letter_of_which_nothing_is_known(make: ModuleType) -> None:
    letter = replace(make.make_letter(), pages=())
    reading = make.Reading(letter, make.apply_edits("", ()), make.Flow("", ()))
    parts = (letter, reading, make.Records(), ())
    assert letter_json(*parts)["tasks"] == []
    assert "FILE" in letter_text(*parts)
    assert "<pre></pre>" in letter_html(*parts)
