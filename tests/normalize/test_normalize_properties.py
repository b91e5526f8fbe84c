"""What never bends, for any text and every kind of damage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from normalize.edits import Cause, Edit, Repaired, apply_edits, concatenate, revert
from normalize.repairer import Damage, load_repairer
from normalize.syllables import fold
from normalize.tokens import TokenKind, tokenize

CASES = Path(__file__).parents[1] / "cases"

# Pieces as engines write them: words, garbled words, mixed words, numbers, codes, addresses, signs, foreign words.
AS_READ = """Thue hién chi dao ctia UBND tinh s6 S& h0so 1a D& ¢6 | & Co=1 l6p 6 14 x4 1€ ct? tu’ co’ QP-TTg 0b-VP
766/QD-TTg 12.335 67,9% 02/11/2023 ngày 22 tháng 70 năm 2024 thang 13 Il. II. a) d) đ) - 1.2. https://a.gov.vn/x?y=1
x@y.vn www.b.vn Trungbinh Noinhgn được Hoà Uỷ ban D()NG hi~n th\\lc d§y vrer NAM VI:¢T Pfizer Deputy R'Tíh ‘chức’ “ ”
ﬁ Å 𝔘 ㎡ ² ١٢ ế İ ß ﬀ CCHC, TTHC PT&TH HĐND ! … ...... ____ : ; ( ) — Số: 50 2306/UBND-KT
nh©n d©n ®Ò nghÞ Uûy nhaân daân"""
GAPS = st.sampled_from((" ", " ", " ", "\n", "\n\n", "\f", "\t", "  ", "", "\u00a0", "\u200b", "\u0301", "\r\n"))
GLUED = st.lists(st.tuples(st.sampled_from(AS_READ.split()), GAPS), max_size=20).map(
    lambda pairs: "".join(map("".join, pairs))
)
DECOMPOSED = GLUED.map(lambda text: unicodedata.normalize("NFD", text))
TEXTS = st.one_of(GLUED, GLUED, DECOMPOSED, st.text(max_size=60))
DAMAGES = st.sampled_from(list(Damage))

RULES = (Cause.NUMBER, Cause.SYMBOL)
STANDING = re.compile(r"(?<![\w&$§£€¢@¥'’‘])\d+(?![\w&$§£€¢@¥'’‘])")
SENTENCES = {
    Damage.GARBLED: (
        "Thuc hién Thong bao s6 18/TB-UBND ngay 06/01/2022, So Y té dé nghi cac don vi bao cao két qua.",
        "Tong sé hoc sinh bo hoc 1a 215 em, cha yéu 6 cac xa ving sau, ving xa cua huyén mién nui.",
        "Chi tiét xem tai https://a.gov.vn/x?y=1 hoac gtri vé x@y.vn truc 17h00 ngay 30/9/2023.",
        "BAO CAO KET QUA CONG TAC CAI CACH HANH CHINH\nII. TINH HINH THUC HIEN\n1. Vé thé ché",
    ),
    Damage.STRIPPED: (
        "Can cu Luat To chuc chinh quyen dia phuong ngay 19 thang 6 nam 2015;",
        "Giao So Tai chinh tham dinh, trinh Uy ban nhan dan tinh truoc ngay 15/8/2022.",
        "QUYET DINH\nDieu 1. Phe duyet ke hoach phong chong thien tai nam 2023.",
    ),
    Damage.OCR: (
        "Giám đôc Sở Tài chính chịu trách nhiệm kiếm tra việc thực hiện Thông báo này.",
        "Uỷ ban nhân dân các huyên, thành phố phôi hợp triển khai, báo cáo trước ngày 30/9/2023.",
        "I. ĐẶC ĐIÊM TÌNH HÌNH\nKết quả thực hiện nhiệrn vụ quý Ill năm 2022",
    ),
}
DAMAGED = st.sampled_from(list(SENTENCES)).flatmap(
    lambda damage: st.tuples(
        st.just(damage), st.lists(st.sampled_from(SENTENCES[damage]), min_size=1, max_size=6).map("\n".join)
    )
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAMAGES)
@example("", Damage.GARBLED)
@example("\n\f\n", Damage.OCR)
@example("a\u0301\u0323 " * 5, Damage.CLEAN)
def test_revert_undoes_the_repair(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    assert revert(repaired) == text == repaired.raw
    again = apply_edits(text, repaired.edits)
    assert again.text == repaired.text


@settings(max_examples=150, deadline=None)
@given(TEXTS, DAMAGES)
def test_edits_are_in_order_inside_the_text_and_true(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    at = 0
    for edit in repaired.edits:
        assert at <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert 0 < edit.probability <= 1
        at = edit.end
    for doubt in repaired.doubts:
        assert 0 <= doubt.start < doubt.end <= len(text) and doubt.reason
        assert 0 <= doubt.probability <= 1


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAMAGES)
def test_offsets_rise_and_stay_inside_both_ways(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    for forth, source, target in (
        (repaired.to_text, repaired.raw, repaired.text),
        (repaired.to_raw, repaired.text, repaired.raw),
    ):
        points = [forth(at, at)[0] for at in range(len(source) + 1)]
        assert points == sorted(points)
        assert points[0] == 0 and points[-1] <= len(target)
        assert forth(0, len(source)) == (0, len(target))
        for at in range(len(source)):
            low, high = forth(at, at + 1)
            assert 0 <= low <= high <= len(target)


@settings(max_examples=60, deadline=None)
@given(TEXTS, DAMAGES)
def test_a_span_and_its_image_hold_each_other(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    for edit in repaired.edits:
        low, high = repaired.to_text(edit.start, edit.end)
        assert edit.after in repaired.text[low:high]
        start, end = repaired.to_raw(low, high)
        assert start <= edit.start and edit.end <= end


@settings(max_examples=150, deadline=None)
@given(TEXTS, DAMAGES)
@example("ngay 19 thang 70 nam 2021 05/10/2021", Damage.GARBLED)
@example("keo dai 6 ving ha luu song", Damage.GARBLED)
def test_numbers_change_under_a_named_rule_alone(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    standing = {place for found in STANDING.finditer(text) for place in range(found.start(), found.end())}
    for edit in without_rules(repaired):
        read = [text[place] for place in range(edit.start, edit.end) if place in standing]
        made = [letter for letter in edit.after if letter.isdecimal()]
        assert not read or made == read, edit
        assert set(made) <= set(edit.before), edit


def without_rules(repaired: Repaired) -> Iterator[Edit]:
    """Edits that no rule on digits made; composition to NFC changes no digit."""
    return (edit for edit in repaired.edits if edit.cause not in RULES)


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAMAGES)
def test_lines_stay(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    for sign in "\n\f":
        assert repaired.text.count(sign) == text.count(sign)
    assert len(repaired.text.split("\n")) == len(text.split("\n"))


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAMAGES)
@example("e\u0323\u0302 cu\u031b\u0323c", Damage.CLEAN)
def test_what_comes_out_is_composed(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    for word in re.findall(r"\S+", repaired.text):
        assert unicodedata.is_normalized("NFC", word)


@settings(max_examples=100, deadline=None)
@given(GLUED, DAMAGES)
@example("766/QD-TTghttps://a.gov.vn/x?y=1 ", Damage.OCR)
def test_addresses_and_codes_stay(text: str, damage: Damage) -> None:
    composed = unicodedata.normalize("NFC", text)
    repaired = load_repairer().repair(composed, damage)
    for token in tokenize(composed):
        if token.kind is TokenKind.ADDRESS and damage is not Damage.LEGACY:
            assert token.text in repaired.text


@settings(max_examples=60, deadline=None)
@given(GLUED)
def test_stripped_text_gets_marks_and_nothing_else(text: str) -> None:
    repaired = load_repairer().repair(text, Damage.STRIPPED)
    for edit in without_rules(repaired):
        if edit.cause is not Cause.UNICODE:
            assert fold(unicodedata.normalize("NFC", edit.before)) == fold(edit.after), edit


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_clean_text_keeps_all_but_what_is_certain(text: str) -> None:
    repaired = load_repairer().repair(text, Damage.CLEAN)
    assert all(edit.cause is Cause.UNICODE or edit.probability >= 0.99 for edit in repaired.edits)


@settings(max_examples=60, deadline=None)
@given(DAMAGED)
def test_a_second_repair_changes_one_word_in_thirty_at_most(damaged: tuple[Damage, str]) -> None:
    damage, text = damaged
    first = load_repairer().repair(text, damage).text
    second = load_repairer().repair(first, damage).text
    words = first.split()
    assert Levenshtein.distance(words, second.split()) <= 1 + len(words) // 30


@settings(max_examples=60, deadline=None)
@given(TEXTS, DAMAGES)
def test_the_same_text_gives_the_same_repair(text: str, damage: Damage) -> None:
    assert load_repairer().repair(text, damage) == load_repairer().repair(text, damage)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, DAMAGES), max_size=4))
def test_pages_put_together_can_be_reverted(pages: list[tuple[str, Damage]]) -> None:
    parts = [load_repairer().repair(text, damage) for text, damage in pages]
    whole = concatenate(parts)
    assert revert(whole) == "\n".join(text for text, _ in pages)
    assert whole.text == "\n".join(part.text for part in parts)


@pytest.mark.parametrize("damage", list(Damage))
@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "\uffff", "\u202e đảo", "a" * 5000, "ệ" * 300, "1" * 3000, "&|" * 500, "\r\r\n", "\u0301" * 50],
    ids=[
        "nul",
        "surrogate",
        "noncharacter",
        "right to left",
        "one word",
        "marks",
        "digits",
        "signs",
        "breaks",
        "loose",
    ],
)
def test_odd_text_is_taken(text: str, damage: Damage) -> None:
    repaired = load_repairer().repair(text, damage)
    assert revert(repaired) == text
