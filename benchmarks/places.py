"""Where the benchmarks find what they measure."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
"""Real letters and scans, no part of this repository; what needs them is left out where there are none."""

PROGRAM = Path(sys.executable).with_name("extract")


def has_real_letters() -> bool:
    """Whether real letters lie beside the checkout; says so where they do not."""
    if (SHARED / "letters").is_dir():
        return True
    print(f"(left out: no real letters in {SHARED.name}/ beside this checkout)")
    return False
