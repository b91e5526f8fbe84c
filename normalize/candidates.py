"""What a word may have been before it was misread.

The vocabulary is a trie; the word is read from left to right, each edit of the
channel walks some letters down the trie, and the cheapest ways to reach a word
are its candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from normalize.channel import Channel, Edits
from normalize.language_model import NUMBER, UNKNOWN
from normalize.syllables import fold, place_tone


class Casing(StrEnum):
    """How a candidate is written."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    AS_READ = "as_read"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the vocabulary, `text` as it would be written, and the log of P(read | word)."""

    number: int
    text: str
    score: float


MOST_STATES = 48
MOST_CANDIDATES = 14
SEARCH_WINDOW = 11.0
KEEP_WINDOW = 12.0
TITLE_FOR_LOWER = -4.5
POOR = -11.0
_AMBIGUOUS_CAPITALS = frozenset("bpdB0DPO&$§68@")
_PLAIN_MIXED = re.compile(r"^(?:[A-ZĐ]{1,4}\d{1,3}|\d{1,3}[a-zđA-ZĐ]{1,2})$")


class Trie:
    """Letters of the vocabulary: `children[node]` by letter, `ends[node]` the word number or -1."""

    def __init__(self, words: dict[str, int], first: int) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.ends: list[int] = [-1]
        for word, number in words.items():
            if number < first:
                continue
            node = 0
            for letter in word:
                below = self.children[node].get(letter)
                if below is None:
                    below = len(self.children)
                    self.children[node][letter] = below
                    self.children.append({})
                    self.ends.append(-1)
                node = below
            self.ends[node] = number


def casing_of(text: str) -> Casing:
    """How `text` is written: a lone capital counts as a first letter."""
    capitals = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    if capitals >= 2 and small <= capitals * 0.5:
        return Casing.UPPER
    return Casing.TITLE if capitals and text.lstrip("&$§|0123456789’'")[:1].isupper() else Casing.LOWER


def written(word: str, casing: Casing) -> str:
    """`word` in the given case."""
    if casing is Casing.UPPER:
        return word.upper()
    return word[:1].upper() + word[1:] if casing is Casing.TITLE else word


class Finder:
    """Finds candidates for the words of one channel; keeps what it found."""

    def __init__(self, words: dict[str, int], unigrams: list[float], channel: Channel) -> None:
        self._names = list(words)
        self._numbers = words
        self._unigrams = unigrams
        self._channel = channel
        self._trie = Trie(words, first=3)
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Candidates for the word `text`, best first by channel and frequency; `text` itself is always one."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._look_up(text)
        return found

    def _look_up(self, text: str) -> tuple[Candidate, ...]:
        casing = casing_of(text)
        scored: dict[tuple[int, Casing], float] = {}
        upper, lower = self._channel.upper, self._channel.lower
        if casing is Casing.UPPER:
            self._gather(scored, text, upper, upper, Casing.UPPER, 0.0)
        else:
            if casing is Casing.LOWER:
                self._gather(scored, text, lower, lower, Casing.LOWER, 0.0)
            if casing is Casing.TITLE or text[0] in _AMBIGUOUS_CAPITALS:
                self._gather(
                    scored, text, upper, lower, Casing.TITLE, 0.0 if casing is Casing.TITLE else TITLE_FOR_LOWER
                )
        return self._rank(text, scored)

    def _gather(
        self,
        scored: dict[tuple[int, Casing], float],
        text: str,
        first: Edits,
        rest: Edits,
        casing: Casing,
        prior: float,
    ) -> None:
        found = self._search(text, first, rest, rescue=False)
        if max(found.values(), default=-99.0) < POOR:
            found = self._search(text, first, rest, rescue=True)
        for number, score in found.items():
            key = (number, casing)
            scored[key] = max(scored.get(key, -99.0), score + prior)

    def _search(self, text: str, first: Edits, rest: Edits, *, rescue: bool) -> dict[int, float]:
        children, floor, size = self._trie.children, self._channel.floor, len(text)
        states: list[dict[int, float]] = [{} for _ in range(size + 1)]
        states[0][0] = 0.0
        for place in range(size + 1):
            here = states[place]
            if not here:
                continue
            table = first if place == 0 else rest
            _lose_letters(here, children, table, floor.letter_lost if rescue else None)
            if place == size:
                break
            best = max(here.values())
            alive = [item for item in here.items() if item[1] >= best - SEARCH_WINDOW]
            if len(alive) > MOST_STATES:
                alive = sorted(alive, key=lambda item: -item[1])[:MOST_STATES]
            for length in range(1, min(3, size - place) + 1):
                edits = table.get(text[place : place + length])
                if edits:
                    _walk(alive, edits, children, states[place + length])
            if rescue:
                _change_letter(alive, children, floor.letter_changed, floor.sign_added, states[place + 1])
        ends = self._trie.ends
        return {ends[node]: score for node, score in states[size].items() if ends[node] >= 0}

    def _rank(self, text: str, scored: dict[tuple[int, Casing], float]) -> tuple[Candidate, ...]:
        names, unigrams = self._names, self._unigrams
        order = sorted(scored.items(), key=lambda item: -(item[1] + 0.7 * unigrams[item[0][0]]))
        kept: list[Candidate] = []
        seen: set[int] = set()
        for (number, casing), score in order:
            if number in seen:
                continue
            if kept and score + 0.7 * unigrams[number] < kept[0].score + 0.7 * unigrams[kept[0].number] - KEEP_WINDOW:
                break
            seen.add(number)
            kept.append(Candidate(number, written(names[number], casing), score))
            if len(kept) == MOST_CANDIDATES:
                break
        own = self._numbers.get(place_tone(text.lower()), UNKNOWN)
        kept = [Candidate(own, text, item.score) if item.number == own else item for item in kept]
        if own not in seen:
            kept.append(self._as_read(text, own))
        return tuple(kept)

    def _as_read(self, text: str, own: int) -> Candidate:
        if any(map(str.isdigit, text)):
            return Candidate(NUMBER, text, -6.5 if _PLAIN_MIXED.match(text) else -11.0)
        if own != UNKNOWN:
            return Candidate(own, text, self._channel.floor.same * 3)
        return Candidate(UNKNOWN, text, -3.2 * len(text) if self._channel.floor.same < -1 else -1.0 * len(text))


