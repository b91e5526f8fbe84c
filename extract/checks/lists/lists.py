"""Counts of lists: "13 địa phương … gồm: …" names thirteen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_misprint, is_slip
from extract.checks.figures.terms import finding, is_doubtful
from extract.checks.lists.items import count_items, count_short, is_any_body
from extract.checks.lists.words import COUNT, NOUN, any_of, is_ordinal, listed_words, read_count
from extract.components.context import UPPER
from extract.records import Block, CheckKind, CheckVerdict, Finding, Proof, Reading

_COUNTED: Final = re.compile(
    rf"(?<![\w.,/%-])({COUNT})(?:\s?/\s?\d{{1,3}}|\s(?:trên|trong(?: tổng)? số)\s\d{{1,3}})?"
    rf"(?:\s+|\.(?=[^\W\d_]))((?:{NOUN})(?:(?:[,;]|\svà)\s(?:{NOUN})){{0,2}})\b((?:(?!\d+\s+(?:{NOUN})\b)(?:[^:;.()]|\.(?=\d)|\([^()]{{1,40}}%\))){{0,120}}?)"
    rf"\s*(?:\b(?:gồm có|bao gồm|gồm|cụ thể là|đó là|là)\s*:|\b(?:gồm có|bao gồm|gồm)\b|\)?\s?:"
    rf"|(\((?![\d.,]{{1,6}}\s?%\)))(?:gồm |là )?"
    rf"|\b(là)(?=\s+(?:(?:xã|phường|huyện|sở|tỉnh)\s+)?(?-i:[{UPPER}])))\s*",
    re.IGNORECASE,
)
# A count behind its list, and where the list begins.
_BEHIND: Final = re.compile(
    rf"(?:\((?:cả |gồm |có |tổng số )?|\slà )({COUNT})\s+({NOUN})(?:\)|(?=\s(?!trong\b)))", re.IGNORECASE
)
_BEGINS: Final = re.compile(
    rf"\bcác\s({any_of('bodies', 'places')})\s:?\s?(?=[^,.;:]{{0,24}}(?-i:[{UPPER}]))", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<!TP)[.:]\s|\n|^")
_NAMES: Final = 3  # before a count behind them
# Another count before the list, which may be the one whose things are listed: "… tỉnh A với 03 môn bắt buộc gồm".
_OTHER_COUNT: Final = re.compile(
    r"(?<![\w.,/-])\d{1,3}\s+(?!(?:điểm|năm|tháng|ngày|lần|giờ|phút|tuổi|tỷ|tỉ|triệu|nghìn|ngàn|ha|km|tấn)\b)[^\W\d_]"
    rf"|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s(?:{NOUN})\b",
    re.IGNORECASE,
)
# Words that make the list one of examples, or of more than was counted.
_EXAMPLES: Final = re.compile(
    r"\b(?:như(?! sau)|một số|trong đó|nhất là|đặc biệt|chủ yếu|tiêu biểu|điển hình|cùng|và)\b", re.IGNORECASE
)
_END: Final = re.compile(r"(?<!TP)(?<![;:,.]\s\d)(?<![IVX])\.(?:\s(?!\(?\d{1,2}[.)]\s)|$)|\n|$")
_MARK: Final = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-hđ])$")  # "1) …; 2) …": a bracket that closes none
_LONGEST_LIST: Final = 3000
_MOST_LISTS: Final = 200  # of one paragraph; more is no prose
_FEW: Final = 2  # names that a list has too many or too few
_PART: Final = 3  # of its count by which a longer one can miss it
_TWO_NAMES: Final = re.compile(
    rf"(?:^|[,:]|\bvà)\s*(?:[{UPPER}][^\W\d_]{{0,7}}\s){{4,7}}[{UPPER}][^\W\d_]{{0,7}}(?=\s?[,.;)]|$)"
)
_TWO_DIGITS: Final = 10
# "tám trong số mười công ty lớn nhất là …": the list names the eight.
_SOME_OF: Final = re.compile(
    r"\b(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s(?:[^\W\d_]+\s){0,2}trong (?:tổng )?số\s*$", re.IGNORECASE
)
_LEAD: Final = 60  # characters before a count
_INCOMPLETE: Final = re.compile(r"\bchỉ (?:liệt kê|kể|nêu|ghi) (?:được )?|\b(?:chưa|không) kể\b", re.IGNORECASE)
_AND_OTHERS: Final = re.compile(r"\bvà\s(\d{1,2})\s[^\W\d_]", re.IGNORECASE)
_NAMES_IT: Final = re.compile(rf"\s+(?-i:[{UPPER}])")  # "Thuế cơ sở 14 thành phố Huế quản lý các xã: …"
_IS_COUNT: Final = re.compile(r"0\d|\d{1,3}\s?/\s?\d")  # "06/13 cơ sở Hội hoàn thành …"
_OF_OTHERS: Final = re.compile(rf"\b(?:các|những|của)\s(?:{any_of('bodies', 'places')})\b", re.IGNORECASE)
_NAME_BEFORE: Final = re.compile(rf"(?-i:[{UPPER}])[^\s]*\s*$")  # a bracket behind a name says more of the name


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Counts of lists in running text, before them and behind."""
    for block in reading.flow.of(*RUNNING):
        for match in islice(_COUNTED.finditer(block.text, block.body), _MOST_LISTS):
            lead = block.text[: match.start()]
            if not is_ordinal(lead) and not _SOME_OF.search(lead, max(len(lead) - _LEAD, 0)):
                listed = _listed(block.text, match)
                made = _of_list(match, listed, block, reading)
                if made is not None:
                    yield made
        if ")" in block.text or " là " in block.text:
            for match in islice(_BEHIND.finditer(block.text, block.body), _MOST_LISTS):
                made = _of_names_before(match, block, reading)
                if made is not None:
                    yield made


