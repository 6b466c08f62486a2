"""Prints the README's table of scores by kind of text: `python -m tests.score_table`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from summaryparse.evaluation import Evaluation, merge
from tests.scores import ABOUT, evaluations, group_of, names, read_json

COLUMNS = ("quantity_f1", "triple_f1", "record_f1", "section_f1")
HEAD = ("text", "metrics", "quantity", "triple", "record", "sections", "record, first measured")


def rows() -> Iterator[Sequence[str]]:
    """The headings, each text under its group, the groups and the whole."""
    found = evaluations()
    about = read_json(ABOUT)
    yield HEAD
    yield ("---", *["---:"] * (len(HEAD) - 1))
    for group in names(found)[:-1]:
        for name in (name for name in found if group_of(name) == group):
            told = about["texts"][name]
            yield row(f"{told['kind']} (`{name}`)", found[name], told["first"])
        whole = merge(one for name, one in found.items() if group_of(name) == group)
        yield row(f"**{about['groups'][group]['title']}**", whole, about["groups"][group].get("first"))
    yield row("**All**", merge(found.values()), None)


def row(title: str, found: Evaluation, first: float | None) -> tuple[str, ...]:
    """One line of the table."""
    scores = found.figures
    cells = (f"{scores[name]:.3f}" for name in COLUMNS)
    return (title, str(scores["core"]), *cells, "" if first is None else f"{first:.3f}")


if __name__ == "__main__":
    sys.stdout.write("".join(f"| {' | '.join(cells)} |\n" for cells in rows()))
