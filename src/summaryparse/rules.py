"""The rules of `patterns/`, ready for use: the language knowledge that every stage is given.

A rule file is TOML with any of the tables below, each entry with an `id` that is unique over all files.

    [[words]]      a word list            id, about, words, examples, needs
    [[shape]]      a regular expression   id, about, pattern, examples, counter_examples, needs, at_end
    [[guard]]      text that holds a number but is no quantity: the fields of a shape
    [[marker]]     a section marker: the fields of a shape and style, ordinal, rank
    [[unit]]       units of measure       id, about, forms, dimension, base, factor, examples
    [[indicator]]  a known metric         id, about, name, aliases, examples

Patterns are matched against folded text (simplified, ASCII punctuation and digits) with the `regex`
module. `%{some.id}` in a pattern stands for the alternatives of that word list, longest first, or for the
pattern of that shape. In an example, ⟦ and ⟧ mark what the rule must match; a counter-example must not match.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, cast

import regex

from summaryparse.edges import ANYTHING
from summaryparse.errors import RuleError
from summaryparse.expressions import compile_expression, compiled_by_regex, number_groups
from summaryparse.firsts import Edges
from summaryparse.records import dataclass, field
from summaryparse.store import opened

REFERENCE = compiled_by_regex(r"%\{([a-z0-9.\-]+)\}")
Dimension = Literal[
    "currency", "ratio", "count", "duration", "area", "length", "mass", "volume", "energy", "rank", "other"
]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule has: an id that outputs name, a sentence of explanation, and examples."""

    id: str
    about: str
    examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Words(Rule):
    """A list of words that play one role; each has one of the characters in `needs`, if there are any."""

    words: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True, kw_only=True)
class Shape(Rule):
    """A named regular expression.

    A text with none of the characters in `needs`, if there are any, has no match. With `at_end`, a match ends
    where the text does, blanks aside, and in a character that the pattern names.
    """

    pattern: str
    needs: str = ""
    at_end: bool = False
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guard(Shape):
    """A shape whose matches are no quantities (dates, ordinals, names that hold a number)."""


@dataclass(frozen=True, kw_only=True)
class Marker(Shape):
    """A section marker at the beginning of a line or clause; group `n` is its ordinal as written."""

    style: str
    ordinal: Literal["chinese", "arabic", "circled", "roman", "latin", "dotted", "none"]
    rank: int
    inline: bool = False


@dataclass(frozen=True, kw_only=True)
class Unit(Rule):
    """Units that share a dimension; `base` and `factor` where the contract's unit is not the written one."""

    forms: tuple[str, ...]
    dimension: Dimension
    base: str | None = None
    factor: str = "1"


@dataclass(frozen=True, kw_only=True)
class Indicator(Rule):
    """An entry of the indicator catalogue: `name` in standard terms and the other ways to write it."""

    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


KINDS: dict[str, type[Rule]] = {
    kind.__name__: kind for kind in (Words, Shape, Guard, Marker, Unit, Indicator)
}


