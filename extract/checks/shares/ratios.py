"""Shares in running text: "40.887 hồ sơ, chiếm 99,9%", "27/36 đơn vị (75%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Final

from extract.checks.figures.arithmetic import RATE, SHARE, Formula
from extract.checks.figures.cues import DATE_LIKE
from extract.checks.figures.quantities import Meaning, Quantity
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.checks.figures.verdict import compare
from extract.checks.shares.likelihood import UNLIKELY, chance_of
from extract.checks.shares.untold import are_said_to_have_all, is_of_its_name, is_of_more
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

# "27/36 đơn vị, đạt 75%"; at most ten words between, none of them a figure but a level: "kết nối 4 cấp".
_FRACTION: Final = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:\.\d{3})*|\d+)\s?/\s?(\d{1,3}(?:\.\d{3})*|\d+)(?![\w/]|[.,]\d)"
    r"((?:[^\d.;,()]|(?<=[^\W\d_] )\d(?= [^\W\d_])|(?<=\bkhối )\d\d(?= )|(?<=\b(?:lớp|đợt|cấp) )\d\d(?= )"
    r"|, (?!đạt|chiếm|bằng|tương|tỷ lệ|tỉ lệ|trong|còn|tăng|giảm|có|đã)){0,70}?)"
    r"\s*(\(|,|:|\bđạt\b|\bchiếm\b|=|\bbằng\b)\s*(?:(đạt|chiếm|bằng|tương đương|tương ứng|tức)(?: với| là)?\s+)?"
    r"(?:tỷ lệ|tỉ lệ)?\s*:?\s*(?P<about>(?:hơn|gần|khoảng|trên|xấp xỉ) )?(\d{1,3}(?:,\d{1,4})?)\s?%"
)  # fmt: skip
# "1.284,6 tỷ đồng/4.015 tỷ đồng kế hoạch, đạt 32%"
_AMOUNT: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?"
_MEASURE: Final = r"tỷ đồng|triệu đồng|nghìn đồng|đồng(?! (?:chí|bào|nghiệp)\b)|tỷ|triệu|ha|km|tấn|m2|m3"
_AMOUNTS: Final = re.compile(
    rf"(?<![\w.,/-])({_AMOUNT})\s?({_MEASURE})?\s?/\s?(?:tổng (?:số )?)?({_AMOUNT})\s?({_MEASURE})\b"
    r"([^\d.;,()%]{0,60})"
    rf"(?:\(|,|\bđạt\b|\bchiếm\b|=|\bbằng\b)\s*(?:(?:đạt|chiếm|bằng|tương đương)\s+)?(?:tỷ lệ|tỉ lệ)?\s*:?\s*"
    rf"(\d{{1,3}}(?:,\d{{1,4}})?)\s?%"
)
_PERCENT_FIRST: Final = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:,\d{1,4})?)\s?%\s*\(\s*(\d{1,3}(?:\.\d{3})*|\d+)\s?/\s?(\d{1,3}(?:\.\d{3})*|\d+)(?![\d/])"
)
_OF_IT: Final = re.compile(
    r"^[^\d,;:.()]{0,60}(?:[,;(]\s*|\s+)(?:(?:chiếm|đạt|tương đương|bằng)\s*(?:tỷ lệ|tỉ lệ)?|tỷ lệ|tỉ lệ)?\s*:?\s*$",
    re.IGNORECASE,
)
_SMALLEST_WHOLE: Final = 10  # "2/3 dân số" is a figure of speech
# The share of a vote is one of all who could vote.
_VOTE: Final = re.compile(
    r"tán thành|đồng ý|nhất trí|biểu quyết|\bbầu\b|trúng cử|tín nhiệm"
    r"|\d\s(?:đại biểu|phiếu)\b(?!.{0,30}(?:triệu tập|có mặt|dự|thu về))",
    re.IGNORECASE,
)
# A date, or a rank: "đứng thứ 30/63, đạt 82,17%".
_OF_SOMETHING_ELSE: Final = re.compile(
    r"^%?\s*(?:kế hoạch|chỉ tiêu|dự toán|so với|so|cùng kỳ|năm|(?<!trình )mục tiêu|nghị quyết|KH|trở lên)",
    re.IGNORECASE,
)
_OF_PLAN: Final = re.compile(r"^%?\s*(?:so với )?(?:tổng )?(?:kế hoạch|chỉ tiêu|dự toán|KH\b)", re.IGNORECASE)
_ABOUT: Final = Decimal("1.5")  # from a share that is told roughly
_ABSENT: Final = Decimal("1.3")  # times those who vote may be those who may
_BOUND: Final = re.compile(r"\b(?:trên|dưới|hơn|từ|tối thiểu|ít nhất|không quá)\s$", re.IGNORECASE)
_NEAR: Final = 12  # characters
_LEAD: Final = 60  # characters that lead to a fraction
_YEAR_OR_PERIOD: Final = re.compile(r"\s*(?:so với|so|cùng kỳ)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"tăng|giảm|so với|vượt|hơn|bình quân|kế hoạch|chỉ tiêu|tối thiểu|mục tiêu", re.IGNORECASE
)
_TURNS: Final = re.compile(r"\b(?:nhưng|tuy|song|mà|trong khi|còn)\b", re.IGNORECASE)  # speaks of something else
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm)(?: thêm)?\s*$", re.IGNORECASE)
_DIFFERS: Final = CheckVerdict.DIFFERS
_ALL: Final = Decimal(100)
_HALF: Final = Decimal("0.5")


def check_ratios(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Shares in the running text of a letter; `found` are the quantities of each block."""
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if "%" not in block.text:
            continue
        yield from _fractions(block, reading)
        yield from _amounts(block, reading)
        yield from _shares_of_both(items, block)


