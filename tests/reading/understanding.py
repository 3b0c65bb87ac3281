"""What the reader makes of a formula of the corpus: right, silently wrong or refused, by the values of its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

from flint import arb
from mpmath import mp, mpf

from symback.reading.documents import Line, inline_pieces
from symback.reading.prose import statements_of
from symback.reading.signs import RELATIONS
from symback.reading.statements import Statement, Vocabulary, statements
from symback.verify.balls import precise
from symback.verify.duals import ONE, ZERO, Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import rebuilt
from symback.written.nodes import Call, Derivative, IndexedSum, Name, Number, Power, Sum, Symbol, Written
from tests.reading import arithmetic, meaning
from tests.reading.corpus import Formula
from tests.reading.functions import ACTIVATIONS, Activation
from tests.reading.meaning import DIGITS, Point

CLOSE = mpf(10) ** -18
"""How far a value that was read may be from the meaning: names have 20 digits, both sides are worked out in 50."""

KNOWN = {"sigmoid": "sigma", "relu": "relu", "tanh": "tanh", "softplus": "softplus"}
"""Functions that the reader knows by a name of its own, by their key among the activations of the corpus."""


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "silently wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome with its reason."""

    outcome: Outcome
    why: str = ""


def understood(formula: Formula) -> Found:
    """Read a formula as a user of the reader would, and compare every side at both points with what it means."""
    precise()
    read = list(_statements(formula))
    sides = [side for statement in read for side in statement.sides if side.node is not None or side.problem]
    problems = [side.problem for side in sides if side.node is None]
    if problems or not sides:
        return Found(Outcome.REFUSED, "; ".join(problems) or "no formula was found")
    try:
        names = _Names.of(formula)
        for point in (formula.first_point, formula.second_point):
            reading = _Reading(formula, names, point)
            values = [reading.worth(side.node) for side in sides if side.node is not None]
            if formula.refused:
                continue
            if len(values) != len(formula.sides):
                return Found(Outcome.WRONG, f"{len(values)} sides")
            for value, side in zip(values, formula.sides, strict=True):
                if not _same(value, meaning.value(side, point)):
                    return Found(Outcome.WRONG, f"{side} is read as {value}")
    except Unknown as error:
        return Found(Outcome.REFUSED, str(error))
    if formula.refused:
        return Found(Outcome.WRONG, "read, though it means nothing")
    signs = [sign for statement in read for sign in statement.signs]
    wanted = [RELATIONS.get(sign, sign) for sign in formula.relations]
    if not formula.continued:
        wanted = ["", *wanted]
    if [sign for sign in signs if sign] != [sign for sign in wanted if sign and sign != "⇒"]:
        return Found(Outcome.WRONG, f"signs {signs}")
    if formula.continued is not read[0].goes_on:
        return Found(Outcome.WRONG, "goes on or not")
    return Found(Outcome.RIGHT)


def vocabulary(formula: Formula) -> Vocabulary:
    """Return what a user says beforehand: names of several letters, and the decimal sign."""
    spelled = [one for spellings in formula.spellings.values() for one in spellings]
    words = {one for one in spelled if one.isidentifier()} | {
        word for one in spelled for word in re.findall(r"^[A-Za-z]+|(?<=\{)[A-Za-z]+", one)
    }
    return Vocabulary(frozenset(word for word in words if len(word) > 1 or word in "de"), formula.comma_decimals)


