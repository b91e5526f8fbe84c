"""The run: every file accounted for, the same rows whatever the order of the work, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import jobs, run
from extract.errors import CongvanError, NoTesseract, PageTooSlow
from extract.records import Outcome, Page, Status
from extract.run import RunSettings, Summary
from extract.settings import ReadSettings

VARYING = {"runs"}
SHADOW = "letters_fts_"  # how FTS5 lays its index out depends on the order of insertion; what it finds does not
LETTERS = ("412", "413", "414")


@pytest.fixture
def folder(letter_file: Path) -> Path:
    """Three letters, one of them citing another, and files that are none."""
    text = letter_file.read_text(encoding="utf-8")
    for number in LETTERS[1:]:
        content = text.replace("412/SNV", f"{number}/SNV").replace(
            "Kế hoạch số 35/KH-UBND ngày 02/02/2024", "Công văn số 412/SNV-CCHC ngày 14/3/2024"
        )
        letter_file.with_name(f"{number}.txt").write_text(content, encoding="utf-8")
    (letter_file.parent / "empty.txt").touch()
    (letter_file.parent / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return letter_file.parent


def go(folder: Path, database: Path, *, jobs: int = 1, cluster: str | None = None) -> Summary:
    return run.run([folder], database, RunSettings(jobs=jobs, cluster=cluster))


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but those that hold times."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {
            name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            for name in names
            if name not in VARYING and not name.startswith(("sqlite_", SHADOW))
        }


def test_every_file_found_has_one_outcome(folder: Path, tmp_path: Path) -> None:
    summary = go(folder, tmp_path / "a.db")
    assert {Path(outcome.path).name: outcome.status for outcome in summary.outcomes} == {
        "412.txt": Status.DONE,
        "413.txt": Status.DONE,
        "414.txt": Status.DONE,
        "empty.txt": Status.FAILED,
        "logo.svg": Status.SKIPPED,
    }
    assert len(rows(tmp_path / "a.db")["outcomes"]) == 5


def test_the_number_of_jobs_makes_no_difference(folder: Path, tmp_path: Path) -> None:
    go(folder, tmp_path / "one.db", jobs=1)
    go(folder, tmp_path / "many.db", jobs=8)
    assert rows(tmp_path / "one.db") == rows(tmp_path / "many.db")


def test_growing_gives_what_one_run_gives(folder: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    shutil.move(folder / "412.txt", later)
    go(folder, tmp_path / "grown.db")
    shutil.move(later / "412.txt", folder)
    go(folder, tmp_path / "grown.db")
    go(folder, tmp_path / "once.db")
    assert rows(tmp_path / "grown.db") == rows(tmp_path / "once.db")


def test_only_what_changed_is_done_again(folder: Path, tmp_path: Path) -> None:
    go(folder, tmp_path / "a.db")
    assert go(folder, tmp_path / "a.db").new == 0
    (folder / "empty.txt").write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    summary = go(folder, tmp_path / "a.db")
    assert summary.new == 1
    assert summary.count(Status.FAILED) == 0


def test_a_citation_finds_the_letter_in_the_archive(folder: Path, tmp_path: Path) -> None:
    go(folder, tmp_path / "a.db")
    with sqlite3.connect(tmp_path / "a.db") as connection:
        cited = connection.execute(
            "SELECT l.number, c.number FROM citations c JOIN letters l ON l.id = c.cited_letter ORDER BY 1, 2"
        ).fetchall()
    assert cited == [("412", "412"), ("412", "412")]


def test_the_same_bytes_twice_are_one_letter(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "412.txt", folder / "copy.txt")
    summary = go(folder, tmp_path / "a.db")
    copy = next(outcome for outcome in summary.outcomes if outcome.path.endswith("copy.txt"))
    assert copy.status is Status.DONE and "412.txt" in (copy.message or "")
    assert len(rows(tmp_path / "a.db")["letters"]) == len(LETTERS)


def test_after_new_rules_pages_are_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(folder, tmp_path / "a.db")
    before = rows(tmp_path / "a.db")
    monkeypatch.setattr(run, "understanding_fingerprint", lambda: "new rules")
    summary = go(folder, tmp_path / "a.db")
    assert (summary.new, summary.pages) == (5, 0)
    after = rows(tmp_path / "a.db")
    assert {name: after[name] for name in after if name != "outcomes"} | {"outcomes": 0, "letters": 0} == {
        name: before[name] for name in before if name != "outcomes"
    } | {"outcomes": 0, "letters": 0}


class Failing:
    """Stands in for the page job: some pages fail, the rest is read."""

    def __init__(self, failures: dict[str, CongvanError]) -> None:
        self.failures, self.read = failures, jobs.read_page

    def __call__(self, path: str, number: int, settings: ReadSettings) -> Page | CongvanError:
        return self.failures.get(f"{Path(path).name}:{number}") or self.read(path, number, settings)


def test_a_page_that_fails_costs_that_page(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = (folder / "412.txt").read_text(encoding="utf-8") + "\fTrang hai của văn bản này có nội dung khác.\n"
    (folder / "412.txt").write_text(two, encoding="utf-8")
    monkeypatch.setattr(jobs, "read_page", Failing({"412.txt:2": PageTooSlow("412.txt")}))
    summary = go(folder, tmp_path / "a.db")
    partial = next(outcome for outcome in summary.outcomes if outcome.status is Status.PARTIAL)
    assert (partial.page, Path(partial.path).name) == (2, "412.txt")
    assert len(rows(tmp_path / "a.db")["letters"]) == len(LETTERS)


def test_a_machine_without_ocr_stops_the_run_and_keeps_what_is_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "read_page", Failing({"414.txt:1": NoTesseract("414.txt")}))
    with pytest.raises(NoTesseract):
        go(folder, tmp_path / "a.db", jobs=1)
    assert len(rows(tmp_path / "a.db")["letters"]) == 2
    monkeypatch.undo()
    go(folder, tmp_path / "a.db")
    go(folder, tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


def test_a_fault_of_ours_in_extraction_keeps_the_pages(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("extract.understand.find_records", fault)
    summary = go(folder, tmp_path / "a.db")
    assert summary.count(Status.PARTIAL) == len(LETTERS)
    assert "planted" in (summary.outcomes[0].message or "")
    stored = rows(tmp_path / "a.db")
    assert len(stored["letters"]) == len(LETTERS)
    assert any("412/SNV-CCHC" in line for line in stored["lines"])


class Interrupt:
    """Progress that presses Ctrl-C after the first file."""

    def begin(self, files: int, unchanged: int) -> None: ...

    def page_done(self) -> None: ...

    def file_done(self, outcome: Outcome) -> None:
        raise KeyboardInterrupt


def test_an_interrupted_run_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    summary = run.run([folder], tmp_path / "a.db", RunSettings(), Interrupt())
    assert summary.interrupted
    assert 1 <= len(rows(tmp_path / "a.db")["outcomes"]) < 5
    go(folder, tmp_path / "a.db")
    go(folder, tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A real Dask scheduler with two workers in processes of their own."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_cluster_gives_the_same_rows(folder: Path, tmp_path: Path, scheduler: str) -> None:
    go(folder, tmp_path / "local.db")
    go(folder, tmp_path / "cluster.db", cluster=scheduler)
    assert rows(tmp_path / "local.db") == rows(tmp_path / "cluster.db")


def test_names_that_are_no_text_are_stored(folder: Path, tmp_path: Path) -> None:
    odd = os.fsencode(folder) + b"/b\xe1o c\xe1o.txt"
    Path(os.fsdecode(odd)).write_bytes((folder / "412.txt").read_bytes() + b"\n")
    summary = go(folder, tmp_path / "a.db")
    assert any("\\xe1" in outcome.path and outcome.status is Status.DONE for outcome in summary.outcomes)
