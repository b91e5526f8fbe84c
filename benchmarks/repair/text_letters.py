"""Letters that came as the text of an engine set to the wrong language, with their right text line for line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.places import CORPUS, SHARED
from benchmarks.repair.measured import HEADER, Measured, measure, total
from normalize.judge import judge
from normalize.repairer import Damage, Repairer


def print_text_letters(repairer: Repairer) -> dict[str, Measured]:
    """Print the table; gives the total of the garbled real letters and of the sample archive's."""
    rows: dict[str, Measured] = {}
    print(f"\n### Letters as text\n\n{HEADER}")
    for name, letters in (("real letters", _real()), ("`corpus/letters/ocr-text`", _sample())):
        counts = []
        for letter, truth in letters:
            raw = letter.read_text(encoding="utf-8")
            damage = Damage(judge(raw.split("\n")).kind)
            counted = measure(repairer, raw, truth.read_text(encoding="utf-8"), damage)
            print(f"| {letter.stem}, {damage} | {counted.cells()}", flush=True)
            if damage is Damage.GARBLED:
                counts.append(counted)
        rows[name] = total(counts)
        print(f"| {name}, all that are garbled | {rows[name].cells()}", flush=True)
    return rows


def _real() -> Iterator[tuple[Path, Path]]:
    for truth in sorted((SHARED / "gold").glob("*.restored.txt")):
        letter = SHARED / "letters" / f"{truth.name.split('.')[0]}.txt"
        if letter.exists():
            yield letter, truth


def _sample() -> Iterator[tuple[Path, Path]]:
    for letter in sorted((CORPUS / "letters" / "ocr-text").glob("*.txt")):
        yield letter, CORPUS / "truth" / "ocr-text" / f"{letter.stem}.restored.txt"
