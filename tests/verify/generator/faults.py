"""Single mistakes of every class, each as a change to one or several steps of somebody's work."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from tests.verify.generator.expressions import (
    ONE,
    Call,
    Negative,
    Node,
    Product,
    Ref,
    Square,
    Sum,
    difference,
    product,
    total,
)
from tests.verify.generator.matrix_faults import MATRIX_KINDS
from tests.verify.generator.misprints import (
    operand_miscopied,
    operand_slip,
    point_slipped,
    result_miscopied,
    result_misprinted,
    result_sign_lost,
)
from tests.verify.generator.networks import RATES
from tests.verify.generator.scenes import Changes, Scene, formula
from tests.verify.generator.textbook import Textbook, logistic
from tests.verify.generator.working import Change, Fault

Planter = Callable[[Scene], Changes]


def planted(scene: Scene, kind: str) -> Fault | None:
    """Return a mistake of a kind, or nothing where this document has no place for it."""
    by_layer = MATRIX_KINDS[kind](scene.matrices) if scene.matrices and kind in MATRIX_KINDS else ()
    variants: dict[str, list[Change]] = {}
    for key, change in itertools.chain(KINDS[kind](scene), by_layer):
        if scene.changes(key, change):
            variants.setdefault(key, []).append(change)
    if not variants:
        return None
    key = scene.draw.choice(sorted(variants))
    variant = scene.draw.randrange(len(variants[key]))
    change, chance = variants[key][variant], scene.draw.random()
    if change.symbols and change.computed and chance < 0.3:  # the formula is right, and other numbers are put in
        return Fault(kind, {key: replace(change, symbols=None, numbers=change.symbols[-1])})
    if change.symbols and chance < 0.5:  # the same mistake wherever it can be made
        stem = key.split(".")[:2]
        return Fault(
            kind, {k: c[variant] for k, c in variants.items() if k.split(".")[:2] == stem and len(c) > variant}
        )
    return Fault(kind, {key: change})


def sign(scene: Scene) -> Changes:
    """Turn one sign: target minus output in the gradient, one term of a sum, or the exponent of the sigmoid."""
    book, net = scene.book, scene.book.net
    for layer, i in scene.deltas(hidden=False):
        if net.cross_entropy:
            yield f"delta.{layer}.{i}", formula((difference(Ref(f"t.{i}"), book.output(i)),))
        else:
            yield f"gradient.a.{layer}.{i}", formula(book.output_gradient(i, sign=-1))
            if not book.taste.chain:
                yield f"delta.{layer}.{i}", formula(book.delta(layer, i, upstream=book.error(i, sign=-1)))
    for layer in range(1, net.depth + 1):
        for i in net.neurons(layer):
            terms = book.terms(layer, i)
            if len(terms) > 1:
                yield f"z.{layer}.{i}", formula(book.pre_activation(layer, i, [*terms[:-1], Negative(terms[-1])]))
            if net.activation(layer) == "sigmoid":
                yield f"a.{layer}.{i}", formula((logistic(Ref(f"z.{layer}.{i}")),))
    for layer, j in scene.deltas(hidden=True):
        paths = book.paths(layer, j)
        if len(paths) > 1:
            yield from _back(book, layer, j, Sum((paths[0], *map(Negative, paths[1:]))))


def factor(scene: Scene) -> Changes:
    """Leave out the ½ or the 2, or put one in."""
    book, net = scene.book, scene.book.net
    if net.cross_entropy:
        return
    other_loss, other = ("1", "2") if net.factor == "1/2" else ("1/2", "1")
    for k in net.neurons(net.depth):
        yield f"loss.{k}", formula(book.loss_term(k, other_loss))
        yield f"gradient.a.{net.depth}.{k}", formula(book.output_gradient(k, factor=other))
        if not book.taste.chain:
            yield f"delta.{net.depth}.{k}", formula(book.delta(net.depth, k, upstream=book.error(k, factor=other)))
    if net.sizes[-1] == 1:
        yield "loss", formula(book.loss_term(1, other_loss))


def output_slope_dropped(scene: Scene) -> Changes:
    return _slopes(scene, hidden=False, slope=lambda layer, i: ())


def hidden_slope_dropped(scene: Scene) -> Changes:
    return _slopes(scene, hidden=True, slope=lambda layer, i: ())


def function_for_slope(scene: Scene) -> Changes:
    """Put the activation where its derivative belongs."""

    def slope(layer: int, i: int) -> tuple[Node, ...]:
        return (Ref(f"a.{layer}.{i}"),)

    yield from _slopes(scene, hidden=True, slope=slope)
    yield from _slopes(scene, hidden=False, slope=slope)


def slope_at_activation(scene: Scene) -> Changes:
    """Put the activation into the sigmoid's derivative, which is stated in the pre-activation."""
    for hidden in (True, False):
        for layer, i in scene.deltas(hidden):
            if scene.book.net.activation(layer) == "sigmoid":
                yield from _slope(scene, layer, i, (Call("sigmoid'", Ref(f"a.{layer}.{i}")),))


