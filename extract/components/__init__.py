"""Everything a careful clerk would write down from a letter, as records with evidence.

A component is a pure function in a module of its own::

    def find_scores(reading: Reading, found: Found) -> tuple[Located[Score], ...]

It reads `reading.flow` (blocks of running text; a code broken over two lines is whole there) and what
earlier components found (`Found`: header, citations, dates, periods, bodies …, each with its span of the flow
text), and returns records with their spans. It is tested without a pipeline. Rules:

- evidence is `reading.proof(start, end, "scores.of_maximum")`: name of the pipe, a point, name of the rule;
- patterns take linear time on any text, and each component has a worst-case test;
- where a number, name or date is damaged, the component leaves it out: it never guesses.

To make it a pipe, its name goes into `PIPES` (the order in which they run) and its function into
`FINDERS` of `pipeline.py`. A pipe puts one span per record into `doc.spans[name]`; `span._.record` is the
record, `doc._.reading` the reading and `doc._.found` everything found so far. A package of your own adds a
pipe by an entry point in the group ``congvan.components`` whose name is that of a spaCy component
(``@Language.component``); it runs after ours and adds records with `extensions.put`.

spaCy stays inside this package, and is imported when the first letter is looked at, not before: importing it takes
seconds, and a run with nothing new to do must not pay for it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from extract.records import Reading, Records

__all__ = ["GROUP", "PIPES", "find_records", "pipe_names", "user_pipes"]

GROUP = "congvan.components"

PIPES: tuple[str, ...] = (
    "header",
    "bodies",
    "citations",
    "dates",
    "tables",
    "scores",
    "ranks",
    "classifications",
    "figures",
    "frames",
    "tasks",
)
"""Ours, in the order they run."""


@cache
def user_pipes() -> tuple[EntryPoint, ...]:
    """Entry points of pipes that other packages add, by name."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda entry: entry.name))


def pipe_names() -> tuple[str, ...]:
    """Names of all pipes in the order they run: ours, then those of other packages."""
    return PIPES + tuple(entry.name for entry in user_pipes())


def find_records(reading: Reading, disable: Collection[str] = ()) -> Records:
    """Everything found in a letter; pipes named in `disable` do not run.

    Raises:
        ValueError: `disable` names a pipe that does not exist.
    """
    unknown = sorted(set(disable) - set(pipe_names()))
    if unknown:
        raise ValueError(f"no such pipe: {', '.join(unknown)} (there are {', '.join(pipe_names())})")
    from extract.components.pipeline import run_pipes  # spaCy takes seconds to import

    return run_pipes(reading, disable)
