"""The letterhead: everything above the first paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout import landmarks
from extract.layout.drafts import Draft
from extract.layout.letters import pattern
from extract.layout.markers import is_bullet, is_speck_of_dash, marker_of
from extract.layout.specks import without_specks
from extract.layout.strips import Strip, split_header
from extract.records import Role

_REACH = 45  # strips in which a letterhead ends at the latest
_FORMAL = (Role.MOTTO, Role.NUMBER, Role.PLACE_DATE)
_PART = pattern(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s(?:[IVX\d]|thứ)|[IVX]{1,4}[\s.-]\s?[A-ZÀ-Ỹ]")
_SHORTEST = 5  # characters of an entry at least
_UNBROKEN = 105  # characters that no printed line has
_LONG = 62  # characters of a line that fills the page


def letterhead(strips: Sequence[Strip]) -> tuple[list[Draft], int]:
    """The drafts of the letterhead and the number of strips they took; none for text without one."""
    head = list(strips[:_REACH])
    split = [split_header(strip) for strip in head]
    roles = [[_landmark(part) for part in parts] for parts in split]
    marks = _marks(head, roles)
    if not marks or marks[0] > 20:
        return [], 0
    last = marks[0]
    for mark in marks:
        if mark - last <= 12:  # a second letterhead further down is that of an annex
            last = mark
    parts_in, roles_in = split[: last + 1], roles[: last + 1]
    drafts = _formal(parts_in, roles_in)
    below = [*head[last + 1 :], *strips[_REACH : _REACH + 40]]
    tail, taken = _address(below, _open_subject(drafts), unbroken=_is_unbroken(strips))
    return drafts + tail, last + 1 + taken


def _is_unbroken(strips: Sequence[Strip]) -> bool:
    """Whether paragraphs are lines, as in Word documents: most lines that fill a page would not fit on it."""
    filled = [len(strip.text) for strip in strips if strip.box is None and len(strip.text) > _LONG]
    return 2 * sum(length > _UNBROKEN for length in filled) > len(filled)


def _marks(head: Sequence[Strip], roles: Sequence[Sequence[Role | None]]) -> list[int]:
    """Indices of the strips with a landmark; none is looked for below the title or Kính gửi."""
    marks: list[int] = []
    for index, strip in enumerate(head):
        if marks and (landmarks.title_of(strip.text) or landmarks.recipients_at(strip.text) is not None):
            break
        if any(role in _FORMAL for role in roles[index]):
            marks.append(index)
    return marks


def _landmark(strip: Strip) -> Role | None:
    text = strip.text
    if landmarks.is_motto(text):
        return Role.MOTTO
    if landmarks.is_number(text) and (strip.column != 1 or "/" in text):
        return Role.NUMBER
    if landmarks.is_place_date(text) or (strip.column == 1 and landmarks.date_at(text) is not None):
        return Role.PLACE_DATE
    if landmarks.is_subject(text):
        return Role.SUBJECT
    return None


def _formal(split: Sequence[Sequence[Strip]], roles: Sequence[Sequence[Role | None]]) -> list[Draft]:
    """Drafts of the strips down to the last landmark."""
    parts = [pair for row, names in zip(split, roles, strict=True) for pair in zip(row, names, strict=True)]
    stamps = _stamps([strip for strip, _ in parts])
    drafts: list[Draft] = []
    subject: Draft | None = None
    title: Draft | None = None
    for index, (strip, role) in enumerate(parts):
        if index in stamps or landmarks.is_mark(strip.text):
            drafts.append(Draft(Role.NOISE, [strip]))
        elif role is Role.SUBJECT:
            subject = Draft(Role.SUBJECT, [strip])
            drafts.append(subject)
        elif role is not None:
            drafts.append(Draft(role, [strip]))
        elif subject is not None and strip.column != 1:
            subject.strips.append(strip)
        elif landmarks.title_of(strip.text):
            title = Draft(Role.TITLE, [strip])
            drafts.append(title)
        elif landmarks.is_upper_within(strip.text) and title is None:
            drafts.append(Draft(Role.ISSUER, [strip]))
        elif title is None and strip.column != 1 and _is_unannounced(strip, drafts, roles):
            subject = Draft(Role.SUBJECT, [strip])
            drafts.append(subject)
        else:
            drafts.append(Draft(Role.NOISE, [strip]))
    return drafts


def _is_unannounced(strip: Strip, drafts: Sequence[Draft], roles: Sequence[Sequence[Role | None]]) -> bool:
    """Whether a line says without "V/v" what the letter is about, as party letters do: words below the number."""
    if any(role is Role.SUBJECT for names in roles for role in names):
        return False
    below = next((draft.role for draft in reversed(drafts) if draft.role is not Role.PLACE_DATE), None)
    return below is Role.NUMBER and landmarks.is_wording(strip.text)


def _stamps(strips: Sequence[Strip]) -> set[int]:
    """Indices of strips of an electronic signature's stamp, with the lines of its name above the address."""
    found: set[int] = set()
    for index, strip in enumerate(strips):
        if not landmarks.is_stamp(strip.text):
            continue
        found.add(index)
        for above in range(index - 1, max(index - 4, -1), -1):
            text = strips[above].text
            if above in found or _landmark(strips[above]) or len(text) > 40:
                break
            found.add(above)
            if strips[above].gap:
                break
    return found


