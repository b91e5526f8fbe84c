"""What a word may have been before it was misread.

The vocabulary is a trie; the word is read from left to right, each edit of the
channel walks some letters down the trie, and the cheapest ways to reach a word
are its candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import nlargest

from normalize.channel import Channel, Edits
from normalize.forms import Casing, Forms, Scored
from normalize.language_model import COMMA, NUMBER, UNKNOWN
from normalize.syllables import fold, is_syllable, place_tone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the vocabulary, `text` as it would be written, and the log of P(read | word)."""

    number: int
    text: str
    score: float


MOST_KNOWN = 40_000
"""Words whose candidates are kept in memory; then it starts anew."""

MOST_STATES = 64
MOST_STATES_RESCUE = 16
MOST_CANDIDATES = 24
SEARCH_WINDOW = 12.0
KEEP_WINDOW = 14.0
TITLE_FOR_LOWER = -4.5
FREQUENCY = 0.6
"""Weight of a word's frequency where candidates are cut off: dõi is rare but for theo dõi."""
POOR = -11.0
FOREIGN_SMALL = -4.0
AMPERSAND = -3.0
"""Log of P("&" is written where "và" is said)."""
LONE_SIGN = -13.0
"""Log of P(a sign that stands alone, as ¥ or ¢, is meant so)."""
_AMBIGUOUS_CAPITALS = frozenset("bpdB0DPO&$§68@")
_AMBIGUOUS_SMALL = frozenset("IGO")
_NOISE = frozenset("?¢€£§¥°©®@&’‘'`^~*|\\{}[]«»")
_LETTER_DIGIT = re.compile(r"^[A-Za-z][0-9]$")
_PLAIN_MIXED = re.compile(r"^(?:[A-ZĐ]{1,4}\d{1,3}|\d{1,3}[a-zđA-ZĐ]{1,2})$")


