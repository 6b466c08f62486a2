"""Scores as text for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summaryparse.evaluation.figures import ATTRIBUTES, OUTLINE, ROWS, Figures
from summaryparse.evaluation.rows import Mistake
from summaryparse.writers.plain import plain

WIDTH = 10
BEFORE, AFTER = 16, 12
TRIOS = [(row, [(letter, f"{row}_{letter.lower()}") for letter in ("P", "R", "F1")]) for row in ROWS]
DOCUMENT_COLUMNS = [
    ("", [("core", "core")]),
    *TRIOS,
    ("of right quantities", [(name, name) for name in ATTRIBUTES]),
    ("F1", [(name, f"{name}_f1") for name in OUTLINE]),
    ("", [("meta", "meta")]),
]
PHENOMENON_COLUMNS = [("", [("gold", "gold"), ("found", "found")]), *TRIOS]
Columns = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def document_table(rows: Mapping[str, Figures]) -> str:
    """One line a document."""
    return table("document", DOCUMENT_COLUMNS, rows)


def phenomenon_table(rows: Mapping[str, Figures]) -> str:
    """One line a phenomenon."""
    return table("phenomenon", PHENOMENON_COLUMNS, rows)


def table(corner: str, groups: Columns, rows: Mapping[str, Figures]) -> str:
    """Lines of equal columns under two lines of headings; counts are whole, scores have three decimals."""
    first = max(map(len, (corner, *rows))) + 1
    columns = [column for _, group in groups for column in group]
    lines = [
        " " * first + "".join(f"{title:^{WIDTH * len(group)}}" for title, group in groups),
        corner.ljust(first) + "".join(f"{heading:>{WIDTH}}" for heading, _ in columns),
    ]
    for name, scores in rows.items():
        cells = (shown(scores[key]) for _, key in columns)
        lines.append(plain(name).ljust(first) + "".join(f"{cell:>{WIDTH}}" for cell in cells))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def shown(score: float) -> str:
    """A count as it is, a score with three decimals."""
    return str(score) if isinstance(score, int) else f"{score:.3f}"


def mistake_lines(mistakes: Sequence[Mistake], text: str) -> Iterator[str]:
    """Each mistake on a line, with the words around its place."""
    for mistake in mistakes:
        before, after = text[max(0, mistake.at - BEFORE) : mistake.at], text[mistake.at : mistake.at + AFTER]
        yield f"{mistake.at:>7} {mistake.what:<9} {plain(f'{before}⟦{after}⟧ {mistake.message}')}\n"
