"""Decides what each quantity of a sentence measures: level, change, share or rank, and of what.

Readings are tried from the most specific evidence to the least; each names its rule. Offsets are code
points of the folded text, half-open."""

from __future__ import annotations

from summaryparse.binding.amounts import read_level
from summaryparse.binding.antecedents import with_base
from summaryparse.binding.changes import read_change, read_doubling, read_front
from summaryparse.binding.lists import read_member
from summaryparse.binding.norms import read_gap, read_norm, read_signed
from summaryparse.binding.ranks import read_placed, read_rank
from summaryparse.binding.reached import read_from, read_past
from summaryparse.binding.shares import read_multiple, read_progress, read_share, read_yardstick
from summaryparse.binding.site import Draft, Memory, Site
from summaryparse.clauses import Context
from summaryparse.letters import Letters
from summaryparse.names import EMPTY
from summaryparse.qualify import peel
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

# In their order the first that applies; some only apply to rates and shares.
OF_ANY = (
    read_member,
    read_gap,
    read_norm,
    read_yardstick,
    read_change,
    read_past,
    read_from,
    read_placed,
    read_level,
)
OF_RATIOS = (
    read_member,
    read_signed,
    read_gap,
    read_norm,
    read_yardstick,
    read_multiple,
    read_progress,
    read_change,
    read_past,
    read_from,
    read_share,
    read_front,
    read_level,
)


def bind_sentence(
    folded: str, sentence: Span, contexts: list[Context], memory: Memory, letters: Letters, rules: RuleSet
) -> list[Draft]:
    """One draft for each quantity of a sentence that measures something."""
    drafts: list[Draft] = []
    for i, context in enumerate(contexts):
        peeled = peel(folded, context.left[0], context.left[1], rules)
        site = Site(
            folded, sentence, context, peeled, drafts, memory, rules, contexts[i + 1 : i + 6], letters
        )
        found = read_site(site)
        if found is None:
            continue
        found.name = with_base(site, found)
        found.bound = peeled.bound if peeled.bound != "exact" else found.bound
        if found.bound == "exact" and letters["bound.before.min-far"]:
            far = rules.pattern("bound.before.min-far").search(folded, *context.left)
            found.bound = "min" if far else "exact"
        remember(found, site)
        drafts.append(found)
    memory.group, memory.dealt, memory.whole, memory.before = [], [], None, drafts
    memory.fronted = EMPTY
    return drafts


def read_site(site: Site) -> Draft | None:
    """The first reading that applies; None where the quantity measures nothing."""
    role = site.context.quantity.role
    if role in ("ordinal", "front"):
        return read_rank(site)
    if role == "doubling":
        return read_doubling(site)
    for reading in OF_RATIOS if site.context.quantity.dimension == "ratio" else OF_ANY:
        draft = reading(site)
        if draft:
            return draft
    return None


def remember(draft: Draft, site: Site) -> None:
    """Keeps what later quantities may refer to."""
    memory, level = site.memory, site.context.level
    if draft.kind == "level" and not draft.past:
        for change in site.drafts[-2:]:
            if change.kind == "change" and change.change_of is None and change.name.text == draft.name.text:
                change.change_of = draft
        if level in memory.last and site.rules.pattern("name.progress").search(draft.name.text):
            return
        memory.last[level] = draft
        for depth in [d for d in memory.last if d > level]:
            del memory.last[depth]
    elif (draft.kind == "level" and draft.past and not site.antecedent()) or (
        draft.kind == "change" and not draft.change_of and draft.name.span
    ):
        memory.last[level] = draft


__all__ = ["Draft", "Memory", "bind_sentence"]
