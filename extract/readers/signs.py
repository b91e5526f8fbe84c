"""Signs beside words."""

from __future__ import annotations

EDGES = ".,;:!?()[]{}\"'“”‘’/-–…"
"""What stands at the edges of a word and is no part of it."""
