"""Finds the metrics of a report: goes through its headings and paragraphs and has each sentence bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from summaryparse.audit import audit
from summaryparse.binding import Draft, Memory, bind_sentence
from summaryparse.blocks import Report
from summaryparse.cells import Cell
from summaryparse.clauses import read_contexts, split_sentences
from summaryparse.dates import Period, parse_period
from summaryparse.diagnostics import Diagnostic
from summaryparse.expressions import compiled
from summaryparse.indicators import find_indicator
from summaryparse.letters import Letters
from summaryparse.names import EMPTY, Name, slice_name
from summaryparse.normalise import Text
from summaryparse.outline import Outline, Section
from summaryparse.periods import Said, Years, periods_in
from summaryparse.qualify import Setting, bound_of, status_of
from summaryparse.quantities import Quantity, find_quantities
from summaryparse.rules import RuleSet
from summaryparse.runs import Run, join_lines
from summaryparse.spans import Span
from summaryparse.table_metrics import draft_cells
from summaryparse.tables import find_tables

CLAUSE_MARK = compiled("[,;:。]")


class Metric(NamedTuple):
    """One value with its name and what qualifies it; `change_of` and `part_of` index the report's metrics."""

    name: str
    name_span: Span | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    span: Span
    dimension: str
    kind: str
    direction: str | None
    baseline: str | None
    bound: str
    status: str
    redacted: bool
    period: Period | None
    change_of: int | None
    part_of: int | None
    indicator: str | None
    sentence: Span
    rule: str


class Passage(NamedTuple):
    """A paragraph, a heading or the figures of tables, and the section that sets its tone."""

    span: Span
    plans: bool
    heading: Span | None
    is_heading: bool = False
    cells: tuple[Cell, ...] = ()


class Sentence(NamedTuple):
    """Where drafts were read: a sentence of a run, the periods said there, its setting, its characters."""

    span: Span
    periods: Sequence[Said]
    setting: Setting
    run: Run
    letters: Letters


Found = list[tuple[Draft, Sentence]]


def find_metrics(
    text: Text, report: Report, outline: Outline, rules: RuleSet
) -> tuple[list[Metric], list[Diagnostic]]:
    """All metrics of one report in the order of their spans, and what was noticed about them."""
    year = report.period.start.year if report.period and report.period.start else None
    metrics: list[Metric] = []
    for passage in passages(text, report, outline, rules):
        ahead = passage.plans and report.kind != "plan"
        setting = Setting(passage.plans, year, report.last_year, years_of(report, ahead=ahead))
        for found in read_passage(text.folded, passage, report.excluded, setting, rules):
            for index, (draft, _) in enumerate(found, len(metrics)):
                draft.index = index
            spans: dict[Span, Span] = {}
            metrics += [finish(draft, sentence, spans, rules) for draft, sentence in found]
    metrics = in_order(metrics)
    return metrics, list(audit(metrics))


def in_order(metrics: list[Metric]) -> list[Metric]:
    """The metrics in the order of their spans, links turned to their new indexes."""
    order = sorted(range(len(metrics)), key=lambda i: metrics[i].span)
    if all(i < j for i, j in pairwise(order)):
        return metrics
    place: dict[int | None, int] = {old: new for new, old in enumerate(order)}
    return [
        m._replace(change_of=place.get(m.change_of), part_of=place.get(m.part_of))
        for m in map(metrics.__getitem__, order)
    ]


def passages(text: Text, report: Report, outline: Outline, rules: RuleSet) -> Iterator[Passage]:
    """Everything that may hold a metric, in document order."""
    plan = report.kind == "plan"
    yield from own_passages(text.folded, outline.preamble, plan, None, rules)
    yield from section_passages(text.folded, outline.sections, plan, report.last_year, rules)
    yield from own_passages(text.folded, outline.closing, plan, None, rules)


