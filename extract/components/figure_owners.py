"""Whose count a figure is: the body that has it by the grammar of its sentence, else that of the letter.

A body beside a figure may have it ("tại Sở Y tế có 12 hồ sơ"), but also have told it ("theo … của Văn phòng Chính
phủ"), set it ("chỉ tiêu UBND tỉnh giao") or be asked to see to it ("giao Sở Tài chính bố trí 05 tỷ đồng").
"""

from __future__ import annotations

import re

from extract.components.context import Context, Sentence
from extract.components.frame import Frame
from extract.components.frame_units import home_of
from extract.components.standing_bodies import Bodies, Named, Part

_BELONGS = re.compile(r"[^,.;:()\d]{0,40}?\b(?:của|tại|ở|thuộc)\s")
_OWN = re.compile(
    r"(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Thường trực|Ban Thường vụ|Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy)"
    r"(?:\s(?:HĐND|Tỉnh ủy|Huyện ủy|Thành ủy))?(?:\s(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường))?$"
)
_TASKED = re.compile(
    r"[^.;:]{0,60}?\b(?:chủ trì|phối hợp|tham mưu|rà soát|tổ chức|khẩn trương|chịu trách nhiệm|có trách nhiệm|bố trí"
    r"|xây dựng|hướng dẫn|kiểm tra|thanh tra|tăng cường|đẩy mạnh|đẩy nhanh|hoàn thành|đôn đốc|bảo đảm|đảm bảo|nâng"
    r"|thực hiện|chỉ đạo|triển khai|báo cáo|cấp|phát|gửi|xử lý|ban hành|trình|phân bổ|duy trì|mở|đưa|công khai)\b"
)
_LABELLED = re.compile(r"\s?:\s?(?!\d)")
_OBJECT = re.compile(r"\b(?:đến|từng|với|cho|tới|về|cùng)\s(?:các\s|từng\s)?$")
_PEERS = re.compile(r"\d\s(?:địa phương|cơ quan|tỉnh|bộ|sở)\b")
_GROUP = re.compile(
    r"(?<![\w/])(cấp (?:tỉnh|huyện|xã|sở|bộ|cơ sở)|khối\s[^.;:,()\d]{1,24}|miền (?:Bắc|Trung|Nam)|Tây Nguyên"
    r"|(?<!các )[Đđ]ịa phương|[Bb]ộ, ngành|[Cc]ác (?:sở|phòng|ban|bộ|xã|phường|huyện|cơ quan|đơn vị|địa phương)"
    r"(?:,? [^.;:()\d]{1,40})?(?=\s?:))(?=\s?:?\s(?:có\s|đạt\s|chiếm\s|là\s|còn\s)?\d)"
)
_SOURCE = re.compile(r"\b(?:theo|do|bởi)\b[^.,;:()]{0,80}$", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:toàn (?:tỉnh|huyện|xã|thành phố|ngành|quận|thị xã)|cả tỉnh|trên địa bàn (?:tỉnh|huyện|xã))\b"
)
_NO_END = re.compile(r"\s(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|khu vực|cấp tỉnh|cấp huyện|cấp xã)$")
_HEAD = 60  # characters of a sentence in which its topic, or the body an item orders, stands
_LONGEST = 4000  # characters of a sentence, beyond which it is none
_NEAR = 90  # characters before a figure in which a group it is given for stands


class Owners:
    """Asked whose a figure is."""

    def __init__(self, context: Context, frame: Frame) -> None:
        self._frame = frame
        self._bodies = Bodies(context)
        self._home = home_of(context.found.header) or context.home

    def of(self, sentence: Sentence, start: int, end: int) -> str | None:
        """The body or area whose figure stands at `start`..`end` of a sentence."""
        text = sentence.text
        if len(text) > _LONGEST:
            return self._home
        named = self._bodies.named(sentence)
        if match := _BELONGS.match(text, end):
            owner = next((one for one in named if one.start == match.end()), None)
            if owner is not None and owner.part is not Part.JUDGE:
                return self._whole(owner.name)
        if group := _group_before(text, start):
            return group
        stated = self._bodies.stated(sentence, start, end)
        if stated is None or _PEERS.match(text, max(end - 12, start)) or _PEERS.search(text, start, end):
            return self._home
        subject = next((one for one in reversed(named) if one.name == stated and one.end <= start), None)
        if subject is None:
            known = stated.rsplit(" ", 1)[-1][:1].isupper() or _NO_END.search(stated)
            return self._whole(stated) if known else self._home
        return self._home if self._only_named(sentence, subject, start) else self._whole(stated)

    def _only_named(self, sentence: Sentence, subject: Named, start: int) -> bool:
        """Whether a body is named before a figure without having it."""
        text = sentence.text
        source = _SOURCE.search(text, max(subject.start - 100, 0), subject.start)
        if source or _WHOLE.search(text, subject.end, start):
            return True
        if subject.part is not Part.SUBJECT or _OBJECT.search(text, max(subject.start - 24, 0), subject.start):
            return True
        if subject.start >= _HEAD:
            return ";" in text[subject.end : start]
        if _TASKED.match(text, subject.end):
            return True
        return self._frame.is_plan(sentence.block) and _LABELLED.match(text, subject.end) is not None

    def _whole(self, name: str) -> str | None:
        """The area for the organs that govern it, when they are the letter's own ("UBND huyện")."""
        return self._home if _OWN.match(name) and self._home is not None else name


def _group_before(text: str, start: int) -> str | None:
    """A group that a figure is given for: "cấp bộ 61,2%, địa phương 66,1%", "miền Nam 28.814 ca, chiếm 69%"."""
    low = max(start - _NEAR, 0)
    found = None
    for match in _GROUP.finditer(text, low, min(start + 1, len(text))):
        found = match
    if found is None or any(mark in text[found.end() : start] for mark in ";.("):
        return None
    return found[1]
