"""Turns scanned Vietnamese administrative letters into a checked database."""

__version__ = "0.1.0"