class Trie:
    """Letters of the vocabulary: `children[node]` by letter, `ends[node]` the word number or -1.

    `hopes[node]` is the log frequency of the most frequent word below it.
    """

    def __init__(self, words: dict[str, int], unigrams: list[float], first: int) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.ends: list[int] = [-1]
        self.hopes: list[float] = [0.0]
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
                    self.hopes.append(-99.0)
                node = below
                self.hopes[node] = max(self.hopes[node], unigrams[number])
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

    def __init__(self, words: dict[str, int], unigrams: list[float], channel: Channel, forms: Forms) -> None:
        self._forms = forms
        self._names = list(words)
        self._numbers = words
        self._unigrams = unigrams
        self._channel = channel
        self._trie = Trie(words, unigrams, first=COMMA + 1)
        self._syllable = [is_syllable(word) for word in words]
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Candidates for the word `text`, best first by channel and frequency; `text` itself is always one."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[text] = self._look_up(text)
        return found

    def _look_up(self, text: str) -> tuple[Candidate, ...]:
        form = place_tone(text)
        scored = self._forms.get(form)
        return self._rank(text, self.search(form) if scored is None else scored)

    def search(self, text: str) -> Scored:
        """What `text` may have been, best first by channel and frequency."""
        casing = casing_of(text)
        scored: Scored = {}
        upper, lower = self._channel.upper, self._channel.lower
        if casing is Casing.UPPER:
            self._gather(scored, text, upper, upper, Casing.UPPER, 0.0)
        else:
            if casing is Casing.LOWER or text[0] in _AMBIGUOUS_SMALL:
                self._gather(scored, text, lower, lower, Casing.LOWER, 0.0)
            if casing is Casing.TITLE or text[0] in _AMBIGUOUS_CAPITALS:
                self._gather(
                    scored, text, upper, lower, Casing.TITLE, 0.0 if casing is Casing.TITLE else TITLE_FOR_LOWER
                )
        unigrams = self._unigrams
        return dict(sorted(scored.items(), key=lambda item: -(item[1] + FREQUENCY * unigrams[item[0][0]])))

    def _gather(
        self,
        scored: Scored,
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
            if casing is Casing.LOWER and not self._syllable[number]:
                score += FOREIGN_SMALL  # an abbreviation or a foreign word, in small letters
            key = (number, casing)
            scored[key] = max(scored.get(key, -99.0), score + prior)

    def _search(self, text: str, first: Edits, rest: Edits, *, rescue: bool) -> dict[int, float]:
        children, floor, size = self._trie.children, self._channel.floor, len(text)
        states: list[dict[int, float]] = [{} for _ in range(size + 1)]
        states[0][0] = 0.0
        most = MOST_STATES_RESCUE if rescue else MOST_STATES
        for place in range(size + 1):
            here = states[place]
            if not here:
                continue
            table = first if place == 0 else rest
            alive = self._prune(here, most)
            _lose_letters(alive, here, children, table, floor.letter_lost if rescue else None)
            if place == size:
                break
            alive = self._prune(here, most)
            for length in range(1, min(3, size - place) + 1):
                edits = table.get(text[place : place + length])
                if edits:
                    _walk(alive, edits, children, states[place + length])
            if text[place] in _NOISE:
                _skip(alive, floor.noise, states[place + 1])
            if rescue:
                _change_letter(alive, children, floor.letter_changed, floor.sign_added, states[place + 1])
        ends = self._trie.ends
        return {ends[node]: score for node, score in states[size].items() if ends[node] >= 0}

    def _prune(self, here: dict[int, float], most: int) -> list[tuple[int, float]]:
        hopes = self._trie.hopes
        ranked = [(score + FREQUENCY * hopes[node], node, score) for node, score in here.items()]
        least = max(ranked)[0] - SEARCH_WINDOW
        ranked = [item for item in ranked if item[0] >= least]
        if len(ranked) > most:
            ranked = nlargest(most, ranked)
        return [(node, score) for _, node, score in ranked]

    def _rank(self, text: str, scored: Scored) -> tuple[Candidate, ...]:
        names, unigrams = self._names, self._unigrams
        kept: list[Candidate] = []
        seen: set[int] = set()
        least = -99.0
        for (number, casing), score in scored.items():
            if number in seen:
                continue
            if kept and score + FREQUENCY * unigrams[number] < least:
                break
            if not kept:
                least = score + FREQUENCY * unigrams[number] - KEEP_WINDOW
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
        if text == "&":
            return Candidate(self._numbers["và"], text, AMPERSAND)
        if any(map(str.isdigit, text)):
            return Candidate(NUMBER, text, _mixed_score(text))
        if not any(map(str.isalpha, text)):
            return Candidate(UNKNOWN, text, LONE_SIGN)
        if own != UNKNOWN:
            return Candidate(own, text, self._channel.floor.same * 3)
        return Candidate(
            UNKNOWN, text, self._channel.floor.unknown * len(text) + (FOREIGN_SMALL if text.islower() else 0)
        )


def _mixed_score(text: str) -> float:
    """Log of P(a word of letters and digits is meant so): S6 and h0so seldom are, QH15 and 5G are."""
    if _LETTER_DIGIT.match(text):
        return -11.0
    return -6.5 if _PLAIN_MIXED.match(text) else -13.0


def _lose_letters(
    alive: list[tuple[int, float]],
    here: dict[int, float],
    children: list[dict[str, int]],
    table: Edits,
    rescue: float | None,
) -> None:
    lost = table.get("")
    if lost:
        _walk(alive, lost, children, here)
    if rescue is not None:
        for node, score in alive:
            for walked in children[node].values():
                if here.get(walked, -99.0) < score + rescue:
                    here[walked] = score + rescue


def _walk(
    alive: list[tuple[int, float]],
    edits: dict[str, list[tuple[str, float]]],
    children: list[dict[str, int]],
    into: dict[int, float],
) -> None:
    for node, score in alive:
        for letter, below in children[node].items():
            options = edits.get(letter)
            if options is None:
                continue
            for second, value in options:
                walked = children[below].get(second) if second else below
                if walked is not None:
                    total = score + value
                    if into.get(walked, -99.0) < total:
                        into[walked] = total


def _skip(alive: list[tuple[int, float]], value: float, into: dict[int, float]) -> None:
    for node, score in alive:
        if into.get(node, -99.0) < score + value:
            into[node] = score + value


def _change_letter(
    alive: list[tuple[int, float]], children: list[dict[str, int]], changed: float, added: float, into: dict[int, float]
) -> None:
    _skip(alive, added, into)
    for node, score in alive:
        for walked in children[node].values():
            if into.get(walked, -99.0) < score + changed:
                into[walked] = score + changed


class SkeletonFinder:
    """Candidates for text whose marks were stripped and whose letters are right."""

    def __init__(self, words: dict[str, int], unigrams: list[float]) -> None:
        self._numbers = words
        self._by_skeleton: dict[str, list[tuple[int, str]]] = {}
        for word, number in words.items():
            if number > COMMA:
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
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[text] = found
        return found
