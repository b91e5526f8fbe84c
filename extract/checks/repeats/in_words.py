"""Figures that are told in words too: "6.961 tỷ đồng (sáu nghìn, chín trăm sáu mươi mốt tỷ đồng)", "năm (05) ngày"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from extract.checks.figures.arithmetic import plain, printed_decimals, vn
from extract.checks.figures.compound import amounts_in
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_misprint, is_slip
from extract.checks.figures.spelled import Spelled, is_number_word, read_fraction, read_spelled, scale_of_words
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.figures.verdict import nearest
from extract.components.figure_words import is_unit, measures
from extract.components.numbers import Number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_LISTS: Final = wordlist("extract.checks", "in_words")
_CUE: Final = r"(?:số tiền\s)?(?:viết\s|ghi\s|đọc\s)?bằng chữ(?:\slà)?\s?:?\s?"
_BEHIND: Final = re.compile(
    r"(?P<unit>\s?[%‰]|(?:\s?[^\W\d_]{1,12}[23²³]?)?(?:\s[^\W\d_]{1,12}){0,3})(?P<each>/(?:0?1\s)?[^\W\d_]{1,12}(?:\s[^\W\d_]{1,12}){0,2})?"
    rf"(?:\s?[.,;]?\s?\(\s?(?P<cue>{_CUE})?(?P<words>[^()\d]{{2,160}})\)"
    rf"|\s?[.,;]?\s{_CUE}(?P<said>[^().;\d]{{4,160}}))",
    re.IGNORECASE,
)
_CUED: Final = re.compile(rf"\(?{_CUE}", re.IGNORECASE)
_LEAD: Final = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{1,8},?\s){1,24}\(\s?$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COUNTED: Final = re.compile(r"\)\s([^\W\d_]+)")
_EACH: Final = re.compile(r"\s?(?:/|\b(?:trên )?(?:mỗi|một|từng)\b).*")
_PIECE: Final = re.compile(r"[,;:–-]\s")
_ABOVE: Final = re.compile(r"(?<![\d/.,])(\d{1,3})/$")
_BEGINS: Final = re.compile(r"(?:^|[.;:,)–-])\s*$")
_TOTAL: Final = re.compile(r"\b(?:tổng|trong|trên|có) số\s+$", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_EDGES: Final = " .,/;:–-"
_NEAR: Final = 24  # characters
_FAR: Final = 240
_LINES: Final = 6  # above one that begins with "bằng chữ"
_FULL: Final = 3  # words of a number that tell all of another
_THOUSAND: Final = 3  # zeros


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with what stands behind it: its unit, the words that tell it, and whether "bằng chữ" opens these."""

    number: Number
    value: Decimal
    unit: str
    zeros: int  # of the scale that its unit begins with
    each: bool  # whether it is so much for each of something
    words: str
    cued: bool
    goes_on: bool  # whether the sentence can go on behind the words
    end: int  # of all this in the block
    near: str  # the text whose other figures the words may tell


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read the words: their number, how much it is in the unit of the figure, and the unit they name."""

    spelled: Spelled
    right: Decimal
    unit: str
    each: bool


def check_in_words(reading: Reading) -> Iterator[Finding]:
    """Figures of running text against the words beside them, or in a line of their own below."""
    lines: list[Block] = []
    for block in reading.flow.blocks:
        if block.role not in RUNNING:
            lines = []
            continue
        if lines and _CUED.match(block.text, block.body):
            yield from _above(lines[-_LINES:], block, reading)
        if "(" in block.text or "ằng chữ" in block.text:
            for number in amounts_in(block.text, block.body):
                made = _behind(number, block, reading, block.text) or _before(number, block, reading)
                if made is not None:
                    yield made
        lines.append(block)


def _above(lines: list[Block], block: Block, reading: Reading) -> Iterator[Finding]:
    """The figure that ends the line above one that begins with "bằng chữ"."""
    above = lines[-1]
    numbers = amounts_in(above.text, above.body)
    if numbers:
        near = "\n".join(line.text for line in lines)
        joined = replace(above, text=f"{above.text.rstrip(_EDGES)} {block.text[block.body :]}")
        made = _behind(numbers[-1], joined, reading, near)
        if made is not None:
            yield made


def _behind(number: Number, block: Block, reading: Reading, near: str) -> Finding | None:
    """A figure with its words in a bracket behind it, or behind "bằng chữ", `near` other figures."""
    value = number.value
    if not value:
        return None
    match = _BEHIND.match(block.text[number.end : number.end + _FAR])
    words = (match["words"] or match["said"]) if match is not None else None
    if match is None or words is None:
        return None
    first = _WORD.search(words)
    if first is None or not is_number_word(first.group()):
        return None
    before, end = block.text[: number.start][-_NEAR:], number.end + match.end()
    if over := _ABOVE.search(before):
        return _fraction(int(over[1]), number, (words, end), block, reading)
    if before.endswith("/"):  # "1.000.000 đồng/1 hộ (một triệu đồng)"
        return None
    whole = " ".join(match["unit"].lower().split())
    unit = _EACH.sub("", whole)
    each = bool(match["each"]) or unit != whole
    cued, said = bool(match["cue"] or match["said"]), bool(match["said"])
    zeros, _ = scale_of_words(unit.split())
    told = _Told(number, value, unit, zeros, each, words.strip(), cued, said, end, near)
    ways = [way for one in read_spelled(told.words) if (way := _way(told, one)) is not None]
    agrees = any(_agrees(told, way) for way in ways)
    if not ways or not (cued or _repeats(told, block)):
        return None
    named = [way for way in ways if unit and way.unit == unit]
    sure = named if len(named) == 1 else ways
    if not agrees and not (len(sure) == 1 and _contradicts(told, sure[0], block)):
        return None
    values = (value, value if agrees else sure[0].right, words)
    return _found(block.text[number.start : end], (number.start, number.end), values, block, reading)


def _way(told: _Told, spelled: Spelled) -> _Way | None:
    """What a number in words says of a figure; None where something stands behind it that is neither unit nor end."""
    head, piece, tail = _parted(" ".join(spelled.rest.lower().split()))
    if piece and not (told.cued and (head or told.unit) and _is_apart(tail)):
        return None
    for ending in _LISTS["endings"]:
        head = head.removesuffix(ending).strip(_EDGES)
    unit = _EACH.sub("", head)
    each = unit != head
    if told.goes_on:
        unit = _without_sentence(unit)
    if not _is_unit_of(told, unit):
        return None
    value = spelled.value
    scaled = told.zeros and not (unit and unit == told.unit) and value >= Decimal(1).scaleb(_THOUSAND)
    return _Way(spelled, Decimal(plain(value.scaleb(-told.zeros))) if scaled else value, unit, each)


def _parted(rest: str) -> tuple[str, bool, str]:
    """What stands behind a number up to a comma, colon or dash, whether there is one, and what is behind that."""
    rest = rest.strip(_EDGES)
    piece = _PIECE.search(rest)
    if piece is None:
        return rest, False, ""
    return rest[: piece.start()].strip(_EDGES), True, rest[piece.end() :]


def _is_apart(tail: str) -> bool:
    """Whether what stands behind an amount is no more of it."""
    first = _WORD.search(tail)
    return first is not None and not is_number_word(first.group()) and first.group() not in ("và", "mỗi", "một")


def _without_sentence(unit: str) -> str:
    """The unit that a text begins with where the sentence goes on behind it, else all of the text."""
    words = unit.split()
    for width in range(len(words) - 1, 0, -1):
        if " ".join(words[:width]) in _lists_of_units() and words[width] in _LISTS["goes_on"]:
            return " ".join(words[:width])
    return unit


@cache
def _lists_of_units() -> dict[str, int]:
    """The names of units, each with the place of its list."""
    return {name: place for place, names in enumerate(_LISTS["units"]) for name in names}


def _without_scale(unit: str) -> str:
    words = unit.split()
    return " ".join(words[scale_of_words(words)[1] :])


def _is_money(unit: str) -> bool:
    currencies: int = _LISTS["currencies"]
    return _lists_of_units().get(unit, currencies) < currencies


def _is_unit_of(told: _Told, unit: str) -> bool:
    """Whether words name the unit of a figure, or part of it, or none."""
    if not unit or unit == told.unit:
        return True
    own = _without_scale(told.unit)
    if not own:
        return _is_money(unit) or (is_unit(unit) and not told.zeros)
    place = _lists_of_units().get(unit)
    if place is not None and place == _lists_of_units().get(own):
        return True
    return f"{own} ".startswith(f"{unit} ") or (f" {own}".endswith(f" {unit}") and not _is_money(unit))


def _agrees(told: _Told, way: _Way) -> bool:
    value = told.value
    rights = (way.spelled.value, way.spelled.value.scaleb(-told.zeros))
    return any(value in (right, nearest(right, printed_decimals(value))) for right in rights)


def _repeats(told: _Told, block: Block) -> bool:
    """Whether one word in a bracket can tell a figure again: "05 (năm) ngày"; not "12 tháng (một)"."""
    alone = len(told.words.split()) == 1
    return not alone or (not told.unit and _COUNTED.match(block.text, told.end - 1) is not None)


def _is_number_of(told: _Told, block: Block) -> bool:
    """Whether a figure is the number of something, and counts nothing."""
    before = block.text[: told.number.start][-_NEAR:].lower()
    return _is_behind(before, "number_of") and not _TOTAL.search(before)


def _contradicts(told: _Told, way: _Way, block: Block) -> bool:
    """Whether words that tell another number than the figure are meant to tell it."""
    slip = is_slip(told.value, way.right) or is_slip(told.value, way.spelled.value)
    if not way.spelled.sure or way.each != told.each or (not told.unit and _is_number_of(told, block)):
        return False
    beside = told.near == block.text and is_misprint(told.value, way.right)
    if _is_rough(told, way, block) or (not beside and _is_another(told, way)):
        return False
    if not slip and not _is_as_large(told.value, way.right):
        return False
    if told.cued:
        return slip or bool(told.unit) or _GROUPED.fullmatch(told.number.text) is not None
    if way.unit:
        if not told.unit and not _is_money(way.unit):
            return False
        if way.spelled.words >= _FULL and told.unit:
            return True
        if way.spelled.words == 1 and not (_is_money(way.unit) or measures(way.unit)):
            return False
        return slip and (told.words[0].islower() or _is_money(way.unit))
    if told.unit:
        return slip and told.words[0].islower()
    behind = _COUNTED.match(block.text, told.end - 1)
    if behind is None:
        return way.spelled.words >= _FULL and _GROUPED.fullmatch(told.number.text) is not None
    counts = is_unit(behind[1])
    if told.words.lower() == "năm" and not counts:  # "25 (năm) hoặc"
        return False
    return (counts or told.words[0].islower()) and (slip or way.spelled.words > 1)


def _is_as_large(value: Decimal, right: Decimal) -> bool:
    """Whether two figures are not far apart, or thousands of each other; others lost a word or are of two things."""
    apart = abs(value.adjusted() - right.adjusted())
    same = value.normalize().as_tuple().digits == right.normalize().as_tuple().digits
    return apart <= 1 or (same and apart % _THOUSAND == 0)


def _is_rough(told: _Told, way: _Way, block: Block) -> bool:
    """Whether a figure is told roughly, and the words finer."""
    finer = len(way.right.normalize().as_tuple().digits) > len(told.value.normalize().as_tuple().digits)
    return finer and _is_behind(block.text[: told.number.start][-_NEAR:].lower(), "rough")


def _is_another(told: _Told, way: _Way) -> bool:
    """Whether words tell another figure near theirs, or one whose scale stands elsewhere."""
    for other in amounts_in(told.near):
        if other.value is None or other.value == told.value:
            continue
        zeros, _ = scale_of_words(_WORD.findall(told.near[other.end : other.end + _NEAR]))
        if way.spelled.value in (other.value, other.value.scaleb(zeros)):
            return True
    apart = way.spelled.value / told.value
    return not told.unit and apart in (Decimal(1).scaleb(zeros) for zeros in (3, 6, 9, -3, -6))


def _is_behind(before: str, words: str) -> bool:
    """Whether a text ends in a word of a list."""
    return _ends_in(words).search(before) is not None


@cache
def _ends_in(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _LISTS[words]))})(?: số)?\s+$")


def _fraction(above: int, number: Number, behind: tuple[str, int], block: Block, reading: Reading) -> Finding | None:
    """A fraction with its words in a bracket behind it: "2/3 (hai phần ba)"; the one of its figures that they deny."""
    words, end = behind
    read = read_fraction(words)
    if read is None or read[2].strip(_EDGES) or number.whole is None:
        return None
    start = number.start - len(f"{above}/")
    told = ((above, read[0], start, number.start - 1), (number.whole, read[1], number.start, number.end))
    wrong = [one for one in told if one[0] != one[1]]
    if len(wrong) == len(told):
        return None
    value, right, low, high = wrong[0] if wrong else told[1]
    return _found(block.text[start:end], (low, high), (Decimal(value), Decimal(right), words), block, reading)


def _before(number: Number, block: Block, reading: Reading) -> Finding | None:
    """A figure alone in a bracket behind its words: "năm (05) ngày"."""
    value = number.value
    if not value or "(" not in block.text[max(number.start - 2, block.body) : number.start]:
        return None
    lead = _LEAD.search(block.text[max(number.start - _FAR, block.body) : number.start])
    if lead is None or not _COUNTED.match(block.text, number.end):
        return None
    told = list(_runs(lead.group()))
    ways = [[way for way in read_spelled(one) if not way.rest] for one in told]
    right = [one for one, some in zip(told, ways, strict=True) if any(way.value == value for way in some)]
    if not right:
        start = number.start - len(lead.group()) + lead.group().rindex(told[0]) if told else 0
        if not (ways and len(ways[0]) == 1 and _is_slip_of(value, ways[0][0])):
            return None
        if not _counts_behind(block.text[block.body : start], told[0]):
            return None
    words = right[0] if right else told[0]
    values = (value, value if right else ways[0][0].value, words)
    return _found(f"{words} ({number.text})", (number.start, number.end), values, block, reading)


def _runs(lead: str) -> Iterator[str]:
    """The words at the end of a text that can tell a number, the longest run of them first."""
    words = list(_WORD.finditer(lead))
    first = len(words)
    while first and is_number_word(words[first - 1].group()):
        first -= 1
    for at in range(first, len(words)):
        run = lead[words[at].start() : words[-1].end()]
        if read_spelled(run):
            yield run


def _is_slip_of(value: Decimal, way: Spelled) -> bool:
    return way.sure and is_slip(value, way.value)


def _counts_behind(before: str, words: str) -> bool:
    """Whether a number in words counts what stands behind it; not "giai đoạn hai (15) xã", "Tổ ba (25) người"."""
    if _BEGINS.search(before):
        return True
    *_, last = re.split(r"[.;:,)–]\s*", before)
    return words[0].islower() and _is_behind(last[:1].lower() + last[1:], "counts_behind")


def _found(
    shown: str, span: tuple[int, int], values: tuple[Decimal, Decimal, str], block: Block, reading: Reading
) -> Finding | None:
    """A finding of what is told in figures, what in words, and these words."""
    told, right, words = values
    proof = reading.proof(block.start + span[0], block.start + span[1], "checks.in_words")
    gap = "" if told == right else f", báo cáo ghi {vn(told)}: chênh {vn(abs(told - right))}"
    return finding(
        CheckKind.CONSISTENCY,
        shown.strip(),
        CheckVerdict.AGREES if told == right else if_wrong(proof, reading),
        inputs=(("bằng chữ", words.strip()),),
        reported=plain(told),
        computed=plain(right),
        note=f"bằng chữ ({words.strip()}): {vn(right)}{gap}",
        evidence=proof,
    )
