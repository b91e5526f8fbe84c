"""Opening: only our own files, one run at a time, readers always."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from extract.errors import (
    DatabaseInUse,
    DatabaseIsFolder,
    DatabaseMissing,
    DatabaseNotOurs,
    DatabaseNotWritable,
    PathMissing,
)
from extract.store import archive as opening
from extract.store import open_archive
from extract.store.filesystem import file_system_of, is_network, network_file_system
from extract.store.migrations import APPLICATION_ID, VERSION, migrate

STORE_TESTS = Path(__file__).parent
WRITER = f"""
import sys
sys.path.insert(0, {str(STORE_TESTS)!r})
from pathlib import Path
from make_letters import make_all
from extract.store import open_archive
with open_archive(Path(sys.argv[1]), create=True) as archive:
    print("open", flush=True)
    for number in range(int(sys.argv[2])):
        archive.put_letter(*make_all(f"{{number:05d}}", str(number)), "fp")
    print("stored", flush=True)
    if sys.argv[3] == "wait":
        sys.stdin.read()
"""


def start_writer(path: Path, letters: int, then: str = "wait") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(letters), then],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "open\n"
    return process


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (id)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "content", [b"no database at all", b"SQLite format 3\x00 cut", None], ids=["text", "cut", "sqlite"]
)
def test_files_of_others_are_refused_and_left_alone(tmp_path: Path, content: bytes | None, create: bool) -> None:
    path = tmp_path / "other.db"
    if content is None:
        foreign_database(path)
    else:
        path.write_bytes(content)
    before = files_of(tmp_path)
    with pytest.raises(DatabaseNotOurs, match="nothing was changed"), open_archive(path, create=create):
        pass
    assert files_of(tmp_path) == before


def test_a_newer_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        archive.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(DatabaseNotOurs, match="newer version"), open_archive(path, create=create):
            pass
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_archive_is_brought_up_to_date_by_a_run_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.store import migrations

    path = tmp_path / "a.db"
    with monkeypatch.context() as older:
        older.setattr(migrations, "_SCRIPTS", migrations._SCRIPTS[:1])
        older.setattr(opening, "VERSION", 1)
        with open_archive(path, create=True):
            pass
    with pytest.raises(DatabaseNotOurs, match="older version"), open_archive(path, create=False):
        pass
    with open_archive(path, create=True) as archive:
        assert archive.connection.execute("SELECT * FROM discrepancies").fetchall() == []


def test_paths_that_cannot_be_an_archive(tmp_path: Path) -> None:
    cases = [
        (tmp_path, DatabaseIsFolder, True),
        (tmp_path / "none.db", DatabaseMissing, False),
        (tmp_path / "no" / "folder.db", PathMissing, True),
    ]
    os.mkfifo(tmp_path / "fifo")
    cases.append((tmp_path / "fifo", DatabaseNotOurs, True))
    (tmp_path / "empty.db").touch()
    cases.append((tmp_path / "empty.db", DatabaseNotOurs, False))
    for path, error, create in cases:
        with pytest.raises(error), open_archive(path, create=create):
            pass
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    with open_archive(tmp_path / "a.db", create=True) as archive:
        assert archive.counts().records["letters"] == 0


@pytest.mark.parametrize("name", ["a b#c?d%20.db", "tệp.db", "quote'.db"])
def test_odd_names_of_archives(tmp_path: Path, name: str) -> None:
    with open_archive(tmp_path / name, create=True):
        pass
    with open_archive(tmp_path / name, create=False):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_damaged_archive_says_so(tmp_path: Path, make: ModuleType) -> None:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        archive.put_letter(*make.make_all(), "fp")
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000)
    for create in (True, False):
        with pytest.raises(DatabaseNotOurs, match="damaged"), open_archive(path, create=create):
            pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DatabaseNotWritable), open_archive(tmp_path / "a.db", create=True):
        pass


def test_a_lock_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("keep")
    (tmp_path / "a.db.lock").symlink_to(target)
    with pytest.raises(DatabaseNotWritable), open_archive(tmp_path / "a.db", create=True):
        pass
    assert target.read_text() == "keep"


def test_migrations_are_applied_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        schema = archive.connection.execute("SELECT * FROM sqlite_master").fetchall()
        migrate(archive.connection)
        assert archive.connection.execute("SELECT * FROM sqlite_master").fetchall() == schema
        assert archive.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert archive.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        strict = archive.connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'letters_fts%'"
        )
        assert strict.fetchall() == []


def test_a_failing_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.store import migrations

    broken = tmp_path / "archive_9999_broken.sql"
    broken.write_text("CREATE TABLE half (id TEXT) STRICT;\nCREATE TABLE half (id TEXT) STRICT;\n")
    monkeypatch.setattr(migrations, "_SCRIPTS", (broken,))
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_second_run_learns_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = start_writer(path, 1)
    try:
        holder = f"process {writer.pid} on .* since 20"
        with pytest.raises(DatabaseInUse, match=holder) as refusal, open_archive(path, create=True):
            pass
        assert refusal.value.exit_status == 5
        with open_archive(path, create=False) as reader:  # readers are not kept waiting
            assert reader.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        writer.communicate("")
    assert writer.returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_the_lock_of_a_killed_run_is_stale(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = start_writer(path, 1)
    assert writer.stdout is not None and writer.stdout.readline() == "stored\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert json.loads((tmp_path / "a.db.lock").read_text())["pid"] == writer.pid
    with open_archive(path, create=True) as archive:
        assert archive.counts().records["letters"] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_kill_at_any_moment_leaves_whole_letters(tmp_path: Path) -> None:
    path, before = tmp_path / "a.db", 0
    for attempt in range(6):
        writer = start_writer(path, 3000, "end")
        time.sleep(0.02 + 0.03 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        with open_archive(path, create=True) as archive:
            ask = archive.connection.execute
            letters = ask("SELECT count(*) FROM letters").fetchone()[0]
            assert letters >= before
            before = letters
            for table, each in (
                ("tasks", 1),
                ("figures", 2),
                ("pages", 2),
                ("lines", 7),
                ("letters_fts", 1),
                ("outcomes", 1),
            ):
                assert ask(f"SELECT count(*) FROM {table}").fetchone()[0] == each * letters, table
            assert ask("PRAGMA foreign_key_check").fetchall() == []
            assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert 0 < before < 3000


def test_a_file_that_cannot_grow_fails_without_a_traceback_and_goes_on_later(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1500000, 1500000))\n{WRITER}"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(path), "1000", "end"], capture_output=True, text=True, check=False
    )
    assert "extract.errors.DatabaseNotWritable" in done.stderr.splitlines()[-1]
    with open_archive(path, create=True) as archive:
        ask = archive.connection.execute
        (letters,) = ask("SELECT count(*) FROM letters").fetchone()
        assert 0 < letters < 1000
        assert ask("SELECT count(*) FROM tasks").fetchone() == (letters,)
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_second_writer_is_waited_for(tmp_path: Path, make: ModuleType) -> None:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as archive:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        archive.connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(DatabaseNotWritable, match="locked"):
            archive.put_letter(*make.make_all(), "fp")
        other.execute("ROLLBACK")
        archive.put_letter(*make.make_all(), "fp")
        other.close()
        assert archive.counts().records["letters"] == 1


def test_a_reader_sees_one_state_while_a_run_writes(tmp_path: Path, make: ModuleType) -> None:
    path = tmp_path / "a.db"
    with open_archive(path, create=True) as writer:
        writer.put_letter(*make.make_all("1", "1"), "fp")
        with open_archive(path, create=False) as reader, reader.snapshot():
            assert reader.counts().records["letters"] == 1
            writer.put_letter(*make.make_all("2", "2"), "fp")
            assert reader.counts().records["letters"] == 1
        with open_archive(path, create=False) as reader:
            assert reader.counts().records["letters"] == 2
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.connection.execute("DELETE FROM outcomes")


MOUNTS = """/dev/vda / ext4 rw 0 0
server:/x /mnt/nas nfs4 rw 0 0
/dev/vdb /mnt/nas/local xfs rw 0 0
host /mnt/with\\040blank virtiofs rw 0 0
sshfs#a /home/a/far fuse.sshfs rw 0 0
short
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/srv/a.db", "ext4", False),
        ("/mnt/nas/a.db", "nfs4", True),
        ("/mnt/nas/local/a.db", "xfs", False),
        ("/mnt/nasty/a.db", "ext4", False),
        ("/mnt/with blank/a.db", "virtiofs", True),
        ("/home/a/far/x/a.db", "fuse.sshfs", True),
    ],
)
def test_network_file_systems_are_known(path: str, kind: str, network: bool) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind
    assert is_network(kind) is network


def test_no_wal_on_a_network_file_system(
    tmp_path: Path, make: ModuleType, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert network_file_system(tmp_path) is None
    monkeypatch.setattr(opening, "network_file_system", lambda path: "nfs4")
    with open_archive(tmp_path / "a.db", create=True) as archive:
        assert archive.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        archive.put_letter(*make.make_all(), "fp")
        assert archive.counts().records["letters"] == 1
    assert "network file system (nfs4)" in caplog.text
