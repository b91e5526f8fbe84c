"""Checks: every figure that can be recomputed is, and where it is not what was reported, the arithmetic is shown.

A check is made only where the letter's words, its structure or a scoring model say how figures relate. Checks advise;
they never change a record.

A package of your own adds a check by an entry point in the group ``congvan.checks``: a function
``(records, reading) -> Iterable[Finding]``. Its findings are sorted among ours by their place in the letter, and like
ours they are read a second time and pass `blame`, which may tell one wrong figure instead of several findings.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.checks.blame.suspects import blame
from extract.checks.changes.balances import check_balances, without_parts_of, without_rests
from extract.checks.changes.changes import check_changes
from extract.checks.changes.conversions import check_conversions
from extract.checks.changes.relations import check_relations
from extract.checks.changes.rests import check_rests
from extract.checks.days.dates import check_dates
from extract.checks.days.events import check_events
from extract.checks.days.spans import check_spans
from extract.checks.figures.quantities import quantities_of
from extract.checks.figures.second import reread
from extract.checks.lists.list_items import check_list_items
from extract.checks.lists.lists import check_lists
from extract.checks.of_users import GROUP, Check, findings_of_users, user_checks
from extract.checks.repeats.extremes import check_extremes
from extract.checks.repeats.in_words import check_in_words
from extract.checks.repeats.restated import check_restated
from extract.checks.repeats.retold import check_retold
from extract.checks.scores.classes import check_classes
from extract.checks.scores.components import check_components
from extract.checks.scores.groups import check_groups
from extract.checks.scores.orders import check_orders
from extract.checks.scores.ranks import check_ranks
from extract.checks.scores.scores import check_scores
from extract.checks.scores.told_maxima import check_told_maxima
from extract.checks.shares.cuts import check_cuts
from extract.checks.shares.in_turn import check_in_turn
from extract.checks.shares.make_all import check_make_all
from extract.checks.shares.named_before import check_named_before
from extract.checks.shares.of_pairs import check_of_pairs, without_shares_of
from extract.checks.shares.products import check_products
from extract.checks.shares.ratios import check_ratios
from extract.checks.shares.shares import check_shares
from extract.checks.sums.sums import check_sums
from extract.checks.tables.listed_rows import check_listed_rows
from extract.checks.tables.means import check_means
from extract.checks.tables.named_means import check_named_means
from extract.checks.tables.outlines import check_outlines
from extract.checks.tables.points import check_points
from extract.checks.tables.quoted import check_quoted
from extract.checks.tables.row_counts import check_row_counts
from extract.checks.tables.shares_of_totals import check_shares_of_totals
from extract.checks.tables.spreads import check_spreads
from extract.checks.tables.table_changes import check_table_changes
from extract.checks.tables.table_classes import check_table_classes
from extract.checks.tables.table_ranks import check_table_ranks
from extract.checks.tables.tables import check_tables
from extract.checks.tables.told_counts import check_told_counts
from extract.checks.tables.told_ranks import check_told_ranks
from extract.records import Finding, Reading, Records
from gazetteer.scoring_models import ScoringModel, load_models

__all__ = ["GROUP", "Check", "Checked", "check", "check_all", "user_checks"]


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings of one letter, and which checks of other packages failed on it."""

    findings: tuple[Finding, ...]
    failures: tuple[str, ...] = ()


def check(records: Records, reading: Reading, models: tuple[ScoringModel, ...] | None = None) -> tuple[Finding, ...]:
    """All findings of one letter: see `check_all`."""
    return check_all(records, reading, models).findings


def check_all(
    records: Records,
    reading: Reading,
    models: tuple[ScoringModel, ...] | None = None,
    *,
    with_user_checks: bool = True,
) -> Checked:
    """All findings of one letter, agreeing ones too, in the order of its lines; a check of others may fail.

    Args:
        records: what was found in the letter.
        reading: the letter, for the words around the figures.
        models: scoring models; those that come with the toolkit where none are given.
        with_user_checks: run the checks of other packages too.
    """
    known = load_models() if models is None else models
    found = quantities_of(reading)
    balances = list(check_balances(reading))
    of_pairs = list(check_of_pairs(reading))
    rests = list(without_parts_of(check_rests(reading), balances))
    made = [
        *balances,
        *rests,
        *without_parts_of(without_rests(check_sums(reading, found), rests), balances),
        *check_ratios(reading, found),
        *of_pairs,
        *without_shares_of(check_shares(reading, found), of_pairs),
        *check_named_before(reading, found),
        *check_products(reading),
        *check_cuts(reading),
        *check_in_turn(reading, found),
        *check_changes(records, reading, known),
        *check_conversions(reading),
        *check_tables(records, reading),
        *check_table_changes(records, reading),
        *check_quoted(records, reading),
        *check_means(records, reading),
        *check_named_means(records, reading),
        *check_shares_of_totals(records, reading, found),
        *check_outlines(records, reading),
        *check_lists(reading),
        *check_list_items(reading),
        *check_row_counts(records, reading),
        *check_told_counts(records, reading),
        *check_listed_rows(reading),
        *check_spreads(records, reading),
        *check_scores(records, reading, known),
        *check_points(records, reading, known, found),
        *check_classes(records, reading, known),
        *check_groups(records, reading, known),
        *check_table_classes(records, reading, known),
        *check_table_ranks(records, reading),
        *check_told_ranks(records, reading),
        *check_ranks(records, reading, known),
        *check_orders(reading),
        *check_components(reading),
        *check_told_maxima(reading),
        *check_dates(records, reading),
        *check_spans(records, reading),
        *check_events(records, reading),
        *check_restated(records, reading),
        *check_retold(reading),
        *check_in_words(reading),
        *check_extremes(reading),
    ]
    made += list(check_relations(reading, made))
    made += list(check_make_all(reading, found, made))
    of_users, failures = findings_of_users(records, reading) if with_user_checks else ((), ())
    made += of_users
    told = reread(made, reading)
    unique = {(one.kind, one.statement, one.reported, one.computed): one for one in told}
    return Checked(tuple(sorted(blame(unique.values(), reading), key=_place)), failures)


def _place(one: Finding) -> tuple[int, int, str]:
    first = one.evidence[0] if one.evidence else None
    return (first.line, first.start, one.kind) if first is not None else (1 << 30, 0, one.kind)
