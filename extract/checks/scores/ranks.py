"""Ranks within their bounds: no place below the last, no denominator that never was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from extract.checks.figures.places import span_of
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.scores.links import is_province, link
from extract.records import CheckKind, CheckVerdict, Finding, Rank, Reading, Records
from gazetteer import Kind, load_gazetteer
from gazetteer.scoring_models import IndicatorMatch, ScoringModel

_NATIONWIDE: Final = re.compile(
    r"toàn quốc|cả nước|tỉnh,? thành(?: phố)?|tỉnh/thành|các địa phương trong cả nước", re.I
)
_BELOW: Final = re.compile(
    r"\s{0,2}(?:xã|phường|đặc khu|huyện|quận|thị xã|sở|bộ|ngành|cơ quan|đơn vị|phòng|trường|bệnh viện"
    r"|đoàn|đội|nước|quốc gia)\b",
    re.IGNORECASE,
)  # behind a rank: others than provinces were ranked
_BEHIND: Final = 24  # characters behind a rank in which it says who was ranked
_OF_NATIONS: Final = re.compile(
    r"thế giới|toàn cầu|liên hợp quốc|asean|đông nam á|châu á|quốc tế|các nước|\d quốc gia|egdi", re.IGNORECASE
)
_AROUND: Final = 250  # characters around a rank in which it says that nations were ranked
_BEFORE: Final = 2  # years before a letter that its rankings can be of
_AMONG: Final = re.compile(r"(?:nhóm|top|tốp)\s+(?:đầu\s+)?(\d{1,3})\b", re.IGNORECASE)


def check_ranks(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Each rank, and the rank before its change, against the number ranked."""
    letter_day = span_of(records.header.date)
    for rank in records.ranks:
        linked = link(rank.indicator, rank.org, models)
        counts = _ranked(rank, linked, letter_day[1] if letter_day else None)
        place = rank.rank if rank.rank is not None else _group(rank)
        of = rank.of if rank.of is not None else max(counts, default=None)
        if place is None or of is None or (rank.of is None and _of_nations(rank, reading)):
            continue
        yield _bound(rank, place, of, reading)
        if rank.rank is not None and rank.change and rank.rank <= of:
            yield _previous(rank, rank.rank + rank.change, of, reading)
        if rank.of is not None and counts and rank.of > max(counts) and not _among_others(rank, reading):
            yield _denominator(rank, rank.of, counts, reading)


def _among_others(rank: Rank, reading: Reading) -> bool:
    """Whether the words behind a rank say that no provinces were ranked ("14/99 xã, phường")."""
    end = rank.evidence[-1].end if rank.evidence else 0
    behind = reading.repaired.text[end : end + _BEHIND]
    return _BELOW.match(behind) is not None or any(_BELOW.match(rank.text, at) for at in _ends_of_digits(rank.text))


def _of_nations(rank: Rank, reading: Reading) -> bool:
    """Whether the words around a rank speak of other nations: it is none of provinces."""
    start = rank.evidence[0].start if rank.evidence else 0
    return bool(_OF_NATIONS.search(reading.repaired.text, max(start - _AROUND, 0), start + _AROUND))


def _ends_of_digits(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"\d+", text)]


def _group(rank: Rank) -> int | None:
    match = _AMONG.search(rank.text)
    return int(match.group(1)) if match else None


def _bound(rank: Rank, place: int, of: int, reading: Reading) -> Finding:
    inside = 1 <= place <= of
    stated = "" if rank.of is not None else " (số được xếp hạng không ghi trong văn bản)"
    return finding(
        CheckKind.RANK_BOUND,
        rank.text,
        CheckVerdict.AGREES if inside else _wrong(rank, reading),
        inputs=(("rank", str(place)), ("of", str(of))),
        reported=str(place),
        computed=str(of),
        note=f"1 ≤ {place} ≤ {of}{stated}" if inside else f"hạng {place} nằm ngoài 1–{of}{stated}",
        evidence=rank.evidence,
    )


def _previous(rank: Rank, before: int, of: int, reading: Reading) -> Finding:
    inside = 1 <= before <= of
    moved = "tăng" if (rank.change or 0) > 0 else "giảm"
    sum_ = f"{rank.rank} {'+' if moved == 'tăng' else '-'} {abs(rank.change or 0)} = {before}"
    return finding(
        CheckKind.RANK_BOUND,
        f"{rank.text}, {moved} {abs(rank.change or 0)} bậc",
        CheckVerdict.AGREES if inside else _wrong(rank, reading),
        inputs=(("rank", str(rank.rank)), ("change", str(rank.change)), ("of", str(of))),
        reported=str(rank.change),
        computed=str(before),
        note=f"hạng trước: {sum_}" + ("" if inside else f", nằm ngoài 1–{of}"),
        evidence=rank.evidence,
    )


def _denominator(rank: Rank, of: int, counts: frozenset[int], reading: Reading) -> Finding:
    known = ", ".join(str(count) for count in sorted(counts))
    return finding(
        CheckKind.RANK_BOUND,
        rank.text,
        _wrong(rank, reading),
        inputs=(("of", str(of)), ("known", known)),
        reported=str(of),
        computed=str(max(counts)),
        note=f"cả nước có {known} tỉnh, thành phố vào thời điểm này, báo cáo ghi {of}",
        evidence=rank.evidence,
    )


def _wrong(rank: Rank, reading: Reading) -> CheckVerdict:
    return if_wrong(rank.evidence, reading)


def _ranked(rank: Rank, linked: IndicatorMatch | None, day: date | None) -> frozenset[int]:
    """How many can have been ranked, empty where the words do not say that provinces are."""
    nationwide = bool(_NATIONWIDE.search(rank.text))
    by_model = linked is not None and linked.model.ranks == "provinces"
    if not nationwide and not (by_model and rank.org is not None and is_province(rank.org)):
        return frozenset()
    days = [date(day.year - back, 1, 1) if back else day for back in range(_BEFORE + 1)] if day is not None else []
    period = span_of(rank.period)
    if period is not None:
        days += list(period)
    if not days:
        return frozenset()
    counts = {provinces_on(one) for one in days}
    if linked is not None:
        counts |= {one.of for one in linked.model.denominators}
    return frozenset(counts)


@lru_cache(maxsize=512)
def provinces_on(day: date) -> int:
    """How many provinces there were on a day since 1 August 2008."""
    return sum(1 for _ in load_gazetteer().entries(Kind.PROVINCE, day))
