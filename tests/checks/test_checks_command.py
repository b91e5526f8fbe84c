"""`extract check` as a user calls it: the order of the findings, and the indicators that no scoring model has."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("extract")
LETTER = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG

Số: 75/BC-UBND
Lâm Đồng, ngày 12 tháng 3 năm 2024

BÁO CÁO
Kết quả công tác quý I năm 2024

Ủy ban nhân dân tỉnh báo cáo như sau:

Đã giải quyết 900 hồ sơ, trong đó đúng hạn 880 hồ sơ, chiếm 97,8%; quá hạn 20 hồ sơ, chiếm 2,3%.

Sở đã ban hành 1.000 văn bản, gồm 700 văn bản chỉ đạo và 290 văn bản hướng dẫn.

Đoàn đã phát ra 500 phiếu, thu về 400 phiếu (tỷ lệ 90%).

Chỉ số PAPI năm 2023 đạt 82,5 điểm.

Bộ chỉ số đánh giá thôn thông minh đạt 63,4/100 điểm.
"""


def extract(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    done = extract("run", folder / "letter.txt", "-o", folder / "a.db")
    assert done.returncode == 0, done.stderr
    return folder / "a.db"


def test_as_json_a_finding_has_its_place_and_inputs(database: Path) -> None:
    (found,) = [
        one for one in json.loads(extract("check", database, "--format", "json").stdout) if one["kind"] == "sum"
    ]
    assert (found["page"], found["line"], list(found["inputs"].values())) == (1, 14, ["700", "290"])
    rows = list(csv.DictReader(io.StringIO(extract("check", database, "--format", "csv").stdout)))
    assert [row["inputs"].endswith("= 290") for row in rows if row["kind"] == "sum"] == [True]


def test_by_letter_and_what_was_not_checked(tmp_path: Path) -> None:
    light = LETTER.replace("1.000", "990").replace("82,5", "42,5").replace("90%", "80%")
    for name, text in {"a.txt": light, "b.txt": LETTER.replace("75/", "76/"), "c.pdf": "%PDF-1.4"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert extract("run", tmp_path, "-o", tmp_path / "a.db").returncode == 3
    done = extract("check", tmp_path / "a.db", "--by-letter", "--format", "json")
    assert [one["letter"][:2] for one in json.loads(done.stdout)] == ["76"] * 4 + [
        "75"
    ] * 2  # one of them against the other letter
    assert "files not read or not checked in full: 1" in done.stderr


def test_broken_bounds_come_first_then_the_larger_error_a_last_place_last(database: Path) -> None:
    done = extract("check", database, "--format", "json")
    assert done.returncode == 1
    assert [(one["kind"], one["reported"]) for one in json.loads(done.stdout)] == [
        ("maximum", "82.5"),  # of 80
        ("ratio", "90"),  # 400 of 500: an eighth too much
        ("sum", "1000"),  # 990
        ("ratio", "2.3"),  # 20 of 900 are 2,22 %
    ]
    everything = json.loads(extract("check", database, "--format", "json", "--all").stdout)
    order = ["differs", "misread", "rounded", "agrees"]
    assert [one["verdict"] for one in everything] == sorted((one["verdict"] for one in everything), key=order.index)


def test_indicators_of_no_model_are_counted_and_listed(database: Path) -> None:
    shown = extract("check", database)
    assert "not checked against a scoring model: 1 scores and ranks of 1 indicators" in shown.stdout
    assert f"extract check {database} --unlinked" in shown.stdout
    listed = extract("check", database, "--unlinked", "--format", "json")
    assert listed.returncode == 0
    (mention,) = json.loads(listed.stdout)
    assert (mention["record"], mention["indicator"]) == ("score", "Bộ chỉ số đánh giá thôn thông minh")
    assert mention["letter"].startswith("75/BC-UBND") and mention["line"] > 10
    rows = list(csv.DictReader(io.StringIO(extract("check", database, "--unlinked", "--format", "csv").stdout)))
    assert [row["indicator"] for row in rows] == ["Bộ chỉ số đánh giá thôn thông minh"]


def test_the_findings_as_json_hold_no_line_about_indicators(database: Path) -> None:
    findings = json.loads(extract("check", database, "--format", "json").stdout)
    assert all(set(one) >= {"verdict", "letter", "line", "kind", "statement", "note"} for one in findings)


def test_without_findings_the_heads_stay_and_the_reason_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kính gửi: Sở Nội vụ.\n", encoding="utf-8")
    extract("run", tmp_path / "a.txt", "-o", tmp_path / "a.db")
    assert extract("check", tmp_path / "a.db").stdout == "no figure could be checked\n"
    assert extract("check", tmp_path / "a.db", "--format", "csv").stdout.startswith("verdict,letter,page,line,kind")
    assert extract("check", tmp_path / "a.db", "--unlinked").stdout == "no score or rank names an indicator\n"


def test_a_letter_of_the_party_is_called_as_it_calls_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "TỈNH ỦY LÂM ĐỒNG\n*\nSố 84-BC/TU\nLâm Đồng, ngày 12 tháng 3 năm 2024\n\nBÁO CÁO\nKết quả quý I\n\n"
        "Sở đã ban hành 1.000 văn bản, gồm 700 văn bản chỉ đạo và 290 văn bản hướng dẫn.\n",
        encoding="utf-8",
    )
    extract("run", tmp_path / "a.txt", "-o", tmp_path / "a.db")
    (found,) = json.loads(extract("check", tmp_path / "a.db", "--format", "json").stdout)
    assert found["letter"].startswith("84-BC/TU")


def test_a_share_told_in_full_is_no_matter_of_rounding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Đã khảo sát 1.000 hộ, trong đó 450 hộ hài lòng, chiếm 46,0%.\n\n"
        "Có 333 hộ góp ý trên tổng số 999 hộ, đạt 33,4%.\n",
        encoding="utf-8",
    )
    extract("run", tmp_path / "a.txt", "-o", tmp_path / "a.db")
    told = json.loads(extract("check", tmp_path / "a.db", "--format", "json").stdout)
    assert [one["reported"] for one in told] == ["46", "33.4"]
