"""The spec: what its author said about a network, its numbers and its page, validated once.

Every key of a spec file is an attribute of the same name; only ``schema`` is called `Spec.schema_version`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ModelWrapValidatorHandler, ValidationError, model_validator

from symback.rules.activations import ACTIVATIONS
from symback.spec.exact import ExactNumber
from symback.spec.fields import Line, Section, Whole
from symback.spec.network import FiniteDifference, Loss, Network, Parameters, Sample, Update
from symback.spec.page import Front, Notation, Numbers, Style
from symback.spec.problems import error_for
from symback.spec.questions import Question
from symback.spec.shapes import shape_problems
from symback.spec.translate import model_problems
from symback.spec.words import at_key, check_kinked, check_language, check_version

DEFAULT_KINKS = {name: ExactNumber(row.at_kink) for name, row in ACTIVATIONS.items() if row.kinks}

Kinks = Annotated[
    Mapping[Annotated[str, AfterValidator(check_kinked)], ExactNumber],
    AfterValidator(lambda given: {**DEFAULT_KINKS, **given}),
]


class Spec(Section):
    """What is to be worked out, and how it is written.

    Raises
    ------
    SpecError
        If anything is wrong, with every problem.
    LimitationError
        If all is right, but asks for something that is not supported yet.
    """

    schema_version: Annotated[Whole, AfterValidator(check_version)] = Field(
        alias="schema", description="Version of the format that the file is written in; there is one: 1", examples=[1]
    )
    title: Line = Field(default="", max_length=200, description="Title of the page", examples=["XOR"])
    front: Front = Field(default=Front(), description="What stands under the title")
    language: Annotated[str, AfterValidator(check_language)] = Field(
        default="en", description="The language of the page, by its code", examples=["de"]
    )
    network: Network = Field(description="The inputs and the layers of neurons")
    parameters: Parameters = Field(description="The weights and biases before the update")
    data: tuple[Sample, ...] = Field(
        min_length=1, description="The samples; a page works through the first, or through the one that update.on names"
    )
    given: Mapping[str, ExactNumber] = Field(
        default={},
        description="Values stated for pre-activations and activations, by id; derivatives ignore that they are stated",
        examples=[{"z.2.1": -0.85}],
    )
    loss: Annotated[Loss, BeforeValidator(at_key("kind"), str | Loss)] = Field(description="The loss, or just its name")
    update: Update | None = Field(default=None, description="The learning step; left out, the page has none")
    finite_difference: FiniteDifference | None = Field(
        default=None, description="How gradients are checked by differences, in the styles that do so"
    )
    kinks: Kinks = Field(
        default=DEFAULT_KINKS,
        description="By name of the activation: what its derivative is taken to be at the kink, where there is none",
        examples=[{"relu": 0}],
    )
    numbers: Numbers = Field(
        default=Numbers(decimals=4), description="How many digits numbers have, and which are carried on"
    )
    notation: Annotated[Notation, BeforeValidator(at_key("preset"), str | Notation)] | None = Field(
        default=None, description="The notation, or just its name; left out, that of the style"
    )
    style: Annotated[Style, BeforeValidator(at_key("name"), str | Style)] | None = Field(
        default=None, description="The style, or just its name; left out, slides"
    )

    aliases: Mapping[str, str] = Field(
        default={},
        description="For verify: what names of a document mean that the notation does not know, by the name",
        examples=[{"net_h1": "z.1.1", "w5": "w.2.1.1"}],
    )

    questions: tuple[Question, ...] = Field(
        default=(), description="What a worksheet asks; left out, a sensible choice", examples=[[{"ask": "forward"}]]
    )

    @property
    def worked_sample(self) -> int:
        """Number of the sample that pages work through, from 1."""
        return self.update.on if self.update and isinstance(self.update.on, int) else 1

    def weight(self, layer: int, to: int, source: int) -> ExactNumber | None:
        """Return the weight of neuron `to` of `layer` for neuron `source` of the layer before, all from 1."""
        matrix = self.parameters.weights[layer - 1]
        row = self.parameters.orientation == "row"
        return matrix[source - 1][to - 1] if row else matrix[to - 1][source - 1]

    @model_validator(mode="wrap")
    @classmethod
    def _find_every_problem(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Validate the sections and their shapes, and raise all problems at once."""
        try:
            spec = handler(value)
        except ValidationError as error:
            raise error_for([*model_problems(error, cls, value), *shape_problems(value)]) from None
        if problems := tuple(shape_problems(spec)):
            raise error_for(problems)
        return spec
