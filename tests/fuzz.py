"""Inputs without end: `python -m tests.fuzz --seconds 600` prints what was tried, refused and slowest.

Three kinds: texts put together from parts of reports and noise, files of all formats with bytes changed, and
rule files with bytes changed. Each ends in a result that holds together or in an error of ours; anything
else is printed with the seed that makes it again, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from summaryparse import InputError, RuleError, extract_text, load_rules
from summaryparse.pipeline import analyse
from summaryparse.readers import read_any
from summaryparse.rules import default_rules, patterns_folder
from tests.report_files import as_docx, as_html, as_pdf
from tests.strategies import FURNITURE, HEADINGS, INLINE, MARKERS, SENTENCES, TITLES
from tests.test_pipeline import check_document, check_tiling

PIECES = [*FURNITURE, *HEADINGS, *INLINE, *MARKERS, *SENTENCES, *TITLES]
NOISE = (
    "一二三万亿零两几半第前其中同比占由至、，。；：（）()[]【】“”《》.%‰-~+/ \t\r\n\u3000\0\x1b"
    "\u202e\u0301\ud800\ue000🙂12３ＡxX×*○〇①Ⅳ"
)
REPORT = ["某院2023年工作总结", "一、医疗工作", *SENTENCES, "（一）门诊", *SENTENCES]
BREAKS = ["\n", "\r\n", "\n\n", "", "　　", "\t", "，"]


@dataclass
class Tally:
    """What a run has seen; `slowest` is in microseconds a character, of inputs with more than 200."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_seed: str = ""

    def lines(self) -> list[str]:
        """The figures as sentences."""
        kinds = [
            f"{kind}: {count:,} tried, {self.refused[kind]:,} refused" for kind, count in self.tried.items()
        ]
        slow = f"slowest: {self.slowest:.0f} µs a character ({self.slowest_seed})"
        return [*kinds, slow, f"errors that are not ours: {len(self.broken)}", *self.broken]


def make_text(rng: random.Random) -> str:
    """Parts of reports and noise, now and then one of them many times."""
    parts = []
    for _ in range(rng.randint(1, 40)):
        part = (
            rng.choice(PIECES) if rng.random() < 0.75 else "".join(rng.choices(NOISE, k=rng.randint(1, 12)))
        )
        parts.append(part * (rng.randint(20, 200) if rng.random() < 0.03 else 1) + rng.choice(BREAKS))
    return "".join(parts)


def changed(content: bytes, rng: random.Random, most: int = 12) -> bytes:
    """The bytes with some of them replaced, left out or put in twice."""
    data = bytearray(content)
    for _ in range(rng.randint(1, most)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(3):
            case 0:
                data[at : at + 1] = rng.randbytes(1)
            case 1:
                del data[at : at + rng.randint(1, 30)]
            case _:
                data[at:at] = data[at : at + rng.randint(1, 30)]
    return bytes(data)


def try_text(rng: random.Random) -> int:
    """Reads a text and checks what holds for every document; gives its length."""
    text = make_text(rng)
    document = extract_text(text, with_text=True)
    check_document(document)
    check_tiling(document.source.text or "")
    if document.model_dump_json() != extract_text(text, with_text=True).model_dump_json():
        raise AssertionError("the same text gave two results")
    return len(text)


def try_file(rng: random.Random, files: list[bytes]) -> int:
    """Reads a damaged file; gives the length of its text."""
    source = read_any(changed(rng.choice(files), rng), "x")
    check_document(analyse(source, default_rules(), with_text=True))
    return len(source.text)


def try_rules(rng: random.Random, folder: Path, files: list[bytes]) -> int:
    """Loads a changed rule file over the built-in ones and reads a text with it; gives its length."""
    (folder / "mine.toml").write_bytes(changed(rng.choice(files), rng, most=1))
    rules = load_rules(folder)
    text = make_text(rng)[:400]
    check_document(extract_text(text, rules=rules, with_text=True))
    return len(text)


def run(seconds: float, seed: int) -> Tally:
    """Tries inputs for so many seconds, the same ones for the same seed."""
    tally = Tally()
    default_rules()
    samples = [path.read_bytes() for path in sorted(Path("samples").glob("*.txt"))]
    files = [*samples, as_docx(REPORT, numbered=True), as_pdf(REPORT), as_html(REPORT)]
    rules = [path.read_bytes() for path in sorted(patterns_folder().glob("*.toml"))]
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        kinds: dict[str, Callable[[random.Random], int]] = {
            "texts": try_text,
            "damaged files": lambda rng: try_file(rng, files),
            "rule files": lambda rng: try_rules(rng, Path(name), rules),
        }
        number = 0
        while time.monotonic() < until:
            for kind, attempt in kinds.items():
                number += 1
                rng = random.Random(f"{seed}/{number}")
                began = time.process_time()
                length = 0
                tally.tried[kind] += 1
                try:
                    length = attempt(rng)
                except (InputError, RuleError):
                    tally.refused[kind] += 1
                except Exception:  # whatever it is, it is what is looked for
                    tally.broken.append(
                        f"{kind}, seed {seed}/{number}: {traceback.format_exc().splitlines()[-1]}"
                    )
                spent = (time.process_time() - began) * 1e6 / max(length, 1)
                if kind == "texts" and length > 200 and spent > tally.slowest:
                    tally.slowest, tally.slowest_seed = spent, f"seed {seed}/{number}"
    return tally


def main() -> int:
    """Runs for as long as asked and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tally = run(options.seconds, options.seed)
    sys.stdout.write("\n".join(tally.lines()) + "\n")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
