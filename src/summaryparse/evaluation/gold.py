"""Hand-made annotations of a text, read from JSON: what a careful reader found.

A file names its text (`file`) and may annotate only a part of it (`range`). Offsets are code points of the
decoded text. A metric that is "core" has to be found; one that is "optional" is neither asked for nor a
mistake. Fields that are not listed here are remarks for the reader and are passed over.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from summaryparse.errors import InputError
from summaryparse.source import read_at_most

MAX_BYTES = 64 * 1024 * 1024
MASKED = "XX"

Amount = str | int | float | None
Accepted = tuple[str | None, ...]


class Annotation(BaseModel):
    """Frozen; fields that nobody reads are allowed."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Window(Annotation):
    """A right name holds `head` and no character beyond `max` and a few that say nothing."""

    head: str
    max: str


class Reading(Annotation):
    """A quantity that is as good as the annotated one."""

    value: Amount
    value_max: Amount = None
    unit: str | None = ""


class GoldMetric(Annotation):
    """A quantity with the names that are right for it; a masked one has the value XX."""

    start: int
    label: Literal["core", "optional"]
    value: Amount = None
    value_max: Amount = None
    unit: str | None = ""
    units: tuple[str, ...] = ()
    alts: tuple[Reading, ...] = ()
    starts: tuple[int, ...] = ()
    names: tuple[Window, ...] = ()
    kind: str | None = None
    kind_alt: Accepted = ()
    direction: str | None = None
    direction_alt: Accepted = ()
    bound: str | None = None
    bound_alt: Accepted = ()
    status: str | None = None
    status_alt: Accepted = ()

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuses an item that is asked for and does not say what would be right."""
        if self.label == "core" and (self.value is None or not self.names):
            raise ValueError("a core metric needs a value and a name")
        return self


class GoldSection(Annotation):
    """A section by the offset of its marker and of its parent's; `accept` and `parents` are as good."""

    at: int
    parent: int | None
    marker: str = ""
    heading: str
    accept: tuple[str, ...] = ()
    parents: tuple[int | None, ...] = ()


class GoldReport(Annotation):
    """Where a report begins and what it says of itself; `accept` holds further readings by field."""

    at: int
    title: str | None = None
    organisation: str | None = None
    year: int | None = None
    year_alt: tuple[int | None, ...] = ()
    kind: str | None = None
    kind_alt: Accepted = ()
    issued: str | None = None
    issued_alt: Accepted = ()
    accept: dict[str, tuple[str | int | None, ...]] = Field(default_factory=dict)


class GoldMeta(Annotation):
    """What is annotated beside metrics and sections."""

    reports: tuple[GoldReport, ...] = ()


class Gold(Annotation):
    """The annotation of one text."""

    file: Annotated[str, Field(min_length=1)]
    range: tuple[int, int] | None = None
    metrics: tuple[GoldMetric, ...] = ()
    sections: tuple[GoldSection, ...] = ()
    meta: GoldMeta = GoldMeta()


def read_gold(path: Path) -> Gold:
    """The annotation in a file; raises InputError with the first thing that is wrong with it."""
    data = read_at_most(path, MAX_BYTES)
    try:
        return Gold.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: no annotation: {place + ': ' if place else ''}{first['msg']}") from None


def find_text(gold: Gold, path: Path, folders: tuple[Path, ...]) -> Path:
    """The text that a gold file annotates: in one of the folders, or beside the file where none is given."""
    for folder in folders or (path.parent,):
        if (folder / gold.file).is_file():
            return folder / gold.file
    looked = ", ".join(map(str, folders or (path.parent,)))
    raise InputError(f"{path}: its text {gold.file} is not in {looked}")
