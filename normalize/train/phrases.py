"""Counts how words are written, gathers the phrases of the gazetteer and the short forms that hold a đ."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gazetteer import abbreviations, doc_types, load_gazetteer, titles
from normalize.files import write_array, write_text
from normalize.language_model import UNKNOWN
from normalize.phrases import CASING_STEP, CONTEXTS, LISTED, OTHER, SMALL, TITLE, context_of
from normalize.syllables import fold, place_tone, skeletons

WORD_DOUBT = 3.0
"""A word's share of capitals leans on the share of all words as if that had been seen so many times."""
CONTEXT_DOUBT = 8.0
"""The same for a word in a context, which leans on the word."""
LEAST_SHORT_FORM = 3
SHORTEST = 3
"""Short forms of two letters are too many to tell apart: HD is Hướng dẫn, HĐ Hợp đồng."""

LEAST_ODDS = 1.5
"""Short forms less likely than that are not offered: BGD is Bộ Giáo dục as well as Ban Giám đốc."""

_STOPS = frozenset(".;:!?…")
_LEADING = "([{\"'“‘«"
_TRAILING = ".,:;!?…)]}\"”’»'"
_CAPITALS = re.compile(r"(?<![\w/&.-])[A-ZĐ]{1,8}(?:&[A-ZĐ]{1,8}){0,3}(?![\w/&-])")

Floats = npt.NDArray[np.float64]


class _Chunk:
    """A stretch between blanks: its word and case, and what parts it from its neighbours."""

    __slots__ = ("case", "number", "opens", "parts", "stops")

    def __init__(self, text: str, words: Mapping[str, int]) -> None:
        core = text.lstrip(_LEADING)
        body = core.rstrip(_TRAILING)
        self.opens = len(core) != len(text)
        self.parts = len(body) != len(core)
        self.stops = not _STOPS.isdisjoint(core[len(body) :])
        self.number = words.get(place_tone(body.lower()), UNKNOWN)
        self.case = OTHER
        if body.isalpha():
            if body.islower():
                self.case = SMALL
            elif body[0].isupper() and (len(body) == 1 or body[1:].islower()):
                self.case = TITLE


def count_casing(lines: Iterable[str], words: Mapping[str, int]) -> Floats:
    """How often each word is written small and with a capital inside sentences; shape (words, CONTEXTS, 2)."""
    known: dict[str, _Chunk] = {}
    codes = array("q")
    for line in lines:
        chunks = []
        for text in line.split():
            chunk = known.get(text)
            if chunk is None:
                chunk = known[text] = _Chunk(text, words)
            chunks.append(chunk)
        codes.extend(_codes(chunks))
    counts = np.bincount(np.frombuffer(codes, dtype=np.int64), minlength=len(words) * CONTEXTS * 2)
    return counts.reshape(len(words), CONTEXTS, 2).astype(np.float64)


def _codes(chunks: list[_Chunk]) -> Iterator[int]:
    for place in range(1, len(chunks)):
        left, here = chunks[place - 1], chunks[place]
        if left.stops or here.case == OTHER:
            continue
        before = OTHER if here.opens or left.parts else left.case
        right = chunks[place + 1] if place + 1 < len(chunks) and not here.parts else None
        followed = right is not None and right.case == TITLE and not right.opens
        yield (here.number * CONTEXTS + context_of(before, followed)) * 2 + here.case


def write_casing(counts: Floats, target: Path) -> None:
    """Write log odds of a capital for every word and context.

    A rare word leans on its other contexts, shifted by what the context does to all words.
    """
    every = counts.sum(axis=0)
    share = every.sum(axis=0) / every.sum()
    of_word = counts.sum(axis=1)
    leaned = (of_word + WORD_DOUBT * share) / (of_word.sum(axis=1, keepdims=True) + WORD_DOUBT)
    shift = np.log(every[:, 1] / every[:, 0]) - np.log(share[1] / share[0])
    prior = 1 / (1 + np.exp(-(np.log(leaned[:, 1] / leaned[:, 0])[:, None] + shift)))
    capital = (counts[:, :, 1] + CONTEXT_DOUBT * prior) / (counts.sum(axis=2) + CONTEXT_DOUBT)
    odds = np.log(capital) - np.log1p(-np.minimum(capital, 1 - 1e-9))
    write_array(target, np.clip(np.rint(odds / CASING_STEP), -127, 127).astype(np.int8))


def name_phrases() -> list[str]:
    """Names of two words and more: units with the word for their kind, bodies, titles, kinds of documents."""
    entries = list(load_gazetteer().entries())
    names = [entry.name for entry in entries]
    names += [short for entry in entries for short in entry.short_names]
    names += [title.name for title in titles()]
    names += [kind.name for kind in doc_types()]
    plain = {" ".join(re.findall(r"[^\s,()–-]+", name)) for name in names}
    return sorted(name for name in plain if " " in name and not any(map(str.isdigit, name)))


def count_short_forms(lines: Iterable[str]) -> Counter[str]:
    """Words of capitals, joined by & or not, outside of codes and shouted lines."""
    counts: Counter[str] = Counter()
    for line in lines:
        if not line.isupper():
            counts.update(word for word in _CAPITALS.findall(line) if len(word) >= SHORTEST)
    return counts


def write_short_forms(counts: Mapping[str, int], target: Path) -> int:
    """Write the short forms with a đ, their form without it, and the log odds that the form with it is meant.

    Returns:
        The number of forms written.
    """
    listed = {entry.short for entry in abbreviations()}
    listed |= {short for title in titles() for short in title.abbreviations}
    listed |= {part for entry in load_gazetteer().entries() for name in entry.short_names for part in name.split()}
    listed = {form for form in listed if _CAPITALS.fullmatch(form) and len(form) >= SHORTEST}
    weights = {form: float(count) for form, count in counts.items() if count >= LEAST_SHORT_FORM}
    for form in listed:
        weights[form] = weights.get(form, 0.0) + LISTED
    best: dict[str, str] = {}
    for form in sorted(weights, key=lambda form: (-weights[form], form)):
        if "Đ" in form and fold(form) not in skeletons():
            best.setdefault(form.replace("Đ", "D"), form)
    rows = []
    for bare, form in sorted(best.items()):
        odds = np.log(weights[form]) - np.log(weights.get(bare, 0.0) + 0.5)
        if odds >= LEAST_ODDS:
            rows.append(f"{bare}\t{form}\t{odds:.2f}")
    head = "# capitals as read, the short form with đ, log odds that it is meant"
    write_text(target, "\n".join([head, *rows]) + "\n")
    return len(rows)


def write_phrases(
    feeds: Iterable[tuple[Iterable[str], int]], words: Mapping[str, int], folder: Path
) -> tuple[int, int]:
    """Write every file that `normalize.phrases` reads from `folder`.

    Args:
        feeds: training lines and how often each set is counted.
        words: the vocabulary.
        folder: where the model files are.

    Returns:
        The numbers of names and short forms.
    """
    casing = np.zeros((len(words), CONTEXTS, 2))
    capitals: Counter[str] = Counter()
    for lines, weight in feeds:
        kept = list(lines)
        casing += weight * count_casing(kept, words)
        capitals.update(count_short_forms(kept))
    write_casing(casing, folder / "casing.npy")
    names = name_phrases()
    write_text(folder / "names.txt", "\n".join(names) + "\n")
    return len(names), write_short_forms(capitals, folder / "short_forms.tsv")
