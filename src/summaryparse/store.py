"""What the command keeps from one run for the next: the built-in rules as read, and compiled expressions.

Both take longer than reading a report. The file is plain data, never code of Python's, and holds nothing that
the rule files and the interpreter do not give anew; whatever is wrong with it, it is passed over and written
again. It lies in a folder of the user's own and is believed only if nobody else can write there. Only the
command line turns this on; the library keeps no state. `SUMMARYPARSE_CACHE` names another folder for it, and
nothing where it is empty.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from summaryparse._version import __version__

VARIABLE = "SUMMARYPARSE_CACHE"
MAGIC = b"summaryparse kept 2\n"
MOST_BYTES = 16 * 1024 * 1024
# what not every system has
NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 `pathlib` is loaded later or never
Entry = list[Any]


class Store:
    """What is kept: `rules` as `rules` writes them, `expressions` by their source, each with its code, and
    other `facts` that follow from the rules.

    The last two items of an expression's entry are where its code stands in `codes`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.rules: dict[str, Any] = {}
        self.expressions: dict[str, Entry] = {}
        self.facts: dict[str, str] = {}
        self.codes = b""
        self.changed = False
        self.fill(file_bytes(path))

    def fill(self, data: bytes) -> None:
        """Takes in what a file holds, if it is whole and was written by the same versions."""
        head, _, rest = data.removeprefix(MAGIC).partition(b"\n")
        if not data.startswith(MAGIC) or head != check(rest):
            return
        table, _, codes = rest.partition(b"\n")
        try:
            kept = json.loads(table)
            if kept["versions"] == versions():
                self.rules, self.expressions, self.codes = kept["rules"], kept["expressions"], codes
                self.facts = kept["facts"]
        except (LookupError, RecursionError, TypeError, ValueError):
            return

    def code(self, entry: Entry) -> memoryview:
        """The code of an expression."""
        return memoryview(self.codes)[entry[-2] : entry[-1]]

    def keep_expression(self, source: str, facts: Entry, code: bytes) -> None:
        """Adds an expression."""
        start = len(self.codes)
        self.codes += code
        self.expressions[source] = [*facts, start, len(self.codes)]
        self.changed = True

    def keep_fact(self, key: str, fact: str) -> None:
        """Adds a fact."""
        self.facts[key] = fact
        self.changed = True

    def keep_rules(self, rules: dict[str, Any]) -> None:
        """Puts rules in the place of others, whose expressions are of no more use."""
        if self.rules:
            self.expressions, self.facts, self.codes = {}, {}, b""
        self.rules = rules
        self.changed = True

    def save(self) -> None:
        """Writes what is new, whole or not at all; where that is impossible the next run takes its time."""
        if not self.changed:
            return
        self.changed = False
        kept = {
            "versions": versions(),
            "rules": self.rules,
            "expressions": self.expressions,
            "facts": self.facts,
        }
        table = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        rest = b"\n".join((table, self.codes))
        try:
            replace_file(self.path, b"".join((MAGIC, check(rest), b"\n", rest)))
        except OSError:
            return


def versions() -> list[Any]:
    """What the kept data depends on besides its sources."""
    return [__version__, code_stamp(), sys.version, sys.byteorder, sys.maxsize]


def code_stamp() -> list[int]:
    """What changes when a module does that kept data is made by: number, size and latest time of all."""
    found = [0, 0, 0]
    with os.scandir(PACKAGE) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                facts = entry.stat()
                found = [found[0] + 1, found[1] + facts.st_size, max(found[2], facts.st_mtime_ns)]
    return found


def check(data: bytes) -> bytes:
    """A sum that tells whether data is whole."""
    return b"%08x %d" % (zlib.crc32(data), len(data))


def file_bytes(path: str) -> bytes:
    """What a file of our own holds; nothing if it is missing, or if somebody else may have written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | BINARY)
        with open(descriptor, "rb") as file:  # noqa: PTH123 as above
            facts = os.fstat(descriptor)
            own = stat.S_ISREG(facts.st_mode) and is_own(facts) and facts.st_size <= MOST_BYTES
            return file.read(MOST_BYTES) if own else b""
    except OSError:
        return b""


def is_own(facts: os.stat_result) -> bool:
    """Whether nobody else may write; on Windows the profile's folder, where this lies, sees to that."""
    return os.name == "nt" or (facts.st_uid == os.geteuid() and not facts.st_mode & OTHERS_WRITE)


def replace_file(path: str, data: bytes) -> None:
    """Writes a file under a name of its own and gives it its name; raises OSError."""
    folder = os.path.dirname(path)  # noqa: PTH120 as above
    make_folder(folder)
    if not is_own(os.lstat(folder)):
        raise PermissionError(folder)
    draft = f"{path}.{os.urandom(8).hex()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 as above
            file.write(data)
        os.replace(draft, path)  # noqa: PTH105 as above
    except BaseException:
        os.unlink(draft)  # noqa: PTH108 as above
        raise


def make_folder(folder: str) -> None:
    """Makes a folder and those above it for the user alone, inside what is the user's own."""
    if os.path.isdir(folder):  # noqa: PTH112 as above
        return
    above = os.path.dirname(folder)  # noqa: PTH120 as above
    make_folder(above)
    if not is_own(os.stat(above)):  # noqa: PTH116 as above
        raise PermissionError(above)
    os.mkdir(folder, 0o700)  # noqa: PTH102 as above


def store_path() -> str:
    """The file for this interpreter and this copy of the package; "" where nothing is to be kept."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        folder = os.path.join(home_folder(), "summaryparse")  # noqa: PTH118 as above
    if not os.path.isabs(folder):  # noqa: PTH117 as above
        return ""
    copy = zlib.crc32(os.fsencode(PACKAGE))
    return os.path.join(folder, f"{sys.implementation.cache_tag}-{copy:08x}.kept")  # noqa: PTH118 as above


def home_folder() -> str:
    """Where the system has programs keep what they can do without; "" if it does not say."""
    if os.name == "nt":
        return os.environ.get("LOCALAPPDATA", "")
    named = os.environ.get("XDG_CACHE_HOME", "")
    return named if os.path.isabs(named) else os.path.expanduser("~/.cache")  # noqa: PTH111, PTH117 as above


class Switch:
    """Whether this process keeps anything; the library does not."""

    on = False


@cache
def opened() -> Store | None:
    """The store of this process, read when it is first asked for."""
    path = store_path() if Switch.on else ""
    return Store(path) if path else None


def turn_on() -> None:
    """Makes this process use what is kept."""
    if not Switch.on:
        Switch.on = True
        opened.cache_clear()


def save() -> None:
    """Keeps what this process had to do anew."""
    if Switch.on and (store := opened()) is not None:
        store.save()


def fact(key: str, find: Callable[[], str]) -> str:
    """A fact that is kept, or found now and kept where this process keeps anything."""
    store = opened()
    found = store.facts.get(key) if store else None
    if found is None:
        found = find()
        if store:
            store.keep_fact(key, found)
    return found
