"""Wholes and their parts in running text.

A sum is checked where words say that the parts are all of them: "gồm", pairs that leave nothing out (received =
resolved + pending, on time + late = resolved), or a list of items of which one column adds up exactly, so that the
others must too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from extract.checks.arithmetic import SUM, vn
from extract.checks.quantities import Meaning, Quantity
from extract.checks.slips import is_near, is_slip, looks_complete
from extract.checks.terms import quote, recompute
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_TIMED: Final = (Meaning.EARLY_OR_ON_TIME, Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE)
_STAGES: Final = (Meaning.RECEIVED, Meaning.RESOLVED, Meaning.PENDING)
_BELOW: Final = (Meaning.RESOLVED, Meaning.PENDING, *_TIMED)
_CLOSED: Final = (
    frozenset({Meaning.ONLINE, Meaning.DIRECT}),
    frozenset({Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE}),
)
_STATUSES: Final = (
    frozenset({Meaning.DONE, Meaning.DOING, Meaning.NOT_BEGUN}),
    frozenset({Meaning.DONE, Meaning.NOT_DONE}),
    frozenset({Meaning.DONE, Meaning.DOING, Meaning.LATE}),
    frozenset({Meaning.DONE, Meaning.ON_TIME, Meaning.LATE}),
)
_TIMES: Final = (
    frozenset({Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE}),
    frozenset({Meaning.EARLY_OR_ON_TIME, Meaning.LATE}),
    frozenset({Meaning.ON_TIME, Meaning.LATE}),
)
_WORKED_ON: Final = (frozenset({Meaning.RESOLVED, Meaning.PENDING}), frozenset({Meaning.DONE, Meaning.DOING}))
# Kinds that leave nothing out, by their words.
_KINDS: Final = tuple(
    tuple(re.compile(rf"\b(?:{word})\b", re.IGNORECASE) for word in kinds)
    for kinds in (
        ("cá nhân", "tổ chức|doanh nghiệp"),
        ("(?:ngân sách|vốn)(?: nhà nước)? trung ương", "(?:ngân sách|vốn)(?: nhà nước)? địa phương"),
        ("toàn trình", "một phần", "cung cấp thông tin"),
        (r"(?<!không )(?<!chưa )(?:đạt|hợp lệ)", "(?:không|chưa) (?:đạt|hợp lệ)"),
        ("nam(?: giới)?", "nữ(?: giới)?"),
        ("thành thị|đô thị", "nông thôn"),
        ("(?<!ngoài )công lập", "ngoài công lập|tư thục|dân lập"),
        ("theo kế hoạch|định kỳ|thường xuyên", "đột xuất"),
        ("tại trụ sở|cố định|tại chỗ", "lưu động"),
        ("trong nước", "nước ngoài|ngoài nước"),
        ("(?<!không )chuyên trách", "không chuyên trách|kiêm nhiệm"),
    )
)
_CLASS: Final = re.compile(r"\bxuất sắc|\btốt\b|\bkhá\b|\btrung bình\b|\byếu\b|\bkém\b")
_MONEY: Final = frozenset({"tỷ", "tỉ", "triệu", "nghìn"})
_BRACKET: Final = re.compile(r"^[^\d.;:(]{0,60}[(:]")
_ASSIGNED: Final = re.compile(r"\b(?:được giao|tổng số)\b", re.IGNORECASE)
_HALF: Final = Decimal("0.5")
_IN_ALL: Final = re.compile(r"\b(?:trong|trên) tổng số\s*$", re.IGNORECASE)
_ALL_OF: Final = re.compile(r"\b(?:bao gồm|gồm có|gồm|chia ra|chia thành)\b", re.IGNORECASE)
_AMONG: Final = re.compile(r"\b(?:trong đó|cụ thể)\b", re.IGNORECASE)
_LISTED_BELOW: Final = re.compile(
    r"\b(?:trong đó|cụ thể(?: như sau)?|như sau|gồm|bao gồm|chia ra)\s*(?:có\s*)?:?\s*$", re.I
)
# Files that leave the count in other ways; where such words stand, received need not be resolved + pending.
_OTHER_ENDS: Final = re.compile(
    r"trả lại|từ chối|\brút\b|hủy|đình chỉ|xếp lưu|lưu đơn|hướng dẫn|chuyển đơn|chuyển cơ quan"
    r"|không đủ điều kiện|tạm dừng|bổ sung hồ sơ|chuyển trả"
)
_END: Final = re.compile(r"(?:(?!\bvà\b)[^\d.;:,()]){2,40}(?:\.(?:\s|$)|$)")
_CLOSED_BRACKET: Final = re.compile(r"(?:(?!\bvà\b)[^\d.;:,()]){2,40}\)")
_SENTENCE: Final = re.compile(r"[.]\s")
_NO_UNIT: Final = frozenset({"đã", "đang", "được", "là", "đúng", "trước", "quá", "trong", "còn", "chưa", "mới"})
_LIST: Final = 3  # kinds
_FARTHEST_CUE: Final = 90
_FARTHEST_WHOLE: Final = 4  # figures back from "trong đó"
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\s+(?:thêm\s+)?$", re.IGNORECASE)
_NEGATED: Final = re.compile(r"(?:không|chưa)\s*$", re.IGNORECASE)
_OPEN_END: Final = re.compile(r"^[^.;]{0,60}(?:\.\.|…|v\.\s?v)|^[^.;]{0,60}\b(?:như|chủ yếu|nhất là)\b")
# A list of parts that misses its whole by more than this is no list of parts: names with numbers, another whole.
_THINKABLE: Final = Decimal("0.5")  # what words alone say is a sum may be off by more, but not by any amount
_PLAUSIBLE: Final = Decimal("0.15")


@dataclass(slots=True)
class Stage:
    """What one body received, and what became of it."""

    received: Quantity | None = None
    fresh: Quantity | None = None
    carried: Quantity | None = None
    resolved: Quantity | None = None
    pending: Quantity | None = None
    timed: dict[Meaning, list[Quantity]] = field(default_factory=dict)  # by whose part it is

    def of(self, meaning: Meaning) -> Quantity | None:
        """The figure of a stage."""
        return {
            Meaning.RECEIVED: self.received,
            Meaning.RESOLVED: self.resolved,
            Meaning.PENDING: self.pending,
        }.get(meaning)


def check_sums(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Sums in the running text of a letter; `found` are the quantities of each block."""
    blocks = reading.flow.blocks
    stages = {index: stages_of(items) for index, items in found.items()}
    for index, items in found.items():
        for stage in stages[index]:
            yield from _of_stage(stage, blocks[index])
        yield from _listed(items, blocks[index])
        yield from _in_all(items, blocks[index])
    for index, block in enumerate(blocks):
        if index in stages and _LISTED_BELOW.search(block.text):
            children = [child for child in stages if blocks[child].parent == index]
            yield from _of_items(block, stages[index], [stages[child] for child in children])
            yield from _below(found[index], [found[child] for child in children], block)


