"""The kinds of field and of section that a spec is made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)

from symback.spec.exact import (
    JSON_SCHEMA,
    ExactNumber,
    Share,
    read_entry,
    read_factor,
    read_positive,
    read_positive_ratio,
)
from symback.spec.words import check_line, read_whole

Whole = Annotated[int, BeforeValidator(read_whole)]
Line = Annotated[str, AfterValidator(check_line)]
Positive = Annotated[ExactNumber, PlainValidator(read_positive), WithJsonSchema(JSON_SCHEMA)]
Factor = Annotated[
    ExactNumber | Share,
    PlainValidator(read_factor),
    PlainSerializer(lambda factor: factor.text),
    WithJsonSchema(JSON_SCHEMA),
]
PenaltyFactor = Annotated[ExactNumber, PlainValidator(read_positive_ratio), WithJsonSchema(JSON_SCHEMA)]
Entry = Annotated[
    ExactNumber | Literal["absent"],
    PlainValidator(read_entry),
    PlainSerializer(lambda entry: entry.text if isinstance(entry, ExactNumber) else entry),
    WithJsonSchema(JSON_SCHEMA),
]
"""A weight, or that there is no connection."""
Vector = tuple[ExactNumber, ...]
PartlyKnown = tuple[ExactNumber | None, ...]
"""Numbers of which some may be unknown."""


class Section(BaseModel):
    """A part of a spec: read-only, and without keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
