"""Counts and what is made of them: precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

Counts = Counter[str]
Figures = dict[str, float]

ROWS = ("quantity", "triple", "record")
ATTRIBUTES = ("kind", "direction", "bound", "status")
OUTLINE = ("section", "tree", "heading")


def share(part: int, whole: int) -> float:
    """Part of whole; nothing asked for is all right."""
    return part / whole if whole else 1.0


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def trio(name: str, precision: float, recall: float) -> Figures:
    """Precision, recall and F1 under one name."""
    return {f"{name}_p": precision, f"{name}_r": recall, f"{name}_f1": harmonic(precision, recall)}


def figures(counts: Counts) -> Figures:
    """All scores of a document, or of several whose counts were added."""
    scores: Figures = {"core": counts["core"]}
    for row in ROWS:
        scores |= trio(row, share(counts[row], counts["predicted"]), share(counts[row], counts["core"]))
    for attribute in ATTRIBUTES:
        scores[attribute] = share(counts[f"{attribute}_right"], counts["quantity"])
    for part in OUTLINE:
        precision, recall = (share(counts[part], counts[whole]) for whole in ("outlined", "sections"))
        scores |= trio(part, precision, recall)
    scores["meta"] = share(counts["meta_right"], counts["meta"])
    return scores


def phenomenon_figures(wanted: Counts, found: Counts) -> Figures:
    """Scores of one phenomenon: recall over the gold items that show it, precision over the rows that do."""
    scores: Figures = {"gold": wanted["all"], "found": found["all"]}
    for row in ROWS:
        scores |= trio(row, share(found[row], found["all"]), share(wanted[row], wanted["all"]))
    return scores


def added(counts: Mapping[str, Counts], more: Mapping[str, Counts]) -> dict[str, Counts]:
    """Counts by phenomenon, put together."""
    return {name: counts.get(name, Counter()) + more.get(name, Counter()) for name in {**counts, **more}}
