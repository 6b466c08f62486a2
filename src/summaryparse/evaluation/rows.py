"""Compares the metrics of a document with an annotation, row by row.

A quantity is right where its number begins at the annotated place and value, upper value and unit agree; a
triple has a right name too; a record is a triple with the right kind, direction, bound and status. What is
found where the annotation says "optional" does not count; whatever else is found does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from summaryparse.evaluation.figures import ATTRIBUTES, ROWS, Counts
from summaryparse.evaluation.gold import MASKED, Amount, GoldMetric
from summaryparse.evaluation.phenomena import Phenomena
from summaryparse.model import Metric
from summaryparse.rules import RuleSet

PLACES = 9
FILLERS = "evaluation.fillers"
NEAR = (0, -1, 1)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at an offset; `what` is one word: missed, spurious, quantity, name, attribute, …"""

    what: str
    at: int
    message: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A core item, the metric that answers it, if any, and what of it is right."""

    gold: GoldMetric
    metric: Metric | None
    quantity: bool = False
    name: bool = False
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> dict[str, bool]:
        """Which of quantity, triple and record are right."""
        triple = self.quantity and self.name
        return dict(zip(ROWS, (self.quantity, triple, triple and not self.wrong), strict=True))


@dataclass(slots=True)
class Tally:
    """What is counted on the way; phenomena both as `wanted` by the annotation and as `found`."""

    counts: Counts = field(default_factory=Counter)
    wanted: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    found: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: list[Mistake] = field(default_factory=list)


def compare_rows(gold: Sequence[GoldMetric], metrics: Sequence[Metric], rules: RuleSet, tally: Tally) -> None:
    """Counts the metrics of the annotated part of a document against the annotation."""
    core = [item for item in gold if item.label == "core"]
    optional = {item.start for item in gold if item.label == "optional"}
    phenomena = Phenomena(rules)
    answers: dict[int, Pair] = {}
    for pair in pairs(core, metrics, frozenset(rules.words(FILLERS))):
        if pair.metric is not None:
            answers[id(pair.metric)] = pair
        count_pair(pair, tally)
        for name in phenomena.of_gold(pair.gold):
            tally.wanted[name].update(counted(pair))
    for metric in metrics:
        answer = answers.get(id(metric))
        if answer is None and any(metric.span[0] + step in optional for step in NEAR):
            continue
        tally.counts["predicted"] += 1
        for name in phenomena.of_metric(metric):
            tally.found[name].update(counted(answer))
        if answer is None:
            message = f"got {amount(metric)} {metric.unit!r} {metric.name!r}"
            tally.mistakes.append(Mistake("spurious", metric.span[0], message))


def pairs(core: Sequence[GoldMetric], metrics: Sequence[Metric], fillers: frozenset[str]) -> Iterator[Pair]:
    """Each core item with the metric at its place, the right one first where several stand there."""
    by_start: defaultdict[int, list[Metric]] = defaultdict(list)
    for metric in metrics:
        by_start[metric.span[0]].append(metric)
    for item in core:
        starts = dict.fromkeys((item.start, *item.starts, item.start - 1, item.start + 1))
        near = [metric for start in starts for metric in by_start[start]]
        if not near:
            yield Pair(item, None)
            continue
        metric = next((metric for metric in near if quantity_right(item, metric)), near[0])
        by_start[metric.span[0]].remove(metric)
        wrong = tuple(name for name in ATTRIBUTES if not attribute_right(item, metric, name))
        yield Pair(item, metric, quantity_right(item, metric), name_right(item, metric, fillers), wrong)


def counted(pair: Pair | None) -> Counts:
    """One row, under "all" and under each of quantity, triple and record that is right."""
    right = pair.right if pair else {}
    return Counter({"all": 1, **{row: 1 for row, holds in right.items() if holds}})


def count_pair(pair: Pair, tally: Tally) -> None:
    """Adds a core item to the counts, and to the mistakes where something is wrong."""
    gold, metric = pair.gold, pair.metric
    tally.counts["core"] += 1
    if metric is None or not pair.quantity:
        want = f"want {amount(gold)} {gold.unit or ''!r}"
        if metric is None:
            tally.mistakes.append(Mistake("missed", gold.start, f"{want} {windows(gold)}"))
        else:
            message = f"{want}, got {amount(metric)} {metric.unit!r}"
            tally.mistakes.append(Mistake("quantity", gold.start, message))
        return
    tally.counts.update(row for row, holds in pair.right.items() if holds)
    tally.counts.update(f"{name}_right" for name in ATTRIBUTES if name not in pair.wrong)
    if not pair.name:
        message = f"want {windows(gold)}, got {metric.name!r}"
        tally.mistakes.append(Mistake("name", gold.start, message))
    if pair.wrong:
        wrong = (f"{name}: want {getattr(gold, name)}, got {getattr(metric, name)}" for name in pair.wrong)
        tally.mistakes.append(Mistake("attribute", gold.start, ", ".join(wrong)))


def quantity_right(gold: GoldMetric, metric: Metric) -> bool:
    """Value, upper value and unit agree with one reading; of a masked number only the unit is compared."""
    units = {gold.unit or "", *gold.units}
    if gold.value == MASKED:
        return metric.redacted and metric.unit in units
    readings = [(gold.value, gold.value_max, unit) for unit in units]
    readings += [(reading.value, reading.value_max, reading.unit or "") for reading in gold.alts]
    found = number(metric.value), number(metric.value_max), metric.unit
    return any(found == (number(value), number(upper), unit) for value, upper, unit in readings)


def attribute_right(gold: GoldMetric, metric: Metric, name: str) -> bool:
    """The attribute is one of those accepted; with a kind that is accepted instead, any direction is."""
    if name == "direction" and metric.kind in gold.kind_alt:
        return True
    return getattr(metric, name) in {getattr(gold, name) or None, *getattr(gold, f"{name}_alt")}


def name_right(gold: GoldMetric, metric: Metric, fillers: frozenset[str]) -> bool:
    """The name holds the head of a window and nothing beyond it, white space and punctuation aside."""
    name = letters(metric.name)
    return any(
        letters(window.head) in name and set(name) <= {*letters(window.max), *fillers}
        for window in gold.names
    )


def letters(text: str | None) -> str:
    """Letters and digits only, so that spacing and punctuation never decide."""
    return "".join(filter(str.isalnum, text or ""))


def number(value: Amount) -> Decimal | str | None:
    """A number that can be compared: 1/3 and 1:3 are quotients, commas are left out, nine decimals count."""
    if value is None or value == "":
        return None
    parts = str(value).replace(":", "/").split("/")
    try:
        first, *rest = (Decimal(part.replace(",", "")) for part in parts)
        return round(first / rest[0] if len(rest) == 1 else first, PLACES) if len(rest) < 2 else str(value)
    except ArithmeticError:
        return str(value)


def amount(item: GoldMetric | Metric) -> str:
    """Value and upper value for a message."""
    return str(item.value) if item.value_max is None else f"{item.value}..{item.value_max}"


def windows(gold: GoldMetric) -> str:
    """The first right name for a message."""
    return f"…{gold.names[0].head}… within {gold.names[0].max!r}"