def _fractions(block: Block, reading: Reading) -> Iterator[Finding]:
    text = block.text
    matches = [(match, (1, 2, 7)) for match in _FRACTION.finditer(text)]
    matches += [(match, (2, 3, 1)) for match in _PERCENT_FIRST.finditer(text)]
    for match, groups in matches:
        words, behind = text[max(match.start() - 60, 0) : match.end() + 60], text[match.end() :]
        if DATE_LIKE.search(text[: match.start()][-12:]):
            continue
        told = groups[0] == 1 and match[4] == "(" and match["about"]  # "46/54 mốc (tỷ lệ hơn 85%)"
        if not told and _BOUND.search(text, max(match.start(groups[2]) - _NEAR, 0), match.start(groups[2])):
            continue  # "12/40 xã có tỷ lệ tham gia đạt trên 6%"
        if groups[0] == 1 and (_COMPARED.search(match[3]) or _TURNS.search(match[3])):
            continue
        of_plan = bool(_OF_PLAN.match(behind))
        if _OF_SOMETHING_ELSE.match(behind) and not of_plan:
            continue
        terms = _terms(match, groups, block, reading)
        part, whole, share = (term for term in terms if term is not None)
        if whole.value == 0 or (part.value == whole.value and are_said_to_have_all(text, match.start())):
            continue
        moved = groups[0] == 2 and _CHANGE.search(text[: match.start()][-24:])
        formula = RATE if moved else SHARE
        if moved:  # "giảm 6,4% (1.170/1.250 vụ)"
            made = recompute(CheckKind.RATE_OF_CHANGE, f"{moved[0]}{match.group()}", RATE, [part, whole], share)
        else:
            made = recompute(CheckKind.RATIO, match.group(), SHARE, [part, whole], share)
        if made is None:
            continue
        of_more = groups[0] == 1 and (
            is_of_more(match[3], behind)
            or is_of_its_name(text[max(match.start() - _LEAD, 0) : match.start()], text[match.end(2) : match.start(7)])
        )
        loose = groups[0] == 1 and match[4] == "," and match[5] is None  # "58/76 trạm, 97% xã …" begins anew
        if groups[0] == 1 and match["about"] is not None:
            right = part.value / whole.value * _ALL
            cut = right.to_integral_value(ROUND_DOWN)
            if abs(right - share.value) <= _ABOUT or not (is_slip(share.value, cut) or is_slip(share.value, cut + 1)):
                continue
        vote = bool(_VOTE.search(words))
        open_ = of_plan or part.value > whole.value
        if made.verdict is not CheckVerdict.DIFFERS:
            if part.value <= whole.value or of_plan:
                yield made
        elif loose or of_more or whole.value < _SMALLEST_WHOLE:
            continue
        elif _is_slip_of_voters(part, whole, share) if vote else not open_ or _is_slip_of(formula, part, whole, share):
            yield made


