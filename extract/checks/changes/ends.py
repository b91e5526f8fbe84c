"""Figures of a sentence as differences and as the ends of differences.

A difference is the figure behind "tăng", "thấp hơn", "chênh lệch … là", one that restates such a figure ("giảm 146 lượt
(14,4%)") or goes on from it ("giảm 146 lượt, 127 người"). All other figures can be its ends; what words say of the
first figure in a bracket ("cùng kỳ năm trước là 12 đoàn, 241 người") holds for all of the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from typing import Final

from extract.checks.changes.anchors import UNTIMED, of_difference, of_value
from extract.checks.figures.complete import kind_of
from extract.checks.figures.figures import Figure, Part, figures
from extract.checks.figures.terms import Term, is_doubtful
from extract.components.context import Sentence
from extract.components.numbers import read_number
from extract.records import Reading
from extract.wordlists import wordlist

GOES_ON: Final = re.compile(r"[^\d.;()%,]{0,30}(?:,| và)\s*")
_RESTATES: Final = re.compile(
    r"%?[^\d.;()]{0,30}[(,]\s*(?:tăng |giảm |tương đương |tương ứng |tức |hay |bằng |tỷ lệ |là )*(?:với )?[-–+]?\s?"
)
_NO_UNIT: Final = re.compile(
    r"(?:lên|xuống|còn|đến|sang|rút|nâng|tăng|giảm|so|thì|và|là|nhưng|thành)\b"
)  # behind a bare figure
_LEADS_ON: Final = re.compile(r"(?:lên|xuống|còn|đến|sang|rút|nâng|thành)\b")
_OF_LAST: Final = re.compile(r"^\s?%?[^,;.()]*\bso với[^,;.()]*,")  # "22,6% so với năm 2018, xã B thu 5,1"
FROM: Final = re.compile(r"\btừ(?: mức)?\s*$")
TO: Final = re.compile(r"\b(?:lên|xuống|còn|đến)(?: còn| tới| mức)?\s*$")
_STEPS: Final = 2
_MANY: Final = 1000  # bare figures from here on are ends whatever they count
_SHARE: Final = "%"
_TIMES: Final = "lần"
_CASES: Final = "trường hợp"  # stands for whatever was told


class Way(StrEnum):
    """Where the value now stands to the other one."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"
    TIMES = "times"
    SHARE = "share"

    @property
    def is_part(self) -> bool:
        """Whether the figure is what one makes of the other, no distance."""
        return self in (Way.TIMES, Way.SHARE)


@dataclass(frozen=True, slots=True)
class End:
    """A figure of a sentence.

    `bracket`: offset of the bracket it stands in, -1 for none; `way`: the difference it is, None where it is none;
    `past`: it is of a time before; `compared`: words say that another is compared with it. `rate_of`: the difference
    that a rate in brackets behind it restates. `of`: 1.500 of "1.388/1.500 người". `about`: what a value is of, or a
    difference counted from (see `anchors`).
    """

    figure: Figure
    bracket: int
    way: Way | None
    past: bool
    compared: bool
    rate_of: End | None = None
    of: Figure | None = None
    about: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """What it counts, shares and points apart; "" where no word behind it says so."""
        if self.figure.unit == _SHARE or _NO_UNIT.match(self.figure.unit):
            return self.figure.unit if self.figure.unit == _SHARE else ""
        return _CASES if self.figure.unit == _CASES else kind_of(self.figure.unit)

    @property
    def value(self) -> Decimal:
        """The figure itself."""
        return self.figure.term.value

    @property
    def start(self) -> int:
        """Where it begins in the flow text."""
        return self.figure.start


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `data/differences.toml`."""
    return re.compile(wordlist("extract.checks", "differences")[name])


def ends_of(sentence: Sentence, reading: Reading) -> tuple[End, ...]:
    """The figures of a sentence, left to right."""
    found = [*figures(sentence, reading, wide=True), *_times(sentence, reading)]
    read = _with_units(sorted(found, key=lambda one: one.start))
    ends = _ways(list(_fractions(_in_brackets(read, sentence))), sentence)
    return tuple(_named(list(ends), sentence))


def _with_units(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures; both of "từ 2,4 xuống 2,2 đồng" or "số vụ từ 19 xuống 14" are counted as words beside one say."""
    out: list[Figure] = []
    steps = ""  # what the figure before leads on from
    for one, follower in zip_longest(found, found[1:]):
        made = replace(one, unit=steps) if steps and not one.unit else one
        steps = ""
        if follower is not None and _LEADS_ON.match(one.unit):
            bare = not follower.unit and max(one.term.value, follower.term.value) < _MANY
            told = pattern("steps_of").search(one.lead) if bare else None
            steps = told[1].strip() if told is not None else ""
            made = replace(one, unit=steps or follower.unit)
        out.append(made)
    return tuple(out)


