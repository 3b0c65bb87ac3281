"""Derivatives of definitions: what a number that is not known is multiplied with may not matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb

from symback.verify.duals import ZERO, Dual, Unknown, Value
from symback.verify.evaluate import evaluate
from symback.written.nodes import Group, Name, Negative, Product, Sum, Written
from symback.written.substitute import leaves

Look = Callable[[str], arb]
"""Gives the value of a quantity; raises `Unknown`."""


def slope_of(node: Written, look: Look, slopes: Mapping[str, arb]) -> arb:
    """Return the derivative of a definition, from the values of its names and their derivatives.

    Only what is needed is looked up: in a sum of products, not the number beside one that does not move.

    Raises
    ------
    Unknown
        If a number that it needs is not known.
    """
    if isinstance(node, Name):
        return slopes.get(node.id, ZERO)
    if isinstance(node, Sum):
        moving = (slope_of(term, look, slopes) for term in node.terms)
        return sum((slope for slope in moving if slope is not ZERO), ZERO)
    if isinstance(node, Negative):
        return -slope_of(node.operand, look, slopes)
    if isinstance(node, Group):
        return slope_of(node.body, look, slopes)
    if isinstance(node, Product):
        return _of_product(node.factors, look, slopes)
    if not any(slopes.get(name, ZERO) != 0 for name in leaves(node)):
        return ZERO
    return _worth(node, look, slopes).slope


def _of_product(factors: tuple[Written, ...], look: Look, slopes: Mapping[str, arb]) -> arb:
    total = ZERO
    for place, moving in enumerate(factors):
        slope = slopes.get(moving.id, ZERO) if isinstance(moving, Name) else slope_of(moving, look, slopes)
        if slope is not ZERO and slope != 0:
            for partner in (*factors[:place], *factors[place + 1 :]):
                slope = slope * _worth(partner, look, {}).value
            total = total + slope
    return total


def _worth(node: Written, look: Look, slopes: Mapping[str, arb]) -> Dual:
    if isinstance(node, Name):
        return Dual(look(node.id), slopes.get(node.id, ZERO))

    def leaf(part: Written) -> Value:
        if not isinstance(part, Name):
            raise Unknown("a formula that is not known")
        return Dual(look(part.id), slopes.get(part.id, ZERO))

    found = evaluate(node, leaf)
    if not isinstance(found, Dual):
        raise Unknown("a number was expected")
    return found
