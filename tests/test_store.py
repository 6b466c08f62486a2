"""What the command keeps between runs: it changes nothing but the time, whatever happens to it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from summaryparse import rules, store
from summaryparse.expressions import compile_expression, compiled, compiled_by_regex
from summaryparse.rule_files import load
from summaryparse.rules import default_rules, facts_of, kept_rules, patterns_folder, stamp_of
from summaryparse.store import Store
from tests.conftest import SAMPLES, run_cli

RULES = default_rules()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def switched_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process keeps things, in a folder of the test."""
    monkeypatch.setenv(store.VARIABLE, str(folder))
    monkeypatch.setattr(store.Switch, "on", True)
    store.opened.cache_clear()
    yield folder
    monkeypatch.undo()
    store.opened.cache_clear()


def extracted(folder: Path | str) -> bytes:
    run = run_cli("extract", *SAMPLES[:2], SUMMARYPARSE_CACHE=str(folder))
    assert (run.returncode, run.stderr) == (0, b"")
    return run.stdout


def file_in(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def read(path: Path) -> Store:
    return Store(str(path))


def is_full(path: Path) -> bool:
    kept = read(path)
    return len(kept.expressions) > 100 and len(kept.rules["entries"]) == len(RULES.by_id)


def test_rules_come_back_as_the_files_give_them() -> None:
    stamp = stamp_of(patterns_folder())
    facts = json.loads(json.dumps(facts_of(load([patterns_folder()]), stamp)))
    back = kept_rules(facts, stamp)
    assert back is not None
    assert list(back.by_id.items()) == list(RULES.by_id.items())
    assert [type(rule) for rule in back.by_id.values()] == [type(rule) for rule in RULES.by_id.values()]
    assert back.digest == RULES.digest
    assert back.sources == {i: rules.expand(i, RULES.by_id, ()) for i in back.sources}
    assert len(back.sources) > 200


def test_expressions_come_back_as_they_were_compiled(switched_on: Path) -> None:
    sources = {i: RULES.source(i) for i, rule in RULES.by_id.items() if isinstance(rule, rules.Shape)}
    first = {i: compile_expression(source) for i, source in sources.items()}
    store.save()
    store.opened.cache_clear()
    kept = store.opened()
    assert kept is not None
    assert kept.path == str(file_in(switched_on))
    for rule_id, source in sources.items():
        back = compile_expression(source)
        assert back is not first[rule_id]
        assert type(back) is type(first[rule_id])
        assert (back.flags, back.groups, dict(back.groupindex)) == (
            first[rule_id].flags,
            first[rule_id].groups,
            dict(first[rule_id].groupindex),
        )
        for example in RULES.by_id[rule_id].examples:
            text = example.replace("⟦", "").replace("⟧", "")
            found = [(m.regs, m.lastgroup) for m in back.finditer(text)]
            assert found == [(m.regs, m.lastgroup) for m in first[rule_id].finditer(text)]
    assert not kept.changed


def reopened() -> Store:
    """What is kept, as another run finds it."""
    store.save()
    store.opened.cache_clear()
    kept = store.opened()
    assert kept is not None
    return kept


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    "source", ["(?P<a>[一二]+)(?P<b>x)?", b"<(?:html|p)", "[\ud800-\udfff]|\n", "", "(?:a|b)*+c{2,70000}"]
)
def test_patterns_of_re_are_equal_when_they_come_back(source: Any) -> None:
    first = compiled(source)
    kept = reopened()
    assert compiled(source) is not first
    assert compiled(source) == first
    assert not kept.changed


@pytest.mark.usefixtures("switched_on")
def test_patterns_of_regex_are_equal_when_they_come_back() -> None:
    source = r"(?<=a|bc)\p{Han}(?P<y>1)|(?P<y>2)"
    compiled_by_regex(source)
    kept = reopened()
    assert compiled_by_regex(source)._pickled_data == regex.compile(source)._pickled_data
    assert not kept.changed


@pytest.mark.usefixtures("switched_on")
def test_flags_tell_expressions_apart() -> None:
    assert compiled("A", re.IGNORECASE).match("a")
    assert not compiled("A").match("a")


def test_other_runs_find_what_the_first_has_kept(folder: Path) -> None:
    wanted = extracted("")
    assert not folder.exists()
    assert extracted(folder) == wanted
    path = file_in(folder)
    assert is_full(path)
    before = path.stat()
    assert extracted(folder) == wanted
    assert path.stat() == before or path.stat().st_mtime_ns == before.st_mtime_ns
    if os.name != "nt":
        assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:]


def of_another_version(data: bytes) -> bytes:
    rest = data.removeprefix(store.MAGIC).partition(b"\n")[2].replace(b"0.1.0", b"0.0.9", 1)
    return store.MAGIC + store.check(rest) + b"\n" + rest


def with_wrong_code(data: bytes) -> bytes:
    rest = data.removeprefix(store.MAGIC).partition(b"\n")[2]
    table, _, codes = rest.partition(b"\n")
    rest = table + b"\n" + b"\xfe" * len(codes)
    return store.MAGIC + store.check(rest) + b"\n" + rest


def of_other_shape(data: bytes) -> bytes:
    assert data
    rest = json.dumps({"versions": store.versions(), "rules": {"stamp": 1}, "expressions": {}}).encode()
    return store.MAGIC + store.check(rest + b"\n") + b"\n" + rest + b"\n"


def emptied(data: bytes) -> bytes:
    return data[:0]


