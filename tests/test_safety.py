"""What a run may not do to the machine it runs on, nor its output to whoever opens it."""

from __future__ import annotations

import json
import marshal
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summaryparse import OutputError, extract
from summaryparse.batch.target import write_whole
from summaryparse.output import open_output
from summaryparse.tabular import SUFFIXES, open_tables
from tests.batch_cases import entries_of, fill
from tests.conftest import ROOT, SAMPLES, Cli
from tests.report_files import as_docx, as_html, as_pdf

# Puts on record, in every process of a run, what touches the net, and whatever unpickles or unmarshals data.
WATCH = """
import os, sys
LOG = os.open(os.environ["WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
REACH = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
def hook(event, given):
    if event in REACH or event == "socket.__new__" and given[1] in (2, 10):
        said = f"{event} {given[1:]}"
    elif event in ("marshal.load", "marshal.loads", "pickle.find_class"):
        caller = sys._getframe(1).f_globals["__name__"]
        if caller.endswith("_external") or caller.startswith("multiprocessing."):
            return  # compiled modules, and what a run's own processes say to each other
        said = f"{event} by {caller}"
    elif event == "open" and str(given[0]).endswith("jieba.cache"):
        said = f"{event} {given[0]}"
    else:
        return
    os.write(LOG, f"{said}\\n".encode())
sys.addaudithook(hook)
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """The environment in which all that processes do is watched; the record is `tmp_path / "record"`."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path / "watch"), str(ROOT / "src")])
    return {"PYTHONPATH": paths, "WATCH": str(tmp_path / "record"), "TMPDIR": str(tmp_path / "shared")}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with a report in each format."""
    lines = ["某院2023年工作总结", "一、医疗工作", "全年门诊量12.5万人次，同比增长8.1%。"]
    folder = fill(tmp_path / "in", 3)
    for name, content in (("a.docx", as_docx(lines)), ("a.pdf", as_pdf(lines)), ("a.html", as_html(lines))):
        (folder / name).write_bytes(content)
    return folder


def test_nothing_goes_to_the_net_or_is_unpickled_and_the_cache_of_another_is_not_touched(
    cli: Cli, tmp_path: Path, inputs: Path, watched: dict[str, str]
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    planted = marshal.dumps(({"门": 10**9, "诊量": 10**9}, 2 * 10**9))
    (shared / "jieba.cache").write_bytes(planted)
    extracted = cli("extract", *SAMPLES, **watched)
    table = tmp_path / "t.xlsx"
    batch = cli("batch", inputs, tmp_path / "out", "--jobs", "2", "--table", table, "--quiet", **watched)
    assert (extracted.returncode, batch.returncode, batch.stderr) == (0, 0, b"")
    assert extracted.stdout == cli("extract", *SAMPLES).stdout
    assert [path.name for path in shared.iterdir()] == ["jieba.cache"]
    assert (shared / "jieba.cache").read_bytes() == planted
    assert (tmp_path / "record").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import marshal; marshal.loads(marshal.dumps(1))",
        "import pickle, decimal; pickle.loads(pickle.dumps(decimal.Decimal(1)))",
        "open('jieba.cache', 'w')",
    ],
)
def test_the_watch_would_see_it(tmp_path: Path, watched: dict[str, str], code: str) -> None:
    env = {**os.environ, **watched}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, check=True, timeout=100)
    assert (tmp_path / "record").read_text(encoding="utf-8")


def modes(folder: Path) -> set[int]:
    """The rights of all files in a folder, hidden ones too."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}


@pytest.fixture(params=[(0o022, 0o600, 0o600), (0o022, None, 0o644), (0o077, None, 0o600)])
def rights(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """The rights that all files have at any time, with a umask and the rights of the files before."""
    umask, before, wanted = request.param
    for suffix in SUFFIXES if before else ():
        path = tmp_path / f"file{suffix}"
        path.touch()
        path.chmod(before)
    earlier = os.umask(umask)
    yield wanted
    os.umask(earlier)


@pytest.mark.skipif(os.name != "posix", reason="rights are told by the mode")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_and_its_draft_are_readable_for_no_one_else(tmp_path: Path, rights: int, suffix: str) -> None:
    with open_tables([tmp_path / f"file{suffix}"]) as tables:
        tables.add(extract(SAMPLES[0]))
        assert modes(tmp_path) == {rights}
    assert modes(tmp_path) == {rights}


@pytest.mark.skipif(os.name != "posix", reason="rights are told by the mode")
def test_an_output_and_its_draft_are_readable_for_no_one_else(
    tmp_path: Path, rights: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()
    with open_output(tmp_path / "file.csv") as out:
        out.write("a")
        seen |= modes(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: seen.update(modes(tmp_path)))
    write_whole(tmp_path / "file.jsonl", tmp_path / "draft", [b"a"])
    assert seen | modes(tmp_path) == {rights}


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot refuse to follow links")
@pytest.mark.parametrize("name", [".summaryparse.lock", "manifest.jsonl", ".summaryparse-{process}-0.part"])
def test_links_that_were_planted_in_the_target_lead_nowhere(tmp_path: Path, name: str) -> None:
    source = fill(tmp_path / "in", 1)
    precious = tmp_path / "precious"
    precious.write_text("not to be touched", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name.format(process=os.getpid())).symlink_to(precious)
    with pytest.raises(OutputError, match="out"):
        entries_of(source, tmp_path / "out")
    assert precious.read_text(encoding="utf-8") == "not to be touched"


HOSTILE = "a\x1b[2J\x9b31m\n\u202eb\u061c\u200f.txt"


@pytest.mark.skipif(os.name != "posix", reason="no such names")
def test_hostile_names_of_files_stay_harmless_wherever_batch_shows_them(here: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / HOSTILE).write_bytes(bytes(range(256)) * 40)
    (tmp_path / "in" / f"good{HOSTILE}").write_text("2023年工作总结\n接诊3人。\n", encoding="utf-8")
    foretold = here("batch", tmp_path / "in", tmp_path / "out", "--dry-run")
    run = here("batch", tmp_path / "in", tmp_path / "out", "--jobs", "1")
    record = (tmp_path / "out" / "manifest.jsonl").read_bytes()
    assert run.returncode == 1
    for shown in (foretold.stdout, run.stderr, record):
        text = shown.decode("utf-8")
        assert text.count("\n") == 2
        assert {letter for letter in text if not letter.isprintable()} <= {"\n", "\t"}
    assert {json.loads(line)["input"] for line in record.splitlines()} == {HOSTILE, f"good{HOSTILE}"}
