"""From a letter as read to what it says: repair, layout, records, checks. Pure: same letter in, same result out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.checks import check_all
from extract.components import find_records
from extract.layout import lay_out
from extract.layout.by_hand import doubt_handwriting
from extract.link import link_bodies
from extract.records import Letter, Page, Reading, Source, VerdictKind
from extract.records.engine_pages import engine_pages
from extract.understood import Understood
from normalize import Repaired, concatenate
from normalize.edits import Doubt
from normalize.engine import as_typed
from normalize.repairer import Damage, load_repairer


def understand(letter: Letter, *, with_user_checks: bool = True) -> Understood:
    """Repair the letter, lay it out, find its records and check them, by the checks of other packages too or not."""
    repaired = repair_letter(letter)
    reading = Reading(letter, repaired, lay_out(letter, repaired))
    records = find_records(reading)
    checked = check_all(records, reading, with_user_checks=with_user_checks)
    return Understood(reading, records, checked.findings, link_bodies(records), checked.failures)


def repair_letter(letter: Letter) -> Repaired:
    """The letter's lines repaired, page by page, each for the damage its page has.

    What reads well may have been read by an engine all the same: it is repaired as such where it shows.
    """
    repairer = load_repairer()
    pages = [page for page in letter.pages if page.lines]
    parts = [
        repairer.repair("\n".join(line.text for line in page.lines), damage_of(page), sureness_of(page))
        for page in pages
    ]
    engines = engine_pages(letter, concatenate(parts))
    settled = (part if page.number in engines else as_typed(part) for page, part in zip(pages, parts, strict=True))
    return _with_doubts(concatenate(settled), doubt_handwriting(letter))


def _with_doubts(repaired: Repaired, more: Iterable[Doubt]) -> Repaired:
    """The repair with further doubts, those left out that touch what was mended or doubted already."""
    taken = [(edit.start, edit.end) for edit in repaired.edits]
    taken += [(doubt.start, doubt.end) for doubt in repaired.doubts]
    new = [doubt for doubt in more if not any(start < doubt.end and doubt.start < end for start, end in taken)]
    if not new:
        return repaired
    return replace(repaired, doubts=tuple(sorted((*repaired.doubts, *new), key=lambda doubt: (doubt.start, doubt.end))))


_DAMAGE = {
    VerdictKind.CLEAN: Damage.OCR,
    VerdictKind.STRIPPED: Damage.STRIPPED,
    VerdictKind.GARBLED: Damage.GARBLED,
    VerdictKind.LEGACY: Damage.LEGACY,
    VerdictKind.EMPTY: Damage.CLEAN,
    VerdictKind.NOT_JUDGED: Damage.CLEAN,
}


def damage_of(page: Page) -> Damage:
    """What repair has to expect: the verdict on the layer that was used, or our own OCR."""
    return Damage.OCR if page.source is Source.OCR else _DAMAGE[page.verdict.kind]


def sureness_of(page: Page) -> list[tuple[int, int, float]]:
    """Start, end and confidence of the words of the page's lines, joined by line breaks; those without one left out."""
    found: list[tuple[int, int, float]] = []
    start = 0
    for line in page.lines:
        at = start
        for word in line.words:
            end = at + len(word.text)
            if word.confidence is not None:
                found.append((at, end, word.confidence))
            at = end + 1
        start += len(line.text) + 1
    return found
