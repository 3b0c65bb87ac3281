"""The questions of a worksheet."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from symback.spec.fields import Line, Section, Whole
from symback.spec.words import check_question

Points = Annotated[Whole, Field(ge=0, le=1000)]


class Question(Section):
    """One question of a worksheet."""

    ask: Annotated[str, AfterValidator(check_question)] = Field(
        description="What is asked for: forward, loss, gradients, update or steps", examples=["gradients"]
    )
    of: tuple[Line, ...] = Field(
        default=(),
        description="Ids of the parameters that are asked for; left out, the first weight and bias of each layer",
        examples=[["w.2.1.1", "b.1.1"]],
    )
    points: Points | None = Field(default=None, description="Points for the question, 0 to 1000", examples=[3])
    lines: Annotated[Whole, Field(ge=0, le=60)] | None = Field(
        default=None, description="Lines left blank for the answer, 0 to 60", examples=[6]
    )
