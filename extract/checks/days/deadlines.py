"""Deadlines before the day of the letter that sets them: only where an order sets one that still stands.

Letters tell of deadlines that have passed more often than they set a wrong one: figures as of a day, what was done in
time or late, what was asked for earlier, which papers are meant. So the words must make a deadline an order of this
letter, and nothing before or behind it may tell what became of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from extract.checks.days.words import any_of, says
from extract.checks.figures.breaks import BRACKETS, YEAR
from extract.checks.figures.places import Sentences, sentences_of, span_of, vn_date
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong
from extract.components.context import Sentence
from extract.records import (
    Block,
    CheckKind,
    CheckVerdict,
    DateRole,
    DeadlineRelation,
    Finding,
    Header,
    Precision,
    Proof,
    Reading,
    Records,
    Role,
    Task,
)

_ROW: Final = "tasks.row"  # what the evidence of a task in a row of a table is named
_FEWEST_ROWS: Final = 3  # rows with a deadline of a table in which one that has passed is a slip
_BACK: Final = 92  # days before the letter in which a deadline of another month lies
# Years by which a deadline may be wrong, and the days behind the letter in which it then lies, or in its year: letters
# tell of what was due a few months ago, and seldom of what was due long before.
_YEARS_OFF: Final = ((1, 240), (2, 366))
_TEXT: Final = (Role.PARAGRAPH, Role.ITEM)
_DEEPEST: Final = 4  # headings above an item
_HEADING: Final = 160  # characters of a line that can be a heading
_CLAUSE: Final = re.compile(r"[,;:(]\s?")
_PART: Final = re.compile(r"[;(]\s?")
# The words between what is to be done and the day by which it is: "trước 17 giờ 00 ngày", "chậm nhất là ngày".
_LIMIT: Final = re.compile(
    r"(?:\b(?:trước|(?:chậm|muộn|trễ) nhất|không (?:để )?(?:quá|muộn hơn|chậm hơn)|hạn (?:cuối|chót)|đến|tới|cho|hết"
    r"|từ nay|là|vào|trong|ngày|thứ \w+|chủ nhật|sáng|chiều|giờ làm việc"
    r"|\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{2})?(?: phút)?)[\s,:(]+)+$",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"\b(?:trước|nhất|nay|quá|hơn|hạn)\b", re.IGNORECASE
)  # "đến" alone is what figures are as of
_AIM: Final = re.compile(r"^,?\s(?:đạt|có|được)\s", re.IGNORECASE)  # "phấn đấu đến ngày 31/12/2024 đạt 95%"
_SINCE: Final = re.compile(r"\btừ\s(?:trước|nay)?\s?$", re.IGNORECASE)
_ORDER: Final = re.compile(
    rf"(?<!\w)(?:(?P<told>{any_of('told_orders')})|(?P<none>{any_of('no_orders')})|{any_of('orders')})(?!\w)",
    re.IGNORECASE,
)
_ASKED_BEFORE: Final = re.compile(
    rf"(?<!\w)(?:{any_of('letters_of_before')}(?!\snày)(?:\s(?:số|ngày|của)\b|[^,;]{{0,8}}$)"
    rf"|{any_of('was_told')}\s(?:[^\W\d_]+\s){{0,6}}?$)",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    rf"(?:{any_of('own_orders')}|[^,;:.]{{2,60}}?\s(?:kính|trân trọng)\s(?:đề nghị|kiến nghị))(?!\w)", re.IGNORECASE
)
_HISTORY: Final = re.compile(rf"{any_of('opens_history')}(?!\w)", re.IGNORECASE)
_UNORDERED: Final = r"(?<!yêu cầu )(?<!đề nghị )(?<!bảo đảm )(?<!đảm bảo )(?<!giao )(?<!phấn đấu )(?<!để )"
_OF_THINGS: Final = re.compile(
    rf"{_UNORDERED}\b(?:(?:các|những|số|mọi|toàn bộ|\d+)\s{any_of('things')}|(?:những|\d+)\s{any_of('people')})"
    rf"\s(?:[^\W\d_]+\s){{0,3}}?{any_of('done_to_things')}(?:\s[^\W\d_]+){{0,4}}$"
    rf"|(?<=\w\s){_UNORDERED}{any_of('things')}\s{any_of('finished_things')}$"
    rf"|\b(?:tại|trong|theo|của)\s(?:[^\W\d_]+\s){{0,6}}?{any_of('done_to_things')}$",
    re.IGNORECASE,
)
_HEADS_REPORT: Final = re.compile(rf"(?:về |công tác |một số |những |các )?{any_of('reports')}(?!\w)", re.IGNORECASE)
_STATE: Final = re.compile(rf"(?<!\w){any_of('states')}(?:\s[^\W_]+){{0,3}}$", re.IGNORECASE)


class _Kind(Enum):
    """Whether a letter tells what was done and asks only where its words say so, asks for something, or orders."""

    REPORTS = 0
    ASKS = 1
    ORDERS = 2


@dataclass(frozen=True, slots=True)
class _Due:
    """A deadline that has passed, with the sentence it stands in and its words there."""

    iso: str
    day: date
    words: str
    sentence: Sentence
    evidence: Proof
    of_task: bool


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sentence around a deadline: what stands before its limit, the limit, and what stands behind the day."""

    before: str
    limit: str
    after: str


