"""What users read is true: every command has help and a line in the README, every error says what to do."""

import json
import re
from pathlib import Path

import click
import pytest

from extract import errors
from extract.cli import main
from extract.evaluation.fields import FIELDS
from extract.records import HeaderRule
from extract.store import open_archive

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
NAMES = main.list_commands(click.Context(main))


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", NAMES)
def test_command_has_help_and_stands_in_readme_and_contract(name: str) -> None:
    found = command(name)
    assert found.help and len(found.help) > 20
    assert found.short_help
    assert found.name == name
    assert f"extract {name}" in README
    assert f"extract {name}" in CONTRACT


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_help(name: str) -> None:
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_readme_names_no_command_or_option_that_is_not_there() -> None:
    for name in re.findall(
        r"\bextract ([a-z]+)\b", "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", README, re.S))
    ):
        assert name in NAMES
    options = {opt for name in NAMES for parameter in command(name).params for opt in parameter.opts}
    for line in re.findall(r"^(?:\$ )?extract [a-z]+ .*$", README, re.M):
        for option in re.findall(r"(?<=\s)(--?[a-z][a-z-]*)", line.split("#")[0]):
            assert option in options, line


def contract_row(name: str) -> str:
    (row,) = re.findall(rf"^\| `extract {name}\b.*", CONTRACT, re.M)
    return str(row).replace("\\|", "|")


@pytest.mark.parametrize("name", NAMES)
def test_the_contract_tells_every_option_and_its_choices(name: str) -> None:
    row = contract_row(name)
    options = [one for one in command(name).params if isinstance(one, click.Option) and one.name != "debug"]
    for option in options:
        assert any(re.search(rf"(?<![\w-]){opt}\b", row) for opt in option.opts), f"{name} {option.opts}"
        if isinstance(option.type, click.Choice):
            assert "|".join(option.type.choices) in row, f"{name} {option.opts}"
    there = {opt for option in options for opt in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", row)) <= there


def test_the_contract_tells_every_rule_of_a_header() -> None:
    for rule in HeaderRule:
        assert f"`{rule}`" in CONTRACT, rule


def test_the_contract_tells_every_field_that_is_compared() -> None:
    table = CONTRACT.partition("## What `extract evaluate` counts")[2].partition("\n## ")[0]
    told = {
        kind: tuple(fields.split(", "))
        for kinds, fields in re.findall(r"^\| (`.*`) \| `(.*)` \|$", table, re.M)
        for kind in re.findall(r"`(\w+)`", kinds)
    }
    assert told == {kind: tuple(fields) for kind, fields in FIELDS.items()}


def test_the_contract_tells_what_evidence_holds() -> None:
    (told,) = re.findall(r"^`\{(\"page\".*)\}`", CONTRACT, re.M)
    letter = json.loads((ROOT / "tests" / "export" / "letter.json").read_text(encoding="utf-8"))
    assert re.findall(r'"(\w+)"', told) == list(letter["citations"][0]["evidence"][0])


def described_columns(table: str) -> set[str]:
    rows = re.findall(rf"^\| `[^|]*\b{table}`[^|]*\| (.*) \|$", CONTRACT.partition("## The database")[2], re.M)
    assert len(rows) == 1, table
    return {word for quoted in re.findall(r"`([^`]*)`", rows[0]) for word in re.findall(r"\w+", quoted)}


def test_the_contract_tells_every_table_and_column(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        kept = "name NOT LIKE 'letters_fts%' AND name NOT LIKE 'sqlite_%'"
        names = archive.connection.execute(f"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND {kept}")
        for (name,) in names.fetchall():
            assert f"`{name}`" in CONTRACT, name
            if name in {"readings", "letter_records", "state", "tasks_with_deadline"}:
                continue
            columns = {row[1] for row in archive.connection.execute(f'PRAGMA table_info("{name}")')}
            assert columns <= described_columns(name), name


def all_errors(base: type[errors.CongvanError]) -> list[type[errors.CongvanError]]:
    return [each for child in base.__subclasses__() for each in (child, *all_errors(child))]


@pytest.mark.parametrize("error", all_errors(errors.CongvanError))
def test_every_error_says_where_what_and_what_to_do(error: type[errors.CongvanError]) -> None:
    text = str(error("letters/12.pdf", "a detail"))
    assert text.startswith("letters/12.pdf: ")
    assert "a detail" in text
    assert "\n" not in text
    assert error.exit_status in (1, 2, 3, 4, 5, 6)
    leaf = not error.__subclasses__()
    assert not leaf or error.problem != errors.CongvanError.problem


def test_exit_statuses_are_documented() -> None:
    for status in range(7):
        assert re.search(rf"\|\s*{status}\s*\|", CONTRACT), status


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target
    for name in re.findall(r"`([a-z]+/[\w./-]+\.(?:md|py))`", path.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name
