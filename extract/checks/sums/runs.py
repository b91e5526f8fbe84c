"""Series of counts that no word opens: "97 đơn; 66 đơn đã xong, 11 đơn đang thụ lý", "926 xe. Xe tải là 412 xe. …".

Parts of a whole are often told right behind it with nothing that says so. All that a sentence counts as the whole is
counted, or what each of the next sentences does, is read as its list, and has to speak for itself: see `wholes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from extract.checks.figures.complete import adds_up, are_of_other_types, kind_of
from extract.checks.sums.members import Member, Opener, PartList, Told, breaks, is_compared, member_in, opens
from extract.checks.sums.stages import STAGES
from extract.records import Block

# What is left of a whole, or done with what is left of it: "đang thụ lý", "chưa đạt".
LEFT: Final = re.compile(r"\b(?:đang|chưa|còn lại)\b")
_MOST: Final = 12  # counts behind a whole
_FEWEST: Final = 2  # parts in one sentence
_SENTENCES: Final = 3  # of one part each
_SMALLEST: Final = 20  # of a whole; less is made by chance


def runs_of(groups: Mapping[tuple[int, ...], Sequence[Told]], block: Block) -> Iterator[PartList]:
    """The series of a block that can be all parts of the count before them, without what words open as a list.

    Args:
        groups: its figures by the brackets they stand in.
        block: the block.
    """
    for group in groups.values():
        counts = [told for told in group if _is_count(told)]
        if len(counts) <= _FEWEST:
            continue
        sentences = [0]
        for told in counts[1:]:
            sentences.append(sentences[-1] + breaks(told.lead))
        for at, whole in enumerate(counts[:-_FEWEST]):
            item = whole.item
            if item.value < _SMALLEST or not item.unit or item.approximate or item.meaning in STAGES:
                continue
            behind = list(zip(counts[at + 1 :][:_MOST], sentences[at + 1 :][:_MOST], strict=True))
            run = _run(whole, sentences[at], behind)
            types = run and are_of_other_types(item, [told.item for told in run], block)
            if run and not types and _stands_apart(whole, run):
                yield _listed(whole, run, block)


def _is_count(told: Told) -> bool:
    item = told.item
    beside = told.lead.endswith("/")  # "1.206 vụ/2.085 bị cáo"
    return item.unit != "%" and adds_up(item) and not beside and not is_compared(told.lead)


def _run(whole: Told, sentence: int, behind: Sequence[tuple[Told, int]]) -> Sequence[Told]:
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
    return single if len(single) == len(alike) >= _SENTENCES and len(free) == len(behind) else ()


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


def _listed(whole: Told, run: Sequence[Told], block: Block) -> PartList:
    members = []
    loose = 0
    for told in run:
        label, by, uncounted = member_in(told.lead)
        members.append(Member((told.item,), label, by))
        loose += uncounted if len(members) > 1 else 0
    return PartList(Opener.NONE, (whole,), tuple(members), loose, run[-1].item.end - block.start)
