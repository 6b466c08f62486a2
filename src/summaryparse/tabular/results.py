"""Results that exist: what `extract` and `batch` have written, read back one at a time."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from summaryparse.errors import InputError
from summaryparse.model import Diagnostic, Document, Report
from summaryparse.source import standard_input

Entry = Mapping[str, Any]
# What a run over a folder, or over a part of it, says of itself; it holds no reports.
RECORD = re.compile(r"manifest(?:-\d+-of-\d+)?\.jsonl")
SUFFIXES = (".json", ".jsonl")
NO_RESULT = "this is not a result of summaryparse"


@dataclass(frozen=True, slots=True)
class Result:
    """What one input file gave, or one report of it where a line of JSON Lines is all there is."""

    file: str
    sha256: str
    media_type: str | None
    encoding: str | None
    script: str | None
    characters: int | None
    text: str | None
    reports: tuple[Report, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def whole(self) -> bool:
        """Whether this is all of its file."""
        return self.media_type is not None


def result_of(found: Document | Entry) -> Result:
    """The result in a document, in the JSON of one, or in a line of `extract --format jsonl`.

    Raises InputError where the JSON is none of these.
    """
    try:
        if not isinstance(found, Document) and "schema_version" not in found:
            return lone_report(found)
        document = found if isinstance(found, Document) else Document.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{NO_RESULT}: {place}: {first['msg']}") from None
    source = document.source
    return Result(
        file=source.path,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.encoding,
        script=source.script,
        characters=source.characters,
        text=source.text,
        reports=document.reports,
        diagnostics=document.diagnostics,
    )


def lone_report(found: Entry) -> Result:
    """A report with the path and the digest of its file before it."""
    path, digest = found.get("path"), found.get("sha256")
    if not isinstance(path, str) or not isinstance(digest, str):
        raise InputError(NO_RESULT)
    fields = {key: value for key, value in found.items() if key not in {"path", "sha256"}}
    report = Report.model_validate(fields)
    path = path.encode("utf-8", "replace").decode("utf-8")
    return Result(path, digest, None, None, None, None, None, (report,), ())


def find_results(paths: Iterable[str]) -> Iterator[str]:
    """The files of results under each path: itself, or every .json and .jsonl in a folder, in order.

    The order is that of the paths relative to the folder, which is also the order of a run's inputs.
    """
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
        else:
            yield from (str(Path(path, name)) for name in sorted(results_in(Path(path))))


def results_in(top: Path) -> Iterator[str]:
    """The relative paths, with `/`, of the results in a folder and in those below it that are not hidden."""
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(SUFFIXES) and not name.startswith(".") and not RECORD.fullmatch(name):
                yield Path(folder, name).relative_to(top).as_posix()


def read_results(path: str) -> Iterator[Entry | InputError]:
    """The JSON objects of one file, "-" for standard input: one a line, or over many lines.

    What cannot be read comes as an error in its place, and a bad line does not stop those after it.
    """
    try:
        if path == "-":
            yield from read_lines(path, standard_input())
        else:
            with Path(path).open("rb") as file:
                yield from read_lines(path, file)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{path}: {error.strerror or error}")


def read_lines(path: str, file: IO[bytes]) -> Iterator[Entry | InputError]:
    """Lines of JSON as long as the first line is an object of its own, else the file as a whole."""
    lines = enumerate(file, 1)
    for number, line in lines:
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        entry = parse(line, f"{path}, line {number}")
        if isinstance(entry, InputError) and line.strip(b"\xef\xbb\xbf \t\r\n") in {b"{", b"["}:
            rest = b"".join(chain([line], (after for _, after in lines)))
            yield from parse_whole(rest, path)
        else:
            yield entry


def parse(data: bytes, place: str) -> Entry | InputError:
    """One JSON object."""
    try:
        entry = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return InputError(f"{place}: no JSON: {error}")
    return entry if isinstance(entry, dict) else InputError(f"{place}: {NO_RESULT}")


def parse_whole(data: bytes, path: str) -> Iterator[Entry | InputError]:
    """The indented objects of a file, one after another."""
    try:
        text = data.decode("utf-8-sig").strip()
        while text:
            entry, end = json.JSONDecoder().raw_decode(text)
            yield entry if isinstance(entry, dict) else InputError(f"{path}: {NO_RESULT}")
            text = text[end:].lstrip()
    except (ValueError, RecursionError) as error:
        yield InputError(f"{path}: no JSON: {error}")
