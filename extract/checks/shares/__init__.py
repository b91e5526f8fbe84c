"""Shares against the counts they are of."""
