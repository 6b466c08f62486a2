"""Parts and the whole they belong to."""

from __future__ import annotations

from summaryparse.binding.site import Draft, Site
from summaryparse.quantities import Quantity
from summaryparse.rules import word_set


def opens_parts(site: Site) -> bool:
    """Whether 其中 stands alone before the comma or colon on the left."""
    span = site.context.lead if site.context.separator == ":" else site.context.prior
    words = site.folded[slice(*span)].strip()
    return bool(words) and words in word_set(site.rules, "link.parts")


def set_part(draft: Draft, site: Site, *, opened: bool) -> None:
    """Links a part to its whole: after 其中, in brackets, and in the list that follows."""
    memory, context = site.memory, site.context
    if context.level and context.separator in "([{":
        memory.whole = memory.latest(context.level - 1)
    elif opened:
        memory.whole = site.antecedent()
        if (
            memory.whole
            and memory.whole.part_of
            and memory.whole.part_of.quantity.unit == draft.quantity.unit
        ):
            memory.whole = memory.whole.part_of
    elif context.separator in (";", "^", ":") or (
        memory.whole and context.level < memory.whole.context.level
    ):
        memory.whole = None if context.separator != ":" else memory.whole
    elif memory.whole and memory.whole.quantity.unit != draft.quantity.unit:
        memory.whole = None
    if memory.whole and same_kind(memory.whole.quantity, draft.quantity):
        draft.part_of = memory.whole


def same_kind(whole: Quantity, part: Quantity) -> bool:
    """Whether one quantity can be a part of the other."""
    if whole.unit != part.unit and not (whole.dimension == part.dimension == "count"):
        return False
    if whole.dimension == "ratio":
        return True
    return whole.value is None or part.value is None or part.value <= whole.value
