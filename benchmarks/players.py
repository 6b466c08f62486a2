"""Which programs are installed, and processes in which they read texts when told to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from processes import HERE, BenchmarkError

PIP = "pip install -r benchmarks/requirements.txt"


@dataclass(frozen=True, slots=True)
class Program:
    """A program that reads texts: its name, what it reads, the module it needs, how it is installed."""

    name: str
    does: str
    module: str
    install: str = PIP

    def command(self) -> list[str] | None:
        """How its process is started; None where it is not installed."""
        if self.name == "recognizers":
            node = shutil.which("node")
            there = (HERE / "node_modules" / self.module).is_dir()
            return [node, str(HERE / "recognizers.cjs")] if node and there else None
        if find_spec(self.module) is None or (self.name == "duckling" and shutil.which("java") is None):
            return None
        return [sys.executable, str(HERE / "contender.py"), self.name]


OWN = Program("summaryparse", "all stages, JSON", "summaryparse", "pip install .")
JIEBA = Program("jieba", "jieba.lcut, words only", "jieba", "pip install jieba")
PEERS = (
    Program("cn2an", "cn2an, Chinese numerals to digits", "cn2an"),
    Program("jionlp", "JioNLP, money and time", "jionlp"),
    Program("duckling", "duckling-chinese, numerals and times", "duckling_chinese", f"{PIP}, and Java"),
    Program(
        "recognizers",
        "Recognizers-Text, all models",
        "@microsoft/recognizers-text-suite",
        "npm install --prefix benchmarks, and node",
    ),
)


class Player:
    """A process that has loaded its program and waits for texts to read."""

    def __init__(self, name: str, process: subprocess.Popen[str], log: Path) -> None:
        self.name = name
        self.process = process
        self.log = log

    def seconds(self, first: int, last: int, repeat: int = 1, timeout: float = 600) -> float | None:
        """Processor seconds for the texts from `first` to before `last`; None past `timeout` on the clock."""
        assert self.process.stdin
        assert self.process.stdout
        timer = threading.Timer(timeout, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(f"{first} {last} {repeat}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        late = not timer.is_alive()
        timer.cancel()
        if not answer and late:
            return None
        if not answer:
            errors = self.log.read_text(encoding="utf-8", errors="replace").strip()
            raise BenchmarkError(f"{self.name} ended: {errors.rpartition(chr(10))[2]}")
        return float(answer)


@contextmanager
def play(program: Program, texts: Sequence[str]) -> Iterator[Player]:
    """A process of an installed program with its texts; it ends with the block."""
    command = program.command()
    if command is None:
        raise BenchmarkError(f"{program.name} is not installed: {program.install}")
    with TemporaryDirectory() as folder:
        path, log = Path(folder, "texts.json"), Path(folder, "errors.txt")
        path.write_text(json.dumps(texts), encoding="utf-8")
        with (
            log.open("wb") as errors,
            subprocess.Popen(
                [*command, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            ) as process,
        ):
            try:
                yield Player(program.name, process, log)
            finally:
                process.kill()
