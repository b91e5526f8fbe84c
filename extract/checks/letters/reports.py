"""Who reports to whom: a unit's figure against those of the units in it, and tasks against the reports on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.places import span_of, vn_date
from extract.checks.figures.terms import finding, is_doubtful, merged
from extract.checks.letters.statements import Key, Statement, Stored, is_report
from extract.records import CheckKind, CheckVerdict, Citation, DeadlineRelation, Finding, Header, Task
from gazetteer import Entry, load_gazetteer
from gazetteer.keys import folded

_SHOWN: Final = 12  # parts that are written out
_ANSWERS: Final = re.compile(r"^bao cao\b")
_NOT_ADDED: Final = frozenset(map(folded, ("%", "điểm", "điểm phần trăm", "hạng", "bậc")))


def reported_sums(told: Sequence[tuple[Stored, list[tuple[Key, Statement]]]]) -> Iterator[tuple[str, Finding]]:
    """A unit's count against the sum of the same counts of the units in it, where each of those has reported.

    The same count: the same words, unit and closed period. Where some have not reported, their sum can only show that
    the whole is too small.
    """
    by_count: dict[Key, dict[str, list[tuple[Stored, Statement]]]] = defaultdict(lambda: defaultdict(list))
    for letter, made in told:
        for key, one in made:
            if key[0] == "figure" and key[2] not in _NOT_ADDED and one.value == one.value.to_integral_value():
                by_count[(key[1], key[2], key[4])][key[3]].append((letter, one))
    for bodies in by_count.values():
        if len(bodies) < 3:
            continue  # a whole and two parts at least
        values = {body: _one_value(stated) for body, stated in bodies.items()}
        for body, stated in bodies.items():
            whole = values[body]
            if whole is None:
                continue
            made_sum = _sum(body, whole, [(other, value) for other, value in values.items() if value is not None])
            if made_sum is not None:
                yield stated[0][0].id, made_sum


def _one_value(stated: Sequence[tuple[Stored, Statement]]) -> tuple[Stored, Statement] | None:
    """What a body states, None where its letters do not agree."""
    return stated[0] if len({one.value for _, one in stated}) == 1 else None


def _sum(
    body: str, whole: tuple[Stored, Statement], others: Sequence[tuple[str, tuple[Stored, Statement]]]
) -> Finding | None:
    day = span_of(whole[1].period)
    unit = _unit(body)
    if day is None or unit is None:
        return None
    parts = [(child, stated) for other, stated in others if (child := _unit(other)) and child.parent == unit.id]
    kinds = {child.kind for child, _ in parts}
    if len(parts) < 2 or len(kinds) != 1:
        return None
    total = sum((stated[1].value for _, stated in parts), start=Decimal(0))
    complete = len(parts) == len(load_gazetteer().children(unit.id, kinds.pop(), day[1]))
    agrees = total == whole[1].value
    if not agrees and not complete and total <= whole[1].value:
        return None
    proof = merged(whole[1].proof, *(stated[1].proof for _, stated in parts))
    doubtful = any(is_doubtful(one.proof) for one in (whole[1], *(stated[1] for _, stated in parts)))
    verdict = CheckVerdict.AGREES if agrees else CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    figures = [f"{vn(stated[1].value)} ({child.name})" for child, stated in parts]
    shown = " + ".join(figures[:_SHOWN] + ["…"] * (len(figures) > _SHOWN))
    gap = (
        "" if agrees else f", báo cáo của {unit.name} ghi {vn(whole[1].value)}: chênh {vn(abs(total - whole[1].value))}"
    )
    some = "" if complete else f"; mới có {len(parts)} đơn vị báo cáo"
    return finding(
        CheckKind.SUM,
        f"{whole[1].what}, {unit.name}, {whole[1].period}: {vn(whole[1].value)}",
        verdict,
        inputs=tuple((stated[0].name, plain(stated[1].value)) for _, stated in parts),
        reported=plain(whole[1].value),
        computed=plain(total),
        note=f"{shown} = {vn(total)}{gap}{some}",
        evidence=proof[:1],
    )


def _unit(body: str) -> Entry | None:
    """The unit that an entry is, or that its committee governs; None for departments and unknown names."""
    try:
        entry = load_gazetteer().get(body)
    except KeyError:
        return None
    return entry if entry.unit_type else None


def tasks_reported(letters: Sequence[Stored]) -> Iterator[tuple[str, Finding]]:
    """Reports asked for by a day against the later letter of the body asked, which cites the letter that asked."""
    asked: dict[tuple[str, str], list[tuple[Stored, Task]]] = defaultdict(list)
    for letter in letters:
        header = letter.records.header
        if header.number and header.symbol:
            for task in letter.records.tasks:
                if is_report(task) and task.deadline_relation is not DeadlineRelation.RECURRING:
                    asked[(header.number, folded(header.symbol))].append((letter, task))
    if not asked:
        return
    for letter in letters:
        header = letter.records.header
        if not _ANSWERS.match(folded(header.doc_type or "")) or header.issuer is None or header.date is None:
            continue
        seen = set()
        for citation in letter.records.citations:
            for asking, task in asked.get((citation.number or "", folded(citation.symbol or "")), ()):
                if asking.identity != letter.identity and _is_cited(citation, asking) and _is_asked(task, header):
                    made = _answer(letter, asking, task, citation)
                    if made is not None and made.statement not in seen:
                        seen.add(made.statement)
                        yield letter.id, made


def _is_cited(citation: Citation, asking: Stored) -> bool:
    own = asking.records.header.date
    return own is not None and citation.date is not None and (own.startswith(citation.date) or citation.date == own)


def _is_asked(task: Task, header: Header) -> bool:
    """Whether the issuer is one of those who have the task."""
    issuer = set(folded(header.issuer or "").split())
    return any(set(folded(name).split()) <= issuer for name in task.assignees)


def _answer(letter: Stored, asking: Stored, task: Task, citation: Citation) -> Finding | None:
    due, signed = span_of(task.deadline), span_of(letter.records.header.date)
    if due is None or signed is None or signed[0] != signed[1]:
        return None
    late = (signed[0] - due[1]).days
    days = f", sau hạn {late} ngày" if late > 0 else ""
    return finding(
        CheckKind.CONSISTENCY,
        f"{asking.name} giao {', '.join(task.assignees)}: {task.action}",
        CheckVerdict.AGREES,
        inputs=(("deadline", task.deadline or ""), ("report", letter.name)),
        reported=signed[0].isoformat(),
        computed=due[1].isoformat(),
        note=f"{letter.name} báo cáo ngày {vn_date(signed[0])}, thời hạn {vn_date(due[1])}{days}",
        evidence=citation.evidence,
    )
