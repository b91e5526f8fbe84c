"""Shares whose part and whole the words of a sentence name, in whatever order.

"98,2%, tương ứng 9.650 học sinh trên tổng số 9.800", "trong số 850 sáng kiến có 612 được công nhận, chiếm 72%",
"kế hoạch là 3.500 ha; trồng được 1.470 ha, đạt 42% kế hoạch".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.cues import DATE_LIKE
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.checks.shares.likelihood import UNLIKELY, chance_of
from extract.checks.shares.untold import are_said_to_have_all, is_of_its_name, is_of_more
from extract.components.context import Sentence
from extract.components.numbers import read_number
from extract.components.when import YEARS
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?"
_OVER: Final = r"\s?/\s?|\s?(?:trên|trong)\s+(?:(?:tổng số|tổng|số)(?:\s[^\d.;,()%/]{0,25}?)?\s)?"
_NOUN: Final = r"(?:\s[^\W\d_][^\d.;,()%/]{0,50}?)?"
# "3,85% (4.210 hộ/120.300 hộ)", "18% số xã (27/135 xã)", "98,2%, tương ứng 9.650 học sinh trên tổng số 9.800"
_SHARE_FIRST: Final = re.compile(
    rf"(?<![\w.,/-])(\d{{1,3}}(?:,\d{{1,4}})?)\s?%([^\d.;,()%]{{0,60}})"
    rf"(?:\(\s?(?:(?:đạt|bằng|có|là|với)\s)?|[(,]\s?(?:tương ứng|tương đương|tức)(?:\s(?:với|là|có))?\s)"
    rf"({_NUMBER}){_NOUN}(?:{_OVER})({_NUMBER})(?![\d/])"
)
# "186 trên tổng số 240 hợp tác xã hoạt động hiệu quả (tỷ lệ 77,5%)", "1.121 người trên tổng số 1.180 người, đạt 95%"
_SHARE_LAST: Final = re.compile(
    rf"(?<![\w.,/-])({_NUMBER}){_NOUN}(?:\s(?:trên|trong)\s(?:tổng số|tổng|số)(?:\s[^\d.;,()%/]{{0,25}}?)?\s|\s?/\s?)"
    rf"({_NUMBER})(?![\d/])"
    rf"([^\d.;()%]{{0,90}})"
    rf"(?:\(\s?|[,)]\s?(?=đạt|chiếm|bằng|tương|tỷ lệ|tỉ lệ)|\)\s(?=(?:ước )?(?:là|ở mức))|;\s(?=(?:tỷ|tỉ) lệ này))"
    rf"(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|là|ở mức)\s)?(?:tỷ lệ|tỉ lệ)?"
    rf"(?:\s[^\d.;,()%]{{0,30}}?)?:?\s*(\d{{1,3}}(?:,\d{{1,4}})?)\s?%"
)
_CHANGE: Final = re.compile(
    r"tăng|giảm|so với|vượt|cùng kỳ|tối thiểu|phấn đấu|trở lên|mục tiêu|cao hơn|thấp hơn", re.IGNORECASE
)
_VOTE: Final = re.compile(
    r"tán thành|đồng ý|biểu quyết|bầu|trúng cử|tín nhiệm|phiếu|đại biểu|cổ phần|vốn điều lệ", re.IGNORECASE
)
_ASKED: Final = re.compile(r"hài lòng|khảo sát|phát ra|thu về", re.IGNORECASE)
_OF_PLAN: Final = re.compile(r"^\s?%\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)")
_OF_ELSE: Final = re.compile(r"^\s?%\s*(?:so|cùng kỳ|năm|trở lên|nghị quyết|mục tiêu|/)")
_NAME: Final = re.compile(r"\s{0,3}([^\W\d_]+)")
_ABOUT: Final = re.compile(r"\b(?:khoảng|gần|hơn|trên|dưới|từ|đến|ít nhất)\s*$", re.IGNORECASE)
_LEAD: Final = 60  # characters that lead to a part
_MONTHS: Final = 12
_FEWEST: Final = 10  # of a whole; "2/3" of something is a figure of speech


def check_of_wholes(reading: Reading) -> Iterator[Finding]:
    """Shares in sentences that name part and whole."""
    for block in reading.flow.of(*RUNNING):
        if "%" not in block.text:
            continue
        for sentence in sentences(block):
            if "%" not in sentence.text:
                continue
            yield from _written(sentence, reading)


def _written(sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    text = sentence.text
    if _VOTE.search(text) and not _ASKED.search(text):
        return
    for pattern, (part_, whole_, share_, told) in ((_SHARE_FIRST, (3, 4, 1, 2)), (_SHARE_LAST, (1, 2, 4, 3))):
        for match in pattern.finditer(text):
            near = text[max(match.start() - 24, 0) : match.end() + 12]
            if _CHANGE.search(near) or _CHANGE.search(match[told]):
                continue
            if _counts_two_things(text[match.end(part_) : match.start(whole_)], text[match.end(whole_) :]):
                continue
            if DATE_LIKE.search(text[max(match.start(part_) - 12, 0) : match.start(part_)]):
                continue
            if _ABOUT.search(text[max(match.start(share_) - 12, 0) : match.start(share_)]):
                continue
            if _OF_ELSE.match(text[match.end(share_) :][:40]) or _OF_PLAN.match(text[match.end(share_) :][:40].lower()):
                continue
            part, whole, share = (_term(sentence, match, group, reading) for group in (part_, whole_, share_))
            same = part is not None and whole is not None and part.value == whole.value
            if same and are_said_to_have_all(text, match.start(part_)):
                continue
            if part is None or whole is None or share is None or whole.value < _FEWEST:
                continue
            if whole.value in YEARS and part.value <= _MONTHS and match[0].find("/") >= 0:
                continue
            if part.value > whole.value and not _is_slip(part, whole, share):
                continue
            made = recompute(CheckKind.RATIO, match.group(), SHARE, [part, whole], share)
            other = is_of_more(match[told], text[match.end() :]) or is_of_its_name(
                text[max(match.start() - _LEAD, 0) : match.start()], text[match.end(whole_) : match.start(share_)]
            )
            if made is not None and (made.verdict is CheckVerdict.AGREES or not other):
                yield made


def _is_slip(part: Term, whole: Term, share: Term) -> bool:
    """Whether a slip of the pen is why a part is greater than its whole."""
    chance = chance_of(SHARE.value, [part.value, whole.value], share, near=False)
    return chance is not None and chance <= UNLIKELY


def _counts_two_things(between: str, behind: str) -> bool:
    """Whether figures on both sides of a stroke count different things: "1.206 vụ/2.085 bị cáo"."""
    one, stroke, other = between.partition("/")
    names = [_NAME.match(words) for words in (one, f"{other} {behind}")]
    return bool(stroke) and all(names) and len({name[1].lower() for name in names if name}) > 1


def _term(sentence: Sentence, match: re.Match[str], group: int, reading: Reading) -> Term | None:
    value = read_number(match.group(group))
    if value is None:
        return None
    proof = reading.proof(sentence.start + match.start(group), sentence.start + match.end(group), "checks.share")
    return Term(match.group(group), value, proof, is_doubtful(proof, reading))
