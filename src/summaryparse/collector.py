"""Has Python's collector of cycles look seldom while documents are read.

What reading makes is freed by counting references. The collector goes through all that is held again and
again, the oftener the more is made, so that a long document would take more than its share of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = 100  # times as many objects as else between two looks


class Readers:
    """How many threads are reading, and what the threshold is when none is."""

    lock = Lock()
    count = 0
    threshold = 0


@contextmanager
def seldom_collected() -> Iterator[None]:
    """The collector looks seldom until the last of the threads that are in here is out again."""
    with Readers.lock:
        if Readers.count == 0:
            Readers.threshold, *rest = gc.get_threshold()
            gc.set_threshold(SELDOM * Readers.threshold, *rest)
        Readers.count += 1
    try:
        yield
    finally:
        with Readers.lock:
            Readers.count -= 1
            if Readers.count == 0:
                gc.set_threshold(Readers.threshold, *gc.get_threshold()[1:])
