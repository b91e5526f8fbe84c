from datetime import date
from decimal import Decimal

import pytest

from extract.checks.letters.between import Stored, between, compared
from extract.records import Citation, Evidence, Figure, Header, Rank, Records, Score, Task
from gazetteer import Kind, load_gazetteer

PROOF = (Evidence(1, 1, None, "x", "x", 0, 1, "test.rule", None),)


def letter(id_, date, scores=(), citations=(), number=None, issuer=None):
    header = Header(number=number, symbol="BC-UBND" if number else None, date=date, issuer=issuer)
    return Stored(id_, Records(header=header, scores=tuple(scores), citations=tuple(citations)))


def score(value, period="2023-10", previous=None, org="tỉnh A", as_of=None):
    return Score("Bộ chỉ số 766", Decimal(value), org=org, period=period, evidence=PROOF, as_of=as_of,
                 previous=None if previous is None else Decimal(previous))  # fmt: skip


def told(found):
    return [(id_, one.reported, one.computed, one.verdict.value) for id_, one in found]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (score("71.5"), score("71.5"), [("b", "71.5", "71.5", "agrees")]),
        (score("71.5"), score("72.5"), [("b", "72.5", "71.5", "differs")]),
        (score("71.5"), score("72.5", org="tỉnh B"), []),
        (score("71.5"), score("72.5", period="2023-09"), []),
        (score("71.5", as_of="2023-11-01"), score("72.5", as_of="2023-11-20"), []),
        (score("71.5", as_of="2023-11-01"), score("72.5", as_of="2023-11-01"), [("b", "72.5", "71.5", "differs")]),
    ],
)
def test_one_figure_in_two_letters(first, second, expected):
    assert told(between([letter("a", "2023-11-27", [first]), letter("b", "2023-12-20", [second])])) == expected


def figure(value, what="hồ sơ trực tuyến đã giải quyết đúng hạn", period="2023-10"):
    return Figure(what, Decimal(value), "hồ sơ", org="tỉnh A", period=period, evidence=PROOF)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([figure(1204)], [figure(1204)], [("b", "1204", "1204", "agrees")]),
        ([figure(1204)], [figure(1240)], [("b", "1240", "1204", "differs")]),
        ([figure(1204, "hồ sơ")], [figure(1240, "hồ sơ")], []),
        ([figure(1204)], [figure(1240), figure(1250)], []),
        ([figure(1204)], [figure(1377)], [("b", "1377", "1204", "differs")]),
        (
            [figure(1204, "hồ sơ đã tiếp nhận")],
            [figure(1240, "Số hồ sơ tiếp nhận")],
            [("b", "1240", "1204", "differs")],
        ),
        ([figure(1204, "hồ sơ đã tiếp nhận")], [figure(1377, "Số hồ sơ tiếp nhận")], []),
        ([figure(1204, "hồ sơ tiếp nhận")], [figure(1240, "hồ sơ mới tiếp nhận")], []),
    ],
)
def test_one_count_in_two_letters(first, second, expected):
    letters = [
        Stored(id_, Records(header=Header(date=day), figures=tuple(figures)))
        for id_, day, figures in (("a", "2023-11-27", first), ("b", "2023-12-20", second))
    ]
    assert told(between(letters)) == expected


def test_a_score_of_a_day_is_one_whatever_the_period():
    letters = [
        letter("a", "2024-03-18", [score("76.4", period="2024-01", as_of="2024-02-29")]),
        letter("b", "2024-03-28", [score("74.6", period=None, as_of="2024-02-29")]),
    ]
    assert told(between(letters)) == [("b", "74.6", "76.4", "differs")]


def test_a_letter_that_names_no_body_speaks_of_its_own_place():
    letters = [
        letter("a", "2025-10-08", [score("88.6", period="2025-09", org="thành phố Cần Thơ")]),
        letter("b", "2025-10-24", [score("86.8", period="2025-09", org=None)], issuer="Thành ủy Cần Thơ"),
    ]
    assert told(between(letters)) == [("b", "86.8", "88.6", "differs")]


def test_a_count_takes_its_year_from_the_subject():
    letters = [
        Stored(id_, Records(header=Header(date=day, subject="Kết quả năm 2023"), figures=(figure(value, what, None),)))
        for id_, day, value, what in (
            ("a", "2024-02-27", 8, "sở xếp loại Tốt"),
            ("b", "2024-06-11", 7, "sở xếp loại Tốt và 04 sở xếp loại Khá"),
        )
    ]
    assert told(between(letters)) == [("b", "7", "8", "differs")]


