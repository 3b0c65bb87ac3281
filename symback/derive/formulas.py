"""Exact formulas of gradients as SymPy expressions: every rule differentiated once, multiplied along the paths."""

from __future__ import annotations

from collections.abc import Callable

import sympy

from symback.derive.derivation import Derivation
from symback.derive.step import Rule
from symback.graph.quantity import Quantity, Role
from symback.written.calculus import to_sympy
from symback.written.nodes import Written, partial_key


def python_name(name: str) -> str:
    """Return a quantity's id as a name that SymPy and Python accept: ``w.1.2.1`` becomes ``w_1_2_1``.

    A gradient that is given, ``L:a``, becomes ``dL_da``.
    """
    of, colon, by = name.partition(":")
    if colon:
        return f"d{python_name(of)}_d{python_name(by)}"
    return name.replace(".", "_").replace("@", "__")


class Formulas:
    """Gradients of a root by any quantity, in closed form.

    Parameters
    ----------
    derivation : Derivation
        Whose steps are multiplied out.
    in_parameters : bool
        Whether activations are replaced by what they are made of, down to parameters, inputs and targets; otherwise
        they stay symbols, as in a page's formulas.
    """

    def __init__(self, derivation: Derivation, in_parameters: bool = False) -> None:
        self._derivation = derivation
        self._in_parameters = in_parameters
        self._known: dict[str, sympy.Expr] = {}

    def gradient(self, name: str, root: str = "") -> sympy.Expr:
        """Return ∂root/∂name, not simplified; without a root, of what is learned from, in a batch of one sample."""
        graph = self._derivation.graph
        learned = graph.root if graph.learns_from_batch else graph.learned_root
        return self._find(partial_key(root or learned, name))

    def quantity(self, name: str) -> sympy.Expr:
        """Return a quantity itself, over parameters, inputs and targets."""
        quantity = self._derivation.graph.quantities[name]
        definition = quantity.definition
        if definition is None:
            return _given(quantity)
        return self._remembered(name, lambda: self._translated(definition, self.quantity))

    def _find(self, key: str) -> sympy.Expr:
        of, colon, _ = key.partition(":")
        if colon and key in self._derivation.graph.given:
            return _symbol(key)
        if not colon:
            return self.quantity(of) if self._in_parameters else self._over_activations(of)
        return self._remembered(f"∂{key}", lambda: self._translated(self._form(key), self._find))

    def _over_activations(self, name: str) -> sympy.Expr:
        """Return a pre-activation as the sum that it is, and the symbol of anything else."""
        quantity = self._derivation.graph.quantities[name]
        definition = quantity.definition
        if definition is None or quantity.role is not Role.PRE_ACTIVATION:
            return _given(quantity)
        return self._remembered(f"={name}", lambda: self._translated(definition, self._find))

    def _form(self, key: str) -> Written:
        """Return the form to multiply out; an activation's derivative is taken in its own value if that is a symbol."""
        step = self._derivation[key]
        of_activation = ("input", "output") if self._in_parameters else ("output", "input")
        names = of_activation if step.rule is Rule.ACTIVATION else ("closed", "chain", "sum")
        return next(step.forms[name] for name in names if name in step.forms)

    def _translated(self, form: Written, find: Callable[[str], sympy.Expr]) -> sympy.Expr:
        return to_sympy(form, find)

    def _remembered(self, key: str, build: Callable[[], sympy.Expr]) -> sympy.Expr:
        if key not in self._known:
            self._known[key] = build()
        return self._known[key]


def _given(quantity: Quantity) -> sympy.Expr:
    """Return the symbol of what is not replaced; an input that is always 1 is just that."""
    return sympy.Integer(1) if quantity.role is Role.CONSTANT else _symbol(quantity.id)


def _symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(python_name(name), real=True)
