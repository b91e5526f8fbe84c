"""Dates that cannot be, come too late or too early, or disagree with one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.days.deadlines import check_deadlines
from extract.checks.days.words import says
from extract.checks.figures.places import span_of, vn_date, vn_day
from extract.checks.figures.terms import finding, if_wrong, is_doubtful, merged
from extract.records import (
    CheckKind,
    CheckVerdict,
    Citation,
    DateMention,
    Finding,
    Header,
    Proof,
    Reading,
    Records,
    Source,
)
from gazetteer.keys import folded

_DAY: Final = r"[nN](?<!\w[nN])(?i:gày)\s+"  # what begins with characters of one class is found several times faster
_IMPOSSIBLE: Final = (
    re.compile(r"(?P<day>[0-9](?<![\w/.,-][0-9])[0-9]?)\s?/\s?(?P<month>\d{1,2})\s?/\s?(?P<year>\d{4})(?![\d/-])"),
    re.compile(rf"{_DAY}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\w/%]|[.,-]\d|\s?/)"),
    re.compile(
        rf"{_DAY}(?P<day>\d{{1,2}})\s+(?i:tháng)\s+(?P<month>\d{{1,2}})(?:\s+(?i:năm)\s+(?P<year>\d{{4}}))?(?!\d)"
    ),
)
_LED: Final = re.compile(r"\b(?:ngày|trước|sau|đến|từ|hết|nhất)\s+$", re.IGNORECASE)
_LEAD: Final = 16  # characters before a day in which it is led to
_LUNAR_REACH: Final = 60  # characters behind a day in which it is said to be one of the moon
_LONGEST: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}  # days of the shorter months in a leap year
_MONTHS, _DAYS = 12, 31
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_DATED: Final = re.compile(r"\bngày\b|\d[/.]\d{1,2}[/.]\d{4}", re.IGNORECASE)


def check_dates(records: Records, reading: Reading) -> Iterator[Finding]:
    """Impossible days, citations and deadlines against the letter's date, one document with two dates."""
    yield from _impossible(reading)
    yield from _citations_in_time(records.header, records.citations, reading)
    yield from _one_date_each(records.citations, reading)
    yield from check_deadlines(records, reading)
    yield from _stretches(records.dates, reading)


def _impossible(reading: Reading) -> Iterator[Finding]:
    """Days that are not: with their year, or in no year."""
    text = reading.flow.text
    for pattern in _IMPOSSIBLE:
        for match in pattern.finditer(text):
            day, month, year = int(match["day"]), int(match["month"]), match.groupdict().get("year")
            led = _LED.search(text, max(match.start("day") - _LEAD, 0), match.start("day"))
            if not _cannot_be(day, month, int(year) if year else None, led=led is not None):
                continue
            if day < 31 and says("lunar").search(text, match.end(), match.end() + _LUNAR_REACH):
                continue
            proof = reading.proof(match.start("day"), match.end(), "checks.impossible_date")
            misread = is_doubtful(proof, reading) or _is_recognised(proof, reading)
            told = f"{day:02d}/{month:02d}" + (f"/{year}" if year else "")
            yield finding(
                CheckKind.CONSISTENCY,
                text[led.start() if led is not None else match.start() : match.end()].strip(),
                CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS,
                inputs=(("day", str(day)), ("month", str(month)), ("year", year or "")),
                reported=told,
                note=f"không có ngày {told}",
                evidence=proof,
            )


def _cannot_be(day: int, month: int, year: int | None, *, led: bool) -> bool:
    """Whether no such day is; a month beyond the twelfth only behind a word that makes it a day."""
    if not (day and month) or (not led and (month > _MONTHS or day > _DAYS)):
        return False
    if year is None:
        return day <= _DAYS and 1 <= month <= _MONTHS and day > _LONGEST.get(month, _DAYS)
    return _FIRST_YEAR <= year <= _LAST_YEAR and span_of(f"{year:04d}-{month:02d}-{day:02d}") is None


def _is_recognised(proof: Proof, reading: Reading) -> bool:
    """Whether the words come from a page image: a date that cannot be is there far more often misread than written."""
    sources = {page.number: page.source for page in reading.letter.pages}
    return any(sources.get(entry.page) is Source.OCR for entry in proof)


