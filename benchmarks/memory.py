"""Peak memory of whole processes; of a batch, that of its largest process."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure
from generate import chinese, reports, section
from processes import cost_of, summaryparse
from sentences import ACTUAL, HEADINGS, SUBJECTS
from startup import REPORT, report_of

PART = "memory: peak of the largest process"
MIB = 1 << 20
BYTES = 2.8  # of a character of a generated report
WIDTH = 99


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """One report, folders that grow, and two very long texts."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "report.txt"
        report.write_bytes(report_of(texts).encode("utf-8", "replace"))
        peak = cost_of([*summaryparse(), "extract", str(report)]).peak
        what = f"extract, {REPORT:,} characters"
        if peak is None:
            yield Figure(PART, what, None, "MiB", note="this system does not tell a process its peak memory")
            return
        yield Figure(PART, what, peak, "MiB", at_most=110)
        yield from folders(folder, (25, 100) if quick else (50, 200, 800))
        yield from long_texts(folder, *((5 * MIB, None) if quick else (50 * MIB, 12)))


def folders(folder: Path, counts: Sequence[int]) -> Iterator[Figure]:
    """Batches of generated reports."""
    peaks = []
    for count in counts:
        inputs, results = folder / f"in-{count}", folder / f"out-{count}"
        inputs.mkdir()
        for number, text in enumerate(reports(count)):
            (inputs / f"{number:05}.txt").write_text(text, encoding="utf-8", newline="\n")
        command = [*summaryparse(), "batch", str(inputs), str(results), "--quiet", "--jobs", "2"]
        peaks.append(cost_of(command).peak or 0.0)
        yield Figure(PART, f"batch, {count:,} generated reports, 2 workers", peaks[-1], "MiB")
    what = f"batch, {counts[-1]:,} files against {counts[0]:,}"
    yield Figure(PART, what, peaks[-1] / peaks[0], "x", at_most=1.1)


def long_texts(folder: Path, size: int, most: float | None) -> Iterator[Figure]:
    """As many bytes as asked for: many reports joined together, and one report, which has no target."""
    kinds = (("many reports", joined_reports(), most), ("one report", one_report(round(size / BYTES)), None))
    for kind, pieces, at_most in kinds:
        path = folder / f"{kind}.txt"
        written = write(path, pieces, size)
        cost = cost_of([*summaryparse(), "extract", str(path), "-o", str(path.with_suffix(".json"))])
        peak = cost.peak or 0.0
        what = f"extract, {size // MIB} MiB as {kind}, times its size"
        note = f"{peak:,.0f} MiB, {cost.seconds:.0f} s"
        yield Figure(PART, what, peak * MIB / written, "x", at_most=at_most, note=note)


def write(path: Path, pieces: Iterable[str], size: int) -> int:
    """Writes pieces until there are so many bytes; how many there are then."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces:
            written += len(piece.encode("utf-8"))
            file.write(piece)
            if written >= size:
                break
    return written


def joined_reports() -> Iterator[str]:
    """Generated reports without end, the same five hundred again and again."""
    while True:
        yield from reports(500)


def one_report(length: int) -> Iterator[str]:
    """The pieces of a report of about so many characters: 99 sections of 99 sections each."""
    draw = random.Random(0)
    yield "示例市人民医院2020年工作总结\n\n2020年，各项工作取得新的进展。现将有关情况总结如下：\n"
    for outer in range(1, WIDTH + 1):
        yield f"{chinese(outer)}、{draw.choice(HEADINGS)}\n"
        for inner in range(1, WIDTH + 1):
            yield f"（{chinese(inner)}）{draw.choice(SUBJECTS)}\n"
            room = length // WIDTH**2
            while room > 0:
                for paragraph in section(draw, ACTUAL, room):
                    room -= len(paragraph)
                    yield f"{paragraph}\n"
    yield "\n示例市人民医院\n2020年12月31日\n"
