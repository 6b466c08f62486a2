"""Checks a report's own arithmetic: shares against their parts and wholes, parts against their sum.

Only exact values of the same unit are compared, with room for the rounding that the written digits show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from summaryparse.diagnostics import Diagnostic

if TYPE_CHECKING:
    from summaryparse.metrics import Metric

HALF = Decimal("0.5")


def audit(metrics: list[Metric]) -> Iterator[Diagnostic]:
    """Diagnostics for shares and sums that do not come out."""
    yield from check_shares(metrics)
    yield from check_sums(metrics)


def check_shares(metrics: list[Metric]) -> Iterator[Diagnostic]:
    """A share that is told right after its part, against part and whole: 20名，其中11名，占比55%."""
    for before, share in pairwise(metrics):
        if share.unit != "%" or share.part_of is None or share.part_of != before.part_of:
            continue
        whole = metrics[share.part_of]
        if not (comparable(before, whole) and share.value is not None and share.bound == "exact"):
            continue
        if before.sentence != share.sentence or not share.rule.startswith("share."):
            continue
        expected = Decimal(before.value or 0) / Decimal(whole.value or 1) * 100
        if abs(expected - share.value) > rounding(share.value) + HALF:
            message = f"{before.name} is {expected:.2f} % of {whole.name}, but the text says {share.value} %."
            yield Diagnostic("share-mismatch", "warning", message, share.span)


def check_sums(metrics: list[Metric]) -> Iterator[Diagnostic]:
    """Parts that together exceed their whole."""
    parts: defaultdict[int, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if metric.part_of is not None and metric.kind == "level":
            parts[metric.part_of].append(metric)
    for index, found in parts.items():
        whole = metrics[index]
        summed = [p for p in found if comparable(p, whole) and p.sentence == whole.sentence]
        if len(summed) < 2 or whole.dimension == "ratio":
            continue
        total = sum((p.value for p in summed if p.value is not None), Decimal(0))
        if whole.value is not None and total > whole.value:
            message = f"The parts of {whole.name} sum to {total}, more than the {whole.value} given for it."
            yield Diagnostic("sum-mismatch", "warning", message, whole.span)


def comparable(part: Metric, whole: Metric) -> bool:
    """Whether both are exact values in one unit."""
    exact = part.bound == whole.bound == "exact" and part.value_max is None and whole.value_max is None
    return bool(exact and part.unit == whole.unit and part.value is not None and whole.value)


def rounding(value: Decimal) -> Decimal:
    """Half of the last written digit."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
