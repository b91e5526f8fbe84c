"""Counts of lists: "13 địa phương … gồm: …" names thirteen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_misprint, is_slip
from extract.checks.figures.terms import finding, if_wrong
from extract.checks.lists.heads import is_of_persons
from extract.checks.lists.items import Counted, count_at_most, count_items, count_short
from extract.checks.lists.marks import count_noun_marks
from extract.checks.lists.names import PROPER, TYPED, is_any_body
from extract.checks.lists.words import COUNT, NOUN, any_of, is_ordinal, listed_words, read_count
from extract.components.context import UPPER
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_COUNT: Final = re.compile(rf"(?<![\w.,/%-])(?={COUNT})", re.IGNORECASE)
_NAMED: Final = any_of("typed", "bodies", "places", "person_heads")
# A count in figures or words, what it is of, and what opens the list of these; nouns that `data/listed.toml` does not
# have are known by the items that begin with them.
_COUNTED: Final = re.compile(
    rf"(?P<count>{COUNT})(?:\s?/\s?\d{{1,3}}|\s(?:trên|trong(?: tổng)? số)\s\d{{1,3}})?"
    rf"(?:\s+|\.(?=[^\W\d_]))"
    rf"(?:(?P<noun>(?:{NOUN})(?:(?:[,;]|\svà)\s(?:{NOUN})){{0,2}})\b"
    rf"(?P<gap>(?:[^:;.()\d]|(?!\d+\s+(?:{NOUN})\b)\d|\.(?=\d)|\([^()]{{1,40}}%\)){{0,120}}?)"
    rf"|(?!(?:{any_of('measures')})\b)(?P<other>[^\W\d_]{{2,7}})\b(?P<more>[^:;.()\d]{{0,80}}?))"
    rf"\s*(?:\b(?:gồm có|bao gồm|gồm|cụ thể là|đó là|là)\s*:"
    rf"|(?:\b|[;.]\s)(?:gồm có|bao gồm|gồm|đó là|cụ thể là)\b:?|[;.]\scụ thể\s?:|\)?\s?:"
    rf"|(?P<bracket>\((?![\d.,]{{1,6}}\s?%\)))(?:(?:(?:bao )?gồm(?: có)?|là|đó là|cụ thể|cụ thể là):? )?"
    rf"|\b(?P<are>là)(?=\s+(?:(?:các\s)?(?:{_NAMED})\s+)?(?-i:[{UPPER}])))\s*",
    re.IGNORECASE,
)
# Names right behind their count: "ba huyện Tràng Định, Lộc Bình và Đình Lập".
_NAMES_NEXT: Final = re.compile(
    rf"(?P<count>(?i:{COUNT}))\s(?P<noun>(?i:{any_of('bodies', 'places')}))\s"
    rf"(?P<names>(?:{PROPER}, ){{1,40}}{PROPER},?\svà\s(?!(?i:{TYPED})){PROPER})"
    rf"(?![^\s.,;:)]|,\s(?:{TYPED}\s)?[{UPPER}])"
)
# Sentences that begin with what was counted and a mark: "gồm 03 phần. Cụ thể, Phần A là …. Phần B …".
_MARKED_NEXT: Final = re.compile(
    rf"(?P<count>{COUNT})\s(?!(?:{any_of('measures')})\b)(?P<noun>[^\W\d_]{{2,7}})(?:\s[^\W\d_]{{1,7}}){{0,4}}"
    r"(?<!\strên)(?<!\snày)(?<!\sđó)[.:]\s",
    re.IGNORECASE,
)
# A count behind its list, and where the list begins.
_BEHIND: Final = re.compile(
    rf"(?:\((?:cả |gồm |có |tổng số |tổng cộng |tất cả )?|\slà )"
    rf"({COUNT})(?:/\d{{1,3}})?\s+({NOUN})(?:\)|(?=\s(?!trong\b)))",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(
    rf"\b(?:các|(?:là|gồm)\s(?=(?P<first>{any_of('bodies', 'places')})\s(?-i:[{UPPER}])[^.;:]{{0,80}},\s(?P=first)\s))"
    rf"\s?({any_of('bodies', 'places')})\s:?\s?(?=[^,.;:]{{0,24}}(?-i:[{UPPER}]))",
    re.IGNORECASE,
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
    rf"\b(?:như(?! sau)|(?:{any_of('examples')})(?! kỳ)|và(?=\s(?:\d|(?:các|những|{NOUN})\b)))\b", re.IGNORECASE
)
# Brackets, and where a sentence ends that the next mark of a list does not go on.
_STOP: Final = re.compile(
    r"[()\n]|(?<!TP)(?<![;:,.]\s\d)(?<![IVX])\.(?:\s(?!\(?\d{1,2}[.)]\s|(?i:(?:thứ\s)?(?:hai|ba|tư|bốn|năm|sáu|bảy)(?:\slà)?[,:]))|$)"
)
_MARK: Final = re.compile(r"(?:^|[;:,.]\s|\bvà\s)(?:[1-9]\d?|[a-hđ])$")  # "1) …; 2) …": a bracket that closes none
_SOURCE: Final = re.compile(r"(?:theo|nguồn|xem|trích|dẫn)\b", re.IGNORECASE)  # "7 vị (Theo A, B và C)"
_LONGEST_MARK: Final = 6  # characters, with what stands before it
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
_REACH: Final = 240  # characters behind a count in which its list opens
_LEAD: Final = 60  # characters before a count
_INCOMPLETE: Final = re.compile(rf"\b(?:{any_of('incomplete')})\b", re.IGNORECASE)
_GOES_ON: Final = re.compile(rf"\.\s(?:{any_of('person_heads')})\s(?-i:[{UPPER}])", re.IGNORECASE)
_LEADS_OVER: Final = re.compile(r",?\s*(?:cụ thể|như sau|sau đây|sau|cụ thể như sau)?\s*$", re.IGNORECASE)
_INCLUDING: Final = re.compile(r",\s?bao gồm\s*$", re.IGNORECASE)
_AMOUNT: Final = re.compile(r"(?<![\w.,/-])\d{1,3}(?![\d.,]*\d|\w|%)")
_SEVERAL: Final = re.compile(r"\(([^\s(),]{1,16}(?:,\s[^\s(),]{1,16}){1,8})\)")  # single words in brackets
_PIECE: Final = re.compile(r"[,;](?!\d)\s*")
_FIGURED: Final = re.compile(r"[^\W\d_]\s*:?\s\d[\d.,]*\s?(%|[^\W\d_]+)$")
_NONE_OF_THEM: Final = re.compile(
    r"[;,]\s[^;,]{0,60}\bkhông (?:được )?(?:xếp loại|xếp hạng|đánh giá|công nhận|tính)\b[^;,]*$"
)
_AND_OTHERS: Final = re.compile(r"\bvà\s(\d{1,2})\s[^\W\d_]", re.IGNORECASE)
_NAMES_IT: Final = re.compile(rf"\s+(?-i:[{UPPER}])")  # "Thuế cơ sở 14 thành phố Huế quản lý các xã: …"
_IS_COUNT: Final = re.compile(r"0\d|\d{1,3}\s?/\s?\d")  # "06/13 cơ sở Hội hoàn thành …"
_OF_OTHERS: Final = re.compile(rf"\b(?:các|những)\s|\bcủa\s(?:{any_of('bodies', 'places')})\b", re.IGNORECASE)
_DECIMALS: Final = re.compile(r"\d,\d")
_GRADED: Final = re.compile(rf"(?:{any_of('grades')})(?!\w)")  # "khách sạn 4 sao (…)"
_NAME_BEFORE: Final = re.compile(rf"(?-i:[{UPPER}])[^\s]*\s*$")  # a bracket behind a name says more of the name


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Counts of lists in running text, before them and behind."""
    for block in reading.flow.of(*RUNNING):
        yield from filter(None, _before(block, reading))
        if ")" in block.text or " là " in block.text:
            for match in islice(_BEHIND.finditer(block.text, block.body), _MOST_LISTS):
                made = _of_names_before(match, block, reading)
                if made is not None:
                    yield made


