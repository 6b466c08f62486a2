"""By how much something moved, and what it was that moved."""

from __future__ import annotations

from decimal import Decimal
from re import Match

from summaryparse.binding.lists import open_group
from summaryparse.binding.reached import read_reached
from summaryparse.binding.site import RATIO_UNITS, Draft, Site, has_object
from summaryparse.names import EMPTY, Name, slice_name
from summaryparse.qualify import peel
from summaryparse.rules import word_set


def read_change(site: Site) -> Draft | None:
    """A verb of change before the number: 同比增长5%, or a level reached: 增至21台."""
    folded, rules = site.folded, site.rules
    end = site.strip_time(site.start, site.end)
    m = rules.search_end("change.tail", folded, max(site.start, end - 16), end)
    opened = (
        site.previous
        and site.previous.rule == "change.from"
        and site.previous.context.clause == site.context.clause
    )
    if m is None and opened and folded[site.start : end].strip() in ("到", "至"):
        return read_reached(site, site.start)
    if m is None or (end < site.end and not (m["to"] or m["level"])):
        return None
    if m["level"] or (m["to"] and not tells_amount(m, site)):
        return read_reached(site, m.start())
    unit = site.context.quantity.unit
    draft = Draft(site.context, EMPTY, "change.verb", "change")
    baseline = site.baseline(site.start, site.end)
    name_start, name_end = site.start, m.start()
    if baseline:
        draft.baseline = compared(slice_name(folded, *baseline), site)
        first = next(rules.pattern("baseline.words").finditer(folded, site.start, site.end)).start()
        if first <= site.start + 1 or not folded[site.start : first].strip(" ,、"):
            name_start = max(name_start, baseline[1])
            name_end = max(name_end, name_start)
        elif baseline[1] <= name_end:
            name_end = first
    else:
        draft.baseline = told_baseline(site, nominal=bool(m["nominal"]))
    joint = site.folded[name_start:name_end].strip(" 、")
    if site.memory.group and (not joint or joint in word_set(rules, "link.conjunction")):
        draft.name = site.memory.group.pop(0)
    else:
        draft.name = change_name(site, name_start, name_end)
    if not draft.name.text and site.ahead:
        ahead = site.ahead[0].left
        draft.name = site.own(ahead[0], peel(folded, *ahead, rules).end)
    if not draft.name.text:
        return None
    draft.direction = direction(m, draft, site)
    value = site.context.quantity.value
    if value is not None and value < 0:
        quantity = site.context.quantity
        site.context.quantity = quantity._replace(start=quantity.start + 1, value=-value)
        draft.direction = "down" if draft.direction == "up" else "up"
    if unit not in RATIO_UNITS and not draft.baseline.text and is_deed(site, name_start, name_end):
        return None
    if not draft.baseline.text and not joint and is_same_change(draft, site):
        draft.baseline = site.previous.baseline  # type: ignore[union-attr]
    draft.change_of = owner(site, draft.name)
    return draft


def compared(words: Name, site: Site) -> Name:
    """What a change is compared with; nothing where the words only say in what prices it is counted."""
    return EMPTY if site.rules.pattern("baseline.prices").fullmatch(words.text) else words


def is_same_change(draft: Draft, site: Site) -> bool:
    """Whether a rate tells again what an amount has just told: 比上年增加6亿元,增长26.8%."""
    before = site.previous
    if before is None or before.kind != "change" or before.direction != draft.direction:
        return False
    between = site.folded[before.quantity.after : site.context.left[0]].strip(" \n")
    return (
        before.quantity.unit not in RATIO_UNITS
        and draft.quantity.unit in ("%", "倍")
        and between in (",", "(")
    )


def tells_amount(m: Match[str], site: Site) -> bool:
    """Whether 为 or 达 behind a verb of change leads to by how much, and not to the level reached."""
    verb = m["up"] or m["down"]
    if (
        m["to"] == "达"
        and site.context.quantity.unit == "%"
        and verb in word_set(site.rules, "change.amount")
    ):
        return True
    return m["to"] in ("为", "达到") and site.baseline(site.start, m.start()) is not None


