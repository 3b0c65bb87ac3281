"""The answers to a worksheet, worked out from the text of its spec without the package; and how they may be spelled.

A spelling is the digits of a number without leading and closing zeros, with the power of ten of the first of them: what
is written 0.0250, 2.5e-2 or 0,025 is spelled alike. Signs are left out: an answer without its sign is given away too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.oracles.tape import Number, plus
from tests.oracles.working import Pass, Worked, networks, read

NOTHING = Fraction(1, 10**45)
"""What is smaller is 0, up to the precision of the oracle."""

FEWEST, MOST = 3, 17
"""An answer is looked for with so many significant digits, and with every number of digits between."""

EXACT = 60
"""An answer that ends within so many decimals is looked for in full as well."""

Spelling = tuple[str, int]


def answers(text: str) -> list[Fraction]:
    """Return the size of every number that a reader of the spec `text` may be asked to work out, without zeros.

    What cannot be worked out because parameters are unknown is left out; other numbers have 60 digits or are exact.
    """
    numbers = (number for tree in networks(read(text)) for number in _answers(Worked(tree)))
    sizes = (abs(_fraction(number)) for number in numbers if number is not None)
    return [size for size in sizes if size > NOTHING]


def _answers(worked: Worked) -> Iterator[Number]:
    for done in (*worked.samples, *worked.steps):
        yield from _of_pass(worked, done)
    if not worked.steps and "equations" not in worked.tree:
        yield worked.batch_loss
    for name in worked.learned if not worked.steps else ():
        gradient = worked.batch_gradient(name)
        yield gradient
        if "learning_rate" in worked.update:
            yield worked.new_value(worked.parameters[name], gradient)
    for numbers in worked.after:
        yield from numbers.values()


def _of_pass(worked: Worked, done: Pass) -> Iterator[Number]:
    """Yield what one sample gives: values, slopes of activations, and gradients of all that is not given or frozen."""
    yield from done.values.values()
    yield from (neuron.slope for neuron in done.neurons)
    frozen = {*worked.parameters} - {*worked.learned}
    yield from (gradient for name, gradient in done.gradients.items() if name not in frozen)
    yield from (gradient for name, gradient in done.added.items() if name not in frozen)
    for name, gradient in done.added.items():
        if name not in frozen:
            yield plus([done.gradients[name], gradient])


def _fraction(number: Number) -> Fraction:
    if isinstance(number, Fraction):
        return number
    sign, mantissa, exponent, _ = number._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent


def spellings(size: Fraction) -> Iterator[Spelling]:
    """Yield a positive number with `FEWEST` to `MOST` digits, rounded and cut off, as float64, and in full if it ends."""
    digits, power = significant(size, MOST + 1)
    for count in range(FEWEST, MOST + 1):
        yield spelling(digits[:count], power)
        yield spelling(str(int(digits[:count]) + (digits[count] >= "5")), power, count)
    yield spelled(repr(float(size)))
    yield spelled(f"{float(size):.{MOST - 1}e}")
    if not 10**EXACT % size.denominator:
        yield spelling(*significant(size, 2 * EXACT))


def significant(size: Fraction, count: int) -> Spelling:
    """Return the first digits of a positive number, cut off, and the power of ten of the first of them."""
    power = len(str(size.numerator)) - len(str(size.denominator))
    power -= size < Fraction(10) ** power
    return str(int(size / Fraction(10) ** (power - count + 1))), power


def spelling(digits: str, power: int, count: int = 0) -> Spelling:
    """Return digits in their one form; one digit more than `count` came from a carry to the next power of ten."""
    return digits.rstrip("0"), power + (bool(count) and len(digits) > count)


def spelled(text: str) -> Spelling:
    """Return the spelling of a decimal without a sign; a comma may stand for the point."""
    mantissa, _, exponent = text.lower().replace(",", ".").partition("e")
    whole, _, behind = mantissa.partition(".")
    digits = whole + behind
    bare = digits.lstrip("0")
    return bare.rstrip("0"), len(whole) - 1 - (len(digits) - len(bare)) + int(exponent or 0)
