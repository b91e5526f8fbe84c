"""The broken copies of the slow set: the same every time, none of them whole, and every kind of damage among them."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    spec = spec_from_file_location("mutate", Path(__file__).with_name("mutate.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_broken_copies_are_the_same_every_time(mutate: ModuleType, tmp_path: Path, corpus: Path) -> None:
    places = [corpus / "letters" / "ocr-text"]
    for name in ("one", "two"):
        mutate.write_mutations(tmp_path / name, 200, places)
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert len(made) == 200
    whole = {path.read_bytes() for path in places[0].iterdir()} | set(mutate.whole_markup().values())
    assert len(whole.intersection(made.values())) < 10
    assert {name.split("-")[1] for name in made} == {change.__name__ for change in mutate.CHANGES}
    assert any(name.endswith(".docx") for name in made) and any(name.endswith(".hocr") for name in made)
