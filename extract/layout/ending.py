"""The ending of a letter: Nơi nhận on the left, who signs on the right."""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout import landmarks
from extract.layout.drafts import Draft
from extract.layout.strips import Strip, split_ending
from extract.records import Role

_LONG = 70  # characters of a line that is a paragraph again
_REACH = 60  # strips an ending takes at most


def find_endings(strips: Sequence[Strip], begin: int) -> list[tuple[int, int]]:
    """Spans of strips that are endings, from index `begin` on, in order."""
    found: list[tuple[int, int]] = []
    at = begin
    while at < len(strips):
        if landmarks.copies_at(strips[at].text) is not None:
            start = _signature_above(strips, at, found[-1][1] if found else begin)
            stop = _end(strips, at + 1)
            found.append((start, stop))
            at = stop
        else:
            at += 1
    if not found and (lone := _lone_signature(strips, begin)) is not None:
        found.append((lone, _end(strips, lone + 1)))
    return found


def _signature_above(strips: Sequence[Strip], at: int, floor: int) -> int:
    """Where the signature begins when its column was read before that of Nơi nhận."""
    start = at
    for index in range(at - 1, max(at - 9, floor - 1), -1):
        strip = strips[index]
        if landmarks.is_signature(strip.text):
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
    filed = signed = False
    for index in range(begin, min(len(strips), begin + _REACH)):
        strip = strips[index]
        folded = landmarks.plain(strip.text)
        if strip.turn and (filed or signed):
            return index
        if landmarks.is_annex(strip.text) or landmarks.is_motto(strip.text):
            return index
        if (
            len(strip.text) > _LONG
            and strip.text[:1] not in "-–+•*"
            and (filed or signed or (strip.gap and strip.text[:1].isupper()))
        ):
            return index
        filed = filed or folded.lstrip("-–—− ").startswith(("luu", "lwu", "lu:", "luu:"))
        signed = signed or any(landmarks.is_signature(part.text) for part in split_ending(strip))
    return min(len(strips), begin + _REACH)


def ending(strips: Sequence[Strip]) -> list[Draft]:
    """Drafts of the strips of one ending: copies, then signature."""
    copies: list[Draft] = []
    signature: list[Draft] = []
    noise: list[Draft] = []
    listing = closed = False
    for strip in strips:
        for part in split_ending(strip):
            offset = landmarks.copies_at(part.text)
            if offset is not None:
                listing = True
                copies.append(Draft(Role.NOISE, [part if offset >= len(part.text) else part.cut(offset)[0]]))
                if offset >= len(part.text):
                    continue
                part = part.cut(offset)[1]
                if landmarks.is_signature(part.text):
                    signature.append(Draft(Role.SIGNATURE, [part]))
                    continue
            if landmarks.is_stamp(part.text):
                noise.append(Draft(Role.NOISE, [part]))
            elif part.column == 1 or landmarks.is_signature(part.text) or not listing:
                signature.append(Draft(Role.SIGNATURE, [part]))
            elif part.text[:1] in "-–—−+•*":
                copies.append(Draft(Role.COPIES, [part]))
                closed = False
            elif signature and landmarks.is_name(part.text) and (closed or part.gap or _complete(copies)):
                signature.append(Draft(Role.SIGNATURE, [part]))
            elif copies and copies[-1].role is Role.COPIES and not closed and not _complete(copies):
                copies[-1].strips.append(part)
            elif not copies or copies[-1].role is not Role.COPIES:
                copies.append(Draft(Role.COPIES, [part]))
            elif landmarks.is_name(part.text):
                signature.append(Draft(Role.SIGNATURE, [part]))
            elif not closed and part.text.endswith((";", ".")):
                copies.append(Draft(Role.COPIES, [part]))
            else:
                noise.append(Draft(Role.NOISE, [part]))
            if copies and copies[-1].role is Role.COPIES:
                closed = closed or (_is_file_copy(copies[-1]) and copies[-1].last.text.endswith((".", "./.")))
    return copies + signature + noise


def _complete(copies: Sequence[Draft]) -> bool:
    return bool(copies) and copies[-1].role is Role.COPIES and copies[-1].last.text.endswith((";", ".", "./."))


def _is_file_copy(draft: Draft) -> bool:
    """Whether the entry is "Lưu: VT", the last one of the list."""
    return landmarks.plain(draft.strips[0].text).lstrip("-–—−+•* ").startswith(("luu", "lwu"))
