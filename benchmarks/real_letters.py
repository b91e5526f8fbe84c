"""Real letters with gold answers, scored by the ruler that lies beside them."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.places import PROGRAM, SHARED, has_real_letters

ROUNDS = (
    ("repair", "letters", ("repair",)),
    ("records", "letters", ("show", "--format", "json")),
    ("repair", "scans", ("repair",)),
    ("records", "scans", ("show", "--format", "json")),
)


def main() -> None:
    """Print what the ruler prints for repair and records, of OCR text and of scans."""
    if not has_real_letters():
        return
    for what, letters, command in ROUNDS:
        done = subprocess.run(
            [
                sys.executable,
                SHARED / "eval" / "score.py",
                what,
                "--gold",
                SHARED / "gold",
                "--letters",
                SHARED / letters,
                "--",
                PROGRAM,
                *command,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"### {what}, {letters}\n\n```\n{(done.stdout + done.stderr).strip()}\n```\n", flush=True)
