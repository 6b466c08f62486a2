"""Distances to a norm or an average, and changes told by a sign."""

from __future__ import annotations

from summaryparse.binding.changes import owner
from summaryparse.binding.site import RATIO_UNITS, Draft, Site
from summaryparse.names import EMPTY, slice_name
from summaryparse.qualify import peel
from summaryparse.rules import word_set


def read_gap(site: Site) -> Draft | None:
    """The distance to a norm or an average: 低于全县平均水平1.7个百分点."""
    folded, rules, previous = site.folded, site.rules, site.previous
    told = (
        previous is not None
        and previous.rule in ("norm.beside", "norm.aim")
        and previous.context.clause == site.context.clause
    )
    if not told and not site.letters["baseline.norm"] and not site.letters["baseline.beside"]:
        return None
    end = before_bracket(site, peel(folded, site.start, site.end, rules).end)
    end = site.end if end == site.peeled.end else end
    m = rules.pattern("baseline.norm").search(folded, site.start, end) or rules.pattern(
        "baseline.beside"
    ).search(folded, site.start, end)
    if m is None and site.context.quantity.unit in word_set(rules, "quantity.after-ge"):
        m = rules.pattern("baseline.beyond").search(folded, site.start, end)
    beside = rules.pattern("baseline.distance").match(folded, site.start, end)
    if m is None and beside and told and previous:
        found = site.alike_name()
        draft = Draft(
            site.context, found, "change.gap", "change", "down" if beside["low"] else "up", previous.baseline
        )
        return draft if found.text else None
    measured = site.context.quantity.unit in (*RATIO_UNITS, "天", "元", "分", "分钟", "日")
    if m is None or not (measured or rules.pattern("baseline.is-norm").search(m["norm"])):
        return None
    if rules.pattern("baseline.words").fullmatch(folded, m.start(), m.end("norm")):
        return None
    below = m["low"]
    name = site.own(site.start, m.start())
    if not name.text:
        name = site.alike_name()
    if not name.text and previous and previous.kind == "change":
        name = previous.name
    if not name.text:
        return None
    baseline = slice_name(site.folded, m.start("norm"), m.end("norm"))
    draft = Draft(site.context, name, "change.gap", "change", "down" if below else "up", baseline)
    draft.change_of = owner(site, name)
    return draft


def before_bracket(site: Site, end: int) -> int:
    """The offset before a bracket that ends here, else the offset itself."""
    if site.folded[end - 1 : end] != ")":
        return end
    opened = site.folded.rfind("(", site.start, end)
    return opened if opened > site.start else end


def read_norm(site: Site) -> Draft | None:
    """A norm with its own figure, from which a distance follows: 比警戒线4%高0.3个百分点."""
    folded, rules = site.folded, site.rules
    if not site.letters["norm.lead"]:
        return None
    right = site.context.right
    if not rules.pattern("norm.trail").match(folded, *right):
        return None
    m = rules.pattern("norm.lead").search(folded, site.start, site.end)
    if m is None:
        return None
    if site.context.quantity.dimension != "ratio" and not m["far"]:
        return None
    norm = slice_name(folded, m.start("norm"), m.end("norm"))
    name = site.antecedent_name().joined(norm) if norm.text else site.antecedent_name()
    aimed = rules.pattern("norm.aim").search(norm.text + folded[slice(*right)])
    rule = "norm.aim" if aimed else "norm.beside"
    return Draft(site.context, name, rule, baseline=norm, past=True) if name.text else None


def read_signed(site: Site) -> Draft | None:
    """A change told by its sign: 同比+6.3%, 基本持平(-1.8%)."""
    folded, quantity = site.folded, site.context.quantity
    start = quantity.start
    negative = quantity.value is not None and quantity.value < 0
    sign = "-" if negative else folded[start - 1 : start]
    if not negative and site.letters["baseline.words"]:
        sign = "+" if site.rules.search_end("change.bare", folded, site.start, start) else sign
    if sign not in ("+", "-"):
        return None
    baseline = site.baseline(site.start, start)
    if site.context.separator != "(" and baseline is None:
        return None
    alike = site.antecedent()
    told = site.own(site.start, baseline[0]) if baseline else EMPTY
    alike = None if told.text else alike
    if site.context.separator == "(":
        told = site.own(*site.context.outer)
    name = alike.name if alike else told
    if negative and quantity.value is not None:
        site.context.quantity = quantity._replace(start=start + 1, value=-quantity.value)
    draft = Draft(site.context, name, "change.signed", "change", "up" if sign == "+" else "down")
    draft.baseline = slice_name(folded, *baseline) if baseline else EMPTY
    draft.change_of = alike
    return draft if name.text else None
