"""What a row is a case of: a change, a target, a bound, a range, a share, money, …

Read in the same way from an annotation and from a metric, so that a phenomenon has a precision too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summaryparse.evaluation.gold import MASKED, GoldMetric
from summaryparse.model import Metric
from summaryparse.rules import RuleSet, Unit

SHARE = "evaluation.share"
USUAL = {"kind": "level", "bound": "exact", "status": "actual"}


class Phenomena:
    """Names the phenomena of rows; the dimension is that of the unit in the rules."""

    def __init__(self, rules: RuleSet) -> None:
        """Takes the units of the rules and the words of a share."""
        self.dimensions = {
            form: unit.dimension for unit in rules.of(Unit) for form in (*unit.forms, unit.base or "") if form
        }
        self.share = rules.pattern(SHARE)

    def of_gold(self, item: GoldMetric) -> set[str]:
        """The phenomena of an annotated row."""
        names = [window.max for window in item.names]
        marks = set(self.marks(item, (item.unit or "", *item.units), names))
        return marks | ({"masked"} if item.value == MASKED else set())

    def of_metric(self, metric: Metric) -> set[str]:
        """The phenomena of a row that was found."""
        marks = set(self.marks(metric, (metric.unit,), [metric.name]))
        return marks | ({"masked"} if metric.redacted else set())

    def marks(self, row: GoldMetric | Metric, units: Sequence[str], names: Sequence[str]) -> Iterator[str]:
        """What both sides say in the same words."""
        for attribute, usual in USUAL.items():
            value = getattr(row, attribute) or usual
            if value != usual:
                yield f"{attribute} {value}"
        if row.direction is not None:
            yield f"direction {row.direction}"
        if row.value_max is not None:
            yield "range"
        dimension = self.dimension(row.kind, units)
        yield f"dimension {dimension}"
        if dimension == "ratio" and row.kind == "level" and any(map(self.share.search, names)):
            yield "share"

    def dimension(self, kind: str | None, units: Sequence[str]) -> str:
        """What the unit measures; "none" where there is no unit."""
        if kind == "rank":
            return "rank"
        if not units[0]:
            return "none"
        return next((self.dimensions[unit] for unit in units if unit in self.dimensions), "other")
