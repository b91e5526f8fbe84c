"""Counts of lists: "13 địa phương … gồm: …" names thirteen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import Term, finding, is_doubtful
from extract.components.context import UPPER
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from gazetteer import load_gazetteer

NOUN: Final = (
    r"sở, ban, ngành|sở, ngành|sở|ban, ngành|bộ, ngành|bộ|địa phương|tổ chức cơ sở đảng|tổ chức đảng"
    r"|tập thể|đơn vị|cơ quan|tỉnh, thành phố|tỉnh"
    r"|huyện, thị xã, thành phố|huyện, thị xã|huyện, thành phố|quận, huyện|huyện|xã, phường, thị trấn|xã, phường"
    r"|phường, xã|xã, thị trấn|xã|phường|đặc khu|nhóm nội dung|nhóm chỉ số|nhóm tiêu chí|nhóm"
    r"|chỉ số thành phần|chỉ số|tiêu chí|lĩnh vực|nội dung|nhiệm vụ|phòng|thủ tục"
)
"""What a list is counted of."""
_COUNTED: Final = re.compile(
    rf"(?<![\w.,/%-])(\d{{1,3}})(?:\s?/\s?\d{{1,3}}|\s(?:trên|trong(?: tổng)? số)\s\d{{1,3}})?"
    rf"\s+({NOUN})\b((?:(?!\d+\s+(?:{NOUN})\b)[^:;.()]){{0,120}}?)"
    rf"\s*(?:\b(?:gồm có|bao gồm|gồm|cụ thể là|đó là|là)\s*:|\b(?:gồm có|bao gồm|gồm)\b|:|(\()(?:gồm |là )?"
    rf"|\b(là)(?=\s+(?:(?:xã|phường|huyện|sở|tỉnh)\s+)?(?-i:[{UPPER}])))\s*",
    re.IGNORECASE,
)
# What a number behind them is the number of, and no count: "thi vào lớp 10 tỉnh A".
_ORDINAL: Final = re.compile(
    r"(?<!\w)(?:lớp|khối|khóa|khoá|quý|điều|khoản|mục|chương|phần|tiết|số|thứ|hạng|tháng|ngày|năm|tuần|đợt|kỳ|lần"
    r"|phụ lục|biểu|mẫu|bảng|vùng|cụm|khu vực|quận|phường|loại|bước|giai đoạn|cấp độ|mức độ|nhiệm kỳ|nghị quyết"
    r"|nghị định|thông tư|quyết định|kế hoạch|chỉ thị|đề án|quốc lộ|đường)(?:\s+số)?\s+$",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(r"(?:\btổng|\btrong|\btrên|\bcó) số\s+$", re.IGNORECASE)
_BEFORE: Final = 24  # characters in which an ordinal's noun stands
# Another count before the list, which may be the one whose things are listed: "… tỉnh A với 03 môn bắt buộc gồm".
_OTHER_COUNT: Final = re.compile(
    r"(?<![\w.,/-])\d{1,3}\s+(?!(?:điểm|năm|tháng|ngày|lần|giờ|phút|tuổi|tỷ|tỉ|triệu|nghìn|ngàn|ha|km|tấn)\b)[^\W\d_]"
    rf"|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s(?:{NOUN})\b",
    re.IGNORECASE,
)
# Words that make the list one of examples, or of more than was counted.
_EXAMPLES: Final = re.compile(
    r"\b(?:như|một số|trong đó|nhất là|đặc biệt|chủ yếu|tiêu biểu|điển hình|cùng|và)\b", re.IGNORECASE
)
_TYPED: Final = re.compile(
    r"^(?:tỉnh|thành phố|tp|thị xã|huyện|quận|xã|phường|thị trấn|sở|ban|chi cục|cục|phòng)\b", re.I
)
# A name by its capitals alone: "Tân Lập", "xã Hưng Vũ", "Bà Rịa - Vũng Tàu", "Phường 12".
_CAPITAL: Final = rf"[{UPPER}](?:[^\W\d_]|['’](?=[^\W\d_])){{0,7}}"
_PROPER: Final = re.compile(
    rf"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn) )?"
    rf"{_CAPITAL}(?:(?: | - |-){_CAPITAL}){{0,5}}(?: \d{{1,2}})?"
)
# A unit by its kind, in capitals and with a name behind it: "Trung tâm Công tác xã hội", "Phòng Tổ chức - Hành chính".
_UNIT: Final = re.compile(
    rf"(?:Đảng bộ|Chi bộ|Đảng ủy|Đảng uỷ"
    rf"|Trung tâm|Cơ sở|Trường|Quỹ|Phòng|Ban|Chi cục|Cục|Vụ|Viện|Bệnh viện|Văn phòng|Thanh tra|Sở|Công ty|Hội|Đội"
    rf"|Trạm|Bảo tàng|Thư viện|Nhà|Báo|Đài|Đoàn|Tạp chí|Học viện|UBND|Kho bạc|Công an)"
    rf"\s+(?:[a-zà-ỹ]{{1,7}} ){{0,3}}[{UPPER}]"
)
_TALL: Final = re.compile(r"^l(?=a [A-ZĐ])")  # Ia Grai, Ia Pa: a capital that engines read as a small letter
_FEW: Final = 3  # units of a list
_FAR: Final = 2  # times the names; a list falls short of its count by less
_GOES_ON: Final = re.compile(rf"(?:và|cùng)\b|các [^:;,.]{{2,24}}:|{_TYPED.pattern[1:]}", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\((\d{1,2})\)")
_END: Final = re.compile(r"\.(?:\s|$)|\n|$")
_NEXT_COUNT: Final = re.compile(r"[;,]\s*(?:và\s+)?\d")
_KIND: Final = re.compile(rf"(?:các\s+)?({NOUN})\s*:\s*", re.IGNORECASE)  # "gồm các Sở: Y tế, Xây dựng"
_AND_SO_ON: Final = re.compile(r"\bv\.?\s?v\b")
_LONGEST_ITEM: Final = 12  # words of an item between semicolons; a longer one is a sentence
_LONGEST_NAME: Final = 80  # characters
_LONGEST_LIST: Final = 3000
_MOST_LISTS: Final = 200  # of one paragraph; more is no prose
_NAMED: Final = {"sở": "Sở ", "bộ": "Bộ "}
_DETAIL: Final = re.compile(r"\s?\([^()]{1,80}\)")  # of a name in a list: "Cát Hải (Hải Phòng)", "Lạc Sơn (12 hồ sơ)"
_TOLD: Final = re.compile(
    r"[\s:–-]{0,4}(?:\b(?:có|với|đạt|còn|là|được)\s)?(?<![\d.,])\d[\d.,]{0,12}(?:\s?(?:%|[^\W\d_]{1,7}(?:\s[^\W\d_]{1,7}){0,3}))?$"
)
_ANY_BODY: Final = frozenset(
    {"địa phương", "đơn vị", "cơ quan", "tổ chức cơ sở đảng", "tổ chức đảng", "tập thể"}
)  # nouns for bodies of whatever type


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Counts of lists in running text."""
    for block in reading.flow.of(*RUNNING):
        for match in islice(_COUNTED.finditer(block.text, block.body), _MOST_LISTS):
            if is_ordinal(block.text[: match.start()]):
                continue
            listed = _listed(block.text, match)
            made = _of_list(match, listed, block, reading)
            if made is not None:
                yield made


