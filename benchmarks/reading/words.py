"""Real scans against what stands in them: wrong words, digits, order of the blocks; bare Tesseract and the readers.

Each is counted as read and after repair. The truths are of two kinds, told apart in every figure: typed by others and
completed from the page images, and typed by us from the images (pages with a head or a signature). The typed truths as
they are, without letterheads and recipients and with forms in another order, are compared beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields

from benchmarks.reading.bare import SETTINGS, read_bare
from benchmarks.reading.compared import compare_words, figures_right, figures_told, wrong_words
from benchmarks.reading.one_letter import read_here
from benchmarks.reading.order import pages_to_order, what_is_wrong
from benchmarks.reading.truths import GAP, Truth, load_truths, truth_words, typed_lines
from benchmarks.repair.measured import words
from normalize.repairer import Damage, load_repairer

TYPED = "typed truth completed"
OURS = "read by ourselves"
ALL = "all"
DRAWN = frozenset({"104", "124", "125"})
"""Digital letters: their pages are drawn, not scanned."""


@dataclass(frozen=True, slots=True)
class Four:
    """A number for each of four readings: bare Tesseract, the same repaired, the readers, the same repaired."""

    bare: int = 0
    bare_repaired: int = 0
    read: int = 0
    repaired: int = 0

    def __add__(self, other: Four) -> Four:
        return Four(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one scan or several; they add up.

    `wrong` words are in reading order, `any_order` whatever the order, `typed` in reading order against the typed
    truth as it is (0 of 0 where there is none). `figures` are those in numbers and dates. `unordered` names the pages
    whose blocks are not in order, and why. Seconds are of the processor, for the pages read.
    """

    pages: int = 0
    words: int = 0
    wrong: Four = Four()
    any_order: Four = Four()
    typed_words: int = 0
    typed: Four = Four()
    figures: int = 0
    figures_right: Four = Four()
    ordered_pages: int = 0
    unordered_bare: tuple[str, ...] = ()
    unordered: tuple[str, ...] = ()
    engine_seconds: float = 0.0
    own_seconds: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Scans:
    """Counts of the scans, by number, with what kind of truth each has."""

    counts: dict[str, Counts] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, Counts]]:
        """The scans one by one, then the groups."""
        yield from self.counts.items()
        yield from self.groups()

    def groups(self) -> Iterator[tuple[str, Counts]]:
        """The two kinds of truth, all scans, and all but the digital letters."""
        for name in (TYPED, OURS):
            yield name, self._sum({scan for scan, kind in self.kinds.items() if kind == name})
        yield ALL, self._sum(self.counts.keys())
        yield "all scanned pages", self._sum(self.counts.keys() - DRAWN)

    def _sum(self, wanted: Set[str]) -> Counts:
        return sum((of for scan, of in self.counts.items() if scan in wanted), Counts())


def print_words() -> Scans:
    """Print the tables; gives the counts."""
    truths = load_truths()
    found = Scans()
    with ProcessPoolExecutor(2) as pool:
        for truth, counted in zip(truths, pool.map(count, truths), strict=True):
            found.counts[truth.scan] = counted
            found.kinds[truth.scan] = TYPED if truth.typed else OURS
    _print_words("in reading order", found, lambda of: (of.words, of.wrong))
    _print_words("in any order", found, lambda of: (of.words, of.any_order))
    _print_words("in reading order, against the typed truth as it is", found, _typed)
    _print_figures(found)
    _print_order(found)
    return found


def count(truth: Truth) -> Counts:
    """Read what is told of one scan both ways, each page once."""
    bare_pages = {number: read_bare(truth.path, number) for number in truth.pages}
    done = read_here(truth.path, SETTINGS, truth.pages)
    reading = done.understood.reading
    repaired = reading.repaired
    bare = "\n".join(line for lines in bare_pages.values() for line in lines)
    texts = bare, load_repairer().repair(bare, Damage.OCR).text, repaired.raw, repaired.text
    compared = [compare_words(text, truth) for text in texts]
    want = words("\n".join(typed_lines(truth.scan))) if truth.typed else []
    pages = {page.number: [line.text for line in page.lines] for page in reading.letter.pages}
    return Counts(
        pages=done.pages,
        words=sum(word != GAP for word in truth_words(compared[-1].told)),
        wrong=Four(*(each.wrong for each in compared)),
        any_order=Four(*(each.wrong_any_order for each in compared)),
        typed_words=len(want),
        typed=Four(*(wrong_words(words(text), want) if want else 0 for text in texts)),
        figures=figures_told(compared[-1].told),
        figures_right=Four(*(figures_right(text, each.told) for text, each in zip(texts, compared, strict=True))),
        ordered_pages=len(pages_to_order(truth)),
        unordered_bare=tuple(_unordered(bare_pages, truth)),
        unordered=tuple(_unordered(pages, truth)),
        engine_seconds=done.engine_seconds,
        own_seconds=done.own_seconds,
    )


def _unordered(pages: dict[int, list[str]], truth: Truth) -> Iterator[str]:
    for number in pages_to_order(truth):
        wrong = what_is_wrong(pages[number], truth, number)
        if wrong:
            yield f"{truth.scan} page {number}: {wrong}"


def _typed(of: Counts) -> tuple[int, Four]:
    return of.typed_words, of.typed


def _print_words(how: str, scans: Scans, taken: Callable[[Counts], tuple[int, Four]]) -> None:
    print(f"\n### Wrong words {how}\n\n| scan | pages | words | bare | repaired | readers | repaired ", end="")
    print("| readers for bare | repaired for bare |\n" + "|---" * 9 + "|")
    for name, of in scans.rows():
        told, wrong = taken(of)
        if not told or (taken is _typed and name not in (*scans.counts, TYPED)):
            continue
        most = max(wrong.bare, 1)
        numbers = (of.pages, told, wrong.bare, wrong.bare_repaired, wrong.read, wrong.repaired)
        ratios = f"{wrong.read / most:.2f} | {wrong.repaired / most:.2f}"
        print(f"| {name} | {' | '.join(map(str, numbers))} | {ratios} |", flush=True)


def _print_figures(scans: Scans) -> None:
    print("\n### Digits in numbers and dates\n\n| scan | figures | right, bare | repaired | readers | repaired |")
    print("|---" * 6 + "|")
    for name, of in scans.rows():
        right = of.figures_right
        numbers = (of.figures, right.bare, right.bare_repaired, right.read, right.repaired)
        print(f"| {name} | {' | '.join(map(str, numbers))} |", flush=True)


def _print_order(scans: Scans) -> None:
    print("\n### Head, body and foot one after another\n")
    for name, of in scans.groups():
        bare, read = (of.ordered_pages - len(each) for each in (of.unordered_bare, of.unordered))
        print(f"- {name}: {read} of {of.ordered_pages} pages with a head or foot (bare {bare})")
    for page in dict(scans.groups())[ALL].unordered:
        print(f"- not in order as the readers read: {page}", flush=True)
