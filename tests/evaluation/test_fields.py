"""Agreement of further fields among matched records, and what it takes for two of their values to agree."""

from __future__ import annotations

import pytest

from extract.evaluation import Agreement, add_fields, compare_fields, compare_letter
from extract.evaluation.fields import same_body, same_period


@pytest.mark.parametrize(
    ("have", "want", "same"),
    [
        ("2023-H1", "2023-01/2023-06", True),
        ("2024-Q1", "2024-01/2024-03", True),
        ("2024-Q1/2024-Q3", "2024-01/2024-09", True),
        ("2024", "2024-01/2024-12", True),
        ("2024-H1/2024-H2", "2024", True),
        ("2024-02", "2024-02-01/2024-02-29", True),
        ("2021/2025", "2021-01/2025-12", True),
        ("2023-H1", "2023-H2", False),
        ("2024-Q1", "2024-01/2024-04", False),
        ("2023-02", "2023-02-01/2023-02-29", False),
        ("2023", "2024", False),
        ("nhiệm kỳ", "nhiệm kỳ", True),
        ("nhiệm kỳ", "2024", False),
    ],
)
def test_periods_are_the_same_where_their_days_are(have: str, want: str, same: bool) -> None:
    assert same_period(have, want) is same
    assert same_period(want, have) is same


@pytest.mark.parametrize(
    ("have", "want", "same"),
    [
        ("UBND tỉnh Hậu Giang", "Ủy ban nhân dân tỉnh Hậu Giang", True),
        ("UBND tỉnh Hậu Giang", "tỉnh Hậu Giang", True),
        ("Hậu Giang", "tỉnh Hậu Giang", True),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Hậu Giang", True),
        ("UBND tỉnh", "UBND tỉnh Hậu Giang", True),
        ("TP. Cần Thơ", "thành phố Cần Thơ", True),
        ("tỉnh Hậu Giang", "tỉnh Kiên Giang", False),
        ("tỉnh Hà Giang", "tỉnh Hậu Giang", False),
        ("tỉnh Vĩnh Long", "thành phố Vĩnh Long", False),
        ("tỉnh Hậu Giang", "Sở Nội vụ tỉnh Hậu Giang", False),
        ("Văn phòng", "Văn phòng UBND tỉnh", False),
        ("Sở Nội vụ", "Sở Tài chính", False),
        ("UBND tỉnh", "HĐND tỉnh", False),
        ("các sở", "các sở, ban, ngành", False),
    ],
)
def test_bodies_are_the_same_whatever_is_abbreviated(have: str, want: str, same: bool) -> None:
    assert same_body(have, want) is same
    assert same_body(want, have) is same


SCORE = {"indicator": "Chỉ số chuyển đổi số", "value": 67.9, "max": 100, "org": "tỉnh Hậu Giang", "period": "2023-H1"}


def test_a_right_value_of_the_wrong_body_counts_as_matched_and_not_as_agreeing() -> None:
    have, want = {"scores": [{**SCORE, "org": "tỉnh Kiên Giang"}]}, {"scores": [{**SCORE, "period": "2023-01/2023-06"}]}
    assert compare_letter(have, want)["scores"].right == 1
    found = compare_fields(have, want)["scores"]
    assert found["org"] == Agreement(0, 1, 0, 1, (("tỉnh Kiên Giang", "tỉnh Hậu Giang"),))
    assert found["period"] == Agreement(1, 1, 1, 1)
    assert found["change"] == Agreement()


def test_missing_in_gold_is_an_answer_where_gold_states_the_field() -> None:
    have = {"scores": [{**SCORE, "change": None}, {**SCORE, "value": 5, "change": 2}]}
    want = {"scores": [{**SCORE, "change": None}, {**SCORE, "value": 5, "change": None}]}
    assert compare_fields(have, want)["scores"]["change"] == Agreement(1, 2, 0, 0, ((2, None),))


def test_records_that_were_not_matched_and_optional_gold_are_not_compared() -> None:
    have = {"scores": [SCORE, {**SCORE, "value": 5}]}
    want = {"scores": [{**SCORE, "value": 1, "org": "x"}, {**SCORE, "value": 5, "org": "x", "optional": True}]}
    assert compare_fields(have, want)["scores"]["org"] == Agreement()


def test_lists_of_bodies_agree_in_any_order_and_only_whole() -> None:
    task = {"action": "Rà soát các nhiệm vụ được giao", "coordinators": ["Sở Nội vụ tỉnh An Giang", "Sở Tài chính"]}
    for names, right in ((["Sở Tài chính", "Sở Nội vụ"], 1), (["Sở Tài chính"], 0), (["Sở Tài chính"] * 2, 0)):
        found = compare_fields({"tasks": [{**task, "coordinators": names}]}, {"tasks": [task]})
        assert found["tasks"]["coordinators"].right == right


def test_agreements_of_letters_add_up() -> None:
    one = compare_fields({"scores": [SCORE]}, {"scores": [SCORE]})
    two = add_fields(one, compare_fields({"scores": [SCORE]}, {"scores": [{**SCORE, "org": "tỉnh Cà Mau"}]}))
    assert (two["scores"]["org"].right, two["scores"]["org"].of, two["scores"]["org"].share) == (1, 2, 0.5)
    assert two["scores"]["indicator"].named_share == 1.0
