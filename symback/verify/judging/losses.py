"""Other losses than that of the spec, which a document may set beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from symback.graph.affine import total
from symback.graph.quantity import BATCH
from symback.rules.losses import LOSSES, OUTPUT, TARGET, loss_for, value_forms
from symback.verify.claims import BLAMED, Claim, Verdict
from symback.verify.duals import Dual
from symback.verify.judging.outcome import Outcome
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import lone
from symback.written.nodes import Name, Written
from symback.written.substitute import substitute

OTHER_LOSS = "another loss than that of the spec"

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


def _others(state: State) -> Iterator[Written]:
    """Yield the losses that people use, but for that of the spec, over the outputs of the network."""
    pairs = [*zip(state.graph.outputs, state.graph.targets, strict=False)]
    for name in LOSSES if pairs else ():
        for factor in FACTORS if name != state.graph.loss_row.name else ():
            form = next(iter(value_forms(loss_for(name, len(pairs)), factor).values()))
            yield total(tuple(substitute(form, {OUTPUT: Name(y), TARGET: Name(t)}) for y, t in pairs))


def _is(state: State, node: Written, loss: Written) -> bool:
    """Whether a formula is a loss wherever it has a value: at few points, where a logarithm asks for probabilities."""
    has_value = False
    for point, _ in state.points.others:
        expected, found = point.worth(loss), state.worth(node, point.value)
        if expected is None or expected.is_nan() or not isinstance(found, Dual):
            continue
        if not found.value.overlaps(expected):
            return False
        has_value = True
    return has_value
