"""Lines that can be followed: numbers in place of symbols such that the printed digits give the printed result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.values.interpret import UnknownValue, Value, interpret
from symback.values.policy import Carry
from symback.values.real import Real
from symback.values.rounding import Digits, Rounding, round_real, spell
from symback.values.values import Values
from symback.written.nodes import Matrix, Name, Number, Partial, Valued, Written
from symback.written.substitute import leaves, replace_parts

MOST_EXTRA_DIGITS = 3
"""How many digits a line may add to its operands so that it can be followed (carrying exactly)."""

MOST_EXTRA_DIGITS_OF_A_PART = 12
"""How many digits a partial result may get beyond those of the result."""


def printed(values: Values, tree: Written, extra: int = 0) -> Valued:
    """Return `tree` with the printed number in place of every leaf whose number is known."""
    return Valued(tree, {key: values.number(key, extra) for key in leaves(tree) if values.knows(key)})


def substituted(values: Values, tree: Written, result: Written) -> Valued | None:
    """Return `tree` with numbers in place, such that evaluating them rounds to the printed `result`.

    Operands get the fewest extra digits that make the line follow; None if `MOST_EXTRA_DIGITS` do not.
    With printed numbers carried, every number has one spelling and gets no extra digits.
    """
    if not all(values.knows(key) for part in (tree, result) for key in leaves(part)):
        return None
    most = 0 if values.policy.carry is Carry.PRINTED else MOST_EXTRA_DIGITS
    for extra in range(most + 1):
        candidate = printed(values, tree, extra)
        if follows(values, candidate, result):
            return candidate
    return None


def collapsed(values: Values, tree: Written, parts: Sequence[Written], result: Written) -> Written | None:
    """Return `tree` with each of `parts` worked out to a number and the rest of its leaves replaced by numbers.

    Partial results have the digits of the result, and as many more as the line needs to be followed; None where
    no reasonable number of digits does it.
    """
    keys = leaves(result)
    if not all(values.knows(key) for part in (tree, result) for key in leaves(part)):
        return None
    digits, rounding = values.policy.digits_of(keys[0]), values.policy.rounding
    found = [interpret(part, values.carried) for part in parts]
    for extra in range(MOST_EXTRA_DIGITS_OF_A_PART + 1):
        numbers = [_spelled_out(value, digits, rounding, extra) for value in found]
        replaced = replace_parts(tree, list(zip(parts, numbers, strict=True)))
        candidate = printed(values, replaced)
        if follows(values, candidate, result):
            return candidate
    return None


def follows(values: Values, line: Written, result: Written) -> bool:
    """Say whether `line`, evaluated from its printed digits, rounds to the printed numbers of `result`."""
    try:
        got = list(_entries(interpret(line, {})))
    except UnknownValue:
        return False
    expected = list(_result_numbers(values, result))
    return len(got) == len(expected) and all(
        rounds_to(value, number, values.policy.rounding) for value, number in zip(got, expected, strict=True)
    )


def follows_number(line: Written, number: Number, rounding: Rounding) -> bool:
    """Say whether `line`, evaluated from its printed digits, is one number that prints as `number` does."""
    value = interpret(line, {})
    return isinstance(value, Real) and rounds_to(value, number, rounding)


def rounds_to(value: Real, number: Number, rounding: Rounding) -> bool:
    """Say whether `value` prints as `number` does, at its number of decimals."""
    places = len(number.text.partition(".")[2])
    return bool(round_real(value, places, rounding) == number.value * 10**places)


def is_rounded(values: Values, tree: Written) -> bool:
    """Say whether a number that stands for a leaf of `tree` is rounded."""
    return any(values.knows(key) and not values.spelled(key).exact for key in leaves(tree))


def _spelled_out(value: Value, digits: Digits, rounding: Rounding, extra: int) -> Written:
    """Return the number, or the matrix of numbers, that prints `value`."""
    if isinstance(value, Real):
        return Number(spell(value, digits, rounding, extra).text)
    return Matrix(
        tuple(tuple(Number(spell(entry, digits, rounding, extra).text) for entry in row) for row in value)
    )


def _result_numbers(values: Values, result: Written) -> Iterator[Number]:
    if isinstance(result, Matrix):
        for row in result.rows:
            for entry in row:
                yield from _result_numbers(values, entry)
    elif isinstance(result, Name | Partial):
        yield values.number(result.key)
    elif isinstance(result, Number):
        yield result


def _entries(value: Value) -> Iterator[Real]:
    if isinstance(value, Real):
        yield value
        return
    for row in value:
        yield from row
