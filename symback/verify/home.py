"""Home: the names of the spec's own notation, or of another that ships, as a scheme for each family."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symback.graph.quantity import BATCH, Graph
from symback.notation.names import Names
from symback.resources import Templates, notations
from symback.spec.model import Spec
from symback.spec.problems import SpecError
from symback.verify.conventions import is_general
from symback.verify.schemes.scheme import AT_HOME, Indices, Scheme, Target
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import Symbol

ENOUGH = 0.9
"""A notation that names so great a share of what a document names is its own."""

MUCH = 0.2
"""So much greater must the share of a notation be to be taken in place of the spec's."""


def schemes_at_home(spec: Spec, graph: Graph, used: Collection[Spelling], templates: Templates) -> Mapping[str, Scheme]:
    """Return the schemes of the spec's notation, or of one that names much more of what a document names."""
    from symback.document.compose import names_of

    names = {name._replace(is_new=False) for name in used if not is_general(name)}
    own = home_schemes(graph, names_of(spec, graph, templates))
    best, most = own, _share(own, names) + MUCH
    if most < ENOUGH + MUCH:
        for notation in notations(templates):
            try:
                found = home_schemes(graph, names_of(spec, graph, templates, notation))
            except SpecError:  # it has no letters for so many layers
                continue
            share = _share(found, names)
            if share > most:
                best, most = found, share
    return best


def _share(schemes: Mapping[str, Scheme], names: Collection[Spelling]) -> float:
    """Return what share of names some schemes know."""
    known = sum(name.family in schemes and (name.below, name.above) in schemes[name.family].table for name in names)
    return known / max(len(names), 1)


def home_schemes(graph: Graph, names: Names) -> dict[str, Scheme]:
    """Return a scheme for each family of names of the spec's notation."""
    tables: dict[str, dict[Indices, Target]] = {}

    def put(symbol: Symbol, target: Target) -> None:
        spelled = spelling(symbol)
        tables.setdefault(spelled.family, {}).setdefault((spelled.below, spelled.above), target)

    joined = (BATCH,) if graph.penalty_row is not None else ()
    for name in (*graph.quantities, *joined):
        put(names(name), name)
    for layer in graph.layers:
        for name in layer.pre_activations:
            put(names(name.replace("z.", "delta.", 1)), name.replace("z.", "delta.", 1))
        columns = {
            "pre_activation": layer.pre_activations,
            "activation": layer.activations,
            "delta": tuple(name.replace("z.", "delta.", 1) for name in layer.pre_activations),
        }
        by_column = names.notation.orientation == "column"
        for kind, ids in columns.items():
            put(names.vector(kind, layer.number), _column(ids))
        put(names.weight_matrix(layer.number), layer.matrix if by_column else tuple(zip(*layer.matrix, strict=True)))
        if layer.biases:
            put(names.bias_vector(layer.number), _column(layer.biases))
    if graph.inputs:
        put(names.vector("activation", 0), _column(graph.inputs))
    if graph.targets:
        put(names.target_vector(), _column(graph.targets))
    return {family: Scheme(_role(table), AT_HOME, table, 0.5) for family, table in tables.items()}


def _role(table: Mapping[Indices, Target]) -> str:
    target = next(iter(table.values()))
    name = target if isinstance(target, str) else target[0][0]
    return name.partition(".")[0]


def _column(ids: tuple[str, ...]) -> Target:
    return tuple((name,) for name in ids) if len(ids) > 1 else ids[0]
