"""Accuracy against gold letters, per kind of record and of the repaired text."""

from extract.evaluation.fields import Agreement, add_fields, compare_fields
from extract.evaluation.matching import Tally, compare_letter
from extract.evaluation.text import count_word_errors

__all__ = ["Agreement", "Tally", "add_fields", "compare_fields", "compare_letter", "count_word_errors"]
