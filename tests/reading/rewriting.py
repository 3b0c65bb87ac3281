"""Formulas rewritten step by step, as people do, without a change of their value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.reading.algebra import (
    common_denominator,
    commute,
    distribute,
    expand_square,
    factor_out,
    move_minus,
    regroup_fractions,
    turn_difference,
    work_numbers,
)
from tests.reading.function_forms import (
    derivative_forms,
    fold_and_unfold,
    logarithms,
    relu_forms,
    sigmoid_forms,
    tanh_forms,
    write_out_sum,
)
from tests.reading.networks import Network
from tests.reading.trees import Tree, places, put, size

Rule = Callable[[Tree, Network, Random], Iterator[Tree]]
"""Yields what may stand in place of a node; nothing where the rule does not apply."""

LARGEST = 90
"""Nodes of a tree that is still rewritten: nobody writes more on one line."""

RULES: tuple[Rule, ...] = (
    *(commute, distribute, factor_out, expand_square, turn_difference, move_minus, regroup_fractions),
    *(common_denominator, work_numbers, fold_and_unfold, sigmoid_forms, tanh_forms, derivative_forms),
    *(relu_forms, write_out_sum, logarithms),
)


def rewritten(tree: Tree, network: Network, random: Random, steps: int) -> tuple[Tree, list[str]]:
    """Apply up to `steps` rules at places where they apply; return the tree and the names of the rules."""
    used = []
    for _ in range(8 * steps):
        rule = random.choice(RULES)
        options = [
            (path, new)
            for path, node in places(tree)
            for new in rule(node, network, random)
            if new != node and size(tree) + size(new) - size(node) <= LARGEST
        ]
        if options and len(used) < steps:
            tree = put(tree, *random.choice(options))
            used.append(spoken(rule))
    return tree, used


def spoken(rule: Callable[..., Iterator[Tree]]) -> str:
    """Return the name of a rule or a mistake in words."""
    return rule.__name__.replace("_", " ")