def other_slope(scene: Scene) -> Changes:
    """Take the derivative of another activation: of tanh for the sigmoid, of the sigmoid for ReLU and the identity."""

    def slope(layer: int, i: int) -> tuple[Node, ...]:
        a = Ref(f"a.{layer}.{i}")
        return (
            (difference(ONE, Square(a)),) if scene.book.net.activation(layer) == "sigmoid" else (a, difference(ONE, a))
        )

    yield from _slopes(scene, hidden=True, slope=slope)
    yield from _slopes(scene, hidden=False, slope=slope)


def path_missing(scene: Scene) -> Changes:
    """Let only some of the next neurons send something back, or leave one output out of the loss."""
    for layer, j in scene.deltas(hidden=True):
        paths = scene.book.paths(layer, j)
        for left_out in range(len(paths)):
            if len(paths) > 1:
                yield from _back(scene.book, layer, j, total(*paths[:left_out], *paths[left_out + 1 :]))
    if scene.book.net.sizes[-1] > 1:
        yield "loss", formula((Ref("loss.1"),) if scene.book.taste.loss_terms else scene.book.loss_term(1))


def product_of_sums(scene: Scene) -> Changes:
    for layer, j in scene.deltas(hidden=True):
        nexts = scene.book.net.neurons(layer + 1)
        if len(nexts) > 1:
            weights = Sum(tuple(Ref(f"w.{layer + 1}.{k}.{j}") for k in nexts))
            yield from _back(
                scene.book, layer, j, Product((weights, Sum(tuple(Ref(f"delta.{layer + 1}.{k}") for k in nexts))))
            )


def updated_weights(scene: Scene) -> Changes:
    """Go back through weights that have been updated already."""
    if not scene.book.taste.update_early:
        return
    for layer, j in scene.deltas(hidden=True):
        nexts = scene.book.net.neurons(layer + 1)
        terms = [product(Ref(f"updated.w.{layer + 1}.{k}.{j}"), Ref(f"delta.{layer + 1}.{k}")) for k in nexts]
        for key, change in _back(scene.book, layer, j, total(*terms)):
            assert change.symbols
            yield key, Change(numbers=change.symbols[-1])


def transposed(scene: Scene) -> Changes:
    """Read a square matrix of weights by columns instead of rows, forwards or backwards."""
    book, net = scene.book, scene.book.net
    for layer in range(1, net.depth + 1):
        if net.sizes[layer] != net.sizes[layer - 1] or net.sizes[layer] == 1:
            continue
        for i in net.neurons(layer):
            terms = [product(Ref(f"w.{layer}.{j}.{i}"), book.previous(layer, j)) for j in net.neurons(layer - 1)]
            yield f"z.{layer}.{i}", formula(book.pre_activation(layer, i, terms))
        for j in net.neurons(layer - 1) if layer > 1 else ():
            terms = [product(Ref(f"w.{layer}.{j}.{k}"), Ref(f"delta.{layer}.{k}")) for k in net.neurons(layer)]
            yield from _back(book, layer - 1, j, total(*terms))


def index_swapped(scene: Scene) -> Changes:
    """Take a weight, an input, an error or a gradient of a neighbour."""
    book, net = scene.book, scene.book.net
    for layer in range(1, net.depth + 1):
        for i in net.neurons(layer):
            terms = book.terms(layer, i)
            if len(terms) > 1:
                swapped = [
                    product(Ref(f"w.{layer}.{i}.1"), book.previous(layer, 2)),
                    product(Ref(f"w.{layer}.{i}.2"), book.previous(layer, 1)),
                ]
                yield f"z.{layer}.{i}", formula(book.pre_activation(layer, i, swapped + terms[2:]))
            for j in net.neurons(layer - 1):
                key = f"gradient.w.{layer}.{i}.{j}"
                for other in net.neurons(layer):
                    if other != i:
                        yield key, formula(book.weight_gradient(layer, i, j, delta=Ref(f"delta.{layer}.{other}"))[-1:])
                for other in net.neurons(layer - 1):
                    if other != j:
                        forms = book.weight_gradient(layer, i, j, source=book.previous(layer, other))
                        yield key, formula(forms[-1:])
                        yield (
                            f"updated.w.{layer}.{i}.{j}",
                            _misread(f"gradient.{key[9:]}", f"gradient.w.{layer}.{i}.{other}"),
                        )


def _misread(key: str, other: str) -> Change:
    """Return the change of taking another quantity's number."""
    parameter = Ref(key.removeprefix("gradient."))
    return Change(symbols=(Sum((parameter, Negative(product(Ref("learning_rate"), Ref(other))))),))


