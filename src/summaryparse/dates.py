"""Dates and periods as documents write them, turned into days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import regex

from summaryparse.numerals import chinese_ordinal
from summaryparse.rules import RuleSet, default_rules

ROC_OFFSET = 1911
FIRST_ROC_ALONE = 100  # a lower number before 年度 may be anything where nothing else counts from 1911
FIRST_PLAN_BASE = (
    1951  # the first five-year plan ran from 1953; from the tenth on, plan n begins in 1951 + 5 n
)
DIGITS = {c: i % 10 for i, c in enumerate("〇一二三四五六七八九零")} | {"○": 0}


class Period(NamedTuple):
    """A stretch of whole days, both ends included; both None where the year is masked."""

    text: str
    start: date | None
    end: date | None


def parse_year(match: regex.Match[str]) -> int | None:
    """The western year of a match of a date rule, None where it is masked or not named."""
    groups = match.groupdict()
    if groups.get("roc"):
        return number_of(groups["roc"]) + ROC_OFFSET
    written = groups.get("y")
    if not written:
        return None
    return number_of(written) + (ROC_OFFSET if groups.get("era") else 0)


def number_of(year: str) -> int:
    """The number of a year as written: 2021, 二〇二一, 一百一十二."""
    if all(c in DIGITS for c in year):
        return int("".join(str(DIGITS[c]) for c in year))
    return int(year) if year.isascii() else chinese_ordinal(year)


def parse_date(folded: str, *, roc: bool = False, rules: RuleSet | None = None) -> date | None:
    """The first full date in the text; `roc` admits years counted from 1911 without their era's name."""
    found = search_date(folded, roc=roc, rules=rules)
    return found[0] if found else None


def search_date(
    folded: str, *, roc: bool = False, rules: RuleSet | None = None
) -> tuple[date, tuple[int, int]] | None:
    """The first full date in the text and where it stands in it, in code points, half-open."""
    rules = rules or default_rules()
    for rule_id in ("date.day", "date.dotted-roc") if roc else ("date.day",):
        for match in rules.pattern(rule_id).finditer(folded):
            year = parse_year(match)
            if year is None or (match.groupdict().get("roc") and not roc):
                continue
            try:
                return date(year, chinese_ordinal(match["m"]), chinese_ordinal(match["d"])), match.span()
            except ValueError:
                continue
    return None


def parse_period(
    folded: str, default_year: int | None = None, *, roc: bool = False, rules: RuleSet | None = None
) -> Period | None:
    """The first period in the text; `default_year` completes a part of a year that stands without one."""
    rules = rules or default_rules()
    found = next(find_periods(folded, roc=roc, rules=rules), None)
    if found is not None:
        return found
    if default_year is not None:
        for match in rules.pattern("date.yearless-period").finditer(folded):
            bounds = part_of_year(match, default_year)
            if bounds:
                return Period(match[0], *bounds)
    return None


def find_periods(folded: str, *, roc: bool, rules: RuleSet) -> Iterator[Period]:
    """All periods in the text that are named with their year, in order."""
    for match in rules.pattern("date.period").finditer(folded):
        period = period_of(match, roc=roc)
        if period:
            yield period


def period_of(match: regex.Match[str], *, roc: bool) -> Period | None:
    """The period of one match of the rule for named periods, None where its figures name none."""
    groups = match.groupdict()
    if groups["plan"]:
        first = FIRST_PLAN_BASE + 5 * chinese_ordinal("十" + groups["plan"])
        return Period(match[0], date(first, 1, 1), date(first + 4, 12, 31))
    if groups["masked"]:
        return Period(match[0], None, None)
    if groups["roc"] and not (roc or (groups["annual"] and number_of(groups["roc"]) >= FIRST_ROC_ALONE)):
        return None
    year = parse_year(match)
    if year is None or not 1 <= year <= 9998:
        return None
    if groups["last"]:
        last = number_of(groups["last"])
        return Period(match[0], date(year, 1, 1), date(last, 12, 31)) if last >= year else None
    bounds = part_of_year(match, year) or (date(year, 1, 1), date(year, 12, 31))
    return Period(match[0], *bounds)


def part_of_year(match: regex.Match[str], year: int) -> tuple[date, date] | None:
    """The first and last day of the half, quarter or months that a match names."""
    groups = match.groupdict()
    first, last = 0, 0
    if groups["half"]:
        first, last = (1, 6) if groups["half"] == "上" else (7, 12)
    elif groups["quarters"]:
        first, last = 1, 3 * (2 if groups["quarters"] in "二两2" else 3)
    elif groups["quarter"]:
        last = 3 * chinese_ordinal(groups["quarter"])
        first = last - 2
    elif groups["from"]:
        first, last = chinese_ordinal(groups["from"]), chinese_ordinal(groups["to"])
    elif groups["month"]:
        first = last = chinese_ordinal(groups["month"])
    if not 1 <= first <= last <= 12:
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
