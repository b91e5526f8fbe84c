"""Scores against their maxima, maxima against the model, components against the total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.checks.figures.arithmetic import SUM, Formula, plain, vn
from extract.checks.figures.places import span_of
from extract.checks.figures.terms import Term, finding, if_wrong, is_doubtful, merged, recompute
from extract.checks.scores.breakdown import check_breakdown
from extract.checks.scores.links import link, link_score
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records, Score
from gazetteer.scoring_models import Form, IndicatorMatch, Rule, ScoringModel

Linked = tuple[Score, IndicatorMatch]
_HUNDREDTHS = 2  # times the maximum; more is that index in hundredths
_OTHER_SCALE = 2  # times the most that a component can have: it is told on another scale
_ENOUGH = 3  # other components of the model in the letter that show it is the model meant


def check_scores(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Bounds of every score, and what the components of an index make."""
    day = span_of(records.header.date)
    linked: list[Linked] = []
    for score in records.scores:
        yield from _bounds(score, reading)
        if score.indicator is None:
            continue
        match = link_score(score, models, day[1] if day else None)
        if match is not None:
            linked.append((score, match))
            if match.indicator is None and score.max is None:
                yield from _total_bound(score, match, reading)
    yield from _component_bounds(records, linked, models, reading)
    yield from _maxima(linked)
    yield from _wrong_maxima(records, linked, models, reading)
    made = list(_components(linked, reading))
    yield from made
    told = {(one.reported, one.computed) for one in made}
    yield from (one for one in check_breakdown(records.scores, reading) if (one.reported, one.computed) not in told)


def _bounds(score: Score, reading: Reading) -> Iterator[Finding]:
    if score.max is None:
        return
    inside = 0 <= score.value <= score.max
    yield finding(
        CheckKind.MAXIMUM,
        f"{score.indicator or 'Điểm'}: {vn(score.value)}/{vn(score.max)} điểm",
        CheckVerdict.AGREES if inside else _wrong(score, reading),
        inputs=(("value", plain(score.value)), ("max", plain(score.max))),
        reported=plain(score.value),
        computed=plain(score.max),
        note=f"{vn(score.value)} ≤ {vn(score.max)}"
        if inside
        else f"{vn(score.value)} vượt điểm tối đa {vn(score.max)}",
        evidence=score.evidence,
    )


def _total_bound(score: Score, match: IndicatorMatch, reading: Reading) -> Iterator[Finding]:
    """An index as a whole, printed without its maximum."""
    total = match.model.total
    if score.value > _HUNDREDTHS * total and match.model.unit == "":
        return  # an index between 0 and 1 is often printed in hundredths
    yield _bound(score, total, f"{score.indicator}: {vn(score.value)}", "vượt", match.model.name, reading)


def _bound(score: Score, top: Decimal, statement: str, beyond: str, source: str, reading: Reading) -> Finding:
    """Points against the most there can be; `beyond` says that they are more."""
    inside = 0 <= score.value <= top
    return finding(
        CheckKind.MAXIMUM,
        statement,
        CheckVerdict.AGREES if inside else _wrong(score, reading),
        inputs=(("value", plain(score.value)), ("max", plain(top))),
        reported=plain(score.value),
        computed=plain(top),
        note=f"{vn(score.value)} {'≤' if inside else beyond} {vn(top)} ({source})",
        evidence=score.evidence,
    )


def _component_bounds(
    records: Records, linked: Sequence[Linked], models: tuple[ScoringModel, ...], reading: Reading
) -> Iterator[Finding]:
    """Components printed without a maximum against the model's, in letters that speak of the index as such too."""
    meant = {match.model.id for _, match in linked if match.indicator is None}
    meant |= {match.model.id for rank in records.ranks if (match := link(rank.indicator, rank.org, models)) is not None}
    for score, match in linked:
        top = _highest(match)
        if match.indicator is None or top is None or score.max is not None or match.model.id not in meant:
            continue
        if match.model.unit == "":
            continue  # an index between 0 and 1 is often printed in hundredths
        if _OTHER_SCALE * top < score.value <= match.model.total:
            continue  # points of a hundred, or a share: not those of the component
        statement = f"{score.indicator}: {vn(score.value)} điểm"
        yield _bound(score, top, statement, "vượt mức cao nhất", _source(match), reading)


def _highest(match: IndicatorMatch) -> Decimal | None:
    """The most a component can have; where it is printed as a share, all of it."""
    if match.indicator is None:
        return None
    return match.indicator.max or (match.model.total if match.model.unit == "%" else None)


def _wrong(score: Score, reading: Reading) -> CheckVerdict:
    return if_wrong(score.evidence, reading)


def _maxima(linked: Sequence[Linked]) -> Iterator[Finding]:
    """Printed maxima that are those of the model."""
    for score, match in linked:
        if match.indicator is None or match.indicator.max is None or score.max is None:
            continue
        yield finding(
            CheckKind.MAXIMUM,
            f"{score.indicator}: điểm tối đa {vn(score.max)}",
            CheckVerdict.AGREES,
            inputs=(("max", plain(score.max)), ("model", plain(match.indicator.max))),
            reported=plain(score.max),
            computed=plain(match.indicator.max),
            note=_source(match),
            evidence=score.evidence,
        )