def wrong_input(scene: Scene) -> Changes:
    """Multiply a weight, or its δ, with a pre-activation or with the neuron's own activation."""
    book, net = scene.book, scene.book.net
    for layer in range(1, net.depth + 1):
        for i in net.neurons(layer):
            for j in net.neurons(layer - 1):
                key, own = f"gradient.w.{layer}.{i}.{j}", Ref(f"a.{layer}.{i}")
                yield key, formula(book.weight_gradient(layer, i, j, source=own)[-1:])
                if layer > 1:
                    yield key, formula(book.weight_gradient(layer, i, j, source=book.previous(layer, j, "z"))[-1:])
            if layer > 1:
                terms = [
                    product(Ref(f"w.{layer}.{i}.{j}"), book.previous(layer, j, "z")) for j in net.neurons(layer - 1)
                ]
                yield f"z.{layer}.{i}", formula(book.pre_activation(layer, i, terms))


def bias(scene: Scene) -> Changes:
    """Forget the bias, or multiply its gradient with an input."""
    book, net = scene.book, scene.book.net
    for key in [key for layer in range(1, net.depth + 1) for key in net.bias_ids(layer)]:
        _, layer, i = key.split(".")
        yield f"z{key[1:]}", formula(book.pre_activation(int(layer), int(i), bias=False))
        yield f"gradient.{key}", formula((product(Ref(f"delta{key[1:]}"), book.previous(int(layer), 1)),))


def learning_rate(scene: Scene) -> Changes:
    """Go uphill, or leave out, square or mistake the learning rate."""
    rate = Ref("learning_rate")
    used = scene.book.net.given["learning_rate"]
    wrong = scene.draw.choice([text for text in RATES if text != used])
    for key in [step.key.removeprefix("updated.") for step in scene.steps if step.key.startswith("updated.")]:
        yield f"updated.{key}", formula(scene.book.updated(key, sign=-1))
        if used != "1":
            yield f"updated.{key}", formula(scene.book.updated(key, rate=()))
            yield f"updated.{key}", formula(scene.book.updated(key, rate=(Square(rate),)))
        yield f"updated.{key}", Change(operands={"learning_rate": lambda _: wrong})


def cross_entropy_sign(scene: Scene) -> Changes:
    book, net = scene.book, scene.book.net
    if not net.cross_entropy:
        return
    for k in net.neurons(net.depth):
        yield f"loss.{k}", formula(book.loss_term(k, sign=-1))
        yield f"gradient.a.{net.depth}.{k}", formula(book.output_gradient(k, sign=-1))
    if net.sizes[-1] == 1:
        yield "loss", formula(book.loss_term(1, sign=-1))


def symbol_slip(scene: Scene) -> Changes:
    """Write a neighbour's weight in the formula, and compute with the right one."""
    for key, change in index_swapped(scene):
        if key.startswith("z."):
            yield key, replace(change, computed=False)


def _back(book: Textbook, layer: int, j: int, upstream: Node) -> Changes:
    """Yield the change of what comes back to a hidden neuron."""
    if book.taste.chain:
        yield f"gradient.a.{layer}.{j}", formula((upstream,))
    else:
        yield f"delta.{layer}.{j}", formula(book.delta(layer, j, upstream=(upstream,)))


def _slopes(scene: Scene, hidden: bool, slope: Callable[[int, int], tuple[Node, ...]]) -> Changes:
    for layer, i in scene.deltas(hidden):
        yield from _slope(scene, layer, i, slope(layer, i))


def _slope(scene: Scene, layer: int, i: int, slope: tuple[Node, ...]) -> Changes:
    """Yield the change of one φ′(z), where there is one to be changed."""
    book = scene.book
    short = book.net.cross_entropy and layer == book.net.depth
    if book.taste.chain and not (short and book.taste.short_cut):
        if slope:
            yield f"local.a.{layer}.{i}", formula((product(*slope),))
        else:
            yield f"delta.{layer}.{i}", formula((Ref(f"gradient.a.{layer}.{i}"),))
    elif slope or not short:
        yield f"delta.{layer}.{i}", formula(book.delta(layer, i, slopes=[slope]))


KINDS: dict[str, Planter] = {
    "1 sign": sign,
    "1 sign of a result": result_sign_lost,
    "2 factor": factor,
    "4 output slope dropped": output_slope_dropped,
    "5 hidden slope dropped": hidden_slope_dropped,
    "6 function for slope": function_for_slope,
    "7 slope at the activation": slope_at_activation,
    "8 slope of another function": other_slope,
    "10 path missing": path_missing,
    "11 product of sums": product_of_sums,
    "13 updated weights": updated_weights,
    "14 transposed": transposed,
    "15 index": index_swapped,
    "16 wrong input": wrong_input,
    "17 bias": bias,
    "18 learning rate": learning_rate,
    "21 cross-entropy sign": cross_entropy_sign,
    "22 point": point_slipped,
    "23 result miscopied, carried": result_miscopied,
    "23 result misprinted": result_misprinted,
    "23 operand miscopied, carried": operand_miscopied,
    "slip of an operand": operand_slip,
    "slip of a symbol": symbol_slip,
}
"""Every kind of mistake, by the class it belongs to."""
