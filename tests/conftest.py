"""Where the samples are, and the command line as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summaryparse import Document, extract

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
os.environ["PYTHONPATH"] = str(ROOT / "src")  # processes that tests start run the checkout too
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
