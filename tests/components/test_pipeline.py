from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import PIPES, extensions, find_records, pipe_names, pipeline
from extract.components.found import Located
from extract.records import (
    Block,
    Citation,
    Flow,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Piece,
    Reading,
    Records,
    Role,
    Source,
    VerdictKind,
)
from normalize.edits import Repaired


def reading_of(text: str) -> Reading:
    lines = tuple(Line(line) for line in text.split("\n"))
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(Role.PARAGRAPH, line.text, at, (Piece(at, at, len(line.text)),)))
        at += len(line.text) + 1
    return Reading(Letter("a.txt", "0" * 64, "text/plain", (page,)), Repaired(text, text), Flow(text, tuple(blocks)))


def test_nothing_is_found_in_an_empty_letter() -> None:
    assert find_records(reading_of("")) == Records()


def test_an_unknown_pipe_cannot_be_switched_off() -> None:
    with pytest.raises(ValueError, match="no such pipe: weather"):
        find_records(reading_of(""), disable=("weather",))


def test_all_pipes_can_be_switched_off() -> None:
    text = "Thực hiện Quyết định số 12/QĐ-UBND ngày 03/02/2021 của UBND tỉnh."
    assert find_records(reading_of(text), disable=pipe_names()) == Records()


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, extract.components as c; c.pipe_names(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


TEXT = "Thực hiện Quyết định số 12/QĐ-UBND ngày 03/02/2021 của UBND tỉnh, báo cáo trước ngày 05/3/2021."


def test_a_pipe_can_be_switched_off_alone() -> None:
    records = find_records(reading_of(TEXT), disable=("citations",))
    assert records.citations == ()
    assert [date.iso for date in records.dates] == ["2021-03-05"]


def test_spans_carry_their_records() -> None:
    nlp = pipeline.build()
    doc = nlp.make_doc(TEXT)
    doc._.reading = reading_of(TEXT)
    doc = nlp(doc)
    (span,) = doc.spans["citations"]
    assert span.text == "Quyết định số 12/QĐ-UBND ngày 03/02/2021"
    assert span._.record is doc._.found.citations[0].record
    assert [span.text for span in doc.spans["dates"]] == ["ngày 05/3/2021"]
    assert doc[0:1]._.record is None


@Language.component("test_memo_pipe")
def memo_pipe(doc: Doc) -> Doc:
    start = doc.text.index("Thực")
    extensions.put(doc, "citations", [Located(start, start + 4, Citation("Sổ tay", None, None, None, None))])
    return doc


@dataclass(frozen=True)
class Entry:
    name: str

    def load(self) -> object:
        return memo_pipe


def test_a_pipe_of_another_package_runs_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "user_pipes", lambda: (Entry("test_memo_pipe"),))
    nlp = pipeline.build()
    assert nlp.pipe_names == [*PIPES, "test_memo_pipe"]
    doc = nlp.make_doc(TEXT)
    doc._.reading = reading_of(TEXT)
    doc = nlp(doc)
    assert [span._.record.doc_type for span in doc.spans["citations"]] == ["Quyết định", "Sổ tay"]


def test_a_layer_that_does_not_exist_is_refused() -> None:
    doc = pipeline.build().make_doc("a")
    with pytest.raises(KeyError, match="no layer 'weather'"):
        extensions.put(doc, "weather", [])


def test_strings_do_not_pile_up_from_letter_to_letter() -> None:
    find_records(reading_of(TEXT))
    nlp = pipeline._pipeline()
    before = len(nlp.vocab.strings)
    for number in range(50):
        find_records(reading_of(f"{TEXT} Mã số riêng x{number}y{number * 7}."))
    assert len(nlp.vocab.strings) == before


def test_of_a_boundless_letter_the_beginning_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pipeline, "LONGEST", 2 * len(TEXT))
    records = find_records(reading_of("\n".join([TEXT] * 20)))
    assert len(records.citations) == 1
    assert "only the first" in caplog.text
