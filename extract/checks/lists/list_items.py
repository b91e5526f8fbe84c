"""Counts of the items below them: "03 nhóm nhiệm vụ sau:" with a), b), c); "05 đơn vị sau:" with five names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from extract.checks.figures.breaks import SENTENCE
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import finding, if_wrong, merged
from extract.checks.lists.heads import is_of_persons, is_person
from extract.checks.lists.names import UNIT, is_any_body, is_place
from extract.checks.lists.words import COUNT, any_of, is_ordinal, read_count
from extract.components.class_lists import is_body
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Role, Source, VerdictKind

_LEAD: Final = 240  # characters before the colon in which the count stands
_WORDS: Final = 6  # of what says more of the thing counted
_FEWEST: Final = 2
_NARROW: Final = 2  # by which a count of what is not known to be listed may miss
# "Về kinh tế (11 chỉ tiêu)", "thông qua 03 nội dung."
_ENDS_WITH_COUNT: Final = re.compile(
    r"\d{1,3}\s[^\W\d_]+(?:\s[^\W\d_]+){0,4}(?:\):?|\.|,?\s(?:gồm|sau|bao gồm|cụ thể))$"
)
_NEAR: Final = 80  # characters at the end of a paragraph in which such a count stands
_MOST: Final = 60  # items of a list
_BULLETS: Final = frozenset("-+*•–○●▪")
_SEVERAL: Final = re.compile(r"[^:;.()\d]{0,40}(?:,|\svà)\s")  # "01 dự án luật, 03 dự án nghị quyết sau:"
_DIGIT: Final = re.compile(r"\d")
# Figures that count nothing: "09 huyện có tỷ lệ dưới 75% trong tháng 6/2024, gồm:".
_NO_COUNT: Final = re.compile(
    r"\b(?:dưới|trên|từ|đến|hơn|quá|bằng|đạt|mức|ngày|tháng|quý|năm)\s\d[\d.,/]*(?:\s?(?:%|điểm\b)|(?!\s[^\W\d_]))"
    r"|\b(?:ngày|tháng|quý|năm)\s\d[\d/]*",
    re.IGNORECASE,
)
_NAME_ENDS: Final = re.compile(r"[,;:.(]|\s[-–]\s|\s(?:đạt|có|với|là|chậm|còn)\s")


def check_list_items(reading: Reading) -> Iterator[Finding]:
    """Counts at the end of a paragraph or heading against the items below."""
    blocks = reading.flow.blocks
    below: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.parent is not None:
            below.setdefault(block.parent, []).append(index)
    for index, block in enumerate(blocks):
        if block.role not in RUNNING or not (index in below or blocks[index + 1 : index + 2]):
            continue
        places = _together(index, below, blocks) if index in below else _next(index, blocks)
        if not places or not (block.text.rstrip().endswith(":") or _ENDS_WITH_COUNT.search(block.text[-_NEAR:])):
            continue
        made = _of_items(block, [blocks[at] for at in places], reading)
        if made is not None:
            yield made


def _next(index: int, blocks: Sequence[Block]) -> list[int]:
    """The items right behind a block that layout put below none: numbered, side by side."""
    first = blocks[index + 1]
    if first.role is not Role.ITEM or first.marker is None or not first.marker.strip("(). /").isalnum():
        return []
    found = []
    for at in range(index + 1, len(blocks)):
        if blocks[at].role is Role.ITEM and blocks[at].parent == first.parent:
            found.append(at)
        elif not _is_below(at, index, blocks):
            break
    return found[: _MOST + 1]


def _together(parent: int, below: dict[int, list[int]], blocks: Sequence[Block]) -> list[int]:
    """The items right below a block: up to the first paragraph that is none and stands below none of them."""
    end = next(
        (
            at
            for at in range(parent + 1, len(blocks))
            if blocks[at].role in RUNNING and not _is_below(at, parent, blocks)
        ),
        len(blocks),
    )
    children = [at for at in below[parent] if at < end]
    return list(takewhile(lambda at: blocks[at].role in (Role.ITEM, Role.HEADING), children))[: _MOST + 1]


def _is_below(at: int, parent: int, blocks: Sequence[Block]) -> bool:
    above = blocks[at].parent
    while above is not None and above > parent:
        above = blocks[above].parent
    return above == parent


def _of_items(block: Block, items: Sequence[Block], reading: Reading) -> Finding | None:
    text = block.text.rstrip()
    match = counted_last(text)
    if match is None or not _FEWEST <= len(items) <= _MOST or not _are_one_list(items):
        return None
    value = read_count(match["count"])
    if value < _FEWEST or is_ordinal(text[: match.start()]) or not _are_of_it(match, items, value):
        return None
    stated, named = value, len(items)
    if named < stated and any(_hold_several(item.text[item.body :]) for item in items):
        return None
    # on a page image the mark of an item is lost more often than an item is
    if named < stated and any(_is_scanned(item, reading) for item in (block, *items)):
        return None
    start = block.start + match.start("count")
    proof = reading.proof(start, block.start + len(text), "checks.list_items")
    agrees = stated == named
    verdict = if_wrong(proof, reading)
    return finding(
        CheckKind.COUNT_OF_LIST,
        text[match.start() :],
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("items", "; ".join(item.text[item.body :][:40] for item in items)[:400]),),
        reported=str(stated),
        computed=str(named),
        note=f"liệt kê {named}" + ("" if agrees else f", báo cáo ghi {stated}: chênh {abs(named - stated)}"),
        evidence=merged(proof, reading.proof(items[-1].start, items[-1].start + 1, "checks.list_items")),
    )


def _hold_several(text: str) -> bool:
    """Whether an item is of several: "- Bà A (xã X), bà B (xã Y), bà C (xã Z): nhất trí"."""
    return text.partition(":")[0].count("), ") > 1 if ":" in text else False


def _are_of_it(match: re.Match[str], items: Sequence[Block], stated: int) -> bool:
    """Whether items are what is counted: bodies by their names, people by theirs, and things as far as one can know.

    Of what `data/listed.toml` does not name the count must miss narrowly.
    """
    told = [item.text[item.body :].strip() for item in items]
    if match["bodies"] is not None:
        return all(is_body(_NAME_ENDS.split(text, maxsplit=1)[0].strip()) for text in told)
    headings = any(item.role is Role.HEADING for item in items)
    if match["things"] is not None:
        return not headings
    noun = match["other"].lower()
    if is_of_persons(noun.split()):
        return all(is_person(text) for text in told)
    alike = all(text.lower().startswith(f"{noun} ") for text in told)
    if is_place(noun):
        return alike or (is_any_body(noun) and all(UNIT.match(text) for text in told))
    return alike or (not headings and abs(len(items) - stated) <= _NARROW)


def counted_last(text: str) -> re.Match[str] | None:
    """The count of what is listed behind the colon at the end: the last one, with nothing else between.

    Its groups are `count` and either `things` or `bodies`.
    """
    found = list(_pattern().finditer(text, max(len(text) - _LEAD, 0)))
    if len(found) > 1 and _SEVERAL.fullmatch(text, found[-2].end(), found[-1].start()):
        return None
    if not found or _DIGIT.search(_NO_COUNT.sub("", text[found[-1].end("count") :])):
        return None
    more = _endings().sub("", text[found[-1].end() :].rstrip("):. ")).strip()
    if SENTENCE.search(text, found[-1].end()):
        return None  # "… cho đủ 223 chỉ tiêu. Lịch nhập học:"
    if found[-1]["bodies"] is None and (len(more.split()) > _WORDS or _others().search(more)):
        return None
    return found[-1]


def _are_one_list(items: Sequence[Block]) -> bool:
    """Whether the marks of items count up without a gap, or are all one bullet."""
    marks = [(item.marker or "").strip("(). /") for item in items]
    if len(set(marks)) == 1:
        return (items[0].marker or "").strip() in _BULLETS
    numbers = [str(at) for at in range(1, len(items) + 1)]
    letters = list("abcdđeghiklmnopqrstuvxy")[: len(items)]
    return [mark.lstrip("0") or mark for mark in marks] == numbers or [mark.lower() for mark in marks] == letters


def _is_scanned(block: Block, reading: Reading) -> bool:
    damaged = (VerdictKind.GARBLED, VerdictKind.STRIPPED)
    page = next((page for page in reading.letter.pages if page.number == block.page), None)
    images = (Source.OCR, Source.HOCR, Source.ALTO, Source.PAGE)
    return page is not None and (page.source in images or page.verdict.kind in damaged)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,/%-])(?P<count>{COUNT})(?:/\d{{1,3}})?\s+(?:(?P<things>{any_of('things')})|(?P<bodies>{any_of('bodies')})"
        rf"|(?!(?:{any_of('measures')})\b)(?P<other>{any_of('persons', 'places')}|[^\W\d_]{{2,7}}))\b",
        re.IGNORECASE,
    )


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,])(?:{any_of('endings')})$", re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('others')})(?!\w)", re.IGNORECASE)
