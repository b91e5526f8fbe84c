"""Gives the records found before the period and body of the frame they stand in (`frame`).

Figures, scores, ranks and classes are found by what is written right beside them; their period and body often stand
farther off, in the lead-in, the heading or the title. The rule that gave them is named in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from extract.components.context import Context, Index, Sentence
from extract.components.figure_owners import Owners
from extract.components.found import Found, Located
from extract.components.frame import Frame, Told
from extract.components.symbol_issuers import issuer_by_symbol
from extract.records import Citation, Classification, Figure, Rank, Reading, Score

_AVERAGE = re.compile(
    r"\b(?:trung bình|bình quân)\b[^.;()]{0,120}?\bcủa\s(?:các\s|\d{1,3}\s)"
    r"((?:sở|bộ|huyện|xã|phường|tỉnh|cơ quan|đơn vị|địa phương)\b[^.;:()\d]{0,60}?)\s(?:là|đạt|có|ở mức)\s?$",
    re.IGNORECASE,
)
_REACH = 220  # characters before a score in which the group it is the average of stands

Dated = TypeVar("Dated", Score, Rank, Classification, Figure)


def frame_records(reading: Reading, found: Found) -> Found:
    """What was found, with periods and bodies as the frame of the letter gives them."""
    context = Context(reading, found)
    frame = Frame(context)
    owners = Owners(context, frame)
    places = Index(Located(sentence.start, sentence.end, sentence) for sentence in context.sentences())

    def dated(items: tuple[Located[Dated], ...]) -> Iterator[Located[Dated]]:
        for item in items:
            sentence = _sentence(places, item)
            yield item if sentence is None else replace(item, record=_dated(item, sentence, context, frame))

    figures = []
    for item in dated(found.figures):
        sentence = _sentence(places, item)
        org = owners.of(sentence, item.start - sentence.start, item.end - sentence.start) if sentence else None
        figures.append(replace(item, record=replace(item.record, org=org)) if org is not None else item)
    return replace(
        found,
        citations=tuple(map(_issued, found.citations)),
        scores=tuple(_averaged(item, _sentence(places, item)) for item in dated(found.scores)),
        ranks=tuple(dated(found.ranks)),
        classifications=tuple(dated(found.classifications)),
        figures=tuple(figures),
    )


def _issued(item: Located[Citation]) -> Located[Citation]:
    """A citation with the issuer that its symbol names where the text states none."""
    issuer = issuer_by_symbol(item.record) if item.record.issuer is None else None
    if issuer is None:
        return item
    proof = tuple(replace(one, component=f"{one.component} frames.issuer.symbol") for one in item.record.evidence)
    return replace(item, record=replace(item.record, issuer=issuer, evidence=proof))


def _averaged(item: Located[Score], sentence: Sentence | None) -> Located[Score]:
    """A score that is the average of a group is the group's, not its area's ("trung bình … của 19 sở là 88,46%")."""
    if sentence is None:
        return item
    at = item.start - sentence.start
    told = _AVERAGE.search(sentence.text, max(at - _REACH, 0), at)
    return item if told is None else replace(item, record=replace(item.record, org=f"các {told[1].strip()}"))


def _sentence(places: Index[Sentence], item: Located[object]) -> Sentence | None:
    """The sentence a record stands in; None for one of a table."""
    last = places.last(0, item.start + 1)
    return last.record if last is not None and item.start < last.end else None


def _dated(item: Located[Dated], sentence: Sentence, context: Context, frame: Frame) -> Dated:
    record = item.record
    if record.period != context.period(sentence, item.start):
        return record  # its component knows better: years told in turn
    standing = not isinstance(record, Figure)
    told: Told = frame.period(sentence, item.start - sentence.start, item.end - sentence.start, standing=standing)
    if told.iso is None:
        return replace(record, period=None)
    proof = tuple(replace(one, component=f"{one.component} frames.period.{told.rule}") for one in record.evidence)
    return replace(record, period=told.iso, evidence=proof)
