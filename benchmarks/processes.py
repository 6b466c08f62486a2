"""Runs whole processes and tells what they cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


class BenchmarkError(Exception):
    """Something that was to be measured did not run; the message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of processor, and the peak memory in MiB of the largest process."""

    wall: float
    cpu: float | None
    peak: float | None

    @property
    def seconds(self) -> float:
        """Processor seconds where the system tells them, which other processes disturb least."""
        return self.wall if self.cpu is None else self.cpu


def cost_of(
    command: Sequence[str],
    timeout: float = 900,
    expected: int = 0,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """What one run costs; raises BenchmarkError where its status is not the expected one or time runs out.

    `environment` holds variables over those of this process.
    A small process of its own starts it, because a child counts the memory of the process that started it.
    """
    launcher = [sys.executable, "-I", "-S", str(HERE / "launcher.py"), *command]
    pipes, variables = subprocess.PIPE, {**os.environ, **(environment or {})}
    with subprocess.Popen(launcher, stdout=pipes, stderr=pipes, env=variables) as process:
        try:
            out, errors = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.terminate()
            raise BenchmarkError(f"{command[0]} took more than {timeout:.0f} seconds") from None
    if process.returncode != expected:
        last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise BenchmarkError(f"{' '.join(command[:4])} ended with {process.returncode}: {last}")
    return Cost(**json.loads(out))


def summaryparse() -> list[str]:
    """How the command is started: the installed script, or the module where it is not installed."""
    for name in ("summaryparse", "summaryparse.exe"):
        script = Path(sys.executable).with_name(name)
        if script.exists():
            return [str(script)]
    return [sys.executable, "-m", "summaryparse"]


def output_of(command: Sequence[str]) -> str:
    """What a command prints; raises BenchmarkError where it fails."""
    run = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if run.returncode:
        raise BenchmarkError(f"{' '.join(command[:4])}: {run.stderr.strip().rpartition(chr(10))[2]}")
    return run.stdout
