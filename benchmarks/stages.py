"""Where the time of `extract_text` goes: `stages.py TEXTS` prints the shares as JSON.

The stages are timed around the calls that `summaryparse.pipeline` makes, which costs next to nothing. What is
inside the stage of metrics is told by cProfile, which makes Python calls look dearer than they are beside
regular expressions; the time of libraries and built-ins counts for the module that called them.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import summaryparse
from summaryparse import extract_text, pipeline

STAGES = {
    "fold": "fold",
    "find_blocks": "blocks",
    "find_outline": "outline",
    "find_metrics": "metrics",
}
INSIDE = {
    "numerals": ("numerals", "numeral_grammar", "numeral_words", "expressions"),
    "quantities": ("quantities",),
    "binding": ("binding",),
    "names": ("names", "heads", "pieces", "segment", "lists"),
    "qualify": ("qualify", "clauses", "dates", "indicators"),
    "tables": ("tables", "row_tables", "stacks", "grids", "pieces", "cells", "table_metrics"),
}
STAGE_OF = {module: stage for stage, modules in INSIDE.items() for module in modules}
SOURCE = Path(summaryparse.__file__).parent
Function = tuple[str, int, str]
Stats = Mapping[Function, tuple[int, int, float, float, Mapping[Function, tuple[int, int, float, float]]]]


def shares(texts: list[str]) -> dict[str, float]:
    """The share of each stage of the time for texts, JSON included."""
    seconds: dict[str, float] = defaultdict(float)
    whole = clocked(extract_text, "whole", seconds)
    for function, stage in STAGES.items():
        vars(pipeline)[function] = clocked(vars(pipeline)[function], stage, seconds)
    for text in texts:
        document = whole(text)
        clocked(document.model_dump_json, "JSON", seconds)()
    known = sum(seconds[stage] for stage in STAGES.values())
    seconds["assemble and validate"] = seconds.pop("whole") - known
    total = sum(seconds.values())
    return {stage: value / total for stage, value in seconds.items()}


def clocked(call: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    """The function, with its processor time added to its stage."""

    def timed(*arguments: Any, **options: Any) -> Any:
        start = time.process_time()
        result = call(*arguments, **options)
        seconds[stage] += time.process_time() - start
        return result

    return timed


def inside_metrics(texts: list[str]) -> dict[str, float]:
    """The share of each group of modules of the time of `find_metrics`."""
    profile = cProfile.Profile()
    find_metrics: Callable[..., Any] = vars(pipeline)["find_metrics"]

    def profiled(*arguments: Any) -> Any:
        return profile.runcall(find_metrics, *arguments)

    vars(pipeline)["find_metrics"] = profiled
    for text in texts:
        extract_text(text)
    vars(pipeline)["find_metrics"] = find_metrics
    return by_module(pstats.Stats(profile).stats)  # type: ignore[attr-defined]


def by_module(stats: Stats) -> dict[str, float]:
    """Shares of own time by the group of the module that spent it or had it spent."""
    spent: dict[str, float] = defaultdict(float)
    for function, (_, _, own, _, _) in stats.items():
        for module, share in owners(function, stats, frozenset()).items():
            spent[STAGE_OF.get(module, module)] += own * share
    total = sum(spent.values())
    return {stage: value / total for stage, value in spent.items()}


def owners(function: Function, stats: Stats, seen: frozenset[Function]) -> dict[str, float]:
    """Which modules of summaryparse a function worked for, as shares: its own, or those of its callers."""
    path = Path(function[0])
    if path.is_relative_to(SOURCE):
        return {path.relative_to(SOURCE).with_suffix("").parts[0]: 1.0}
    callers = {caller: cost[3] for caller, cost in stats[function][4].items() if caller not in seen}
    total = sum(callers.values())
    if not total:
        return {"rest": 1.0}
    found: dict[str, float] = defaultdict(float)
    for caller, cost in callers.items():
        for module, share in owners(caller, stats, seen | {function}).items():
            found[module] += share * cost / total
    return found


def main() -> None:
    """Prints the shares of stages, and of what is inside the stage of metrics."""
    texts: list[str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    extract_text(texts[0]).model_dump_json()
    inside = inside_metrics(texts)
    sys.stdout.write(json.dumps({"stages": shares(texts), "inside": inside}))


if __name__ == "__main__":
    main()
