"""Orders, requests and plans as ministries, provinces, districts, the Party and other offices write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.components import find_records
from extract.layout import lay_out
from extract.records import LayerVerdict, Letter, Line, Page, Reading, Source, VerdictKind
from normalize import Repaired

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tasks_of_kinds.json").read_text(encoding="utf8"))

KINDS = {
    "cv": (
        "95/UBND-THNC",
        "V/v đánh giá kết quả\n\nKính gửi:\n- Các sở, ban, ngành tỉnh;\n- UBND các huyện, thành phố.",
    ),
    "kh": ("95/KH-UBND", "\nKẾ HOẠCH\nNâng cao chất lượng phục vụ năm 2024"),
    "bc": ("95/BC-UBND", "\nBÁO CÁO\nTình hình thực hiện nhiệm vụ quý I năm 2024"),
    "qd": ("95/QĐ-UBND", "\nQUYẾT ĐỊNH\nVề việc kiểm tra công tác năm 2024"),
    "ct": ("95/CT-UBND", "\nCHỈ THỊ\nVề tăng cường kỷ luật, kỷ cương hành chính"),
    "cd": ("95/CĐ-UBND", "\nCÔNG ĐIỆN\nVề việc ứng phó mưa lũ"),
    "tbtu": ("95-TB/TU", "\nTHÔNG BÁO\nKết luận của Ban Thường vụ Tỉnh ủy"),
}
"""Kinds of letters: number and symbol, and what stands between them and the text."""

PROVINCE = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH ĐỒNG THÁP Độc lập - Tự do - Hạnh phúc

Số: {} Đồng Tháp, ngày 12 tháng 4 năm 2024
"""
PARTY = """TỈNH ỦY ĐỒNG THÁP ĐẢNG CỘNG SẢN VIỆT NAM
*
Số {} Đồng Tháp, ngày 12 tháng 4 năm 2024
"""


def reading_of(kind: str, body: str) -> Reading:
    """A letter of a kind, of 12 April 2024, with the given body."""
    number, title = KINDS[kind]
    head = (PARTY if kind == "tbtu" else PROVINCE).format(number)
    lines = f"{head}{title}\n\n{body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, THNC.\n".split("\n")
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(map(Line, lines)))
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_finds_who_is_to_act_and_by_when(case: dict[str, Any]) -> None:
    tasks = find_records(reading_of(case["kind"], case["input"])).tasks
    have = [{"assignees": list(task.assignees), "deadline": task.deadline} for task in tasks]
    want = [{name: expected[name] for name in ("assignees", "deadline")} for expected in case["expected"]]
    assert have == want
    for task, expected in zip(tasks, case["expected"], strict=True):
        assert task.recurrence == expected.get("recurrence", task.recurrence)
        assert list(task.coordinators) == expected.get("coordinators", list(task.coordinators))
