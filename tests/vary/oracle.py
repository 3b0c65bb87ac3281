"""A second opinion on varied specs: their text is read by PyYAML alone, worked through by hand and judged.

Nothing of the package is used. Numbers are fractions where the network keeps them rational, else have 60 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

import mpmath
import yaml

mpmath.mp.dps = 60
NOTHING = mpmath.mpf(10) ** -45
"""Numbers that differ by less are equal: those of the tests differ by far more if they differ at all."""

KINK, SIGMOID_SLOPE, MOST_DECIMALS = Fraction(1, 20), Fraction(1, 20), 2
NUMBERS = ("weights", "biases", "inputs", "targets", "given")
"""Keys below which a variation may write other numbers."""

Number = Any  # Fraction or mpf, or None where it is unknown
Function = tuple[Callable[[Number], Number], Callable[[Number], Number], tuple[Fraction, ...]]


def _real(value: Number) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def _size(value: Number) -> Any:
    return abs(_real(value))


def _sigmoid(z: Number) -> Number:
    return 1 / (1 + mpmath.exp(-_real(z)))


FUNCTIONS: Mapping[str, Function] = {
    "relu": (lambda z: z if z > 0 else Fraction(0), lambda z: Fraction(int(z > 0)), (Fraction(0),)),
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z)), ()),
    "linear": (lambda z: z, lambda z: Fraction(1), ()),
    "2.0*x": (lambda z: 2 * z, lambda z: Fraction(2), ()),
    "tanh(x)": (lambda z: mpmath.tanh(_real(z)), lambda z: 1 - mpmath.tanh(_real(z)) ** 2, ()),
    "max(x, 0.1*x)": (
        lambda z: z if z > 0 else z / 10,
        lambda z: Fraction(1) if z > 0 else Fraction(1, 10),
        (Fraction(0),),
    ),
}
"""Value, slope and kinks of the activations in the tests."""


@dataclass
class Pass:
    """One sample worked through: activations (layer 0 are the inputs), pre-activations, slopes and gradients by id.

    ``by_activation`` and ``by_pre_activation`` hold the gradients of the loss by these, from the last layer back.
    """

    a: list[list[Number]] = field(default_factory=list)
    z: list[list[Number]] = field(default_factory=list)
    defined: dict[str, Number] = field(default_factory=dict)
    slopes: list[list[Number]] = field(default_factory=list)
    gradients: dict[str, Number] = field(default_factory=dict)
    by_activation: list[list[Number]] = field(default_factory=list)
    by_pre_activation: list[list[Number]] = field(default_factory=list)
    losses: list[Number] = field(default_factory=list)


def read(text: str) -> dict[str, Any]:
    """Return the tree of a spec with texts for all scalars."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def fraction(text: str) -> Fraction | None:
    return None if text in ("null", "~", "") else Fraction(text)


def times(left: Number, right: Number) -> Number:
    """Return a product; 0 times an unknown number is 0."""
    if left is None or right is None:
        known = right if left is None else left
        return Fraction(0) if known is not None and _size(known) < NOTHING else None
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return _real(left) * _real(right)


def plus(terms: Sequence[Number]) -> Number:
    if any(term is None for term in terms):
        return None
    if all(isinstance(term, Fraction) for term in terms):
        return sum(terms, Fraction(0))
    return mpmath.fsum(_real(term) for term in terms)


