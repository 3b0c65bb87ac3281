"""Independent readers of printed numbers: what is on the page is evaluated without any code of the printers.

`value_of` says what a tree means, `text_value` what its plain text says (read by Python's own `ast`), and `latex_value`
what its LaTeX says, read strictly: two signs in a row, two superscripts or a number juxtaposed to anything are errors.
"""

from __future__ import annotations

import ast
import random
import re
from fractions import Fraction
from math import prod

from symback.written.nodes import (
    Group,
    IndexedSum,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Valued,
    Written,
)

NUMBERS = {
    "positive": Number("3"),
    "decimal": Number("0.50"),
    "negative": Number("-2"),
    "opposite": Negative(Number("4")),
}
"""What stands in place of the names of a random tree."""

REPEATS = 3
"""The indexed sums of a random tree run from 1 to this, and their bodies do not depend on the index."""


def random_tree(choice: random.Random, depth: int) -> Written:
    """Return a tree of numbers; about one in eight leaves is a name whose number is in `NUMBERS`."""
    if depth == 0 or choice.random() < 0.1:
        if choice.random() < 0.125:
            return Name(choice.choice(sorted(NUMBERS)))
        return Number(choice.choice(["1", "2", "2.0", "0.5", "10", "-1", "-0.25", "-3"]))

    def part() -> Written:
        return random_tree(choice, depth - 1)

    match choice.choice(["sum", "sum", "negative", "product", "product", "quotient", "power", "group", "indexed"]):
        case "sum":
            return Sum(tuple(part() for _ in range(choice.randint(1, 3))))
        case "negative":
            return Negative(part())
        case "product":
            factors = tuple(part() for _ in range(choice.randint(1, 3)))
            return Product(factors, choice.choice(["", "times", "dot", "star", "hadamard"]), choice.random() < 0.4)
        case "quotient":
            return Quotient(part(), part())
        case "power":
            return Power(part(), choice.choice([Number("2"), Number("3"), Number("-1"), Negative(Number("2"))]))
        case "group":
            return Group(part())
    return IndexedSum(part(), Symbol("k"), Number("1"), Number(str(REPEATS)))


def random_trees(count: int, depth: int, seed: int) -> list[tuple[Written, Fraction]]:
    """Return trees whose values exist and are of moderate size, with these values."""
    choice = random.Random(seed)
    found: list[tuple[Written, Fraction]] = []
    while len(found) < count:
        tree = random_tree(choice, depth)
        try:
            value = value_of(tree)
        except (ZeroDivisionError, OverflowError):
            continue
        found.append((Valued(tree, NUMBERS), value))
    return found


def value_of(tree: Written) -> Fraction:
    match tree:
        case Number(text):
            return Fraction(text)
        case Name(key):
            return value_of(NUMBERS[key])
        case Sum(terms):
            return limited(sum(map(value_of, terms), Fraction(0)))
        case Negative(operand):
            return -value_of(operand)
        case Product(factors):
            return limited(prod(map(value_of, factors), start=Fraction(1)))
        case Quotient(numerator, denominator):
            return limited(value_of(numerator) / value_of(denominator))
        case Power(base, exponent):
            return limited(value_of(base) ** int(value_of(exponent)))
        case Group(body):
            return value_of(body)
        case IndexedSum(body):
            return REPEATS * value_of(body)
    raise AssertionError(tree)


def limited(value: Fraction) -> Fraction:
    if max(abs(value.numerator), value.denominator) > 10**60:
        raise OverflowError
    return value


