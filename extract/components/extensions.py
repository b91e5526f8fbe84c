"""What our pipes hang on spaCy's Doc and Span, registered once in a process.

- `doc._.reading`: the `Reading` the Doc was made of;
- `doc._.found`: the `Found` of the pipes that have run;
- `span._.record`: the record a span of one of our layers stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.components.found import Found, Located

LAYERS = tuple(field.name for field in fields(Found) if field.name != "header")


def register() -> None:
    """Registers the extensions; calling it again changes nothing."""
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
    if not Doc.has_extension("found"):
        Doc.set_extension("found", default=Found())
    if not Span.has_extension("record"):
        Span.set_extension("record", getter=_record)


def put(doc: Doc, layer: str, items: Sequence[Located[Any]]) -> None:
    """Adds records to a layer (a field of `Found`) and one span each to `doc.spans[layer]`.

    A span covers whole tokens; the exact offsets stay with the record in `doc._.found`.

    Raises:
        KeyError: no such layer.
    """
    if layer not in LAYERS:
        raise KeyError(f"no layer {layer!r} (there are {', '.join(LAYERS)})")
    before: tuple[Located[Any], ...] = getattr(doc._.found, layer)
    doc._.found = replace(doc._.found, **{layer: (*before, *items)})
    spans = list(doc.spans.get(layer, ()))
    for index, item in enumerate(items, start=len(before)):
        covered = doc.char_span(item.start, item.end, alignment_mode="expand")
        if covered is not None:
            spans.append(Span(doc, covered.start, covered.end, label=layer, span_id=str(index)))
    doc.spans[layer] = spans


def _record(span: Span) -> object | None:
    """The record of a span; looked up by layer and index, for spans of two layers may be equal."""
    if span.label_ not in LAYERS or not span.id_.isdigit():
        return None
    items: tuple[Located[Any], ...] = getattr(span.doc._.found, span.label_)
    return items[int(span.id_)].record if int(span.id_) < len(items) else None
