"""Counts divided by kinds that exclude one another: statuses, classes, answers, levels, each beside the whole.

"44 cơ quan, đơn vị. Theo đó có 31 đơn vị xếp hạng Tốt, 12 đơn vị xếp hạng Khá, 02 đơn vị xếp hạng Trung bình và không
có đơn vị xếp hạng Yếu": no word says "gồm", but what the figures count says that they are all there can be. Parts of
some of the kinds can be less than their whole, never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.breaks import BRACKETS, STOP
from extract.checks.figures.complete import adds_up, are_of_other_types, goes_on, is_measured, kind_of
from extract.checks.figures.kinds import KindSet, kind_sets, label_of
from extract.checks.figures.quantities import Quantity, counted
from extract.checks.figures.rough import is_bound
from extract.checks.figures.slips import is_misprinted, is_slip
from extract.checks.sums.members import OF_THESE
from extract.records import Block, CheckVerdict, Finding

_CHANGE: Final = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\s+(?:thêm\s+|được\s+)?$", re.IGNORECASE)
_BEFORE: Final = re.compile(r"\b(?:cùng kỳ|năm trước|kỳ trước|so với)\b[^.;,]*$", re.IGNORECASE)
_MORE: Final = re.compile(r"\b(?:ngoài ra|bên cạnh|chưa kể|cùng với đó)\b", re.IGNORECASE)  # not of the whole
_MEASURED: Final = re.compile(r"\b(?:bình quân|trung bình (?:mỗi|một)|đầu người|mức)\b", re.IGNORECASE)
_EACH: Final = re.compile(r"\s?[^\W\d_]+(?:\s[^\W\d_]+)?/(?!\d)")  # "5.000.000 đồng/giải"
_NESTED: Final = re.compile(r"\b(?:trong đó|trong số|gồm|chia ra|chia thành)\b", re.IGNORECASE)
# "sau đại học 131: tiến sĩ 27, thạc sĩ 104": a part with parts of its own; "Tốt 12; Khá: 5" has none
_OWN_PARTS: Final = re.compile(r"[^\d.,;:()]{0,24}:\s*[^\W\d_]")
_ALL: Final = re.compile(r"\b(?:trong|trên|tổng|toàn) (?:tổng )?số\s*$|\btổng cộng(?: là)?\s*:?\s*$", re.IGNORECASE)
_PARTED: Final = re.compile(r"\b(?:trong đó|gồm|chia ra)\b|:|\(", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"\.\s+(?=[^\W\d_])")
# How a sentence begins that goes on with what was counted.
_GOES_ON: Final = re.compile(
    r"(?:và )?(?:trong đó|theo đó|cụ thể|kết quả|trong số|qua (?:đó|phân loại|kiểm tra|giải quyết|rà soát|đánh giá)|đến"
    r"|tính đến|hiện|số|các|đã|còn|có|chia|về)\b",
    re.IGNORECASE,
)
_NONE: Final = re.compile(r"\bkhông (?:có|còn|phát sinh|để xảy ra|ghi nhận)\b([^.;\d]{0,120})", re.IGNORECASE)
_BODIES: Final = frozenset({"cơ", "đơn", "địa", "sở", "ban", "ngành", "tỉnh", "huyện", "xã", "phường", "bộ", "tổ"})
_ANY_BODY: Final = frozenset({"cơ", "đơn", "địa"})  # cơ quan, đơn vị, địa phương
_ELIDED: Final = frozenset({"xếp", "được", "hoàn", "đạt"})
_ANY_THING: Final = frozenset({"trường hợp"})
_LONGEST: Final = 300  # characters between a whole and its first part
_FARTHEST: Final = 4  # figures back from the first part
_FEWEST: Final = 2  # kinds that divide something
_MOST: Final = 120  # figures of a block; more is a list
_LED: Final = 60  # characters of a sentence in which it names a kind
_TELLING: Final = 100  # a smaller whole is missed by a digit by chance
_MANY: Final = 1000  # a whole that no other figures come near by chance
_DEEPEST: Final = 4  # brackets
# What words alone say is a sum may be off by more than a list may, but not by any amount.
_THINKABLE: Final = Decimal("0.5")
_PLAUSIBLE: Final = Decimal("0.3")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with the words that say of which kind it is; `path` are the brackets it stands in."""

    item: Quantity
    label: str
    path: tuple[int, ...]
    lead: str  # since the figure before it in the same brackets, without what stands in others


@dataclass(frozen=True, slots=True)
class Division:
    """A whole and its parts, with the finding that they make; `whole` and `parts` are where these begin."""

    whole: int
    parts: frozenset[int]
    finding: Finding


