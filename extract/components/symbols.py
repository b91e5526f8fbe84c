"""Numbers and symbols of documents: 766/QĐ-TTg, 42/2022/NĐ-CP, 03-NQ/TU, and what OCR makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from extract.layout.letters import UPPER
from gazetteer import Kind, doc_types, load_gazetteer
from normalize.syllables import fold

_UP = f"A-ZÀ-ÖØ-Þ{UPPER}"  # with the foreign letters OCR takes for ours
_PART = rf"[{_UP}0][{_UP}a-zđ0-9&]{{0,14}}"
_TAIL = rf"(?:(?:[-–—]\s?|\s[-–—])[{_UP}0][{_UP}a-zđ0-9&.]{{0,14}}){{0,4}}"
_TYPE = r"(?:QĐ|NQ|NĐ|TT|TTLT|CT|KL|TB|KH|BC|CV|HD|TTr|CĐ|QC|QyĐ)"
CODE = re.compile(
    r"(?:(?<=[\s(\[“\":;,'])|(?<=[sS]ố[-.])|(?<=[sS]ố)|^)(?:"
    r"(?P<number>\d{1,6}(?:\s?/\s?(?:19|20)\d\d)?)\s?/\s?[\[|(]?"
    rf"(?P<symbol>{_PART}{_TAIL}(?:/{_PART}{_TAIL})?)"
    rf"|(?P<dashed_number>\d{{1,6}}\s?/\s?(?:19|20)\d\d)\s?[-–]\s?(?P<dashed>{_TYPE}-[{_UP}][{_UP}a-zđ0-9]{{0,14}})"
    rf"|(?P<party_number>\d{{1,5}})(?:\s?[-–]\s?|\s(?={_TYPE}/))"
    rf"(?P<party>[{_UP}][{_UP}a-zđ0]{{0,5}}\s?/\s?[{_UP}]{{1,3}}[{_UP}a-zđ]{{1,10}}(?:-[{_UP}]{{2,10}})?)"
    r")(?:(?![\w/])|(?=ng[àa]y\s))"
)
"""A number with its symbol."""
DAMAGED = re.compile(rf"(?<=[sS][ốôóoỐ6éộ]\s)(?P<bad>[\w.…]{{0,6}})\s?/\s?[\[|(I]?(?P<symbol>{_PART}{_TAIL})(?![\w/])")
"""A symbol behind "số" whose number is blank or unreadable."""
_LIKE_D = str.maketrans({"Đ": "D", "Ð": "D", "P": "D", "B": "D", "b": "D", "d": "D", "đ": "D", "9": "D"})
_LIKE_Q = str.maketrans({"0": "Q", "O": "Q", "o": "Q", "9": "Q"})
_WHERE = re.compile(r"\s(?=(?:tỉnh|thành phố|huyện|thị xã|quận|phường|xã|thị trấn)\s)")
_UNIT = re.compile(r"\s(?:tỉnh|thành phố|huyện|thị xã|quận|phường|xã|thị trấn|đặc khu)\s")
_POINTED = re.compile(r"[.,]([A-ZĐ][A-Za-zĐ]{1,7})(?![\w/])")
_TTG = re.compile(r"[T1Il]{2}[gGqe8]")


@dataclass(frozen=True, slots=True)
class Code:
    """A number and symbol at `start`..`end`; `number` is None where it is blank or unreadable."""

    start: int
    end: int
    number: str | None
    symbol: str
    rule: str


def find_codes(text: str) -> Iterator[Code]:
    """The codes in `text`, left to right."""
    found = [_with_body(text, _code(match)) for match in CODE.finditer(text)]
    busy = {at for code in found for at in range(code.start, code.end)}
    for match in DAMAGED.finditer(text):
        if match.end() - 1 not in busy:
            found.append(Code(match.start(), match.end(), None, _tidy(match["symbol"]), "damaged"))
    yield from sorted(found, key=lambda code: code.start)


def _with_body(text: str, code: Code) -> Code:
    """The code with the body behind a hyphen that was read as a point: 107/2021/NĐ.CP."""
    behind = _POINTED.match(text, code.end) if code.symbol in _types() else None
    if behind is None or behind[1] not in _bodies():
        return code
    return replace(code, end=behind.end(), symbol=f"{code.symbol}-{behind[1]}")


def _code(match: re.Match[str]) -> Code:
    if match["party"]:
        return Code(match.start(), match.end(), match["party_number"], _tidy(match["party"]), "party")
    number, symbol = match["number"] or match["dashed_number"], match["symbol"] or match["dashed"]
    return Code(match.start(), match.end(), re.sub(r"\s", "", number), _tidy(symbol), "full")


def _tidy(symbol: str) -> str:
    return re.sub(r"[–—]", "-", re.sub(r"\s", "", symbol)).rstrip(".-&")


def restore(symbol: str, doc_type: str | None = None, issuer: str | None = None) -> str:
    """The symbol without OCR damage: QP-TTg is QĐ-TTg, 0b-VP is QĐ-VP, NQ-HPND is NQ-HĐND.

    Only what is no abbreviation as it stands is changed, and only where one alone looks like it; `doc_type` is the type
    the text names in front of the symbol, `issuer` the body in whose letterhead it stands, which it then names.
    """
    parts = re.split(r"([-/])", symbol)
    for index in range(0, len(parts), 2):
        parts[index] = _restore_part(
            parts[index], first=index == 0, following=parts[index + 2 :][:1], doc_type=doc_type
        )
    short = _initials(issuer) if issuer else ""
    for index in range(0, len(parts), 2):
        if _is_misread(parts[index], short):
            parts[index] = short
    restored = "".join(parts)
    return crossed(restored, issuer) if issuer else restored


def crossed(symbol: str, issuer: str) -> str:
    """The symbol with the bars of its D's where a part of it is made of initials of the issuer that have them."""
    for initials in (_initials(issuer, whole=True), _initials(_UNIT.sub(" ", issuer), whole=True)):
        symbol = "".join(_crossed(part, initials) for part in re.split(r"([-/])", symbol))
    return symbol


