"""The archive in a web browser: Datasette, on this machine only, read-only."""
