"""What the documentation tells a reader to type works, and prints what the documentation shows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summaryparse.cli import app
from tests.conftest import ROOT, Cli
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
