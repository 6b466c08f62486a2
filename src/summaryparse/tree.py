"""The tree of accepted markers, and which stretch of text belongs to which of them."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.headings import CLOSERS, HeadingRules, Split, clauses, split_at, trim
from summaryparse.levels import PLAIN, Placed
from summaryparse.markers import WORD_RANK, Candidate
from summaryparse.paragraphs import Paragraph
from summaryparse.records import dataclass, field
from summaryparse.rules import RuleSet
from summaryparse.spans import Span


@dataclass(slots=True)
class Node:
    """A section while the tree is built; `body` is what stands behind its marker in its own paragraph."""

    placed: Placed
    members: list[Node]
    position: int
    parent: Node | None = None
    body: Span = (0, 0)
    split: Split = field(default=Split(None, 0))
    paragraphs: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    is_item: bool = False

    @property
    def candidate(self) -> Candidate:
        """The marker."""
        return self.placed.candidate

    @property
    def carries(self) -> bool:
        """Whether paragraphs or sections stand under the section's own line."""
        return bool(self.paragraphs or self.children)

    @property
    def holder(self) -> Node | None:
        """The section whose text the node's paragraph goes on with: the item's own section, or the node."""
        node: Node | None = self
        while node is not None and node.is_item:
            node = node.parent
        return node

    @property
    def inside(self) -> list[Node]:
        """The children that stand in the same paragraph as the marker."""
        return [child for child in self.children if child.candidate.paragraph == self.candidate.paragraph]


def build_tree(placed: Sequence[Placed]) -> tuple[list[Node], list[Node]]:
    """The nodes at the top, and all nodes in order; nodes of one list share their `members`."""
    roots: list[Node] = []
    nodes: list[Node] = []
    trail: list[Node] = []
    for one in placed:
        members = [] if one.how == "open" else trail[one.depth].members
        del trail[one.depth :]
        parent = trail[-1] if trail else None
        node = Node(one, members, len(members) + 1, parent)
        members.append(node)
        (parent.children if parent else roots).append(node)
        trail.append(node)
        nodes.append(node)
    return roots, nodes


def mark_items(nodes: Sequence[Node]) -> None:
    """Marks the members of lists that stand in one paragraph with all that is under them."""
    for node in nodes:
        members = node.members
        if node is not members[0]:
            continue
        place = node.candidate.paragraph
        together = all(member.candidate.paragraph == place for member in members)
        inline = not node.candidate.at_line or len(members) > 1
        for member in members:
            member.is_item = together and inline and len(member.inside) == len(member.children)


def fill(
    folded: str, paragraphs: Sequence[Paragraph], nodes: Sequence[Node], rules: RuleSet
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Gives every stretch of text to its node; returns what stands before and behind all of them.

    Text behind items that are in no section is no preamble: it is the last item's, or the closing.
    """
    preamble: list[Span] = []
    owner: Node | None = None
    latest: Node | None = None
    upcoming = iter(nodes)
    node = next(upcoming, None)
    closing_from = closing_start(folded, paragraphs, nodes, rules)
    closing: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        here: list[Node] = []
        while node is not None and node.candidate.paragraph == number:
            here.append(node)
            node = next(upcoming, None)
        starts = [n.candidate.start for n in here]
        if not here or starts[0] > paragraph.start:
            span = trim(folded, (paragraph.start, starts[0] if here else paragraph.end))
            left = owner or (latest if here or node else None)
            if number >= closing_from or (latest and not left):
                closing.append(span)
            else:
                (left.paragraphs if left else preamble).append(span)
        for n, end in zip(here, [*starts[1:], paragraph.end], strict=False):
            body = trim(folded, (n.candidate.end, end))
            n.body = body if body[0] < body[1] else (n.candidate.end, n.candidate.end)
            owner = owner if owner is n.holder else n
            latest = n if n.parent is None else latest
    return tuple(preamble), tuple(closing)


def closing_start(folded: str, paragraphs: Sequence[Paragraph], nodes: Sequence[Node], rules: RuleSet) -> int:
    """The number of the paragraph at which the closing begins, past the last one if there is none."""
    last = max((n.candidate.paragraph for n in nodes), default=len(paragraphs))
    cue, address = rules.pattern("heading.closing-cue"), rules.pattern("heading.closing-address")
    spaced = any(p.gap for p in paragraphs)
    start = len(paragraphs)
    for number in range(len(paragraphs) - 1, last, -1):
        p = paragraphs[number]
        apart = number > last + 1 and (p.gap or not spaced)
        if address.match(folded, p.start, p.end) or (apart and cue.match(folded, p.start, p.end)):
            start = number
    return start


def split_bodies(
    folded: str, paragraphs: Sequence[Paragraph], nodes: Sequence[Node], headings: HeadingRules
) -> None:
    """Gives every node its heading and the text behind it in its own paragraph.

    A sentence alone on its line passes for a heading only if every member of its list has one. Text behind
    the last item of a paragraph may belong to all items: it makes no heading if the others have none.
    """
    for node in nodes:
        if node.candidate.style == PLAIN:
            node.split = Split(node.body, node.body[1])
            continue
        alone = not node.is_item or is_above_list(folded, node)
        node.split = headings.split(folded, node.body, carries=node.carries, at_line=alone)
    for node in nodes:
        members = node.members
        if node is not members[-1]:
            continue
        headed = sum(member.split.heading is not None for member in members)
        for member in members:
            last = node.is_item and member is node and len(members) > 2 and headed * 2 <= len(members)
            if member.split.heading and (last or (member.split.doubtful and headed < len(members))):
                member.split = Split(None, member.body[0])
        for member in members:
            first_line = trim(folded, (member.body[0], paragraphs[member.candidate.paragraph].first_end))
            if member.candidate.at_line and is_full_line_heading(folded, member, first_line, headings):
                member.split = split_at(folded, *first_line, member.body[1])


def is_above_list(folded: str, node: Node) -> bool:
    """Whether a list begins on the marker's line, with no sign between it and what stands behind the marker.

    The lines of the text have been put together to one.
    """
    c = node.candidate
    first = node.children[0].candidate if node.children else None
    follows = first is not None and first.paragraph == c.paragraph and first.rank < WORD_RANK
    return follows and node.body[0] < node.body[1] and folded[node.body[1] - 1] not in CLOSERS


def is_full_line_heading(folded: str, node: Node, first_line: Span, headings: HeadingRules) -> bool:
    """Whether the heading takes up a whole line of a wrapped text, so that its end looks like a mere break.

    The other headings of the list stand alone on their lines then, and are built like this line.
    """
    end = node.split.heading[1] if node.split.heading else node.body[1]
    if first_line[1] <= first_line[0] or end <= first_line[1] or node.split.rest >= node.body[1] == end:
        return False
    others = [other.split for other in node.members if other is not node and other.split.heading]
    alone = [other.heading for other in others if other.heading and alone_on_line(folded, other)]
    return (
        len(alone) * 2 > len(node.members) - 1
        and folded[first_line[1] - 1] not in CLOSERS
        and headings.is_wording(folded[slice(*first_line)])
        and any(clauses(folded, *first_line) == clauses(folded, *heading) for heading in alone)
    )


def alone_on_line(folded: str, split: Split) -> bool:
    """Whether nothing follows a heading on its line."""
    behind = folded[split.heading[1] : split.rest + 1] if split.heading else ""
    return "\n" in behind or "\r" in behind
