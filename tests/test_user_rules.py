"""Rules of the user: whatever they hold, they end in an error that names file, rule and reason, and soon."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse import RuleError, extract_text, load_rules
from tests.conftest import Cli

REPORT = "2023年工作总结\n\n一、主要情况\n" + "全院开放床位六百余张" * 12 + "，接诊3.6万人次。\n"
SLOW = r"(?:\w|\w\w)+(?:[#]|[@]){2}"  # takes time that doubles with each character, and no syntax tells it


def write(folder: Path, table: str, rule_id: str, pattern: str, more: str = "") -> Path:
    """A rule file with one expression."""
    folder.mkdir(exist_ok=True)
    path = folder / "mine.toml"
    path.write_text(
        f'[[{table}]]\nid = "{rule_id}"\nabout = "Mine."\npattern = {json.dumps(pattern)}\n'
        f'examples = ["a##"]\n{more}',
        encoding="utf-8",
    )
    return path


def test_an_expression_without_end_is_stopped_on_the_document_that_shows_it(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path / "rules", "shape", "quantity.quoted-name", SLOW)
    began = time.monotonic()
    run = cli("extract", "-", "--rules", path.parent, data=REPORT.encode())
    assert time.monotonic() - began < 30
    assert (run.returncode, run.stdout) == (1, b"")
    (line,) = run.stderr.decode().splitlines()
    assert all(part in line for part in (str(path), "quantity.quoted-name", "pattern", "seconds"))


def test_in_a_folder_it_fails_only_the_files_that_show_it(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path / "rules", "shape", "quantity.quoted-name", SLOW)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "slow.txt").write_text(REPORT, encoding="utf-8")
    (folder / "short.txt").write_text("2023年工作总结\n\n接诊6人。\n", encoding="utf-8")
    run = cli("batch", folder, tmp_path / "out", "--jobs", "1", "--rules", path.parent)
    assert run.returncode == 1
    assert (tmp_path / "out" / "short.txt.json").is_file()
    record = (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    (failed,) = [entry for entry in map(json.loads, record) if entry["status"] == "failed"]
    assert failed["input"] == "slow.txt"
    assert str(path) in failed["error"]
    assert "quantity.quoted-name" in failed["error"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(?:x{1000}){1000}", "repetitions"),
        (r"a(?R)?b", "refused"),
        (r"(?:abc){e<5}", "count"),
        (r"(?{print(1)})", "pattern"),
        (r"(a", "pattern"),
        (r"%{no.such-rule}", "no.such-rule"),
        ("(" * 3000 + ")" * 3000, "nested"),
        ("a" * 300_000, "characters"),
    ],
)
def test_what_would_take_all_memory_is_refused_before_it_is_compiled(
    tmp_path: Path, pattern: str, reason: str
) -> None:
    path = write(tmp_path, "shape", "my.shape", pattern)
    began = time.process_time()
    with pytest.raises(RuleError) as error:
        load_rules(tmp_path)
    assert time.process_time() - began < 10
    assert str(path) in str(error.value)
    assert reason in str(error.value)


def test_a_rule_of_the_user_that_is_quick_changes_nothing_else(tmp_path: Path) -> None:
    more = 'counter_examples = ["暗号"]\n'
    write(tmp_path, "guard", "my.guard", "a##|暗号\\d+", more)
    plain, mine = (extract_text(REPORT, rules=rules) for rules in (None, load_rules(tmp_path)))
    assert plain == mine
    guarded = extract_text("全年接诊3人，暗号77次。", rules=load_rules(tmp_path))
    assert [metric.text for metric in guarded.reports[0].metrics] == ["3人"]


@pytest.mark.parametrize("rule_id", ["rank.cue", "guard.first", "baseline.words", "quantity.ratio-cue"])
def test_an_expression_that_matches_nothing_anywhere_breaks_nothing(tmp_path: Path, rule_id: str) -> None:
    path = write(tmp_path / "rules", "shape", rule_id, "[#]?", "counter_examples = []\n")
    document = extract_text(REPORT, rules=load_rules(path.parent))
    assert [m.value for m in document.reports[0].metrics][-1] == 36000


def test_a_rule_that_takes_the_place_of_another_has_its_groups(tmp_path: Path) -> None:
    write(tmp_path, "shape", "change.tail", "a##")
    with pytest.raises(RuleError, match="lacks the groups"):
        load_rules(tmp_path)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=60, deadline=None)
def test_arbitrary_files_are_refused_or_used(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "mine.toml").write_bytes(data)
    problems: list[str] = []
    try:
        load_rules(folder)
    except RuleError as error:
        problems = error.problems
    assert all("mine.toml" in problem for problem in problems)
