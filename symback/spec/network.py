"""The sections of a spec about the mathematics: network, parameters, data, loss, update, difference check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from symback.spec.exact import ExactNumber
from symback.spec.fields import Entry, Factor, Line, PartlyKnown, PenaltyFactor, Positive, Section, Vector, Whole
from symback.spec.problems import RefusedError
from symback.spec.wiring import Wiring, wirings
from symback.spec.words import (
    check_activation,
    check_loss,
    check_loss_name,
    check_penalty,
    read_batch,
    read_bias,
)

MOST_PARAMETERS = 5000


def one_as_list(value: Any) -> Any:
    """Return one word as a tuple, and anything else as it is."""
    return (value,) if isinstance(value, str) else value


def none_as_empty(value: Any) -> Any:
    """Return an empty tuple for None, and anything else as it is."""
    return () if value is None else value


class Layer(Section):
    """One layer of neurons."""

    size: Whole = Field(ge=1, le=64, description="Number of neurons", examples=[2])
    activation: Annotated[
        tuple[Annotated[str, AfterValidator(check_activation)], ...], BeforeValidator(one_as_list, str | list[str])
    ] = Field(
        description="Name of an activation, or an expression in x such as 2*x; or a list, one for each neuron",
        examples=["relu", "2*x", ["relu", "tanh"]],
    )
    bias: Annotated[bool | Literal["shared", "input"], BeforeValidator(read_bias)] = Field(
        default=True,
        description="true: each neuron adds a bias of its own; false: none does; shared: one for the whole layer; "
        "input: the first weight of each neuron is its bias, of an input that is always 1",
        examples=[True, "shared"],
    )
    entering: tuple[Whole, ...] | None = Field(
        default=None,
        alias="from",
        min_length=1,
        description="Numbers of the layers whose values enter side by side, 0 for the inputs; "
        "left out, the layer before",
        examples=[[0, 1]],
    )
    name: Line = Field(
        default="", description="What the page calls the layer; left out, by its place", examples=["hidden"]
    )


class Network(Section):
    """The layers, from the inputs on; at most 5,000 weights and biases in all."""

    inputs: Whole = Field(ge=1, le=64, description="Number of inputs", examples=[2])
    layers: tuple[Layer, ...] = Field(
        min_length=1,
        max_length=8,
        description="The layers in order; the last one gives the outputs",
        examples=[[{"size": 2, "activation": "relu"}]],
    )

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of the neurons of each layer."""
        return (self.inputs, *(layer.size for layer in self.layers))

    @property
    def wirings(self) -> tuple[Wiring, ...]:
        """What enters each layer, and where its parameters stand."""
        entering = [layer.entering or (before,) for before, layer in enumerate(self.layers)]
        return wirings(self.sizes, [layer.bias for layer in self.layers], entering)

    @property
    def parameter_count(self) -> int:
        """Number of places for weights and biases."""
        return sum(wiring.parameter_count for wiring in self.wirings)

    @model_validator(mode="after")
    def _check_parameter_count(self) -> Self:
        if any(
            source not in range(place) for place, layer in enumerate(self.layers, 1) for source in layer.entering or ()
        ):
            return self  # which is said where it stands
        if self.parameter_count > MOST_PARAMETERS:
            raise RefusedError(f"{self.parameter_count:,} weights and biases", f"at most {MOST_PARAMETERS:,}")
        return self


class Parameters(Section):
    """The numbers of the weights and biases, layer by layer."""

    orientation: Literal["column", "row"] = Field(
        default="column",
        description="How each matrix is written: column is weights[layer][to][from], row is weights[layer][from][to]",
        examples=["column"],
    )
    weights: tuple[tuple[tuple[Entry | None, ...], ...], ...] = Field(
        description="One matrix for each layer; null stands for an unknown number, absent for no connection",
        examples=[[[[0.4, -0.2], [0.1, 0.7]], [[1.5, -0.6]]]],
    )
    biases: Annotated[
        tuple[Annotated[PartlyKnown, BeforeValidator(none_as_empty, PartlyKnown | None)], ...],
        BeforeValidator(none_as_empty),
    ] = Field(
        default=(),
        description="One list for each layer, null for one without biases; a null in a list is an unknown number",
        examples=[[[0.0, 0.3], [0.25]]],
    )
    tied: Mapping[str, str] = Field(
        default={},
        description="By the id of a place: the id of the parameter that is used there too, with the same number at "
        "both places or null at the first",
        examples=[{"w.2.1.1": "w.1.1.1"}],
    )