class Worked:
    """All samples of a spec, worked through."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        network, parameters = tree["network"], tree["parameters"]
        self.words = [layer["activation"] for layer in network["layers"]]
        by_source = parameters.get("orientation") == "row"
        self.weights = [
            [[fraction(entry) for entry in row] for row in (zip(*matrix, strict=True) if by_source else matrix)]
            for matrix in parameters["weights"]
        ]
        biases = parameters.get("biases", "null")
        vectors = [[] for _ in self.words] if biases == "null" else biases
        self.biases = [[] if vector == "null" else [fraction(entry) for entry in vector] for vector in vectors]
        self.given = {name: Fraction(value) for name, value in tree.get("given", {}).items()}
        loss = tree["loss"] if isinstance(tree["loss"], dict) else {"kind": tree["loss"]}
        share = len(self.weights[-1]) if loss.get("reduction") == "mean" else 1
        self.loss, self.factor = loss["kind"], Fraction(loss.get("factor", "1")) / share
        self.samples = [
            self._work([Fraction(x) for x in sample["inputs"]], [Fraction(t) for t in sample["targets"]])
            for sample in tree["data"]
        ]
        self.update = tree.get("update") or {}
        on = self.update.get("on", "batch")
        self.worked = self.samples[0 if on == "batch" else int(on) - 1]

    def parameter(self, name: str) -> Number:
        """Return a weight or a bias by its id."""
        kind, layer, *places = name.split(".")
        row = (self.weights if kind == "w" else self.biases)[int(layer) - 1][int(places[0]) - 1]
        return row[int(places[1]) - 1] if kind == "w" else row

    def _work(self, inputs: list[Number], targets: list[Number]) -> Pass:
        done = Pass(a=[inputs])
        for layer, (matrix, word) in enumerate(zip(self.weights, self.words, strict=True), 1):
            function, slope, _ = FUNCTIONS[word]
            z, a = [], []
            for to, row in enumerate(matrix, 1):
                terms = [times(w, x) for w, x in zip(row, done.a[-1], strict=True)]
                total = plus(terms + self.biases[layer - 1][to - 1 : to])
                z.append(self._stated(done, f"z.{layer}.{to}", total))
                a.append(self._stated(done, f"a.{layer}.{to}", None if z[-1] is None else function(z[-1])))
            done.z.append(z)
            done.a.append(a)
            done.slopes.append([None if each is None else slope(each) for each in z])
        done.losses = [self._loss(y, t) for y, t in zip(done.a[-1], targets, strict=True)]
        back = [self._loss_slope(y, t) for y, t in zip(done.a[-1], targets, strict=True)]
        for layer in range(len(self.weights), 0, -1):
            deltas = [times(each, slope) for each, slope in zip(back, done.slopes[layer - 1], strict=True)]
            done.by_activation.append(back)
            done.by_pre_activation.append(deltas)
            for to, delta in enumerate(deltas, 1):
                for source, value in enumerate(done.a[layer - 1], 1):
                    done.gradients[f"w.{layer}.{to}.{source}"] = times(delta, value)
                if self.biases[layer - 1]:
                    done.gradients[f"b.{layer}.{to}"] = delta
            columns = zip(*self.weights[layer - 1], strict=True)
            back = [plus([times(w, d) for w, d in zip(column, deltas, strict=True)]) for column in columns]
        return done

    def _stated(self, done: Pass, name: str, defined: Number) -> Number:
        done.defined[name] = defined
        return self.given.get(name, defined)

    def _loss(self, y: Number, t: Number) -> Number:
        if y is None:
            return None
        if self.loss == "squared-error":
            return times(self.factor, times(plus([y, -t]), plus([y, -t])))
        y, t = _real(y), _real(t)
        return -_real(self.factor) * (t * mpmath.log(y) + (1 - t) * mpmath.log(1 - y))

    def _loss_slope(self, y: Number, t: Number) -> Number:
        if y is None:
            return None
        if self.loss == "squared-error":
            return times(2 * self.factor, plus([y, -t]))
        y = _real(y)
        return _real(self.factor) * (-_real(t) / y + (1 - _real(t)) / (1 - y))


def breaches(varied: str, author: str) -> list[str]:
    """Return what is wrong with a varied spec, given the author's."""
    new, old = read(varied), read(author)
    found = [*_shape(new, old), *_decimals(new, old)]
    worked, before = Worked(new), Worked(old)
    return [*found, *_neurons(worked, before), *_gradients(worked, before), *_stated_values(worked, before)]


def _shape(new: Any, old: Any) -> Iterator[str]:
    if masked(new) != masked(old):
        yield "something besides numbers changed, or an unknown number became known"
    if new == old:
        yield "the numbers are those of the author"


def masked(tree: Any, hides: bool = False) -> Any:
    """Return a tree with # for every number that may change."""
    if isinstance(tree, dict):
        return {key: masked(value, hides or key in NUMBERS) for key, value in tree.items()}
    if isinstance(tree, list):
        return [masked(value, hides) for value in tree]
    return "#" if hides and tree != "null" else tree


