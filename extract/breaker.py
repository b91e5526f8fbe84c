"""Stops a run whose letters went away, before their absence is written down as their fault."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from extract.errors import CongvanError, FileUnreadable, InputGone, PathMissing
from extract.records import Outcome

MOST_IN_A_ROW = 20
_AWAY = frozenset(
    map(
        os.strerror,
        (
            errno.ENOENT,
            errno.EIO,
            errno.ESTALE,
            errno.ENOTCONN,
            errno.ENODEV,
            errno.ENXIO,
            errno.ETIMEDOUT,
            errno.EHOSTDOWN,
        ),
    )
)


class Breaker:
    """Holds back outcomes that a lost disk or share could have caused, until something else was read after them.

    `charge` stores an outcome. Files that are read prove that the place is there; then those held
    back are charged with their failure. So are they at the end, if the places named still are there.
    """

    def __init__(self, paths: Sequence[Path], charge: Callable[[Outcome], None]) -> None:
        self._paths = tuple(paths)
        self._charge = charge
        self._held: list[Outcome] = []

    def hold(self, outcome: Outcome, problem: CongvanError | None) -> bool:
        """Whether the outcome is held back; those before it are charged where it is not.

        Raises:
            InputGone: too many in a row, or a place that was named is gone.
        """
        if isinstance(problem, PathMissing) or (isinstance(problem, FileUnreadable) and problem.detail in _AWAY):
            self._held.append(outcome)
            if len(self._held) >= MOST_IN_A_ROW:
                raise InputGone(outcome.path, f"{len(self._held)} files in a row: {problem.problem}")
            return True
        self.settle()
        return False

    def settle(self, proof: Path | None = None) -> None:
        """Charge what is held back; `proof` is a file that was read and must still be there.

        Raises:
            InputGone: a place that was named is gone.
        """
        if not self._held:
            return
        if proof is not None:
            try:
                with proof.open("rb") as file:
                    file.read(1)
            except OSError as failure:
                raise InputGone(str(proof), failure.strerror) from failure
        for path in self._paths:
            try:
                path.stat()
                if path.is_dir() and not any(path.iterdir()):
                    raise InputGone(str(path), "it is empty now")
            except OSError as failure:
                raise InputGone(str(path), failure.strerror) from failure
        held, self._held = self._held, []
        for outcome in held:
            self._charge(outcome)
