"""Repairs that need no model: symbols of documents and impossible months.

These are the only edits that may touch a digit, and each carries its proof:
the symbol of a document is in a closed list, a month is at most 12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalize.edits import Cause, Edit
from normalize.syllables import fold, skeletons

SYMBOL_PROBABILITY = 0.97
MONTH_PROBABILITY = 0.96
NUMBER_WORD_PROBABILITY = 0.96
_SURER = 20
"""A part is replaced only by one that is this many times as frequent in the codes of real documents."""

LEAST_FOREIGN_WORDS = 10
MOST_FOREIGN_SKELETONS = 0.4
"""A line with so many words of which no more than this share could be Vietnamese is in another language."""
MOST_MARKS = 0.1
"""So many marks or signs a word, and a line is Vietnamese that was misread."""

FREQUENT = 100
"""A part that is not known is replaced only by one that the codes of real documents hold so many times."""

# 7478/UBND-NCKS, 03-NQ/TU, 42/2022/ND-CP, s602/2017/TT-BTC; then a symbol without its number: QP-TTg at a line's start.
_NUMBERED = re.compile(
    r"(?:(?<![\w/-])|(?<=\b[sS][6ốôó]))(\d{1,5}(?:/\d{4})?\s?)([/-])"
    r"([\[|I]?[^\W_]['’]?[^\W_]{0,7}(?:[-/&][^\W_]['’]?[^\W_]{0,11}){0,3}-?)(?![\w/])"
)
_BARE = re.compile(r"(?<![\w/-])([^\W_]{2,8})[-/]([^\W_]{2,12})(?![\w/-])")
_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_READ_FOR = {"Đ": "DPBbÐ0Ođ", "Q": "0OGÓỌƠ", "I": "1l|", "S": "5", "B": "8"}
_MONTH = re.compile(r"(\bng\w{1,3}y\s+\d{1,2}\s+th\w{1,4}g\s+)(\d{2})(\s+n\w{1,3}m\s+)((?:19|20)\d{2})\b")
_DATE = re.compile(r"\b\d{1,2}/(\d{1,2})/((?:19|20)\d{2})\b")
_DATE_IN_WORDS = re.compile(r"\bth\w{1,4}g\s+(\d{1,2})\s+n\w{1,3}m\s+((?:19|20)\d{2})\b")
# "Công văn 50 1449/UBND": no number stands between the type of a document and its code; 50 is "số" read as digits.
_NUMBER_WORD = re.compile(r"(?<=[^\W\d_]\s)([5$8][06])(?=\s{1,2}\d{1,5}(?:/\d{4})?[/-][A-ZĐ])")
# "Công văn sẽ 1452/UBND", "Số: 35/BC" read as "Sô: 35/BC": before the code of a document any s with a vowel is "số".
_BEFORE_CODE = re.compile(r"(?<=[^\W\d_]\s)(s[^\W\d_])(?=\s{1,2}\d{1,5}(?:/\d{4})?[/-][A-ZĐ])")
_OPENING = re.compile(r"^[ \t]*([Ss][^\W\d_]|[Ss$]6)(?=\s?:\s?\d{0,5}\s?/\s?[A-ZĐ0-9])", re.MULTILINE)
# "Nghị quyết sở 11": behind the name of a type of document a number has its "số" before it.
_BEHIND_TYPE = re.compile(r"(?<!\w)([^\W\d_]{2,6})[ ]([^\W\d_]{2,6})[ ](s[^\W\d_]|s6)(?=[ ]\d{1,4}(?![\w%]|[.,/-]\d))")
_TYPES = frozenset(
    """cong van|quyet dinh|nghi quyet|nghi dinh|chi thi|thong tu|ke hoach|thong bao|cong dien|to trinh|ket luan|bao cao
    |phu luc|phap lenh""".replace("\n    ", "").split("|")
)
# "$6 318-BC/TU" alone in a line is the number of the letter itself.
_HEAD = re.compile(r"^[ \t]*([5$8][06])(?:\s?:\s?|[ \t]{1,2})\d{1,5}(?:/\d{4})?[/-]\S{2,40}[ \t\r]*$", re.MULTILINE)
# "số02/2017/TT-BTC", "s602/2017": the blank was lost, and ố may be read as 6.
_GLUED = re.compile(r"(?<!\w)([sS][ốôó6])(?=\d{1,5}(?:/(?:19|20)\d{2}|[/-][A-ZĐ]{2}))")
# m2, m3/s, km2, kg/ha: units of measure behind a number, of which only those with a digit or a stroke look misread.
_UNIT = re.compile(r"(?<=\d )((?:[cdk]?m[23](?:/[a-z]{1,4})?|(?:km|kg|mg|g|l|t)/(?:[a-z]{1,3}|m[23])))(?!\w)")
_DOUBLED = re.compile("[ĐÐ]{2}")  # the second may be an Icelandic eth
_ASSEMBLY = re.compile(
    r"^((?:UBTV)?)[Q0OG]H([1Il]{1,2}[0-9ISl]{1,2}|[89])$"
)  # QH15: the National Assembly and its term
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARK = re.compile(r"(?<=[^\W\d_])[‘’“”'\"*~^|?¢§&€°]+(?=[^\W\d_])|[^\W\d_]\d|\d[^\W\d_]|[^\x00-\x7f‘’“”–…]")
_ADDRESS = re.compile(r"(?<!\S)[^\s@/]*[@/]\S*")
_LAST_TERM = 20
_DIGIT_READ_FOR = {"7": "1", "4": "1", "6": "0", "9": "0", "8": "0", "3": "1"}


@dataclass(frozen=True, slots=True)
class _Symbols:
    counts: dict[str, int]
    misread: dict[str, str]
    types: frozenset[str]


@cache
def _symbols() -> _Symbols:
    counts: dict[str, int] = {}
    for row in files("normalize").joinpath("data/symbols.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            part, frequency = row.split("\t")
            counts[part] = int(frequency)
    misread: dict[str, str] = {}
    for part, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        for form in _misreadings(part):
            if count > _SURER * counts.get(form, 0):
                misread.setdefault(form, part)
    types = frozenset(
        part
        for part in counts
        if part in {"QĐ", "NĐ", "CT", "NQ", "TB", "KH", "BC", "TTr", "TT", "HD", "CĐ", "KL", "QC", "TTLT"}
    )
    return _Symbols(counts, misread, types)


def _misreadings(part: str) -> set[str]:
    forms = {""}
    for letter in part:
        forms = (
            {form + other for form in forms for other in letter + _READ_FOR.get(letter, "")}
            if len(forms) < 400
            else {form + letter for form in forms}
        )
    return forms - {part}


@cache
def _restored(part: str) -> str | None:
    """The part of a symbol that `part` was, None where it is right or unknown."""
    symbols = _symbols()
    if (term := _ASSEMBLY.match(part)) is not None:
        return _assembly(term.group(1), term.group(2))
    if "'" in part or "’" in part:
        whole = re.sub("['’]", "", part)
        return whole if whole in symbols.counts else symbols.misread.get(whole)
    best = symbols.misread.get(part)
    doubled = _DOUBLED.search(part)
    if doubled and symbols.counts.get(single := _DOUBLED.sub("Đ", part), 0) > _SURER * symbols.counts.get(part, 0):
        return single
    if best is None and part not in symbols.counts:
        best = _mended(part)
    if (
        best is None
        and part not in symbols.counts
        and len(part) > 2
        and part[0] in "[|IlT"
        and part[1:] in symbols.counts
    ):
        return part[1:]
    return best


def _assembly(committee: str, term: str) -> str | None:
    """QHI5 and QHIS are QH15, 0H12 is QH12; None where no term of the National Assembly comes out."""
    digits = re.sub("[Il]", "1", term).replace("S", "5")
    if digits.startswith("11") and len(digits) == 3:
        digits = digits[1:]  # one stroke read as two
    return f"{committee}QH{digits}" if 0 < int(digits) <= _LAST_TERM else None


def _mended(part: str) -> str | None:
    """The frequent part that an unknown one is but for a stroke read for T, a mark no symbol has, or small letters."""
    counts = _symbols().counts
    options = {part[:at] + "T" + part[at + 1 :] for at, sign in enumerate(part) if sign in "1Il7" and len(part) > 1}
    options |= {part[:at] + part[at + 1 :] for at, sign in enumerate(part) if sign in "ỌỘẢẠÀ"}
    options |= {known for known in _symbols().types | {"TTg"} if known.upper() == part.upper()}
    frequent = [option for option in options if counts.get(option, 0) >= FREQUENT]
    return max(frequent, key=lambda option: (counts[option], option), default=None)


def symbol_edits(text: str) -> list[Edit]:
    """Restore the symbols of documents: QP-TTg, 06/0b-VP, 35/2022/NQ-HPND."""
    edits: dict[int, Edit] = {}
    for match in _NUMBERED.finditer(text):
        for part in _PARTS.finditer(text, match.start(3), match.end(3)):
            if not part.group().isdigit():
                _note(edits, part.start(), part.group(), _restored(part.group()))
    for match in _BARE.finditer(text):
        first, second = (_restored(match.group(group)) or match.group(group) for group in (1, 2))
        if first in _symbols().types and second in _symbols().counts:
            for group in (1, 2):
                _note(edits, match.start(group), match.group(group), _restored(match.group(group)))
    return [edits[start] for start in sorted(edits)]


def symbol_spans(text: str) -> list[tuple[int, int]]:
    """Where symbols without a number stand whose parts are all known (NQ/TU): nothing in them is changed."""
    known = _symbols().counts
    return [match.span() for match in _BARE.finditer(text) if match.group(1) in known and match.group(2) in known]


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Where units of measure stand behind a number (12 m3/s, 5 km2): nothing in them is changed."""
    return [match.span(1) for match in _UNIT.finditer(text)]


