from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks.figures.arithmetic import DIFFERENCE, RATE, SHARE, SUM, plain, printed_decimals, vn
from extract.checks.figures.places import vn_day
from extract.checks.figures.terms import CONFUSABLE, Term, neighbours, recompute, shorten
from extract.checks.figures.verdict import Rounding, compare, nearest
from extract.records import CheckKind, CheckVerdict

FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
DECIMALS = st.integers(min_value=0, max_value=4)


@pytest.mark.parametrize(
    ("reported", "computed", "decimals", "verdict", "rounding"),
    [
        ("75", "75", 0, "agrees", Rounding.EXACT),
        ("99.9", "99.9023", 1, "agrees", Rounding.NEAREST),
        ("97.4", "97.35", 1, "agrees", Rounding.NEAREST),
        ("5.5", "5.5556", 1, "rounded", Rounding.TRUNCATED),
        ("97.0", "97.36", 1, "rounded", Rounding.COARSER),
        ("19.5", "19.4444", 1, "differs", Rounding.NONE),
        ("11", "10.2", 0, "differs", Rounding.NONE),
        ("1520", "1522", 0, "differs", Rounding.NONE),
        ("-2.9", "-2.95", 1, "rounded", Rounding.TRUNCATED),
    ],
)
def test_verdicts(reported, computed, decimals, verdict, rounding):
    made = compare(Decimal(reported), Decimal(computed), decimals)
    assert (made.verdict, made.rounding) == (verdict, rounding)


@given(FIGURES, DECIMALS)
def test_what_is_printed_by_rule_never_differs(computed, decimals):
    unit = Decimal(1).scaleb(-decimals)
    assert compare(nearest(computed, decimals), computed, decimals).verdict is CheckVerdict.AGREES
    cut = computed.quantize(unit, rounding=ROUND_DOWN)
    assert compare(cut, computed, decimals).verdict in (CheckVerdict.AGREES, CheckVerdict.ROUNDED)


@given(FIGURES, FIGURES, DECIMALS)
def test_sign_does_not_matter(reported, computed, decimals):
    assert compare(reported, computed, decimals) == compare(-reported, -computed, decimals)


@given(FIGURES, FIGURES, DECIMALS, st.integers(min_value=0, max_value=3))
def test_scale_changes_no_agreement(reported, computed, decimals, power):
    one = compare(reported, computed, decimals)
    other = compare(reported.scaleb(-power), computed.scaleb(-power), decimals + power)
    kept = (Rounding.EXACT, Rounding.NEAREST, Rounding.TRUNCATED)
    assert one == other or (one.rounding not in kept and other.rounding not in kept)


@given(FIGURES, DECIMALS)
def test_an_agreement_is_within_half_a_unit(computed, decimals):
    unit = Decimal(1).scaleb(-decimals)
    printed = computed.quantize(unit, rounding=ROUND_HALF_UP)
    for off in (-2, -1, 1, 2):
        made = compare(printed + off * unit, computed, decimals)
        assert made.verdict is not CheckVerdict.AGREES


@given(st.lists(FIGURES, min_size=1, max_size=6))
def test_sums_in_any_order(values):
    assert SUM.value(values) == SUM.value(values[::-1])


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_shares(part, whole):
    value = SHARE.value([Decimal(part), Decimal(whole)])
    assert value is not None and abs(value * whole - part * 100) < Decimal("0.0001")


def test_nothing_follows_from_a_whole_of_zero():
    zero = [Term("part", Decimal(0)), Term("whole", Decimal(0))]
    assert recompute(CheckKind.RATIO, "x", SHARE, zero, Term("share", Decimal(100))) is None
    assert RATE.value([Decimal(3), Decimal(0)]) is None