def _is_slip_of(formula: Formula, part: Term, whole: Term, share: Term) -> bool:
    """Whether a slip of the pen, and not another whole, is why a share does not hold."""
    chance = chance_of(formula.value, [part.value, whole.value], share, near=False)
    return chance is not None and chance <= UNLIKELY


def _is_slip_of_voters(part: Term, whole: Term, share: Term) -> bool:
    """Whether a slip is why a share of votes does not hold, and not that it is one of all who may vote."""
    may_vote = part.value * _ALL / share.value if share.value else whole.value
    return not whole.value <= may_vote <= _ABSENT * whole.value and _is_slip_of(SHARE, part, whole, share)


def _amounts(block: Block, reading: Reading) -> Iterator[Finding]:
    """Amounts in one measure, one over the other, with their share."""
    for match in _AMOUNTS.finditer(block.text):
        if match[2] is not None and match[2] != match[4]:
            continue
        if _COMPARED.search(match[5].replace("kế hoạch", "")) or _YEAR_OR_PERIOD.match(block.text[match.end() :]):
            continue
        terms = _terms(match, (1, 3, 6), block, reading)
        part, whole, share = (term for term in terms if term is not None)
        made = recompute(CheckKind.RATIO, match.group(), SHARE, [part, whole], share) if whole.value else None
        if made is not None and not (made.verdict is _DIFFERS and _may_be(part, whole, share)):
            yield made


def _terms(match: re.Match[str], groups: Sequence[int], block: Block, reading: Reading) -> list[Term | None]:
    """Part, whole and share of a match, in that order."""
    return [
        _term(match, group, name, block, reading)
        for group, name in zip(groups, ("part", "whole", "share"), strict=True)
    ]


def _term(match: re.Match[str], group: int, name: str, block: Block, reading: Reading) -> Term | None:
    value = read_number(match.group(group))
    if value is None:
        return None
    start, end = block.start + match.start(group), block.start + match.end(group)
    proof = reading.proof(start, end, "checks.fraction")
    return Term(name, value, proof, is_doubtful(proof, reading))


def _may_be(part: Term, whole: Term, share: Term) -> bool:
    """Whether amounts that are rounded where they are printed can have such a share."""
    halves = [_HALF.scaleb(-term.decimals) for term in (part, whole, share)]
    least = (part.value - halves[0]) / (whole.value + halves[1]) * _ALL
    most = (part.value + halves[0]) / max(whole.value - halves[1], halves[1]) * _ALL
    return least - halves[2] <= share.value <= most + halves[2]


def _verdict(part: Quantity, whole: Quantity, share: Quantity) -> CheckVerdict:
    return compare(share.value, part.value / whole.value * 100, share.term.decimals).verdict


def _shares_of_both(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Online and direct with a share each: of both together, where one of the two shares shows it."""
    for index in range(len(items) - 3):
        one, its, other, others = items[index : index + 4]
        if not (one.is_count and other.is_count and its.unit == others.unit == "%"):
            continue
        if {one.meaning, other.meaning} != {Meaning.ONLINE, Meaning.DIRECT} or any(
            item.approximate or _COMPARED.search(item.between) for item in (its, other, others)
        ):
            continue
        if not _OF_IT.match(its.between) or not _OF_IT.match(others.between) or one.value + other.value == 0:
            continue
        both = replace(one, term=Term("trực tuyến và trực tiếp", one.value + other.value))
        wrong = [pair for pair in ((one, its), (other, others)) if _verdict(pair[0], both, pair[1]) is _DIFFERS]
        if len(wrong) != 1:
            continue
        part, share = wrong[0]
        if any(item.is_count and item.value and _verdict(part, item, share) is not _DIFFERS for item in items[:index]):
            continue
        statement = quote(block.text, part.start - block.start, share.end - block.start, block.body, behind=1)
        made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, both.term], share.term)
        if made is not None:
            yield made