def section_passages(
    folded: str,
    sections: tuple[Section, ...],
    plans: bool,  # noqa: FBT001 — handed down the tree
    last: int | None,
    rules: RuleSet,
) -> Iterator[Passage]:
    """The headings and paragraphs of a list of sections and of all below them."""
    for section in sections:
        here = plans
        if section.heading:
            words = folded[slice(*section.heading)]
            done = rules.pattern("status.done-heading").search(words)
            later = [int(m["year"]) for m in rules.pattern("status.heading-year").finditer(words)]
            ahead = bool(later and last and max(later) > last)
            here = not done and (plans or ahead or bool(rules.pattern("status.plan-heading").search(words)))
            yield Passage(section.heading, here, None, is_heading=True)
        run_in = section.heading if section.run_in else None
        yield from own_passages(folded, section.paragraphs, here, run_in, rules)
        yield from section_passages(folded, section.children, here, last, rules)


def own_passages(
    folded: str,
    spans: Sequence[Span],
    plans: bool,  # noqa: FBT001 — handed down the tree
    heading: Span | None,
    rules: RuleSet,
) -> Iterator[Passage]:
    """The paragraphs of one section, its tables apart."""
    cells, running = find_tables(folded, spans, rules)
    for span in running:
        yield Passage(span, plans, heading)
    if cells:
        yield Passage((cells[0].line[0], cells[-1].line[1]), plans, None, cells=tuple(cells))


def read_cells(folded: str, passage: Passage, setting: Setting, rules: RuleSet) -> Found:
    """The metrics of tables; a column of aims has its figures read as plans."""
    found: Found = []
    line, letters = None, Letters("", rules)
    periods: Sequence[Said] = ()
    for cell, draft in zip(passage.cells, draft_cells(passage.cells, rules), strict=True):
        tone = setting._replace(plans=setting.plans or cell.target)
        if cell.line != line:
            line = cell.line
            periods, _ = periods_in(folded, line, setting.years, rules)
            letters = Letters(folded[line[0] : line[1] + 1], rules)
        found.append((draft, Sentence(cell.line, periods, tone, Run(folded, *cell.line), letters)))
    return found


def read_passage(
    folded: str, passage: Passage, excluded: Sequence[Span], setting: Setting, rules: RuleSet
) -> Iterator[Found]:
    """The metrics of one paragraph, sentence by sentence; links go to the same sentence or back."""
    if passage.cells:
        yield read_cells(folded, passage, setting, rules)
        return
    run = join_lines(folded, passage.span, excluded)
    text, start, end = run.text, run.start, run.end
    quantities = find_quantities(text, start, end, rules)
    if passage.is_heading:
        quantities = [q for q in quantities if not q.chinese and q.unit]
    if not quantities:
        return
    memory = Memory()
    if passage.heading and folded[passage.heading[1] : passage.heading[1] + 1] == ":":
        memory.heading = slice_name(folded, *passage.heading)
    if passage.heading and rules.pattern("name.fund").search(folded, *passage.heading):
        memory.fund = slice_name(folded, *passage.heading)
    waiting, years = quantities[::-1], setting.years
    for sentence in split_sentences(text, start, end):
        inside = []
        while waiting and waiting[-1].start < sentence[1]:
            inside.append(waiting.pop())
        if not inside:
            memory.said = subject_of(text, sentence, rules)
            continue
        contexts = read_contexts(text, sentence, inside)
        letters = Letters(text[sentence[0] : sentence[1] + 1], rules)
        drafts = bind_sentence(text, sentence, contexts, memory, letters, rules)
        periods: Sequence[Said] = ()
        if drafts:
            periods, told = periods_in(text, sentence, years, rules)
            years = years._replace(told=told)
        where = Sentence(sentence, periods, setting, run, letters)
        yield [(draft, where) for draft in drafts]


