import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components import find_records
from extract.components.frame_times import brackets
from extract.components.frame_titles import months, same_stretch, year_before
from extract.components.frame_units import home_of, unit_of
from extract.components.symbol_issuers import issuer_by_symbol
from extract.layout import lay_out
from extract.records import Citation, Header, LayerVerdict, Letter, Line, Page, Reading, Records, Source, VerdictKind
from normalize.edits import Repaired

CASES = json.loads((Path(__file__).parents[1] / "cases" / "frames.json").read_text(encoding="utf8"))

HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH ĐỒNG THÁP Độc lập - Tự do - Hạnh phúc

Số: 95/{symbol} Đồng Tháp, ngày 12 tháng 4 năm 2024
{title}

"""


def reading_of(subject: str, body: str, doc_type: str | None = None) -> Reading:
    """A letter of 12 April 2024 from Đồng Tháp with the given subject."""
    title = f"\n{doc_type}\n{subject[0].upper() + subject[1:]}" if doc_type else f"V/v {subject}"
    head = HEAD.format(symbol="KH-UBND" if doc_type else "UBND-THNC", title=title)
    greeting = "" if doc_type else "Kính gửi: Các sở, ban, ngành tỉnh.\n\n"
    lines = tuple(
        Line(line) for line in (head + greeting + body + "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n").split("\n")
    )
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
    letter = Letter("letter.txt", "0" * 64, "text/plain", (page,))
    return Reading(letter, Repaired(letter.raw, letter.raw), lay_out(letter, Repaired(letter.raw, letter.raw)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_gives_records_the_frame_of_the_letter(case: dict[str, Any]) -> None:
    have = find_records(reading_of(case["subject"], case["input"], case.get("doc_type")))
    if "figures" in case:
        assert [[str(one.value), one.period, one.org] for one in have.figures] == case["figures"]
    if "scores" in case:
        assert [[str(one.value), one.period] for one in have.scores] == case["scores"]
    if "score_org" in case:
        assert have.scores[0].org == case["score_org"]
    if "ranks" in case:
        assert [[one.rank, one.period] for one in have.ranks] == case["ranks"]
    if "classes" in case:
        assert [[one.org, one.period] for one in have.classifications] == case["classes"]


def test_names_the_rule_in_the_evidence() -> None:
    have = find_records(reading_of("kết quả công tác quý I năm 2024", "Toàn tỉnh cấp 412 giấy phép."))
    assert [one.component for one in have.figures[0].evidence] == ["figures.counted frames.period.title"]


UNITS = [
    ("Ủy ban nhân dân huyện Tam Nông", "huyện Tam Nông"),
    ("Tỉnh ủy Đồng Tháp", "tỉnh Đồng Tháp"),
    ("Ban Dân vận Huyện ủy Lấp Vò", "huyện Lấp Vò"),
    ("Đảng ủy xã Tân Hòa", "xã Tân Hòa"),
    ("Sở Nội vụ tỉnh Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
    ("Văn phòng Chính phủ", None),
    (None, None),
]


@pytest.mark.parametrize(("name", "unit"), UNITS)
def test_tells_the_unit_a_body_governs(name: str | None, unit: str | None) -> None:
    assert unit_of(name) == unit


HOMES = [
    ("Ủy ban nhân dân xã Tân Hòa", None, "báo cáo", "tình hình tháng 3", "xã Tân Hòa"),
    ("Sở Y tế tỉnh Đồng Tháp", None, "Báo cáo", "Kết quả công tác y tế quý I", "Sở Y tế tỉnh Đồng Tháp"),
    ("Sở Nội vụ tỉnh Đồng Tháp", None, "Công văn", "cải thiện các chỉ số", "tỉnh Đồng Tháp"),
    ("Kho bạc Nhà nước Đồng Tháp", None, "Công văn", "thanh toán vốn", "Kho bạc Nhà nước Đồng Tháp"),
    ("Bộ Y tế", None, "Công điện", "phòng, chống dịch", "cả nước"),
    ("Bộ Công Thương", None, "Báo cáo", "Kết quả công tác công thương quý I", "Bộ Công Thương"),
    ("Thanh tra tỉnh Đồng Tháp", None, "Kết luận", "việc quản lý tài sản tại Trường Cao đẳng Cộng đồng, giai đoạn 2021",
     "Trường Cao đẳng Cộng đồng"),
    (None, None, "Công văn", "cải thiện các chỉ số", None),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "parent", "doc_type", "subject", "home"), HOMES)
def test_tells_whom_a_letter_speaks_of(
    issuer: str | None, parent: str | None, doc_type: str, subject: str, home: str | None
) -> None:
    assert home_of(Header(issuer=issuer, parent_issuer=parent, doc_type=doc_type, subject=subject)) == home


ISOS = ["2024", "2024-03", "2024-Q2", "2024-01/2024-06", "2023-12-15/2024-03-14"]


@pytest.mark.parametrize("iso", ISOS)
def test_the_year_before_is_as_long(iso: str) -> None:
    earlier = year_before(iso)
    assert len(earlier) == len(iso)
    assert [int(now[:4]) - int(then[:4]) for now, then in zip(months(iso), months(earlier), strict=True)] == [1, 1]
    assert [now[4:] for now in months(iso)] == [then[4:] for then in months(earlier)]


def test_the_same_stretch_of_another_year() -> None:
    assert [same_stretch(iso, "2020") for iso in ISOS[:4]] == ["2020", "2020-03", "2020-Q2", "2020-01/2020-06"]


@given(st.text("()a1 ", max_size=60))
def test_brackets_lie_apart_and_in_order(text: str) -> None:
    spans = brackets(text)
    assert all(text[low] == "(" and text[high - 1] == ")" for low, high in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


WORST = [
    "so với năm 2023 (12 hồ sơ) ",
    "Trong quý I năm 2024, Sở Y tế có 12 hồ sơ; ",
    "cùng kỳ năm 2023 từ 12 ",
    "cấp xã 12, địa phương 13, ",
    "(((năm 2023: 5 ",
]


@pytest.mark.parametrize("unit", WORST)
def test_time_is_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        reading = reading_of("kết quả công tác quý I năm 2024", unit * times)
        start = time.process_time()
        find_records(reading)
        return time.process_time() - start

    seconds(20)
    small, large = min(seconds(60) for _ in range(2)), min(seconds(480) for _ in range(2))
    assert large < 24 * small + 0.5


SYMBOLS = [
    ("Nghị định", "NĐ-CP", "Chính phủ"),
    ("Luật", "QH15", "Quốc hội"),
    ("Pháp lệnh", "UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
    ("Thông tư", "TT-BYT", "Bộ Y tế"),
    ("Công văn", "BNV-CCHC", "Bộ Nội vụ"),
    ("Tờ trình", "TTr-SNV", "Sở Nội vụ"),
    ("Quyết định", "QĐ-UBND", None),
    ("Nghị quyết", "NQ/TW", None),
    ("Thông tư liên tịch", "TTLT-BTC-BNV", None),
    ("Công văn", "CCHC-BNV", None),
    ("Quyết định", None, None),
]


@pytest.mark.parametrize(("doc_type", "symbol", "issuer"), SYMBOLS)
def test_a_symbol_names_its_issuer(doc_type: str, symbol: str | None, issuer: str | None) -> None:
    assert issuer_by_symbol(Citation(doc_type, "12", symbol, None, None)) == issuer


def test_an_issuer_the_text_states_is_kept() -> None:
    body = "Theo Quyết định số 12/QĐ-BNV ngày 03/01/2024 của Bộ trưởng Bộ Nội vụ và Nghị định số 30/2020/NĐ-CP."
    cited = find_records(reading_of("công tác văn thư", body)).citations
    assert [one.issuer for one in cited] == ["Bộ trưởng Bộ Nội vụ", "Chính phủ"]


def test_switched_off_the_records_are_as_found() -> None:
    reading = reading_of("kết quả công tác quý I năm 2024", "Toàn tỉnh cấp 412 giấy phép.")
    found: Records = find_records(reading, disable=("frames",))
    assert [(str(one.value), one.period) for one in found.figures] == [("412", None)]
