"""Which entry a name means: exact key, then folded key, then fuzzy with a margin, else ambiguous; never a guess.

A name is compared by its structure. The type word ("huyện", "TP.") is split off and must agree; what is left, the
proper name, is compared with proper names of that type. A body of a place ("Sở Nội vụ tỉnh Quảng Nam") is a body
and a unit, each resolved alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import Final

from rapidfuzz.distance import OSA

from gazetteer.entries import Candidate, Entry, Kind, Resolution
from gazetteer.keys import folded, plain, strip_marks
from gazetteer.load import DATA_FILES, HERE, fingerprint, read_bodies, read_units

UNIT_TYPES: Final = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã")
_FOLDED_TYPES: Final = {folded(word): word for word in UNIT_TYPES}
# Letters changed, dropped or swapped that a reading may have cost: one in four of the proper name, and the
# runner-up must be worse by one letter in ten. Both ask more of short names, where one letter makes another place.
_MOST_CHANGED: Final = 0.25
_MARGIN: Final = 0.10
_SHORTEST_FUZZY: Final = 5
_RIVALS: Final = 2  # letters farther off than may be taken: looked at to see how clear the choice is
_UNIT_KINDS: Final = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
_KINDS_OF_LEVEL: Final = {  # the units that have a body of that level
    "any": _UNIT_KINDS,
    "province": (Kind.PROVINCE,),
    "city": (Kind.PROVINCE, Kind.DISTRICT),
    "district": (Kind.DISTRICT,),
    "commune": (Kind.COMMUNE,),
}
_LONGEST_QUERY: Final = 200


class Gazetteer:
    """The entries and the indexes over them."""

    def __init__(self, units: Iterable[Entry], bodies: Iterable[tuple[str, Entry]], print_: str) -> None:
        self.fingerprint = print_
        self._entries: dict[str, Entry] = {entry.id: entry for entry in units}
        self._levels: dict[str, str] = {}
        for level, body in bodies:
            self._entries[body.id] = body
            self._levels[body.id] = level
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._folded: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries.values():
            for key in _keys(entry):
                self._exact[key].append(entry)
        for key, entries in self._exact.items():
            self._folded[strip_marks(key)] += entries

    def get(self, id_: str) -> Entry:
        """The entry with that id, also of a body of a place (`snv@province-49`).

        Raises:
            KeyError: no such entry.
        """
        body, at, unit = id_.partition("@")
        return self._of_place(self._entries[body], self._entries[unit]) if at else self._entries[id_]

    def names(self, kind: Kind | None = None) -> Iterator[str]:
        """Full names in a fixed order, for phrase lexicons: "tỉnh Quảng Nam", "Sở Nội vụ"."""
        seen = set()
        for entry in self._entries.values():
            if (kind is None or entry.kind is kind) and entry.name not in seen:
                seen.add(entry.name)
                yield entry.name

    def entries(self, kind: Kind | None = None, on: date | None = None) -> Iterator[Entry]:
        """Entries in a fixed order, those of one kind and those standing on a day where asked."""
        for entry in self._entries.values():
            if (kind is None or entry.kind is kind) and (on is None or entry.valid_on(on)):
                yield entry

    def successors(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that took an entry's place."""
        return tuple(self.get(id_) for id_ in entry.successors)

    def children(self, parent: str, kind: Kind, on: date | None = None) -> tuple[Entry, ...]:
        """The units of a kind in a unit, on a day where asked."""
        return tuple(entry for entry in self.entries(kind, on) if entry.parent == parent)

    def resolve(
        self, query: str, *, kind: Kind | None = None, on: date | None = None, within: str | None = None
    ) -> Resolution:
        """What `query` names.

        Args:
            query: a name as a letter writes it, marks or none, long or short form.
            kind: take entries of this kind only.
            on: the day of the letter; entries that stood then come before others of the same name.
            within: the id or the name of the unit that must hold it.

        Returns:
            The choice with all candidates, the margin and the reason in words; `chosen` is None where nothing or
            too much fits.
        """
        text = " ".join(query[:_LONGEST_QUERY].split())
        key = plain(text)
        if not key:
            return Resolution(query, None, (), 0.0, "nothing to look for")
        home = self._home(within, on)
        for how, candidates in (
            ("exact", self._exact.get(key, [])),
            ("folded", self._folded.get(folded(key), [])),
        ):
            fitting = self._fitting(candidates, kind, home)
            if fitting:
                return self._decide(query, [Candidate(entry, 1.0, how) for entry in fitting], on)
        place = self._body_of_place(query, text, on, home) if kind in (None, Kind.BODY) else None
        return place or self._fuzzy(query, key, kind, on, home)

    def _home(self, within: str | None, on: date | None) -> str | None:
        if within is None or within in self._entries:
            return within
        found = self.resolve(within, on=on).chosen
        return found.id if found is not None else within

    def _fitting(self, entries: Iterable[Entry], kind: Kind | None, home: str | None) -> list[Entry]:
        unique = {entry.id: entry for entry in entries if kind is None or entry.kind is kind}
        return [entry for entry in unique.values() if home is None or self._is_in(entry, home)]

    def _is_in(self, entry: Entry, home: str) -> bool:
        if entry.kind is Kind.BODY:
            return True
        at: Entry | None = entry
        while at is not None:
            if at.id == home or at.parent == home:
                return True
            at = self._entries.get(at.parent) if at.parent else None
        return False

    def _decide(self, query: str, candidates: list[Candidate], on: date | None) -> Resolution:
        """The one candidate that stands out, all fitting the words equally well."""
        best = candidates
        why = [f"{candidates[0].how} match"]
        if on is not None:
            standing = [candidate for candidate in best if candidate.entry.valid_on(on)]
            if standing:
                best = standing
            else:
                why.append(f"not standing on {on.isoformat()}")
        if len(best) > 1:
            best = _broadest(best)
        if len(best) > 1:
            best = _latest_of_line(best)
        ordered = tuple(sorted(candidates, key=lambda one: (one not in best, one.entry.id)))
        if len(best) > 1:
            names = ", ".join(self._described(one.entry) for one in best[:4])
            return Resolution(query, None, ordered, 0.0, f"{len(best)} entries have this name: {names}")
        chosen = best[0].entry
        successors = self.successors(chosen)
        if chosen.valid_to is not None:
            heirs = ", ".join(heir.name for heir in successors[:3]) or "no successor"
            why.append(f"until {chosen.valid_to.isoformat()}, then {heirs}")
        return Resolution(query, chosen, ordered, 1.0, "; ".join(why), successors)

    def _described(self, entry: Entry) -> str:
        parent = self._entries.get(entry.parent) if entry.parent else None
        return f"{entry.name} ({parent.name})" if parent is not None else entry.name

    def _body_of_place(self, query: str, text: str, on: date | None, home: str | None) -> Resolution | None:
        """The longest body in front of a unit behind: "Sở Nội vụ tỉnh Quảng Nam", or of a bare type: "UBND tỉnh"."""
        words = text.split()
        for cut in range(len(words) - 1, 0, -1):
            front, behind = " ".join(words[:cut]), " ".join(words[cut:])
            typed = split_type(folded(behind))[0] is not None
            if front.endswith(",") and not typed:
                continue  # an enumeration: "Sở Nội vụ, Văn hóa"
            body = self._local_body(front, on)
            if body is None:
                continue
            if plain(behind) in UNIT_TYPES:
                return self._of_level(query, body, plain(behind), home)
            kinds = _KINDS_OF_LEVEL[self._levels[body.id].removeprefix("party-")]
            if not typed:
                kinds = tuple(kind for kind in kinds if kind is not Kind.COMMUNE)
            unit = self._unit(behind, kinds, on or body.valid_to, home)
            if unit is None:
                continue
            entry = self._of_place(body, unit)
            reason = f"{body.name} of {unit.name}"
            if entry.valid_to is not None:
                reason += f"; until {entry.valid_to.isoformat()}"
            heirs = tuple(self.get(id_) for id_ in entry.successors)
            return Resolution(query, entry, (Candidate(entry, 1.0, "exact"),), 1.0, reason, heirs)
        return None

    def _local_body(self, name: str, on: date | None) -> Entry | None:
        """The one body of that name that places have, not one of the central government."""
        found = [
            Candidate(entry, 1.0, "exact")
            for entry in self._folded.get(folded(name), ())
            if entry.kind is Kind.BODY and self._levels[entry.id] not in ("central", "party-central")
        ]
        return self._decide(name, found, on).chosen if found else None

    def _of_level(self, query: str, body: Entry, unit_type: str, home: str | None) -> Resolution:
        """A body of an unnamed unit: "UBND tỉnh" in a letter from Quảng Nam is that of tỉnh Quảng Nam."""
        unit = self._entries.get(home) if home is not None else None
        if unit is not None and unit.unit_type == unit_type:
            body = self._of_place(body, unit)
            reason = f"{unit_type} is {unit.name} here"
        else:
            reason = f"the body of a {unit_type} that is not named"
        heirs = tuple(self.get(id_) for id_ in body.successors)
        return Resolution(query, body, (Candidate(body, 1.0, "exact"),), 1.0, reason, heirs)

    def _unit(self, text: str, kinds: Iterable[Kind], on: date | None, home: str | None) -> Entry | None:
        for kind in kinds:
            found = self._fitting(self._folded.get(folded(text), []), kind, home)
            if found:
                return self._decide(text, [Candidate(entry, 1.0, "exact") for entry in found], on).chosen
        return None

    def _of_place(self, body: Entry, unit: Entry) -> Entry:
        ends = [day for day in (body.valid_to, unit.valid_to) if day is not None]
        starts = [day for day in (body.valid_from, unit.valid_from) if day is not None]
        # a body that ended hands over to its successors in the same place, else to itself in the place that follows
        if body.valid_to is not None and (unit.valid_to is None or body.valid_to <= unit.valid_to):
            heirs = tuple(f"{heir}@{unit.id}" for heir in body.successors)
        elif unit.kind is Kind.PROVINCE:
            heirs = tuple(f"{body.id}@{heir}" for heir in unit.successors)
        else:
            heirs = ()
        by_proper_name = self._levels[body.id].startswith("party")  # Tỉnh ủy Quảng Nam
        return replace(
            body,
            id=f"{body.id}@{unit.id}",
            name=f"{body.name} {unit.proper_name if by_proper_name else unit.name}",
            parent=unit.id,
            valid_from=max(starts, default=None),
            valid_to=min(ends, default=None),
            successors=heirs,
            source=f"{body.source}; {unit.source}",
        )

    def _fuzzy(self, query: str, key: str, kind: Kind | None, on: date | None, home: str | None) -> Resolution:
        """Nearest proper names of the same type; taken only where the next one is clearly farther."""
        unit_type, proper = split_type(folded(key))
        limit = int(len(proper.replace(" ", "")) * _MOST_CHANGED)
        if len(proper) < _SHORTEST_FUZZY or limit < 1:
            return Resolution(query, None, (), 0.0, "no such name, and too short to compare")
        scores: dict[str, float] = {}
        nearest = limit + 1
        for entry, name in self._comparable(kind, unit_type, home, proper, limit + _RIVALS):
            distance = OSA.distance(proper, name, score_cutoff=limit + _RIVALS)
            if distance <= limit + _RIVALS and (home is None or self._is_in(entry, home)):
                nearest = min(nearest, distance)
                score = 1 - distance / max(len(name), len(proper))
                scores[entry.id] = max(score, scores.get(entry.id, 0.0))
        candidates = sorted(
            (Candidate(self._entries[id_], round(score, 4), "fuzzy") for id_, score in scores.items()),
            key=lambda one: (-one.score, one.entry.id),
        )
        if nearest > limit:
            return Resolution(query, None, (), 0.0, "no such name")
        top = [one for one in candidates if one.score == candidates[0].score]
        decided = self._decide(query, top, on)
        # other units of the very same name are no rivals: they were weighed by day and rank above
        rivals = [one for one in candidates if folded(one.entry.proper_name) != folded(top[0].entry.proper_name)]
        margin = round(top[0].score - (rivals[0].score if rivals else 0.0), 4)
        if decided.chosen is None or margin < _MARGIN:
            near = ", ".join(self._described(one.entry) for one in candidates[:3])
            return Resolution(query, None, tuple(candidates[:8]), margin, f"no clear choice among {near}")
        reason = f"fuzzy match {top[0].score:.2f}, next {margin:.2f} behind; {decided.reason.partition('; ')[2]}"
        return replace(decided, candidates=tuple(candidates[:8]), margin=margin, reason=reason.removesuffix("; "))

    def _comparable(
        self, kind: Kind | None, unit_type: str | None, home: str | None, proper: str, most: int
    ) -> Iterator[tuple[Entry, str]]:
        """Entries with their folded names, of as many words as `proper` and at most `most` letters longer or shorter.

        A word more or less is another name, not a misread one.
        """
        words = proper.count(" ")
        for length in range(len(proper) - most, len(proper) + most + 1):
            for entry, name in self._shapes.get((words, length), ()):
                if kind is not None and entry.kind is not kind:
                    continue
                if unit_type is None and entry.kind is Kind.COMMUNE and home is None:
                    continue  # thousands of communes: a bare damaged word says too little to be one of them
                if unit_type is not None and entry.unit_type != unit_type:
                    continue
                yield entry, name

    @cached_property
    def _shapes(self) -> dict[tuple[int, int], list[tuple[Entry, str]]]:
        """Entries with their folded names by how many blanks and letters these have."""
        shapes: defaultdict[tuple[int, int], list[tuple[Entry, str]]] = defaultdict(list)
        for entry in self._entries.values():
            name = folded(entry.proper_name if entry.kind is not Kind.BODY else entry.name)
            shapes[name.count(" "), len(name)].append((entry, name))
        return dict(shapes)


