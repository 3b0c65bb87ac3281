"""The JSON Schema says what the model takes: every field with its description and a working example."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from symback.rules.activations import ACTIVATIONS
from symback.rules.losses import LOSSES
from symback.spec import network, page
from symback.spec.fields import Section
from symback.spec.model import Spec
from symback.spec.schema import json_schema

SECTIONS = [
    Spec,
    *(
        kind
        for module in (network, page)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Section) and kind is not Section
    ),
]
FIELDS = [(section, name) for section in SECTIONS for name in section.model_fields]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in `value`."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize(("section", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_is_described_and_its_examples_are_right(section: type[BaseModel], name: str):
    field: FieldInfo = section.model_fields[name]
    assert field.description
    is_section = any(kind.__name__ in str(field.annotation) for kind in SECTIONS)
    assert field.examples or is_section
    for example in field.examples or ():
        TypeAdapter(field.rebuild_annotation()).validate_python(example)


def test_the_schema_is_of_the_promised_draft_and_closed():
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["schema"]
    ways = (["network", "parameters", "data"], ["equations"], ["parts"])
    assert schema["anyOf"] == [{"required": keys} for keys in ways]
    for part in (schema, *schema["$defs"].values()):
        open_sections = {"Notation", "Style"}
        assert part["additionalProperties"] is False or part["title"] in open_sections
    references = {part["$ref"].removeprefix("#/$defs/") for part in objects(schema) if "$ref" in part}
    assert references == set(schema["$defs"])


def test_names_are_suggested_and_limits_stated():
    parts = json_schema()["$defs"]
    assert parts["Layer"]["properties"]["activation"]["anyOf"] == [{"enum": list(ACTIVATIONS)}, {"type": "string"}]
    assert {"enum": list(LOSSES)} in json_schema()["properties"]["loss"]["anyOf"]
    assert (parts["Layer"]["properties"]["size"]["minimum"], parts["Layer"]["properties"]["size"]["maximum"]) == (1, 64)
    assert parts["Numbers"]["properties"]["decimals"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 20}
    assert parts["Sample"]["properties"]["inputs"]["items"] == {"type": ["number", "string"]}
    assert parts["FiniteDifference"]["properties"]["epsilon"]["default"] == "0.000001"


def test_the_schema_is_the_same_everywhere():
    script = "import json; from symback.spec.schema import json_schema; print(json.dumps(json_schema()))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            timeout=60,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {json.dumps(json_schema()).encode() + b"\n"}
