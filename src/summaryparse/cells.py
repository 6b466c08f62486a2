"""Reads labels and figures of a table: the unit that a header gives, the name that row and column make.

Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

import regex

from summaryparse.expressions import compiled
from summaryparse.grids import Grid
from summaryparse.numerals import plain
from summaryparse.pieces import Piece, Row, match_value, unit_forms
from summaryparse.records import dataclass, replace
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

CellKind = Literal["level", "change", "rank"]
Direction = Literal["up", "down"]
Bound = Literal["exact", "approx", "min", "max"]
SCALES = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
BOUNDS: tuple[Bound, ...] = ("min", "max", "approx")
BLANKS = compiled(r"\s+")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit, and the scale in which the figures that it stands above are written."""

    scale: int
    unit: str


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a column or row without their unit, and what they say.

    `metric` is what is counted, "" for a mere period or 数量; `base` is what a change is compared with;
    `source` is the number of the column that a change or another period's level belongs to.
    """

    text: str = ""
    span: Span | None = None
    measure: Measure | None = None
    period: str | None = None
    metric: str = ""
    change: bool = False
    falls: bool = False
    base: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table; `span` runs from its number to the end of a unit in the same cell.

    `base` is what a change is compared with, `change_of` the figure in its row that it belongs to,
    `line` the row.
    """

    span: Span
    value: Decimal
    unit: str
    row: str
    column: str
    row_span: Span | None
    column_span: Span | None
    kind: CellKind
    direction: Direction | None
    bound: Bound
    period: str | None
    name: str
    base: str
    change_of: Span | None
    target: bool
    line: Span
    rule: str


def read_measure(text: str, rules: RuleSet) -> Measure | None:
    """The unit of a bracket: 万单位, 1/10万, %; None if the words are no unit."""
    forms = unit_forms(rules)
    match = rules.pattern("table.unit-scale").match(text)
    if match is None:
        return None
    bare = text[match.start("scale") if match["scale"] else match.start("unit") :]
    if bare in forms:
        return Measure(1, forms[bare].base or bare)
    scale, unit = match["scale"], match["unit"]
    if "/" in unit and unit.partition("/")[0] in forms:
        return Measure(factor(scale or ""), unit)
    if scale and (unit in forms or (not unit and scale[-1] in "万亿")):
        return Measure(factor(scale), (forms[unit].base or unit) if unit else "")
    return None


def read_unit(text: str, rules: RuleSet) -> Measure | None:
    """The unit of a cell that holds nothing else, known or not: 元/人·月."""
    match = rules.pattern("table.unit-scale").match(text)
    known = read_measure(text, rules)
    if known or match is None or not match["unit"]:
        return known
    return Measure(factor(match["scale"] or ""), match["unit"])


def factor(scale: str) -> int:
    """The number that a scale stands for: 百万 is 1,000,000."""
    value = 1
    for character in scale:
        value *= SCALES[character]
    return value


def caption_measure(units: str, rules: RuleSet) -> Measure | None:
    """The unit that a caption gives to all columns; of several, the only one that is no percentage."""
    read = [read_measure(unit.strip(), rules) for unit in re.split("[,、]", units)]
    amounts = [measure for measure in read if measure and measure.unit not in ("%", "‰")]
    if len(read) == 1:
        return read[0]
    return amounts[0] if len(amounts) == 1 and None not in read else None


