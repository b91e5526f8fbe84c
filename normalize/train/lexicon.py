"""The closed set of syllables: what spelling allows, kept where running text has it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from normalize.files import write_text
from normalize.syllables import TONES, compose

_FRONT_VOWELS = "eêiy"


def legal(rimes: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Every (onset, rime, tones) that the tables of `rimes.toml` allow."""
    stops = str(rimes["stop_rimes"]).split()
    plain = str(rimes["open_rimes"]).split() + str(rimes["sonorant_rimes"]).split()
    every = [(rime, "sj") for rime in stops] + [(rime, "".join(TONES)) for rime in plain]
    for rime, tones in every:
        onsets = list(_strings(rimes["onsets"]))
        onsets += _strings(rimes["front_onsets"] if rime[0] in _FRONT_VOWELS else rimes["back_onsets"])
        if rime[0] != "i":
            onsets.append("gi")
        for onset in onsets:
            if (rime.startswith("yê") and onset) or (rime.startswith("iê") and not onset):
                continue
            yield onset, rime, tones
    for rime in str(rimes["qu_rimes"]).split():
        yield "qu", rime, "sj" if rime[-1] in "ptc" or rime.endswith("ch") else "".join(TONES)
    for rime in str(rimes["gi_rimes_dropping_i"]).split():
        yield "g", rime, "sj" if rime[-1] in "ptc" else "".join(TONES)


def _rows(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a list is wanted, not {value!r}")
    return value


def _strings(value: object) -> list[str]:
    return [str(item) for item in _rows(value)]


def write_lexicon(counts: Mapping[str, int], rimes_file: Path, target: Path, *, least: int = 4) -> int:
    """Write `syllables.tsv`; `counts` has words in lower case with the tone placed as in hòa.

    Returns:
        The number of syllables written.
    """
    rows: dict[tuple[str, str], str] = {}
    tables = tomllib.loads(rimes_file.read_text(encoding="utf8"))
    for onset, rime, tones in legal(tables):
        kept = "".join(tone for tone in tones if counts.get(compose(onset, rime, tone), 0) >= least)
        if kept:
            rows[onset, rime] = kept
    for onset, rime, tones in map(_strings, _rows(tables["names"])):
        rows[onset, rime] = "".join(sorted({*rows.get((onset, rime), ""), *tones}))
    lines = [f"{onset}\t{rime}\t{tones}" for (onset, rime), tones in sorted(rows.items())]
    write_text(target, "# onset, rime, tones (z level, s f r x j as in Telex)\n" + "\n".join(lines) + "\n")
    return sum(map(len, rows.values()))


_SYMBOL = re.compile(r"(?<![\w/])\d{1,5}(?:/\d{4})?[-/]([A-ZĐ][A-Za-zĐđ&]{0,12}(?:[-/][A-ZĐ][A-Za-zĐđ&]{0,12}){0,3})")


def count_symbols(lines: Iterable[str]) -> Counter[str]:
    """The parts of document symbols (QĐ, UBND, TTg) and how often each occurs in numbered codes."""
    counts: Counter[str] = Counter()
    for line in lines:
        for symbol in _SYMBOL.findall(line):
            counts.update(re.split("[-/&]", symbol))
    return counts


def write_symbols(counts: Mapping[str, int], target: Path, *, least: int = 3) -> None:
    """Write `symbols.tsv`: parts of symbols with their counts, most frequent first."""
    rows = sorted(
        ((part, count) for part, count in counts.items() if count >= least and part), key=lambda row: (-row[1], row[0])
    )
    lines = [f"{part}\t{count}" for part, count in rows]
    write_text(
        target,
        "# part of a document symbol, how often it stands in the codes of the training text\n"
        + "\n".join(lines)
        + "\n",
    )
