"""What a word may have been before it was misread, and how it would then be written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.channel import Channel
from normalize.forms import Casing, Forms, Scored
from normalize.language_model import COMMA, NUMBER, UNKNOWN
from normalize.search import FREQUENCY, Search
from normalize.syllables import fold, is_syllable, place_tone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the vocabulary, `text` as it would be written, and the log of P(read | word)."""

    number: int
    text: str
    score: float


MOST_KNOWN = 40_000
"""Words whose candidates are kept in memory; then it starts anew."""

MOST_CANDIDATES = 24
KEEP_WINDOW = 12.0
TITLE_FOR_LOWER = -4.5
FOREIGN_SMALL = -4.0
AMPERSAND = -3.0
"""Log of P("&" is written where "và" is said)."""
LONE_SIGN = -13.0
"""Log of P(a sign that stands alone, as ¥ or ¢, is meant so)."""
_AMBIGUOUS_CAPITALS = frozenset("bpdB0DPO&$§68@")
_AMBIGUOUS_SMALL = frozenset("IGO")
_LETTER_DIGIT = re.compile(r"^[A-Za-z][0-9]$")
_PLAIN_MIXED = re.compile(r"^(?:[A-ZĐ]{1,4}\d{1,3}|\d{1,3}[a-zđA-ZĐ]{1,2})$")


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
    """Finds candidates for the words of one channel; keeps what it found.

    `breadth` is that of the search.
    """

    def __init__(
        self, words: dict[str, int], unigrams: list[float], channel: Channel, forms: Forms, breadth: int = 1
    ) -> None:
        self._forms = forms
        self._names = list(words)
        self._numbers = words
        self._unigrams = unigrams
        self._floor = channel.floor
        self._search = Search(words, unigrams, COMMA + 1, channel, breadth)
        self._syllable = [is_syllable(word) for word in words]
        self._known: dict[str, tuple[Candidate, ...]] = {}
        self._good: dict[tuple[str, float], tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Candidates for the word `text`, best first by channel and frequency; `text` itself is always one."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[text] = self._look_up(text)
        return found

    def find_good(self, text: str, least: float) -> tuple[Candidate, ...]:
        """As `find`, but words below `least` need not be among them; quicker where there is no other."""
        found = self._known.get(text) or self._good.get((text, least))
        if found is None:
            if len(self._good) >= MOST_KNOWN:
                self._good.clear()
            found = self._good[text, least] = self._look_up(text, least)
        return found

    def _look_up(self, text: str, least: float | None = None) -> tuple[Candidate, ...]:
        form = place_tone(text)
        scored = self._forms.get(form)
        return self._rank(text, self.search(form, least) if scored is None else scored)

    def search(self, text: str, least: float | None = None) -> Scored:
        """What `text` may have been, best first by channel and frequency.

        Args:
            text: what was read.
            least: words that score below are of no use.
        """
        casing = casing_of(text)
        scored: Scored = {}
        if casing is Casing.UPPER:
            self._gather(scored, text, Casing.UPPER, 0.0, least)
        else:
            if casing is Casing.LOWER or text[0] in _AMBIGUOUS_SMALL:
                self._gather(scored, text, Casing.LOWER, 0.0, least)
            if casing is Casing.TITLE or text[0] in _AMBIGUOUS_CAPITALS:
                self._gather(scored, text, Casing.TITLE, 0.0 if casing is Casing.TITLE else TITLE_FOR_LOWER, least)
        unigrams = self._unigrams
        return dict(sorted(scored.items(), key=lambda item: -(item[1] + FREQUENCY * unigrams[item[0][0]])))

    def _gather(self, scored: Scored, text: str, casing: Casing, prior: float, least: float | None) -> None:
        found = self._search.find(
            text, capital=casing is not Casing.LOWER, capitals=casing is Casing.UPPER, least=least
        )
        for number, score in found.items():
            if casing is Casing.LOWER and not self._syllable[number]:
                score += FOREIGN_SMALL  # an abbreviation or a foreign word, in small letters
            key = (number, casing)
            scored[key] = max(scored.get(key, -99.0), score + prior)

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
            return Candidate(own, text, self._floor.same * 3)
        return Candidate(UNKNOWN, text, self._floor.unknown * len(text) + (FOREIGN_SMALL if text.islower() else 0))


def _mixed_score(text: str) -> float:
    """Log of P(a word of letters and digits is meant so): S6 and h0so seldom are, QH15 and 5G are."""
    if _LETTER_DIGIT.match(text):
        return -11.0
    return -6.5 if _PLAIN_MIXED.match(text) else -13.0


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

    def find_good(self, text: str, least: float) -> tuple[Candidate, ...]:
        """As `find`: all candidates score 0."""
        return self.find(text) if least <= 0 else ()