def _fractions(found: Iterable[End]) -> Iterator[End]:
    """The figures, those of "1.388/1.500 người" as one."""
    last: End | None = None
    for one in found:
        if last is not None and one.figure.lead.strip() == "/" and last.figure.behind.strip() == "/":
            last = replace(last, of=one.figure)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _named(found: Sequence[End], sentence: Sentence) -> Iterator[End]:
    """The figures with what each is of, or is counted from; a clause or bracket goes on with the time it began with."""
    text = sentence.text.lower()
    starts = [one.start - sentence.start for one in found]
    first: dict[int, frozenset[str]] = {}  # by bracket
    named: frozenset[str] = frozenset()  # of the difference before
    for at, one in enumerate(found):
        low = (found[at - 1].of or found[at - 1].figure).end - sentence.start if at else 0
        end = (one.of or one.figure).end - sentence.start
        lead, behind = text[low : starts[at]], text[end : starts[at + 1] if at + 1 < len(found) else len(text)]
        if one.way is not None:
            if at and found[at - 1].way is not None:
                lead = lead.partition(",")[2]  # "vượt 5% so với dự toán, tăng 8% so với cùng kỳ"
            named = of_difference(lead, behind)
            yield replace(one, about=named)
            continue
        if ";" in lead:
            first.clear()
        lead = _OF_LAST.sub("", lead)
        about = of_value(lead, behind) or first.get(one.bracket, frozenset())
        if not about and one.bracket != -1 and lead.endswith("(") and ";" not in lead and at:
            # "đầu năm có 19.706 hộ nghèo (4,61%)", "nhiều hơn năm 2023 24 đảng viên (162 đảng viên)"
            beside = named if found[at - 1].way is not None else frozenset()
            about = beside or first.get(found[at - 1].bracket, frozenset())
        first[one.bracket] = about - UNTIMED
        yield replace(one, about=about)


def _times(sentence: Sentence, reading: Reading) -> Iterator[Figure]:
    """Figures of "gấp 1,8 lần", that are none of things counted."""
    text = sentence.text.lower()
    if "gấp" not in text:
        return
    for match in pattern("times").finditer(text):
        value = read_number(match[1])
        start, end = sentence.start + match.start(1), sentence.start + match.end(1)
        if value is not None:
            proof = reading.proof(start, end, "checks.figure")
            term = Term(match[0], value, proof, is_doubtful(proof, reading))
            behind = text[match.end(1) :]
            yield Figure(term, start, end, _TIMES, text[: match.start(1)], behind, None, False, False, False)


def _in_brackets(found: Sequence[Figure], sentence: Sentence) -> Iterator[End]:
    text = sentence.text
    low, opened = 0, [-1]
    first: End | None = None
    for figure in found:
        high = figure.start - sentence.start
        for at in range(low, high):
            if text[at] == "(":
                opened.append(at)
            elif text[at] == ")" and len(opened) > 1:
                opened.pop()
        low = high
        inherits = first is not None and first.bracket == opened[-1] != -1 and figure.change is None
        one = End(
            figure,
            opened[-1],
            {Part.RISE: Way.UP, Part.FALL: Way.DOWN}.get(figure.change) if figure.change else None,
            figure.previous or (inherits and first is not None and first.past),
            figure.compared or (inherits and first is not None and first.compared),
        )
        if not inherits:
            first = one
        yield one


