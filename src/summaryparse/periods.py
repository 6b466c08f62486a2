"""The times that a sentence names, what they mean in days, and which figures they are told of.

Works on folded text; offsets are code points, half-open.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from re import Match
from typing import NamedTuple

from summaryparse.dates import Period, parse_date, parse_period
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

YEAR_WORDS = frozenset(
    ("全年", "全年度", "年末", "年底", "年内", "今年", "今年内", "今年度", "今年全年", "本年", "本年度")
) | {f"今{words}" for words in ("年底", "年末", "年年底", "年年末")}
OWN_YEAR = "今年"  # the report's own, whatever year was named before
PASSING = ("今年", "年内")  # inside a sentence, of its part alone
WHOLE_YEAR = ("全年", "年度")
STARTS = ("由", "将", "从", "自")
CLAUSE_ENDS = ",;:。、( \n"
FIGURE_WINDOW = 24


class Said(NamedTuple):
    """A period and the stretch whose figures it can be that of; figures beyond fall to the one before it."""

    start: int
    stop: int
    period: Period


class Scope(NamedTuple):
    """Where the figures stand that a time can be told of; `level` if it is that of a level which changed."""

    start: int
    stop: int
    level: bool = False


class Years(NamedTuple):
    """The years that times without one are read with: the report's own, the one that 今年 is, and the one
    that the paragraph has named at the head of a sentence before."""

    own: int | None
    now: int | None
    told: int | None = None


def periods_in(folded: str, sentence: Span, years: Years, rules: RuleSet) -> tuple[list[Said], int | None]:
    """The periods that a sentence says, but for those that something is compared with, and the year that
    holds for the sentences after it."""
    found: list[Said] = []
    told = years.told
    for m in rules.matches("metric.period", folded, *sentence):
        start, end = m.span()
        scope = scope_of(folded, m, sentence, rules) if m[0] else None
        if scope is None or in_title(folded, start, sentence[0]):
            continue
        said = m[0]
        own = said.startswith(OWN_YEAR)
        if scope.level:
            said = said.lstrip("从自")
        period = resolve(said, years.now if own else told or years.own, rules)
        if own:
            told = None
        elif scope[:2] == (end, sentence[1]) and is_headed(folded, start, end, sentence[0]):
            told = year_named(said, period) or told
        found.append(Said(*scope[:2], period))
    return found, told


def is_headed(folded: str, start: int, end: int, first: int) -> bool:
    """Whether a time stands at the head of a clause or makes one by itself."""
    return start == first or folded[start - 1] in CLAUSE_ENDS or folded[end : end + 1] == ","


def year_named(said: str, period: Period) -> int | None:
    """The year that the words for a period name, where it is one."""
    if period.start and period.end and period.start.year == period.end.year and str(period.end.year) in said:
        return period.end.year
    return None


def scope_of(folded: str, m: Match[str], sentence: Span, rules: RuleSet) -> Scope | None:
    """Where the figures stand that a time can be told of; None where it is only compared with."""
    start, end = m.span()
    if folded.endswith(rules.words("metric.base-before"), sentence[0], start):
        return None
    if m[0].startswith(WHOLE_YEAR) and rules.pattern("metric.budget-behind").match(folded, end):
        return None
    if folded.endswith(rules.words("metric.multiple-before"), sentence[0], start):
        base = rules.pattern("metric.multiple-behind").match(folded, end, sentence[1])
        if base:
            return Scope(end, base.end("amount"))
    if (m[0][0] in STARTS or folded.endswith(STARTS, sentence[0], start)) and not goes_on(m[0], rules):
        base = rules.pattern("metric.start-behind").match(folded, end, sentence[1])
        if base:
            return Scope(end, base.end("level"), level=True)
    opened = folded.rfind("(", sentence[0], start)
    if opened > folded.rfind(")", sentence[0], start):
        return scope_in_bracket(folded, m, opened, sentence, rules)
    if m[0].startswith(PASSING) and folded[sentence[0] : start].strip():
        stop = folded.find(";", end, sentence[1])
        colon = folded.find(":", end, stop)
        opens = colon >= 0 and not folded[colon + 1].isdigit()
        return Scope(end, stop if stop >= 0 and not opens else sentence[1])
    return Scope(end, sentence[1])


def scope_in_bracket(folded: str, m: Match[str], opened: int, sentence: Span, rules: RuleSet) -> Scope:
    """Where the figures of a time in a bracket stand: in the bracket too; where that holds only the time, it
    is told of the figure right before it, else of what follows."""
    start, end = m.span()
    closed = folded.find(")", end, sentence[1])
    if closed != end or opened + 1 != start:
        return Scope(end, closed if closed >= 0 else sentence[1])
    near = max(sentence[0], opened - FIGURE_WINDOW)
    figure = rules.search_end("metric.figure-before", folded, near, opened)
    return Scope(figure.start(), opened) if figure else Scope(end, sentence[1])


def goes_on(said: str, rules: RuleSet) -> bool:
    """Whether the words for a time say that what is told goes on from there."""
    return bool(rules.search_end("metric.onward", said, 0, len(said)))


def resolve(said: str, year: int | None, rules: RuleSet) -> Period:
    """The days that the words for a period mean, as far as they tell; `year` is what they leave out."""
    years = rules.pattern("metric.years").search(said)
    if years:
        return span_of_years(said, years)
    days = rules.pattern("metric.days").match(said)
    if days:
        return span_of_days(said, days, year)
    months = rules.pattern("metric.months").match(said)
    if months and year is not None:
        count = int(months["count"])
        return Period(said, date(year, 1, 1), date(year, count, monthrange(year, count)[1]))
    until = rules.pattern("metric.until").match(said)
    if until and (year is not None or until["year"]):
        return open_period(said, until, year or 0)
    resolved = parse_period(said, year, rules=rules)
    if resolved is None and year is not None:
        if said in YEAR_WORDS:
            resolved = parse_period(f"{year}年", rules=rules)
        elif said == "明年":
            resolved = parse_period(f"{year + 1}年", rules=rules)
    if resolved is None:
        return Period(said, None, None)
    if said[-1] == "末" and "五" in said:
        return Period(said, None, resolved.end)
    day = parse_date(said, rules=rules) if said.endswith("日") else None
    if day:
        return Period(said, day, day)
    if said[0] in STARTS or goes_on(said, rules):
        return Period(said, resolved.start, None)
    return Period(said, resolved.start, resolved.end)


def span_of_years(said: str, years: Match[str]) -> Period:
    """A period over more years than one: 2020年10月-2021年5月, 2006—2010年, 2022/23年度."""
    first, last = years["first"], years["last"] or years["until"] or years["turn"]
    begin, stop = int(first), int(first[: 4 - len(last)] + last)
    month, to = int(years["from"] or 1), int(years["to"] or 12)
    try:
        start = date(begin, month, int(years["day"] or 1))
        end = date(stop, to, int(years["end"] or monthrange(stop, to)[1]))
    except ValueError:
        return Period(said, None, None)
    return Period(said, start, end) if start <= end else Period(said, None, None)


def span_of_days(text: str, days: Match[str], year: int | None) -> Period:
    """A period told by its first and last day, 1月1日至3月31日; without dates where they are none."""
    year = int(days["in"] or year or 0)
    first = int(days["first"])
    last = int(days["last"] or first)
    try:
        start, end = date(year, first, int(days["day"])), date(year, last, int(days["end"]))
    except ValueError:
        return Period(text, None, None)
    return Period(text, start, end) if start <= end else Period(text, None, None)


def open_period(text: str, until: Match[str], year: int) -> Period:
    """A period with one end told: 截至9月30日, 今年以来."""
    if until["since"]:
        return Period(text, date(year, 1, 1), None)
    month, day = int(until["month"] or until["snapshot"]), until["day"]
    year = int(until["year"] or year)
    try:
        last = monthrange(year, month)[1]
        return Period(text, None, date(year, month, min(int(day), last) if day else last))
    except ValueError:
        return Period(text, None, None)


def in_title(folded: str, at: int, start: int) -> bool:
    """Whether a title mark 《 is open at an offset."""
    return folded.rfind("《", start, at) > folded.rfind("》", start, at)
