"""The small tree that the checker reads mathematics into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar


@cache
def fraction(digits: str) -> Fraction:
    """Return what digits say; a page repeats its numbers many times."""
    return Fraction(digits)


class Node:
    """Anything in the tree; `text` is a spelling that is the same for the same mathematics."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return ()

    @property
    def text(self) -> str:
        raise NotImplementedError


Kind = TypeVar("Kind", bound=Node)


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A number with its digits and its place on the page; a minus sign belongs to it."""

    digits: str
    start: int = -1
    end: int = -1

    @property
    def value(self) -> Fraction:
        return fraction(self.digits)

    @property
    def decimals(self) -> int:
        mantissa, _, exponent = self.digits.lower().partition("e")
        return len(mantissa.partition(".")[2]) - int(exponent or 0)

    @property
    def text(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A quantity; of a partial derivative, also what is differentiated and by what."""

    key: str
    of: str = ""
    by: str = ""

    @property
    def text(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Formal(Node):
    """Something written that has no value of its own here: a derivative of a formula, an indexed sum, dots, words."""

    words: str
    inner: tuple[Node, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.inner

    @property
    def text(self) -> str:
        return f"{self.words}<{';'.join(part.text for part in self.inner)}>"


@dataclass(frozen=True, slots=True)
class Sum(Node):
    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms

    @property
    def text(self) -> str:
        return "(" + "+".join(part.text for part in self.terms) + ")"


@dataclass(frozen=True, slots=True)
class Neg(Node):
    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)

    @property
    def text(self) -> str:
        return f"-{self.operand.text}"


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors with the signs between them; ``circ`` multiplies entry by entry."""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.factors

    @property
    def text(self) -> str:
        return "(" + "*".join(part.text for part in self.factors) + ")"


@dataclass(frozen=True, slots=True)
class Frac(Node):
    above: Node
    below: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.above, self.below)

    @property
    def text(self) -> str:
        return f"({self.above.text}/{self.below.text})"


@dataclass(frozen=True, slots=True)
class Pow(Node):
    base: Node
    exponent: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.base, self.exponent)

    @property
    def text(self) -> str:
        return f"{self.base.text}**{self.exponent.text}"


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)

    @property
    def text(self) -> str:
        return f"{self.operand.text}^T"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function applied to arguments, `primes` times differentiated."""

    function: str
    arguments: tuple[Node, ...]
    primes: int = 0

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    @property
    def text(self) -> str:
        return f"{self.function}{chr(39) * self.primes}({','.join(part.text for part in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of entries; `listed` where commas separate the entries of one row, which may then stand for a column."""

    rows: tuple[tuple[Node, ...], ...]
    listed: bool = False

    @property
    def parts(self) -> tuple[Node, ...]:
        return tuple(entry for row in self.rows for entry in row)

    @property
    def text(self) -> str:
        if len(self.parts) == 1:
            return self.parts[0].text
        return "[" + ";".join(",".join(entry.text for entry in row) for row in self.rows) + "]"


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """Values, each with its condition; no condition means otherwise."""

    branches: tuple[tuple[Node, Comparison | None], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return tuple(part for value, condition in self.branches for part in (value, condition) if part is not None)

    @property
    def text(self) -> str:
        return "{" + ";".join(part.text for part in self.parts) + "}"


@dataclass(frozen=True, slots=True)
class Brace(Node):
    """A body with a label under or over its brace."""

    body: Node
    label: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.body,)

    @property
    def text(self) -> str:
        return self.body.text


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Sides with the relation signs between them."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]
    places: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.sides

    @property
    def text(self) -> str:
        signs = ("", *self.signs)
        return " ".join(f"{sign} {side.text}" for sign, side in zip(signs, self.sides, strict=True))


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything in it."""
    yield node
    for part in node.parts:
        yield from walk(part)


def numbers(node: Node) -> Iterator[Num]:
    """Yield the numbers in a tree, labels of braces too."""
    for each in walk(node):
        if isinstance(each, Num):
            yield each
        elif isinstance(each, Brace):
            yield from numbers(each.label)


def is_written_out(node: Node) -> bool:
    """Whether nothing in a tree is left to dots, sums over an index, or words."""
    return not any(isinstance(each, Formal) and each.words != "derivative" for each in walk(node))


def names(node: Node) -> Iterator[Name]:
    """Yield the quantities in a tree."""
    return (each for each in walk(node) if isinstance(each, Name))


def is_closed(node: Node) -> bool:
    """Whether a tree can be worked out from its own digits, apart from the meaning of its functions."""
    return not any(isinstance(each, Name | Formal) for each in walk(node))


def is_numeric(node: Node) -> bool:
    """Whether a tree is closed and holds a number."""
    return is_closed(node) and any(True for _ in numbers(node))


@dataclass(frozen=True, slots=True)
class Digits:
    """A number as printed: its value and how many decimals stand there."""

    value: Fraction
    decimals: int

    def __str__(self) -> str:
        return f"{float(self.value):.{max(self.decimals, 0)}f}"


def literal(node: Node) -> Digits | None:
    """Return the printed number that a tree is (``-0.5``, ``(3)``, ``[0.2]``, ``1.2 × 10^{-5}``), or None."""
    match node:
        case Num():
            return Digits(node.value, node.decimals)
        case Neg(operand):
            inside = literal(operand)
            return None if inside is None else Digits(-inside.value, inside.decimals)
        case Matrix(((entry,),)):
            return literal(entry)
        case Brace(body, _):
            return literal(body)
        case Product((Num() as mantissa, Pow(Num("10"), Num() as power)), _) if power.value.denominator == 1:
            exponent = int(power.value)
            return Digits(mantissa.value * Fraction(10) ** exponent, mantissa.decimals - exponent)
    return None


def is_printed(node: Node) -> bool:
    """Whether a tree is a printed number, or a matrix of nothing else."""
    if isinstance(node, Brace):
        return is_printed(node.body)
    return literal(node) is not None or (
        isinstance(node, Matrix) and all(literal(entry) is not None for entry in node.parts)
    )


def exchanged(part: Any, kind: type[Kind], change: Callable[[Kind], Node]) -> Any:
    """Return a tree with something else in the places of its nodes of one kind."""
    if isinstance(part, kind):
        return change(part)
    if isinstance(part, tuple):
        return tuple(exchanged(each, kind, change) for each in part)
    if isinstance(part, Node):
        return type(part)(*(exchanged(getattr(part, each.name), kind, change) for each in fields(part)))  # type: ignore[arg-type]
    return part
