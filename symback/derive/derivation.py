"""The derivation: reverse accumulation over the graph, each gradient the sum over its paths.

Steps are built when they are asked for and kept, so a page pays for what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from symback.derive.applied import applied_form
from symback.derive.delta import DELTA, delta_form, delta_id
from symback.derive.local import combined, local_step, loss_by_output, loss_forms
from symback.derive.step import Forms, Rule, Step
from symback.graph.affine import total
from symback.graph.build import LEARNING_RATE, averaged
from symback.graph.quantity import Graph, Role
from symback.written.nodes import Group, Name, Negative, Number, Partial, Product, Sum, Written, partial_key
from symback.written.substitute import substitute

BATCH = "batch"
"""The loss of all samples together; ``loss@2`` is that of the second sample."""

NEW = "+"
"""Ends the id of a parameter's value after the update."""


class Derivation(Mapping[str, Step]):
    """All steps from the inputs to the updated parameters, by the key of what they find.

    Parameters
    ----------
    graph : Graph
        The network.
    roots : tuple of str
        What is differentiated: ``("loss",)``, or the loss terms, whose gradients are then added.
    anchors : Iterable of Role
        Roles of the quantities whose gradients are found on the way and named: a chain stops at the first of them.
        It also stops where paths meet, and at the outputs.
    kinks : Mapping[str, Number]
        Value of the derivative at the kink, by activation; 0 where none is stated.
    """

    def __init__(
        self,
        graph: Graph,
        roots: tuple[str, ...] = ("loss",),
        anchors: Iterable[Role] = (Role.ACTIVATION,),
        kinks: Mapping[str, Number] | None = None,
    ) -> None:
        self.graph = graph
        self.roots = roots
        self.anchors = frozenset(anchors)
        self.kinks = kinks or {}
        self._outputs = frozenset(graph.outputs)
        self._ancestors = {root: _ancestors(graph, root) for root in {*roots, "loss"}}
        self._steps: dict[str, Step] = {}
        self._climbs: dict[tuple[str, str], tuple[Partial, ...]] = {}
        self._chain_forms: Mapping[str, Callable[[str, str], Written | None]] = {
            "chain": self._chain,
            "applied": self._applied,
            "delta": self._delta,
            **{name: partial(self._combined, name) for forms in graph.loss_combined.values() for name in forms},
            "direct": self._direct,
        }

    def __getitem__(self, key: str) -> Step:
        """Return the step that finds `key`: a quantity's id, ``of:by``, or the id of a new value."""
        step = self._steps.get(key)
        if step is None:
            step = self._steps[key] = self._build(key)
        return step

    def __iter__(self) -> Iterator[str]:
        """Yield every key once, in an order in which each step uses only what stands before it."""
        return iter(dict.fromkeys(self._order()))

    def _order(self) -> Iterator[str]:
        graph = self.graph
        forward = [name for name, quantity in graph.quantities.items() if quantity.definition is not None]
        yield from forward
        for root in self.roots:
            for name in reversed(list(graph.quantities)):
                if name not in self._ancestors[root] or name in graph.targets:
                    continue
                for child in self.children(root, name):
                    if child != root and not (child in graph.loss_terms and root == "loss"):
                        yield partial_key(child, name)
                yield partial_key(root, name)
                if root == "loss" and graph.quantities[name].role is Role.PRE_ACTIVATION:
                    yield delta_id(name)
        if self.roots != ("loss",):
            yield from (partial_key("loss", parameter) for parameter in graph.parameters)
        if graph.learns_from_batch:
            yield from (partial_key(BATCH, parameter) for parameter in graph.parameters)
        if LEARNING_RATE in graph.given:
            yield from (parameter + NEW for parameter in graph.parameters)

    def __len__(self) -> int:
        """Return the number of steps."""
        return sum(1 for _ in self)

    def children(self, root: str, name: str) -> tuple[str, ...]:
        """Return the quantities that use `name` and on which `root` depends."""
        ancestors = self._ancestors[root]
        return tuple([child for child in self.graph.children[name] if child in ancestors or child == root])

    def reaches(self, name: str, root: str) -> bool:
        """Say whether `root` depends on the quantity called `name`."""
        return name in self._ancestors[root]

    def roots_of(self, name: str) -> tuple[str, ...]:
        """Return the roots that depend on `name`."""
        return tuple(root for root in self.roots if name in self._ancestors[root])

    def _build(self, key: str) -> Step:
        graph = self.graph
        if key.endswith(NEW):
            return self._update(key)
        of, colon, by = key.partition(":")
        if key == BATCH:
            return self._batch_loss()
        if key.startswith(DELTA):
            return Step(Rule.DELTA, {"definition": Partial("loss", key.replace(DELTA, "z.", 1))})
        if not colon:
            return _forward(graph, key)
        if by not in graph.quantities:
            raise KeyError(key)
        if of == BATCH:
            return self._batch(by)
        if of not in self._ancestors:
            return local_step(graph, self.kinks, of, by)
        if by in self._outputs:
            return loss_by_output(graph, of, by)
        if by in graph.loss_terms:
            return local_step(graph, self.kinks, of, by)
        if of not in self.roots:
            over_roots = total(tuple(Partial(root, by) for root in self.roots_of(by)))
            form = averaged(over_roots, len(graph.outputs)) if graph.averages_outputs else over_roots
            return Step(Rule.TOTAL, {"sum": form})
        return Step(Rule.CHAIN, Forms(self._chain_forms, of, by))

    def _chain(self, of: str, by: str) -> Written:
        return total(tuple(_product((*self._climb(of, child), Partial(child, by))) for child in self.children(of, by)))

    def _applied(self, of: str, by: str) -> Written:
        return applied_form(self.graph, self.kinks, self[partial_key(of, by)].forms["chain"])

    def _delta(self, of: str, by: str) -> Written | None:
        return delta_form(self.graph, by) if of == "loss" else None

    def _combined(self, name: str, of: str, by: str) -> Written | None:
        form = self.graph.loss_combined.get(by, {}).get(name)
        return None if form is None else combined(self.graph, of, by, form)

    def _direct(self, of: str, by: str) -> Written | None:
        """Return the gradient by a pre-activation over deltas and activations, without derivatives where it can be."""
        if of != "loss" or self.graph.quantities[by].role is not Role.PRE_ACTIVATION:
            return None
        forms = self[partial_key(of, by)].forms
        if "combined" in forms:
            return forms["combined"]
        partials = [Partial(post, by) for post in self.graph.children[by]]
        inner = {local.key: self[local.key].forms.get("output", local) for local in partials}
        if "delta" in forms:
            return substitute(forms["delta"], inner)
        outer = {local.key: self[partial_key(of, local.of)].forms["closed"] for local in partials}
        return total(tuple(Product((outer[local.key], inner[local.key])) for local in partials))

    def _climb(self, root: str, name: str) -> tuple[Partial, ...]:
        """Return the factors of ∂root/∂name down from the nearest quantity whose gradient is named."""
        found = self._climbs.get((root, name))
        if found is None:
            children = self.children(root, name)
            named = self.graph.quantities[name].role in self.anchors or name in self._outputs
            if named or len(children) > 1 or children == (root,):
                found = (Partial(root, name),)
            else:
                found = (*self._climb(root, children[0]), Partial(children[0], name))
            self._climbs[root, name] = found
        return found

    @property
    def learned_root(self) -> str:
        """The loss whose gradient the update follows: that of the worked sample, or that of the batch."""
        return BATCH if self.graph.learns_from_batch else "loss"

    def _batch_loss(self) -> Step:
        terms = tuple(Name(f"loss@{sample}") for sample in range(1, len(self.graph.samples) + 1))
        return Step(Rule.TOTAL, {"sum": self._over_samples(terms)})

    def _batch(self, parameter: str) -> Step:
        """Return the step that joins the gradients of all samples."""
        numbers = range(1, len(self.graph.samples) + 1)
        terms = tuple(Partial(f"loss@{sample}", parameter) for sample in numbers)
        return Step(Rule.TOTAL, {"sum": self._over_samples(terms)})

    def _over_samples(self, terms: tuple[Written, ...]) -> Written:
        """Return the mean or the sum of what each sample contributes."""
        return averaged(total(terms), len(terms)) if self.graph.averages_samples else total(terms)

    def _update(self, key: str) -> Step:
        parameter = key.removesuffix(NEW)
        change = Product((Name(LEARNING_RATE), Group(Partial(self.learned_root, parameter))), juxtaposed=True)
        return Step(Rule.UPDATE, {"rule": Sum((Name(parameter), Negative(change)))})


def _forward(graph: Graph, name: str) -> Step:
    quantity = graph.quantities[name]
    if quantity.definition is None:
        raise KeyError(name)
    is_loss = quantity.role in (Role.LOSS, Role.LOSS_TERM)
    return Step(Rule.FORWARD, loss_forms(graph, name) if is_loss else {"definition": quantity.definition})


def _ancestors(graph: Graph, root: str) -> frozenset[str]:
    found = {root}
    for name in reversed(list(graph.quantities)):
        if name in found:
            found.update(graph.quantities[name].parents)
    return frozenset(found - {root})


def _product(factors: tuple[Written, ...]) -> Written:
    return factors[0] if len(factors) == 1 else Product(factors)
