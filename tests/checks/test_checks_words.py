import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.checks import check
from extract.checks.figures.figures import words
from extract.checks.repeats.telling import data
from extract.records import Records
from extract.wordlists import wordlist

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_words.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_words_relate_figures(case, read):
    findings = check(Records(), read(case["input"]))
    made = [[one.kind.value, one.reported, one.computed, one.verdict.value] for one in findings]
    assert sorted(map(str, made)) == sorted(map(str, case["expected"])), [one.note for one in findings]
    assert all(one.note and one.evidence and one.statement for one in findings)


CUES = {**{role: words(role) for role in wordlist("extract.checks", "roles")}, "demands": data().demands}


@pytest.mark.parametrize("role", sorted(CUES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(drawn=st.data())
def test_signs_are_in_all_words_of_a_role(role, drawn):
    text = drawn.draw(st.from_regex(CUES[role].pattern))
    assert CUES[role].is_in(text)


OPENERS = wordlist("extract.checks", "openers")


@pytest.mark.parametrize("opener", sorted(OPENERS["openers"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(drawn=st.data())
def test_signs_are_in_all_words_that_open_a_list(opener, drawn):
    text = drawn.draw(st.from_regex(OPENERS["openers"][opener]))
    assert any(sign in text for sign in OPENERS["signs"])
