"""Hand-over formats: one letter as JSON, text or HTML; an archive as files."""
