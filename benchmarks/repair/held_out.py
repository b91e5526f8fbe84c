"""Held-out text, stripped, garbled and clean; stripped also beside other restorers, on the same words."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.repair.measured import HEADER, Measured, measure, total
from benchmarks.repair.rivals import measure_rival, rivals
from benchmarks.repair.samples import SOURCES, held_out_pages, misread, strip
from normalize.repairer import Damage, Repairer
from normalize.train.channel import misreader


def print_held_out(repairer: Repairer) -> dict[str, Measured]:
    """Print the tables; gives the rows by name."""
    pages = {kind: held_out_pages(kind) for kind in SOURCES}
    rows: dict[str, Measured] = {}
    print(f"### Held-out text\n\n{HEADER}")
    for kind, texts in pages.items():
        for damage, label, spoil in _damages():
            name = f"{kind}, {label}"
            rows[name] = total(measure(repairer, spoil(page), page, damage) for page in texts)
            print(f"| {name} | {rows[name].cells()}", flush=True)
    print("\n### Marks restored, beside others\n")
    print("| stripped text | restored by | words | right | words/s |\n|---|---|---|---|---|")
    for kind in pages:
        _print_row(kind, "congvan", rows[f"{kind}, stripped"])
    for rival, restore in rivals():
        for kind, texts in pages.items():
            rows[f"{kind}, {rival}"] = total(measure_rival(restore, strip(page), page) for page in texts)
            _print_row(kind, rival, rows[f"{kind}, {rival}"])
    return rows


def _damages() -> tuple[tuple[Damage, str, Callable[[str], str]], ...]:
    draw = misreader("eng", 7)
    return (
        (Damage.STRIPPED, "stripped", strip),
        (Damage.GARBLED, "garbled by the channel", lambda page: misread(page, draw)),
        (Damage.CLEAN, "clean, taken as clean", str),
        (Damage.OCR, "clean, taken as OCR", str),
    )


def _print_row(kind: str, by: str, counted: Measured) -> None:
    print(
        f"| {kind} | {by} | {counted.words} | {counted.right:.4f} | {counted.words / counted.seconds:,.0f} |",
        flush=True,
    )
