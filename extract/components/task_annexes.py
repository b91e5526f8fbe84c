"""Annexes of a letter, as tasks need them: where each begins, and which are forms or figures that order nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.layout.landmarks import is_annex
from extract.records import Block, Role

_ENDING = (Role.SIGNATURE, Role.COPIES)
_BESIDE = (*_ENDING, Role.NOISE, Role.PAGE_NUMBER)
_HEAD = 10  # blocks in which an annex tells what it is
_PROMULGATED = re.compile(r"\((?:ban hành )?kèm theo\b[^()]{0,240}\)?|^(?:ban hành )?kèm theo\b.{0,240}", re.IGNORECASE)
_ENCLOSED = re.compile(r"\bkèm theo\b", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục\b", re.IGNORECASE)
_IDLE = re.compile(
    r"\bthống kê\b|\b(?:bảng|biểu|phụ lục|tổng hợp)\s(?:số liệu|điểm|chấm điểm)\b|\bbiểu(?: mẫu)?\s(?:số\s)?\d"
    r"|\bmẫu (?:số|đơn|phiếu|báo cáo|biểu|văn bản|giấy|tờ khai)\b|\bkính gửi\b|\btờ khai\b"
    r"|^(?:đơn|giấy) (?:đề nghị|đăng ký|xin|xác nhận)\b|^phiếu\b",
    re.IGNORECASE | re.MULTILINE,
)
_ORDERS = re.compile(r"\bphân công\b|\b(?:danh mục|bảng)(?: các)? (?:nhiệm vụ|công việc)\b|\bchủ trì\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Annexes:
    """The blocks of a letter, those of its annexes nested in none of what stands above.

    `starts` are the indices of the blocks annexes begin with, `idle` those of blocks in forms and lists of figures.
    """

    blocks: tuple[Block, ...]
    starts: frozenset[int]
    idle: frozenset[int]


def find_annexes(blocks: Sequence[Block]) -> Annexes:
    """The annexes of a letter: what stands behind its ending under a head of its own, or below "Phụ lục"."""
    starts = _starts(blocks)
    idle: set[int] = set()
    cut = list(blocks)
    for low, high in pairwise([*starts, len(blocks)]):
        if _is_idle(blocks[low : min(low + _HEAD, high)]):
            idle.update(range(low, high))
        for at in range(low, high):
            parent = blocks[at].parent
            if parent is not None and parent < low:
                cut[at] = replace(blocks[at], parent=None)
    return Annexes(tuple(cut), frozenset(starts), frozenset(idle))


def _starts(blocks: Sequence[Block]) -> list[int]:
    starts = []
    ended = False
    for at, block in enumerate(blocks):
        above = blocks[at - 1].role if at else None
        if block.role in _BESIDE:
            ended = ended or block.role in _ENDING
            continue
        titled = is_annex(block.text) and (ended or _ANNEX.match(block.text))
        if titled or (ended and above in _BESIDE and _is_head(blocks[at : at + _HEAD])):
            starts.append(at)
    return starts


def _is_head(head: Sequence[Block]) -> bool:
    """Whether an annex begins with some blocks: with a letterhead, what it is enclosed to, or its title."""
    told = any(block.role is Role.MOTTO or _ENCLOSED.search(block.text[:40]) for block in head)
    return told or head[0].text.isupper() or is_annex(head[0].text)


def _is_idle(head: Sequence[Block]) -> bool:
    """Whether the head of an annex tells that it is a form to be filled in, or figures."""
    words = "\n".join(_PROMULGATED.sub("", block.text) for block in head if block.role is not Role.ITEM)
    return _IDLE.search(words) is not None and _ORDERS.search(words) is None
