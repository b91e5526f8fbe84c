"""Checks that other packages add by an entry point, and what they fail on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from extract.records import Finding, Reading, Records

GROUP: Final = "congvan.checks"

Check = Callable[[Records, Reading], Iterable[Finding]]


@cache
def user_checks() -> tuple[EntryPoint, ...]:
    """The entry points of checks of other packages, in the order of their names."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda entry: entry.name))


def findings_of_users(records: Records, reading: Reading) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the checks of other packages find, and which of them failed and on what.

    A check that fails says nothing: what it found before it failed is left out too.
    """
    found: list[Finding] = []
    failures: list[str] = []
    for entry in user_checks():
        try:
            check: Check = entry.load()
            own = tuple(check(records, reading))
        # Code of others may fail in any way; it must cost the letter neither its records nor our findings.
        except Exception as error:
            failures.append(f"check {entry.name} ({entry.value}) failed: {type(error).__name__}: {error}")
            continue
        strange = next((one for one in own if not isinstance(one, Finding)), None)
        if strange is not None:
            failures.append(f"check {entry.name} ({entry.value}) failed: it gave {type(strange).__name__}, not Finding")
            continue
        found += own
    return tuple(found), tuple(failures)