def foreign_spans(text: str) -> list[tuple[int, int]]:
    """The lines of another language (a letter from abroad that is quoted): nothing in them is changed.

    They have few marks and signs. Capitals and addresses aside, of lines with ten words or more those of garbled
    letters had 50 in 100 words that could be syllables and more, those in English 35 and fewer.
    """
    spans, start = [], 0
    for line in text.split("\n"):
        plain = _ADDRESS.sub(" ", line)
        words = [word for word in _WORD.findall(plain) if not word.isupper()]
        if len(words) >= LEAST_FOREIGN_WORDS and len(_MARK.findall(plain)) <= MOST_MARKS * len(words):
            share = sum(fold(word) in skeletons() for word in words) / len(words)
            if share <= MOST_FOREIGN_SKELETONS:
                spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _note(edits: dict[int, Edit], start: int, before: str, after: str | None) -> None:
    if after is not None and after != before:
        edits.setdefault(start, Edit(start, start + len(before), before, after, Cause.SYMBOL, SYMBOL_PROBABILITY))


def number_word_edits(text: str) -> list[Edit]:
    """Restore "số" before the number of a document: read as 50, 56, 80, 86, sẽ or sở, or run together with it."""
    found = {match.start(1): (match.group(1), "số") for match in _NUMBER_WORD.finditer(text)}
    for pattern in (_BEFORE_CODE, _OPENING, _HEAD):
        for match in pattern.finditer(text):
            found.setdefault(match.start(1), (match.group(1), "số"))
    for match in _BEHIND_TYPE.finditer(text):
        if fold(f"{match.group(1)} {match.group(2)}") in _TYPES:
            found.setdefault(match.start(3), (match.group(3), "số"))
    for match in _GLUED.finditer(text):
        found.setdefault(match.start(1), (match.group(1), "số "))
    heads = {match.start(1) for match in _HEAD.finditer(text)}
    return [
        Edit(start, start + len(read), read, made, Cause.NUMBER, NUMBER_WORD_PROBABILITY)
        for start, (read, word) in sorted(found.items())
        if (made := word.capitalize() if read[0] == "S" or start in heads else word) != read
    ]


def month_edits(text: str) -> list[Edit]:
    """Repair a month above 12 where one misread digit explains it and the other dates of the letter agree.

    `ngày 22 tháng 70 năm 2024` can only be 10 (a 1 read as 7); it is changed if the letter names another date of that
    year that lies in or before the month, as what a letter answers does.
    """
    dates = [*_DATE.findall(text), *_DATE_IN_WORDS.findall(text)]
    others = [(int(year), int(month)) for month, year in dates if 1 <= int(month) <= 12]
    edits = []
    for match in _MONTH.finditer(text):
        month, year = match.group(2), int(match.group(4))
        if int(month) <= 12 or fold(match.group(1))[:2] != "ng":
            continue
        options = {
            month[:place] + _DIGIT_READ_FOR[digit] + month[place + 1 :]
            for place, digit in enumerate(month)
            if digit in _DIGIT_READ_FOR
        }
        fitting = sorted(option for option in options if 1 <= int(option) <= 12)
        same_year = [other for given, other in others if given == year]
        if len(fitting) == 1 and same_year and min(same_year) <= int(fitting[0]):
            edits.append(Edit(match.start(2), match.end(2), month, fitting[0], Cause.NUMBER, MONTH_PROBABILITY))
    return edits
