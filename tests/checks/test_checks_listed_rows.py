"""What running text says of values that it lists by name."""

import pytest

from extract.checks.tables.listed_rows import check_listed_rows
from extract.checks.tables.told_ranks import check_told_ranks
from extract.records import Records

LIST = (
    "Điểm của trường như sau: Toán 7,15 (huyện 6,80); Ngữ văn 6,42 (huyện 6,55); Tin học 8,05 (huyện 7,90); "
    "Vật lí 6,98 (huyện 6,72); Hóa học 6,71 (huyện 6,20). "
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trong 05 môn trên có 04 môn cao hơn mức chung của huyện.", [("4", "agrees")]),
        ("Trong 05 môn trên có 03 môn cao hơn mức chung của huyện.", [("3", "differs")]),
        ("Có 3/5 môn cao hơn huyện, 1/5 môn thấp hơn huyện.", [("3", "differs"), ("1", "agrees")]),
        ("Có 4/5 môn có điểm trên trung bình của toàn huyện.", [("4", "agrees")]),
        ("Có 02/05 môn dưới mặt bằng huyện.", [("02", "differs")]),
        ("Trong 09 môn có 03 môn cao hơn huyện.", []),
        ("Có 03 môn cao hơn huyện.", []),
        ("Trong 05 môn có 03 môn cao hơn năm trước.", []),
        ("Trong 05 môn có 03 môn do huyện ra đề.", []),
    ],
)
def test_counts_of_listed_values(text, expected, read):
    made = check_listed_rows(read(LIST + text))
    assert [(one.reported, one.verdict.value) for one in made] == [(told.lstrip("0"), was) for told, was in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tin học đứng đầu, Toán đứng thứ ba, Vật lí đứng thứ ba, Ngữ văn đứng cuối.", [("3", "2")]),
        ("Tin học đứng đầu, Toán đứng thứ hai, Vật lí đứng thứ ba, Ngữ văn đứng cuối.", []),
        ("Toán đứng thứ ba.", []),
        ("Trong cụm, Tin học đứng đầu, Toán đứng thứ ba, Ngữ văn đứng cuối.", []),
    ],
)
def test_places_of_listed_values(text, expected, read):
    made = check_told_ranks(Records(), read(LIST + text))
    assert [(one.reported, one.computed) for one in made] == expected