def _listed(text: str, match: re.Match[str]) -> str:
    """The list behind its count: up to the bracket that closes it, or the end of its sentence."""
    stop = min(match.end() + _LONGEST_LIST, len(text))
    depth = 0
    for at in range(match.end(), stop):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return text[match.end() : at]
        if not match[4] and depth == 0 and _END.match(text, at):
            return text[match.end() : at]
    return text[match.end() : stop]


def is_ordinal(before: str) -> bool:
    """Whether a number behind some text is that of a class, a quarter or an article; "tổng số 13 địa phương" counts."""
    near = before[-_BEFORE:]
    return bool(_ORDINAL.search(near)) and not _TOTAL.search(near)


def _of_list(match: re.Match[str], listed: str, block: Block, reading: Reading) -> Finding | None:
    value = read_number(match.group(1))
    if value is None:
        return None
    start = block.start + match.start(1)
    proof = reading.proof(start, block.start + match.end() + len(listed), "checks.list")
    figure = reading.proof(start, block.start + match.end(1), "checks.list")
    count = Term("count", value, figure, is_doubtful(figure, reading))
    # "14/18 tỉnh trưởng miền Nam là Công giáo; trong chính phủ …": names behind "là" stand between commas
    listed = listed.partition(";")[0] if match[5] else listed
    kind = _KIND.match(listed)
    noun = (kind.group(1) if kind else match.group(2)).lower()
    possible, certain = count_items(listed[kind.end() :] if kind else listed, noun)
    stated = int(value)
    if stated < 2 or not possible or ((match[4] or match[5]) and not certain):
        return None
    agrees = stated in possible
    if not agrees and (not certain or _EXAMPLES.search(match.group(3)) or _OTHER_COUNT.search(match.group(3))):
        return None
    named = stated if agrees else max(possible)
    if max(stated, named) > _FAR * min(stated, named) + 1:
        return None  # "244 phòng học (Hòa An 28, Quảng Uyên 110, …)": no count of the names
    verdict = CheckVerdict.AGREES if agrees else CheckVerdict.MISREAD if count.doubtful else CheckVerdict.DIFFERS
    return finding(
        CheckKind.COUNT_OF_LIST,
        f"{match.group().strip()} {listed}",
        verdict,
        inputs=(("items", listed[:400]),),
        reported=str(stated),
        computed=str(named),
        note=f"liệt kê {named}" + ("" if agrees else f", báo cáo ghi {stated}: chênh {abs(named - stated)}"),
        evidence=proof,
    )


