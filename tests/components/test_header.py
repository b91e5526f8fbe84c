from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.components.capitals import spelled
from extract.components.dates import find_dates
from extract.components.found import Found
from extract.components.header import find_header
from extract.components.issuer import issuer_of
from extract.components.signing import read_signing
from extract.layout import lay_out
from extract.records import (
    DateRole,
    Header,
    Layer,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Precision,
    Reading,
    Source,
    VerdictKind,
)
from normalize import Repaired

CASES = json.loads((Path(__file__).parent.parent / "cases" / "header.json").read_text(encoding="utf8"))


def reading_of(lines: list[str]) -> Reading:
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(map(Line, lines)))
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


def header_of(lines: list[str]) -> Header:
    return find_header(reading_of(lines))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_header(case: dict[str, Any]) -> None:
    header = header_of(case["lines"])
    have = {name: getattr(header, name) for name in case["expected"]}
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in have.items()} == case[
        "expected"
    ]


def test_evidence_names_every_part() -> None:
    case = next(case for case in CASES if case["label"] == "công văn of a department")
    components = {entry.component for entry in header_of(case["lines"]).evidence}
    assert components == {
        "header.number",
        "header.issuer",
        "header.place_date",
        "header.subject",
        "header.recipients",
        "header.copies",
        "header.signature",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND TỈNH BẮC NINH", "UBND tỉnh Bắc Ninh"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH SƠN LA", "Hội đồng nhân dân tỉnh Sơn La"),
        ("PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("UBND QUẬN 1", "UBND Quận 1"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_names_in_capitals_are_spelled(text: str, expected: str) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize(
    ("lines", "place", "expected"),
    [
        (["UBND TỈNH BẮC NINH", "SỞ NỘI VỤ"], None, ("Sở Nội vụ tỉnh Bắc Ninh", "UBND tỉnh Bắc Ninh")),
        (["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"], "Hà Nội", ("Tổng cục Thuế", "Bộ Tài chính")),
        (["ĐẢNG BỘ TỈNH BẮC NINH", "HUYỆN ỦY GIA BÌNH"], None, ("Huyện ủy Gia Bình", "Đảng bộ tỉnh Bắc Ninh")),
        (["TỈNH ỦY BẮC NINH", "VĂN PHÒNG"], None, ("Văn phòng Tỉnh ủy Bắc Ninh", "Tỉnh ủy Bắc Ninh")),
        (["THỦ TƯỚNG CHÍNH PHỦ"], "Hà Nội", ("Thủ tướng Chính phủ", None)),
        (["———", "*"], None, (None, None)),
        ([], None, (None, None)),
    ],
)
def test_issuer(lines: list[str], place: str | None, expected: tuple[str | None, str | None]) -> None:
    assert issuer_of(lines, place) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu"], ("Nguyễn Văn Mẫu", "Chủ tịch", "TM.")),
        (["TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "LÊ THỊ MẪU"], ("Lê Thị Mẫu", "Chánh Văn phòng", "TUQ.")),
        (["Q. GIÁM ĐỐC", "Võ Mẫu"], ("Võ Mẫu", "Giám đốc", "Q.")),
        (["PHÓ GIÁM ĐÓC", "Hà Văn Mẫu"], ("Hà Văn Mẫu", "Phó Giám đốc", None)),
        (["SN PHÓ iu:", "~ 222G"], (None, None, None)),
        ([], (None, None, None)),
    ],
)
def test_signing(lines: list[str], expected: tuple[str | None, str | None, str | None]) -> None:
    signing = read_signing(lines)
    assert (signing.name, signing.title, signing.authority) == expected


def test_a_day_from_a_stamp_says_so() -> None:
    case = next(case for case in CASES if case["label"] == "the day of a signature's stamp")
    reading = reading_of(case["lines"])
    header = find_header(reading)
    (stamp,) = (entry for entry in header.evidence if entry.component == "header.signature_stamp")
    assert stamp.text == "Thời gian ký: 12.07.2024"
    date = find_dates(reading, Found(header=header))[0]
    assert (date.record.iso, date.record.role, date.record.precision) == (
        "2024-07-12",
        DateRole.LETTER_DATE,
        Precision.DAY,
    )
    assert date.record.note == "day taken from the stamp of the signature"
    assert stamp in date.record.evidence


def test_a_stamp_beside_the_text_tells_the_day() -> None:
    case = next(case for case in CASES if case["label"] == "the day of a signature's stamp")
    reading = reading_of([line for line in case["lines"] if "ký" not in line])
    stamp = Layer(Source.TEXT_LAYER, (Line("Người ký: Sở Y tế"), Line("Thời gian ký: 12.07.2024 15:22:10 +07:00")))
    (page,) = reading.letter.pages
    letter = replace(reading.letter, pages=(replace(page, other_layers=(stamp,)),))
    assert find_header(reading).date == "2024-07"
    header = find_header(replace(reading, letter=letter))
    (entry,) = (entry for entry in header.evidence if entry.component == "header.signature_stamp")
    assert (header.date, entry.raw) == ("2024-07-12", "Thời gian ký: 12.07.2024")


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("Số: 12/SYT-VP", "header.number"),
        ("Số:     /SYT-VP", "header.number_blank"),
        ("Số: 4ế6/SYT-VP", "header.number_not_read"),
    ],
)
def test_a_number_that_is_not_read_says_so(number: str, rule: str) -> None:
    head = ["SỞ Y TẾ", number, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày     tháng 3 năm 2023"]
    header = header_of([*head, "Kính gửi: Các bệnh viện.", "Sở Y tế đề nghị các bệnh viện báo cáo./."])
    rules = {entry.component for entry in header.evidence}
    assert (header.symbol, header.number) == ("SYT-VP", "12" if rule == "header.number" else None)
    assert {rule, "header.day_not_read"} <= rules


@pytest.mark.parametrize(
    "line",
    [
        "UBND " * 300, "Số: " + "1/" * 800, "Kính gửi: " * 200, "V/v " * 400, "TỈNH " * 300, "Ngày ký: 1.1." * 200,
        "Trung tá " * 200, "Y H'" * 300, "TS.ThS." * 200, "Hà NỘI, ngày " * 100,
    ],
)  # fmt: skip
def test_time_is_linear(line: str) -> None:
    start = time.process_time()
    header_of([line] * 40)
    assert time.process_time() - start < 5
