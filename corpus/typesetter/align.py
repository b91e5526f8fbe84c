"""The truth of an OCR text, line for line: which words as set belong on which line as read."""

import unicodedata
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Levenshtein

from corpus.typesetter.sheet import SetPage

# Price of a word that only one side has, and the distance from which two words are not the same word misread.
_SKIP = 0.62
_UNLIKE = 0.7


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).strip(".,;:()“”\"'")


@lru_cache(maxsize=400_000)
def _cost(read: str, said: str) -> float:
    cost = float(Levenshtein.normalized_distance(_fold(read), _fold(said)))
    return cost if cost <= _UNLIKE else 2 * _SKIP + 1


def read_lines(page: SetPage) -> list[str]:
    """Lines of a page as an eye that knows no columns reads them: what stands on one height is one line.

    Args:
        page: The page as set.
    """
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for line in sorted(page.drawn, key=lambda one: -one.y):
        place = (line.pieces[0].x, line.text)
        if rows and abs(rows[-1][0] - line.y) < 4:
            rows[-1][1].append(place)
        else:
            rows.append((line.y, [place]))
    return [" ".join(text for _, text in sorted(row)) for _, row in rows]


def _pairs(read: list[str], said: list[str]) -> list[int | None]:
    """For each word said, the word read that it goes with; None where the OCR missed it."""
    table = np.zeros((len(read) + 1, len(said) + 1), dtype=np.float32)
    table[:, 0] = np.arange(len(read) + 1) * _SKIP
    table[0, :] = np.arange(len(said) + 1) * _SKIP
    for i, have in enumerate(read, start=1):
        for j, want in enumerate(said, start=1):
            table[i, j] = min(table[i - 1, j - 1] + _cost(have, want), table[i - 1, j] + _SKIP, table[i, j - 1] + _SKIP)
    goes: list[int | None] = [None] * len(said)
    i, j = len(read), len(said)
    while i and j:
        # Where readings cost the same, the earlier words said are paired, so that what follows a line stays off it.
        if abs(table[i, j] - table[i, j - 1] - _SKIP) < 1e-4:
            j -= 1
        elif abs(table[i, j] - table[i - 1, j - 1] - _cost(read[i - 1], said[j - 1])) < 1e-4:
            i, j = i - 1, j - 1
            goes[j] = i
        else:
            i -= 1
    return goes


def _page_truth(lines: list[str], page: SetPage) -> list[str]:
    words = [(number, word) for number, line in enumerate(lines) for word in line.split()]
    said = " ".join(read_lines(page)).split()
    goes = [None if pair is None else words[pair][0] for pair in _pairs([word for _, word in words], said)]
    out: list[list[str]] = [[] for _ in lines]
    for position, (word, line) in enumerate(zip(said, goes, strict=True)):
        before = next((one for one in reversed(goes[:position]) if one is not None), None)
        after = next((one for one in goes[position:] if one is not None), None)
        # A word the OCR lost belongs to a line only if both its neighbours stand there.
        here = before if line is None and before == after else line
        if here is not None:
            out[here].append(word)
    return [" ".join(truth) if truth else line for truth, line in zip(out, lines, strict=True)]


def align(text: str, pages: list[SetPage]) -> str:
    """The words as set on the lines as read.

    Args:
        text: OCR text, a form feed before each further page.
        pages: The letter as set.

    Returns:
        As many lines as the OCR text has. Words the OCR lost at the ends of lines are left out; a line that holds
        nothing of the letter (a seal, dirt) is left as read.
    """
    read = text.split("\f")
    if len(read) != len(pages):
        raise ValueError(f"{len(read)} pages read, {len(pages)} set")
    return "\f".join("\n".join(_page_truth(part.split("\n"), page)) for part, page in zip(read, pages, strict=True))
