"""The frame of a letter: the period and body that its title, sections and paragraphs speak of.

A value seldom names its own period. It has that of its sentence, else of the sentences and headings it stands under,
else that of the letter's title. What is compared with, due or only planned is told apart first (`frame_times`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from extract.components.context import Context, Index, Sentence, sentences
from extract.components.frame_times import (
    Time,
    Use,
    bracket_at,
    brackets,
    is_open,
    same_time_before,
    times_of,
    year_ago_before,
)
from extract.components.frame_titles import Announced, announced, same_stretch, year_before
from extract.components.standing_words import is_wanted
from extract.records import Block, DateMention, Precision, Role

_PLANS = re.compile(r"(?:kế hoạch|chương trình|chỉ thị|công điện|phương án|đề án|hướng dẫn)", re.IGNORECASE)
_ORDERS = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao|chỉ đạo|nhiệm vụ|giải pháp|nội dung sau)\b[^.;:]{0,160}:\s*$", re.IGNORECASE
)
_GOAL = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|tối thiểu|ít nhất|bảo đảm|đảm bảo|không để|dự kiến|quyết tâm|hướng tới"
    r"|phải đạt)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s?(?:điểm\s|%\s)?(?:của\s|trong\s|vào\s|ở\s|tại\s|thuộc\s)?")
_AGAINST = re.compile(r"\bso (?:với|cùng kỳ)\s(?:mức\s|con số\s|kết quả\s|vị trí\s|thứ\s|hạng\s){0,3}$", re.IGNORECASE)
_LABEL = re.compile(r"\s?(?::|là\b|đạt\b|có\b|được\b)")
_EXPLAINED = re.compile(r"\D{0,80}|\slà\s[\d.,]{1,9}\s?(?:%|điểm|điểm phần trăm|bậc)?\s?")  # "(87,10%)" behind a year
_FROM = re.compile(r"\btừ\s(?:mức\s|vị trí\s|hạng\s|thứ\s|vị thứ\s|số\s){0,3}$", re.IGNORECASE)
_TO = re.compile(r"[^,;.()]{0,24}?\s(?:xuống|lên|còn)\s")
_LAST_YEAR = re.compile(r"\s?(?:của\s|điểm\s(?:của\s)?)?năm\s(?:liền\s)?(?:trước|ngoái)\b")
_LIST_BREAK = re.compile(r";|,(?=\s(?:quý|năm|tháng)\b)")
_HEAD = 12  # characters of a sentence in which a stretch of days is what the paragraph is about
_WIDE = 1500  # characters around a statement in which its sentence may name a period


@dataclass(frozen=True, slots=True)
class Told:
    """A period and the rule that gave it, which evidence names."""

    iso: str | None
    rule: str


NONE = Told(None, "none")


class Frame:
    """What a letter speaks of, asked for the period of a statement.

    Nothing is invented: where no sentence, heading or title gives a period, there is none.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._written = context.found.header.date
        self._blocks = context.reading.flow.blocks
        wide = (item for item in context.found.dates if item.record.precision is not Precision.DAY)
        self._times: Index[DateMention] = Index((*context.found.periods, *wide))
        self._seen: dict[int, tuple[Time, ...]] = {}
        self._heads: dict[int, Announced] = {}
        self._carried: dict[tuple[int, bool], list[tuple[int, str]]] = {}
        self._brackets: dict[int, tuple[tuple[int, int], ...]] = {}

    @cached_property
    def title(self) -> Announced:
        """What the letter's own title announces."""
        header = self._context.found.header
        plans = bool(_PLANS.match(header.doc_type or ""))
        made = Announced(plans=plans)
        for block in self._context.reading.flow.of(Role.SUBJECT):
            one = self._announced(block, plans=plans)
            made = Announced(made.told or one.told, made.aimed or one.aimed, made.plans or one.plans)
        return made

    def times(self, sentence: Sentence) -> tuple[Time, ...]:
        """The periods named in a sentence, with their uses."""
        if sentence.start not in self._seen:
            named = self._times.within(sentence.start, sentence.end)
            self._seen[sentence.start] = times_of(sentence.text, sentence.start, named, self._written)
        return self._seen[sentence.start]

    def period(self, sentence: Sentence, start: int, end: int, *, standing: bool) -> Told:
        """The period of the statement at `start`..`end` of a sentence.

        `standing`: it is a score, rank or class, which the period of its index also tells ("Chỉ số … năm 2022").
        """
        own = self._own(sentence, start, end, standing=standing)
        text = sentence.text
        earlier = _LAST_YEAR.match(text, end) or (
            _FROM.search(text, max(start - 40, 0), start) and _TO.match(text, end)
        )
        if earlier and (own is None or own.rule != "beside"):
            now = own or self._inherited(sentence, self._section(sentence.block), standing=standing)
            return Told(year_before(now.iso) if now.iso is not None and len(now.iso) == 4 else None, "year_before")
        if own is not None:
            return own
        section = self._section(sentence.block)
        wanted = bool(_GOAL.search(text, max(start - 100, 0), start)) or (standing and is_wanted(text, start))
        if section.plans or wanted:
            due = [time for time in self._near(sentence, start) if time.use is Use.DUE]
            if wanted and due:
                return Told(due[-1].iso, "due")
            return self._planned(section)
        return self._inherited(sentence, section, standing=standing)

    def is_plan(self, block: Block) -> bool:
        """Whether a block says what is to be done, by its heading or lead-in."""
        return self._section(block).plans

    def _near(self, sentence: Sentence, start: int) -> tuple[Time, ...]:
        """The periods of a sentence near a statement."""
        times = self.times(sentence)
        low = bisect_left(times, start - _WIDE, key=lambda time: time.start)
        return times[low : bisect_left(times, start + _WIDE, key=lambda time: time.start)]

    def _own(self, sentence: Sentence, start: int, end: int, *, standing: bool) -> Told | None:
        """The period its own sentence gives a statement."""
        times, text = self._near(sentence, start), sentence.text
        if sentence.start not in self._brackets:
            self._brackets[sentence.start] = brackets(text)
        bracket = bracket_at(self._brackets[sentence.start], start)
        if bracket is not None and (inner := self._in_bracket(sentence, bracket, start)):
            return inner
        beside = next((time for time in times if time.start >= end), None)
        if beside is not None and _BESIDE.fullmatch(text, end, beside.start) and beside.use is not Use.DUE:
            return Told(beside.iso, "beside")
        if _AGAINST.search(text, max(start - 40, 0), start) and beside is not None and beside.start - end < 40:
            return Told(beside.iso, "compared")
        low = max((match.end() for match in _LIST_BREAK.finditer(text, max(start - _WIDE, 0), start)), default=0)
        for time in reversed(times):
            labels = low <= time.start < start and time.bracket is None and _LABEL.match(text, time.end)
            if labels and (time.use is not Use.COMPARED or time.start - low < 4):
                return Told(time.iso, "label")
        uses = (Use.TOLD, Use.INDEX) if standing else (Use.TOLD,)
        before = [time for time in times if time.start < start and time.use in uses and self._reaches(time, text)]
        if before:
            return Told(before[-1].iso, "before")
        behind = [time for time in times if time.start >= end and time.use in uses and not time.is_days]
        behind = [time for time in behind if self._reaches(time, text) and not _LABEL.match(text, time.end)]
        if behind:
            return Told(behind[0].iso, "behind")
        until = [time for time in times if time.use is Use.UNTIL and time.bracket is None]
        return Told(until[0].iso, "until") if until else None

    def _in_bracket(self, sentence: Sentence, bracket: tuple[int, int], start: int) -> Told | None:
        """The period a bracket gives a statement in it: one named inside, else what it explains right before."""
        text, times = sentence.text, self._near(sentence, start)
        inside = [time for time in times if time.bracket == bracket and time.use in (Use.TOLD, Use.INDEX)]
        if before := [time for time in inside if time.start < start]:
            return Told(before[-1].iso, "bracket")
        if inside:
            return Told(inside[0].iso, "bracket")
        last = next((time for time in reversed(times) if time.end <= bracket[0]), None)
        if last is not None and last.use is Use.COMPARED and _EXPLAINED.fullmatch(text, last.end, bracket[0]):
            return self._against(sentence, last, bracket[0])
        if same_time_before(text, bracket[0]) or year_ago_before(text, bracket[0]):
            outer = self.period(sentence, bracket[0], bracket[0], standing=False).iso
            return Told(year_before(outer) if outer is not None else None, "same_time")
        return None

    def _against(self, sentence: Sentence, time: Time, at: int) -> Told:
        """The period something is compared with: with "cùng kỳ" the same part of that year."""
        if len(time.iso) == 4 and same_time_before(sentence.text, time.start):
            earlier = [one for one in self._near(sentence, at) if one.start < time.start and one.use is Use.TOLD]
            outer = (
                earlier[-1].iso
                if earlier
                else self._inherited(sentence, self._section(sentence.block), standing=False).iso
            )
            if outer is not None:
                return Told(same_stretch(outer, time.iso), "same_time")
        return Told(time.iso, "compared")

    @staticmethod
    def _reaches(time: Time, text: str) -> bool:
        """Whether a period speaks for more than its bracket: it stands in none, or no number stands beside it there."""
        if time.bracket is None:
            return True
        low, high = time.bracket
        beside = text[max(low, time.start - 40) : time.start] + text[time.end : min(high, time.end + 40)]
        return not any(map(str.isdigit, beside))

    def _section(self, block: Block) -> Announced:
        """What the headings over a block announce, the nearest first; the title is not among them."""
        told = aimed = None
        plans = under = False
        seen = 0
        parent = block.parent
        while parent is not None and seen < 12:
            over = self._blocks[parent]
            one = self._head(over)
            plans = plans or (one.plans and told is None and not (under and over.role is not Role.HEADING))
            under = under or over.role is Role.HEADING
            told, aimed = told or one.told, aimed or one.aimed
            parent, seen = over.parent, seen + 1
        return Announced(told, aimed, plans)

    def _head(self, block: Block) -> Announced:
        if block.start not in self._heads:
            if block.role is Role.HEADING:
                made = self._announced(block)
            else:
                carried = self._carry(block, standing=False)
                if carried is not None and self.title.told is not None and len(carried) > len("2024-01/2024-06"):
                    carried = None  # days in the opening say what the title's half year or month is counted from
                made = Announced(told=carried, plans=bool(_ORDERS.search(block.text[-200:])))
            self._heads[block.start] = made
        return self._heads[block.start]

    def _announced(self, block: Block, *, plans: bool = False) -> Announced:
        every = self._times.within(block.start, block.start + len(block.text))
        uses = times_of(block.text, block.start, every, None)
        fit = (Use.TOLD, Use.INDEX, Use.UNTIL, Use.NAMED)
        named = [item for item, use in zip(every, uses, strict=True) if use.use in fit]
        return announced(block.text, named, block.start, plans=plans)

    def _planned(self, section: Announced) -> Told:
        """The period of what is to be done: that of the section, else of the title, where it is not over."""
        for iso, rule in (
            (section.aimed, "section"),
            (self.title.aimed, "title"),
            (section.told, "section"),
            (self.title.told, "title"),
        ):
            if iso is not None and is_open(iso, self._written):
                return Told(iso, f"planned_{rule}")
        return NONE

    def _inherited(self, sentence: Sentence, section: Announced, *, standing: bool) -> Told:
        """The period of what stands before or over a sentence."""
        block = sentence.block
        earlier = self._carry(block, standing=standing, before=sentence.start)
        if earlier is not None:
            return Told(earlier, "paragraph")
        if section.told is not None:
            return Told(section.told, "section")
        if self.title.told is not None:
            return Told(self.title.told, "title")
        nearest = self._nearest(self._context.position(block), standing=standing)
        if nearest is not None:
            return Told(nearest, "letter")
        aimed = section.aimed or self.title.aimed
        if not standing and aimed is not None and is_open(aimed, self._written):
            return Told(aimed, "planned_title")
        return NONE

    def _carry(self, block: Block, *, standing: bool, before: int | None = None) -> str | None:
        """The period the sentences of a block (up to `before`) set for what follows: the last that is told."""
        key = block.start, standing or self.title.told is None
        if key not in self._carried:
            self._carried[key] = self._set_in(block, (Use.TOLD, Use.INDEX) if key[1] else (Use.TOLD,))
        marks = self._carried[key]
        index = len(marks) if before is None else bisect_left(marks, (before, ""))
        return marks[index - 1][1] if index else None

    def _set_in(self, block: Block, uses: tuple[Use, ...]) -> list[tuple[int, str]]:
        """The periods a block sets for what follows, with their offsets."""
        marks = []
        for sentence in sentences(block):
            for time in self.times(sentence):
                told = time.use in uses and self._lasts(time, sentence.text) and self._reaches(time, sentence.text)
                if told and (not _LABEL.match(sentence.text, time.end) or time.start < 4):
                    marks.append((sentence.start + time.start, time.iso))
        return marks

    def _lasts(self, time: Time, text: str) -> bool:
        """Whether a period is one that more than its sentence may be about: no event of days, no plan of years."""
        if time.is_days:
            over = self._written is None or time.iso.partition("/")[2] <= self._written
            return over and (time.bracket is not None or time.start < _HEAD or text[time.end : time.end + 1] == ",")
        low, _, high = time.iso.partition("/")
        return not (len(low) == len(high) == 4)

    def _nearest(self, position: int, *, standing: bool) -> str | None:
        """The period last set in the paragraphs before a block, where the title gives none."""
        told, index = self._setting[position]
        return index or told if standing else told or index

    @cached_property
    def _setting(self) -> tuple[tuple[str | None, str | None], ...]:
        """For each block the period last set before it, and that of an index where it came later.

        A plan's chapters each begin anew: what stands in them is planned unless they say otherwise.
        """
        told: str | None = None
        index: str | None = None
        made = []
        for block in self._blocks:
            made.append((told, index))
            if block.role is Role.HEADING and self.title.aimed is not None and self._is_top(block):
                told = index = None
            if block.role in (Role.PARAGRAPH, Role.HEADING, Role.ITEM):
                both = self._set_in(block, (Use.TOLD, Use.INDEX))
                plain = self._set_in(block, (Use.TOLD,))
                told = plain[-1][1] if plain else told
                index = both[-1][1] if both else index
        return tuple(made)

    def _is_top(self, block: Block) -> bool:
        """Whether a heading stands under no other."""
        return block.parent is None or self._blocks[block.parent].role is not Role.HEADING
