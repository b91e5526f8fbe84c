from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.layout import lay_out
from extract.layout.markers import marker_of
from extract.records import Box, Flow, Grid, LayerVerdict, Letter, Line, Page, Role, Source, VerdictKind, Word
from normalize import Repaired

CASES = json.loads((Path(__file__).parent.parent / "cases" / "layout.json").read_text(encoding="utf8"))
VERDICT = LayerVerdict(VerdictKind.CLEAN)


def flow_of(*pages: list[str]) -> Flow:
    letter = Letter(
        "a.txt",
        "0" * 64,
        "text/plain",
        tuple(
            Page(number, None, None, Source.TEXT, VERDICT, tuple(map(Line, lines)))
            for number, lines in enumerate(pages, start=1)
        ),
    )
    return lay_out(letter, Repaired(letter.raw, letter.raw))


def parameters(kinds: tuple[str, ...]) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in CASES if case["kind"] in kinds]


@pytest.mark.parametrize("case", parameters(("in-the-wild", "negative")))
def test_blocks(case: dict[str, Any]) -> None:
    flow = flow_of(case["lines"])
    assert [[block.role.value, block.text] for block in flow.blocks] == case["expected"]


@pytest.mark.parametrize("case", parameters(("known-failure",)))
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any]) -> None:
    flow = flow_of(case["lines"])
    assert [[block.role.value, block.text] for block in flow.blocks] == case["expected"]


def test_items_nest() -> None:
    flow = flow_of(
        [
            "I. KẾT QUẢ",
            "1. Cải cách thể chế",
            "a) Sở đã ban hành hai kế hoạch, cụ thể:",
            "- Kế hoạch thứ nhất:",
            "+ Nội dung một;",
            "+ Nội dung hai.",
            "- Kế hoạch thứ hai.",
            "b) Sở đã kiểm tra.",
            "2. Cải cách thủ tục",
            "2.1. Đã rà soát.",
            "II. NHIỆM VỤ",
            "1. Báo cáo.",
        ]
    )
    tree = [
        (block.marker, flow.blocks[block.parent].marker if block.parent is not None else None) for block in flow.blocks
    ]
    assert tree == [
        ("I", None), ("1", "I"), ("a)", "1"), ("-", "a)"), ("+", "-"), ("+", "-"), ("-", "a)"), ("b)", "1"),
        ("2", "I"), ("2.1", "2"), ("II", None), ("1", "II"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("1. Giao Sở Nội vụ", "1"),
        ("3.2. UBND các huyện", "3.2"),
        ("3.1 Các Sở", "3.1"),
        ("a) Tham mưu", "a)"),
        ("- Rà soát", "-"),
        ("+ Chủ trì", "+"),
        ("Điều 3. Chánh Văn phòng", "Điều 3"),
        ("II. NHIỆM VỤ", "II"),
        ("* Kết quả", "*"),
        ("I11. Phương hướng", "III"),
        ("¢) Ban hành quy chế", "c)"),
        ("§. Các đơn vị báo cáo", "8"),
        ("„ 4. Tổ chức tập huấn", "4"),
        (".__- Các huyện ủy", "-"),
        ("1.189 dịch vụ công", None),
        ("27/11/2023, Sở", None),
        ("67,9/100 điểm", None),
        ("Giao Sở Nội vụ", None),
        ("2023. Trong đó", None),
        ("5.5 % số xã", None),
    ],
)
def test_markers(text: str, marker: str | None) -> None:
    found = marker_of(text)
    assert (found.text if found else None) == marker


def boxed(text: str, x0: float, y0: float, x1: float, column: int | None = None, height: float = 12) -> Line:
    words = text.split()
    width = (x1 - x0) / len(words)
    return Line(
        text,
        tuple(
            Word(word, Box(x0 + index * width, y0, x0 + (index + 1) * width - 2, y0 + height), 0.9)
            for index, word in enumerate(words)
        ),
        Box(x0, y0, x1, y0 + height),
        column,
    )


def flow_of_boxes(*pages: list[Line], grids: tuple[Grid, ...] = ()) -> Flow:
    letter = Letter(
        "a.pdf",
        "0" * 64,
        "application/pdf",
        tuple(
            Page(number, 595.0, 842.0, Source.OCR, VERDICT, tuple(lines), grids)
            for number, lines in enumerate(pages, start=1)
        ),
    )
    return lay_out(letter, Repaired(letter.raw, letter.raw))


def test_indents_part_paragraphs_where_boxes_are_known() -> None:
    flow = flow_of_boxes(
        [
            boxed("Sở Nội vụ đã tổng hợp đầy đủ số liệu của các đơn vị trong", 120, 100, 540),
            boxed("toàn tỉnh và đã gửi báo cáo về Ủy ban nhân dân tỉnh đúng hạn.", 85, 118, 540),
            boxed("Sở Nội vụ đề nghị các đơn vị rà soát lại số liệu và báo cáo", 120, 136, 540),
            boxed("theo đúng quy định.", 85, 154, 200),
        ]
    )
    assert [block.text[:25] for block in flow.blocks] == ["Sở Nội vụ đã tổng hợp đầy", "Sở Nội vụ đề nghị các đơn"]


