"""Checks between the letters of an archive."""