def _open_subject(drafts: Sequence[Draft]) -> Draft | None:
    """The "V/v …" that may go on below the last landmark."""
    for draft in reversed(drafts):
        if draft.role is Role.SUBJECT:
            return draft
        if draft.role not in (Role.MOTTO, Role.PLACE_DATE, Role.NOISE):
            return None
    return None


def _address(strips: Sequence[Strip], subject: Draft | None, *, unbroken: bool) -> tuple[list[Draft], int]:
    """What follows the landmarks: rest of the subject, title, Kính gửi."""
    drafts: list[Draft] = []
    at = 0
    kinh_gui = _kinh_gui(strips[:12], 0)
    while at < len(strips):
        strip = strips[at]
        if landmarks.recipients_at(strip.text) is not None:
            found, taken = _recipients(strips[at:], unbroken=unbroken)
            return drafts + found, at + taken
        if landmarks.is_subject(strip.text) and subject is None:
            subject = Draft(Role.SUBJECT, [strip])
            drafts.append(subject)
        elif landmarks.title_of(strip.text) and (kinh_gui is None or at < kinh_gui):
            drafts.append(Draft(Role.TITLE, [strip]))
            subject = None
            lines = _under_title(strip if kinh_gui is None else None, strips[at + 1 :])
            if lines:
                drafts.append(Draft(Role.SUBJECT, lines))
            at += len(lines)
            if kinh_gui is None or kinh_gui <= at:
                kinh_gui = _kinh_gui(strips[: at + 4], at + 1)
            if kinh_gui is None:
                found, taken = _unannounced(strips[at + 1 :])
                return drafts + found, at + 1 + taken
        elif kinh_gui is not None and subject is not None:
            subject.strips.append(strip)
        elif kinh_gui is not None and (
            (strip.text[:1] in "Vv" and not landmarks.is_upper(strip.text)) or landmarks.is_wording(strip.text)
        ):
            subject = Draft(Role.SUBJECT, [strip])  # without "V/v", or with one that was misread
            drafts.append(subject)
        elif kinh_gui is not None:
            drafts.append(Draft(Role.ISSUER if landmarks.is_upper(strip.text) else Role.NOISE, [strip]))
        elif subject is not None and not strip.gap and len(strip.text) < _LONG and strip.text[0].islower():
            subject.strips.append(strip)
        elif set(strip.text) <= set("*-_–—=.·•~ ") or _title_near(strips[at:]):
            drafts.append(Draft(Role.NOISE, [strip]))
        else:
            return drafts, at
        at += 1
    return drafts, at


def _kinh_gui(strips: Sequence[Strip], begin: int) -> int | None:
    """Index of the line with "Kính gửi" from `begin` on."""
    return next((i for i in range(begin, len(strips)) if landmarks.recipients_at(strips[i].text) is not None), None)


def _title_near(strips: Sequence[Strip]) -> bool:
    """Whether a title line follows within three strips."""
    return any(landmarks.title_of(strip.text) for strip in strips[1:4])


def _under_title(title: Strip | None, strips: Sequence[Strip]) -> list[Strip]:
    """The lines under the title that say what the document is about (trích yếu).

    Args:
        title: the title they are centred under; None where Kính gửi follows and tells where they end.
        strips: the lines below it.
    """
    taken: list[Strip] = []
    for at, strip in enumerate(strips[:9]):
        text = strip.text
        if landmarks.recipients_at(text) is not None or set(text) <= set("*-_–—=.·•~ "):
            break
        if marker_of(text) and not _goes_on_behind_dash(taken, strip, strips[at + 1] if at + 1 < len(strips) else None):
            break
        if taken and landmarks.is_opener(text):
            break
        if taken and strip.gap and len(text) > _LONG:
            break
        if taken and strip.box is None and taken[-1].text.endswith((".", ":", ";")):
            break
        if not taken and landmarks.key(text).startswith(("can cu ", "thuc hien ")) and len(text) > _LONG:
            break
        if landmarks.is_signature(text) or _PART.match(text):
            break
        if not _is_centred(strip, title) and not (not taken and landmarks.is_subject(text)):
            break
        if taken and landmarks.is_upper(text) and not landmarks.is_upper(taken[0].text):
            break
        if taken and strip.gap and strip.box is None and not _continues(taken[-1].text, text):
            break
        taken.append(strip)
    return taken


