"""Stages of work: resolved and pending make what was received, on time and late what was resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.arithmetic import DIFFERENCE, SUM
from extract.checks.figures.breaks import SENTENCE
from extract.checks.figures.complete import kind_of, may_end_otherwise
from extract.checks.figures.quantities import Meaning, Quantity, is_rough, meaning_of, says
from extract.checks.figures.slips import is_misprinted, is_slip
from extract.checks.figures.terms import quote, recompute
from extract.records import Block, CheckKind, CheckVerdict, Finding

TIMED: Final = (Meaning.EARLY_OR_ON_TIME, Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE)
STAGES: Final = (Meaning.RECEIVED, Meaning.RESOLVED, Meaning.PENDING)
_ALL_OF: Final = re.compile(r"\b(?:bao gồm|gồm có|gồm|chia ra|chia thành)\b", re.IGNORECASE)
_NOT_DUE: Final = re.compile(r"\b(?:chưa|còn|trong)\b[^\d]{0,12}\bhạn\b")
# "Trong số kiến nghị mới tiếp nhận có 33 kiến nghị qua hệ thống"
_SOME_OF: Final = re.compile(r"\btrong (?:tổng )?số\s[^.;,\d]{4,60}\scó\s$", re.IGNORECASE)
_SOME: Final = re.compile(r"\b(?:tập trung|chủ yếu|lĩnh vực|nhất là|riêng)\b", re.IGNORECASE)  # of all those late
# What became of those resolved: "đã giải quyết 97 tin; trong đó khởi tố 41 tin, tạm đình chỉ 12 tin"
_NESTED: Final = re.compile(r"\b(?:trong đó|gồm)\b[^.]{0,300}", re.IGNORECASE)
_COMPARED: Final = re.compile(r"cùng kỳ|năm trước|so với", re.IGNORECASE)
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm)(?: thêm)?\s*$", re.IGNORECASE)
_BESIDE: Final = re.compile(r"\s?[^\W\d_]{2,8}(?:\s[^\W\d_]{2,8}){0,2}/$")  # between "8 vụ/11 bị cáo"
# "giải quyết đúng hạn và trước hạn 1.241 hồ sơ"
_DONE: Final = re.compile(
    r"(?<!đang )(?<!chưa )(?<!phải )(?<!cần )\b(?:giải quyết|xử lý|trả kết quả)(?: và trả kết quả)?"
    r" (?:trước|đúng|sớm)\b",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(r"\bcòn(?: lại| tồn)?\b", re.IGNORECASE)
# What words alone say is a sum may be off by more than a list may, but not by any amount.
_THINKABLE: Final = Decimal("0.5")
_SEVERAL: Final = 2  # other parts of what was received
_NEAR: Final = 24  # characters before a figure that say what is left


@dataclass(slots=True)
class Stage:
    """What one body received, and what became of it."""

    received: Quantity | None = None
    fresh: Quantity | None = None
    carried: Quantity | None = None
    resolved: Quantity | None = None
    pending: Quantity | None = None
    timed: dict[Meaning, list[Quantity]] = field(default_factory=dict)  # by whose part it is
    split: dict[Meaning, list[Quantity]] = field(default_factory=dict)  # timed ones that say themselves whose part
    more: list[Quantity] = field(default_factory=list)  # further counts of what is pending
    between: list[Quantity] = field(default_factory=list)  # counts told behind what was received, of no stage
    behind: list[Quantity] = field(default_factory=list)  # such counts behind what was resolved

    def of(self, meaning: Meaning) -> Quantity | None:
        """The figure of a stage."""
        return {
            Meaning.RECEIVED: self.received,
            Meaning.RESOLVED: self.resolved,
            Meaning.PENDING: self.pending,
        }.get(meaning)

    def made_of(self, meaning: Meaning) -> list[Quantity | None]:
        """The figure of a stage, or those that it is told in: pending in time and pending too late."""
        told = self.split.get(meaning, [])
        apart = len({part.meaning for part in told}) == len(told) > 0
        return list(told) if self.of(meaning) is None and apart else [self.of(meaning)]


def stages_of(items: Sequence[Quantity]) -> tuple[Stage, ...]:
    """The stages of work that the counts of a block report, one for each count received."""
    out: list[Stage] = []
    owner: Meaning | None = None
    led: Meaning | None = None  # the stage that a count in time named, which those behind it are of too
    ahead: dict[Meaning, Quantity] = {}  # carried over and new, before the count of both
    for item in items:
        if SENTENCE.search(item.between):
            ahead.clear()
        if not item.is_count or is_rough(item) or _CHANGE.search(item.between):
            continue
        if item.meaning is None:
            if out and out[-1].pending is None:
                (out[-1].between if out[-1].resolved is None else out[-1].behind).append(item)
            continue
        if (item.meaning in TIMED and _SOME.search(item.before)) or _SOME_OF.search(item.between):
            continue
        if item.meaning in (Meaning.FRESH, Meaning.CARRIED):
            ahead[item.meaning] = item
        meaning = _in_time(item) or item.meaning
        stage = (_stage_of(item) or _led_on(item, led)) if meaning in TIMED else None
        led = stage
        if meaning is Meaning.RECEIVED:
            out.append(Stage(item, ahead.get(Meaning.FRESH), ahead.get(Meaning.CARRIED)))
            owner = meaning
        elif meaning in (Meaning.RESOLVED, Meaning.PENDING):
            if meaning is Meaning.PENDING and _is_more(item, out):
                out[-1].more.append(item)
                continue
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
        elif out and stage is not None:
            item = replace(item, meaning=meaning)
            out[-1].split.setdefault(stage, []).append(item)
            out[-1].timed.setdefault(stage, []).append(item)
        elif out and owner is not None and meaning in TIMED:
            out[-1].timed.setdefault(owner, []).append(item)
        elif out and out[-1].resolved is None:
            out[-1].between.append(item)
    return tuple(out)


def beside(items: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The second figures of "thụ lý 20 vụ/27 người; giải quyết 13 vụ/18 người", each with what its first one means."""
    return tuple(
        replace(two, meaning=one.meaning, between=one.between, before=one.before)
        for one, two in pairwise(items)
        if _BESIDE.fullmatch(two.between)
    )


