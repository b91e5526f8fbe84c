"""Deadlines as a calendar, read back with a parser of the format."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

import pytest

from extract.errors import NoCalendarSupport
from extract.export.calendar import NAME, write_calendar
from extract.export.tables import FileWhereFolder
from extract.store import open_archive

icalendar = pytest.importorskip("icalendar")


@pytest.fixture
def database(tmp_path: Path, make: ModuleType) -> Path:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
    return path


def change(database: Path, **columns: str | None) -> None:
    connection = sqlite3.connect(database)
    for name, value in columns.items():
        connection.execute(f"UPDATE tasks SET {name} = ?", (value,))
    connection.commit()
    connection.close()


def written(database: Path, folder: Path) -> bytes:
    with open_archive(database, create=False) as archive:
        ((path, count),) = write_calendar(archive, folder)
    content = path.read_bytes()
    assert path == folder / NAME and [one.name for one in folder.iterdir()] == [NAME]
    assert content.count(b"BEGIN:VEVENT") == count
    return content


def events(database: Path, folder: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(written(database, folder)).walk("VEVENT"))


def test_a_task_is_an_event_on_its_last_day(database: Path, tmp_path: Path) -> None:
    (event,) = events(database, tmp_path / "out")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2030, 11, 1), dt.date(2030, 11, 2))
    assert event["summary"] == "Sở Nội vụ: báo cáo"
    told = event["description"].split("\n")
    assert "Thời hạn: trước ngày 01/11/2030" in told and "Báo cáo: UBND tỉnh" in told
    assert any(line.startswith("Văn bản: ") and "12/UBND-NC" in line for line in told)
    with sqlite3.connect(database) as connection:
        (key,) = connection.execute("SELECT id FROM tasks").fetchone()
    assert event["uid"] == f"{key}@congvan"


def test_who_is_named_in_the_action_is_not_named_twice(database: Path, tmp_path: Path) -> None:
    change(database, action="Sở Nội vụ báo cáo")
    assert [event["summary"] for event in events(database, tmp_path / "out")] == ["Sở Nội vụ báo cáo"]


def test_the_same_archive_gives_the_same_file(database: Path, tmp_path: Path) -> None:
    assert written(database, tmp_path / "one") == written(database, tmp_path / "two")


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("2030-02", dt.date(2030, 2, 28)),
        ("2030-Q2", dt.date(2030, 6, 30)),
        ("2030", dt.date(2030, 12, 31)),
        ("2030-02-30", None),
        (None, None),
    ],
)
def test_deadlines_of_every_precision(
    database: Path, tmp_path: Path, deadline: str | None, day: dt.date | None
) -> None:
    change(database, deadline=deadline)
    assert [event.decoded("dtstart") for event in events(database, tmp_path / "out")] == ([day] if day else [])


def test_what_stands_in_a_letter_is_text(database: Path, tmp_path: Path) -> None:
    hostile = "rà soát, báo cáo; xong\r\nEND:VEVENT\r\nBEGIN:VALARM\nATTACH:file\\n\x00\x1b[31m" + "ễ" * 300
    change(database, action=hostile)
    content = written(database, tmp_path / "out")
    assert b"\x00" not in content and b"\x1b" not in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert not event.subcomponents
    assert "rà soát, báo cáo; xong\nEND:VEVENT\nBEGIN:VALARM\nATTACH:file\\n[31m" in event["description"]
    assert len(event["summary"]) == 160 and event["summary"].endswith("ễ…")


def test_without_the_package_it_says_how_to_get_it(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with open_archive(database, create=False) as archive, pytest.raises(NoCalendarSupport, match=r"congvan\[export\]"):
        write_calendar(archive, tmp_path / "out")


def test_a_folder_that_is_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with open_archive(database, create=False) as archive, pytest.raises(FileWhereFolder, match="taken"):
        write_calendar(archive, tmp_path / "taken")
