"""Scores, classes and ranks against scoring models and the bands a letter tells."""