def _is_more(item: Quantity, stages: Sequence[Stage]) -> bool:
    """Whether a sentence goes on to more of what is pending: "14 đơn chưa xem xét và còn 17 đơn đang xem xét"."""
    before = stages[-1].pending if stages else None
    return before is not None and not re.search(r"[.;]", item.between) and kind_of(item.unit) == kind_of(before.unit)


def _in_time(item: Quantity) -> Meaning | None:
    """When what was resolved was, where its count says so itself: "đã giải quyết 1.241 hồ sơ đúng hạn, …"."""
    timed = meaning_of(item.after) if item.meaning is Meaning.RESOLVED else None
    return timed if timed in (Meaning.EARLY_OR_ON_TIME, Meaning.ON_TIME) else None


def _led_on(item: Quantity, led: Meaning | None) -> Meaning | None:
    """The stage of the count before in the same clause: "giải quyết đúng hạn 1.241 hồ sơ, quá hạn 18 hồ sơ"."""
    return led if not re.search(r"[.;()]", item.between) else None


def _stage_of(item: Quantity) -> Meaning | None:
    """The stage that a count of files on time or late names too: "đang giải quyết trong hạn 35 hồ sơ"."""
    told = next((stage for stage in (Meaning.PENDING, Meaning.RESOLVED) if says(item.term.name, stage)), None)
    return told or (Meaning.RESOLVED if _DONE.search(item.before) else None)