def split_type(key: str) -> tuple[str | None, str]:
    """A folded key as its type word, with marks, and the proper name: "huyen nam giang" -> huyện, "nam giang"."""
    for word, unit_type in _FOLDED_TYPES.items():
        if key.startswith(word + " "):
            return unit_type, key[len(word) + 1 :]
    return None, key


def _keys(entry: Entry) -> set[str]:
    keys = {plain(name) for name in entry.short_names}
    if entry.kind is Kind.BODY:
        return keys | {plain(entry.name)}
    proper = plain(entry.proper_name)
    keys.add(f"{entry.unit_type} {proper}")
    return keys if proper.isdigit() else keys | {proper}


def _broadest(candidates: list[Candidate]) -> list[Candidate]:
    """Quảng Ngãi without a type word is the province, not its city of the same name; bodies stand above communes."""
    order = (Kind.PROVINCE, Kind.BODY, Kind.DISTRICT, Kind.COMMUNE, Kind.TITLE)
    first = min(order.index(one.entry.kind) for one in candidates)
    return [one for one in candidates if order.index(one.entry.kind) == first]


def _latest_of_line(candidates: list[Candidate]) -> list[Candidate]:
    """Without entries that another candidate took over from: tỉnh Quảng Ngãi of today follows the one before 2025."""
    ids = {one.entry.id for one in candidates}
    heirs = [one for one in candidates if not ids.intersection(one.entry.successors)]
    return heirs or candidates


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the data files beside this module; read once a process."""
    return Gazetteer(
        read_units(HERE / "units.csv", HERE / "unit_short_names.csv"),
        read_bodies(HERE / "bodies.csv"),
        fingerprint(HERE / name for name in DATA_FILES),
    )