def _statements(formula: Formula) -> Iterator[Statement]:
    known = vocabulary(formula)
    if formula.written == "latex":
        return statements(formula.text, True, known)
    if formula.relations or formula.around:
        return statements_of(Line(formula.text, 0, inline_pieces(formula.text, 0)), known)
    return statements(formula.text, False, known)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a formula by how they are read."""

    spelled: Mapping[Spelling, str]
    nodes: Mapping[Written, str]
    """Names that are more than a letter with indices, such as ``\\Delta w_1`` or ``z^2``."""
    raised: frozenset[str]
    """Letters on which a number set high is an index."""

    functions: Mapping[Spelling, str]

    @classmethod
    def of(cls, formula: Formula) -> _Names:
        spelled: dict[Spelling, str] = {}
        found: dict[Written, str] = {}
        raised: set[str] = set()
        for key, spellings in formula.spellings.items():
            for one in spellings:
                node = _lone(one, formula)
                if isinstance(node, Power) and isinstance(node.base, Symbol) and isinstance(node.exponent, Number):
                    raised.add(spelling(node.base).base)
                    node = replace(node.base, superscript=(node.exponent,))
                if isinstance(node, Symbol):
                    spelled[spelling(node)] = key
                else:
                    found[node] = key
        functions = {
            spelling(node): formula.first_point.functions[key]
            for key, spellings in formula.function_spellings.items()
            for one in spellings
            if isinstance(node := _lone(one, formula), Symbol)
        }
        return cls(spelled, found, frozenset(raised), functions)


def _lone(text: str, formula: Formula) -> Written:
    found = list(statements(text, formula.written == "latex", vocabulary(formula)))
    if len(found) != 1 or len(found[0].sides) != 1 or found[0].sides[0].node is None:
        raise Unknown(f"the name {text} is not read")
    return found[0].sides[0].node


@dataclass(frozen=True, slots=True)
class _Reading:
    """The value of what was read, at a point."""

    formula: Formula
    names: _Names
    point: Point
    moving: str = ""
    """The name by which is differentiated."""

    def worth(self, node: Written) -> Value:
        return evaluate(self.named(node), self.find)

    def named(self, node: Written) -> Written:
        """Return a formula with keys in place of names that are more than a letter with indices."""
        if node in self.names.nodes:
            return Name(self.names.nodes[node])
        match node:
            case Power(base=Symbol() as base, exponent=Number() as high) if spelling(base).base in self.names.raised:
                return replace(base, superscript=(high, *base.superscript))
        return rebuilt(node, self.named)

    def find(self, node: Written) -> Value:
        match node:
            case Name(id=key):
                return self.of_key(key)
            case Symbol():
                return self.of_key(self.key(node))
            case Call(arguments=(argument,)):
                return self.called(node, evaluate(argument, self.find))
            case Derivative():
                return self.derivative(node)
            case IndexedSum(index=Symbol(base=letter)):
                low, high = self.bounds(node)
                terms = tuple(_put(node.body, letter, number) for number in range(low, high + 1))
                return evaluate(Sum(terms), self.find)
        raise Unknown(f"{type(node).__name__} has no value")

    def key(self, symbol: Symbol) -> str:
        found = self.names.spelled.get(spelling(symbol))
        if found is None:
            raise Unknown(f"nothing is named {spelling(symbol)}")
        return found

    def of_key(self, key: str) -> Value:
        slope = ONE if key == self.moving else ZERO
        return _columns(self.point.names[key], slope)

    def function(self, function: str | Symbol) -> Activation:
        name = KNOWN.get(function) if isinstance(function, str) else self.names.functions.get(spelling(function))
        if name is None:
            raise Unknown(f"no function is called {function}")
        return ACTIVATIONS[name]

    def called(self, node: Call, argument: Value) -> Value:
        function = self.function(node.function)
        if node.primes > 1:
            raise Unknown("a second derivative")

        def of(one: Dual) -> Dual:
            with mp.workdps(DIGITS):
                at = mpf(one.value.mid().str(DIGITS, radius=False))
                value, slope = function.value(at), function.derivative(at)
                return constant(_ball(slope)) if node.primes else Dual(_ball(value), _ball(slope) * one.slope)

        return of(argument) if isinstance(argument, Dual) else tuple(tuple(map(of, row)) for row in argument)

    def derivative(self, node: Derivative) -> Value:
        by = self.key(node.by) if isinstance(node.by, Symbol) else ""
        if isinstance(node.of, Symbol):
            if not node.of.base:
                return self.unique_derivative(by)
            if spelling(node.of) not in self.names.spelled:
                raise Unknown(f"nothing is named {spelling(node.of)}")
            pair = self.key(node.of), by
            if pair not in self.point.derivatives:
                raise Unknown(f"no derivative of {node.of} by {node.by}")
            return _columns(self.point.derivatives[pair], ZERO)
        moved = replace(self, moving=by).worth(node.of)
        if not isinstance(moved, Dual) or not by:
            raise Unknown("a derivative of many")
        return constant(moved.slope)

    def unique_derivative(self, by: str) -> Value:
        found = [value for (_, other), value in self.point.derivatives.items() if other == by]
        if len(found) != 1:
            raise Unknown("a derivative of nothing")
        return _columns(found[0], ZERO)

    def bounds(self, node: IndexedSum) -> tuple[int, int]:
        if isinstance(node.lower, Number) and isinstance(node.upper, Number):
            return int(node.lower.text), int(node.upper.text)
        stated = isinstance(node.index, Symbol) and self.formula.ranges.get(node.index.base)
        if node.lower is None and node.upper is None and stated:
            return stated
        raise Unknown("a sum without its ends")


def _put(node: Written, letter: str, number: int) -> Written:
    """Return a formula with a number for the letter that a sum runs through."""
    if isinstance(node, Symbol):
        changed = {
            name: tuple(Number(str(number)) if item == Symbol(letter) else item for item in getattr(node, name))
            for name in ("subscript", "superscript")
        }
        return replace(node, **changed)
    return rebuilt(node, lambda part: _put(part, letter, number))


def _ball(number: mpf) -> arb:
    return arb(mp.nstr(number, DIGITS))


def _columns(value: arithmetic.Value, slope: arb) -> Value:
    if arithmetic.is_scalar(value):
        return Dual(_ball(value), slope)
    rows = value if arithmetic.is_matrix(value) else [[entry] for entry in value]
    return tuple(tuple(constant(_ball(entry)) for entry in row) for row in rows)


def _same(read: Value, meant: arithmetic.Value) -> bool:
    with mp.workdps(DIGITS):
        plain = _plain(read)
        if (
            isinstance(meant, list)
            and isinstance(plain, list)
            and len(plain) == 1
            and arithmetic.as_vector(meant) is None
        ):
            return False
        if arithmetic.is_scalar(meant) and isinstance(plain, list) and arithmetic.shape(plain) == (1, 1):
            plain = plain[0][0]
        return arithmetic.same(plain, meant, CLOSE * max(mpf(1), arithmetic.largest(meant)))


def _plain(value: Value) -> arithmetic.Value:
    if isinstance(value, Dual):
        return mpf(value.value.mid().str(DIGITS, radius=False))
    return reduce(lambda rows, row: [*rows, list(map(_plain, row))], value, [])