def _before(block: Block, reading: Reading) -> Iterator[Finding | None]:
    """Counts of a paragraph before their lists, each read once."""
    text, end = block.text, block.body
    for start in islice(_COUNT.finditer(text, block.body), _MOST_LISTS):
        at = start.start()
        lead = text[max(at - _LEAD, 0) : at]
        near = text[at : at + _REACH]
        opens = ":" in near or "gồm" in near or "(" in near or " là " in near
        if opens and at >= end and (match := _COUNTED.match(text, at)) is not None:
            end = match.end()
            if not is_ordinal(lead) and not _SOME_OF.search(lead):
                yield _of_list(match, block, reading)
        if (match := _NAMES_NEXT.match(text, at)) is not None:
            yield _of_names_next(match, block, reading)
        elif (match := _MARKED_NEXT.match(text, at)) is not None and not is_ordinal(lead):
            yield _of_marks(match, block, reading)


def _listed(text: str, start: int, *, bracket: bool) -> str:
    """The list behind its count: up to the bracket that closes it, or the end of its sentence."""
    stop = min(start + _LONGEST_LIST, len(text))
    depth = 0
    for found in _STOP.finditer(text, start, stop):
        at, sign = found.start(), found.group()
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= depth > 0 or not _MARK.search(text[max(at - _LONGEST_MARK, start) : at])
        if depth < 0 or (sign not in "()" and not bracket and depth == 0):
            return text[start:at]
    return text[start:stop]