class LabelReader:
    """Reads the labels of rows and columns."""

    def __init__(self, rules: RuleSet) -> None:
        """Keeps the rules."""
        self.rules = rules

    def column(self, pieces: Sequence[Piece]) -> Label:
        """What the header cells of a column say together."""
        labels = [self.told(piece) for piece in pieces]
        if not labels:
            return Label()
        label = labels[0]
        for below in labels[1:]:
            label = Label(
                text=label.text + below.text,
                measure=below.measure or label.measure,
                period=below.period or label.period,
                metric=label.metric + below.metric,
                change=label.change or below.change,
                falls=label.falls or below.falls,
                base=below.base or label.base,
            )
        return label

    def told(self, piece: Piece) -> Label:
        """What one cell of words says, 其中 and section markers aside."""
        lead = self.rules.pattern("table.label-lead").match(piece.text)
        skip = lead.end() if lead and lead.end() < len(piece.text) else 0
        return self.label(Piece((piece.span[0] + skip, piece.span[1]), piece.text[skip:], piece.kind))

    def label(self, piece: Piece) -> Label:
        """What one cell of words says."""
        text, measure, period = self.peel(piece.text)
        span = (piece.span[0], piece.span[0] + len(text)) if text else None
        text = BLANKS.sub("", text)
        metric = text
        change = self.rules.pattern("table.change").search(text)
        if change:
            metric = text[: change.start()].rstrip("的")
        if base := self.rules.pattern("table.index-base").search(metric):
            metric = metric[: base.start()]
        elif piece.kind == "year":
            period, metric = f"{text}年", ""
        elif self.rules.pattern("table.period-only").match(metric):
            period, metric = self.rules.pattern("table.period").match(metric)[0], ""
        elif (match := self.rules.pattern("table.period").match(metric)) and len(metric) - match.end() > 1:
            period, metric = match[0], metric[match.end() :].lstrip("的")
        if self.rules.pattern("table.plain-column").match(metric):
            metric = ""
        return Label(
            text,
            span,
            measure,
            period,
            metric,
            change=bool(change),
            falls=bool(change and change["fall"]),
            base=(change["base"] or "") if change else "",
        )

    def peel(self, text: str) -> tuple[str, Measure | None, str | None]:
        """A label without the unit and the period that stand in brackets or behind a slash at its end."""
        measure, period = None, None
        text = self.rules.pattern("table.footnote").sub("", text)
        for _ in range(2):
            bracket = self.rules.pattern("table.bracket").search(text)
            inner = bracket["inner"].strip() if bracket else ""
            found = read_measure(inner, self.rules) if inner else None
            if found and measure is None:
                measure = found
            elif inner and self.rules.pattern("table.period-only").match(inner):
                period = inner
            else:
                break
            text = text[: bracket.start()].rstrip()
        before, slash, after = text.rpartition("/")
        if slash and before and measure is None and (found := read_measure(after.strip(), self.rules)):
            text, measure = before.rstrip(), found
        elif text[-1:] in ("%", "‰") and measure is None and len(text) > 1:
            text, measure = text[:-1].rstrip(), Measure(1, text[-1])
        return text, measure, period


