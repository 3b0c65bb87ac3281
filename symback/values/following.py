"""Lines that can be followed: numbers in place of symbols such that the printed digits give the printed result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symback.values.interpret import UnknownValue, Value, interpret
from symback.values.policy import Carry
from symback.values.real import Real
from symback.values.rounding import Rounding, Spelled, round_real
from symback.values.values import Values
from symback.written.nodes import Matrix, Name, Number, Partial, Valued, Written
from symback.written.substitute import leaves

MOST_EXTRA_DIGITS = 3
"""How many digits a line may add to its operands so that it can be followed (carrying exactly)."""


def printed(values: Values, tree: Written) -> Valued:
    """Return `tree` with the printed number in place of every leaf whose number is known."""
    return with_numbers(tree, values.known(leaves(tree)))


def substituted(values: Values, tree: Written, result: Written, shown: Written | None = None) -> Valued | None:
    """Return `tree` with numbers in place, such that evaluating them rounds to the printed `result`.

    Operands get the fewest extra digits that make the line follow; None if `MOST_EXTRA_DIGITS` do not, or if a
    number is unknown. With printed numbers carried, every number has one spelling and gets no extra digits. `shown`
    is what stands on the page for `tree`, where it says the same with functions by their names.
    """
    keys, expected = leaves(tree), known_entries(values, result)
    if shown is not None:
        keys = tuple(dict.fromkeys(keys + leaves(shown)))
    if expected is None:
        return None
    most = 0 if values.policy.carry is Carry.PRINTED else MOST_EXTRA_DIGITS
    for extra in range(most + 1):
        spelled = values.known(keys, extra)
        if len(spelled) < len(keys):
            return None
        if line_follows(tree, spelled, expected, values.policy.rounding):
            return with_numbers(tree if shown is None else shown, spelled)
    return None


def follows_number(line: Written, number: Number, rounding: Rounding) -> bool:
    """Say whether `line`, evaluated from its printed digits, is one number that prints as `number` does."""
    value = interpret(line, {})
    return isinstance(value, Real) and rounds_to(value, number, rounding)


def rounds_to(value: Real, number: Number, rounding: Rounding) -> bool:
    """Say whether `value` prints as `number` does, at its number of decimals."""
    whole, _, decimals = number.text.partition(".")
    return round_real(value, len(decimals), rounding) == int(whole + decimals)


def is_rounded(values: Values, keys: Iterable[str]) -> bool:
    """Say whether a number that stands for one of `keys` is rounded."""
    return any(not spelled.exact for spelled in values.known(keys).values())


def with_numbers(tree: Written, spelled: Mapping[str, Spelled]) -> Valued:
    """Return `tree` with the numbers that are spelled in place of its leaves."""
    return Valued(tree, {key: found.number for key, found in spelled.items()})


def line_follows(tree: Written, spelled: Mapping[str, Spelled], expected: Sequence[Number], rounding: Rounding) -> bool:
    """Say whether `tree`, evaluated from the printed digits of its leaves, rounds to the `expected` numbers.

    Printed digits can leave a function's domain, as where ``log(1 - y)`` has a ``y`` that prints as 1.
    """
    try:
        value = interpret(tree, {key: found.value for key, found in spelled.items()})
    except (UnknownValue, ValueError, ZeroDivisionError):
        return False
    got = _entries(value)
    return len(got) == len(expected) and all(
        rounds_to(number, printed, rounding) for number, printed in zip(got, expected, strict=True)
    )


def known_entries(values: Values, result: Written) -> list[Number] | None:
    """Return the printed number of a leaf, or of every leaf of a matrix; None if one is unknown.

    A number that ends early has the zeros that are not printed: a line has to give these digits too.
    """
    entries = [entry for row in result.rows for entry in row] if isinstance(result, Matrix) else [result]
    keys = [entry.key for entry in entries if isinstance(entry, Name | Partial)]
    spelled = values.known(keys)
    return [_to_the_end(values, key, spelled[key].number) for key in keys] if len(spelled) == len({*keys}) else None


def _to_the_end(values: Values, key: str, number: Number) -> Number:
    """Return a number with all decimals of its policy; one that the author gave has the decimals that it was given."""
    decimals = values.policy.digits_of(key).decimals
    if not decimals or key in values.given:
        return number
    whole, _, behind = number.text.partition(".")
    return Number(f"{whole}.{behind:0<{decimals}}")


def _entries(value: Value) -> list[Real]:
    return [value] if isinstance(value, Real) else [entry for row in value for entry in row]
