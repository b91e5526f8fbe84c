"""Fingerprints: what a stored result was made with, so that only what changed is done again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from extract import __version__
from gazetteer.scoring_models import models_fingerprint

_ROOT = Path(__file__).parent
_UNDERSTANDING = ("understand.py", "understood.py", "link.py", "records", "layout", "components", "checks")
_PACKAGES = ("normalize", "gazetteer")
_LEFT_OUT = {"__pycache__", "train"}


def understanding_fingerprint() -> str:
    """Hash of the version and of every file (code, data, model) that decides what is found in a read letter.

    That includes scoring models of the user's own, and pipes and checks of other packages.
    """
    groups = ("congvan.components", "congvan.checks")
    theirs = sorted(
        f"{entry.group}:{entry.name}={entry.value}@{entry.dist.version if entry.dist is not None else ''}"
        for group in groups
        for entry in entry_points(group=group)
    )
    digest = hashlib.sha256("\n".join((_own_fingerprint(), models_fingerprint(), *theirs)).encode())
    return digest.hexdigest()[:16]


@cache
def _own_fingerprint() -> str:
    folders = [_ROOT / name for name in _UNDERSTANDING] + [_ROOT.parent / name for name in _PACKAGES]
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_files(folders)):
        digest.update(path.relative_to(_ROOT.parent).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        if place.is_file():
            yield place
        else:
            yield from (
                path
                for path in place.rglob("*")
                if path.is_file() and not _LEFT_OUT.intersection(path.relative_to(place).parts)
            )
