"""`python -m benchmarks.reading.losses [SCAN…]`: where the readers lose words, line by line of the truth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from rapidfuzz.distance import Levenshtein

from benchmarks.reading.bare import SETTINGS
from benchmarks.reading.compared import compare_words
from benchmarks.reading.one_letter import read_here
from benchmarks.reading.order import pages_to_order, what_is_wrong
from benchmarks.reading.truths import GAP, Truth, load_truths, truth_words, without_marks
from benchmarks.repair.measured import word_spans

_SHOWN = 160  # letters of a line or of a stretch


def main(scans: list[str]) -> int:
    """Print the losses of these scans, or of all."""
    truths = [truth for truth in load_truths() if not scans or truth.scan in scans]
    with ProcessPoolExecutor(2) as pool:
        for lines in pool.map(losses, truths):
            print("\n".join(lines), flush=True)
    return 0


def losses(truth: Truth) -> list[str]:
    """Pages out of order, then each line of the truth with wrong words: as read, and as repaired."""
    reading = read_here(truth.path, SETTINGS, truth.pages).understood.reading
    found = []
    for page in reading.letter.pages:
        if page.number not in pages_to_order(truth):
            continue
        why = what_is_wrong([line.text for line in page.lines], truth, page.number)
        if why:
            found.append(f"\n=== {truth.scan} page {page.number} is out of order: {why}")
    for name, text in (("as read", reading.repaired.raw), ("repaired", reading.repaired.text)):
        compared = compare_words(text, truth)
        count = len(truth_words(compared.told))
        wrong = f"{compared.wrong} wrong of {count} words ({compared.wrong_any_order} in any order)"
        found.append(f"\n=== {truth.scan} {name}: {wrong}")
        found.extend(_differences("\n".join(without_marks(text.split("\n"), truth.marks)), compared.told))
    return found


def _differences(text: str, told: str) -> Iterator[str]:
    lines = told.split("\n")
    want = [(word, at) for at, line in enumerate(lines) for word in truth_words(line)]
    have = word_spans(text)
    shown = -1
    for code in Levenshtein.opcodes([word for word, _, _ in have], [word for word, _ in want]):
        wanted = want[code.dest_start : code.dest_end]
        if code.tag == "equal" or (len(wanted) == 1 and wanted[0][0] == GAP and code.src_end - code.src_start <= 1):
            continue
        at = want[min(code.dest_start, len(want) - 1)][1]
        if at != shown:
            yield f"  {lines[at][:_SHOWN]}"
            shown = at
        read = text[have[code.src_start][1] : have[code.src_end - 1][2]] if code.src_end > code.src_start else ""
        right = " ".join(word for word, _ in wanted)
        yield f"      is «{right[:_SHOWN]}», read «{' / '.join(read.split(chr(10)))[:_SHOWN]}»"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
