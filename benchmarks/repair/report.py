"""`python -m benchmarks repair`: every table, then the figures beside what they are to reach."""

from __future__ import annotations

from benchmarks.places import SHARED
from benchmarks.repair.cold import print_cold
from benchmarks.repair.held_out import print_held_out
from benchmarks.repair.measured import Measured, total
from benchmarks.repair.scans import print_scans
from benchmarks.repair.set_pages import print_set_pages
from benchmarks.repair.text_letters import print_text_letters
from normalize.repairer import load_repairer


def main() -> None:
    """Print all there is to say of repair."""
    if not (SHARED / "text").is_dir():
        print(f"(left out: no text in {SHARED.name}/ beside this checkout)")
        return
    repairer = load_repairer()
    held = print_held_out(repairer)
    pages = print_set_pages(repairer)
    letters = print_text_letters(repairer)
    scans = print_scans(repairer)
    speed = print_cold()
    print_summary(held, pages, letters, scans, speed)


def print_summary(
    held: dict[str, Measured],
    pages: dict[str, Measured],
    letters: dict[str, Measured],
    scans: dict[str, tuple[Measured, Measured]],
    speed: float,
) -> None:
    """Print the table of what is to be reached."""
    print("### What is to be reached\n\n| measure | floor | aim | measured |\n|---|---|---|---|")
    rows = [("words right, garbled real letters", "0.985", "0.995", f"{letters['real letters'].right:.4f}")]
    for kind, floor, aim in (("administrative", "0.985", "0.995"), ("general", "0.95", "0.975")):
        measured = f"{held[f'{kind}, stripped'].right:.4f}"
        for rival in ("pyvi", "most frequent syllable"):
            if f"{kind}, {rival}" in held:
                measured += f"; {rival} {held[f'{kind}, {rival}'].right:.4f}"
        rows.append((f"words right, {kind} text stripped", floor, aim, measured))
    clean = {name: counted for name, counted in held.items() if "clean, " in name}
    measured = "; ".join(f"{name}: {counted.wrong} of {counted.words}" for name, counted in clean.items())
    rows.append(("clean text changed by mistake, words", "1 in 2,000", "0", measured))
    for group, (plain, full) in scans.items():
        measured = f"{plain.ratio:.2f} on the bare engine's text, {full.ratio:.2f} on that of the readers"
        measured += f", {full.wrong / max(plain.before, 1):.2f} both together"
        rows.append((f"wrong words after / before, `vie`, {group}", "0.75", "0.5", measured))
    rows.append(("words a second, first letter, one core", "5,000", "50,000", f"{speed:,.0f}"))
    bare = {group: plain for group, (plain, _) in scans.items()}
    groups = {"set pages, `eng`": pages["eng"], "set pages, `vie`": pages["vie"], **letters, **bare}
    groups |= {name: counted for name, counted in held.items() if "stripped" in name or "garbled" in name}
    for name, counted in {**groups, "all": total(groups.values())}.items():
        if counted.honest is not None:
            rows.append((f"edits claimed ≥ 0.95 that are right, {name}", "0.97", "0.99", f"{counted.honest:.4f}"))
    everything = total([*groups.values(), *clean.values()])
    rows.append(("digits changed without a rule, all samples", "0", "0", f"{everything.digits}"))
    again = f"{everything.again} of {everything.words}"
    rows.append(("words a second repair changes, all samples", "", "0", again))
    for engine, counted in pages.items():
        rows.append((f"set pages read with `{engine}`", "", "", f"{counted.right_before:.3f} → {counted.right:.4f}"))
    for row in rows:
        print(f"| {' | '.join(row)} |")
