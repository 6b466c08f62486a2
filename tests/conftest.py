"""Where the samples are, and the command line, in a process of its own or in this one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summaryparse import Document, extract
from summaryparse.__main__ import run as run_main

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
os.environ["PYTHONPATH"] = str(ROOT / "src")  # processes that tests start run the checkout too
os.environ["SUMMARYPARSE_CACHE"] = ""  # and leave nothing in the home of whoever runs the tests
Run = subprocess.CompletedProcess[bytes]
Cli = Callable[..., Run]


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="session")
def documents() -> dict[Path, Document]:
    """Every sample with its text, read once."""
    return {path: extract(path, with_text=True) for path in SAMPLES}


@pytest.fixture
def document(sample: Path, documents: dict[Path, Document]) -> Document:
    return documents[sample]


def run_cli(
    *arguments: str | Path,
    data: bytes | None = None,
    cwd: Path = ROOT,
    python: tuple[str, ...] = (),
    **env: str,
) -> Run:
    """One run of `python -m summaryparse`; keywords in capitals are environment variables."""
    command = [sys.executable, *python, "-m", "summaryparse", *map(str, arguments)]
    return subprocess.run(
        command, input=data, capture_output=True, cwd=cwd, env={**os.environ, **env}, timeout=100, check=False
    )


@pytest.fixture
def cli() -> Cli:
    return run_cli


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Cli:
    """A run in this process, for all that does not depend on the process; it is many times quicker."""

    def run(*arguments: str | Path, data: bytes = b"", cwd: Path | None = None) -> Run:
        monkeypatch.setattr(sys, "argv", ["summaryparse", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        if cwd is not None:
            monkeypatch.chdir(cwd)
        return Run(arguments, run_main(), *capfdbinary.readouterr())

    return run
