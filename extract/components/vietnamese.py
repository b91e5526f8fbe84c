"""Words of Vietnamese administrative text.

spaCy's own tokenizer for Vietnamese splits on blanks only, so that "(08/5/2021)" is one token and no
span can begin inside it. Here a date, a figure with its maximum, a code and a percentage are one token each,
and every other mark of punctuation is one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Alternatives in the order they are tried; every repetition is over one class, so the time is linear.
_TOKEN = re.compile(
    r"""
      https?://[^\s<>"“”()]{1,2000}                                    # address
    | [\w.+-]{1,64}@\w[\w.-]{1,100}                                    # mail
    | \d{1,5}(?:/\d{4})?\s?/\s?[^\W\d_]{1,12}(?:[-–][^\W_]{1,12}){0,5} # 766/QĐ-TTg, 42/2022/NĐ-CP
    | \d{1,5}-[^\W\d_]{1,6}/[^\W\d_]{2,12}                             # 03-NQ/TU
    | \d{1,2}/\d{1,2}/\d{4}                                            # 27/11/2023
    | \d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?%?                           # 113.695  67,9/100  31,41%
    | [^\W\d_⁰¹²³⁴-⁹]+                                                  # word
    | \s+
    | .                                                                # one mark
    """,
    re.VERBOSE | re.DOTALL,
)


def split(text: str) -> Iterator[str]:
    """The tokens of `text` with blanks as tokens too; joined they are `text`."""
    return (match.group() for match in _TOKEN.finditer(text))


class Tokenizer:
    """Makes a spaCy Doc whose text is, character for character, the one it was given."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`: one blank behind a token belongs to it, other blanks are tokens."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in split(text):
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
            elif token[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                words.append(token[1:])
                spaces.append(False)
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the tokenizer has no state (part of spaCy's protocol)."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> Tokenizer:
        """Itself: the tokenizer has no state (part of spaCy's protocol)."""
        return self

    def to_disk(self, _: Path | str, **__: Any) -> None:
        """Writes nothing: the tokenizer has no state (part of spaCy's protocol)."""

    def from_disk(self, _: Path | str, **__: Any) -> Tokenizer:
        """Itself: the tokenizer has no state (part of spaCy's protocol)."""
        return self
