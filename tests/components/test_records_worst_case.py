"""Every component takes time in proportion to the text, whatever the text."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from extract.components.classifications import find_classifications
from extract.components.figures import find_figures
from extract.components.found import Found
from extract.components.ranks import find_ranks
from extract.components.scores import find_scores
from extract.components.tables import find_tables
from extract.components.tasks import find_tasks
from extract.records import Block, Flow, Letter, Line, Page, Piece, Reading, Role, Source
from extract.records.pages import LayerVerdict, VerdictKind
from normalize.edits import Repaired

LENGTH = 60_000
HOSTILE = (
    "1/1 điểm, ",
    "đạt 1,5/100 điểm so với (",
    "xếp hạng 1/63, từ 1 lên 2 ",
    "xếp loại Tốt gồm: A, B và C; ",
    "03 sở xếp loại khá gồm Sở A, ",
    "(((",
    "1.234 hồ sơ, trong đó 1 (chiếm 5%), ",
    "số số số số ",
    "giao Sở A, Sở B và Sở C, ",
    "Giao các Sở: ",
    "trước ngày 1/1, hằng tháng, trong 5 ngày ",
    "Chỉ số Chỉ số ",
    "Căn cứ, căn cứ ",
    "A. B. ",
    "phối hợp với Sở A phối hợp ",
    "9",
    "Tổng điểm là ",
    "Tốt (Tốt) xếp loại Tốt, ",
    "dẫn đầu là A, ",
    "PCI đạt 1,5%, ",
    "(1,5; 1/63) ",
    "02 sở (A, B) và ",
    "Sở A: 92,5; ",
    "lần lượt đứng thứ 1, 2 ",
    "các Sở: A, ",
    "như sau: (1) Giao Sở A rà soát. (2) Giao Sở B làm. ",
    "Để làm, Thứ nhất, trên cơ sở đề nghị của các sở, cơ quan A, ",
    "UBND các huyện: A, B và C, các xã chưa nộp khẩn trương ",
    "thông báo để các cơ quan biết, 02 tuần/lần, hằng năm (trước ngày 5/1/25), ",
    "trong đó: a 1,5%; ",
    "từ 1,5 điểm năm 2020 ",
    "sau Hà Nội (thứ 4), ",
    "xếp thứ hai và ba là Bộ A và Bộ B ",
    "Chỉ số A (PCI) PCI ",
    "tăng 1 bậc và ",
    "xã A hoàn thành nhiệm vụ; ",
    "1) a ",
)


def reading_of(text: str, role: Role, *, lines: bool = False) -> Reading:
    parts = text.split("\n") if lines else [text]
    letter = Letter(
        "x", "0" * 64, "text/plain",
        (Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(Line(part) for part in parts)),),
    )  # fmt: skip
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block(role, part, at, (Piece(at, at, len(part)),)))
        at += len(part) + 1
    return Reading(letter, Repaired(text, text), Flow(text, tuple(blocks)))


FINDERS: dict[str, Callable[[Reading, Found], Any]] = {
    "scores": find_scores,
    "ranks": find_ranks,
    "classifications": find_classifications,
    "figures": find_figures,
    "tasks": find_tasks,
}


@pytest.mark.parametrize("name", FINDERS)
@pytest.mark.parametrize("seed", HOSTILE)
def test_one_long_sentence_takes_linear_time(name: str, seed: str) -> None:
    text = (seed * (LENGTH // len(seed) + 1))[:LENGTH]
    find = FINDERS[name]
    find(reading_of("Sở A đạt 1/2 điểm, xếp hạng 1/2.", Role.PARAGRAPH), Found())  # load data outside the clock
    start = time.process_time()
    find(reading_of(text, Role.PARAGRAPH), Found())
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "line",
    [
        "1 A 1 2 3",
        "a",
        "TT A B",
        "1.1",
        "Tổng 1 2",
        "| | |",
        "1 Tốt 1 Tốt",
        "1\nA",
        "1\nA\n2",
        "1  A  B  2",
        "TT  A  B  C",
        "1  A  2\n   a",
        "A  B  C  1  2\n  1",
    ],
)
def test_many_table_lines_take_linear_time(line: str) -> None:
    text = "\n".join([line] * 6_000)
    reading = reading_of(text, Role.TABLE, lines=True)
    start = time.process_time()
    find_tables(reading, Found())
    assert time.process_time() - start < 8
