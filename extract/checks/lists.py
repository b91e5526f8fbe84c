"""Counts of lists: "13 địa phương … gồm: …" names thirteen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from extract.checks.sums import RUNNING
from extract.checks.terms import Term, finding, is_doubtful
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from gazetteer import load_gazetteer

_NOUN: Final = (
    r"sở, ban, ngành|sở, ngành|sở|ban, ngành|địa phương|đơn vị|cơ quan|tỉnh, thành phố|tỉnh"
    r"|huyện, thị xã, thành phố|huyện|xã, phường|xã|phường|nhóm nội dung|nhóm chỉ số|nhóm tiêu chí|nhóm"
    r"|chỉ số thành phần|chỉ số|tiêu chí|lĩnh vực|nội dung|nhiệm vụ|phòng|thủ tục"
)
_COUNTED: Final = re.compile(
    rf"(?<![\w.,/%-])(\d{{1,3}})\s+({_NOUN})\b([^:;.()]{{0,120}}?)"
    r"\s*(?:\b(?:gồm có|bao gồm|gồm|cụ thể là|đó là|là)\s*:|\b(?:gồm có|bao gồm|gồm)\b|:)\s*",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\((\d{1,2})\)")
_END: Final = re.compile(r"\.(?:\s|$)|\n|$")
_LONGEST_LIST: Final = 3000
_NAMED: Final = {"sở": "Sở "}


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Counts of lists in running text."""
    for block in reading.flow.of(*RUNNING):
        for match in _COUNTED.finditer(block.text, block.body):
            end = _END.search(block.text, match.end(), match.end() + _LONGEST_LIST)
            listed = block.text[match.end() : end.start() if end else match.end() + _LONGEST_LIST]
            made = _of_list(match, listed, block, reading)
            if made is not None:
                yield made


def _of_list(match: re.Match[str], listed: str, block: Block, reading: Reading) -> Finding | None:
    value = read_number(match.group(1))
    if value is None:
        return None
    start = block.start + match.start(1)
    proof = reading.proof(start, block.start + match.end() + len(listed), "checks.list")
    figure = reading.proof(start, block.start + match.end(1), "checks.list")
    count = Term("count", value, figure, is_doubtful(figure, reading))
    possible, certain = count_items(listed, match.group(2).lower())
    stated = int(value)
    if stated < 2 or not possible:
        return None
    agrees = stated in possible
    if not agrees and not certain:
        return None
    named = stated if agrees else max(possible)
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
        complete = numbers == list(range(1, len(numbers) + 1))
        return (frozenset({len(numbers)}), True) if complete else (frozenset(), False)
    text = listed.rstrip(" .;,…")
    if "…" in listed or "..." in listed or not text or re.search(r"\bv\.?v\b", text):
        return frozenset(), False
    if ";" in text:
        parts = [part for part in text.split(";") if part.strip()]
        joined = bool(re.search(r"\svà\s", parts[-1])) and not parts[-1].strip().startswith("và ")
        return frozenset({len(parts), len(parts) + joined}), len(parts) > 2 and not joined
    parts = [part.strip() for part in text.split(",") if part.strip()]
    tail = re.split(r"\svà\s", parts[-1]) if parts else []
    names = _known_names([*parts[:-1], *tail], parts, _NAMED.get(noun, ""))
    if names is not None:
        return frozenset({names}), True
    ands = sum(len(re.findall(r"\svà\s", part)) for part in parts)
    return frozenset(range(len(parts), len(parts) + min(ands, 2) + 1)), False


def _known_names(split: Sequence[str], whole: Sequence[str], prefix: str) -> int | None:
    """How many names of the gazetteer a list holds, None where an item is none.

    Names with commas ("Văn hóa, Thể thao và Du lịch") are put together from neighbours.
    """
    count = 0
    at = 0
    items = [*whole]
    while at < len(items):
        for size in (3, 2, 1):
            if at + size <= len(items) and _is_name(", ".join(items[at : at + size]), prefix):
                count += 1
                at += size
                break
        else:
            last = at + 1 == len(items)
            parts = re.split(r"\svà\s", items[at])
            if not (last and len(parts) == 2 and all(_is_name(part, prefix) for part in parts)):
                return None
            count += 2
            at += 1
    return count if len(split) > 1 else None


@lru_cache(maxsize=8192)
def _is_name(text: str, prefix: str) -> bool:
    if len(text) > 80:
        return False
    gazetteer = load_gazetteer()
    names = [text, prefix + text] if prefix and not text.lower().startswith(prefix.lower()) else [text]
    for name in names:
        found = gazetteer.resolve(name)
        if any(candidate.how in ("exact", "folded") for candidate in found.candidates):
            return True
    return False
