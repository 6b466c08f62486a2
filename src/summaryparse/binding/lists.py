"""Lists of values and of names, dealt out to each other: 分别增长5.2%和3.6%."""

from __future__ import annotations

from summaryparse.binding.site import Draft, Site, has_object
from summaryparse.names import EMPTY, Name, slice_name
from summaryparse.rules import RuleSet, word_set
from summaryparse.segment import cut


def read_member(site: Site) -> Draft | None:
    """A further value of a list: 分别增长5.2%和3.6%, or 0.2、0.7."""
    previous = site.previous
    words = site.folded[site.start : site.peeled.end].strip(" \n、,")
    if (
        previous is None
        or words
        or site.context.separator not in ("", "、")
        or site.context.clause != previous.context.clause
    ):
        return None
    between = site.folded[previous.quantity.after : site.context.quantity.start].strip()
    if between not in word_set(site.rules, "link.conjunction"):
        return None
    if site.memory.group:
        name = site.memory.group.pop(0)
    elif previous.quantity.unit == site.context.quantity.unit and not has_object(site):
        name = previous.name
    else:
        return None
    draft = Draft(
        site.context, name, "list.respectively", previous.kind, previous.direction, previous.baseline,
        bound=previous.bound if previous.bound in ("min", "max") else "exact", part_of=previous.part_of,
    )  # fmt: skip
    if site.context.quantity.bound in ("min", "max") and previous.bound == "exact":
        previous.bound = site.context.quantity.bound
    if draft.kind == "change":
        draft.change_of = next(
            (d for d in reversed(site.drafts) if d.kind == "level" and d.name == name), None
        )
    return draft


def open_group(site: Site, name: Name, start: int) -> Name:
    """For 分别: deals the listed names out, one to each value, and returns the first."""
    folded, rules, memory = site.folded, site.rules, site.memory
    count = 1 + len(site.following())
    if count < 2:
        return name
    said = site.letters["list.respectively"] and rules.pattern("list.respectively").search(
        folded, start, site.end
    )
    names = [piece for piece in split_list(folded, name, rules) if piece.text]
    if not (said or len(memory.dealt) == count or not name.text or len(names) == count):
        return name
    if len(names) != count and said and not name.text:
        names = [piece for piece in split_list(folded, site.told_list(), rules) if piece.text]
    if len(names) != count:
        level = site.context.level
        known = (*memory.before, *site.drafts)
        earlier = [d for d in known if d.kind == "level" and not d.past and d.context.level <= level][-count:]
        owners = [d.name for d in earlier] if len(earlier) == count else []
        if (name.text and name.text == site.antecedent_name().text) or (not said and memory.dealt):
            owners = memory.dealt
        names = [owner.joined(name) if name.text and owner.text != name.text else owner for owner in owners]
    if len(names) == count:
        memory.dealt, memory.group = list(names), names[1:]
        return names[0]
    return name


def split_list(folded: str, name: Name, rules: RuleSet) -> list[Name]:
    """The names of a list, the noun that only the last of them carries given to all."""
    if name.span is None:
        return [name]
    start, end = name.span
    pieces, at = [], start
    for m in rules.pattern("list.joint").finditer(folded, start, end):
        pieces.append(slice_name(folded, at, m.start()))
        at = m.end()
    pieces.append(slice_name(folded, at, end))
    words = cut(pieces[-1].text, rules)
    lead, rest = (words[0], Name("".join(words[1:]), None)) if len(words) > 1 else ("", EMPTY)
    bare = [
        len(p.text) <= len(lead) + 1 and not p.text.endswith(rules.words("list.shared-head"))
        for p in pieces[:-1]
    ]
    if rest.text and all(bare):
        return [p.joined(rest) for p in pieces[:-1]] + [pieces[-1]]
    heads = sorted(rules.words("list.shared-head"), key=len, reverse=True)
    head = next((h for h in heads if pieces[-1].text.endswith(h)), "")
    if head and not any(p.text.endswith(head) for p in pieces[:-1]) and len(pieces[-1].text) > len(head):
        shared = Name(head, None)
        return [p.joined(shared) for p in pieces[:-1]] + [pieces[-1]]
    return pieces
