import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.components import find_records
from extract.components.deadlines import find_deadlines
from extract.layout import lay_out
from extract.records import LayerVerdict, Letter, Line, Page, Reading, Records, Source, VerdictKind
from normalize import Repaired

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tasks.json").read_text(encoding="utf8"))


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_finds_tasks(case: dict[str, Any], records_of: Callable[[str], Records]) -> None:
    have = records_of(case["input"]).tasks
    told = [
        {name: plain(getattr(record, name)) for name in expected}
        for record, expected in zip(have, case["expected"], strict=False)
    ]
    assert (len(have), told) == (len(case["expected"]), case["expected"]), have
    assert all(record.evidence and record.evidence[0].component.startswith("tasks.") for record in have)


ARTICLES = [
    "BỘ XÂY DỰNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 31/{}-BXD",
    "Hà Nội, ngày 05 tháng 6 năm 2022",
    "{}",
    "Về việc hỗ trợ nhà ở cho địa phương bị bão",
    "Điều 1. Hỗ trợ nhà ở cho 03 địa phương bị thiệt hại do bão trong năm nay.",
    "Điều 2. Kinh phí hỗ trợ",
    "1. Vụ Quản lý nhà phân bổ kinh phí hỗ trợ cho các địa phương.",
    "2. Thanh tra Bộ có con dấu riêng để dùng trong kiểm tra.",
    "Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
]


@pytest.mark.parametrize(
    ("short", "title", "expected"),
    [("QĐ", "QUYẾT ĐỊNH", [("Điều 2.1", ("Vụ Quản lý nhà",))]), ("TT", "THÔNG TƯ", [])],
)
def test_what_an_article_of_a_decision_says_a_body_does_is_a_task(
    short: str, title: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    lines = [line.format(short if "/" in line else title) for line in ARTICLES]
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(map(Line, lines)))
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(letter.raw, letter.raw)
    tasks = find_records(Reading(letter, repaired, lay_out(letter, repaired))).tasks
    assert [(task.section, task.assignees) for task in tasks] == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("báo cáo kết quả (số liệu chốt đến hết ngày 16/9/2024), gửi trước ngày 02/10/2024", ["2024-10-02"]),
        ("xử lý dứt điểm các hồ sơ quá hạn trước ngày 01/9/2024", []),
        ("trả lời 17 kiến nghị gửi từ trước ngày 20/8/2024", []),
        ("cập nhật dữ liệu đến hết ngày 31/10/2024", ["2024-10-31"]),
        ("tham mưu, trình UBND huyện trước ngày 16/9/2024", ["2024-09-16"]),
    ],
)
def test_days_that_say_what_is_meant_are_no_deadlines(text: str, days: list[str]) -> None:
    assert [due.iso for due in find_deadlines(text, "2024-09-25") if due.is_dated] == days
