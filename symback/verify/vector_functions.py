"""Functions of a whole vector, entry by entry: ``Softmax_i(x) = e^{x_i} / Σ_k e^{x_k}`` and its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from flint import arb

from symback.reading.signs import function
from symback.verify.arrays import entrywise
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.verify.trees import bare
from symback.written.nodes import Call, Derivative, IndexedSum, Symbol, Written

TRIED = tuple(map(arb, ("-0.7", "0.4", "1.3")))
"""The entries of the vector at which functions are compared."""

Numbers = Mapping[str, int]
"""The entry that each letter stands for, from 0."""


def _softmax() -> list[arb]:
    powers = [one.exp() for one in TRIED]
    return [power / sum(powers, arb(0)) for power in powers]


KNOWN: Mapping[str, Callable[[], list[arb]]] = {"softmax": _softmax}
"""What each function gives at the entries tried."""


def defines_entry(left: Written, right: Written) -> bool | None:
    """Say whether a formula is an entry of a function that its left side names, or the derivative of one by an entry.

    None stands for a left side that names no entry of such a function.
    """
    called = bare(left.of) if isinstance(left, Derivative) else left
    found = _entry_of(called)
    if found is None:
        return None
    values, index, vector = found
    by = left.by if isinstance(left, Derivative) else None
    letters = [index] if by is None else [index, _letter(by, vector)]
    if "" in letters:
        return None
    for chosen in product(range(len(TRIED)), repeat=len(letters)):
        numbers = dict(zip(letters, chosen, strict=True))
        expected = values[chosen[0]]
        if by is not None:
            expected = expected * ((chosen[0] == chosen[1]) - values[chosen[1]])
        try:
            value = evaluate(right, lambda node, numbers=numbers: _find(node, vector, values, numbers))  # type: ignore[misc]
        except Unknown:
            return None
        if not isinstance(value, Dual) or not value.value.overlaps(expected):
            return False
    return True


def _entry_of(node: Written) -> tuple[list[arb], str, Symbol] | None:
    """Return what a function gives, the letter for the entry, and the vector, of ``Softmax_i(x)``."""
    if not isinstance(node, Call) or not isinstance(node.function, Symbol) or len(node.arguments) != 1:
        return None
    known = KNOWN.get(function(node.function.base))
    (vector,), indices = node.arguments, node.function.subscript
    if known is None or not isinstance(vector, Symbol) or len(indices) != 1 or not isinstance(indices[0], Symbol):
        return None
    return known(), indices[0].base, vector


def _letter(node: Written, vector: Symbol) -> str:
    """Return the letter for the entry of a vector that a name is, or nothing."""
    if not isinstance(node, Symbol) or node.base != vector.base or len(node.subscript) != 1:
        return ""
    (index,) = node.subscript
    return index.base if isinstance(index, Symbol) else ""


def _find(node: Written, vector: Symbol, values: list[arb], numbers: Numbers) -> Value:
    """Return what a name, an entry of the function, or a sum over all entries is worth."""
    if isinstance(node, IndexedSum) and isinstance(node.index, Symbol) and node.lower is None:
        return _total(node.body, node.index.base, vector, values, numbers)
    if isinstance(node, Symbol):
        letter = _letter(node, vector)
        if letter in numbers:
            return constant(TRIED[numbers[letter]])
        if node.base in numbers and not node.subscript:
            return constant(arb(numbers[node.base]))
    found = _entry_of(node)
    if found is not None and found[1] in numbers and found[2] == vector:
        return constant(values[numbers[found[1]]])
    raise Unknown("another name")


def _total(body: Written, letter: str, vector: Symbol, values: list[arb], numbers: Numbers) -> Value:
    terms: Iterator[Value] = (
        evaluate(body, lambda node, place=place: _find(node, vector, values, {**numbers, letter: place}))  # type: ignore[misc]
        for place in range(len(TRIED))
    )
    total = next(terms)
    for term in terms:
        total = entrywise(Dual.__add__, total, term)
    return total
