"""Other losses than that of the spec, which a document may set beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import arb

from symback.graph.affine import total
from symback.graph.quantity import BATCH, Graph
from symback.rules.losses import LOSSES, OUTPUT, TARGET, loss_for, value_forms
from symback.verify.claims import BLAMED, Claim, Verdict
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.verify.judging.outcome import Outcome
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import lone
from symback.written.nodes import Name, Written
from symback.written.substitute import substitute

OTHER_LOSS = "another loss than that of the spec"

TRIED = 4
"""For so many outputs and targets a formula is compared with a loss."""

FACTORS = (Fraction(1), Fraction(1, 2))
"""What losses are multiplied with where a document compares them."""


def is_loss(subject: Subject) -> bool:
    """Whether a chain is about the loss."""
    return lone(subject.keys).partition("@")[0] in ("loss", BATCH)


def marked(state: State, subject: Subject, node: Written, outcome: Outcome) -> Outcome:
    """Return what is thought of a formula, with the remark that it is another loss where it is one that people use."""
    is_open = outcome.verdict in (*BLAMED, Verdict.UNDECIDED) and is_loss(subject)
    is_other = is_open and any(_is(state, node, form) for form in _others(state))
    return replace(outcome, message=OTHER_LOSS) if is_other else outcome


def beside_the_loss(claims: Sequence[Claim]) -> list[Claim]:
    """Accept other losses in a document that also gives that of the spec: it only compares them."""
    if not any(one.quantity == "loss" and one.kind == "formula" and one.verdict is Verdict.CORRECT for one in claims):
        return list(claims)
    return [
        replace(one, verdict=Verdict.CORRECT, message="another loss, beside that of the spec")
        if one.message == OTHER_LOSS
        else one
        for one in claims
    ]


def is_other_term(state: State, key: str, node: Written) -> bool:
    """Whether a formula is the term of one output of another loss, which people use, than that of the spec."""
    graph = state.graph
    pairs = zip(graph.loss_terms or (graph.root,), graph.outputs, graph.targets, strict=False)
    found = [(y, t) for term, y, t in pairs if term == key.partition("@")[0]]
    return bool(found) and any(_is(state, node, form) for form in _over(state, found))


def _others(state: State) -> Iterator[Written]:
    """Yield the losses that people use, but for that of the spec, over the outputs of the network."""
    return _over(state, [*zip(state.graph.outputs, state.graph.targets, strict=False)])


def _over(state: State, pairs: Sequence[tuple[str, str]]) -> Iterator[Written]:
    for name in LOSSES if pairs else ():
        for factor in FACTORS if name != state.graph.loss_row.name else ():
            form = next(iter(value_forms(loss_for(name, len(state.graph.outputs)), factor).values()))
            yield total(tuple(substitute(form, {OUTPUT: Name(y), TARGET: Name(t)}) for y, t in pairs))


def _is(state: State, node: Written, loss: Written) -> bool:
    """Whether a formula is a loss, whatever outputs are between 0 and 1, for any targets or for those of the spec."""
    return any(
        all(_agrees(state, node, loss, _drawn(state.graph, place) | targets) for place in range(TRIED))
        for targets in (
            {},
            {name: state.truth.given[name] for name in state.graph.targets if name in state.truth.given},
        )
    )


def _drawn(graph: Graph, place: int) -> dict[str, arb]:
    """Return outputs and targets between 0 and 1, others at each place."""
    names = (*graph.outputs, *graph.targets)
    return {name: arb(1 + (37 * count + 23 * place) % 95) / 97 for count, name in enumerate(names, 1)}


def _agrees(state: State, node: Written, loss: Written, numbers: Mapping[str, arb]) -> bool:
    def look(key: str) -> arb:
        found = numbers.get(key.partition("@")[0])
        if found is None:
            raise Unknown("neither an output nor a target")
        return found

    def leaf(part: Written) -> Value:
        assert isinstance(part, Name)
        return constant(look(part.id))

    expected, found = evaluate(loss, leaf), state.worth(node, look)
    return isinstance(expected, Dual) and isinstance(found, Dual) and bool(found.value.overlaps(expected.value))
