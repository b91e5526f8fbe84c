"""The repairer: raw text in, repaired text with its edits and doubts out."""

from __future__ import annotations

import gc
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize import legacy
from normalize.candidates import Finder, SkeletonFinder
from normalize.channel import load_channel
from normalize.context import CONTEXT_FILE, ContextModel
from normalize.decoder import Place, decode, remember
from normalize.digits import DIGIT_WORD_PROBABILITY, perhaps_words
from normalize.edits import Cause, Doubt, Edit, Repaired, apply_edits
from normalize.forms import Forms, load_forms
from normalize.language_model import COMMA, NUMBER, UNKNOWN, LanguageModel, load_language_model
from normalize.lattice import Choice, Find, Slot, build_sentences
from normalize.markers import letter_edits, marker_edits
from normalize.marks import figure_mark_edits
from normalize.not_numbers import item_letter_edits, not_number_edits
from normalize.phrases import Phrases, load_phrases
from normalize.rerank import rerank
from normalize.rules import foreign_spans, month_edits, number_word_edits, symbol_edits, symbol_spans, unit_spans
from normalize.syllables import has_mark, is_syllable
from normalize.tokens import Token, TokenKind, tokenize
from normalize.trust import Sureness, Trust, believe, trust_of, weigh_lost_tones


class Damage(StrEnum):
    """What happened to a text."""

    CLEAN = "clean"  # nothing: only edits that are all but certain
    OCR = "ocr"  # read by the Vietnamese engine: few errors
    STRIPPED = "stripped"  # marks lost, letters right
    GARBLED = "garbled"  # read by an engine of another language
    LEGACY = "legacy"  # TCVN3, VNI, VISCII or VPS bytes read as Latin-1


@dataclass(frozen=True, slots=True)
class _Policy:
    """How a kind of damage is decoded.

    `weight` is the exponent of the language model; a word that is legal as read is changed from probability
    `legal` on, one that holds a digit from `mixed` on, another from `illegal` on. `context`: whether the context model
    is asked about what stays open.
    """

    weight: float
    legal: float
    illegal: float
    mixed: float
    context: bool = True


_POLICIES = {
    Damage.CLEAN: _Policy(0.6, 0.99, 0.99, 0.99, context=False),
    Damage.OCR: _Policy(1.0, 0.7, 0.5, 0.9),
    Damage.STRIPPED: _Policy(1.0, 0.5, 0.5, 0.5),
    Damage.GARBLED: _Policy(1.0, 0.5, 0.5, 0.5),
}
_SECOND_LOOK = _Policy(1.0, 0.9, 0.5, 0.9, context=False)
"""At what was repaired already: timid, since nothing says how sure anyone was of it, and asked about once."""

