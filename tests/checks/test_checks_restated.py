"""One figure stated twice in a letter."""

from decimal import Decimal

import pytest

from extract.checks.repeats.restated import check_restated
from extract.records import Evidence, Figure, Rank, Records, Score

WHAT = "hồ sơ trực tuyến đã giải quyết đúng hạn"


def proof(reading, words, nth=0, confidence=None, rule="test.rule"):
    at = -1
    for _ in range(nth + 1):
        at = reading.repaired.text.index(words, at + 1)
    return (Evidence(1, 1, None, words, words, at, at + len(words), rule, confidence),)


def told(records, reading):
    return [(one.reported, one.computed, one.verdict.value) for one in check_restated(records, reading)]


TWO = "Tỉnh đạt 71,5 điểm trong tháng.\n\nNhư vậy, với {} điểm, tỉnh còn nhiều việc phải làm."


@pytest.mark.parametrize(
    ("second", "change", "confidence", "expected"),
    [
        ("71,5", {}, None, [("71.5", "71.5", "agrees")]),
        ("75,1", {}, None, [("75.1", "71.5", "differs")]),
        ("75,1", {}, 0.4, [("75.1", "71.5", "misread")]),
        ("75,1", {"period": "2023-09"}, None, []),
        ("75,1", {"org": "tỉnh B"}, None, []),
        ("75,1", {"max": Decimal(80)}, None, []),
        ("75,1", {"indicator_id": "766.so-hoa"}, None, []),
    ],
)
def test_a_score_in_two_paragraphs(second, change, confidence, expected, read):
    reading = read(TWO.format(second))
    fields = {"indicator_id": "766", "org": "tỉnh A", "period": "2023-10", "max": Decimal(100)}
    first = Score("Bộ chỉ số 766", Decimal("71.5"), **fields, evidence=proof(reading, "71,5"))
    nth = 1 if second == "71,5" else 0
    again = Score(
        "Bộ chỉ số 766",
        Decimal(second.replace(",", ".")),
        **(fields | change),
        evidence=proof(reading, second, nth, confidence),
    )
    assert told(Records(scores=(first, again)), reading) == expected


def test_two_values_in_one_paragraph_are_compared_with_each_other(read):
    reading = read("Tỉnh đạt 75,1 điểm, tháng trước đạt 71,5 điểm.")
    scores = tuple(
        Score("x", Decimal(value), indicator_id="766", org="tỉnh A", period="2023-10",
              evidence=proof(reading, value.replace(".", ",")))
        for value in ("75.1", "71.5")
    )  # fmt: skip
    assert told(Records(scores=scores), reading) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("1240", "1204", "differs")]),
        ({"period": None}, []),
        ({"org": None}, []),
        ({"what": "hồ sơ"}, []),
        ({"what": "so với cùng kỳ năm trước"}, []),
    ],
)
def test_a_count_in_two_paragraphs(fields, expected, read):
    reading = read("Có 1.204 hồ sơ.\n\nTrong số 1.240 hồ sơ đó, nhiều hồ sơ phức tạp.")
    known = {"what": WHAT, "unit": "hồ sơ", "org": "tỉnh A", "period": "2023-10"} | fields
    figures = tuple(
        Figure(**known, value=Decimal(value), evidence=proof(reading, words))
        for value, words in (("1204", "1.204"), ("1240", "1.240"))
    )
    assert told(Records(figures=figures), reading) == expected


@pytest.mark.parametrize(
    ("first", "again", "compared"),
    [
        ("20.280", "55", False),
        ("6", "7", False),
        ("1.204", "1.318", False),
        ("94,15", "82,40", False),
        ("1.204", "1.024", True),
        ("94,15", "94,51", True),
    ],
)
def test_counts_that_no_slip_makes_one_are_two(first, again, compared, read):
    reading = read(f"Có {first} hồ sơ.\n\nTrong ngày có {again} hồ sơ đó.")
    figures = tuple(
        Figure(WHAT, Decimal(words.replace(".", "").replace(",", ".")), unit="hồ sơ", org="tỉnh A", period="2023",
               evidence=proof(reading, words))
        for words in (first, again)
    )  # fmt: skip
    assert bool(told(Records(figures=figures), reading)) is compared


@pytest.mark.parametrize(("rule", "compared"), [("beside", True), ("title", False), ("section", False)])
def test_a_count_whose_period_the_letter_gives_is_one_of_many(rule, compared, read):
    reading = read("Có 1.204 hồ sơ.\n\nTrong số 1.240 hồ sơ đó, nhiều hồ sơ phức tạp.")
    figures = tuple(
        Figure(WHAT, Decimal(value), unit="hồ sơ", org="tỉnh A", period="2023",
               evidence=proof(reading, words, rule=f"figures.count frames.period.{rule}"))
        for value, words in (("1204", "1.204"), ("1240", "1.240"))
    )  # fmt: skip
    assert bool(told(Records(figures=figures), reading)) is compared


def test_a_rank_in_two_paragraphs(read):
    reading = read("Chỉ số DTI xếp hạng 15/34.\n\nVới hạng 13/34 về DTI, tỉnh đã có tiến bộ.")
    ranks = tuple(
        Rank(words, place, 34, indicator="DTI", indicator_id="dti", org="tỉnh A", period="2024",
             evidence=proof(reading, words))
        for place, words in ((15, "15/34"), (13, "13/34"))
    )  # fmt: skip
    assert told(Records(ranks=ranks), reading) == [("13", "15", "differs")]


def test_a_rank_whose_paragraph_names_no_index(read):
    reading = read("Chỉ số DTI xếp hạng 15/34.\n\nQuy mô kinh tế xếp hạng 13/34.")
    ranks = tuple(
        Rank(words, place, 34, indicator="DTI", indicator_id="dti", org="tỉnh A", period="2024",
             evidence=proof(reading, words))
        for place, words in ((15, "15/34"), (13, "13/34"))
    )  # fmt: skip
    assert told(Records(ranks=ranks), reading) == []
