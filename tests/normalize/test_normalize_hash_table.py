"""The hash tables of n-grams: every key finds a slot, and is found there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.language_model import STEP, NgramTable
from normalize.train.hash_table import write_table


def written(folder: Path, keys: np.ndarray, values: np.ndarray) -> NgramTable:
    assert write_table(folder, "table", keys, [values]) == 0
    return NgramTable(np.load(folder / "table.npy"), (np.load(folder / "table_0.npy"),))


def test_no_key_is_dropped_from_a_full_table(tmp_path: Path) -> None:
    keys = np.unique(np.random.default_rng(3).integers(0, 2**42, 200_000).astype(np.uint64))
    values = -(np.arange(len(keys), dtype=np.float64) % 7)
    table = written(tmp_path, keys, values)
    found, slot = table.find(keys)
    assert found.all()
    right = np.abs(table.values[0].reshape(-1)[slot] * STEP + values) <= STEP
    assert right.mean() > 0.999  # two keys of a bucket may share a fingerprint of 16 bits


def test_the_same_keys_make_the_same_bytes(tmp_path: Path) -> None:
    keys = np.arange(5_000, dtype=np.uint64) * np.uint64(977)
    for name in ("one", "other"):
        write_table(tmp_path, name, keys, [np.zeros(len(keys))])
    assert (tmp_path / "one.npy").read_bytes() == (tmp_path / "other.npy").read_bytes()


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 2**42 - 1), min_size=1, max_size=300))
def test_what_was_not_written_is_seldom_found(tmp_path_factory: pytest.TempPathFactory, numbers: set[int]) -> None:
    folder = tmp_path_factory.mktemp("table")
    keys = np.array(sorted(numbers), dtype=np.uint64)
    table = written(folder, keys, np.zeros(len(keys)))
    assert table.find(keys)[0].all()
    others = np.array([number + 2**42 for number in sorted(numbers)], dtype=np.uint64)
    assert table.find(others)[0].mean() < 0.2
