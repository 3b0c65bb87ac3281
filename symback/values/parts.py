"""Parts of a line worked out, one kind of part after the other, in digits that hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from symback.values.following import known_entries, line_follows, with_numbers
from symback.values.interpret import Value, interpret
from symback.values.real import Real
from symback.values.rounding import Digits, Rounding, spell
from symback.values.values import Values
from symback.written.nodes import Matrix, Power, Product, Quotient, Sum, Valued, Written
from symback.written.substitute import leaves, replace_parts, substitute

MOST_EXTRA_DIGITS = 12
"""How many digits a partial result may get beyond those of the result."""

Kind: TypeAlias = type[Sum] | type[Power] | type[Product]


def worked_out(values: Values, line: Written, kinds: Sequence[Kind], result: Written) -> list[Valued]:
    """Return `line` once for each of `kinds`, with the inner parts of that kind worked out and numbers for all else.

    Partial results have the digits of the result, and as many more as it takes: each line, evaluated from its digits,
    rounds to the printed `result`, and each partial result is right both for the digits of the line before and for
    those of the first `line`. A kind for which there is nothing to do, or no reasonable number of digits does it, has
    no line of its own.
    """
    if known_entries(values, result) is None or len(values.known(leaves(line))) < len(leaves(line)):
        return []
    return _lines(values, line, line, kinds, result)[0]


def _lines(
    values: Values, first: Written, line: Written, kinds: Sequence[Kind], result: Written
) -> tuple[list[Valued], bool]:
    """Return the lines after `line`, and whether every kind of part that is there has been worked out."""
    if not kinds:
        return [], True
    parts = list(dict.fromkeys(_inner(line, first, kinds[0])))
    if not parts:
        return _lines(values, first, line, kinds[1:], result)
    longest: list[Valued] = []
    for extra in range(MOST_EXTRA_DIGITS + 1):
        found = _collapsed(values, line, parts, result, extra)
        if found is None:
            continue
        after, is_whole = _lines(values, first, substitute(found.body, found.numbers), kinds[1:], result)
        if is_whole:
            return [found, *after], True
        longest = max(longest, [found, *after], key=len)
    return longest or _lines(values, first, line, kinds[1:], result)[0], False


def _collapsed(
    values: Values, line: Written, parts: Sequence[tuple[Written, Written]], result: Written, extra: int
) -> Valued | None:
    """Return `line` with its parts as numbers; None if that does not follow, or one is not what `first` makes of it."""
    expected, rounding = known_entries(values, result), values.policy.rounding
    digits = values.policy.digits_of(leaves(result)[0])
    numbers: list[tuple[Written, Written]] = []
    for part, origin in parts:
        number, twin = (_spelled(interpret(each, values.carried), digits, rounding, extra) for each in (part, origin))
        if interpret(number, {}) != interpret(twin, {}):
            return None
        numbers.append((part, number))
    replaced = replace_parts(line, numbers)
    spelled = values.known(leaves(replaced))
    return with_numbers(replaced, spelled) if line_follows(replaced, spelled, expected or [], rounding) else None


def _inner(line: Written, first: Written, kind: Kind) -> Iterator[tuple[Written, Written]]:
    """Yield the parts of a kind inside the products, quotients and so on of a line, outermost first.

    Each comes with what stands in its place in the `first` line, where nothing has been worked out yet.
    """
    for child, twin in zip(_children(line), _children(first), strict=False):
        if isinstance(child, kind):
            yield child, twin
        else:
            yield from _inner(child, twin, kind)


def _children(tree: Written) -> tuple[Written, ...]:
    match tree:
        case Sum():
            return tree.terms
        case Product():
            return tree.factors
        case Quotient():
            return (tree.numerator, tree.denominator)
        case Power():
            return (tree.base,)
    return ()


def _spelled(value: Value, digits: Digits, rounding: Rounding, extra: int) -> Written:
    """Return the number, or the matrix of numbers, that prints `value`."""
    if isinstance(value, Real):
        return spell(value, digits, rounding, extra).number
    return Matrix(tuple(tuple(spell(entry, digits, rounding, extra).number for entry in row) for row in value))