def test_arithmetic_as_a_person_writes_it():
    terms = [Term("một", Decimal(1204)), Term("hai", Decimal(318))]
    made = recompute(CheckKind.SUM, "Tổng", SUM, terms, Term("tổng", Decimal(1552)))
    assert made is not None and made.note == "1.204 + 318 = 1.522, báo cáo ghi 1.552: chênh 30"
    assert (made.reported, made.computed, dict(made.inputs)) == ("1552", "1522", {"một": "1204", "hai": "318"})
    made = recompute(CheckKind.DIFFERENCE, "x", DIFFERENCE, terms, Term("chênh", Decimal(886)))
    assert made is not None and made.note == "1.204 - 318 = 886"
    share = recompute(
        CheckKind.RATIO, "x", SHARE, [Term("a", Decimal(2)), Term("b", Decimal(23))], Term("c", Decimal("8.6"))
    )
    assert share is not None and share.note == "2 / 23 = 8,696%: cắt còn 8,6 thay vì làm tròn 8,7"


def test_misread_names_the_figure_and_changes_nothing():
    terms = [Term("một", Decimal(1204)), Term("hai", Decimal(378), doubtful=True)]
    made = recompute(CheckKind.SUM, "x", SUM, terms, Term("tổng", Decimal(1522)))
    assert made is not None and made.verdict is CheckVerdict.MISREAD
    assert made.note == "1.204 + 378 = 1.582, báo cáo ghi 1.522: chênh 60; khớp nếu 378 đọc là 318"
    assert dict(made.inputs)["hai"] == "378"


def test_confusable_digits_are_symmetric():
    for digit, others in CONFUSABLE.items():
        assert all(digit in CONFUSABLE[other] for other in others)


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_neighbours_differ_in_one_digit(value):
    for other in neighbours(value):
        changed = zip(str(value).zfill(12), str(other).zfill(12), strict=True)
        assert sum(one != two for one, two in changed) == 1


@pytest.mark.parametrize(
    ("value", "text", "machine"),
    [
        ("1204", "1.204", "1204"),
        ("1204.50", "1.204,5", "1204.5"),
        ("-3", "-3", "-3"),
        ("0.0001", "0,0001", "0.0001"),
        ("100", "100", "100"),
    ],
)
def test_figures_in_writing(value, text, machine):
    assert (vn(Decimal(value)), plain(Decimal(value))) == (text, machine)


@given(FIGURES)
def test_machine_figures_come_back(value):
    assert Decimal(plain(value)) == nearest(value, 4)


def test_printed_decimals():
    assert [printed_decimals(Decimal(text)) for text in ("5", "5.0", "5.25", "1E+3")] == [0, 1, 2, 0]


@given(st.text(max_size=1000))
def test_statements_stay_short(text):
    assert len(shorten(text)) <= 225 and "\n" not in shorten(text)


@pytest.mark.parametrize(
    ("iso", "shown"), [("2024-03-12", "12/3/2024"), ("2024-02-01", "01/02/2024"), ("2024-03-03", "03/3/2024"),
                       ("2024-11", "11/2024"), ("2024", "2024"), (None, "")]
)  # fmt: skip
def test_days_are_shown_as_letters_write_them(iso, shown):
    assert vn_day(iso) == shown


def test_a_share_above_its_whole_was_read_with_a_rule():
    terms = [Term("phần", Decimal("17.5")), Term("tổng", Decimal(20))]
    made = recompute(CheckKind.RATIO, "17,5/20", SHARE, terms, Term("tỷ lệ", Decimal("987.5"), scanned=True))
    assert made is not None and (made.verdict, made.reported) == (CheckVerdict.AGREES, "87.5")
    assert "987,5 đọc là 87,5" in made.note
    printed = recompute(CheckKind.RATIO, "17,5/20", SHARE, terms, Term("tỷ lệ", Decimal("987.5")))
    assert printed is not None and printed.verdict is CheckVerdict.DIFFERS
    other = recompute(CheckKind.RATIO, "17,5/20", SHARE, terms, Term("tỷ lệ", Decimal("986.2"), scanned=True))
    assert other is not None and other.verdict is CheckVerdict.DIFFERS
