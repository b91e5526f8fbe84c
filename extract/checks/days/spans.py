"""Days against what is said of them: the day of the week, how long a stretch is, which period it is, what is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from extract.checks.figures.places import Sentences, span_of, vn_date
from extract.checks.figures.terms import finding, is_doubtful
from extract.records import CheckKind, CheckVerdict, DateRole, Finding, Precision, Reading, Records

_D: Final = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?![\d/])"
_WORDED: Final = r"\d{1,2} tháng \d{1,2} năm \d{4}\b"
_NAMES: Final = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
    "nhật": 6,
}  # fmt: skip
_SHOWN: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY: Final = r"(?:thứ|chủ)\s(?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|nhật|[2-7])(?!\w)"
_DAYS_OF_WEEK: Final = (
    re.compile(rf"\b{_WEEKDAY}\s?[,(]?\s?ngày\s(?P<day>{_D}|{_WORDED})", re.IGNORECASE),
    re.compile(rf"\bngày\s(?P<day>{_D}|{_WORDED})\s?[,(]\s?(?:là\s)?{_WEEKDAY}", re.IGNORECASE),
)
_LEADS: Final = re.compile(  # what stands before a day of the week, and not before "thứ hai" of several
    r"(?:^|\n|[,;:(–-]\s?|\b(?:vào|sáng|chiều|tối|trưa|hôm|giờ|phút|từ|đến|là|hết|và)\s|\d\s?(?:h|’|')\s?)$",
    re.IGNORECASE,
)
_LEAD: Final = 8  # characters before it that are looked at
_STRETCH: Final = rf"từ(?: ngày)?\s{_D}\s(?:cho\s)?đến(?: hết)?(?: ngày)?\s{_D}"
_LENGTH: Final = r"(?P<length>\d{1,3})\s(?P<unit>ngày(?! làm)|tuần|tháng)"
_HOW_LONG: Final = (
    re.compile(
        rf"\b(?P<days>{_STRETCH})\s?\((?:trong |thời gian |tổng cộng |là |gồm ){{0,2}}{_LENGTH}\s?\)", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:trong|thời gian|thời hạn)(?: thời gian| vòng| là|:){{0,2}}\s{_LENGTH}\s?[,(]?\s?"
        rf"(?:kể |tính |bắt đầu )?(?P<days>{_STRETCH})",
        re.IGNORECASE,
    ),
)
_PERIOD: Final = re.compile(
    r"\b(?P<name>quý\s(?P<quarter>I{1,3}|IV|[1-4])|tháng\s(?P<month>\d{1,2}))(?:\s?[/-]\s?|\snăm\s)(?P<year>\d{4})"
    rf"\s?[,(]\s?(?:số liệu |thời gian |kỳ báo cáo )?(?:tính |lấy )?(?P<days>{_STRETCH})",
    re.IGNORECASE,
)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_TO_COME: Final = re.compile(
    r"\b(?:phấn đấu|dự kiến|ước|sẽ|chậm nhất|trước ngày|yêu cầu|đề nghị|mục tiêu|kế hoạch|tiếp tục"
    r"|hoàn thành|giao|thời hạn|hiệu lực|áp dụng|phải|tổng hợp|gửi)\b",
    re.IGNORECASE,
)
_WEEK: Final = 7
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")


def check_spans(records: Records, reading: Reading) -> Iterator[Finding]:
    """Days of the week, lengths of stretches, the periods they are said to be, and figures as of a day to come."""
    yield from _days_of_week(reading)
    yield from _lengths(reading)
    yield from _periods(reading)
    yield from _not_over(records, reading)


def _days(text: str) -> list[date] | None:
    """The days of a text, each with its year; None where one cannot be."""
    numbers = re.findall(r"\d+", text)
    isos = [
        f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
        for day, month, year in zip(*[iter(numbers)] * 3, strict=True)
    ]
    spans = [span_of(iso) for iso in isos]
    return [span[0] for span in spans if span is not None] if all(spans) else None


def _stretch(match: re.Match[str]) -> tuple[date, date] | None:
    """The first and last day of a stretch; None where they are none in this order."""
    days = _days(match["days"])
    return (days[0], days[1]) if days is not None and days[0] <= days[1] else None


def _days_of_week(reading: Reading) -> Iterator[Finding]:
    for pattern in _DAYS_OF_WEEK:
        for match in pattern.finditer(reading.flow.text):
            days = _days(match["day"])
            before = reading.flow.text[max(match.start() - _LEAD, 0) : match.start()]
            if days is None or not (_LEADS.search(before) or match.group().lower().startswith("ngày")):
                continue  # "lần thứ hai ngày …" is no day of the week
            right, told = _SHOWN[days[0].weekday()], _SHOWN[_NAMES[match["name"].lower()]]
            said = f"{vn_date(days[0])} là {right}" + ("" if right == told else f", báo cáo ghi {told}")
            yield _of(match, reading, right == told, said, (told, right))


def _lengths(reading: Reading) -> Iterator[Finding]:
    for pattern in _HOW_LONG:
        for match in pattern.finditer(reading.flow.text):
            stretch, unit, told = _stretch(match), match["unit"].lower(), int(match["length"])
            right = _length(*stretch, unit, told) if stretch is not None else None
            if stretch is None or right is None:
                continue
            said = f"từ {vn_date(stretch[0])} đến {vn_date(stretch[1])} là {right} {unit}"
            said += "" if right == told else f", báo cáo ghi {told}"
            yield _of(match, reading, right == told, said, (str(told), str(right)))


def _length(first: date, last: date, unit: str, told: int) -> int | None:
    """How long a stretch is; days may be counted with the first or without. None where months are not whole."""
    gap = (last - first).days
    if unit == "ngày":
        return told if told in (gap, gap + 1) else gap + 1
    if unit == "tuần":
        weeks, rest = divmod(gap, _WEEK)
        return told if told in (weeks, weeks + 1) else weeks + (rest > 0)
    end = last if last.day == first.day else last + timedelta(days=1)
    return 12 * (end.year - first.year) + end.month - first.month if end.day == first.day else None


def _periods(reading: Reading) -> Iterator[Finding]:
    """A stretch behind a quarter or month: more than half of it lies in there, on whatever day its reports close."""
    for match in _PERIOD.finditer(reading.flow.text):
        stretch, quarter = _stretch(match), match["quarter"]
        part = f"Q{_ROMAN.get(quarter.upper(), quarter)}" if quarter else f"{int(match['month']):02d}"
        period = span_of(f"{match['year']}-{part}")
        if stretch is None or period is None:
            continue
        inside = (min(stretch[1], period[1]) - max(stretch[0], period[0])).days + 1
        agrees = 2 * inside > (stretch[1] - stretch[0]).days + 1
        told, right = (f"{vn_date(first)} – {vn_date(last)}" for first, last in (stretch, period))
        said = f"{told} {'thuộc' if agrees else 'không thuộc'} {match['name']}/{match['year']}"
        yield _of(match, reading, agrees, said, (told, right))


def _not_over(records: Records, reading: Reading) -> Iterator[Finding]:
    """Figures as of a day behind that of the letter, where the sentence tells of what was done."""
    letter = span_of(records.header.date)
    if letter is None:
        return
    places = Sentences(reading)
    for mention in records.dates:
        day = span_of(mention.iso)
        if (
            mention.role is not DateRole.AS_OF
            or mention.precision is not Precision.DAY
            or not _YEAR.search(mention.text)
        ):
            continue
        place = places.of(mention.evidence)
        if day is None or day[0] <= letter[1] or place is None or _TO_COME.search(places.items[place].text):
            continue
        doubtful = is_doubtful((*mention.evidence, *records.header.evidence), reading)
        yield finding(
            CheckKind.CONSISTENCY,
            places.items[place].text,
            CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS,
            inputs=(("as of", mention.iso), ("letter", records.header.date or "")),
            reported=mention.iso,
            computed=records.header.date,
            note=f"số liệu đến {vn_date(day[0])}, sau ngày ký {vn_date(letter[1])}",
            evidence=mention.evidence,
        )


def _of(match: re.Match[str], reading: Reading, agrees: bool, said: str, values: tuple[str, str]) -> Finding:
    """A finding of what is told and what is right."""
    told, right = values
    proof = reading.proof(match.start(), match.end(), "checks.span")
    verdict = CheckVerdict.MISREAD if is_doubtful(proof, reading) else CheckVerdict.DIFFERS
    return finding(
        CheckKind.CONSISTENCY,
        match.group(),
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("told", told),),
        reported=told,
        computed=right,
        note=said,
        evidence=proof,
    )