def check_deadlines(records: Records, reading: Reading) -> Iterator[Finding]:
    """Deadlines in time, and those before the day of the letter that an order sets."""
    letter = span_of(records.header.date)
    if letter is None:
        return
    for task in records.tasks:
        due = _dated(task)
        if due is not None and due[1] >= letter[0] and not (due[1] <= letter[1] and letter[0] != letter[1]):
            # where the day of signing is not known, it may be before or after one of its month
            yield _finding(
                _told(task), CheckVerdict.AGREES, (task.deadline or "", due[1]), records.header, task.evidence
            )
    yield from _rows(records, letter[0])
    kind = _kind(records.header)
    for late in _passed(records, reading, letter[0]):
        if _stands(late, reading, kind):
            said = f"Thời hạn {late.words}: {late.sentence.text}"
            verdict = if_wrong(late.evidence, reading)
            yield _finding(said, verdict, (late.iso, late.day), records.header, late.evidence)


def _dated(task: Task) -> tuple[date, date] | None:
    return None if task.deadline_relation is DeadlineRelation.RECURRING else span_of(task.deadline)


def _told(task: Task) -> str:
    return f"Thời hạn {task.deadline_text or task.deadline}: {task.action}"


def _finding(said: str, verdict: CheckVerdict, due: tuple[str, date], header: Header, evidence: Proof) -> Finding:
    """A deadline against the letter's date: both as printed, and as days."""
    first, last = span_of(header.date) or (due[1], due[1])
    signed = f"ngày ký {vn_date(first)}" if first == last else f"thời gian ký ({vn_date(first)} – {vn_date(last)})"
    before = "không trước" if verdict is CheckVerdict.AGREES else "trước"
    return finding(
        CheckKind.CONSISTENCY,
        said,
        verdict,
        inputs=(("deadline", due[0]), ("letter", header.date or "")),
        reported=due[0],
        computed=header.date,
        note=f"thời hạn {vn_date(due[1])} {before} {signed}",
        evidence=evidence,
    )


def _rows(records: Records, signed: date) -> Iterator[Finding]:
    """The one deadline of a table of tasks that has passed: of several, the table tells what became of them."""
    rows = [
        (task, due)
        for task in records.tasks
        if task.evidence and task.evidence[0].component == _ROW and (due := _dated(task)) is not None
    ]
    late = [(task, due) for task, due in rows if due[1] < signed]
    if len(late) != 1 or len(rows) < _FEWEST_ROWS:
        return
    ((task, due),) = late
    if YEAR.search(task.deadline_text or "") and _is_near(due[1], signed):
        yield _finding(_told(task), CheckVerdict.DIFFERS, (task.deadline or "", due[1]), records.header, task.evidence)


def _passed(records: Records, reading: Reading, signed: date) -> Iterator[_Due]:
    """The deadlines before the letter's day that are told with their year, each once, in running text.

    Without its year a day is taken to be of that of the letter, though it may be of the next.
    """
    places = sentences_of(reading)
    seen: set[tuple[int, str]] = set()
    tasks = [
        (task.deadline, task.deadline_text, task.evidence)
        for task in records.tasks
        if _dated(task) is not None and task.evidence and task.evidence[0].component != _ROW
    ]
    mentions = [
        (mention.iso, mention.text, mention.evidence)
        for mention in records.dates
        if mention.role in (DateRole.DEADLINE, DateRole.AS_OF) and mention.precision is Precision.DAY
    ]
    for iso, words, evidence in (*tasks, *mentions):
        span, at = span_of(iso), places.of(evidence)
        if iso is None or span is None or at is None or not words or not YEAR.search(words):
            continue
        if span[1] >= signed or not _is_near(span[1], signed):
            continue
        at = _holding(places, at, words)
        if at is not None and (at, iso) not in seen:
            seen.add((at, iso))
            of_task = any(_covers(task, evidence) for task in records.tasks)
            yield _Due(iso, span[1], words, places.items[at], evidence, of_task)


def _is_near(day: date, signed: date) -> bool:
    """Whether a deadline that has passed is one to come with a slip of the pen, in its month or its year."""
    if (signed - day).days <= _BACK:
        return True
    for more, ahead in _YEARS_OFF:
        meant = span_of(f"{day.year + more}{day.isoformat()[4:]}")
        if meant is None or meant[0] < signed:
            continue
        if meant[0].year == signed.year or (meant[0] - signed).days <= ahead:
            return True
    return False


def _holding(places: Sentences, at: int, words: str) -> int | None:
    """The sentence of a block, from one on, that holds some words: a deadline may stand in another, or above."""
    block = places.items[at].block
    while at < len(places.items) and places.items[at].block is block:
        if words in places.items[at].text:
            return at
        at += 1
    return None