class Sample(Section):
    """One example from the data: the inputs, and the targets of the outputs or the class that is the right one."""

    inputs: Vector = Field(description="One number for each input", examples=[[1.0, 0.5]])
    targets: Vector = Field(default=(), description="One number for each output, if there is a loss", examples=[[1]])
    label: Whole | None = Field(
        default=None,
        alias="class",
        description="Instead of targets, the number of the right output, from 1: its target is 1, the others are 0",
        examples=[2],
    )

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if self.targets and self.label is not None:
            raise RefusedError("targets besides a class", "one of the two")
        return self


class Penalty(Section):
    """What is added to the loss for the size of weights, once, whatever the number of samples."""

    kind: Annotated[str, AfterValidator(check_penalty)] = Field(description="Name of a penalty", examples=["l2"])
    factor: PenaltyFactor = Field(
        description="What the sum is multiplied with, above 0: a decimal, or a fraction that is one", examples=[0.01]
    )
    of: tuple[str, ...] = Field(
        default=("w.*",),
        min_length=1,
        description="The parameters in it, by id or by a pattern such as w.2.*; each counts once, also if it stands in "
        "several places or is frozen",
        examples=[["w.*"]],
    )


class Loss(Section):
    """How far the outputs are from the targets."""

    kind: Annotated[str, AfterValidator(check_loss)] = Field(description="Name of a loss", examples=["squared-error"])
    factor: Factor = Field(
        default=ExactNumber("1"),
        description="What each term is multiplied with, above 0; n stands for the number of outputs",
        examples=["1/2", "1/(2n)", 0.5],
    )
    reduction: Literal["sum", "mean"] = Field(
        default="sum", description="What is taken of the terms of the outputs", examples=["sum"]
    )
    name: Annotated[str, AfterValidator(check_loss_name)] | None = Field(
        default=None, description="What the page calls the loss: a word or a LaTeX command", examples=["Loss"]
    )
    penalty: Penalty | None = Field(
        default=None, description="What the update adds to the loss for the size of the weights; left out, nothing"
    )


MOST_EPOCHS = 100


class Update(Section):
    """One step of learning, or one for each sample."""

    rule: Literal["sgd"] = Field(
        default="sgd", description="sgd: a parameter loses the learning rate times its gradient", examples=["sgd"]
    )
    learning_rate: Positive = Field(description="The learning rate, above 0", examples=[0.1])
    on: Annotated[int | Literal["batch", "each"], BeforeValidator(read_batch)] = Field(
        default="batch",
        description="Number of the sample that is learned from; batch: all of them together; "
        "each: one after the other, a step for each from the parameters that the step before left",
        examples=[1],
    )
    epochs: Whole = Field(
        default=1, ge=1, le=MOST_EPOCHS, description="With each: how often all samples are gone through", examples=[2]
    )
    reduction: Literal["mean", "sum"] = Field(
        default="mean", description="What is taken of the gradients of a batch", examples=["mean"]
    )
    frozen: tuple[str, ...] = Field(
        default=(),
        description="Parameters that are used but not learned, by id or by a pattern such as b.*; a page works out no "
        "gradients of them",
        examples=[["b.*", "w.1.1.2"]],
    )
    parameters: tuple[Line, ...] = Field(
        default=(),
        description="For equations: the names that learn; left out, those under values",
        examples=[["w", "b"]],
    )


class FiniteDifference(Section):
    """How gradients are checked by differences."""

    epsilon: Positive = Field(
        default=ExactNumber("0.000001"), description="How far a parameter is moved, above 0", examples=["0.000001"]
    )
    scheme: Literal["forward", "central"] = Field(
        default="forward", description="forward: one step ahead; central: one step to each side", examples=["forward"]
    )


WITHOUT_NETWORK = {
    "network": Network.model_construct(inputs=0, layers=()),
    "parameters": Parameters(weights=()),
    "data": (Sample(inputs=(), targets=()),),
    "loss": Loss.model_construct(kind="", factor=ExactNumber("1"), reduction="sum", name=None, penalty=None),
}
"""What stands under the keys of a network where a spec has equations instead: nothing to compute."""
