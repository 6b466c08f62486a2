"""Lists of values and of names, dealt out to each other: 分别增长5.2%和3.6%."""

from __future__ import annotations

from re import Match

from summaryparse.binding.site import Draft, Site, has_object
from summaryparse.names import Name, slice_name
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
    names = listed_names(site, name, count)
    if not (said or len(memory.dealt) == count or not name.text or len(names) == count):
        return name
    if len(names) != count and said:
        names = named_before(site, name, count, said)
    if len(names) != count:
        level = site.context.level
        known = (*memory.before, *site.drafts)
        earlier = [d for d in known if d.kind == "level" and not d.past and d.context.level <= level][-count:]
        owners = [d.name for d in earlier] if len({d.name.text for d in earlier}) == count else []
        if (name.text and name.text == site.antecedent_name().text) or (not said and memory.dealt):
            owners = memory.dealt
        told = {"", *(owner.text for owner in owners)}
        names = [owner if name.text in told else owner.joined(name) for owner in owners]
    if len(names) == count:
        memory.dealt, memory.group = list(names), names[1:]
        return names[0]
    return name


def named_before(site: Site, name: Name, count: int, said: Match[str]) -> list[Name]:
    """The names that 分别 goes back to, each with what is said of all: those that a count sums up
    (A、B、C三个区|分别实现产值…), or those of the clause before."""
    counted, start = site.previous, said.start()
    head = site.own(site.start, start)
    if counted and counted.quantity.value == count and counted.quantity.after == site.context.left[0]:
        listed = slice_name(site.folded, *counted.context.left)
        tail = site.own(said.end(), site.peeled.end)
        shared = tail if tail.text else head
    elif not head.text:
        listed, shared = site.told_list(), name
    else:
        return []
    return [piece.joined(shared) for piece in listed_names(site, listed, count)]


def listed_names(site: Site, name: Name, count: int) -> list[Name]:
    """The names of a list; where they are more than `count`, so that 和 may stand inside one, by 、 alone."""
    found: list[Name] = []
    for joint in ("list.joint", "list.comma"):
        found = [piece for piece in split_list(site.folded, name, site.rules, joint) if piece.text]
        if len(found) <= count:
            break
    return found


def split_list(folded: str, name: Name, rules: RuleSet, joint: str = "list.joint") -> list[Name]:
    """The names of a list, the noun that only the last of them carries given to all."""
    if name.span is None:
        return [name]
    start, end = name.span
    pieces, at = [], start
    for m in rules.pattern(joint).finditer(folded, start, end):
        pieces.append(slice_name(folded, at, m.start()))
        at = m.end()
    pieces.append(slice_name(folded, at, end))
    rest = shared_rest(pieces, rules)
    if rest:
        return [p.joined(Name(rest.removeprefix(p.text[-1:]), None)) for p in pieces[:-1]] + [pieces[-1]]
    heads = sorted(rules.words("list.shared-head"), key=len, reverse=True)
    head = next((h for h in heads if pieces[-1].text.endswith(h)), "")
    if head and not any(p.text.endswith(head) for p in pieces[:-1]) and len(pieces[-1].text) > len(head):
        complete = tuple(h for h in heads if len(h) > 1)
        shared = Name(head, None)
        return [p if p.text.endswith(complete) else p.joined(shared) for p in pieces[:-1]] + [pieces[-1]]
    return pieces


def shared_rest(pieces: list[Name], rules: RuleSet) -> str:
    """What the last item carries for all, where the others are its first word only, or ages like its own."""
    ages = [rules.pattern("list.age").match(p.text) for p in pieces]
    if all(m and m.end() == len(p.text) for m, p in zip(ages[:-1], pieces[:-1], strict=True)) and ages[-1]:
        return pieces[-1].text[ages[-1].end() :]
    words = cut(pieces[-1].text, rules)
    lead = words[0] if len(words) > 1 else ""
    complete = rules.words("list.shared-head")
    if lead.isdecimal():
        return ""
    bare = [len(p.text) <= len(lead) + 2 and not p.text.endswith(complete) for p in pieces[:-1]]
    rest = "".join(words[1:])
    return rest if all(bare) and (len(rest) > 1 or rest in complete) else ""
