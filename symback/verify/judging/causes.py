"""Causes: the earlier mistake from which the operands and names of a formula come."""

from __future__ import annotations

from dataclasses import replace

from symback.verify.balls import decimal
from symback.verify.claims import BLAMED, FALSE, Verdict
from symback.verify.judging.state import State
from symback.verify.judging.subject import Formula
from symback.verify.keys import keys_of
from symback.verify.trees import numbers, parts
from symback.written.nodes import Derivative, Symbol, Written


def cause_of(state: State, formula: Formula) -> int | None:
    """Return the mistake from which what a formula gives follows, if there is one."""
    verdict = state.claims[formula.claim].verdict
    if verdict is Verdict.FOLLOWS:
        return state.root(formula.claim)
    if verdict in BLAMED:
        return formula.claim
    return certainly_false_operand(state, formula.node) if formula.has_numbers else false_name(state, formula.node)


def certainly_false_operand(state: State, node: Written) -> int | None:
    """Return the first mistake that put a name or an operand into a formula: its digits stand for nothing true."""
    return _first_mistake(state, node, may_be_true=False)


def false_operand(state: State, node: Written) -> int | None:
    """Return the first mistake that may have put a name or an operand into a formula."""
    return _first_mistake(state, node, may_be_true=True)


def _first_mistake(state: State, node: Written, may_be_true: bool) -> int | None:
    causes = []
    for part in numbers(node):
        found = decimal(part)
        if found is None or found[1] == 1:
            continue
        said = [one for _, one in state.carried.of_either_sign(found)]
        false = [one for one in said if one.verdict in FALSE]
        if false and (may_be_true or len(false) == len(said)):
            causes.append(state.root(false[-1].claim))
    name = false_name(state, node)
    if name is not None:
        causes.append(name)
    return min(causes, default=None)


def false_name(state: State, node: Written) -> int | None:
    """Return the first mistake in the numbers printed last for what a formula names, if there is one."""
    causes = []
    for part in parts(node):
        if isinstance(part, (Symbol, Derivative)):
            for row in keys_of(part, state.binding, state.scope) or ():
                for said in map(state.said, row):
                    if said and said[-1].verdict in FALSE:
                        causes.append(state.root(said[-1].claim))
    return min(causes, default=None)


def starts_here(state: State, formula: Formula) -> bool:
    """Whether a formula is wrong, or follows from a mistake in its own chain."""
    verdict = state.claims[formula.claim].verdict
    if verdict is Verdict.WRONG:
        return True
    return verdict is Verdict.FOLLOWS and state.root(formula.claim) >= state.chain_start


def blame_digits(state: State, formula: Formula) -> None:
    """Call the formula before a right number a slip: its own digits do not give that number."""
    claim = state.claims[formula.claim]
    if claim.verdict is Verdict.WRONG:
        state.claims[formula.claim] = replace(claim, verdict=Verdict.SLIP)
    elif claim.verdict not in (Verdict.SLIP, Verdict.FOLLOWS):
        message = "these digits do not give the number behind them, which is right"
        state.claims[formula.claim] = replace(claim, verdict=Verdict.SLIP, message=message)
