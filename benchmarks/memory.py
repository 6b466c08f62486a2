"""Peak memory of whole processes; of a batch, that of its largest process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure
from generate import reports
from processes import cost_of, summaryparse
from startup import REPORT, report_of

PART = "memory: peak of the largest process"
MIB = 1 << 20


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """One report, folders that grow, and one very long text."""
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
        yield from long_text(folder / "long.txt", (5 if quick else 50) * MIB)


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


def long_text(path: Path, size: int) -> Iterator[Figure]:
    """One file of generated reports joined together, as many bytes as asked for."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        written = 0
        while written < size:
            for text in reports(500):
                written += len(text.encode("utf-8"))
                file.write(text)
                if written >= size:
                    break
    cost = cost_of([*summaryparse(), "extract", str(path), "-o", str(path.with_suffix(".json"))])
    ratio = (cost.peak or 0.0) * MIB / written
    note = f"{cost.peak:,.0f} MiB, {cost.seconds:.0f} s"
    yield Figure(
        PART, f"extract, {size // MIB} MiB of text, times its size", ratio, "x", at_most=12, note=note
    )
