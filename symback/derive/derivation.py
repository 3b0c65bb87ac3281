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
from symback.graph.quantity import BATCH, PENALTY, Graph, Role
from symback.written.nodes import NEW, Group, Name, Negative, Number, Partial, Product, Sum, Written, partial_key
from symback.written.substitute import leaves, substitute


class Derivation(Mapping[str, Step]):
    """All steps from the inputs to the updated parameters, by the key of what they find.

    Parameters
    ----------
    graph : Graph
        The network.
    roots : tuple of str
        What is differentiated: left out, the root of the graph; or the loss terms, whose gradients are then added.
    anchors : Iterable of Role
        Roles of the quantities whose gradients are found on the way and named: a chain stops at the first of them.
        It also stops where paths meet, and at the outputs.
    kinks : Mapping[str, Number]
        Value of the derivative at the kink, by activation; 0 where none is stated.
    """

    def __init__(
        self,
        graph: Graph,
        roots: tuple[str, ...] = (),
        anchors: Iterable[Role] = (Role.ACTIVATION,),
        kinks: Mapping[str, Number] | None = None,
    ) -> None:
        self.graph = graph
        self.root = graph.root
        self.roots = roots or (graph.root,)
        self.anchors = frozenset(anchors)
        self.kinks = kinks or {}
        self._outputs = frozenset(graph.outputs)
        self._ancestors = {root: _ancestors(graph, root) for root in {*self.roots, graph.root}}
        self._steps: dict[str, Step] = {}
        self._climbs: dict[tuple[str, str], tuple[Partial, ...]] = {}
        self._chain_forms: Mapping[str, Callable[[str, str], Written | None]] = {
            "chain": self._chain,
            "applied": self._applied,
            "delta": self._delta,
            "filled": self._filled,
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
                if name not in self._ancestors[root] or name in graph.targets or not self.varies(name):
                    continue
                for child in self.children(root, name):
                    if child != root and not (child in graph.loss_terms and root == self.root):
                        yield partial_key(child, name)
                if partial_key(root, name) not in graph.given:
                    yield partial_key(root, name)
                if root == "loss" and graph.quantities[name].role is Role.PRE_ACTIVATION:
                    yield delta_id(name)
        if self.roots != (self.root,):
            yield from (partial_key(self.root, parameter) for parameter in graph.wanted)
        yield from (partial_key(PENALTY, weight) for weight in graph.penalised if weight in graph.wanted)
        if graph.learned_root == BATCH:
            yield from (partial_key(BATCH, parameter) for parameter in graph.wanted)
        if LEARNING_RATE in graph.given:
            yield from (parameter + NEW for parameter in graph.learned)

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

    def varies(self, name: str) -> bool:
        """Say whether a gradient by `name` is worked out: it is not for a constant or a frozen parameter."""
        return name not in self.graph.frozen and self.graph.quantities[name].role is not Role.CONSTANT

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
        if by not in graph.quantities or by in graph.targets:
            raise KeyError(key)
        if of == BATCH:
            return self._batch(by)
        if of not in self._ancestors:
            if by not in graph.quantities[of].parents:
                raise KeyError(key)
            return local_step(graph, self.kinks, of, by)
        if by in self._outputs:
            return loss_by_output(graph, of, by)
        if by in graph.loss_terms or (graph.system is not None and self.children(of, by) == (of,)):
            return local_step(graph, self.kinks, of, by)
        if of not in self.roots:
            over_roots = total(tuple(Partial(root, by) for root in self.roots_of(by)))
            form = averaged(over_roots, len(graph.outputs)) if graph.averages_outputs else over_roots
            return Step(Rule.TOTAL, {"sum": form})
        return Step(Rule.CHAIN, Forms(self._chain_forms, of, by))

    def _chain(self, of: str, by: str) -> Written:
        return total(tuple(self._path(of, child, by) for child in self.children(of, by)))

    def _path(self, of: str, child: str, by: str) -> Written:
        """Return what the paths through one child contribute.

        What stands in the child in two ways has no ∂child/∂by of its own: there the derivative stands itself.
        """
        if self.acts_twice(child, by):
            own = self.own_derivative(child, by)
            return own if child == of else _product((*self._climb(of, child), own))
        return _product((*self._climb(of, child), Partial(child, by)))

    def acts_twice(self, name: str, parent: str) -> bool:
        """Say whether an equation has a name in it and also a result that depends on that name.

        Then ∂name/∂parent, in which everything else is held fixed, is not how fast the one changes with the other.
        """
        if self.graph.system is None:
            return False
        others = self.graph.quantities[name].parents
        return not self.graph.dependents(parent).isdisjoint(others)

    def own_derivative(self, name: str, parent: str) -> Written:
        """Return the derivative of one equation by a name in it, everything else in it held fixed."""
        return local_step(self.graph, self.kinks, name, parent).forms["closed"]

    def _applied(self, of: str, by: str) -> Written:
        if self.graph.system is not None:
            return self._of_equations(of, by)
        forms = self[partial_key(of, by)].forms
        if self._is_joined(by):
            return forms.get("combined") or forms["chain"]
        return applied_form(self.graph, self.kinks, forms["chain"])

    def _is_joined(self, by: str) -> bool:
        """Say whether several activations follow from a pre-activation."""
        return self.graph.quantities[by].role is Role.PRE_ACTIVATION and len(self.graph.children[by]) > 1

    def _of_equations(self, of: str, by: str) -> Written:
        """Return a chain with the derivatives of the equations below the root in place."""
        form = self[partial_key(of, by)].forms["chain"]
        local = [key for key in leaves(form) if ":" in key and key.partition(":")[0] != of]
        return substitute(form, {key: self[key].forms["closed"] for key in local})

    def _delta(self, of: str, by: str) -> Written | None:
        return delta_form(self.graph, by) if of == "loss" and self.graph.system is None else None

    def _combined(self, name: str, of: str, by: str) -> Written | None:
        form = self.graph.loss_combined.get(by, {}).get(name)
        if form is None or (of != "loss" and self._is_joined(by)):
            return None
        return combined(self.graph, of, by, form)

    def _direct(self, of: str, by: str) -> Written | None:
        """Return the gradient by a pre-activation over deltas and activations, without derivatives where it can be."""
        if self.graph.system is not None:
            return self._of_equations(of, by)
        if of != "loss" or self.graph.quantities[by].role is not Role.PRE_ACTIVATION:
            return None
        forms = self[partial_key(of, by)].forms
        if "combined" in forms:
            return forms["combined"]
        partials = [Partial(post, by) for post in self.graph.children[by]]
        is_single = len(partials) == 1
        inner = {local.key: self[local.key].forms.get("output", local) if is_single else local for local in partials}
        if "delta" in forms:
            return substitute(forms["delta"], inner)
        outer = {local.key: self[partial_key(of, local.of)].forms["closed"] for local in partials}
        return total(tuple(Product((outer[local.key], inner[local.key])) for local in partials))

    def _filled(self, of: str, by: str) -> Written | None:
        """Return the derivative of the loss by an output's pre-activation, each path as the closed forms along it."""
        if self.graph.system is not None or by not in self.graph.layers[-1].pre_activations:
            return None
        partials = [Partial(post, by) for post in self.children(of, by)]
        paths = [
            (self[partial_key(of, local.of)].forms["closed"], self[local.key].forms.get("output", local))
            for local in partials
        ]
        return total(tuple(map(Product, paths)))

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

    def _batch_loss(self) -> Step:
        """Return the step that joins the losses of all samples, and the penalty."""
        penalty = (Name(PENALTY),) if self.graph.penalty_row is not None else ()
        return Step(Rule.TOTAL, {"sum": total((self._over_samples(Name), *penalty))})

    def _batch(self, parameter: str) -> Step:
        """Return the step that joins the gradients of all samples, and that of the penalty."""
        penalty = (Partial(PENALTY, parameter),) if parameter in self.graph.penalised else ()
        joined = self._over_samples(lambda root: Partial(root, parameter))
        return Step(Rule.TOTAL, {"sum": total((joined, *penalty))})

    def _over_samples(self, form: Callable[[str], Written]) -> Written:
        """Return the mean or the sum of what each sample that is learned from contributes, by its loss."""
        if not self.graph.learns_from_batch:
            return form(self.root)
        terms = tuple(form(f"{self.root}@{sample}") for sample in range(1, len(self.graph.samples) + 1))
        return averaged(total(terms), len(terms)) if self.graph.averages_samples else total(terms)

    def _update(self, key: str) -> Step:
        parameter = key.removesuffix(NEW)
        change = Product((Name(LEARNING_RATE), Group(Partial(self.graph.learned_root, parameter))), juxtaposed=True)
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