def stages_of(items: Sequence[Quantity]) -> tuple[Stage, ...]:
    """The stages of work that the counts of a block report, one for each count received."""
    out: list[Stage] = []
    owner: Meaning | None = None
    ahead: dict[Meaning, Quantity] = {}  # carried over and new, before the count of both
    for item in items:
        if _SENTENCE.search(item.between):
            ahead.clear()
        if not item.is_count or item.approximate or item.meaning is None:
            continue
        if item.meaning in (Meaning.FRESH, Meaning.CARRIED):
            ahead[item.meaning] = item
        meaning = item.meaning
        if meaning is Meaning.RECEIVED:
            out.append(Stage(item, ahead.get(Meaning.FRESH), ahead.get(Meaning.CARRIED)))
            owner = meaning
        elif meaning in (Meaning.RESOLVED, Meaning.PENDING):
            if not out or out[-1].of(meaning) is not None:
                out.append(Stage())
            if meaning is Meaning.RESOLVED:
                out[-1].resolved = item
            else:
                out[-1].pending = item
            owner = meaning
        elif out and meaning is Meaning.FRESH and out[-1].fresh is None:
            out[-1].fresh = item
        elif out and meaning is Meaning.CARRIED and out[-1].carried is None:
            out[-1].carried = item
        elif out and owner is not None and meaning in _TIMED:
            out[-1].timed.setdefault(owner, []).append(item)
    return tuple(out)


