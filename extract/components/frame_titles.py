"""The periods a title or heading announces: the one it tells of, and the one it plans for.

"Kết quả công tác 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2023" tells of one half of the year and plans
for the other; "Kế hoạch … năm 2024" only plans. What stands under such a title is of its period unless it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.components.found import Located
from extract.records import DateMention

_PLANS = re.compile(
    r"\b(?:phương hướng|nhiệm vụ|mục tiêu|giải pháp|kế hoạch|chương trình công tác|dự kiến|định hướng|chỉ tiêu"
    r"|đề xuất|kiến nghị)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:tổ chức thực hiện|khắc phục|nâng cao|cải thiện|duy trì|tăng cường|đẩy mạnh|đẩy nhanh|chấn chỉnh|đôn đốc"
    r"|tập trung|triển khai|phân bổ|hướng dẫn|tham mưu|đăng ký|phát động|khẩn trương|tự đánh giá)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;.:–]|\svà\s", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:kết quả|tình hình|tổng kết|sơ kết|báo cáo|đánh giá|thực trạng|công bố|công nhận|xếp loại|xếp hạng|tổng hợp"
    r"|thống kê|quyết toán|kiểm toán|thanh tra)\b",
    re.IGNORECASE,
)
_LONGEST = 600  # characters of a title that are looked at


@dataclass(frozen=True, slots=True)
class Announced:
    """What a title announces: `told` and `aimed` periods as ISO text; `plans` where it speaks of what is to be done."""

    told: str | None = None
    aimed: str | None = None
    plans: bool = False


def announced(text: str, times: Sequence[Located[DateMention]], start: int, *, plans: bool = False) -> Announced:
    """The periods of a title.

    Args:
        text: the title.
        times: the periods named in it, in order.
        start: offset of the title in the text that `times` count in.
        plans: whether the title only plans unless it says that it tells (that of a plan or directive).
    """
    text = text[:_LONGEST]
    first = _TELLS.search(text)
    tells = first.start() if first is not None else len(text)
    does = _DOES.search(text)
    aims = next((match.start() for match in _PLANS.finditer(text) if _is_apart(text, tells, match.start())), len(text))
    if tells == len(text) and does is not None:
        aims = min(aims, does.start())
    told: list[str] = []
    aimed: list[str] = []
    for time in times:
        at = time.start - start
        (aimed if at > aims or (plans and tells > at) else told).append(time.record.iso)
    return Announced(told=_widest(told), aimed=_widest(aimed), plans=tells == len(text) and (plans or aims < len(text)))


def _is_apart(text: str, tells: int, plan: int) -> bool:
    """Whether a plan is named for itself, not as what was done ("kết quả thực hiện nhiệm vụ")."""
    return plan < tells or _APART.search(text, tells, plan) is not None


def _widest(isos: Sequence[str]) -> str | None:
    """The stretch that holds the others ("quý III và 9 tháng đầu năm"), else the first."""
    if not isos:
        return None
    best = isos[0]
    for iso in isos[1:]:
        if months(iso)[0] <= months(best)[0] and months(iso)[1] >= months(best)[1]:
            best = iso
    return best


def months(iso: str) -> tuple[str, str]:
    """First and last month (YYYY-MM) of a date or stretch of time in ISO notation."""
    low, _, high = iso.partition("/")
    return _bound(low, last=False), _bound(high or low, last=True)


def _bound(iso: str, *, last: bool) -> str:
    year, _, rest = iso.partition("-")
    if not rest:
        return f"{year}-{'12' if last else '01'}"
    if rest[0] == "Q":
        quarter = int(rest[1])
        return f"{year}-{3 * quarter if last else 3 * quarter - 2:02d}"
    return f"{year}-{rest[:2]}"


def year_before(iso: str) -> str:
    """The same stretch of the year before: what "cùng kỳ" means.

    >>> year_before("2024-01/2024-06")
    '2023-01/2023-06'
    """
    return "/".join(f"{int(part[:4]) - 1:04d}{part[4:]}" for part in iso.split("/"))


def same_stretch(iso: str, year: str) -> str:
    """The stretch of another year that is as long as `iso`: "cùng kỳ năm 2023" in a report on a half year.

    >>> same_stretch("2024-Q1", "2023")
    '2023-Q1'
    """
    low, slash, high = iso.partition("/")
    return year + low[4:] + (slash + year + high[4:] if slash and low[:4] == high[:4] else "")
