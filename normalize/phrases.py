"""Names and phrases: what capitals tell of a word, known phrases, short forms that lost their đ.

The language model reads small letters only. Here every candidate is weighed by how often its word is written as
it was read, small or with a first capital, between neighbours that are capitalised or not ("Đổi Mới", not "Đồi
Mồi"); candidates that make up a phrase of the gazetteer or of office language get a bonus ("bién Ban" is Điện
Bàn); and capitals such as PGD are offered the short form they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.candidates import Candidate
from normalize.edits import Cause
from normalize.language_model import COMMA, UNKNOWN
from normalize.lattice import Slot
from normalize.syllables import fold, has_mark, is_syllable, place_tone, skeletons

CASING_WEIGHT = 0.6
"""Exponent of P(case | word, neighbours); tuned on held-out text."""
CASING_STEP = 1 / 16
"""Log odds of a capital are stored as multiples of this, -128..127."""
CONTEXTS = 6
"""What stands before (small, capitalised, anything else) and whether a capitalised word follows."""
ALIKE = 0.1
"""Candidates whose weights differ by less are left as they are."""
OTHER_LETTERS = 3.0
"""What a word within a name loses that has other letters than were read: the frequent name is not the likelier one."""
PHRASE_BONUS = 2.0
"""Logarithm of what a candidate on a known phrase gains."""
PHRASE_WINDOW = 7.0
"""A candidate this much less likely by the channel than the best one is on no phrase."""
LISTED = 4.0
"""A short form of the gazetteer counts as seen so many times more."""
MOST_KNOWN = 40_000
MOST_MISREAD_CAPITALS = 3
"""No longer word reads as capitals because of its marks alone (Bộ as BO, Nội as NGi)."""


# How a word is written; plain numbers, because they are compared for every word of a text.
SMALL, TITLE, OTHER = 0, 1, 2
"""All letters small; the first one a capital; capitals, digits, signs."""


@lru_cache(MOST_KNOWN)
def case_of(text: str) -> int:
    """How `text` is written; a lone capital is TITLE, signs within a word do not count."""
    letters = "".join(filter(str.isalpha, text))
    if not letters:
        return OTHER
    if letters.islower():
        return SMALL
    return TITLE if text[0].isupper() and (len(letters) == 1 or letters[1:].islower()) else OTHER


def context_of(before: int, followed: bool) -> int:
    """The number of a context, 0 to CONTEXTS - 1."""
    return before * 2 + followed


@dataclass(slots=True)
class _Node:
    below: dict[int | str, _Node]
    case: int = OTHER
    ends: bool = False


@dataclass(frozen=True, slots=True)
class _Options:
    """The candidates of a place that may be on a phrase: their scores by key, and those that open one."""

    candidates: tuple[Candidate, ...]
    likely: dict[int | str, float]
    opens: list[int | str]


_Matched = dict[tuple[int, int | str], float]
"""Place and key of candidates on a phrase; the score below which their case shall not bring them."""


class Phrases:
    """Weighs the candidates of a text.

    Args:
        casing: log odds of a capital by word number and context, as multiples of CASING_STEP.
        words: the vocabulary.
        phrases: phrases as they are written.
        short_forms: for capitals without đ the form with it and the log odds that it is meant.
    """

    def __init__(
        self,
        casing: npt.NDArray[np.int8],
        words: dict[str, int],
        phrases: list[str],
        short_forms: dict[str, tuple[str, float]],
    ) -> None:
        odds = casing.astype(np.float32) * np.float32(CASING_STEP)
        title = -np.logaddexp(np.float32(0), -odds) * np.float32(CASING_WEIGHT)
        small = -np.logaddexp(np.float32(0), odds) * np.float32(CASING_WEIGHT)
        self._casing: dict[int, list[list[float]]] = {TITLE: title.T.tolist(), SMALL: small.T.tolist()}
        self._short_forms = short_forms
        self._words = words
        self._root = _Node({})
        for phrase in phrases:
            self._add(phrase)
        self._weighed: dict[tuple[int, int], tuple[tuple[Candidate, ...], tuple[Candidate, ...]]] = {}
        # By identity of the candidates, which are kept with it: as long as they live no others have their id.
        self._known: dict[int, _Options] = {}

    def _add(self, phrase: str) -> None:
        node = self._root
        for word in phrase.split():
            key = self._words.get(place_tone(word.lower()), UNKNOWN)
            node = node.below.setdefault(key if key > COMMA else word, _Node({}, case_of(word)))
        node.ends = True

    def favour(self, sentences: list[list[Slot]], *, restore: bool) -> None:
        """Weigh the candidates of all slots, in place.

        Args:
            sentences: slots as `build_sentences` gives them.
            restore: whether the engine knew no Vietnamese, so that short forms lost their đ and phrases their letters.
        """
        for sentence in sentences:
            matched: _Matched = {}
            if restore:
                self._restore(sentence)
                _soften(sentence)
                matched = self._match(sentence)
            self._weigh(sentence)
            for (place, key), score in matched.items():
                slot = sentence[place]
                better = (
                    replace(item, score=max(item.score, score) + PHRASE_BONUS) if _key(item) == key else item
                    for item in slot.candidates
                )
                sentence[place] = _with(slot, tuple(better))

    def _weigh(self, sentence: list[Slot]) -> None:
        cases = [case_of(slot.text) if slot.text else OTHER for slot in sentence]
        for place in range(1, len(sentence)):
            slot = sentence[place]
            if len(slot.candidates) == 1 or cases[place] == OTHER:
                continue
            before = cases[place - 1]
            if before != OTHER and not _adjoin(sentence[place - 1], slot):
                before = OTHER
            follower = sentence[place + 1] if place + 1 < len(sentence) else None
            followed = follower is not None and cases[place + 1] == TITLE and _adjoin(slot, follower)
            context = context_of(before, followed)
            key = (id(slot.candidates), context)
            known = self._weighed.get(key)
            if known is None or known[0] is not slot.candidates:
                if len(self._weighed) >= MOST_KNOWN:
                    self._weighed.clear()
                # The old candidates are kept too: as long as they live no others have their id.
                known = self._weighed[key] = slot.candidates, self._weighed_anew(slot, context)
            if known[1] is not slot.candidates:
                sentence[place] = _with(slot, known[1])

    def _weighed_anew(self, slot: Slot, context: int) -> tuple[Candidate, ...]:
        candidates = slot.candidates
        tables = self._casing[SMALL][context], self._casing[TITLE][context]
        changes = [0.0 if (case := case_of(item.text)) == OTHER else tables[case][item.number] for item in candidates]
        bare = fold(slot.text)
        if context >= context_of(TITLE, False) and context < context_of(OTHER, False) and bare in skeletons():
            changes = [
                change if fold(item.text) == bare else change - OTHER_LETTERS
                for item, change in zip(candidates, changes, strict=True)
            ]
        if max(changes) - min(changes) < ALIKE:
            return candidates
        return tuple(
            Candidate(item.number, item.text, item.score + change)
            for item, change in zip(candidates, changes, strict=True)
        )

    def _restore(self, sentence: list[Slot]) -> None:
        for place, slot in enumerate(sentence):
            found = self._short_forms.get(slot.text)
            if found is None or (len(slot.candidates) == 1 and _in_symbol(sentence, place)):
                continue
            form, odds = found
            own = next((item for item in slot.candidates if item.text == slot.text), None)
            if own is None or any(item.text == form for item in slot.candidates):
                continue
            offered = Candidate(own.number, form, own.score + odds)
            sentence[place] = replace(slot, candidates=(*slot.candidates, offered), cause=Cause.GAZETTEER)

    def _match(self, sentence: list[Slot]) -> _Matched:
        matched: _Matched = {}
        for place, slot in enumerate(sentence[:-1]):
            if self._options(slot).opens:
                self._walk(sentence, place, self._root, [], matched)
        return matched

    def _walk(
        self, sentence: list[Slot], place: int, node: _Node, path: list[tuple[int | str, float]], matched: _Matched
    ) -> None:
        if node.ends:
            for back, (key, score) in enumerate(reversed(path), start=1):
                at = place - back, key
                if len(sentence[place - back].candidates) > 1:
                    matched[at] = max(matched.get(at, score), score)
        if place == len(sentence) or not node.below:
            return
        slot = sentence[place]
        options = self._options(slot)
        for key in options.opens if node is self._root else options.likely.keys() & node.below.keys():
            below = node.below[key]
            # A name is written with capitals however rare they are for its words ("Bàn" in Điện Bàn).
            score = options.likely[key] if below.case == TITLE == case_of(slot.text) else -np.inf
            self._walk(sentence, place + 1, below, [*path, (key, score)], matched)

    def _options(self, slot: Slot) -> _Options:
        known = self._known.get(id(slot.candidates))
        if known is None or known.candidates is not slot.candidates:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[id(slot.candidates)] = _options(slot.candidates, self._root)
        return known


def _options(candidates: tuple[Candidate, ...], root: _Node) -> _Options:
    least = max([item.score for item in candidates]) - PHRASE_WINDOW
    likely: dict[int | str, float] = {}
    for item in candidates:
        if item.score >= least:
            key = item.number if item.number > COMMA else item.text
            likely[key] = max(likely.get(key, item.score), item.score)
    return _Options(candidates, likely, [key for key in likely if key in root.below])


def _key(item: Candidate) -> int | str:
    return item.number if item.number > COMMA else item.text


def _with(slot: Slot, candidates: tuple[Candidate, ...]) -> Slot:
    return Slot(slot.start, slot.end, slot.text, candidates, slot.cause, slot.part, slot.parts)


def _soften(sentence: list[Slot]) -> None:
    """Write a lone short word in capitals among small letters with one capital: an engine reads `Bộ` as `BO`."""
    words = [(place, case_of(slot.text)) for place, slot in enumerate(sentence) if any(map(str.isalpha, slot.text))]
    for at, (place, case) in enumerate(words):
        slot = sentence[place]
        if (
            case != OTHER
            or len(slot.text) > MOST_MISREAD_CAPITALS
            or not slot.text.isalpha()
            or len(slot.candidates) == 1
        ):
            continue
        near = [other for _, other in (*words[max(at - 2, 0) : at], *words[at + 1 : at + 3])]
        if SMALL in near and OTHER not in near:
            softer = (
                replace(item, text=item.text.capitalize())
                if item.text.isupper() and is_syllable(item.text) and has_mark(item.text)
                else item
                for item in slot.candidates
            )
            sentence[place] = _with(slot, tuple(softer))


def _in_symbol(sentence: list[Slot], place: int) -> bool:
    """Whether capitals may be part of a symbol, which has rules of its own: BGD-TTr."""
    slot = sentence[place]
    if "&" in slot.text:
        return False
    near = [sentence[place - 1] if place else None, sentence[place + 1] if place + 1 < len(sentence) else None]
    pairs = [(near[0], slot), (slot, near[1])]
    return any(
        left is not None and right is not None and _adjoin(left, right) and case_of(other.text) == OTHER
        for (left, right), other in zip(pairs, (item or slot for item in near), strict=True)
    )


def _adjoin(left: Slot, right: Slot) -> bool:
    """Whether nothing but one blank or line break stands between two words."""
    return bool(left.text) and right.start - left.end == (0 if right.part else 1)


def load_phrases(folder: Path, words: dict[str, int]) -> Phrases:
    """The weights and phrases of a data folder.

    Raises:
        FileNotFoundError: a file is missing; `python -m normalize.train` makes them.
    """
    casing = np.load(folder / "model" / "casing.npy", allow_pickle=False).astype(np.int8, copy=False)
    phrases = [
        line
        for name in ("terms.txt", "phrases.txt", "model/names.txt")
        for line in (folder / name).read_text(encoding="utf8").splitlines()
        if line and not line.startswith("#") and "," not in line
    ]
    short_forms: dict[str, tuple[str, float]] = {}
    for line in (folder / "model" / "short_forms.tsv").read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            bare, form, odds = line.split("\t")
            short_forms[bare] = form, float(odds)
    return Phrases(casing, words, phrases, short_forms)