# Letters an engine without Vietnamese never writes: a legal word that holds one was read rightly.
_ONLY_VIETNAMESE = frozenset("ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹăđơư")
_JOINED_INITIALS = re.compile(r"^[A-ZĐ]{1,8}(?:&[A-ZĐ]{1,8})+$")  # PT&TH, KH&CN
_ROMAN = re.compile(r"^[IVXL]{2,6}$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DOUBTFUL = 0.5
_SURE = 0.95
_CERTAIN = 0.98
_SETTLED = 0.93
_POSSIBLE = 1e-3


class Repairer:
    """Repairs text page by page; keeps what it found out about words.

    `fingerprint` is the SHA-256 of the model and lexicon files.
    """

    def __init__(
        self,
        model: LanguageModel,
        context: ContextModel,
        forms: Mapping[str, Forms],
        phrases: Phrases,
        fingerprint: str,
    ) -> None:
        self.fingerprint = fingerprint
        self._model = model
        self._context = context
        self._phrases = phrases
        unigrams = model.unigrams.tolist()
        self._skeletons = SkeletonFinder(model.words, unigrams)
        self._garbled = Finder(model.words, unigrams, load_channel("eng"), forms["eng"])
        self._ocr = Finder(model.words, unigrams, load_channel("vie"), forms["vie"])

    def repair(self, text: str, damage: Damage, sureness: Sureness = ()) -> Repaired:
        """Repair `text`, which may have any number of lines; their number stays.

        Args:
            text: raw text of a page or a letter.
            damage: what happened to it; `judge` tells.
            sureness: how sure the engine was of its words; counts where `damage` is OCR.
        """
        composed = apply_edits(text, _unicode_edits(text))
        if damage is Damage.LEGACY:
            encoding = legacy.detect(composed.text)
            return _compose(composed, legacy.convert(composed.text, encoding.name), ()) if encoding else composed
        if (damage is Damage.GARBLED and _is_repaired(composed.text)) or (
            damage is Damage.STRIPPED and _is_marked(composed.text) and _is_repaired(composed.text)
        ):
            damage = Damage.OCR
        trust = trust_of(composed, sureness) if damage is Damage.OCR else None
        edits, doubts, settled = self._decode(composed.text, damage, _POLICIES[damage], trust=trust)
        repaired = _compose(composed, edits, doubts)
        if damage is Damage.GARBLED and _is_repaired(repaired.text):
            kept = [repaired.to_text(*composed.to_raw(start, end)) for start, end in settled]
            repaired = self._look_again(repaired, kept)
        return repaired

    def _look_again(self, first: Repaired, settled: Iterable[tuple[int, int]]) -> Repaired:
        """Repair once more what now reads as by an engine with a few errors, so that a second repair finds little.

        Edits that are all but certain stay as they are, and so do the stretches `settled` of its text.
        """
        proved = {edit.start for edit in first.edits if edit.cause in (Cause.NUMBER, Cause.SYMBOL)}
        certain = {place for start, end in settled for place in range(start, end)}
        for edit in first.edits:
            if edit.probability >= _CERTAIN:
                certain.update(range(*first.to_text(edit.start, edit.end)))
        edits, doubts, _ = self._decode(first.text, Damage.OCR, _SECOND_LOOK, certain)
        free = [edit for edit in edits if not _touches(first, edit, proved)]
        return _compose(first, free, doubts)

    def _decode(
        self, text: str, damage: Damage, policy: _Policy, certain: Iterable[int] = (), trust: Trust | None = None
    ) -> tuple[list[Edit], list[Doubt], list[tuple[int, int]]]:
        """Edits, doubts, and the words that all but certainly stand as they are."""
        fixed = [] if damage is Damage.CLEAN else [*symbol_edits(text), *month_edits(text), *number_word_edits(text)]
        if damage is not Damage.CLEAN:
            fixed += figure_mark_edits(text)
        if damage is Damage.GARBLED:
            fixed += [*not_number_edits(text), *item_letter_edits(text)]
        if damage is Damage.GARBLED:
            taken_by = {place for edit in fixed for place in range(edit.start, edit.end)}
            fixed += [edit for edit in marker_edits(text) if edit.start not in taken_by]
        elif damage is Damage.OCR:
            fixed += letter_edits(text)
        tokens = tokenize(text)
        addresses = (token for token in tokens if token.kind is TokenKind.ADDRESS)
        kept_as_read = {place for address in addresses for place in range(address.start, address.end)}
        fixed = [edit for edit in fixed if edit.start not in kept_as_read]
        taken = {place for edit in fixed for place in range(edit.start, edit.end)}
        kept = [*symbol_spans(text), *unit_spans(text), *foreign_spans(text)]
        taken.update(place for start, end in kept for place in range(start, end))
        taken.update(certain)
        locked = _lock(text, damage, taken)
        mend = damage in (Damage.GARBLED, Damage.OCR)
        perhaps = perhaps_words(text, tokens) if damage is Damage.GARBLED else {}
        choice = Choice(self._finder(damage), locked, self._model, mend, perhaps)
        sentences = build_sentences(tokens, choice)
        if trust is not None and trust.values:
            sentences = believe(sentences, trust)
        if damage is not Damage.CLEAN:
            self._phrases.favour(sentences, restore=damage is not Damage.OCR)
        places: list[list[Place]] = [
            [([item.number for item in slot.candidates], [item.score for item in slot.candidates]) for slot in sentence]
            for sentence in sentences
        ]
        posteriors = decode(self._model, places, policy.weight)
        if damage is Damage.OCR:
            weigh_lost_tones(sentences, posteriors)
        if damage in (Damage.GARBLED, Damage.STRIPPED):
            self._decide_again(sentences, places, posteriors, policy.weight)
        if policy.context:
            rerank(self._context, sentences, posteriors)
        edits, doubts, settled = list(fixed), list[Doubt](), list[tuple[int, int]]()
        for sentence, chances in zip(sentences, posteriors, strict=True):
            _collect(sentence, chances, policy, edits, doubts)
            settled += _settled(sentence, chances)
        return edits, doubts, settled

    def _decide_again(
        self,
        sentences: list[list[Slot]],
        places: list[list[Place]],
        posteriors: list[list[npt.NDArray[np.float64]]],
        weight: float,
    ) -> None:
        """Decode sentences with doubtful places once more, knowing what is sure elsewhere in the text."""
        memory = remember(run for pair in zip(sentences, posteriors, strict=True) for run in _sure_runs(*pair))
        doubtful = [row for row, found in enumerate(posteriors) if any(chance.max() < _SETTLED for chance in found)]
        if memory is None or not doubtful:
            return
        alive = {row: [np.flatnonzero(chance >= _POSSIBLE) for chance in posteriors[row]] for row in doubtful}
        few = [[_only(place, kept) for place, kept in zip(places[row], alive[row], strict=True)] for row in doubtful]
        for row, found in zip(doubtful, decode(self._model, few, weight, memory), strict=True):
            for chance, kept, again in zip(posteriors[row], alive[row], found, strict=True):
                chance[:] = 0
                chance[kept] = again

    def _finder(self, damage: Damage) -> Find:
        if damage is Damage.STRIPPED:
            return self._skeletons
        return self._garbled if damage is Damage.GARBLED else self._ocr


def _lock(text: str, damage: Damage, taken: set[int]) -> Callable[[Token], bool]:
    def locked(token: Token) -> bool:
        word = token.text
        if (
            token.start in taken
            or _ROMAN.match(word)
            or _JOINED_INITIALS.match(word)
            or (word == "&" and damage is not Damage.GARBLED)
        ):
            return True
        if len(word) == 1 and word.isalpha() and text[token.end : token.end + 1] in (")", "."):
            return True  # a) b) c)
        if len(word) == 1 and damage is Damage.OCR and (word in "IVX" or not _has_word(text, token)):
            return True  # PHỤ LỤC I; a stroke or a speck
        return damage is Damage.GARBLED and not _ONLY_VIETNAMESE.isdisjoint(word.lower()) and is_syllable(word)

    return locked


def _has_word(text: str, token: Token) -> bool:
    """Whether a word of two letters or more stands in the line of `token`."""
    end = text.find("\n", token.end)
    return _WORD.search(text, text.rfind("\n", 0, token.start) + 1, end if end >= 0 else len(text)) is not None


def _is_repaired(text: str) -> bool:
    """Whether most words are legal and carry letters that only a Vietnamese engine writes."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if has_mark(word)]
    sure = sum(1 for word in words if not _ONLY_VIETNAMESE.isdisjoint(word.lower()) and is_syllable(word))
    return bool(words) and sure > 0.5 * len(words)


def _is_marked(text: str) -> bool:
    """Whether most words have a mark: a text that was stripped has not."""
    words = _WORD.findall(text)
    return 2 * sum(map(has_mark, words)) > len(words)


def _only(place: Place, kept: npt.NDArray[np.int64]) -> Place:
    numbers, scores = place
    return [numbers[index] for index in kept], [scores[index] for index in kept]


def _sure_runs(sentence: list[Slot], chances: list[npt.NDArray[np.float64]]) -> Iterator[list[int]]:
    """Stretches of words that are all but certain, as word numbers."""
    run: list[int] = []
    for slot, chance in zip(sentence, chances, strict=True):
        best = int(chance.argmax())
        number = slot.candidates[best].number
        if chance[best] >= _SURE and number > COMMA:
            run.append(number)
        else:
            yield run
            run = []
    yield run


def _settled(sentence: list[Slot], chances: list[npt.NDArray[np.float64]]) -> Iterator[tuple[int, int]]:
    """Words that all but certainly stand as they are."""
    for slot, chance in zip(sentence, chances, strict=True):
        if slot.parts == 1 and not slot.fixed:
            best = int(chance.argmax())
            if chance[best] >= _CERTAIN and slot.candidates[best].text == slot.text:
                yield slot.start, slot.end


def _collect(
    sentence: list[Slot],
    chances: list[npt.NDArray[np.float64]],
    policy: _Policy,
    edits: list[Edit],
    doubts: list[Doubt],
) -> None:
    place = 0
    while place < len(sentence):
        slot = sentence[place]
        group, found = sentence[place : place + slot.parts], chances[place : place + slot.parts]
        place += slot.parts
        if slot.fixed:
            continue
        best = [int(chance.argmax()) for chance in found]
        probability = math.prod(float(chance[index]) for chance, index in zip(found, best, strict=True))
        after = " ".join(part.candidates[index].text for part, index in zip(group, best, strict=True))
        before = "".join(part.text for part in group)
        if slot.cause is Cause.NUMBER:
            if after != before and probability >= DIGIT_WORD_PROBABILITY:
                edits.append(Edit(slot.start, slot.end, before, after, slot.cause, round(probability, 4)))
            continue
        if slot.cause is Cause.MERGE and slot.candidates[best[0]].number == UNKNOWN:
            continue  # two pieces that make no word
        if after == before:
            if probability < _DOUBTFUL and not is_syllable(before):
                doubts.append(Doubt(slot.start, group[-1].end, "no likely word", round(1 - probability, 4)))
            continue
        legal = is_syllable(before) or slot.candidates[best[0]].number in (UNKNOWN, NUMBER)
        least = policy.mixed if any(map(str.isdigit, before)) else policy.legal if legal else policy.illegal
        if probability >= least:
            edits.append(Edit(slot.start, group[-1].end, before, after, slot.cause, round(probability, 4)))
        else:
            doubts.append(Doubt(slot.start, group[-1].end, f"perhaps {after}", round(probability, 4)))


def _unicode_edits(text: str) -> Iterable[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return
    for match in re.finditer(r"[^\s]+", text):
        word = match.group()
        if unicodedata.is_normalized("NFC", word):
            continue
        start = 0
        for end in range(1, len(word) + 1):
            if end < len(word) and unicodedata.combining(word[end]):
                continue
            cluster = word[start:end]
            made = unicodedata.normalize("NFC", cluster)
            if made != cluster:
                yield Edit(match.start() + start, match.start() + end, cluster, made, Cause.UNICODE, 1.0)
            start = end


def _compose(first: Repaired, edits: Iterable[Edit], doubts: Iterable[Doubt]) -> Repaired:
    """One repair of the raw text from a repair and edits of what it gave."""
    if not first.edits:
        return apply_edits(first.raw, edits, doubts)
    joined: list[Edit] = []
    absorbed: set[Edit] = set()
    for edit in edits:
        start, end = first.to_raw(edit.start, edit.end)
        low, high = first.to_text(start, end)
        after = first.text[low : edit.start] + edit.after + first.text[edit.end : high]
        joined.append(replace(edit, start=start, end=end, before=first.raw[start:end], after=after))
        absorbed.update(other for other in first.edits if start <= other.start and other.end <= end)
    moved = []
    for doubt in doubts:
        start, end = first.to_raw(doubt.start, doubt.end)
        moved.append(replace(doubt, start=start, end=end))
    changed = {place for edit in joined for place in range(edit.start, edit.end)}
    changed.update(place for doubt in moved for place in range(doubt.start, doubt.end))
    moved += [doubt for doubt in first.doubts if changed.isdisjoint(range(doubt.start, doubt.end))]
    moved.sort(key=lambda doubt: (doubt.start, doubt.end))
    kept = [edit for edit in first.edits if edit not in absorbed]
    return apply_edits(first.raw, [*kept, *(edit for edit in joined if edit.before != edit.after)], moved)


def _touches(first: Repaired, edit: Edit, starts: set[int]) -> bool:
    low, high = first.to_raw(edit.start, edit.end)
    return any(low <= start < high for start in starts)


@cache
def load_repairer() -> Repairer:
    """The repairer with the shipped model; loaded once.

    Raises:
        FileNotFoundError: a model file is missing; `python -m normalize.train` makes them.
    """
    folder = Path(str(files("normalize").joinpath("data")))
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    model = load_language_model(folder / "model")
    context = ContextModel(folder / "model" / CONTEXT_FILE)
    phrases = load_phrases(folder, model.words)
    forms = {engine: load_forms(folder / "model", engine) for engine in ("eng", "vie")}
    repairer = Repairer(model, context, forms, phrases, digest.hexdigest())
    # The tables live as long as the process: going through them for garbage costs a first letter a quarter of its time.
    gc.freeze()
    return repairer
