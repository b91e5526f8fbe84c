"""The figure that is to blame for the findings of a letter that differ, told once.

One wrong figure breaks every relation that it stands in: the sum it belongs to, the share it makes, the table that
repeats it. The findings say so one by one. Where one value of one figure makes several of them hold and breaks none
that hold, that figure is the wrong one: what computes the figure itself is told, and the others follow from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import Final

from extract.checks.blame.misread import without_misread
from extract.checks.blame.parts import as_count
from extract.checks.blame.relations import Place, Relation, by_place, relation_of
from extract.checks.blame.solved import of_cell, of_end, solved_for
from extract.checks.changes.rests import is_left
from extract.checks.figures.arithmetic import DIFFERENCE, SAME, SHARE, SUM, plain, printed_decimals, vn
from extract.checks.figures.quantities import Meaning, says
from extract.checks.figures.slips import is_slip
from extract.records import CheckKind, Finding, Reading

_SEVERAL: Final = 2  # relations that fail
_ROUNDS: Final = 4  # looks at the findings, where each leaves others
_MOST_FIGURES: Final = 20  # wrong figures of a letter that are looked for
_MOST_VALUES: Final = 20  # values of one figure that are tried
_TELLING: Final = 3  # digits of a figure that does not stand in a letter by chance
_SHORT: Final = 1000  # figures below are printed without a mark
_PRINTED: Final = re.compile(r"\d+(?:[.,]\d+)*")
_AROUND: Final = 60  # characters before a figure, and behind it, that say that it is left
_LEFT_BEFORE: Final = re.compile(r"\bcòn\s+lại(?:,?\s(?:tức|là|có|chỉ|gồm))*\s:?\s?$")
_LEFT_BEHIND: Final = re.compile(r"\s(?:[^\W\d_]+\s){1,3}còn\s+lại\b")
_EXACT: Final = (CheckKind.SUM, CheckKind.DIFFERENCE)
_LENGTH: Final = attrgetter("length")
_FOLLOWS: Final = "; kéo theo: "
_WEIGHTS: Final = {
    CheckKind.SUM: 0,
    CheckKind.ROW_SUM: 0,
    CheckKind.COLUMN_SUM: 0,
    CheckKind.DIFFERENCE: 0,
    CheckKind.RATIO: 1,
    CheckKind.RATE_OF_CHANGE: 1,
    CheckKind.MAXIMUM: 1,
    CheckKind.COUNT_OF_LIST: 2,
    CheckKind.CONSISTENCY: 3,
}
"""What is told first of findings that compute one figure: what no rounding excuses."""


def blame(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings, in their order; of those that differ by one wrong figure, the one that names it.

    Args:
        findings: all findings of a letter, those that hold too.
        reading: the letter.
    """
    made = without_misread(list(findings), reading)
    for _ in range(_ROUNDS):
        before, made = made, list(_once(made, reading))
        if made == before:
            break
    yield from made


