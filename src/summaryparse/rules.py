"""Loads, validates and compiles `patterns/`: the language knowledge that every stage is given.

A rule file is TOML with any of the tables below, each entry with an `id` that is unique over all files.

    [[words]]      a word list            id, about, words, examples
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

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summaryparse.errors import RuleError
from summaryparse.expressions import compile_expression, number_groups
from summaryparse.firsts import Openings
from summaryparse.timed import TimedPattern
from summaryparse.user_rules import compile_problems, file_bytes, place, size_problems

REFERENCE = regex.compile(r"%\{([a-z0-9.\-]+)\}")
Dimension = Literal[
    "currency", "ratio", "count", "duration", "area", "length", "mass", "volume", "energy", "rank", "other"
]
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([.\-][a-z0-9]+)*$")]


class Rule(BaseModel):
    """What every rule has: an id that outputs name, a sentence of explanation, and examples."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Id
    about: Text
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]


class Words(Rule):
    """A list of words that play one role."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class Shape(Rule):
    """A named regular expression.

    A text with none of the characters in `needs`, if there are any, has no match. With `at_end`, a match ends
    where the text does, blanks aside, and in a character that the pattern names.
    """

    pattern: Text
    needs: str = ""
    at_end: bool = False
    counter_examples: tuple[Text, ...] = ()


class Guard(Shape):
    """A shape whose matches are no quantities (dates, ordinals, names that hold a number)."""

    counter_examples: Annotated[tuple[Text, ...], Field(min_length=1)]


class Marker(Shape):
    """A section marker at the beginning of a line or clause; group `n` is its ordinal as written."""

    counter_examples: Annotated[tuple[Text, ...], Field(min_length=1)]
    style: Id
    ordinal: Literal["chinese", "arabic", "circled", "roman", "latin", "dotted", "none"]
    rank: int
    inline: bool = False


class Unit(Rule):
    """Units that share a dimension; `base` and `factor` where the contract's unit is not the written one."""

    forms: Annotated[tuple[Text, ...], Field(min_length=1)]
    dimension: Dimension
    base: str | None = None
    factor: Text = "1"


class Indicator(Rule):
    """An entry of the indicator catalogue: `name` in standard terms and the other ways to write it."""

    name: Text
    aliases: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()


class RuleFile(BaseModel):
    """One file of `patterns/`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[Words, ...] = ()
    shape: tuple[Shape, ...] = ()
    guard: tuple[Guard, ...] = ()
    marker: tuple[Marker, ...] = ()
    unit: tuple[Unit, ...] = ()
    indicator: tuple[Indicator, ...] = ()

    def rules(self) -> Iterable[Rule]:
        """Every rule of the file."""
        return (*self.words, *self.shape, *self.guard, *self.marker, *self.unit, *self.indicator)


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
    matched under a time limit and raise RuleError at it.
    """

    by_id: Mapping[str, Rule]
    digest: str
    users: Mapping[str, str] = field(default_factory=dict)
    _compiled: dict[str, regex.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

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
        return expand(rule_id, self.by_id, ())

    @cached_property
    def pattern(self) -> Callable[[str], regex.Pattern[str]]:
        """Gives a shape, guard or marker compiled, or the alternation of a word list, by its id."""
        return Compiled(self).__getitem__

    def could_match(self, rule_id: str, text: str, start: int, end: int) -> bool:
        """Whether a text holds, between two offsets, a character that a shape needs, if it needs any."""
        search = self.needed(rule_id)
        return search is None or search(text, start, end) is not None

    @cached_property
    def openings(self) -> Callable[[str], Openings]:
        """Gives what a match of a shape, guard, marker or word list can begin with, by its id."""
        return cache(lambda rule_id: Openings(self.source(rule_id)))

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
        letters = self.last_characters(rule_id)
        if letters:
            last = end
            while last > start and text[last - 1].isspace():
                last -= 1
            if last == start or text[last - 1] not in letters:
                return None
        return self.pattern(rule_id).search(text, start, end)

    @cached_property
    def last_characters(self) -> Callable[[str], frozenset[str]]:
        """Gives the characters that can end the match of a shape that says `at_end`, and maybe more."""

        def find(rule_id: str) -> frozenset[str]:
            told = self.by_id[rule_id].at_end  # type: ignore[attr-defined]
            return frozenset(last_characters(rule_id, self.by_id) if told else ())

        return cache(find)

    def compile(self, template: str) -> regex.Pattern[str]:
        """A pattern that only combines rules by reference, such as `%{a}|%{b}`; nobody reads its groups."""
        found = self._compiled.get(template)
        if found is None:
            source = REFERENCE.sub(lambda m: f"(?:{self.source(m[1])})", template)
            found = self._compiled[template] = self.compiled(source, REFERENCE.findall(template), unread=True)
        return found

    def compiled(self, source: str, parts: Iterable[str], *, unread: bool = False) -> regex.Pattern[str]:
        """An expression made of rules, compiled, with a time limit if a shape of the user is part of it.

        `unread` says that nobody reads its groups.
        """
        users = self.users_among(parts) if self.users else []
        if not users:
            return compile_expression(number_groups(source) if unread else source)
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


def last_characters(rule_id: str, by_id: Mapping[str, Rule]) -> Iterator[str]:
    """What a match of a rule can end with, if it ends in something that the rule names: the letters of its
    pattern, and the last ones of the words that it refers to."""
    rule = by_id[rule_id]
    if isinstance(rule, Words):
        yield from (word[-1] for word in rule.words)
    elif isinstance(rule, Shape):
        yield from REFERENCE.sub("", rule.pattern)
        for reference in REFERENCE.finditer(rule.pattern):
            yield from last_characters(reference[1], by_id)


def patterns_folder() -> Path:
    """The folder of the built-in rules: inside the package, or beside pyproject.toml in a checkout."""
    packaged = Path(__file__).with_name("patterns")
    checkout = Path(__file__).parents[2] / "patterns"
    if packaged.is_dir():
        return packaged
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    raise RuleError([f"{packaged}: the built-in rule files are missing; reinstall summaryparse"])


def load(folders: Iterable[Path]) -> RuleSet:
    """Rules of all folders, later ones replacing those of the same id; raises RuleError with all problems.

    The first folder is the built-in one; those of the others are the user's.
    """
    by_id: dict[str, Rule] = {}
    built_in: dict[str, Rule] = {}
    users: dict[str, str] = {}
    problems: list[str] = []
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        seen: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                data = file_bytes(path)
            except RuleError as error:
                problems += error.problems
                continue
            digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + data + b"\0")
            for rule in read_file(path, data, problems):
                if rule.id in seen:
                    problems.append(f"{path}: {rule.id}: id is used twice, also in {seen[rule.id]}")
                seen[rule.id] = path.name
                by_id[rule.id] = rule
                if number:
                    users[rule.id] = str(path)
        built_in = built_in or dict(by_id)
    problems += check_users(by_id, built_in, users) or check_patterns(by_id, users)
    rules = RuleSet(by_id, digest.hexdigest(), users)
    if not problems:
        sources = {i: rules.source(i) for i in users if isinstance(by_id[i], Shape)}
        replaced = {i: expand(i, built_in, ()) for i in sources if i in built_in}
        problems += compile_problems(sources, replaced, users)
    if problems:
        raise RuleError(problems)
    return rules


