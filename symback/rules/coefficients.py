"""Sums and products as a person tidies them up: numbers in front, no factor 1, no term 0, fractions joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from symback.written.nodes import Cases, Group, Negative, Number, Product, Quotient, Sum, Written

ONE, ZERO = Number("1"), Number("0")


def negative(tree: Written) -> Written:
    """Return the opposite of a tree, without two signs in a row."""
    return multiplied([Number("-1"), tree])


def added(terms: Iterable[Written]) -> Written:
    """Return the sum of the terms that are not 0, plain numbers joined into one behind the rest."""
    numbers, telling = [], []
    for term in terms:
        value = _value(term)
        if value is None:
            telling.append(term)
        else:
            numbers.append((term, value))
    total = sum((value for _, value in numbers), Fraction(0))
    if total:
        is_decimal = _are_decimal(term for term, _ in numbers)
        is_subtracted = bool(telling) and total < 0
        number = _spelled(-total if is_subtracted else total, is_decimal)
        telling.append(Negative(number) if is_subtracted else number)
    if len(telling) < 2:
        return telling[0] if telling else ZERO
    return Sum(tuple(telling))


def multiplied(factors: Sequence[Written]) -> Written:
    """Return the product of the factors: its plain number in front, what they divide by below one bar.

    A factor with cases takes the others into its branches.
    """
    split = next((place for place, factor in enumerate(factors) if isinstance(factor, Cases)), None)
    if split is not None:
        cases = factors[split]
        assert isinstance(cases, Cases)
        branches = (
            (multiplied([*factors[:split], value, *factors[split + 1 :]]), where) for value, where in cases.branches
        )
        return Cases(tuple(branches))
    numbers: list[Written] = []
    above: list[Written] = []
    below: list[Written] = []
    for factor in factors:
        _sort(factor, numbers, above, below)
    coefficient = Fraction(1)
    for number in numbers:
        coefficient *= _value(number) or Fraction(0)
    if coefficient == 0:
        return ZERO
    return _joined(coefficient, _are_decimal(numbers), above, below)


def _sort(factor: Written, numbers: list[Written], above: list[Written], below: list[Written]) -> None:
    """Put a factor, part by part, to the plain numbers, above the bar or below it."""
    if _value(factor) is not None:
        numbers.append(factor)
        return
    match factor:
        case Negative(operand):
            numbers.append(Number("-1"))
            _sort(operand, numbers, above, below)
        case Group(body):
            _sort(body, numbers, above, below)
        case Product(factors, sign) if sign != "hadamard":
            for part in factors:
                _sort(part, numbers, above, below)
        case Quotient(numerator, denominator):
            _sort(numerator, numbers, above, below)
            below.append(denominator)
        case _:
            above.append(factor)


def _joined(coefficient: Fraction, is_decimal: bool, above: list[Written], below: list[Written]) -> Written:
    if coefficient < 0 and not below and len(above) == 1 and (turned := _turned(above[0])) is not None:
        return _joined(-coefficient, is_decimal, [turned], below)
    size = abs(coefficient)
    front = [] if size == 1 and (above or below) else [_spelled(size, is_decimal)]
    if below:
        written: Written = Quotient(_product([*front, *above]), _product(below))
    else:
        written = _product([*front, *above])
    if coefficient > 0:
        return written
    return Number(f"-{written.text}") if isinstance(written, Number) else Negative(written)


def _turned(tree: Written) -> Written | None:
    """Return ``b - a`` for ``a - b``, and None for anything else."""
    match tree:
        case Sum((first, Negative(second))) if not isinstance(first, Negative):
            return Sum((second, Negative(first)))
    return None


def _product(factors: Sequence[Written]) -> Written:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Product(tuple(factors), juxtaposed=True)


def _value(tree: Written) -> Fraction | None:
    """Return what a plain number, or a fraction of two, is worth."""
    match tree:
        case Number():
            return tree.value
        case Negative(operand):
            value = _value(operand)
            return None if value is None else -value
        case Quotient(Number() as above, Number() as below) if below.value:
            return above.value / below.value
    return None


def _are_decimal(numbers: Iterable[Written]) -> bool:
    return any(isinstance(number, Number) and "." in number.text for number in numbers)


def _spelled(value: Fraction, is_decimal: bool) -> Written:
    """Return a number as it is written: whole, as a decimal where decimals led to it, or as a fraction."""
    if value.denominator == 1:
        return Number(str(value))
    if is_decimal and (text := _decimal(value)):
        return Number(text)
    quotient = Quotient(Number(str(abs(value.numerator))), Number(str(value.denominator)))
    return Negative(quotient) if value < 0 else quotient


def _decimal(value: Fraction) -> str:
    """Return the decimal spelling of a fraction that ends, or nothing."""
    for places in range(1, 31):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' * (value < 0)}{digits[:-places]}.{digits[-places:]}"
    return ""
