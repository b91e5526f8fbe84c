"""Who is ordered by a sentence: by an order word, by being named, or by the lead-in above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.components.actors import Order, find_order, is_generic, leading_actors, unlisted_actors
from extract.components.charges import find_charge, find_request
from extract.components.context import Sentence
from extract.components.deadlines import find_deadlines
from extract.components.task_drafts import Lead, ancestors
from extract.components.task_labels import behind_label, is_particular, opens_report
from extract.components.task_office import Office
from extract.components.task_sentences import (
    MODAL,
    PAST,
    acts,
    announces_orders,
    answering,
    behind_specks,
    behind_time,
    does,
    does_anything,
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
    passed_on,
)
from extract.components.task_words import starts_with_verb
from extract.records import Block, DeadlineRelation, Role

Ordered = tuple[tuple[str, ...], str]
"""Those a sentence orders, and the rule that says so."""

_ASIDE = re.compile(r"^(?:riêng|đối với|trước mắt,?|về phía|trách nhiệm của)\s+", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:nếu có|nếu gặp|có khó khăn|có vướng mắc|khó khăn, vướng mắc)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:^|,\s|\svà\s|\bSở [^,;.]{3,60}?\s|\bUBND [^,;.]{3,60}?\s)(?:trân trọng |kính )?đề nghị\s", re.IGNORECASE
)
_REACH = 60  # characters behind a naming of actors in which "đã" tells of what they did


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence in its place: the one at `at` of `parts`, in the block at `index`, under what a lead-in says.

    `late` where tasks stand above it, `last` where no block with sentences stands below it.
    """

    parts: tuple[Sentence, ...]
    at: int
    index: int
    lead: Lead
    late: bool = False
    last: bool = False

    @property
    def text(self) -> str:
        """The words of the sentence behind marks that were misread."""
        words = self.parts[self.at].text
        return words[behind_specks(words) :]

    @property
    def block(self) -> Block:
        """The block it stands in."""
        return self.parts[self.at].block


