"""What is installed is what was tested: the wheel, the sdist, and what a start imports."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES, run_cli

HEAVY = {"jieba", "opencc", "pydantic", "rich", "regex"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True, timeout=100)
    return folder


def test_wheel_gives_the_same_json_as_the_checkout(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, timeout=100)
    command = ["-m", "summaryparse", "extract", *map(str, SAMPLES[:2])]
    installed = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        check=True,
        capture_output=True,
        timeout=100,
    )
    assert installed.stdout == run_cli(*command[2:]).stdout
    assert installed.stdout.count(b"\n") == 2


def test_wheel_holds_the_rules_and_the_type_marker(built: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    rules = {f"summaryparse/patterns/{path.name}" for path in (ROOT / "patterns").glob("*.toml")}
    assert rules | {"summaryparse/py.typed", "summaryparse/__main__.py"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"summaryparse"}


def test_sdist_holds_what_a_build_and_the_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [*ROOT.glob("patterns/*"), *ROOT.glob("tests/*.py"), *SAMPLES, *ROOT.glob("*.md")]
    assert {path.relative_to(ROOT).as_posix() for path in wanted} <= names


def imported(*arguments: str) -> set[str]:
    """The modules that a fresh process imports for a command line."""
    log = run_cli(*arguments, python=("-X", "importtime")).stderr.decode()
    return {line.rpartition("|")[2].strip() for line in log.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    ("arguments", "by_typer"),
    [
        (("--help",), set[str]()),
        (("schema", "--help"), {"pydantic"}),  # typer checks values with it
        (("extract", "--help"), {"pydantic"}),
    ],
)
def test_help_stays_light(arguments: tuple[str, ...], by_typer: set[str]) -> None:
    modules = imported(*arguments)
    assert "summaryparse.cli" in modules
    assert "summaryparse.model" not in modules
    assert {name.partition(".")[0] for name in modules} & (HEAVY - by_typer) == set()


def test_version_answers_before_typer() -> None:
    assert "typer" not in imported("--version")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, summaryparse; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    names = run.stdout.split()
    assert "summaryparse" in names
    assert set(names) & (HEAVY | {"typer"}) == set()
