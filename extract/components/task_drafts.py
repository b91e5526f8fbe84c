"""Tasks on their way: drafts that lines below may still give a deadline or those in charge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.components.actors import find_order
from extract.components.charges import find_charge, is_charge_line
from extract.components.deadlines import choose, find_deadlines
from extract.components.due import Deadline
from extract.records import Block, Role, Task

SHORT = 180
"""Characters up to which a line may be a heading or close a list."""

_CLOSING_LINE = re.compile(
    r"^(?:(?:các|những|toàn bộ|tất cả)\s+(?:[^\s.]+\s+){0,8}?(?:này|trên(?!\s+(?:cơ sở|địa bàn))|nêu trên|nói trên)\b"
    r"|(?:thời gian|thời hạn|hạn)\s+"
    r"(?:hoàn thành|thực hiện|báo cáo)\b"
    r"|(?:yêu cầu\s+)?hoàn thành\s+(?:trước|trong|chậm|muộn|xong|vào"
    r"|các\s+(?:nội dung|nhiệm vụ|công việc))\b|thời gian\s*:|thời hạn\s*:|xong trước"
    r"|hoàn thành trước)",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:các|những|toàn bộ|tất cả)\s(?:\S{1,12}\s){0,8}?(?:nêu trên|nói trên|trên đây|trên)\b", re.IGNORECASE
)
_FOLLOWING = re.compile(
    r"\b(?:nội dung|nhiệm vụ|công việc|việc)\s(?:[^\s.;:]{1,12}\s){0,4}?sau(?:\s+đây)?\b", re.IGNORECASE
)
_INVITES = re.compile(r"\bmời\b", re.IGNORECASE)
_OPENING = 200  # characters in which an order stands
_NEAR = 5  # blocks


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and the words that set it."""

    deadline: Deadline
    words: str


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead-in says for the blocks under it: who acts, and whether what stands there is to be done at all.

    `told` where it opens what was done or is so, of which nothing is to be done; `due` is the deadline it sets for all.
    """

    actors: tuple[str, ...] = ()
    directive: bool = False
    told: bool = False
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before closing lines have been applied; `block` is the index of its block.

    `led` says that a line below it has named who leads it.
    """

    block: int
    start: int
    end: int
    task: Task
    rule: str
    dated: bool
    led: bool = False


def ancestors(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """The indices of the blocks a block is nested in, the nearest first."""
    seen = 0
    parent = blocks[index].parent
    while parent is not None and seen < 12:
        yield parent
        parent = blocks[parent].parent
        seen += 1


def due_of_lead(text: str, letter_date: str | None) -> Due | None:
    """The deadline a lead-in sets for all it opens: "… hoàn thành các nội dung sau trước ngày …:"."""
    last = text[text.rfind(". ") + 1 :]
    deadline = choose(find_deadlines(last, letter_date))
    if deadline is None or not deadline.exact or not _FOLLOWING.search(last):
        return None
    return Due(deadline, last[deadline.start : deadline.end])


def close(drafts: list[Draft], blocks: Sequence[Block], index: int, letter_date: str | None) -> bool:
    """Applies a closing line ("Các nội dung này hoàn thành trước ngày …") to the tasks above it in its scope."""
    text = blocks[index].text[blocks[index].body :].strip()
    if len(text) > SHORT or not _CLOSING_LINE.match(text) or find_order(text) is not None:
        return False
    deadline = choose(find_deadlines(text, letter_date))
    if deadline is None:
        return False
    parent = blocks[index].parent
    if parent is not None and blocks[index].role is Role.PARAGRAPH and _ALL.match(text):
        parent = blocks[parent].parent
    scope = [
        at
        for at, draft in enumerate(drafts)
        if parent is None or parent in (draft.block, *ancestors(blocks, draft.block))
    ]
    for at in scope:
        draft = drafts[at]
        if not draft.dated and draft.task.recurrence is None:
            task = with_deadline(draft.task, deadline, text[deadline.start : deadline.end])
            drafts[at] = replace(draft, task=task, dated=deadline.is_dated)
    return bool(scope)


def lacks_task(drafts: Sequence[Draft], blocks: Sequence[Block], index: int) -> bool:
    """Whether the item a line stands under has made no task yet."""
    parent = blocks[index].parent
    if parent is None:
        return False
    return not any(parent in (draft.block, *ancestors(blocks, draft.block)) for draft in drafts)


def is_charge(text: str) -> bool:
    """Whether a line only tells who is in charge of what stands above it."""
    return len(text) <= 2 * SHORT and is_charge_line(text)


def charge(drafts: list[Draft], index: int, text: str, letter_date: str | None) -> None:
    """Applies a line that tells who is in charge, who helps and by when to the task it stands under or behind."""
    if not drafts or index - drafts[-1].block > _NEAR:
        return
    told, last = find_charge(text), drafts[-1]
    if _INVITES.search(last.task.action[:_OPENING]):  # who chairs a meeting does nothing those invited are to do
        return
    due = choose(find_deadlines(text, letter_date))
    task = replace(
        last.task,
        assignees=last.task.assignees if last.led and not told.leads else told.actors or last.task.assignees,
        coordinators=last.task.coordinators or told.coordinators,
    )
    if due is not None and not last.dated:
        task = with_deadline(task, due, text[due.start : due.end])
    dated = last.dated or (due is not None and due.is_dated)
    drafts[-1] = replace(last, task=task, dated=dated, led=last.led or told.leads)


def with_deadline(task: Task, deadline: Deadline, words: str) -> Task:
    """A task with a deadline told by some words."""
    return replace(
        task,
        deadline=deadline.iso,
        deadline_text=" ".join(words.split()),
        deadline_relation=deadline.relation,
        recurrence=deadline.recurrence,
    )
