"""How a person works a quantity out of others: by its definition, by the chain rule, by a step of learning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flint import arb

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, PENALTY, Graph, Role
from symback.rules.activations import OUTPUT, output_form
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate, evaluate_at
from symback.verify.network import Point
from symback.verify.targets import at_sample
from symback.written.nodes import NEW, Name, Written

COMBINATIONS = 24
"""How many ways to work a quantity out are tried at most."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A ball for a quantity, and the claims it rests on that are not true."""

    ball: arb
    causes: frozenset[int] = frozenset()


class Workings:
    """Works quantities out of others.

    Parameters
    ----------
    graph, truth
        The network, and what it is worth at the author's numbers: slopes at kinks are those of the truth.
    values
        What a quantity may be worth to the author, the likeliest first.
    is_said
        Whether the document printed a number for a key.
    """

    def __init__(
        self,
        graph: Graph,
        truth: Point,
        values: Callable[[str], tuple[Worked, ...]],
        is_said: Callable[[str], bool],
    ) -> None:
        self._graph = graph
        self._truth = truth
        self._values = values
        self._is_said = is_said

    def of(self, key: str) -> Iterator[Worked]:
        """Yield what a key is worth by each rule that gives it. Raises `Unknown`."""
        of, colon, by = key.partition(":")
        if colon:
            yield from self._gradient(of, by)
            return
        name, at, sample = of.partition("@")
        if name.endswith(NEW):
            yield from self._renewed(name.removesuffix(NEW))
            return
        if name == BATCH:
            yield from self._joined("")
            return
        quantity = self._graph.quantities.get(name)
        if quantity is None or quantity.definition is None:
            return
        keys = {parent: at_sample(parent, int(sample)) if at else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys)

    def _formula(self, form: Written, keys: Mapping[str, str], by: str = "") -> Iterator[Worked]:
        """Yield what a definition is worth with values of its parents, or its derivative by one of them."""
        for choice in self._choices(tuple(keys.values())):

            def leaf(node: Written, choice: dict[str, Worked] = choice) -> Value:
                if not isinstance(node, Name):
                    raise Unknown("a formula that is not known")
                return Dual(choice[keys[node.id]].ball, arb(1 if node.id == by else 0))

            value = evaluate(form, leaf)
            assert isinstance(value, Dual)
            yield Worked(value.slope if by else value.value, _causes(choice))

    def _choices(self, keys: tuple[str, ...]) -> Iterator[dict[str, Worked]]:
        """Yield combinations of values: the latest of each, then one of them at a time replaced by another."""
        options = {key: self._values(key) for key in keys}
        if any(not found for found in options.values()):
            raise Unknown("a number that the document does not know")
        first = {key: found[0] for key, found in options.items()}
        yield first
        left = COMBINATIONS
        for key, found in options.items():
            for other in found[1:]:
                if left:
                    left -= 1
                    yield {**first, key: other}

    def _renewed(self, name: str) -> Iterator[Worked]:
        """Yield what becomes of a quantity by the update: of a parameter, or of what is worked out with new ones."""
        quantity = self._graph.quantities.get(name)
        if quantity is None or quantity.definition is None:
            yield from self._updated(name)
            return
        keys = {parent: parent + NEW if self._changes(parent) else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys)

    def _changes(self, name: str) -> bool:
        """Whether an update changes a quantity."""
        quantity = self._graph.quantities.get(name)
        return name in self._graph.learned or (quantity is not None and quantity.definition is not None)

    def _updated(self, parameter: str) -> Iterator[Worked]:
        root = self._graph.learned_root
        if parameter in self._graph.frozen:
            yield from self._values(parameter)
            return
        keys = (parameter, LEARNING_RATE, f"{root}:{parameter}")
        for choice in self._choices(keys):
            old, rate, gradient = (choice[key].ball for key in keys)
            yield Worked(old - rate * gradient, _causes(choice))

    def _joined(self, by: str) -> Iterator[Worked]:
        """Yield the loss that is learned from, or its gradient by a parameter: over the samples, and the penalty."""
        graph = self._graph
        end = f":{by}" if by else ""
        marks = [f"@{number}" for number in range(1, len(graph.samples) + 1)] if graph.joins_samples else [""]
        terms = tuple(f"{graph.root}{mark}{end}" for mark in marks)
        has_penalty = by in graph.penalised if by else graph.penalty_row is not None
        keys = (*terms, *([PENALTY + end] if has_penalty else []))
        for choice in self._choices(keys):
            total = sum((choice[key].ball for key in terms), arb(0))
            joined = total / len(marks) if graph.averages_samples else total
            added = choice[PENALTY + end].ball if has_penalty else arb(0)
            yield Worked(joined + added, _causes(choice))

    def _gradient(self, of: str, by: str) -> Iterator[Worked]:
        if of == BATCH:
            yield from self._joined(by)
            return
        root, at, sample = of.partition("@")
        quantity = self._graph.quantities.get(root)
        if quantity is None:
            return
        if by in quantity.parents and quantity.definition is not None:
            yield from self._local(root, by, at + sample)
            if self._truth.is_ambiguous(root, by):
                return  # what goes through others has factors of its own
        children = [
            child
            for child in self._graph.children.get(by, ())
            if child == root or root in self._graph.dependents(child)
        ]
        if children and children != [root]:
            yield from self._through(children, root, by, at + sample)
        if root == "loss" and self._graph.loss_terms and by not in self._graph.loss_terms:
            terms = [term for term in self._graph.loss_terms if term in self._graph.dependents(by)]
            weight = 1 / arb(len(self._graph.loss_terms)) if self._graph.averages_outputs else arb(1)
            keys = tuple(f"{term}{at}{sample}:{by}" for term in terms)
            said = [self._is_said(key) for key in keys]  # all are asked for
            if any(said):
                for choice in self._choices(keys):
                    yield Worked(weight * sum((choice[key].ball for key in keys), arb(0)), _causes(choice))

    def _local(self, root: str, by: str, at: str) -> Iterator[Worked]:
        quantity = self._graph.quantities[root]
        assert quantity.definition is not None
        if quantity.role is Role.ACTIVATION:
            row = quantity.function
            assert row is not None
            form = output_form(row)
            if form is not None:
                key = at_sample(root, int(at[1:])) if at else root
                for worked in self._values(key):
                    yield Worked(evaluate_at(form, OUTPUT, constant(worked.ball)).value, worked.causes)
            if row.kinks:
                yield Worked(self._truth.value(f"{root}{at}:{by}"))
                return
        if quantity.role is Role.PRE_ACTIVATION:
            layer = self._graph.layers[quantity.layer - 1]
            pairs = dict(zip(layer.weights[quantity.neuron - 1], layer.inputs, strict=True))
            partner = pairs.get(by) or next((weight for weight, source in pairs.items() if source == by), "")
            if not partner:
                yield Worked(arb(1))
                return
            key = at_sample(partner, int(at[1:])) if at else partner
            yield from self._values(key)
            return
        if quantity.role is Role.LOSS and self._graph.loss_terms:
            yield Worked(self._truth.value(f"{root}:{by}"))
            return
        keys = {parent: at_sample(parent, int(at[1:])) if at else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys, by)

    def _through(self, children: list[str], root: str, by: str, at: str) -> Iterator[Worked]:
        """Yield the sum over the paths: for each child, the gradient by it times its own by `by`."""
        keys: list[str] = []
        for child in children:
            keys.extend((f"{root}{at}:{child}", f"{child}{at}:{by}"))
        for choice in self._choices(tuple(keys)):
            total = arb(0)
            for upstream, local in zip(keys[::2], keys[1::2], strict=True):
                total = total + choice[upstream].ball * choice[local].ball
            yield Worked(total, _causes(choice))


def _causes(choice: dict[str, Worked]) -> frozenset[int]:
    return frozenset().union(*(worked.causes for worked in choice.values()))
