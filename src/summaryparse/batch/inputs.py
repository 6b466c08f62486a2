"""Which files a run reads, and the relative name under which each is known."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from summaryparse.batch.same_names import same
from summaryparse.errors import InputError
from summaryparse.readers.archive import Member, list_members

# What a folder gives when no pattern is named; a file that is named itself is read whatever it is called.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".docx", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".pdf"}
)
ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken of what is found; a pattern with a slash is for the relative path, others for the name.

    `include` replaces the suffixes that folders are searched for; `exclude` also keeps out whole folders.
    `shard` (i, n) takes the i-th of n parts, which depend on nothing but the relative path; names that a
    system may take for the same are in the same part.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None

    def takes(self, name: str, *, named: bool) -> bool:
        """Whether a file is read; `named` if it was asked for itself and not found in a folder."""
        if matches(name, self.exclude):
            return False
        if self.include:
            return matches(name, self.include)
        return named or Path(name).suffix.lower() in SUFFIXES | {ARCHIVE}

    def takes_member(self, name: str) -> bool:
        """Whether a file of an archive that is taken itself is read."""
        known = Path(name).suffix.lower() in SUFFIXES
        return not matches(name, self.exclude) and (known or matches(name, self.include))

    def holds(self, name: str) -> bool:
        """Whether the name belongs to this part of the work."""
        if self.shard is None:
            return True
        digest = hashlib.sha256(same(name).encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.shard[1] == self.shard[0] - 1


@dataclass(slots=True)
class Inputs:
    """What was found: `names` are sorted paths relative to `root` with `/`, as are those of `problems`.

    A file in a zip archive is named as if the archive were a folder; `members` says which it is.
    """

    root: Path
    names: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    other_kinds: Counter[str] = field(default_factory=Counter)
    links_outside: int = 0
    members: dict[str, tuple[str, Member]] = field(default_factory=dict)

    def place_of(self, name: str) -> tuple[str, Member | None]:
        """The file that a name stands for, and which member of it, if it is an archive."""
        file, member = self.members.get(name, (name, None))
        return f"{self.root}/{file}", member


def find_inputs(
    given: Iterable[str | Path],
    *,
    target: str | Path,
    selection: Selection | None = None,
    root: str | Path | None = None,
) -> Inputs:
    """The inputs that folders, files and glob patterns name, without what stands in `target`.

    Names are relative to `root`, else to the one folder given, else to the deepest folder that holds all that
    is given. Hidden files, Office's lock files and links out of the tree are left out; folders that cannot be
    listed and names that lead nowhere become problems. Raises InputError where the names have no common
    folder.
    """
    wanted = [normal(str(item)) for item in given]
    search = Search(
        Inputs(common_root(wanted) if root is None else Path(normal(str(root)))),
        selection or Selection(),
        Path(target).resolve(),
    )
    for path in wanted:
        search.look_at(path)
    return search.result()


def normal(path: str) -> str:
    """The path made absolute, without `.` and `..`; links stay as they are."""
    return os.path.normpath(Path.cwd() / path)


def common_root(paths: Sequence[str]) -> Path:
    """The folder that relative names begin at."""
    anchors = [anchor(path) for path in paths]
    if not anchors:
        return Path.cwd()
    try:
        return Path(os.path.commonpath(anchors))
    except ValueError as error:
        raise InputError(f"the inputs have no folder in common: {error}") from None


def anchor(path: str) -> str:
    """The folder that a given name stands for, or stands in."""
    if is_pattern(path):
        return str(split_pattern(path)[0])
    return path if Path(path).is_dir() else str(Path(path).parent)


def is_pattern(path: str) -> bool:
    """Whether a name has to be expanded; a file that is really called so comes first."""
    return glob.has_magic(path) and not os.path.lexists(path)


def split_pattern(path: str) -> tuple[Path, str]:
    """The folder before the first wildcard, and the pattern from there."""
    parts = Path(path).parts
    first = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:first]), str(Path(*parts[first:]))


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns fits the relative path (with a slash) or its last part (without one)."""
    path = name.casefold()
    last = path.rsplit("/", 1)[-1]
    return any(fnmatchcase(path if "/" in each else last, each.casefold()) for each in patterns)


