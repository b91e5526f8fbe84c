from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extract.components.vietnamese import Tokenizer, split


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("đạt 67,9/100 điểm.", ["đạt", "67,9/100", "điểm", "."]),
        ("(27/11/2023)", ["(", "27/11/2023", ")"]),
        ("Quyết định số 766/QĐ-TTg;", ["Quyết", "định", "số", "766/QĐ-TTg", ";"]),
        ("42/2022/NĐ-CP", ["42/2022/NĐ-CP"]),
        ("Nghị quyết số 17-NQ/TU,", ["Nghị", "quyết", "số", "17-NQ/TU", ","]),
        ("tăng 31,41%", ["tăng", "31,41%"]),
        ("113.695 hồ sơ", ["113.695", "hồ", "sơ"]),
        ("Số: 11 /TB-UBND", ["Số", ":", "11 /TB-UBND"]),
        ("nhóm chính¹.", ["nhóm", "chính", "¹", "."]),
        ("huyện,thị xã/phường", ["huyện", ",", "thị", "xã", "/", "phường"]),
        ("xem https://dichvucong.gov.vn)", ["xem", "https://dichvucong.gov.vn", ")"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token for token in split(text) if not token.isspace()] == tokens


@given(st.text(max_size=200))
def test_doc_text_is_the_text(text: str) -> None:
    doc = Tokenizer(Vocab())(text)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text


def test_span_inside_brackets() -> None:
    doc = Tokenizer(Vocab())("đến nay (27/11/2023) đạt")
    span = doc.char_span(9, 19)
    assert span is not None and span.text == "27/11/2023"


@pytest.mark.parametrize("unit", ["1", "1/", "1.", "a-", "1/A-", "http://", "a@", " ", "1/1/1", "1-A/"])
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    assert "".join(split(text)) == text
    assert time.process_time() - start < 6
