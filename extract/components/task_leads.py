"""What headings and lead-ins open: orders to somebody, a plan, or a report in which nothing is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.actors import find_order, leading_actors, read_actors, unlisted_actors
from extract.components.capitals import spelled
from extract.components.charges import find_asked
from extract.components.task_drafts import SHORT, Lead
from extract.components.task_office import Office
from extract.components.task_places import goes_on, has_sister_below
from extract.components.task_sentences import (
    PAST,
    acts,
    announces,
    announces_done,
    announces_orders,
    behind_time,
    is_predicate,
)
from extract.components.task_words import data, starts_with_verb
from extract.layout.specks import without_specks
from extract.records import Block, Role
from normalize.syllables import fold

_COLON = re.compile(r"[^\s.;,]\s?:\W{0,3}$")  # ". :" is a speck behind a sentence
_ON_BEHALF = re.compile(r"^(?:đối với|trách nhiệm của|về phía)\s+", re.IGNORECASE)
_NOTE = re.compile(r"\s?\([^()]{0,160}\)")
_ORDERS_OTHERS = re.compile(
    r"[\s,]*(?:yêu cầu|đề nghị|giao|chỉ đạo|kết luận|có ý kiến|thống nhất|quyết định|lưu ý|nhấn mạnh)\b"
)  # "…, Chủ tịch UBND tỉnh yêu cầu:" names who orders
_SPECK = re.compile(r"\s+[;:.,`'’‘_|~-]{1,3}$")  # no mark stands apart from its word
_GRADED = re.compile(
    r"\bhoàn thành (?:xuất sắc |tốt )?nhiệm vụ\b"
    r"|\b(?:phản ánh|khiếu nại|tố cáo|đơn thư|giải quyết|tiếp nhận|trả lời|xử lý)(?:,\s|\s(?:và\s)?)kiến nghị\b"
    r"|\bkiến nghị (?:của (?:cử tri|doanh nghiệp|người dân)|cử tri|sau thanh tra|thanh tra|kiểm toán)\b",
    re.IGNORECASE,
)  # what is done with requests of others asks nothing, and a class of merit plans nothing
_ORDERED = re.compile(r"\b(?:yêu cầu|đề nghị|kiến nghị|chỉ đạo|kết luận|thời gian tới)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:kien nghi|de xuat|phuong huong|giai phap|trong tam|(?:thoi gian|sap|nam|quy|thang) (?:toi|den|sau)|tiep theo"
    r"|to chuc thuc hien|phan cong|ke hoach|chuong trinh|(?:nhiem vu|cong tac) (?:trong |6 thang |quy |nam |thang ))"
)  # words of headings that look ahead, folded; "Nhiệm vụ cải cách" below what was done looks back with it
_LEVELS = ("thành phố", "thị xã", "thị trấn", "huyện", "quận", "xã", "phường", "ban", "ngành", "đoàn thể", "địa phương")
_LONGEST_TAIL = 90  # characters a lead-in may have behind the naming of actors
_LONGEST_NAME = 5  # words of a name that verbs may stand in


class Leads:
    """Reads the headings and lead-ins of one letter; `with_children` are the blocks that others are nested in."""

    def __init__(self, office: Office, blocks: Sequence[Block]) -> None:
        self._office = office
        self._blocks = blocks
        self.with_children = {block.parent for block in blocks if block.parent is not None}

    def zone(self, index: int, text: str, inherited: Lead) -> Lead | None:
        """What a heading opens: orders, a plan, whose items are tasks, or a report, whose items are none.

        None where the block is no heading.
        """
        block = self._blocks[index]
        text = _SPECK.sub("", without_specks(text))
        short = len(text) <= SHORT and not text.endswith((".", ";", ":")) and not goes_on(self._blocks, index, text)
        if block.role is not Role.HEADING and not (short and index in self.with_children and block.marker):
            return None
        if index not in self.with_children and _is_order(text):
            return None
        if not text.isupper() and (asked := _ordered(text) or find_asked(text)):
            return Lead(self._office.resolve(asked), directive=True)
        if (inherited.directive or not text.isupper()) and (actors := _named(_spelled(text))):
            return Lead(self._office.resolve(actors), directive=not inherited.told, told=inherited.told)
        plain = _GRADED.sub("", text).rstrip(" ,")
        words = fold(plain)
        reports = words.startswith(tuple(map(fold, data("reports"))))
        if announces_orders(plain) and not (reports and inherited.told):
            return Lead(inherited.actors, directive=True)
        plan, report = _has(words, "plans"), _has(words, "reports")
        if reports or (report and not plan and not starts_with_verb(text)):
            return Lead(told=True)
        if plan and inherited.told and _AHEAD.search(words) is None:
            return inherited
        if plan:
            asks = _has(words, "requests") and not _has(words, "own_work")
            return Lead(() if asks else self._office.own(), directive=True)
        return Lead() if block.role is Role.HEADING and block.parent is None else inherited

    def lead_in(self, index: int, text: str, lead: Lead) -> Lead | None:
        """What a lead-in says for the blocks under it; None where the block is no lead-in."""
        block = self._blocks[index]
        holds = index in self.with_children
        opens = (_COLON.search(text) is not None and (holds or not has_sister_below(self._blocks, index))) or (
            holds and announces(text)
        )
        return self.opened(block, text, lead) if opens else None

    def named(self, index: int, text: str, lead: Lead) -> Lead | None:
        """What an item says for those nested in it that names who is to act before a colon ("2. Các sở: Là …")."""
        named = leading_actors(text) if index in self.with_children and lead.directive else None
        if named is None or not text[named.end :].lstrip().startswith(":"):
            return None
        return Lead(self._office.resolve(named.actors), directive=True)

    def opened(self, block: Block, text: str, lead: Lead) -> Lead:
        """What the words of a lead-in say for what it opens."""
        order = find_order(text)
        last = text[max(text.rfind(". ") + 2, 0) :] if ". " in text else text
        if order is not None and (order.start >= len(text) - len(last) or len(last) == len(text)):
            return Lead(self._office.resolve(order.actors), directive=True)
        if asked := find_asked(text):
            return Lead(self._office.resolve(asked), directive=True)
        bare = _NOTE.sub("", _ON_BEHALF.sub("", text))
        bare = bare[behind_time(bare) :]
        named = leading_actors(bare)
        rest = bare[named.end :] if named is not None else ""
        announced = acts(rest) and announces_orders(bare)
        bound = lead.directive or block.role is Role.ITEM or (announced and rest.lstrip().startswith(("cần ", "phải ")))
        if named is not None and bound and not PAST.search(bare) and not _ORDERS_OTHERS.match(rest):
            whole = _named(bare)
            if whole or announced or len(rest) <= _LONGEST_TAIL or rest.lstrip().startswith(":"):
                actors = self._office.resolve(whole or named.actors)
                return Lead(actors, directive=not lead.told, told=lead.told)
        if announces_done(text):
            return Lead(told=True)
        if lead.told and not _ORDERED.search(text[-_LONGEST_TAIL:]):
            return lead  # what was done of tasks and plans is announced by the words that announce them
        if announces_orders(text) or (len(text) <= SHORT and any(word in text.lower() for word in data("plans"))):
            return Lead(lead.actors, directive=True)
        return lead


def _spelled(text: str) -> str:
    """A heading printed in capitals as it is spelled in a sentence, each part of a list by itself."""
    parts = [spelled(part) for part in text.split(", ")]
    small = (part.lower() if part.lower() in _LEVELS else part for part in parts[1:])
    return ", ".join((parts[0], *small)) if text.isupper() else text


def _is_order(text: str) -> bool:
    """Whether what was taken for a heading is an order whose last line was lost: it names who does what."""
    for named in (find_order(text), leading_actors(text)):
        rest = text[named.end :] if named is not None else ""
        if named is not None and named.start == 0 and acts(rest) and len(rest.split()) > _LONGEST_NAME:
            return True
    return False


def _ordered(text: str) -> tuple[str, ...]:
    """The actors a heading orders and says no more: "Đề nghị các chủ đầu tư"."""
    order = find_order(text) if len(text) <= SHORT else None
    return order.actors if order is not None and order.end >= len(text.rstrip(" :.")) else ()


def _named(text: str) -> tuple[str, ...]:
    """The actors a heading is nothing but a naming of."""
    bare = _NOTE.sub("", _ON_BEHALF.sub("", text))
    if len(text) > SHORT:
        return ()
    bare = bare.rstrip(" :.")
    named, whole = leading_actors(bare), len(bare)
    if named is not None and named.end >= whole:
        return named.actors
    rest = bare[named.end :].lstrip(" ,") if named is not None else ""
    if named is not None and len(rest.split()) <= _LONGEST_NAME and ":" not in bare and not is_predicate(rest):
        return read_actors(bare)  # a verb in it is part of a name: "Viện Nghiên cứu phát triển Thành phố"
    unlisted = unlisted_actors(bare)
    return unlisted.actors if unlisted is not None and unlisted.end >= whole else ()


def _has(words: str, key: str) -> bool:
    """Whether folded words hold one of a list: marks that were misread do not hide what a heading says."""
    return any(fold(word) in words for word in data(key))
