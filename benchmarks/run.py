"""Measures summaryparse on this machine: `python benchmarks/run.py [FOLDER]`, default the samples.

Everything is a ratio of things that were measured beside each other in this run, so that a slow or busy
machine changes little. Times are processor times where the system tells them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import folders
import growth
import memory
import startup
import throughput
from figures import Figure, pad, table
from processes import BenchmarkError, output_of
from summaryparse import SummaryParseError, __version__
from summaryparse.source import read_file

HERE = Path(__file__).parent
PARTS = {
    "throughput": throughput.measure,
    "start": startup.measure,
    "memory": memory.measure,
    "growth": growth.measure,
    "folders": folders.measure,
}
STAGES_SHARE = 300_000  # characters that are enough to see where the time goes


def main() -> int:
    """The exit status: 0 when everything was measured, whether targets are met or not."""
    arguments = parse()
    try:
        texts = read_texts(arguments.folder)
        figures, stages = run(texts, arguments.only, quick=arguments.quick)
    except (BenchmarkError, SummaryParseError) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        result = {**setting(texts), "figures": [entry(figure) for figure in figures], **stages}
        text = json.dumps(result, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    missed = sum(figure.met is False for figure in figures)
    print(f"\n{sum(figure.met is True for figure in figures)} targets met, {missed} missed")
    return 0


def read_texts(folder: Path) -> list[str]:
    """The texts of a folder and of those in it."""
    texts = [read_file(path).text for path in sorted(folder.rglob("*.txt"))]
    if not any(texts):
        raise BenchmarkError(f"{folder}: no .txt files with text in them")
    return texts


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=HERE.parent / "samples", metavar="FOLDER")
    parser.add_argument("--only", type=part_names, default=list(PARTS), metavar=",".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller inputs: a first look")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, too")
    return parser.parse_args()


def part_names(text: str) -> list[str]:
    """The parts named in a list with commas."""
    names = text.split(",")
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(unknown)}")
    return names


def run(
    texts: Sequence[str], parts: Sequence[str], *, quick: bool
) -> tuple[list[Figure], dict[str, dict[str, float]]]:
    """All figures of the parts, printed as they come, and the shares of the stages."""
    print(", ".join(f"{name}: {value}" for name, value in setting(texts).items()))
    figures: list[Figure] = []
    stages: dict[str, dict[str, float]] = {}
    for part in parts:
        found = list(PARTS[part](texts, quick=quick))
        print(*table(found), sep="\n", flush=True)
        figures += found
        if part == "throughput":
            stages = stage_shares(texts)
            print(*stage_table(stages), sep="\n", flush=True)
    return figures, stages


def setting(texts: Sequence[str]) -> dict[str, Any]:
    """What was measured, and on what."""
    return {
        "summaryparse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "texts": len(texts),
        "characters": sum(map(len, texts)),
    }


def entry(figure: Figure) -> dict[str, Any]:
    """One figure as JSON, which has no infinity."""
    value = None if figure.value is None or figure.value == float("inf") else figure.value
    return {**asdict(figure), "value": value, "met": figure.met}


def stage_shares(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """The shares of stages, measured in a process of their own."""
    chosen, total = [], 0
    for text in texts:
        if total < STAGES_SHARE:
            chosen.append(text)
            total += len(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.json")
        path.write_text(json.dumps(chosen), encoding="utf-8")
        found: dict[str, dict[str, float]] = json.loads(
            output_of([sys.executable, str(HERE / "stages.py"), str(path)])
        )
    return found


def stage_table(stages: dict[str, dict[str, float]]) -> Iterator[str]:
    """The shares for reading, largest first."""
    titles = {
        "stages": "stages: share of the time of extract_text and JSON",
        "inside": "inside metrics (by cProfile, which makes Python calls look dearer than they are)",
    }
    for key, title in titles.items():
        yield f"\n{title}"
        for name, share in sorted(stages[key].items(), key=lambda pair: -pair[1]):
            if share >= 0.005:
                yield f"  {pad(name, 64)}{share:>13.1%}"


if __name__ == "__main__":
    sys.exit(main())
