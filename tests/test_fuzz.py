"""A few seconds of what `python -m tests.fuzz` does for hours."""

from __future__ import annotations

import random

from tests.fuzz import changed, make_text, run


def test_no_input_breaks_anything() -> None:
    tally = run(seconds=6, seed=random.randrange(10**6))
    assert tally.broken == []
    assert min(tally.tried.values()) > 5


def test_a_seed_gives_the_same_inputs() -> None:
    one, two = random.Random("7/1"), random.Random("7/1")
    assert [make_text(one), changed(b"abc" * 9, one)] == [make_text(two), changed(b"abc" * 9, two)]
