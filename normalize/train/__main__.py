"""`python -m normalize.train --text DIR`: rebuild every model file of `normalize` from text and set pages.

Needs the extra `train`: `pip install -e '.[train]'`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from normalize.candidates import Finder
from normalize.channel import load_channel
from normalize.context import CONTEXT_FILE
from normalize.files import write_text
from normalize.forms import NO_FORMS, write_forms
from normalize.language_model import COMMA, load_language_model
from normalize.syllables import place_tone, syllables
from normalize.tokens import TokenKind, tokenize
from normalize.train.channel import learn, misreader, write_channel
from normalize.train.corpus import SETS, SHARES, paragraphs
from normalize.train.digits import learn_digit_words, write_digit_words
from normalize.train.language import Counts, Keys, Limits, build, choose_words, count_ngrams, count_words, encode, merge
from normalize.train.lexicon import count_symbols, write_lexicon, write_symbols
from normalize.train.names import TERM_WEIGHT, WEIGHT, name_lines, short_forms, term_lines
from normalize.train.pairs import Pair, make_copies, make_pairs, read_pairs, write_pairs
from normalize.train.phrases import write_phrases

DATA = Path(__file__).parent.parent / "data"
FORMS = {"eng": 18_500, "vie": 11_500}
"""So many forms are kept for each engine."""

BREADTH = 8
"""They are searched for more broadly than there is time for while a letter waits."""

PAGE_WEIGHT = 20
"""A form read on a page counts as one drawn so many times."""

STEPS = 1750
"""Steps the context model is trained for."""

NEEDED = ("torch", "onnx", "sympy", "ml_dtypes")
"""What the extra `train` installs."""

DRAWS = 600_000
TITLED = 6
"""One word in so many is drawn with a first capital."""


def main(arguments: list[str]) -> int:
    """Run the steps in order; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m normalize.train", description=__doc__)
    parser.add_argument("--text", type=Path, required=True, help="folder of *.txt.xz, one paragraph a line")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"), help="folder of fonts to set pages in")
    parser.add_argument("--pages", type=int, default=340, help="pages to set and read for the channel")
    parser.add_argument("--copies", type=int, default=75, help="pages set and copied badly, for the channel of `vie`")
    parser.add_argument("--steps", type=int, default=STEPS, help="steps the context model is trained for")
    parser.add_argument("--pairs", type=Path, help="pairs to use, or to write where there is no such file")
    parser.add_argument("--data", type=Path, default=DATA, help="folder the model files are written to")
    options = parser.parse_args(arguments)
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        parser.exit(2, f"{parser.prog}: {', '.join(missing)} not installed; pip install -e '.[train]'\n")
    absent = [f"{name}.txt.xz" for name in SETS if not (options.text / f"{name}.txt.xz").is_file()]
    if absent:
        parser.exit(2, f"{parser.prog}: no {', '.join(absent)} in {options.text}\n")
    from normalize.train.context import train_context

    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:7.1f} s  {what}", file=sys.stderr, flush=True)

    counts = _lexicon(options.text, options.data)
    say(f"lexicon: {len(syllables())} syllables")
    pairs = _pairs(options)
    for engine in ("eng", "vie"):
        write_channel(
            learn((pair.truth, read) for pair in pairs if (read := getattr(pair, engine))),
            options.data / f"channel_{engine}.tsv",
        )
    by_eng = ((pair.truth, pair.eng) for pair in pairs if pair.eng)
    write_digit_words(learn_digit_words(by_eng), options.data / "digit_words.tsv")
    say(f"channel: {len(pairs)} lines of set pages")
    kept = _language(options.text, options.data / "model", counts)
    say(f"language model: {kept}")
    feeds = ((paragraphs(options.text, name, held=False), weight) for name, weight in SETS.items())
    numbers = load_language_model(options.data / "model").words
    say("phrases: {} names, {} short forms".format(*write_phrases(feeds, numbers, options.data / "model")))
    words = (options.data / "model" / "words.txt").read_text(encoding="utf8").split("\n")
    train_context(options.text, words, options.data / "model" / CONTEXT_FILE, say, options.steps)
    say(f"forms: {_forms(options.data / 'model', pairs)}")
    _manifest(options.text, options.data / "model", len(pairs), kept, options.steps)
    return 0


