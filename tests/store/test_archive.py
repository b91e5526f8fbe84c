"""The archive: same input same rows, replaced as a whole, kept whole under faults."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from extract.errors import DatabaseFull
from extract.records import Outcome, Stage, Status
from extract.store import Archive, open_archive
from extract.store.keys import letter_key
from normalize import Cause, Edit, apply_edits

WITHOUT_TIMES = "runs"


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, sorted; the full-text index by what it holds."""
    connection = sqlite3.connect(path)
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'letters_fts_%' ORDER BY name"
        )
        if name != WITHOUT_TIMES
    ]
    rows = {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("INSERT INTO letters_fts (letters_fts) VALUES ('integrity-check')").rowcount >= -1
    connection.close()
    return rows


def store(path: Path, make: ModuleType, order: list[str], **bodies: str) -> None:
    with open_archive(path, create=True) as archive:
        for seed in order:
            archive.put_letter(*make.make_all(f"in/{seed}.pdf", seed), "fp", bodies)
        archive.link_citations()


def test_every_record_becomes_rows(tmp_path: Path, make: ModuleType) -> None:
    path = tmp_path / "a.db"
    store(path, make, ["12"], **{"Sở Nội vụ": "body.noi_vu"})
    with open_archive(path, create=False) as archive:
        archive.connection.row_factory = sqlite3.Row

        def one(table: str) -> dict[str, object]:
            return dict(archive.connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone())

        letter = one("letters")
        assert (letter["number"], letter["symbol"], letter["recipients"]) == ("12", "UBND-NC", '["Sở Nội vụ"]')
        key = letter["id"]
        assert one("pages") | {"letter": key, "other_text": "UBND TINH B1NH", "other_source": "text-layer"} == one(
            "pages"
        )
        assert one("pages")["reasons"] == '["few marks"]'
        line = one("lines")
        assert (line["raw"], line["text"], line["page"]) == ("UBND TINH BINH AN", "UBND TỈNH BÌNH AN", 1)
        edit = archive.connection.execute("SELECT * FROM edits WHERE line = 4").fetchone()
        assert (edit["start"], edit["end"], edit["before"], edit["after"]) == (0, 8, "tinh dat", "tỉnh đạt")
        doubt = one("doubts")
        assert (doubt["line"], doubt["start"], doubt["raw"]) == (2, 12, "NC")
        assert one("scores")["value"] == 67.9 and one("scores")["value_text"] == "67.9"
        assert one("ranks")["of"] == 63
        assert one("classifications")["class"] == "Khá"
        assert one("tables")["rows"] == 2
        cell = archive.connection.execute("SELECT * FROM table_cells WHERE text = '29'").fetchone()
        assert (cell["row"], cell["column"], cell["header"], cell["page"]) == (1, 3, "Số", 2)
        assignees = archive.connection.execute("SELECT org, role, body FROM task_assignees ORDER BY role").fetchall()
        assert [tuple(row) for row in assignees] == [
            ("Sở Nội vụ", "assignee", "body.noi_vu"),
            ("Sở Tài chính", "coordinator", None),
        ]
        assert [row["role"] for row in archive.connection.execute("SELECT role FROM dates")] == ["deadline"]
        evidence = archive.connection.execute("SELECT * FROM evidence WHERE kind = 'ranks'").fetchone()
        assert (evidence["raw"], evidence["line"], evidence["component"]) == ("22/63", 4, "test.rule")
        assert evidence["record"] == one("ranks")["id"]
        inputs = archive.connection.execute("SELECT name, value FROM finding_inputs ORDER BY ordinal").fetchall()
        assert [tuple(row) for row in inputs] == [("part", "7"), ("whole", "36")]
        links = archive.connection.execute("SELECT count(*) FROM links WHERE kind = 'body'").fetchone()
        assert tuple(links) == (2,)  # recipient and assignee


def test_same_letters_give_the_same_rows_in_any_order(tmp_path: Path, make: ModuleType) -> None:
    store(tmp_path / "a.db", make, ["1", "2", "3"])
    store(tmp_path / "b.db", make, ["3", "1", "2"])
    assert dump(tmp_path / "a.db") == dump(tmp_path / "b.db")


def test_a_second_time_replaces_all_rows_of_the_letter(tmp_path: Path, make: ModuleType) -> None:
    store(tmp_path / "once.db", make, ["1", "2"])
    path = tmp_path / "twice.db"
    with open_archive(path, create=True) as archive:
        letter, reading, records, findings, outcome = make.make_all("in/1.pdf", "1")
        archive.put_letter(letter, reading, replace(records, figures=records.figures * 3), findings * 2, outcome, "old")
    store(path, make, ["1", "2", "1"])
    assert dump(path) == dump(tmp_path / "once.db")


def test_a_record_keeps_its_key_when_words_before_it_are_repaired_otherwise(tmp_path: Path, make: ModuleType) -> None:
    def tasks(archive: Archive) -> list[tuple[str, str]]:
        return archive.connection.execute("SELECT id, action FROM tasks").fetchall()

    letter, reading, records, findings, outcome = make.make_all()
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(letter, reading, records, findings, outcome, "fp")
        before = tasks(archive)
        longer = (*reading.repaired.edits, Edit(0, 0, "", "Đây là ", Cause.CHANNEL, 0.9))
        longer = tuple(edit for edit in longer if edit.before != "UBND TINH")
        changed = make.Reading(letter, apply_edits(letter.raw, longer), reading.flow)
        flow = make.make_reading(letter).flow
        shifted = changed.repaired.text.index("Giao")
        proof = changed.proof_of_text(
            shifted, shifted + len("Giao Sở Nội vụ báo cáo trước ngày 01/11/2030"), "test.rule"
        )
        assert flow.text.index("Giao") != shifted
        moved = replace(records, tasks=(replace(records.tasks[0], evidence=proof),))
        archive.put_letter(letter, changed, moved, findings, outcome, "fp")
        assert tasks(archive) == before


def test_pages_come_back_from_the_cache_as_they_were(tmp_path: Path, make: ModuleType) -> None:
    letter = make.make_letter()
    odd = replace(letter.pages[1], lines=(make.Line("lone \ud835 half, NUL \x00, byte \udc80"),))
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_page(letter.sha256, letter.pages[0], "new")
        archive.put_page(letter.sha256, odd, "new")
    with open_archive(tmp_path / "a.db", create=False) as archive:
        assert archive.cached_page(letter.sha256, 1, "new") == letter.pages[0]
        assert archive.cached_page(letter.sha256, 2, "new") == odd
        assert archive.cached_page(letter.sha256, 1, "old") is None
        assert archive.cached_page("0" * 64, 1, "new") is None


def test_a_broken_cache_entry_is_read_again(tmp_path: Path, make: ModuleType) -> None:
    letter = make.make_letter()
    with open_archive(tmp_path / "a.db", create=True) as archive:
        for page, content in ((1, b"no zlib"), (2, b"x\x9c\xab\xae\x05\x00\x01u\x00\xf9")):
            archive.put_page(letter.sha256, letter.pages[page - 1], "fp")
            archive.connection.execute("UPDATE readings SET content = ? WHERE page = ?", (content, page))
        assert archive.cached_page(letter.sha256, 1, "fp") is None
        assert archive.cached_page(letter.sha256, 2, "fp") is None


def test_outcomes_of_odd_names_are_found_again(tmp_path: Path, make: ModuleType) -> None:
    names = [
        "a.pdf",
        "b\udcff.pdf",
        "b\\udcff.pdf",
        "'; DROP TABLE letters;--",
        "<script>x</script>",
        "line\nbreak",
        "-rf",
    ]
    with open_archive(tmp_path / "a.db", create=True) as archive:
        for name in names:
            archive.put_outcome(Outcome(name, None, Status.FAILED, Stage.READ, 3, f"why {name}"), "fp")
    with open_archive(tmp_path / "a.db", create=False) as archive:
        assert len(archive.outcomes()) == len(names)
        for name in names:
            stored = archive.outcome_of(name)
            assert stored is not None and stored.fingerprint == "fp"
            assert (stored.outcome.path, stored.outcome.page, stored.outcome.status) == (name, 3, Status.FAILED)
        assert archive.outcome_of("never seen") is None


def test_an_outcome_is_replaced_by_the_next_one(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_outcome(Outcome("a", None, Status.FAILED, Stage.READ, None, "broken"), "1")
        archive.put_outcome(Outcome("a", "ab" * 32, Status.DONE), "2")
        assert archive.outcomes() == (Outcome("a", "ab" * 32, Status.DONE),)


def test_runs_are_noted(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        assert archive.last_run() is None
        archive.end_run(archive.begin_run("1.0", "fp", '{"jobs": 1}'))
        second = archive.begin_run("1.1", "fp", "{}")
        last = archive.last_run()
        assert last is not None and (last.version, last.finished) == ("1.1", None)
        archive.end_run(second)
        last = archive.last_run()
        assert last is not None and last.finished is not None and last.finished >= last.started


def test_findings_between_letters_are_replaced_and_due_after_every_letter(tmp_path: Path, make: ModuleType) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        assert not archive.between_due
        for seed in ("1", "2"):
            archive.put_letter(*make.make_all(seed, seed), "fp")
        assert archive.between_due
        stored = archive.records_for_between()
        letter, _, records, findings, _ = make.make_all("1", "1")
        by_key = {entry.id: entry.records for entry in stored}
        compared = by_key[letter_key(letter.sha256)]
        assert compared == replace(records, citations=(), dates=(), classifications=(), figures=(), tables=())
        own = archive.counts().findings["differs"]
        for _ in range(2):
            archive.put_between_findings([(entry.id, findings[0]) for entry in stored for _ in range(2)])
            assert not archive.between_due
            assert archive.counts().findings["differs"] == own + 4
        archive.put_between_findings([])
        assert archive.counts().findings["differs"] == own
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_citations_of_letters_in_the_archive_are_compared(tmp_path: Path, make: ModuleType) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(*make.make_all("1", "1"), "fp")
        archive.put_letter(*make.make_all("2", "2", number="766", symbol="QĐ-TTg"), "fp")
        assert all(len(entry.records.citations) == 1 for entry in archive.records_for_between())


def test_records_with_lone_surrogates_are_compared(tmp_path: Path, make: ModuleType) -> None:
    letter, reading, records, findings, outcome = make.make_all()
    odd = replace(records, header=replace(records.header, subject="lone \ud835"))
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(letter, reading, odd, findings, outcome, "fp")
        (stored,) = archive.records_for_between()
        assert stored.records.header == odd.header
        assert stored.records.scores == records.scores


def test_findings_come_with_the_weightiest_first(tmp_path: Path, make: ModuleType) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
        (worst,) = archive.findings()
        assert (worst.verdict, worst.page, worst.line) == ("differs", 2, 6)
        assert worst.letter_title == "12/UBND-NC (letters/12.pdf)"
        assert [finding.verdict for finding in archive.findings(everything=True)] == ["differs", "agrees"]
        assert archive.counts().records["figures"] == 2


def test_a_full_disk_keeps_the_letters_before_and_none_by_half(tmp_path: Path, make: ModuleType) -> None:
    path, stored = tmp_path / "a.db", []
    with open_archive(path, create=True) as archive:
        archive.connection.execute("PRAGMA max_page_count = 150")
        with pytest.raises(DatabaseFull):
            for number in range(1000):
                archive.put_letter(*make.make_all(f"{number:04d}", str(number)), "fp")
                stored.append(f"{number:04d}")
    assert 3 < len(stored) < 1000
    rows = dump(path)
    assert sorted(str(row[2]) for row in rows["letters"]) == stored
    assert len(rows["outcomes"]) == len(rows["tasks"]) == len(rows["letters_fts"]) == len(stored)
    with open_archive(path, create=True) as archive:  # there is room again
        archive.put_letter(*make.make_all(f"{len(stored):04d}", str(len(stored))), "fp")
        assert archive.counts().records["letters"] == len(stored) + 1


def test_a_file_that_was_replaced_supersedes_its_letter(tmp_path: Path, make: ModuleType) -> None:
    def put(archive: Archive, path: str, seed: str) -> str:
        parts = make.make_all(path, seed)
        archive.put_letter(*parts, "fp")
        return letter_key(parts[0].sha256)

    def state(archive: Archive) -> dict[str, tuple[str, str | None]]:
        rows = archive.connection.execute("SELECT id, path, superseded_by FROM letters").fetchall()
        return {key: (path, by) for key, path, by in rows}

    with open_archive(tmp_path / "a.db", create=True) as archive:
        old, new = put(archive, "a.pdf", "old"), put(archive, "a.pdf", "new")
        assert state(archive) == {old: ("a.pdf", new), new: ("a.pdf", None)}
        assert archive.counts().records["letters"] == archive.counts().records["tasks"] == 1
        assert archive.counts().findings["differs"] == len(archive.findings()) == 1
        assert [entry.id for entry in archive.records_for_between()] == [new]
        assert [hit.letter for hit in archive.search("noi vu")] == [new]
        for view in ("tasks_due", "discrepancies", "scores_over_time", "citation_graph"):
            letters = archive.connection.execute(f"SELECT DISTINCT letter FROM {view}").fetchall()
            assert letters == [(new,)], view
        assert put(archive, "a.pdf", "old") == old  # the old file is back
        assert state(archive) == {old: ("a.pdf", None), new: ("a.pdf", old)}


def test_a_letter_with_a_copy_elsewhere_moves_there(tmp_path: Path, make: ModuleType) -> None:
    letter, *rest = make.make_all("a.pdf", "1")
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(letter, *rest, "fp")
        archive.put_outcome(Outcome("copy.pdf", letter.sha256, Status.DONE), "fp")
        archive.put_letter(*make.make_all("a.pdf", "2"), "fp")
        rows = archive.connection.execute("SELECT path, superseded_by FROM letters ORDER BY path").fetchall()
        assert rows == [("a.pdf", None), ("copy.pdf", None)]


def test_an_error_inside_a_transaction_leaves_nothing(tmp_path: Path, make: ModuleType) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        with pytest.raises(ZeroDivisionError), archive.transaction():
            archive.put_letter(*make.make_all(), "fp")
            raise ZeroDivisionError
        assert archive.counts().records["letters"] == 0
        assert archive.outcomes() == ()


def test_decisions_are_only_added(tmp_path: Path, make: ModuleType) -> None:
    letter = make.make_all()[0]
    row = ("d1", "2026-01-01", "An", letter_key(letter.sha256), "r", "figures", "accept")
    insert = 'INTO decisions (id, at, "by", letter, record, kind, action) VALUES (?, ?, ?, ?, ?, ?, ?)'
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
        archive.connection.execute(f"INSERT {insert}", row)
        for change in ("UPDATE decisions SET note = 'x'", "DELETE FROM decisions", "DELETE FROM letters"):
            with pytest.raises(sqlite3.IntegrityError):
                archive.connection.execute(change)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            archive.connection.execute(f"INSERT OR REPLACE {insert}", (*row[:2], "Bình", *row[3:]))
        archive.put_letter(*make.make_all(), "other")
        assert archive.connection.execute('SELECT "by" FROM decisions').fetchall() == [("An",)]


def test_a_letter_without_pages_lines_or_evidence_is_stored(tmp_path: Path, make: ModuleType) -> None:
    letter = replace(make.make_letter(), pages=())
    reading = make.Reading(letter, apply_edits("", ()), make.Flow("", ()))
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_letter(letter, reading, make.Records(), (), make.outcome_of(letter, Status.PARTIAL), "fp")
        assert archive.counts().records["letters"] == 1
    assert dump(tmp_path / "a.db")["lines"] == []
