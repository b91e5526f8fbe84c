"""Letters against each other: the same figure, a previous value, a citation's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.checks.arithmetic import plain, vn
from extract.checks.places import span_of
from extract.checks.terms import finding, is_doubtful
from extract.records import CheckKind, CheckVerdict, Citation, Finding, Records, Score
from gazetteer.keys import folded

Pair = tuple[str, Finding]


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
    return (*_scores(ordered), *_previous(ordered), *_citations(ordered))


def _scores(letters: Sequence[Stored]) -> Iterator[Pair]:
    """One indicator, body, period and day of count, two values."""
    seen: dict[tuple[str, ...], tuple[Stored, Score]] = {}
    for letter in letters:
        for score in letter.records.scores:
            key = _key(score)
            if key is None:
                continue
            stamp = (*key, score.as_of or "")
            earlier = seen.setdefault(stamp, (letter, score))
            if earlier[0] is letter:
                continue
            other = earlier[1]
            if other.as_of is None and other.value != score.value and not _closed_period(score, letter, earlier[0]):
                continue  # a running score of an open period may well change
            yield letter.id, _compared(score, other.value, earlier[0], "cùng chỉ tiêu, cùng kỳ")


def _closed_period(score: Score, later: Stored, earlier: Stored) -> bool:
    """Whether the period was over when both letters were written, so that its value stands."""
    period = span_of(score.period)
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
                        told = replace(score, value=score.previous)
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


def _compared(score: Score, value: Decimal, earlier: Stored, what: str) -> Finding:
    agrees = score.value == value
    source = earlier.records.header
    name = "/".join(part for part in (source.number, source.symbol) if part) or earlier.id
    day = f" ngày {source.date}" if source.date else ""
    verdict = CheckVerdict.AGREES
    if not agrees:
        verdict = CheckVerdict.MISREAD if is_doubtful(score.evidence) else CheckVerdict.DIFFERS
    gap = "" if agrees else f": chênh {vn(abs(score.value - value))}"
    return finding(
        CheckKind.CONSISTENCY,
        f"{score.indicator}, {score.org}, {score.period}: {vn(score.value)}",
        verdict,
        inputs=((name, plain(value)), ("this", plain(score.value))),
        reported=plain(score.value),
        computed=plain(value),
        note=f"{what}: {name}{day} ghi {vn(value)}{gap}",
        evidence=score.evidence,
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
