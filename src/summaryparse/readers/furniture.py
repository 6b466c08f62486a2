"""Finds what a site puts around a text on a page: menus, sidebars, footers, buttons, what is not shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "map",
        "audio",
        "video",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "datalist",
        "dialog",
    ]
)
FURNITURE = frozenset({"nav", "footer", "aside"})
# What LibreOffice calls the head and the foot of a text that it saves as a page.
PAGE_EDGES = frozenset({"header", "footer"})
ROLES = frozenset({"navigation", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"})
# Words in the class or id of an element that only holds matter of the site.
NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "subnav",
        "topnav",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "sidebar",
        "sidenav",
        "footer",
        "foot",
        "copyright",
        "share",
        "bdshare",
        "jiathis",
        "related",
        "recommend",
        "recommended",
        "comments",
        "pagination",
        "pager",
        "toolbar",
        "login",
        "search",
        "searchbox",
        "qrcode",
        "ewm",
        "banner",
        "topbar",
        "friendlink",
        "friendlinks",
        "links",
        "advert",
        "ads",
        "prevnext",
    ]
)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
CONTAINERS = frozenset(
    [
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "tr",
        "td",
        "section",
        "p",
        "center",
        "form",
        "menu",
        "header",
        "li",
        "dd",
    ]
)
HEADINGS = frozenset({"h1", "h2"})

# A container is a menu if this share of its text is links, and it has this many.
LINKED_SHARE = 0.7
FEWEST_LINKS = 3
# What holds more of the page's running text than this is the text, whatever its name.
OWN_SHARE = 0.3


@dataclass(slots=True)
class Weight:
    """What an element holds: characters, those of links among them, links, whether a main heading."""

    characters: int = 0
    linked: int = 0
    links: int = 0
    heading: bool = False

    def add(self, other: Weight) -> None:
        """Takes in what a child holds."""
        self.characters += other.characters
        self.linked += other.linked
        self.links += other.links
        self.heading = self.heading or other.heading


def find_furniture(root: LexborNode) -> frozenset[int]:
    """The ids (`mem_id`) of the elements that are no part of the page's text."""
    weights = weigh(root)
    own = weights[root.mem_id].characters - weights[root.mem_id].linked
    found: set[int] = set()
    node: LexborNode | None = root
    while node is not None:
        out = node.mem_id != root.mem_id and is_furniture(node, weights.get(node.mem_id), own)
        if out:
            found.add(node.mem_id)
        following = None if out else node.child
        while following is None and node is not None and node.mem_id != root.mem_id:
            following = node.next
            if following is None:
                node = node.parent
        node = following
    return frozenset(found)


def weigh(root: LexborNode) -> dict[int, Weight]:
    """The weight of every element that is shown, from the leaves up."""
    weights: dict[int, Weight] = {root.mem_id: Weight()}
    node: LexborNode | None = root
    while node is not None:
        weight = weights[node.mem_id] = Weight(heading=node.tag in HEADINGS)
        if node.tag == "-text":
            weight.characters = len("".join((node.text_content or "").split()))
        following = None if node.tag in NEVER_SHOWN else node.child
        while following is None and node is not None and node.mem_id != root.mem_id:
            close(node, weights)
            if node.parent is not None:
                weights[node.parent.mem_id].add(weights[node.mem_id])
            following = node.next
            if following is None:
                node = node.parent
        node = following
    return weights


def close(node: LexborNode, weights: dict[int, Weight]) -> None:
    """Counts the text of a link as linked; a link within the page is part of its text."""
    if node.tag == "a":
        target = node.attributes.get("href") or ""
        if not target.startswith("#") or target == "#":
            weight = weights[node.mem_id]
            weight.linked, weight.links = weight.characters, 1


def is_furniture(node: LexborNode, weight: Weight | None, own: int) -> bool:
    """Whether an element is matter of the site, by its tag, its name or its share of links."""
    tag = node.tag or ""
    if tag in NEVER_SHOWN:
        return True
    if weight is None or tag.startswith("-"):
        return False
    attributes = node.attributes
    if "hidden" in attributes or HIDDEN.search(attributes.get("style") or ""):
        return weight.characters <= own * OWN_SHARE
    if weight.heading:
        return False
    if (
        tag in CONTAINERS
        and weight.links >= FEWEST_LINKS
        and weight.linked > LINKED_SHARE * weight.characters
    ):
        return True
    named = tag in FURNITURE or attributes.get("role") in ROLES or attributes.get("title") in PAGE_EDGES
    named = named or (tag in CONTAINERS and has_site_name(attributes))
    return named and weight.characters - weight.linked <= own * OWN_SHARE


def has_site_name(attributes: dict[str, str | None]) -> bool:
    """Whether the class or the id of an element says that it is a menu, a footer or the like."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return any(word.lower() in NAMES for word in WORD.findall(names[:400]))