def test_one_rank_in_two_letters():
    ranks = [Rank("hạng", place, indicator="PAPI", org="tỉnh A", period="2022", evidence=PROOF) for place in (31, 13)]
    letters = [
        Stored(id_, Records(header=Header(date=day), ranks=(rank,)))
        for id_, day, rank in (("a", "2023-05-01", ranks[0]), ("b", "2023-06-01", ranks[1]))
    ]
    assert told(between(letters)) == [("b", "13", "31", "differs")]


def test_a_score_of_an_open_period_may_change():
    letters = [letter("a", "2023-10-10", [score("60")]), letter("b", "2023-10-20", [score("65")])]
    assert between(letters) == ()


def test_order_given_does_not_matter():
    letters = [letter("b", "2023-12-20", [score("72.5")]), letter("a", "2023-11-27", [score("71.5")])]
    assert told(between(letters)) == told(between(letters[::-1])) == [("b", "72.5", "71.5", "differs")]


@pytest.mark.parametrize(
    ("period", "before"), [("2023-11", "2023-10"), ("2024-01", "2023-12"), ("2024-Q1", "2023-Q4"), ("2024", "2023")]
)
def test_previous_value_against_the_earlier_letter(period, before):
    letters = [
        letter("a", "2023-11-01", [score("71.5", period=before)]),
        letter("b", "2025-02-01", [score("72.8", period=period, previous="70.5")]),
    ]
    assert told(between(letters)) == [("b", "70.5", "71.5", "differs")]


@pytest.mark.parametrize(
    ("change", "of", "expected"),
    [(3, 63, [("b", "15", "15", "agrees")]), (-3, 63, [("b", "9", "15", "differs")]), (3, 61, [])],
)
def test_where_a_rank_rose_from_against_the_earlier_letter(change, of, expected):
    ranks = [
        Rank("hạng", place, of=among, change=moved, indicator="PAPI", org="tỉnh A", period=year, evidence=PROOF)
        for place, among, moved, year in ((15, 63, None, "2022"), (12, of, change, "2023"))
    ]
    letters = [
        Stored(id_, Records(header=Header(date=day), ranks=(rank,)))
        for id_, day, rank in (("a", "2023-05-01", ranks[0]), ("b", "2024-06-01", ranks[1]))
    ]
    assert told(between(letters)) == expected


@pytest.mark.parametrize(
    ("date", "issuer", "expected"),
    [
        ("2023-03-10", None, [("b", "2023-03-10", "2023-03-10", "agrees")]),
        ("2023-03-01", None, [("b", "2023-03-01", "2023-03-10", "differs")]),
        ("2022-03-10", None, [("b", "2022-03-10", "2023-03-10", "differs")]),
        ("2021-07-08", None, []),
        ("2023-03-01", "UBND huyện B", []),
        ("2023-03", None, [("b", "2023-03", "2023-03-10", "agrees")]),
    ],
)
def test_citation_against_the_letter_cited(date, issuer, expected):
    citation = Citation("Báo cáo", "15", "BC-UBND", date, issuer, PROOF)
    letters = [
        letter("a", "2023-03-10", number="15", issuer="UBND tỉnh A"),
        letter("b", "2023-06-01", citations=[citation]),
    ]
    assert told(between(letters)) == expected


def test_two_letters_with_one_number_decide_nothing():
    citation = Citation("Báo cáo", "15", "BC-UBND", "2023-03-01", None, PROOF)
    letters = [letter(id_, "2023-03-10", number="15") for id_ in "ac"] + [
        letter("b", "2023-06-01", citations=[citation])
    ]
    assert between(letters) == ()


def test_no_letters():
    assert between([]) == ()


def test_scans_of_one_letter_do_not_contradict_each_other():
    scans = [letter(id_, "2024-03-18", [score(value)], number="7", issuer="UBND tỉnh A") for id_, value in
             (("a", "71.5"), ("b", "77.5"), ("c", "71.5"))]  # fmt: skip
    assert between(scans) == ()
    later = [letter("d", "2024-04-01", [score("71.5")], number="9", issuer="UBND tỉnh A")]
    assert told(between(scans + later)) == [("d", "71.5", "71.5", "agrees")]


def test_a_scan_read_otherwise_than_the_others_is_no_discrepancy():
    first = [letter("a", "2024-03-18", [score("71.5")], number="7", issuer="UBND tỉnh A")]
    later = [letter(id_, "2024-04-01", [score(value)], number="9", issuer="UBND tỉnh A") for id_, value in
             (("d", "71.5"), ("e", "11.5"), ("f", "71.5"))]  # fmt: skip
    assert told(between(first + later)) == [("d", "71.5", "71.5", "agrees"), ("f", "71.5", "71.5", "agrees")]


