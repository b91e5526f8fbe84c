"""The run: every file accounted for, the same rows whatever the order of the work, nothing done twice."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract import jobs, run
from extract.errors import CongvanError, NoTesseract, PageTooSlow
from extract.readers.probed import Probe
from extract.records import Letter, Outcome, Page, Status
from extract.run import Progress, RunSettings, Summary
from extract.settings import ReadSettings
from extract.sorting import Why
from extract.understood import Understood

LETTERS = ("412", "413", "414")

RowsOf = Callable[[Path], dict[str, list[str]]]
OutcomesOf = Callable[[Path], dict[str, tuple[str, str]]]


def go(folder: Path, database: Path, *, jobs: int = 1, cluster: str | None = None, retry: bool = False) -> Summary:
    return run.run([folder], database, RunSettings(jobs=jobs, cluster=cluster, retry_failed=retry))


def test_every_file_found_has_one_outcome(folder: Path, tmp_path: Path, outcomes: OutcomesOf) -> None:
    summary = go(folder, tmp_path / "a.db")
    assert {name: status for name, (status, _) in outcomes(tmp_path / "a.db").items()} == {
        "412.txt": "done",
        "413.txt": "done",
        "414.txt": "done",
        "empty.txt": "failed",
        "logo.svg": "skipped",
    }
    assert summary.counts == {Status.DONE: 3, Status.FAILED: 1, Status.SKIPPED: 1}
    assert [Path(outcome.path).name for outcome in summary.failures] == ["empty.txt"]
    assert [Path(outcome.path).name for outcome in summary.skips] == ["logo.svg"]


def test_a_file_is_worked_on_for_a_reason(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "a.db"
    assert go(folder, database).worked_on == {Why.NEW: 5}
    (folder / "413.txt").write_bytes((folder / "414.txt").read_bytes() + b"\n")
    shutil.copy(folder / "412.txt", folder / "a copy.txt")
    assert go(folder, database).worked_on == {Why.NEW: 1, Why.CHANGED: 1}
    assert go(folder, database, retry=True).worked_on == {Why.AGAIN: 1}
    monkeypatch.setattr(run, "understanding_fingerprint", lambda: "new rules")
    assert go(folder, database).worked_on == {Why.RULES: 6}


def test_neither_jobs_nor_order_make_a_difference(folder: Path, tmp_path: Path, rows: RowsOf) -> None:
    shutil.copy(folder / "413.txt", folder / "413 copy.txt")
    go(folder, tmp_path / "one.db", jobs=1)
    expected = rows(tmp_path / "one.db")
    files = sorted(folder.iterdir())
    for number in (2, 8):
        random.Random(number).shuffle(files)
        database = tmp_path / f"{number}.db"
        run.run(files, database, RunSettings(jobs=number))
        assert rows(database) == expected


def test_growing_gives_what_one_run_gives(folder: Path, tmp_path: Path, rows: RowsOf) -> None:
    shutil.copy(folder / "412.txt", folder / "z.txt")
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


def test_the_same_bytes_twice_are_one_letter(folder: Path, tmp_path: Path, rows: RowsOf, outcomes: OutcomesOf) -> None:
    shutil.copy(folder / "412.txt", folder / "copy.txt")
    go(folder, tmp_path / "a.db")
    status, message = outcomes(tmp_path / "a.db")["copy.txt"]
    assert status == "done" and "412.txt" in message
    assert len(rows(tmp_path / "a.db")["letters"]) == len(LETTERS)
    assert go(folder, tmp_path / "a.db").new == 0


def test_a_copy_under_a_better_name_is_read(folder: Path, tmp_path: Path, outcomes: OutcomesOf) -> None:
    shutil.copy(folder / "412.txt", folder / "a wrong name.pdf")
    shutil.move(folder / "412.txt", folder / "letter.txt")
    go(folder, tmp_path / "a.db")
    found = outcomes(tmp_path / "a.db")
    assert found["a wrong name.pdf"][0] == "failed"
    assert found["letter.txt"] == ("done", "")


class Looking:
    """Stands in for the probe job: notes what is looked into."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.probe = jobs.probe_file

    def __call__(self, path: str, settings: ReadSettings) -> Probe | CongvanError:
        self.names.append(Path(path).name)
        return self.probe(path, settings)