def subject_of(text: str, sentence: Span, rules: RuleSet) -> Name:
    """The subject of the last clause of a sentence: 门诊人次逐年递增。 → 门诊人次."""
    start = max(text.rfind(mark, *sentence) + 1 for mark in ",;:")
    start = max(start, sentence[0])
    state = rules.pattern("name.state").search(text, start + 2, sentence[1])
    return slice_name(text, start, state.start()) if state else EMPTY


def finish(draft: Draft, where: Sentence, spans: dict[Span, Span], rules: RuleSet) -> Metric:
    """The metric of a draft, with bound, status and period read and links turned into indexes."""
    sentence, _, setting, run, letters = where
    quantity, folded = draft.quantity, run.text
    around = (draft.context.left[0], draft.context.right[1])
    whole = (sentence[0], max(sentence[1], quantity.end))  # a sentence without end is cut anywhere
    said = run.back(trim_span(folded, whole))
    bound = bound_of(quantity, draft.bound)  # type: ignore[arg-type]
    if quantity.role == "front":
        bound = "max"
    return Metric(
        name=draft.name.text,
        name_span=run.back(draft.name.span) if draft.name.span else None,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=intern(quantity.unit),
        span=run.back((quantity.start, quantity.end)),
        dimension="rank" if draft.kind == "rank" else quantity.dimension,
        kind=draft.kind,
        direction=draft.direction,
        baseline=draft.baseline.text or None if draft.kind == "change" else None,
        bound=bound,
        status=status_of_draft(folded, draft, sentence, around, setting, letters, rules),
        redacted=quantity.redacted,
        period=period_of(draft, where, rules),
        change_of=draft.change_of.index if draft.change_of else None,
        part_of=draft.part_of.index if draft.part_of else None,
        indicator=find_indicator(draft.name.text, quantity.unit if draft.kind == "level" else None, rules),
        sentence=spans.setdefault(said, said),
        rule=draft.rule,
    )


def status_of_draft(
    folded: str,
    draft: Draft,
    sentence: Span,
    around: Span,
    setting: Setting,
    letters: Letters,
    rules: RuleSet,
) -> str:
    """The status of a draft: a level that lies behind is a fact, a norm beside a figure a requirement."""
    if draft.rule == "norm.beside":
        return "requirement"
    if draft.rule == "norm.aim":
        return "target"
    if draft.rule in ("change.gap", "share.progress"):
        return "target" if setting.plans else "actual"
    if (draft.past and draft.rule != "norm.yardstick") or draft.rule == "change.from":
        return "actual"
    return status_of(folded, sentence, draft.quantity, around, setting, letters, rules)


def period_of(draft: Draft, where: Sentence, rules: RuleSet) -> Period | None:
    """The period a metric speaks of: its own where it is a level of another time, else the one said last."""
    if draft.period_text:
        resolved = parse_period(draft.period_text, where.setting.year, rules=rules)
        whole = resolved if resolved and resolved.text == draft.period_text else None
        return whole or Period(draft.period_text, None, None)
    start = draft.quantity.start
    period = next(
        (
            said.period
            for said in reversed(where.periods)
            if said.start <= start < said.stop and holds(said, start, where)
        ),
        None,
    )
    return None if period and draft.not_period and period.text in draft.not_period else period


def holds(said: Said, start: int, where: Sentence) -> bool:
    """Whether a period said before a quantity is its own too: 每月 is that of its clause alone."""
    return said.period.text[0] != "每" or CLAUSE_MARK.search(where.run.text, said.start, start) is None


def years_of(report: Report, *, ahead: bool) -> Years:
    """The years that times without one are read with; `ahead` where a report on the past tells its plans."""
    period = report.period
    if period is None or period.start is None or period.end is None:
        return Years(None, None)
    first, last = period.start.year, period.end.year
    own = first if last - first <= 1 else None
    return Years(own, own if first == last == report.last_year and not ahead else None)


def trim_span(folded: str, span: Span) -> Span:
    """A span without the blanks at its ends."""
    start, end = span
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


__all__ = ["Metric", "Quantity", "find_metrics"]
