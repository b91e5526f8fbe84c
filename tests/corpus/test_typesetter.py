"""The typesetter: marks, numbers, verdicts, line breaks, and the same bytes each time."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("reportlab", reason="reportlab comes with the dev extra")

from corpus.typesetter.align import align
from corpus.typesetter.arithmetic import judge
from corpus.typesetter.body import read_body
from corpus.typesetter.content import LETTERS, load_letter
from corpus.typesetter.faces import FontMissingError, register_fonts
from corpus.typesetter.marks import ContentError, plain, read_marks
from corpus.typesetter.numbers import read_date, read_number
from corpus.typesetter.pdf import write_pdf
from corpus.typesetter.records import citation
from corpus.typesetter.setting import set_letter
from corpus.typesetter.sheet import SetPage
from corpus.typesetter.truth import gold, restored_text, write_json
from corpus.typesetter.wrap import Piece, SetLine, set_lines

ROOT = Path(__file__).parents[2]
CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (ROOT / "tests" / "cases" / "corpus_typesetter.json").read_text(encoding="utf-8")
)


def cases(name: str) -> Any:
    return pytest.mark.parametrize("case", CASES[name], ids=[case["label"] for case in CASES[name]])


@pytest.fixture
def fonts() -> None:
    try:
        register_fonts()
    except FontMissingError as error:
        pytest.skip(str(error))


@cases("numbers")
def test_numbers(case: dict[str, Any]) -> None:
    assert read_number(case["input"]) == Decimal(case["expected"])


@cases("dates")
def test_dates(case: dict[str, Any]) -> None:
    assert read_date(case["input"]) == case["expected"]


@cases("citations")
def test_citations(case: dict[str, Any]) -> None:
    _, (mark,) = read_marks(case["input"])
    record = citation(mark)
    assert {key: record[key] for key in case["expected"]} == case["expected"]


@cases("verdicts")
def test_verdicts(case: dict[str, Any]) -> None:
    printed, part, whole = case["input"]
    assert judge(Decimal(printed), Fraction(part, whole)) == case["expected"]


@pytest.mark.parametrize("source", ["{c|no end", "{x|unknown kind}", "a } alone"])
def test_a_mark_written_wrongly_is_refused(source: str) -> None:
    with pytest.raises(ContentError):
        read_marks(source)


def test_a_citation_that_reads_as_none_is_refused() -> None:
    _, (mark,) = read_marks("{c|Quyết định của tỉnh}")
    with pytest.raises(ContentError):
        citation(mark)


def test_a_task_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ContentError, match="dew"):
        read_body("Giao Sở Nội vụ thực hiện.\n! dew=2024-01-01")


def test_typography_leaves_the_text() -> None:
    assert plain("**1. Sở Nội vụ** báo cáo^2") == "1. Sở Nội vụ báo cáo²"


@pytest.mark.usefixtures("fonts")
def test_lines_hold_every_word_and_fit() -> None:
    text = "Thực hiện Kế hoạch số 8215/KH-UBND ngày 28/11/2023, các **sở, ban, ngành** báo cáo^1 kết quả đúng hạn. " * 4
    lines = set_lines(text, 50.0, 300.0, 14.0, indent=30.0)
    assert "".join("".join(line.text for line in lines).split()) == "".join(plain(text).split())
    for line in lines:
        last = line.pieces[-1]
        assert last.x < 350.0
    assert [note for line in lines for note in line.notes] == [1, 1, 1, 1]


@pytest.mark.usefixtures("fonts")
def test_symbols_break_after_a_hyphen_and_nowhere_else() -> None:
    lines = set_lines("số 8215/KH-UBND", 0.0, 75.0, 14.0)
    assert [line.text for line in lines] == ["số 8215/KH-", "UBND"]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("key", ["01", "15"])
def test_the_same_letter_gives_the_same_bytes(key: str) -> None:
    letter = load_letter(LETTERS / f"{key}.toml")
    first = write_pdf(set_letter(letter), "one")
    assert first == write_pdf(set_letter(load_letter(LETTERS / f"{key}.toml")), "one")


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("path", sorted(LETTERS.glob("*.toml")), ids=lambda path: path.stem)
def test_truth_in_the_repository_is_what_the_content_says(path: Path) -> None:
    letter = load_letter(path)
    pages = set_letter(letter)
    truth = ROOT / "corpus" / "truth"
    assert (truth / f"{letter.key}.gold.json").read_text(encoding="utf-8") == write_json(gold(letter, pages))
    assert (truth / f"{letter.key}.restored.txt").read_text(encoding="utf-8") == restored_text(pages)


@pytest.mark.usefixtures("fonts")
def test_digital_pdf_in_the_repository_reads_as_set() -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    letter = load_letter(LETTERS / "06.toml")
    said = "".join("".join(restored_text(set_letter(letter)).split()))
    with pdfplumber.open(ROOT / "corpus" / "letters" / "digital" / "06.pdf") as document:
        read = "".join("".join(page.extract_text().split()) for page in document.pages)
    assert sorted(read.replace("¹", "1")) == sorted(said.replace("¹", "1"))


def _page(*lines: str) -> SetPage:
    page = SetPage()
    for number, text in enumerate(lines):
        page.drawn.append(SetLine(text, (Piece(80.0, 0.0, "Serif", 14.0, text),), (), 700.0 - 20 * number))
    return page


def test_ocr_lines_get_their_words() -> None:
    page = _page("Kính gửi: Bộ Nội vụ.", "Thực hiện Công văn số 12/BNV-CCHC")
    read = "Kinh giri: BO Noi vu.\n\nThyc hién Céng van sé 12/BNV-CCHC\n"
    assert align(read, [page]) == "Kính gửi: Bộ Nội vụ.\n\nThực hiện Công văn số 12/BNV-CCHC\n"


def test_lost_words_are_not_invented_and_dirt_stays() -> None:
    page = _page("Nơi nhận:", "Nguyễn Hữu Lâm")
    assert align("Noi nhan:\n~ =|\n", [page]) == "Nơi nhận:\n~ =|\n"


def test_as_many_pages_read_as_set() -> None:
    with pytest.raises(ValueError, match="2 pages read"):
        align("a\fb", [_page("a")])