def _covers(task: Task, evidence: Proof) -> bool:
    start = evidence[0].start if evidence else -1
    return any(one.start <= start < one.end for one in task.evidence)


def _kind(header: Header) -> _Kind:
    """What a letter does: by the kind of document it is, or what it is on ("Kết luận của Chủ tịch UBND …")."""
    told = [(words or "").lower() for words in (header.doc_type, header.subject)]
    if told[0].startswith("báo cáo") or says("reports").match(told[1]):
        return _Kind.REPORTS
    return _Kind.ORDERS if any(says("ordering").match(one) for one in told) else _Kind.ASKS


def _stands(due: _Due, reading: Reading, kind: _Kind) -> bool:
    """Whether a deadline is one that the letter sets."""
    parts = _parts(due)
    if parts is None or not _bounds(parts):
        return False
    after = _AIM.sub("", parts.after) if says("aims").search(parts.before) else parts.after
    if parts.before and says("goes_on").match(after.lstrip()) and after[:1].isspace():
        return False
    if says("outcome").search(after) or says("outcome_behind").match(_next(due.sentence, reading)):
        return False
    return _is_order(parts, due, reading, kind)


def _parts(due: _Due) -> _Parts | None:
    text = due.sentence.text
    at = text.find(due.words)
    end = at + len(due.words)
    day = re.search(r"\d", due.words)
    if at < 0 or day is None:
        return None
    head = text[: at + day.start()]
    limit = _LIMIT.search(head)
    low = limit.start() if limit is not None else len(head)
    return _Parts(BRACKETS.sub("", head[:low]).rstrip(" ,:"), head[low:], text[end:])


def _next(sentence: Sentence, reading: Reading) -> str:
    """The sentence behind one: of its block, else of the next."""
    own = sentences(sentence.block)
    later = [one for one in own if one.start > sentence.start]
    if later:
        return later[0].text
    blocks = reading.flow.blocks
    below = next((block for block in blocks if block.start > sentence.block.start and block.role in _TEXT), None)
    return below.text[below.body :].strip() if below is not None else ""


def _bounds(parts: _Parts) -> bool:
    """Whether a limit is one for something to be handed in or finished, not what says which things are meant."""
    order = _last_order(parts.before)
    own = parts.before[order.end() :] if order is not None else _PART.split(parts.before)[-1]
    if _SINCE.search(parts.limit[:4]) or _OF_THINGS.search(parts.before) or _STATE.search(parts.before):
        return False
    if not _BEFORE.search(parts.limit):
        tail = parts.before[-120:]
        if says("as_of").search(tail) or not says("finished").search(f"{parts.before[-60:]} {parts.limit}"):
            return False
    if says("not_done").search(own):
        return False
    asked = own if own.strip() else f"{parts.before} {parts.after}"
    return says("handed_in").search(asked) is not None


def _last_order(before: str) -> re.Match[str] | None:
    """The last word of an order, where it is one."""
    orders = [one for one in _ORDER.finditer(before) if one["told"] is None and one["none"] is None]
    return orders[-1] if orders else None


def _is_order(parts: _Parts, due: _Due, reading: Reading, kind: _Kind) -> bool:
    """Whether a sentence, by its own words or what stands above it, orders something from now on."""
    before = parts.before
    if _HISTORY.match(before):
        return False
    _, bracket, inside = before.rpartition("(")
    if bracket and (_ORDER.search(inside) or not says("sent_to").search(f"{inside} {parts.limit}")):
        return False  # "(Bộ Nội vụ yêu cầu gửi trước ngày …)": what others ask, or which things are meant
    order = _last_order(before)
    head = before[: order.start()] if order is not None else before
    own = _CLAUSE.split(head)[-1]
    if (order is not None and _ASKED_BEFORE.search(own)) or says("done").search(own if order is not None else before):
        return False
    if order is None and any(one["told"] for one in _ORDER.finditer(before)):
        return False
    if order is not None and says("done").search(before[order.end() :]):
        return False
    opens = _OPENS.match(before) is not None
    for heading in _above(due.sentence.block, reading):
        if _HEADS_REPORT.match(heading):
            return opens
        if says("heads_plan" if kind is _Kind.REPORTS else "tasks").search(heading):
            return True
    if kind is _Kind.REPORTS:
        return opens
    return (
        kind is _Kind.ORDERS
        or order is not None
        or due.of_task
        or says("sent_to").search(f"{before} {parts.limit}") is not None
    )


def _above(block: Block, reading: Reading) -> Iterator[str]:
    """The headings above a block, nearest first: those it is nested in, and the last one before it."""
    at = block
    for _ in range(_DEEPEST):
        if at.parent is None:
            break
        at = reading.flow.blocks[at.parent]
        yield at.text[at.body : at.body + _HEADING].strip()
    else:
        return
    if at is block:
        headings = [
            one for one in reading.flow.blocks if one.start < block.start and one.role is Role.HEADING and one.marker
        ]
        if headings:
            yield headings[-1].text[headings[-1].body :][:_HEADING].strip()
