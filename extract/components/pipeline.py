"""The spaCy pipeline: built once a thread, one Doc a letter, records out.

Only this module, `vietnamese` and `extensions` know spaCy.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.components import PIPES, extensions, user_pipes
from extract.components.bodies import find_bodies
from extract.components.citations import find_citations
from extract.components.classifications import find_classifications
from extract.components.dates import find_dates
from extract.components.figures import find_figures
from extract.components.found import Found, Located
from extract.components.frames import frame_records
from extract.components.header import find_header
from extract.components.ranks import find_ranks
from extract.components.scores import find_scores
from extract.components.tables import find_tables
from extract.components.tasks import find_tasks
from extract.components.vietnamese import Tokenizer
from extract.records import DateRole, Flow, Reading, Records

LONGEST = 4_000_000
"""Characters of a letter that are looked at; spaCy's arrays grow with every one."""

Finder = Callable[[Reading, Found], tuple[Located[Any], ...]]

FINDERS: Mapping[str, Finder] = {
    "bodies": find_bodies,
    "citations": find_citations,
    "tables": find_tables,
    "scores": find_scores,
    "ranks": find_ranks,
    "classifications": find_classifications,
    "figures": find_figures,
    "tasks": find_tasks,
}
"""Pipes that fill the layer of their own name."""

_DATE_LAYERS = {DateRole.CITATION: "citation_dates", DateRole.PERIOD: "periods"}
_log = logging.getLogger(__name__)
_built = threading.local()  # a memory zone belongs to one vocabulary, and so to one thread


def run_pipes(reading: Reading, disable: Collection[str]) -> Records:
    """The records of a letter, found by all pipes but those in `disable`."""
    reading = _capped(reading)
    nlp = _pipeline()
    with nlp.memory_zone():
        doc = nlp.make_doc(reading.flow.text)
        doc._.reading = reading
        return _collect(nlp(doc, disable=list(disable))._.found)


def _pipeline() -> Language:
    nlp: Language | None = getattr(_built, "nlp", None)
    if nlp is None:
        nlp = _built.nlp = build()
    return nlp


def build() -> Language:
    """A pipeline with our tokenizer and all pipes, those of other packages last."""
    extensions.register()
    nlp = Language(Vocab(), max_length=LONGEST + 1, create_tokenizer=lambda nlp: Tokenizer(nlp.vocab))
    for name in PIPES:
        nlp.add_pipe(f"congvan_{name}", name=name)
    for entry in user_pipes():
        entry.load()
        nlp.add_pipe(entry.name)
    return nlp


def _collect(found: Found) -> Records:
    return Records(
        header=found.header,
        citations=tuple(item.record for item in found.citations),
        dates=tuple(item.record for item in found.dates),
        scores=tuple(item.record for item in found.scores),
        ranks=tuple(item.record for item in found.ranks),
        classifications=tuple(item.record for item in found.classifications),
        figures=tuple(item.record for item in found.figures),
        tables=tuple(item.record for item in found.tables),
        tasks=tuple(item.record for item in found.tasks),
    )


def _capped(reading: Reading) -> Reading:
    """The reading without the blocks behind `LONGEST` characters."""
    if len(reading.flow.text) <= LONGEST:
        return reading
    blocks = tuple(block for block in reading.flow.blocks if block.start + len(block.text) <= LONGEST)
    _log.warning("%s: only the first %d characters are looked at", reading.letter.path, LONGEST)
    return replace(reading, flow=Flow("\n".join(block.text for block in blocks), blocks))


@Language.component("congvan_header")
def _header_pipe(doc: Doc) -> Doc:
    doc._.found = replace(doc._.found, header=find_header(doc._.reading))
    return doc


@Language.component("congvan_dates")
def _dates_pipe(doc: Doc) -> Doc:
    layers: dict[str, list[Located[Any]]] = {"dates": [], "periods": [], "citation_dates": []}
    for item in find_dates(doc._.reading, doc._.found):
        layers[_DATE_LAYERS.get(item.record.role, "dates")].append(item)
    for layer, items in layers.items():
        extensions.put(doc, layer, items)
    return doc


@Language.component("congvan_frames")
def _frames_pipe(doc: Doc) -> Doc:
    doc._.found = frame_records(doc._.reading, doc._.found)
    return doc


def _add_component(name: str, find: Finder) -> None:
    def pipe(doc: Doc) -> Doc:
        extensions.put(doc, name, find(doc._.reading, doc._.found))
        return doc

    Language.component(f"congvan_{name}", func=pipe)


for _name, _find in FINDERS.items():
    _add_component(_name, _find)
