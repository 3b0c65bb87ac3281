"""Activations of a whole layer, such as softmax: their function and its derivatives, with letters for the neurons."""

from __future__ import annotations

from symback.document.delta_rules import letters, running_letter
from symback.document.page import Page
from symback.document.wording import function_symbol
from symback.rules.activations import (
    INPUT,
    OTHER_OUTPUT,
    OUTPUT,
    SUM,
    Activation,
    cross_forms,
    function_form,
    output_form,
)
from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Derivative,
    IndexedSum,
    Power,
    Relation,
    Symbol,
    Written,
)
from symback.written.substitute import substitute


def function_of(page: Page, row: Activation, letter: Symbol) -> Relation:
    """Return ``Softmax_i(x) = e^(x_i)/sum_k e^(x_k)``."""
    neuron, _, running = _indices(page)
    total = IndexedSum(Power(Constant("e"), _entry(letter, running)), running)
    form = substitute(function_form(row), {INPUT: _entry(letter, neuron), SUM: total})
    return Relation(_output(page, row, neuron, letter), (("=", form),))


def slopes_of(page: Page, row: Activation, letter: Symbol) -> Relation:
    """Return the derivatives of one entry by every pre-activation: by its own, and by each of the others."""
    neuron, other, _ = _indices(page)
    output = _output(page, row, neuron, letter)
    names: dict[str, Written] = {OUTPUT: output, OTHER_OUTPUT: _output(page, row, other, letter)}
    own, crossed = output_form(row), cross_forms(row)["output"]
    assert own is not None
    cases = Cases(
        (
            (substitute(own, names), Relation(other, (("=", neuron),))),
            (substitute(crossed, names), Relation(other, (("≠", neuron),))),
        )
    )
    return Relation(Derivative(output, _entry(letter, other)), (("=", cases),))


def _output(page: Page, row: Activation, index: Symbol, letter: Symbol) -> Call:
    symbol = function_symbol(page, row)
    base = symbol.base if isinstance(symbol, Symbol) else symbol
    return Call(Symbol(base, (index,)), (letter,))


def _entry(letter: Symbol, index: Symbol) -> Symbol:
    return Symbol(letter.base, (index,))


def _indices(page: Page) -> tuple[Symbol, Symbol, Symbol]:
    """Return letters for a neuron, for another, and for one that runs over all of them."""
    found = letters(page)
    return found.neuron, found.source, running_letter(page)
