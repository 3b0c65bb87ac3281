"""What a document's own earlier numbers make of a quantity: every way in which a person could have worked it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flint import arb

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, PENALTY, Graph, Role
from symback.rules.activations import OUTPUT, output_form
from symback.verify.balls import exact, printing_like
from symback.verify.claims import FALSE, SHARE
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate, evaluate_at
from symback.verify.network import Point
from symback.verify.printed import Printed
from symback.verify.stated import Stated, StatedNumbers
from symback.verify.targets import at_sample
from symback.written.nodes import NEW, Name, Written

DEEPEST = 4
"""How many printed steps a person may have skipped, using what lies behind them."""

COMBINATIONS = 24
"""How many ways to work a quantity out are tried at most."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A ball for a quantity, and the claims it rests on that are not true."""

    ball: arb
    causes: frozenset[int] = frozenset()


class Carried(StatedNumbers):
    """The document's own numbers.

    Parameters
    ----------
    graph
        The network.
    truth
        The network at the author's numbers.
    data
        Names whose numbers are exact however they are printed: the data of the spec.
    sample
        The number of the sample whose numbers `truth` has.
    before
        The document's own numbers before the step of learning that made the parameters what they are here.
    """

    def __init__(
        self, graph: Graph, truth: Point, data: frozenset[str], sample: int, before: Carried | None = None
    ) -> None:
        super().__init__(len(graph.samples) if graph.averages_samples else 1, sample)
        self._graph = graph
        self._truth = truth
        self._data = data
        self._before = before
        self._memo: dict[tuple[str, int, bool, bool], tuple[Worked, ...]] = {}
        self._asked: set[str] = set()
        self._open: set[tuple[str, int, bool, bool]] = set()
        self._is_cut = False
        self._literal = False

    def state(self, key: str, stated: Stated) -> str:
        """Remember that the document printed a number, and forget what was worked out without it."""
        key = super().state(key, stated)
        if key in self._asked:
            self._memo.clear()
            self._asked.clear()
        return key

    def ways(self, key: str, sound: bool, literal: bool = False) -> Iterator[Worked]:
        """Yield what a key is worth, worked out from what the document printed before.

        With `sound`, what is not true is replaced by the truth; with `literal`, printed digits count as they stand.
        """
        if key.startswith("-"):
            yield from (Worked(-one.ball, one.causes) for one in self.ways(key[1:], sound, literal))
            return
        if key.startswith(SHARE):
            yield from (Worked(one.ball / self.shares, one.causes) for one in self.ways(key[1:], sound, literal))
            return
        self._literal = literal
        try:
            yield from list(self._ways(key, sound))
        finally:
            self._literal = False

    def _ways(self, key: str, sound: bool) -> Iterator[Worked]:
        seen: list[arb] = []
        for depth in range(DEEPEST):
            for worked in self._work(key, depth, sound):
                if not any(worked.ball.contains(other) and other.contains(worked.ball) for other in seen):
                    seen.append(worked.ball)
                    yield worked

    def values(self, key: str, depth: int, sound: bool) -> tuple[Worked, ...]:
        """Return what a key may be worth to the author: the printed number, unless `depth` looks behind it."""
        if key.startswith("-"):
            return tuple(Worked(-one.ball, one.causes) for one in self.values(key[1:], depth, sound))
        if key.startswith(SHARE):
            return tuple(Worked(one.ball / self.shares, one.causes) for one in self.values(key[1:], depth, sound))
        key = self.unmarked(key)
        self._asked.add(key)
        found = (key, depth, sound, self._literal)
        known = self._memo.get(found)
        if known is not None:
            return known
        if found in self._open:
            self._is_cut = True
            return ()
        self._open.add(found)
        try:
            values = tuple(self._values(key, depth, sound))
        finally:
            self._open.remove(found)
        if not self._is_cut or not self._open:  # within a circle, what is found may lack what waits for it
            self._memo[found] = values
            self._is_cut = False
        return values

    def _values(self, key: str, depth: int, sound: bool) -> Iterator[Worked]:
        stated = self._stated.get(key, [])
        if stated and depth <= 0:
            latest = [one for one in stated if not (sound and one.verdict in FALSE)]
            shown: list[Printed] = []
            for one in reversed(latest):
                if one.number not in shown:
                    shown.append(one.number)
                    causes = frozenset({one.claim}) if one.verdict in FALSE else frozenset[int]()
                    yield Worked(self._ball(key, one), causes)
            if latest:
                return
        if self._before is not None and key in self._graph.learned and not stated:
            yield from self._before.values(key + NEW, 0, sound)
            return
        if key.partition("@")[0] in self._graph.given or (sound and stated):
            yield Worked(self._truth.value(key))
            return
        yield from self._work(key, depth - 1, sound)

    def _ball(self, key: str, stated: Stated) -> arb:
        """Return what a printed number may stand for: what prints like it, and the true value if it is sound."""
        name = key.partition("@")[0]
        if name in self._data and stated.verdict not in FALSE:
            return self._truth.value(key)
        if self._literal:
            return exact(stated.number[0])
        ball = printing_like(*stated.number)
        if stated.verdict in FALSE:
            return ball
        try:
            truth = self._truth.value(key)
        except Unknown:
            return ball
        return truth if truth == 0 and stated.number[0] == 0 else ball.union(truth)

    def _work(self, key: str, depth: int, sound: bool) -> tuple[Worked, ...]:
        if depth < -DEEPEST - 8:
            return ()
        try:
            return tuple(self._worked(key, depth, sound))[:COMBINATIONS]
        except Unknown:
            return ()

    def _worked(self, key: str, depth: int, sound: bool) -> Iterator[Worked]:
        of, colon, by = key.partition(":")
        if colon:
            yield from self._gradient(of, by, depth, sound)
            return
        name, at, sample = of.partition("@")
        if name.endswith(NEW):
            yield from self._renewed(name.removesuffix(NEW), depth, sound)
            return
        if name == BATCH:
            yield from self._joined("", depth, sound)
            return
        quantity = self._graph.quantities.get(name)
        if quantity is None or quantity.definition is None:
            return
        keys = {parent: at_sample(parent, int(sample)) if at else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys, depth, sound)

    def _formula(
        self, form: Written, keys: Mapping[str, str], depth: int, sound: bool, by: str = ""
    ) -> Iterator[Worked]:
        """Yield what a definition is worth with values of its parents, or its derivative by one of them."""
        for choice in self._choices(tuple(keys.values()), depth, sound):

            def leaf(node: Written, choice: dict[str, Worked] = choice) -> Value:
                if not isinstance(node, Name):
                    raise Unknown("a formula that is not known")
                return Dual(choice[keys[node.id]].ball, arb(1 if node.id == by else 0))

            value = evaluate(form, leaf)
            assert isinstance(value, Dual)
            yield Worked(value.slope if by else value.value, _causes(choice))

    def _choices(self, keys: tuple[str, ...], depth: int, sound: bool) -> Iterator[dict[str, Worked]]:
        """Yield combinations of values: the latest of each, then one of them at a time replaced by another."""
        options = {key: self.values(key, depth, sound) for key in keys}
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

    def _renewed(self, name: str, depth: int, sound: bool) -> Iterator[Worked]:
        """Yield what becomes of a quantity by the update: of a parameter, or of what is worked out with new ones."""
        quantity = self._graph.quantities.get(name)
        if quantity is None or quantity.definition is None:
            yield from self._updated(name, depth, sound)
            return
        keys = {parent: parent + NEW if self._changes(parent) else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys, depth, sound)

    def _changes(self, name: str) -> bool:
        """Whether an update changes a quantity."""
        quantity = self._graph.quantities.get(name)
        return name in self._graph.learned or (quantity is not None and quantity.definition is not None)

    def _updated(self, parameter: str, depth: int, sound: bool) -> Iterator[Worked]:
        root = self._graph.learned_root
        if parameter in self._graph.frozen:
            yield from self.values(parameter, depth, sound)
            return
        keys = (parameter, LEARNING_RATE, f"{root}:{parameter}")
        for choice in self._choices(keys, depth, sound):
            old, rate, gradient = (choice[key].ball for key in keys)
            yield Worked(old - rate * gradient, _causes(choice))

    def _joined(self, by: str, depth: int, sound: bool) -> Iterator[Worked]:
        """Yield the loss that is learned from, or its gradient by a parameter: over the samples, and the penalty."""
        graph = self._graph
        end = f":{by}" if by else ""
        marks = [f"@{number}" for number in range(1, len(graph.samples) + 1)] if graph.joins_samples else [""]
        terms = tuple(f"{graph.root}{mark}{end}" for mark in marks)
        has_penalty = by in graph.penalised if by else graph.penalty_row is not None
        keys = (*terms, *([PENALTY + end] if has_penalty else []))
        for choice in self._choices(keys, depth, sound):
            total = sum((choice[key].ball for key in terms), arb(0))
            joined = total / len(marks) if graph.averages_samples else total
            added = choice[PENALTY + end].ball if has_penalty else arb(0)
            yield Worked(joined + added, _causes(choice))

    def _gradient(self, of: str, by: str, depth: int, sound: bool) -> Iterator[Worked]:
        if of == BATCH:
            yield from self._joined(by, depth, sound)
            return
        root, at, sample = of.partition("@")
        quantity = self._graph.quantities.get(root)
        if quantity is None:
            return
        if by in quantity.parents and quantity.definition is not None:
            yield from self._local(root, by, at + sample, depth, sound)
            if self._truth.is_ambiguous(root, by):
                return  # what goes through others has factors of its own
        children = [
            child
            for child in self._graph.children.get(by, ())
            if child == root or root in self._graph.dependents(child)
        ]
        if children and children != [root]:
            yield from self._through(children, root, by, at + sample, depth, sound)
        if root == "loss" and self._graph.loss_terms and by not in self._graph.loss_terms:
            terms = [term for term in self._graph.loss_terms if term in self._graph.dependents(by)]
            weight = 1 / arb(len(self._graph.loss_terms)) if self._graph.averages_outputs else arb(1)
            keys = tuple(f"{term}{at}{sample}:{by}" for term in terms)
            self._asked.update(map(self.unmarked, keys))
            if any(map(self.stated, keys)):
                for choice in self._choices(keys, depth, sound):
                    yield Worked(weight * sum((choice[key].ball for key in keys), arb(0)), _causes(choice))

    def _local(self, root: str, by: str, at: str, depth: int, sound: bool) -> Iterator[Worked]:
        quantity = self._graph.quantities[root]
        assert quantity.definition is not None
        if quantity.role is Role.ACTIVATION:
            row = quantity.function
            assert row is not None
            form = output_form(row)
            if form is not None:
                key = at_sample(root, int(at[1:])) if at else root
                for worked in self.values(key, depth, sound):
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
            yield from self.values(key, depth, sound)
            return
        if quantity.role is Role.LOSS and self._graph.loss_terms:
            yield Worked(self._truth.value(f"{root}:{by}"))
            return
        keys = {parent: at_sample(parent, int(at[1:])) if at else parent for parent in quantity.parents}
        yield from self._formula(quantity.definition, keys, depth, sound, by)

    def _through(self, children: list[str], root: str, by: str, at: str, depth: int, sound: bool) -> Iterator[Worked]:
        """Yield the sum over the paths: for each child, the gradient by it times its own by `by`."""
        keys: list[str] = []
        for child in children:
            keys.extend((f"{root}{at}:{child}", f"{child}{at}:{by}"))
        for choice in self._choices(tuple(keys), depth, sound):
            total = arb(0)
            for upstream, local in zip(keys[::2], keys[1::2], strict=True):
                total = total + choice[upstream].ball * choice[local].ball
            yield Worked(total, _causes(choice))


def _causes(choice: dict[str, Worked]) -> frozenset[int]:
    return frozenset().union(*(worked.causes for worked in choice.values()))
