"""One figure told more than once."""
