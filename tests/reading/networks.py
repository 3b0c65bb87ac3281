"""Networks with two inputs and two hidden neurons: their names in several notations, and the formulas of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.reading.trees import (
    HALF,
    ONE,
    TWO,
    Tree,
    applied,
    difference,
    name,
    negative,
    power,
    primed,
    product,
    quotient,
    running,
    total,
)

NOTATIONS: Mapping[str, Mapping[str, str]] = {
    "layers": {
        **{"x": "x_<1>", "w": "w_{<1><2>}^{(1)}", "b": "b_<1>^{(1)}", "z": "z_<1>^{(1)}", "h": "a_<1>^{(1)}"},
        **{"v": "w_{<1><2>}^{(2)}", "c": "b_<1>^{(2)}", "u": "z_<1>^{(2)}", "y": "a_<1>^{(2)}", "t": "t_<1>"},
        **{"d": r"\delta_<1>^{(2)}", "eta": r"\eta"},
    },
    "letters": {
        **{"x": "x_<1>", "w": "w_{<1><2>}", "b": "b_<1>", "z": "z_<1>", "h": "h_<1>"},
        **{"v": "v_{<1><2>}", "c": "c_<1>", "u": "u_<1>", "y": r"\hat{y}_<1>", "t": "y_<1>"},
        **{"d": r"\delta_<1>", "eta": r"\alpha"},
    },
    "brackets": {
        **{"x": "x_{<1>}", "w": "W^{[1]}_{<1>,<2>}", "b": "b^{[1]}_{<1>}", "z": "z^{[1]}_{<1>}", "h": "a^{[1]}_{<1>}"},
        **{"v": "W^{[2]}_{<1>,<2>}", "c": "b^{[2]}_{<1>}", "u": "z^{[2]}_{<1>}", "y": "a^{[2]}_{<1>}"},
        **{"t": "y_{<1>}", "d": r"\delta^{[2]}_{<1>}", "eta": r"\eta"},
    },
    "net and out": {
        **{
            "x": "i_{<1>}",
            "w": "w_{i_<2> h_<1>}",
            "b": "b_{h_<1>}",
            "z": r"\mathrm{net}_{h_<1>}",
            "h": r"\mathrm{out}_{h_<1>}",
        },
        **{"v": "w_{h_<2> o_<1>}", "c": "b_{o_<1>}", "u": r"\mathrm{net}_{o_<1>}", "y": r"\mathrm{out}_{o_<1>}"},
        **{"t": r"\mathrm{target}_{o_<1>}", "d": r"\delta_{o_<1>}", "eta": r"\eta"},
    },
}
"""By notation and letter of a key: the spelling, with the first and the second index of the key in angle brackets."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network as a derivation speaks of it.

    Keys are a letter and its indices, `w_12` for the weight to hidden neuron 1 from input 2: x inputs, w and v weights,
    b and c biases, z and u pre-activations, h and y activations, t targets, d the derivative of the loss by u.
    """

    notation: str
    outputs: int
    hidden: str
    output: str
    """Activations, as keyed in `functions`; `linear` outputs have no u, for y is it."""

    loss: str
    """`half square`, `square` or `cross-entropy`."""

    cancels: bool
    """Whether the half of a loss and the two of its derivative are cancelled at once, or written first."""

    definitions: Mapping[str, Tree]
    """What some of the names are declared to be; the others are free."""

    def spelling(self, key: str) -> str:
        letter, _, indices = key.partition("_")
        pattern = NOTATIONS[self.notation][letter]
        for place, index in enumerate(indices, start=1):
            pattern = pattern.replace(f"<{place}>", index)
        return pattern

    def siblings(self, key: str) -> list[str]:
        """Return keys of the same letter with other indices: what a name is mistaken for."""
        letter, _, indices = key.partition("_")
        first = "12" if letter in "xwbzh" else "12"[: self.outputs]
        every = [one + two for one in first for two in ("12" if letter in "wv" else [""])] if indices else []
        return [f"{letter}_{other}" for other in every if other != indices]

    @property
    def gates(self) -> list[str]:
        """Return the keys whose signs decide which neurons are on."""
        return ["z_1", "z_2"] if self.hidden == "relu" else []

    @property
    def neurons_out(self) -> range:
        return range(1, self.outputs + 1)


def some_network(random: Random) -> Network:
    output = random.choice(["sigma", "sigma", "tanh", "linear"])
    losses = ["half square", "half square", "square", *(["cross-entropy"] * 2 if output == "sigma" else [])]
    draft = Network(
        notation=random.choice(list(NOTATIONS)),
        outputs=random.choice([1, 2, 2]),
        hidden=random.choice(["sigma", "relu", "relu", "tanh"]),
        output=output,
        loss=random.choice(losses),
        cancels=random.random() < 0.6,
        definitions={},
    )
    definitions = {f"h_{i}": applied(draft.hidden, name(f"z_{i}")) for i in (1, 2)}
    if random.random() < 0.5:
        definitions |= {f"z_{i}": pre_activation("w", "x", "b", i) for i in (1, 2)}
    for k in draft.neurons_out:
        if output != "linear":
            definitions[f"y_{k}"] = applied(output, name(f"u_{k}"))
        if random.random() < 0.5:
            definitions[f"y_{k}" if output == "linear" else f"u_{k}"] = pre_activation("v", "h", "c", k)
        definitions[f"d_{k}"] = output_delta(draft, k)
    return replace(draft, definitions=definitions)


def pre_activation(weight: str, before: str, bias: str, to: int) -> Tree:
    terms = (product(name(f"{weight}_{to}{j}"), name(f"{before}_{j}")) for j in (1, 2))
    return total(*terms, name(f"{bias}_{to}"))


def loss_term(network: Network, k: int | str) -> Tree:
    y, t = name(f"y_{k}"), name(f"t_{k}")
    if network.loss == "cross-entropy":
        missed = product(difference(ONE, t), applied("ln", difference(ONE, y)))
        return negative(total(product(t, applied("ln", y)), missed))
    square = power(difference(t, y), 2)
    return product(HALF, square) if network.loss == "half square" else square


def loss_by_output(network: Network, k: int) -> Tree:
    y, t = name(f"y_{k}"), name(f"t_{k}")
    if network.loss == "cross-entropy":
        return total(negative(quotient(t, y)), quotient(difference(ONE, t), difference(ONE, y)))
    doubled = product(TWO, difference(y, t))
    if network.loss == "square":
        return doubled
    return difference(y, t) if network.cancels else product(HALF, doubled)


def output_delta(network: Network, k: int) -> Tree:
    slope = ONE if network.output == "linear" else primed(network.output, name(f"u_{k}"))
    return product(loss_by_output(network, k), slope)


def arriving(network: Network, i: int, random: Random) -> Tree:
    """Return the derivative of the loss by hidden activation i: a sum over the outputs, running or written out."""
    paths = [product(name(f"d_{k}"), name(f"v_{k}{i}")) for k in network.neurons_out]
    if network.outputs > 1 and random.random() < 0.4:
        return running("k", product(name("d_k"), name(f"v_k{i}")), *paths)
    worked = random.random() < 0.5
    return total(
        *(product(output_delta(network, k), path.parts[-1]) if worked else path for k, path in enumerate(paths, 1))
    )


def some_formula(network: Network, random: Random) -> tuple[str, Tree]:
    """Return one of the formulas that a derivation holds, with what it is of."""
    i, j, k = random.choice([1, 2]), random.choice([1, 2]), random.choice(list(network.neurons_out))
    slope = primed(network.hidden, name(f"z_{i}"))
    match random.choice(
        ["pre", "activation", "loss", "loss", "output", "delta", *["outer", "arriving", "inner", "bias", "update"] * 2]
    ):
        case "pre":
            return "pre-activation", pre_activation("v", "h", "c", k)
        case "activation":
            return "activation", applied(network.hidden, pre_activation("w", "x", "b", i))
        case "loss":
            terms = [loss_term(network, k) for k in network.neurons_out]
            if network.outputs > 1 and random.random() < 0.5:
                return "loss", running("k", loss_term(network, "k"), *terms)
            return "loss", total(*terms)
        case "output":
            return "loss by output", loss_by_output(network, k)
        case "delta":
            return "loss by output pre-activation", output_delta(network, k)
        case "outer":
            return "loss by output weight", product(output_delta(network, k), name(f"h_{i}"))
        case "arriving":
            return "loss by hidden pre-activation", product(arriving(network, i, random), slope)
        case "inner":
            return "loss by hidden weight", product(arriving(network, i, random), slope, name(f"x_{j}"))
        case "bias":
            return "loss by hidden bias", product(slope, arriving(network, i, random))
        case _:
            gradient = product(arriving(network, i, random), slope, name(f"x_{j}"))
            return "updated weight", difference(name(f"w_{i}{j}"), product(name("eta"), gradient))