def _citations_in_time(header: Header, citations: Sequence[Citation], reading: Reading) -> Iterator[Finding]:
    """A letter cannot cite what was signed after it."""
    letter = span_of(header.date)
    if letter is None:
        return
    seen: set[tuple[str | None, str | None, str]] = set()
    for citation in citations:
        cited = span_of(citation.date)
        if cited is None or citation.date is None:
            continue
        key = (citation.number, citation.symbol, citation.date)
        if key in seen:
            continue
        seen.add(key)
        name = _name(citation)
        if cited[0] <= letter[1]:
            verdict, said = CheckVerdict.AGREES, f"{vn_date(cited[0])} không sau {vn_date(letter[1])}"
        elif says("draft").search(" ".join(entry.text for entry in citation.evidence)):
            continue
        else:
            proof = merged(citation.evidence, header.evidence)
            verdict = if_wrong(proof, reading)
            said = f"viện dẫn văn bản ngày {vn_date(cited[0])}, sau ngày ký {vn_date(letter[1])}"
        yield finding(
            CheckKind.CONSISTENCY,
            f"{name} ngày {vn_date(cited[0])}, văn bản này ký {vn_day(header.date)}",
            verdict,
            inputs=(("cited", citation.date), ("letter", header.date or "")),
            reported=citation.date,
            computed=header.date,
            note=said,
            evidence=citation.evidence,
        )


def _one_date_each(citations: Sequence[Citation], reading: Reading) -> Iterator[Finding]:
    """One number and symbol with one date wherever it is cited.

    Numbers start anew each year and every office has its own, so two dates are a contradiction only within one year,
    or on one day of two years, and only where no two issuers are named.
    """
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.number and citation.symbol and citation.date and _is_dated(citation):
            groups[(citation.number, citation.symbol)].append(citation)
    for (number, symbol), group in groups.items():
        if len(group) < 2:
            continue
        days = sorted({citation.date for citation in group if citation.date})
        issuers = {folded(citation.issuer) for citation in group if citation.issuer}
        one = len(days) == 1
        if not one and (len(issuers) > 1 or not _contradict(days)):
            continue
        proof = merged(*(citation.evidence for citation in group))
        verdict = CheckVerdict.AGREES
        if not one:
            verdict = if_wrong(proof, reading)
        first = group[0].date or ""
        later = next((citation for citation in group if citation.date != first), group[0])
        yield finding(
            CheckKind.CONSISTENCY,
            f"{number}/{symbol}: ngày ban hành ở {len(group)} lần viện dẫn",
            verdict,
            inputs=tuple((f"mention {index}", citation.date or "") for index, citation in enumerate(group, 1)),
            reported=later.date,
            computed=first,
            note="ghi cùng một ngày" if one else f"ghi {len(days)} ngày khác nhau: {', '.join(map(vn_day, days))}",
            evidence=merged(later.evidence, proof),
        )


def _is_dated(citation: Citation) -> bool:
    """Whether the date stands in the citation's own words: of two in a row the one behind may lend it its own."""
    return any(_DATED.search(entry.text) for entry in citation.evidence)


def _contradict(days: Sequence[str]) -> bool:
    if any(len(day) < 10 for day in days):
        return False  # a day known in part need not be another
    years = {day[:4] for day in days}
    return len(years) < len(days) or len({day[5:] for day in days}) == 1


def _stretches(dates: Sequence[DateMention], reading: Reading) -> Iterator[Finding]:
    """From a day to a day, in this order."""
    for mention in dates:
        low, slash, high = mention.iso.partition("/")
        first, last = span_of(low), span_of(high)
        if not slash or first is None or last is None:
            continue
        right = first[0] <= last[1]
        doubtful = is_doubtful(mention.evidence, reading)
        yield finding(
            CheckKind.CONSISTENCY,
            mention.text,
            CheckVerdict.AGREES if right else CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS,
            inputs=(("from", low), ("to", high)),
            reported=high,
            computed=low,
            note=f"từ {vn_date(first[0])} đến {vn_date(last[1])}" + ("" if right else ": ngày cuối trước ngày đầu"),
            evidence=mention.evidence,
        )


def _name(citation: Citation) -> str:
    code = "/".join(part for part in (citation.number, citation.symbol) if part)
    return " ".join(part for part in (citation.doc_type, code) if part) or "văn bản"
