"""The spec: what its author said about a network, its numbers and its page, validated once.

Every key of a spec file is an attribute of the same name; only ``schema`` is called `Spec.schema_version`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from symback.rules.activations import ACTIVATIONS
from symback.spec.equation_checks import EITHER, OF_NETWORKS, equation_problems, mixture_problems
from symback.spec.equations import MOST_EQUATIONS, check_equation
from symback.spec.exact import ExactNumber, Share
from symback.spec.fields import Line, Section, Whole
from symback.spec.network import WITHOUT_NETWORK, FiniteDifference, Loss, Network, Parameters, Sample, Update
from symback.spec.page import Front, Notation, Numbers, Style
from symback.spec.problems import Problem, error_for, show
from symback.spec.questions import Question
from symback.spec.shapes import shape_problems
from symback.spec.translate import NOTHING, model_problems
from symback.spec.words import at_key, check_kinked, check_language, check_symbol, check_version

DEFAULT_KINKS = {name: ExactNumber(row.at_kink) for name, row in ACTIVATIONS.items() if row.kinks}

Kinks = Mapping[Annotated[str, AfterValidator(check_kinked)], ExactNumber]


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
    equations: tuple[Annotated[str, AfterValidator(check_equation)], ...] = Field(
        default=(),
        max_length=MOST_EQUATIONS,
        description="Plain equations instead of a network: NAME = FORMULA each, in any order",
        examples=[["q = x + y", "f = q * z"]],
    )
    values: Mapping[str, ExactNumber | None] = Field(
        default={},
        description="For equations: the numbers of the names that no equation defines; null is an unknown number",
        examples=[{"x": -2, "y": 5, "z": -4}],
    )
    samples: tuple[Mapping[str, ExactNumber | None], ...] = Field(
        default=(),
        description="For equations: the numbers that change from sample to sample, by name",
        examples=[[{"x": 1, "t": 0}, {"x": 2, "t": 1}]],
    )
    output: Line = Field(
        default="",
        description="For equations: what is differentiated, which need not be a loss; left out, the last that no other "
        "equation uses",
        examples=["f"],
    )
    by: tuple[Line, ...] = Field(
        default=(),
        description="For equations: the names whose gradients are found; left out, those that learn, "
        "or without an update all that no equation defines",
        examples=[["x", "y"]],
    )
    given: Mapping[str, ExactNumber] = Field(
        default={},
        description="Values stated for pre-activations, activations and the loss, by id; derivatives ignore that they "
        "are stated. As loss:ID the gradient of a loss by an output, in place of loss and targets. For equations: "
        "values of intermediate results, and as OUTPUT:NAME gradients of an output without an equation",
        examples=[{"z.2.1": -0.85}],
    )
    loss: Annotated[Loss, BeforeValidator(at_key("kind"), str | Loss)] | None = Field(
        default=None, description="The loss, or just its name; left out where its gradients by the outputs are given"
    )
    update: Update | None = Field(default=None, description="The learning step; left out, the page has none")
    finite_difference: FiniteDifference | None = Field(
        default=None, description="How gradients are checked by differences, in the styles that do so"
    )
    kinks: Kinks = Field(
        default={},
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

    names: Mapping[str, Annotated[str, AfterValidator(check_symbol)]] = Field(
        default={},
        description="Symbols that single quantities have in every notation, by id; [patterns](#patterns-for-symbols) "
        "without places",
        examples=[{"w.1.1.1": "w_1", "b.1.1": "b"}],
    )

    questions: tuple[Question, ...] = Field(
        default=(), description="What a worksheet asks; left out, a sensible choice", examples=[[{"ask": "forward"}]]
    )

    parts: tuple[Annotated[Mapping[str, Any], WithJsonSchema({"type": "object"})], ...] = Field(
        default=(),
        description="Several networks on one page: each part is a spec of its own, whose title is its heading; "
        "the keys above the parts are their defaults, and the title and the front those of the page",
        examples=[[{"title": "One neuron"}, {"title": "Two neurons"}]],
    )
    _parts: tuple[Spec, ...] = PrivateAttr(())

    def with_parts(self, parts: Iterable[Spec], keys: Iterable[str]) -> Self:
        """Return the spec of a page that has these parts, and on which the author wrote only these `keys`."""
        page = self.model_copy()
        page._parts = tuple(parts)
        page.model_fields_set.intersection_update({"schema_version" if key == "schema" else key for key in keys})
        return page

    @property
    def networks(self) -> tuple[Spec, ...]:
        """The specs of the parts of the page; without parts, this one alone."""
        return self._parts or (self,)

    @property
    def loss_factor(self) -> Fraction:
        """What each term of the loss is multiplied with."""
        if self.loss is None:
            return Fraction(1)
        factor = self.loss.factor
        return factor.of(self.network.sizes[-1]) if isinstance(factor, Share) else factor.value

    def targets(self, sample: Sample) -> tuple[ExactNumber, ...]:
        """Return the target of each output, which is 1 or 0 where the sample has a class; nothing without a loss."""
        if sample.label is None:
            return sample.targets
        outputs = range(1, self.network.sizes[-1] + 1)
        return tuple(ExactNumber(str(int(output == sample.label))) for output in outputs)

    @property
    def at_kinks(self) -> Mapping[str, ExactNumber]:
        """By name of the activation: what its derivative is taken to be at the kink, said or not."""
        return {**DEFAULT_KINKS, **self.kinks}

    @property
    def worked_sample(self) -> int:
        """Number of the sample that pages work through, from 1."""
        return self.update.on if self.update and isinstance(self.update.on, int) else 1

    @property
    def entries(self) -> Mapping[str, ExactNumber | Literal["absent"] | None]:
        """What stands for each weight and bias, by the id of its place."""
        found: dict[str, ExactNumber | Literal["absent"] | None] = {}
        matrices, vectors = self.parameters.weights, self.parameters.biases
        for wiring, matrix in zip(self.network.wirings, matrices, strict=True):
            rows = zip(*matrix, strict=True) if self.parameters.orientation == "row" else matrix
            for names, numbers in zip(wiring.weights, rows, strict=True):
                found |= dict(zip(names, numbers, strict=True))
        for wiring, vector in zip(self.network.wirings, vectors, strict=False):
            found |= dict(zip(wiring.biases, vector, strict=True))
        return found

    def parameter_at(self, place: str) -> str:
        """Return the id of the parameter that is used at a place."""
        return self.parameters.tied.get(place, place)

    @model_validator(mode="wrap")
    @classmethod
    def _find_every_problem(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Validate the sections and how they fit together, and raise all problems at once."""
        has_equations = isinstance(value, Mapping) and bool(value.get("equations"))
        whole = {**value, **WITHOUT_NETWORK} if has_equations else value
        problems = [*mixture_problems(value)]
        try:
            spec = handler(whole)
        except ValidationError as error:
            found = [*problems, *model_problems(error, cls, whole), *shape_problems(whole), *equation_problems(whole)]
            raise error_for(_without_repetition(found)) from None
        if problems := [*problems, *shape_problems(spec), *equation_problems(spec)]:
            raise error_for(problems)
        if has_equations:
            spec.model_fields_set.difference_update(WITHOUT_NETWORK)
        return spec


def _without_repetition(problems: list[Problem]) -> list[Problem]:
    """Return the problems with one in place of those about all keys of a network, which may not be what is missing."""
    required = [key for key in OF_NETWORKS if Spec.model_fields[key].is_required()]
    missing = [Problem((key,), NOTHING, f"the key {show(key)}") for key in required]
    if not all(problem in problems for problem in missing):
        return problems
    return [Problem((), "nothing to work out", EITHER), *(each for each in problems if each not in missing)]
