"""Rules with letters for indices: every reading with numbers in place of the letters that names something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import Graph
from symback.verify.binding import Binding
from symback.verify.keys import Scope, keys_of, lone, plain
from symback.verify.numberings import MOST, letters_of, numberings, with_numbers
from symback.verify.trees import parts, parts_directly_in, rebuilt, symbols
from symback.written.nodes import Derivative, IndexedSum, Name, Number, Sum, Symbol, Text, Written

COUNTS = frozenset({"n", "N", "m"})
"""Letters that stand for the number of samples."""


def instances(
    left: Written, right: Written, binding: Binding, graph: Graph, known: bool = True
) -> Iterator[tuple[Written, Written]]:
    """Yield both sides of a rule with numbers in place of letters, wherever every name then means something.

    Without `known` the left side may hold names that mean nothing.
    """
    left, right = _with_index(left), _with_index(right)
    largest = max(len(graph.inputs), *(layer.size for layer in graph.layers), len(graph.layers), len(graph.samples))
    if len(graph.samples) > 1:
        right = _counted(right, frozenset(_uppers(right)), len(graph.samples))
    summed = {index for side in (left, right) for index in _summed(side)}
    letters = sorted(_letters(left, binding) | _letters(right, binding) - summed)
    if len(letters) > 4 or not (letters or summed):
        return
    # A notation may count inputs and neurons through the network.
    through = len(graph.inputs) + sum(layer.size for layer in graph.layers)
    if through ** len(letters) <= MOST:
        largest = max(largest, through)
    named = {*_outside_sums(right), *(_outside_sums(left) if known else ())}
    for chosen in numberings(letters, named, largest, lambda symbol: _means(symbol, binding)):
        one = with_numbers(left, chosen)
        other = _unrolled(with_numbers(right, chosen), binding, largest, graph)
        sides = (one, other) if known else (other,)
        if other is not None and all(
            _means(symbol, binding) for side in sides if side is not None for symbol in symbols(side)
        ):
            yield one, other


def _with_index(node: Written) -> Written:
    """Return a formula in which a sum without an index runs over the only letter that its names have: ``∑ e^{z_j}``."""
    if isinstance(node, IndexedSum) and node.index == Symbol(""):
        letters = {letter for name in symbols(node.body) for letter in letters_of(name)}
        return replace(node, index=Symbol(letters.pop())) if len(letters) == 1 else node
    return rebuilt(node, _with_index)


def _outside_sums(node: Written) -> Iterator[Symbol]:
    """Yield the names in a formula for whose letters no sum runs."""
    if isinstance(node, Symbol):
        yield node
    elif not isinstance(node, IndexedSum):
        for part in parts_directly_in(node):
            yield from _outside_sums(part)


def _uppers(node: Written) -> Iterator[str]:
    """Yield the letters up to which sums run that can stand for the number of samples."""
    for part in parts(node):
        if isinstance(part, IndexedSum) and isinstance(part.upper, Symbol) and part.upper.base in COUNTS:
            yield part.upper.base


def _counted(node: Written, letters: frozenset[str], samples: int) -> Written:
    if isinstance(node, Symbol) and node.base in letters and not node.subscript:
        return Number(str(samples))
    return rebuilt(node, lambda part: _counted(part, letters, samples))


def _means(symbol: Symbol, binding: Binding) -> bool:
    return binding.of(symbol) is not None or (symbol.base in COUNTS and not symbol.subscript)


def _letters(node: Written, binding: Binding) -> set[str]:
    """Return the letters that stand for numbers: those of layers are none, but what stands below one is."""
    found: set[str] = set()
    for symbol in symbols(node):
        if binding.of(symbol) is None:
            found |= letters_of(symbol) - binding.letters(symbol)
            found |= {letter for item in symbol.subscript if isinstance(item, Symbol) for letter in letters_of(item)}
    return found


def _summed(node: Written) -> Iterator[str]:
    for part in parts(node):
        if isinstance(part, IndexedSum) and isinstance(part.index, Symbol):
            yield part.index.base


def _unrolled(node: Written, binding: Binding, largest: int, graph: Graph) -> Written | None:
    """Return a formula whose sums over an index are written out, over every number that names something."""
    if isinstance(node, IndexedSum):
        if not isinstance(node.index, Symbol):
            return None
        samples = len(graph.samples)
        if not node.index.base:
            each = range(1, samples + 1) if samples > 1 else ()
            return Sum(tuple(_of_sample(node.body, number, binding) for number in each)) if each else None
        if samples > 1 and isinstance(node.upper, Symbol) and node.upper.base in COUNTS:
            return Sum(
                tuple(_at_sample(node.body, node.index.base, number, binding) for number in range(1, samples + 1))
            )
        terms = []
        low = _bound(node.lower, 1)
        high = _bound(node.upper, largest)
        for number in range(low, high + 1):
            term = _unrolled(with_numbers(node.body, {node.index.base: number}), binding, largest, graph)
            if term is None or any(binding.of(symbol) is None for symbol in symbols(term)):
                continue
            if not any(_passes_over(part, binding, graph) for part in parts(term)):
                terms.append(term)
        return Sum(tuple(terms)) if terms else None
    missing = False

    def change(part: Written) -> Written:
        nonlocal missing
        found = _unrolled(part, binding, largest, graph)
        missing = missing or found is None
        return part if found is None else found

    changed = rebuilt(node, change)
    return None if missing else changed


def _passes_over(node: Written, binding: Binding, graph: Graph) -> bool:
    """Whether it derives a pre-activation by an activation further back: a sum over paths has no such factor."""
    key = lone(keys_of(node, binding, Scope())) if isinstance(node, Derivative) else ""
    of, _, by = key.partition(":")
    if not (of.startswith("z.") and by.startswith("a.")) or of not in graph.quantities:
        return False
    return by not in graph.quantities[of].parents and of in graph.dependents(by)


def _at_sample(node: Written, letter: str, sample: int, binding: Binding) -> Written:
    """Return the term of one sample: names that have the letter among their indices are those of the sample."""
    if isinstance(node, Symbol):
        below = tuple(item for item in node.subscript if item != Symbol(letter))
        above = tuple(item for item in node.superscript if item != Symbol(letter))
        if len(above) < len(node.superscript):
            above = tuple(item for item in above if not isinstance(item, Text))
        if len(below) + len(above) == len(node.subscript) + len(node.superscript):
            return node
        target = binding.of(replace(node, subscript=below, superscript=above))
        return Name(plain(f"{target}@{sample}")) if isinstance(target, str) else node
    return rebuilt(node, lambda part: _at_sample(part, letter, sample, binding))


def _of_sample(node: Written, sample: int, binding: Binding) -> Written:
    """Return a formula with what its names mean at one sample; parameters are the same at all of them."""
    if isinstance(node, Symbol):
        target = binding.of(node)
        return Name(plain(f"{target}@{sample}")) if isinstance(target, str) and not _is_learned(target) else node
    return rebuilt(node, lambda part: _of_sample(part, sample, binding))


def _is_learned(target: str) -> bool:
    return target.startswith(("w.", "b.")) or target == LEARNING_RATE


def _bound(node: Written | None, usual: int) -> int:
    return int(node.text) if isinstance(node, Number) and re.fullmatch(r"\d{1,3}", node.text) else usual
