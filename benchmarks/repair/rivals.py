"""Others that restore marks: the most frequent syllable for each bare form, and pyvi."""

from __future__ import annotations

import importlib.util
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator

from rapidfuzz.distance import Levenshtein

from benchmarks.repair.measured import Measured, words
from benchmarks.repair.samples import TEXT
from normalize.syllables import fold, place_tone, syllables
from normalize.train.corpus import paragraphs

_LETTERS = re.compile(r"[^\W\d_]+")


def rivals() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Name and function of each; a function takes a stripped line."""
    yield "most frequent syllable", _unigram()
    if importlib.util.find_spec("pyvi") is None:
        print("(pyvi is left out: it is not installed; `make bench` installs it)\n")
        return
    from pyvi.ViUtils import add_accents

    yield "pyvi", lambda line: _in_parts(add_accents, line)


def _in_parts(restore: Callable[[str], str], line: str) -> str:
    """The line restored; pyvi fails with KeyError where its marks contradict each other, then each half by itself."""
    try:
        return restore(line)
    except KeyError:
        middle = line.rfind(" ", 0, len(line) // 2 + 1)
        if middle <= 0:
            return line
        return f"{_in_parts(restore, line[:middle])} {_in_parts(restore, line[middle + 1 :])}"


def _unigram() -> Callable[[str], str]:
    """Counted on the training part of the official documents."""
    counts: Counter[str] = Counter()
    for text in paragraphs(TEXT, "tvpl_docs", held=False):
        counts.update(words(text))
    best: dict[str, str] = {}
    for word in sorted(map(place_tone, syllables()), key=lambda word: (-counts[word], word)):
        best.setdefault(fold(word), word)
    return lambda line: _LETTERS.sub(lambda found: best.get(found.group().lower(), found.group()), line)


def measure_rival(restore: Callable[[str], str], raw: str, truth: str) -> Measured:
    """Counts of what another restorer makes of the lines of `raw`."""
    counted = Measured()
    for line, want in zip(raw.split("\n"), truth.split("\n"), strict=True):
        started = time.process_time()
        made = restore(line)
        counted.seconds += time.process_time() - started
        wanted = words(want)
        counted.words += len(wanted)
        counted.before += Levenshtein.distance(words(line), wanted)
        counted.wrong += Levenshtein.distance(words(made), wanted)
    return counted
