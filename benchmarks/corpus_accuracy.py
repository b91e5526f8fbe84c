"""The sample archive: accuracy by rendering, and the planted discrepancies."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.places import CORPUS, PROGRAM

KINDS = (
    "header",
    "citations",
    "dates",
    "scores",
    "ranks",
    "classifications",
    "figures",
    "table cells",
    "tasks",
    "task deadlines",
    "task assignees",
    "discrepancies",
)


def evaluate(rendering: str) -> dict[str, Any]:
    """What `extract evaluate` says of one rendering."""
    command: list[str | Path] = [
        PROGRAM,
        "evaluate",
        CORPUS / "truth",
        "--letters",
        CORPUS / "letters" / rendering,
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print a table: a row a rendering, F1 a column."""
    print(f"| rendering | letters | words right | {' | '.join(KINDS)} |")
    print(f"|---|---|---|{'---|' * len(KINDS)}")
    for folder in sorted(path for path in (CORPUS / "letters").iterdir() if path.is_dir()):
        found = evaluate(folder.name)
        right = 1 - found["wrong_words"] / found["words"] if found["words"] else 1.0
        cells = [f"{found['records'][kind]['f1']:.3f}" if kind in found["records"] else "" for kind in KINDS]
        print(f"| {folder.name} | {found['letters']} | {right:.4f} | {' | '.join(cells)} |", flush=True)
