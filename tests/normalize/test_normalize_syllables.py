"""Syllables: what is legal, how marks fold, where tones go."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.syllables import TONES, compose, fold, has_mark, is_syllable, place_tone, skeletons, syllables


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "Quốc",
        "HÀNH",
        "khuỷu",
        "giếng",
        "gì",
        "quý",
        "thúy",
        "thuý",
        "hòa",
        "hoà",
        "đắk",
        "ương",
        "yêu",
        "xoong",
    ],
)
def test_legal(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["ctia", "sé6", "ngiên", "ka̱", "thuć", "nghà", "đw", "quìn", "hét9", "", "ượngg", "thât", "tuyêt"]
)
def test_illegal(word: str) -> None:
    assert not is_syllable(word)


def test_the_set_has_the_size_of_the_written_language() -> None:
    assert 4_500 < len(syllables()) < 7_000
    assert all(word == unicodedata.normalize("NFC", word).lower() for word in syllables())


@pytest.mark.parametrize(
    ("onset", "rime", "tone", "word"),
    [
        ("h", "oa", "f", "hòa"),
        ("h", "oan", "f", "hoàn"),
        ("qu", "y", "s", "quý"),
        ("th", "uy", "s", "thúy"),
        ("kh", "uyu", "r", "khuỷu"),
        ("đ", "ươc", "j", "được"),
        ("ngh", "iêng", "z", "nghiêng"),
        ("m", "ua", "f", "mùa"),
        ("ng", "oai", "f", "ngoài"),
    ],
)
def test_compose(onset: str, rime: str, tone: str, word: str) -> None:
    assert compose(onset, rime, tone) == word


@pytest.mark.parametrize(
    ("word", "placed"),
    [
        ("hoà", "hòa"),
        ("KHOẺ", "KHỎE"),
        ("Thuý", "Thúy"),
        ("quý", "quý"),
        ("Quỳ", "Quỳ"),
        ("hoàn", "hoàn"),
        ("à", "à"),
        ("hòa", "hòa"),
    ],
)
def test_place_tone(word: str, placed: str) -> None:
    assert place_tone(word) == placed


def test_fold_and_mark() -> None:
    assert fold("ĐƯỜNG Nguyễn") == "duong nguyen"
    assert has_mark("đo") and has_mark("tè") and not has_mark("do") and not has_mark("12")
    assert "duong" in skeletons()


@given(st.sampled_from(sorted(syllables())))
def test_placement_is_settled(word: str) -> None:
    assert place_tone(word) == word
    assert fold(word).isascii()
    assert has_mark(word) == (fold(word) != word)


@given(st.text(max_size=12))
def test_any_text_is_taken(word: str) -> None:
    assert place_tone(place_tone(word)) == place_tone(word)
    assert isinstance(is_syllable(word), bool)


def test_tones_are_combining_marks() -> None:
    assert all(not mark or unicodedata.combining(mark) for mark in TONES.values())
