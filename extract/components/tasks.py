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

from extract.components.actors import Order, data, find_order, is_generic, leading_actors, starts_with_verb
from extract.components.charges import find_asked, find_charge, find_request
from extract.components.context import RUNNING, Index, Sentence, sentences
from extract.components.deadlines import choose, find_deadlines
from extract.components.found import Found, Located
from extract.components.parties import find_coordinators, find_report_to
from extract.components.task_drafts import (
    SHORT,
    Draft,
    Lead,
    ancestors,
    charge,
    close,
    due_of_lead,
    is_charge,
    lacks_task,
    with_deadline,
)
from extract.components.task_places import code_of, goes_on, has_sister_below, quoted_blocks, section_of
from extract.components.task_rows import find_row_tasks
from extract.components.task_sentences import (
    MODAL,
    PAST,
    acts,
    announces,
    announces_done,
    announces_orders,
    answering,
    behind_ground,
    behind_specks,
    behind_time,
    called,
    does,
    has_subject,
    is_answer,
    is_charged,
    is_clause,
    is_courtesy,
    is_executor,
    is_imperative,
    is_in_charge,
    is_result,
    is_told,
    sends,
)
from extract.layout.specks import without_specks
from extract.records import Block, Citation, DeadlineRelation, Reading, Role, Task

_COLON = re.compile(r"[^\s.;,]\s?:\W{0,3}$")  # ". :" is a speck behind a sentence
_ON_BEHALF = re.compile(r"^(?:đối với|trách nhiệm của|về phía)\s+", re.IGNORECASE)
_SPECK = re.compile(r"\s+[;:.,`'’‘_|~-]{1,3}$")  # no mark stands apart from its word
_APPENDIX = re.compile(
    r"^(?:thời gian(?!\s+(?:hoàn thành|thực hiện|báo cáo|gửi))|địa điểm|"
    r"thành phần|kinh phí|mọi chi tiết|gửi kèm|có .{0,80} kèm theo|số điện thoại|\()",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^(?:riêng|đối với|trước mắt,?|về phía|trách nhiệm của)\s+", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:nếu có|nếu gặp|có khó khăn|có vướng mắc|khó khăn, vướng mắc)\b", re.IGNORECASE)
