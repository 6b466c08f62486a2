"""Gives a metric the id of the indicator catalogue when its name is one of the catalogue's."""

from __future__ import annotations

from functools import cache

from summaryparse.rules import Indicator, RuleSet


@cache
def catalogue(rules: RuleSet) -> dict[str, Indicator]:
    """Indicators by each of their names."""
    found: dict[str, Indicator] = {}
    for indicator in rules.of(Indicator):
        for name in (indicator.name, *indicator.aliases):
            found.setdefault(name, indicator)
    return found


@cache
def places(rules: RuleSet) -> tuple[str, ...]:
    """Wholes that may stand before an indicator without making it another one, longest first."""
    return tuple(sorted(rules.words("name.region"), key=len, reverse=True))


def find_indicator(name: str, unit: str | None, rules: RuleSet) -> str | None:
    """The catalogue's id for a name and unit, or None; of a change the name alone decides."""
    table, wholes = catalogue(rules), places(rules)
    lead = [word for word in wholes if name.startswith(word)] if name.startswith(wholes) else ()
    for word in ("", *lead):
        indicator = table.get(name[len(word) :].removeprefix("总").removeprefix("的")) or table.get(
            name[len(word) :]
        )
        if indicator and (unit is None or not indicator.units or unit in indicator.units):
            return indicator.id
    return None
