"""Mathematics as written: the small immutable tree that every other part of symback speaks.

A node says what stands on the page and in which order, never what it simplifies to: ``1 - 2 * 3`` stays that.
Two kinds of leaf refer to the network instead of carrying ink of their own: `Name` (a quantity) and `Partial`
(the derivative of one quantity by another). A notation gives them symbols, a `Valued` node puts numbers in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

DEFAULT_SIGN = ""
"""The product sign that stands for "whatever sign the notation uses"."""

PRODUCT_SIGNS = (DEFAULT_SIGN, "times", "dot", "star", "hadamard")
RELATION_SIGNS = ("=", "≈", ":=", "←", "⟵", "→", "⇒", "<", ">", "≤", "≥", "≠")


class Written:
    """Anything that can be written in mathematics. Nodes are immutable and compare by what they say."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Name(Written):
    """A quantity of the network, by its id (``w.1.2.1``); ``w.1.2.1+`` is its value after the update."""

    id: str

    @property
    def key(self) -> str:
        """The string under which values and numbers of this leaf are kept."""
        return self.id


@dataclass(frozen=True, slots=True)
class Partial(Written):
    """The partial derivative of one named quantity by another, as a leaf that can have a value."""

    of: str
    by: str

    @property
    def key(self) -> str:
        """The string under which values and numbers of this leaf are kept."""
        return partial_key(self.of, self.by)


NEW = "+"
"""Ends the key of the value that a quantity gets by an update."""


def partial_key(of: str, by: str) -> str:
    """Return the key of the partial derivative of quantity `of` by quantity `by`."""
    return f"{of}:{by}"


@dataclass(frozen=True, slots=True)
class Symbol(Written):
    r"""A letter or word with its indices, such as ``w`` with subscript ``j_1 k_1``.

    ``base`` is ASCII, a LaTeX command (``\alpha``) or a word (``Loss``). Items of ``subscript`` and ``superscript``
    are set side by side. ``mark`` is a new-value mark set behind: ``prime``, ``plus`` or nothing. ``accent`` is set
    above the base: ``hat`` or nothing. ``bold`` is for vectors and matrices that a notation sets bold.
    """

    base: str
    subscript: tuple[Written, ...] = ()
    superscript: tuple[Written, ...] = ()
    mark: str = ""
    accent: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Number(Written):
    """A decimal with the spelling it has on the page: ``2.0`` and ``2`` are different, equal numbers.

    ``text`` matches ``-?digits[.digits]``. A negative number is one node, so that it can be bracketed as one.
    """

    text: str

    @property
    def value(self) -> Fraction:
        """The exact value of the digits."""
        return Fraction(self.text)


@dataclass(frozen=True, slots=True)
class Constant(Written):
    """A number with a name: ``e`` or ``pi``."""

    name: str


@dataclass(frozen=True, slots=True)
class Text(Written):
    """Upright words within mathematics."""

    text: str


@dataclass(frozen=True, slots=True)
class Sum(Written):
    """Terms added in the order in which they stand; a `Negative` term prints with a minus sign."""

    terms: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Negative(Written):
    """The opposite of its operand, written with a minus sign in front."""

    operand: Written


@dataclass(frozen=True, slots=True)
class Product(Written):
    """Factors multiplied in the order in which they stand.

    ``sign`` is one of `PRODUCT_SIGNS`. With ``juxtaposed`` the sign is left out wherever the page stays readable
    without it: ``w x`` in symbols, but ``0.5 × 3.0`` in numbers.
    """

    factors: tuple[Written, ...]
    sign: str = DEFAULT_SIGN
    juxtaposed: bool = False


@dataclass(frozen=True, slots=True)
class Quotient(Written):
    """A fraction with a bar."""

    numerator: Written
    denominator: Written


@dataclass(frozen=True, slots=True)
class Power(Written):
    """A base with an exponent."""

    base: Written
    exponent: Written


@dataclass(frozen=True, slots=True)
class Transpose(Written):
    """The transpose of a vector or matrix."""

    operand: Written


@dataclass(frozen=True, slots=True)
class Norm(Written):
    """The Euclidean norm of a vector."""

    operand: Written


@dataclass(frozen=True, slots=True)
class Call(Written):
    """A function applied to arguments: ``ReLU(z)``, ``max(0, x)``, ``f(x)``.

    ``function`` is a known function's name (``max``, ``exp``, ``log``) or the `Symbol` that a notation gives it.
    """

    function: str | Symbol
    arguments: tuple[Written, ...]
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Derivative(Written):
    """A derivative that is written down and not evaluated: ∂(expression)/∂x, or d/dx when ``total``."""

    of: Written
    by: Written
    total: bool = False


@dataclass(frozen=True, slots=True)
class IndexedSum(Written):
    """A sum over an index: Σ over ``index`` from ``lower`` to ``upper`` (either may be missing) of ``body``."""

    body: Written
    index: Written
    lower: Written | None = None
    upper: Written | None = None


@dataclass(frozen=True, slots=True)
class Cases(Written):
    """A value per condition; each condition is a `Relation`."""

    branches: tuple[tuple[Written, Written], ...]


@dataclass(frozen=True, slots=True)
class Matrix(Written):
    """Rows of entries in square brackets; a vector is a matrix with one row or one column."""

    rows: tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class Sequence(Written):
    """Items separated by commas in square brackets: ``[2.0, 1.0]``."""

    items: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Annotation(Written):
    """A body with a label beneath an underbrace."""

    body: Written
    label: Written


@dataclass(frozen=True, slots=True)
class Ellipsis(Written):
    """Dots that stand for what is left out: ``horizontal``, ``vertical`` or ``diagonal``."""

    direction: str = "horizontal"


@dataclass(frozen=True, slots=True)
class Group(Written):
    """Round brackets that the author wants even where mathematics does not need them."""

    body: Written


@dataclass(frozen=True, slots=True)
class Relation(Written):
    """A chain ``first sign second sign third …``; each link is a pair of a sign from `RELATION_SIGNS` and a side."""

    first: Written
    links: tuple[tuple[str, Written], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Valued(Written):
    """A body printed with numbers in place of the leaves whose keys are in ``numbers``; other leaves stay symbols."""

    body: Written
    numbers: Mapping[str, Written]
