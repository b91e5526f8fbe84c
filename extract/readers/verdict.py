"""What the text layer of a page is worth: Vietnamese knowledge of its words, and geometry of the page beneath them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import LayerVerdict, Line, VerdictKind
from normalize.judge import LEGAL_MARKED_CLEAN, Judgement, TextKind, judge

FULL_PAGE_IMAGE = 0.5
"""Share of the page above which its images are taken for a scan of it."""

STAMP_WORDS = 60
"""Fewer words than this over a scanned page are a stamp, a number or a watermark, not its text."""

_TO_READ = frozenset([VerdictKind.EMPTY, VerdictKind.GARBLED])
_TO_READ_SCANNED = _TO_READ | {VerdictKind.STRIPPED, VerdictKind.NOT_JUDGED}


def judge_layer(lines: Sequence[Line], image_share: float = 0.0) -> LayerVerdict:
    """Judge the text a page came with.

    Args:
        lines: the text layer.
        image_share: share (0..1) of the page that images cover.
    """
    judgement = judge([line.text for line in lines])
    words = sum(len(line.text.split()) for line in lines)
    numbers = {**judgement.numbers, "image_share": round(image_share, 3)}
    if 0 < words < STAMP_WORDS and image_share >= FULL_PAGE_IMAGE and not _misread(judgement):
        reason = (
            f"{words} words over images that cover {image_share:.0%} of the page: a stamp, not the text of the page"
        )
        return LayerVerdict(VerdictKind.EMPTY, (reason, *judgement.reasons), numbers)
    return LayerVerdict(VerdictKind(judgement.kind.value), judgement.reasons, numbers)


def _misread(judgement: Judgement) -> bool:
    """Whether few words are an engine's, of a short page: the programs that write stamps spell what they write."""
    if judgement.kind is not TextKind.GARBLED:
        return False
    return judgement.numbers["marked"] > 0 and judgement.numbers["legal_marked"] < LEGAL_MARKED_CLEAN


def no_layer(reason: str) -> LayerVerdict:
    """The verdict on a page that cannot have a text layer."""
    return LayerVerdict(VerdictKind.EMPTY, (reason,), {})


def asks_for_ocr(verdict: LayerVerdict, image_share: float) -> bool:
    """Whether the page image says more than this layer.

    A layer without marks is read again only where there is a scan beneath it: type set
    without marks is printed without them. Legacy encodings convert without loss.
    """
    return verdict.kind in (_TO_READ_SCANNED if image_share >= FULL_PAGE_IMAGE else _TO_READ)
