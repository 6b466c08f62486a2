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
from tests.conftest import ROOT, SAMPLES
from tests.report_files import as_docx, as_html, as_pdf

NAMES = [path.stem for path in SAMPLES]
Row = dict[str, Any]
PLACES = {"span", "name_span", "sentence_span"}
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
# The cells that differ, with the reasons; all others are the same.
OWN_LIST = "saving as .doc, LibreOffice makes a use of a list that restarts one level a list of its own"
LINE_END = "where the page breaks 1 600 at its blank, the blank cannot be told from the end of the line"
DIFFERENT = {
    ("hospital-summary", "pdf"): (("text",), LINE_END),
    ("hospital-summary", "pdf, small page"): (("text",), LINE_END),
    ("notice", "pdf, no indent"): (("text",), LINE_END),
    ("compilation", "doc, numbered"): (("id", "marker", "section_id"), OWN_LIST),
    ("hospital-summary", "doc, numbered"): (("id", "marker", "section_id"), OWN_LIST),
}


@cache
def lines_of(name: str) -> list[str]:
    return read_any(ROOT / f"samples/{name}.txt").text.splitlines()


@cache
def reference(name: str) -> list[Row]:
    return rows("\n".join(lines_of(name)).encode())


def rows(content: bytes | Path) -> list[Row]:
    """Sections and metrics, spans aside."""
    document = analyse(read_any(content), default_rules())
    found: list[Row] = []
    for report in document.reports:
        found += sections(report.sections)
        found += (metric.model_dump(exclude=PLACES) for metric in report.metrics)
    return found


def sections(nested: Sequence[model.Section]) -> Iterator[Row]:
    for each in nested:
        yield {"id": each.id, "kind": each.kind, "marker": each.marker, "heading": each.heading}
        yield from sections(each.sections)


def differing(found: list[Row], expected: list[Row]) -> set[str]:
    """The names of the cells that differ, row by row."""
    pairs = zip(found, expected, strict=True)
    return {
        key for row, other in pairs for key in row.keys() | other.keys() if row.get(key) != other.get(key)
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("made", FORMATS)
def test_every_format_gives_the_same_sections_and_metrics(name: str, made: str) -> None:
    assert len(reference(name)) > 90
    cells, _ = DIFFERENT.get((name, made), ((), ""))
    assert differing(rows(FORMATS[made](lines_of(name))), reference(name)) == set(cells)


def test_traditional_report_in_big5() -> None:
    data = "\n".join(lines_of("scraped-traditional")).encode("big5hkscs", "replace")  # it has no ‰
    source = read_any(data)
    assert source.encoding == "big5hkscs"
    assert rows(data) == rows(source.text.encode())


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the .doc and .pdf files that LibreOffice makes of typed and of numbered .docx files."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("doc")
    for name in NAMES:
        (folder / f"{name}, doc, numbered.docx").write_bytes(as_docx(lines_of(name), numbered=True))
    (folder / "notice, doc, typed.docx").write_bytes(as_docx(lines_of("notice")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for form in ("doc", "pdf"):
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
        subprocess.run([*command, *folder.glob("*.docx")], check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize(
    ("name", "made"), [*((name, "doc, numbered") for name in NAMES), ("notice", "doc, typed")]
)
def test_doc_through_libreoffice(words: Path, name: str, made: str) -> None:
    path = words / f"{name}, {made}.doc"
    assert read_any(path).media_type == "application/msword"
    cells, _ = DIFFERENT.get((name, made), ((), ""))
    assert differing(rows(path), reference(name)) == set(cells)


def has_chinese_font() -> bool:
    """Whether LibreOffice can set the reports at all."""
    fonts = shutil.which("fc-list")
    listed = subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False) if fonts else None
    return listed is not None and bool(listed.stdout.strip())


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font is installed")
@pytest.mark.parametrize("name", NAMES)
def test_pdf_by_libreoffice(words: Path, name: str) -> None:
    source = read_any(words / f"{name}, doc, numbered.pdf")
    assert source.media_type == "application/pdf"
    assert differing(rows(words / f"{name}, doc, numbered.pdf"), reference(name)) <= {"text"}, LINE_END
