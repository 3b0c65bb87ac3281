"""Home: the names of the spec's own notation, or of another that ships, as a scheme for each family."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from symback.graph.build import is_constant
from symback.graph.quantity import ABSENT, BATCH, Graph, Layer, Role
from symback.notation.names import Names
from symback.resources import Templates
from symback.spec.model import Spec
from symback.verify.conventions import is_general
from symback.verify.ids import Ids
from symback.verify.numberings import with_numbers
from symback.verify.schemes.scheme import AT_HOME, Indices, Scheme, Target
from symback.verify.spelling import Spelling, spelling
from symback.verify.targets import at_sample, changed, is_vector
from symback.written.nodes import Number, Symbol

ENOUGH = 0.9
"""A notation that names so great a share of what a document names is its own."""

MUCH = 0.2
"""So much greater must the share of a notation be to be taken in place of the spec's."""

NEURON, SOURCE = "neuron", "source"
"""Letters in rules that no notation has."""

PRIOR, PRIOR_OF_ALL = 0.5, 0.9
"""How usual the names of a notation are taken to be, and where it names nearly all that a document names."""


def schemes_at_home(spec: Spec, ids: Ids, used: Collection[Spelling], templates: Templates) -> Mapping[str, Scheme]:
    """Return the schemes of the spec's notation, or of one that names much more of what a document names."""
    from symback.document.compose import names_in_every_notation, names_of

    wanted = {name._replace(is_new=False) for name in used if not is_general(name)}
    own = names_of(spec, ids.stated, templates)
    most = _share(ids, own, wanted)
    best, needed = own, most + MUCH
    if most < ENOUGH:
        for other in names_in_every_notation(spec, ids.stated, templates):
            share = _share(ids, other, wanted)
            if share > needed:
                best, most, needed = other, share, share
    prior = PRIOR if most < ENOUGH else PRIOR_OF_ALL
    return {family: replace(scheme, prior=prior) for family, scheme in home_schemes(ids, best).items()}


def _share(ids: Ids, names: Names, wanted: Collection[Spelling]) -> float:
    """Return what share of the wanted names a notation has."""
    named = {spelling(symbol)._replace(is_new=False) for symbol, _ in _in_every_sample(ids, names)}
    return sum(map(named.__contains__, wanted)) / max(len(wanted), 1)


def home_schemes(ids: Ids, names: Names) -> dict[str, Scheme]:
    """Return a scheme for each family of names of the spec's notation."""
    tables: dict[str, dict[Indices, Target]] = {}
    vectors: dict[str, dict[Indices, Target]] = {}
    alike: dict[Spelling, dict[Symbol, Target]] = {}
    for symbol, target in _in_every_sample(ids, names):
        spelled = spelling(symbol)
        named = tables.setdefault(spelled.family, {}).setdefault((spelled.below, spelled.above), target)
        if is_vector(target) and not is_vector(named):
            vectors.setdefault(spelled.family, {})[spelled.below, spelled.above] = target
        alike.setdefault(spelled, {}).setdefault(symbol, target)
    exact: dict[str, dict[Symbol, Target]] = {}
    for spelled, symbols in alike.items():
        if len(set(symbols.values())) > 1:
            exact.setdefault(spelled.family, {}).update(symbols)
    return {
        family: Scheme(_role(table), AT_HOME, table, PRIOR, vectors.get(family, {}), exact.get(family, {}))
        for family, table in tables.items()
    }


def _in_every_sample(ids: Ids, names: Names) -> Iterator[tuple[Symbol, Target]]:
    """Yield every name of a notation with what it means, then those of each sample if there are several."""
    samples = range(1, len(ids.graph.samples) + 1) if len(ids.graph.samples) > 1 else ()
    found = [*_names(ids, names)]
    yield from found
    for sample in samples:
        for symbol, target in found:
            in_sample = changed(target, partial(at_sample, sample=sample))
            if in_sample != target:  # parameters have one value for all
                yield names.in_sample(symbol, Number(str(sample))), in_sample


