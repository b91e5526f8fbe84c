"""Letters against each other: the same figure, a previous value, a citation's date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extract.checks.arithmetic import plain, vn
from extract.checks.places import span_of
from extract.checks.terms import finding, is_doubtful
from extract.records import CheckKind, CheckVerdict, Citation, Figure, Finding, Header, Proof, Rank, Records, Score
from gazetteer import load_gazetteer
from gazetteer.keys import folded

Pair = tuple[str, Finding]
_YEAR: Final = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b")
_NEXT: Final = re.compile(r"\s+(?:và|,)\s+\d")  # the count behind it
_TELLING: Final = 4  # words a count must be described by to be the same count in another letter


@dataclass(frozen=True, slots=True)
class Stored:
    """A letter of an archive with its records."""

    id: str
    records: Records


def between(letters: Sequence[Stored]) -> tuple[Pair, ...]:
    """What letters say of one another; the first of each pair is the id of the letter the finding belongs to.

    The later letter of two has the finding. Letters without a date come last, in the order given.
    """
    ordered = sorted(letters, key=lambda letter: (letter.records.header.date or "9999", letter.id))
    return (*_same(ordered), *_previous(ordered), *_citations(ordered))


@dataclass(frozen=True, slots=True)
class _Statement:
    """A figure a letter gives for a body and a period: a score, a rank, or a count."""

    what: str
    org: str
    period: str
    value: Decimal
    as_of: str | None
    proof: Proof


def _statements(letter: Stored) -> Iterator[tuple[tuple[str, ...], _Statement]]:
    """Statements with the key under which another letter would make the same one.

    A score counted to a day is that of the day, whatever period the sentence names.
    """
    header = letter.records.header
    for score in letter.records.scores:
        body = _body(score.org, header)
        when = score.as_of or score.period
        if score.indicator and body and when:
            key = (
                "score",
                score.indicator_id or folded(score.indicator),
                body,
                when,
                "day" if score.as_of else "period",
            )
            yield key, _statement(score.indicator, score, score.value, score.as_of)
    for rank in letter.records.ranks:
        body = _body(rank.org, header)
        if rank.rank is not None and rank.indicator and body and rank.period:
            yield (
                ("rank", rank.indicator_id or folded(rank.indicator), body, rank.period),
                _statement(rank.indicator, rank, Decimal(rank.rank), None),
            )
    for figure in letter.records.figures:
        body, what = _body(figure.org, header), _NEXT.split(figure.what or "")[0]
        period = figure.period or _year(header)
        if body and period and len(what.split()) >= _TELLING:
            key = ("figure", folded(what), folded(figure.unit or ""), body, period)
            yield key, replace(_statement(what, figure, figure.value, None), period=period)


def _body(org: str | None, header: Header) -> str | None:
    """The body a statement is about, as an entry of the gazetteer where it is one; else the issuer's place."""
    day = span_of(header.date)
    on = day[1] if day is not None else None
    if org is not None:
        return _entry(org, on)[0] or folded(org)
    return _entry(header.issuer, on)[1] if header.issuer else None


@lru_cache(maxsize=4096)
def _entry(name: str, on: date | None) -> tuple[str | None, str | None]:
    """The id of the entry a name means, and of the unit it belongs to."""
    chosen = load_gazetteer().resolve(name, on=on).chosen
    return (chosen.id, chosen.parent) if chosen is not None else (None, None)


def _year(header: Header) -> str | None:
    """The one year a letter is about by its subject."""
    years = set(_YEAR.findall(header.subject or ""))
    return years.pop() if len(years) == 1 else None


def _statement(what: str | None, record: Score | Rank | Figure, value: Decimal, as_of: str | None) -> _Statement:
    return _Statement(what or "", record.org or "", record.period or "", value, as_of, record.evidence)


def _same(letters: Sequence[Stored]) -> Iterator[Pair]:
    """One indicator or count, body, period and day of count, two values."""
    seen: dict[tuple[str, ...], tuple[Stored, _Statement]] = {}
    for letter in letters:
        told: dict[tuple[str, ...], list[_Statement]] = defaultdict(list)
        for key, statement in _statements(letter):
            told[key].append(statement)
        for key, statements in told.items():
            statement = statements[0]
            if any(other.value != statement.value for other in statements):
                continue  # the words do not tell these figures apart
            earlier = seen.setdefault(key, (letter, statement))
            if earlier[0] is letter:
                continue
            running = statement.as_of is None and not _closed(statement.period, letter, earlier[0])
            if earlier[1].value != statement.value and running:
                continue  # a figure of an open period may well change
            yield letter.id, _compared(statement, earlier[1].value, earlier[0], "cùng chỉ tiêu, cùng kỳ")


def _closed(iso: str, later: Stored, earlier: Stored) -> bool:
    """Whether the period was over when both letters were written, so that its value stands."""
    period = span_of(iso)
    days = [span_of(letter.records.header.date) for letter in (later, earlier)]
    return period is not None and all(day is not None and day[0] > period[1] for day in days)


