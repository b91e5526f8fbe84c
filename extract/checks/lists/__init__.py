"""Counts against the lists that name what was counted."""
