"""The builder of the models says in a line what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.train import __main__ as train
from normalize.train.corpus import SETS


def test_missing_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "find_spec", lambda name: None if name == "torch" else object())
    with pytest.raises(SystemExit) as left:
        train.main(["--text", str(tmp_path)])
    assert left.value.code == 2
    assert capsys.readouterr().err == "python -m normalize.train: torch not installed; pip install -e '.[train]'\n"


def test_missing_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "find_spec", lambda name: object())
    for name in SETS:
        if name != "tvpl_qa":
            (tmp_path / f"{name}.txt.xz").touch()
    with pytest.raises(SystemExit) as left:
        train.main(["--text", str(tmp_path)])
    assert left.value.code == 2
    assert capsys.readouterr().err == f"python -m normalize.train: no tvpl_qa.txt.xz in {tmp_path}\n"


def test_help_needs_none_of_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        train.main(["--help"])
    assert left.value.code == 0
    assert "--steps" in capsys.readouterr().out