def test_copies_that_cannot_be_read_are_not_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    """A copy is read under its own name where that claims another kind, and only until that is known."""
    for name in ("a.pdf", "b.pdf", "c.txt", "d.txt", "e.txt.png"):
        (folder / name).write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    looking = Looking()
    monkeypatch.setattr(jobs, "probe_file", looking)
    go(folder, tmp_path / "a.db")
    ended = outcomes(tmp_path / "a.db")
    assert [name for name in looking.names if name[0] in "abcde" and name != "empty.txt"] == ["a.pdf", "c.txt"]
    assert ended["a.pdf"] == ended["b.pdf"] and ended["b.pdf"][0] == "failed"
    assert ended["c.txt"] == ("done", "")
    assert all(ended[name] == ("done", f"same content as {folder / 'c.txt'}") for name in ("d.txt", "e.txt.png"))
    looking.names.clear()
    assert go(folder, tmp_path / "a.db").new == 0 and looking.names == []
    go(folder, tmp_path / "a.db", retry=True)  # a.pdf might be read now, and then c.txt is its copy
    assert looking.names == ["a.pdf", "empty.txt", "c.txt"]
    (folder / "b2.pdf").write_bytes((folder / "a.pdf").read_bytes())
    (folder / "z.txt").write_bytes((folder / "a.pdf").read_bytes())
    assert go(folder, tmp_path / "a.db").new == 2
    go(folder, tmp_path / "once.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "once.db")


class Counting:
    """Stands in for the page job: counts how often it is called."""

    def __init__(self) -> None:
        self.calls, self.read = 0, jobs.read_page

    def __call__(self, path: str, number: int, settings: ReadSettings) -> Page | CongvanError:
        self.calls += 1
        return self.read(path, number, settings)


def test_after_new_rules_no_page_is_read_again(
    folder: Path, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, rows: RowsOf
) -> None:
    shutil.copy(corpus / "letters/png/07.png", folder / "scan.png")
    counting = Counting()
    monkeypatch.setattr(jobs, "read_page", counting)
    go(folder, tmp_path / "a.db")
    assert counting.calls == len(LETTERS) + 1
    before = rows(tmp_path / "a.db")
    monkeypatch.setattr(run, "understanding_fingerprint", lambda: "new rules")
    summary = go(folder, tmp_path / "a.db")
    assert counting.calls == len(LETTERS) + 1
    assert (summary.new, summary.pages) == (6, 0)
    after = rows(tmp_path / "a.db")
    of_rules = {"outcomes", "letters"}  # they hold the fingerprint
    assert {name: after[name] for name in after if name not in of_rules} == {
        name: before[name] for name in before if name not in of_rules
    }


def test_a_letter_is_understood_before_pages_of_later_ones_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a run that is killed has stored nearly all it has read."""
    text = (folder / "412.txt").read_text(encoding="utf-8")
    for number in range(500, 530):
        (folder / f"{number}.txt").write_text(f"{text.replace('412/SNV', f'{number}/SNV')}\f1\f2\n", encoding="utf-8")
    counting, ahead = Counting(), []
    understand_letter = jobs.understand_letter

    def understand(letter: Letter, settings: ReadSettings) -> Understood | CongvanError:
        earlier = sum(1 for name in sorted(path.name for path in folder.iterdir()) if name < Path(letter.path).name)
        ahead.append(counting.calls - 3 * earlier)
        return understand_letter(letter, settings)

    monkeypatch.setattr(jobs, "read_page", counting)
    monkeypatch.setattr(jobs, "understand_letter", understand)
    go(folder, tmp_path / "a.db")
    assert len(ahead) == 33 and max(ahead) <= 5


def test_what_understands_letters_starts_while_the_first_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its models take seconds to load, and nothing is stored before."""
    order: list[str] = []
    for name in ("start_understanding", "read_page", "understand_letter"):
        work = getattr(jobs, name)
        monkeypatch.setattr(jobs, name, lambda *given, name=name, work=work: (order.append(name), work(*given))[1])
    go(folder, tmp_path / "a.db")
    assert order[:2] == ["start_understanding", "read_page"] and order.count("start_understanding") == 1
    order.clear()
    run.run([folder / "empty.txt", folder / "logo.svg"], tmp_path / "none.db", RunSettings())
    assert order == []


class Impatient(Progress):
    """Progress that presses Ctrl-C after some pages."""

    def __init__(self, pages: int) -> None:
        self.left = pages

    def page_done(self) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def test_a_long_letter_is_not_begun_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: RowsOf
) -> None:
    text = (folder / "412.txt").read_text(encoding="utf-8")
    (folder / "001.txt").write_text("\f".join(f"{text}\nTrang {number}.\n" for number in range(9)), encoding="utf-8")
    counting = Counting()
    monkeypatch.setattr(jobs, "read_page", counting)
    assert run.run([folder], tmp_path / "a.db", RunSettings(), Impatient(6)).interrupted
    stored = rows(tmp_path / "a.db")
    assert len(stored["readings"]) == 6 and not stored["letters"] and not stored["pages"]
    counting.calls = 0
    go(folder, tmp_path / "a.db")
    assert counting.calls == 9 + len(LETTERS) - 6
    go(folder, tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


class Failing:
    """Stands in for the page job: some pages fail, the rest is read."""

    def __init__(self, failures: dict[str, CongvanError]) -> None:
        self.failures, self.read = failures, jobs.read_page

    def __call__(self, path: str, number: int, settings: ReadSettings) -> Page | CongvanError:
        return self.failures.get(f"{Path(path).name}:{number}") or self.read(path, number, settings)


def test_a_page_that_fails_costs_that_page_until_it_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: RowsOf, outcomes: OutcomesOf
) -> None:
    two = (folder / "412.txt").read_text(encoding="utf-8") + "\fTrang hai của văn bản này có nội dung khác.\n"
    (folder / "412.txt").write_text(two, encoding="utf-8")
    failing = Failing({"412.txt:2": PageTooSlow("412.txt"), "413.txt:1": PageTooSlow("413.txt")})
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "read_page", failing)
        go(folder, tmp_path / "a.db")
    found = outcomes(tmp_path / "a.db")
    assert found["412.txt"][0] == "partial" and "pages not read: 2" in found["412.txt"][1]
    assert found["413.txt"][0] == "failed"
    assert len(rows(tmp_path / "a.db")["letters"]) == 2
    assert go(folder, tmp_path / "a.db").new == 0
    again = go(folder, tmp_path / "a.db", retry=True)
    assert (again.new, again.count(Status.FAILED), again.count(Status.PARTIAL)) == (3, 1, 0)
    go(folder, tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


def test_a_machine_without_ocr_stops_the_run_and_keeps_what_is_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: RowsOf
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "read_page", Failing({"414.txt:1": NoTesseract("414.txt")}))
        with pytest.raises(NoTesseract):
            go(folder, tmp_path / "a.db", jobs=1)
    assert len(rows(tmp_path / "a.db")["letters"]) == 2
    go(folder, tmp_path / "a.db")
    go(folder, tmp_path / "whole.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "whole.db")


class Interrupt(Progress):
    """Progress that presses Ctrl-C after the first file."""

    def file_done(self, outcome: Outcome, pages: int) -> None:
        raise KeyboardInterrupt


def test_an_interrupted_run_goes_on_where_it_stopped(folder: Path, tmp_path: Path, rows: RowsOf) -> None:
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
def test_a_cluster_gives_the_same_rows(folder: Path, tmp_path: Path, scheduler: str, rows: RowsOf) -> None:
    go(folder, tmp_path / "local.db")
    go(folder, tmp_path / "cluster.db", cluster=scheduler)
    assert rows(tmp_path / "local.db") == rows(tmp_path / "cluster.db")


def test_names_that_are_no_text_are_stored(folder: Path, tmp_path: Path, outcomes: OutcomesOf) -> None:
    odd = os.fsencode(folder) + b"/b\xe1o c\xe1o.txt"
    Path(os.fsdecode(odd)).write_bytes((folder / "412.txt").read_bytes() + b"\n")
    go(folder, tmp_path / "a.db")
    assert any("\\xe1" in name and status == "done" for name, (status, _) in outcomes(tmp_path / "a.db").items())
