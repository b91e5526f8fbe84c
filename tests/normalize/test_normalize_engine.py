"""Text that reads well: read by an engine of the right language, or typed."""

from __future__ import annotations

import pytest

from extract.records import LayerVerdict, Letter, Line, Page, Source, VerdictKind
from extract.records.engine_pages import engine_pages
from extract.understand import repair_letter
from normalize.engine import as_typed, is_engines
from normalize.repairer import Damage, load_repairer

_READ = (
    "Trong quý, Chi cục Thuế khu vực đã tiến hành kiếm tra 48 hộ kinh doanh trên dịa bàn huyện,\n"
    "phát hiện 07 trường hợp chưa kê khai; số tiền phạt dã nộp vào ngân sách là 96 triệu đồng."
)
_TYPED = (
    "Trong quý, Chi cục Thuế khu vực đã tiến hành kiểm tra 48 hộ kinh doanh trên địa bàn huyện,\n"
    "phát hiện 07 trường hợp chưa kê khai; số tiền phạt đã nộp vào ngân sách là 96 triệu đồng."
)


def _page(number: int, text: str, kind: VerdictKind, source: Source = Source.TEXT) -> Page:
    lines = tuple(Line(line) for line in text.split("\n"))
    return Page(number, None, None, source, LayerVerdict(kind, (), {}), lines)


def _letter(*pages: Page) -> Letter:
    return Letter("letter.txt", "0" * 64, "text/plain", pages)


def test_what_an_engine_misread_is_repaired_and_tells_of_it() -> None:
    letter = _letter(_page(1, _READ, VerdictKind.CLEAN))
    repaired = repair_letter(letter)
    assert repaired.text == _TYPED
    assert engine_pages(letter, repaired) == {1}


def test_typed_text_stays_and_is_no_engines() -> None:
    letter = _letter(_page(1, _TYPED, VerdictKind.CLEAN))
    repaired = repair_letter(letter)
    assert not repaired.edits
    assert not engine_pages(letter, repaired)


@pytest.mark.parametrize("kind", [VerdictKind.CLEAN, VerdictKind.NOT_JUDGED])
def test_a_misread_page_tells_of_the_others(kind: VerdictKind) -> None:
    letter = _letter(_page(1, _READ, VerdictKind.CLEAN), _page(2, "Cộng 12 34 46", kind))
    assert engine_pages(letter, repair_letter(letter)) == {1, 2}


def test_one_word_mistyped_tells_of_no_engine() -> None:
    letter = _letter(_page(1, _TYPED.replace("kiểm tra", "kiếm tra"), VerdictKind.CLEAN))
    assert not engine_pages(letter, repair_letter(letter))


def test_a_scanned_page_tells_nothing_of_a_typed_one() -> None:
    letter = _letter(_page(1, _READ, VerdictKind.CLEAN, Source.OCR), _page(2, _TYPED, VerdictKind.CLEAN))
    assert engine_pages(letter, repair_letter(letter)) == {1}


def test_of_typed_text_only_all_but_certain_edits_are_kept() -> None:
    read = load_repairer().repair(_READ, Damage.OCR)
    assert is_engines(read.edits)
    kept = as_typed(read)
    assert kept.raw == read.raw
    assert all(edit.probability >= 0.99 for edit in kept.edits)
