"""The output: what `extract` returns and prints, field by field, and as JSON Schema by `summaryparse schema`.

A span is `[start, end)` in code points of the decoded text, and a `text` beside a span is exactly that slice.
Other text fields are in simplified characters. The models are frozen and validated once for a document.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Offset = Annotated[int, Field(ge=0)]
Range = Annotated[
    tuple[Offset, Offset],
    Field(description="[start, end) in code points of the decoded text, a byte-order mark not counted."),
]
Number = Annotated[int | float, Field(description="A JSON number, never NaN or infinite.")]
Kind = Literal["summary", "plan", "other"]
Dimension = Literal[
    "currency", "ratio", "count", "duration", "area", "length", "mass", "volume", "energy", "rank", "other"
]


class Model(BaseModel):
    """Frozen, and closed: a field that is not documented here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class TextSpan(Model):
    """Words of the document and where they stand."""

    text: str = Field(description="The document's own characters.")
    span: Range = Field(description="Where they stand.")


class Title(TextSpan):
    """A report's title, which may run over two lines."""


class Paragraph(TextSpan):
    """A block of body text."""


class Period(Model):
    """A stretch of time."""

    text: str = Field(description="The words that say it: 2020年度, 1-10月, 截至9月18日.")
    start: datetime.date | None = Field(description="First day, or null where the document does not say it.")
    end: datetime.date | None = Field(description="Last day, or null where the document does not say it.")


class Issued(TextSpan):
    """The date in the sign-off."""

    date: datetime.date = Field(description="The day that the text says.")


class Diagnostic(Model):
    """Something noticed about the document that its reader should know."""

    code: str = Field(description="Stable identifier, such as numbering-gap or redacted.")
    severity: Literal["info", "warning", "error"] = Field(description="How much it matters.")
    message: str = Field(description="One plain sentence.")
    span: Range | None = Field(description="The place it is about, or null where it is about the whole.")


class TocEntry(Model):
    """A line of the table of contents."""

    ordinal: int | None = Field(description="The entry's number, or null where it has none.")
    title: str = Field(description="The entry without number, leaders and page, simplified.")
    page: int | None = Field(description="The page number, or null where it has none.")
    span: Range = Field(description="The entry as it stands in the contents.")
    report_id: str | None = Field(description="The report it announces, or null when that text never comes.")


class Section(Model):
    """A numbered or headed block, or an item of an enumeration inside a paragraph."""

    id: str = Field(description='Path in the tree: "2.1.3".')
    level: int = Field(ge=1, description="Depth in the tree, 1 at the top.")
    kind: Literal["section", "item"] = Field(
        description='"section" begins a line; "item" is an enumeration inside a paragraph (一是…；二是…).'
    )
    marker: str = Field(description='As written ("一、", "(一)", "一是"), "" for an unnumbered heading.')
    ordinal: int | None = Field(description="The marker's number.")
    heading: str = Field(
        description='Simplified, without marker and closing punctuation; "" where there is no heading phrase.'
    )
    heading_span: Range | None = Field(description="Where the heading stands.")
    span: Range = Field(description="From the marker to the end of everything under it.")
    run_in: bool = Field(description="Body text follows on the heading's line.")
    paragraphs: tuple[Paragraph, ...] = Field(description="The section's own text, without its children's.")
    sections: tuple[Section, ...] = Field(description="Children, in file order.")
    rule: str = Field(description="Id of the rule that found the marker.")


class Metric(Model):
    """A name, a value and a unit, and what is needed to use them."""

    id: str = Field(description='"m1", "m2", …; unique in the report.')
    section_id: str | None = Field(description="Innermost section; null in the preamble or the closing.")
    name: str = Field(description="What was measured, in the document's words, simplified.")
    name_span: Range | None = Field(description="Where it stands; null if put together from several places.")
    value: Number | None = Field(description="Scale applied, exact as written; null where redacted.")
    value_max: Number | None = Field(description="Upper end of a range, else null.")
    unit: str = Field(description='Base unit without scale, "" if none is written.')
    text: str = Field(description="The quantity as written, from its first digit to the end of its unit.")
    span: Range = Field(description="Where the quantity stands.")
    dimension: Dimension = Field(description="What the unit measures.")
    kind: Literal["level", "change", "rank"] = Field(
        description='"level" is an amount, count, rate or share; "change" how far it moved; "rank" 第16位.'
    )
    direction: Literal["up", "down"] | None = Field(description="Of a change; else null.")
    baseline: str | None = Field(description="Of a change: the words for what it compares with; else null.")
    bound: Literal["exact", "approx", "min", "max"] = Field(description="How firm the number is.")
    status: Literal["actual", "target", "requirement"] = Field(
        description="Reached, aimed at, or a norm that others set."
    )
    redacted: bool = Field(description="The document masks the digits (XX台).")
    period: Period | None = Field(description="When the sentence says it or clearly inherits it.")
    change_of: str | None = Field(description="Id of the level that this change belongs to.")
    part_of: str | None = Field(description="Id of the whole of which this is a part.")
    indicator: str | None = Field(description="Id in the indicator catalogue.")
    sentence_span: Range = Field(description="The sentence that it was read from.")
    rule: str = Field(description="Id of the rule that produced it.")


class Report(Model):
    """One report; a compilation holds several."""

    id: str = Field(description='"r1", "r2", …')
    span: Range = Field(description="From the title or the heading block above to the end of the sign-off.")
    title: Title | None = Field(description="The title, or null where there is none.")
    kind: Kind = Field(description='"summary" (工作总结), "plan" (工作计划, 要点, 打算) or "other".')
    organisation: TextSpan | None = Field(description="Who reports.")
    period: Period | None = Field(description="The time reported on; null where the year is redacted.")
    issued: Issued | None = Field(description="The date of the sign-off.")
    document_number: TextSpan | None = Field(description="The report's own number, not one that it quotes.")
    preamble: tuple[Paragraph, ...] = Field(description="Text before the first section.")
    closing: tuple[Paragraph, ...] = Field(description="Text after the last section that belongs to none.")
    sections: tuple[Section, ...] = Field(description="The section tree.")
    metrics: tuple[Metric, ...] = Field(description="The metrics, in order of span.")
    diagnostics: tuple[Diagnostic, ...] = Field(description="Remarks about this report.")


class Source(Model):
    """The file that was read."""

    path: str = Field(description='As given; "-" for standard input.')
    media_type: str = Field(description="What the file is, found by content.")
    encoding: str = Field(description="How its bytes were decoded.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Digest of the bytes.")
    characters: int = Field(ge=0, description="Length of the decoded text in code points.")
    script: Literal["simplified", "traditional", "mixed"] = Field(description="Its characters.")
    text: str | None = Field(default=None, description="The decoded text; null unless asked for.")


class Document(Model):
    """What one input file gives."""

    schema_version: Literal["1.0"] = Field(description="Version of this contract.")
    source: Source = Field(description="Where the text came from.")
    reports: tuple[Report, ...] = Field(description="The reports, in file order.")
    toc: tuple[TocEntry, ...] = Field(description="Entries of the table of contents, if there is one.")
    diagnostics: tuple[Diagnostic, ...] = Field(description="Remarks about the file.")
