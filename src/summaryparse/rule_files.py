"""Reads and validates rule files: the built-in ones and those of the user."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from summaryparse.errors import RuleError
from summaryparse.rules import (
    Dimension,
    Guard,
    Indicator,
    Marker,
    Rule,
    RuleSet,
    Shape,
    Unit,
    Words,
    expand,
)
from summaryparse.user_rules import compile_problems, file_bytes, place, size_problems

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([.\-][a-z0-9]+)*$")]


class Entry(BaseModel):
    """What a rule file may say of every rule; the fields are those of the rule that it becomes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[Callable[..., Rule]]
    id: Id
    about: Text
    examples: Texts

    def rule(self) -> Rule:
        """The rule that it says."""
        return self.kind(**{name: getattr(self, name) for name in type(self).model_fields})


class WordsEntry(Entry):
    """[[words]]"""

    kind: ClassVar[Callable[..., Rule]] = Words
    words: Texts
    needs: str = ""

    @model_validator(mode="after")
    def check_needs(self) -> Self:
        """Every word has one of the characters that are said to be needed."""
        without = next((word for word in self.words if self.needs and not set(word) & set(self.needs)), None)
        if without:
            raise ValueError(f"{without} has none of the characters in needs")
        return self


class ShapeEntry(Entry):
    """[[shape]]"""

    kind: ClassVar[Callable[..., Rule]] = Shape
    pattern: Text
    needs: str = ""
    at_end: bool = False
    counter_examples: tuple[Text, ...] = ()


class GuardEntry(ShapeEntry):
    """[[guard]]"""

    kind: ClassVar[Callable[..., Rule]] = Guard
    counter_examples: Texts


class MarkerEntry(ShapeEntry):
    """[[marker]]"""

    kind: ClassVar[Callable[..., Rule]] = Marker
    counter_examples: Texts
    style: Id
    ordinal: Literal["chinese", "arabic", "circled", "roman", "latin", "dotted", "none"]
    rank: int
    inline: bool = False


class UnitEntry(Entry):
    """[[unit]]"""

    kind: ClassVar[Callable[..., Rule]] = Unit
    forms: Texts
    dimension: Dimension
    base: str | None = None
    factor: Text = "1"


class IndicatorEntry(Entry):
    """[[indicator]]"""

    kind: ClassVar[Callable[..., Rule]] = Indicator
    name: Text
    aliases: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()


class FileEntries(BaseModel):
    """One file of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[WordsEntry, ...] = ()
    shape: tuple[ShapeEntry, ...] = ()
    guard: tuple[GuardEntry, ...] = ()
    marker: tuple[MarkerEntry, ...] = ()
    unit: tuple[UnitEntry, ...] = ()
    indicator: tuple[IndicatorEntry, ...] = ()

    def rules(self) -> Iterator[Rule]:
        """Every rule of the file."""
        for entries in (self.words, self.shape, self.guard, self.marker, self.unit, self.indicator):
            for entry in entries:
                yield entry.rule()


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
        return list(FileEntries.model_validate(content).rules())
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
