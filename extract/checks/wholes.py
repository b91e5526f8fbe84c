"""Which count a share is of, where words name part and whole: forms that came back of forms sent out.

Each pair holds for counts of one thing ("phiếu" and "phiếu") or amounts of one kind of money, in one sentence. A share
"of the plan" needs a plan, estimate or allotment that is stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.checks.quantities import Quantity

MONEY: Final = frozenset({"tỷ", "tỉ", "triệu", "nghìn", "đồng"})
_PLAN: Final = r"kế hoạch|dự toán|chỉ tiêu"
# Words of the part, words of the whole.
_PAIRS: Final = tuple(
    (re.compile(rf"\b(?:{part})\b", re.IGNORECASE), re.compile(rf"\b(?:{whole})\b", re.IGNORECASE))
    for part, whole in (
        (r"thu về|thu lại|thu được|nhận lại|phản hồi", r"phát ra|phát hành|phát đi|gửi đi|đã phát|đã gửi"),
        (r"hợp lệ", r"thu về|thu lại|thu được|nhận lại|kiểm phiếu"),
        (r"có mặt|tham dự|dự họp", r"triệu tập|được mời|giấy mời"),
        (
            r"hoàn thành|thực hiện xong|giải quyết xong",
            r"được giao|phải thực hiện|phải hoàn thành|giao thực hiện|đề ra|tổng số",
        ),
        (r"vi phạm", r"thanh tra|kiểm tra"),
        (r"có trả lời|đã trả lời|được trả lời|đã (?:giải quyết|xử lý)", r"tiếp nhận|nhận được|ghi nhận"),
        (r"kết thúc|xét xử|giải quyết|thi hành xong", r"thụ lý|phải thi hành"),
        (r"được số hóa|đã số hóa", r"cần số hóa|phải số hóa|thuộc diện số hóa"),
        (
            r"giải ngân|thanh toán|thực hiện|thu|chi",
            rf"{_PLAN}|vốn (?:được )?(?:giao|phân bổ|bố trí)|được (?:giao|phân bổ|bố trí)|tổng (?:nguồn )?vốn",
        ),
    )
)  # fmt: skip
_ANY_PLAN: Final = re.compile(rf"^%?\s*(?:so với )?({_PLAN})", re.IGNORECASE)
_FEW: Final = 4  # words in a bracket before the whole
_SENTENCE: Final = re.compile(r"[.]\s")
_CHANGE: Final = re.compile(r"\b(?:tăng|giảm|so với)\b", re.IGNORECASE)


def plan_behind(text: str) -> str | None:
    """The kind of plan that a share is said to be of: "% kế hoạch"; None where none is named."""
    match = _ANY_PLAN.match(text)
    return match.group(1).lower() if match else None


def whole_in_brackets(part: Quantity, behind: Quantity | None) -> Quantity | None:
    """The whole that is stated behind a share of it: "78,3% dự toán (7.560 tỷ đồng)", "đạt 92% diện tích (540 ha)"."""
    if behind is None or behind.approximate or not behind.value:
        return None
    words, opened, inside = behind.between.lower().removeprefix("%").partition("(")
    same = part.unit not in ("", "%") and behind.unit.split()[:1] == part.unit.split()[:1]
    told = words.strip() and not re.search(r"[\d.;,:)]", words + inside) and len(inside.split()) <= _FEW
    return (
        behind if same and opened and told and not _CHANGE.search(words + inside) and "cùng kỳ" not in words else None
    )


def named_whole(part: Quantity, before: Sequence[Quantity], plan: str | None) -> Quantity | None:
    """The one figure before a part that words name as its whole; None where none or several are.

    Args:
        part: the figure with a share behind it.
        before: the figures before it in the paragraph.
        plan: what the share is said to be of, see `plan_behind`.
    """
    head = part.unit.split()[:1]
    if not head or part.unit == "%" or _CHANGE.search(part.between):
        return None
    near: list[Quantity] = []
    between = part.between
    for item in reversed(before):
        if _SENTENCE.search(between):
            break
        between = item.between
        near.append(item)
    alike = [item for item in near if item.unit.split()[:1] == head and not item.approximate and item.value]
    for words, whole in _PAIRS:
        if not words.search(_lead(part)):
            continue
        named = [item for item in alike if whole.search(_lead(item)) and not words.search(item.before)]
        if plan is not None:
            named = [item for item in named if plan in item.between.lower() or plan in item.after.lower()]
        if len(named) == 1 and not _CHANGE.search(named[0].between):
            return named[0]
    return None


def _lead(item: Quantity) -> str:
    """The words around a figure that say what it counts."""
    return f"{item.before} {item.after}"
