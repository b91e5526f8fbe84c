"""The ending of a letter: Nơi nhận on the left, who signs on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.layout import landmarks
from extract.layout.drafts import Draft
from extract.layout.markers import is_bullet
from extract.layout.specks import without_specks
from extract.layout.strips import Strip, split_ending
from extract.records import Role

_LONG = 70  # characters of a line that is a paragraph again
_REACH = 60  # strips an ending takes at most


def find_endings(strips: Sequence[Strip], begin: int) -> list[tuple[int, int]]:
    """Spans of strips that are endings, from index `begin` on, in order."""
    found: list[tuple[int, int]] = []
    at = begin
    while at < len(strips):
        first = at if landmarks.copies_at(strips[at].text) is not None else _list_above(strips, at, begin)
        if first is not None:
            start = _signature_above(strips, first, found[-1][1] if found else begin)
            stop = _end(strips, at + 1)
            found.append((start, stop))
            at = stop
        else:
            at += 1
    if not found and (lone := _lone_signature(strips, begin)) is not None:
        found.append((lone, _end(strips, lone + 1)))
    return found


def _list_above(strips: Sequence[Strip], at: int, floor: int) -> int | None:
    """Where a list that ends with "Lưu: VT" begins, when its "Nơi nhận" could not be read."""
    if not landmarks.is_file_copy(strips[at].text):
        return None
    first = at
    for index in range(at - 1, max(at - 30, floor - 1), -1):
        text = strips[index].text
        if is_bullet(text) and len(text) <= _LONG:
            first = index
        elif len(text) > 25 or strips[index].turn:
            break
    return first


def _signature_above(strips: Sequence[Strip], at: int, floor: int) -> int:
    """Where the signature begins when its column was read before that of Nơi nhận."""
    start = at
    for index in range(at - 1, max(at - 9, floor - 1), -1):
        strip = strips[index]
        beside = index == at - 1 and landmarks.signature_at(strip.text) is not None  # what is left of "Nơi nhận"
        if beside or landmarks.is_signature(strip.text):
            start = index
        elif strip.column != 1 and not landmarks.is_name(strip.text) and not landmarks.is_stamp(strip.text):
            break
    return start


def _lone_signature(strips: Sequence[Strip], begin: int) -> int | None:
    """The first line of a signature in a letter without Nơi nhận: with its authority, or among the last lines."""
    late = len(strips) - 12
    for index in range(begin, len(strips)):
        text = strips[index].text
        if landmarks.has_authority(text) or (index >= late and landmarks.is_signature(text)):
            return index
    return None


def _end(strips: Sequence[Strip], begin: int) -> int:
    """Where the ending that began before `begin` ends."""
    filed, signed = landmarks.is_file_copy(strips[begin - 1].text), False
    for index in range(begin, min(len(strips), begin + _REACH)):
        strip = strips[index]
        if strip.turn and (filed or signed):
            return index
        if landmarks.is_annex(strip.text) or landmarks.is_motto(strip.text):
            return index
        if (
            len(strip.text) > _LONG
            and not is_bullet(strip.text)
            and (filed or signed or (strip.gap and strip.text[:1].isupper()))
        ):
            return index
        filed = filed or landmarks.is_file_copy(strip.text)
        signed = signed or any(landmarks.is_signature(part.text) for part in split_ending(strip))
    return min(len(strips), begin + _REACH)


def ending(strips: Sequence[Strip]) -> list[Draft]:
    """Drafts of the strips of one ending: copies, then signature."""
    headless = not any(landmarks.copies_at(strip.text) is not None for strip in strips)
    sorter = _Sorter(listing=headless, headless=headless)
    for strip in strips:
        for part in split_ending(strip):
            sorter.add(part)
    return sorter.copies + sorter.signature + sorter.noise


def _is_listed(part: Strip) -> bool:
    """Whether a strip looks like an entry of a list: by its bullet or by the mark that closes it."""
    return is_bullet(part.text) or part.text.endswith((";", "."))


@dataclass(slots=True)
class _Sorter:
    """Sorts the strips of an ending: `listing` once the list of copies has begun, `headless` where it has no head."""

    listing: bool
    headless: bool
    copies: list[Draft] = field(default_factory=list)
    signature: list[Draft] = field(default_factory=list)
    noise: list[Draft] = field(default_factory=list)

    def add(self, part: Strip) -> None:
        """Puts a strip where it belongs, behind the words "Nơi nhận" it may begin with."""
        while (offset := landmarks.copies_at(part.text)) is not None:
            self.listing = True
            head, rest = (part, None) if offset >= len(part.text) else part.cut(offset)
            self.copies.append(Draft(Role.NOISE, [head]))
            if rest is None:
                return
            part = rest
        self._sort(part)

    def _sort(self, part: Strip) -> None:
        if landmarks.is_stamp(part.text) or sum(map(str.isalpha, part.text)) < 3:
            self.noise.append(Draft(Role.NOISE, [part]))
        elif self._signs(part):
            self.signature.append(Draft(Role.SIGNATURE, [part]))
        elif self.headless and not self.copies and part.column == 0 and not _is_listed(part):
            self.noise.append(Draft(Role.NOISE, [part]))  # what is left of "Nơi nhận"
        elif is_bullet(part.text) or not self._entry():
            self.copies.append(Draft(Role.COPIES, [part]))
        elif not self._complete():
            self.copies[-1].strips.append(part)
        elif not self._closed() and part.text.endswith((";", ".")):
            self.copies.append(Draft(Role.COPIES, [part]))
        else:
            self.noise.append(Draft(Role.NOISE, [part]))

    def _signs(self, part: Strip) -> bool:
        if part.column == 1 or landmarks.is_signature(part.text) or not self.listing:
            return True
        if not landmarks.is_name(without_specks(part.text)):
            return False
        entry = self._entry()
        return part.gap or entry is None or self._complete() or landmarks.is_file_copy(entry.strips[0].text)

    def _entry(self) -> Draft | None:
        """The entry of the list that was added last."""
        return self.copies[-1] if self.copies and self.copies[-1].role is Role.COPIES else None

    def _complete(self) -> bool:
        entry = self._entry()
        return entry is not None and entry.last.text.endswith((";", ".", "./."))

    def _closed(self) -> bool:
        """Whether the last entry of all is there."""
        entry = self._entry()
        return entry is not None and landmarks.is_file_copy(entry.strips[0].text) and self._complete()
