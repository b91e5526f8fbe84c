"""What the toolkit knows of the world: administrative units, bodies, kinds of documents, titles, scoring models.

Data files with dates of validity and sources, and thin code to load and match them.
"""

from gazetteer.documents import (
    Abbreviation,
    DocKind,
    DocType,
    SignAuthority,
    Title,
    abbreviations,
    doc_types,
    sign_authorities,
    titles,
)
from gazetteer.entries import Candidate, Entry, Kind, Resolution
from gazetteer.match import Gazetteer, load_gazetteer

__all__ = [
    "Abbreviation",
    "Candidate",
    "DocKind",
    "DocType",
    "Entry",
    "Gazetteer",
    "Kind",
    "Resolution",
    "SignAuthority",
    "Title",
    "abbreviations",
    "doc_types",
    "load_gazetteer",
    "sign_authorities",
    "titles",
]
