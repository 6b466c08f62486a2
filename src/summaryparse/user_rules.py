"""What rules of the user may not do, told before one of them is used.

No expression is compiled before it is known how large it gets: what is repeated a fixed number of times is
written out, so `(?:x{1000}){1000}` is a million nodes. Recursion and inexact matching have no bound and are
refused. How long matching takes shows only when it is done: see `timed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from summaryparse.errors import InputError, RuleError
from summaryparse.records import dataclass, field
from summaryparse.source import read_at_most
from summaryparse.timed import TimedPattern

MOST_BYTES = 4 * 1024 * 1024  # of one file
MOST_CHARACTERS = 200_000  # of one expression with all that it refers to
MOST_CHARACTERS_IN_ALL = 5_000_000
MOST_COPIES = 100_000

SET = r"\[\^?\]?(?:\\.|[^\]\\])*+\]?"
BLANKS = re.compile(rf"(?P<kept>\\.|{SET})|\s+|#[^\n]*", re.DOTALL)
REMARKS = re.compile(rf"(?P<kept>\\.|{SET})|\(\?#[^)]*+\)?", re.DOTALL)
TOKEN = re.compile(
    rf"%\{{(?P<reference>[a-z0-9.\-]+)\}}|\\[pPN]\{{[^}}]*+\}}?|\\.|{SET}|(?P<brace>\{{[^}}]*+\}}?)"
    r"|(?P<open>\((?P<refused>\?(?:R\)|[+-]?\d|&|P>|[a-wyzA-Z]*+x))?)|.",
    re.DOTALL,
)
COUNT = re.compile(r"\{(?P<low>\d{0,9})(?:(?<=\d)|,\d*)\}")


class Size(NamedTuple):
    """What an expression becomes: characters with its references written out, and nodes of the engine."""

    characters: int
    copies: int


@dataclass(slots=True)
class Sizes:
    """The sizes of expressions that refer to each other; `problems` holds what none may have in it."""

    patterns: Mapping[str, str]
    known: dict[tuple[str, bool], Size] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def of(self, rule_id: str, *, spaced: bool = False) -> Size:
        """The size of a rule's expression, where blanks mean nothing if it is `spaced`; 0 for a circle."""
        pattern = self.patterns.get(rule_id, "")
        key = rule_id, spaced or pattern.startswith("(?x)")
        if key not in self.known:
            self.known[key] = Size(0, 0)
            self.known[key] = self.measure(*key)
        return self.known[key]

    def measure(self, rule_id: str, spaced: bool) -> Size:  # noqa: FBT001 the key of `known`
        """Adds up an expression from left to right: each open group has a sum, and every item a size."""
        pattern = REMARKS.sub(kept, self.patterns.get(rule_id, "").removeprefix("(?x)"))
        if spaced:
            pattern = BLANKS.sub(kept, pattern)
        sums, item, characters = [0], 0, len(pattern)
        for token in TOKEN.finditer(pattern):
            if token["open"]:
                sums.append(0)
                if token["refused"]:
                    self.problems[rule_id] = f"{token['open']} is refused"
                continue
            if token["brace"]:
                item *= max(self.count(rule_id, token["brace"]) - 1, 0)
            elif token["reference"]:
                size = self.of(token["reference"], spaced=spaced)
                characters += size.characters
                item = size.copies
            elif token[0] == ")" and len(sums) > 1:
                item = sums.pop() + 1
            else:
                item = 1
            sums[-1] += item
        return Size(characters, sum(sums))

    def count(self, rule_id: str, brace: str) -> int:
        """How often at least what stands before a brace is repeated."""
        found = COUNT.fullmatch(brace)
        if found is None:
            self.problems[rule_id] = f"{brace[:20]} is no count; write \\{{ for a brace"
        return int(found["low"] or 0) if found else 0


def kept(found: re.Match[str]) -> str:
    """What stays of an expression from which blanks or remarks are taken."""
    return found["kept"] or ""


def file_bytes(path: Path) -> bytes:
    """What a rule file holds; raises RuleError where it cannot be read or is too large."""
    if not path.is_file():
        raise RuleError([f"{path}: is not a file"])
    try:
        data = read_at_most(path, MOST_BYTES + 1)
    except InputError as error:
        raise RuleError([str(error)]) from None
    if len(data) > MOST_BYTES:
        raise RuleError([f"{path}: larger than the limit of {MOST_BYTES:,} bytes"])
    return data


def size_problems(
    patterns: Mapping[str, str], words: Mapping[str, int], users: Mapping[str, str]
) -> Iterator[str]:
    """What is too large or refused in expressions; `words` are lists with their characters.

    `users` are the ids of the user's rules with their files.
    """
    sizes = Sizes(patterns)
    for rule_id, characters in words.items():
        for spaced in (False, True):
            sizes.known[rule_id, spaced] = Size(characters, characters)
    total = 0
    for rule_id in patterns:
        try:
            size = sizes.of(rule_id)
        except RecursionError:
            yield f"{place(rule_id, users)}: pattern: its references are nested too deeply"
            return
        total += size.characters
        if rule_id in sizes.problems and rule_id in users:
            yield f"{place(rule_id, users)}: pattern: {sizes.problems[rule_id]}"
        elif size.characters > MOST_CHARACTERS:
            yield (
                f"{place(rule_id, users)}: pattern: has more than {MOST_CHARACTERS:,} characters, "
                "with all that it refers to"
            )
        elif size.copies > MOST_COPIES:
            yield f"{place(rule_id, users)}: pattern: its repetitions make more than {MOST_COPIES:,} parts"
    if total > MOST_CHARACTERS_IN_ALL:
        yield f"all patterns together have more than {MOST_CHARACTERS_IN_ALL:,} characters"


def compile_problems(
    sources: Mapping[str, str], replaced: Mapping[str, str], users: Mapping[str, str]
) -> Iterator[str]:
    """What is wrong with the user's expressions: errors in them, and groups that those they replace have."""
    for rule_id, source in sources.items():
        name = place(rule_id, users)
        try:
            groups = TimedPattern(source, (name,)).groups
        except RuleError as error:
            yield from error.problems
            continue
        if rule_id in replaced:
            missing = TimedPattern(replaced[rule_id], (name,)).groups - groups
            if missing:
                yield f"{name}: pattern: lacks the groups of the built-in rule: {', '.join(sorted(missing))}"


def place(rule_id: str, users: Mapping[str, str]) -> str:
    """File and id of a rule of the user, the id of a built-in one."""
    return f"{users[rule_id]}: {rule_id}" if rule_id in users else rule_id
