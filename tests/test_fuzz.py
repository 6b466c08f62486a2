"""A few seconds of what `python -m tests.fuzz` does for hours."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable

import pytest

from summaryparse import extract_text
from tests.conftest import ROOT
from tests.fuzz import changed, make_text, run
from tests.test_pipeline import check_document

SHAPES: dict[str, Callable[[int], str]] = runpy.run_path(str(ROOT / "benchmarks" / "shapes.py"))["SHAPES"]


@pytest.mark.parametrize("shape", SHAPES)
def test_hostile_shapes_give_documents_that_hold_together(shape: str) -> None:
    check_document(extract_text(SHAPES[shape](3_000), with_text=True))


def test_no_input_breaks_anything() -> None:
    tally = run(seconds=6, seed=random.randrange(10**6))
    assert tally.broken == []
    assert min(tally.tried.values()) > 5


def test_a_seed_gives_the_same_inputs() -> None:
    one, two = random.Random("7/1"), random.Random("7/1")
    assert [make_text(one), changed(b"abc" * 9, one)] == [make_text(two), changed(b"abc" * 9, two)]