def _wrong_maxima(
    records: Records, linked: Sequence[Linked], models: tuple[ScoringModel, ...], reading: Reading
) -> Iterator[Finding]:
    """A component whose maximum is not the model's, among enough that are."""
    known = {id(score) for score, _ in linked}
    parts: dict[str, int] = defaultdict(int)
    for _, match in linked:
        parts[match.model.id] += match.indicator is not None
    for score in records.scores:
        if id(score) in known or score.max is None or score.indicator is None:
            continue
        meant = link(score.indicator, score.org, models)
        if meant is None or meant.indicator is None or meant.indicator.max is None:
            continue
        if parts[meant.model.id] < _ENOUGH or not meant.indicator.verified:
            continue
        yield finding(
            CheckKind.MAXIMUM,
            f"{score.indicator}: điểm tối đa {vn(score.max)}",
            _wrong(score, reading),
            inputs=(("max", plain(score.max)), ("model", plain(meant.indicator.max))),
            reported=plain(score.max),
            computed=plain(meant.indicator.max),
            note=f"{_source(meant)} cho tối đa {vn(meant.indicator.max)}, báo cáo ghi {vn(score.max)}",
            evidence=score.evidence,
        )


def _source(match: IndicatorMatch) -> str:
    verified = "" if match.indicator is None or match.indicator.verified else " (chưa kiểm chứng)"
    return f"{match.model.document or match.model.name}{verified}"


def _components(linked: Sequence[Linked], reading: Reading) -> Iterator[Finding]:
    """All parts of a form, each once for one body and period: their maxima and their points."""
    groups: dict[tuple[str, str | None, str | None], list[Linked]] = defaultdict(list)
    for score, match in linked:
        groups[(match.model.id, score.org, score.period)].append((score, match))
    for group in groups.values():
        model = group[0][1].model
        parts = {match.indicator.id: score for score, match in group if match.indicator is not None}
        totals = [score for score, match in group if match.indicator is None]
        if len(parts) + len(totals) != len(group):
            continue  # one indicator stated twice: several bodies or periods in one group
        for form in model.forms:
            if set(form.parts) <= set(parts):
                yield from _of_form(model, form, parts, totals, reading)


def _of_form(
    model: ScoringModel, form: Form, parts: dict[str, Score], totals: Sequence[Score], reading: Reading
) -> Iterator[Finding]:
    terms = [_term(model.indicator(part).name, parts[part], reading) for part in form.parts]
    maxima = [parts[part].max for part in form.parts]
    stated = [value for value in maxima if value is not None]
    if form.rule is Rule.SUM and len(stated) == len(maxima):
        named = [Term(term.name, value, term.proof) for term, value in zip(terms, stated, strict=True)]
        made = recompute(CheckKind.SUM, f"Điểm tối đa, {form.name}", SUM, named, Term("tổng", model.total))
        if made is not None:
            yield made
    if len(totals) != 1:
        return
    weights = {one.id: one.weight for one in model.indicators if one.weight is not None}

    def value(values: Sequence[Decimal]) -> Decimal:
        return form.total(dict(zip(form.parts, values, strict=True)), weights)

    def weighted(values: Sequence[Decimal]) -> str:
        pairs = zip(form.parts, values, strict=True)
        return " + ".join(f"{vn(form.factor * weights[part])} × {vn(value)}" for part, value in pairs)

    total = _term("tổng", totals[0], reading)
    formula = Formula(value, SUM.written if form.rule is Rule.SUM else weighted)
    statement = f"{model.name}: tổng {vn(total.value)}"
    made = recompute(CheckKind.SUM, statement, formula, terms, total, _unverified(model, form))
    if made is None:
        return
    # each part is rounded where it is printed, and so is the total
    weight = {part: Decimal(1) if form.rule is Rule.SUM else form.factor * weights[part] for part in form.parts}
    halves = (weight[part] * _half(term.value) for part, term in zip(form.parts, terms, strict=True))
    slack = max(form.tolerance, sum(halves, _half(total.value)))
    if made.verdict is CheckVerdict.DIFFERS and abs(value([term.value for term in terms]) - total.value) <= slack:
        made = finding(
            made.kind, made.statement, CheckVerdict.ROUNDED, inputs=made.inputs, reported=made.reported,
            computed=made.computed, note=f"{made.note}; trong phạm vi làm tròn", evidence=made.evidence,
        )  # fmt: skip
    yield made


def _unverified(model: ScoringModel, form: Form) -> str:
    """What a total by weights rests on that nobody has read in the model's source."""
    known = all(model.indicator(part).verified for part in form.parts)
    return "" if known or form.rule is Rule.SUM else "trọng số chưa kiểm chứng từ văn bản gốc"


def _half(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)


def _term(name: str, score: Score, reading: Reading) -> Term:
    return Term(name, score.value, merged(score.evidence), is_doubtful(score.evidence, reading))
