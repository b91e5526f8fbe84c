"""From what the OCR wrote to what the letter said."""

from normalize.edits import Cause, Doubt, Edit, Repaired, apply_edits, concatenate, revert

__all__ = ["Cause", "Doubt", "Edit", "Repaired", "apply_edits", "concatenate", "revert"]
