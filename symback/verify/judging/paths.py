"""Paths through the network that do not exist: a parameter does not depend on an activation."""

from __future__ import annotations

from symback.verify.binding import Binding
from symback.verify.general import instances
from symback.verify.judging.outcome import Outcome, undecided, wrong
from symback.verify.judging.state import State
from symback.verify.keys import keys_of, lone
from symback.verify.spelling import spelling
from symback.verify.trees import parts, terms
from symback.written.nodes import Derivative, Number, Product, Symbol, Written


def is_no_path(node: Written, binding: Binding) -> bool:
    """Whether it is a derivative of a parameter by what it cannot depend on."""
    if not isinstance(node, Derivative) or not isinstance(node.of, Symbol) or not isinstance(node.by, Symbol):
        return False
    of, by = spelling(node.of), spelling(node.by)
    if of.base == by.base:
        return False
    return binding.family_role(of) in ("w", "b") and binding.family_role(by) in ("a", "z", "x")


def has_no_path(node: Written, binding: Binding) -> bool:
    """Whether such a derivative stands anywhere in a formula."""
    return any(is_no_path(part, binding) for part in parts(node))


def of_nothing(node: Written, binding: Binding) -> Outcome:
    """Judge what is said to equal the derivative of a parameter by what it does not depend on, which is 0."""
    derivatives = [part for part in terms(node) if isinstance(part, Derivative)]
    if derivatives and all(is_no_path(part, binding) for part in derivatives):
        return undecided("there is no such path")
    return wrong("a parameter does not depend on an activation: this derivative is 0")


def broken_chain(state: State, node: Written) -> Outcome | None:
    """Blame a product of derivatives with letters for indices if one of its factors need not exist."""
    if not isinstance(node, Product) or not all(isinstance(factor, Derivative) for factor in node.factors):
        return None
    for _, one in instances(Number("0"), node, state.binding, state.graph):
        for factor in parts(one):
            apart = no_path(state, factor)
            if apart is not None:
                return wrong(f"a factor is missing or has a wrong index: {apart[0]} does not depend on {apart[1]}")
    return None


def no_path(state: State, node: Written) -> tuple[str, str] | None:
    """Return the ids in a derivative of a quantity by another that it does not depend on; None if it is no such."""
    keys = keys_of(node, state.binding, state.scope) if isinstance(node, Derivative) else None
    of, _, by = lone(keys).partition(":")
    if by and of != by and of in state.graph.quantities and of not in state.graph.dependents(by):
        return of, by
    return None