class Orders:
    """Tells who the sentences of one letter order."""

    def __init__(self, office: Office, blocks: Sequence[Block]) -> None:
        self._office = office
        self._blocks = blocks

    def ordered(self, spot: Spot) -> Ordered | None:
        """Who is ordered by a sentence, and the rule that says so; None where nothing is ordered."""
        text = spot.text
        order = find_order(text)
        if is_courtesy(text) or (order is not None and self._invites(text, order)):
            return None
        if order is not None and _CONDITION.search(text[: order.start]):
            return None if spot.lead.directive else self._unled(spot, text, None)
        return self._led(spot, text, order) if spot.lead.directive else self._unled(spot, text, order)

    def charged_next(self, text: str, reach: int) -> tuple[str, ...]:
        """Who a later sentence of an item orders, from `reach` characters of it on; nobody where they are pointed at.

        "Yêu cầu Văn phòng Bộ …", "Sở Tài chính có trách nhiệm …", "Trên cơ sở đó, Sở Tài chính …" name others than the
        sentence before.
        """
        order = find_order(text)
        if order is not None and order.start < reach:
            return () if is_generic(order.actors) and reach < 40 else self._office.resolve(order.actors)
        bare = text[behind_time(text) :]
        named = leading_actors(bare)
        if named is None or is_generic(named.actors):
            return ()
        passed_on = len(bare) < len(text) and does(bare, named)
        return named.actors if passed_on or is_in_charge(bare, named) else ()

    def _led(self, spot: Spot, text: str, order: Order | None) -> Ordered | None:
        """Who is ordered by a sentence under a lead-in that orders or a heading that plans."""
        lead, block, at = spot.lead, spot.block, spot.at
        if order is not None and order.start < 200 and not text[: order.start].rstrip().endswith("("):
            if is_generic(order.actors) and not spot.last:
                return lead.actors or self._office.resolve(order.actors), "tasks.ordered"
            return self._office.resolve(order.actors), "tasks.ordered"
        if is_particular(text):
            charge = find_charge(text)
            return (charge.actors, "tasks.charged") if charge.actors else None
        bare = _ASIDE.sub("", text)
        named = leading_actors(bare) or unlisted_actors(bare)
        if named is None and (behind := behind_time(bare) or behind_label(bare)):
            bare = bare[behind:]
            named = leading_actors(bare)
        rest = bare[named.end :] if named is not None else ""
        if named is not None and (is_charged(rest) or (at == 0 and has_subject(rest))):
            return self._office.resolve(named.actors), "tasks.named"
        item = at == 0 and block.role is Role.ITEM
        if named is not None and acts(rest):
            if PAST.search(bare[:_REACH]) or self._office.sends(named.actors, rest):
                return None
            return self._office.resolve(named.actors), "tasks.named"
        own = set(lead.actors) <= set(self._office.own())
        closing = block.role is not Role.ITEM and text.lower().startswith("kính")
        if own and not closing and (asked := find_request(text, self._office.header.issuer)):
            return self._office.resolve(asked[1]), "tasks.asked"
        if named is not None and item and does_anything(rest):
            told = PAST.search(bare[:_REACH]) or self._office.sends(named.actors, rest) or is_result(bare)
            return None if told else (self._office.resolve(named.actors), "tasks.named")
        if at == 0 and (charge := find_charge(block.text[block.body :])).actors:
            return charge.actors, "tasks.charged"
        under = item and bool(lead.actors)
        imperative = (at == 0 or block.role is Role.PARAGRAPH) and (
            is_imperative(text) or (item and is_imperative(text[behind_label(text) :]))
        )
        if imperative or (under and ((not own and is_clause(text)) or self._is_due(text))):
            return lead.actors or self._office.recipients, "tasks.under_lead"
        return self._answering(spot, text) if at == 0 and block.role is not Role.ITEM else None

    def _unled(self, spot: Spot, text: str, order: Order | None) -> Ordered | None:
        """Who is ordered by a sentence that no lead-in stands above."""
        block, at = spot.block, spot.at
        if order is None and text.lower().startswith("phân công") and (asked := find_request(text, None)):
            return asked[1], "tasks.ordered"
        if order is not None and not is_told(text, order.start):
            return self._office.resolve(order.actors), "tasks.ordered"
        if is_particular(text):
            return None
        bare = _ASIDE.sub("", text)
        aside = leading_actors(bare) if block.role is Role.ITEM else None
        if aside is not None and is_charged(bare[aside.end :]):
            return self._office.resolve(aside.actors), "tasks.named"
        label = behind_label(text)
        item = at == 0 and block.role is Role.ITEM and not spot.lead.told
        by_kind = item and self._office.orders_by_kind() and not opens_report(text[:label])
        if label and (announces_orders(text[:label]) or by_kind or (item and self._is_due(text))):
            named = leading_actors(text[label:])
            if named is not None and acts(text[label + named.end :]) and not PAST.search(text[: label + _REACH]):
                return self._office.resolve(named.actors), "tasks.named"
        if order is None and self._asks_all(text):
            return self._office.recipients, "tasks.asked"
        bare = text[behind_time(text) :]
        named = leading_actors(bare)
        if named is None:
            return self._answering(spot, text) if at == 0 else None
        if at == 0 and self._office.is_own(named.actors) and (directed := passed_on(bare, named)):
            return self._office.resolve(directed), "tasks.ordered"
        if is_executor(bare, named) and not (spot.lead.told and not self._is_due(text) and "thi hành" not in text):
            return self._office.resolve(named.actors), "tasks.executed"
        if at == 0 and self._is_bound(spot, named, bare):
            return self._office.resolve(named.actors), "tasks.named"
        if at == 0 and self._is_article(spot.index, named, bare):
            return self._office.resolve(named.actors), "tasks.article"
        return self._answering(spot, text) if at == 0 else None

    def _is_bound(self, spot: Spot, named: Order, text: str) -> bool:
        """Whether a block that begins with a body says what it is to do: by a modal word, a day, or its kind."""
        rest, block = text[named.end :], spot.block
        if not acts(rest) or len(named.actors[0].split()) < 2:
            return False
        whole = block.text[block.body :]
        if PAST.search(whole[: named.end + _REACH]) or is_result(whole) or self._office.sends(named.actors, rest):
            return False
        modal = MODAL.search(whole) is not None and block.role is Role.PARAGRAPH
        kind = self._office.orders_by_kind() and not spot.lead.told and block.role is Role.ITEM
        return modal or kind or self._is_due(whole)

    def _asks_all(self, text: str) -> bool:
        """Whether a sentence asks something by a day of nobody by name: "… đề nghị cử công chức … trước ngày …"."""
        asked = _ASKED.search(text)
        if asked is None or not self._office.recipients or PAST.search(text[: asked.end()]):
            return False
        return starts_with_verb(text[asked.end() :]) and self._is_due(text)

    def _answering(self, spot: Spot, text: str) -> Ordered | None:
        """Who sends what a closing line awaits by a day: those it names, or the recipients."""
        asks = spot.late or (self._office.recipients and PAST.search(text) is None)
        if not (asks and is_answer(text) and find_deadlines(text, self._office.date)):
            return None
        return answering(text) or self._office.recipients, "tasks.answer"

    def _invites(self, text: str, order: Order) -> bool:
        """Whether an order only is what an invitation says ("trân trọng kính mời …")."""
        return self._office.header.doc_type == "Giấy mời" and "mời" in text[order.start : order.start + 24].lower()

    def _is_article(self, index: int, named: Order, text: str) -> bool:
        """Whether a sentence of an article of a decision says what a body does: it is bound to it.

        "Điều 2. … Bộ Nội vụ thực hiện việc giao biên chế." Decrees and circulars have no such articles: what bodies do
        by them, they do always.
        """
        article = any(
            (self._blocks[at].marker or "").startswith("Điều") for at in (index, *ancestors(self._blocks, index))
        )
        decided = article and self._office.header.doc_type == "Quyết định"
        return decided and does(text, named) and not self._office.sends(named.actors, text[named.end :])

    def _is_due(self, text: str) -> bool:
        """Whether a text sets a deadline that is no mere recurrence, and tells of nothing done."""
        due = find_deadlines(text, self._office.date)
        return any(day.relation is not DeadlineRelation.RECURRING for day in due) and not PAST.search(text)
