"""`python -m normalize FILE`: print the repaired text of a text file, line for line (`-` reads standard input)."""

from __future__ import annotations

import sys
from pathlib import Path

from normalize.judge import TextKind, judge
from normalize.repairer import Damage, load_repairer

_DAMAGE = {
    TextKind.CLEAN: Damage.CLEAN,
    TextKind.STRIPPED: Damage.STRIPPED,
    TextKind.GARBLED: Damage.GARBLED,
    TextKind.LEGACY: Damage.LEGACY,
    TextKind.EMPTY: Damage.CLEAN,
    TextKind.NOT_JUDGED: Damage.CLEAN,
}


def main(arguments: list[str]) -> int:
    """Repair one file; returns the exit status."""
    if len(arguments) != 1:
        print("usage: python -m normalize FILE", file=sys.stderr)
        return 2
    text = sys.stdin.read() if arguments[0] == "-" else Path(arguments[0]).read_text(encoding="utf8")
    kind = judge(text.split("\n")).kind
    sys.stdout.write(load_repairer().repair(text, _DAMAGE[kind]).text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
