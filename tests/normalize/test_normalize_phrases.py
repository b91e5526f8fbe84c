"""Names and phrases: capitals weigh words, phrases and short forms are found, the rest is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from normalize.candidates import Candidate
from normalize.edits import Cause
from normalize.language_model import SPECIAL
from normalize.lattice import Slot
from normalize.phrases import CASING_STEP, CONTEXTS, OTHER, PHRASE_BONUS, SMALL, TITLE, Phrases, case_of, context_of
from normalize.repairer import Damage, load_repairer
from normalize.train.phrases import count_casing, count_short_forms, name_phrases, write_casing, write_short_forms

CASES = json.loads((Path(__file__).parents[1] / "cases" / "normalize_phrases.json").read_text(encoding="utf8"))
WORDS = {word: number for number, word in enumerate([*SPECIAL, "mới", "mồi", "xã", "hòa", "hóa", "pgd"])}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["label"]) for row in CASES])
def test_repair(row: dict[str, object]) -> None:
    given = row["input"]
    assert isinstance(given, dict)
    assert load_repairer().repair(given["text"], Damage(given["damage"])).text == row["expected"]


@pytest.mark.parametrize(
    ("text", "case"),
    [("mới", SMALL), ("Mới", TITLE), ("M", TITLE), ("MỚI", OTHER), ("TTg", OTHER), ("S&", TITLE), ("61", OTHER)],
)
def test_case(text: str, case: int) -> None:
    assert case_of(text) == case


def phrases(*names: str, casing: np.ndarray | None = None) -> Phrases:
    odds = np.zeros((len(WORDS), CONTEXTS), np.int8) if casing is None else casing
    return Phrases(odds, WORDS, list(names), {"PGD": ("PGĐ", 2.0)})


def slots(*places: tuple[str, ...]) -> list[Slot]:
    made, at = [], 0
    for text, *options in places:
        found = tuple(Candidate(WORDS.get(word.lower(), 0), word, 0.0) for word in options or [text])
        made.append(Slot(at, at + len(text), text, found))
        at += len(text) + 1
    return made


def scores(slot: Slot) -> dict[str, float]:
    return {item.text: item.score for item in slot.candidates}


def test_a_word_that_is_written_with_a_capital_gains_where_one_was_read() -> None:
    casing = np.zeros((len(WORDS), CONTEXTS), np.int8)
    casing[WORDS["mới"]] = round(2 / CASING_STEP)
    casing[WORDS["mồi"]] = -round(2 / CASING_STEP)
    sentence = slots(("Doi",), ("Moi", "Mới", "Mồi"))
    phrases(casing=casing).favour([sentence], restore=False)
    found = scores(sentence[1])
    assert found["Mồi"] < found["Mới"] < 0


def test_the_first_word_of_a_sentence_tells_nothing() -> None:
    casing = np.full((len(WORDS), CONTEXTS), 50, np.int8)
    casing[WORDS["mồi"]] = -50
    sentence = slots(("Moi", "Mới", "Mồi"), ("xã",))
    phrases(casing=casing).favour([sentence], restore=True)
    assert scores(sentence[0]) == {"Mới": 0, "Mồi": 0}


def test_a_phrase_gains_as_a_whole_and_its_half_does_not() -> None:
    whole = slots(("xa", "xã"), ("Hoa", "Hòa", "Hóa"), ("Moi", "Mới", "Mồi"))
    half = slots(("xa", "xã"), ("Hoa", "Hòa", "Hóa"), ("Moi", "Mồi"))
    phrases("xã Hòa Mới").favour([whole, half], restore=True)
    gained = scores(whole[1])
    assert gained["Hòa"] - gained["Hóa"] == pytest.approx(PHRASE_BONUS)
    assert scores(half[1])["Hòa"] == scores(half[1])["Hóa"]


def test_phrases_that_share_a_place_cancel_out() -> None:
    sentence = slots(("xa", "xã"), ("Hoa", "Hòa", "Hóa"))
    phrases("xã Hòa", "xã Hóa").favour([sentence], restore=True)
    assert scores(sentence[1])["Hòa"] == scores(sentence[1])["Hóa"] == PHRASE_BONUS


def test_a_short_form_is_offered_with_its_odds() -> None:
    sentence = slots(("mới",), ("PGD", "PGD"), ("xã",))
    phrases().favour([sentence], restore=True)
    assert scores(sentence[1]) == {"PGD": 0, "PGĐ": 2.0}
    assert sentence[1].cause is Cause.GAZETTEER


def test_a_short_form_is_not_offered_beside_other_capitals_or_where_none_was_lost() -> None:
    symbol, right = slots(("PGD",), ("TTr",)), slots(("mới",), ("PGD",))
    phrases().favour([symbol], restore=True)
    phrases().favour([right], restore=False)
    assert len(symbol[0].candidates) == len(right[1].candidates) == 1


def test_counts_leave_out_what_opens_a_sentence() -> None:
    counts = count_casing(["Mới vào xã Hòa Mới. Mồi (Hòa), mới"], WORDS)
    assert counts[WORDS["mồi"]].sum() == 0
    assert counts[WORDS["xã"], context_of(SMALL, True), SMALL] == 1
    assert counts[WORDS["hòa"], context_of(SMALL, True), TITLE] == 1
    assert counts[WORDS["mới"], context_of(TITLE, False), TITLE] == 1
    assert counts[WORDS["mới"], context_of(OTHER, False), SMALL] == 1
    assert counts[WORDS["hòa"], context_of(OTHER, False), TITLE] == 1


def test_written_odds_follow_the_counts(tmp_path: Path) -> None:
    counts = np.ones((len(WORDS), CONTEXTS, 2))
    counts[WORDS["hòa"], :, TITLE] = 500
    counts[WORDS["mồi"], :, SMALL] = 500
    write_casing(counts, tmp_path / "casing.npy")
    odds = np.load(tmp_path / "casing.npy", allow_pickle=False)
    assert odds.shape == (len(WORDS), CONTEXTS)
    assert odds.dtype == np.int8
    assert (odds[WORDS["mồi"]] < odds[WORDS["xã"]]).all()
    assert (odds[WORDS["xã"]] < odds[WORDS["hòa"]]).all()


def test_short_forms_are_those_more_frequent_than_what_is_left_of_them(tmp_path: Path) -> None:
    counts = count_short_forms(["Phòng QLXĐ, QLXĐ, QLXĐ và QLXĐ", "số 12/ABĐC-QLZ", "BÁO CÁO QLXĐ"] * 3)
    assert counts == {"QLXĐ": 12}
    write_short_forms({**counts, "XYZĐ": 9, "XYZD": 9}, tmp_path / "short_forms.tsv")
    bare = {line.split("\t")[0] for line in (tmp_path / "short_forms.tsv").read_text(encoding="utf8").splitlines()}
    assert "QLXD" in bare
    assert "XYZD" not in bare


def test_names_have_two_words_and_more_and_no_digits() -> None:
    names = name_phrases()
    assert {"Sở TN&MT", "huyện Duy Xuyên"} <= set(names)
    assert all(" " in name and not any(map(str.isdigit, name)) for name in names)
