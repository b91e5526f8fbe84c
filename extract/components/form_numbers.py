"""Numbers of the rows of a form ("1.4.1"), restored by their neighbours where points or digits were misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Number = tuple[int, ...]

_PARTS = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}")
_DEEPEST = 4  # levels


def restored(printed: Sequence[str | None]) -> list[str | None]:
    """The numbers of rows from top to bottom, as they have to be where those around them leave one way only.

    Args:
        printed: what was read of each row's number; None for a row that shows none.

    Returns:
        The numbers without closing points; None where neither reading nor neighbours tell one.
    """
    read = [_read(text) for text in printed]
    numbers: list[Number | None] = []
    for at, text in enumerate(printed):
        after = read[at + 1] if at + 1 < len(read) else None
        known = [at - back for back in (1, 2) if at >= back and numbers[at - back] is not None]
        before = numbers[known[0]] if known else None
        digits = re.sub(r"\D", "", text or "")
        if before is None:
            follower = re.sub(r"\D", "", printed[at + 1] or "") if after is None and at + 1 < len(printed) else ""
            numbers.append(read[at] or _torn(digits, follower))
            continue
        following = _within(before, at - known[0])
        numbers.append(_settled(read[at], digits, before, following, after))
    for at in range(1, len(numbers) - 1):
        before, after = numbers[at - 1], numbers[at + 1]
        if numbers[at] is None and before is not None and after is not None:
            numbers[at] = _only(number for number in _next(before) if after in _next(number))
    return [".".join(map(str, number)) if number else None for number in numbers]


def _settled(
    read: Number | None, digits: str, before: Number, following: Sequence[Number], after: Number | None
) -> Number | None:
    """The number of a row below `before`, which one of `following` should be."""
    if read in following:
        return read
    same = _only(number for number in following if digits and "".join(map(str, number)) == digits)
    if same is not None:
        return same
    if read is not None and read > before and (after is None or after in _next(read)):
        return read
    fitting = _only(number for number in following if after is not None and after in _next(number))
    return fitting or (read if read is not None and read > before else None)


def _only(numbers: Iterator[Number]) -> Number | None:
    found = set(numbers)
    return found.pop() if len(found) == 1 else None


def _within(number: Number, rows: int) -> list[Number]:
    """The numbers that may stand one or two rows below."""
    below = list(_next(number))
    return below if rows == 1 else list(dict.fromkeys(other for one in below for other in _next(one)))


def _next(number: Number) -> Iterator[Number]:
    """The numbers that may follow: the first below, the next beside, the next above."""
    if len(number) < _DEEPEST:
        yield (*number, 1)
    for depth in range(len(number), 0, -1):
        yield (*number[: depth - 1], number[depth - 1] + 1)


def _torn(digits: str, follower: str) -> Number | None:
    """A number whose points were lost, as those of the number behind it were: "141" before "142"."""
    whole, after = tuple(map(int, digits)), tuple(map(int, follower))
    return whole if 1 < len(whole) <= _DEEPEST and after in _next(whole) else None


def _read(text: str | None) -> Number | None:
    bare = (text or "").strip(" .,_:)")
    return tuple(map(int, bare.split("."))) if _PARTS.fullmatch(bare) else None
