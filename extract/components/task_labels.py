"""Labels before a colon: what words are about, what a report opens with, what only is told of a task."""

from __future__ import annotations

import re

from extract.components.task_words import data

_LABEL = re.compile(r"[^.:;]{2,200}:\s+(?=[^\W\d_])")
_PARTICULARS = re.compile(
    r"(?:(?:thời gian|thời hạn|địa điểm|kinh phí|hình thức|nơi nhận|ghi chú)\s?|vòng \d\s?"
    r"|(?:về\s+)?(?:thành phần|số lượng|tên mẫu|sản phẩm|kết quả|đầu ra)\b(?![^.:;]{0,100}\bgửi\b)[^.:;]{0,100}"
    r"|cơ quan (?:trực tiếp )?(?:(?:thực hiện|giải quyết)\s(?:thủ tục|tthc|hồ sơ)|tiếp nhận\s(?:hồ sơ|và)"
    r"|có thẩm quyền\s(?:giải|quyết|phê|cấp|ban))[^.:;]{0,80}):",
    re.IGNORECASE,
)  # what a plan or a procedure tells of its tasks, in nouns

_DOCUMENT = re.compile(
    r"(?:quyết định|dự thảo|thông báo|báo cáo|quy định)\s(?:của|số\s\d|phê duyệt|ban hành|công bố)\b", re.IGNORECASE
)  # no verbs: "Văn bản trình: Quyết định ban hành quy chế"


def opens_report(label: str) -> bool:
    """Whether words announce what was done or is so: "Về tồn tại, hạn chế:"."""
    words = label.lower()
    return any(word in words for word in data("told"))


def behind_label(text: str) -> int:
    """Where the words begin behind what they are about ("Về vốn: Sở Tài chính …", "Bưu chính: Tổ chức …"), or 0."""
    label = _LABEL.match(text)
    named = label is not None and _DOCUMENT.match(text, label.end()) is not None
    return label.end() if label is not None and not named and not is_particular(text) else 0


def is_particular(text: str) -> bool:
    """Whether words only tell of a task ("Sản phẩm: Quyết định …", "Thành phần hồ sơ: Dự thảo …")."""
    return _PARTICULARS.match(text) is not None
