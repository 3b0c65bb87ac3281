"""Matrices of which some entries are numbers and others stay names: what each of them is worth."""

from __future__ import annotations

from flint import arb

from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.judging.operands import digits
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import keys_of, laid_like, lone
from symback.written.nodes import Matrix, Written

SAME = constant(arb("nan"))
"""The worth of an entry that names what stands in its place: it is right whatever that is worth."""


def worth_of_put(state: State, subject: Subject | None, node: Written) -> Value:
    """Return what a formula with numbers in place is worth; an entry that is still its own name may be worth anything.

    Raises
    ------
    Unknown
        If some part has no value.
    """
    resolver, number = state.resolver(state.latest), digits(state)
    keys = subject.keys if subject is not None else None
    wanted = laid_like(keys, (len(node.rows), len(node.rows[0]))) if keys and isinstance(node, Matrix) else None
    if wanted is None or not isinstance(node, Matrix):
        return resolver.value(node, number)
    rows = []
    for row, line in zip(node.rows, wanted, strict=True):
        found: list[Dual] = []
        for entry, key in zip(row, line, strict=True):
            is_same = bool(key) and lone(keys_of(entry, state.binding, state.scope)) == key
            value = SAME if is_same else resolver.value(entry, number)
            if not isinstance(value, Dual):
                raise Unknown("a matrix within a matrix")
            found.append(value)
        rows.append(tuple(found))
    return tuple(rows)
