"""The same report in every format gives the same sections and the same rows of metrics."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summaryparse import model
from summaryparse.pipeline import analyse
from summaryparse.readers import read_any
from summaryparse.rules import default_rules
from tests.conftest import ROOT
from tests.report_files import as_docx, as_html, as_pdf

NAMES = ("hospital-summary", "cdc-half-year")
FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "utf-8 with mark": lambda lines: "\n".join(lines).encode("utf-8-sig"),
    "utf-16": lambda lines: "\n".join(lines).encode("utf-16"),
    "utf-16-be": lambda lines: "\n".join(lines).encode("utf-16-be"),
    "gb18030": lambda lines: "\n".join(lines).encode("gb18030"),
    "gb18030, crlf": lambda lines: "\r\n".join(lines).encode("gb18030"),
    "docx, typed": as_docx,
    "docx, numbered": lambda lines: as_docx(lines, numbered=True),
    "html": as_html,
    "html, gb18030": lambda lines: as_html(lines, "gb18030"),
    "pdf": as_pdf,
    "pdf, no indent": lambda lines: as_pdf(lines, indent=0),
    "pdf, small page": lambda lines: as_pdf(lines, size=16),
}


@cache
def lines_of(name: str) -> list[str]:
    return read_any(ROOT / f"samples/{name}.txt").text.splitlines()


@cache
def reference(name: str) -> list[object]:
    return rows("\n".join(lines_of(name)).encode())


def rows(content: bytes | Path) -> list[object]:
    """Sections and metrics, spans aside."""
    document = analyse(read_any(content), default_rules())
    found: list[object] = []
    for report in document.reports:
        found += sections(report.sections)
        found += [(m.name, m.value, m.value_max, m.unit, m.kind) for m in report.metrics]
    return found


def sections(nested: Sequence[model.Section]) -> Iterator[Any]:
    for section in nested:
        yield section.id, section.kind, section.marker, section.heading
        yield from sections(section.sections)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("made", FORMATS)
def test_every_format_gives_the_same_sections_and_metrics(name: str, made: str) -> None:
    assert len(reference(name)) > 100
    assert rows(FORMATS[made](lines_of(name))) == reference(name)


def test_traditional_report_in_big5() -> None:
    data = "\n".join(lines_of("scraped-traditional")).encode("big5hkscs", "replace")  # it has no ‰
    source = read_any(data)
    assert source.encoding == "big5hkscs"
    assert rows(data) == rows(source.text.encode())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_doc_through_libreoffice(tmp_path: Path) -> None:
    name = "cdc-half-year"
    (tmp_path / "a.docx").write_bytes(as_docx(lines_of(name), numbered=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=100)
    source = read_any(tmp_path / "a.doc")
    assert source.media_type == "application/msword"
    assert rows(tmp_path / "a.doc") == reference(name)
