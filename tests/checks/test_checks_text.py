import json
import time
from pathlib import Path

import pytest

from extract.checks import check
from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_text.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_running_text(case, read):
    findings = check(Records(), read(case["input"]))
    made = [[one.kind.value, one.reported, one.computed, one.verdict.value] for one in findings]
    assert sorted(map(str, made)) == sorted(map(str, case["expected"])), [one.note for one in findings]
    assert all(one.note and one.evidence and one.statement for one in findings)


def test_items_below_add_up_column_by_column(read):
    text = (
        "- Toàn tỉnh tiếp nhận 1.000 hồ sơ, đã giải quyết 930 hồ sơ, đang giải quyết 70 hồ sơ, trong đó:\n"
        "+ Cấp sở tiếp nhận 600 hồ sơ, đã giải quyết 560 hồ sơ, đang giải quyết 40 hồ sơ.\n"
        "+ Cấp phòng tiếp nhận 400 hồ sơ, đã giải quyết 360 hồ sơ, đang giải quyết 40 hồ sơ.\n"
    )
    findings = check(Records(), read(text))
    differing = [(one.reported, one.computed, one.note) for one in findings if one.verdict == "differs"]
    assert differing == [
        ("930", "920", "560 + 360 = 920, báo cáo ghi 930: chênh 10"),
        ("70", "80", "40 + 40 = 80, báo cáo ghi 70: chênh 10"),
    ]


def test_items_that_are_only_some_say_nothing(read):
    text = (
        "- Toàn tỉnh tiếp nhận 1.000 hồ sơ, đã giải quyết 930 hồ sơ, đang giải quyết 70 hồ sơ, trong đó:\n"
        "+ Sở Y tế tiếp nhận 100 hồ sơ, đã giải quyết 60 hồ sơ, đang giải quyết 40 hồ sơ.\n"
        "+ Sở Nội vụ tiếp nhận 50 hồ sơ, đã giải quyết 36 hồ sơ, đang giải quyết 14 hồ sơ.\n"
    )
    assert all(one.verdict == "agrees" for one in check(Records(), read(text)))


@pytest.mark.parametrize(("confidence", "verdict"), [(None, "differs"), (0.97, "differs"), (0.62, "misread")], ids=str)
def test_misread_asks_for_a_doubtful_reading(confidence, verdict, read):
    text = "Tiếp nhận 1.522 hồ sơ, đã giải quyết 1.204 hồ sơ, đang giải quyết 378 hồ sơ."
    (one,) = check(Records(), read(text, confidence))
    assert one.verdict == verdict
    assert ("khớp nếu 378 đọc là 318" in one.note) is (verdict == "misread")


def test_misread_needs_digits_that_are_confused(read):
    text = "Tiếp nhận 1.522 hồ sơ, đã giải quyết 1.204 hồ sơ, đang giải quyết 399 hồ sơ."
    (one,) = check(Records(), read(text, 0.5))
    assert one.verdict == "differs"


def test_a_letter_of_nothing(read):
    assert check(Records(), read("")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "tiếp nhận 1 " * 20_000,
        "gồm 1 văn bản, " * 20_000,
        "1/" * 50_000 + "%",
        "13 địa phương " + "a, " * 60_000,
        "9 sở gồm " * 20_000,
        "từ 1 lên 2, tăng " * 20_000,
        "(" * 60_000 + "1%" + ")" * 60_000,
    ],
    ids=["received", "parts", "slashes", "list", "counts", "changes", "brackets"],
)
def test_hostile_text_takes_linear_time(text, read):
    reading = read(text)
    start = time.process_time()
    check(Records(), reading)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "Có 0 hồ sơ, chiếm 0% tổng số 0 hồ sơ.",
        "Sản lượng 12 tấn, đạt 50% kế hoạch (0 tấn). Sản lượng 12 tấn, đạt 50% kế hoạch 0 tấn.",
        "Xảy ra 0 vụ, làm chết 0 người, giảm 28 vụ (-8,24%), giảm 11 người (-15,71%).",
    ],
    ids=str,
)
def test_nothing_is_divided_by_zero(text, read):
    assert check(Records(), read(text)) == ()
