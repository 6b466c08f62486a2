"""Reads .doc, .wps, .rtf and .odt through LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.readers.archive import check_bombs
from summaryparse.readers.detect import Kind
from summaryparse.readers.docx import draw_docx

TIME_LIMIT = 120
# Reads from a pipe that this process alone holds: when it is killed, LibreOffice and its folder go with it.
LEASH = 'read -r _; kill -9 "-$1"; rm -rf "$2"'
EXTENSIONS = {Kind.DOC: "doc", Kind.RTF: "rtf", Kind.ODT: "odt"}
NAMES = {Kind.DOC: "a .doc or .wps file", Kind.RTF: "an .rtf file", Kind.ODT: "an .odt file"}
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
)
# A profile of its own for each run: no lock that a second run would wait for, no macros, no linked content.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def draw_through_office(data: bytes, kind: Kind, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a document that LibreOffice turns into .docx; raises InputError, as where it is missing."""
    if kind is Kind.ODT:
        check_bombs(data, path)
    program = find_office()
    if program is None:
        raise InputError(
            f"{path}: is {NAMES[kind]}, which needs LibreOffice (no soffice was found); save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="summaryparse-") as folder:
        converted = convert(program, data, EXTENSIONS[kind], Path(folder), path)
    return draw_docx(converted, path)


def find_office() -> str | None:
    """Where LibreOffice is, None if it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def convert(program: str, data: bytes, extension: str, folder: Path, path: str) -> bytes:
    """The document as .docx; it is converted under a neutral name in a folder of its own."""
    document = folder / f"document.{extension}"
    document.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(document),
    ]  # fmt: skip
    run_office(command, folder, path)
    result = folder / "out" / "document.docx"
    if not result.is_file():
        raise InputError(f"{path}: LibreOffice could not read it; is it damaged or protected by a password?")
    return result.read_bytes()


def run_office(command: list[str], folder: Path, path: str) -> None:
    """Runs LibreOffice to its end, or ends it with all its processes at the time limit.

    Where this process is killed meanwhile, they end too, and the folder that they worked in is removed.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise InputError(f"{path}: LibreOffice could not be started ({error.strerror})") from None
    try:
        with leashed(process, folder):
            process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise InputError(f"{path}: LibreOffice did not finish in {TIME_LIMIT} seconds") from None
    finally:
        if process.poll() is None:
            end_group(process)


@contextmanager
def leashed(process: subprocess.Popen[bytes], folder: Path) -> Iterator[None]:
    """Ends the process and those that it started if this one is killed before the block ends."""
    if os.name != "posix":
        yield
        return
    command = ["/bin/sh", "-c", LEASH, "sh", str(process.pid), str(folder)]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True
    ) as leash:
        try:
            yield
        finally:
            leash.kill()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and those that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
