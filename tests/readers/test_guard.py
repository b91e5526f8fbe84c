from __future__ import annotations

import ast
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.errors import BrokenFile, CongvanError, EmptyFile, PageTooSlow, PathMissing, TooLarge, WorkerDied
from extract.readers import page, probe, watched, wire
from extract.readers.guard import Guard
from extract.settings import ReadSettings

FAULTY = (sys.executable, "-P", str(Path(__file__).with_name("faulty_worker.py")))
QUICK = ReadSettings(page_seconds=1.0)


@pytest.fixture(scope="module")
def faulty() -> Iterator[Guard]:
    with Guard(ReadSettings(page_seconds=20.0), worker=FAULTY) as guard:
        yield guard


def named(folder: Path, name: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text("Sở Nội vụ\nđề nghị")
    return path


def test_same_answers_as_without_a_guard(tmp_path: Path, faulty: Guard) -> None:
    path = named(tmp_path, "plain")
    assert faulty.probe(path) == probe.probe(path, ReadSettings())
    assert faulty.read_page(path, 1) == page.read_page(path, 1, ReadSettings())


@pytest.mark.parametrize("name", ["hang", "hang-with-child"])
def test_a_page_that_hangs_costs_its_time_only(tmp_path: Path, name: str) -> None:
    with Guard(QUICK, worker=FAULTY) as guard:
        plain = named(tmp_path, "plain")
        guard.read_page(plain, 1)
        start = time.monotonic()
        with pytest.raises(PageTooSlow, match="page 1"):
            guard.read_page(named(tmp_path, name), 1)
        assert time.monotonic() - start < 3
        if name == "hang-with-child":
            child = int((tmp_path / "child.pid").read_text())
            assert not is_running(child)
        assert guard.read_page(plain, 1).lines[0].text == "Sở Nội vụ"


def is_running(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


FAULTS: list[tuple[str, type[CongvanError], str]] = [
    ("crash", WorkerDied, "SIGSEGV"),
    ("leave", WorkerDied, "status 7"),
    ("memory", BrokenFile, "MemoryError"),
    ("bug", BrokenFile, "TypeError: 'NoneType' object is not iterable"),
    ("wordless", BrokenFile, "AssertionError"),
    ("disk", BrokenFile, "File too large"),
]


@pytest.mark.parametrize(("name", "error", "says"), FAULTS)
def test_a_fault_is_that_pages_failure(
    tmp_path: Path, faulty: Guard, name: str, error: type[CongvanError], says: str
) -> None:
    with pytest.raises(error) as caught:
        faulty.read_page(named(tmp_path, name), 1)
    assert type(caught.value) is error and says in str(caught.value)
    assert str(tmp_path / f"{name}.txt, page 1") in str(caught.value)
    assert faulty.read_page(named(tmp_path, "plain"), 1).number == 1


def test_printing_libraries_do_not_reach_the_pipe(tmp_path: Path, faulty: Guard) -> None:
    assert faulty.read_page(named(tmp_path, "chatter"), 1).lines[1].text == "đề nghị"


def test_limits_are_set_in_the_worker(tmp_path: Path, faulty: Guard) -> None:
    faulty.read_page(named(tmp_path, "limits"), 1)
    seen = ast.literal_eval((tmp_path / "limits.txt").read_text())
    assert seen == (ReadSettings().memory_mb * 1024 * 1024, 0, 128, True, True, False)


def test_errors_keep_their_class_and_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()
    with Guard(ReadSettings()) as guard:
        with pytest.raises(EmptyFile) as caught:
            guard.probe(Path("empty.txt"))
        assert caught.value.where == "empty.txt"
        with pytest.raises(PathMissing):
            guard.probe(Path("none.txt"))


def test_names_of_any_bytes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"latin\xe9\n'.txt")
    path.write_text("một")
    with Guard(ReadSettings()) as guard:
        assert guard.probe(path).pages == 1
        assert guard.read_page(path, 1).lines[0].text == "một"


def test_a_worker_is_replaced_in_time_and_after_a_kill(tmp_path: Path) -> None:
    path = named(tmp_path, "plain")
    with Guard(ReadSettings(), pages_a_worker=2) as guard:
        workers = []
        for _ in range(4):
            guard.read_page(path, 1)
            assert guard._process is not None
            workers.append(guard._process.pid)
        assert workers[0] == workers[1] != workers[2] == workers[3]
        os.kill(workers[3], signal.SIGKILL)
        with_next = [type(attempt(guard, path)) for _ in range(2)]
        assert with_next[-1] is not WorkerDied
        folder = guard._folder
    assert folder is not None and not Path(folder).exists()
    assert not is_running(workers[3])


def attempt(guard: Guard, path: Path) -> object:
    try:
        return guard.read_page(path, 1)
    except WorkerDied as died:
        return died


def test_an_answer_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "REPLY_BYTES", 1000)
    path = tmp_path / "long.txt"
    path.write_text("a" * 200_000)
    with Guard(ReadSettings()) as guard, pytest.raises(TooLarge):
        guard.read_page(path, 1)


def test_unknown_errors_become_broken_files() -> None:
    assert wire.failed(KeyError("x"), "a.pdf").error == "BrokenFile"
    assert type(wire.raised(wire.Failed("os.system", "a", None))) is BrokenFile
