"""A figure that differs, looked up in another layer of the page."""

from dataclasses import replace

import pytest

from extract.checks import check
from extract.records import Box, Layer, Line, Records, Source, Word

TEXT = "Tiếp nhận 1.522 hồ sơ, đã giải quyết 1.204 hồ sơ, đang giải quyết 399 hồ sơ."


def boxed(text, changed=None):
    """A line with its words in boxes of one size, some of them read as `changed` has them."""
    words = [(changed or {}).get(word, word) for word in text.split(" ")]
    return Line(
        " ".join(words),
        tuple(Word(word, Box(10.0 * at, 0.0, 10.0 * at + 9.0, 10.0), 0.99) for at, word in enumerate(words)),
    )


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"399": "318"}, "misread"),
        ({"1.522": "1.603"}, "misread"),
        ({"399": "310"}, "differs"),
        ({"399": "3l8"}, "differs"),
        ({}, "differs"),
        (None, "differs"),
    ],
)
def test_another_layer(changed, verdict, read):
    reading = read(TEXT)
    (page,) = reading.letter.pages
    layers = () if changed is None else (Layer(Source.TEXT_LAYER, (boxed(TEXT, changed),)),)
    page = replace(page, lines=(boxed(TEXT),), other_layers=layers)
    reading = type(reading)(replace(reading.letter, pages=(page,)), reading.repaired, reading.flow)
    (one,) = check(Records(), reading)
    assert one.verdict == verdict
    assert ("lớp chữ khác" in one.note) is (verdict == "misread")
    assert one.reported == "1522" and dict(one.inputs).popitem()[1] == "399"
