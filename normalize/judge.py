"""What the text of a page is worth: clean, stripped of its marks, garbled, in a legacy encoding, or nothing.

Other tools ask whether there is text. A layer made by an engine set to the wrong
language is legible bytes and still wrong, and only knowledge of Vietnamese
syllables tells. The signals are shares, so that tables of figures do not count
against a page, and a page with few words is not judged at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from normalize import legacy
from normalize.syllables import fold, has_mark, is_syllable, skeletons


class TextKind(StrEnum):
    """The verdict on a text."""

    CLEAN = "clean"
    STRIPPED = "stripped"
    GARBLED = "garbled"
    LEGACY = "legacy"
    EMPTY = "empty"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reasons; `numbers` holds the shares it stands on, each 0..1, and `words`, a count."""

    kind: TextKind
    reasons: tuple[str, ...]
    numbers: dict[str, float]


LEAST_WORDS = 12
"""Below this many words no verdict is given."""

# Thresholds lie in the middle of the gaps that were measured between 80 garbled and 93 clean windows of 600 characters:
# marked words 0.28 | 0.75, legal among the marked 0.67 | 0.94, mixed tokens 0.09 | 0.008, no overlap in the first two.
MARKED_CLEAN = 0.45
LEGAL_MARKED_CLEAN = 0.82
# A page in two languages carries fewer marks, all of them right; misread marks are not, whatever their number.
MARKED_BILINGUAL = 0.25
LEGAL_MARKED_BILINGUAL = 0.92
MARKED_STRIPPED = 0.02
MIXED_STRIPPED = 0.015
SKELETONS_STRIPPED = 0.8
SKELETONS_FOREIGN = 0.6
# Of any text, marks or not: garbled windows had 0.69 and more, English 0.33, French 0.26, binary data less.
SKELETONS_NO_VIETNAMESE = 0.45

_TOKEN = re.compile(r"\S{1,80}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|@")
# A letter, then a digit or a sign no Vietnamese word holds, with letters only from there on: s6, D&, h0so, ¢6, nghi€p.
_MIXED = re.compile(
    r"^(?:[^\W\d_]+[0-9&|¢£€§«»$©®¥°¤~\\]+[^\W\d_]*|[&|¢£€§«$©®¥¤~\\0-9]*[&|¢£€§«$©®¥¤~\\][^\W\d_]+|[06][^\W\d_]+)$"
)


def judge(lines: Sequence[str]) -> Judgement:
    """Judge the text of one page.

    Args:
        lines: the lines of the page in any order.

    Returns:
        `EMPTY` for no letter or digit at all, `NOT_JUDGED` for fewer than `LEAST_WORDS` words.
    """
    text = unicodedata.normalize("NFC", "\n".join(lines))
    if not any(letter.isalnum() for letter in text):
        return Judgement(TextKind.EMPTY, ("no letters and no digits",), {"words": 0.0})
    encoding = legacy.detect(text)
    if encoding is not None:
        return Judgement(
            TextKind.LEGACY,
            (f"letters pair up as in the encoding {encoding.name}",),
            {"words": float(encoding.words), "legal_after_conversion": encoding.share},
        )
    tokens = [token for token in _TOKEN.findall(text) if not _ADDRESS.search(token)]
    words = [word for token in tokens for word in _WORD.findall(token)]
    numbers = _shares(tokens, words)
    if len(words) < LEAST_WORDS:
        return Judgement(TextKind.NOT_JUDGED, (f"{len(words)} words, {LEAST_WORDS} are needed",), numbers)
    return _verdict(numbers)


def _shares(tokens: list[str], words: list[str]) -> dict[str, float]:
    legal = [is_syllable(word) for word in words]
    # An abbreviation (QĐ, NĐ, HĐND) is no syllable however well it was read.
    marked = [ok for ok, word in zip(legal, words, strict=True) if has_mark(word) and _VOWEL.search(fold(word))]
    lettered = [token.strip("\"'“”‘’()[]{}.,;:!?-/*+…") for token in tokens if any(map(str.isalpha, token))]
    mixed = sum(1 for token in lettered if _MIXED.match(token))
    return {
        "words": float(len(words)),
        "marked": len(marked) / max(len(words), 1),
        "legal_marked": sum(marked) / max(len(marked), 1),
        "mixed": mixed / max(len(lettered), 1),
        "legal": sum(legal) / max(len(words), 1),
        "skeletons": sum(fold(word) in skeletons() for word in words) / max(len(words), 1),
    }


def _verdict(numbers: dict[str, float]) -> Judgement:
    marked, legal_marked, mixed = numbers["marked"], numbers["legal_marked"], numbers["mixed"]
    bilingual = marked >= MARKED_BILINGUAL and legal_marked >= LEGAL_MARKED_BILINGUAL and mixed <= MIXED_STRIPPED
    if bilingual or (marked >= MARKED_CLEAN and legal_marked >= LEGAL_MARKED_CLEAN):
        clean = f"{marked:.0%} of the words carry marks, {legal_marked:.0%} of these are legal syllables"
        return Judgement(TextKind.CLEAN, (clean,), numbers)
    plain = marked <= MARKED_STRIPPED and mixed <= MIXED_STRIPPED
    if numbers["skeletons"] < (SKELETONS_FOREIGN if plain else SKELETONS_NO_VIETNAMESE):
        foreign = f"{numbers['skeletons']:.0%} of the words could be Vietnamese syllables: another language"
        return Judgement(TextKind.NOT_JUDGED, (foreign,), numbers)
    if plain and numbers["skeletons"] >= SKELETONS_STRIPPED:
        stripped = f"{marked:.1%} of the words carry marks, {mixed:.1%} mix letters and signs: marks were stripped"
        return Judgement(TextKind.STRIPPED, (stripped,), numbers)
    reasons = (
        f"{marked:.0%} of the words carry marks (clean text: above {MARKED_CLEAN:.0%})",
        f"{legal_marked:.0%} of the marked words are legal syllables (clean text: above {LEGAL_MARKED_CLEAN:.0%})",
        f"{mixed:.1%} of the words mix letters with digits or signs",
    )
    return Judgement(TextKind.GARBLED, reasons, numbers)
