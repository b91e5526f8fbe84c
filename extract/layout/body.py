"""Running text: lines joined to headings, paragraphs and items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.layout import landmarks
from extract.layout.drafts import Draft
from extract.layout.footnotes import footnotes, mark_length, page_numbers
from extract.layout.markers import Level, garbled_mark, marker_of, waits_for_more
from extract.layout.sequence import behind_speck, may_be_dash, may_be_mark, opens_list, settle
from extract.layout.specks import end_of_words, without_specks
from extract.layout.strips import Strip
from extract.layout.tables import table_strips
from extract.records import Letter, Role

_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.?)[”\")»’]{0,2}$|[”)]$")
_UNWRAPPED = 170  # usual length from which lines are whole paragraphs
_HEADING = 220  # characters of a heading at most


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a letter's running text is set: edges in points, or usual length of a full line in characters."""

    left: float | None
    right: float | None
    full: float
    gaps: bool  # blank lines part paragraphs
    unwrapped: bool
    indents: bool

    def is_short(self, strip: Strip) -> bool:
        """Whether the line ends well before the right edge."""
        if self.right is not None and self.left is not None and strip.box is not None:
            return strip.box.x1 < self.right - 0.08 * (self.right - self.left)
        return len(strip.text) < 0.84 * self.full

    def is_indented(self, strip: Strip) -> bool:
        """Whether the line begins further in than the left edge."""
        if self.left is not None and strip.box is not None:
            return strip.box.x0 > self.left + 11
        return self.indents and self.left is not None and strip.indent > self.left + 1


def body(strips: Sequence[Strip], letter: Letter) -> list[Draft]:
    """Drafts of the running text; footnotes and page numbers come after the block they interrupt."""
    numbers = page_numbers(strips)
    tables = table_strips(strips, letter) - numbers
    notes = {note[0]: (number, note) for number, note in footnotes(strips, tables)}
    in_notes = {index for _, note in notes.values() for index in note} - numbers
    plain = [s for i, s in enumerate(strips) if i not in numbers and i not in tables and i not in in_notes]
    setting = _setting_of(plain)
    drafts: list[Draft] = []
    waiting: list[Draft] = []
    current: Draft | None = None
    for index, strip in enumerate(strips):
        if index in numbers:
            waiting.append(Draft(Role.PAGE_NUMBER, [strip]))
        elif index in notes:
            number, note = notes[index]
            mark = mark_length(strip.text, number)
            waiting.append(Draft(Role.FOOTNOTE, [strips[i] for i in note if i not in numbers], mark))
        elif index in in_notes:
            continue
        elif index in tables:
            drafts += [*waiting, Draft(Role.TABLE, [strip])]
            waiting, current = [], None
        elif landmarks.is_motto(strip.text):
            drafts += [*waiting, Draft(Role.MOTTO, [strip])]
            waiting, current = [], None
        elif not any(map(str.isalnum, strip.text)):
            waiting.append(Draft(Role.NOISE, [strip]))
        elif current is None or _begins(current, strip, setting):
            drafts += waiting
            waiting = []
            mark = 0 if current is None else garbled_mark(strip.text)
            current = Draft(Role.PARAGRAPH, [strip], mark)
            drafts.append(current)
        else:
            current.strips.append(strip)
    drafts += waiting
    called = {(strips[index].page, number) for index, (number, _) in notes.items()}
    running = [draft for draft in drafts if draft.role is Role.PARAGRAPH]
    for draft, marker in zip(running, settle([draft.text for draft in running]), strict=True):
        draft.marker = marker
    for draft in drafts:
        if draft.role is Role.PARAGRAPH:
            draft.role = _role(draft, setting)
            pages = {strip.page for strip in draft.strips}
            draft.calls = tuple(sorted({number for page, number in called if page in pages}))
    return drafts