def _of_list(match: re.Match[str], block: Block, reading: Reading) -> Finding | None:
    stated, bracket = read_count(match["count"]), bool(match["bracket"])
    if stated < _FEW:
        return None
    noun = (match["noun"] or "").lower()
    between = match["gap"] or match["more"] or ""
    counted = f"{noun or match['other']} {between}".lower().split()
    if (not noun and "," in _LEADS_OVER.sub("", between)) or (bracket and _SOURCE.match(block.text, match.end())):
        return None
    if _is_aside(match, block.text) or _GRADED.match(" ".join(counted)):
        return None
    listed = _listed(block.text, match.end(), bracket=bracket)
    # "9/12 trưởng thôn là nữ; trong chi bộ …": names behind "là" stand between commas
    listed = listed.partition(";")[0] if match["are"] else listed
    loose = bracket or (not noun and (match["are"] or " và " in between))
    rest = "" if loose else block.text[match.end() : match.end() + _LONGEST_LIST]
    told = count_items(listed, noun, counted, rest)
    if bracket and not told.certain and (short := count_short(listed, noun)) is not None:
        told = Counted(frozenset({short}), certain=True)
    if bracket and not told.certain and (most := count_at_most(listed)) is not None and stated >= most:
        told = Counted(frozenset({most}), certain=True)
    if not told.possible or ((bracket or match["are"] or not noun) and not told.certain):
        return None
    agrees = stated in told.possible
    if not agrees and is_of_persons(counted) and _GOES_ON.match(block.text, match.end() + len(listed)):
        return None
    if not agrees and (_INCOMPLETE.search(listed) or _with_others(max(told.possible), listed) == stated):
        return None
    if not agrees and not told.marked and max(told.possible) + _inside(listed) == stated:
        return None  # "7 chỉ tiêu: SiO2, Fe (Fe2O3, FeO), …"
    if not agrees and not told.marked and stated in (_with_figures(listed), max(told.possible) - _ends_out(listed)):
        return None
    if not agrees and sum(map(int, _AMOUNT.findall(listed))) == stated:
        return None  # "4 cảng (A 2, B 1, C 1)"
    if not agrees and stated - max(told.possible) == len(_TWO_NAMES.findall(listed)):
        return None  # "Trần Văn Một Lê Thị Hai, Phạm Văn Ba": a comma is missing
    named_by_it = _NAMES_IT.match(between) and not _IS_COUNT.match(match[0])
    if (bracket if noun in listed_words("titles") else named_by_it) or (
        not agrees and (not told.certain or _is_of_others(match, between))
    ):
        return None
    named = stated if agrees else max(told.possible)
    near = not bracket and (told.marked or not between.strip())
    complete = not bracket and not _INCLUDING.search(match.group())
    if not agrees and not _may_be_meant(stated, named, complete=complete, near=near):
        return None  # "135 phòng học (Xã A 17, Xã B 64, …)": no count of the names
    span = (match.start("count"), match.end("count"), match.end() + len(listed))
    return _told(f"{match.group().strip()} {listed}", (stated, named, listed), span, block, reading)


def _is_aside(match: re.Match[str], text: str) -> bool:
    """Whether brackets that close before the list only say more of what is listed: "Theo lĩnh vực (của 7 dự án): …"."""
    told = match.group()
    if ")" not in told or "(" in told:
        return False
    opened = text.rfind("(", max(match.start() - _LEAD, 0), match.start())
    return opened >= 0 and bool(text[opened + 1 : match.start()].strip())


def _of_names_next(match: re.Match[str], block: Block, reading: Reading) -> Finding | None:
    """A count right before names: "ba huyện Tràng Định, Lộc Bình và Đình Lập"."""
    told = count_items(match["names"], match["noun"].lower())
    stated, named = read_count(match["count"]), max(told.possible, default=0)
    if not told.certain or stated < _FEW or not (stated == named or _may_be_meant(stated, named)):
        return None
    span = (match.start("count"), match.end("count"), match.end())
    return _told(match.group(), (stated, named, match["names"]), span, block, reading)