def _of_stage(stage: Stage, block: Block) -> Iterator[Finding]:
    sums: list[tuple[Quantity | None, list[Quantity | None], bool]] = [
        (stage.received, [stage.resolved, stage.pending], True),
        (stage.received, [stage.fresh, stage.carried], True),
    ]
    for owner, parts in stage.timed.items():
        whole = stage.of(owner)
        if _complete_times(parts):
            other = stage.resolved if owner is Meaning.PENDING else None
            fits = [one for one in (whole, other) if one is not None and one.value == sum(part.value for part in parts)]
            sums.append((fits[0] if fits else whole, list(parts), owner is Meaning.RESOLVED))
    for whole, several, certain in sums:
        present = [part for part in several if part is not None]
        if whole is None or len(present) != len(several):
            continue
        made = _sum(whole, present, block)
        excused = not certain or bool(_OTHER_ENDS.search(block.text.lower()))
        excused = (
            excused
            or not _alike(whole, present)
            or abs(whole.value - sum(part.value for part in present)) > _THINKABLE * whole.value
        )
        if made is not None and not (excused and made.verdict is CheckVerdict.DIFFERS):
            yield made


def _alike(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether no part is counted in another unit than its whole."""
    heads = {item.unit.split()[0] for item in (whole, *parts) if item.unit and item.unit.split()[0] not in _NO_UNIT}
    return len(heads) <= 1


def _complete_times(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are on time (early counted in or apart) and late, each once."""
    kinds = [part.meaning for part in parts]
    if len(set(kinds)) != len(kinds) or Meaning.LATE not in kinds:
        return False
    return Meaning.EARLY_OR_ON_TIME in kinds or Meaning.ON_TIME in kinds


def _sum(whole: Quantity, parts: Sequence[Quantity], block: Block) -> Finding | None:
    low = min(item.start for item in (whole, *parts)) - block.start
    high = max(item.end for item in (whole, *parts)) - block.start
    statement = quote(block.text, low, high, block.body)
    terms = [item.term for item in (whole, *parts)]
    if any(term.decimals for term in terms):  # amounts, each rounded as it is printed
        heads = {(item.unit.split() or [""])[0] for item in (whole, *parts)}
        gap = abs(whole.value - sum(part.value for part in parts))
        if len(heads) > 1 or 0 < gap <= sum(_HALF.scaleb(-term.decimals) for term in terms):
            return None
    return recompute(CheckKind.SUM, statement, SUM, [part.term for part in parts], whole.term)


def _listed(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Counts with their parts behind: "152 kiến nghị, trong đó có 9 …, 93 …, 50 …"."""
    for index in range(1, len(items)):
        between = items[index].between
        cue = _ALL_OF.search(between) or _AMONG.search(between) or _BRACKET.match(between) or _comes_to(items, index)
        if cue is None or cue.start() > _FARTHEST_CUE:
            continue
        if _NEGATED.search(items[index].between[: cue.start()]):
            continue
        if re.search(r"[.;]\s", items[index].between[: cue.start()].rstrip(" .;") + " "):
            continue
        parts = _parts(items[index:], items[index].between[cue.end() :], block)
        if len(parts) < 2 or any(part.approximate for part in parts):
            continue
        whole = _whole_of(items[max(index - _FARTHEST_WHOLE, 0) : index], parts)
        if not _adds_up(whole) or whole.approximate:
            continue
        if whole.meaning in _STAGES and any(part.meaning in _BELOW for part in parts):
            continue  # stages know better which belongs to which
        made = _sum(whole, parts, block)
        if made is None:
            continue
        gap = abs(whole.value - sum(part.value for part in parts))
        plausible = gap <= _PLAUSIBLE * whole.value and all(part.value < whole.value for part in parts)
        ended = not _OPEN_END.search(block.text[parts[-1].end - block.start :])
        listed = bool(_ALL_OF.fullmatch(cue.group())) and ended
        whole_list = _is_ended(between, cue, parts, block)
        complete = listed and (_one_unit(whole, parts) or _of_its_kinds(whole, parts, ended=whole_list))
        if made.verdict is CheckVerdict.AGREES or (
            plausible and (complete or _closed(parts, block) or (ended and looks_complete(whole, parts, block)))
        ):
            yield made


def _whole_of(before: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity:
    """The figure that parts are parts of: the nearest in the sentence that is counted as they are and of their size.

    "1.250 hồ sơ tại 14 xã, trong đó 900 hồ sơ …" and "1.250 hồ sơ, tăng 12% so với cùng kỳ, trong đó …" count files.
    """
    heads = {tuple(part.unit.split()[:1]) for part in parts if part.unit}
    total = sum(part.value for part in parts)
    alike: list[Quantity] = []
    for item in reversed(before):
        counted = tuple(item.unit.split()[:1])
        is_change = bool(_CHANGE.search(item.between))
        if not is_change and (heads == {counted} or (not heads and item.is_count)):
            alike.append(item)
        if re.search(r"[.;]\s", item.between):
            break
    near = [item for item in alike if abs(item.value - total) <= _PLAUSIBLE * item.value]
    return next((item for item in near if item.value == total), (near or alike or [before[-1]])[0])


def _comes_to(items: Sequence[Quantity], index: int) -> re.Match[str] | None:
    """What stands between work that was assigned and what became of it: "được giao 320 nhiệm vụ; đã hoàn thành …"."""
    whole, first = items[index - 1], items[index]
    if first.meaning is not Meaning.DONE or whole.meaning is not None or not _ASSIGNED.search(whole.before):
        return None
    return re.match(r"[^\d.():]{0,60}?[,;]\s*", first.between) if _one_unit(whole, [first]) else None


def _adds_up(item: Quantity) -> bool:
    """Whether a figure is a count, or an amount of money."""
    return item.is_count or item.unit.split()[:1] in [[unit] for unit in _MONEY]


def _closed(parts: Sequence[Quantity], block: Block) -> bool:
    """Whether parts are all there can be by what they count, each once."""
    meanings = {part.meaning for part in parts}
    if len(meanings) == len(parts):
        if meanings in _CLOSED or meanings in _STATUSES or meanings in _TIMES:
            return True
        if meanings in _WORKED_ON:
            text = block.text.lower()
            return not _OTHER_ENDS.search(text) and "chưa" not in text
    for kinds in _KINDS:
        fits = [[part for part in parts if kind.search(part.term.name)] for kind in kinds]
        if len(parts) == len(kinds) and all(len(one) == 1 for one in fits):
            return len({one[0].start for one in fits}) == len(parts)
    return len(parts) >= 3 and _of_classes(parts)


def _of_classes(parts: Sequence[Quantity]) -> bool:
    """Whether each part has a class of its own: Tốt, Khá."""
    classes = [_CLASS.findall(part.term.name.lower()) for part in parts]
    return all(len(one) == 1 for one in classes) and len({one[0] for one in classes}) == len(parts)


def _is_ended(lead: str, cue: re.Match[str], parts: Sequence[Quantity], block: Block) -> bool:
    """Whether a list stands between a colon and the end of its sentence, or in brackets of its own."""
    behind = block.text[parts[-1].end - block.start :]
    if lead[: cue.start()].rstrip().endswith("("):
        return bool(_CLOSED_BRACKET.match(behind))
    return ":" in lead[cue.end() :] and bool(_END.match(behind))


def _of_its_kinds(whole: Quantity, parts: Sequence[Quantity], *, ended: bool) -> bool:
    """Whether "gồm" lists the kinds of a whole up to a closing "và": "người, gồm 886 công chức và 318 viên chức".

    `ended`: the list begins with a colon and its sentence ends with the last kind; three kinds then need no "và".
    """
    head = whole.unit.split()[:1]
    named = [part.unit.split()[:1] for part in parts]
    kinds = head not in named or (len(named) > 2 and len({unit[0] for unit in named if unit}) == len(named))
    closed = bool(re.search(r"\bvà\s+$", parts[-1].between)) or (ended and len(parts) >= _LIST)
    return bool(head) and all(named) and kinds and closed


def _in_all(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Parts before their whole: "hoàn thành 19, đang thực hiện 26, chưa thực hiện 5 trong tổng số 50 nhiệm vụ"."""
    for index in range(2, len(items)):
        whole = items[index]
        if not _IN_ALL.search(whole.between) or not whole.is_count:
            continue
        parts: list[Quantity] = []
        for item in reversed(items[:index]):
            if not item.is_count or item.approximate:
                break
            parts.insert(0, item)
            if re.search(r"\.\s", item.between):
                break
        made = _sum(whole, parts, block) if len(parts) >= 2 else None
        meanings = {part.meaning for part in parts}
        closed = meanings in _STATUSES and len(meanings) == len(parts) and _one_unit(whole, parts)
        too_many = sum(part.value for part in parts) > whole.value and _one_unit(whole, parts) and _of_classes(parts)
        if made is not None and (made.verdict is CheckVerdict.AGREES or closed or too_many):
            yield made


def _parts(items: Sequence[Quantity], lead: str, block: Block) -> list[Quantity]:
    """The counts of a list up to the end of its sentence or bracket, without those in brackets of their own."""
    depth = 0
    parts: list[Quantity] = []
    for index, item in enumerate(items):
        between = lead if index == 0 else item.between
        if index and (re.search(r"\.\s+[^\W\d_]", between) or _AMONG.search(between) or _ALL_OF.search(between)):
            break
        depth += between.count("(") - between.count(")")
        if depth < 0:
            break
        if depth == 0 and _adds_up(item):
            parts.append(item)
    return parts


def _one_unit(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are counted in the unit of the whole; some may leave it out, not all."""
    head = whole.unit.split()[:1]
    named = [part.unit.split()[:1] for part in parts if part.unit]
    return bool(head) and bool(named) and all(unit == head for unit in named)


def _below(above: Sequence[Quantity], below: Sequence[Sequence[Quantity]], block: Block) -> Iterator[Finding]:
    """A count and the items below it, each of which begins with a count of the same things."""
    parts = [items[0] for items in below if items]
    if not above or len(parts) < max(2, len(below)) or any(item.meaning in _STAGES for item in (above[-1], *parts)):
        return
    whole = above[-1]
    if not whole.unit or any(part.approximate or part.unit != whole.unit or not part.before for part in parts):
        return
    total = sum((part.value for part in parts), Decimal(0))
    if total == whole.value or (is_near(whole.value, total) and is_slip(whole.value, total) and not whole.approximate):
        statement = f"{block.text[-120:]} {vn(total)}"
        made = recompute(CheckKind.SUM, statement, SUM, [part.term for part in parts], whole.term)
        if made is not None:
            yield made


def _of_items(block: Block, above: Sequence[Stage], below: Sequence[Sequence[Stage]]) -> Iterator[Finding]:
    """Columns that the items below a statement make: each count of the statement is the sum of theirs."""
    if len(above) != 1 or len(below) < 2 or any(len(stages) != 1 for stages in below):
        return
    made = []
    for meaning in _STAGES:
        whole = above[0].of(meaning)
        parts = [stages[0].of(meaning) for stages in below]
        present = [part for part in parts if part is not None]
        if whole is None or len(present) != len(parts):
            continue
        statement = f"{meaning}: {block.text[-120:]}"
        one = recompute(CheckKind.SUM, statement, SUM, [part.term for part in present], whole.term)
        if one is not None:
            made.append(one)
    confirmed = any(one.verdict is CheckVerdict.AGREES for one in made) or bool(_ALL_OF.search(block.text[-40:]))
    yield from (one for one in made if confirmed or one.verdict is CheckVerdict.AGREES)