def _once(made: Sequence[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings after one look at them; a figure that is told then may be one that another finding follows from."""
    told = {at: one for at, each in enumerate(made) if each.verdict.is_wrong and (one := relation_of(each))}
    if not told:
        yield from made
        return
    letter = _Letter(list(told.values()), made, reading)
    letter.two_things()
    for one in letter.failing:
        letter.same_figures(one)
    letter.same_parts()
    letter.common_causes()
    letter.same_gap()
    for one in letter.failing:
        letter.same_result(one)
    for at, each in enumerate(made):
        if at not in told:
            yield each
        elif id(told[at]) not in letter.dropped:
            yield letter.said(told[at])


class _Letter:
    """The relations of a letter that fail, with those that hold and share figures with them.

    `dropped` are those that another tells already, `notes` what is added to the note of one that is told, `ends` the
    cells, and the ends of changes, that findings are told of; `caused` those whose own figure several of them deny.
    """

    def __init__(self, failing: Sequence[Relation], made: Sequence[Finding], reading: Reading) -> None:
        self.failing = sorted(failing, key=lambda one: (_WEIGHTS[one.made.kind], one.gap))
        places = {place for one in failing for place in one.places}
        starts = {start for start, _ in places}
        touching = [
            each
            for each in made
            if not each.verdict.is_wrong and any(_holds_one(entry.start, entry.end, starts) for entry in each.evidence)
        ]
        near = [one for each in touching if (one := relation_of(each)) is not None]
        self.exact = {entry.start for each in touching if each.kind in _EXACT for entry in each.evidence}
        self.holding = by_place(near, places.__contains__)
        self.alike: dict[frozenset[Place], list[Relation]] = {}
        self.results: dict[tuple[object, ...], list[Relation]] = {}
        for one in self.failing:
            self.alike.setdefault(frozenset(one.places), []).append(one)
            for key in _results(one):
                self.results.setdefault(key, []).append(one)
        self.reading, self.text = reading, reading.repaired.text
        self.breaks = [match.start() for match in re.finditer("\n", self.text)]
        self.told: dict[str, list[int]] = {}
        for match in _PRINTED.finditer(self.text):
            self.told.setdefault(match.group(), []).append(match.start())
        self.dropped: set[int] = set()
        self.notes: dict[int, str] = {}
        self.swapped: set[int] = set()
        self.ends: dict[int, tuple[Place, Decimal]] = {}
        self.caused = {id(one) for one in failing if _FOLLOWS in (one.made.note or "")}

    def two_things(self) -> None:
        """What a sum that holds has as its parts: they are no one figure told twice, nor is one left of another.

        Nor are two figures that each follow from others beside them, nor is a share of what the text tells beside it
        the one of a table.
        """
        for one in self.failing:
            sums = [other for at in one.places for other in self.holding.get(at, ()) if other.formula is SUM]
            if one.formula is SAME:
                own = [other for other in self.holding.get(one.places[0], ()) if other.places[0] == one.places[0]]
                of_text = "table" in dict(one.made.inputs) and any(other.formula is SHARE for other in own)
                same = of_text or any(set(one.values) <= set(other.values) for other in sums)
                same = same or self._are_both_confirmed(one)
            else:
                same = len(one.places) > _SEVERAL and any(set(one.places) <= set(other.places[1:]) for other in sums)
            if same:
                self.dropped.add(id(one))

    def same_figures(self, one: Relation) -> None:
        """Of relations between the same figures: the one whose reported figure no relation that holds confirms."""
        if len(one.places) <= _SEVERAL:
            return
        alike = [other for other in self.alike[frozenset(one.places)] if self._is_open(other)]
        if len(alike) >= _SEVERAL:
            first = min(alike, key=lambda other: (other.places[0] in self.holding, _WEIGHTS[other.made.kind]))
            self.dropped.update(id(other) for other in alike if other is not first)

    def same_parts(self) -> None:
        """Of several wholes that the same parts miss: the one that a slip of the pen explains, or the nearest."""
        sums: dict[frozenset[Place], list[Relation]] = {}
        for one in self._open():
            if one.formula is SUM and len(one.places) > _SEVERAL:
                sums.setdefault(frozenset(one.places[1:]), []).append(one)
        for several in sums.values():
            best = min(several, key=lambda one: (not any(self._is_slip(one, place) for place in one.places), one.gap))
            self.dropped.update(id(one) for one in several if one is not best)

    def same_gap(self) -> None:
        """Of sums that miss their wholes by as much, the shortest, where its parts are among those of the others."""
        sums: dict[Decimal, list[Relation]] = {}
        for one in self._open():
            if one.formula is SUM:
                sums.setdefault(one.values[0] - one.computed, []).append(one)
        for several in sums.values():
            first, *others = sorted(several, key=_LENGTH)
            for one in others:
                if set(first.places[1:]) < set(one.places[1:]):
                    self._drop(one, first)

    def same_result(self, one: Relation) -> None:
        """Of relations that compute the same figure: the first."""
        if id(one) in self.dropped:
            return
        for key in _results(one):
            for other in self.results[key]:
                later = other is not one and _WEIGHTS[other.made.kind] >= _WEIGHTS[one.made.kind]
                if later and self._is_open(other):
                    self._drop(other, one)

    def common_causes(self) -> None:
        """Figures of which one value makes several relations hold that fail, and breaks none."""
        for _ in range(_MOST_FIGURES):
            found = self._cause()
            if found is None:
                return
            place, value, sure = found
            solved = [one for one in self._open() if place in one.places and one.holds(place, value)]
            own = [one for one in solved if one.places[0] == place]
            exact = [one for one in solved if one.is_exact]
            if not sure or all(one.formula is DIFFERENCE for one in exact):
                exact = sorted(exact, key=_LENGTH)[:1]
            again = [one for one in solved if one.formula is SAME]
            told = [one for one in own if one.formula is not SAME][:1]
            if sure and (best := told or sorted((one for one in exact if one.formula), key=_LENGTH)[:1]):
                told = best
                if best[0].formula is not None and (place != best[0].places[0] or best[0].is_of_table(place)):
                    self.ends[id(best[0])] = place, value
            told = told or exact or own[:1] or again[:1] or solved[:1]
            self.caused.update(id(one) for one in told if sure and own[1:] and one.places[0] == place)
            for one in solved:
                if one not in told and not (_is_of_table(one, place) and self._is_rest(told[0], place)):
                    self._drop(one, told[0])
            for one in told if sure and id(told[0]) not in self.ends else ():
                self._name(one, place, value)
                if one.formula is SAME and one.places[0] != place:
                    self.swapped.add(id(one))

    def said(self, one: Relation) -> Finding:
        """The finding told of a relation: of what is left, a cell or the end of a change, where that alone is wrong."""
        if (end := self.ends.get(id(one))) is not None:
            made = (of_cell if one.is_of_table(end[0]) else of_end)(one, *end, self.reading)
            return replace(made, note=f"{made.note}{self.notes.get(id(one), '')}")
        if one.is_exact and len(one.places) > _SEVERAL and id(one) not in self.caused:
            alone = [place for place in one.places if place not in self.holding]
            rare = [place for place in alone if not self._is_told_twice(one, place)]
            left = [at for at in rare if at != one.places[0] and (self._is_left_over(at) or self._is_pending(one, at))]
            if len(left) == 1 and one.places[0] not in rare and self._is_slip(one, left[0]):
                return self._as_rest(one, left[0])
            for place in (alone, rare):
                if len(place) == 1 and self._is_slip(one, place[0]):
                    sure = place is alone or self._needed_elsewhere(one, place[0])
                    twice = any(_is_of_table(other, place[0]) for other in self._open())
                    is_known = place is alone and one.places[0] in self.holding and not one.is_of_table(place[0])
                    if sure and not twice and (is_known or self._is_rest(one, place[0])):
                        return self._as_rest(one, place[0])
                    self._name(one, place[0], one.needed(place[0]))
                    break
            else:
                if (wrong := self._other_than_told(one, rare)) is not None:
                    return self._as_rest(one, wrong)
        if one.made.kind is CheckKind.RATIO and one.places[1:2] and one.places[1] not in self.holding:
            at = one.places[1]
            if count := as_count(one, self.text, lambda value: self._stated(value, printed_decimals(value), at)):
                return count
        note = f"{one.made.note or ''}{self.notes.get(id(one), '')}"
        if id(one) in self.swapped or self._is_of_the_first(one):
            told, right, proof = one.made.computed, one.made.reported, one.made.evidence
            return replace(one.made, reported=told, computed=right, evidence=tuple(reversed(proof)), note=note)
        return replace(one.made, note=note or None) if note != (one.made.note or "") else one.made

    def _other_than_told(self, one: Relation, rare: Sequence[Place]) -> Place | None:
        """The figure that is wrong where it is not the one that a sum or a difference tells; None where that may be.

        A slip of the pen explains it, and the letter has what it must be; or others confirm the whole and all but two
        parts, and then it is the one told last.
        """
        slips = [place for place in one.places if self._is_slip(one, place)]
        known = [place for place in slips if self._needed_elsewhere(one, place)]
        if len(known) == 1 and known[0] != one.places[0] and known[0] in rare and not _is_round(one, known[0]):
            return known[0]
        whole, *parts = one.places
        confirmed = whole in self.holding and not one.is_of_table(whole)
        unsure = [part for part in parts if part not in self.holding]
        if one.formula is SUM and len(unsure) == _SEVERAL and confirmed and set(unsure) <= {*rare} & {*slips}:
            return unsure[-1]
        return None

    def _are_both_confirmed(self, one: Relation) -> bool:
        """Whether sums or differences that hold have each of the two figures that running text tells."""
        told = "table" not in dict(one.made.inputs)
        return told and self.exact.issuperset(start for start, _ in one.places)

    def _is_of_the_first(self, one: Relation) -> bool:
        """Whether of a figure told twice what was told first is wrong: a sum that holds has the other."""
        if one.formula is not SAME or len(one.places) != _SEVERAL or "again" not in dict(one.made.inputs):
            return False
        again, first = (any(other.is_exact for other in self.holding.get(place, ())) for place in one.places)
        return again and not first

    def _open(self) -> list[Relation]:
        return [one for one in self.failing if self._is_open(one)]

    def _is_open(self, one: Relation) -> bool:
        return id(one) not in self.dropped

    def _drop(self, one: Relation, for_: Relation) -> None:
        self.dropped.add(id(one))
        if one.made.note and _FOLLOWS not in self.notes.get(id(for_), ""):
            first = one.made.note.split("; ", 1)[0]
            self.notes[id(for_)] = f"{self.notes.get(id(for_), '')}{_FOLLOWS}{first}"

    def _name(self, one: Relation, place: Place, value: Decimal | None) -> None:
        """Say in the note of a relation which of its inputs makes it hold."""
        before = f"{one.made.note or ''}{self.notes.get(id(one), '')}"
        if value is None or (place == one.places[0] and not one.is_bound) or "khớp nếu" in before:
            return
        printed = one.values[one.places.index(place)]
        line = self._stated(value, printed_decimals(printed), place)
        where = f", như dòng {line} ghi" if line is not None else ""
        said = f"; khớp nếu {vn(printed)} là {vn(value)}{where}"
        self.notes[id(one)] = f"{said}{self.notes.get(id(one), '')}"

    def _cause(self) -> tuple[Place, Decimal, bool] | None:
        """The figure, with the value it needs, that makes most of what fails hold; a slip of the pen before others.

        Where several figures do so, all for the same relations, one of these is told, and not which figure is wrong.
        """
        best: dict[tuple[int, bool, bool], list[tuple[Place, Decimal]]] = {}
        for place, touching in by_place(self._open(), lambda _: True).items():
            if len(touching) < _SEVERAL:
                continue
            printed = touching[0].values[touching[0].places.index(place)]
            needed = {plain(value): value for one in touching for value in one.ways(place)}
            for value in list(needed.values())[:_MOST_VALUES]:
                count = sum(one.holds(place, value) for one in touching)
                if value < 0 or count < _SEVERAL or not self._breaks_none(place, value):
                    continue
                stated = self._stated(value, printed_decimals(printed), place) is not None
                best.setdefault((count, is_slip(printed, value), stated), []).append((place, value))
        found = best[max(best)] if best else []
        solved = [
            frozenset(id(one) for one in self._open() if place in one.places and one.holds(place, value))
            for place, value in found
        ]
        for cause, some in zip(found, solved, strict=True):
            rivals = [others for others in solved if others & some]
            if all(others == some for others in rivals):
                return (*cause, len(rivals) == 1)
        return None

    def _breaks_none(self, place: Place, value: Decimal) -> bool:
        return all(one.holds(place, value) for one in self.holding.get(place, ()))

    def _is_rest(self, one: Relation, place: Place) -> bool:
        """Whether a figure is what is left of a whole once the other part is taken away."""
        if one.formula is not SUM or len(one.places) != _SEVERAL + 1 or place == one.places[0]:
            return False
        if self._is_pending(one, place):
            return True
        lead, behind = self.text[max(place[0] - _AROUND, 0) : place[0]], self.text[place[1] : place[1] + _AROUND]
        return is_left(lead.replace("\n", " ").lower(), behind.replace("\n", " ").lower())

    def _is_pending(self, one: Relation, place: Place) -> bool:
        """Whether a part of a sum counts what is not resolved yet."""
        name = one.made.inputs[one.places.index(place) - 1][0]
        return one.formula is SUM and (says(name, Meaning.PENDING) or says(name, Meaning.DOING))

    def _is_left_over(self, place: Place) -> bool:
        """Whether words right beside a figure call it all that is left: "số còn lại, tức 38 đơn"."""
        lead, behind = self.text[max(place[0] - _AROUND, 0) : place[0]], self.text[place[1] : place[1] + _AROUND]
        return bool(_LEFT_BEFORE.search(lead) or _LEFT_BEHIND.match(behind))

    def _needed_elsewhere(self, one: Relation, place: Place) -> bool:
        """Whether the letter tells elsewhere what a figure must be."""
        value = one.needed(place)
        return value is not None and self._stated(value, printed_decimals(value), place) is not None

    def _is_slip(self, one: Relation, place: Place) -> bool:
        """Whether a slip of the pen in one of its figures explains why a relation fails."""
        value = one.needed(place)
        return value is not None and value > 0 and is_slip(one.values[one.places.index(place)], value)

    def _is_told_twice(self, one: Relation, place: Place) -> bool:
        """Whether the letter has a figure elsewhere too."""
        value = one.values[one.places.index(place)]
        return self._stated(value, printed_decimals(value), place) is not None

    def _as_rest(self, one: Relation, place: Place) -> Finding:
        """What was received and resolved told with what that leaves, and the line that tells that too."""
        right = one.needed(place) or Decimal(0)
        line = self._stated(right, printed_decimals(one.values[one.places.index(place)]), place)
        where = f"; dòng {line} ghi {vn(right)}" if line is not None else ""
        made = solved_for(one, place, right)
        return replace(made, note=f"{made.note}{where}{self.notes.get(id(one), '')}")

    def _stated(self, value: Decimal, decimals: int, place: Place) -> int | None:
        """The first line of the letter that tells a figure elsewhere; None where it is short, or told nowhere."""
        told = vn(value, decimals)
        if sum(letter.isdigit() for letter in told) < _TELLING:
            return None
        elsewhere = next((start for start in self.told.get(told, ()) if start != place[0]), None)
        return bisect_left(self.breaks, elsewhere) + 1 if elsewhere is not None else None


def _is_round(one: Relation, place: Place) -> bool:
    """Whether what a figure must be is printed without any mark ("240"): a letter has such figures by chance."""
    return (one.needed(place) or Decimal(0)).as_tuple().exponent == 0 and one.values[one.places.index(place)] < _SHORT


def _is_of_table(one: Relation, place: Place) -> bool:
    """Whether a table tells a figure otherwise: that stands beside the sum that it breaks."""
    return one.formula is SAME and one.places[0] == place and "table" in dict(one.made.inputs)


def _holds_one(start: int, end: int, starts: set[int]) -> bool:
    return start in starts or any(at in starts for at in range(start + 1, min(end, start + 60)))


def _results(one: Relation) -> Iterator[tuple[object, ...]]:
    """What relations that compute one figure have in common: its place, or the same arithmetic beside a figure."""
    yield (one.places[0],)
    for place in set(one.places):
        yield (place, one.made.reported, one.made.computed)
