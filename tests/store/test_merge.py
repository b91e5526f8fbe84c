"""Shards into one archive: the rows of one run, whatever the order, however often, whatever ends it."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from extract import run
from extract.errors import (
    ArchivesDisagree,
    CongvanError,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseNotOurs,
    MergedIntoItself,
)
from extract.records import Outcome, Stage, Status
from extract.run import RunSettings
from extract.store import moving, open_archive
from extract.store.keys import letter_key
from extract.store.merge import Merged, merge


def rows(path: Path, *, runs: bool = False) -> dict[str, list[str]]:
    """All rows of a sound archive; those of its runs, which hold times, where asked for."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))
            for table in moving.TABLES
            if runs or table != "runs"
        }


def read(database: Path, *folders: Path) -> Path:
    run.run(list(folders), database, RunSettings())
    return database


@pytest.fixture
def folders(letter_file: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two folders whose letters cite each other and contradict each other, one letter in both, files that are none."""
    text = letter_file.read_text(encoding="utf-8")
    one, two = tmp_path / "letters-a", tmp_path / "letters-b"
    two.mkdir()
    letter_file.parent.rename(one)
    plan = "Kế hoạch số 35/KH-UBND ngày 02/02/2024"
    for number, day in (("413", 15), ("414", 14)):
        citing = text.replace(plan, f"Công văn số 412/SNV-CCHC ngày {day}/3/2024")
        (two / f"{number}.txt").write_text(citing.replace("Số: 412", f"Số: {number}"), encoding="utf-8")
    for copy in (one / "copy of 413.txt", two / "same.txt"):
        shutil.copy(two / "413.txt", copy)
    (one / "empty.txt").touch()
    (two / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return one, two


@pytest.fixture
def shards(folders: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    return read(tmp_path / "a.db", folders[0]), read(tmp_path / "b.db", folders[1])


def test_shards_make_the_archive_of_one_run(
    folders: tuple[Path, Path], shards: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = rows(read(tmp_path / "whole.db", *folders))
    assert [cited for cited in whole["links"] if "'cites'" in cited], "no citation leads from shard to shard"
    assert [finding for finding in whole["findings"] if "'between'" in finding]
    assert len([outcome for outcome in whole["outcomes"] if "same content as" in outcome]) == 2
    for name, order in (("ab", shards), ("ba", shards[::-1])):
        merge(tmp_path / f"{name}.db", order)
        assert rows(tmp_path / f"{name}.db") == whole


def test_merging_again_or_piece_by_piece_changes_nothing(shards: tuple[Path, Path], tmp_path: Path) -> None:
    told: list[Merged] = []
    merge(tmp_path / "out.db", shards, told.append)
    once = rows(tmp_path / "out.db", runs=True)
    assert [(part.new, part.replaced) for part in told] == [(2, 0), (1, 0)] and len(once["runs"]) == 2
    merge(tmp_path / "out.db", shards[::-1], told.append)
    assert [(part.new, part.replaced, part.outcomes, part.decisions) for part in told[2:]] == [(0, 0, 0, 0)] * 2
    assert rows(tmp_path / "out.db", runs=True) == once
    merge(tmp_path / "next.db", [shards[1]])
    merge(tmp_path / "next.db", [tmp_path / "out.db"])
    assert rows(tmp_path / "next.db", runs=True) == once


def test_a_run_goes_on_with_a_merged_archive(
    folders: tuple[Path, Path], shards: tuple[Path, Path], tmp_path: Path
) -> None:
    merge(tmp_path / "out.db", shards)
    assert run.run(list(folders), tmp_path / "out.db", RunSettings()).new == 0
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert {hit.number for hit in archive.search("ke hoach")} == {"412"}
        assert {hit.number for hit in archive.search("rà soát")} == {"412", "413", "414"}


def test_a_file_that_changed_supersedes_and_a_stale_shard_does_not_bring_it_back(
    folders: tuple[Path, Path], shards: tuple[Path, Path], tmp_path: Path
) -> None:
    merge(tmp_path / "out.db", shards)
    stale = tmp_path / "stale.db"
    shutil.copy(shards[1], stale)
    letter = folders[1] / "414.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("1.250", "1.350"), encoding="utf-8")
    (folders[0] / "empty.txt").write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    for shard, folder in zip(shards, folders, strict=True):
        read(shard, folder)
    merge(tmp_path / "out.db", shards)
    renewed = rows(tmp_path / "out.db")
    with sqlite3.connect(tmp_path / "out.db") as connection:
        ((old, new),) = connection.execute(
            "SELECT old.path, new.path FROM letters AS old JOIN letters AS new ON new.id = old.superseded_by"
        ).fetchall()
        assert old == new == str(letter)
        assert connection.execute("SELECT status FROM outcomes WHERE path LIKE '%empty.txt'").fetchall() == [("done",)]
    merge(tmp_path / "out.db", [stale])
    assert rows(tmp_path / "out.db") == renewed
    merge(tmp_path / "other.db", [stale, *shards])
    assert rows(tmp_path / "other.db") == renewed


@pytest.mark.parametrize("first", [0, 1])
def test_the_complete_reading_of_a_letter_stays(tmp_path: Path, make: ModuleType, first: int) -> None:
    letter, reading, records, findings, outcome = make.make_all("a.pdf", "1")
    half = replace(letter, pages=letter.pages[:1])
    cut = replace(outcome, status=Status.PARTIAL, stage=Stage.READ, page=2, message="pages not read: 2")
    with open_archive(tmp_path / "whole.db", create=True) as archive:
        archive.put_letter(letter, reading, records, findings, outcome, "fp")
        archive.put_page(letter.sha256, letter.pages[1], "reading")
    with open_archive(tmp_path / "half.db", create=True) as archive:
        archive.put_letter(half, make.Reading(half, reading.repaired, reading.flow), records, (), cut, "fp")
        archive.put_page(letter.sha256, letter.pages[0], "reading")
        archive.put_outcome(Outcome("z.pdf", letter.sha256, Status.FAILED, Stage.READ, None, "died"), "fp")
    order = [tmp_path / "whole.db", tmp_path / "half.db"]
    merge(tmp_path / "out.db", order[:: 1 - 2 * first])
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert archive.outcomes() == (
            outcome,
            Outcome("z.pdf", letter.sha256, Status.DONE, Stage.STORE, None, "same content as a.pdf"),
        )
        assert archive.counts().records["pages"] == 2 and len(archive.findings()) == 1
        assert all(archive.cached_page(letter.sha256, number, "reading") for number in (1, 2))


def test_one_path_with_two_unrelated_letters_is_refused(tmp_path: Path, make: ModuleType) -> None:
    for seed in ("1", "2"):
        with open_archive(tmp_path / f"{seed}.db", create=True) as archive:
            archive.put_letter(*make.make_all("letters/a.pdf", seed), "fp")
            archive.put_letter(*make.make_all(f"letters/only {seed}.pdf", f"only {seed}"), "fp")
    with pytest.raises(ArchivesDisagree, match=r"letters/a\.pdf") as refused:
        merge(tmp_path / "out.db", [tmp_path / "1.db", tmp_path / "2.db"])
    assert "2.db" in str(refused.value) and refused.value.exit_status == 5
    merge(tmp_path / "first.db", [tmp_path / "1.db"])
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert archive.counts().records["letters"] == 2
    merge(tmp_path / "out.db", [tmp_path / "1.db"])
    assert rows(tmp_path / "out.db") == rows(tmp_path / "first.db")


def decide(path: Path, key: str, letter: str, note: str = "", undoes: str | None = None) -> None:
    with open_archive(path, create=True) as archive, archive.transaction():
        archive.connection.execute(
            'INSERT INTO decisions (id, at, "by", letter, record, kind, action, undoes, note) '
            "VALUES (?, ?, 'An', ?, 'r', 'figures', 'accept', ?, ?)",
            (key, f"2026-01-0{key[-1]}", letter, undoes, note),
        )


def test_decisions_of_all_archives_are_kept(tmp_path: Path, make: ModuleType) -> None:
    letter = letter_key(make.make_letter().sha256)
    for name in ("a", "b", "newer"):
        with open_archive(tmp_path / f"{name}.db", create=True) as archive:
            archive.end_run(archive.begin_run("1", name, "{}"))
            archive.put_letter(*make.make_all(), name)
    decide(tmp_path / "a.db", "d1", letter)
    decide(tmp_path / "b.db", "d2", letter)
    decide(tmp_path / "b.db", "d3", letter, undoes="d2")
    merge(tmp_path / "out.db", [tmp_path / "a.db"])
    decide(tmp_path / "out.db", "d4", letter)
    told: list[Merged] = []
    merge(tmp_path / "out.db", [tmp_path / "b.db", tmp_path / "newer.db", tmp_path / "b.db"], told.append)
    assert [(part.replaced, part.decisions) for part in told] == [(1, 2), (1, 0), (0, 0)]
    with sqlite3.connect(tmp_path / "out.db") as connection:
        assert connection.execute("SELECT id, undoes FROM decisions ORDER BY rowid").fetchall() == [
            ("d1", None),
            ("d4", None),
            ("d2", None),
            ("d3", "d2"),
        ]
        assert connection.execute("SELECT fingerprint FROM letters").fetchall() == [("newer",)]
    decide(tmp_path / "newer.db", "d1", letter, note="another hand")
    before = rows(tmp_path / "out.db")
    with pytest.raises(ArchivesDisagree, match="decision d1"):
        merge(tmp_path / "out.db", [tmp_path / "newer.db"])
    assert rows(tmp_path / "out.db") == before


def test_what_is_no_archive_of_this_version_is_refused_before_anything_is_written(
    tmp_path: Path, make: ModuleType
) -> None:
    good, strange = tmp_path / "good.db", tmp_path / "strange.db"
    with open_archive(good, create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")

    def refused(error: type[CongvanError], says: str) -> None:
        with pytest.raises(error, match=says):
            merge(tmp_path / "out.db", [good, strange])
        assert not (tmp_path / "out.db").exists()

    refused(DatabaseMissing, "no such database")
    strange.write_text("Kính gửi")
    refused(DatabaseNotOurs, "no SQLite database")
    for change, says in (
        ("PRAGMA user_version = 1", "older version"),
        ("PRAGMA user_version = 99", "newer version"),
        ("PRAGMA application_id = 1", "another program"),
        ("ALTER TABLE scores ADD COLUMN colour TEXT", "its table scores"),
        ("DROP TABLE letters_fts", "its table letters_fts"),
    ):
        shutil.copy(good, strange)
        with sqlite3.connect(strange) as connection:
            connection.execute(change)
        connection.close()
        refused(DatabaseNotOurs, says)
    before = good.read_bytes()
    with pytest.raises(MergedIntoItself):
        merge(good, [good])
    assert good.read_bytes() == before


@pytest.mark.parametrize("whole_bytes", [8192, 200_000])
def test_a_damaged_shard_is_named_and_leaves_nothing(tmp_path: Path, make: ModuleType, whole_bytes: int) -> None:
    for name, letters in (("out", 1), ("damaged", 20)):
        with open_archive(tmp_path / f"{name}.db", create=True) as archive:
            for number in range(letters):
                archive.put_letter(*make.make_all(f"{number}.pdf", str(number)), "fp")
    before = rows(tmp_path / "out.db")
    content = (tmp_path / "damaged.db").read_bytes()
    (tmp_path / "damaged.db").write_bytes(content[:whole_bytes] + b"\xa5" * (len(content) - whole_bytes))
    with pytest.raises(DatabaseNotOurs, match=r"damaged\.db"):
        merge(tmp_path / "out.db", [tmp_path / "damaged.db"])
    assert rows(tmp_path / "out.db") == before


def test_nobody_merges_into_an_archive_that_a_run_writes(tmp_path: Path, make: ModuleType) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
    with open_archive(tmp_path / "out.db", create=True), pytest.raises(DatabaseInUse):
        merge(tmp_path / "out.db", [tmp_path / "a.db"])


def test_killed_at_any_moment_the_archive_is_whole_and_the_same_merge_finishes_it(
    tmp_path: Path, make: ModuleType
) -> None:
    shards = [tmp_path / f"{shard}.db" for shard in range(3)]
    for shard, path in enumerate(shards):
        with open_archive(path, create=True) as archive:
            for number in range(40):
                archive.put_letter(*make.make_all(f"{shard}/{number}.pdf", f"{shard} {number}"), "fp")
    merge(tmp_path / "whole.db", shards)
    whole, out, states = rows(tmp_path / "whole.db"), tmp_path / "out.db", set()
    fork = multiprocessing.get_context("fork")
    for milliseconds in range(0, 200, 10):
        process = fork.Process(target=merge, args=(out, shards))
        process.start()
        time.sleep(milliseconds / 1000)
        process.kill()
        process.join()
        if out.exists() and out.stat().st_size:
            with open_archive(out, create=True) as archive:
                states.add(archive.counts().records["letters"])
        if states and max(states) == 120:
            break
    assert states <= {0, 40, 80, 120}
    merge(out, shards)
    assert rows(out) == whole


def test_every_table_is_moved() -> None:
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        from extract.store.migrations import migrate

        migrate(connection)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in names if not name.startswith("letters_fts_")} == set(moving.TABLES)