def _goes_on_behind_dash(taken: Sequence[Strip], strip: Strip, below: Strip | None) -> bool:
    """Whether a line under the title begins with a dash that is none of a list: no dash begins the next line."""
    if not taken:
        return strip.text[0] in "-_~" and (strip.box is not None or below is None or marker_of(below.text) is None)
    return is_speck_of_dash(taken[-1].text, strip.text)


def _is_centred(strip: Strip, title: Strip | None) -> bool:
    """Whether a line is centred as the title is; True where there are no boxes."""
    if title is None or strip.box is None or title.box is None:
        return True
    return abs(strip.box.x0 + strip.box.x1 - title.box.x0 - title.box.x1) < 60


def _continues(before: str, text: str) -> bool:
    return text[:1].islower() or before[-1:] in ",-" or (landmarks.is_upper(before) and landmarks.is_upper(text))


def _recipients(strips: Sequence[Strip], *, unbroken: bool) -> tuple[list[Draft], int]:
    """Kính gửi and its entries; the number of strips they took."""
    first = strips[0]
    offset = landmarks.recipients_at(first.text) or 0
    entry: Draft | None = None
    drafts = [Draft(Role.NOISE, [first if offset >= len(first.text) else first.cut(offset)[0]])]
    if offset < len(first.text):
        entry = Draft(Role.RECIPIENTS, [first.cut(offset)[1]])
        drafts.append(entry)
    dashed = entry is None or marker_of(entry.strips[0].text) is not None
    for at, strip in enumerate(strips[1:26], start=1):
        marker = marker_of(strip.text)
        bullet = is_bullet(strip.text)
        above = without_specks(entry.last.text) if entry is not None else ""
        ended = above.endswith((";", ".", "./."))
        if above.endswith(".") and len(strip.text) > _LONG and len(above) > _SHORTEST:
            return drafts, at
        if marker is not None and (not bullet or (not dashed and _opens(strip.text[marker.length :]))):
            return drafts, at
        whole = len(strip.text) > _UNBROKEN or (unbroken and not ended and not above.endswith((",", "-")))
        if entry is not None and not bullet and whole and strip.text[:1].isupper() and not strip.text.endswith(";"):
            return drafts, at
        if bullet and (entry is None or ended or dashed or strip.gap):
            dashed = True
        elif entry is None:
            if landmarks.is_opener(strip.text) and len(strip.text) > _LONG:
                return drafts, at
        elif _is_body(entry, strip, ended):
            return drafts, at
        elif not _new_entry(strip, ended, dashed):
            entry.strips.append(strip)
            continue
        entry = Draft(Role.RECIPIENTS, [strip])
        drafts.append(entry)
    return drafts, min(len(strips), 26)


def _opens(text: str) -> bool:
    """Whether a line begins the body behind a speck that looks like a bullet."""
    return landmarks.is_opener(text) and len(text) > _LONG - 10


def _unannounced(strips: Sequence[Strip]) -> tuple[list[Draft], int]:
    """Recipients whose "Kính gửi" could not be read: dashed entries right under the title, then a paragraph."""
    drafts: list[Draft] = []
    for at, strip in enumerate(strips[:16]):
        if is_bullet(strip.text) and len(strip.text) < _LONG + 20:
            drafts.append(Draft(Role.RECIPIENTS, [strip]))
        elif drafts and not drafts[-1].last.text.endswith((";", ".")):
            drafts[-1].strips.append(strip)
        else:
            return (drafts, at) if drafts and landmarks.is_opener(strip.text) else ([], 0)
    return [], 0


def _new_entry(strip: Strip, ended: bool, dashed: bool) -> bool:
    """Whether a strip without a bullet begins a new recipient."""
    return ended and (strip.gap or (not dashed and strip.text[:1].isupper()))


def _is_body(entry: Draft, strip: Strip, ended: bool) -> bool:
    """Whether a strip without a bullet is the first paragraph, not an entry going on."""
    if without_specks(entry.last.text).endswith("."):
        return True
    if strip.text[:1].islower():
        return False
    if landmarks.is_opener(strip.text) and (strip.gap or ended or len(strip.text) > _LONG - 10):
        return True
    return strip.gap