def count_items(listed: str, noun: str) -> tuple[frozenset[int], bool]:
    """How many items a list can have, and whether that is certain enough to call another count wrong.

    Numbered items count themselves. Items between semicolons can end with one "và". Of items between commas only
    known names are certain, since commas and "và" stand inside names too.
    """
    numbers = [int(number) for number in _NUMBERED.findall(listed)]
    if len(numbers) >= 2:
        complete = numbers == list(range(1, len(numbers) + 1)) and not listed.rstrip().endswith(";")
        return (frozenset({len(numbers)}), True) if complete else (frozenset(), False)
    listed = listed if "(" in listed else listed.partition(")")[0]
    if (named := _names_told_of(listed, noun)) is not None:
        return frozenset({named}), True
    text = _own_part(_NEXT_COUNT.split(listed, maxsplit=1)[0]).rstrip(" .;,…")
    if "…" in listed or "..." in listed or not text or _AND_SO_ON.search(text) or "(" in text:
        return frozenset(), False
    if ";" in text:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        joined = bool(re.search(r"\svà\s", parts[-1])) and not parts[-1].startswith("và ")
        prefix = _NAMED.get(noun, "")
        joined = joined and not _is_known(parts[-1], prefix)
        plain = all(
            len(part.split()) <= _LONGEST_ITEM
            and not part[0].isdigit()
            and ("," not in part or _is_known(part, prefix))
            for part in parts
        )
        return frozenset({len(parts), len(parts) + joined}), plain and len(parts) > 2 and not joined
    parts = [_TALL.sub("I", part.strip()) for part in text.split(",") if part.strip()]
    names = _known_names(parts, noun)
    if names is None and noun in _ANY_BODY:
        names = _named_units(parts)
    if names is not None:
        return frozenset({names}), True
    ands = sum(len(re.findall(r"\svà\s", part)) for part in parts)
    return frozenset(range(len(parts), len(parts) + min(ands, 2) + 1)), False


