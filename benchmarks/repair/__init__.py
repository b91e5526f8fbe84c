"""Repair: how right it makes text, how honest its probabilities are, how fast it is."""
