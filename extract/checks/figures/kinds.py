"""Sets of kinds that exclude one another and leave nothing out, as `data/kinds.toml` holds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from extract.wordlists import wordlist

# "29 cơ quan, đơn vị xếp hạng Tốt", "651 đơn khiếu nại, tố cáo đúng": one noun with commas in it.
_ONE_NOUN: Final = re.compile(
    r"\b(cơ quan|đơn vị|sở|ban|ý kiến|khiếu nại|tố cáo|kiến nghị|cán bộ|công chức|huyện|thị xã|quận|phường|xã|bộ|chết"
    r"|xuất khẩu)"
    r",\s(?=(?:đơn vị|địa phương|ban|ngành|tố cáo|kiến nghị|phản ánh|phản ảnh|công chức|viên chức|thị xã|thành phố"
    r"|huyện|phường|xã|thị trấn|cơ quan|mất tích|nhập khẩu)\b\s*(?:[^\s\d]|$))"
)
_CUT: Final = re.compile(
    r"[,.;:()\[\]–…]|\s-\s|\s(?:còn(?! (?:trong|hạn|hiệu lực|lại|tồn))|chiếm|đạt tỷ lệ|trong đó|tương đương|và) "
    r"|\s(?:tăng|giảm)(?: thêm)?\s*$"
)
# Of a pattern: groups without others in them, classes, escapes, and what may be left out.
_NO_LETTERS: Final = re.compile(
    r"(?:\((?:\?(?:[:=!]|<[=!]))?[^()]*\)|\[[^]]*\]|\\.|[^()\[\]|](?=[?*{]))(?:[?*+]|\{[^}]*\})*"
)
_LONGEST: Final = 120
_MOST: Final = 20  # parts; no set has as many kinds


@dataclass(frozen=True, slots=True)
class KindSet:
    """The kinds of one set.

    `kinds` are patterns for the words around a figure, in lower case; the first `needed` of them are all there can be
    where `enough` different ones of the whole set are told. `unless`: words of a paragraph that say there are others.
    `overlap`: one thing can be of several, so that only words that open a list divide a count by them.
    `one_of` finds any of the kinds, in one search; what holds none of the `signs` has none of them.
    """

    kinds: tuple[re.Pattern[str], ...]
    needed: int
    enough: int
    unless: re.Pattern[str] | None
    overlap: bool
    one_of: re.Pattern[str]
    signs: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Whether words can name one of the kinds: most sets are told apart by this alone."""
        return any(map(text.__contains__, self.signs))

    def kind_of(self, label: str) -> int | None:
        """The one kind that a label names; None where it names none or several."""
        fits = [at for at, kind in enumerate(self.kinds) if kind.search(label)] if self.may_be_in(label) else []
        return fits[0] if len(fits) == 1 else None

    def kinds_in(self, text: str) -> Iterator[int]:
        """All kinds that words name."""
        return (at for at, kind in enumerate(self.kinds) if kind.search(text))

    def is_all(self, told: Collection[int]) -> bool:
        """Whether kinds are all there can be."""
        return len(set(told)) >= self.enough or all(at in told for at in range(self.needed))


@cache
def kind_sets() -> tuple[KindSet, ...]:
    """All sets, as they stand in the data."""
    return tuple(
        KindSet(
            tuple(re.compile(rf"\b(?:{kind})\b") for kind in [*one["of"], *one.get("may", ())]),
            len(one["of"]),
            one.get("enough", len(one["of"]) + len(one.get("may", ()))),
            re.compile(one["unless"]) if "unless" in one else None,
            one.get("overlap", False),
            re.compile(rf"\b(?:{'|'.join([*one['of'], *one.get('may', ())])})\b"),
            tuple(sign for kind in [*one["of"], *one.get("may", ())] for sign in _signs(kind)),
        )
        for one in wordlist("extract.checks", "kinds")["kinds"]
    )


def _signs(kind: str) -> Iterator[str]:
    """The longest run of letters in each way to name a kind, which no text that names it is without."""
    letters = kind
    while (fewer := _NO_LETTERS.sub("\n", letters)) != letters:
        letters = fewer
    return (max(way.split("\n"), key=len) for way in letters.split("|"))


def are_all_kinds(names: Sequence[str]) -> bool | None:
    """Whether parts of these names are the kinds of one set, each once; None where no set has that many of them."""
    if len(names) > _MOST:
        return None
    for one in kind_sets():
        kinds = list(takewhile(lambda kind: kind is not None, map(one.kind_of, (name.lower() for name in names))))
        if len(kinds) == len(names) and all(at in kinds for at in range(one.needed)):
            return len(set(kinds)) == len(names)
    return None


def one_noun(text: str) -> str:
    """A text without the commas that stand in nouns: "cơ quan, đơn vị", "sở, ban, ngành"."""
    return _ONE_NOUN.sub(r"\1 ", text) if "," in text else text


def label_of(before: str, behind: str) -> str:
    """The words that say of which kind a figure is: those that lead to it, and those behind it in its clause."""
    noun = one_noun(behind[: 2 * _LONGEST].lower())
    cut = _CUT.search(noun)
    return " ".join(f"{before.lower()} {noun[: cut.start()] if cut else noun}".split())[-2 * _LONGEST :]
