"""From tokens to sentences of places with candidates; words that were split or run together are mended here.

Whether a word is split, or two are joined, is decided before decoding from the
channel and the frequencies of the parts, so that the decoder sees a plain chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from normalize.candidates import Candidate
from normalize.digits import digit_words
from normalize.edits import Cause
from normalize.language_model import COMMA, NUMBER, UNKNOWN, LanguageModel
from normalize.syllables import has_mark, is_syllable, place_tone
from normalize.tokens import Token, TokenKind


class Find(Protocol):
    """Gives the candidates of a word, best first; never none."""

    def find(self, text: str) -> tuple[Candidate, ...]:
        """All candidates."""

    def find_good(self, text: str, least: float) -> tuple[Candidate, ...]:
        """Candidates, where those that score below `least` are of no use."""


JOIN_COST = 6.0
SPLIT_COST = 7.0
EXACT_SPLIT_COST = 2.0
"""Where two legal syllables stand in full in a word with marks: only the blank was lost (cấpxã)."""
LEAST_SPLIT = 5
MOST_JOINED = 9
BAD = -7.0
"""A word whose best candidate scores below this may be two words, or half a word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place: the stretch `start`..`end` it was read from, its candidates, and how it came about.

    Of a word that was run together `part` counts its places from 0; `parts` is their number.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    cause: Cause = Cause.CHANNEL
    part: int = 0
    parts: int = 1

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.candidates) == 1 and self.parts == 1 and self.candidates[0].text == self.text


@dataclass(frozen=True, slots=True)
class Choice:
    """How slots are made: candidates, locked words, whether words are split and joined, numbers that may be words."""

    finder: Find
    locked: Callable[[Token], bool]
    model: LanguageModel
    mend: bool
    perhaps_words: Mapping[int, float]


def build_sentences(tokens: Iterable[Token], choice: Choice) -> list[list[Slot]]:
    """Sentences of slots for `tokens`."""
    sentences: list[list[Slot]] = []
    waiting: list[Token] = []
    for token in tokens:
        if token.opens and waiting:
            sentences.append(_slots(waiting, choice))
            waiting = []
        waiting.append(token)
    if waiting:
        sentences.append(_slots(waiting, choice))
    return sentences


def _slots(tokens: list[Token], choice: Choice) -> list[Slot]:
    slots: list[Slot] = []
    place = 0
    while place < len(tokens):
        found, used = _at(tokens, place, choice)
        slots += found
        place += used
        last = tokens[place - 1]
        if last.comma:
            slots.append(Slot(last.end, last.end, "", (Candidate(COMMA, "", 0.0),)))
    return slots


def _at(tokens: list[Token], place: int, choice: Choice) -> tuple[list[Slot], int]:
    """The slots of the token at `place`, and how many tokens they use up."""
    finder, locked, model = choice.finder, choice.locked, choice.model
    token = tokens[place]
    if token.start in choice.perhaps_words and not locked(token):
        options = _number_or_word(token.text, choice.perhaps_words[token.start], model)
        return [Slot(token.start, token.end, token.text, options, Cause.NUMBER)], 1
    if token.kind is not TokenKind.WORD or locked(token):
        number = NUMBER if token.kind is not TokenKind.WORD else model.number(place_tone(token.text.lower()))
        return [Slot(token.start, token.end, token.text, (Candidate(number, token.text, 0.0),))], 1
    candidates = finder.find(token.text)
    if choice.mend:
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is not None and not locked(after) and (joined := _join(token, after, finder, model)):
            return [joined], 2
        if split := _split(token, candidates, finder, model):
            return split, 1
    return [Slot(token.start, token.end, token.text, candidates)], 1


def _number_or_word(text: str, number: float, model: LanguageModel) -> tuple[Candidate, ...]:
    words = [Candidate(model.number(word), word, score) for word, score in digit_words()[text]]
    return (Candidate(NUMBER, text, number), *words)


def _best(candidates: tuple[Candidate, ...], model: LanguageModel) -> float:
    return max(item.score + float(model.unigrams[item.number]) for item in candidates)


def _join(left: Token, right: Token, finder: Find, model: LanguageModel) -> Slot | None:
    if (
        right.kind is not TokenKind.WORD
        or not left.blank
        or right.start != left.end + 1
        or len(left.text) + len(right.text) > MOST_JOINED
    ):
        return None
    ones = finder.find(left.text), finder.find(right.text)
    if all(found[0].score > BAD and found[0].number > UNKNOWN for found in ones):
        return None
    joined = finder.find_good(left.text + right.text, BAD - 3)
    together = _best(joined, model) - JOIN_COST
    apart = _pair_best(ones[0], ones[1], model)
    if joined[0].number == UNKNOWN or joined[0].score < BAD - 3 or together <= apart:
        return None
    return Slot(left.start, right.end, f"{left.text} {right.text}", finder.find(left.text + right.text), Cause.MERGE)


def _pair_best(left: tuple[Candidate, ...], right: tuple[Candidate, ...], model: LanguageModel) -> float:
    first, second = left[:6], right[:6]
    numbers = np.array([[a.number, b.number] for a in first for b in second], dtype=np.int64)
    pairs = model.pairs(numbers[:, 0], numbers[:, 1])[0]
    scores = [a.score + b.score + float(model.unigrams[a.number]) for a in first for b in second]
    return float((pairs + np.array(scores, dtype=np.float32)).max())


def _split(token: Token, whole: tuple[Candidate, ...], finder: Find, model: LanguageModel) -> list[Slot] | None:
    text = token.text
    if len(text) < LEAST_SPLIT or (whole[0].score > BAD and whole[0].number > UNKNOWN):
        return None
    best, chosen, marked = _best(whole, model), 0, has_mark(text) and not is_syllable(text)
    for at in range(2, len(text) - 1):
        left = finder.find_good(text[:at], BAD)
        if left[0].score < BAD or left[0].number == UNKNOWN:
            continue
        right = finder.find_good(text[at:], BAD)
        if right[0].score < BAD or right[0].number == UNKNOWN:
            continue
        exact = marked and is_syllable(text[:at]) and is_syllable(text[at:])
        score = _pair_best(left, right, model) - (EXACT_SPLIT_COST if exact else SPLIT_COST)
        if score > best:
            best, chosen = score, at
    if not chosen:
        return None
    left, right = finder.find(text[:chosen]), finder.find(text[chosen:])
    middle = token.start + chosen
    return [
        Slot(token.start, middle, text[:chosen], left, Cause.SPLIT, 0, 2),
        Slot(middle, token.end, text[chosen:], right, Cause.SPLIT, 1, 2),
    ]
