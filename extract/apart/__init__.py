"""Understanding letters in a process apart, so that a hostile text costs its own time and that process."""