def told_baseline(site: Site, *, nominal: bool) -> Name:
    """What a change is compared with where its own clause does not say it; `nominal` as for 增幅."""
    prior, previous = site.context.prior, site.previous
    said = site.baseline(*prior)
    if said:
        found = compared(slice_name(site.folded, *said), site)
        if (
            found.text
            and not site.folded[prior[0] : said[0]].strip()
            and not site.folded[said[1] : prior[1]].strip()
        ):
            site.memory.fronted = found
        return found
    if site.memory.fronted.text or previous is None:
        return site.memory.fronted
    counted_from = previous.past and (
        previous.context.clause == site.context.clause or is_compared(previous, site)
    )
    return previous.baseline if counted_from or (nominal and previous.kind == "change") else EMPTY


def is_compared(past: Draft, site: Site) -> bool:
    """Whether the level of another time, right before, is what is compared with: 与上年的4万人相比,增加…."""
    between = site.folded[past.quantity.after : site.context.left[0]]
    return site.rules.pattern("baseline.behind").fullmatch(between) is not None


def direction(m: object, draft: Draft, site: Site) -> str:
    """up or down, by the verb or by the two levels that the sentence gives."""
    groups = m.groupdict()  # type: ignore[attr-defined]
    if groups["nominal"]:
        return "down" if groups["nominal"] in word_set(site.rules, "change.nominal-down") else "up"
    if groups["turn"]:
        levels = [
            d.quantity.value for d in site.drafts if d.kind == "level" and d.name.text == draft.name.text
        ]
        known = [value for value in levels[-2:] if isinstance(value, Decimal)]
        return "up" if len(known) < 2 or known[1] >= known[0] else "down"
    return "up" if groups["up"] else "down"


def is_deed(site: Site, start: int, end: int) -> bool:
    """Whether the verb tells what was done and not how a figure moved: 增加病床50张 with its noun behind."""
    return not site.own(start, end).text and has_object(site)


def change_name(site: Site, start: int, end: int) -> Name:
    """What changed: the words before the verb, or the level that was given last."""
    stop = peel(site.folded, start, end, site.rules).end
    name = site.own(start, stop)
    if not name.text and site.context.separator == ":" and start == site.start:
        label = site.own(*site.context.lead)
        if label.text:
            return label
    if not name.text:
        found = open_group(site, EMPTY, start)
        if found.text:
            return found
        told = site.told_before()
        found = told if told.text else site.alike_name()
        return found if found.text else site.memory.said
    if name.text in word_set(site.rules, "name.head-stop"):
        name = site.antecedent_name().joined(name) if site.antecedent_name().text else name
    return open_group(site, name, start)


def owner(site: Site, name: Name) -> Draft | None:
    """The level that a change belongs to: the one of the same name."""
    for draft in reversed(site.drafts):
        if draft.kind == "level" and not draft.past and draft.name.text == name.text:
            return draft
    found = site.antecedent()
    return found if found and found.name.text == name.text else None


def read_front(site: Site) -> Draft | None:
    """A verb of change with its noun between it and the share: 压减一般性支出5%."""
    if site.context.quantity.unit not in ("%", "百分点"):
        return None
    m = site.rules.pattern("change.front").match(site.folded, site.start, site.peeled.end)
    if m is None:
        return None
    name = slice_name(site.folded, m.end(), site.peeled.end)
    if not name.text or name.text.endswith(("率", "比", "比例", "比重")):
        return None
    return Draft(site.context, name, "change.front", "change", "down" if m["down"] else "up")


def read_doubling(site: Site) -> Draft | None:
    """翻一番 and its like: a change by so many hundred per cent."""
    before = max(site.folded.rfind("翻", site.start, site.context.left[1]), site.start)
    baseline = site.baseline(site.start, before)
    name = change_name(site, baseline[1] if baseline else site.start, before)
    said = slice_name(site.folded, *baseline) if baseline else EMPTY
    draft = Draft(site.context, name, "change.doubling", "change", "up", said)
    draft.change_of = owner(site, name)
    return draft if name.text else None
