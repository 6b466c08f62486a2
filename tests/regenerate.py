"""Writes anew what is checked against the tool: golden files of the samples, and examples in the READMEs.

Run it after a change that is meant to change them, and read the difference.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from summaryparse import Document, extract

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
EXAMPLE = re.compile(r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)


def golden_text(document: Document, sample: Path) -> str:
    """The document as JSON, without its text and with a path that is the same on every machine."""
    source = document.source.model_copy(update={"path": f"samples/{sample.name}", "text": None})
    return document.model_copy(update={"source": source}).model_dump_json(indent=1) + "\n"


@cache
def example_output(command: str) -> str:
    """What a command of a README prints, run by this Python in a new folder with the samples."""
    shell = f'set -o pipefail; summaryparse() {{ "{sys.executable}" -m summaryparse "$@"; }}; {command}'
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder, "samples"))
        run = subprocess.run(["bash", "-c", shell], cwd=folder, env=env, stdout=subprocess.PIPE, check=False)
    if run.returncode not in {0, 141}:  # head closes its pipe
        raise RuntimeError(f"{command}: exit status {run.returncode}")
    return run.stdout.decode("utf-8").replace("\r\n", "\n")


def readme_text(readme: Path) -> str:
    """A README with every example's output as it is now."""
    text = readme.read_text(encoding="utf-8")
    return EXAMPLE.sub(lambda m: f"```console\n$ {m['command']}\n{example_output(m['command'])}```", text)


def main() -> None:
    """Regenerates all of it."""
    for sample in sorted((ROOT / "samples").glob("*.txt")):
        golden = golden_text(extract(sample), sample)
        sample.with_suffix(".json").write_text(golden, encoding="utf-8", newline="\n")
    for readme in READMES:
        readme.write_text(readme_text(readme), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
