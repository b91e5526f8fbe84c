"""Checks of other packages in the process that runs them: what they may give, and that none costs a letter more."""

from types import SimpleNamespace

import pytest

import extract.checks.of_users as of_users_module
from extract.checks import check, check_all
from extract.records import CheckKind, CheckVerdict, Evidence, Finding, Records


def of_users(monkeypatch, **functions):
    entries = [SimpleNamespace(name=name, value=f"mine:{name}", load=lambda one=one: one)
               for name, one in functions.items()]  # fmt: skip
    monkeypatch.setattr(of_users_module, "entry_points", lambda group: entries if group == "congvan.checks" else [])
    monkeypatch.setattr(of_users_module, "user_checks", of_users_module.user_checks.__wrapped__)


def one_more(records, reading):
    yield Finding(CheckKind.CONSISTENCY, "one more", (), None, None, CheckVerdict.AGREES)


def broken(records, reading):
    yield from one_more(records, reading)
    raise KeyError("deadline")


def numbers(records, reading):
    return [7]


def test_a_check_of_ones_own(monkeypatch, read):
    of_users(monkeypatch, one_more=one_more)
    assert [one.statement for one in check(Records(), read("x"))] == ["one more"]


def leaving(records, reading):
    raise SystemExit(3)


def of_a_new_kind(records, reading):
    return [Finding("sunday", "one more", (), None, None, CheckVerdict.AGREES)]


def of_one_figure(records, reading):
    evidence = (
        Evidence(1, 1, None, "47", "47", 0, 2, "mine", None),
        Evidence(1, 1, None, "5", "5", 3, 4, "mine", None),
    )
    yield Finding(CheckKind.RATIO, "one more", (("a", "5"),), "47", "48", CheckVerdict.DIFFERS, None, evidence)


def test_a_finding_of_ones_own_need_not_have_the_figures_of_its_kind(monkeypatch, read):
    of_users(monkeypatch, one=of_one_figure)
    assert [one.computed for one in check(Records(), read("47 5"))] == ["48"]


def of_numbers(records, reading):
    return [Finding(CheckKind.SUM, "one more", (("a", 1),), None, None, CheckVerdict.AGREES)]


def endless(records, reading):
    while True:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_kinds_and_verdicts_may_be_told_by_their_values(monkeypatch, read):
    of_users(monkeypatch, told=lambda records, reading: [Finding("sum", "one more", (), "1", "2", "differs")])
    (one,) = check(Records(), read("x"))
    assert (one.kind, one.verdict) == (CheckKind.SUM, CheckVerdict.DIFFERS) and isinstance(one.verdict, CheckVerdict)


def test_a_check_of_ones_own_that_does_not_end_is_named(monkeypatch, read):
    of_users(monkeypatch, endless=endless, one_more=one_more)
    found, failures = of_users_module.findings_of_users(Records(), read("x"), seconds=0.2)
    assert [one.statement for one in found] == ["one more"]
    assert failures == ("check endless (mine:endless) failed: it took more than 0.2 s of processor time",)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (broken, "KeyError: 'deadline'"),
        (numbers, "TypeError: it gave int, not Finding"),
        (leaving, "SystemExit: 3"),
        (of_a_new_kind, "a finding it gave is not valid: Invalid enum value 'sunday' - at `$.kind`"),
        (of_numbers, "a finding it gave is not valid: Expected `str`, got `int` - at `$.inputs[0][1]`"),
    ],
)
def test_a_check_of_ones_own_that_fails_is_named_and_costs_nothing_else(function, reason, monkeypatch, read):
    of_users(monkeypatch, one_more=one_more, other=function)
    checked = check_all(Records(), read("x"))
    assert [one.statement for one in checked.findings] == ["one more"]
    assert checked.failures == (f"check other (mine:other) failed: {reason}",)
