"""The models, their JSON Schema and the outputs say the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from summaryparse import Document, extract_text, model
from summaryparse.entries import json_number
from tests.conftest import Cli

SCHEMA: dict[str, Any] = Document.model_json_schema()
CONTRACT = {
    "Document": "schema_version source reports toc diagnostics",
    "Source": "path media_type encoding sha256 characters script text",
    "TocEntry": "ordinal title page span report_id",
    "Report": "id span title kind organisation period issued document_number preamble closing sections"
    " metrics diagnostics",
    "Section": "id level kind marker ordinal heading heading_span span run_in paragraphs sections rule",
    "Metric": "id section_id name name_span value value_max unit text span dimension kind direction baseline"
    " bound status redacted period change_of part_of indicator sentence_span rule",
    "Diagnostic": "code severity message span",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_fields_are_those_of_the_contract(name: str) -> None:
    assert list(getattr(model, name).model_fields) == CONTRACT[name].split()


def test_every_field_is_documented() -> None:
    bare = [
        f"{name}.{field}"
        for name, definition in {**SCHEMA["$defs"], "Document": SCHEMA}.items()
        for field, entry in definition["properties"].items()
        if "description" not in entry
    ]
    assert bare == []


def test_every_sample_is_valid(document: Document) -> None:
    jsonschema.validate(json.loads(document.model_dump_json()), SCHEMA, jsonschema.Draft202012Validator)


def test_json_reads_back_to_the_same_document(document: Document) -> None:
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_schema_command_prints_the_schema(cli: Cli) -> None:
    assert json.loads(cli("schema").stdout) == SCHEMA


def test_models_are_frozen_and_closed() -> None:
    document = extract_text("总结\n一、概况\n收治患者12人次。")
    with pytest.raises(ValidationError, match="frozen"):
        document.reports[0].kind = "plan"
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Document.model_validate({**document.model_dump(), "more": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_value_is_a_json_number(value: float) -> None:
    fields = extract_text("总结\n一、概况\n收治患者12人次。").reports[0].metrics[0].model_dump()
    with pytest.raises(ValidationError, match="finite_number"):
        model.Metric.model_validate({**fields, "value": value})


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("390000000", 390000000),
        ("3.90E+8", 390000000),
        ("12.00", 12),
        ("5.51", 5.51),
        ("0.2", 0.2),
        ("-2.5", -2.5),
        ("123456789012345678901", 123456789012345678901),
        ("1E+301", None),
        ("NaN", None),
    ],
)
def test_decimals_become_json_numbers(written: str, number: float | None) -> None:
    found = json_number(Decimal(written))
    assert found == number
    assert type(found) is type(number)
