"""Repair: word accuracy, wrong changes, honesty of the probabilities, words a second.

The held-out paragraphs of the training text are the sample; they were never
trained on. Stripped text is made by unidecode, garbled text by the channel's own
statistics (a seeded draw), so both align word for word with what was set.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from unidecode import unidecode

from benchmarks.places import SHARED
from normalize.repairer import Damage, Repairer, load_repairer
from normalize.syllables import fold, has_mark, place_tone, syllables
from normalize.tokens import TokenKind, tokenize
from normalize.train.channel import misreader
from normalize.train.corpus import paragraphs

ADMINISTRATIVE = ("tvpl_docs", "lvn_docs", "vbpl_toanvan")
GENERAL = ("viwiki_vn",)
PARAGRAPHS = 500
PAGE = 25
"""Paragraphs repaired together, about a page or two."""


@dataclass(slots=True)
class Tally:
    """Counts over the words of a sample."""

    words: int = 0
    wrong: int = 0
    edits: int = 0
    sure: int = 0
    sure_and_right: int = 0
    seconds: float = 0.0

    def row(self, name: str) -> str:
        """One line of the table."""
        honest = f"{self.sure_and_right / self.sure:.4f}" if self.sure else "–"
        speed = f"{self.words / self.seconds:,.0f}" if self.seconds else "–"
        return (
            f"| {name} | {self.words} | {1 - self.wrong / max(self.words, 1):.4f} | {self.edits} | {honest} | {speed} |"
        )


def main() -> None:
    """Print the table of repair."""
    if not (SHARED / "text").is_dir():
        print(f"(left out: no text in {SHARED.name}/ beside this checkout)")
        return
    repairer = load_repairer()
    print("| text | words | right | edits | right among edits claimed ≥ 0.95 | words/s |")
    print("|---|---|---|---|---|---|")
    for label, names in (("administrative", ADMINISTRATIVE), ("general", GENERAL)):
        pages = list(_pages(names))
        print(_measure(repairer, pages, _strip, Damage.STRIPPED).row(f"{label}, stripped"))
        print(_baseline(pages, _unigram()).row(f"{label}, stripped, most frequent syllable"))
        if importlib.util.find_spec("pyvi"):
            print(_baseline(pages, importlib.import_module("pyvi.ViUtils").add_accents).row(f"{label}, stripped, pyvi"))
        print(_measure(repairer, pages, misreader("eng", 7), Damage.GARBLED).row(f"{label}, garbled by the channel"))
        print(_measure(repairer, pages, str, Damage.CLEAN).row(f"{label}, clean, taken as clean"))
        print(_measure(repairer, pages, str, Damage.OCR).row(f"{label}, clean, taken as OCR"))


def _pages(names: tuple[str, ...]) -> Iterator[str]:
    pool = [text for name in names for text in paragraphs(SHARED / "text", name, held=True)]
    random.Random(3).shuffle(pool)
    for start in range(0, min(PARAGRAPHS, len(pool)), PAGE):
        yield "\n".join(pool[start : start + PAGE])


def _strip(word: str) -> str:
    return unidecode(word) if has_mark(word) else word


def _measure(repairer: Repairer, pages: list[str], damage_word: Callable[[str], str], damage: Damage) -> Tally:
    tally = Tally()
    for page in pages:
        raw, spans = _damaged(page, damage_word)
        started = time.process_time()
        repaired = repairer.repair(raw, damage)
        tally.seconds += time.process_time() - started
        truth = {start: (end, word) for start, end, word in spans}
        for start, end, word in spans:
            low, high = repaired.to_text(start, end)
            tally.words += 1
            tally.wrong += not _same(repaired.text[low:high], word)
        for edit in repaired.edits:
            tally.edits += 1
            if edit.probability >= 0.95 and edit.start in truth and edit.end == truth[edit.start][0]:
                tally.sure += 1
                tally.sure_and_right += _same(edit.after, truth[edit.start][1])
    return tally


def _damaged(page: str, damage_word: Callable[[str], str]) -> tuple[str, list[tuple[int, int, str]]]:
    """The damaged page and its words: start and end in the damaged text, the true word."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for token in tokenize(page):
        if token.kind is not TokenKind.WORD or not token.text.isalpha():
            continue
        worn = damage_word(token.text)
        parts += [page[at : token.start], worn]
        length += token.start - at
        spans.append((length, length + len(worn), token.text))
        length += len(worn)
        at = token.end
    return "".join([*parts, page[at:]]), spans


def _same(have: str, want: str) -> bool:
    return place_tone(have.lower()) == place_tone(want.lower())


def _unigram() -> Callable[[str], str]:
    """The most frequent syllable for each bare form, counted on the training part of the official documents."""
    counts: Counter[str] = Counter()
    for text in paragraphs(SHARED / "text", "tvpl_docs", held=False):
        counts.update(place_tone(token.text.lower()) for token in tokenize(text) if token.kind is TokenKind.WORD)
    best: dict[str, str] = {}
    for word in sorted(syllables(), key=lambda word: (-counts[word], word)):
        best.setdefault(fold(word), word)
    return lambda line: " ".join(best.get(word.lower(), word) for word in line.split(" "))


def _baseline(pages: list[str], restore: Callable[[str], str]) -> Tally:
    """What another restorer makes of the stripped lines; it must keep the number of words."""
    tally = Tally()
    for page in pages:
        for line in page.split("\n"):
            words = [token.text for token in tokenize(line) if token.kind is TokenKind.WORD and token.text.isalpha()]
            stripped = " ".join(map(_strip, words))
            started = time.process_time()
            made = restore(stripped).split(" ")
            tally.seconds += time.process_time() - started
            tally.words += len(words)
            tally.wrong += sum(not _same(have, want) for have, want in zip(made, words, strict=False))
            tally.wrong += max(len(words) - len(made), 0)
    return tally


if __name__ == "__main__":
    main()
