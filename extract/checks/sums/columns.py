"""Columns of a list of parts: which figures of its members belong to which whole, and where the list can end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Final

from extract.checks.figures.complete import adds_up, kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.rough import is_bound
from extract.checks.sums.members import Member, Opener, PartList, Told

# What a member tells besides its count: "với 1.251 chi bộ", "trị giá 5 tỷ đồng".
_DETAIL: Final = re.compile(
    r"\W{0,4}(?:với|(?:chiếm|đạt|bằng)\s{0,4}$|tương đương|tương ứng|tỷ lệ|tỉ lệ|so với|so|cùng kỳ|năm trước"
    r"|vượt\s{1,4}(?:(?:kế hoạch|chỉ tiêu|dự toán|(?<!trình )mục tiêu|mức|thêm)[^\d,;]{0,24})?$"
    r"|cao hơn|thấp hơn|trị giá|tổng trị giá|tổng giá trị|tổng vốn|tổng kinh phí|kinh phí|bình quân|trong đó)(?!\w)",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt)\s+(?:thêm\s+|được\s+|khoảng\s+)?$", re.IGNORECASE
)
# "… và các dân tộc khác là Hoa 94 người, Mường 25 người": what stands behind "và" is a list itself
_OTHERS: Final = re.compile(r"\bkhác (?:là|như|gồm)\b")
_LEFT: Final = re.compile(r"\bcòn lại\b")  # "phần còn lại là cây thân thảo với 46 loài dược liệu"
_PAIR: Final = 2
_AREAS: Final = frozenset({"ha", "km2", "km²", "m2", "m²"})
_PERSONS: Final = frozenset({"người", "nhân", "khẩu", "hộ"})  # are no part of an area
_UNITS_OF_LAND: Final = frozenset({"xã", "phường", "thị", "đặc", "huyện", "quận", "thành", "tỉnh"})
# What is said of the whole behind a list that "và" has closed: "…, Kế toán 01 và Văn thư 01; còn thiếu 01 biên chế".
_SAYS_MORE: Final = re.compile(
    r"\W{0,2}(?:hiện |đang |nay )?(?:còn )?(?:thiếu|thừa|dôi|dư|khuyết|vượt)\b", re.IGNORECASE
)
_TELLING: Final = 100  # a smaller whole is made by chance


@dataclass(frozen=True, slots=True)
class Column:
    """The parts of one whole, with the words that lead to each.

    `foreign`: members that hold no figure of its kind; `full`: the list ends with the last part; `joined`: the last
    part is one of a series that ends with "và".
    """

    whole: Told
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]
    foreign: int
    full: bool
    joined: bool = False

    @property
    def making(self) -> tuple[Quantity, ...]:
        """The parts that make the whole, all or the first of them; none where they do not."""
        sums = list(accumulate(part.value for part in self.parts))
        if not self.gap:
            return self.parts
        if self.joined and self._are_of_a_series():
            return ()
        last = next((at for at, total in enumerate(sums) if at and total == self.whole.item.value >= _TELLING), -1)
        return self.parts[: last + 1]

    def _are_of_a_series(self) -> bool:
        """Whether no part can be of something else than the others: counted as the whole is, or units of the land."""
        heads = {head_of(part) for part in self.parts}
        return heads == {head_of(self.whole.item)} != {""} or heads <= _UNITS_OF_LAND

    @property
    def gap(self) -> Decimal:
        """What the parts fall short of the whole by."""
        return self.whole.item.value - sum((part.value for part in self.parts), Decimal(0))


def columns_of(listed: PartList) -> Iterator[Column]:
    """The columns that a list may hold, of one whole each, with every place where it can end."""
    others = {head_of(told.item) for told in listed.wholes}
    of_points = any(item.unit.startswith("điểm") for item in listed.members[0].figures)
    least = min(member.figures[0].value for member in listed.members)
    nearest = listed.wholes[0]
    if listed.opener is not Opener.BY:  # "1.204 hộ, ở 2 xã: 611 hộ …"
        nearest = next((told for told in listed.wholes if told.item.value >= least), nearest)
    for whole in listed.wholes:
        item = whole.item
        changed = bool(_CHANGE.search(whole.lead))
        if is_bound(item) or not (adds_up(item) or (item.unit == "%" and of_points)):
            continue
        for members, full in _endings(listed, head_of(item)):
            for found, foreign in _parts(item, members, changed, others, alone=whole is nearest):
                if len(found) >= 2:
                    parts, labels = zip(*found, strict=True)
                    yield Column(whole, parts, labels, foreign, full, _is_joined(members, parts))
                    if item.of is not None and all(part.of is not None for part in parts):
                        under = [_under(one) for one in (item, *parts)]
                        yield Column(replace(whole, item=under[0]), tuple(under[1:]), labels, foreign, full)


def _is_joined(members: Sequence[Member], parts: Sequence[Quantity]) -> bool:
    """Whether "và" leads to the last of some members, and to no other, and that is the last part."""
    *others, last = members
    return last.by == "và" and parts[-1] in last.figures and all(member.by != "và" for member in others)


def head_of(item: Quantity) -> str:
    """What a figure counts, to compare it by."""
    return kind_of(item.unit)


def _under(item: Quantity) -> Quantity:
    """What a fraction is of, as a figure of its own."""
    term = replace(item.term, value=item.of or Decimal(0), proof=item.of_proof)
    below = item.end + 1  # behind the slash
    return replace(item, term=term, start=below, end=below, of=None)


def _endings(listed: PartList, head: str) -> Iterator[tuple[Sequence[Member], bool]]:
    """The members up to each place where a list can end, with whether it most likely does.

    Behind "và" and a comma something else is said; a semicolon ends a list of commas that fills no bracket, or parts
    the members itself where none of the pieces holds two figures that count alike.
    """
    members = _without_tail(listed.members, head)
    first = next((at for at, member in enumerate(members) if at and member.by == ";"), len(members))
    if first == len(members):
        joined = next((at for at in range(1, first) if members[at].by == "và"), first)
        closed = joined + 1 < first and members[joined + 1].by == "," and not _alternate(members, joined)
        closed = closed and not _OTHERS.search(members[joined].lead)
        if closed:
            yield members[: joined + 1], True
        yield members, not closed
        return
    if first > _PAIR and members[first - 1].by == "và" and _SAYS_MORE.match(members[first].lead):
        yield members[:first], True
        return
    told = [member for member in members if member.figures[0].unit != "%" and not _is_detail(member, head)]
    alike = [member for member in told if head_of(member.figures[0]) in (head, "")]
    counted = {id(member) for member in (alike if any(head_of(one.figures[0]) == head for one in alike) else told)}
    most = here = 0
    for member in members:
        here = (0 if member.by == ";" else here) + (id(member) in counted)
        most = max(most, here)
    yield members, (first == 1 or listed.bracketed) and most > 1
    yield members[:first], first > 1 and most > 1
    yield _joined(members), most <= 1


def _without_tail(members: Sequence[Member], head: str) -> Sequence[Member]:
    """The members up to a semicolon behind which something else is counted: "…; khác 142 vụ; tạm giữ 371 xe"."""
    last = len(members)
    while last and members[last - 1].by == ";" and head_of(members[last - 1].figures[0]) not in (head, ""):
        last -= 1
    own = members[:last]
    return own if len(own) > _PAIR and all(head_of(member.figures[0]) == head for member in own) else members


def _alternate(members: Sequence[Member], joined: int) -> bool:
    """Whether "và" joins what two columns count: "11 vụ và 13 đối tượng, … 7 vụ và 19 đối tượng"."""
    one, other = (head_of(members[at].figures[0]) for at in (joined - 1, joined))
    behind = {head_of(member.figures[0]) for member in members[joined + 1 :]}
    return one != other and {one, other} <= behind


def _joined(members: Sequence[Member]) -> Sequence[Member]:
    """Members parted by semicolons alone."""
    out: list[Member] = []
    for member in members:
        if out and member.by != ";":
            out[-1] = Member((*out[-1].figures, *member.figures), out[-1].lead, out[-1].by)
        else:
            out.append(member)
    return out


def _parts(
    whole: Quantity, members: Sequence[Member], changed: bool, others: Set[str], *, alone: bool
) -> Iterator[tuple[list[tuple[Quantity, str]], int]]:
    """The figures of members that are counted as a whole is, one of each, and how many are counted as no whole is."""
    head = head_of(whole)
    same: list[tuple[Quantity, str]] = []
    firsts: list[tuple[Quantity, str]] = []
    foreign = 0
    for member in members:
        usable = [item for item in member.figures if item.unit != "%" and adds_up(item)]
        if not usable or _is_detail(member, head):
            continue
        if not changed and usable[0] is member.figures[0] and _CHANGE.search(member.lead):
            continue
        chosen = next((item for item in usable if head_of(item) == head), None)
        if chosen is not None and whole.of is None and chosen.of not in (None, whole.value):
            return  # "238/316 vụ việc, còn lại 35" are of the 316
        chosen = chosen or next((item for item in usable if not item.unit), None)
        firsts.append((usable[0], member.lead))
        if chosen is not None:
            same.append((chosen, member.lead))
        else:
            persons = head in _AREAS and head_of(usable[0]) in _PERSONS
            foreign += not persons and not any(head_of(item) in others for item in usable)
    named = any(head_of(part) == head for part, _ in same)
    if named:
        yield same, foreign
    if alone and (foreign or not named):
        yield firsts, 0


def _is_detail(member: Member, head: str) -> bool:
    """Whether a member says more of the one before it: "với 1.251 chi bộ", "Vĩnh Lộc A với 71 ấp".

    Not so "Bạch Đằng với 330 hộ", where hộ are what the whole counts.
    """
    if _DETAIL.match(member.lead):
        return True
    own = bool(head) and head_of(member.figures[0]) == head and _LEFT.search(member.lead) is None
    return bool(member.by) and not own and member.lead.rstrip().endswith(" với")
