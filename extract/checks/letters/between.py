"""Letters against each other: the same figure, a previous value, a citation's date, reports and tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.places import span_of, vn_day
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, if_wrong, is_doubtful
from extract.checks.letters.reports import reported_sums, tasks_reported
from extract.checks.letters.statements import Key, Statement, Stored, compared, entry, statement, statements
from extract.records import CheckKind, CheckVerdict, Citation, Finding, Rank, Score
from gazetteer.keys import folded

__all__ = ["Pair", "Stored", "between", "compared"]

Pair = tuple[str, Finding]


def between(letters: Sequence[Stored]) -> tuple[Pair, ...]:
    """What letters say of one another; the first of each pair is the id of the letter the finding belongs to.

    The later letter of two has the finding. Letters without a date come last, in the order given.
    """
    ordered = sorted(letters, key=lambda letter: (letter.records.header.date or "9999", letter.id))
    told = [(letter, list(statements(letter))) for letter in ordered]
    once: dict[tuple[object, ...], Pair] = {}
    for pair in chain(
        _same(told), _previous(ordered), _citations(ordered), reported_sums(told), tasks_reported(ordered)
    ):
        once.setdefault((pair[0], pair[1].statement, pair[1].inputs), pair)
    return tuple(once.values())


def _same(told: Sequence[tuple[Stored, list[tuple[Key, Statement]]]]) -> Iterator[Pair]:
    """One indicator or count, body, period and day of count, two values.

    Scans of one letter are one letter: where they were read differently, the reading of most of them counts.
    """
    seen: dict[Key, dict[Key, list[tuple[Stored, Statement]]]] = defaultdict(dict)
    for letter, made in told:
        by_key: dict[Key, list[Statement]] = defaultdict(list)
        for key, one in made:
            by_key[key].append(one)
        for key, same in by_key.items():
            if all(other.value == same[0].value for other in same):  # else the words do not tell these figures apart
                seen[key].setdefault(letter.identity, []).append((letter, same[0]))
    for copies in seen.values():
        first, *later = copies.values()
        earlier, known = _read_by_most(first)
        for scans in later:
            value = _read_by_most(scans)[1].value
            for letter, one in scans:
                running = one.as_of is None and not _closed(one.period, letter, earlier)
                if one.value != value or (known.value != value and running):
                    continue  # a scan read otherwise than the others; a figure of an open period may well change
                if known.value != value and not one.is_particular and not is_slip(value, known.value):
                    continue  # "hồ sơ tiếp nhận" of all offices, and of one desk
                yield letter.id, _compared(one, known.value, earlier, "cùng chỉ tiêu, cùng kỳ")


def _read_by_most(scans: Sequence[tuple[Stored, Statement]]) -> tuple[Stored, Statement]:
    """The scan that gives the value most of them give, the first of those."""
    counts = Counter(one.value for _, one in scans)
    return max(scans, key=lambda scan: counts[scan[1].value])


def _closed(iso: str, later: Stored, earlier: Stored) -> bool:
    """Whether the period was over when both letters were written, so that its value stands."""
    period = span_of(iso)
    days = [span_of(letter.records.header.date) for letter in (later, earlier)]
    return period is not None and all(day is not None and day[0] > period[1] for day in days)


def _previous(letters: Sequence[Stored]) -> Iterator[Pair]:
    """What a letter says a score or rank was before against what an earlier letter gave for the period before."""
    known: dict[tuple[str, ...], list[tuple[Stored, Decimal]]] = defaultdict(list)
    for letter in letters:
        told: tuple[Score | Rank, ...] = (*letter.records.scores, *letter.records.ranks)
        for record in told:
            key = _key(record)
            if key is None or record.period is None:
                continue
            before = _period_before(record.period)
            previous = _value_before(record)
            if previous is not None and before is not None:
                others = [
                    (one, value) for one, value in known.get((*key, before), ()) if one.identity != letter.identity
                ]
                if others:  # of several scans one that reads the same
                    earlier, value = next((one for one in others if one[1] == previous), others[0])
                    then = replace(statement(record.indicator, record, previous, None), period=before)
                    yield letter.id, _compared(then, value, earlier, "giá trị kỳ trước")
            known[(*key, record.period)] += [(letter, value) for value in _value(record)]


def _value(record: Score | Rank) -> tuple[Decimal, ...]:
    """The value of a score or rank, none where a rank was not read."""
    if isinstance(record, Score):
        return (record.value,)
    return () if record.rank is None else (Decimal(record.rank),)


def _value_before(record: Score | Rank) -> Decimal | None:
    """What the period before had by the record: a previous score, or the place that a rank rose or fell from."""
    if isinstance(record, Score):
        return record.previous
    return Decimal(record.rank + record.change) if record.rank is not None and record.change is not None else None


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


def _key(record: Score | Rank) -> tuple[str, ...] | None:
    """Indicator and body, of a rank also among how many, None where one of them is not known."""
    indicator = record.indicator_id or (folded(record.indicator) if record.indicator else None)
    if indicator is None or record.org is None:
        return None
    among = ("rank", str(record.of)) if isinstance(record, Rank) else ("score",)
    return *among, indicator, folded(record.org)


def _compared(told: Statement, value: Decimal, earlier: Stored, what: str) -> Finding:
    agrees = told.value == value
    name, source = earlier.name, earlier.records.header
    day = f" ngày {vn_day(source.date)}" if source.date else ""
    verdict = CheckVerdict.AGREES
    if not agrees:
        verdict = if_wrong(told.proof)
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
            cited = [other for other in by_code.get(key, ()) if other.identity != letter.identity]
            documents = {other.identity for other in cited}
            if len(documents) != 1 or citation.date is None or (key, citation.date) in seen:
                continue
            seen.add((key, citation.date))
            for made in (_of_citation(citation, cited[0]), _of_issuer(letter, citation, cited[0])):
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
        f"Viện dẫn {name} ngày {vn_day(told)}",
        verdict,
        inputs=(("cited as", told), ("its own date", own)),
        reported=told,
        computed=own,
        note=f"văn bản {name} tự ghi ngày {vn_day(own)}",
        evidence=citation.evidence,
    )


def _of_issuer(letter: Stored, citation: Citation, cited: Stored) -> Finding | None:
    """The office a citation names against the one that issued the letter; None where either is not known.

    Number, symbol and day must be those of the cited letter, and both offices of one unit: two provinces can have one
    number on one day.
    """
    own, told = cited.records.header, citation.issuer
    if told is None or own.issuer is None or own.date is None or citation.date != own.date or len(own.date) != 10:
        return None
    day = date.fromisoformat(own.date)
    named, named_unit = entry(told, day, letter.records.header.place)
    issued, issued_unit = entry(own.issuer, day, own.place)
    if named is None or issued is None or (named != issued and (named_unit is None or named_unit != issued_unit)):
        return None
    agrees = named == issued
    verdict = CheckVerdict.AGREES
    if not agrees:
        doubtful = is_doubtful(citation.evidence) or is_doubtful(own.evidence)
        verdict = CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    return finding(
        CheckKind.CONSISTENCY,
        f"Viện dẫn {cited.name} của {told}",
        verdict,
        inputs=(("cited as", told), ("its own issuer", own.issuer)),
        reported=told,
        computed=own.issuer,
        note=f"văn bản {cited.name} do {own.issuer} ban hành",
        evidence=citation.evidence,
    )


def _offices_meet(one: str, other: str) -> bool:
    """Whether two names can be one office: all words of the shorter stand in the longer."""
    short, long = sorted((set(folded(one).split()), set(folded(other).split())), key=len)
    return short <= long
