"""Totals of points against the components told in a sentence of their own."""

import pytest

from extract.checks import check
from extract.checks.scores.components import check_components
from extract.components import find_records

LISTED = "hạ tầng số 15,12 điểm; nhân lực, đào tạo 15,38 điểm; an toàn thông tin 12,47 điểm; dịch vụ số 17,78 điểm."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Tổng điểm của huyện đạt 60,75/80 điểm. Điểm 04 nội dung như sau: {LISTED}", [("60.75", "agrees")]),
        (f"Tổng điểm của huyện đạt 60,57/80 điểm. Điểm 04 nội dung như sau: {LISTED}", [("60.57", "differs")]),
        (f"Chỉ số của huyện đạt 61,75 điểm. Điểm số của bốn nội dung cụ thể: {LISTED}", [("61.75", "differs")]),
        (f"Tổng điểm là 60,15 điểm. Điểm từng nhóm tiêu chí như sau: {LISTED}", [("60.15", "differs")]),
        (f"Tổng điểm là 60,15 điểm (năm 2022 là 60,75 điểm). Điểm các nội dung: {LISTED}", [("60.75", "agrees")]),
        (
            "Tổng điểm là 60,65 điểm. Điểm 4 nội dung (tối đa 20 điểm): Hạ tầng (15,12/20 điểm), Nhân lực, đào tạo "
            "(15,38/20 điểm), An toàn (12,47/20 điểm), Dịch vụ (17,78/20 điểm).",
            [("60.65", "differs")],
        ),
        (
            "Tổng điểm là 60,65 điểm. Điểm các nhóm như sau:\n- Hạ tầng: 15,12 điểm;\n- Nhân lực, đào tạo: 15,38 điểm;"
            "\n- An toàn: 12,47 điểm;\n- Dịch vụ: 17,78 điểm.",
            [("60.65", "differs")],
        ),
        # a mean, not all of them, other points
        (f"Điểm của huyện là 15,19 điểm. Điểm 04 nội dung như sau: {LISTED}", []),
        (f"Tổng điểm của huyện đạt 60,57/80 điểm. Điểm 06 nội dung như sau: {LISTED}", []),
        (f"Tổng điểm của huyện đạt 72,31/80 điểm. Điểm 04 nội dung như sau: {LISTED}", []),
        (f"Tổng kinh phí là 60,57 tỷ đồng. Điểm 04 nội dung như sau: {LISTED}", []),
    ],
)
def test_totals_of_components(text, expected, read):
    made = list(check_components(read(text)))
    assert [(one.reported, one.verdict.value) for one in made] == expected


def test_a_wrong_total_that_its_change_denies_too_is_told_once(read):
    reading = read(
        "Tổng điểm chuyển đổi số năm 2024 của huyện đạt 60,57 điểm, tăng 1,45 điểm so với năm 2023 (59,30 điểm). "
        f"Điểm 04 nội dung như sau: {LISTED}"
    )
    made = [one for one in check(find_records(reading), reading) if one.verdict.is_wrong]
    assert [(one.reported, one.computed) for one in made] == [("60.57", "60.75")]
