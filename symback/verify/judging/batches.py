"""The loss of several samples: where a document means that of the batch, though it writes no mark."""

from __future__ import annotations

from dataclasses import replace

from flint import arb

from symback.graph.quantity import BATCH, PENALTY
from symback.reading.statements import Side, Statement
from symback.verify.balls import printing_like
from symback.verify.duals import Dual, Unknown
from symback.verify.general import instances
from symback.verify.judging.comparing import holds
from symback.verify.judging.explaining import explained
from symback.verify.judging.outcome import Outcome, correct
from symback.verify.judging.rules import named_wrongly
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import Keys, Scope, keys_of, laid_like, lone
from symback.verify.printed import PrintedRows, printed_rows, shape_of
from symback.verify.resolve import ADDING
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import parts
from symback.written.nodes import Call, Derivative, IndexedSum, Number, Quotient, Symbol, Written

POINTS = 8
"""At so many points a formula is compared with what the samples give together."""


def of_batch(state: State, subject: Subject, statement: Statement) -> Subject:
    """Take the loss, or a gradient of it, for that of the batch where its numbers are nearer to that."""
    rows = next((rows for rows in map(printed_rows, reversed(statement.sides)) if rows), ())
    plain = keys_of(subject.node, state.binding, Scope())  # without the sample that the text is about
    keys, names = (_laid_like(rows, found) for found in (subject.keys, plain))
    if keys is None or names is None or not all(key.partition(":")[0] == "loss" for row in names for key in row):
        return subject
    batch = tuple(tuple(BATCH + key.removeprefix("loss") for key in row) for row in names)
    of_sample, of_all = (_fitting(state, found, rows) if rows else 0 for found in (keys, batch))
    if of_sample and of_sample >= of_all:
        return subject
    is_divided = (
        rows and not state.scope.sample and any(_divides_by(side, len(state.graph.samples)) for side in statement.sides)
    )
    is_called_so = _loss_named(subject.node) in state.batch_names
    if not (of_all or is_divided or is_called_so or any(map(_adds_samples, statement.sides))):
        return subject
    if isinstance(subject.node, Symbol):
        state.batch_names.add(spelling(subject.node))
    return replace(subject, keys=batch, truth=state.values(batch))


def _laid_like(rows: PrintedRows, keys: Keys | None) -> Keys | None:
    """Return keys with the shape of printed rows; they stay where nothing is printed."""
    return laid_like(keys, shape_of(rows)) if rows and keys is not None else keys


def _loss_named(node: Written) -> Spelling | None:
    """Return the name of the loss that a side is, or of that by which it is a derivative."""
    name = node.of if isinstance(node, Derivative) else node
    return spelling(name) if isinstance(name, Symbol) else None


def _fitting(state: State, keys: Keys, rows: PrintedRows) -> int:
    """Return how many printed numbers are true for keys, or come from the document's own."""
    fitting = 0
    for line, numbers in zip(keys, rows, strict=True):
        for key, number in zip(line, numbers, strict=True):
            printed = printing_like(*number)
            try:
                is_true = state.truth.value(key).overlaps(printed)
            except Unknown:
                continue
            fitting += is_true or explained(state, key, printed, float(number[1])) is not None
    return fitting


def _divides_by(side: Side, count: int) -> bool:
    """Whether a side divides by the number of samples."""
    wanted = Number(str(count))
    return side.node is not None and any(
        isinstance(part, Quotient) and part.denominator == wanted for part in parts(side.node)
    )


def _adds_samples(side: Side) -> bool:
    """Whether a side adds up, or takes the mean of, what each sample has: ``mean(err*x1)``."""
    return side.node is not None and any(isinstance(one, Call) and one.function in ADDING for one in parts(side.node))


def sums_samples(state: State, node: Written) -> bool:
    """Whether a formula may be a sum over the samples."""
    return len(state.graph.samples) > 1 and any(isinstance(part, IndexedSum) for part in parts(node))


def over_batch(state: State, subject: Subject, node: Written) -> Outcome | None:
    """Judge a sum over the samples as what it is: a gradient of the loss of the batch."""
    if not isinstance(subject.node, Derivative):
        return None
    for one, other in instances(subject.node, node, state.binding, state.graph, False):
        assert isinstance(one, Derivative)
        by = lone(keys_of(one.by, state.binding, Scope()))
        candidates = [by] if by else state.graph.parameters
        fits = [key for key in (f"{BATCH}:{name}" for name in candidates) if holds(state, ((key,),), other)]
        if by:
            is_right = bool(fits) or _is_over_all(state, by, other)
            return correct("the gradient of the batch") if is_right else None
        found = named_wrongly(one.by, fits) if isinstance(one.by, Symbol) else None
        if found is not None:
            return found
    return None


def _is_over_all(state: State, by: str, node: Written) -> bool:
    """Whether a formula is the sum or the mean of a gradient over all samples, though the network learns from one."""
    graph = state.graph
    if graph.joins_samples:
        return False
    shares = {1, len(graph.samples)}
    for point in state.points_alike(POINTS):
        value = state.worth(node, point.value)
        if not isinstance(value, Dual):
            return False
        penalty = point.partial(PENALTY, by) if by in graph.penalised else arb(0)
        each = (point.sample(number).partial(graph.root, by) for number in range(1, len(graph.samples) + 1))
        total = sum(each, arb(0))
        shares = {share for share in shares if value.value.overlaps(total / share + penalty)}
    return bool(shares)
