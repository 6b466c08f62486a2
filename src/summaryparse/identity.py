"""Who reports, on what, about when: organisation, kind, period, dates and number of a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from summaryparse.dates import Period, find_periods, parse_period, search_date
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

Kind = Literal["summary", "plan", "other"]
OPENING = 600  # characters of a report in which it says who reports and about when
EARLY = timedelta(days=31)  # so long before a period ends a report on it may be dated
LAST_LOOKS_BACK, LAST_PLANS_OF_YEAR = (
    3,
    9,
)  # to this month reports look back on last year, plans are for this one


def organisation_in_title(text: str, rules: RuleSet) -> Span | None:
    """Where a title names the body that reports, half-open offsets into the title."""
    masked = rules.pattern("date.period").sub(lambda m: "\n" * len(m[0]), text)
    for match in rules.pattern("organisation.in-title").finditer(masked):
        start, end = match.span("name")
        start += lead_in(masked[start:end], rules)
        hears = start > 0 and rules.pattern("organisation.legislature").search(masked[start:end])
        if not hears and is_name(masked[start:end], rules):
            return start, end
    return None


def lead_in(name: str, rules: RuleSet) -> int:
    """How many characters before a name are no part of it."""
    match = rules.pattern("organisation.lead-in").match(name)
    return match.end() if match else 0


def is_name(name: str, rules: RuleSet) -> bool:
    """Whether words that end like a name are the name of one body."""
    if name in rules.words("organisation.generic") or len(name) < 3:
        return False
    return not any(
        rules.pattern(rule_id).search(name)
        for rule_id in ("organisation.not-a-name", "organisation.clause-word")
    )


def organisation_in_line(text: str, rules: RuleSet) -> Span | None:
    """Where a line of a sign-off or heading holds a name, without its date and its seal."""
    for rule_id in ("organisation.dated-line", "organisation.signed"):
        found = name_by(rule_id, text, rules)
        if found:
            return found
    return None


def organisation_in_head(text: str, rules: RuleSet) -> Span | None:
    """Where a line of a masthead holds a name: alone, with its date, or before the name of the brief."""
    if rules.pattern("organisation.line").match(text) or rules.pattern("organisation.dated-line").match(text):
        return organisation_in_line(text, rules)
    return organisation_in_title(text, rules)


def organisation_in_byline(text: str, rules: RuleSet) -> Span | None:
    """Where a line that names the person who reports holds the body's name before the office."""
    return name_by("report.byline", text, rules)


def organisation_in_source(text: str, rules: RuleSet) -> Span | None:
    """Where a line of a page names the body that a text comes from."""
    match = rules.pattern("organisation.source").search(text)
    return match.span("name") if match and is_name(match["name"], rules) else None


def name_by(rule_id: str, text: str, rules: RuleSet) -> Span | None:
    """The group `name` of a rule at the beginning of a line."""
    match = rules.pattern(rule_id).match(text)
    if match is None:
        return None
    start, end = match.span("name")
    return start, end


def organisation_in_text(text: str, rules: RuleSet) -> Span | None:
    """In whose name somebody reports to a meeting, else the first name in the opening of a report, past those
    who lead or support, whole sorts of bodies, the meeting that hears the report, and items of a count."""
    for match in rules.pattern("organisation.represented").finditer(text[:OPENING]):
        if ends_as_name(match["name"], rules) and is_name(match["name"], rules):
            start, end = match.span("name")
            return start, end
    led = rules.pattern("organisation.led-by")
    masked = led.sub(lambda m: "\n" * len(m[0]), text[:OPENING])
    for match in rules.pattern("organisation.in-text").finditer(masked):
        start, end = match.span("name")
        start += lead_in(match["name"], rules)
        name = masked[start:end]
        if not is_name(name, rules) or any(rules.pattern(rule_id).search(name) for rule_id in NOT_IN_TEXT):
            continue
        if not rules.pattern("organisation.counted").search(masked, sentence_start(masked, start), start):
            return start, end
    return None


def sentence_start(text: str, position: int) -> int:
    """Where the sentence, or the part of it between semicolons, begins that a position is in."""
    return max(text.rfind(mark, 0, position) for mark in "。!?;\n") + 1


