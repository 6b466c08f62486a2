"""The notation of the tables, and what is read from a sentence written in it.

A cell lists the rows that a careful reader would make of the sentence, in order, between semicolons:

    name: value[..upper] [unit] [↑|↓[baseline]] [≈|≥|≤] [rank] [target|requirement] [-word]

`name` is what the name must contain (`a|b` either, `a&b` both) and `-word` what it must not; `unit` may be
`a|b`. Values are written out without scale, a masked one is `XX`. An arrow makes the row a change, the signs
are the bounds approx, min and max. `this or that` gives two readings that are as good. A row in brackets,
`(24小时)`, is a quantity that may be listed or left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from summaryparse import Metric, extract_text

BOUNDS = {"exact": "", "approx": "≈", "min": "≥", "max": "≤"}
ARROWS = {None: "→", "up": "↑", "down": "↓"}
NEVER = ("同比", "环比", "累计", "达到", "其中", "，", "；", "。", ",", ";")  # in no name


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a cell: its text, the words about the name, and the readings of the rest."""

    text: str
    heads: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    readings: frozenset[str]

    def matches(self, metric: Metric) -> bool:
        return names(metric.name, self.heads, self.never) and shown(metric) in self.readings


def parse_row(text: str) -> Row:
    """`text` as a row; the pieces of each reading are put in the order of `shown`."""
    name, _, rest = text.partition(": ")
    heads = tuple(tuple(option.split("&")) for option in name.split("|"))
    never = tuple(piece[1:] for piece in rest.split() if piece[0] == "-" and len(piece) > 1)
    readings = frozenset(reading for part in rest.split(" or ") for reading in spell(part))
    return Row(text, heads, never, readings)


def spell(reading: str) -> list[str]:
    """The reading once for each of its units."""
    value, *pieces = reading.split()
    flags = {"≈", "≥", "≤", "rank", "target", "requirement"}
    (units,) = [p for p in pieces if p not in flags and p[0] not in "↑↓-"] or [""]
    rest = [*(p for p in pieces if p[0] in "↑↓"), *(p for p in pieces if p in flags)]
    return [" ".join(filter(None, (value, unit, *rest))) for unit in units.split("|")]


def shown(metric: Metric) -> str:
    """The metric without its name, as a cell writes it."""
    value = "XX" if metric.redacted else figure(metric.value)
    upper = "" if metric.value_max is None else f"..{figure(metric.value_max)}"
    change = f"{ARROWS[metric.direction]}{metric.baseline or ''}" if metric.kind == "change" else ""
    rank = "rank" if metric.kind == "rank" else ""
    status = "" if metric.status == "actual" else metric.status
    return " ".join(filter(None, (value + upper, metric.unit, change, BOUNDS[metric.bound], rank, status)))


def figure(value: float | None) -> str:
    """A number in full, to nine decimals."""
    number = round(Decimal(str(value)), 9).normalize()
    return f"{number:f}"


def names(name: str, heads: tuple[tuple[str, ...], ...], never: tuple[str, ...]) -> bool:
    """Whether the name contains what it must and nothing that it must not."""
    solid = "".join(name.split())
    if any(word in solid for word in (*NEVER, *never)):
        return False
    return any(all(head in solid for head in option) for option in heads)


def metrics_of(text: str) -> list[Metric]:
    return [metric for report in extract_text(text).reports for metric in report.metrics]


def check(text: str, cell: str) -> None:
    """The metrics of `text` are the rows of the cell; a difference shows both as a cell writes them."""
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    optional = {part[1:-1] for part in parts if part[0] == "("}
    rows = [parse_row(part) for part in parts if part[0] != "("]
    found = [metric for metric in metrics_of(text) if metric.text not in optional]
    assert [
        row.text if row and row.matches(metric) else f"{metric.name}: {shown(metric)}"
        for metric, row in zip(found, [*rows, *[None] * len(found)], strict=False)
    ] == [row.text for row in rows]


def report(title: str, *parts: tuple[str, str]) -> str:
    """A small report: a title, then headings with their paragraphs."""
    return "\n".join([title, *(line for part in parts for line in part)])