def _lose_letters(here: dict[int, float], children: list[dict[str, int]], table: Edits, rescue: float | None) -> None:
    lost = table.get("", [])
    for node, score in list(here.items()):
        below = children[node]
        for source, value in lost:
            walked = below.get(source[0])
            if walked is not None and len(source) > 1:
                walked = children[walked].get(source[1])
            if walked is not None and here.get(walked, -99.0) < score + value:
                here[walked] = score + value
        if rescue is not None:
            for walked in below.values():
                if here.get(walked, -99.0) < score + rescue:
                    here[walked] = score + rescue


def _walk(
    alive: list[tuple[int, float]],
    edits: list[tuple[str, float]],
    children: list[dict[str, int]],
    into: dict[int, float],
) -> None:
    for node, score in alive:
        below = children[node]
        for source, value in edits:
            walked = below.get(source[0])
            if walked is not None and len(source) > 1:
                walked = children[walked].get(source[1])
            if walked is not None:
                total = score + value
                if into.get(walked, -99.0) < total:
                    into[walked] = total


def _change_letter(
    alive: list[tuple[int, float]], children: list[dict[str, int]], changed: float, added: float, into: dict[int, float]
) -> None:
    for node, score in alive:
        if into.get(node, -99.0) < score + added:
            into[node] = score + added
        for walked in children[node].values():
            if into.get(walked, -99.0) < score + changed:
                into[walked] = score + changed


class SkeletonFinder:
    """Candidates for text whose marks were stripped and whose letters are right."""

    def __init__(self, words: dict[str, int], unigrams: list[float]) -> None:
        self._numbers = words
        self._by_skeleton: dict[str, list[tuple[int, str]]] = {}
        for word, number in words.items():
            if number > NUMBER:
                self._by_skeleton.setdefault(fold(word), []).append((number, word))
        for found in self._by_skeleton.values():
            found.sort(key=lambda item: -unigrams[item[0]])
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Candidates for `text`, most frequent first; a word with marks is its only candidate."""
        found = self._known.get(text)
        if found is None:
            low = text.lower()
            if low.isascii() and low in self._by_skeleton:
                casing = (
                    Casing.UPPER
                    if len(text) > 1 and text.isupper()
                    else Casing.TITLE
                    if text[0].isupper()
                    else Casing.LOWER
                )
                options = self._by_skeleton[low][: 2 * MOST_CANDIDATES]
                found = tuple(
                    Candidate(number, text if word == low else written(word, casing), 0.0) for number, word in options
                )
            else:
                number = NUMBER if any(map(str.isdigit, text)) else self._numbers.get(place_tone(low), UNKNOWN)
                found = (Candidate(number, text, 0.0),)
            self._known[text] = found
        return found
