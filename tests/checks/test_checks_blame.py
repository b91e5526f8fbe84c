"""One wrong figure is told once, by the relation that computes it."""

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks import check
from extract.checks.blame.relations import relation_of
from extract.checks.blame.suspects import blame
from extract.checks.figures.arithmetic import SUM, plain, vn
from extract.checks.figures.terms import Term, recompute
from extract.components import find_records
from extract.records import CheckKind, CheckVerdict, Evidence, Finding, Records, Table

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_blame.json").read_text(encoding="utf8"))
WRONG = (CheckVerdict.DIFFERS, CheckVerdict.MISREAD)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_told(case, read):
    reading = read(case["input"])
    made = [one for one in check(find_records(reading), reading) if one.verdict in WRONG]
    told = [[one.kind, one.reported, one.computed] for one in made]
    assert told == [one[:3] for one in case["expected"]], [one.note for one in made]
    for one, (*_, words) in zip(made, case["expected"], strict=True):
        assert words is None or words in (one.note or "")
        assert words is not None or "khớp nếu" not in (one.note or "")


def cell(text, at, component="tables.cell"):
    return Evidence(1, 1, None, text, text, at, at + len(text), component, None)


def term(value, at):
    return Term(f"số {at}", Decimal(value), (cell(vn(Decimal(value)), at),))


def total(values, printed, at, kind=CheckKind.COLUMN_SUM):
    """The finding that figures at `at` + 20, + 40 … make the one at `at`."""
    terms = [term(value, place) for place, value in values.items()]
    return recompute(kind, "Cộng", SUM, terms, term(printed, at))


def share(part, whole, printed):
    made = Finding(
        CheckKind.RATIO,
        "Tỷ lệ",
        (("phần", plain(Decimal(part[0]))), ("tổng", plain(Decimal(whole[0])))),
        printed,
        plain(Decimal(part[0]) / Decimal(whole[0]) * 100),
        CheckVerdict.DIFFERS,
        f"báo cáo ghi {printed}",
        (cell(printed.replace(".", ","), 900), cell(part[0], part[1]), cell(whole[0], whole[1])),
    )
    assert relation_of(made).formula is not None
    return made


@pytest.mark.parametrize(("printed", "told"), [("81.5", ["126"]), ("10.7", ["126", "10.7"])], ids=["follows", "not"])
def test_a_share_of_a_wrong_total(printed, told, read):
    wrong = total({20: 100, 40: 62}, 126, 0)
    made = list(blame([wrong, share(("132", 60), ("126", 0), printed)], read("Phụ lục")))
    assert [one.reported for one in made] == told
    assert ("kéo theo" in made[0].note) is (len(told) == 1)


def test_a_cell_that_text_tells_rightly(read):
    rows = [("1", "Xã A", "1.120"), ("2", "Xã B", "2.345"), ("3", "Xã C", "3.210"), ("", "Tổng cộng", "6.765")]
    proof = tuple(
        tuple(cell(text, 1000 + 100 * row + 30 * column) for column, text in enumerate(line))
        for row, line in enumerate(rows)
    )
    heads = ("TT", "Đơn vị", "Tiếp nhận hồ sơ")
    text = "Toàn huyện tiếp nhận 6.675 hồ sơ."
    made = check(Records(tables=(Table(None, heads, rows, proof),)), read(text))
    assert [(one.kind, one.reported) for one in made if one.verdict in WRONG] == [("column_sum", "6765")]


VALUES = st.integers(min_value=0, max_value=400)


@st.composite
def letters(draw):
    """Sums over some of the figures of a letter, each printed at a place of its own."""
    figures = draw(st.lists(VALUES, min_size=3, max_size=7))
    made = []
    for _ in range(draw(st.integers(min_value=1, max_value=5))):
        places = draw(st.lists(st.sampled_from(range(len(figures))), min_size=3, max_size=5, unique=True))
        whole, *parts = places
        one = total({20 * at: figures[at] for at in parts}, figures[whole], 20 * whole, CheckKind.SUM)
        if one is not None:
            made.append(one)
    return made


@given(made=letters())
def test_never_more_is_told(made, read_text):
    told = list(blame(made, read_text))
    assert len(told) <= len(made)
    assert told == list(blame(made, read_text))
    wrong = [one for one in made if one.verdict in WRONG]
    assert [one for one in told if one.verdict not in WRONG] == [one for one in made if one.verdict not in WRONG]
    assert bool([one for one in told if one.verdict in WRONG]) is bool(wrong)
    if not wrong:
        assert told == made


@given(made=letters())
def test_again_changes_nothing(made, read_text):
    once = list(blame(made, read_text))
    holding = [one for one in made if one.verdict not in WRONG]
    assert [one for one in once if one in holding] == holding
    assert list(blame(once, read_text)) == once


@pytest.fixture(scope="module")
def read_text():
    from extract.layout import lay_out
    from extract.records import LayerVerdict, Letter, Line, Page, Reading, Source, VerdictKind
    from normalize.edits import Repaired

    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), (Line("Phụ lục"),))
    letter = Letter("letter.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


def test_many_relations_that_fail_take_no_time(read):
    made = [total({20: 10 + at, 40 * at + 40: 7}, 5000, 0, CheckKind.SUM) for at in range(400)]
    made += [total({20 * at + 20000: 3, 20: 9}, 11 + at, 20 * at + 40000, CheckKind.SUM) for at in range(400)]
    start = time.process_time()
    list(blame([one for one in made if one is not None], read("Phụ lục " + "12 " * 5000)))
    assert time.process_time() - start < 2
