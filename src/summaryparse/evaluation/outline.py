"""Compares the section tree and what reports say of themselves with an annotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from summaryparse.evaluation.gold import Gold, GoldReport
from summaryparse.evaluation.rows import Mistake, Tally, letters
from summaryparse.model import Report, Section

FIELDS = ("title", "organisation", "year", "kind", "issued")
WORDED = {"title", "organisation"}
# A report may begin at a blank or a mark that stands before its title.
REACH = 2
Place = tuple[Section, int | None]


def compare_sections(gold: Gold, reports: Sequence[Report], low: int, high: int, tally: Tally) -> None:
    """Counts sections found at the right place, with the right parent, and with the right heading."""
    found = {
        section.span[0]: (section, parent)
        for section, parent in chain.from_iterable(placed(report.sections, None) for report in reports)
        if low <= section.span[0] < high
    }
    tally.counts["outlined"] += len(found)
    tally.counts["sections"] += len(gold.sections)
    for item in gold.sections:
        if item.at not in found:
            tally.mistakes.append(Mistake("section", item.at, f"missed {item.marker!r} {item.heading!r}"))
            continue
        section, parent = found[item.at]
        tally.counts["section"] += 1
        if parent in {item.parent, *item.parents}:
            tally.counts["tree"] += 1
        else:
            message = f"{item.marker!r} {item.heading!r}: want the parent at {item.parent}, got {parent}"
            tally.mistakes.append(Mistake("parent", item.at, message))
        if letters(section.heading) in set(map(letters, (item.heading, *item.accept))):
            tally.counts["heading"] += 1
        else:
            message = f"want {item.heading!r}, got {section.heading!r}"
            tally.mistakes.append(Mistake("heading", item.at, message))
    for at in found.keys() - {item.at for item in gold.sections}:
        section = found[at][0]
        tally.mistakes.append(Mistake("section", at, f"spurious {section.marker!r} {section.heading!r}"))


def placed(sections: Sequence[Section], parent: int | None) -> Iterator[Place]:
    """Every section below, with the offset of its parent."""
    for section in sections:
        yield section, parent
        yield from placed(section.sections, section.span[0])


def compare_meta(gold: Gold, reports: Sequence[Report], tally: Tally) -> None:
    """Counts for each report where it begins, its title, organisation, year, kind and date of issue."""
    for item in gold.meta.reports:
        tally.counts["meta"] += 1 + len(FIELDS)
        report = next((report for report in reports if begins_at(report, item.at)), None)
        if report is None:
            tally.mistakes.append(Mistake("meta", item.at, f"no report begins here: {item.title!r}"))
            continue
        tally.counts["meta_right"] += 1
        for name, value in said(report).items():
            accepted = readings(item, name)
            if value in accepted or not (value or accepted[0]):
                tally.counts["meta_right"] += 1
            else:
                message = f"{name}: want {getattr(item, name)!r}, got {value!r}"
                tally.mistakes.append(Mistake("meta", item.at, message))


def begins_at(report: Report, at: int) -> bool:
    """Whether the report, or its title, begins there."""
    return abs(report.span[0] - at) <= REACH or (report.title is not None and report.title.span[0] == at)


def said(report: Report) -> dict[str, str | int | None]:
    """What a report says of itself, in the form that annotations have."""
    period = report.period
    return {
        "title": letters(report.title.text if report.title else None),
        "organisation": letters(report.organisation.text if report.organisation else None),
        "year": period.start.year if period and period.start else None,
        "kind": report.kind,
        "issued": report.issued.date.isoformat() if report.issued else None,
    }


def readings(item: GoldReport, name: str) -> list[str | int | None]:
    """Every accepted reading of a field, the annotated one first."""
    accepted = [getattr(item, name), *item.accept.get(name, ()), *getattr(item, f"{name}_alt", ())]
    return [letters(reading) for reading in accepted] if name in WORDED else accepted