def test_a_numbered_title_as_wide_as_the_page_ends_where_the_next_first_line_begins() -> None:
    flow = flow_of_boxes(
        [
            boxed("3. Phòng, chống các bệnh xã hội và bệnh nguy hiểm cho cộng đồng", 120, 100, 540),
            boxed("Trong tháng không phát hiện bệnh nhân mới, các trạm y tế", 120, 118, 540),
            boxed("đã cấp phát thuốc cho người bệnh đang điều trị tại nhà.", 85, 136, 480),
            boxed("4. Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành, Ủy ban", 120, 154, 540),
            boxed("Mặt trận Tổ quốc tỉnh tổng hợp danh sách khen thưởng.", 85, 172, 480),
        ]
    )
    assert [(block.marker, block.role) for block in flow.blocks] == [
        ("3", Role.HEADING),
        (None, Role.PARAGRAPH),
        ("4", Role.ITEM),
    ]


def test_lines_of_an_item_set_in_below_its_first_word_stay_with_it() -> None:
    flow = flow_of_boxes(
        [
            boxed("Người dự tuyển phải đáp ứng các điều kiện ghi trong thông báo", 85, 100, 540),
            boxed("của nhà trường, gồm những điều kiện được liệt kê dưới đây:", 85, 118, 480),
            boxed("1. Tốt nghiệp đại học ngành y, có chứng chỉ hành nghề do Sở", 110, 136, 540),
            boxed("Y tế cấp còn thời hạn.", 124, 154, 300),
        ]
    )
    assert [block.role for block in flow.blocks] == [Role.PARAGRAPH, Role.ITEM]


def test_small_numbered_lines_at_the_foot_are_footnotes() -> None:
    flow = flow_of_boxes(
        [
            boxed("Trong năm qua, tỉnh đã giao nhiều chỉ tiêu1 cho các huyện và", 85, 600, 540),
            boxed("thành phố, trong đó phần lớn đã hoàn thành, còn một số đơn vị", 85, 618, 540),
            boxed("đến nay vẫn chưa gửi báo cáo theo yêu cầu và thời hạn đã được", 85, 636, 540),
            boxed("1 Gồm chỉ tiêu về thu ngân sách và giải ngân vốn đầu tư.", 85, 780, 400, height=8),
        ],
        [boxed("2", 290, 40, 300), boxed("nêu trong kế hoạch từ đầu năm.", 85, 70, 300)],
    )
    assert [(block.role, block.text) for block in flow.blocks] == [
        (
            Role.PARAGRAPH,
            "Trong năm qua, tỉnh đã giao nhiều chỉ tiêu cho các huyện và thành phố, trong đó phần lớn đã hoàn thành, "
            "còn một số đơn vị đến nay vẫn chưa gửi báo cáo theo yêu cầu và thời hạn đã được nêu trong kế hoạch từ đầu "
            "năm.",
        ),
        (Role.FOOTNOTE, "1 Gồm chỉ tiêu về thu ngân sách và giải ngân vốn đầu tư."),
        (Role.PAGE_NUMBER, "2"),
    ]


def test_lines_in_a_grid_are_table() -> None:
    grid = Grid(Box(80, 190, 545, 260), 2, 2, ())
    flow = flow_of_boxes(
        [
            boxed("Kết quả cụ thể như sau:", 120, 150, 300),
            boxed("Đơn vị Số hồ sơ", 90, 200, 400),
            boxed("Huyện A 12", 90, 230, 400),
            boxed("Trên đây là kết quả.", 120, 300, 300),
        ],
        grids=(grid,),
    )
    assert [block.role for block in flow.blocks] == [Role.PARAGRAPH, Role.TABLE, Role.TABLE, Role.PARAGRAPH]


TEXT = st.lists(
    st.one_of(
        st.text(
            alphabet=st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
            max_size=60,
        ),
        st.sampled_from(
            [
                "",
                "- Như trên;",
                "Nơi nhận: KT. GIÁM ĐỐC",
                "1. Giao Sở Nội vụ:",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Kính gửi:",
                "Số: 12/QĐ-UBND",
                "V/v báo cáo",
                "BÁO CÁO",
                "STT | A | B",
                "1 | 2 | 3",
                "¹ Ghi chú",
                "Quyết định số 7/QĐ-",
                "TTg ngày",
                "Hà Nội, ngày 2 tháng 3 năm 2020",
                "2",
                "PHỤ LỤC",
            ]
        ),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_every_line_is_in_one_block_and_pieces_lead_back(pages: list[list[str]]) -> None:
    lines = [line for page in pages for line in page]
    text = "\n".join(lines)
    flow = flow_of(*pages)
    covered = [0] * (len(text) + 1)
    for block in flow.blocks:
        assert flow.text[block.start : block.start + len(block.text)] == block.text
        for piece in block.pieces:
            assert flow.text[piece.flow : piece.flow + piece.length] == text[piece.text : piece.text + piece.length]
            for at in range(piece.text, piece.text + piece.length):
                covered[at] += 1
    assert max(covered, default=0) <= 1
    missing = {text[at] for at in range(len(text)) if not covered[at] and not text[at].isspace()}
    assert missing <= set("⁰¹²³⁴⁵⁶⁷⁸⁹")


@pytest.mark.parametrize(
    "line", ["- " * 500, "1.1" * 400, "A" * 2000, "Số: " + "/" * 1500, "ngày " * 400, "| 1 " * 500, "CỘNG " * 300]
)
def test_time_is_linear(line: str) -> None:
    start = time.process_time()
    flow_of([line] * 60)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "seed",
    ["- a\n", "1)\na\n", "AB\nab\n", "1. a\n", "a\n\n", "Nơi nhận: ", "Nơi nhận:\n", "Lưu: VT\n", "TM. A\n- a\n"],
)
def test_many_short_lines_and_marks_take_linear_time(seed: str) -> None:
    lines = (seed * (20_000 // len(seed))).split("\n")
    start = time.process_time()
    flow_of(lines)
    assert time.process_time() - start < 6
