"""The tasks of an archive that have a deadline as a calendar (iCalendar, RFC 5545), one all-day event a task."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from extract.errors import NoCalendarSupport
from extract.export.tables import FolderNotWritable, make_folder
from extract.store import Archive

NAME = "tasks.ics"
_LONGEST_TITLE = 160  # characters; the description has the whole
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TASKS = """
SELECT due, CASE WHEN date(letter_date, '+0 days') = letter_date THEN letter_date ELSE due END, task, assignees, action,
       deadline_text, report_to, letter_date, issuer, coalesce(number || '/' || symbol, number, symbol), path
FROM tasks_with_deadline
WHERE date(due, '+0 days') = due
ORDER BY due, task
"""


class _Task(NamedTuple):
    due: str
    told: str  # the day of the letter
    id: str
    assignees: str | None
    action: str
    deadline_text: str | None
    report_to: str | None
    letter_date: str | None
    issuer: str | None
    letter: str | None
    path: str


def write_calendar(archive: Archive, folder: Path) -> tuple[tuple[Path, int], ...]:
    """Write `tasks.ics` into `folder` (made where missing); its path and number of events.

    An event lies on the last day of its task and has the key of the task, so that a calendar
    which reads the file again changes its events and does not double them. Tasks that only
    recur, or whose day is in no calendar, are left out. The same archive gives the same file.

    Raises:
        NoCalendarSupport: icalendar is not installed.
        FileWhereFolder: `folder` is a file.
        FolderNotWritable: the operating system does not let us.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError as missing:
        raise NoCalendarSupport(str(folder)) from missing
    calendar = Calendar()
    calendar.add("prodid", "-//congvan//extract export//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Nhiệm vụ và thời hạn")
    tasks = [_Task(*row) for row in archive.connection.execute(_TASKS)]
    for task in tasks:
        event, due = Event(), date.fromisoformat(task.due)
        event.add("uid", f"{task.id}@congvan")
        event.add("dtstamp", datetime.combine(date.fromisoformat(task.told), time(), UTC))
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        event.add("summary", _title(task))
        event.add("description", _description(task))
        event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
        calendar.add_component(event)
    path = folder / NAME
    temporary = path.with_name(f".{NAME}.part")
    try:
        make_folder(folder)
        temporary.write_bytes(calendar.to_ical())
        temporary.replace(path)
    except OSError as failure:
        raise FolderNotWritable(str(folder), failure.strerror) from failure
    return ((path, len(tasks)),)


def _title(task: _Task) -> str:
    named = task.assignees is None or task.assignees.casefold() in task.action.casefold()
    title = " ".join(_seen(task.action if named else f"{task.assignees}: {task.action}").split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _description(task: _Task) -> str:
    letter = ", ".join(part for part in (task.letter, task.issuer, task.letter_date) if part)
    facts = {
        "Nhiệm vụ": task.action,
        "Giao": task.assignees,
        "Thời hạn": task.deadline_text,
        "Báo cáo": task.report_to,
        "Văn bản": letter,
        "Tệp": task.path,
    }
    return _seen("\n".join(f"{name}: {fact}" for name, fact in facts.items() if fact))


def _seen(text: str) -> str:
    """Without control characters, which the format forbids."""
    return _UNSEEN.sub("", text)
