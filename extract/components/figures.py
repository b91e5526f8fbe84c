"""Figures: every count, share and amount of the running text that is no score, rank, date or name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.components.context import UPPER, Context, Index, Sentence
from extract.components.figure_names import is_name, is_named_before
from extract.components.figure_units import CLAUSE_END, SHARE, Unit, is_counted, last_break, unit_of, words_behind
from extract.components.figure_words import actors, listed, measures
from extract.components.found import Found, Located
from extract.components.numbers import Number, find_numbers
from extract.records import Block, Figure, Reading, Role
from gazetteer.keys import folded

_SAME_LIST = re.compile(r"\s?(?:,|;|và|hoặc|-|–|đến|/)?\s?")
_NOTE_MARK = re.compile(rf"[1-9]\d?\s?[{UPPER}]")  # a raised footnote mark read as a digit
_ANAPHOR = re.compile(
    r"^[^,;.:()]{1,60}?(?<!\smức)(?<!\sngưỡng)(?<!\shạn)\s(?:nêu trên|nói trên|kể trên|trên đây|trên này|này|đó)\b"
)
_ANNOUNCES = re.compile(r"(?:trong đó|gồm|bao gồm|gồm có|cụ thể|như sau)\s?[:,]?\s*$|:\s*$", re.IGNORECASE)
_OF = ("/", "⁄", "∕")
_CHANGED = re.compile(
    r"(?:tăng|giảm|tụt|lên|xuống|cải thiện|thăng|cao hơn|thấp hơn)\s+(?:thêm\s+|được\s+|tới\s+)?$", re.IGNORECASE
)
_POINTS = ("điểm", "điểm phần trăm", "điểm %")
_COMPARED = re.compile(r"\s(?:điểm\s)?(?:phần trăm\s|%\s)?(?:so với|hơn|từ)\b")
_PLACES = ("bậc", "hạng", "thứ hạng", "thứ bậc")
_TRAILING = re.compile(
    r"[\s,:(–-]*(?:chiếm tỷ lệ|chiếm tỉ lệ|đạt tỷ lệ|đạt tỉ lệ|chiếm|đạt|là|có|còn|được|gồm|khoảng|hơn|gần|trên|dưới"
    r"|với|tăng|giảm|thêm"
    r"|tối thiểu|tối đa|ít nhất|bằng|từ|lên|đến|bình quân|trong đó)?[\s,:(–-]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^[\s,;:()–-]*(?:và|trong đó|gồm|bao gồm|gồm có|cụ thể|như sau|đồng thời|với|thì|là)?[\s,;:()–-]*", re.IGNORECASE
)

_AND_MORE = re.compile(r"\s(?:và|hoặc)\s(?:[^\W\d]+\s){0,4}\d.*", re.DOTALL)  # the count behind it
_COUNTED = re.compile(r"\d[^\d]{0,40}?\s(?:và|nhưng|còn)\s")  # a count before, told in the same clause
_BARE = 2  # words of a noun that nothing describes
_LONGEST_CLAUSE = 16  # words

_ROW = re.compile(r"(?<![\d/])\d{1,3}/\d{1,3} \d{1,3}/\d{1,3}(?![\d/])")
"""Two places side by side ("13/63 10/63") stand in cells of a row, never in running text."""


def find_figures(reading: Reading, found: Found) -> tuple[Located[Figure], ...]:
    """The figures of a letter, in reading order, each with what it counts and its unit."""
    context = Context(reading, found)
    taken = _Taken(found)
    figures: list[Located[Figure]] = []
    wholes = _Wholes()
    for sentence in context.sentences():
        figures += _of_sentence(sentence, context, taken, wholes)
    return tuple(figures)


class _Taken:
    """Numbers of the flow text that other records account for."""

    def __init__(self, found: Found) -> None:
        spans = [
            (item.start, item.end)
            for layer in (found.dates, found.periods, found.citation_dates, found.citations, found.ranks, found.scores)
            for item in layer
        ]
        self._spans = Index(Located(low, high, None) for low, high in spans)
        self._scores = Index(found.scores)

    def holds(self, start: int, end: int) -> bool:
        return any(span.end > start for span in self._spans.within(max(start - 400, 0), end))

    def is_change(self, sentence: Sentence, number: Number, before: str, unit: str | None) -> bool:
        """Whether a number is the rise or fall of a score or rank of the sentence."""
        changed = _CHANGED.search(before) is not None
        if unit in _PLACES or (changed and unit == "vị trí"):
            return True
        scores = self._scores.within(sentence.block.start, sentence.start + number.start)
        if unit in _POINTS and scores and (changed or _COMPARED.match(sentence.text, number.end)):
            return True
        return changed and any(
            item.record.change is not None and number.value is not None and abs(item.record.change) == number.value
            for item in scores
            if item.start >= sentence.start
        )


class _Wholes:
    """What the last whole counted, for parts that name no unit: in its sentence, and in a list that it announces."""

    def __init__(self) -> None:
        self._unit: str | None = None
        self._last: str | None = None
        self._listed: str | None = None
        self._block: Block | None = None

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence."""
        if sentence.block is not self._block:
            announced = self._block is not None and _ANNOUNCES.search(self._block.text[-24:])
            if announced:
                self._listed = self._unit
            elif sentence.block.role is not Role.ITEM:
                self._listed = None
            self._block = sentence.block
        self._unit = self._last = self._listed

    @property
    def last(self) -> str | None:
        """The unit of the last number that was no share, also where it measures."""
        return self._last

    @property
    def unit(self) -> str | None:
        """The unit of the whole; None where nothing was counted."""
        return self._unit

    def count(self, unit: Unit) -> None:
        """Take what a number counts for what its parts count."""
        if unit.stated and unit.text is not None and not SHARE.fullmatch(unit.text):
            self._last = unit.text
        if unit.stated and unit.text is not None and not SHARE.fullmatch(unit.text) and not measures(unit.text):
            self._unit = unit.text


