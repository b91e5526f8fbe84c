"""Which figure of a letter is wrong, where findings that differ share figures."""
