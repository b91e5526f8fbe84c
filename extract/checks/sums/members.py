"""Lists of parts: where one begins and ends in a paragraph, its members, and the figures that can be its whole.

A list stands behind words that open it ("gồm", "trong đó", "cụ thể", "kết quả"), a bracket or a colon, and ends with
its sentence, its bracket, or where another begins in it. Each of its members begins behind a comma, a semicolon or
"và"; what else a member tells ("chiếm 12%", "với 1.251 chi bộ", "/201 người") is read as further columns, so that a
whole told in files and persons is compared with both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from extract.checks.figures.breaks import BRACKETS
from extract.checks.figures.complete import kind_of
from extract.checks.figures.cues import holds
from extract.checks.figures.kinds import one_noun
from extract.checks.figures.quantities import Quantity
from extract.records import Block
from extract.wordlists import wordlist

_CHANGE: Final = re.compile(
    r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\s+(?:thêm\s+|được\s+|khoảng\s+|từ\s+)?$", re.IGNORECASE
)
_BEFORE: Final = re.compile(r"\b(?:cùng kỳ|năm trước|kỳ trước là|so với|so)\b[^.;,]*$", re.IGNORECASE)
_ALONE: Final = re.compile(r"\((?=\s?\d[\d.,/]{0,15}(?:\s[^\W\d_]{1,10}){0,3}\s?\))([^()]*)\)")
_SENTENCE: Final = re.compile(r"\.\s+(?=[^\W\d_]|\d|$)")
# "sau đại học 131: tiến sĩ 27, thạc sĩ 104": a member with parts of its own
_OWN_PARTS: Final = re.compile(r"[^\d.,;:()]{0,24}:\s*[^\W\d_]")
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TS|ThS|TX|Tx|[A-Z])$")
# "… Còn lại các xã khác là 12 hộ": a sentence that goes on with the list before it
_REST: Final = r"\.\s+(?=(?:(?:Số|Phần|Các)\s(?:[^\W\d_]+\s){0,3})?[Cc]òn lại\b)"
_GOES_ON: Final = re.compile(_REST)
_SEPARATOR: Final = re.compile(rf"{_REST}|[;,](?!\d)|\b(?:và|cùng với|cộng với)\b")
_TAIL: Final = re.compile(r"(?:[^\d.;()]|(?<!\d)\d{1,4}(?![\d.,])){0,90}")  # numbers in it are names: "năm 2023:"
_NO_LIST: Final = re.compile(
    r"\s{0,4}(?:(?:riêng|kể cả|tính cả|so với|chủ yếu|cùng kỳ|năm(?! \d)|chiếm|bằng|tương|tỷ lệ|tỉ lệ|là|nhất là|từ|đến"
    r"|khoảng|hơn|gần|trên|dưới|theo|tại)\b|(?:có|tăng|giảm|chưa|không|đạt)(?: (?:thêm|được|quá|đến|so))?\s*$)",
    re.IGNORECASE,
)
OF_THESE: Final = re.compile(r"\b(?:trong|trên)(?: tổng)?(?: số)?\s*$", re.IGNORECASE)
# "… 214 lượt. Số này chia ra: …"
_ANAPHOR: Final = re.compile(
    r"(?<=\.\s)(?:(?:Trong )?(?:tổng )?(?:số|các)[^.;,:\d]{0,30}?(?:này|đó|trên)?"
    r"|(?:Kết quả|Toàn bộ|Tất cả|Qua đó|Trong đó)[^.;:\d]{0,60})[\s,]*(?:được )?$",
    re.IGNORECASE,
)
# "Đợt thứ 3 vào năm 2021 gồm …": a paragraph that begins with something of its own
_ANEW: Final = re.compile(r"\b(?:năm|tháng|quý|thứ|đợt|lần|khóa) \d|\b(?:ban đầu|lúc đầu|trước đây)\b", re.IGNORECASE)
_SAID_BEFORE: Final = re.compile(
    r"(?:^|[.;]\s)[^.;\d]{0,40}\b(?:trên|này|nói trên|nêu trên|đó)(?: là)?\s*$", re.IGNORECASE
)
# "1.204 người với 612 người ở …", "176 đại biểu – 27 người …": what is counted again with others of its own
_WITH: Final = re.compile(
    r"[^\d.,;:()]{1,60}(?:(?<!so)(?<!cùng)(?<!đối)(?<!hợp) với| –)(?P<label> [^\d.,;:()]{0,40})", re.IGNORECASE
)
_EARLIER: Final = 40  # figures of a paragraph before a list that takes one of them up
_DEEPEST: Final = 4  # brackets
_MOST: Final = 60  # figures of a list; more is no sentence
_BACK: Final = 5  # figures before a list among which its whole is
_KEPT: Final = 2048  # words between figures, of one letter
_FEWEST: Final = 2  # items of a list
_CLAUSE: Final = 3  # words that lead to a figure where something else is said
_SHORT: Final = 3  # words behind "và" that lead to a figure, and are not the end of a name
_NAMED: Final = re.compile(r"\s[^\W\d_][^:]{0,100}(?:[-–:]|\b(?:là|có|đạt|chiếm))\s*")
_FARTHEST: Final = 100  # characters between a whole and what opens its list


class Opener(StrEnum):
    """How a list begins; `data/openers.toml` has the words."""

    ALL = "all"
    NAMED = "named"
    BY = "by"
    BRACKET = "bracket"
    COLON = "colon"
    AMONG = "among"
    RANKED = "ranked"
    WITH = "with"
    OF_THESE = "of_these"
    BELOW = "below"
    NONE = "none"


# that some parts may follow, or all
SOME: Final = frozenset({Opener.AMONG, Opener.RANKED, Opener.WITH, Opener.OF_THESE})


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, the brackets it stands in, and the text since the figure before it in the same brackets."""

    item: Quantity
    path: tuple[int, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class Member:
    """The figures of one member of a list; `lead` is the text that leads to the first, `by` what parts it off."""

    figures: tuple[Quantity, ...]
    lead: str
    by: str


@dataclass(frozen=True, slots=True)
class PartList:
    """A list as it is printed.

    `wholes` are the figures that it can be a list of, nearest first; `loose` counts the pieces between separators that
    hold no figure; `end` is the offset in the block where the list ends; `bracketed`: it fills a bracket;
    `taken_up`: words take up something told before it, which may be any figure of the paragraph.
    """

    opener: Opener
    wholes: tuple[Told, ...]
    members: tuple[Member, ...]
    loose: int
    end: int
    bracketed: bool = False
    taken_up: bool = False


def tell_apart(items: Sequence[Quantity], block: Block) -> Mapping[tuple[int, ...], list[Told]]:
    """The figures of a block by the brackets they stand in, those outside of any first."""
    groups: dict[tuple[int, ...], list[Told]] = {(): []}
    ends: dict[tuple[int, ...], int] = {}
    path: tuple[int, ...] = ()
    at = block.body
    text = _ALONE.sub(r" \1 ", block.text) if "(" in block.text else block.text
    for item in items:
        start = item.start - block.start
        for match in re.finditer(r"[()]", text[at:start]):
            if match.group() == "(" and len(path) < _DEEPEST:
                path = (*path, at + match.start())
            elif match.group() == ")":
                path = path[:-1]
        opened = max(ends.get(path, block.body), path[-1] + 1 if path else block.body)
        groups.setdefault(path, []).append(Told(item, path, BRACKETS.sub(" ", text[opened:start])))
        ends[path] = item.end - block.start
        at = start
    return groups


def lists_of(
    groups: Mapping[tuple[int, ...], Sequence[Told]], block: Block, before: Sequence[Told] = ()
) -> Iterator[PartList]:
    """The lists of a block.

    Args:
        groups: its figures, as `tell_apart` gives them.
        block: the block.
        before: the figures of the paragraph before it, which a list at its beginning can be of.
    """
    for path, group in groups.items():
        last: PartList | None = None
        for index, told in enumerate(group):
            opened = _opened(told, group[index - 1] if index else None)
            if opened is None:
                continue
            opener, ahead, label = opened
            wholes = _wholes(groups, path, index, ahead, before, block)
            if opener is Opener.BY and last is not None and group[index - 1].item.end - block.start == last.end:
                wholes = last.wholes
            taken_up = not wholes and index > 0 and _SAID_BEFORE.search(ahead) is not None
            if taken_up:
                wholes = tuple(reversed(group[max(index - _EARLIER, 0) : index]))
            if wholes:
                last = replace(_read(opener, wholes, label, group[index : index + _MOST], block), taken_up=taken_up)
                yield last


def list_below(block: Block, above: Sequence[Told], children: Sequence[Sequence[Told]]) -> PartList | None:
    """The list that the items below a paragraph are, of a figure in its last sentence.

    Args:
        block: the paragraph that ends with "trong đó:", "gồm:" or another colon.
        above: the figures of the paragraph that states the count.
        children: the figures of each item.
    """
    found = None
    for match in _openers(block.text[-_FARTHEST:]):
        found = match if _TAIL.fullmatch(block.text[-_FARTHEST:], match.end()) else None
    opener = Opener(found.lastgroup or "") if found is not None else Opener.BELOW
    wholes = _last(above)
    members = []
    for told in children:
        figures = [one.item for at, one in enumerate(told) if not any(breaks(other.lead) for other in told[1 : at + 1])]
        if figures:
            # "57 hộ gia đình bỏ chất thải …: 102 triệu đồng" is named behind its first figure
            named = any(map(str.isalpha, told[0].lead))
            lead = told[0].lead if named else " ".join(one.lead for one in told[: len(figures)])
            members.append(Member(tuple(figures), lead, ";"))
    if not wholes or len(members) < _FEWEST or len(members) + 1 < len(children):
        return None
    some = opener in (*SOME, Opener.COLON, Opener.BY)
    loose = len(children) - len(members)
    return PartList(Opener.BELOW if some else opener, wholes, tuple(members), loose, len(block.text))


@cache
def _words() -> re.Pattern[str]:
    openers = wordlist("extract.checks", "openers")["openers"]
    kinds = "|".join(rf"(?P<{name}>{words})" for name, words in openers.items())
    return re.compile(rf"\b(?:{kinds})(?!\w)", re.IGNORECASE)


def _openers(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The words in a text that open a list."""
    if holds(text, *wordlist("extract.checks", "openers")["signs"]):
        yield from _words().finditer(text, start)


def _opened(told: Told, last: Told | None) -> tuple[Opener, str, str] | None:
    """How a list begins with a figure, the text between the figure before it and what opens it, and that behind."""
    lead = told.lead
    found = None
    for match in _openers(lead):
        found = match
    if found is not None and _TAIL.fullmatch(lead, found.end()):
        return Opener(found.lastgroup or ""), lead[: found.start()], lead[found.end() :]
    if last is None and told.path:
        return None if _NO_LIST.match(lead) or not _TAIL.fullmatch(lead) else (Opener.BRACKET, "", lead)
    colon = lead.rfind(":")
    if last is not None and colon >= 0 and _TAIL.fullmatch(lead, colon + 1):
        return None if last.lead.rstrip().endswith(":") else (Opener.COLON, lead[:colon], lead[colon + 1 :])
    if last is not None and OF_THESE.search(last.lead) and not re.search(r"[;:]|\.\s", lead):
        return Opener.OF_THESE, "", lead
    again = _WITH.fullmatch(lead) if last is not None else None
    if last is not None and again is not None and kind_of(last.item.unit) == kind_of(told.item.unit) != "":
        return Opener.WITH, "", again["label"]
    return None


def _wholes(
    groups: Mapping[tuple[int, ...], Sequence[Told]],
    path: tuple[int, ...],
    index: int,
    ahead: str,
    before: Sequence[Told],
    block: Block,
) -> tuple[Told, ...]:
    """The figures that a list can be of, nearest first."""
    group = groups[path]
    back = list(group[max(index - _BACK, 0) : index])
    if not back and path:
        back = _before(groups.get(path[:-1], ()), group[index])
        ahead = block.text[back[-1].item.end - block.start : path[-1]] if back else ""
    elif not back:
        back = list(before) if not _ANEW.search(ahead) else []
    bare = _ANAPHOR.sub("", ahead).rstrip(" .;,:-–")
    if len(ahead) > _FARTHEST or ";" in bare or breaks(f"{bare} "):
        return ()
    found = _last(back)
    within = back[-1:] and back[-1].path == path
    return tuple(sorted(found, key=lambda told: bool(_CHANGE.search(told.lead)))) if within else found


def _last(figures: Sequence[Told]) -> tuple[Told, ...]:
    """The figures of the last clause, the last one first."""
    found: list[Told] = []
    for told in reversed(figures[-_BACK:]):
        if not _BEFORE.search(told.lead):
            found.append(told)
        if breaks(told.lead) or ";" in told.lead:
            break
    return tuple(found)


def _before(outer: Sequence[Told], inner: Told) -> list[Told]:
    """The last figures outside of a bracket before it."""
    last = bisect_left(outer, inner.item.start, key=lambda told: told.item.start)
    return list(outer[max(last - 2, 0) : last])


def breaks(text: str) -> bool:
    """Whether a sentence ends in a text."""
    return any(not _ABBREVIATION.search(text[max(m.start() - 4, 0) : m.start()]) for m in _SENTENCE.finditer(text))


def _read(opener: Opener, wholes: tuple[Told, ...], label: str, group: Sequence[Told], block: Block) -> PartList:
    members: list[list[Quantity]] = []
    leads: list[tuple[str, str]] = []
    loose = _loose(label.lstrip(" ,:"))
    nested = False
    last = group[0].item
    for at, told in enumerate(group):
        lead = told.lead
        cuts = list(_SEPARATOR.finditer(lead)) if at else []
        if at:
            if _ends(lead):
                break
            if ";" in lead:
                nested = False
            nested = nested or _divides(lead)
        if nested:
            continue
        last = told.item
        if not at or cuts:
            members.append([told.item])
            named, by, uncounted = member_in(lead) if at else (label, "", 0)
            leads.append((named, by))
            loose += uncounted
        elif not _CHANGE.search(lead) and not _BEFORE.search(lead):
            members[-1].append(told.item)
    listed = tuple(Member(tuple(some), *lead) for some, lead in zip(members, leads, strict=True))
    end = next((at for at in range(_FEWEST, len(listed)) if _tells_of_others(listed, at)), len(listed))
    last = listed[end - 1].figures[-1] if end < len(listed) else last
    closed = bool(group[0].path) and last is group[-1].item
    return PartList(opener, wholes, listed[:end], loose, last.end - block.start, closed)


def _tells_of_others(members: Sequence[Member], at: int) -> bool:
    """Whether something else is done, and counted, behind a list that "và" ends: "3 xã và 2 phường; cấp cho 9 hộ"."""
    behind = members[at]
    if behind.by != ";" or members[at - 1].by != "và" or len(behind.lead.split()) < _CLAUSE:
        return False
    known = {kind_of(member.figures[0].unit) for member in members[:at]}
    return "" not in known and kind_of(behind.figures[0].unit) not in {*known, ""}


@lru_cache(maxsize=_KEPT)
def _ends(lead: str) -> bool:
    """Whether a list ends before words: lists inside one another are read up to the same words again."""
    return breaks(_GOES_ON.sub("; ", lead))


@lru_cache(maxsize=_KEPT)
def _divides(lead: str) -> bool:
    """Whether words that lead to a figure open a list of parts of the member before it."""
    inner = next(_openers(lead, lead.rfind(";") + 1), None)
    return (inner is not None and inner.lastgroup != "named") or _OWN_PARTS.match(lead) is not None


def is_compared(lead: str) -> bool:
    """Whether words make a figure a change, or a value before."""
    return bool(_CHANGE.search(lead) or _BEFORE.search(lead))


def opens(lead: str) -> bool:
    """Whether words between two figures open a list."""
    return next(_openers(lead), None) is not None or _OWN_PARTS.match(lead) is not None


def member_in(lead: str) -> tuple[str, str, int]:
    """The words that lead to a member, what parts it from the one before, and how many pieces have no figure."""
    cut = _cut(lead, list(_SEPARATOR.finditer(lead)))
    if cut is None:
        return lead, "", 0
    return lead[cut.end() :], ";" if ";" in lead else cut.group(), _loose(lead[: cut.start()])


def _loose(text: str) -> int:
    """The pieces of a list without a figure before its next member; the commas of one noun part none."""
    return sum(cut != "và" for cut in _SEPARATOR.findall(one_noun(text)))


def _cut(lead: str, cuts: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """What parts a member from the one before: the last comma before "phục hồi và chức năng có", else "và" itself.

    So does the comma before two names of one figure: ", châu Mỹ và châu Úc - 4,1".
    """
    if not cuts:
        return None
    commas = [cut for cut in cuts if cut.group() != "và"]
    name = lead[cuts[-1].end() :]
    return commas[-1] if commas and (len(name.split()) > _SHORT or _NAMED.fullmatch(name)) else cuts[-1]
