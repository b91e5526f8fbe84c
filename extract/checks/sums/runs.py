"""Series of counts that no word opens: "97 đơn; 66 đơn đã xong, 11 đơn đang thụ lý", "926 xe. Xe tải là 412 xe. …".

Parts of a whole are often told right behind it with nothing that says so. All that a sentence counts as the whole is
counted, or what each of the next sentences does, is read as its list, and has to speak for itself: see `wholes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby, takewhile
from typing import Final

from extract.checks.figures.complete import adds_up, are_of_other_types, kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.rough import is_bound
from extract.checks.sums.members import Member, Opener, PartList, Told, breaks, is_compared, member_in, opens
from extract.records import Block

# What is left of a whole, or done with what is left of it: "đang thụ lý", "chưa đạt".
LEFT: Final = re.compile(r"\b(?:đang|chưa|còn lại)\b")
_NAMED_AGAIN: Final = re.compile(r"\b[Tt]rong (?:(?:tổng )?số|nhóm|khối|loại) ([^,.;:\d]{4,40}?),")
_SHARE_TOO: Final = re.compile(r"\bchiếm\s*$|[,;]\s(?:còn|và)\s[^\d.,;:()]{2,40}$")
_TOTAL: Final = re.compile(r"(?:^|[.;]\s)\W{0,3}Tổng [^.;:\d]{2,60}:\s*$")
_LABELLED: Final = re.compile(r"[^.;:()]{0,24}\.\s\W{0,3}([^\W\d_]+) [^.;:\d]{2,60}:\s*")
_MARKED: Final = re.compile(
    r"(?:^|[.;:,]\s)([^\W\d_]+(?: [^\W\d_]+)?) (?:thứ )?(?:(A|I|một|nhất|đầu|1)|(B|II|hai|2))\b[^.;]{0,80}$"
)
_LONG: Final = re.compile(r"\b(?:dài|tổng)\b", re.IGNORECASE)
_COLUMNS: Final = 2
_MOST: Final = 12  # counts behind a whole
_FEWEST: Final = 2  # parts in one sentence
_SENTENCES: Final = 3  # of one part each
_SMALLEST: Final = 20  # of a whole; less is made by chance


def runs_of(
    groups: Mapping[tuple[int, ...], Sequence[Told]], block: Block, listed: Set[int], held: Set[int]
) -> Iterator[PartList]:
    """The series of a block that can be all parts of a count before them, without what words open as a list.

    Args:
        groups: its figures by the brackets they stand in.
        block: the block.
        listed: where the members of its lists begin.
        held: where the wholes stand in the text that its lists make.
    """
    for group in groups.values():
        counts = [told for told in group if _is_count(told)]
        if len(counts) <= _FEWEST:
            continue
        told: set[tuple[int, int]] = set()
        sentences = [0]
        for later in counts[1:]:
            sentences.append(sentences[-1] + breaks(later.lead))
        for at, whole in enumerate(counts[:-_FEWEST]):
            if not _can_be_whole(whole) or whole.item.start in listed:
                continue
            behind = list(zip(counts[at + 1 :][:_MOST], sentences[at + 1 :][:_MOST], strict=True))
            run = _run(whole, sentences[at], behind, block)
            named = _are_named(whole, run, block)
            if run and (named or _stands_apart(whole, run)) and not _are_others(whole, run, block):
                told.add((whole.item.start, run[0].item.start))
                yield _listed((whole,), [run], block, Opener.NAMED if named else Opener.NONE)
        for one in _later(counts, sentences, block, held):
            if (one.wholes[0].item.start, one.members[0].figures[0].start) not in told:
                yield one


def _can_be_whole(told: Told) -> bool:
    item = told.item
    named = bool(item.unit) or _TOTAL.search(told.lead) is not None
    long = item.unit.split()[:1] != ["m"] or _LONG.search(told.lead) is not None  # "núi A: 435 m; núi B: 289 m"
    return item.value >= _SMALLEST and named and long and not is_bound(item)


def _are_others(whole: Told, run: Sequence[Told], block: Block) -> bool:
    return are_of_other_types(whole.item, [told.item for told in run], block)


def _later(counts: Sequence[Told], sentences: Sequence[int], block: Block, held: Set[int]) -> Iterator[PartList]:
    """The counts of a sentence that goes on with what was counted before it.

    Their whole is the one that words name again, the first of its kind in the block, or one that a list makes.
    """
    earlier: dict[str, list[Told]] = {}
    for _, told in groupby(zip(sentences, counts, strict=True), key=lambda one: one[0]):
        here = [one for _, one in told]
        runs: dict[str, list[Told]] = {}
        for one in here if not any(opens(one.lead) for one in here) else ():
            runs.setdefault(kind_of(one.item.unit) or next(iter(runs), ""), []).append(one)
        if len(runs) == 1:
            ((head, run),) = runs.items()
            again = _NAMED_AGAIN.search(run[0].lead)
            wholes = earlier.get(head, [])
            if again is not None:
                wholes = [one for one in wholes if again[1].lower() in one.item.after.lower()][-1:]
            else:
                wholes = wholes[:1] + [one for one in wholes[1:] if is_held(one.item, held)][:1]
            for whole in wholes:
                apart = again is not None or _stands_apart(whole, run)
                if apart and _are_less(run, whole) and not _are_others(whole, run, block):
                    yield _listed((whole,), [run], block)
        elif len(runs) == _COLUMNS:
            yield from _beside(list(runs.values()), counts, earlier, block)
        for one in here:
            if _can_be_whole(one):
                earlier.setdefault(kind_of(one.item.unit), []).append(one)


def _beside(
    runs: Sequence[Sequence[Told]], counts: Sequence[Told], earlier: Mapping[str, Sequence[Told]], block: Block
) -> Iterator[PartList]:
    """Two columns of which one makes its whole, with the count beside that: "64 tổ, 187 người. 58 tổ, 172 người …"."""
    if len(runs[0]) != len(runs[1]) or len(runs[0]) < _FEWEST:
        return
    places = {told.item.start: at for at, told in enumerate(counts)}
    for run, beside in (runs, runs[::-1]):
        total = sum(one.item.value for one in run)
        whole = next((one for one in earlier.get(kind_of(run[0].item.unit), ()) if one.item.value == total), None)
        for other in earlier.get(kind_of(beside[0].item.unit), ()) if whole is not None else ():
            if whole and abs(places[other.item.start] - places[whole.item.start]) == 1 and _are_less(beside, other):
                yield _listed((whole, other), [run, beside], block)
                return


def is_held(item: Quantity, held: Set[int]) -> bool:
    """Whether a figure is one of those that stand at some places of the text."""
    return any(entry.start in held for entry in item.term.proof)


def _are_less(run: Sequence[Told], whole: Told) -> bool:
    return _FEWEST <= len(run) <= _MOST and max(one.item.value for one in run) < whole.item.value


def _is_count(told: Told) -> bool:
    item = told.item
    beside = told.lead.endswith("/")  # "1.206 vụ/2.085 bị cáo"
    bound = item.approximate and not item.unit  # "từ 30 đến 60 ngày"
    return item.unit != "%" and adds_up(item) and not beside and not bound and not is_compared(told.lead)


def _run(whole: Told, sentence: int, behind: Sequence[tuple[Told, int]], block: Block) -> Sequence[Told]:
    """What is counted as the whole is: in its sentence, all in the next, or one count in each of the next."""
    head = kind_of(whole.item.unit)
    free = list(takewhile(lambda one: not opens(one[0].lead), behind))
    alike = [(told, at) for told, at in free if kind_of(told.item.unit) in (head, "")]
    alike = list(takewhile(lambda one: one[0].item.value < whole.item.value, alike))
    if not alike or alike[0][1] > sentence + 1:
        return ()
    here = [told for told, at in alike if at == alike[0][1]]
    ended = len(free) == len(behind) or (len(here) < len(alike))
    if len(here) >= _FEWEST:
        return here if ended else ()
    single = [told for told, at in alike if sum(other == at for _, other in alike) == 1 and at <= sentence + len(alike)]
    enough = len(single) >= _SENTENCES or _are_named(whole, single, block)
    return single if len(single) == len(alike) and enough and len(free) == len(behind) else ()


def _stands_apart(whole: Told, run: Sequence[Told]) -> bool:
    """Whether a count is told in another way than those behind it, and is no member of one series with them."""
    said = [f"{told.lead} {told.item.after}".lower() for told in run]
    if (
        LEFT.search(said[-1])
        and not LEFT.search(said[0])
        and not LEFT.search(f"{whole.item.before} {whole.item.after}")
    ):
        return True
    first, *others = [member_in(told.lead)[1] for told in run]
    return len(run) > _FEWEST and (breaks(run[0].lead) or (first == ";" and ";" not in others))


def _are_named(whole: Told, run: Sequence[Told], block: Block) -> bool:
    """Whether words say of two counts that they are parts.

    Each is said to be a share ("xã A chiếm 702 ha; xã B chiếm 582 ha"), stands behind a label of one kind, as their
    total does ("Tổng kinh phí: …. Ngân sách huyện: …. Ngân sách xã: …."), or they are of the first and second of two
    things that the block counts ("chia làm 2 khu … Khu A có …. Khu B có …").
    """
    if len(run) != _FEWEST:
        return False
    if run[0].lead.rstrip().endswith("chiếm") and _SHARE_TOO.search(run[1].lead):
        return True
    labels = [_LABELLED.fullmatch(told.lead) for told in run]
    if _TOTAL.search(whole.lead) and len({label and label[1].lower() for label in labels}) == 1 and all(labels):
        return True
    first, second = (_MARKED.search(told.lead) for told in run)
    if not (first and second and first[1].lower() == second[1].lower() and first[2] and second[3]):
        return False
    return re.search(rf"\b(?:0?2|hai) {re.escape(first[1])}\b", block.text, re.IGNORECASE) is not None


def _listed(
    wholes: Sequence[Told], columns: Sequence[Sequence[Told]], block: Block, opener: Opener = Opener.NONE
) -> PartList:
    members = []
    loose = 0
    for row in zip(*columns, strict=True):
        first = min(row, key=lambda told: told.item.start)
        label, by, uncounted = member_in(first.lead)
        members.append(Member(tuple(told.item for told in row), label, by))
        loose += uncounted if len(members) > 1 else 0
    end = max(told.item.end for column in columns for told in column) - block.start
    return PartList(opener, tuple(wholes), tuple(members), loose, end)
