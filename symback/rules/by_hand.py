"""The derivative of a formula by one of its names, rule by rule and in the order in which people write it.

SymPy would find it too, but not in a form that a lecturer would write: it multiplies numbers into brackets and sorts
factors. Tests prove every derivative found here equal to SymPy's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symback.rules.activations import INPUT, OUTPUT
from symback.rules.coefficients import ONE, ZERO, added, multiplied, negative
from symback.rules.functions import expanded, slope
from symback.written import nodes
from symback.written.nodes import Call, Name, Number, Power, Product, Quotient, Relation, Written
from symback.written.substitute import leaves, substitute

Kinks = Mapping[str, Number]


def derivative_by_hand(formula: Written, by: str, output: str = "", kinks: Kinks | None = None) -> Written:
    """Return ∂formula/∂by, with every other name held fixed.

    Parameters
    ----------
    formula
        The formula, in which activations may be called by their words.
    by
        The name by which it is differentiated.
    output
        The name of the formula's own value: where the whole formula is a function such as ``exp(z)``, whose derivative
        people write in its own value, that name stands in it. Without it the derivative is over the formula's names.
    kinks
        By name of the activation, what is taken where its derivative does not exist.

    Raises
    ------
    ValueError
        If the formula has a part that cannot be differentiated.
    """
    rules = _Rules(by, kinks or {})
    if output and isinstance(formula, Call) and formula.function not in _EXTREMES:
        outer = slope(str(formula.function), rules.kinks)[1]
        if outer is not None:
            (argument,) = formula.arguments
            own = substitute(outer, {OUTPUT: Name(output)})
            return expanded(multiplied([own, rules.of(argument)]))
    return expanded(rules.of(formula))


class _Rules:
    """The rules of differentiation by one name; each returns the derivative of one kind of node."""

    def __init__(self, by: str, kinks: Kinks) -> None:
        self._by = by
        self.kinks = kinks

    def of(self, node: Written) -> Written:
        if self._by not in leaves(node):
            return ZERO
        rule = _BY_KIND.get(type(node))
        if rule is None:
            raise ValueError(f"{type(node).__name__} cannot be differentiated")
        return rule(self, node)

    def name(self, node: Name) -> Written:
        return ONE

    def sum(self, node: nodes.Sum) -> Written:
        return added([self.of(term) for term in node.terms])

    def negative(self, node: nodes.Negative) -> Written:
        return negative(self.of(node.operand))

    def group(self, node: nodes.Group) -> Written:
        return self.of(node.body)

    def product(self, node: Product) -> Written:
        factors = node.factors
        return added(
            [
                multiplied([*factors[:place], self.of(factor), *factors[place + 1 :]])
                for place, factor in enumerate(factors)
            ]
        )

    def quotient(self, node: Quotient) -> Written:
        above, below = node.numerator, node.denominator
        if self._by not in leaves(below):
            return multiplied([self.of(above), Quotient(ONE, below)])
        squared = Quotient(ONE, Power(below, Number("2")))
        rise, fall = self.of(above), self.of(below)
        if rise == ZERO:
            return negative(multiplied([above, fall, squared]))
        return Quotient(
            added([multiplied([rise, below]), negative(multiplied([above, fall]))]), Power(below, Number("2"))
        )

    def power(self, node: Power) -> Written:
        base, exponent = node.base, node.exponent
        if self._by not in leaves(exponent):
            return multiplied([exponent, _lowered(base, exponent), self.of(base)])
        inner = self.of(exponent)
        if base == nodes.Constant("e"):
            return multiplied([node, inner])
        by_exponent = multiplied([node, Call("ln", (base,)), inner])
        if self._by not in leaves(base):
            return by_exponent
        return added([by_exponent, multiplied([exponent, _lowered(base, exponent), self.of(base)])])

    def call(self, node: Call) -> Written:
        if node.function in _EXTREMES:
            return self._extreme(node)
        (argument,) = node.arguments
        outer = substitute(slope(str(node.function), self.kinks)[0], {INPUT: argument})
        return multiplied([outer, self.of(argument)])

    def _extreme(self, node: Call) -> Written:
        """Return the derivative of the greatest or least argument: in a tie a plain number wins, or else the first."""
        function = str(node.function)
        *others, last = sorted(node.arguments, key=lambda argument: bool(leaves(argument)))
        if not others:
            return self.of(last)
        best = others[0] if len(others) == 1 else Call(function, tuple(others))
        sign, opposite = _EXTREMES[function]
        return nodes.Cases(
            ((self.of(last), Relation(last, ((sign, best),))), (self.of(best), Relation(last, ((opposite, best),))))
        )

    def cases(self, node: nodes.Cases) -> Written:
        return nodes.Cases(tuple((self.of(value), condition) for value, condition in node.branches))


def _lowered(base: Written, exponent: Written) -> Written:
    """Return a power whose exponent is less by one, as it is written."""
    if isinstance(exponent, Number):
        lower = exponent.value - 1
        if lower == 0:
            return ONE
        if lower == 1:
            return base
        if lower < 0:
            return Quotient(ONE, base if lower == -1 else Power(base, _number(-lower)))
        return Power(base, _number(lower))
    return Power(base, nodes.Sum((exponent, nodes.Negative(ONE))))


def _number(value: Fraction) -> Written:
    return multiplied([Number(str(value))] if value.denominator == 1 else [_quotient(value)])


def _quotient(value: Fraction) -> Written:
    return Quotient(Number(str(value.numerator)), Number(str(value.denominator)))


_EXTREMES = {"max": (">", "≤"), "min": ("<", "≥")}
"""By function, the sign with which its last argument beats the others, and the one with which it does not."""

_BY_KIND: Mapping[type[Written], Callable[[_Rules, Any], Written]] = {
    Name: _Rules.name,
    nodes.Sum: _Rules.sum,
    nodes.Negative: _Rules.negative,
    nodes.Group: _Rules.group,
    Product: _Rules.product,
    Quotient: _Rules.quotient,
    Power: _Rules.power,
    Call: _Rules.call,
    nodes.Cases: _Rules.cases,
}