def _of_marks(match: re.Match[str], block: Block, reading: Reading) -> Finding | None:
    """A count before sentences that begin with what it counts and a mark."""
    rest = block.text[match.end() : match.end() + _LONGEST_LIST]
    noun = match["noun"]
    named = count_noun_marks(rest, noun) if f"{noun.capitalize()} " in rest else None
    if named is not None and re.search(rf"\b{re.escape(noun)}\s(?:còn lại|cuối|sau cùng|khác)\b", rest, re.IGNORECASE):
        return None
    stated = read_count(match["count"])
    if named is None or stated < _FEW or not _may_be_meant(stated, named, complete=True, near=True):
        return None
    span = (match.start("count"), match.end("count"), match.end())
    return _told(match.group().strip(), (stated, named, rest), span, block, reading)


def _with_figures(listed: str) -> int:
    """How many items a list has of which each ends with its figure: "hạ tầng 25 điểm, kinh tế và xã hội 20 điểm"."""
    pieces = _PIECE.split(listed.strip(" .;:"))
    told = [_FIGURED.search(piece) for piece in pieces]
    units = {one[1] for one in told if one is not None}
    return len(pieces) if None not in told and len(units) == 1 else 0


def _ends_out(listed: str) -> int:
    """Whether the last item of a list says what is none: "…; dưới 50 điểm không xếp loại"."""
    return int(_NONE_OF_THEM.search(listed) is not None)


def _inside(listed: str) -> int:
    """How many items more a list has where those in brackets are counted instead of what stands before them."""
    return sum(match[1].count(",") for match in _SEVERAL.finditer(listed))


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
    if heads and heads[-1][2].lower() not in noun and not is_any_body(noun):
        return None  # "các xã A, B và C (03 thôn)" may say so of C
    if not heads and not is_any_body(noun):
        return None
    listed = before[heads[-1].end() if heads else 0 :].strip()
    told = count_items(listed, noun, noun.split())
    stated, named = read_count(match[1]), max(told.possible, default=0)
    if not told.certain or named < _NAMES or not (stated == named or _may_be_meant(stated, named)):
        return None
    span = (match.start(1), match.end(1), match.end(2))
    return _told(f"{listed} {match.group().strip()}", (stated, named, listed), span, block, reading)


def _told(
    statement: str, counted: tuple[int, int, str], span: tuple[int, int, int], block: Block, reading: Reading
) -> Finding:
    """The finding of a count, how many are named and their list; `span` is where the count stands and both end."""
    stated, named, listed = counted
    start, end, last = (block.start + at for at in span)
    figure = reading.proof(start, end, "checks.list")
    agrees = stated == named
    wrong = if_wrong(figure, reading)
    return finding(
        CheckKind.COUNT_OF_LIST,
        statement,
        CheckVerdict.AGREES if agrees else wrong,
        inputs=(("items", listed[:400]),),
        reported=str(stated),
        computed=str(named),
        note=f"liệt kê {named}" + ("" if agrees else f", báo cáo ghi {stated}: chênh {abs(named - stated)}"),
        evidence=reading.proof(start, last, "checks.list"),
    )


def _is_of_others(match: re.Match[str], between: str) -> bool:
    """Whether the words between count and list say that it is one of examples, or of something else."""
    if (match["bracket"] and _NAME_BEFORE.search(between)) or (
        match["are"] and "," in _DECIMALS.sub("", between.rstrip().removesuffix(", đó"))
    ):
        return True
    return any(pattern.search(between) for pattern in (_EXAMPLES, _OTHER_COUNT, _OF_OTHERS))


def _may_be_meant(stated: int, named: int, *, complete: bool = False, near: bool = False) -> bool:
    """Whether a count that is not that of the names can be a mistaken one of them.

    Small counts miss by more; where what opens a list says that it is all there ("gồm", ":"), another digit explains
    any ("54" for "04"); right behind the count, with marks, or where more are named, any count of one digit is another.
    """
    gap = abs(stated - named)
    low, high = sorted((stated, named))
    if gap <= max(_FEW, high // _PART) or (low >= _TWO_DIGITS and is_slip(Decimal(stated), Decimal(named))):
        return True
    if high < _TWO_DIGITS:
        return near or (complete and stated < named) or high <= 2 * low + 1
    return complete and (near or named > _FEW) and is_misprint(Decimal(stated), Decimal(named))
