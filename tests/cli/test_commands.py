"""The commands as a user calls them: the installed program, real files, output, exit status."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("extract")


def extract(
    *arguments: object, env: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=300,
        env={**os.environ, **(env or {})},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.fixture
def archive(letter_file: Path, tmp_path: Path) -> Path:
    database = tmp_path / "a.db"
    done = extract("run", letter_file.parent, "-o", database)
    assert done.returncode == 0, done.stderr
    return database


def test_run_says_what_it_did_and_what_comes_next(letter_file: Path, tmp_path: Path) -> None:
    done = extract("run", letter_file.parent, "-o", tmp_path / "a.db")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "1 files: 1 done" in done.stdout
    assert "citations" in done.stdout and "checks made" in done.stdout
    assert "extract check" in done.stdout


def test_a_second_run_has_nothing_to_do(letter_file: Path, archive: Path) -> None:
    done = extract("run", letter_file.parent, "-o", archive)
    assert done.returncode == 0
    assert "nothing to do" in done.stdout


def test_show_json_has_the_keys_of_the_contract(letter_file: Path) -> None:
    done = extract("show", "--format", "json", letter_file)
    assert done.returncode == 0, done.stderr
    letter = json.loads(done.stdout)
    assert list(letter) == [
        "file",
        "pages",
        "header",
        "citations",
        "dates",
        "scores",
        "ranks",
        "classifications",
        "figures",
        "tables",
        "tasks",
        "checks",
        "edits",
    ]
    assert letter["header"]["number"] == "412"
    assert letter["header"]["symbol"] == "SNV-CCHC"
    assert letter["header"]["date"] == "2024-03-14"
    assert [(c["number"], c["symbol"], c["date"]) for c in letter["citations"]] == [("35", "KH-UBND", "2024-02-02")]
    assert letter["citations"][0]["evidence"][0]["line"] == 10


@pytest.mark.parametrize("form", ["text", "html"])
def test_show_for_people(letter_file: Path, form: str) -> None:
    done = extract("show", "--format", form, letter_file)
    assert done.returncode == 0
    assert "412" in done.stdout and "SNV-CCHC" in done.stdout


def test_show_counts_what_agrees_and_lists_it_when_asked(letter_file: Path) -> None:
    short, whole = extract("show", letter_file).stdout, extract("show", "--all", letter_file).stdout
    agree = whole.count("  AGREES  ")
    assert agree > 1 and "AGREES" not in short
    assert f"{agree} checks agree (--all lists them)" in short
    assert "DIFFERS" in short and "DIFFERS" in whole
    checks = json.loads(extract("show", "--format", "json", letter_file).stdout)["checks"]
    assert sum(check["verdict"] == "agrees" for check in checks) == agree


def test_repair_keeps_lines_and_clean_text(letter_file: Path) -> None:
    done = extract("repair", letter_file)
    assert done.returncode == 0
    assert done.stdout.count("\n") == letter_file.read_text(encoding="utf-8").count("\n")


def test_repair_reads_standard_input_and_mends() -> None:
    damaged = (
        "Thue hién chi dao ctia UBND tinh tai Cong vin sé 7478/UBND-NCKS\n"
        "cua Uy ban nhan dan tinh vé cai cach hanh chinh\n"
    )
    done = extract("repair", "-", stdin=damaged.encode())
    assert done.returncode == 0
    assert "chỉ đạo của UBND tỉnh tại Công văn số 7478/UBND-NCKS" in done.stdout
    assert done.stdout.endswith("cải cách hành chính\n")


def test_repair_of_what_is_no_text_on_standard_input() -> None:
    done = extract("repair", "-", stdin=bytes(range(256)) * 40)
    assert done.returncode == 3
    assert one_line(done).startswith("extract: standard input: ")


def test_repair_leaves_other_languages_alone() -> None:
    french = "Le comité présente son rapport à l'assemblée générale au plus tard le premier juin prochain.\n"
    assert extract("repair", "-", stdin=french.encode()).stdout == french


def test_repair_diff_and_json_show_the_edits() -> None:
    damaged = (
        "Uy ban nhan dan tinh bao cao ket qua cai cach hanh chinh nam 2024 va nhiem vu nam 2025 cua cac so, ban, nganh"
    )
    diff = extract("repair", "--format", "diff", "-", stdin=damaged.encode(), env={"NO_COLOR": "1"})
    assert "[-Uy-]{+Ủy+}" in diff.stdout
    edits = json.loads(extract("repair", "--format", "json", "-", stdin=damaged.encode()).stdout)["edits"]
    assert all(damaged[edit["start"] : edit["end"]] == edit["before"] for edit in edits)
    assert len(edits) > 10


def test_check_exits_1_where_a_figure_differs(archive: Path) -> None:
    done = extract("check", archive, "--format", "json")
    findings = json.loads(done.stdout)
    assert done.returncode == 1
    assert any("1.350" in str(finding["note"]) for finding in findings)


def test_status_lists_failures_with_reasons(letter_file: Path, tmp_path: Path) -> None:
    (letter_file.parent / "empty.pdf").touch()
    ran = extract("run", letter_file.parent, "-o", tmp_path / "a.db")
    assert ran.returncode == 3
    done = extract("status", tmp_path / "a.db")
    assert done.returncode == 0
    assert "1 failed" in done.stdout and "0 bytes" in done.stdout


def test_retry_failed_tries_again(letter_file: Path, tmp_path: Path) -> None:
    (letter_file.parent / "empty.pdf").touch()
    extract("run", letter_file.parent, "-o", tmp_path / "a.db")
    again = extract("run", letter_file.parent, "-o", tmp_path / "a.db", "--retry", "failed")
    assert "\n1 tried again, 0 pages read" in again.stdout and "new" not in again.stdout
    assert again.returncode == 3


def test_what_was_not_read_is_named_at_the_end(letter_file: Path, tmp_path: Path) -> None:
    for number in range(25):
        letter_file.with_name(f"{number:02}.pdf").touch()
    letter_file.with_name("logo.svg").write_text("<svg/>", encoding="utf-8")
    for _ in range(2):  # the second run has nothing to do and names them again
        done = extract("run", letter_file.parent, "-o", tmp_path / "a.db")
        assert done.returncode == 3
        lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
        assert sum(line.startswith("  failed  ") and "0 bytes" in line for line in lines) == 20
        assert lines[20] == f"  … and 5 more failed; to list all:  extract status {tmp_path / 'a.db'}"
        assert lines[21].startswith(f"  skipped  {letter_file.with_name('logo.svg')}: this kind of file is not read")
        assert len(lines) == 22


def test_what_is_skipped_is_no_failure(letter_file: Path, tmp_path: Path) -> None:
    letter_file.with_name("logo.svg").write_text("<svg/>", encoding="utf-8")
    done = extract("run", letter_file.parent, "-o", tmp_path / "a.db")
    assert done.returncode == 0 and "skipped  " in done.stdout and "what failed" not in done.stdout


def test_a_folder_without_letters_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    done = extract("run", tmp_path / "pictures", "-o", tmp_path / "a.db")
    assert done.returncode == 2
    assert "1 skipped" in done.stdout
    assert "in the archive" not in done.stdout and "extract browse" not in done.stdout
    assert done.stdout == done.stdout.rstrip("\n") + "\n"
    assert "no letters here" in one_line(done) and "give a folder with PDF" in one_line(done)


def test_status_tells_time_to_the_second(archive: Path) -> None:
    done = extract("status", archive)
    stamp = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.search(rf"^last run: {stamp} to {stamp} \(UTC\), version ", done.stdout, re.M)


def test_dry_run_writes_nothing(letter_file: Path, tmp_path: Path) -> None:
    done = extract("run", letter_file.parent, "-o", tmp_path / "a.db", "--dry-run")
    assert done.returncode == 0
    assert "412.txt" in done.stdout and "1 files to do (1 new), 0 unchanged" in done.stdout
    assert not (tmp_path / "a.db").exists()


def test_doctor_finds_this_machine_complete() -> None:
    done = extract("doctor")
    assert done.returncode == 0, done.stdout
    assert "OCR" in done.stdout


def test_models_and_gazetteer_answer() -> None:
    assert "766" in extract("models").stdout
    assert "Quảng Nam" in extract("gazetteer", "Quang Nam").stdout


def test_export_writes_every_table(archive: Path, tmp_path: Path) -> None:
    done = extract("export", archive, "--to", "csv", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "SNV-CCHC" in (tmp_path / "out" / "letters.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["csv", "jsonl", "ics", "xlsx"])
@pytest.mark.parametrize("below", ["", "deeper"])
def test_export_onto_a_file_says_so(archive: Path, tmp_path: Path, form: str, below: str) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    done = extract("export", archive, "--to", form, taken / below)
    assert done.returncode == 2
    assert one_line(done) == f"extract: {taken}: is a file; give a folder"
    assert taken.read_text(encoding="utf-8") == "mine"


def test_export_of_deadlines_is_a_calendar(archive: Path, tmp_path: Path) -> None:
    done = extract("export", archive, "--to", "ics", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'out' / 'tasks.ics'}  1 tasks\n"
    assert b"DTSTART;VALUE=DATE:20240325" in (tmp_path / "out" / "tasks.ics").read_bytes()


def test_export_of_a_workbook_takes_no_text_for_a_formula(archive: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE letters SET subject = '=1+1'")
    done = extract("export", archive, "--to", "xlsx", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "out" / "archive.xlsx")["letters"]
    heads = [cell.value for cell in sheet[1]]
    subject = sheet[2][heads.index("subject")]
    assert (subject.value, subject.data_type) == ("=1+1", "s")


# ------------------------------------------------------------ bad input, one clear line


def test_missing_path(tmp_path: Path) -> None:
    done = extract("run", tmp_path / "nowhere", "-o", tmp_path / "a.db")
    assert done.returncode == 2
    assert "no such file or folder" in one_line(done)
    assert not (tmp_path / "a.db").exists()


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = extract("run", tmp_path / "empty", "-o", tmp_path / "a.db")
    assert done.returncode == 2
    assert "no letters here" in one_line(done)


def test_folder_given_as_database(letter_file: Path, tmp_path: Path) -> None:
    done = extract("run", letter_file, "-o", tmp_path)
    assert done.returncode == 2
    assert "is a folder, not a database" in one_line(done)


@pytest.mark.parametrize("kind", ["text", "sqlite"])
def test_database_that_is_not_ours_is_left_alone(letter_file: Path, tmp_path: Path, kind: str) -> None:
    database = tmp_path / "theirs.db"
    if kind == "text":
        database.write_text("shopping list", encoding="utf-8")
    else:
        with sqlite3.connect(database) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
    before = database.read_bytes()
    done = extract("run", letter_file, "-o", database)
    assert done.returncode == 5
    assert "is not an archive made by extract" in one_line(done)
    assert database.read_bytes() == before


def test_missing_database(tmp_path: Path) -> None:
    done = extract("check", tmp_path / "none.db")
    assert done.returncode == 2
    assert "no such database" in one_line(done)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.pdf", b"", "0 bytes"),
        ("note.pdf", "Kính gửi: các sở\n".encode(), "content is not what the file name says"),
        ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
        ("broken.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "damaged"),
        ("letter.docx", b"PK\x03\x04", "not read"),
    ],
)
def test_show_of_a_bad_file(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = extract("show", path)
    assert done.returncode == 3
    assert says in one_line(done)
    assert str(path) in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(letter_file: Path) -> None:
    letter_file.chmod(0)
    done = extract("show", letter_file)
    assert done.returncode == 3
    assert "cannot be opened" in one_line(done)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    from PIL import Image, ImageDraw

    path = tmp_path / "page.png"
    page = Image.new("L", (1240, 600), 255)
    ImageDraw.Draw(page).text((100, 100), "UY BAN NHAN DAN TINH, cong van so 12", fill=0, font_size=40)
    page.save(path)
    return path


def test_no_tesseract(scan: Path, tmp_path: Path) -> None:
    done = extract("run", scan, "-o", tmp_path / "a.db", "--engine", "pytesseract", env={"PATH": str(tmp_path)})
    assert done.returncode == 4
    assert "apt-get install tesseract-ocr" in one_line(done)


def test_no_vietnamese_model(scan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tessdata"
    folder.mkdir()
    (folder / "eng.traineddata").write_bytes(b"")
    done = extract("run", scan, "-o", tmp_path / "a.db", env={"TESSDATA_PREFIX": str(folder)})
    assert done.returncode == 4
    assert "no Vietnamese model" in one_line(done)


def test_wrong_usage() -> None:
    assert extract("run").returncode == 2
    assert extract("nonsense").returncode == 2
    assert extract("run", "--jobs", "0", ".").returncode == 2


def test_no_traceback_into_a_closed_pipe(letter_file: Path) -> None:
    done = subprocess.run(
        f"'{PROGRAM}' show --format json '{letter_file}' | head -c 10", shell=True, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr


def test_full_output_is_one_line(letter_file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, "show", letter_file], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("extract: standard output: the output cannot be written")


def test_show_of_a_folder(tmp_path: Path) -> None:
    done = extract("show", tmp_path)
    assert done.returncode == 2
    assert "is a folder" in one_line(done)


def test_what_is_not_known_or_not_read_returns_as_the_contract_says(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    assert extract("show", tmp_path / "logo.svg").returncode == 3
    assert extract("run", tmp_path, "-o", tmp_path / "a.db").returncode == 2
    unknown = extract("gazetteer", "Xyzzy Foo")
    assert unknown.returncode == 0 and "not resolved" in unknown.stdout
    assert json.loads(extract("gazetteer", "Xyzzy Foo", "--format", "json").stdout)["chosen"] is None


def test_evaluate_without_gold(tmp_path: Path) -> None:
    done = extract("evaluate", tmp_path)
    assert done.returncode == 2
    assert "no gold letters here" in one_line(done)


def test_evaluate_counts_fields_of_the_matched_records(letter_file: Path) -> None:
    found = json.loads(extract("show", "--format", "json", letter_file).stdout)
    for citation in found["citations"]:
        citation["issuer"] = "Bộ Nội vụ"
    letter_file.with_name("412.gold.json").write_text(json.dumps(found), encoding="utf-8")
    done = extract("evaluate", letter_file.parent, "--format", "json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["records"]["citations"]["f1"] == 1.0
    assert figures["fields"]["citations"]["issuer"] == {
        "agree": 0.0,
        "right": 0,
        "of": 1,
        "agree_named": 0.0,
        "right_named": 0,
        "named": 1,
    }
    assert figures["fields"]["figures"]["org"]["agree"] == 1.0
    shown = extract("evaluate", letter_file.parent, "--verbose").stdout
    assert re.search(r"^citations: issuer +0\.000 +0 +1 ", shown, re.M)
    assert 'citations issuer: "Ủy ban nhân dân tỉnh" where gold has "Bộ Nội vụ"' in shown