def check_divided(items: Sequence[Quantity], block: Block) -> tuple[Division, ...]:
    """The wholes of a block that are divided by kinds."""
    counts = [item for item in items if item.unit != "%" and adds_up(item) and not _is_rate(item, block)]
    if not 2 <= len(counts) <= _MOST:
        return ()
    groups = _groups(counts, block)
    made: list[Division] = []
    labels = "\n".join(told.label for group in groups.values() for told in group)
    for kinds in kind_sets():
        if (
            not kinds.may_be_in(labels)
            or not kinds.one_of.search(labels)
            or sum(1 for _ in kinds.kinds_in(labels)) < _FEWEST
        ):
            continue
        for group in groups.values():
            for run in _runs(kinds, group):
                whole = _whole(kinds, run, groups, block)
                one = _compared(kinds, run, whole, group, block) if whole is not None else None
                one = one or _divided_again(kinds, run, group, made, block)
                if one is not None:
                    made.append(one)
    return tuple(one for one in made if not _is_told_better(one, made) and not _is_sibling(one, made, block))


def _is_sibling(one: Division, others: Sequence[Division], block: Block) -> bool:
    """Whether the whole of a division that does not hold is itself a part, and no word divides that again."""
    if one.finding.verdict is CheckVerdict.AGREES or not any(one.whole in other.parts for other in others):
        return False
    between = block.text[one.whole - block.start : min(one.parts) - block.start]
    return not _NESTED.search(between.rpartition(";")[2])


def _is_rate(item: Quantity, block: Block) -> bool:
    """Whether a figure is of each thing, and no count that adds up."""
    return bool(_MEASURED.search(item.before) or _EACH.match(block.text, item.end - block.start))


def _is_told_better(one: Division, others: Sequence[Division]) -> bool:
    """Whether another division has all these parts and more, or has them and agrees."""
    agrees = one.finding.verdict is CheckVerdict.AGREES
    return not agrees and any(
        one.parts < other.parts or (one.parts == other.parts and other.finding.verdict is CheckVerdict.AGREES)
        for other in others
    )


def _groups(counts: Sequence[Quantity], block: Block) -> Mapping[tuple[int, ...], list[_Told]]:
    """The figures by the brackets they stand in."""
    groups: dict[tuple[int, ...], list[_Told]] = {}
    ends: dict[tuple[int, ...], int] = {}
    path: tuple[int, ...] = ()
    at = block.body
    for item, follower in zip_longest(counts, counts[1:]):
        start, end = item.start - block.start, item.end - block.start
        for match in re.finditer(r"[()]", block.text[at:start]):
            if match.group() == "(" and len(path) < _DEEPEST:
                path = (*path, at + match.start())
            elif match.group() == ")":
                path = path[:-1]
        behind = block.text[end : follower.start - block.start] if follower is not None else block.text[end:]
        opened = max(ends.get(path, block.body), path[-1] + 1 if path else block.body)
        lead = BRACKETS.sub(" ", block.text[opened:start])
        groups.setdefault(path, []).append(_Told(item, label_of(item.before, behind), path, lead))
        ends[path] = end
        at = start
    return groups


def _runs(kinds: KindSet, group: Sequence[_Told]) -> Iterator[dict[int, _Told]]:
    """Figures of one set, one behind the other, each of a kind of its own; what divides one of them again is passed."""
    run: dict[int, _Told] = {}
    nested = False
    for told in group:
        if _CHANGE.search(told.lead) or _BEFORE.search(told.lead):
            continue
        kind = kinds.kind_of(told.label)
        if _MORE.search(told.lead) or not (_is_near(told.lead) or _is_of_next(kinds, told.lead)):
            if len(run) > 1:
                yield run
            run = {}
        divides = bool(_NESTED.search(told.lead) or _OWN_PARTS.match(told.lead))
        nested = bool(run) and (divides or (nested and not STOP.search(told.lead)))
        own = nested and bool(run) and bool(_OWN_PARTS.match(told.lead))
        if kind is not None and kind not in run and not is_bound(told.item) and not own:
            run[kind] = told
            nested = False
        elif not nested:
            if len(run) > 1:
                yield run
            run = {kind: told} if kind is not None and not is_bound(told.item) else {}
    if len(run) > 1:
        yield run


def _is_near(lead: str) -> bool:
    """Whether a figure stands in the sentence of the one before it, or in one that goes on with what it counts."""
    sentences = _SENTENCE.split(lead)
    return len(sentences) == 1 or (len(sentences) == 2 and bool(_GOES_ON.match(sentences[1])))


def _is_of_next(kinds: KindSet, lead: str) -> bool:
    """Whether a figure stands in the next sentence, which names a kind: "… 52.310 người. Nam 25.906. Nữ 26.404"."""
    sentences = _SENTENCE.split(lead)
    return len(sentences) == 2 and kinds.one_of.search(sentences[1][:_LED].lower()) is not None


