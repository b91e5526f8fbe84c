"""The verdict on a text layer, and the legacy encodings it knows."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from unidecode import unidecode

from normalize.judge import LEAST_WORDS, TextKind, judge
from normalize.legacy import convert_word, detect
from normalize.repairer import Damage, load_repairer

ROOT = Path(__file__).parents[2]
LETTERS = ROOT.parent / "shared"
CLEAN = """Ủy ban nhân dân thị xã đề nghị các phòng, ban chuyên môn và Ủy ban nhân dân các phường
báo cáo kết quả thực hiện nhiệm vụ quý II năm 2023, gửi về Phòng Nội vụ trước ngày 15/6/2023."""
GARBLED = """Uy ban nhan dan thi x4 dé nghi cac phong, ban chuyén m6n va Uy ban nhan dan cac phudng
bao cdo két qua thue hién nhiém vu quy II nam 2023, gtri vé Phong N6i vu trudc ngay 15/6/2023."""
TCVN3 = "Uû ban nh©n d©n thÞ x· ®Ò nghÞ c¸c phßng, ban chuyªn m«n vµ c¸c ph­êng b¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô"
VNI = (
    "Uûy ban nhaân daân thò xaõ ñeà nghò caùc phoøng, ban chuyeân moân vaø caùc phöôøng baùo caùo keát quaû thöïc hieän"
)
BILINGUAL = """Điều 1. Hai bên thống nhất tăng cường hợp tác trong lĩnh vực đào tạo cán bộ hành chính.
Article 1. The two sides agree to strengthen cooperation in the training of administrative officers."""
ABBREVIATED = "Quyết định 766/QĐ-TTg, Nghị định 42/NĐ-CP, Công văn 15/CĐ-VP, NQ của HĐND, BTC của ĐUBK, KH của ĐTN"
DASHES = "Rate† 3 – 4 Fee† 5 – 6 Saver† – Fixed† – 1 year – 2 years – 3 years – Home loan† – Interest† – Only –"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CLEAN, TextKind.CLEAN),
        (BILINGUAL, TextKind.CLEAN),
        (ABBREVIATED, TextKind.CLEAN),
        (DASHES, TextKind.NOT_JUDGED),
        (unidecode(CLEAN), TextKind.STRIPPED),
        (GARBLED, TextKind.GARBLED),
        (TCVN3, TextKind.LEGACY),
        (VNI, TextKind.LEGACY),
        ("", TextKind.EMPTY),
        (" \n\t — …", TextKind.EMPTY),
        ("1 2 3 4,5 67% 8.900\n12 13 14 15", TextKind.NOT_JUDGED),
        ("Ký bởi: Văn phòng\nNgày ký: 12.3.2024", TextKind.NOT_JUDGED),
        ("The committee shall report to the governor before the end of each quarter of the year.", TextKind.NOT_JUDGED),
    ],
)
def test_kinds(text: str, kind: TextKind) -> None:
    verdict = judge(text.split("\n"))
    assert verdict.kind is kind
    assert verdict.reasons


def test_figures_do_not_count_against_a_page() -> None:
    table = "\n".join(f"{row} {row * 7},{row} {row * 3}% 12/{row + 10}/2023" for row in range(60))
    assert judge([*CLEAN.split("\n"), table]).kind is TextKind.CLEAN


def test_decomposed_letters_are_letters_with_marks() -> None:
    assert judge([unicodedata.normalize("NFD", CLEAN)]) == judge([CLEAN])


def test_numbers_are_shares() -> None:
    numbers = judge(GARBLED.split("\n")).numbers
    assert numbers["words"] >= LEAST_WORDS
    assert all(0 <= value <= 1 for name, value in numbers.items() if name != "words")


@pytest.mark.parametrize(
    ("word", "encoding", "letters"),
    [
        ("nhiÖm", "tcvn3", "nhiệm"),
        ("phöôøng", "vni", "phường"),
        ("CéNG", "tcvn3", "CỘNG"),
        ("nghÞ", "tcvn3", "nghị"),
        ("aúm", "vni", "ẳm"),
        ("ti\u00aang", "viscii", "tiếng"),
        ("Vi\u008ct", "vps", "Việt"),
        ("ViŒt", "vps", "Việt"),
    ],
)
def test_convert_word(word: str, encoding: str, letters: str) -> None:
    assert convert_word(word, encoding) == letters


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_legacy_is_found_and_converted(text: str, name: str) -> None:
    found = detect(text)
    assert found is not None and found.name == name
    repaired = load_repairer().repair(text, Damage.LEGACY)
    assert "nhân dân thị xã đề nghị các phòng" in repaired.text
    assert judge([repaired.text]).kind is TextKind.CLEAN


@pytest.mark.parametrize("text", [CLEAN, GARBLED, unidecode(CLEAN), "naïve café déjà vu " * 4])
def test_no_legacy_is_seen_where_there_is_none(text: str) -> None:
    assert detect(text) is None


@pytest.mark.skipif(not (LETTERS / "letters").is_dir(), reason="the sample letters are not beside the repository")
def test_windows_of_the_sample_letters() -> None:
    wanted = {
        "letters/000.txt": "garbled",
        "letters/002.txt": "garbled",
        "letters/003.txt": "garbled",
        "letters/004.txt": "clean",
    }
    for name, kind in wanted.items():
        text = (LETTERS / name).read_text(encoding="utf8")
        kinds = {judge(text[at : at + 600].split("\n")).kind.value for at in range(0, len(text) - 599, 600)}
        assert kinds == {kind}, json.dumps({name: sorted(kinds)})
