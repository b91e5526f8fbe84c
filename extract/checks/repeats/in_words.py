"""Figures that are told in words too: "6.961 tỷ đồng (sáu nghìn, chín trăm sáu mươi mốt tỷ đồng)", "năm (05) ngày"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, printed_decimals, vn
from extract.checks.figures.compound import amounts_in
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.spelled import NUMBERS, is_number_word, read_spelled
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.figures.verdict import nearest
from extract.components.numbers import Number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_CUE: Final = r"(?:số tiền\s)?(?:viết\s|ghi\s|đọc\s)?bằng chữ(?:\slà)?\s?:?\s?"
_BEHIND: Final = re.compile(
    rf"(?P<unit>(?:\s[^\W\d_]+){{0,4}})(?:\s?[.,;]?\s?\(\s?(?P<cue>{_CUE})?(?P<words>[^()\d]{{2,160}})\)"
    rf"|\s?[.,;]?\s{_CUE}(?P<said>[^().;\d]{{4,160}}))",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(r"(?:[^\W\d_]+,?\s){1,24}\(\s?$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COUNTED: Final = re.compile(r"\)\s[^\W\d_]")
# What a number behind it is the number of: "Điều 5 (một)".
_NUMBER_OF: Final = re.compile(
    r"\b(?:điều|khoản|điểm|chương|mục|phụ lục|mẫu|bảng|biểu|hình|lớp|quý|năm|thứ|số|loại|hạng)\s$", re.IGNORECASE
)
_SCALES: Final = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_MONEY: Final = re.compile(r"đồng(?: việt nam)?(?: chẵn)?(?: mỗi [^\W\d_]+)?$")
_NAMED: Final = ("hạng", "thứ", "tháng", "quý", "kỳ", "lớp", "cuối", "đầu", "giữa", "trong")
_LONGEST: Final = 2  # digits of a count that one word tells
_NEAR: Final = 20  # characters
_FAR: Final = 240
_SURE: Final = 2  # words that are no chance


def check_in_words(reading: Reading) -> Iterator[Finding]:
    """Figures of running text against the words beside them."""
    for block in reading.flow.of(*RUNNING):
        if "(" not in block.text and "ằng chữ" not in block.text:
            continue
        for number in amounts_in(block.text, block.body):
            if number.value is not None and number.value > 0:
                made = _behind(number, number.value, block, reading) or _before(number, number.value, block, reading)
                if made is not None:
                    yield made


def _behind(number: Number, value: Decimal, block: Block, reading: Reading) -> Finding | None:
    """A figure with its words in a bracket behind it, or behind "bằng chữ"."""
    match = _BEHIND.match(block.text[number.end : number.end + _FAR])
    told = (match["words"] or match["said"]) if match is not None else None
    spelled = read_spelled(told) if told is not None else None
    if match is None or told is None or spelled is None:
        return None
    said, rest = spelled[0], spelled[1].lower().strip(" .,/;:")
    unit = match["unit"].lower().strip()
    sure = bool(match["cue"] or match["said"])
    if not (sure or _is_plain(unit, rest)):
        return None
    if not sure and not rest and len(told.split()) < _SURE:  # "05 (năm) ngày"
        behind = block.text[number.end + match.end() - 1 :][:_NEAR]
        if unit or not _COUNTED.match(behind) or _NUMBER_OF.search(block.text[: number.start][-_NEAR:]):
            return None
    scale = _SCALES.get(unit.split()[0] if unit else "", 0)
    right = said.scaleb(-scale) if scale and said >= Decimal(1).scaleb(scale) else said
    agrees = value in (said, right) or value == nearest(right, printed_decimals(value))
    if rest.startswith("năm") and value == said + 5:  # "hai mươi năm" for "hai mươi lăm"
        agrees = True
    alone = len(told.split()) < _SURE or told.strip()[0].isupper()  # "(Ba Thanh)"
    if not agrees and not sure and alone and not (is_slip(value, right) and told[0].islower()):
        return None
    shown = block.text[number.start : number.end + match.end()]
    return _found(shown, number, (value, value if agrees else right, told), block, reading)


def _is_plain(unit: str, rest: str) -> bool:
    """Whether words end where the number does, or with what the figure counts."""
    return not rest or (bool(unit) and (unit.startswith(rest) or unit.endswith(rest))) or bool(_MONEY.match(rest))


def _before(number: Number, value: Decimal, block: Block, reading: Reading) -> Finding | None:
    """A figure alone in a bracket behind its words: "năm (05) ngày"."""
    if "(" not in block.text[max(number.start - 2, block.body) : number.start]:
        return None
    lead = _LEAD.search(block.text[max(number.start - _FAR, block.body) : number.start])
    if lead is None or not _COUNTED.match(block.text, number.end):
        return None
    words = _WORD.findall(lead.group())
    first = len(words)
    while first and is_number_word(words[first - 1]):
        first -= 1
    spelled = [read_spelled(" ".join(words[at:])) for at in range(first, len(words))]
    if not spelled or spelled[0] is None or spelled[0][1]:
        return None
    agrees = any(one is not None and one[0] == value for one in spelled)
    lead_in = words[first - 1].lower() if first else ""
    named = words[first][0].isupper() or lead_in in _NAMED or number.end - number.start > _LONGEST
    if not agrees and len(spelled) < _SURE and (named or words[-1].lower() not in NUMBERS):
        return None  # "hạng Ba (1991)", "cuối năm (2010)"
    said = spelled[0][0]
    told = " ".join(words[first:])
    return _found(f"{told} ({number.text})", number, (value, value if agrees else said, told), block, reading)


def _found(
    shown: str, number: Number, values: tuple[Decimal, Decimal, str], block: Block, reading: Reading
) -> Finding | None:
    """A finding of what is told in figures, what in words, and these words."""
    told, right, words = values
    proof = reading.proof(block.start + number.start, block.start + number.end, "checks.in_words")
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
