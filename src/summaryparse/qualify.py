"""Reads what a sentence says of a quantity beside its name: bound, baseline, status, period.

Works on folded text; offsets are code points, half-open.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from summaryparse.letters import Letters
from summaryparse.periods import Years
from summaryparse.quantities import Bound, Quantity
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

TAIL_WINDOW = 10
AIMS = ("status.target", "status.target-clause", "status.target-near", "status.target-sentence")


class Peeled(NamedTuple):
    """Where the words that link a name to its quantity begin, the bound they say, and those words."""

    end: int
    bound: Bound
    words: tuple[str, ...]


@cache
def bounds_before(rules: RuleSet) -> dict[str, Bound]:
    """Bound words that stand before a number."""
    names: tuple[Bound, ...] = ("approx", "min", "max")
    return {word: name for name in names for word in rules.words(f"bound.before.{name}")}


@cache
def tails(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """Linking words and bounds by their last character, longest first."""
    found: dict[str, list[str]] = {}
    words = {*rules.words("link.tail-words"), *rules.words("link.tail"), *bounds_before(rules)}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        found.setdefault(word[-1], []).append(word)
    return {last: tuple(words) for last, words in found.items()}


def peel(folded: str, start: int, end: int, rules: RuleSet) -> Peeled:
    """Strips linking words from the right end of the words before a quantity, one after the other."""
    words: list[str] = []
    bounds, by_last = bounds_before(rules), tails(rules)
    bound: Bound = "exact"
    while end > start:
        while end > start and folded[end - 1] in " \n\r\t":
            end -= 1
        if end == start:
            break
        for word in by_last.get(folded[end - 1], ()):
            if folded.endswith(word, start, end):
                break
        else:
            break
        window = max(start, end - TAIL_WINDOW)
        if len(word) == 1 and rules.pattern("link.tail-kept").search(folded, window, end):
            break
        if len(word) > 1 and rules.search_end("link.total-kept", folded, window, end):
            break
        said = None if words and words[-1] == "的" else bounds.get(word)
        if said and bound in ("exact", "approx"):
            bound = said
        words.append(word)
        end -= len(word)
    return Peeled(end, bound, tuple(words))


def bound_of(quantity: Quantity, before: Bound) -> Bound:
    """One bound out of the words before and behind a quantity: a limit says more than about."""
    for said in (quantity.bound, before):
        if said in ("min", "max"):
            return said
    return quantity.bound if quantity.bound != "exact" else before


class Setting(NamedTuple):
    """What the place of a passage says: whether it tells plans, the report's own year, the last one that it
    is about where that is no mere guess (what is said of a later one lies ahead), and what times without a
    year are read with."""

    plans: bool
    year: int | None
    last: int | None
    years: Years


def status_of(
    folded: str,
    sentence: Span,
    quantity: Quantity,
    around: Span,
    setting: Setting,
    letters: Letters,
    rules: RuleSet,
) -> str:
    """actual, target or requirement, by the clause, the sentence before it, and the section."""
    left_start, right_end = around
    before = folded[sentence[0] : quantity.start]
    clause_start = max([before.rfind(mark) for mark in ",;:。"]) + 1
    clause = before[clause_start:]
    after = folded[quantity.end : right_end + 1]
    if letters["status.requirement"] and rules.pattern("status.requirement").search(clause):
        return "requirement"
    if letters["status.requirement-after"] and rules.pattern("status.requirement-after").search(after):
        return "requirement"
    if letters["link.goal-after"]:
        goal = rules.pattern("link.goal-after")
        if goal.search(after) or goal.search(folded[quantity.after : right_end + 1]):
            return "target"
    if is_aimed(before, clause, letters, rules) and not rules.pattern("status.done").search(clause):
        return "target"
    future = years_said("status.future-year", before, rules) if letters["status.future-year"] else []
    sure = setting.last or (setting.year if future and years_said("status.by-year", before, rules) else None)
    if future and sure and max(future) > sure and future[-1] > sure:
        return "target"
    near = folded[left_start : quantity.start]
    if setting.plans and not says_done(near, rules):
        past = years_said("status.past-year", near, rules) if letters["status.past-year"] else []
        return "actual" if says_past(past, setting) else "target"
    return "actual"


def years_said(rule_id: str, words: str, rules: RuleSet) -> list[int]:
    """The years that a rule finds in a stretch, in order."""
    return [int(m["year"]) for m in rules.pattern(rule_id).finditer(words)]


def is_aimed(before: str, clause: str, letters: Letters, rules: RuleSet) -> bool:
    """Whether an aim is announced: in this part of the sentence, or for the list behind a colon."""
    if not any(letters[i] for i in AIMS):
        return False
    plain = rules.pattern("status.target-not").sub("", before)
    part = plain[plain.rfind(";") + 1 :]
    opening = plain[: plain.find(":") + 1]
    aims = rules.pattern("status.target")
    near = rules.pattern("status.target-not").sub("", clause)
    expected = rules.pattern("status.target-clause").search(near)
    return bool(
        expected
        or aims.search(part)
        or aims.search(opening)
        or rules.pattern("status.target-sentence").search(plain)
        or rules.pattern("status.target-near").search(near)
    )


def says_done(clause: str, rules: RuleSet) -> bool:
    """Whether the words say that something has been done."""
    return bool(rules.pattern("status.actual").search(clause))


def says_past(years: list[int], setting: Setting) -> bool:
    """Whether the year named last lies before the report's own."""
    return bool(years and setting.year and years[-1] < setting.year)


def baseline_in(folded: str, start: int, end: int, rules: RuleSet) -> Span | None:
    """The words in a stretch that say what a change is compared with: 同比, 较上年同期."""
    found = None
    for m in rules.pattern("baseline.words").finditer(folded, start, end):
        found = m.span()
    return found
