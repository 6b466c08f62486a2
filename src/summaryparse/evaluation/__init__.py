"""Measures what was extracted against hand-made annotations: precision, recall, F1, and every mistake.

    gold = read_gold(path)
    evaluation = evaluate(gold, extract(text_path, with_text=True), rules)
    print(evaluation.figures["record_f1"])

Nothing is printed here and nothing is kept; `summaryparse evaluate` is made of these functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from summaryparse.evaluation.figures import Counts, Figures, added, figures, phenomenon_figures
from summaryparse.evaluation.gold import Gold, find_text, read_gold
from summaryparse.evaluation.outline import compare_meta, compare_sections
from summaryparse.evaluation.rows import Mistake, Tally, compare_rows
from summaryparse.model import Document
from summaryparse.rules import RuleSet

__all__ = ["Evaluation", "Gold", "Mistake", "evaluate", "find_text", "merge", "read_gold"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Counts of one document, or of several; `mistakes` are in the order of the text."""

    counts: Counts
    wanted: Mapping[str, Counts]
    found: Mapping[str, Counts]
    mistakes: tuple[Mistake, ...]

    @property
    def figures(self) -> Figures:
        """Scores of metrics, sections and reports."""
        return figures(self.counts)

    @property
    def phenomena(self) -> dict[str, Figures]:
        """Scores of the metrics that show a phenomenon, by its name."""
        names = sorted({*self.wanted, *self.found})
        empty = Counts()
        return {
            name: phenomenon_figures(self.wanted.get(name, empty), self.found.get(name, empty))
            for name in names
        }


def evaluate(gold: Gold, document: Document, rules: RuleSet) -> Evaluation:
    """Compares a document with the annotation of its text."""
    low, high = gold.range or (0, document.source.characters)
    metrics = sorted(
        (metric for report in document.reports for metric in report.metrics if low <= metric.span[0] < high),
        key=lambda metric: metric.span[0],
    )
    tally = Tally()
    compare_rows(gold.metrics, metrics, rules, tally)
    compare_sections(gold, document.reports, low, high, tally)
    compare_meta(gold, document.reports, tally)
    mistakes = sorted(tally.mistakes, key=lambda mistake: mistake.at)
    return Evaluation(tally.counts, tally.wanted, tally.found, tuple(mistakes))


def merge(evaluations: Iterable[Evaluation]) -> Evaluation:
    """The counts of several documents put together, without their mistakes."""
    return reduce(
        lambda one, other: Evaluation(
            one.counts + other.counts, added(one.wanted, other.wanted), added(one.found, other.found), ()
        ),
        evaluations,
        Evaluation(Counts(), {}, {}, ()),
    )