def _lexicon(text: Path, data: Path) -> Counter[str]:
    words: Counter[str] = Counter()
    symbols: Counter[str] = Counter()
    for name in SETS:
        words.update(count_words(paragraphs(text, name, held=False)))
        symbols.update(count_symbols(paragraphs(text, name, held=False)))
    write_lexicon(words, DATA / "rimes.toml", data / "syllables.tsv")
    write_symbols(symbols, data / "symbols.tsv")
    return words


def _pairs(options: argparse.Namespace) -> list[Pair]:
    kept: Path | None = options.pairs
    if kept is not None and kept.exists():
        return read_pairs(kept)
    made = [
        *make_pairs(options.text, options.fonts, options.pages),
        *make_copies(options.text, options.fonts, options.copies),
    ]
    if kept is not None:
        write_pairs(iter(made), kept)
    return made


def _language(text: Path, folder: Path, counts: Counter[str]) -> dict[str, int]:
    limits = Limits()
    words = choose_words(counts, [*syllables(), *short_forms()], limits)
    numbers = {word: number for number, word in enumerate(words)}
    bigrams: list[tuple[Keys, Counts]] = []
    trigrams: list[tuple[Keys, Counts]] = []
    feeds = [(paragraphs(text, name, held=False), weight) for name, weight in SETS.items()]
    sentences = [*feeds, (name_lines(), WEIGHT)]
    for lines, weight, edges in [*((*feed, True) for feed in sentences), (term_lines(), TERM_WEIGHT, False)]:
        encoded = encode(lines, numbers)
        for order, parts in ((2, bigrams), (3, trigrams)):
            keys, seen = count_ngrams(encoded, order, edges=edges)
            parts.append((keys, seen * weight))
    return build(merge(bigrams), merge(trigrams), words, folder, limits)


def _forms(folder: Path, pairs: list[Pair]) -> dict[str, int]:
    """Keep the forms read on the pages and those drawn most often; gives the number of each engine's."""
    model = load_language_model(folder)
    words = [word for word, number in model.words.items() if number > COMMA and word.isalpha()]
    weights = np.exp(model.unigrams[[model.words[word] for word in words]]).tolist()
    made: dict[str, int] = {}
    for engine, most in FORMS.items():
        finder = Finder(model.words, model.unigrams.tolist(), load_channel(engine), NO_FORMS, BREADTH)
        read = "\n".join(getattr(pair, engine) or "" for pair in pairs)
        forms = Counter({form: PAGE_WEIGHT * seen for form, seen in _forms_of(read).items()})
        misread = misreader(engine, seed=5)
        for place, word in enumerate(random.Random(5).choices(words, weights, k=DRAWS)):
            form = misread(word if place % TITLED else word.capitalize())
            forms.update(_forms_of(form))
        kept = sorted(form for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:most])
        write_forms({form: finder.search(form) for form in kept}, folder, engine)
        made[engine] = len(kept)
    return made


def _forms_of(text: str) -> Counter[str]:
    """The words as candidates are asked for."""
    return Counter(place_tone(token.text) for token in tokenize(text) if token.kind is TokenKind.WORD)


def _manifest(text: Path, folder: Path, lines: int, kept: dict[str, int], steps: int) -> None:
    sources = {
        name: {
            "weight": weight,
            "context_share": SHARES[name],
            "bytes": (text / f"{name}.txt.xz").stat().st_size,
            "sha256": hashlib.sha256((text / f"{name}.txt.xz").read_bytes()).hexdigest(),
        }
        for name, weight in SETS.items()
    }
    made = {"sources": sources, "pair_lines": lines, "ngrams": kept, "context_steps": steps}
    write_text(folder / "manifest.json", json.dumps(made, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
