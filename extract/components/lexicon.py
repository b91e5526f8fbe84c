"""Names of bodies, offices and places by their words, to be found in text and spelled as they should be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from gazetteer import Kind, load_gazetteer, titles
from normalize.syllables import fold, place_tone

Token = tuple[int, int, str]
"""Start and end of a word in a text, and the word in lower case."""

JOINT = re.compile(r"\s?[,–-]?\s?|\s?&\s?")
"""What may stand between two words of a name."""

_WORD = re.compile(r"\w+|&")
HEADS = (
    "Sở", "Bộ", "Ban", "Cục", "Chi cục", "Tổng cục", "Vụ", "Viện", "Phòng", "Trung tâm", "Văn phòng", "Thanh tra",
    "Công ty", "Tổng công ty", "Tập đoàn", "Trường", "Bệnh viện", "Hội", "Đài", "Báo", "Quỹ", "Ủy ban", "Hội đồng",
    "Tổ công tác", "Ban Chỉ đạo", "Ban Quản lý", "Ngân hàng", "Kho bạc", "Liên đoàn", "Công an", "Đảng ủy",
    "Huyện ủy", "Thành ủy", "Thị ủy", "Tỉnh ủy", "Quận ủy", "UBND", "HĐND", "UBMTTQ", "Đoàn", "Học viện", "Tòa án",
    "Viện kiểm sát", "Chính phủ", "Quốc hội", "Đảng bộ", "Đội", "Trạm", "Chi nhánh", "Bảo hiểm", "Bộ Chỉ huy",
    "Bộ Tư lệnh", "Liên minh", "Hiệp hội", "Khu", "Kiểm toán", "Hạt", "Ban Chấp hành", "BCH", "Ban Thường vụ",
    "Ban Thường trực", "Ban cán sự", "Đảng đoàn", "Mặt trận", "Nhà máy", "Xí nghiệp", "Tỉnh đoàn", "Thành đoàn",
    "Huyện đoàn", "Đại học", "Phân hiệu", "Phân viện", "Nhà xuất bản", "Thư viện", "Bảo tàng", "Vườn quốc gia", "Cảng",
    "Quân khu", "Sư đoàn", "Lữ đoàn", "Trung đoàn", "Đồn", "Trại", "Liên hiệp", "Câu lạc bộ", "Tổng Liên đoàn",
    "Thường trực", "Bưu điện", "Viễn thông", "Điện lực", "Công đoàn",
)  # fmt: skip
"""Words with which names of bodies begin."""


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    name: str | None = None


class Names:
    """A set of names, found by their words whatever their case and the place of their tone marks."""

    def __init__(self, names: Iterable[str]) -> None:
        self._root = _Node()
        for name in names:
            node = self._root
            for _, _, key in tokens(name):
                node = node.next.setdefault(key, _Node())
            if node.name is None:
                node.name = name

    def longest(self, text: str, words: Sequence[Token], at: int) -> int | None:
        """Index behind the longest name that begins with word `at`."""
        found = self.find(text, words, at)
        return found[0] if found else None

    def find(self, text: str, words: Sequence[Token], at: int) -> tuple[int, str] | None:
        """Index behind the longest name that begins with word `at`, and the name as it should be spelled."""
        node, best = self._root, None
        for index in range(at, len(words)):
            step = node.next.get(words[index][2])
            if step is None or (index > at and not JOINT.fullmatch(text[words[index - 1][1] : words[index][0]])):
                break
            node = step
            if node.name is not None:
                best = index + 1, node.name
        return best


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    return [(match.start(), match.end(), place_tone(match.group().lower())) for match in _WORD.finditer(text)]


@cache
def body_names() -> Names:
    """Bodies with their short names."""
    names: list[str] = []
    for entry in load_gazetteer().entries(Kind.BODY):
        names.append(entry.name)
        names += [short for short in entry.short_names if " " in short or (short.isupper() and len(short) >= 4)]
    return Names(names)


@cache
def title_names() -> Names:
    """Offices held by persons."""
    return Names([*(title.name for title in titles()), "Thủ trưởng", "Lãnh đạo"])


@cache
def unit_names() -> Names:
    """Proper names of administrative units, those of numbers left out."""
    kinds = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
    entries = (entry for kind in kinds for entry in load_gazetteer().entries(kind))
    return Names(entry.proper_name for entry in entries if not fold(entry.proper_name).isdigit())


@cache
def province_names() -> Names:
    """Proper names of provinces."""
    return Names(entry.proper_name for entry in load_gazetteer().entries(Kind.PROVINCE))


@cache
def head_names() -> Names:
    """Words with which names of bodies begin."""
    return Names(HEADS)