def _ways(found: Sequence[End], sentence: Sentence) -> Iterator[End]:
    """The figures, with the differences that words of other places make of them."""
    spread = pattern("spread").search(sentence.text.lower())
    last: End | None = None
    for at, one in enumerate(found):
        before = found[at - 1] if at else None
        made = one
        if one.way is None and before is not None and one.of is None:
            way = _behind(before, one)
            if way is None and last is before and last.way is not None:
                way = last.way if _goes_on(last.figure, one.figure) else None
            if way is None and spread is not None and _closes(spread.end(), found[max(at - 2, 0) : at + 1], sentence):
                way, spread = Way.EITHER, None
            if way is not None:
                made = replace(one, way=way, compared=False, past=False)
        if made.way is None and one.figure.unit == _TIMES:
            made = replace(one, way=Way.TIMES)
        elif made.way is None and (_is_part(one.figure) or _is_of_steps(found[max(at - 2, 0) : at], one.figure)):
            made = replace(one, way=Way.SHARE)
        if made.way is None and _falls_short(one.figure):
            made = replace(one, way=Way.DOWN)
        if made.way is None and (way := _then(found[max(at - 2, 0) : at], one, sentence)) is not None:
            made = replace(one, way=way, compared=False, past=False)
        if made.way is None and (way := _beside_anchor(one, found[at + 1] if at + 1 < len(found) else None)):
            made = replace(one, way=way, compared=False, past=False)
        unshared = one.figure.unit != _SHARE and any(
            pattern(name).search(one.figure.lead) for name in ("balance", "trade_by", "ends_by")
        )
        if made.way is None and unshared:
            made = replace(one, way=Way.EITHER)
        if made.way is not None and last is not None and last.way is not None and _is_rate_of(last.figure, one.figure):
            made = replace(made, rate_of=last)
        last = made
        yield made


def _then(before: Sequence[End], one: End, sentence: Sentence) -> Way | None:
    """The way of a distance that words of more or less lead to, behind two steps or what is compared with."""
    up, down = (bool(pattern(name).search(one.figure.lead)) for name in ("then_up", "then_down"))
    if not (up or down) or one.figure.unit in ("", _SHARE):
        return None
    steps = len(before) > 1 and bool(FROM.search(before[0].figure.lead) and TO.search(before[1].figure.lead))
    if not steps and not pattern("against").search(sentence.text[: one.start - sentence.start].lower()):
        return None
    return Way.UP if up else Way.DOWN


def _behind(other: End, one: End) -> Way | None:
    """The way of a distance behind what is compared with: "cao hơn trung bình cả nước (86,98%) là 0,14%"."""
    if not pattern("by").search(one.figure.lead) or other.way is not None:
        return None
    if pattern("over").search(other.figure.lead):
        return Way.UP
    return Way.DOWN if pattern("under").search(other.figure.lead) else None


def _beside_anchor(one: End, follower: End | None) -> Way | None:
    """The way of a distance right behind the name of what is compared with: "thấp hơn vụ trước 310 ha"."""
    lead = one.figure.lead
    if one.figure.unit == _SHARE or lead.endswith("(") or not of_difference(lead, ""):
        return None
    if follower is not None and pattern("by").search(follower.figure.lead) and follower.bracket == one.bracket:
        return None  # what is compared with; its distance stands behind
    if pattern("over").search(lead):
        return Way.UP
    return Way.DOWN if pattern("under").search(lead) else None


def _goes_on(last: Figure, one: Figure) -> bool:
    """Whether a figure restates the difference before it, or is the next of several."""
    if (last.unit == _SHARE) != (one.unit == _SHARE) and _RESTATES.fullmatch(one.lead):
        return not one.previous
    return bool(GOES_ON.fullmatch(one.lead)) and one.unit not in (_SHARE, "", last.unit)


def _is_rate_of(last: Figure, one: Figure) -> bool:
    return one.unit == _SHARE != last.unit and "(" in one.lead and bool(_RESTATES.fullmatch(one.lead))


def _closes(low: int, three: Sequence[End], sentence: Sentence) -> bool:
    """Whether the last of three figures is the distance of the two before it, all behind `low`."""
    if len(three) < 3 or any(one.start - sentence.start < low or one.way is not None for one in three):
        return False
    return bool(re.search(r"(?:^|[\s)])(?:là|đến|tới|lên tới|ở mức|khoảng)\s*$|\)\s*$", three[2].figure.lead))


def _is_part(one: Figure) -> bool:
    """Whether a share is of what is compared with: "bằng 93,2% so với cùng kỳ"."""
    return (
        one.unit == _SHARE and bool(pattern("of_time").search(one.behind)) and bool(pattern("part_of").search(one.lead))
    )


def _is_of_steps(before: Sequence[End], one: Figure) -> bool:
    """Whether a share is what the second of two steps is of the first: "từ 950 xuống 410, chỉ còn 43,2% so với …"."""
    if one.unit != _SHARE or len(before) != _STEPS or not pattern("of_steps").match(one.behind):
        return False
    steps = FROM.search(before[0].figure.lead) and TO.search(before[1].figure.lead)
    return bool(steps) and bool(pattern("comes_to").search(one.lead))


def _falls_short(one: Figure) -> bool:
    return bool(pattern("short").search(one.lead)) and "so với" in one.behind
