"""The text of a spec worked through on the tape, a network or plain equations, sample by sample and step by step.

The text is read by PyYAML alone, and nothing of the package is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import partial
from itertools import repeat
from typing import Any

import mpmath
import yaml

from tests.oracles.functions import FUNCTIONS, JOINT, NAMED
from tests.oracles.network import BEFORE_SHIFTS, Network, read_network
from tests.oracles.tape import ITSELF, TAPE, Node, Number, derivatives, plus, slope_at, times

UNKNOWN = float("nan")
"""Stands for an unknown parameter until it gets onto the tape."""

Tree = dict[str, Any]
Hides = Callable[[str], bool]


@dataclass
class Neuron:
    """An activation at work: its word, the pre-activation with its id, the slope there, and the points without one."""

    name: str
    word: str
    z: Number
    slope: Number
    kinks: tuple[Fraction, ...] = ()
    joined: int = 1


@dataclass
class Pass:
    """One sample worked through, in one step: values, gradients of what is differentiated, and activations at work.

    ``defined`` is what the definitions of stated values give; ``entering`` what is multiplied with each weight.
    """

    sample: int
    values: dict[str, Number]
    gradients: dict[str, Number]
    neurons: list[Neuron]
    defined: dict[str, Number] = field(default_factory=dict)
    entering: dict[str, Number] = field(default_factory=dict)
    added: dict[str, Number] = field(default_factory=dict)
    """The gradients of the penalty."""
    switches: list[Number] = field(default_factory=list)
    """What is 0 at a kink of the loss, or of a function that an equation calls."""


def read(text: str) -> Tree:
    """Return the tree of a spec with texts for all scalars, unknown numbers as None."""

    def known(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: known(value) for key, value in part.items()}
        return [known(value) for value in part] if isinstance(part, list) else None if part in ("null", "~") else part

    tree: Tree = known(yaml.load(text, Loader=yaml.BaseLoader))
    return tree


def networks(tree: Tree) -> Iterator[Tree]:
    """Yield the parts of a spec, for which the keys above them are defaults; without parts the spec itself."""
    shared = {key: value for key, value in tree.items() if key != "parts"}
    yield from ({**shared, **part} for part in tree.get("parts", [{}]))


class Worked:
    """All samples of a spec worked through with its own numbers, and the steps of learning in their order.

    Numbers whose ids are hidden count as unknown.
    """

    def __init__(self, tree: Tree, hides: Hides = lambda name: False) -> None:
        self.tree = tree
        self.update = tree.get("update") or {}
        self.given = {name: Fraction(number) for name, number in tree.get("given", {}).items()}
        work = partial(_equations_worked if "equations" in tree else _network_worked, tree, hides)
        self.samples = [work(sample) for sample in range(1, len(tree.get("data") or tree.get("samples") or [0]) + 1)]
        on = self.update.get("on", "batch")
        self.worked = self.samples[int(on) - 1 if on.isdigit() else 0]
        self.parameters = _parameters(tree)
        self.learned = [name for name in self.parameters if self._is_learned(name)]
        self.after: list[dict[str, Number]] = []
        """The learned parameters after each step."""
        self.steps = list(self._steps(work)) if on == "each" else []

    @property
    def shown(self) -> list[Pass]:
        """What pages work through: one sample, or each step."""
        return self.steps or [self.worked]

    def batch_gradient(self, name: str) -> Number:
        """Return the gradient that the one step follows."""
        from_all = self.update.get("on", "batch") == "batch"
        learned = self.samples if from_all else [self.worked]
        share = Fraction(1, len(learned)) if self.update.get("reduction", "mean") == "mean" else Fraction(1)
        return plus([times(share, plus([done.gradients[name] for done in learned])), self.worked.added.get(name, 0)])

    @property
    def batch_loss(self) -> Number:
        """The loss that the one step follows."""
        from_all = self.update.get("on", "batch") == "batch"
        learned = self.samples if from_all else [self.worked]
        share = Fraction(1, len(learned)) if self.update.get("reduction", "mean") == "mean" else Fraction(1)
        total = times(share, plus([done.values["loss"] for done in learned]))
        return plus([total, self.worked.values.get("penalty", Fraction(0))])

    def new_value(self, before: Number, gradient: Number) -> Number:
        return plus([before, times(-Fraction(self.update["learning_rate"]), gradient)])

    def _is_learned(self, name: str) -> bool:
        if "equations" in self.tree:
            chosen = self.update.get("parameters") or self.tree.get("by")
            return name in chosen if chosen else name in self.worked.gradients
        return not any(fnmatchcase(name, pattern) for pattern in self.update.get("frozen", ()))

    def _steps(self, work: Callable[..., Pass]) -> Iterator[Pass]:
        numbers = dict(self.parameters)
        for _ in range(int(self.update.get("epochs", 1))):
            for sample in range(1, len(self.samples) + 1):
                done = work(sample, numbers)
                gradients = {name: plus([done.gradients[name], done.added.get(name, 0)]) for name in self.learned}
                self.after.append({name: self.new_value(numbers[name], gradients[name]) for name in self.learned})
                numbers |= self.after[-1]
                yield done


def _parameters(tree: Tree) -> dict[str, Number]:
    if "equations" in tree:
        return {name: None if number is None else Fraction(number) for name, number in tree.get("values", {}).items()}
    network = _network(tree, 1)
    return {name: _number(number) for name, number in network.parameters.items()}


def _network(tree: Tree, sample: int) -> Network:
    """Return the network of a tree of texts, with a loss that nobody asks for where the tree has none."""
    given = {name: number for name, number in tree.get("given", {}).items() if ":" not in name}
    network = {"inputs": int(tree["network"]["inputs"]), "layers": [_typed(each) for each in tree["network"]["layers"]]}
    rows = [{"targets": ["0"] * network["layers"][-1]["size"], **row} for row in tree["data"]]
    values = {"loss": "squared-error", **tree, "network": network, "given": given, "data": rows}
    values["update"] = {key: value for key, value in tree.get("update", {}).items() if key != "on"}
    return read_network(values, sample, repeat(UNKNOWN))


def _typed(layer: Tree) -> Tree:
    typed = {**layer, "size": int(layer["size"])}
    if "bias" in layer:
        typed["bias"] = {"true": True, "false": False}.get(layer["bias"], layer["bias"])
    return typed | ({"from": [int(number) for number in layer["from"]]} if "from" in layer else {})


def _number(value: Any) -> Number:
    return None if value != value else value


def _network_worked(tree: Tree, hides: Hides, sample: int, parameters: Mapping[str, Number] | None = None) -> Pass:
    network = _network(tree, sample)
    given = {**network.given, **(parameters or {})}
    numbers = {name: Node(None if hides(name) else _number(number)) for name, number in given.items()}
    nodes = network.forward(numbers, TAPE, {}, defaultdict(lambda: ITSELF))
    outputs = [nodes[f"a.{len(network.layers)}.{place}"] for place in range(1, len(network.targets) + 1)]
    if "loss" not in tree:
        keys = [f"loss:a.{len(network.layers)}.{place + 1}" for place in range(len(outputs))]
        nodes["loss"] = _upstream(tree, hides, dict(zip(keys, outputs, strict=True)))
    slopes = derivatives(nodes["loss"])
    penalty = derivatives(nodes["penalty"]) if "penalty" in nodes else {}
    values = {name: each.value for name, each in nodes.items() if not name.startswith(BEFORE_SHIFTS)}
    known = {**numbers, **nodes}
    gradients = {
        name: slopes.get(known[name], Fraction(0))
        for name in (*network.parameters, *network.intermediate)
        if not name.startswith("loss")
    }
    entering = {
        f"w.{number}.{to}.{place}": Fraction(1) if source.endswith(".0") else known[source].value
        for number, layer in enumerate(network.layers, 1)
        for to, row in enumerate(layer.weights, 1)
        for place, (source, weight) in enumerate(zip(layer.sources, row, strict=True), layer.first)
        if weight is not None
    }
    targets = [numbers[f"t.{place}"] for place in range(1, len(outputs) + 1)]
    return Pass(
        sample=sample,
        values=values,
        gradients=gradients,
        neurons=list(_neurons(tree, network, values)),
        defined={name[1:]: each.value for name, each in nodes.items() if name.startswith(BEFORE_SHIFTS)},
        entering=entering,
        added={name: penalty[numbers[name]] for name in network.parameters if numbers[name] in penalty},
        switches=[
            (output - target).value
            for output, target in zip(outputs, targets, strict=True)
            if "loss" in tree and network.loss == "absolute-error"
        ],
    )


def _upstream(tree: Tree, hides: Hides, outputs: Mapping[str, Node]) -> Node:
    """Return what has the given gradients by outputs, which stand under their keys: gradient times output, summed."""
    slopes = {key: Node(None if hides(key) else Fraction(tree["given"][key])) for key in outputs}
    return sum((output * slopes[key] for key, output in outputs.items()), Node(Fraction(0)))


def _neurons(tree: Tree, network: Network, values: Mapping[str, Number]) -> Iterator[Neuron]:
    for number, layer in enumerate(network.layers, 1):
        word = tree["network"]["layers"][number - 1]["activation"]
        words = word if isinstance(word, list) else [word] * len(layer.weights)
        entered = [values[f"z.{number}.{place}"] for place in range(1, len(words) + 1)]
        for place, (each, z) in enumerate(zip(words, entered, strict=True)):
            name = f"z.{number}.{place + 1}"
            if layer.joint:
                around = partial(_joint, layer.joint, entered, place)
                yield Neuron(name, each, z, slope_at(around, z), joined=len(entered))
            else:
                function = FUNCTIONS[each]
                yield Neuron(name, each, z, slope_at(function, z), function.kinks)


def _joint(word: str, entered: list[Number], place: int, z: Node, m: Any) -> Node:
    return JOINT[word]([z if other == place else Node(each) for other, each in enumerate(entered)], m)[place]


NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


def _equations_worked(tree: Tree, hides: Hides, sample: int) -> Pass:
    samples = tree.get("samples") or [{}]
    numbers = {**tree.get("values", {}), **samples[sample - 1]}
    numbers = {name: None if number is None or hides(name) else Fraction(number) for name, number in numbers.items()}
    nodes = {name: Node(number) for name, number in numbers.items()}
    stated = {name: Fraction(number) for name, number in tree.get("given", {}).items()}
    formulas = dict(tuple(part.strip() for part in text.split("=")) for text in tree["equations"])
    neurons: list[Neuron] = []
    switches: list[Number] = []
    defined: dict[str, Number] = {}
    waiting = dict(formulas)
    while waiting:
        name = next(
            name for name, text in waiting.items() if not set(re.findall(r"[A-Za-z]\w*", text)) & waiting.keys()
        )
        text = NUMBER.sub(r'N("\g<0>")', waiting.pop(name)).replace("^", "**")
        calls = {word: partial(_called, word, name, neurons) for word in CALLS}
        pairs = {word: partial(_chosen, sign, switches) for word, sign in (("max", 1), ("min", -1))}
        special = {"abs": partial(_size, switches), "N": lambda text: Node(Fraction(text))}
        constants = {"e": Node(mpmath.e + 0), "pi": Node(mpmath.pi + 0)}
        found = eval(text, {"__builtins__": {}}, {**constants, **calls, **pairs, **special, **nodes})
        if name in stated:
            defined[name] = found.value
            found = Node(stated[name], (found, Fraction(1)))
        nodes[name] = found
    upstream = {key: nodes[key.partition(":")[2]] for key in stated if ":" in key}
    used = " ".join(formulas.values())
    last = [name for name in formulas if not re.search(rf"\b{name}\b", used)]
    root = _upstream(tree, hides, upstream) if upstream else nodes[tree.get("output") or last[-1]]
    slopes = derivatives(root)
    return Pass(
        sample=sample,
        values={name: nodes[name].value for name in formulas},
        gradients={name: slopes[each] for name, each in nodes.items() if each in slopes and each is not root},
        neurons=neurons,
        defined=defined,
        switches=switches,
    )


CALLS = {name.replace("-", "_"): function for name, function in NAMED.items()} | {
    word: getattr(TAPE, word if word != "ln" else "log") for word in ("exp", "log", "ln", "sqrt", "sin", "cos")
}


def _called(word: str, name: str, neurons: list[Neuron], x: Node) -> Node:
    activation = word.replace("_", "-")
    if activation not in NAMED:
        return CALLS[word](x)
    function = NAMED[activation]
    neurons.append(Neuron(name, activation, x.value, slope_at(function, x.value), function.kinks))
    return function(x, TAPE)


def _chosen(sign: int, switches: list[Number], left: Node, right: Node) -> Node:
    """Return the larger of two numbers for the sign 1, the smaller for -1."""
    switches.append((left - right).value)
    return right + sign * TAPE.positive(sign * (left - right))


def _size(switches: list[Number], x: Node) -> Node:
    switches.append(x.value)
    return TAPE.positive(x) + TAPE.positive(-x)