def unseen(name: str) -> bool:
    """Whether a file or folder is hidden, or the lock file of an office program."""
    return name.startswith((".", "~$"))


@dataclass(slots=True)
class Search:
    """One search: what it has found so far."""

    found: Inputs
    selection: Selection
    target: Path
    seen: set[str] = field(default_factory=set)

    def result(self) -> Inputs:
        """What was found, sorted, and of it the part that the shard asks for."""
        self.found.names = sorted(filter(self.selection.holds, self.seen))
        self.found.problems = sorted(
            problem for problem in set(self.found.problems) if self.selection.holds(problem[0])
        )
        return self.found

    def look_at(self, given: str) -> None:
        """Takes in what one given name stands for."""
        path = Path(given)
        if not is_pattern(given):
            self.take_given(path)
            return
        base, pattern = split_pattern(given)
        hits = [hit for hit in base.glob(pattern) if not any(map(unseen, hit.relative_to(base).parts))]
        if not hits:
            self.problem(path, "nothing matches this pattern")
        for hit in hits:
            if inside(hit, base.resolve()):
                self.take_given(hit)
            else:
                self.found.links_outside += 1

    def take_given(self, path: Path) -> None:
        """Takes a file whatever its name, or all that a folder holds."""
        if path.is_dir():
            self.walk(path, path.resolve())
        elif path.exists():
            self.take(path, named=True)
        else:
            self.problem(path, "no such file")

    def walk(self, folder: Path, tree: Path) -> None:
        """Takes the files of a folder and of those below it; `tree` is what links may not leave."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            if here.resolve() == self.target:
                continue
            for entry in self.entries(here):
                path = here / entry.name
                if entry.is_dir(follow_symlinks=False):
                    if not matches(self.name_of(path), self.selection.exclude):
                        waiting.append(path)
                elif not entry.is_symlink():
                    self.take(path, named=False)
                elif not inside(path, tree):
                    self.found.links_outside += 1
                elif not path.is_dir():  # a linked folder of the same tree is found where it really is
                    self.take(path, named=False)

    def entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        """What stands in a folder and is not hidden; a folder that cannot be listed is a problem."""
        try:
            with os.scandir(folder) as listing:
                yield from (entry for entry in listing if not unseen(entry.name))
        except OSError as error:
            self.problem(folder, f"cannot be listed: {error.strerror or error}")

    def take(self, path: Path, *, named: bool) -> None:
        """Takes a file if the selection wants it."""
        name = self.name_of(path)
        if self.selection.takes(name, named=named):
            if path.suffix.lower() == ARCHIVE:
                self.open_archive(path, name)
            else:
                self.seen.add(name)
        elif not self.selection.include and not matches(name, self.selection.exclude):
            self.found.other_kinds[path.suffix.lower()] += 1

    def open_archive(self, path: Path, name: str) -> None:
        """Takes the members of a zip archive as if it were a folder."""
        try:
            members = list_members(path, str(path))
        except InputError as error:
            self.problem(path, str(error).removeprefix(f"{path}: "))
            return
        for member in members:
            inner = f"{name}/{member.target}"
            if not self.selection.takes_member(inner):
                self.found.other_kinds[member.target.suffix.lower()] += 1
            elif member.problem:
                self.found.problems.append((inner, member.problem))
            else:
                self.seen.add(inner)
                self.found.members[inner] = (name, member)

    def problem(self, path: Path, reason: str) -> None:
        """Notes a name that gives nothing to read."""
        self.found.problems.append((self.name_of(path), reason))

    def name_of(self, path: Path) -> str:
        """The name relative to the root; raises InputError outside it."""
        try:
            return path.relative_to(self.found.root).as_posix()
        except ValueError:
            raise InputError(f"{path}: is not below {self.found.root}") from None


def inside(path: Path, tree: Path) -> bool:
    """Whether a path, with all links followed, lies in the resolved tree."""
    try:
        return path.resolve().is_relative_to(tree)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