class CellReader:
    """Reads the figures of one table."""

    def __init__(self, grid: Grid, caption: Measure | None, rules: RuleSet) -> None:
        """Reads the labels of the columns."""
        self.grid, self.caption, self.rules = grid, caption, rules
        self.labels = LabelReader(rules)
        self.values = [c for c, role in enumerate(grid.roles) if role == "value"]
        self.columns = self.relate([self.labels.column(pieces) for pieces in grid.columns])

    def relate(self, columns: list[Label]) -> list[Label]:
        """Gives columns of changes and of another period the column that they belong to."""
        for i, c in enumerate(self.values):
            label = columns[c]
            place = self.grid.label_of(c)
            before = [b for b in self.values[:i] if b > place and not columns[b].change]
            if label.change:
                source = self.changed(columns, label, before, c)
                metric = label.metric or (columns[source].metric if source is not None else "")
                columns[c] = replace(label, source=source, metric=metric)
            elif label.period and not label.metric:
                named = [b for b in before if columns[b].metric and columns[b].source is None]
                if named and label.measure in (None, columns[named[-1]].measure):
                    metric, measure = columns[named[-1]].metric, columns[named[-1]].measure
                    columns[c] = replace(label, metric=metric, measure=measure, source=named[-1])
        return columns

    def changed(self, columns: Sequence[Label], label: Label, before: Sequence[int], c: int) -> int | None:
        """The column whose change this is: the one it names, the one told for two periods, the nearest."""
        counted = label.metric.removesuffix("数")
        same = [b for b in before if counted and columns[b].metric.removesuffix("数") == counted]
        since = max((b for b in self.values if b < c and columns[b].change), default=-1)
        near = same or [b for b in before if b > since] or list(before)
        if not near or (label.metric and not same):
            return None
        told_twice = [columns[b].source for b in near if columns[b].source is not None]
        if told_twice and not same:
            return told_twice[-1]
        current = [b for b in near if not self.rules.pattern("table.past").search(columns[b].period or "")]
        years = {b: int(y[0]) for b in current if (y := re.search(r"\d{4}", columns[b].period or ""))}
        return max(years, key=lambda b: years[b]) if len(years) > 1 else (current or near)[-1]

    def cells(self, lines: Sequence[Span]) -> Iterator[Cell]:
        """The figures, row by row."""
        for row in self.grid.rows:
            labels = {at: self.labels.told(self.label_piece(row, at)) for at in self.grid.labels}
            line = lines[row.lines[0]][0], lines[row.lines[1] - 1][1]
            for c in self.values:
                match = match_value(row.pieces[c].text, self.rules)
                if match:
                    cell = self.cell(row, labels[self.grid.label_of(c)], c, match, line)
                    if cell.name:
                        yield cell

    def label_piece(self, row: Row, at: int) -> Piece:
        """The cell that names the figures of a row: where a cell stands for several rows, the first words."""
        piece = row.pieces[at]
        alone = len(self.grid.labels) == 1
        return piece if piece.text or not alone else next((p for p in row.pieces if p.kind == "word"), piece)

    def cell(self, row: Row, label: Label, c: int, match: regex.Match[str], line: Span) -> Cell:
        """One figure with everything its labels say of it."""
        column, at = self.columns[c], row.pieces[c].span[0]
        row_changes = label.change and not label.metric
        kind: CellKind = "level"
        if column.change or row_changes or match["said"]:
            kind = "change"
        elif match["rank"] or self.rules.pattern("table.rank").search(column.text or label.text):
            kind = "rank"
        measure = self.measure(row, label, c, match)
        value = Decimal(re.sub("[, ]", "", match["number"])) * measure.scale
        negative, start = bool(match["down"]), match.start("quantity")
        direction: Direction | None = None
        if kind == "change" and value:
            direction = "down" if negative != (column.falls or label.falls) else "up"
        elif negative and match["down"] in ("-", "−", "–"):
            value, start = -value, match.start("down")
        source = column.source if column.change else None
        return Cell(
            span=(at + start, at + match.end("quantity")),
            value=plain(value),
            unit=measure.unit,
            row=label.text,
            column=column.text,
            row_span=label.span,
            column_span=column.span,
            kind=kind,
            direction=direction,
            bound=next((bound for bound in BOUNDS if match[bound]), "exact"),
            period=column.period or label.period,
            name=self.name(label, column, c),
            base=(column.base or label.base) if kind == "change" else "",
            change_of=self.figure(row, source),
            target=bool(self.rules.pattern("table.target").search(f"{column.text} {label.text}")),
            line=line,
            rule=f"table.{kind}",
        )

    def figure(self, row: Row, c: int | None) -> Span | None:
        """Where the figure of a column stands in a row."""
        match = match_value(row.pieces[c].text, self.rules) if c is not None else None
        if c is None or match is None:
            return None
        at = row.pieces[c].span[0]
        return at + match.start("quantity"), at + match.end("quantity")

    def measure(self, row: Row, label: Label, c: int, match: regex.Match[str]) -> Measure:
        """The unit of a figure: its own, its column's, its row's, the caption's."""
        forms, column = unit_forms(self.rules), self.columns[c]
        scale = factor(match["scale"]) if match["scale"] else 1
        written = match["unit"] or ""
        unit = written if written in forms else written.removeprefix("个")
        if unit:
            return Measure(scale, forms[unit].base or unit)
        said = (label.measure if label.change else None) or column.measure or self.implied(c)
        said = said or self.row_unit(row) or label.measure
        found = said or self.tail(column.metric) or self.tail(label.text) or self.caption or Measure(1, "")
        return Measure(scale, found.unit) if match["scale"] else found

    def implied(self, c: int) -> Measure | None:
        """The unit of a rank, share or change whose header gives none."""
        column = self.columns[c]
        if self.rules.pattern("table.rank").search(column.text):
            return Measure(1, "")
        moved = column.text.removeprefix(column.metric)
        if self.rules.pattern("table.share").match(column.metric or column.text) or (
            column.change and self.rules.pattern("table.change-percent").search(moved)
        ):
            return Measure(1, "%")
        if not column.change or column.source is None:
            return None
        own, whole = ("".join(row.pieces[b].text for row in self.grid.rows) for b in (c, column.source))
        return Measure(1, "%") if "." in own and "." not in whole else self.columns[column.source].measure

    def row_unit(self, row: Row) -> Measure | None:
        """The unit that a column of units gives to a row."""
        if "unit" not in self.grid.roles:
            return None
        return read_unit(row.pieces[self.grid.roles.index("unit")].text, self.rules)

    def tail(self, words: str) -> Measure | None:
        """The unit that a label ends in: 献血人次."""
        match = self.rules.pattern("table.unit-tail").search(words)
        return Measure(1, match["unit"]) if match else None

    def name(self, row: Label, column: Label, c: int) -> str:
        """What a reader would call the figure."""
        metric = column.metric
        if (row.period or row.change) and not row.metric:
            if self.rules.pattern("table.share").match(metric):
                before = [self.columns[b].metric for b in self.values if b < c and self.columns[b].metric]
                metric = (before[-1] if before else "") + metric
            return metric
        entity = row.metric or row.text
        sides = {self.columns[at].text for at in self.grid.labels}
        if len(sides) > 1 and self.rules.pattern("table.total").match(entity):
            entity = self.columns[self.grid.label_of(c)].text + entity
        if metric in entity or not metric:
            return entity
        place = self.rules.pattern("table.place")
        if place.search(metric) and not place.search(entity):
            return metric + entity
        return entity + metric