@pytest.mark.parametrize(
    "damage", [cut_off, flipped, of_another_version, of_other_shape, emptied], ids=lambda each: each.__name__
)
def test_a_file_that_is_not_ours_as_it_was_is_written_again(folder: Path, damage: object) -> None:
    wanted = extracted(folder)
    path = file_in(folder)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert not read(path).expressions
    assert extracted(folder) == wanted
    assert is_full(file_in(folder))


def test_what_another_state_of_the_code_kept_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PACKAGE", str(tmp_path))
    module = tmp_path / "rules.py"
    module.write_text("old = 1\n", encoding="utf-8")
    old = Store(str(tmp_path / "kept"))
    old.keep_fact("guards", "found by the old code")
    old.save()
    assert read(tmp_path / "kept").facts
    module.write_text("new = 22\n", encoding="utf-8")
    assert not read(tmp_path / "kept").facts


def test_words_that_the_engine_refuses_are_compiled_again(
    switched_on: Path,
) -> None:
    first = compiled("[ab]+c")
    store.save()
    path = file_in(switched_on)
    path.write_bytes(with_wrong_code(path.read_bytes()))
    store.opened.cache_clear()
    assert compiled("[ab]+c") == first
    kept = store.opened()
    assert kept is not None
    assert kept.changed


needs_owners = pytest.mark.skipif(os.name == "nt", reason="the system tells no owners")


@needs_owners
def test_a_file_of_somebody_else_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extracted(folder)
    path = file_in(folder)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert not read(path).expressions
    with pytest.raises(PermissionError):
        store.replace_file(str(path), b"")


@needs_owners
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_read_but_replaced(folder: Path, mode: int) -> None:
    wanted = extracted(folder)
    path = file_in(folder)
    path.chmod(mode)
    assert not read(path).expressions
    assert extracted(folder) == wanted
    assert file_in(folder).stat().st_mode & 0o777 == 0o600
    assert is_full(file_in(folder))


@needs_owners
def test_a_folder_that_others_can_write_gets_nothing(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    assert extracted(folder) == extracted("")
    assert list(folder.iterdir()) == []


@needs_owners
def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    extracted(folder)
    path = file_in(folder)
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert not read(path).expressions
    before = elsewhere.read_bytes()
    extracted(folder)
    assert not file_in(folder).is_symlink()
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("place", ["", "relative/folder", "/dev/null/nowhere"])
def test_where_nothing_can_be_kept_all_goes_as_ever(place: str, tmp_path: Path) -> None:
    run = run_cli("extract", SAMPLES[0], cwd=tmp_path, SUMMARYPARSE_CACHE=place)
    assert (run.returncode, run.stderr) == (0, b"")
    assert list(tmp_path.iterdir()) == []


def test_without_the_variable_it_is_the_cache_folder_of_the_user(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != store.VARIABLE}
    environment |= {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    command = [sys.executable, "-m", "summaryparse", "extract", str(SAMPLES[0])]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert is_full(file_in(tmp_path / "summaryparse"))


def test_rules_that_change_are_read_again(switched_on: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = switched_on.parent / "patterns"
    shutil.copytree(patterns_folder(), folder)
    monkeypatch.setattr(rules, "patterns_folder", lambda: folder)
    first = rules.default_rules.__wrapped__()
    assert rules.default_rules.__wrapped__().by_id == first.by_id
    path = folder / "units.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("人次", "班列", 1), encoding="utf-8")
    second = rules.default_rules.__wrapped__()
    assert second.digest == load([folder]).digest != first.digest
    assert list(second.by_id.values()) == list(load([folder]).by_id.values())
    assert rules.default_rules.__wrapped__().digest == second.digest
    (folder / "periods.toml").unlink()
    assert stamp_of(folder) != store.opened().rules["stamp"]  # type: ignore[union-attr]


def test_rules_that_change_take_their_expressions_with_them(folder: Path) -> None:
    kept = read(folder / "file")
    kept.keep_expression("a", ["re"], b"1234")
    kept.keep_rules({"stamp": 1})
    assert kept.expressions
    kept.keep_rules({"stamp": 2})
    assert (kept.expressions, kept.codes) == ({}, b"")


@pytest.mark.usefixtures("switched_on")
def test_expressions_of_the_user_are_not_kept(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    rule = '[[words]]\nid = "x.words"\nabout = "x"\nwords = ["驿站"]\nexamples = ["驿站"]\n'
    (mine / "a.toml").write_text(rule, encoding="utf-8")
    assert load([patterns_folder(), mine]).pattern("x.words").search("驿站")
    kept = store.opened()
    assert kept is not None
    assert not any("驿站" in source for source in kept.expressions)


def test_runs_at_the_same_time_do_not_disturb_each_other(folder: Path) -> None:
    command = [sys.executable, "-m", "summaryparse", "extract", str(SAMPLES[0])]
    environment = {**os.environ, store.VARIABLE: str(folder)}
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(4)]
    outputs = {run.communicate(timeout=100)[0] for run in runs}
    assert len(outputs) == 1
    assert is_full(file_in(folder))


def test_the_library_keeps_nothing(folder: Path) -> None:
    code = "import summaryparse, sys; summaryparse.extract(sys.argv[1])"
    environment = {**os.environ, store.VARIABLE: str(folder)}
    subprocess.run([sys.executable, "-c", code, str(SAMPLES[0])], env=environment, check=True)
    assert not folder.exists()