def _is_misread(part: str, short: str) -> bool:
    """Whether a part that is no abbreviation is that of the issuer but for one letter: "RCT" of Bộ Công Thương."""
    known = part in _types() or part in _bodies()
    return len(short) >= 3 and not known and len(part) == len(short) and Levenshtein.distance(part, short) == 1


def _crossed(part: str, initials: str) -> str:
    at = initials.replace("Đ", "D").find(part.replace("Đ", "D")) if len(part) >= 3 and "D" in part else -1
    if at < 0 or part in _types() or part in _bodies():
        return part
    return "".join(meant if meant == "Đ" else read for read, meant in zip(part, initials[at:], strict=False))


def _initials(issuer: str, *, whole: bool = False) -> str:
    """The abbreviation of a body as symbols have it: SYT of "Sở Y tế tỉnh Kiên Giang", BCT of "Bộ Công Thương".

    With `whole` the initials of the place are part of it.
    """
    named = issuer if whole else _WHERE.split(issuer)[0]
    words = named.replace(",", " ").replace("-", " ").split()
    return "".join(word if word.isupper() or word.isdecimal() else _initial(word) for word in words if word != "và")


def _initial(word: str) -> str:
    return "Đ" if word[0] in "đĐ" else fold(word[0]).upper()


def _restore_part(part: str, *, first: bool, following: list[str], doc_type: str | None) -> str:
    if part in _types() or part in _bodies():
        return part
    if (bare := _without_marks(part)) != part and (bare in _types() or bare in _bodies()):
        return bare  # no symbol has marks: ƯBND is UBND
    if _TTG.fullmatch(part):
        return "TTg"
    shape = _shape(part, first=first)
    if first:
        named = type_abbreviation(doc_type)
        if named is not None and (shape == _shape(named, first=True) or Levenshtein.distance(part, named) <= 1):
            return named
        if shape == "QD":
            return "QĐ"
        if shape == "ND" and following == ["CP"]:
            return "NĐ"
        if shape == "CD" and following == ["TTg"]:
            return "CĐ"
    else:
        like = {body for body in _bodies() if _shape(body, first=False) == shape and "Đ" in body}
        if len(like) == 1:
            return like.pop()
    return part


def _without_marks(part: str) -> str:
    """A part of a symbol without the marks that specks give to its letters; Đ is a letter of its own."""
    return "".join(
        letter if letter in "Đđ" else fold(letter).upper() if letter.isupper() else letter for letter in part
    )


def _shape(part: str, *, first: bool) -> str:
    head = part[:1].translate(_LIKE_Q) if first else part[:1].translate(_LIKE_D)
    return head + part[1:].translate(_LIKE_D)


@cache
def _types() -> frozenset[str]:
    """Abbreviations of kinds of documents as they stand in symbols."""
    kinds = doc_types()
    return frozenset(
        short for kind in kinds for short in (kind.abbreviation, *kind.other_abbreviations) if short is not None
    )


@cache
def _bodies() -> frozenset[str]:
    """Abbreviations of bodies as they stand in symbols."""
    shorts = (short for entry in load_gazetteer().entries(Kind.BODY) for short in entry.short_names)
    return frozenset(short for short in shorts if " " not in short and sum(map(str.isupper, short)) >= 2)


def is_abbreviation(word: str) -> bool:
    """Whether a word in capitals is an abbreviation of a body or a type."""
    return word in _bodies() or word in _types()


@cache
def type_abbreviation(doc_type: str | None) -> str | None:
    """What a type of document is in symbols; None where it has none."""
    if doc_type is None:
        return None
    return next((kind.abbreviation for kind in doc_types() if kind.name.lower() == doc_type.lower()), None)


@cache
def type_of_symbol(symbol: str) -> str | None:
    """The type of document a symbol names first; None where it names none, as those of công văn."""
    first = re.split(r"[-/]", symbol)[0]
    return next((kind.name for kind in doc_types() if first in (kind.abbreviation, *kind.other_abbreviations)), None)