def _whole(
    kinds: KindSet, run: Mapping[int, _Told], groups: Mapping[tuple[int, ...], Sequence[_Told]], block: Block
) -> Quantity | None:
    """The figure that parts are parts of: what fractions are of, one before them or their bracket, one behind them."""
    parts = list(run.values())
    path = parts[0].path
    group = groups[path]
    first, last = group.index(parts[0]), group.index(parts[-1])
    halves = {part.item.of for part in parts if part.item.of is not None}
    if len(halves) == 1 and parts[0].item.of is not None:
        item = parts[0].item
        if not all(_is_counted_alike(kinds, item, part.item) for part in parts if part.item.of is None):
            return None  # "34/34 tỉnh, thành trong nước và 12 chi nhánh ngoài nước"
        below = item.end + 1  # behind the slash
        whole = replace(item.term, value=halves.pop(), proof=item.of_proof)
        return replace(item, term=whole, start=below, end=below, of=None)
    before = list(group[max(first - _FARTHEST, 0) : first])
    if path:
        outside = [told for told in groups.get(path[:-1], ()) if told.item.end - block.start <= path[-1]]
        before = outside[-1:] + before
    behind = group[last + 1 : last + 2] if not path else []
    found = [told.item for told in behind if _ALL.search(told.lead) and _is_whole(kinds, told, parts, block)]
    wholes = [told for told in reversed(before) if _is_whole(kinds, told, parts, block)]
    found += [told.item for told in sorted(wholes, key=lambda told: _is_part(told, parts, block))]
    total = sum((part.item.value for part in parts), Decimal(0))
    same = next((item for item in found if item.value == total), None)
    return same or next((item for item in found if is_slip(item.value, total)), found[0] if found else None)


def _is_part(told: _Told, parts: Sequence[_Told], block: Block) -> bool:
    """Whether a figure is some of another and the parts stand in a sentence behind: "904 tin, trong đó 798 mới"."""
    between = block.text[told.item.end - block.start : parts[0].item.start - block.start]
    return bool(_NESTED.search(told.lead)) and bool(_SENTENCE.search(between))


def _is_whole(kinds: KindSet, told: _Told, parts: Sequence[_Told], block: Block) -> bool:
    """Whether a figure can be the whole of parts: counted as they are, of no kind of its own, near enough."""
    item = told.item
    low, high = sorted((item, parts[0].item), key=lambda one: one.start)
    between = block.text[low.end - block.start : high.start - block.start]
    if is_bound(item) or kinds.kind_of(told.label) is not None or len(between) > _LONGEST:
        return False
    if _CHANGE.search(told.lead) or _BEFORE.search(told.lead):
        return False
    if not (_is_near(between) or _is_of_next(kinds, between)):
        return False
    if are_of_other_types(item, [part.item for part in parts], block):
        return False
    cue = _PARTED.search(between) or _SENTENCE.search(between)
    if not cue and any(_names_another(kinds, item, part.item) for part in parts):
        return False
    return all(_is_counted_alike(kinds, item, part.item) for part in parts)


def _names_another(kinds: KindSet, whole: Quantity, part: Quantity) -> bool:
    """Whether a part counts things that the whole does not: "320 nhà sư, 48 nam cư sĩ, 365 nữ cư sĩ"."""
    after = part.after.lower()
    rest = next((after[match.end() :].strip() for kind in kinds.kinds if (match := kind.match(after))), "")
    named = counted(rest).split()[:1]
    return bool(named) and named[0] not in whole.term.name.lower().split()


def _is_counted_alike(kinds: KindSet, whole: Quantity, part: Quantity) -> bool:
    """Whether a part is counted as its whole is, leaves its unit out, or has "đơn vị", "trường hợp" for it."""
    if not part.unit or not whole.unit or kind_of(part.unit) == kind_of(whole.unit):
        return True
    one, other = part.unit.split()[0], whole.unit.split()[0]
    if part.unit in _ANY_THING or (one in _ANY_BODY and other in _BODIES) or one in _ELIDED:
        return True
    after = part.after.lower()
    return any(kind.match(after) for kind in kinds.kinds)