def _listed(text: str, match: re.Match[str]) -> str:
    """The list behind its count: up to the bracket that closes it, or the end of its sentence."""
    stop = min(match.end() + _LONGEST_LIST, len(text))
    depth = 0
    for at in range(match.end(), stop):
        mark = text[at] == ")" and not depth and _MARK.search(text[max(at - 3, match.end()) : at])
        depth += (text[at] == "(") - (text[at] == ")" and not mark)
        if depth < 0:
            return text[match.end() : at]
        if not match[4] and depth == 0 and _END.match(text, at):
            return text[match.end() : at]
    return text[match.end() : stop]


def _of_list(match: re.Match[str], listed: str, block: Block, reading: Reading) -> Finding | None:
    stated = read_count(match[1])
    start = block.start + match.start(1)
    proof = reading.proof(start, block.start + match.end() + len(listed), "checks.list")
    figure = reading.proof(start, block.start + match.end(1), "checks.list")
    # "9/12 trưởng thôn là nữ; trong chi bộ …": names behind "là" stand between commas
    listed = listed.partition(";")[0] if match[5] else listed
    possible, certain = count_items(listed, match[2].lower())
    if match[4] and not certain and (short := count_short(listed, match[2].lower())) is not None:
        possible, certain = frozenset({short}), True
    if stated < 2 or not possible or ((match[4] or match[5]) and not certain):
        return None
    agrees = stated in possible
    if not agrees and (_INCOMPLETE.search(listed) or _with_others(max(possible), listed) == stated):
        return None
    if not agrees and stated - max(possible) == len(_TWO_NAMES.findall(listed)):
        return None  # "Trần Văn Một Lê Thị Hai, Phạm Văn Ba": a comma is missing
    title = match[2].lower() in listed_words("titles")
    named_by_it = _NAMES_IT.match(match[3]) and not _IS_COUNT.match(match[0])
    if (match[4] if title else named_by_it) or (not agrees and (not certain or _is_of_others(match))):
        return None
    named = stated if agrees else max(possible)
    if not agrees and not _may_be_meant(stated, named, complete=not match[4]):
        return None  # "135 phòng học (Xã A 17, Xã B 64, …)": no count of the names
    return _told(f"{match.group().strip()} {listed}", (stated, named, listed), proof, is_doubtful(figure, reading))


def _with_others(named: int, listed: str) -> int:
    """How many a list names together with what it counts of another kind: "14 huyện gồm A, …, và 2 thị xã"."""
    return named + sum(int(match[1]) for match in _AND_OTHERS.finditer(listed))


def _of_names_before(match: re.Match[str], block: Block, reading: Reading) -> Finding | None:
    """A count behind its list: "Các huyện A, B và C (03 huyện) …", "A, B và C là 03 huyện …"."""
    start = max(match.start() - _LONGEST_LIST, block.body)
    before = block.text[start : match.start()]
    before = before[max(end.end() for end in _SENTENCE.finditer(before)) :]
    noun = match[2].lower()
    heads = list(_BEGINS.finditer(before))
    if "(" in before or ";" in before or match[0].endswith(")") is not match[0].startswith("("):
        return None
    if heads and heads[-1][1].lower() not in noun and not is_any_body(noun):
        return None  # "các xã A, B và C (03 thôn)" may say so of C
    if not heads and not is_any_body(noun):
        return None
    listed = before[heads[-1].end() if heads else 0 :].strip()
    possible, certain = count_items(listed, noun)
    stated, named = read_count(match[1]), max(possible, default=0)
    if not certain or named < _NAMES or not (stated == named or _may_be_meant(stated, named)):
        return None
    proof = reading.proof(block.start + match.start() - len(listed), block.start + match.end(2), "checks.list")
    figure = reading.proof(block.start + match.start(1), block.start + match.end(1), "checks.list")
    return _told(f"{listed} {match.group().strip()}", (stated, named, listed), proof, is_doubtful(figure, reading))


def _told(statement: str, counted: tuple[int, int, str], proof: Proof, doubtful: bool) -> Finding:
    """The finding of a count, how many are named and their list."""
    stated, named, listed = counted
    agrees = stated == named
    return finding(
        CheckKind.COUNT_OF_LIST,
        statement,
        CheckVerdict.AGREES if agrees else CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS,
        inputs=(("items", listed[:400]),),
        reported=str(stated),
        computed=str(named),
        note=f"liệt kê {named}" + ("" if agrees else f", báo cáo ghi {stated}: chênh {abs(named - stated)}"),
        evidence=proof,
    )


def _is_of_others(match: re.Match[str]) -> bool:
    """Whether the words between count and list say that it is one of examples, or of something else."""
    between = match[3]
    if (match[4] and _NAME_BEFORE.search(between)) or (match[5] and "," in between.rstrip().removesuffix(", đó")):
        return True
    return any(pattern.search(between) for pattern in (_EXAMPLES, _OTHER_COUNT, _OF_OTHERS))


def _may_be_meant(stated: int, named: int, *, complete: bool = False) -> bool:
    """Whether a count that is not that of the names can be a mistaken one of them.

    Small counts miss by more; where what opens a list says that it is all there ("gồm", ":"), another digit explains
    any ("54" for "04").
    """
    gap = abs(stated - named)
    low, high = sorted((stated, named))
    if gap <= max(_FEW, high // _PART) or (low >= _TWO_DIGITS and is_slip(Decimal(stated), Decimal(named))):
        return True
    small = high <= min(2 * low + 1, _TWO_DIGITS - 1)
    return small or (complete and named > _FEW and high >= _TWO_DIGITS and is_misprint(Decimal(stated), Decimal(named)))
