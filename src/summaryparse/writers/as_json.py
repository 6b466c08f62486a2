"""JSON: one document as a whole, in pieces that are made as they are written, or one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from summaryparse.expressions import compiled
from summaryparse.parts import LONG
from summaryparse.records import dataclass

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summaryparse.model import Report, Source
    from summaryparse.parts import DocumentParts, ReportParts, SectionParts

INDENT = "  "
# DEL, the C1 controls and the marks that turn the direction of text: JSON allows them, terminals obey them
ACTIVE = compiled("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def document_pieces(document: DocumentParts, *, pretty: bool) -> Iterator[str]:
    """One document as JSON, on one line unless a person reads it: what `model_dump_json` gives, escaped."""
    held: list[str] = []
    size = 0
    for piece in small_pieces(document, Form(0 if pretty else None)):
        held.append(piece)
        size += len(piece)
        if size >= LONG:
            yield escape("".join(held))
            held, size = [], 0
    yield escape("".join(held)) + "\n"


def entry_text(entry: dict[str, Any], *, pretty: bool) -> str:
    """The same text for a document that is still a dictionary."""
    if any(is_long(metric) for report in entry["reports"] for metric in report["metrics"]):
        from summaryparse.model import Document

        document = Document.model_validate(entry)
        return escape(document.model_dump_json(indent=len(INDENT) if pretty else None)) + "\n"
    form: dict[str, Any] = {"indent": len(INDENT)} if pretty else {"separators": (",", ":")}
    text = json.dumps(entry, ensure_ascii=False, allow_nan=False, default=date.isoformat, **form)
    return escape(text) + "\n"


def is_long(metric: dict[str, Any]) -> bool:
    """Whether a number of a metric is one that `json` and pydantic write differently (1e-05 and 0.00001)."""
    return any("e" in repr(number) for number in (metric["value"], metric["value_max"]) if number)


def small_pieces(document: DocumentParts, form: Form) -> Iterator[str]:
    """The JSON of a document; what is short is one piece, of what is long every item is."""
    reports = map(partial(report_pieces, form=form.deeper()), document.reports)
    return framed(document.frame, {"reports": reports}, form)


def report_pieces(report: ReportParts, form: Form) -> Iterable[str]:
    """The JSON of a report, in one piece if it is short."""
    if report.length < LONG:
        return (form.dump(report.whole()),)
    inner = form.deeper()
    lists = {
        "preamble": dumped(report.preamble, inner),
        "closing": dumped(report.closing, inner),
        "sections": map(partial(section_pieces, form=inner), report.sections),
        "metrics": dumped(report.metrics, inner),
    }
    return framed(report.frame(), lists, form)


def section_pieces(section: SectionParts, form: Form) -> Iterable[str]:
    """The JSON of a section, in one piece if it is short."""
    if section.length < LONG:
        return (form.dump(section.whole()),)
    inner = form.deeper()
    children = map(partial(section_pieces, form=inner), section.sections)
    lists = {"paragraphs": dumped(section.paragraphs, inner), "sections": children}
    return framed(section.frame(), lists, form)


def dumped(models: Iterable[BaseModel], form: Form) -> Iterable[Iterable[str]]:
    """The JSON of each model as one piece."""
    return zip(map(form.dump, models), strict=True)


def framed(frame: BaseModel, lists: Mapping[str, Iterable[Iterable[str]]], form: Form) -> Iterator[str]:
    """A model as JSON in which these lists have the items that are given, each in pieces."""
    before = "{"
    for is_list, names in groupby(type(frame).model_fields, lists.__contains__):
        fields: Iterable[Iterable[str]]
        if is_list:
            fields = (listed(name, lists[name], form) for name in names)
        else:
            fields = [(form.dump(frame, set(names)).removeprefix("{").removesuffix("}").strip(),)]
        for field in fields:
            yield before + form.line(1)
            yield from field
            before = ","
    yield form.line(0) + "}"


def listed(name: str, items: Iterable[Iterable[str]], form: Form) -> Iterator[str]:
    """A field that is a list."""
    yield f'"{name}":[' if form.depth is None else f'"{name}": ['
    before, behind = form.line(2), ""
    for item in items:
        yield before
        yield from item
        before, behind = "," + form.line(2), form.line(1)
    yield behind + "]"


@dataclass(frozen=True, slots=True)
class Form:
    """How JSON is laid out: in lines that are set in as deep as said, or on one line without a depth."""

    depth: int | None

    def line(self, deeper: int) -> str:
        """A new line, set in for what stands in a list or an object so much deeper."""
        return "" if self.depth is None else "\n" + INDENT * (self.depth + deeper)

    def deeper(self) -> Form:
        """The form of the items of a list that is a field."""
        return Form(None if self.depth is None else self.depth + 2)

    def dump(self, model: BaseModel, fields: set[str] | None = None) -> str:
        """A model, or some of its fields, as JSON."""
        if self.depth is None:
            return model.model_dump_json(include=fields)
        return model.model_dump_json(include=fields, indent=len(INDENT)).replace("\n", self.line(0))


def report_lines(source: Source, reports: Iterable[Report]) -> Iterator[str]:
    """One line of JSON for each report: its fields, and before them the file that it comes from."""
    origin = {"path": source.path, "sha256": source.sha256}
    head = json.dumps(origin, ensure_ascii=False, separators=(",", ":"))[:-1]
    for report in reports:
        yield escape(f"{head},{report.model_dump_json()[1:]}") + "\n"


def escape(text: str) -> str:
    """JSON that means the same and holds no character that a terminal would act on."""
    return ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