def check_users(
    by_id: Mapping[str, Rule], built_in: Mapping[str, Rule], users: Mapping[str, str]
) -> list[str]:
    """Problems of the user's rules that must be known before their references are written out."""
    if not users:
        return []
    problems = [
        f"{file}: {rule_id}: replaces a built-in rule of another kind, {type(built_in[rule_id]).__name__}"
        for rule_id, file in users.items()
        if rule_id in built_in and type(built_in[rule_id]) is not type(by_id[rule_id])
    ]
    patterns = {rule.id: rule.pattern for rule in by_id.values() if isinstance(rule, Shape)}
    words = {
        rule.id: sum(2 * len(form) for form in (rule.words if isinstance(rule, Words) else rule.forms))
        for rule in by_id.values()
        if isinstance(rule, Words | Unit)
    }
    return [*problems, *size_problems(patterns, words, users)]


def read_file(path: Path, data: bytes, problems: list[str]) -> list[Rule]:
    """The rules of one file; what is wrong with it is appended to `problems`."""
    try:
        content = tomllib.loads(data.decode("utf-8"))
        return list(RuleFile.model_validate(content).rules())
    except RecursionError:
        problems.append(f"{path}: is nested too deeply")
    except ValidationError as error:
        for item in error.errors():
            table, *rest = item["loc"] or ("file",)
            entry = content.get(str(table))
            name = ".".join(map(str, item["loc"]))
            if (
                rest
                and isinstance(entry, list)
                and isinstance(rest[0], int)
                and isinstance(entry[rest[0]], dict)
            ):
                name = f"{entry[rest[0]].get('id', name)}: {'.'.join(map(str, rest[1:]))}"
            problems.append(f"{path}: {name}: {item['msg']}")
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        problems.append(f"{path}: {error}")
    return []


def check_patterns(by_id: Mapping[str, Rule], users: Mapping[str, str]) -> list[str]:
    """Problems with references; expressions are compiled on first use, or all by `check_examples`."""
    problems = []
    for rule in by_id.values():
        if isinstance(rule, Shape):
            try:
                expand(rule.id, by_id, ())
            except (KeyError, ValueError) as error:
                name = place(rule.id, users)
                problems.append(f"{name}: pattern: {error.args[0]} is not a rule that can be referred to")
    return problems


def check_examples(rules: RuleSet) -> list[str]:
    """Every example and counter-example that does not hold, and every pattern that does not compile."""
    problems = []
    for rule in rules.by_id.values():
        if isinstance(rule, Indicator):
            continue
        try:
            pattern = rules.pattern(rule.id)
        except regex.error as error:
            problems.append(f"{rule.id}: pattern: {error}")
            continue
        for example in rule.examples:
            want = example.find("⟦"), example.find("⟧") - 1
            plain = example.replace("⟦", "").replace("⟧", "")
            spans = [m.span() for m in pattern.finditer(plain)]
            if not spans or (want[0] >= 0 and want not in spans):
                problems.append(f"{rule.id}: example does not match: {example}")
            elif (
                isinstance(rule, Shape)
                and rule.needs
                and not rules.could_match(rule.id, plain, 0, len(plain))
            ):
                problems.append(f"{rule.id}: needs: the example has none of these characters: {example}")
            elif (
                isinstance(rule, Shape)
                and rule.at_end
                and not rules.search_end(rule.id, plain, 0, len(plain))
            ):
                problems.append(f"{rule.id}: at_end: the example does not end in a match: {example}")
        for example in getattr(rule, "counter_examples", ()):
            if pattern.search(example):
                problems.append(f"{rule.id}: counter-example matches: {example}")
    return problems


@cache
def default_rules() -> RuleSet:
    """The built-in rules, loaded once a process."""
    return load([patterns_folder()])
