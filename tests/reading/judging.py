"""Whether the package takes two formulas for equal: read by its reader, evaluated in its ball arithmetic, point by point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from random import Random

from flint import arb, fmpq
from mpmath import mp, mpf

from symback.reading.statements import PLAIN, statements
from symback.verify.balls import exact, precise
from symback.verify.evaluate import Dual, Unknown, constant, evaluate
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import Symbol, Written
from tests.reading import meaning
from tests.reading.meaning import DIGITS, Point
from tests.reading.pairs import Pair, Word

POINTS = 24
"""Six points for each pattern of two neurons on and off."""

RADIUS = Fraction(1, 10**40)
"""How wide, of its size, the ball around a value with 50 digits is: they are not all right after cancellations."""


class Judgement(StrEnum):
    ACCEPTED = "accepted"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement with its reason."""

    judgement: Judgement
    why: str = ""


def judged(pair: Pair) -> Found:
    """Judge a pair by the package: balls that are apart at any point differ, what overlaps everywhere is accepted."""
    precise()
    try:
        left, right = read(pair.left), read(pair.right)
        spelled = {spelling(name): key for key, word in pair.names.items() for name in names_of(word)}
        for number, values in enumerate(points(pair.names)):
            balls = [worth(side, spelled, values) for side in (left, right)]
            if not balls[0].overlaps(balls[1]):
                return Found(Judgement.DIFFERENT, f"{balls[0]} and {balls[1]} at point {number}")
    except Unknown as error:
        return Found(Judgement.UNDECIDED, str(error))
    return Found(Judgement.ACCEPTED)


@cache
def read(text: str) -> Written:
    """Read a formula as the package reads those of a document."""
    found = list(statements(text, True, PLAIN))
    if len(found) != 1 or len(found[0].sides) != 1:
        raise Unknown("it is not read as one formula")
    (side,) = found[0].sides
    if side.node is None:
        raise Unknown(f"it is not read: {side.problem}")
    return side.node


def names_of(word: Word) -> Iterator[Symbol]:
    """Yield how the spellings of a name are read; functions the package knows by itself."""
    for text in () if word.function else word.spellings:
        name = read(text)
        if not isinstance(name, Symbol):
            raise Unknown(f"the name {text} is not read as one")
        yield name


def worth(node: Written, spelled: Mapping[Spelling, str], values: Mapping[str, arb]) -> arb:
    """Return the ball of a formula at a point."""

    def find(part: Written) -> Dual:
        if not isinstance(part, Symbol):
            raise Unknown(f"{type(part).__name__} has no value")
        if spelling(part) not in spelled:
            raise Unknown(f"nothing is named {spelling(part)}")
        return constant(values[spelled[spelling(part)]])

    value = evaluate(node, find)
    if not isinstance(value, Dual):
        if len(value) * len(value[0]) != 1:
            raise Unknown("a matrix")
        value = value[0][0]
    if not value.value.is_finite():
        raise Unknown("a value without bounds")
    return value.value


def points(names: Mapping[str, Word]) -> Iterator[dict[str, arb]]:
    """Yield the balls of all names at each point; with the pre-activations that gate, every pattern of signs occurs."""
    random = Random(0)
    gates = [key for key in ("z_1", "z_2") if key in names]
    for number in range(POINTS):
        values: dict[str, mpf] = {}
        while not values or any((values[gate] > 0) != bool(number >> place & 1) for place, gate in enumerate(gates)):
            values = drawn(names, random)
        yield {key: ball(value) if names[key].definition else decimal(value) for key, value in values.items()}


@mp.workdps(DIGITS)
def drawn(names: Mapping[str, Word], random: Random) -> dict[str, mpf]:
    """Draw the free names within their ranges, and work out the others by their definitions."""
    functions = {key: word.function for key, word in names.items() if word.function}
    values: dict[str, mpf] = {}
    for key, word in names.items():
        if not (word.definition or word.function):
            size = random.randint(50, 950)
            values[key] = mpf(size if word.range == "unit" else random.choice([-2, 2]) * size) / 1000
    waiting = {key: word.definition for key, word in names.items() if word.definition}
    while waiting:
        for key in [key for key, text in waiting.items() if not any(other in text for other in waiting)]:
            values[key] = meaning.value(waiting.pop(key), Point(values, functions=functions))
    return values


def decimal(value: mpf) -> arb:
    """Return the exact ball of a drawn value, which has three decimals."""
    return exact(Fraction(round(value * 1000), 1000))


def ball(value: mpf) -> arb:
    """Return the ball around a value that was worked out."""
    with mp.workdps(DIGITS):
        middle = Fraction(mp.nstr(value, DIGITS))
    radius = RADIUS * (1 + abs(middle))
    return arb(exact(middle), fmpq(radius.numerator, radius.denominator))
