"""Points that follow from counts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.checks.figures.quantities import quantities_of
from extract.checks.tables.points import check_points
from extract.records import CheckVerdict, Evidence, Records, Score, Table
from gazetteer.scoring_models import load_models

COUNTS = "Toàn tỉnh đã giải quyết 2.000 hồ sơ, trong đó đúng hạn 1.900 hồ sơ; Tiến độ giải quyết đạt {} điểm."


def models(verified):
    ours = load_models([])
    if not verified:
        return ours
    out = []
    for model in ours:
        indicators = tuple(replace(one, formula_verified=True) for one in model.indicators)
        out.append(replace(model, indicators=indicators) if model.id == "766" else model)
    return tuple(out)


def checked(text, points, read, *, verified=False, indicator="Tiến độ giải quyết"):
    reading = read(text.format(points.replace(".", ",")))
    start = reading.repaired.text.index(points.replace(".", ","))
    proof = (Evidence(1, 1, None, points, points, start, start + len(points), "test.rule", None),)
    score = Score(indicator, Decimal(points), max=Decimal(20), org="tỉnh A", evidence=proof)
    return list(check_points(Records(scores=(score,)), reading, models(verified), quantities_of(reading)))


@pytest.mark.parametrize(("points", "verdict"), [("19.0", "agrees"), ("19", "agrees")])
def test_points_of_the_counts_beside_them(points, verdict, read):
    (made,) = checked(COUNTS, points, read)
    assert (made.reported, made.computed, made.verdict.value) == ("19", "19", verdict)
    assert made.note.startswith("20 × 1.900 / 2.000 = 19")
    assert "chưa kiểm chứng" in made.note


def test_a_formula_from_memory_is_not_held_against_the_letter(read):
    assert checked(COUNTS, "17.5", read) == []
    (made,) = checked(COUNTS, "17.5", read, verified=True)
    assert made.verdict is CheckVerdict.DIFFERS and "chưa kiểm chứng" not in made.note


@pytest.mark.parametrize(
    "text",
    [
        "Tiến độ giải quyết đạt {} điểm.",
        "Đã giải quyết 2.000 hồ sơ. Tiến độ giải quyết đạt {} điểm.",
        "Sở A đã giải quyết 900 hồ sơ, đúng hạn 800 hồ sơ; Sở B đã giải quyết 700 hồ sơ, đúng hạn 690 hồ sơ;"
        " Tiến độ giải quyết đạt {} điểm.",
        "Đã giải quyết 1.900 hồ sơ, trong đó đúng hạn 2.000 hồ sơ; Tiến độ giải quyết đạt {} điểm.",
        "Đã giải quyết 2.000 hồ sơ, trong đó đúng hạn 1.900 hồ sơ.\n\nVề điểm số:\n\nTiến độ giải quyết đạt {} điểm.",
    ],
)
def test_counts_that_are_not_there_or_not_alone_make_no_points(text, read):
    assert checked(text, "19.0", read, verified=True) == []


def test_an_indicator_without_a_formula_has_no_points(read):
    assert checked(COUNTS, "19.0", read, verified=True, indicator="Số hóa hồ sơ") == []


FORM = (("3.1", "Tổng số hồ sơ đã giải quyết", "Hồ sơ", "2.000"), ("3.2", "Số hồ sơ đúng hạn", "Hồ sơ", "1.900"))


def test_counts_of_the_annex(read):
    text = "Tiến độ giải quyết đạt {} điểm."
    reading = read(text.format("19,0"))
    start = reading.repaired.text.index("19,0")
    proof = (Evidence(1, 1, None, "19,0", "19,0", start, start + 4, "test.rule", None),)
    score = Score("Tiến độ giải quyết", Decimal("19.0"), max=Decimal(20), evidence=proof)
    form = Table(None, ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"), FORM)
    records = Records(scores=(score,), tables=(form,))
    (made,) = check_points(records, reading, models(False), quantities_of(reading))
    assert (made.computed, made.verdict.value) == ("19", "agrees")


HEADS = ("TT", "Tiêu chí", "Điểm tối đa", "Tỷ lệ đạt (%)", "Điểm đánh giá")
ROWS = (("1", "Tiêu chí một", "10", "90", "9"), ("2", "Tiêu chí hai", "20", "75", "15"),
        ("3", "Tiêu chí ba", "30", "50", "15"), ("4", "Tiêu chí bốn", "40", "85", "{}"))  # fmt: skip


@pytest.mark.parametrize(("last", "wrong"), [("34", []), ("36", [("36", "34")])])
def test_a_table_of_shares_and_points(last, wrong, read):
    rows = tuple(tuple(cell.format(last) for cell in row) for row in ROWS)
    made = list(check_points(Records(tables=(Table(None, HEADS, rows),)), read("x"), models(False), {}))
    assert len(made) == 4
    assert [(one.reported, one.computed) for one in made if one.verdict == "differs"] == wrong


def test_a_table_whose_points_are_given_otherwise(read):
    rows = tuple((*row[:4], points) for row, points in zip(ROWS, ("10", "10", "10", "10"), strict=True))
    assert list(check_points(Records(tables=(Table(None, HEADS, rows),)), read("x"), models(False), {})) == []


def test_points_within_the_rounding_of_the_share_they_are_given_for(read):
    rows = (("1", "A", "20", "90,4%", "18,07"), ("2", "B", "40", "80%", "32"), ("3", "C", "40", "75%", "30"))
    proof = tuple(tuple(Evidence(1, 1, None, cell, cell, 0, 0, "test.rule", None) for cell in row) for row in rows)
    table = Table(None, ("TT", "Nội dung", "Điểm tối đa", "Tỷ lệ", "Điểm đạt"), rows, proof)
    reading = read("Phụ lục")
    made = list(check_points(Records(tables=(table,)), reading, models(False), quantities_of(reading)))
    assert [one.verdict.value for one in made] == ["rounded", "agrees", "agrees"]
