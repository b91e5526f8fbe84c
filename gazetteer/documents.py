"""Kinds of documents, titles of signers, signing authority and common abbreviations, from data files."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent


class DocKind(StrEnum):
    """The rule that knows a kind of document."""

    ADMINISTRATIVE = "administrative"  # Nghị định 30/2020/NĐ-CP
    COPY = "copy"
    LEGAL = "legal"  # Luật Ban hành văn bản quy phạm pháp luật
    PARTY = "party"  # Hướng dẫn 36-HD/VPTW


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of document, e.g. Quyết định, QĐ; `abbreviation` is None where symbols carry none (Công văn)."""

    name: str
    abbreviation: str | None
    kind: DocKind
    aliases: tuple[str, ...] = ()
    other_abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignAuthority:
    """In whose stead a signer signs: KT. is ký thay."""

    abbreviation: str
    name: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office: Phó Chánh Văn phòng, PCVP."""

    name: str
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form of running text: TTHC is thủ tục hành chính."""

    short: str
    full: str


@cache
def doc_types() -> tuple[DocType, ...]:
    """All kinds of documents; one name can stand under several rules (Nghị quyết: administrative and party)."""
    return tuple(
        DocType(
            name=item["name"],
            abbreviation=item.get("abbreviation"),
            kind=DocKind(item["kind"]),
            aliases=tuple(item.get("aliases", ())),
            other_abbreviations=tuple(item.get("other_abbreviations", ())),
        )
        for item in _toml("doc_types.toml")["type"]
    )


@cache
def sign_authorities() -> tuple[SignAuthority, ...]:
    """TM., Q., KT., TL., TUQ. and the party's T/M, T/L, K/T."""
    return tuple(SignAuthority(item["abbreviation"], item["name"]) for item in _toml("titles.toml")["authority"])


@cache
def titles() -> tuple[Title, ...]:
    """Titles that sign letters."""
    return tuple(Title(item["name"], tuple(item.get("abbreviations", ()))) for item in _toml("titles.toml")["title"])


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Short forms of the reform's letters with their words."""
    with (_HERE / "abbreviations.csv").open(encoding="utf8", newline="") as stream:
        return tuple(Abbreviation(row["short"], row["full"]) for row in csv.DictReader(stream))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf8"))
