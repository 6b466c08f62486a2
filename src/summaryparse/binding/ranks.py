"""Places in a ranking."""

from __future__ import annotations

from summaryparse.binding.site import Draft, Site
from summaryparse.names import Name, slice_name
from summaryparse.qualify import peel


def read_rank(site: Site) -> Draft | None:
    """A place in a ranking, where words before the ordinal say that there is one."""
    folded, rules = site.folded, site.rules
    end = site.end
    ordinal = site.context.quantity.role == "ordinal"
    end -= 1 if ordinal and folded[end - 1 : end] == "第" else 0
    if site.context.quantity.unit not in ("位", "名", "", "%", "强"):
        return None
    following = folded[site.context.quantity.end : site.context.quantity.end + 1]
    if site.context.quantity.unit == "" and following not in ("", ",", ";", "。", ")", "(", "、", " ", "\n"):
        return None
    cue = rules.pattern("rank.cue").search(folded, site.start, end)
    if cue is None:
        return None
    name = rank_name(site, end)
    draft = Draft(site.context, name, "rank.ordinal", "rank")
    return draft if name.text else None


def rank_name(site: Site, end: int) -> Name:
    """What was ranked, and where among: the words up to the ordinal, or the subject before them."""
    previous = site.previous
    if previous and previous.kind == "rank" and previous.context.clause == site.context.clause:
        return previous.name
    if site.rules.pattern("rank.subjectless").match(site.folded, site.start, end):
        words = slice_name(site.folded, site.start, end)
        found = site.antecedent()
        if previous and previous.context.clause == site.context.clause and not found:
            left = previous.context.left
            subject = site.own(left[0], peel(site.folded, *left, site.rules).end)
            return subject.joined(words) if subject.text else words
        return found.name.joined(words) if found and found in site.drafts else words
    name = site.own(site.start, peel(site.folded, site.start, end, site.rules).end)
    return name if name.text else site.antecedent_name()


def read_placed(site: Site) -> Draft | None:
    """A rank without 第: 全市排名45位."""
    if site.context.quantity.unit not in ("位", "名"):
        return None
    if not site.rules.pattern("rank.placed").search(site.folded, site.start, site.end):
        return None
    name = rank_name(site, site.end)
    return Draft(site.context, name, "rank.placed", "rank") if name.text else None