def _previous(letters: Sequence[Stored]) -> Iterator[Pair]:
    """A letter's previous value against what an earlier letter gave for the period before."""
    known: dict[tuple[str, str], list[tuple[Stored, Score]]] = defaultdict(list)
    for letter in letters:
        for score in letter.records.scores:
            key = _key(score)
            if key is None:
                continue
            before = _period_before(key[2])
            if score.previous is not None and before is not None:
                for earlier, other in known.get((key[0], key[1]), ()):
                    if other.period == before and earlier is not letter:
                        told = _statement(score.indicator, score, score.previous, None)
                        yield letter.id, _compared(told, other.value, earlier, "giá trị kỳ trước")
            known[(key[0], key[1])].append((letter, score))


def _period_before(period: str) -> str | None:
    """The month, quarter or year before one: 2023-01 follows 2022-12."""
    if len(period) == 4:
        return str(int(period) - 1) if period.isdigit() else None
    year, dash, rest = period.partition("-")
    if not dash or not year.isdigit():
        return None
    if rest.startswith("Q") and rest[1:].isdigit():
        quarter = int(rest[1:])
        return f"{year}-Q{quarter - 1}" if quarter > 1 else f"{int(year) - 1}-Q4"
    if len(rest) == 2 and rest.isdigit():
        month = int(rest)
        return f"{year}-{month - 1:02d}" if month > 1 else f"{int(year) - 1}-12"
    return None


def _key(score: Score) -> tuple[str, str, str] | None:
    """Indicator, body and period, None where one of them is not known."""
    indicator = score.indicator_id or (folded(score.indicator) if score.indicator else None)
    if indicator is None or score.org is None or score.period is None:
        return None
    return indicator, folded(score.org), score.period


def _compared(told: _Statement, value: Decimal, earlier: Stored, what: str) -> Finding:
    agrees = told.value == value
    source = earlier.records.header
    name = "/".join(part for part in (source.number, source.symbol) if part) or earlier.id
    day = f" ngày {source.date}" if source.date else ""
    verdict = CheckVerdict.AGREES
    if not agrees:
        verdict = CheckVerdict.MISREAD if is_doubtful(told.proof) else CheckVerdict.DIFFERS
    gap = "" if agrees else f": chênh {vn(abs(told.value - value))}"
    return finding(
        CheckKind.CONSISTENCY,
        f"{', '.join(part for part in (told.what, told.org, told.as_of or told.period) if part)}: {vn(told.value)}",
        verdict,
        inputs=((name, plain(value)), ("this", plain(told.value))),
        reported=plain(told.value),
        computed=plain(value),
        note=f"{what}: {name}{day} ghi {vn(value)}{gap}",
        evidence=told.proof,
    )


def _citations(letters: Sequence[Stored]) -> Iterator[Pair]:
    """A citation's date against the header of the letter it cites."""
    by_code: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for letter in letters:
        header = letter.records.header
        if header.number and header.symbol:
            by_code[(header.number, folded(header.symbol))].append(letter)
    for letter in letters:
        seen = set()
        for citation in letter.records.citations:
            key = (citation.number or "", folded(citation.symbol or ""))
            cited = [other for other in by_code.get(key, ()) if other is not letter]
            if len(cited) != 1 or citation.date is None or (key, citation.date) in seen:
                continue
            seen.add((key, citation.date))
            made = _of_citation(citation, cited[0])
            if made is not None:
                yield letter.id, made


def _of_citation(citation: Citation, cited: Stored) -> Finding | None:
    """None where the two dates can be those of two documents with one number."""
    header = cited.records.header
    told, own = citation.date, header.date
    if told is None or own is None:
        return None
    agrees = told == own or told.startswith(own) or own.startswith(told)
    near = told[:4] == own[:4] or told[5:] == own[5:]
    same_office = citation.issuer is None or header.issuer is None or _offices_meet(citation.issuer, header.issuer)
    if not agrees and not (near and same_office):
        return None
    name = f"{header.number}/{header.symbol}"
    verdict = CheckVerdict.AGREES
    if not agrees:
        doubtful = is_doubtful(citation.evidence) or is_doubtful(header.evidence)
        verdict = CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    return finding(
        CheckKind.CONSISTENCY,
        f"Viện dẫn {name} ngày {told}",
        verdict,
        inputs=(("cited as", told), ("its own date", own)),
        reported=told,
        computed=own,
        note=f"văn bản {name} tự ghi ngày {own}",
        evidence=citation.evidence,
    )


def _offices_meet(one: str, other: str) -> bool:
    """Whether two names can be one office: all words of the shorter stand in the longer."""
    short, long = sorted((set(folded(one).split()), set(folded(other).split())), key=len)
    return short <= long
