"""The sample archive as it lies in the repository: letters and truth fit together, and the arithmetic is as listed."""

import json
import math
import re
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
LETTERS = sorted(path for path in (CORPUS / "letters").rglob("*") if path.is_file())
GOLD = sorted((CORPUS / "truth").glob("*.gold.json"))
PLANTED: list[dict[str, Any]] = json.loads((CORPUS / "truth" / "planted.json").read_text(encoding="utf-8"))
FOLDERS = {"digital", "clean", "office", "photocopy", "english-layer", "tiff", "png", "ocr-text"}
BANDS = [(90, "Xuất sắc"), (80, "Tốt"), (70, "Khá"), (50, "Trung bình"), (0, "Yếu")]


def gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def number(value: object) -> Decimal:
    text = str(value)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    return Decimal(text)


def recompute(check: dict[str, Any]) -> tuple[bool, Decimal | str]:
    """Whether a check holds, worked out here and not by the typesetter, and what it comes to."""
    given, reported = check["inputs"], check["reported"]
    match check["kind"]:
        case "sum":
            exact = sum((number(one) for one in given.values()), Decimal(0))
        case "row_sum" | "column_sum":
            exact = sum((number(one) for one in given["cells"]), Decimal(0))
        case "ratio":
            exact = number(given["part"]) / number(given["whole"]) * 100
        case "difference":
            exact = abs(number(given["current"]) - number(given["previous"]))
        case "rate_of_change":
            exact = abs(number(given["current"]) / number(given["previous"]) - 1) * 100
        case "count_of_list":
            exact = Decimal(len(given["items"]))
        case "class_band":
            name = next(name for bound, name in BANDS if given["score"] >= bound)
            return name == reported, name
        case "rank_bound":
            return given["rank"] <= given["of"], number(given["of"])
        case "maximum":
            return given["value"] <= given["max"], number(given["max"])
        case "consistency":
            if "not_before" in given:
                return given["date"] >= given["not_before"], given["not_before"]
            return len(set(map(str, given["values"]))) == 1, ""
        case kind:
            raise AssertionError(f"no way to recompute {kind}")
    printed = number(reported)
    step = Decimal(10) ** min(int(printed.as_tuple().exponent), 0)
    return abs(exact - printed) < step, exact


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name[:2])
def test_verdicts_follow_from_the_inputs(path: Path) -> None:
    for check in gold(path)["checks"]:
        holds, computed = recompute(check)
        assert holds == (check["verdict"] != "differs"), check
        if isinstance(computed, Decimal) and not isinstance(check["computed"], list):
            assert math.isclose(float(computed), float(check["computed"]), abs_tol=6e-5), check


def test_planted_discrepancies_differ_and_are_the_only_ones() -> None:
    within = [one for one in PLANTED if one["scope"] == "within"]
    for one in within:
        assert not recompute(one)[0], one
    found = [
        (path.name[:2], check["statement"])
        for path in GOLD
        for check in gold(path)["checks"]
        if check["verdict"] == "differs"
    ]
    assert sorted(found) == sorted((one["letters"][0], one["statement"]) for one in within)


def test_enough_discrepancies_of_many_kinds() -> None:
    assert len(PLANTED) >= 8
    kinds = {one["kind"] for one in PLANTED}
    assert {"sum", "ratio", "rank_bound", "class_band", "maximum", "row_sum", "column_sum", "count_of_list"} <= kinds


def test_letters_that_disagree_state_both_values() -> None:
    between = [one for one in PLANTED if one["scope"] == "between"]
    assert len(between) >= 2
    for one in between:
        records = [gold(CORPUS / "truth" / f"{key}.gold.json") for key in one["letters"]]
        for record, value in zip(records, one["inputs"]["values"], strict=True):
            stated = {entry["value"] for entry in record["scores"] + record["figures"]}
            stated |= {entry["rank"] for entry in record["ranks"]}
            assert value in stated


def test_every_letter_has_truth_and_every_truth_a_letter() -> None:
    keys = {path.stem for path in LETTERS}
    assert keys == {path.name[:2] for path in GOLD}
    assert keys == {path.name[:2] for path in (CORPUS / "truth").glob("*.restored.txt")}
    assert len(keys) >= 16


def test_renderings_lie_where_the_content_says() -> None:
    pytest.importorskip("reportlab", reason="reportlab comes with the dev extra")
    from corpus.typesetter.content import load_letters

    said = {(kind, letter.key) for letter in load_letters() for kind in letter.renderings}
    assert said == {(path.parent.name, path.stem) for path in LETTERS}
    for folder in FOLDERS:
        assert sum(kind == folder for kind, _ in said) >= 4, folder


def test_ocr_text_and_its_truth_have_the_same_lines() -> None:
    texts = [path for path in LETTERS if path.parent.name == "ocr-text"]
    for path in texts:
        truth = CORPUS / "truth" / "ocr-text" / f"{path.stem}.restored.txt"
        have, want = (one.read_text(encoding="utf-8").split("\n") for one in (path, truth))
        assert len(have) == len(want)
        assert [line.count("\f") for line in have] == [line.count("\f") for line in want]


def test_records_quote_the_restored_text() -> None:
    for path in GOLD:
        text = path.with_name(f"{path.name[:2]}.restored.txt").read_text(encoding="utf-8")
        squeezed = "".join(text.split())
        records = gold(path)
        for record in chain(records["scores"], records["ranks"], records["figures"], records["classifications"]):
            assert "".join(record["text"].split()) in squeezed, (path.name, record)
        for task in records["tasks"]:
            if task["deadline_text"]:
                assert "".join(task["deadline_text"].split()) in squeezed, (path.name, task)


def test_every_dated_day_is_a_record() -> None:
    for path in GOLD:
        text = path.with_name(f"{path.name[:2]}.restored.txt").read_text(encoding="utf-8")
        records = gold(path)
        days = [one["iso"] for one in records["dates"] if re.search(r"\d+/\d+/\d{4}", one["text"])]
        days += [one["date"] for one in records["citations"] if one["date"]]
        printed = [
            f"{year}-{int(month):02d}-{int(day):02d}"
            for day, month, year in re.findall(r"[Nn]gày\s+(\d{1,2})/(\d{1,2})/(\d{4})", text)
        ]
        assert sorted(printed) == sorted(days), path.name


def test_letters_cite_one_another() -> None:
    heads = {path.name[:2]: gold(path)["header"] for path in GOLD}
    own = {(head["number"], head["symbol"]): key for key, head in heads.items()}
    links = {
        (path.name[:2], own[cited["number"], cited["symbol"]])
        for path in GOLD
        for cited in gold(path)["citations"]
        if (cited["number"], cited["symbol"]) in own
    }
    assert len({pair for pair in links if pair[0] != pair[1]}) >= 5


def test_small_enough_for_git() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 25_000_000
