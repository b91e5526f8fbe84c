"""Days that events begin and end on, days said to be over that are to come, and ages on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from extract.checks.days.words import any_of, says, signs_of
from extract.checks.figures.cues import holds
from extract.checks.figures.places import sentences_of, span_of, vn_date
from extract.checks.figures.terms import finding, if_wrong
from extract.records import CheckKind, Finding, Reading, Records

_CLOCK: Final = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{2}\s?)?(?:phút\s)?,?\s?)?(?:ngày\s+)?"
_NUMERIC: Final = r"(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])"
_WORDED: Final = r"(\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b"
_TO: Final = r"\s+(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?"
_SINCE: Final = r"[tT](?<!\w[tT])(?i:ừ\s+"  # what begins with characters of one class is found several times faster
_FROM_TO: Final = re.compile(rf"{_SINCE}{_CLOCK}(?:{_NUMERIC}{_TO}{_CLOCK}{_NUMERIC}|{_WORDED}{_TO}{_CLOCK}{_WORDED}))")
# From a day to an earlier one of the same month: longer than a year, if it were no mistake.
_IN_A_MONTH: Final = re.compile(rf"{_SINCE}{_CLOCK}(\d{{1,2}})/(\d{{1,2}})(?![\d/]){_TO}{_CLOCK}{_NUMERIC})")
_BEGINS_ENDS: Final = re.compile(
    rf"(?<!\w){any_of('begins')}\s(?:[^\W\d_]+\s){{0,3}}?{_CLOCK}{_NUMERIC}"
    rf"(?:[,;]?\s(?:và\s)?(?:[^\W\d_]+\s){{0,4}}?){any_of('ends')}\s(?:[^\W\d_]+\s){{0,3}}?{_CLOCK}{_NUMERIC}",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    rf"(?=s)\bsinh ngày\s(?:{_NUMERIC}|{_WORDED})[^.;\d]{{1,60}}(?:ngày\s)?(?:{_NUMERIC}|{_WORDED})[^.;\d]{{1,30}}?"
    r"(?:tròn|đủ)\s(?P<age>\d{2})\stuổi",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"(?:vào\s)?(?:(?:sáng|chiều|tối)\s)?(?:ngày\s)?"
    r"(?:(\d{1,2})/(\d{1,2})/(\d{4})|(\d{1,2}) tháng (\d{1,2}) năm (\d{4})),"
    r"\s[^,.;:]{2,80}?\sđã\s(?!được\s|đạt\s|đăng ký\s|cấp\s)",
    re.IGNORECASE,
)


def check_events(records: Records, reading: Reading) -> Iterator[Finding]:
    """Stretches and events that end before they begin, what was done on a day to come, ages."""
    yield from _backwards(reading)
    yield from _to_come(records, reading)
    yield from _ages(reading)


def _backwards(reading: Reading) -> Iterator[Finding]:
    """From a day to an earlier one, which is no stretch and so no record."""
    text = reading.flow.text
    begins = holds(text, *signs_of("begins"))
    for pattern in (_FROM_TO, *((_BEGINS_ENDS,) if begins else ()), _IN_A_MONTH):
        for match in pattern.finditer(text):
            numbers = [int(group) for group in match.groups() if group]
            if pattern is _IN_A_MONTH:
                day, month, last_day, last_month, year = numbers
                if month != last_month or day <= last_day + 1:
                    continue
                numbers = [day, month, year, last_day, last_month, year]
            first, last = _day(*numbers[:3]), _day(*numbers[3:])
            if first is None or last is None or first <= last:
                continue
            proof = reading.proof(match.start(), match.end(), "checks.stretch")
            yield finding(
                CheckKind.CONSISTENCY,
                match.group(),
                if_wrong(proof, reading),
                inputs=(("from", first.isoformat()), ("to", last.isoformat())),
                reported=last.isoformat(),
                computed=first.isoformat(),
                note=f"từ {vn_date(first)} đến {vn_date(last)}: ngày cuối trước ngày đầu",
                evidence=proof,
            )


def _to_come(records: Records, reading: Reading) -> Iterator[Finding]:
    """Sentences that begin with a day behind the letter's and tell what was done on it."""
    letter = span_of(records.header.date)
    if letter is None:
        return
    for sentence in sentences_of(reading).items:
        match = _OPENING.match(sentence.text)
        if match is None or says("planned").search(sentence.text):
            continue
        day = _day(*(int(group) for group in match.groups() if group))
        if day is None or day <= letter[1]:
            continue
        proof = reading.proof(sentence.start, sentence.start + match.end(), "checks.event")
        yield finding(
            CheckKind.CONSISTENCY,
            sentence.text,
            if_wrong((*proof, *records.header.evidence), reading),
            inputs=(("event", day.isoformat()), ("letter", records.header.date or "")),
            reported=day.isoformat(),
            computed=records.header.date,
            note=f"việc đã làm ngày {vn_date(day)}, sau ngày ký {vn_date(letter[1])}",
            evidence=proof,
        )


def _ages(reading: Reading) -> Iterator[Finding]:
    """How many years somebody has completed on a day: "sinh ngày 12/4/1964, đến ngày 12/4/2024 tròn 60 tuổi"."""
    for match in _AGE.finditer(reading.flow.text) if holds(reading.flow.text, "sinh ngày") else ():
        numbers = [int(group) for group in match.groups()[:-1] if group]
        born, then = _day(*numbers[:3]), _day(*numbers[3:])
        told = int(match["age"])
        if born is None or then is None or born >= then:
            continue
        right = then.year - born.year - ((then.month, then.day) < (born.month, born.day))
        if told == right:
            continue
        proof = reading.proof(match.start(), match.end(), "checks.age")
        yield finding(
            CheckKind.CONSISTENCY,
            " ".join(match.group().split()),
            if_wrong(proof, reading),
            inputs=(("born", born.isoformat()), ("day", then.isoformat())),
            reported=str(told),
            computed=str(right),
            note=f"từ {vn_date(born)} đến {vn_date(then)} là {right} năm, báo cáo ghi {told}",
            evidence=proof,
        )


def _day(day: int, month: int, year: int) -> date | None:
    span = span_of(f"{year:04d}-{month:02d}-{day:02d}")
    return None if span is None else span[0]
