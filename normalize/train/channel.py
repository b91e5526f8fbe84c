"""Learns how an engine misreads: counts of what was read for what was set.

A word pair is aligned letter by letter on its folded skeletons, so that only
real changes of shape break the alignment; what stands between two matches is one
edit of 1 or 2 letters set and 0 to 3 letters read.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.files import write_text
from normalize.syllables import fold, has_mark

MOST_SET, MOST_READ = 2, 3
LEAST_COUNT = 2
_FACES = str.maketrans({"€": "e", "¢": "c", "§": "s", "£": "f", "’": "", "‘": "", "'": ""})


def word_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words of lines (truth, read) that were read between the same blanks."""
    for truth, read in pairs:
        truth, read = (unicodedata.normalize("NFC", re.sub(r"\s+", " ", line).strip()) for line in (truth, read))
        if not (_same_length(truth) and _same_length(read)):
            continue
        set_from = read_from = 0
        for code in Levenshtein.opcodes(fold(truth), fold(read)):
            if code.tag != "equal":
                continue
            for step in range(code.src_end - code.src_start):
                place, other = code.src_start + step, code.dest_start + step
                if truth[place] == " ":
                    yield truth[set_from:place], read[read_from:other]
                    set_from, read_from = place + 1, other + 1
        yield truth[set_from:], read[read_from:]


def _same_length(line: str) -> bool:
    """Whether folding keeps the offsets (a few foreign letters fold to two)."""
    return len(fold(line)) == len(line)


def segments(truth: str, read: str) -> Iterator[tuple[str, str]]:
    """What was set and what was read in its place, in order, covering both words."""
    parts: list[tuple[str, str]] = []
    was_equal = True
    for code in Levenshtein.opcodes(fold(truth), fold(read)):
        source, target = truth[code.src_start : code.src_end], read[code.dest_start : code.dest_end]
        if code.tag == "equal":
            parts += zip(source, target, strict=True)
        elif was_equal:
            parts.append((source, target))
        else:
            parts[-1] = (parts[-1][0] + source, parts[-1][1] + target)
        was_equal = code.tag == "equal"
    for source, target in _settle(parts):
        if len(source) == len(target) > 1:
            yield from zip(source, target, strict=True)
        else:
            yield source, target


def _settle(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give what was read for nothing to the marked letter beside it, else to the letter before."""
    out: list[tuple[str, str]] = []
    carried = ""
    for place, (source, target) in enumerate(parts):
        if source:
            out.append((source, carried + target))
            carried = ""
            continue
        after = parts[place + 1][0] if place + 1 < len(parts) else ""
        if out and (has_mark(out[-1][0]) or not has_mark(after)):
            out[-1] = (out[-1][0], out[-1][1] + target)
        else:
            carried = target
    return out


def learn(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Natural log of P(read | set) for each edit, the unchanged letter included."""
    edits: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for truth, read in word_pairs(pairs):
        if not truth or not read or not _comparable(truth, read):
            continue
        seen.update(truth)
        seen.update(truth[at : at + 2] for at in range(len(truth) - 1))
        for source, target in segments(truth, read):
            if len(source) <= MOST_SET and len(target) <= MOST_READ:
                edits[source, target] += 1
    return {
        edit: math.log(count / (seen[edit[0]] + 2))
        for edit, count in sorted(edits.items())
        if count >= LEAST_COUNT and seen[edit[0]]
    }


def _comparable(truth: str, read: str) -> bool:
    if " " in truth or not any(map(str.isalpha, truth)) or any(map(str.isdigit, truth)):
        return False
    distance = Levenshtein.distance(fold(truth), fold(read).translate(_FACES))
    return distance <= 1 + len(truth) // 2


def write_channel(edits: dict[tuple[str, str], float], target: Path) -> None:
    """Write the edits as tab-separated lines: set, read, log probability."""
    rows = [f"{source}\t{read}\t{value:.3f}" for (source, read), value in edits.items()]
    write_text(target, "# set, read in its place, natural log of P(read | set)\n" + "\n".join(rows) + "\n")


def read_channel(name: str) -> dict[tuple[str, str], float]:
    """The learned edits of the engine `eng` or `vie`: (set, read) and log P(read | set), with case."""
    edits: dict[tuple[str, str], float] = {}
    for row in files("normalize").joinpath(f"data/channel_{name}.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            source, read, value = row.split("\t")
            edits[source, read] = float(value)
    return edits


def misreader(name: str, seed: int) -> Callable[[str], str]:
    """A function that misreads words letter by letter as the engine `name` would, the same draw for the same seed."""
    rng = random.Random(seed)
    edits: dict[str, tuple[list[str], list[float]]] = {}
    for (source, read), chance in read_channel(name).items():
        if len(source) == 1 and read:
            found = edits.setdefault(source, ([], []))
            found[0].append(read)
            found[1].append(math.exp(chance))

    def misread(word: str) -> str:
        return "".join(rng.choices(*edits[letter])[0] if letter in edits else letter for letter in word)

    return misread
