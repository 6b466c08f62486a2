"""`extract FILE...` starts quickly: what it does not load, and that it prints the same all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from summaryparse import Document
from summaryparse.command_line import CONFIG_FILE, plain_files
from summaryparse.pipeline import analyse_in_parts, analyse_unchecked, given_text
from summaryparse.rules import default_rules
from summaryparse.writers.as_json import document_pieces, entry_text
from tests.conftest import SAMPLES, Cli, Run, run_cli
from tests.strategies import TEXTS

# what an extract without options has no use for once the rules are kept
NEEDLESS = {
    *("typer", "click", "rich", "pydantic", "pydantic_core", "summaryparse.cli", "summaryparse.model"),
    *("summaryparse.rule_files", "summaryparse.user_rules", "summaryparse.batch", "tomllib"),
    *(
        "dataclasses",
        "inspect",
        "importlib.metadata",
        "email",
        "secrets",
        "hmac",
        "zipfile",
        "multiprocessing",
    ),
    "jieba.finalseg.prob_emit",
}


def imported(*arguments: str | Path, kept: str = "") -> set[str]:
    run = run_cli(*arguments, python=("-X", "importtime"), SUMMARYPARSE_CACHE=kept)
    assert run.returncode == 0
    lines = run.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def test_extract_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    for _ in range(2):
        modules = imported("extract", SAMPLES[0], kept=str(tmp_path / "kept"))
    assert "summaryparse.pipeline" in modules
    assert modules & NEEDLESS == set()


def test_version_loads_less_than_typing() -> None:
    modules = imported("--version")
    assert "summaryparse._version" in modules
    mine = {name for name in modules if name.startswith("summaryparse")}
    assert mine == {"summaryparse", "summaryparse._version", "summaryparse.status"}
    assert modules & {"typing", "pathlib", "json", "re", *NEEDLESS} == set()


def outcome(run: Run) -> tuple[int, bytes, bytes]:
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize(
    "files",
    [
        SAMPLES,
        [SAMPLES[0], "missing.txt", SAMPLES[1]],
        ["missing.txt", "also\x1bmissing.txt"],
        ["samples"],
        [""],
        ["-"],
        ["-", SAMPLES[0], "-"],
    ],
)
def test_files_alone_give_what_the_command_gives(files: list[str | Path], here: Cli) -> None:
    data = SAMPLES[2].read_bytes()
    plain = here("extract", *files, data=data)
    parsed = here("extract", "--format", "json", *files, data=data)
    assert outcome(plain) == outcome(parsed)


@pytest.mark.parametrize(
    "arguments",
    [[], ["extract"], ["extract", "a", "--help"], ["extract", "--", "a"], ["batch", "a", "b"], ["schema"]],
)
def test_all_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert plain_files(arguments) == []


def test_options_that_are_configured_are_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert plain_files(["extract", "a"]) == ["a"]
    Path(CONFIG_FILE).write_text("with-text = true\n", encoding="utf-8")
    assert plain_files(["extract", "a"]) == []


def both(text: str, *, pretty: bool) -> tuple[str, str]:
    source = given_text(text, "a.txt")
    pieces = document_pieces(analyse_in_parts(source, default_rules()), pretty=pretty)
    entry = analyse_unchecked(source, default_rules())
    return entry_text(entry, pretty=pretty), "".join(pieces)


@pytest.mark.parametrize("pretty", [False, True])
def test_the_dictionary_is_written_as_the_model_is(sample: Path, pretty: bool) -> None:  # noqa: FBT001
    text, wanted = both(sample.read_bytes().decode("utf-8", "replace"), pretty=pretty)
    assert text == wanted


@given(TEXTS)
def test_any_dictionary_is_written_as_its_model_is(text: str) -> None:
    assert len(set(both(text, pretty=False))) == 1


@pytest.mark.parametrize(
    "value", [0.00001, 1e-7, 123456789012345680000.5, 0.1, 5.51, 10**25, -3, 1.5e300, 12345678.875]
)
def test_numbers_are_written_as_the_model_writes_them(value: float) -> None:
    entry: dict[str, Any] = analyse_unchecked(given_text("全年门诊量12.5万人次。", "a.txt"), default_rules())
    entry["reports"][0]["metrics"][0]["value"] = value
    text = entry_text(entry, pretty=False)
    assert text == Document.model_validate(entry).model_dump_json() + "\n"
    assert json.loads(text)["reports"][0]["metrics"][0]["value"] == value


def test_a_profiler_gets_its_figures() -> None:
    run = run_cli("extract", SAMPLES[0], python=("-m", "cProfile"))
    assert run.returncode == 0
    assert b"function calls" in run.stdout
