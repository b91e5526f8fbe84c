"""The archive on disk: a checked SQLite database with one writer."""

from extract.store.archive import open_archive
from extract.store.contents import Archive, StoredOutcome
from extract.store.search import Hit
from extract.store.storable import storable

__all__ = ["Archive", "Hit", "StoredOutcome", "open_archive", "storable"]
