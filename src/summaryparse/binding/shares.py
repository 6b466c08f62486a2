"""Shares of a whole, progress against a plan, multiples of another level."""

from __future__ import annotations

from summaryparse.binding.lists import open_group
from summaryparse.binding.site import Draft, Site
from summaryparse.names import EMPTY, Name, slice_name, trim_front
from summaryparse.qualify import peel


def read_share(site: Site) -> Draft | None:
    """A share of a whole: 占比55%, 占职工总数的28.3%."""
    folded, rules = site.folded, site.rules
    if not site.letters["share.of"]:
        return None
    m = rules.pattern("share.of").search(folded, site.start, site.peeled.end) or rules.pattern(
        "share.of"
    ).search(folded, site.start, site.end)
    if m is None:
        return None
    subject = site.own(site.start, peel(folded, site.start, m.start(), rules).end)
    whole, noun = m["whole"], m["noun"] or ""
    share = slice_name(folded, m.start(), m.end("noun") if noun else m.end("whole"))
    if not noun:
        share = Name(f"占{slice_name(folded, *m.span('whole')).text}的比例" if whole else "占比", None)
    elif not whole:
        share = Name(f"占{noun}", share.span)
    antecedent, said = site.antecedent(), bool(subject.text)
    if said:
        subject = open_group(site, subject, site.start)
        name = contiguous(folded, subject, share)
        site.memory.group = [listed.joined(share) for listed in site.memory.group]
    else:
        place = slice_name(folded, trim_front(folded, site.start, m.start(), rules), m.start())
        dealt = open_group(site, EMPTY, site.start)
        told = site.told_before()
        subject = base = dealt if dealt.text else (told if told.text else site.antecedent_name())
        name = base.joined(place).joined(share)
        site.memory.group = [owner.joined(share) for owner in site.memory.group]
    bound = peel(folded, site.start, m.start(), rules).bound
    draft = Draft(site.context, name, "share.of", bound=bound, subject=EMPTY if noun else subject)
    previous = site.previous
    if previous and previous.rule == "share.of" and said and site.context.separator in (",", "、"):
        draft.part_of = previous.part_of
    elif not said and antecedent:
        draft.part_of = antecedent.part_of or None
    elif antecedent and not antecedent.past and antecedent.quantity.dimension != "ratio":
        draft.part_of = antecedent.part_of or antecedent
    return draft


def contiguous(folded: str, first: Name, second: Name) -> Name:
    """Two names as one slice where they adjoin, else put together."""
    if first.span and second.span and first.span[1] == second.span[0]:
        return slice_name(folded, first.span[0], second.span[1])
    return first.joined(second)


def read_yardstick(site: Site) -> Draft | None:
    """A budget or plan with its own figure, of which a share is told next: 完成预算数6万元的40%."""
    if not site.letters["link.yardstick"] or not site.ahead:
        return None
    folded, rules, following = site.folded, site.rules, site.ahead[0].quantity
    between = folded[site.context.quantity.after : following.start]
    if following.unit != "%" or not rules.pattern("link.of-yardstick").fullmatch(between):
        return None
    m = rules.pattern("link.yardstick").search(folded, site.start, site.peeled.end)
    if m is None:
        return None
    subject = site.own(site.start, m.start())
    base = subject if subject.text else site.antecedent_name()
    site.memory.progress = base.joined(Name(m[0], None)) if base.text else EMPTY
    name = site.memory.progress if subject.text else slice_name(folded, *m.span("norm"))
    return Draft(site.context, name, "norm.yardstick", past=True)


def read_progress(site: Site) -> Draft | None:
    """How much of a budget, plan or target an amount is: 为年初预算的98.3%."""
    previous, progress = site.previous, site.memory.progress
    if previous and previous.rule == "norm.yardstick" and site.context.separator == "" and progress.text:
        return Draft(site.context, progress, "share.progress")
    m = site.rules.pattern("link.progress").search(site.folded, site.start, site.end)
    if m is None:
        return None
    name = site.own(site.start, m.start())
    base = name if name.text else site.antecedent_name()
    bound = peel(site.folded, site.start, m.start() + 3, site.rules).bound
    words = slice_name(site.folded, m.start(), m.end()).text.rstrip("的")
    return Draft(site.context, base.joined(Name(words, None)), "share.progress", bound=bound)


def read_multiple(site: Site) -> Draft | None:
    """A level told as a multiple of another time's: 是上年同期的1.6倍."""
    if site.context.quantity.unit not in ("倍", "%", ""):
        return None
    if not site.letters["name.multiple-of"]:
        return None
    m = site.rules.pattern("name.multiple-of").search(site.folded, site.start, site.end)
    if m is None or (site.context.quantity.unit != "倍" and not m["cue"]):
        return None
    name = site.own(site.start, peel(site.folded, site.start, m.start(), site.rules).end)
    name = name if name.text else site.antecedent_name()
    bound = peel(site.folded, site.start, m.end("cue"), site.rules).bound if m["cue"] else "exact"
    return Draft(site.context, name, "level.multiple", bound=bound) if name.text else None
