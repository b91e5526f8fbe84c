"""The body or area a letter speaks of where its sentences name none: the area its issuer governs, or the issuer."""

from __future__ import annotations

import re

from extract.components.context import UPPER
from extract.records import Header

COUNTRY = "cả nước"

_NAME = rf"[{UPPER}][^\W\d_]{{0,7}}(?:(?:\s|\s?-\s?|')[{UPPER}][^\W\d_]{{0,7}}){{0,3}}"
_UNITS = tuple(
    re.compile(rf"\b({kinds})\s({_NAME})")
    for kinds in (
        "[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu",
        "[Hh]uyện|[Qq]uận|[Tt]hị xã",
        "[Tt]hành phố|[Tt]ỉnh",
    )
)
_PARTY = re.compile(rf"\b(Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy\s(?:(xã|phường)\s)?({_NAME})")
_PARTY_UNITS = {"Tỉnh": "tỉnh", "Thành": "thành phố", "Huyện": "huyện", "Quận": "quận", "Thị": "thị xã"}
_GOVERNS = re.compile(
    r"(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Đoàn đại biểu Quốc hội"
    r"|Văn phòng (?:Ủy ban nhân dân|UBND|Đoàn|HĐND|Hội đồng|Tỉnh ủy|Thành ủy|Huyện ủy)"
    r"|(?:Ban [^,;]{3,40}\s)?(?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy)|Ban Chỉ đạo|Đảng bộ|Mặt trận"
    r"|Ủy ban Mặt trận)"
)
_VERTICAL = re.compile(
    r"(?:Bảo hiểm xã hội|BHXH|Kho bạc|Cục|Chi cục|Ngân hàng|Công an|Bộ chỉ huy|Tòa án|Viện kiểm sát)\b"
)
_CENTRAL = re.compile(
    r"(?:Bộ(?! [Cc]hỉ huy)|Chính phủ|Thủ tướng|Văn phòng Chính phủ|Thanh tra Chính phủ|Ủy ban Dân tộc|Quốc hội"
    r"|Ban Chấp hành Trung ương|Tổng cục|Tổng Thanh tra)\b"
)
_REPORT = re.compile(r"(?:Báo cáo|Kế hoạch|Chương trình)\b", re.IGNORECASE)
_OF_AREA = re.compile(
    r"\b(?:của tỉnh|của thành phố|toàn tỉnh|trên địa bàn|(?:các|những) (?:sở|cơ quan|huyện|xã|địa phương|bộ)|UBND"
    r"|cấp xã|cấp huyện)\b",
    re.IGNORECASE,
)
_SUBJECT_BODY = re.compile(
    rf"\b(?:tại|của|đối với)\s((?:Sở|Ban|Cục|Chi cục|Trường|Công ty|Bệnh viện|Phòng)\s[{UPPER}][^,;.()\d]{{2,70}}?"
    rf"|(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường)\s{_NAME})(?=[,;.()]|\s(?:năm|quý|tháng|giai đoạn)\b|\s\d|$)"
)
_SUBJECT_GROUP = re.compile(
    r"\bcủa\s(các\s(?:bộ|cơ quan|địa phương|tỉnh|đơn vị)[^.;:()\d]{0,80}?)(?=[.;:(]|\s(?:năm|quý|tháng|giai đoạn)\b|$)"
)


def unit_of(name: str | None) -> str | None:
    """The lowest unit of territory in a body's name: "huyện Mường La", "tỉnh Sơn La" of "Tỉnh ủy Sơn La"."""
    if not name:
        return None
    for pattern in _UNITS:
        if found := list(pattern.finditer(name)):
            return f"{found[-1][1].lower()} {found[-1][2]}"
    if match := _PARTY.search(name):
        kind = match[2] or _PARTY_UNITS.get(match[1])
        return f"{kind} {match[3]}" if kind else None
    return None


def home_of(header: Header) -> str | None:
    """Whom a letter speaks of where it names nobody; None where its head does not tell.

    A committee, council or party speaks for its area, a department for its area unless it reports on its own work, an
    office of a ministry in a province for itself, a ministry for the country.
    """
    issuer = header.issuer
    if not issuer:
        return None
    subject = header.subject or ""
    area = unit_of(issuer) or unit_of(header.parent_issuer)
    if _CENTRAL.match(issuer):
        told = _REPORT.match(header.doc_type or "") and re.search(r"\bcông tác\b", subject)
        group = _SUBJECT_GROUP.search(subject)
        return group[1].strip() if group else issuer if told and not _OF_AREA.search(subject) else COUNTRY
    if _GOVERNS.match(issuer):
        return area
    named = list(_SUBJECT_BODY.finditer(subject))
    if named:
        return named[-1][1].strip()
    if _VERTICAL.match(issuer):
        return issuer
    if _REPORT.match(header.doc_type or "") and not _OF_AREA.search(subject):
        return issuer
    return area or issuer
