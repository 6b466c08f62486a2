"""Turns the figures of tables into drafts, as the sentences of running text give them."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.binding import Draft
from summaryparse.cells import Cell
from summaryparse.clauses import Context
from summaryparse.names import EMPTY, Name
from summaryparse.pieces import unit_forms
from summaryparse.quantities import Quantity
from summaryparse.rules import RuleSet
from summaryparse.spans import Span


def draft_cells(cells: Sequence[Cell], rules: RuleSet) -> list[Draft]:
    """One draft for each figure, a change linked to the level in its row that it belongs to."""
    drafts = [draft_cell(cell, rules) for cell in cells]
    by_span = {cell.span: draft for cell, draft in zip(cells, drafts, strict=True)}
    for cell, draft in zip(cells, drafts, strict=True):
        draft.change_of = by_span.get(cell.change_of) if cell.change_of else None
    return drafts


def draft_cell(cell: Cell, rules: RuleSet) -> Draft:
    """The draft of one figure; to its right stands nothing, since the next cell says nothing of it."""
    unit = unit_forms(rules).get(cell.unit)
    start, end = cell.span
    quantity = Quantity(
        start=start,
        end=end,
        after=end,
        value=cell.value,
        value_max=None,
        unit=cell.unit,
        dimension=unit.dimension if unit else "other",
        bound=cell.bound,
        redacted=False,
        chinese=False,
        role="amount",
        rule=cell.rule,
    )
    nothing: Span = (start, start)
    context = Context(quantity, (cell.line[0], start), (end, end), "", 0, 0, nothing, nothing, nothing)
    whole = {cell.row: cell.row_span, cell.column: cell.column_span}
    return Draft(
        context,
        Name(cell.name, whole.get(cell.name)),
        cell.rule,
        cell.kind,
        cell.direction,
        Name(cell.base, None) if cell.base else EMPTY,
        period_text=cell.period or "",
    )