def _of_sentence(sentence: Sentence, context: Context, taken: _Taken, wholes: _Wholes) -> Iterator[Located[Figure]]:
    text = sentence.text
    if _ROW.search(text):
        return
    name_end: int | None = None  # where the last number that is part of a name ended
    pair: tuple[int, Unit, Decimal] | None = None  # the second number of "38/52 nhiệm vụ": place, unit; the first
    wholes.enter(sentence)
    for number in find_numbers(text):
        start, end = sentence.start + number.start, sentence.start + number.end
        before = text[max(number.start - 60, 0) : number.start]
        if number.start == 0 and _holds_mark(sentence, context):
            continue
        alone = "." not in number.text and not is_counted(text, number)
        if name_end is not None and alone and _SAME_LIST.fullmatch(text, name_end, number.start):
            name_end = number.end
            continue
        second = pair is not None and pair[0] == number.start and not before.endswith("24/")
        if taken.holds(start, end) or (not second and is_name(text, number, before)):
            name_end = number.end if is_named_before(before) and not number.decimals else None
            continue
        name_end = None
        unit = pair[1] if pair is not None and second else unit_of(text, number, wholes.unit, wholes.last)
        if number.value is None or unit is None or context.damaged(start, end):
            continue
        org = context.org(sentence, start)
        what = _what(text, number, unit, org)
        if unit.text is None and what is None:
            continue
        if taken.is_change(sentence, number, before, unit.text) or _ANAPHOR.match(text[number.end : number.end + 70]):
            continue
        if second and pair is not None and pair[2] == number.value:
            continue  # "14/14 xã" is one count
        wholes.count(unit)
        if unit.behind and not SHARE.fullmatch(unit.text or "") and text[number.end : number.end + 1] in _OF:
            pair = number.end + 1, unit, number.value
        yield Located(
            start,
            sentence.start + unit.end,
            Figure(
                what=what,
                value=number.value,
                unit=unit.text,
                org=org,
                period=context.period(sentence, start),
                evidence=context.reading.proof(start, sentence.start + unit.end, "figures.counted"),
            ),
        )


def _holds_mark(sentence: Sentence, context: Context) -> bool:
    """Whether the number a block begins with is a footnote mark read as a digit, or has one glued to it ("¹05")."""
    block = sentence.block
    if sentence.start != block.start:
        return False
    if block.role is not Role.FOOTNOTE:
        return bool(_NOTE_MARK.match(sentence.text))
    text = context.reading.repaired.text
    start = block.pieces[0].text if block.pieces else 0
    return start == 0 or text[start - 1] in "\n" or bool(_NOTE_MARK.match(sentence.text))


def _what(text: str, number: Number, unit: Unit, org: str | None) -> str | None:
    """The words that say what a number counts: the phrase behind it, or the clause it closes.

    Where only the noun stands behind ("đã giải quyết 412 hồ sơ"), the clause before says what became of it.
    """
    share = unit.text in ("%", "‰")
    measured = unit.text is not None and measures(unit.text)
    before = text[max(number.start - 240, 0) : number.start]
    clause = _tidy(before[last_break(before) :])
    if measured and len(clause.split()) > 1:
        return clause
    if unit.behind and (not share or words_behind(text, unit.end)):
        low = unit.end if share or unit.text is None else unit.end - len(unit.text)
        stop = CLAUSE_END.search(text, max(low, unit.end if not share else low), min(low + 160, len(text)))
        behind = _tidy(_AND_MORE.sub("", text[low : stop.start() if stop else min(low + 160, len(text))]))
        if behind and (not share or behind.split()[0].lower() not in listed("stops")):
            return behind if share else _with_clause(behind, before, org)
    if len(clause.split()) < 2:
        whole = _TRAILING.sub("", before)
        clause = _tidy(whole[last_break(whole) :]) or clause
    return clause or None


def _with_clause(noun: str, before: str, org: str | None) -> str:
    """A noun that stands alone behind its number with the words of the clause before it, without the body that acts."""
    if len(noun.split()) > _BARE:
        return noun
    whole = _TRAILING.sub("", before)
    clause = _tidy(_COUNTED.split(whole[last_break(whole) :])[-1])
    words = clause.split()
    if len(words) > _LONGEST_CLAUSE:
        return noun
    acting = {folded(org or ""), *actors()}
    ends = [at for at in range(1, len(words)) if folded(" ".join(words[:at])) in acting]
    clause = _tidy(" ".join(words[ends[-1] if ends else 0 :]))
    if not clause or re.search(r"\d", clause):
        return noun
    if f" {noun.lower()} " in f" {clause.lower()} ":
        return clause
    return f"{noun} {clause[0].lower() if clause[1:2].islower() else clause[0]}{clause[1:]}"


def _tidy(text: str) -> str:
    bare = _LEADING.sub("", text)
    return " ".join(_TRAILING.sub("", _TRAILING.sub("", bare)).split())
