"""The words of the vocabulary that a stretch of letters may have been, searched along a channel.

Words that differ only in their marks share one path of a trie of skeletons (folded words). The stretch is
taken from left to right; each edit of the channel walks some bare letters down the trie, at the cost of the cheapest
marks. Only of the skeletons reached is every word scored with its own marks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappush, heapreplace, nlargest

from normalize.channel import LETTERS, Channel, Edits
from normalize.syllables import fold

MOST_STATES = 48
MOST_STATES_RESCUE = 16
MOST_FOUND = 32
SEARCH_WINDOW = 10.0
RANK_WINDOW = 13.0
"""Words that rank lower than the best by more are not given."""
FREQUENCY = 0.6
"""Weight of a word's frequency where candidates are cut off: dõi is rare but for theo dõi."""
POOR = -11.0
"""Where the best word is worse, letters may be lost, changed and added as well."""
NEVER = -99.0
_NOISE = frozenset("?¢€£§¥°©®@&’‘'`^~*|\\{}[]«»")
_FOLDED = {letter: fold(letter) for letter in LETTERS}
_MARKABLE = frozenset(base for letter, base in _FOLDED.items() if letter != base)

_Moves = tuple[tuple[float, int, int], ...]
"""Cost, node reached and number of letters set, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Edits of one kind of letters, by what was read.

    `bare`: by the first bare letter, the second or nothing, and the value with the cheapest marks.
    `exact`: values by the letters with their marks; those that are wanted and not there are added.
    `moves`: by node of the trie, as found.
    """

    bare: dict[str, dict[str, list[tuple[str, float]]]]
    exact: dict[str, dict[str, float]]
    moves: dict[str, dict[int, _Moves]] = field(default_factory=dict)

    def value(self, read: str, letters: str) -> float:
        """Log of P(read | letters); that of two edits side by side where the two letters have none in common."""
        costs = self.exact[read]
        value = costs.get(letters)
        if value is None:
            value = NEVER
            if len(letters) == 2:
                for cut in range(len(read) + 1):
                    first = self.exact.get(read[:cut], {}).get(letters[0], NEVER)
                    value = max(value, first + self.exact.get(read[cut:], {}).get(letters[1], NEVER))
            costs[letters] = value
        return value


_State = tuple[float, "_State | None", _Table | None, str, int]
"""Score, the state before; of the last edit its table (None where its cost is fixed), what was read, letters set."""


def _table(edits: Edits) -> _Table:
    bare: dict[str, dict[str, dict[str, float]]] = {}
    exact: dict[str, dict[str, float]] = {}
    for read, by_first in edits.items():
        for first, options in by_first.items():
            for second, value in options:
                exact.setdefault(read, {})[first + second] = value
                seconds = bare.setdefault(read, {}).setdefault(_FOLDED[first], {})
                end = _FOLDED[second] if second else ""
                seconds[end] = max(seconds.get(end, NEVER), value)
    listed = {read: {first: list(ends.items()) for first, ends in by_first.items()} for read, by_first in bare.items()}
    return _Table(listed, exact)


