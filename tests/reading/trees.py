"""Small expression trees, from which pairs of formulas are generated: what they are made of and what they are worth.

They share nothing with the trees of the package, so that a fault there cannot hide here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from mpmath import mp, mpf

from tests.reading.functions import ACTIVATIONS


@dataclass(frozen=True, slots=True)
class Tree:
    """A node: what it is, the nodes below it, and the name, function or number that it carries."""

    kind: str
    parts: tuple[Tree, ...] = ()
    word: str = ""
    number: Fraction = Fraction(0)


def number(value: int | Fraction) -> Tree:
    return negative(Tree("number", number=-Fraction(value))) if value < 0 else Tree("number", number=Fraction(value))


def name(key: str) -> Tree:
    return Tree("name", word=key)


def total(*terms: Tree) -> Tree:
    """Add; a sum among the terms is dissolved, a single term is no sum."""
    flat = [part for term in terms for part in (term.parts if term.kind == "sum" else (term,))]
    return flat[0] if len(flat) == 1 else Tree("sum", tuple(flat))


def product(*factors: Tree) -> Tree:
    """Multiply; a product among the factors is dissolved, ones are left out."""
    flat = [part for factor in factors for part in (factor.parts if factor.kind == "product" else (factor,))]
    flat = [factor for factor in flat if factor != ONE]
    return Tree("product", tuple(flat)) if len(flat) > 1 else (flat or [ONE])[0]


def negative(tree: Tree) -> Tree:
    return tree.parts[0] if tree.kind == "negative" else Tree("negative", (tree,))


def difference(left: Tree, right: Tree) -> Tree:
    return total(left, negative(right))


def quotient(above: Tree, below: Tree) -> Tree:
    return Tree("quotient", (above, below))


def power(base: Tree, exponent: int) -> Tree:
    return Tree("power", (base,), number=Fraction(exponent))


def applied(function: str, argument: Tree) -> Tree:
    return Tree("applied", (argument,), word=function)


def primed(function: str, argument: Tree) -> Tree:
    return Tree("primed", (argument,), word=function)


def step(argument: Tree, written: str) -> Tree:
    """One where the argument is positive, else zero; `written` as `cases` or as `indicator`."""
    return Tree("step", (argument,), word=written)


def rectified(argument: Tree, written: str) -> Tree:
    """ReLU in other words: `written` as `cases` or as `max`."""
    return Tree("rectified", (argument,), word=written)


def running(index: str, pattern: Tree, *terms: Tree) -> Tree:
    """Write a sum with a running index: the names in `pattern` have the index in place of a number, `terms` are what it means."""
    return Tree("running", (pattern, *terms), word=index)


ONE, TWO = number(1), number(2)
HALF = number(Fraction(1, 2))

FUNCTIONS: Mapping[str, Callable[[mpf], mpf]] = {
    "exp": mp.exp,
    "ln": mp.log,
    **{key: activation.value for key, activation in ACTIVATIONS.items()},
}


def evaluate(tree: Tree, values: Mapping[str, mpf]) -> mpf:
    """Return the value of the tree in the working precision of mpmath."""
    if tree.kind == "name":
        return values[tree.word]
    if tree.kind == "number":
        return mpf(tree.number.numerator) / tree.number.denominator
    if tree.kind == "running":
        return mp.fsum(evaluate(term, values) for term in tree.parts[1:])
    parts = [evaluate(part, values) for part in tree.parts]
    match tree.kind:
        case "sum":
            return mp.fsum(parts)
        case "product":
            return mp.fprod(parts)
        case "negative":
            return -parts[0]
        case "quotient":
            return parts[0] / parts[1]
        case "power":
            return parts[0] ** int(tree.number)
        case "applied":
            return FUNCTIONS[tree.word](parts[0])
        case "primed":
            return ACTIVATIONS[tree.word].derivative(parts[0])
        case "step":
            return mpf(1) if parts[0] > 0 else mpf(0)
        case "rectified":
            return max(parts[0], mpf(0))
    raise ValueError(tree.kind)


Path = tuple[int, ...]


def places(tree: Tree, at: Path = ()) -> Iterator[tuple[Path, Tree]]:
    """Yield every node with its path from the root; a running sum counts as one node."""
    yield at, tree
    if tree.kind != "running":
        for index, part in enumerate(tree.parts):
            yield from places(part, (*at, index))


def put(tree: Tree, path: Path, new: Tree) -> Tree:
    """Return the tree with another node at `path`; sums and products on the way are made flat again."""
    if not path:
        return new
    parts = list(tree.parts)
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    rebuilt = {"sum": total, "product": product, "negative": negative}.get(tree.kind)
    return rebuilt(*parts) if rebuilt else replace(tree, parts=tuple(parts))


def size(tree: Tree) -> int:
    return 1 + sum(map(size, tree.parts))


def names_in(tree: Tree) -> set[str]:
    """Return the keys of the names that count for the value; the pattern of a running sum does not."""
    if tree.kind == "name":
        return {tree.word}
    below = tree.parts[1:] if tree.kind == "running" else tree.parts
    return set().union(*map(names_in, below))


def functions_in(tree: Tree) -> set[str]:
    own = {tree.word} if tree.kind in ("applied", "primed") else set()
    return own.union(*map(functions_in, tree.parts))