def counted(id_, issuer, value, what="hồ sơ trực tuyến đã giải quyết đúng hạn", period="2023-10", org=None):
    one = Figure(what, Decimal(value), "hồ sơ", org=org, period=period, evidence=PROOF)
    header = Header(number=id_, symbol="BC-UBND", date="2023-12-01", issuer=issuer, place="Hậu Giang")
    return Stored(id_, Records(header=header, figures=(one,)))


def districts():
    names = [unit.name for unit in load_gazetteer().children("province-93", Kind.DISTRICT, date(2023, 10, 31))]
    return [counted(f"{index:02d}", f"UBND {name}", 100 + index) for index, name in enumerate(names)]


@pytest.mark.parametrize(
    ("value", "left_out", "expected"),
    [
        (828, 0, [("828", "828", "agrees")]),
        (838, 0, [("838", "828", "differs")]),
        (838, 1, []),  # the eighth may well have had 17
        (700, 1, [("700", "721", "differs")]),  # seven have more than all
    ],
)
def test_a_report_against_those_who_report_to_it(value, left_out, expected):
    below = districts()[: 8 - left_out]
    letters = [*below, counted("99", "UBND tỉnh Hậu Giang", value)]
    made = between(letters)
    assert [(one.reported, one.computed, one.verdict.value) for _, one in made] == expected
    assert {id_ for id_, _ in made} <= {"99"}


def test_a_department_counts_its_own():
    letters = [counted("1", "UBND tỉnh Hậu Giang", 900), counted("2", "Sở Tư pháp", 120)]
    assert between(letters) == ()


@pytest.mark.parametrize(
    ("signed", "cites", "issuer", "doc_type", "note"),
    [
        ("2024-03-08", "2024-02-20", "Sở Tư pháp tỉnh Hậu Giang", "Báo cáo", "thời hạn 10/3/2024"),
        ("2024-03-13", "2024-02-20", "Sở Tư pháp tỉnh Hậu Giang", "Báo cáo", "thời hạn 10/3/2024, sau hạn 3 ngày"),
        ("2024-03-08", "2024-02-21", "Sở Tư pháp tỉnh Hậu Giang", "Báo cáo", None),
        ("2024-03-08", "2024-02-20", "Sở Y tế tỉnh Hậu Giang", "Báo cáo", None),
        ("2024-03-08", "2024-02-20", "Sở Tư pháp tỉnh Hậu Giang", "Quyết định", None),
    ],
)
def test_a_task_and_the_report_on_it(signed, cites, issuer, doc_type, note):
    task = Task("báo cáo kết quả rà soát", assignees=("Sở Tư pháp",), deadline="2024-03-10", evidence=PROOF)
    asking = Header(number="31", symbol="CT-UBND", date="2024-02-20", place="Hậu Giang")
    report = Header(number="5", symbol="BC-STP", date=signed, issuer=issuer, doc_type=doc_type, place="Hậu Giang")
    citation = Citation("Chỉ thị", "31", "CT-UBND", cites, None, PROOF)
    made = between(
        [Stored("a", Records(header=asking, tasks=(task,))), Stored("b", Records(header=report, citations=(citation,)))]
    )
    reports = [one.note for id_, one in made if id_ == "b" and "giao" in one.statement]
    assert [text.split("ngày ", 1)[1].split(", ", 1)[1] for text in reports] == ([note] if note else [])


@pytest.mark.parametrize(
    ("named", "verdicts"),
    [
        ("Sở Tư pháp tỉnh Hậu Giang", ["agrees", "agrees"]),
        ("Sở Y tế tỉnh Hậu Giang", ["agrees", "differs"]),
        ("Sở Y tế tỉnh Quảng Nam", ["agrees"]),
        ("cơ quan chuyên môn", ["agrees"]),
    ],
)
def test_the_issuer_a_citation_names(named, verdicts):
    own = Header(number="5", symbol="BC-STP", date="2024-03-08", issuer="Sở Tư pháp tỉnh Hậu Giang", place="Hậu Giang")
    citation = Citation("Báo cáo", "5", "BC-STP", "2024-03-08", named, PROOF)
    citing = Header(date="2024-05-01", place="Hậu Giang")
    made = between([Stored("a", Records(header=own)), Stored("b", Records(header=citing, citations=(citation,)))])
    assert [one.verdict.value for _, one in made] == verdicts


def test_what_letters_are_compared_by_is_enough():
    letters = [*districts(), counted("99", "UBND tỉnh Hậu Giang", 838)]
    assert between(letters) == between([Stored(one.id, compared(one.records)) for one in letters])
