"""Others a task names: those to work with ("phối hợp với …") and those to report to ("báo cáo …")."""

from __future__ import annotations

import re

from extract.components.actor_ends import actors_end
from extract.components.actors import leading_actors, read_actors

_WITH = re.compile(
    r"\bphối hợp(?:\s+(?:chặt chẽ|cùng|đồng bộ|thường xuyên|kịp thời))*(?:\s+(?:với|cùng|cùng với))?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:báo cáo|gửi về|gửi|trình|qua|thông qua|về)\s+(?:kết quả\s+(?:thực hiện\s+)?(?:về\s+)?"
    r"|bằng văn bản\s+(?:về\s+)?|về\s+|cho\s+|đến\s+)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_LONGEST = 260
_PLAIN = ("phòng", "sở", "ủy ban", "văn phòng", "thường trực", "lãnh đạo", "ban", "huyện", "tỉnh", "thành phố")
"""First words of offices that are told without a capital too."""
_STOP = re.compile(
    r"[,;.(:]|\s\d|\s(?:trước|tại|hồ sơ|dự thảo|đề án|phương án|chậm nhất|để|kết quả|về|theo|xem xét|tổng hợp|trong"
    r"|định kỳ|các|những|việc|tình hình|qua"
    r"|hằng|hàng|đúng)\b"
)


def find_coordinators(text: str) -> tuple[str, ...]:
    """Those a task is to be done together with."""
    named: list[str] = []
    for match in _WITH.finditer(text):
        end = min(actors_end(text, match.end()), match.end() + _LONGEST)
        others = read_actors(text[match.end() : end])
        if others and leading_actors(others[0]) is not None:
            named += others
    return tuple(dict.fromkeys(named))


def find_report_to(text: str) -> str | None:
    """Whom the result is to be sent to: the first body behind "báo cáo", "gửi (về)" or "qua"."""
    for match in _REPORT.finditer(text):
        rest = text[match.end() : match.end() + 160]
        stop = _STOP.search(rest, 2)
        phrase = rest[: min(stop.start() if stop else len(rest), actors_end(rest, 0))].strip(" )")
        named = phrase[:1].isupper() or phrase.lower().startswith(_PLAIN)
        if named and leading_actors(phrase) is not None and len(phrase.split()) > 1:
            return phrase
    return None
