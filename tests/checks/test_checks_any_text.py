"""Whatever stands in a letter, checking it ends without an error."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.checks import check
from extract.components import find_records

NUMBERS = [
    "0",
    "1",
    "05",
    "12",
    "1.204",
    "87,5",
    "2024",
    "1.2.3",
    "15/6",
    "30/2/2023",
    "27/36",
    "0,0",
    "999.999.999.999",
]
MARKS = ["/", "-", "–", ":", ";", ",", ".", "(", ")", "%", "+", "=", "x", "|", "“", "”", "\n", "\n\n", "\f"]
WORDS = [
    "trong đó",
    "gồm",
    "còn lại",
    "tổng số",
    "tổng cộng",
    "đạt tỷ lệ",
    "chiếm",
    "bằng",
    "tăng",
    "giảm",
    "so với cùng kỳ",
    "kế hoạch",
    "bình quân",
    "mỗi",
    "lần lượt là",
    "xếp thứ",
    "xếp loại",
    "Tốt",
    "điểm",
    "tối đa",
    "hồ sơ",
    "đơn vị",
    "người",
    "tỷ đồng",
    "trước ngày",
    "đến hết ngày",
    "ngày",
    "tháng",
    "năm",
    "TT",
    "đúng hạn",
    "nâng tổng số lên",
    "từ",
    "xuống",
]
TEXTS = st.lists(st.sampled_from(NUMBERS + MARKS + WORDS), min_size=1, max_size=60).map(" ".join)


@given(TEXTS)
@example("Thời gian ký: 15.03.2025 09:41:07 +07:00 /")
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_checking_ends_without_an_error(read, text):
    reading = read(text)
    for finding in check(find_records(reading), reading):
        assert finding.statement
        assert finding.evidence