class Search:
    """Searches a vocabulary along one channel.

    Args:
        words: numbers of words by their text.
        unigrams: log frequencies by word number.
        first: the least number that is searched for.
        channel: what an engine makes of letters.
        breadth: so many times the usual number of states is followed.
    """

    def __init__(
        self, words: dict[str, int], unigrams: list[float], first: int, channel: Channel, breadth: int = 1
    ) -> None:
        self._floor = channel.floor
        self._breadth = breadth
        self._tables = {False: _table(channel.lower), True: _table(channel.upper)}
        self._children: list[dict[str, int]] = [{}]
        self._words: list[list[tuple[float, int, str]]] = [[]]
        self._hopes: list[float] = [0.0]
        for word, number in words.items():
            if number >= first and _FOLDED.keys() >= set(word):  # š is no s with marks
                self._add(fold(word), (FREQUENCY * unigrams[number], number, word))
        for found in self._words:
            found.sort(key=lambda item: (-item[0], item[1]))

    def _add(self, skeleton: str, word: tuple[float, int, str]) -> None:
        node = 0
        for letter in skeleton:
            below = self._children[node].get(letter)
            if below is None:
                below = len(self._children)
                self._children[node][letter] = below
                self._children.append({})
                self._words.append([])
                self._hopes.append(NEVER)
            node = below
            self._hopes[node] = max(self._hopes[node], word[0])
        self._words[node].append(word)

    def find(self, text: str, *, capital: bool, capitals: bool, least: float | None = None) -> dict[int, float]:
        """By word number, the log of P(text | word).

        Args:
            text: what was read.
            capital: whether the first letter was set as a capital.
            capitals: whether the other letters were.
            least: words below are of no use; where None, letters may be lost, changed and added for want of better.
        """
        first, rest = self._tables[capital], self._tables[capitals]
        found = self._search(text, first, rest, NEVER if least is None else least, rescue=False)
        if least is None and max(found.values(), default=NEVER) < POOR:
            found = self._search(text, first, rest, NEVER, rescue=True)
        return found

    def _search(self, text: str, first: _Table, rest: _Table, least: float, *, rescue: bool) -> dict[int, float]:
        children, floor, size = self._children, self._floor, len(text)
        states: list[dict[int, _State]] = [{} for _ in range(size + 1)]
        states[0][0] = (0.0, None, None, "", 0)
        most = self._breadth * (MOST_STATES_RESCUE if rescue else MOST_STATES)
        for place in range(size + 1):
            here = states[place]
            if not here:
                continue
            table = rest if place else first
            alive = self._prune(here, most)
            if "" in table.bare:
                self._walk(alive, table, "", least, here)
            if rescue:
                _set_any(alive, children, floor.letter_lost, here)
            if place == size:
                break
            if "" in table.bare or rescue:
                alive = self._prune(here, most)
            for length in range(1, min(3, size - place) + 1):
                read = text[place : place + length]
                if read in table.bare:
                    self._walk(alive, table, read, least, states[place + length])
            if text[place] in _NOISE:
                _set_none(alive, floor.noise, states[place + 1])
            if rescue:
                _set_none(alive, floor.sign_added, states[place + 1])
                _set_any(alive, children, floor.letter_changed, states[place + 1])
        return self._score(states[size], least, None if rescue else (text, first, rest))

    def _prune(self, here: dict[int, _State], most: int) -> list[tuple[int, _State]]:
        if len(here) == 1:
            return list(here.items())
        hopes = self._hopes
        ranked = [(state[0] + hopes[node], node) for node, state in here.items()]
        low = max(ranked)[0] - SEARCH_WINDOW
        ranked = [item for item in ranked if item[0] >= low]
        if len(ranked) > most:
            ranked = nlargest(most, ranked)
        return [(node, here[node]) for _, node in ranked]

    def _walk(
        self, alive: list[tuple[int, _State]], table: _Table, read: str, least: float, into: dict[int, _State]
    ) -> None:
        known = table.moves.setdefault(read, {})
        for node, state in alive:
            moves = known.get(node)
            if moves is None:
                moves = known[node] = self._moves(node, table.bare[read])
            score = state[0]
            for value, walked, letters in moves:
                total = score + value
                if total < least:
                    break
                old = into.get(walked)
                if old is None or old[0] < total:
                    into[walked] = (total, state, table, read, letters)

    def _moves(self, node: int, edits: dict[str, list[tuple[str, float]]]) -> _Moves:
        children = self._children
        moves = []
        for letter, below in children[node].items():
            for second, value in edits.get(letter, ()):
                walked = children[below].get(second) if second else below
                if walked is not None:
                    moves.append((value, walked, 2 if second else 1))
        moves.sort(reverse=True)
        return tuple(moves)

    def _score(
        self, ends: dict[int, _State], least: float, read_by: tuple[str, _Table, _Table] | None
    ) -> dict[int, float]:
        """Of the skeletons reached the best words, each with its own marks.

        The path that is best for the skeleton may not do for all marks; such words are aligned anew along `read_by`.
        """
        words = self._words
        found: dict[int, float] = {}
        best: list[float] = []
        bar = NEVER / 2
        hopeful = [(-state[0] - words[node][0][0], node, state) for node, state in ends.items() if words[node]]
        hopeful.sort()
        for cost, node, state in hopeful:
            if -cost < bar:
                break
            fixed, steps = _steps(state, words[node][0][2])
            for frequency, number, word in words[node]:
                if state[0] + frequency < bar:
                    break
                score = fixed
                for table, read, start, end in steps:
                    score += table.value(read, word[start:end])
                if score < NEVER / 2 and read_by is not None:
                    score = self._align(word, *read_by, max(least, bar - frequency))
                rank = score + frequency
                if score < least or rank < bar:
                    continue
                found[number] = score
                bar = max(bar, rank - RANK_WINDOW)
                if len(best) < MOST_FOUND:
                    heappush(best, rank)
                else:
                    heapreplace(best, rank)
                    bar = max(bar, best[0])
        return found

    def _align(self, word: str, text: str, first: _Table, rest: _Table, least: float) -> float:
        """Log of P(text | word) on the best path of all; NEVER where it is below `least`."""
        size, wide, noise = len(text), len(word), self._floor.noise
        rows: list[dict[int, float]] = [{} for _ in range(size + 1)]
        rows[0][0] = 0.0
        for place, here in enumerate(rows):
            if not here:
                continue
            exact = (rest if place else first).exact
            for length in range(min(3, size - place) + 1):
                costs = exact.get(text[place : place + length])
                if costs is None:
                    continue
                into = rows[place + length]
                for at, score in list(here.items()):
                    for end in range(at + 1, min(at + 2, wide) + 1):
                        total = score + costs.get(word[at:end], NEVER)
                        if total >= least and total > into.get(end, NEVER):
                            into[end] = total
            if place < size and text[place] in _NOISE:
                for at, score in here.items():
                    if score + noise > rows[place + 1].get(at, NEVER):
                        rows[place + 1][at] = score + noise
        return rows[size].get(wide, NEVER)


def _set_any(
    alive: list[tuple[int, _State]], children: list[dict[str, int]], value: float, into: dict[int, _State]
) -> None:
    for node, state in alive:
        total = state[0] + value
        for walked in children[node].values():
            old = into.get(walked)
            if old is None or old[0] < total:
                into[walked] = (total, state, None, "", 1)


def _set_none(alive: list[tuple[int, _State]], value: float, into: dict[int, _State]) -> None:
    for node, state in alive:
        total = state[0] + value
        old = into.get(node)
        if old is None or old[0] < total:
            into[node] = (total, state, None, "", 0)


def _steps(state: _State, word: str) -> tuple[float, list[tuple[_Table, str, int, int]]]:
    """The cost of the edits that all words with the skeleton of `word` share, and the others with the letters set."""
    skeleton = fold(word)
    fixed, end = 0.0, len(skeleton)
    steps: list[tuple[_Table, str, int, int]] = []
    while (before := state[1]) is not None:
        table, start = state[2], end - state[4]
        if table is None or _MARKABLE.isdisjoint(skeleton[start:end]):
            fixed += state[0] - before[0]
        else:
            steps.append((table, state[3], start, end))
        state, end = before, start
    return fixed, steps
