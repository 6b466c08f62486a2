"""Cuts the lines of one report into heading, body and sign-off, and tells what at its foot is none of it."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.heads import Head
from summaryparse.lines import FOOT_ROLES, SIGN_OFF_ROLES, WEB_ROLES, Line, Role, squeeze
from summaryparse.records import dataclass

SIGN_OFF_LINES = 8
FOOT_LINES = 12
FOOT_LINE = 160  # a longer line is no part of a list of recipients
SIGNATURE = 30  # a longer line is no signature
GATE_REACH = 14
FRONT_ROLES = WEB_ROLES | SIGN_OFF_ROLES | {Role.MEETING, Role.OFFICIAL, Role.SUBTITLE}
BODY_CHROME = frozenset({Role.WEB, Role.WEB_END, Role.PAGE_MARK, Role.DISTRIBUTION, Role.TEXT_GATE})


@dataclass(frozen=True, slots=True)
class Region:
    """Line numbers of one report; each part ends where the next begins: `body`, `sign_off`, `foot`, `end`."""

    head: Head
    body: int
    sign_off: int
    foot: int
    end: int
    signed: tuple[int, ...]  # sign-off lines that attachments follow, inside the body
    excluded: tuple[int, ...]


def cut_region(lines: Sequence[Line], head: Head, end: int, contents: range) -> Region:
    """The parts of the report that begins at `head` and has to end before line `end`."""
    body = find_body(lines, head, end, contents)
    text = contents.stop if contents and body <= contents.start < end else body
    foot = find_foot(lines, text, end)
    sign_off = find_sign_off(lines, text, foot)
    signed = tuple(find_inner_sign_off(lines, body, sign_off))
    key = head.title.key if head.title else None
    excluded = tuple(
        index
        for index in range(body, sign_off)
        if lines[index].role in BODY_CHROME
        or index in signed
        or index in contents
        or (lines[index].role is Role.TITLE and squeeze(lines[index].text) == key)
    )
    return Region(head, body, sign_off, foot, end, signed, excluded)


def find_body(lines: Sequence[Line], head: Head, end: int, contents: range) -> int:
    """The first line of the body: past dates, names and page data that stand under the title."""
    gates = range(head.body, min(end, head.body + GATE_REACH))
    gate = next((index for index in gates if lines[index].role is Role.TEXT_GATE), None)
    body = head.body if gate is None else gate + 1
    while body < end and (lines[body].role in FRONT_ROLES or body in contents):
        body += 1
    return body


def find_foot(lines: Sequence[Line], body: int, end: int) -> int:
    """The first line of what stands below a report: copies to, address, the site's own matter."""
    foot = cut_site(lines, body, end)
    foot = cut_distribution(lines, body, foot)
    while foot > body and lines[foot - 1].role in FOOT_ROLES | {Role.OFFICIAL, Role.TEXT_GATE}:
        foot -= 1
    return foot


def cut_site(lines: Sequence[Line], body: int, end: int) -> int:
    """Cuts at the first line after which a page only holds matter of the site; a section number is none."""
    cut = end
    for index in range(end - 1, body - 1, -1):
        if lines[index].role is Role.MARKER:
            break
        if lines[index].role is Role.WEB_END:
            cut = index
    if cut in (body, end) or all(line.role is not Role.PROSE for line in lines[cut:end]):
        return cut
    site, report = lines[end - 1].end - lines[cut].start, lines[cut].start - lines[body].start
    return cut if site <= report else end


def cut_distribution(lines: Sequence[Line], body: int, end: int) -> int:
    """Cuts at the first of the lines that list who gets a copy, if only such lines and their ends follow."""
    for index in range(max(body, end - FOOT_LINES), end):
        if lines[index].role is Role.DISTRIBUTION:
            rest = lines[index + 1 : end]
            if all(len(line.text) <= FOOT_LINE and line.role not in CONTINUES for line in rest):
                return index
    return end


CONTINUES = frozenset({Role.MARKER, Role.DATE, Role.ORGANISATION_DATE, Role.ATTACHMENT, Role.TITLE})


def find_sign_off(lines: Sequence[Line], body: int, foot: int) -> int:
    """The first line of the sign-off that ends before `foot`; `foot` itself if there is none."""
    start = foot
    while start > body and foot - start < SIGN_OFF_LINES and lines[start - 1].role in SIGN_OFF_ROLES | PASSED:
        start -= 1
    while start < foot and lines[start].role in PASSED:
        start += 1
    roles = [line.role for line in lines[start:foot]]
    if roles and roles[0] is Role.DATE and start > body + 1 and is_signature(lines, start - 1):
        return start - 1
    if roles == [Role.ORGANISATION] and not (lines[start].gap or (start > body and lines[start - 1].closed)):
        return foot
    return start


PASSED = frozenset({Role.PAGE_MARK, Role.OFFICIAL, Role.WEB, Role.ATTACHMENT})  # no sign-off begins with one


def is_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above a date is a name that no rule knows."""
    line = lines[index]
    return line.role is Role.OTHER and len(line.text) <= SIGNATURE and (lines[index - 1].closed or line.gap)


def find_inner_sign_off(lines: Sequence[Line], body: int, sign_off: int) -> list[int]:
    """Lines of a sign-off that attachments follow."""
    for index in range(body + 1, sign_off):
        if lines[index].role is Role.ATTACHMENT:
            first = find_sign_off(lines, body, index)
            if any(line.role in (Role.DATE, Role.ORGANISATION_DATE) for line in lines[first:index]):
                return list(range(first, index))
    return []
