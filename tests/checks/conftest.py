import pytest

from extract.layout import lay_out
from extract.records import LayerVerdict, Letter, Line, Page, Reading, Source, VerdictKind, Word
from normalize.edits import Repaired


@pytest.fixture
def read():
    """A letter of clean text, laid out; `confidence` is that of every word, None for text without any."""

    def make(text, confidence=None):
        lines = tuple(
            Line(
                line, tuple(Word(word, None, confidence) for word in line.split(" ")) if confidence is not None else ()
            )
            for line in text.split("\n")
        )
        page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
        letter = Letter("letter.txt", "0" * 64, "text/plain", (page,))
        repaired = Repaired(letter.raw, letter.raw)
        return Reading(letter, repaired, lay_out(letter, repaired))

    return make
