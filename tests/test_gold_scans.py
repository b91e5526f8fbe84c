"""The answers for real scans are in the form of the contract, and belong to scans where those are at hand."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from extract.evaluation import compare_letter
from extract.records import (
    CheckKind,
    CheckVerdict,
    Citation,
    DateMention,
    DateRole,
    DeadlineRelation,
    Figure,
    Finding,
    Header,
    Precision,
    Task,
)
from gazetteer import doc_types
from normalize.syllables import fold

GOLD = Path(__file__).parent / "gold_scans"
ANSWERS = sorted(GOLD.glob("*.gold.json"))
SECTIONS = {"citations": Citation, "dates": DateMention, "figures": Figure, "tasks": Task, "checks": Finding}
MORE = {  # what the contract leaves open
    "header": {"handwritten", "signed_for", "signer_office", "sign_authorities", "urgency", "enclosed"},
    "citations": {"pinpoint"},
    "dates": set[str](),
    "figures": {"kind", "approximate", "as_of"},
    "tasks": {"assignees_source"},
    "checks": set[str](),
}
ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-Q[1-4])?")


def records(answer: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "header", answer["header"]
    for section in SECTIONS:
        for record in answer[section]:
            yield section, record


def load(path: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return answer


def test_there_are_enough_answers_of_several_kinds() -> None:
    headers = [load(path)["header"] for path in ANSWERS]
    assert len(headers) >= 10
    assert {"Quyết định", "Công văn", "Báo cáo", "Thông báo"} <= {header["doc_type"] for header in headers}
    assert len({header["issuer"] for header in headers}) >= 5


def test_every_answer_stands_in_one_set() -> None:
    sets: dict[str, list[str]] = tomllib.loads((GOLD / "sets.toml").read_text(encoding="utf-8"))
    numbers = [number for letters in sets.values() for number in letters]
    assert sorted(numbers) == [path.name.split(".")[0] for path in ANSWERS]


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_records_have_the_fields_of_the_contract(path: Path) -> None:
    types = {"header": Header, **SECTIONS}
    for section, record in records(load(path)):
        known = {field.name for field in fields(types[section])} - {"evidence"}
        extra = set(record) - known - {"page", "optional"} - MORE[section]
        assert not extra, f"{section}: {extra}"
        assert known <= set(record) | {"note", "precision"}, f"{section}: {known - set(record)}"


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_values_are_written_as_the_contract_says(path: Path) -> None:
    answer = load(path)
    names = {fold(kind.name) for kind in doc_types()}
    assert fold(answer["header"]["doc_type"]) in names
    for stated in (answer["header"]["date"], *(record["date"] for record in answer["citations"])):
        assert stated is None or ISO.fullmatch(stated)
    for date in answer["dates"]:
        assert ISO.fullmatch(date["iso"])
        assert DateRole(date["role"]) and Precision(date["precision"])
    for figure in answer["figures"]:
        assert isinstance(figure["value"], int | float)
    for task in answer["tasks"]:
        assert task["action"] and task["assignees"]
        assert task["deadline"] is None or ISO.fullmatch(task["deadline"])
        assert (task["deadline_relation"] is None) == (task["deadline_text"] is None)
        assert task["deadline_relation"] is None or DeadlineRelation(task["deadline_relation"])
    for check in answer["checks"]:
        assert CheckKind(check["kind"]) and CheckVerdict(check["verdict"])
        assert check["verdict"] != "agrees" or check["reported"] == check["computed"]


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_answers_agree_with_themselves(path: Path) -> None:
    answer = load(path)
    for kind, tally in compare_letter(answer, answer).items():
        assert (tally.right, tally.claimed) == (tally.wanted, tally.wanted), f"{kind}: {tally.missed} {tally.invented}"


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_the_scan_is_there(path: Path, shared: Path) -> None:
    scan = shared / "scans" / f"{path.name.split('.')[0]}.pdf"
    assert scan.read_bytes().startswith(b"%PDF-")