NOT_IN_TEXT = ("organisation.sort", "organisation.legislature")


def ends_as_name(words: str, rules: RuleSet) -> bool:
    """Whether words end as the name of a body does."""
    endings = (*rules.words("organisation.ending"), *rules.words("organisation.short-ending"))
    return words.endswith(endings)


def kind_of(title: str, opening: str, rules: RuleSet) -> Kind:
    """Whether a report looks back or ahead, by its title and only else by its first sentences."""
    for rule_id, kind in KIND_RULES:
        if rules.pattern(rule_id).search(title):
            return kind
    if rules.pattern("report.other-word").search(title):
        return "other"
    cues = [
        (match.start(), kind)
        for rule_id, kind in CUE_RULES
        if (match := rules.pattern(rule_id).search(opening))
    ]
    return min(cues)[1] if cues else "other"


KIND_RULES: tuple[tuple[str, Kind], ...] = (
    ("report.formal-word", "other"),
    ("report.look-back", "summary"),
    ("report.plan-word", "plan"),
    ("report.summary-word", "summary"),
)
CUE_RULES: tuple[tuple[str, Kind], ...] = (("report.summary-cue", "summary"), ("report.plan-cue", "plan"))


def period_of_report(
    title: str, opening: str, issued: tuple[date, str] | None, kind: Kind, *, roc: bool, rules: RuleSet
) -> Period | None:
    """What time a report is about: its title says, or its opening, or the date of its sign-off as written."""
    found = parse_period(title, roc=roc, rules=rules)
    if found:
        return found
    day = issued[0] if issued else None
    inside = period_in_opening(opening, day, kind, roc=roc, rules=rules)
    year = inside.start.year if inside and inside.start else day.year if day else None
    part = parse_period(title, year, roc=roc, rules=rules)
    if part and part.end and year and day and kind != "plan" and part.end - day > EARLY:
        part = parse_period(title, year - 1, roc=roc, rules=rules)
    if part or inside:
        return part or inside
    if issued is None or kind != "summary" or not rules.pattern("date.annual").search(title + opening):
        return None
    reviewed = years_about(issued[0], kind)[0]
    return Period(issued[1], date(reviewed, 1, 1), date(reviewed, 12, 31))


def period_in_opening(
    opening: str, day: date | None, kind: Kind, *, roc: bool, rules: RuleSet
) -> Period | None:
    """The period in the first sentences that agrees best with the date of the report, else the first one.

    Years of founding and times that are only compared with are left out, the first of many years too where
    nothing tells that it is the last one, and several years stand back behind one.
    """
    masked = opening
    left_out = ("date.founding", "date.beside")
    for rule_id in left_out if day or kind != "other" else (*left_out, "date.since"):
        masked = rules.pattern(rule_id).sub(lambda m: "\n" * len(m[0]), masked)
    found = list(find_periods(masked, roc=roc, rules=rules))
    single = [p for p in found if not (p.start and p.end) or p.start.year == p.end.year] or found
    for year in years_about(day, kind) if day else ():
        fitting = next((p for p in single if p.start and p.start.year == year), None)
        if fitting:
            return fitting
    return single[0] if single else None


def years_about(day: date, kind: Kind) -> tuple[int, int]:
    """The years that a report of this date may be about, the likelier one first."""
    if kind == "plan":
        return (day.year + 1, day.year) if day.month > LAST_PLANS_OF_YEAR else (day.year, day.year + 1)
    return (day.year - 1, day.year) if day.month <= LAST_LOOKS_BACK else (day.year, day.year - 1)


def first_date(lines: Iterable[tuple[int, str]], *, roc: bool, rules: RuleSet) -> tuple[date, Span] | None:
    """The first full date in lines given with their offsets, and its half-open span."""
    for offset, text in lines:
        found = search_date(text, roc=roc, rules=rules)
        if found:
            day, (start, end) = found
            return day, (offset + start, offset + end)
    return None


def document_number(lines: Iterable[tuple[int, str]], rules: RuleSet) -> Span | None:
    """The number of a document in the lines of its heading, half-open."""
    for offset, text in lines:
        match = rules.pattern("block.document-number").search(text)
        if match:
            return offset + match.start(), offset + match.end()
    return None
