"""The log of a run, a JSON object a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract import run
from extract.cli.log import RunLog
from extract.cli.progress import Both
from extract.errors import InputGone, OutputFailed
from extract.run import Progress, RunSettings


def test_every_file_worked_on_has_a_line(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    for _ in range(2):
        with RunLog(path) as log:
            log.end(run.run([folder], tmp_path / "a.db", RunSettings(), Both(Progress(), log)))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begin", *["file"] * 5, "end", "begin", "end"]
    files = {Path(line["path"]).name: line for line in lines if line["event"] == "file"}
    assert files["412.txt"]["status"] == "done" and files["412.txt"]["pages_read"] == 1
    assert "empty" in files["empty.txt"]["message"]
    assert sorted(line["files_left"] for line in files.values()) == [0, 1, 2, 3, 4]
    assert lines[0]["files"] == 5
    first, second = (line for line in lines if line["event"] == "end")
    assert (first["new"], first["pages_read"], first["done"], first["failed"], first["skipped"]) == (5, 3, 3, 1, 1)
    assert (second["new"], second["files"], second["interrupted"]) == (0, 5, False)


def test_what_stops_a_run_is_in_the_log(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with pytest.raises(InputGone), RunLog(path) as log:
        log.begin(3)
        raise InputGone("letters")
    stopped = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    assert (stopped["event"], stopped["error"], stopped["status"]) == ("stopped", "InputGone", 6)


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed), RunLog(tmp_path / "no" / "run.jsonl"):
        pass


def test_no_log_is_asked_for(tmp_path: Path) -> None:
    with RunLog(None) as log:
        log.begin(1)
    assert list(tmp_path.iterdir()) == []