def _compared(
    kinds: KindSet, run: Mapping[int, _Told], whole: Quantity, group: Sequence[_Told], block: Block
) -> Division | None:
    """The parts against their whole, where they make it, are all there can be, or are more than it."""
    told = list(run.values())
    parts = [one.item for one in told]
    made = sum_of(whole, parts, block)
    if made is None:
        return None
    division = Division(whole.start, frozenset(part.start for part in parts), made)
    if made.verdict is CheckVerdict.AGREES:
        return division
    gap = sum(part.value for part in parts) - whole.value
    low, high = min(whole.end, parts[0].start) - block.start, parts[-1].end - block.start
    between = block.text[low : parts[0].start - block.start]
    sentence = _SENTENCE.split(block.text[high : high + _LONGEST], maxsplit=1)[0]
    if (kinds.unless and kinds.unless.search(block.text.lower())) or goes_on(parts, block, at_once=True):
        return None
    if _goes_on(group, told):
        return None
    none = [
        kind for said in _NONE.finditer(f"{block.text[low:high]}{sentence}".lower()) for kind in kinds.kinds_in(said[1])
    ]
    if kinds.overlap and not is_measured(whole) and not _PARTED.search(between):
        return None
    if kinds.is_all({*run, *none}):
        slip = is_misprinted(whole.value, [part.value for part in parts])
        if not all(map(_is_near, (between, *(one.lead for one in told[1:])))):
            return division if slip and whole.value >= _TELLING else None
        slip = slip and not _SENTENCE.search(between)
        return division if slip or abs(gap) <= _THINKABLE * whole.value else None
    cue = _PARTED.search(between) or OF_THESE.search(whole.between)
    return division if cue and 0 < gap <= _PLAUSIBLE * whole.value else None


def _divided_again(
    kinds: KindSet, run: Mapping[int, _Told], group: Sequence[_Told], made: Sequence[Division], block: Block
) -> Division | None:
    """All kinds of a set against a whole further back, which another set divides or which goes by their name.

    "Dân số 590.467 người …; thành thị 211.109, nông thôn 379.358. Dân số nam 296.026 người, nữ 294.441 người".
    """
    parts = [told.item for told in run.values()]
    if kinds.overlap or not kinds.is_all(run) or (kinds.unless and kinds.unless.search(block.text.lower())):
        return None
    total = sum((part.value for part in parts), Decimal(0))
    name = set(pairwise(next(iter(run.values())).label.split()))
    divided = {division.whole for division in made}
    wholes = {
        told.item.value: told.item
        for told in reversed(group)
        if told.item.start < parts[0].start
        and told.item.value >= _MANY
        and (told.item.start in divided or name & set(pairwise(told.label.split())))
        and kinds.kind_of(told.label) is None
        and not (_CHANGE.search(told.lead) or _BEFORE.search(told.lead) or is_bound(told.item))
        and (told.item.value == total or is_misprinted(told.item.value, [part.value for part in parts]))
        and all(kind_of(part.unit) == kind_of(told.item.unit) for part in parts)
    }
    if len(wholes) != 1 or goes_on(parts, block, at_once=True) or _goes_on(group, list(run.values())):
        return None
    whole = next(iter(wholes.values()))
    finding = sum_of(whole, parts, block)
    return Division(whole.start, frozenset(part.start for part in parts), finding) if finding is not None else None


def _goes_on(group: Sequence[_Told], run: Sequence[_Told]) -> bool:
    """Whether the figure behind the last part is another part, of no kind of the set."""
    last = run[-1]
    behind = group[group.index(last) + 1 :][:1]
    mixed = len({kind_of(told.item.unit) for told in run if told.item.unit}) > 1
    return any(
        not STOP.search(told.lead)
        and not _NESTED.search(told.lead)
        and not _CHANGE.search(told.lead)
        and not _BEFORE.search(told.lead)
        and not _ALL.search(told.lead)
        and (mixed or not told.item.unit or kind_of(told.item.unit) == kind_of(last.item.unit))
        for told in behind
    )


def without_parts(sums: Iterable[Finding], divisions: Sequence[Division]) -> Iterator[Finding]:
    """Sums of a block and its divisions: what agrees takes its figures, and says so of what does not."""
    found = list(sums)
    agreed = [one for one in (*found, *(one.finding for one in divisions)) if one.verdict is CheckVerdict.AGREES]
    taken = [_figures(one) for one in agreed]
    yield from agreed
    made = [one for one in found if one.verdict is not CheckVerdict.AGREES]
    others = [one.finding for one in divisions if one.finding.verdict is not CheckVerdict.AGREES]
    for one in (*made, *others):
        whole, parts = _figures(one)
        if not any(parts <= held and not _is_inner(whole, parts, outer, held) for outer, held in taken):
            yield one


def _is_inner(whole: int, parts: frozenset[int], outer: int, others: frozenset[int]) -> bool:
    """Whether a whole stands within another that its parts make with one more, behind all of them: their rest."""
    return outer < whole < min(parts) and len(others) == len(parts) + 1 and max(others) > max(parts)


def _figures(one: Finding) -> tuple[int, frozenset[int]]:
    """Where the whole and the parts of a sum stand."""
    whole, *parts = (entry.start for entry in one.evidence)
    return whole, frozenset(parts)
