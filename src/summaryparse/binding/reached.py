"""The levels at the two ends of a change, and levels of another time."""

from __future__ import annotations

from summaryparse.binding.lists import open_group
from summaryparse.binding.shares import read_share
from summaryparse.binding.site import Draft, Site
from summaryparse.names import Name, object_after, slice_name
from summaryparse.qualify import peel

LONGEST_FROM = 5  # 由原来的: what is longer may be the name itself


def read_reached(site: Site, end: int) -> Draft | None:
    """The level that a change reached: 由6台增至9台, 降到20%以下, 由3个科室调整为5个."""
    start = site.start
    if site.context.quantity.dimension == "ratio" and site.folded[start:end].lstrip(" \n、,").startswith(
        "占"
    ):
        return read_share(site)
    baseline = site.baseline(start, end)
    if baseline:
        end = baseline[0] if baseline[0] > start else end
        start = baseline[1] if baseline[0] <= start else start
    name = site.own(start, peel(site.folded, start, end, site.rules).end)
    previous = site.previous
    if previous and previous.rule == "change.from" and previous.context.clause == site.context.clause:
        name = previous.name if previous.name.text else name
    if not name.text:
        obj = object_after(site.folded, *site.context.right, site.rules)
        told = site.told_before()
        name = told if told.text else (obj if obj.text and not site.antecedent() else site.antecedent_name())
    name = stock_of(name, site) if not site.following() else open_group(site, name, site.start)
    draft = Draft(site.context, name, "change.reached")
    if previous and previous.rule == "change.from":
        draft.not_period = previous.period_text
    return draft if name.text else None


def stock_of(name: Name, site: Site) -> Name:
    """What an addition went to, where that is what was told before: 净增企业16家，达到21家."""
    added = site.antecedent()
    if added is None or added.name.text != name.text or added.quantity.dimension != "count":
        return name
    m = site.rules.pattern("name.increment").match(name.text)
    return Name(name.text[m.end() :], None) if m else name


def read_from(site: Site) -> Draft | None:
    """The level a change began at: 由上年的7.4天缩短至7.1天."""
    folded = site.folded
    if not site.letters["link.from"]:
        return None
    bounds = site.rules.compile("(?:%{bound.before.approx}|%{bound.before.min}|%{bound.before.max})$")
    said = bounds.search(folded, max(site.start, site.end - 4), site.end)
    end = site.strip_time(site.start, said.start() if said else site.end)
    m = site.rules.pattern("link.from").search(folded, max(site.start, end - 10), end)
    if m is None:
        return None
    rest = folded[site.context.quantity.after : site.context.quantity.after + 40]
    if not site.rules.pattern("change.ahead").match(rest):
        return None
    name = site.own(site.start, peel(folded, site.start, m.start(), site.rules).end)
    if not name.text and len(m[0]) > LONGEST_FROM:
        return None
    share = site.rules.pattern("share.of").match(name.text) if name.text.startswith("占") else None
    if share and len(share["noun"] or "") > 1:
        name = site.antecedent_name().joined(name)
    if not name.text:
        obj = object_after(folded, *site.context.right, site.rules)
        told = site.told_before()
        name = obj if obj.text else (told if told.text else site.antecedent_name())
    name = open_group(site, name, site.start)
    if not name.text:
        return None
    return Draft(site.context, name, "change.from", period_text=folded[m.end() : site.end].strip("的之 "))


def read_past(site: Site) -> Draft | None:
    """A level of another time: 较2019年的85.6/10万下降…."""
    folded = site.folded
    base = base_of_multiple(site)
    if base:
        return base
    baseline = site.baseline(site.start, site.end)
    bracketed = site.context.separator == "(" and not folded[site.start : site.end].strip()
    if bracketed:
        outer = site.context.outer
        baseline = site.baseline(*outer)
        if baseline and folded[baseline[1] : outer[1]].strip():
            baseline = None
    elif baseline and folded[baseline[1] : site.peeled.end].strip("的之 \n"):
        baseline = None
    if baseline is None:
        return None
    if site.peeled.end > site.end or site.context.quantity.unit == "":
        return None
    name = site.own(site.context.outer[0] if bracketed else site.start, baseline[0])
    if not name.text:
        name = site.antecedent_name()
    if not name.text:
        return None
    words = slice_name(folded, *baseline)
    draft = Draft(site.context, name, "change.past-level", baseline=words, past=True)
    draft.period_text = words.text.lstrip("较比与和同").removesuffix("相比")
    return draft


def base_of_multiple(site: Site) -> Draft | None:
    """The level of another time that what was told before is so many times of: 是2010年396万元的1.8倍."""
    followed = site.ahead[:1] and site.ahead[0].quantity.unit == "倍" and site.ahead[0].separator == ""
    if not followed or not site.letters["name.multiple-level"]:
        return None
    m = site.rules.pattern("name.multiple-level").search(site.folded, site.start, site.end)
    if m is None or not site.folded.startswith("的", site.context.quantity.after):
        return None
    name = site.own(site.start, m.start())
    name = name if name.text else site.antecedent_name()
    draft = Draft(site.context, name, "change.past-level", past=True, period_text=m["time"])
    return draft if name.text else None
