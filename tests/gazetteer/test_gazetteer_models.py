import json
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.scoring_models import ENVIRONMENT, ModelInvalid, Rule, link_indicator, load_models, models_fingerprint
from gazetteer.scoring_models.loading import _read

LINKS = json.loads((Path(__file__).parents[1] / "cases" / "gazetteer_links.json").read_text(encoding="utf8"))
GOOD = """
id = "x"
name = "Bộ chỉ số thử"
total = 10
source = "a test"
[[band]]
name = "Cao"
at_least = 5
verified = true
[[band]]
name = "Thấp"
below = 5
verified = true
[[form]]
name = "hai phần"
parts = ["a", "b"]
[[indicator]]
id = "a"
name = "Phần một"
max = 4
verified = true
[[indicator]]
id = "b"
name = "Phần hai"
max = 6
full_at = 0.5
verified = false
"""


def write(folder, text, name="x.toml"):
    path = folder / name
    path.write_text(text, encoding="utf8")
    return path


def test_ours_are_valid_and_known():
    models = {model.id: model for model in load_models()}
    assert {"766", "par-index", "provincial-reform", "papi", "sipas", "dti", "pci", "ict-index"} <= set(models)
    assert all(model.source for model in models.values())


def test_766_in_both_forms():
    (model,) = [model for model in load_models() if model.id == "766"]
    assert sorted(len(form.parts) for form in model.forms) == [5, 6]
    for form in model.forms:
        assert sum(model.indicator(part).max for part in form.parts) == 100
    assert [model.band_of(Decimal(score)).name for score in ("90", "89.99", "70", "69.9", "50", "49.9")] == [
        "Xuất sắc", "Tốt", "Khá", "Trung bình", "Trung bình", "Yếu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("model_id", "parts", "total", "slack"),
    [
        ("dti", [1.0, 0.9, 0.8253, 0.8487, 0.7578, 0.8575, 0.7836, 0.5197], "0.8002", "0.0001"),
        ("dti", [0.9, 0.8, 0.7233, 0.7376, 0.7226, 0.7325, 0.7556, 0.2947], "0.6924", "0.0001"),
        ("pci", [7.98, 7.39, 6.31, 8.52, 7.85, 6.96, 7.74, 7.39, 7.27, 7.91], "73.02", "0.05"),
        ("pci", [6.52, 6.77, 6.82, 7.64, 6.70, 6.02, 7.73, 7.49, 7.17, 7.21], "70.61", "0.05"),
    ],
)
def test_weights_make_published_totals(model_id, parts, total, slack):
    (model,) = [model for model in load_models() if model.id == model_id]
    (form,) = model.forms
    assert form.rule is Rule.WEIGHTED
    points = {part: Decimal(str(value)) for part, value in zip(form.parts, parts, strict=True)}
    weights = {part: model.indicator(part).weight for part in form.parts}
    assert abs(form.total(points, weights) - Decimal(total)) <= Decimal(slack)


def test_a_model_of_ones_own(tmp_path):
    write(tmp_path, GOOD)
    (model,) = [model for model in load_models([tmp_path]) if model.id == "x"]
    assert model.band_of(Decimal(5)).name == "Cao"
    assert model.indicator("b").points(Decimal(1), Decimal(4)) == Decimal(3)
    assert model.indicator("b").points(Decimal(9), Decimal(10)) == Decimal(6)
    assert model.indicator("a").points(Decimal(1), Decimal(2)) is None
    assert models_fingerprint([tmp_path]) != models_fingerprint()
    assert link_indicator("Phần hai", load_models([tmp_path])).id == "x.b"


def test_a_model_of_ones_own_replaces_ours(tmp_path):
    write(tmp_path, GOOD.replace('id = "x"', 'id = "sipas"'))
    (model,) = [model for model in load_models([tmp_path]) if model.id == "sipas"]
    assert model.name == "Bộ chỉ số thử"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("total = 10", 'total = "10"', "write a number"),
        ("total = 10", "", "has no 'total'"),
        ("total = 10", "total = 0", "the total is 0"),
        ("max = 6", "max = 7", "4 + 7 = 11, the total is 10"),
        ("below = 5", "below = 4", "leave a gap or overlap"),
        ("at_least = 5", "at_least = 50", "gap or overlap"),
        ('parts = ["a", "b"]', 'parts = ["a", "c"]', "'c', which is no indicator"),
        ('name = "Phần hai"', 'name = "Phần một"', "names both 'a' and 'b'"),
        ('id = "b"', 'id = "a"', "the same id"),
        ("verified = false", "verfied = false", "unknown key 'verfied'"),
        ("verified = false", 'verified = false\nparent = "z"', "'z', which is not there"),
        (
            'source = "a test"',
            'source = "a test"\nvalid_from = 2024-01-02\nvalid_to = 2024-01-01',
            "valid_to is before",
        ),
        ('parts = ["a", "b"]', 'parts = ["a", "b"]\nrule = "product"', "write one of sum, weighted"),
        ('parts = ["a", "b"]', 'parts = ["a", "b"]\nrule = "weighted"', "a part has no weight"),
        ("[[band]]", "[[band", "not a TOML file"),
    ],
)
def test_complaints_say_what_to_do(tmp_path, old, new, complaint):
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ModelInvalid) as raised:
        load_models([tmp_path])
    assert str(raised.value).startswith(str(path)) and complaint in str(raised.value)
    assert ";" in str(raised.value) and raised.value.remedy


def test_folder_missing_and_ids_twice(tmp_path):
    with pytest.raises(ModelInvalid, match="no such folder"):
        load_models([tmp_path / "none"])
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "y.toml")
    with pytest.raises(ModelInvalid, match="change one id"):
        load_models([tmp_path])


@pytest.mark.parametrize("case", LINKS, ids=[case["label"] for case in LINKS])
def test_links(case):
    asked = case["input"]
    match = link_indicator(
        asked["text"],
        load_models(),
        maximum=Decimal(asked["maximum"]) if "maximum" in asked else None,
        on=date.fromisoformat(asked["on"]) if "on" in asked else None,
    )
    assert (match.id if match else None) == case["expected"]
    assert match is None or 0 < match.margin <= match.score <= 1


@given(st.text(max_size=200))
def test_any_text_links_or_not(text):
    match = link_indicator(text, load_models())
    assert match is None or match.reason


def test_loads_quickly():
    _read.cache_clear()
    start = time.process_time()
    load_models()
    assert time.process_time() - start < 0.4  # processor seconds


def test_models_of_the_users_folders(tmp_path, monkeypatch):
    ours, before = load_models(), models_fingerprint()
    write(tmp_path, GOOD)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert {model.id for model in load_models()} == {model.id for model in ours} | {"x"}
    assert models_fingerprint() != before == models_fingerprint([])
    assert load_models([]) == ours
    changed = models_fingerprint()
    write(tmp_path, GOOD.replace('"Cao"', '"Cao nhất"'))
    assert models_fingerprint() != changed
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "none"))
    with pytest.raises(ModelInvalid, match="no such folder"):
        load_models()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("full_at = 0.5", "full_at = 0", "full_at is 0"),
        ("full_at = 0.5", "full_at = 50", "full_at is 50"),
        ("full_at = 0.5", 'part = "đúng hạn"', "only one of part and whole"),
    ],
)
def test_a_formula_that_cannot_be(old, new, problem, tmp_path):
    write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ModelInvalid, match=problem):
        load_models([tmp_path])
