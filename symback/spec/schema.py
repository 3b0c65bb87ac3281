"""The JSON Schema of a spec, by which an editor completes and checks while its author types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from symback.resources import BUILT_IN, Templates
from symback.rules.activations import ACTIVATIONS
from symback.rules.losses import LOSSES
from symback.rules.penalties import PENALTIES
from symback.spec.equation_checks import OF_EQUATIONS
from symback.spec.exact import ExactNumber
from symback.spec.load import known_names
from symback.spec.model import Spec
from symback.spec.parts import PARTS


def json_schema(templates: Templates = BUILT_IN) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a spec file, with the names that there are as suggestions."""
    schema = Spec.model_json_schema(schema_generator=_Generator)
    names = known_names(templates)
    for section, key, words, short in (
        ("Layer", "activation", ACTIVATIONS, None),
        ("Loss", "kind", LOSSES, "loss"),
        ("Penalty", "kind", PENALTIES, None),
        ("Notation", "preset", names.notations, "notation"),
        ("Style", "name", names.styles, "style"),
    ):
        suggestions = [{"enum": list(words)}, {"type": "string"}]
        field = schema["$defs"][section]["properties"][key]
        field.pop("type", None)
        field["anyOf"] = suggestions
        if short:
            schema["properties"][short]["anyOf"][:1] = suggestions
    ways = (schema["required"][1:], [OF_EQUATIONS[0]], [PARTS])
    schema["anyOf"] = [{"required": keys} for keys in ways]
    schema["required"] = schema["required"][:1]
    summary = schema.pop("description").partition("\n")[0]
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": schema.pop("title"),
        "description": summary,
        **schema,
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without titles that repeat the keys, and with numbers as they are spelled."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, ExactNumber):
            return dft.text
        if isinstance(dft, Mapping):
            return {key: self.encode_default(value) for key, value in dft.items()}
        return super().encode_default(dft)
