"""Names that are applied to something: ``J(w_1 + ε)``, ``Δw_1`` and ``q(A)`` read as functions, not as products."""

from __future__ import annotations

from dataclasses import replace

from symback.reading.statements import Side
from symback.verify.binding import Binding
from symback.verify.keys import is_parameter
from symback.verify.spelling import spelling
from symback.verify.trees import rebuilt
from symback.written.nodes import (
    NEW,
    Call,
    Derivative,
    Group,
    Matrix,
    Name,
    Negative,
    Product,
    Sum,
    Symbol,
    Text,
    Written,
)

CHANGE = Symbol("\\Delta")
"""Before a parameter: by how much the update changes it."""


def with_functions(node: Written, binding: Binding) -> Written:
    """Return a formula in which a name before a bracket with a parameter in it is a function: ``J(w_1 + ε)``."""
    changed = rebuilt(node, lambda part: with_functions(part, binding))
    if isinstance(changed, Symbol) and changed.base.startswith("D") and binding.of(changed) is None:
        return _change_of(replace(changed, base=changed.base[1:]), binding) or changed
    if isinstance(changed, Call) and isinstance(changed.function, Symbol) and changed.function.subscript:
        return _as_product(changed, changed.function, binding)
    name = _of_list(changed)
    if name is not None and binding.is_at_home(name):
        return name
    if isinstance(changed, Product):
        changed = _with_slopes(changed, binding)
    if isinstance(changed, Product) and changed.juxtaposed and len(changed.factors) == 2:
        first, second = changed.factors
        name = indexed(changed)
        if name is not None and (binding.states(name) or spelling(name).above in binding.samples_stated):
            return name
        if name is not None and isinstance(first, Symbol) and binding.states_at_samples(first):
            return first
        if first == CHANGE and isinstance(second, Symbol):
            return _change_of(second, binding) or replace(second, base=f"{CHANGE.base} {second.base}")
        if isinstance(first, Symbol) and isinstance(second, Group):
            inner = (
                second.body.terms[0] if isinstance(second.body, Sum) and len(second.body.terms) == 2 else second.body
            )
            target = binding.of(inner) if isinstance(inner, Symbol) else None
            is_learned = isinstance(target, str) and target.startswith(("w.", "b."))
            if is_learned and binding.family_role(spelling(first)) == "loss":
                return Call(first, (second.body,))
    return changed


def _of_list(node: Written) -> Symbol | None:
    """Return the name before a list of names, ``f(x, y, z)``, which is computed from them; None for anything else."""
    match node:
        case Call(Symbol() as name, arguments, 0) if len(arguments) > 1 and _are_names(arguments):
            return name
        case Product((Symbol() as name, Matrix((row,)))) if node.juxtaposed and _are_names(row):
            return name
    return None


def _are_names(nodes: tuple[Written, ...]) -> bool:
    return all(isinstance(node, Symbol) for node in nodes)


def _with_slopes(product: Product, binding: Binding) -> Written:
    """Return a product in which a loss with a prime, before a name in brackets, is its derivative: ``L'(y) h``."""
    factors: list[Written] = []
    for factor in product.factors:
        slope = _slope(factors[-1], factor, binding) if factors else None
        if slope is None:
            factors.append(factor)
        else:
            factors[-1] = slope
    if len(factors) == len(product.factors):
        return product
    return factors[0] if len(factors) == 1 else replace(product, factors=tuple(factors))


def _slope(name: Written, argument: Written, binding: Binding) -> Derivative | None:
    """Return the derivative that a loss with a prime is, of what stands in brackets behind it."""
    if not isinstance(name, Symbol) or name.mark != "prime" or not isinstance(argument, Group):
        return None
    is_loss = isinstance(argument.body, Symbol) and binding.family_role(spelling(name)) == "loss"
    return Derivative(replace(name, mark=""), argument.body) if is_loss else None


def _as_product(call: Call, name: Symbol, binding: Binding) -> Written:
    """Return a name before a bracket as what it is multiplied with, where it is sure to name a quantity."""
    is_product = len(call.arguments) == 1 and not call.primes and binding.of(name) is not None and binding.trusts(name)
    return Product((name, Group(call.arguments[0])), juxtaposed=True) if is_product else call


def _change_of(name: Symbol, binding: Binding) -> Written | None:
    """Return by how much the update changes a parameter, or a matrix of them; None for what is no parameter."""
    target = binding.of(name) if name.base else None
    rows = () if target is None else ((target,),) if isinstance(target, str) else target
    if not rows or not all(is_parameter(key) for row in rows for key in row):
        return None
    changes = tuple(tuple(map(change_of, row)) for row in rows)
    return changes[0][0] if isinstance(target, str) else Matrix(changes)


def change_of(key: str) -> Written:
    """Return by how much the update changes the parameter of a key."""
    return Sum((Name(key + NEW), Negative(Name(key))))


def changed_by(node: Written) -> str:
    """Return the parameter by whose change a formula is meant, or nothing."""
    if not isinstance(node, Sum) or len(node.terms) != 2:
        return ""
    new, old = node.terms
    if not isinstance(new, Name) or not isinstance(old, Negative) or not isinstance(old.operand, Name):
        return ""
    return old.operand.id if new.id == old.operand.id + NEW else ""


def indexed(node: Written) -> Symbol | None:
    """Return ``q(A)`` as the name ``q`` with ``(A)`` above it; None for any other formula."""
    if not isinstance(node, Product) or not is_application(node):
        return None
    name, group = node.factors
    assert isinstance(name, Symbol)
    assert isinstance(group, Group)
    return replace(name, superscript=(*name.superscript, Text("("), group.body, Text(")")))


def is_application(node: Written) -> bool:
    """Whether it looks like a function of something: a name with another in brackets behind it, as in ``q(A)``."""
    return (
        isinstance(node, Product)
        and node.juxtaposed
        and len(node.factors) == 2
        and isinstance(node.factors[0], Symbol)
        and isinstance(node.factors[1], Group)
        and isinstance(node.factors[1].body, Symbol)
    )


def applied(side: Side, binding: Binding) -> Side:
    """Return a side whose formula is read so."""
    return side if side.node is None else replace(side, node=with_functions(side.node, binding))
