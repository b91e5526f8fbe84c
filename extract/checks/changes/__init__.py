"""A value, the one before it, and what lies between them: changes, rates, moves of places, what is left."""
