"""What the checks read from: figures with their words and roles, kinds of things, places, arithmetic and verdicts."""