def _names_told_of(listed: str, noun: str) -> int | None:
    """How many names a list holds that says where each is or what it has: "Cát Hải (Hải Phòng)", "Lạc Sơn 12 hồ sơ".

    None where nothing is said of them, or an item is no name.
    """
    bare, brackets = _DETAIL.subn("", listed)
    items = [item.strip(" .").removeprefix("và ") for item in re.split(r"[,;](?!\d)|\svà\s", bare) if item.strip(" .")]
    if len(items) > _LONGEST_LIST // _FEW or any(len(item) > _LONGEST_NAME for item in items):
        return None
    names = [_TOLD.sub("", item).strip(" :–-") for item in items]
    told = brackets + sum(name != item for name, item in zip(names, items, strict=True))
    prefix = _NAMED.get(noun, "")
    named = len(names) >= _FEW and all(_is_name(name, prefix) or _UNIT.match(name) for name in names)
    if not named or not told or any(_of_other_type(name, noun) for name in names):
        return None
    return len(names)


def _own_part(listed: str) -> str:
    """A list between commas up to the semicolon behind which something else is said."""
    first, semicolon, rest = listed.partition(";")
    words = rest.strip()
    if not semicolon or "," not in first or not words or words[0].isupper() or _GOES_ON.match(words):
        return listed
    return first


def _known_names(items: Sequence[str], noun: str) -> int | None:
    """How many names of the gazetteer a list holds, None where an item is none.

    Names with commas ("Văn hóa, Thể thao và Du lịch") are put together from neighbours.
    """
    if len(items) < 2 or any(_of_other_type(item, noun) for item in items):
        return None
    prefix = _NAMED.get(noun, "")
    count = at = 0
    while at < len(items):
        size = next((size for size in (3, 2, 1) if _is_name(", ".join(items[at : at + size]), prefix)), 0)
        if size:
            count += 1
            at += size
            continue
        pair = re.split(r"\svà\s", items[at])
        if at + 1 < len(items) or len(pair) != 2 or not all(_is_name(part, prefix) for part in pair):
            return None
        return None if any(_of_other_type(part, noun) for part in pair) else count + 2
    return count


def _named_units(items: Sequence[str]) -> int | None:
    """How many units a list holds where each item begins with the kind of its unit: "Trung tâm …, Phòng …, Quỹ …"."""
    if len(items) < _FEW or not all(_UNIT.match(item.removeprefix("và ")) for item in items):
        return None
    last = re.split(r"\svà\s", items[-1])
    tails = [tail for item in items for tail in re.split(r"\svà\s", item)[1:]]
    if not any(_UNIT.match(tail) for tail in tails):
        return len(items)
    return len(items) + 1 if len(last) == 2 and len(tails) == 1 else None


def _of_other_type(item: str, noun: str) -> bool:
    """Whether an item names its type, and it is not that of the noun that is counted."""
    typed = _TYPED.match(item.removeprefix("và ")) if noun not in _ANY_BODY else None
    return typed is not None and typed.group().lower() not in noun


@lru_cache(maxsize=8192)
def _is_name(text: str, prefix: str) -> bool:
    if len(text) > _LONGEST_NAME:
        return False
    return (not prefix and bool(_PROPER.fullmatch(text.removeprefix("và ")))) or _is_known(text, prefix)


@lru_cache(maxsize=8192)
def _is_known(text: str, prefix: str) -> bool:
    """Whether the gazetteer has a name, as it stands or behind the word its list leaves out."""
    if len(text) > _LONGEST_NAME:
        return False
    gazetteer = load_gazetteer()
    names = [text, prefix + text] if prefix and not text.lower().startswith(prefix.lower()) else [text]
    for name in names:
        found = gazetteer.resolve(name)
        if any(candidate.how in ("exact", "folded") for candidate in found.candidates):
            return True
    return False