def text_value(text: str) -> Fraction:
    source = text.replace("^", "**")

    def evaluate(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(str(ast.get_source_segment(source, node)))
            case ast.UnaryOp(ast.USub(), operand):
                return -evaluate(operand)
            case ast.BinOp(left, ast.Add(), right):
                return evaluate(left) + evaluate(right)
            case ast.BinOp(left, ast.Sub(), right):
                return evaluate(left) - evaluate(right)
            case ast.BinOp(left, ast.Mult(), right):
                return evaluate(left) * evaluate(right)
            case ast.BinOp(left, ast.Div(), right):
                return evaluate(left) / evaluate(right)
            case ast.BinOp(left, ast.Pow(), right):
                return evaluate(left) ** int(evaluate(right))
            case ast.Call(ast.Name("sum"), [body, ast.Name("k"), lower, upper]):
                return evaluate(body) * (evaluate(upper) - evaluate(lower) + 1)
        raise ValueError(f"unexpected {ast.dump(node)} in {text!r}")

    return evaluate(ast.parse(source, mode="eval").body)


LATEX_TOKEN = re.compile(r"\s*(\\left\(|\\right\)|\\[a-z]+|[0-9]+(?:\.[0-9]+)?|[-+*^_{}()=k])")
PRODUCT_SIGNS = (r"\times", r"\cdot", "*", r"\circ")
OPENINGS = {"(": ")", r"\left(": r"\right)"}


def latex_value(latex: str) -> Fraction:
    return _LatexReader(latex).whole()


class _LatexReader:
    def __init__(self, latex: str) -> None:
        self.tokens = LATEX_TOKEN.findall(latex)
        if "".join(self.tokens) != re.sub(r"\s", "", latex):
            raise ValueError(f"cannot read {latex!r}")
        self.tokens.append("end")
        self.latex = latex

    def take(self, *expected: str) -> str:
        token = self.tokens.pop(0)
        if expected and token not in expected:
            raise ValueError(f"{token!r} where {expected} should stand in {self.latex!r}")
        return token

    def whole(self) -> Fraction:
        value = self.sum()
        self.take("end")
        return value

    def sum(self) -> Fraction:
        value = self.signed()
        while self.tokens[0] in ("+", "-"):
            value += self.term() if self.take() == "+" else -self.term()
        return value

    def signed(self) -> Fraction:
        if self.tokens[0] == "-":
            self.take()
            return -self.term()
        return self.term()

    def term(self) -> Fraction:
        """A product, in which all signs are of one kind and an indexed sum takes in all that follows."""
        value, _ = self.factor()
        kinds = set()
        while True:
            if self.tokens[0] in PRODUCT_SIGNS:
                kinds.add(self.take() == r"\circ")
                factor, _ = self.factor()
            elif self.tokens[0][0] in "(\\0123456789" and self.tokens[0] != r"\right)":
                kinds.add(False)
                factor, numeric = self.factor()
                if numeric:
                    raise ValueError(f"a number without a sign before it in {self.latex!r}")
            else:
                break
            value *= factor
        if len(kinds) > 1:
            raise ValueError(f"two kinds of product without brackets in {self.latex!r}")
        return value

    def factor(self) -> tuple[Fraction, bool]:
        """A factor, and whether it looks like a plain number."""
        token = self.take()
        if token == r"\sum":
            for expected in ("_", "{", "k", "=", "1", "}", "^", "{", str(REPEATS), "}"):
                self.take(expected)
            return REPEATS * self.term(), False
        value, numeric = self.atom(token)
        if self.tokens[0] == "^":
            self.take()
            exponent = self.braced()
            if self.tokens[0] == "^":
                raise ValueError(f"two superscripts in {self.latex!r}")
            value **= int(exponent)
        return value, numeric

    def atom(self, token: str) -> tuple[Fraction, bool]:
        if token[0].isdigit():
            return Fraction(token), True
        if token == r"\frac":
            start = list(self.tokens)
            value = self.braced() / self.braced()
            used = start[: len(start) - len(self.tokens)]
            plain = [not part[0].isdigit() for part in used if part not in "{}"]
            if self.tokens[0] == "^":
                raise ValueError(f"a fraction raised without brackets in {self.latex!r}")
            return value, not any(plain) and len(plain) == 2
        if token not in OPENINGS:
            raise ValueError(f"unexpected {token!r} in {self.latex!r}")
        value = self.sum()
        self.take(OPENINGS[token])
        return value, False

    def braced(self) -> Fraction:
        self.take("{")
        value = self.sum()
        self.take("}")
        return value
