"""Letters made by hand for the tests of store, browse and export."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from extract.records import (
    Block,
    Box,
    CheckKind,
    CheckVerdict,
    Citation,
    Classification,
    DateMention,
    DateRole,
    DeadlineRelation,
    Figure,
    Finding,
    Flow,
    Header,
    Layer,
    LayerVerdict,
    Letter,
    Line,
    Outcome,
    Page,
    Piece,
    Precision,
    Proof,
    Rank,
    Reading,
    Records,
    Role,
    Score,
    Source,
    Stage,
    Status,
    Table,
    Task,
    Transform,
    VerdictKind,
    Word,
)
from normalize import Cause, Doubt, Edit, apply_edits

PAGES = (
    (
        "UBND TINH BINH AN",
        "So: 12/UBND-NC",
        "Can cứ Quyết định số 766/QĐ-TTg ngày 23/6/2022",
        "tinh dat 67,9/100 điểm, xếp thứ 22/63, xếp loại Khá",
    ),
    (
        "Giao Sở Nội vụ báo cáo trước ngày 01/11/2030",
        "Có 36 hồ sơ, trong đó 7 trễ hạn (19,5 %)",
        "1 | Đúng hạn | 29",
    ),
)
REPAIRS = (
    ("UBND TINH", "UBND TỈNH"),
    ("BINH AN", "BÌNH AN"),
    ("So:", "Số:"),
    ("Can cứ", "Căn cứ"),
    ("tinh dat", "tỉnh đạt"),
)


def make_letter(path: str = "letters/12.pdf", seed: str = "12", extra: str = "") -> Letter:
    """A letter of two pages; `seed` decides its hash, `extra` is one more line."""
    pages = []
    for number, texts in enumerate(PAGES, 1):
        texts = (*texts, extra) if extra and number == 2 else texts
        lines = tuple(
            Line(text, _words(text, 100 + 20 * row), Box(50, 100 + 20 * row, 500, 112 + 20 * row), None)
            for row, text in enumerate(texts)
        )
        verdict = LayerVerdict(VerdictKind.GARBLED, ("few marks",), {"marked": 0.1, "words": 40.0})
        other = (Layer(Source.TEXT_LAYER, (Line("UBND TINH B1NH"),)),) if number == 1 else ()
        pages.append(
            Page(number, 595, 842, Source.OCR, verdict, lines, (), 0.93, Transform(300, 0, 0.5), other, "tesserocr 5.5")
        )
    return Letter(path, hashlib.sha256(seed.encode()).hexdigest(), "application/pdf", tuple(pages))


def _words(text: str, top: float) -> tuple[Word, ...]:
    return tuple(
        Word(word, Box(50 + 40 * index, top, 85 + 40 * index, top + 12), 0.9 + index / 1000)
        for index, word in enumerate(text.split(" "))
    )


def make_reading(letter: Letter) -> Reading:
    """The letter with its repairs and one block a line."""
    raw = letter.raw
    edits = [
        Edit(raw.index(before), raw.index(before) + len(before), before, after, Cause.CHANNEL, 0.98)
        for before, after in REPAIRS
    ]
    doubted = raw.index("NC")
    repaired = apply_edits(raw, edits, [Doubt(doubted, doubted + 2, "symbol not known", 0.4)])
    blocks, at = [], 0
    for line in repaired.text.split("\n"):
        blocks.append(Block(Role.PARAGRAPH, line, at, (Piece(at, at, len(line)),)))
        at += len(line) + 1
    return Reading(letter, repaired, Flow(repaired.text, tuple(blocks)))


def make_records(reading: Reading) -> Records:
    """One record of every kind, with evidence."""

    def proof(words: str) -> Proof:
        start = reading.flow.text.index(words)
        return reading.proof(start, start + len(words), "test.rule")

    entry = proof("29")[0]
    return Records(
        header=Header(
            number="12",
            symbol="UBND-NC",
            doc_type="Công văn",
            issuer="UBND tỉnh Bình An",
            date="2024-11-05",
            recipients=("Sở Nội vụ",),
            copies=("Lưu: VT",),
            evidence=proof("Số: 12/UBND-NC"),
        ),
        citations=(
            Citation(
                "Quyết định", "766", "QĐ-TTg", "2022-06-23", None, proof("Quyết định số 766/QĐ-TTg ngày 23/6/2022")
            ),
        ),
        dates=(
            DateMention(
                "2022-06-23", "ngày 23/6/2022", Precision.DAY, DateRole.CITATION, None, proof("ngày 23/6/2022")
            ),
            DateMention(
                "2030-11-01", "ngày 01/11/2030", Precision.DAY, DateRole.DEADLINE, "đọc", proof("ngày 01/11/2030")
            ),
        ),
        scores=(
            Score(
                "Bộ chỉ số",
                Decimal("67.9"),
                "total",
                "766",
                "tỉnh Bình An",
                "2024",
                Decimal(100),
                evidence=proof("67,9/100 điểm"),
            ),
        ),
        ranks=(Rank("22/63", 22, 63, evidence=proof("22/63")),),
        classifications=(Classification("tỉnh Bình An", "Khá", "2024", proof("Khá")),),
        figures=(
            Figure("hồ sơ", Decimal(36), "hồ sơ", evidence=proof("36 hồ sơ")),
            Figure("trễ hạn", Decimal("19.5"), "%", evidence=proof("19,5 %")),
        ),
        tables=(
            Table(
                "Kết quả",
                ("TT", "Nội dung", "Số"),
                (("1", "Đúng hạn", "29"), (None, None, None)),
                ((None, None, entry),),
                proof("1 | Đúng hạn | 29"),
            ),
        ),
        tasks=(
            Task(
                "báo cáo",
                "1",
                ("Sở Nội vụ",),
                ("Sở Tài chính",),
                "2030-11-01",
                "trước ngày 01/11/2030",
                DeadlineRelation.BEFORE,
                None,
                "UBND tỉnh",
                ("766/QĐ-TTg",),
                proof("Giao Sở Nội vụ báo cáo trước ngày 01/11/2030"),
            ),
        ),
    )


def make_findings(reading: Reading) -> tuple[Finding, ...]:
    """One finding that differs and one that agrees."""
    start = reading.flow.text.index("19,5 %")
    proof = reading.proof(start, start + 6, "check.share")
    return (
        Finding(
            CheckKind.RATIO,
            "7 trong 36 là 19,5 %",
            (("part", "7"), ("whole", "36")),
            "19.5",
            "19.4",
            CheckVerdict.DIFFERS,
            "7 / 36 = 19,4 %",
            proof,
        ),
        Finding(CheckKind.RANK_BOUND, "hạng 22 trong 63", (), "22", "63", CheckVerdict.AGREES),
    )


def outcome_of(letter: Letter, status: Status = Status.DONE) -> Outcome:
    """An outcome for the letter."""
    return Outcome(letter.path, letter.sha256, status, Stage.STORE)


Stored = tuple[Letter, Reading, Records, tuple[Finding, ...], Outcome]


def make_all(path: str = "letters/12.pdf", seed: str = "12", **header: str | None) -> Stored:
    """Letter, reading, records, findings, outcome: what `Archive.put_letter` takes."""
    letter = make_letter(path, seed)
    reading = make_reading(letter)
    records = make_records(reading)
    if header:
        records = replace(records, header=replace(records.header, **header))
    return letter, reading, records, make_findings(reading), outcome_of(letter)
