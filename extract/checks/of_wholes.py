"""Shares whose part and whole the words of a sentence name, in whatever order.

"98,2%, tương ứng 9.650 học sinh trên tổng số 9.800", "trong số 850 sáng kiến có 612 được công nhận, chiếm 72%",
"kế hoạch là 3.500 ha; trồng được 1.470 ha, đạt 42% kế hoạch".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.arithmetic import SHARE
from extract.checks.figures import Figure, figures, words
from extract.checks.quantities import RUNNING
from extract.checks.slips import share_slip
from extract.checks.terms import Term, is_doubtful, quote, recompute
from extract.components.context import Sentence, sentences
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_ALL: Final = Decimal(100)
_HALF: Final = Decimal("0.5")
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
    rf"([^\d.;()%]{{0,90}})(?:\(\s?|,\s?(?=đạt|chiếm|bằng|tương|tỷ lệ|tỉ lệ))"
    rf"(?:(?:đạt|chiếm|bằng|tương đương|tương ứng)\s)?(?:tỷ lệ|tỉ lệ)?"
    rf"(?:\s[^\d.;,()%]{{0,30}}?)?:?\s*(\d{{1,3}}(?:,\d{{1,4}})?)\s?%"
)
_CHANGE: Final = re.compile(
    r"tăng|giảm|so với|vượt|cùng kỳ|tối thiểu|phấn đấu|trở lên|mục tiêu|cao hơn|thấp hơn", re.IGNORECASE
)
_VOTE: Final = re.compile(
    r"tán thành|đồng ý|biểu quyết|bầu|trúng cử|tín nhiệm|phiếu|đại biểu|cổ phần|vốn điều lệ", re.IGNORECASE
)
_REACHED: Final = re.compile(
    r"(?:đạt|vượt)(?: và vượt| hoặc vượt)?(?: mức)? (?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
    r"|(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)\b.*\b(?:như|đạt|ước|thực hiện được)\b"
)
_ASKED: Final = re.compile(r"hài lòng|khảo sát|phát ra|thu về", re.IGNORECASE)
_OF_PLAN: Final = re.compile(r"^\s?%\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)")
_OF_ELSE: Final = re.compile(r"^\s?%\s*(?:so|cùng kỳ|năm|trở lên|nghị quyết|mục tiêu|/)")
_DATE_LIKE: Final = re.compile(r"(?:ngày|tháng|từ|đến|số)\s*$", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\b(?:khoảng|gần|hơn|trên|dưới|từ|đến|ít nhất)\s*$", re.IGNORECASE)
_FEWEST: Final = 10  # of a whole; "2/3" of something is a figure of speech
_FARTHEST: Final = 4  # figures back from a share to its whole


def check_of_wholes(reading: Reading) -> Iterator[Finding]:
    """Shares in sentences that name part and whole."""
    for block in reading.flow.of(*RUNNING):
        if "%" not in block.text:
            continue
        for sentence in sentences(block):
            if "%" not in sentence.text:
                continue
            yield from _written(sentence, reading)
            found = figures(sentence, reading)
            yield from _planned(found, sentence)
            yield from _named(found, sentence)


def _written(sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    text = sentence.text
    if _VOTE.search(text) and not _ASKED.search(text):
        return
    for pattern, (part_, whole_, share_, told) in ((_SHARE_FIRST, (3, 4, 1, 2)), (_SHARE_LAST, (1, 2, 4, 3))):
        for match in pattern.finditer(text):
            near = text[max(match.start() - 24, 0) : match.end() + 12]
            if _CHANGE.search(near) or _CHANGE.search(match[told]):
                continue
            if _DATE_LIKE.search(text[max(match.start(part_) - 12, 0) : match.start(part_)]):
                continue
            if _ABOUT.search(text[max(match.start(share_) - 12, 0) : match.start(share_)]):
                continue
            if _OF_ELSE.match(text[match.end(share_) :][:40]) or _OF_PLAN.match(text[match.end(share_) :][:40].lower()):
                continue
            part, whole, share = (_term(sentence, match, group, reading) for group in (part_, whole_, share_))
            if part is None or whole is None or share is None or not part.value <= whole.value or whole.value < _FEWEST:
                continue
            made = recompute(CheckKind.RATIO, match.group(), SHARE, [part, whole], share)
            if made is not None:
                yield made


def _term(sentence: Sentence, match: re.Match[str], group: int, reading: Reading) -> Term | None:
    value = read_number(match.group(group))
    if value is None:
        return None
    proof = reading.proof(sentence.start + match.start(group), sentence.start + match.end(group), "checks.share")
    return Term(match.group(group), value, proof, is_doubtful(proof, reading))


def _planned(found: Sequence[Figure], sentence: Sentence) -> Iterator[Finding]:
    """What was done of the one plan that the sentence states."""
    for at, share in enumerate(found):
        if share.unit != "%" or share.change or not _OF_PLAN.match(share.behind) or at < 2 or share.approximate:
            continue
        part = found[at - 1]
        plans = [item for item in found[: at - 1] if item.unit == part.unit and _is_target(item)]
        if len(plans) != 1 or part.unit in ("", "%") or part.change or part.previous or plans[0].change:
            continue
        if _is_target(part) or not _belongs(share) or part.approximate or plans[0].approximate:
            continue
        yield from _made(part, plans[0], share, sentence, slip=False)


def _is_target(item: Figure) -> bool:
    """Whether a figure is what was planned; "đạt và vượt kế hoạch như: tôm 368.000 tấn" is what was reached."""
    clause = _clause(item)
    return bool(words("target", "around").search(clause)) and not _REACHED.search(clause)


def _clause(item: Figure) -> str:
    """The words of its own clause that lead to a figure."""
    return re.split(r"[,;()%]", item.lead)[-1]


def _named(found: Sequence[Figure], sentence: Sentence) -> Iterator[Finding]:
    """A count and its share, of the one count of the same things that is named as a whole before it."""
    for at, share in enumerate(found):
        if share.unit != "%" or share.change or share.previous or share.approximate or at < 2:
            continue
        if (
            _OF_ELSE.match(share.behind)
            or _OF_PLAN.match(share.behind)
            or not _belongs(share)
            or share.term.value > _ALL
        ):
            continue
        part = found[at - 1]
        if part.unit in ("", "%") or part.change or part.approximate or part.previous:
            continue
        before = [item for item in found[max(at - 1 - _FARTHEST, 0) : at - 1] if item.head == part.head]
        wholes = [item for item in before if not item.change and item.term.value >= part.term.value]
        if len(before) != 1 or len(wholes) != 1 or wholes[0].approximate or wholes[0].previous:
            continue
        whole = wholes[0]
        near = whole.lead[-60:]
        if not (words("whole", "lead").search(near) or words("whole", "around").search(near)):
            continue
        yield from _made(part, whole, share, sentence, slip=True)


def _belongs(share: Figure) -> bool:
    """Whether a share is that of the count right before it."""
    head, _, last = share.lead.rpartition(",") if "," in share.lead else share.lead.rpartition("(")
    told = words("share", "lead").search(last or share.lead)
    plain = re.fullmatch(r"\s*(?:chiếm|đạt|bằng|tương đương|tỷ lệ|tỉ lệ)?\s*(?:tỷ lệ|tỉ lệ)?\s*:?\s*", last)
    return bool(told or plain) and not re.search(r"[.;]|tăng|giảm|so với|cùng kỳ", share.lead) and len(head) <= 100


def _made(part: Figure, whole: Figure, share: Figure, sentence: Sentence, *, slip: bool) -> Iterator[Finding]:
    if whole.term.value < _FEWEST or (slip and any(_CHANGE.search(item.lead) for item in (part, share))):
        return
    low, high = min(part.start, whole.start) - sentence.block.start, share.end - sentence.block.start
    statement = quote(sentence.block.text, low, high, sentence.block.body, behind=1)
    made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, whole.term], share.term)
    if made is None:
        return
    if made.verdict is CheckVerdict.DIFFERS:
        computed = part.term.value / whole.term.value * _ALL
        if slip and not share_slip(share.term.value, computed, share.term.decimals):
            return
        if part.term.decimals or whole.term.decimals or part.head in ("tỷ", "triệu", "nghìn"):
            halves = [_HALF.scaleb(-term.decimals) for term in (part.term, whole.term, share.term)]
            least = (part.term.value - halves[0]) / (whole.term.value + halves[1]) * _ALL - halves[2]
            most = (part.term.value + halves[0]) / (whole.term.value - halves[1]) * _ALL + halves[2]
            if least <= share.term.value <= most:
                return
    yield made
