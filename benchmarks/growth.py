"""How the time grows with the length: sixteen times the text may take eighteen times as long, no more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import cycle

from figures import Figure
from players import OWN, play
from processes import BenchmarkError
from shapes import SHAPES

PART = "growth: time for 16 times the text"
TIMES = 16
MOST = 18
PATIENCE = 60  # seconds for one reading of the long text
TICK = 0.05  # seconds that a measurement should take at least


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """The given reports joined together, then every hostile shape."""
    small, rounds = (3_000, 2) if quick else (20_000, 3)
    reports = some_reports(texts, small)
    yield growth("the given reports, joined", reports, reports * TIMES, rounds)
    for name, make in SHAPES.items():
        yield growth(name, make(small), make(TIMES * small), rounds)


def some_reports(texts: Sequence[str], least: int) -> str:
    """So many whole reports, each on lines of its own, that they have a number of characters."""
    found, length = [], 0
    for text in cycle(texts):
        found.append(text + "\n")
        length += len(found[-1])
        if length >= least:
            break
    return "".join(found)


def growth(name: str, small: str, large: str, rounds: int) -> Figure:
    """The ratio of the best times of both, measured in turns in one process."""
    what = f"{name} ({len(small):,} and {len(large):,})"
    try:
        with play(OWN, [small, large]) as player:
            once = player.seconds(0, 1, timeout=PATIENCE) or PATIENCE
            repeat = min(math.ceil(TICK / max(once, TICK / 100)), 100)
            shorts, longs = [], []
            for _ in range(rounds):
                shorts.append((player.seconds(0, 1, repeat) or math.inf) / repeat)
                long = player.seconds(1, 2, timeout=PATIENCE)
                if long is None:
                    note = f"broken off after {PATIENCE} s"
                    return Figure(PART, what, PATIENCE / min(shorts), "x", at_most=MOST, note=note)
                longs.append(long)
    except BenchmarkError as error:
        return Figure(PART, what, math.inf, "x", at_most=MOST, note=str(error))
    note = f"{1000 * min(longs):.0f} ms"
    return Figure(PART, what, min(longs) / min(shorts), "x", at_most=MOST, note=note)
