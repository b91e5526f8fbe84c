"""Tasks: who is ordered or asked to do what, by when.

The blocks of a letter are walked in order. A block is a lead-in ("1. Giao Giám đốc Sở …:", "2.3 Các
phường:", "… yêu cầu làm ngay các việc sau:"), which says for the blocks nested under it who is to act; a closing line,
which sets a deadline for all above it; a task; or neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extract.components.charges import find_charge
from extract.components.context import RUNNING, Index, Sentence
from extract.components.deadlines import choose, find_deadlines
from extract.components.found import Found, Located
from extract.components.parties import find_coordinators, find_report_to
from extract.components.task_annexes import find_annexes
from extract.components.task_drafts import Draft, Lead, charge, close, due_of_lead, is_charge, lacks_task, with_deadline
from extract.components.task_leads import Leads
from extract.components.task_office import Office
from extract.components.task_orders import Orders, Spot
from extract.components.task_parts import runs_of, sentences_of
from extract.components.task_places import code_of, quoted_blocks, section_of
from extract.components.task_rows import find_row_tasks
from extract.components.task_sentences import behind_ground, behind_specks, is_farewell
from extract.components.task_words import starts_with_verb
from extract.records import Block, Citation, Reading, Role, Task

_APPENDIX = re.compile(
    r"^(?:thời gian(?!\s+(?:hoàn thành|thực hiện|báo cáo|gửi))|địa điểm|"
    r"thành phần|kinh phí|mọi chi tiết|gửi kèm|có .{0,80} kèm theo|số điện thoại|\()",
    re.IGNORECASE,
)
_CELLS = re.compile(
    r"(?<!quý)(?<!\s[IV])\s?\|\s?[-–\[]?\s?[^\W\d_]{2,}\s", re.IGNORECASE
)  # a row of a table, run together
_FORM = re.compile(r"^kính gửi\s*:", re.IGNORECASE)


def find_tasks(reading: Reading, found: Found) -> tuple[Located[Task], ...]:
    """The tasks of a letter, in reading order."""
    walk = _Walk(reading, found)
    drafts = walk.drafts()
    rows = walk.rows()
    located = [
        Located(
            draft.start,
            draft.end,
            replace(draft.task, evidence=reading.proof(draft.start, draft.end, draft.rule)),
        )
        for draft in drafts
    ]
    return tuple(sorted((*located, *rows), key=lambda item: item.start))


class _Walk:
    """One pass over the blocks of a letter."""

    def __init__(self, reading: Reading, found: Found) -> None:
        self._reading = reading
        self._found = found
        self._annexes = find_annexes(reading.flow.blocks)
        self._blocks = self._annexes.blocks
        self._citations: Index[Citation] = Index(found.citations)
        office = Office(found.header, reading.flow.text)
        self._orders = Orders(office, self._blocks)
        self._openings = Leads(office, self._blocks)
        self._leads: dict[int, Lead] = {}
        self._headings: dict[int | None, int] = {}
        self._zone = Lead()
        self._drafts: list[Draft] = []
        self._quoted = quoted_blocks(self._blocks)
        self._last = max((at for at, block in enumerate(self._blocks) if block.role in RUNNING), default=-1)

    def drafts(self) -> list[Draft]:
        """The tasks of all blocks, up to a form that is enclosed to be filled in."""
        begun = False
        for index, block in enumerate(self._blocks):
            if index in self._annexes.starts:
                self._zone = Lead()
                self._headings.pop(None, None)
            if block.role not in (Role.PARAGRAPH, Role.ITEM, Role.HEADING) or index in self._quoted:
                continue
            if index in self._annexes.idle:
                continue
            if begun and _FORM.match(block.text):
                break
            begun = True
            if _CELLS.search(block.text):
                continue
            self._visit(index, block)
        return self._drafts

    def rows(self) -> Iterator[Located[Task]]:
        """The tasks in the rows of all tables."""
        running = [at for at, block in enumerate(self._blocks) if block.role in RUNNING]
        starts = [self._blocks[at].start for at in running]
        for table in self._found.tables:
            above = bisect_left(starts, table.start)
            section = section_of(self._blocks, running[above - 1]) if above else None
            yield from find_row_tasks(table, section, self._found.header.date)

    def _visit(self, index: int, block: Block) -> None:
        text = block.text[block.body :].strip()
        lead = self._inherited(index, block)
        self._leads[index] = lead
        if not text:
            return
        if (zone := self._openings.zone(index, text, lead)) is not None:
            self._leads[index] = zone
            if block.role is Role.HEADING:
                self._headings[block.parent] = index
            if block.parent is None or block.role is Role.HEADING:
                self._zone = zone
            if block.parent is not None and self._is_bare(block.parent):
                self._leads[block.parent] = zone
            return
        if close(self._drafts, self._blocks, index, self._found.header.date):
            return
        if is_charge(text):
            self._put_in_charge(index, block, text, lead)
            return
        opened = self._openings.lead_in(index, text, lead)
        if opened is not None:
            own = due_of_lead(text, self._found.header.date) if opened.directive else None
            self._leads[index] = opened = replace(opened, due=own or lead.due)
            if opened.directive and index not in self._openings.with_children:
                self._headings[block.parent] = index  # its items are its sisters
                self._zone = opened if block.parent is None else self._zone
            parts = sentences_of(block)
            if not (lead.directive and len(parts) > 1 and starts_with_verb(parts[0].text)):
                return
        elif (named := self._openings.named(index, text, lead)) is not None:
            self._leads[index] = named
        self._drafts += self._tasks(index, block, lead)

    def _inherited(self, index: int, block: Block) -> Lead:
        """What stands above a block says of it: what it is nested in, or a heading nested there that lost its mark."""
        if block.parent is not None and block.parent in self._leads:
            heading = self._headings.get(block.parent)
            if heading is not None and block.role is not Role.HEADING:
                return self._leads[heading]
            return self._leads[block.parent]
        article = (block.marker or "").startswith("Điều")  # none is opened by the heading of the one before
        return Lead() if article or block.role is Role.HEADING else self._zone

    def _is_bare(self, index: int) -> bool:
        """Whether a block is a mark alone ("Phần II"), whose words stand on the line below."""
        block = self._blocks[index]
        return not block.text[block.body :].strip()

    def _put_in_charge(self, index: int, block: Block, text: str, lead: Lead) -> None:
        """Applies a line on who is in charge; an item above it that made no task yet is one by it."""
        above = block.parent
        heads = above is not None and self._blocks[above].role is Role.HEADING and self._blocks[above].marker
        if above is not None and (heads or self._blocks[above].role is Role.ITEM) and not lead.told:
            parts = sentences_of(self._blocks[above])
            if parts and lacks_task(self._drafts, self._blocks, index):
                self._drafts.append(self._draft(above, parts[0], parts[-1], (), "tasks.charged"))
        charge(self._drafts, index, text, self._found.header.date)

    def _tasks(self, index: int, block: Block, lead: Lead) -> Iterator[Draft]:
        """The tasks of a block: of its sentences, or of each clause it numbers, which its opening leads in."""
        runs = runs_of(block)
        if len(runs) == 1:
            yield from self._of_run(index, block, runs[0], lead)
            return
        opening = runs[0]
        yield from self._of_run(index, block, opening[:-1], lead) if len(opening) > 1 else ()
        lead = self._openings.opened(block, opening[-1].text, lead)
        for run in runs[1:]:
            yield from self._of_run(index, block, run, lead)

    def _of_run(self, index: int, block: Block, parts: tuple[Sentence, ...], lead: Lead) -> Iterator[Draft]:
        spots = [
            Spot(parts, at, index, lead, late=bool(self._drafts), last=index == self._last) for at in range(len(parts))
        ]
        found = next(((at, told) for at, spot in enumerate(spots) if (told := self._orders.ordered(spot))), None)
        if found is None:
            return
        first, (actors, rule) = found
        begin = 0 if lead.directive and block.role is Role.ITEM else first
        for low, high in self._pieces(parts, begin, actors):
            if low > begin:
                actors = self._orders.charged_next(parts[low].text, 40) or actors
            yield self._draft(index, parts[low], parts[high - 1], actors, rule)

    def _pieces(self, parts: tuple[Sentence, ...], begin: int, actors: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """An item is one task, unless sentences of it order others, or have each a day of their own."""
        low, dated = begin, False
        last = len(parts)
        while last - 1 > begin and (_APPENDIX.match(parts[last - 1].text) or is_farewell(parts[last - 1].text)):
            last -= 1
        for at in range(begin, last):
            days = [day for day in find_deadlines(parts[at].text, self._found.header.date) if day.exact]
            charged = self._orders.charged_next(parts[at].text, 20) if at > low else ()
            if at > low and ((dated and days) or (charged and not set(charged) <= set(actors))):
                yield low, at
                low, dated, actors = at, False, charged or actors
            dated = dated or bool(days)
        yield low, last

    def _draft(self, index: int, first: Sentence, last: Sentence, actors: tuple[str, ...], rule: str) -> Draft:
        begin = first.start + (behind_ground(first.text) or behind_specks(first.text))
        text = self._reading.flow.text[begin : last.end]
        deadlines = find_deadlines(text, self._found.header.date)
        deadline = choose(deadlines)
        task = Task(
            action=" ".join(text.split()),
            section=section_of(self._blocks, index),
            assignees=actors,
            coordinators=find_coordinators(text) or find_charge(text).coordinators,
            report_to=find_report_to(text),
            citations=self._cited(begin, last.end),
        )
        if deadline is not None:
            repeated = next((each.recurrence for each in deadlines if each.recurrence), None)
            task = with_deadline(task, deadline, text[deadline.start : deadline.end])
            task = replace(task, recurrence=task.recurrence or repeated)
        elif due := self._leads[index].due:
            task = with_deadline(task, due.deadline, due.words)
        return Draft(index, begin, last.end, task, rule, dated=deadline is not None and deadline.is_dated)

    def _cited(self, start: int, end: int) -> tuple[str, ...]:
        names = (code_of(item.record) for item in self._citations.within(start, end))
        return tuple(dict.fromkeys(name for name in names if name))
