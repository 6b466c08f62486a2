"""What the documentation tells a reader to type works, and prints what the documentation shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from summaryparse import extract
from summaryparse.cli import app
from tests.conftest import ROOT, SAMPLES, Cli
from tests.regenerate import EXAMPLE, READMES, example_output


def can_run(command: str) -> bool:
    """Whether the programs that not every machine has are here."""
    return all(shutil.which(name) for name in ("jq", "sqlite3") if re.search(rf"[|&] {name} ", command))


EXAMPLES = [
    pytest.param(
        found,
        id=f"{readme.name}-{number}",
        marks=pytest.mark.skipif(not can_run(found["command"]), reason="needs a program that is missing"),
    )
    for readme in READMES
    for number, found in enumerate(EXAMPLE.finditer(readme.read_text(encoding="utf-8")), 1)
]


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the examples are for a shell")
@pytest.mark.parametrize("example", EXAMPLES)
def test_readme_shows_what_its_commands_print(example: re.Match[str]) -> None:
    assert example["output"] == example_output(example["command"])


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [found["command"] for found in EXAMPLE.finditer(path.read_text(encoding="utf-8"))] for path in READMES
    )
    assert len(english) == 5
    assert english == chinese
    assert blocks(READMES[0], "sh") == blocks(READMES[1], "sh")
    assert blocks(READMES[0], "python") == blocks(READMES[1], "python")


def test_both_readmes_show_the_same_options_which_the_command_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (english,), (chinese,) = (blocks(path, "toml") for path in READMES)
    assert english == chinese
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-rules").mkdir()
    for name in ("in/a.txt", "in/草稿.txt", "in/backup/b.txt", "summaryparse.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(english, encoding="utf-8")
    run = CliRunner().invoke(app, ["batch", "in", "out", "--dry-run"])
    assert (run.exit_code, run.stderr) == (0, "")


def test_example_of_the_library_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = blocks(READMES[0], "python")
    exec(code, {})
    assert capsys.readouterr().out.count("\n") > 5


class Rows(list[Any]):
    """A collection as the recipes use those of Spark and Ray; what they write is kept in `written`."""

    written: ClassVar[list[Any]] = []

    def repartition(self, _: int) -> Rows:
        return self

    def map(self, function: Callable[[Any], Any]) -> Rows:
        return Rows(map(function, self))

    @property
    def rdd(self) -> Rows:
        return self

    def toDF(self, names: list[str]) -> SimpleNamespace:  # noqa: N802 Spark's own name
        rows = [dict(zip(names, row, strict=True)) for row in self]
        return SimpleNamespace(write=SimpleNamespace(json=lambda _: self.written.extend(rows)))

    def write_json(self, _: str) -> None:
        self.written.extend(self)


@pytest.mark.parametrize("recipe", blocks(ROOT / "docs" / "cluster.md", "python"))
def test_recipes_for_other_engines_read_what_they_are_given(
    monkeypatch: pytest.MonkeyPatch, recipe: str
) -> None:
    names = ["samples/notice.txt", "samples"]
    spark = SimpleNamespace(
        read=SimpleNamespace(text=lambda _: Rows(SimpleNamespace(value=n) for n in names))
    )
    session = SimpleNamespace(builder=SimpleNamespace(getOrCreate=lambda: spark))
    data = SimpleNamespace(read_text=lambda _: Rows({"text": name} for name in names))
    monkeypatch.setitem(sys.modules, "pyspark.sql", SimpleNamespace(SparkSession=session))
    monkeypatch.setitem(sys.modules, "pyspark", SimpleNamespace(sql=sys.modules["pyspark.sql"]))
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(data=data))
    monkeypatch.setattr(Rows, "written", [])
    monkeypatch.chdir(ROOT)
    exec(recipe, {})
    assert len([line for line in recipe.splitlines() if line]) == 9
    document = extract("samples/notice.txt").model_dump_json()
    assert [(row["file"], row["document"]) for row in Rows.written] == [(names[0], document), (names[1], "")]
    assert [bool(row["error"]) for row in Rows.written] == [False, True]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the example is for a shell")
def test_the_parts_of_a_queue_system_do_all_files(tmp_path: Path) -> None:
    script = next(block for block in blocks(ROOT / "docs" / "cluster.md", "sh") if "#SBATCH" in block)
    given = {"IN": str(ROOT / "samples"), "OUT": str(tmp_path), "SLURM_ARRAY_TASK_COUNT": "2"}
    for part in "12":
        env = {**os.environ, **given, "SLURM_ARRAY_TASK_ID": part}
        command = script.replace("summaryparse batch", f"'{sys.executable}' -m summaryparse batch")
        subprocess.run(["bash", "-euc", command], env=env, check=True, timeout=100)
    assert {path.name for path in tmp_path.glob("*.txt.json")} == {f"{path.name}.json" for path in SAMPLES}
    assert {path.name for path in tmp_path.glob("manifest*")} == {
        "manifest-1-of-2.jsonl",
        "manifest-2-of-2.jsonl",
    }


def test_every_dependency_is_in_the_table_with_its_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dask"]]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|.*?\[([a-z0-9]+)\]\(https.*\| ([\d.]+) \|", text, re.MULTILINE)
    assert sorted(rows) == sorted(tuple(each.split(">=")) for each in wanted)


@pytest.mark.parametrize("page", [*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_links_lead_to_pages_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_rule_in_contributing_passes_its_check_and_is_used(here: Cli, tmp_path: Path) -> None:
    (rule,) = blocks(ROOT / "CONTRIBUTING.md", "toml")
    (tmp_path / "units.toml").write_text(rule, encoding="utf-8")
    check = here("patterns", "check", tmp_path)
    assert (check.returncode, check.stderr) == (0, b"")
    text = "全年开行86班列。".encode()
    units = [
        [metric["unit"] for metric in json.loads(run.stdout)["reports"][0]["metrics"]]
        for run in (here("extract", "-", data=text), here("extract", "-", "--rules", tmp_path, data=text))
    ]
    assert units[1] == ["班列"]
    assert units[0] != units[1]
