"""Folders with broken files among the good: what is done, what is named, how much memory, and how fast."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from figures import Figure
from generate import reports
from processes import BenchmarkError, cost_of, summaryparse

PART = "folders: generated reports, one in a hundred broken"
EVERY = 100
LIMIT = 1 << 20  # bytes, which one kind of broken file exceeds
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


def measure(_: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """A folder and one ten times as large with two workers, and this one with one and with two in turn."""
    few, many = (1_000, 3_000) if quick else (2_000, 20_000)
    with TemporaryDirectory() as name:
        top = Path(name)
        peaks = []
        for count in (few, many):
            source, target = fill(top / f"in-{count}", count), top / f"out-{count}"
            peaks.append(batch(source, target, 2)[1] or 0.0)
            yield from kept(target, source, count)
            yield Figure(PART, f"{count:,} files, 2 workers, peak of the largest process", peaks[-1], "MiB")
            rmtree(target)
        what = f"peak for {many:,} files against {few:,}"
        yield Figure(PART, what, peaks[1] / peaks[0] if peaks[0] else None, "x", at_most=1.1)
        pairs = [[timed(source, target, jobs) for jobs in (1, 2)] for _ in range(1 if quick else 3)]
        for jobs in (1, 2):
            speed = median(many / pair[jobs - 1] for pair in pairs)
            yield Figure(PART, f"{many:,} files, workers: {jobs}", speed, "/s")
        ratio = median(one / two for one, two in pairs)
        yield Figure(PART, "files a second with 2 workers against 1", ratio, "x", at_least=1.7)


def timed(source: Path, target: Path, jobs: int) -> float:
    """Seconds on the clock of one run, whose results are not kept."""
    seconds, _ = batch(source, target, jobs)
    rmtree(target)
    return seconds


def batch(source: Path, target: Path, jobs: int) -> tuple[float, float | None]:
    """Seconds on the clock and peak of one run."""
    options = ["--quiet", "--jobs", str(jobs), "--max-size", str(LIMIT)]
    cost = cost_of([*summaryparse(), "batch", str(source), str(target), *options], timeout=3600, expected=1)
    return cost.wall, cost.peak


def kept(target: Path, source: Path, count: int) -> Iterator[Figure]:
    """Whether every good file has its result and every broken one its reason."""
    entries = [json.loads(line) for line in (target / "manifest.jsonl").read_bytes().splitlines()]
    found = {entry["input"].partition("/")[0]: entry for entry in entries}
    names = {path.name for path in source.iterdir()}
    if set(found) != names or len(names) != count:
        raise BenchmarkError(f"{target}: the record has other inputs than the folder")
    broken = {name for name in names if name.startswith("broken")}
    done = sum(
        found[name]["status"] == "done" and (target / f"{name}.json").is_file() for name in names - broken
    )
    named = sum(found[name]["status"] == "failed" and bool(found[name]["error"]) for name in broken)
    good = len(names) - len(broken)
    yield Figure(PART, f"{good:,} good files: share that is done", done / good, "", at_least=1)
    yield Figure(
        PART, f"{len(broken):,} broken files: share that is named", named / len(broken), "", at_least=1
    )


def fill(folder: Path, count: int) -> Path:
    """That many files, every hundredth broken, in each of the ways in turn."""
    folder.mkdir()
    kinds = list(broken_files().items())
    for number, text in enumerate(reports(count)):
        if number % EVERY == EVERY // 2:
            name, data = kinds[number // EVERY % len(kinds)]
            (folder / f"broken-{number:05}-{name}").write_bytes(data)
        else:
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8", newline="\n")
    return folder


def broken_files() -> dict[str, bytes]:
    """Ten ways to be broken, by the names of the files."""
    draw = random.Random(0)
    word = packed({"[Content_Types].xml": TYPES, "word/document.xml": "<document><body/></document>"})
    return {
        "noise.txt": draw.randbytes(4_000),
        "cut.docx": word[: len(word) // 2],
        "xml.docx": packed({"[Content_Types].xml": TYPES, "word/document.xml": "<document><body>"}),
        "entities.docx": packed({"[Content_Types].xml": TYPES, "word/document.xml": ENTITIES}),
        "locked.docx": OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
        "bomb.zip": packed({"a.txt": "0" * (8 << 20)}),
        "sheet.docx": packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}),
        "large.txt": "总结\n".encode() * (LIMIT // 6),
        "packed.txt": b"7z\xbc\xaf\x27\x1c" + draw.randbytes(500),
    }


def packed(members: dict[str, str]) -> bytes:
    """A zip container."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in members.items():
            container.writestr(name, text)
    return stream.getvalue()
