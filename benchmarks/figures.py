"""What a benchmark reports: one figure a line, beside the target that it is held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `at_least` or `at_most` is the target, and without a value `note` says why."""

    part: str
    what: str
    value: float | None
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is no target or no value."""
        if self.value is None or (self.at_least is None and self.at_most is None):
            return None
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    @property
    def target(self) -> str:
        """The target in words, or nothing."""
        if self.at_least is not None:
            return f"≥ {number(self.at_least)}"
        return "" if self.at_most is None else f"≤ {number(self.at_most)}"


def number(value: float) -> str:
    """A value with three figures that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of a table for reading, parts apart from each other."""
    part = ""
    for figure in figures:
        if figure.part != part:
            part = figure.part
            yield f"\n{pad(part, 66)}{'measured':>14}  {'target':<9}met"
        value = "–" if figure.value is None else f"{number(figure.value)} {figure.unit}"
        met = {None: "", True: "yes", False: "NO"}[figure.met]
        note = f"  {figure.note}" if figure.note else ""
        yield f"  {pad(figure.what, 64)}{value:>14}  {figure.target:<9}{met:<3}{note}".rstrip()


def pad(text: str, width: int) -> str:
    """A text with blanks behind it, wide characters counted as two."""
    return text + " " * (width - sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text))