def _names(ids: Ids, names: Names) -> Iterator[tuple[Symbol, Target]]:
    """Yield every name of a notation with what it means."""
    graph = ids.graph
    for name in graph.quantities:
        if ids.outer(name) in ids.stated.quantities:
            yield names(ids.outer(name)), name
    if len(graph.samples) > 1 or graph.penalty_row is not None:
        yield names(BATCH), BATCH
    for layer in graph.layers:
        for name in layer.pre_activations:
            delta = name.replace("z.", "delta.", 1)
            yield names(delta), delta
        columns = {
            "pre_activation": layer.pre_activations,
            "activation": layer.activations,
            "delta": tuple(name.replace("z.", "delta.", 1) for name in layer.pre_activations),
        }
        by_column = names.notation.orientation == "column"
        for kind, column in columns.items():
            yield names.vector(kind, layer.number), _column(column)
        matrix = layer.matrix if by_column else tuple(zip(*layer.matrix, strict=True))
        yield names.weight_matrix(layer.number), matrix
        if layer.biases:
            yield names.bias_vector(layer.number), _column(layer.biases)
    for layer in graph.layers[:1]:
        has_constant = graph.quantities[layer.inputs[0]].role is Role.CONSTANT
        yield names.vector("activation", 0), _column(layer.inputs if has_constant else graph.inputs)
    if graph.targets:
        yield names.target_vector(), _column(graph.targets)
    if graph.layers and len(graph.inputs) == 1:
        general = names.general_neuron(1, Symbol(NEURON), Symbol(SOURCE)).source
        yield from _numbered(general, SOURCE, 1, graph.inputs[0], names)
    for layer in graph.layers:
        if layer.size == 1:
            yield from _left_out(layer, graph, names)
    for layer in graph.layers:
        yield from _in_rules(layer, names)


def _left_out(layer: Layer, graph: Graph, names: Names) -> Iterator[tuple[Symbol, Target]]:
    """Yield the names of an only neuron with the number that the notation leaves out, as its rules have it."""
    general = names.general_neuron(layer.number, Symbol(NEURON), Symbol(SOURCE))
    (pre,), (post,) = layer.pre_activations, layer.activations
    neuron = Counted(general.activation, NEURON, names.sizes[: layer.number]).number(names(post), 1)
    found = [(general.pre_activation, pre), (general.activation, post)]
    found.append((general.delta, pre.replace("z.", "delta.", 1)))
    if not names.notation.general_bias:
        found += [(general.bias, bias) for bias in layer.biases]
    found += [(general.target, target) for target in graph.targets if layer is graph.layers[-1]]
    found += [
        (with_numbers(general.weight, {SOURCE: place}), weight)  # type: ignore[misc]
        for place, weight in enumerate(layer.weights[0], _first(layer))
        if weight is not None and not names.notation.general_weight
    ]
    for symbol, name in found:
        yield from _numbered(symbol, NEURON, neuron, name, names)


def _numbered(symbol: Symbol, letter: str, number: int, name: str, names: Names) -> Iterator[tuple[Symbol, Target]]:
    """Yield a name with the number that a letter stands for in it, where the notation leaves that out."""
    numbered = with_numbers(symbol, {letter: number})
    if isinstance(numbered, Symbol) and _length(numbered) > _length(names(name)):
        yield numbered, name


@dataclass(frozen=True, slots=True)
class Counted:
    """How the neurons of a layer are counted: `general` names one with a `letter`; `before` are the sizes before it."""

    general: Symbol
    letter: str
    before: Sequence[int]

    def number(self, own: Symbol, place: int) -> int:
        """Return what the letter stands for at a neuron: counted through the network if that is its name."""
        through = (place + sum(self.before[first:]) for first in (1, 0))
        named = (number for number in through if with_numbers(self.general, {self.letter: number}) == own)
        return next(named, place)


def _in_rules(layer: Layer, names: Names) -> Iterator[tuple[Symbol, Target]]:
    """Yield weights and biases as rules have them, by the numbers of their ends, also where a notation counts them."""
    general = names.general_neuron(layer.number, Symbol(NEURON), Symbol(SOURCE))
    entering = Counted(general.source, SOURCE, names.sizes[: layer.number - 1])
    own = Counted(general.activation, NEURON, names.sizes[: layer.number])
    sources = [entering.number(names(name), place) for place, name in enumerate(layer.inputs, _first(layer))]
    for place, (post, row) in enumerate(zip(layer.activations, layer.weights, strict=True), 1):
        neuron = own.number(names(post), place)
        ends = [
            (general.weight, {NEURON: neuron, SOURCE: source}, weight)
            for source, weight in zip(sources, row, strict=True)
        ]
        if len(layer.biases) == layer.size:
            ends.append((general.bias, {NEURON: neuron}, layer.biases[place - 1]))
        for rule, numbers, name in ends:
            symbol = with_numbers(rule, numbers)
            if name is not None and isinstance(symbol, Symbol):
                yield symbol, name


def _first(layer: Layer) -> int:
    """Return the number of the first input of a layer: that of a bias comes before those that are counted."""
    return 0 if is_constant(layer.inputs[0]) else 1


def _length(symbol: Symbol) -> int:
    spelled = spelling(symbol)
    return len(spelled.below + spelled.above)


def _role(table: Mapping[Indices, Target]) -> str:
    targets = (((target,),) if isinstance(target, str) else target for target in table.values())
    name = next(name for target in targets for row in target for name in row if name != ABSENT)
    return "loss" if name == BATCH else name.partition(".")[0]


def _column(ids: tuple[str, ...]) -> Target:
    return tuple((name,) for name in ids) if len(ids) > 1 else ids[0]