def _decimals(new: Any, old: Any) -> Iterator[str]:
    """Yield numbers with more decimals than their kind has in the author's spec, or than 2."""
    for key in NUMBERS:
        most, found = (max(len(text.partition(".")[2]) for text in _below(tree, key, "0")) for tree in (old, new))
        if found > min(most, MOST_DECIMALS):
            yield f"{key} have {found} decimals"


def _below(tree: Any, key: str, *first: str) -> Iterator[str]:
    """Yield all scalars below a key, wherever it stands."""
    yield from first
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from _scalars(value) if name == key else _below(value, key)


def _scalars(tree: Any) -> Iterator[str]:
    if isinstance(tree, (dict, list)):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _scalars(value)
    else:
        yield tree


def _neurons(worked: Worked, before: Worked) -> Iterator[str]:
    for number, done in enumerate(worked.samples, 1):
        for layer, word in enumerate(worked.words, 1):
            for neuron, z in enumerate(done.z[layer - 1], 1):
                name = f"z.{layer}.{neuron}"
                if z is None:
                    continue
                slope = done.slopes[layer - 1][neuron - 1]
                if any(_size(plus([z, -kink])) < _real(KINK) for kink in FUNCTIONS[word][2]):
                    yield f"{name}@{number} = {z} is at a kink"
                if word == "relu" and done is worked.worked and slope == 0 and name not in worked.given:
                    yield f"{name}@{number} = {z}: a dead ReLU"
                if word == "sigmoid" and slope < _real(SIGMOID_SLOPE):
                    yield f"{name}@{number} = {z}: a saturated sigmoid"


def _gradients(worked: Worked, before: Worked) -> Iterator[str]:
    done, data_stay = worked.worked, worked.worked.a[0] == before.worked.a[0]

    def has_to_be_zero(name: str) -> bool:
        kind, layer, *places = name.split(".")
        number = int(layer)
        stated_dead = f"z.{layer}.{places[0]}" in worked.given and done.slopes[number - 1][int(places[0]) - 1] == 0
        if kind == "b":
            return stated_dead
        source = int(places[1])
        entering = done.a[number - 1][source - 1]
        kept_zero = data_stay if number == 1 else f"z.{number - 1}.{source}" in worked.given
        return stated_dead or (entering == 0 and kept_zero)

    for name, gradient in done.gradients.items():
        if gradient is not None and _size(gradient) < NOTHING and not has_to_be_zero(name):
            yield f"the gradient of {name} is 0"
    for layer in range(1, len(worked.weights) + 1):
        names = [name for name in done.gradients if name.startswith(f"w.{layer}.")]
        known = [name for name in names if done.gradients[name] is not None and not has_to_be_zero(name)]
        for left, right in combinations(known, 2):
            (to, source), (other_to, other) = left.split(".")[2:], right.split(".")[2:]
            inputs = done.a[0]
            twins = layer == 1 and to == other_to and inputs[int(source) - 1] == inputs[int(other) - 1] and data_stay
            if abs(_real(done.gradients[left]) - _real(done.gradients[right])) < NOTHING and not twins:
                yield f"the gradients of {left} and {right} are equal"


def _stated_values(worked: Worked, before: Worked) -> Iterator[str]:
    """Yield stated values that were what their definition gives, to their last digit, and no longer are."""
    for name, old in before.given.items():
        if name not in worked.given:
            yield f"{name} is no longer stated"
            continue
        new, defined, was_defined = worked.given[name], worked.worked.defined[name], before.worked.defined[name]
        unit = mpmath.mpf(10) ** -MOST_DECIMALS
        followed = was_defined is not None and abs(_real(was_defined) - _real(old)) < unit
        if followed and (defined is None or abs(_real(defined) - _real(new)) > unit / 2 + NOTHING):
            yield f"{name} = {new}, but its definition gives {defined}"
        if not followed and (old > 0, old < 0) != (new > 0, new < 0):
            yield f"{name} = {new} has another sign than {old}"
