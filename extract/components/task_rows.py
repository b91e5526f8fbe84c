"""Tasks in the rows of tables: what is to be done, who is in charge, who helps, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.components.actors import read_actors
from extract.components.deadlines import read_due
from extract.components.found import Located
from extract.records import Evidence, Table, Task

_WHAT = re.compile(r"nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|tên (?:đề án|văn bản|chương trình)", re.IGNORECASE)
_LEAD = re.compile(
    r"chủ trì|đầu mối|phụ trách|(?:cơ quan|đơn vị|bộ phận|người).{0,30}thực hiện|phân công", re.IGNORECASE
)
_HELP = re.compile(r"phối hợp", re.IGNORECASE)
_DUE = re.compile(r"thời (?:gian|hạn|điểm)|tiến độ|hoàn thành|\bhạn\b", re.IGNORECASE)
_DONE = re.compile(r"đã (?:thực hiện|hoàn thành)|kết quả (?:thực hiện|đạt)|tình hình|đánh giá", re.IGNORECASE)
_FEWEST = 2  # words of what is to be done


def find_row_tasks(table: Located[Table], section: str | None, letter_date: str | None) -> Iterator[Located[Task]]:
    """The tasks of a table whose columns name what is to be done, who is in charge, and who helps or by when.

    Args:
        table: any table of the letter.
        section: the number of the part of the letter in which it stands.
        letter_date: date of the letter (ISO), from which days without a year take it.
    """
    columns = table.record.columns
    used: set[int] = set()

    def column(pattern: re.Pattern[str]) -> int | None:
        at = next((at for at, name in enumerate(columns) if at not in used and pattern.search(name)), None)
        if at is not None:
            used.add(at)
        return at

    helps, due, lead = column(_HELP), column(_DUE), column(_LEAD)
    what = column(_WHAT)
    planned = helps is not None or due is not None
    if what is None or lead is None or not planned or any(_DONE.search(name) for name in columns):
        return
    above: tuple[str, ...] = ()
    for at, row in enumerate(table.record.rows):
        cells = [*row, *[None] * (len(columns) - len(row))]
        action, named = cells[what], cells[lead]
        if not action or len(action.split()) < _FEWEST or not (named or (above and due is not None and cells[due])):
            continue
        above = read_actors(named) if named else above
        evidence = table.record.cell_evidence[at] if at < len(table.record.cell_evidence) else ()
        number = (cells[0] or "").strip(" .)") if what > 0 else ""
        task = Task(
            action=action,
            section=".".join(part for part in (section, number) if part) or None,
            assignees=above,
            coordinators=read_actors(cells[helps] or "") if helps is not None else (),
            evidence=tuple(_of_row(entry) for entry in evidence if entry is not None),
        )
        if due is not None and (words := cells[due]):
            deadline = read_due(words, letter_date)
            if deadline is not None:
                task = replace(
                    task,
                    deadline=deadline.iso,
                    deadline_text=words,
                    deadline_relation=deadline.relation,
                    recurrence=deadline.recurrence,
                )
        yield Located(table.start, table.end, task)


def _of_row(entry: Evidence) -> Evidence:
    return replace(entry, component="tasks.row")