_REACH = 60  # characters behind a naming of actors in which "đã" tells of what they did


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
        self._blocks = reading.flow.blocks
        self._citations: Index[Citation] = Index(found.citations)
        self._leads: dict[int, Lead] = {}
        self._zone = Lead()
        self._drafts: list[Draft] = []
        self._quoted = quoted_blocks(self._blocks)
        self._with_children = {block.parent for block in self._blocks if block.parent is not None}

    def drafts(self) -> list[Draft]:
        """The tasks of all blocks."""
        for index, block in enumerate(self._blocks):
            if block.role in (Role.PARAGRAPH, Role.ITEM, Role.HEADING) and index not in self._quoted:
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
        lead = self._inherited(block)
        self._leads[index] = lead
        if not text:
            return
        if (zone := self._zone_of(index, block, text)) is not None:
            self._leads[index] = zone
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
        opened = self._lead_in(index, block, text, lead)
        if opened is not None:
            own = due_of_lead(text, self._found.header.date) if opened.directive else None
            self._leads[index] = opened = replace(opened, due=own or lead.due)
            parts = sentences(block)
            if not (lead.directive and len(parts) > 1 and starts_with_verb(parts[0].text)):
                return
        self._drafts += self._tasks(index, block, lead)

    def _inherited(self, block: Block) -> Lead:
        if block.parent is not None and block.parent in self._leads:
            return self._leads[block.parent]
        article = (block.marker or "").startswith("Điều")  # none is opened by the heading of the one before
        return Lead() if article or block.role is Role.HEADING else self._zone

    def _is_bare(self, index: int) -> bool:
        """Whether a block is a mark alone ("Phần II"), whose words stand on the line below."""
        block = self._blocks[index]
        return not block.text[block.body :].strip()

    def _zone_of(self, index: int, block: Block, text: str) -> Lead | None:
        """What a heading opens: a plan, whose items are tasks, or a report, whose items are none."""
        text = _SPECK.sub("", without_specks(text))
        short = len(text) <= SHORT and not text.endswith((".", ";", ":")) and not goes_on(self._blocks, index, text)
        if block.role is not Role.HEADING and not (short and index in self._with_children and block.marker):
            return None
        folded = text.lower()
        bare = _ON_BEHALF.sub("", text)
        for named in (leading_actors(bare), find_order(bare)):
            whole = named is not None and named.end >= len(bare.rstrip(" :.")) and len(text) <= SHORT
            if named is not None and whole and not text.isupper():
                return Lead(self._resolve(named.actors), directive=True)
        if (asked := find_asked(text)) and not text.isupper():
            return Lead(self._resolve(asked), directive=True)
        if announces_orders(text):
            return Lead(self._inherited(block).actors, directive=True)
        plan = any(word in folded for word in data("plans"))
        if folded.startswith(tuple(data("reports"))) or (not plan and any(word in folded for word in data("reports"))):
            return Lead(told=True)
        if plan:
            asks = any(word in folded for word in data("requests"))
            asks = asks and not any(word in folded for word in data("own_work"))
            return Lead(() if asks else self._own(), directive=True)
        return Lead() if block.role is Role.HEADING and block.parent is None else self._inherited(block)

    def _own(self) -> tuple[str, ...]:
        """Who acts where a report or plan names nobody: whoever issued it."""
        issuer = self._found.header.issuer
        return (called(issuer, self._reading.flow.text),) if issuer else ()

    def _lead_in(self, index: int, block: Block, text: str, lead: Lead) -> Lead | None:
        """What a lead-in says for the blocks under it; None where the block is no lead-in."""
        holds = index in self._with_children
        opens = (_COLON.search(text) is not None and (holds or not has_sister_below(self._blocks, index))) or (
            holds and announces(text)
        )
        if not opens:
            return None
        order = find_order(text)
        last = text[max(text.rfind(". ") + 2, 0) :] if ". " in text else text
        if order is not None and (order.start >= len(text) - len(last) or len(last) == len(text)):
            return Lead(self._resolve(order.actors), directive=True)
        if asked := find_asked(text):
            return Lead(self._resolve(asked), directive=True)
        bare = _ON_BEHALF.sub("", text)
        named = leading_actors(bare)
        if (
            named is not None
            and len(bare) - named.end <= 90
            and (lead.directive or block.role is Role.ITEM)
            and not PAST.search(bare)
        ):
            return Lead(self._resolve(named.actors), directive=True)
        if announces_done(text):
            return Lead(told=True)
        if announces_orders(text) or (len(text) <= SHORT and any(word in text.lower() for word in data("plans"))):
            return Lead(lead.actors, directive=True)
        return lead

    def _put_in_charge(self, index: int, block: Block, text: str, lead: Lead) -> None:
        """Applies a line on who is in charge; an item above it that made no task yet is one by it."""
        above = block.parent
        if above is not None and self._blocks[above].role is Role.ITEM and not lead.told:
            parts = sentences(self._blocks[above])
            if parts and lacks_task(self._drafts, self._blocks, index):
                self._drafts.append(self._draft(above, parts[0], parts[-1], (), "tasks.charged"))
        charge(self._drafts, index, text, self._found.header.date)

    def _tasks(self, index: int, block: Block, lead: Lead) -> Iterator[Draft]:
        parts = sentences(block)
        first = next((at for at in range(len(parts)) if self._orders(parts, at, lead, index) is not None), None)
        if first is None:
            return
        actors, rule = self._orders(parts, first, lead, index) or ((), "")
        begin = 0 if lead.directive and block.role is Role.ITEM else first
        for low, high in self._pieces(parts, begin, actors):
            if low > begin:
                actors = self._charged_next(parts[low].text, 40) or actors
            yield self._draft(index, parts[low], parts[high - 1], actors, rule)

    def _orders(
        self, parts: tuple[Sentence, ...], at: int, lead: Lead, index: int
    ) -> tuple[tuple[str, ...], str] | None:
        """Who is ordered by a sentence, and the rule that says so; None where nothing is ordered."""
        text, block = parts[at].text, self._blocks[index]
        text = text[behind_specks(text) :]
        order = find_order(text)
        if is_courtesy(text) or (order is not None and self._invites(text, order)):
            return None
        if lead.directive:
            if _CONDITION.search(text[: order.start if order else 0]):
                return None
            if order is not None and order.start < 200 and not text[: order.start].rstrip().endswith("("):
                generic = is_generic(order.actors)
                return (lead.actors or self._resolve(order.actors)) if generic else order.actors, "tasks.ordered"
            bare = _ASIDE.sub("", text)
            named = leading_actors(bare)
            if named is None and (behind := behind_time(bare)):
                bare = bare[behind:]
                named = leading_actors(bare)
            rest = bare[named.end :] if named is not None else ""
            if named is not None and (is_charged(rest) or (at == 0 and has_subject(rest))):
                return self._resolve(named.actors), "tasks.named"
            if named is not None and acts(rest):
                if PAST.search(bare[:60]) or self._is_sender(named.actors, rest):
                    return None
                return self._resolve(named.actors), "tasks.named"
            own = set(lead.actors) <= set(self._own())
            closing = block.role is not Role.ITEM and text.lower().startswith("kính")
            if own and not closing and (asked := find_request(text, self._found.header.issuer)):
                return self._resolve(asked[1]), "tasks.asked"
            if at == 0 and (charge := find_charge(block.text[block.body :])).actors:
                return charge.actors, "tasks.charged"
            item = at == 0 and block.role is Role.ITEM and bool(lead.actors)
            named_lead = item and not own and is_clause(text)
            first = at == 0 or (at == 1 and " " not in parts[0].text)  # behind "Tht? " that was "Thứ"
            imperative = (first or block.role is Role.PARAGRAPH) and is_imperative(text)
            if imperative or named_lead or (item and self._is_due(text)):
                return lead.actors or self._found.header.recipients, "tasks.under_lead"
            return self._answering(text) if at == 0 and block.role is not Role.ITEM else None
        if order is None and text.lower().startswith("phân công") and (asked := find_request(text, None)):
            return asked[1], "tasks.ordered"
        if order is not None and not _CONDITION.search(text[: order.start]) and not is_told(text, order.start):
            return self._resolve(order.actors), "tasks.ordered"
        bare = _ASIDE.sub("", text)
        aside = leading_actors(bare) if block.role is Role.ITEM else None
        if aside is not None and is_charged(bare[aside.end :]):
            return self._resolve(aside.actors), "tasks.named"
        named = leading_actors(text)
        if named is not None and is_executor(text, named):
            return self._resolve(named.actors), "tasks.executed"
        if named is not None and at == 0 and acts(text[named.end :]) and len(named.actors[0].split()) > 1:
            whole = block.text[block.body :]
            due = self._is_due(whole)
            modal = MODAL.search(whole) and block.role is Role.PARAGRAPH
            told = (
                PAST.search(whole[: named.end + _REACH])
                or is_result(whole)
                or self._is_sender(named.actors, text[named.end :])
            )
            if (modal or due or (self._orders_by_kind() and not lead.told and block.role is Role.ITEM)) and not told:
                return self._resolve(named.actors), "tasks.named"
        if named is not None and at == 0 and self._is_article(index, named, text):
            return self._resolve(named.actors), "tasks.article"
        return self._answering(text) if at == 0 else None

    def _answering(self, text: str) -> tuple[tuple[str, ...], str] | None:
        """Who sends what a closing line awaits by a day: those it names, or the recipients."""
        if not (self._drafts and is_answer(text) and find_deadlines(text, self._found.header.date)):
            return None
        return answering(text) or self._found.header.recipients, "tasks.answer"

    def _invites(self, text: str, order: Order) -> bool:
        """Whether an order only is what an invitation says ("trân trọng kính mời …")."""
        return self._found.header.doc_type == "Giấy mời" and "mời" in text[order.start : order.start + 24].lower()

    def _is_article(self, index: int, named: Order, text: str) -> bool:
        """Whether a sentence of an article of a decision says what a body does: it is bound to it.

        "Điều 2. … Bộ Nội vụ thực hiện việc giao biên chế." Decrees and circulars have no such articles: what bodies do
        by them, they do always.
        """
        article = any(
            (self._blocks[at].marker or "").startswith("Điều") for at in (index, *ancestors(self._blocks, index))
        )
        decided = article and self._found.header.doc_type == "Quyết định"
        return decided and does(text, named) and not self._is_sender(named.actors, text[named.end :])

    def _orders_by_kind(self) -> bool:
        """Whether the letter is of a kind that orders: what bodies do by its items, they are to do."""
        return (self._found.header.doc_type or "").lower() in data("ordering_kinds")

    def _is_due(self, text: str) -> bool:
        """Whether a text sets a deadline that is no mere recurrence, and tells of nothing done."""
        due = find_deadlines(text, self._found.header.date)
        return any(d.relation is not DeadlineRelation.RECURRING for d in due) and not PAST.search(text)

    def _is_sender(self, actors: tuple[str, ...], rest: str) -> bool:
        """Whether a sentence says what the letter itself does ("Sở Nội vụ thông báo để các đơn vị biết")."""
        return sends(actors, rest, (self._found.header.issuer or "").lower())

    def _charged_next(self, text: str, reach: int) -> tuple[str, ...]:
        """Who a later sentence of an item orders, from `reach` characters of it on; nobody where they are pointed at.

        "Yêu cầu Văn phòng Bộ …", "Sở Tài chính có trách nhiệm …" name others than the sentence before.
        """
        order = find_order(text)
        if order is not None and order.start < reach:
            return () if is_generic(order.actors) and reach < 40 else self._resolve(order.actors)
        named = leading_actors(text)
        if named is None or is_generic(named.actors) or not is_in_charge(text, named):
            return ()
        return named.actors

    def _pieces(self, parts: tuple[Sentence, ...], begin: int, actors: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """An item is one task, unless sentences of it order others, or have each a day of their own."""
        low, dated = begin, False
        last = len(parts)
        while last - 1 > begin and _APPENDIX.match(parts[last - 1].text):
            last -= 1
        for at in range(begin, last):
            days = [day for day in find_deadlines(parts[at].text, self._found.header.date) if day.exact]
            charged = self._charged_next(parts[at].text, 20) if at > low else ()
            if at > low and ((dated and days) or (charged and not set(charged) <= set(actors))):
                yield low, at
                low, dated, actors = at, False, charged or actors
            dated = dated or bool(days)
        yield low, last

    def _resolve(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Those the letter is sent to where the actors are only pointed at ("các đơn vị")."""
        recipients = self._found.header.recipients
        return recipients if recipients and is_generic(actors) else actors

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
