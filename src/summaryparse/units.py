"""The unit that stands behind a number, as the rules list them.

Works on folded text; offsets are code points, half-open.
"""

from __future__ import annotations

from functools import cache

from summaryparse.rules import RuleSet, Unit, word_set


@cache
def unit_table(rules: RuleSet) -> dict[str, tuple[tuple[str, Unit], ...]]:
    """The forms of units that a text can hold, longest first, by the two characters that it begins with, and
    by the first alone where the second begins no longer form; the first rule that names a form has it."""
    forms: dict[str, Unit] = {}
    for unit in rules.of(Unit):
        for form in unit.forms:
            forms.setdefault(form, unit)
    found: dict[str, list[tuple[str, Unit]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        found.setdefault(form[:2], []).append((form, forms[form]))
    for pair in [pair for pair in found if len(pair) == 2]:
        found[pair] += found.get(pair[0], ())
    return {begin: tuple(units) for begin, units in found.items()}


def forms_at(folded: str, at: int, rules: RuleSet) -> tuple[tuple[str, Unit], ...]:
    """The forms that can stand at an offset, longest first."""
    table = unit_table(rules)
    found = table.get(folded[at : at + 2])
    return table.get(folded[at : at + 1], ()) if found is None else found


def match_unit(folded: str, at: int, end: int, rules: RuleSet) -> tuple[str, int, Unit] | None:
    """The longest unit at an offset, at most one blank or line break before it: its form, end and rule."""
    if folded.startswith((" ", "\n"), at):
        at += 1
    elif folded.startswith("\r\n", at):
        at += 2
    first = folded[at : at + 1]
    found = unit_at(folded, at, end, "", rules)
    if found or first not in ("个", "/"):
        return found
    return unit_at(folded, at + 1, end, first, rules)


def unit_at(folded: str, at: int, end: int, before: str, rules: RuleSet) -> tuple[str, int, Unit] | None:
    """The longest unit that begins at an offset, behind 个 or a slash if there is one: 3个百分点, 25/人次."""
    for form, unit in forms_at(folded, at, rules):
        if not folded.startswith(form, at, end):
            continue
        if before == "个" and form not in word_set(rules, "quantity.after-ge"):
            continue
        if before == "/" and unit.dimension != "count":
            continue
        if not before and form == "个" and folded.startswith(rules.words("quantity.after-ge"), at + 1, end):
            return None
        stop = at + len(form)
        following = folded[stop : stop + 1]
        begins_word = rules.openings("quantity.not-unit-after")[following]
        if begins_word and rules.pattern("quantity.not-unit-after").match(folded, stop):
            continue
        if is_latin(form[-1]) and is_latin(following):
            continue
        if following in ("/", "·"):
            stop = per_end(folded, stop, end, rules)
        return form + folded[at + len(form) : stop], stop, unit
    return None


def is_latin(character: str) -> bool:
    """Whether a character is a Latin letter."""
    return character.isascii() and character.isalpha()


def per_end(folded: str, at: int, end: int, rules: RuleSet) -> int:
    """Where a unit goes on as a rate: 元/餐, 元/人·日."""
    while at < end and folded[at] in "/·":
        words = [w for w in rules.words("quantity.per") if folded.startswith(w, at + 1, end)]
        if not words:
            break
        at += 1 + max(map(len, words))
    return at
