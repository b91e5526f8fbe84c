"""A whole against its parts, and the stages that things go through (received = resolved + pending)."""
