"""From a span of running text back to the words and boxes of the page."""

from __future__ import annotations

from extract.records import (
    Block,
    Box,
    Flow,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Piece,
    Reading,
    Role,
    Source,
    VerdictKind,
    Word,
)
from normalize import Cause, Edit, apply_edits


def page(number: int, *lines: str) -> Page:
    made = []
    for index, text in enumerate(lines):
        words = tuple(
            Word(word, Box(10.0 * at, 12.0 * index, 10.0 * at + 9, 12.0 * index + 10), 0.9 - 0.1 * at)
            for at, word in enumerate(text.split(" "))
        )
        made.append(Line(text, words))
    verdict = LayerVerdict(VerdictKind.GARBLED)
    return Page(number, 595, 842, Source.TEXT_LAYER, verdict, tuple(made))


def reading() -> Reading:
    letter = Letter(
        "a.pdf", "0" * 64, "application/pdf", (page(1, "Quyet dinh so 766/QD-", "TTg ngay 23"), page(2, "thang 6"))
    )
    raw = letter.raw
    edits = [
        Edit(raw.index(before), raw.index(before) + len(before), before, after, Cause.CHANNEL, 0.99)
        for before, after in [
            ("Quyet", "Quyết"),
            ("dinh", "định"),
            ("so", "số"),
            ("QD", "QĐ"),
            ("ngay", "ngày"),
            ("thang", "tháng"),
        ]
    ]
    repaired = apply_edits(raw, edits)
    text = "Quyết định số 766/QĐ-TTg ngày 23 tháng 6"
    pieces = (Piece(0, 0, 21), Piece(21, 22, 11), Piece(33, 34, 7))
    return Reading(letter, repaired, Flow(text, (Block(Role.PARAGRAPH, text, 0, pieces),)))


def test_a_span_over_a_line_break_has_one_entry_a_line() -> None:
    read = reading()
    start = read.flow.text.index("766")
    proof = read.proof(start, start + len("766/QĐ-TTg"), "citations.full")
    assert [(entry.line, entry.raw, entry.text) for entry in proof] == [(1, "766/QD-", "766/QĐ-"), (2, "TTg", "TTg")]
    assert proof[0].box == Box(30, 0, 39, 10)
    assert proof[1].box == Box(0, 12, 9, 22)
    assert proof[0].confidence is not None and abs(proof[0].confidence - 0.6) < 1e-9
    assert {entry.component for entry in proof} == {"citations.full"}


def test_a_span_over_pages_names_each_page() -> None:
    read = reading()
    start = read.flow.text.index("23 tháng")
    assert [(entry.page, entry.line, entry.raw) for entry in read.proof(start, len(read.flow.text), "dates")] == [
        (1, 2, "23"),
        (2, 3, "thang 6"),
    ]


def test_the_box_covers_all_words_of_the_span() -> None:
    read = reading()
    (entry,) = read.proof(0, len("Quyết định số"), "x")
    assert entry.box == Box(0, 0, 29, 10)
    assert entry.raw == "Quyet dinh so"


def test_a_blank_that_was_put_in_where_lines_join_has_no_evidence() -> None:
    read = reading()
    join = read.flow.text.index(" tháng")
    assert read.proof(join, join + 1, "x") == ()
