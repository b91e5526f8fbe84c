"""`python -m benchmarks repair`: every table, then the figures beside what they are to reach."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.places import SHARED
from benchmarks.repair.cold import print_cold
from benchmarks.repair.held_out import print_held_out
from benchmarks.repair.measured import Measured, total
from benchmarks.repair.scans import print_scans
from benchmarks.repair.set_pages import print_set_pages
from benchmarks.repair.text_letters import print_text_letters
from normalize.repairer import load_repairer


def main() -> None:
    """Print all there is to say of repair; without the text and letters beside the checkout, what the corpus says."""
    repairer = load_repairer()
    held: dict[str, Measured] = {}
    pages: dict[str, Measured] = {}
    if (SHARED / "text").is_dir():
        held = print_held_out(repairer)
        pages = print_set_pages(repairer)
    else:
        print(f"(held-out text is left out: there is none in {SHARED.name}/ beside this checkout)\n")
    letters = print_text_letters(repairer)
    scans = print_scans(repairer)
    speed = print_cold()
    print("\n### What is to be reached\n\n| measure | floor | aim | measured |\n|---|---|---|---|")
    for row in (
        *_accuracy(held, pages, letters),
        *_scans(scans),
        ("words a second", "5,000", "50,000", f"{speed:,.0f}"),
    ):
        print(f"| {' | '.join(row)} |")
    samples = {f"set pages, `{engine}`": counted for engine, counted in pages.items()}
    samples |= letters | {f"{group}, bare `vie`": plain for group, (plain, _) in scans.items()}
    samples |= {name: counted for name, counted in held.items() if counted.edits or "clean, " in name}
    for row in _rules(samples):
        print(f"| {' | '.join(row)} |")


Row = tuple[str, str, str, str]


def _accuracy(held: dict[str, Measured], pages: dict[str, Measured], letters: dict[str, Measured]) -> Iterator[Row]:
    for name, counted in letters.items():
        if counted.words:
            yield f"words right, {name}, garbled", "0.985", "0.995", f"{counted.right:.4f}"
    for kind, floor, aim in (("administrative", "0.985", "0.995"), ("general", "0.95", "0.975")):
        for by in ("stripped", "pyvi", "most frequent syllable"):
            if row := held.get(f"{kind}, {by}"):
                bounds = (floor, aim) if by == "stripped" else ("", "")
                yield f"words right, {kind} text stripped", *bounds, f"{row.right:.4f}{_who(by)}"
    for name, counted in held.items():
        if "clean, " in name:
            yield f"words changed by mistake, {name}", "1 in 2,000", "0", f"{counted.wrong} of {counted.words}"
    for engine, counted in pages.items():
        yield f"words right, set pages, `{engine}`", "", "", f"{counted.right_before:.4f} → {counted.right:.4f}"


def _who(by: str) -> str:
    return "" if by == "stripped" else f" ({by})"


def _scans(scans: dict[str, tuple[Measured, Measured]]) -> Iterator[Row]:
    """Repair on the bare engine's text, repair on the readers' text, and both together against the bare engine."""
    for group, (plain, full) in scans.items():
        both = full.wrong / max(plain.before, 1)
        measured = f"{plain.ratio:.2f} bare, {full.ratio:.2f} by the readers, {both:.2f} readers and repair for bare"
        yield f"wrong words after / before, `vie`, {group}", "0.75", "0.5", measured


def _rules(samples: dict[str, Measured]) -> Iterator[Row]:
    damaged = {name: counted for name, counted in samples.items() if "clean, " not in name}
    for name, counted in (*damaged.items(), ("all", total(damaged.values()))):
        if counted.honest is not None:
            measured = f"{counted.honest:.4f} of {counted.sure}"
            yield f"edits claimed ≥ 0.95 that are right, {name}", "0.97", "0.99", measured
    everything = total(samples.values())
    yield "digits changed without a rule, all samples", "0", "0", f"{everything.digits}"
    yield "words with digits mended and harmed, all samples", "", "", f"{everything.mended}, {everything.harmed}"
    yield "words a second repair changes, all samples", "", "0", f"{everything.again} of {everything.words}"