class Compiled(dict[str, regex.Pattern[str]]):
    """Patterns by the id of their rule, each compiled when it is first asked for."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self.rules = rules

    def __missing__(self, rule_id: str) -> regex.Pattern[str]:
        found = self[rule_id] = self.rules.compiled(self.rules.source(rule_id), (rule_id,))
        return found


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules, ready for use: look words up by id, compile patterns on first use.

    `users` are the ids of rules that are not built in, with their files: patterns that hold one of them are
    matched under a time limit and raise RuleError at it. `sources` are patterns with references expanded, as
    far as they are known.
    """

    by_id: Mapping[str, Rule]
    digest: str
    users: Mapping[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    _compiled: dict[str, regex.Pattern[str]] = field(default_factory=dict)

    def words(self, rule_id: str) -> tuple[str, ...]:
        """The words of one list."""
        rule = self.by_id[rule_id]
        if not isinstance(rule, Words):
            raise KeyError(f"{rule_id} is not a word list")
        return rule.words

    def of(self, kind: type[Rule]) -> list[Any]:
        """All rules of exactly one kind, in file order."""
        return [rule for rule in self.by_id.values() if type(rule) is kind]

    def source(self, rule_id: str) -> str:
        """The pattern of a shape with its references expanded."""
        found = self.sources.get(rule_id)
        if found is None:
            found = self.sources[rule_id] = expand(rule_id, self.by_id, ())
        return found

    @cached_property
    def pattern(self) -> Callable[[str], regex.Pattern[str]]:
        """Gives a shape, guard or marker compiled, or the alternation of a word list, by its id."""
        return Compiled(self).__getitem__

    def could_match(self, rule_id: str, text: str, start: int, end: int) -> bool:
        """Whether a text holds, between two offsets, a character that a shape needs, if it needs any."""
        search = self.needed(rule_id)
        return search is None or search(text, start, end) is not None

    @cached_property
    def openings(self) -> Callable[[str], Edges]:
        """Gives what a match of a shape, guard, marker or word list can begin with, by its id."""
        return cache(lambda rule_id: self.edges_of(self.source(rule_id), (rule_id,)))

    @cached_property
    def needs(self) -> Callable[[str], frozenset[str]]:
        """Gives the characters of which every match of a shape or word list has one, if it says so."""
        return cache(lambda rule_id: frozenset(self.by_id[rule_id].needs))  # type: ignore[attr-defined]

    @cached_property
    def needed(self) -> Callable[[str], Callable[..., object] | None]:
        """Gives the search for the characters that a shape needs, None for one that needs none."""

        def find(rule_id: str) -> Callable[..., object] | None:
            needs: str = self.by_id[rule_id].needs  # type: ignore[attr-defined]
            return compile_expression(f"[{re.escape(needs)}]").search if needs else None

        return cache(find)

    def matches(self, rule_id: str, text: str, start: int, end: int) -> Iterable[regex.Match[str]]:
        """The matches of a shape between two offsets; not looked for where what it needs is missing."""
        if not self.could_match(rule_id, text, start, end):
            return ()
        found: Iterable[regex.Match[str]] = self.pattern(rule_id).finditer(text, start, end)
        return found

    def search_end(self, rule_id: str, text: str, start: int, end: int) -> regex.Match[str] | None:
        """The first match of a shape between two offsets; where it says `at_end`, most texts without a match
        show that in their last character."""
        endings = self.endings(rule_id)
        if endings:
            last = text[end - 1 : end] if end > start else ""
            if last.isspace():
                last = text[start:end].rstrip()[-1:]
            if not last or not endings[last]:
                return None
        return self.pattern(rule_id).search(text, start, end)

    @cached_property
    def endings(self) -> Callable[[str], Edges | None]:
        """Gives what a match of a shape that says `at_end` can end with, blanks aside; None for others."""

        def find(rule_id: str) -> Edges | None:
            told = self.by_id[rule_id].at_end  # type: ignore[attr-defined]
            return self.edges_of(self.source(rule_id), (rule_id,), last=True) if told else None

        return cache(find)

    def compile(self, template: str) -> regex.Pattern[str]:
        """A pattern that only combines rules by reference, such as `%{a}|%{b}`; nobody reads its groups."""
        found = self._compiled.get(template)
        if found is None:
            source = self.combined(template)
            found = self._compiled[template] = self.compiled(source, REFERENCE.findall(template), unread=True)
        return found

    def combined(self, template: str) -> str:
        """The source of such a pattern."""
        return str(REFERENCE.sub(lambda m: f"(?:{self.source(m[1])})", template))

    def edges(self, template: str) -> Edges:
        """What a match of such a pattern can begin with."""
        return self.edges_of(self.combined(template), REFERENCE.findall(template))

    def edges_of(self, source: str, parts: Iterable[str], *, last: bool = False) -> Edges:
        """What a match of an expression made of rules can begin with, or end with if `last` is set.

        Where a shape of the user is part of it nothing is told, since `regex` alone knows what that means.
        """
        users = self.users_among(parts) if self.users else []
        return Edges(ANYTHING if users else source, last=last, keep=not self.users)

    def compiled(self, source: str, parts: Iterable[str], *, unread: bool = False) -> regex.Pattern[str]:
        """An expression made of rules, compiled, with a time limit if a shape of the user is part of it.

        `unread` says that nobody reads its groups.
        """
        users = self.users_among(parts) if self.users else []
        if not users:
            return compile_expression(number_groups(source) if unread else source, keep=not self.users)
        from summaryparse.timed import TimedPattern
        from summaryparse.user_rules import place

        return cast("regex.Pattern[str]", TimedPattern(source, tuple(place(i, self.users) for i in users)))

    def users_among(self, parts: Iterable[str]) -> list[str]:
        """Which shapes of the user are among rules and what they refer to; words can do no harm."""
        seen: set[str] = set()
        waiting = list(parts)
        while waiting:
            rule_id = waiting.pop()
            if rule_id not in seen:
                seen.add(rule_id)
                waiting += REFERENCE.findall(getattr(self.by_id[rule_id], "pattern", ""))
        return sorted(i for i in seen & set(self.users) if isinstance(self.by_id[i], Shape))


@cache
def word_set(rules: RuleSet, rule_id: str) -> frozenset[str]:
    """A word list for membership tests."""
    return frozenset(rules.words(rule_id))


def expand(rule_id: str, by_id: Mapping[str, Rule], trail: tuple[str, ...]) -> str:
    """The regular expression of a rule; raises KeyError for unknown names and ValueError for cycles."""
    if rule_id in trail:
        raise ValueError(f"%{{{rule_id}}} refers to itself through {' → '.join(trail)}")
    rule = by_id[rule_id]
    if isinstance(rule, Words | Unit):
        forms = rule.words if isinstance(rule, Words) else rule.forms
        return "|".join(re.escape(w) for w in sorted(forms, key=lambda w: (-len(w), w)))
    if isinstance(rule, Shape):
        pattern = str(REFERENCE.sub(lambda m: f"(?:{expand(m[1], by_id, (*trail, rule_id))})", rule.pattern))
        # Free spacing holds for the rule that asks for it, and for what it refers to.
        return f"(?x:{pattern.removeprefix('(?x)')}\n)" if pattern.startswith("(?x)") else pattern
    raise KeyError(f"{rule_id} has no pattern")


def patterns_folder() -> Path:
    """The folder of the built-in rules: inside the package, or beside pyproject.toml in a checkout."""
    packaged = Path(__file__).with_name("patterns")
    checkout = Path(__file__).parents[2] / "patterns"
    if packaged.is_dir():
        return packaged
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    raise RuleError([f"{packaged}: the built-in rule files are missing; reinstall summaryparse"])


@cache
def default_rules() -> RuleSet:
    """The built-in rules, loaded once a process; the command takes them as an earlier run has read them."""
    folder, store = patterns_folder(), opened()
    stamp = stamp_of(folder) if store else []
    rules = kept_rules(store.rules, stamp) if store else None
    if rules is None:
        from summaryparse.rule_files import load

        rules = load([folder])
        if store:
            store.keep_rules(facts_of(rules, stamp))
    return rules


def stamp_of(folder: Path) -> list[list[Any]]:
    """What changes when a rule file does: its name, place, size and times."""
    with os.scandir(folder) as entries:
        found = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(".toml")]
    return [[path, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns] for path, s in sorted(found)]


def facts_of(rules: RuleSet, stamp: list[list[Any]]) -> dict[str, Any]:
    """Rules as plain data, with the stamp of the files that they are from."""
    entries = [[type(rule).__name__, vars(rule)] for rule in rules.by_id.values()]
    sources = {i: rules.source(i) for i, rule in rules.by_id.items() if isinstance(rule, Words | Shape)}
    return {"stamp": stamp, "digest": rules.digest, "sources": sources, "entries": entries}


def kept_rules(facts: Mapping[str, Any], stamp: list[list[Any]]) -> RuleSet | None:
    """The rules that `facts_of` made data of; None if files have changed since."""
    try:
        if facts["stamp"] != stamp:
            return None
        by_id = {fields["id"]: revived(KINDS[kind], fields) for kind, fields in facts["entries"]}
        return RuleSet(by_id, str(facts["digest"]), sources=dict(facts["sources"]))
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def revived(kind: Callable[..., Rule], fields: Mapping[str, Any]) -> Rule:
    """A rule of its fields as JSON gives them."""
    return kind(**{name: tuple(value) if type(value) is list else value for name, value in fields.items()})
