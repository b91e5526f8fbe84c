"""Writes n-grams as the hash tables that `normalize.language_model` maps into memory."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.files import write_array
from normalize.language_model import SLOTS, buckets_of, fingerprints_of, mix, quantise

LOAD = 0.94
"""Share of the slots that are filled; two buckets of four slots a key can be filled to about 0.97 (Dietzfelbinger and
Weidling 2007)."""
_MOST_ROUNDS = 2_000

Keys = npt.NDArray[np.uint64]
Slots = npt.NDArray[np.int64]


def write_table(folder: Path, name: str, keys: Keys, values: list[npt.NDArray[np.float64]]) -> int:
    """Write `keys` (distinct) and the log probabilities of each as `name`.npy, `name`_0.npy, ...

    Returns:
        How many keys found no slot.
    """
    buckets = math.ceil(len(keys) / LOAD / SLOTS) + 1
    mixed = mix(keys)
    slot = place_keys(mixed, buckets)
    placed = slot >= 0
    table = np.zeros(buckets * SLOTS, dtype=np.uint16)
    table[slot[placed]] = fingerprints_of(mixed[placed])
    write_array(folder / f"{name}.npy", table.reshape(buckets, SLOTS))
    for index, value in enumerate(values):
        stored = np.zeros(buckets * SLOTS, dtype=np.uint8)
        stored[slot[placed]] = quantise(value[placed])
        write_array(folder / f"{name}_{index}.npy", stored.reshape(buckets, SLOTS))
    return int((~placed).sum())


def place_keys(mixed: Keys, buckets: int) -> Slots:
    """A slot of one of its two buckets for each mixed key; -1 for one that found none.

    Cuckoo hashing, all keys at once (Pagh and Rodler 2004): a key that finds its bucket full takes the place of
    another, which goes to its own other bucket.
    """
    choices = np.stack(buckets_of(mixed, buckets))
    turn = np.zeros(len(mixed), dtype=np.int64)
    owner = np.full(buckets * SLOTS, -1, dtype=np.int64)
    fill = np.zeros(buckets, dtype=np.int64)
    waiting = np.arange(len(mixed))
    for lap in range(_MOST_ROUNDS):
        if not len(waiting):
            break
        target = choices[turn[waiting], waiting]
        order = np.argsort(target, kind="stable")
        waiting, target = waiting[order], target[order]
        opens = np.concatenate(([True], target[1:] != target[:-1]))
        starts = np.flatnonzero(opens)
        rank = np.arange(len(target)) - np.repeat(starts, np.diff(np.append(starts, len(target))))
        place = fill[target] + rank
        fits = place < SLOTS
        owner[target[fits] * SLOTS + place[fits]] = waiting[fits]
        pushes = ~fits & ((rank == 0) | ~np.concatenate(([True], ~fits[:-1])))
        np.add.at(fill, target[fits], 1)
        pushed = target[pushes] * SLOTS + (target[pushes] + lap) % SLOTS
        evicted = owner[pushed]
        owner[pushed] = waiting[pushes]
        waiting = np.concatenate((evicted, waiting[~fits & ~pushes]))
        turn[waiting] ^= 1
    slot = np.full(len(mixed), -1, dtype=np.int64)
    taken = np.flatnonzero(owner >= 0)
    slot[owner[taken]] = taken
    return slot
