"""`extract merge` as a user calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.records import Outcome, Stage, Status
from extract.store import open_archive

PROGRAM = Path(sys.executable).with_name("extract")


def merge(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, "merge", *paths], capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.put_outcome(Outcome("broken.pdf", "ab" * 32, Status.FAILED, Stage.READ, None, "damaged"), "fp")
    return tmp_path / "a.db"


def test_it_says_what_each_shard_brought_and_what_is_there(shard: Path, tmp_path: Path) -> None:
    done = merge(tmp_path / "out.db", shard, shard)
    assert done.returncode == 0, done.stderr
    first, second = done.stderr.splitlines()
    assert first == f"{shard}: 0 letters new, 0 replaced, 1 outcomes, 0 decisions"
    assert second == f"{shard}: 0 letters new, 0 replaced, 0 outcomes, 0 decisions"
    assert done.stdout.startswith(f"in {tmp_path / 'out.db'}: ")
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert [outcome.path for outcome in archive.outcomes()] == ["broken.pdf"]


def test_wrong_usage_and_strange_files_are_one_line(shard: Path, tmp_path: Path) -> None:
    (tmp_path / "note.db").write_text("no database")
    for paths, status, says in (
        ((tmp_path / "out.db", tmp_path / "none.db"), 2, "no such database"),
        ((shard, shard), 2, "both what is merged and what it is merged into"),
        ((tmp_path / "out.db", tmp_path / "note.db"), 5, "is not an archive made by extract"),
        ((tmp_path / "note.db", shard), 5, "is not an archive made by extract"),
        ((tmp_path / "out.db",), 2, "Missing argument"),
    ):
        done = merge(*paths)
        assert done.returncode == status, done.stderr
        assert says in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "note.db").read_text() == "no database" and not (tmp_path / "out.db").exists()


def test_letters_are_compared_in_a_process_apart(letter_file: Path, tmp_path: Path) -> None:
    """Where that process dies the merge says so, and the same merge finishes it."""
    ran = subprocess.run([PROGRAM, "run", letter_file, "-o", tmp_path / "a.db"], capture_output=True, check=False)
    assert ran.returncode == 0
    program = (
        "import sys\n"
        "from extract import cli, jobs\n"
        "from extract.apart.guard import Understander\n"
        "jobs.understanders = jobs.Pool(lambda s: Understander(s, worker=(sys.executable, '-c', 'exit(3)')))\n"
        "cli.main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "merge", tmp_path / "out.db", tmp_path / "a.db"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 6 and "ended with status 3" in done.stderr and "Traceback" not in done.stderr
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert archive.between_due and archive.counts().records["letters"] == 1
    assert merge(tmp_path / "out.db", tmp_path / "a.db").returncode == 0
    with open_archive(tmp_path / "out.db", create=False) as archive:
        assert not archive.between_due