def check_stage(stage: Stage, block: Block) -> Iterator[Finding]:
    """The sums that the counts of a stage make."""
    sums: list[tuple[Quantity | None, list[Quantity | None], bool]] = [
        (stage.received, [*stage.made_of(Meaning.RESOLVED), *stage.made_of(Meaning.PENDING)], True),
        (stage.received, [stage.fresh, stage.carried], True),
    ]
    for owner, parts in stage.timed.items():
        whole = stage.of(owner)
        if _complete_times(parts):
            other = stage.resolved if owner is Meaning.PENDING else None
            fits = [one for one in (whole, other) if one is not None and one.value == sum(part.value for part in parts)]
            certain = owner is Meaning.RESOLVED or any(_NOT_DUE.search(part.term.name.lower()) for part in parts)
            sums.append((fits[0] if fits else whole, list(parts), certain))
    for whole, several, certain in sums:
        present = [part for part in several if part is not None]
        if whole is None or len(present) != len(several) or _leaves_brackets(whole, present[-1], block):
            continue
        total = sum((part.value for part in present), Decimal(0))
        if whole is stage.received and total != whole.value and not is_slip(whole.value, total):
            # "57 đơn …; cấp xã có 33 đơn, đã giải quyết 25, đang giải quyết 8"
            whole = next((one for one in stage.between if is_slip(one.value, total)), whole)
        made = _left_of(stage, whole, present, block) or sum_of(whole, present, block)
        if made is not None and whole is stage.received and any(one.value == total for one in stage.between):
            continue  # "57 đơn …; cấp xã có 33 đơn, đã giải quyết 25, đang giải quyết 8"
        if made is not None and made.verdict is CheckVerdict.DIFFERS and _is_left_of_others(stage, whole, present):
            continue
        if made is not None and made.verdict is CheckVerdict.DIFFERS and stage.more and stage.pending in present:
            continue  # what is pending is told in several counts
        excused = not certain or may_end_otherwise(_NESTED.sub(" ", block.text))
        likely = abs(whole.value - total) <= _THINKABLE * whole.value
        likely = likely or is_misprinted(whole.value, [part.value for part in present])
        excused = excused or not _alike(whole, present) or not likely
        if made is not None and not (excused and made.verdict is CheckVerdict.DIFFERS):
            yield made


def _left_of(stage: Stage, whole: Quantity, parts: Sequence[Quantity], block: Block) -> Finding | None:
    """What is left of a whole where words say so: "thụ lý 12 vụ, giải quyết 8 vụ, còn lại 4 vụ"."""
    if whole is not stage.received or len(parts) != len(STAGES) - 1 or stage.pending is not parts[-1]:
        return None
    left = parts[-1]
    if not _LEFT.search(left.between[-_NEAR:]):
        return None
    statement = quote(block.text, whole.start - block.start, left.end - block.start, block.body)
    return recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [whole.term, parts[0].term], left.term)


def _is_left_of_others(stage: Stage, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether what is left is what other parts leave of a whole: "thụ lý 90, giải quyết 60. Vay 75, còn lại 15"."""
    if whole is not stage.received or stage.pending is not parts[-1] or len(stage.behind) < _SEVERAL:
        return False
    return sum(one.value for one in stage.behind) + parts[-1].value == whole.value


def _leaves_brackets(whole: Quantity, part: Quantity, block: Block) -> bool:
    """Whether one of two figures alone is compared with in brackets: "cùng kỳ (thụ lý 716, xử lý 645). Còn 119 vụ"."""
    start = whole.start - block.start
    between = block.text[start : part.start - block.start]
    opened = block.text.rfind("(", 0, start)
    return (
        between.count(")") > between.count("(")
        and _COMPARED.search(block.text[max(opened - _NEAR, 0) : opened]) is not None
    )


def _alike(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether no part is counted in another unit than its whole."""
    heads = {kind_of(item.unit) for item in (whole, *parts) if item.unit}
    return len(heads) <= 1


def _complete_times(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are on time (early counted in or apart) and late, each once."""
    kinds = [part.meaning for part in parts]
    if len(set(kinds)) != len(kinds) or Meaning.LATE not in kinds:
        return False
    return Meaning.EARLY_OR_ON_TIME in kinds or Meaning.ON_TIME in kinds


def check_items(block: Block, above: Sequence[Stage], below: Sequence[Sequence[Stage]]) -> Iterator[Finding]:
    """Columns that the items below a statement make: each count of the statement is the sum of theirs."""
    if len(above) != 1 or len(below) < 2 or any(len(stages) != 1 for stages in below):
        return
    made = []
    for meaning in STAGES:
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