def _setting_of(strips: Sequence[Strip]) -> _Setting:
    lengths = sorted(len(strip.text) for strip in strips)
    share = 0.85 if len(lengths) > 12 else 1.0
    full = float(lengths[int(share * (len(lengths) - 1))]) if lengths else 0.0
    boxes = [strip.box for strip in strips if strip.box is not None]
    inner = [strip for strip in strips if not strip.turn]
    gaps = sum(strip.gap for strip in inner) >= 0.08 * max(len(inner), 1)
    if boxes and 2 * len(boxes) > len(strips):
        lefts = sorted(box.x0 for box in boxes)
        rights = sorted(box.x1 for box in boxes)
        return _Setting(lefts[len(lefts) // 5], rights[int(0.85 * (len(rights) - 1))], full, gaps, False, True)
    indents = sorted(strip.indent for strip in strips if strip.gap is False or not strip.turn)
    used = bool(indents) and 0.05 < sum(i > indents[len(indents) // 3] + 1 for i in indents) / len(indents) < 0.6
    left = indents[len(indents) // 3] if used else None
    return _Setting(left, None, full, gaps, full > _UNWRAPPED, used)


def _begins(current: Draft, strip: Strip, setting: _Setting) -> bool:
    """Whether a line begins a new block."""
    last = current.last
    last_text = without_specks(last.text)
    ended = _TERMINAL.search(last_text[-4:]) is not None
    kept = last_text[: end_of_words(last_text, closes=True, begins=False)]
    closed = _TERMINAL.search(kept[-4:]) is not None
    lower = strip.text[:1].islower()
    if _goes_on_behind_speck(current, strip, last_text, setting):
        return False
    if marker_of(strip.text) and _is_marker_here(last, strip, closed, setting):
        return True
    if closed and may_be_mark(strip.text):
        return True
    if last_text.endswith((".", ";")) and (garbled_mark(strip.text) or behind_speck(strip.text) is not None):
        return True
    if ended and may_be_dash(strip.text) and (open_ := marker_of(current.opening)) and open_.level is Level.DASH:
        return True
    if lower or strip.text[:1] in ",.;)":
        return bool(ended and strip.gap and not strip.turn and last_text[-1] in ".;" and setting.is_short(last))
    if _is_in_bracket(current, strip):
        return False
    upper_change = landmarks.is_upper(strip.text) != landmarks.is_upper(last.text)
    if (
        upper_change
        and (ended or setting.is_short(last))
        and (landmarks.is_upper(strip.text) or landmarks.is_upper(current.opening))
    ):
        return True
    if landmarks.is_annex(strip.text):
        return True
    if setting.unwrapped:
        return True
    if strip.gap and not strip.turn:
        return ended or setting.is_short(last)
    if setting.indents and setting.is_indented(strip) and not setting.is_indented(last):
        return ended or setting.is_short(last)
    if _is_titled(current, strip, setting):
        return True
    if not ended:
        return _heading_ends(current, strip, setting)
    if last_text.endswith((";", ":")) and not setting.gaps:
        return True
    if setting.right is not None:
        return setting.is_short(last) or (setting.is_indented(strip) and last_text.endswith("."))
    if setting.gaps and not strip.turn:  # a blank line would stand here
        return len(last.text) < 0.7 * setting.full
    return setting.is_short(last)


def _is_in_bracket(current: Draft, strip: Strip) -> bool:
    """Whether a line closes a bracket that the last lines left open."""
    before = " ".join(one.text for one in current.strips[-3:])
    closes, opens = (strip.text.find(sign) for sign in ")(")
    return before.rfind("(") > before.rfind(")") and closes >= 0 and not 0 <= opens < closes


def _goes_on_behind_speck(current: Draft, strip: Strip, last_text: str, setting: _Setting) -> bool:
    """Whether a dash before small letters is a speck: a clause goes on behind it, and no list of dashes is open.

    It stands where no item begins: at the left edge, or at the top of a page.
    """
    marker = marker_of(strip.text)
    if marker is None or marker.level is not Level.DASH or not strip.text[marker.length :][:1].islower():
        return False
    open_ = marker_of(current.opening.lstrip("-–— "))  # a speck may stand before its number too
    if last_text.endswith((":", ".")) and not last_text.endswith(";:"):
        return False
    if open_ is None or open_.level >= Level.STAR:
        return False
    if strip.box is None:
        return strip.page != current.last.page
    return setting.is_indented(current.strips[0]) and not setting.is_indented(strip)


def _is_titled(current: Draft, strip: Strip, setting: _Setting) -> bool:
    """Whether a block is a numbered title of one line, below which the next line is set in as a first line is.

    The other lines of an item either begin at the left edge or below its first word, further in than its number.
    """
    first = current.strips[0]
    if len(current.strips) > 1 or strip.turn or first.box is None or strip.box is None:
        return False
    marker = marker_of(first.text)
    if marker is None or marker.level >= Level.STAR or not strip.text[:1].isupper():
        return False
    hanging = 2.5 * marker.length  # points from the number to the first word at least
    return setting.is_indented(first) and strip.box.x0 - first.box.x0 < hanging and setting.is_indented(strip)


def _is_marker_here(last: Strip, strip: Strip, ended: bool, setting: _Setting) -> bool:
    """Whether what looks like a marker is one: not a number or dash in the middle of a sentence."""
    marker = marker_of(strip.text)
    if marker is None:
        return False
    if ended or (strip.gap and not strip.turn):
        return not (waits_for_more(last.text) and not strip.gap)
    if waits_for_more(last.text):
        return False
    if marker.level in (Level.DASH, Level.PLUS, Level.BRACKETED, Level.SMALL_LETTER, Level.DOTTED, Level.NUMBER):
        behind = strip.text[marker.length :][:1]
        if marker.level is Level.DASH:  # "Lao động" at the end of a full line, "- Thương binh và Xã hội" on the next
            return setting.is_short(last)
        return setting.is_short(last) or (behind.isupper() and not strip.turn)
    return True


def _heading_ends(current: Draft, strip: Strip, setting: _Setting) -> bool:
    """Whether a block without a full stop is a heading that ends here."""
    last = current.last
    if not (strip.text[:1].isupper() or opens_list(strip.text)) or len(current.strips) > 3:
        return False
    if not setting.is_short(last) or len(last.text) > 0.75 * setting.full:
        return False
    return not last.text.endswith((",", "-")) and not waits_for_more(last.text)


def _role(draft: Draft, setting: _Setting) -> Role:
    text = draft.text
    text = text[: end_of_words(text, closes=True)]
    marker = draft.marker
    ended = _TERMINAL.search(text[-4:]) is not None and not text.endswith((")", "”"))
    titled = len(text) <= _HEADING and not ended and text[-1:] not in ",-"
    if marker is None:
        if landmarks.is_annex(text) or (landmarks.is_upper(text) and len(text) <= _HEADING):
            return Role.HEADING
        alone = setting.unwrapped or (len(draft.strips) == 1 and draft.strips[0].gap)
        if titled and len(text) <= 120 and text[:1].isupper() and alone:
            return Role.HEADING
        return Role.PARAGRAPH
    if titled and marker.level <= Level.STAR and (len(text) > marker.length + 2):
        return Role.HEADING
    return Role.ITEM
